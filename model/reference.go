package model

import (
	"strconv"
	"strings"
)

// ParseReference reads one item of a REF line without its label. year is that
// of the citing cable, own its post and number ("" and 0 when unknown), for
// the inference of cable-format 6.4: an item without a year is of the citing
// cable's year, or of the year before when that post had not yet reached the
// number. An item that names several cables gives the first; ParseReferences
// gives all.
func ParseReference(item string, year int, ownPost string, ownNumber int) Reference {
	return ParseReferences(item, year, ownPost, ownNumber, "")[0]
}

// ParseReferences reads one item of a REF line without its label, which may
// name several cables of one post: "MADRID 286 AND 290", "Kabul 936/935". A
// bare number takes the post and year before it; before is the post of the
// item before this one. Spans point into item. There is always at least one
// reference.
func ParseReferences(item string, year int, ownPost string, ownNumber int, before string) []Reference {
	r := referenceReader{year: year, number: ownNumber, before: before}
	if ownPost != "" {
		r.post, _ = CanonicalPost(ownPost)
	}
	start, end := trimItem(item)
	text := item[start:end]
	ref, ok := r.cable(text)
	if !ok {
		return []Reference{Reference{Kind: otherKind(text)}.at(item, start, end)}
	}
	var out []Reference
	for from := start; ok; {
		next := from + ref.Span.End
		out = append(out, ref.at(item, from, next))
		ref, from, ok = r.another(item[:end], next)
	}
	last := &out[len(out)-1] // with its trailer, "AND PREVIOUS"
	*last = last.at(item, last.Span.Start, end)
	return out
}

// at sets where in the item a reference stands, and so its text.
func (r Reference) at(item string, start, end int) Reference {
	r.Span = Span{start, end}
	r.Text = strings.Join(strings.Fields(item[start:end]), " ")
	return r
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

// referenceReader is the citing cable and what the item has said so far.
type referenceReader struct {
	year     int    // of the citing cable
	post     string // its own
	number   int
	before   string // post of the reference before
	lastYear int    // year written with it, 0 when none was
}

// cable reads "07 STATE 12345" and its kin at the head of text. The span of
// the result covers what was read.
func (r *referenceReader) cable(text string) (Reference, bool) {
	w := words(text)
	i := skipRemarks(text, w)
	year, written := 0, false
	if y, n := yearWord(text, w, i, true); n > 0 {
		year, written, i = y, true, i+n
	}
	// QUIRK: "377 KATHMANDU", the number in front.
	if i+1 < len(w) && allDigits(w[i].in(text)) && !written {
		if post, known := knownPost(w[i+1].in(text)); known && i+2 == len(w) {
			return r.result(post, w[i].in(text), 0, w[i+1].end)
		}
	}
	post, n := postWords(text, w[i:])
	if n == 0 {
		if i < len(w) && r.before != "" && i+1 == wordsBeforeTrailer(text, w) {
			return r.result(r.before, w[i].in(text), year, w[i].end)
		}
		return r.solid(text, w, i, year)
	}
	i += n
	if y, n := yearWord(text, w, i, false); n > 0 && i+n < len(w) && !written {
		year, i = y, i+n // "STATE (01) 201265"
	}
	if i == len(w) || !allDigits(w[i].in(text)) {
		return Reference{}, false
	}
	digits, end := w[i].in(text), w[i].end
	// QUIRK: "QUITO 4525-91", the year behind.
	if i+1 < len(w) && year == 0 && len(w[i+1].in(text)) == 2 && allDigits(w[i+1].in(text)) && text[end:w[i+1].start] == "-" {
		year, end = two(w[i+1].in(text)), w[i+1].end
	}
	return r.result(post, digits, year, end)
}

// solid reads an item that is written as an id: "07STATE12345", "HK05511".
func (r *referenceReader) solid(text string, w []word, i, year int) (Reference, bool) {
	if i >= len(w) {
		return Reference{}, false
	}
	s := w[i].in(text)
	digits := strings.TrimLeft(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
	if post, known := knownPost(s[:len(s)-len(digits)]); known && allDigits(digits) {
		return r.result(post, digits, year, w[i].end)
	}
	if !isDigit(s[0]) || year != 0 {
		return Reference{}, false
	}
	id, ok := CanonicalID(s)
	if !ok {
		return Reference{}, false
	}
	y, post, _, _ := SplitID(id)
	if _, known := CanonicalPost(post); !known {
		return Reference{}, false
	}
	r.before, r.lastYear = post, y
	return Reference{Kind: RefCable, ID: id, Span: Span{0, w[i].end}}, true
}

// result makes the reference; year 0 is inferred.
func (r *referenceReader) result(post, digits string, year, end int) (Reference, bool) {
	number, err := strconv.Atoi(digits)
	if err != nil || number == 0 || len(digits) > 8 {
		return Reference{}, false
	}
	ref := Reference{Kind: RefCable, Span: Span{0, end}}
	r.before, r.lastYear = post, year
	if year == 0 {
		ref.YearInferred = true
		if year = r.year; year == 0 {
			return ref, true
		}
		if year, _ = fullYear(year); post == r.post && r.number > 0 && number >= r.number {
			year--
		}
	}
	id, ok := makeID(year, post, number)
	ref.ID = id
	return ref, ok
}

// another reads a bare number that follows a reference after a separator.
func (r *referenceReader) another(text string, from int) (ref Reference, start int, ok bool) {
	rest := text[from:]
	sep := strings.TrimLeft(rest, " \t\r\n")
	switch {
	case strings.HasPrefix(sep, "/"), strings.HasPrefix(sep, ","), strings.HasPrefix(sep, "&"), strings.HasPrefix(sep, ";"):
		sep = sep[1:]
	case len(sep) > 4 && strings.EqualFold(sep[:3], "AND") && sep[3] <= ' ':
		sep = sep[3:]
	default:
		return ref, 0, false
	}
	sep = strings.TrimLeft(sep, " \t\r\n")
	if len(sep) > 4 && strings.EqualFold(sep[:3], "AND") && sep[3] <= ' ' {
		sep = strings.TrimLeft(sep[3:], " \t\r\n")
	}
	start = len(text) - len(sep)
	post, year := r.before, r.lastYear
	n := 0
	for n < len(sep) && isDigit(sep[n]) {
		n++
	}
	bare := n > 0 && (n == len(sep) || strings.IndexByte(" \t\r\n,;/&.(", sep[n]) >= 0)
	if full, found := r.cable(sep); found && full.ID != "" && !bare {
		return full, start, true
	}
	if !bare || strings.HasPrefix(strings.TrimLeft(sep[n:], " "), "/") && n < 3 {
		return ref, 0, false
	}
	if after := strings.TrimLeft(sep[n:], " \t\r\n"); after != "" && isLetter(after[0]) && !isTrailer(after) {
		full, found := r.cable(sep) // the digits may be a year
		return full, start, found
	}
	ref, ok = r.result(post, sep[:n], year, n)
	return ref, start, ok
}

// isTrailer says whether s begins with words that may follow a number.
func isTrailer(s string) bool {
	up := capitals(s)
	for _, w := range [...]string{"AND", "NOTAL", "ET", "OF", "DTD", "DATED", "PARA", "PARAS", "EXDIS", "NODIS", "TOSEC"} {
		if _, ok := cutWord(up, w); ok {
			return true
		}
	}
	return false
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
