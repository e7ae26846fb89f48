package model

import (
	"strconv"
	"strings"
	"time"
)

// ParseReference reads one item of a REF line without its label. year is that
// of the citing cable, own its post and number ("" and 0 when unknown), for
// the inference of cable-format 6.4: an item without a year is of the citing
// cable's year, or of the year before when that post had not yet reached the
// number. An item that names several cables gives the first of them. The span
// points into item.
func ParseReference(item string, year int, ownPost string, ownNumber int) Reference {
	r := referenceReader{year: year, post: ownPost, number: ownNumber}
	start, end := trimItem(item)
	text := item[start:end]
	ref, ok := r.cable(text)
	if !ok {
		ref = Reference{Kind: otherKind(text)}
	}
	ref.Span = Span{start, end}
	ref.Text = oneSpaced(text)
	return ref
}

// trimItem finds the item without blanks and closing punctuation around it.
func trimItem(s string) (start, end int) {
	end = len(s)
	for start < end && strings.IndexByte(" \t\r\n,;:", s[start]) >= 0 {
		start++
	}
	for end > start && strings.IndexByte(" \t\r\n,;:.\\", s[end-1]) >= 0 {
		end--
	}
	return start, end
}

// referenceReader is the citing cable: its year, post and number.
type referenceReader struct {
	year   int
	post   string // as the cable writes it
	number int
}

// own says whether a post is that of the citing cable.
func (r *referenceReader) own(post string) bool {
	name, _ := CanonicalPost(r.post)
	return r.post != "" && post == name
}

// cable reads "07 STATE 12345" and its kin at the head of text.
func (r *referenceReader) cable(text string) (Reference, bool) {
	var room [12]word // more than any reference has
	w := words(room[:0], text)
	i := skipRemarks(text, w)
	year, written := 0, false
	if y, n := yearWord(text, w, i, true); n > 0 {
		year, written, i = y, true, i+n
	}
	// QUIRK: "377 KATHMANDU", the number in front.
	if i+1 < len(w) && allDigits(w[i].in(text)) && !written {
		if post, known := knownPost(w[i+1].in(text)); known && i+2 == len(w) {
			return r.result(post, w[i].in(text), 0)
		}
	}
	post, n := postWords(text, w[i:])
	if n == 0 {
		return r.solid(text, w, i, year)
	}
	i += n
	if y, n := yearWord(text, w, i, false); n > 0 && i+n < len(w) && !written {
		year, i = y, i+n // "STATE (01) 201265"
	}
	if i == len(w) || !allDigits(w[i].in(text)) {
		return Reference{}, false
	}
	if before := w[i-1].in(text); text[w[i-1].end:w[i].start] == "-" && (before == "A" || before == "CA") {
		return Reference{}, false // an airgram, "REYKJAVIK A-12": no telegram library holds it
	}
	digits := w[i].in(text)
	// QUIRK: "QUITO 4525-91", the year behind.
	if i+1 < len(w) && year == 0 && len(w[i+1].in(text)) == 2 && allDigits(w[i+1].in(text)) && text[w[i].end:w[i+1].start] == "-" {
		year = two(w[i+1].in(text))
	}
	return r.result(post, digits, year)
}

// solid reads an item that is written as an id: "07STATE12345", "HK05511".
func (r *referenceReader) solid(text string, w []word, i, year int) (Reference, bool) {
	if i >= len(w) {
		return Reference{}, false
	}
	s := w[i].in(text)
	n := 0
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	digits := s[n:]
	if post, known := knownPost(s[:n]); known && allDigits(digits) {
		return r.result(post, digits, year)
	}
	if !isDigit(s[0]) || year != 0 {
		return Reference{}, false
	}
	id, ok := CanonicalID(s)
	if !ok {
		return Reference{}, false
	}
	_, post, _, _ := SplitID(id)
	if _, known := CanonicalPost(post); !known {
		return Reference{}, false
	}
	return Reference{Kind: RefCable, ID: id}, true
}

// result makes the reference; year 0 is inferred.
func (r *referenceReader) result(post, digits string, year int) (Reference, bool) {
	number, err := strconv.Atoi(digits)
	if err != nil || number == 0 || len(digits) > 8 {
		return Reference{}, false
	}
	ref := Reference{Kind: RefCable}
	if year == 0 {
		ref.YearInferred = true
		if year = r.year; year == 0 {
			return ref, true
		}
		if year, _ = fullYear(year); r.number > 0 && number >= r.number && r.own(post) {
			year--
		}
	}
	id, ok := makeID(year, post, number)
	ref.ID = id
	return ref, ok
}

// More telegrams than the Department ever numbered in a day, and in a year: the
// most were some 300,000. Days are added on top, so that only numbers are moved
// of which there can be no doubt.
const (
	statePerDay  = 2000
	stateDays    = 50
	statePerYear = 400_000
)

// AsOf mends the inferred year of a reference to a telegram of the Department
// whose number could not yet be reached on the day of the citing cable: in
// January, STATE 250000 is of the year before (cable-format 6.4). A number that
// no year reached is damaged, and says nothing.
func (ref Reference) AsOf(day time.Time) Reference {
	if !ref.YearInferred || day.IsZero() {
		return ref
	}
	year, post, number, ok := SplitID(ref.ID)
	if ok && post == "STATE" && year == day.Year() && number > statePerDay*(day.YearDay()+stateDays) && number < statePerYear {
		ref.ID, _ = makeID(year-1, post, number)
	}
	return ref
}

// otherKind says what an item that names no cable is.
func otherKind(text string) ReferenceKind {
	up := capitals(text)
	if _, _, _, ok := findDTG(text); ok {
		return RefDTG
	}
	for _, w := range [...]string{"E-MAIL", "EMAIL", "E MAIL", "E-MAILS"} {
		if strings.Contains(up, w) {
			return RefMail
		}
	}
	for _, w := range [...]string{"IIR", "TD", "TDX", "OSC", "FBIS", "GMP", "CIR", "TDCS", "NID", "SEIB", "HCS", "DIRNSA", "CRITIC"} {
		if hasWord(up, w) {
			return RefReport
		}
	}
	return RefOther
}

// hasWord says whether w stands in s with no letter on either side.
func hasWord(s, w string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], w)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(w)
		if (i == 0 || !isLetter(s[i-1])) && (end == len(s) || !isLetter(s[end])) {
			return true
		}
		from = i + 1
	}
}
