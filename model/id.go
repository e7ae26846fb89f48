package model

import (
	"strconv"
	"strings"
)

// damagedIDs are the published ids that no rule can put right, with the cable
// they are (cable-format 6.5): the post or the number is not in them.
var damagedIDs = map[string]string{
	"092OF5":                      "09STATE126780",
	"06ASTANA":                    "06ASTANA204",
	"09SECTION01OF03BRUSSELS1234": "09USEUBRUSSELS1234",
}

// CanonicalID gives the look-up key of a cable id: two-digit year, post in
// capitals without blanks, number without leading zeros (cable-format 6.2,
// 6.5: aliases, malformed stems, suffixes). "05RIO123" gives
// "05RIODEJANEIRO123". ok is false when it is no cable id.
func CanonicalID(s string) (id string, ok bool) {
	s = idLetters(s)
	if id, ok = damagedIDs[s]; ok {
		return id, true
	}
	year, s, ok := cutYear(s)
	if !ok {
		return "", false
	}
	s = cutSection(s)
	stem, digits := cutStem(s)
	if len(stem) < 2 || len(stem) > 60 || digits == "" {
		return "", false
	}
	number, err := strconv.Atoi(digits)
	if err != nil {
		return "", false
	}
	return makeID(year, stemPost(stem), number)
}

// stemPost is the post that the letters of an id mean; a name that is not in
// the list but ends in one that is, stands for that, and any other for itself.
func stemPost(stem string) string {
	post, known := canonicalPost(stem)
	if !known {
		if p, found := posts().shortened(post); found {
			return p
		}
		if p, found := posts().ending(post); found {
			return p
		}
	}
	return post
}

// MakeID builds the canonical id from a year (2 or 4 digits), a post as a
// classification line or REF item names it, and a number.
func MakeID(year int, post string, number int) (id string, ok bool) {
	return makeID(year, stemPost(postLetters(post)), number)
}

// aitSince is the year from which messages from Taipei are those of the
// American Institute, the embassy being closed.
const aitSince = 1979

func makeID(year int, post string, number int) (id string, ok bool) {
	year, ok = fullYear(year)
	if !ok || number <= 0 || number > 9_999_999 || len(post) < 2 || len(post) > 40 {
		return "", false
	}
	if post == "TAIPEI" && year >= aitSince {
		post = "AITTAIPEI"
	}
	buf := make([]byte, 0, 32)
	buf = append(buf, byte('0'+year/10%10), byte('0'+year%10))
	buf = append(buf, post...)
	return string(strconv.AppendInt(buf, int64(number), 10)), true
}

// SplitID takes a canonical id apart; year has four digits.
func SplitID(id string) (year int, post string, number int, ok bool) {
	if len(id) < 5 || !isDigit(id[0]) || !isDigit(id[1]) {
		return 0, "", 0, false
	}
	end := len(id)
	for end > 2 && isDigit(id[end-1]) {
		end--
	}
	post = id[2:end]
	number, err := strconv.Atoi(id[end:])
	if err != nil || post == "" || postLetters(post) != post {
		return 0, "", 0, false
	}
	year, ok = fullYear(int(id[0]-'0')*10 + int(id[1]-'0'))
	return year, post, number, ok
}

// firstYear is the earliest that a cable can be of: with it two digits tell
// the century.
const firstYear = 1945

// fullYear gives a year four digits: 45-99 belong to the 1900s, 00-44 to the
// 2000s (cable-format 1.4). false when no cable can be of that year.
func fullYear(year int) (int, bool) {
	switch {
	case year < 0:
		return 0, false
	case year < 45:
		return 2000 + year, true
	case year < 100:
		return 1900 + year, true
	}
	return year, year >= firstYear && year < firstYear+100
}

// idLetters is s in capitals with file suffixes and everything but letters
// and digits taken out.
func idLetters(s string) string {
	s = strings.ToUpper(strings.TrimSpace(s))
	for _, suffix := range [...]string{".HTML", ".HTM", ".TXT", ".PDF"} {
		s = strings.TrimSuffix(s, suffix)
	}
	if n := len(s); n > 2 && s[n-2] == '_' && s[n-1] >= 'A' && s[n-1] <= 'E' {
		s = s[:n-2]
	}
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		if isLetter(s[i]) || isDigit(s[i]) {
			out = append(out, s[i])
		}
	}
	// QUIRK: the letter O typed for a zero in the year, and the other way round in the post.
	for i, c := range out {
		switch {
		case c == 'O' && i < 2 && i+1 < len(out) && (isDigit(out[i+1]) || i == 1 && isDigit(out[0])) && (i == 0 || isDigit(out[0])):
			out[i] = '0'
		case c == '0' && i > 1 && i+1 < len(out) && isLetter(out[i-1]) && isLetter(out[i+1]):
			out[i] = 'O'
		}
	}
	return string(out)
}

// cutYear takes the year off the head of an id: two digits, four, or two
// that stand twice ("7575LIBREVILLE1895").
func cutYear(s string) (year int, rest string, ok bool) {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	if n < 2 {
		return 0, s, false
	}
	two := int(s[0]-'0')*10 + int(s[1]-'0')
	if n >= 4 {
		four := two*100 + int(s[2]-'0')*10 + int(s[3]-'0')
		switch {
		case n == 4 && (two == 19 || two == 20):
			year, ok = fullYear(four)
			return year, s[4:], ok
		case n == 4 && s[:2] == s[2:4]:
			s = s[2:]
		}
	}
	year, ok = fullYear(two)
	return year, s[2:], ok
}

// cutSection drops what a damaged id has swallowed of "SECTION 01 OF 03",
// however it is spelt: all up to the digits after the OF, or after what is
// left of that word.
func cutSection(s string) string {
	for i := len(s) - 2; i > 1; i-- {
		if !isDigit(s[i]) || s[i-1] != 'F' && s[i-1] != 'O' {
			continue
		}
		before := strings.TrimSuffix(strings.TrimSuffix(s[:i], "F"), "O")
		if rest := strings.TrimLeft(s[i:], "0123456789"); rest != "" && before != "" && isDigit(before[len(before)-1]) {
			return rest
		}
	}
	return s
}

// cutStem splits what follows the year into the post and its number. The
// number is the last run of digits (a remark may repeat it), but the first
// when an operating signal or a TOSEC series follows it.
func cutStem(s string) (stem, digits string) {
	i := strings.IndexAny(s, "0123456789")
	if i < 0 {
		return s, ""
	}
	stem, s = s[:i], s[i:]
	rest := strings.TrimLeft(s, "0123456789")
	digits = s[:len(s)-len(rest)]
	word := strings.TrimRight(rest, "0123456789")
	if word == "TOSEC" || len(word) == 3 && word[0] == 'Z' {
		return stem, digits
	}
	end := len(rest)
	for end > 0 && !isDigit(rest[end-1]) {
		end--
	}
	start := end
	for start > 0 && isDigit(rest[start-1]) {
		start--
	}
	if start < end {
		digits = rest[start:end]
	}
	return stem, digits
}
