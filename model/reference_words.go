package model

import "strings"

// word is a run of letters and digits in a reference item.
type word struct{ start, end int }

func (w word) in(text string) string { return text[w.start:w.end] }

// words splits an item at everything that is no letter and no digit. It looks
// at as many as the empty list out has room for.
func words(out []word, text string) []word {
	for i := 0; i < len(text) && len(out) < cap(out); {
		if !isLetter(text[i]) && !isDigit(text[i]) {
			i++
			continue
		}
		j := i
		for j < len(text) && (isLetter(text[j]) || isDigit(text[j])) {
			j++
		}
		out = append(out, word{i, j})
		i = j
	}
	return out
}

// skipRemarks passes what may stand before a reference: its marking in
// parentheses, "REF A", a label written a second time.
func skipRemarks(text string, w []word) int {
	i := 0
	if strings.HasPrefix(text, "(") {
		if end := strings.IndexByte(text, ')'); end > 0 {
			if _, ok := ParseMarking(text[1:end]); ok || end == 2 && isLetter(text[1]) {
				for i < len(w) && w[i].start < end {
					i++
				}
			}
		}
	}
	if i < len(w) && strings.EqualFold(w[i].in(text), "REF") {
		i++
		if i < len(w) && len(w[i].in(text)) == 1 {
			i++
		}
	}
	if i+1 < len(w) && w[i].end-w[i].start == 1 && isLetter(text[w[i].start]) && w[i].end < len(text) && (text[w[i].end] == ')' || text[w[i].end] == '.' && w[i+1].end-w[i+1].start > 1) {
		i++
	}
	return i
}

// yearWord reads a year at word i: two digits, four, with an apostrophe or in
// parentheses, the letter O for a zero. lead says that it stands before the
// post, where nothing else has two digits. n is the number of words taken.
func yearWord(text string, w []word, i int, lead bool) (year, n int) {
	if i+1 >= len(w) {
		return 0, 0
	}
	s := w[i].in(text)
	closed := w[i].start > 0 && text[w[i].start-1] == '(' && w[i].end < len(text) && text[w[i].end] == ')'
	if len(s) == 2 && (s[0] == 'O' || s[0] == 'o') && isDigit(s[1]) {
		s = "0" + s[1:]
	}
	if !allDigits(s) || !lead && !closed {
		return 0, 0
	}
	switch len(s) {
	case 2:
		year, _ = fullYear(two(s))
		return year, 1
	case 4:
		y := two(s)*100 + two(s[2:])
		if y >= firstYear && y <= 2015 && !allDigits(w[i+1].in(text)) {
			return y, 1
		}
	}
	return 0, 0
}

// notPosts are words that stand before a number and are no post.
var notPosts = map[string]bool{
	"PARA": true, "PARAS": true, "PARAGRAPH": true, "MEMO": true, "TELCON": true, "TELCONS": true, "FAX": true, "NOTE": true,
	"LETTER": true, "FAM": true, "FAH": true, "APPENDIX": true, "PART": true, "SECTION": true, "REPORT": true, "CASE": true,
	"JANUARY": true, "FEBRUARY": true, "MARCH": true, "APRIL": true, "MAY": true, "JUNE": true, "JULY": true, "AUGUST": true,
	"SEPTEMBER": true, "OCTOBER": true, "NOVEMBER": true, "DECEMBER": true, "JAN": true, "FEB": true, "MAR": true, "APR": true,
	"JUN": true, "JUL": true, "AUG": true, "SEP": true, "SEPT": true, "OCT": true, "NOV": true, "DEC": true,
	"OF": true, "AND": true, "ON": true, "DTD": true, "DATED": true, "DTG": true, "MSG": true, "IIR": true, "GMP": true,
	"TD": true, "OSC": true, "FBIS": true, "CIR": true, "CA": true, "UNSCR": true, "RESOLUTION": true, "EO": true, "LICENSE": true,
	"MAIL": true, "EMAIL": true, "EMAILS": true, "MAILS": true, "TELEGRAMS": true, "NO": true, "NUMBER": true, "POC": true, "DOC": true,
}

// postWords reads the longest run of words that names a known post and has a
// number, or a year in parentheses, after it; or a single unknown word that
// with its number is the whole item. n is the number of words, 0 for none.
func postWords(text string, w []word) (post string, n int) {
	most := 0
	for most < len(w) && most < 5 && !allDigits(w[most].in(text)) && joined(text, w, most) {
		most++
	}
	if most == len(w) || most == 0 || !allDigits(w[most].in(text)) {
		return "", 0
	}
	if !joined(text, w, most) {
		return "", 0
	}
	if notPosts[strings.ToUpper(w[most-1].in(text))] {
		return "", 0
	}
	name := text[w[0].start:w[most-1].end]
	if post, known := knownPost(name); known {
		return post, most
	}
	last := wordsBeforeTrailer(text, w)
	if letters := postLetters(name); most == 1 && last == 2 && len(letters) >= 4 && len(w[1].in(text)) <= 6 {
		return stemPost(letters), 1
	}
	return "", 0
}

// joined says whether only blanks and the signs that occur inside names stand
// between word i and the one before: "ST. PETERSBURG", "PORT-AU-PRINCE", "AIT/T".
func joined(text string, w []word, i int) bool {
	if i == 0 {
		return true
	}
	for _, c := range []byte(text[w[i-1].end:w[i].start]) {
		if strings.IndexByte(" \t\r\n.-('#", c) < 0 && c < 0x80 {
			return false
		}
	}
	return true
}

// wordsBeforeTrailer counts the words before "(NOTAL)", "AND PREVIOUS" and
// the like.
func wordsBeforeTrailer(text string, w []word) int {
	for i := range w {
		switch strings.ToUpper(w[i].in(text)) {
		case "NOTAL", "EXDIS", "NODIS", "SUBJ", "SUBJECT", "PREVIOUS":
			return i
		case "AND", "ET":
			if i+1 < len(w) && (strings.EqualFold(w[i+1].in(text), "PREVIOUS") || strings.EqualFold(w[i+1].in(text), "SEQ")) {
				return i
			}
		}
	}
	return len(w)
}

// knownPost is CanonicalPost for names that are in the list; two letters are
// too few unless they are an alias in capitals.
func knownPost(name string) (string, bool) {
	if len(name) < 2 || notPosts[strings.ToUpper(name)] {
		return "", false
	}
	return CanonicalPost(name)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
