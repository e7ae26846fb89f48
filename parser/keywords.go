package parser

import "strings"

// field names a part of the front of a cable.
type field uint8

const (
	noField field = iota
	classField
	captionField
	attentionField
	noteField
	orderField // the E.O. line
	tagsField
	subjectField
	refField
	byField         // Classified By
	declassifyField // Declassify on, Derived from
	smartField      // a label of the later SMART form that nothing is read from
)

// partNames are the names of the parts of the front.
var partNames = [...]string{
	classField: "classification", captionField: "caption", attentionField: "attention", noteField: "note",
	orderField: "eo", tagsField: "tags", subjectField: "subject", refField: "ref", byField: "classified-by",
	declassifyField: "declassify-on", smartField: "smart",
}

// keyword reads the label a field begins with. skip is where its value
// begins; for the E.O. line that is 0, because the label belongs to it.
func keyword(s string) (f field, skip int) {
	if p := pilcrow(s); p > 0 {
		f, skip = keyword(s[p:])
		if f != noField {
			skip += p
		}
		return f, skip
	}
	if len(s) < 3 {
		return noField, 0
	}
	switch upper(s[0]) {
	case 'E':
		if isOrder(s) {
			return orderField, 0
		}
	case 'D':
		if hasFold(s, "DECL:") || hasFold(s, "DECL ") {
			return orderField, 0
		}
		return label(s, declassifyField, "DECLASSIFY ON", "DERIVED FROM")
	case 'T':
		return label(s, tagsField, "TAGS", "TAG", "TABS")
	case 'A':
		return label(s, tagsField, "AGS:")
	case 'S':
		return label(s, subjectField, "SUBJECT", "SUBJ")
	case 'U':
		return label(s, subjectField, "UBJECT")
	case 'R':
		if hasFold(s, "REASON") {
			return noField, 0
		}
		return label(s, refField, "REFERENCES", "REFERENCE", "REFTELS", "REFTEL", "REFS", "REF")
	case 'C':
		if n := classifiedBy(s); n > 0 {
			return byField, n
		}
	case '(':
		if n := strings.IndexByte(s[:min(len(s), 8)], ')'); n > 0 {
			rest := blanks(s, n+1)
			if n := classifiedBy(s[rest:]); n > 0 {
				return byField, rest + n
			}
		}
	}
	return noField, 0
}

// label finds which of the words s begins with and gives the field when what
// follows shows that the word is a label and not the start of a sentence.
func label(s string, f field, words ...string) (field, int) {
	for _, w := range words {
		if !hasFold(s, w) {
			continue
		}
		rest := s[len(w):]
		at := blanks(rest, 0)
		if at < len(rest) && (rest[at] == ':' || rest[at] == ';') || w[len(w)-1] == ':' {
			if at < len(rest) && w[len(w)-1] != ':' {
				at++
			}
			return f, len(w) + blanks(rest, at)
		}
		if at == len(rest) {
			return f, len(s)
		}
		switch f {
		case subjectField:
			if rest[at] == '-' {
				return f, len(w) + blanks(rest, at+1)
			}
		case tagsField:
			if at > 0 && isTagStart(rest[at:]) {
				return f, len(w) + at
			}
		case refField:
			if isRefStart(rest[at:], at) {
				return f, len(w) + at
			}
		case declassifyField:
			if at > 0 {
				return f, len(w) + at
			}
		}
	}
	return noField, 0
}

// isTagStart says whether a TAGS line may go on so without a colon: its label
// is then followed by codes, not by a sentence.
func isTagStart(s string) bool {
	w := strings.TrimRight(word(s), ",;")
	return len(w) >= 2 && len(w) <= 5 || len(word(s)) == len(s) || strings.ContainsAny(s[:min(len(s), 80)], ",;")
}

// isRefStart says whether a REF line may go on so without a colon: REF A
// HARARE 9901, REF. STATE 9902, REF (A) ...
func isRefStart(s string, gap int) bool {
	if s[0] == '.' || s[0] == '(' || s[0] == '-' {
		return true
	}
	if gap == 0 {
		return false
	}
	w := word(s)
	return len(strings.Trim(w, ".)")) == 1 || len(s) < 60 && isUpper(s[0]) && strings.ContainsAny(s, "0123456789")
}

// isOrder says whether s begins an E.O. line: E.O. 12958, EO 12958, E. O.
// 11652, E.0. 12958 (with a zero), E.O 12958. A REF item "E. 08 PARIS" is none.
func isOrder(s string) bool {
	at := skipAny(s, 1, ". ")
	if at >= len(s) || upper(s[at]) != 'O' && s[at] != '0' {
		return false
	}
	dotted := at > 1
	zero := s[at] == '0'
	next := skipAny(s, at+1, ".: ")
	if next == at+1 && (zero || next == len(s)) {
		return false
	}
	if next == len(s) {
		return dotted && !zero
	}
	d := digits(s[next:])
	return d == 5 || d == 4 && s[next] == '1' || dotted && !zero && s[next-1] == ':'
}

// skipAny gives the first place from at whose byte is none of set.
func skipAny(s string, at int, set string) int {
	for ; at < len(s); at++ {
		i := 0
		for i < len(set) && set[i] != s[at] {
			i++
		}
		if i == len(set) {
			break
		}
	}
	return at
}

// classifiedBy gives where the value of a Classified By line begins, 0 when s
// is none. Dropped letters are met (Classiied By, CLASSIFED BY).
func classifiedBy(s string) int {
	if !hasFold(s, "CLASSI") {
		return 0
	}
	at := 6
	for at < len(s) && isLetter(s[at]) {
		at++
	}
	if at < 8 || at > 11 || upper(s[at-1]) != 'D' {
		return 0
	}
	end := blanks(s, at)
	if end == at || !hasWord(s[end:], "BY") {
		return 0
	}
	end = blanks(s, end+2)
	if end < len(s) && s[end] == ':' {
		return blanks(s, end+1)
	}
	if hasWord(s[end:], "LINE") || hasWord(s[end:], "SECTION") {
		return 0
	}
	return end
}

// secondOf gives, for the first byte of a label that may stand in mid line, its
// second: TAGS, SUBJECT, REF, CLASSIFIED BY, AGS. What follows the E of an E.O.
// line and a parenthesis differs: they stand for themselves.
var secondOf = [256]byte{'T': 'A', 'S': 'U', 'R': 'E', 'C': 'L', 'A': 'G', 'E': 'E', '(': '('}

// inline finds the next field that begins within s, after its first byte: a
// cable may carry several on one line (cable-format 2.3). current is the
// field the line began with.
func inline(s string, current field) (at int, f field, skip int) {
	if s == "" {
		return 1, noField, 0
	}
	if current == byField {
		return len(s), noField, 0 // its words run to the end of the line
	}
	within := isWordByte(s[0])
	for at = 1; at < len(s); at++ {
		glued := within
		within = isWordByte(s[at])
		if glued && (s[at] != 'R' || !strings.HasPrefix(s[at:], "REF: ")) {
			continue
		}
		if second := secondOf[upper(s[at])]; second == 0 || second != '(' && second != 'E' && (at+1 == len(s) || upper(s[at+1]) != second) {
			continue
		}
		f, skip = keyword(s[at:min(len(s), at+120)]) // a label is short: the look at each place stays so
		switch f {
		case noField, declassifyField, smartField:
			continue
		case orderField:
			if current == classField || current == captionField || current == attentionField || current == noteField {
				return at, f, skip
			}
		case tagsField, subjectField, refField:
			// In mid line only a colon makes a label, but after the E.O. TAGS may go without.
			colon := strings.IndexByte(s[at:min(len(s), at+12)], ':')
			if colon < 0 && !(f == tagsField && current == orderField) || f == current || current == byField || current == refField && f == tagsField {
				continue
			}
			return at, f, skip
		case byField:
			if current == byField || current == noteField {
				continue
			}
			return at, f, skip
		}
	}
	return len(s), noField, 0
}
