package model

import (
	"strings"
	"time"
)

// DeclassKind says what a declassification instruction amounts to.
type DeclassKind string

// The kinds of parse-json.
const (
	DeclassDeadline   DeclassKind = "deadline"     // a date
	DeclassDone       DeclassKind = "declassified" // release evidence in the text
	DeclassDowngrade  DeclassKind = "downgrade"    // DNG: to a lower level on the date
	DeclassNone       DeclassKind = "none"         // N/A: unclassified
	DeclassIndefinite DeclassKind = "indefinite"   // OADR, X1-X8, MR, 25X: no date
	DeclassEvent      DeclassKind = "event"        // "closure of ICTY"
	DeclassGDS        DeclassKind = "gds"          // schedule of E.O. 10501, 11652 or 12065
	DeclassRedacted   DeclassKind = "redacted"
	DeclassAbsent     DeclassKind = "absent"
)

// Declassification is the instruction on the E.O. line and what follows
// from it. A date alone never means that anything was declassified.
type Declassification struct {
	Line     string      // as written
	Order    string      // number of the Executive Order, "12958"
	Kind     DeclassKind // "" is read as absent
	Date     time.Time   // of Kind deadline, downgrade, declassified, gds; else zero
	Literal  string      // the words when there is no plain date: "OADR", "X1"
	Computed bool        // the date follows from the rules, it is not written
	Review   bool        // the date is one of review (RDS), not declassification
	Repaired bool        // the writing was damaged and read as meant
	Basis    string      // what a computed date was computed from, "GDS, CONFIDENTIAL"
	Span     Span
}

// ParseDeclass reads an E.O. line (cable-format 2.3, 4.5). origin is the
// cable's date and level its classification, for the schedules that compute a
// date from them.
func ParseDeclass(line string, origin time.Time, level Level) Declassification {
	d := Declassification{Line: strings.TrimSpace(line)}
	up := cutNextField(capitals(strings.TrimSpace(oneLine(line))))
	r := declassReader{d: &d, origin: origin, level: level}
	r.text = r.order(up)
	r.keyword()
	switch {
	case r.text == "":
		d.Kind = DeclassAbsent
	case r.released(), r.downgraded(), r.schedule(), r.indefinite(), r.deadline(), r.term(), r.none(), r.redacted():
	case r.found || d.Order != "":
		d.Kind, d.Literal = DeclassEvent, strings.Trim(r.text, " .;,")
		if !tells(d.Literal) {
			d.Kind, d.Repaired = DeclassAbsent, true // what stands there cannot be read
		}
	default:
		d.Kind = DeclassAbsent
	}
	return d
}

// tells says whether the words could name an event: one of them has four
// letters or more. "1.4 (B) AND (D)" and "05/01/20118" name none.
func tells(words string) bool {
	n := 0
	for i := range len(words) {
		if !isLetter(words[i]) {
			n = 0
		} else if n++; n == 4 {
			return true
		}
	}
	return false
}

// cutNextField drops a field that runs on in the same line.
func cutNextField(up string) string {
	for i := 1; i < len(up); i++ {
		if up[i-1] != ' ' || strings.IndexByte("TSRC", up[i]) < 0 {
			continue
		}
		for _, w := range [...]string{"TAGS:", "TAGS ", "TAG:", "SUBJECT:", "SUBJ:", "REF:", "CLASSIFIED BY"} {
			if strings.HasPrefix(up[i:], w) {
				return strings.TrimSpace(up[:i-1])
			}
		}
	}
	return strings.TrimSpace(up)
}

// declassReader reads one instruction; text is what is left of it.
type declassReader struct {
	d      *Declassification
	text   string // in capitals
	found  bool   // "DECL:" stood there
	origin time.Time
	level  Level
}

// orders are the Executive Orders on classification that cables name.
var orders = [...]string{"12958", "13526", "12356", "12065", "11652", "10501", "10964", "13292"}

// order takes "E.O. 12958:" off the head, in every writing, and puts a
// mistyped number right ("12598").
func (r *declassReader) order(up string) string {
	s := strings.TrimLeft(up, " ¶")
	rest := s
	for _, head := range [...]string{"EXECUTIVE ORDER", "E.O.", "E.0.", "E. O.", "E.O", "EO.", "EO", "E0", "E O"} {
		if after, ok := strings.CutPrefix(s, head); ok {
			rest = strings.TrimLeft(after, " .:#-")
			break
		}
	}
	n := 0
	for n < len(rest) && isDigit(rest[n]) {
		n++
	}
	if n >= 4 && n <= 6 && len(rest) > 0 && !(n < len(rest) && rest[n] == '/') && (len(rest) < len(s) || n == 5) {
		number := rest[:n]
		for _, o := range orders {
			if o == number {
				r.d.Order = o
			}
		}
		for _, o := range orders {
			if r.d.Order == "" && edits(number, o, 2) <= 1 {
				r.d.Order, r.d.Repaired = o, true
			}
		}
		if r.d.Order == "" {
			r.d.Order = number
			if r.origin.IsZero() || r.origin.Year() >= 1995 { // the order that nearly every cable since names
				r.d.Order, r.d.Repaired = "12958", true
			}
		}
		rest = rest[n:]
	}
	rest = strings.TrimLeft(rest, " :;,.-(")
	if after, ok := strings.CutPrefix(rest, "AS AMENDED"); ok {
		rest = strings.TrimLeft(after, " :;,.-")
	}
	return rest
}

// keyword takes "DECL:" off the head, in every writing.
func (r *declassReader) keyword() {
	for again := true; again; {
		again = false
		for _, w := range [...]string{"DECLASSIFY ON", "DECLASSIFICATION DATE", "DECLASSIFICATION", "DECLASSIFY", "DECLAS ON", "DECLASS", "DECLAS", "DECLL", "DECL ON", "DECLA", "DECL", "DELC", "DCL", "DEC:", "DECK:", "EDCL", "DEL:", "ECL:"} {
			if r.text == "" || r.text[0] != w[0] {
				continue
			}
			after, ok := strings.CutPrefix(r.text, w)
			if !ok || after != "" && isLetter(after[0]) {
				continue
			}
			switch w {
			case "DECL", "DECLAS", "DECLASS", "DECLASSIFY ON", "DECLASSIFY", "DECL ON", "DECLAS ON":
			default:
				r.d.Repaired = r.d.Repaired || !strings.HasPrefix(w, "DECLASSIFICATION")
			}
			r.text, r.found, again = strings.TrimLeft(after, " :;,.-"), true, true
			break
		}
	}
}

// released reads evidence of release: "DECLASSIFIED BY NARA 09/02/2009". The
// words "declassified on" with a date are what a drafter may write for a
// deadline, and count as one.
func (r *declassReader) released() bool {
	i := strings.Index(r.text, "DECLASSIFIED")
	if i < 0 && !strings.Contains(r.text, "RELEASED") {
		return false
	}
	after := ""
	if i >= 0 {
		after = strings.TrimLeft(r.text[i+len("DECLASSIFIED"):], " ")
	}
	by := strings.HasPrefix(after, "BY") || strings.HasPrefix(after, "/") || strings.Contains(r.text, "NARA") || strings.Contains(r.text, "RELEASED") || strings.Contains(r.text, "REVIEW")
	if !by && (strings.HasPrefix(after, "ON ") || strings.HasPrefix(after, ":") || strings.Contains(r.text, "TO BE DECLASSIFIED")) {
		r.text, r.found = strings.TrimLeft(strings.TrimPrefix(after, "ON "), " :"), true
		return false
	}
	if t, _, ok := findDate(r.text, r.origin); ok {
		r.d.Date = t
	}
	r.d.Kind, r.d.Literal = DeclassDone, r.text
	return true
}

// downgraded reads "DNG: CO 01/26/2021"; a date for declassification after it
// is the graver one and is kept.
func (r *declassReader) downgraded() bool {
	i := strings.Index(r.text, "DNG")
	if i < 0 && !strings.HasPrefix(r.text, "DOWNGRADE") {
		return false
	}
	i = max(i, 0)
	words := r.text[i:]
	if j := strings.Index(words, "DECL"); j > 0 {
		if t, odd, ok := findDate(words[j:], r.origin); ok {
			r.d.Kind, r.d.Date, r.d.Literal = DeclassDeadline, t, strings.TrimRight(words[:j], " ;,.")
			r.d.Repaired = r.d.Repaired || odd
			return true
		}
		words = words[:j]
	}
	t, odd, ok := findDate(words, r.origin)
	if !ok {
		return false
	}
	r.d.Kind, r.d.Date, r.d.Repaired = DeclassDowngrade, t, r.d.Repaired || odd
	r.d.Literal = strings.TrimRight(words, " ;,.")
	return true
}

// indefinite reads the instructions that set no date.
func (r *declassReader) indefinite() bool {
	word := ""
	first := r.text
	if i := strings.IndexAny(first, " ,;("); i > 0 {
		first = first[:i]
	}
	switch {
	case hasWord(r.text, "OADR"), hasWord(r.text, "ORIGINATING AGENCY'S DETERMINATION REQUIRED"):
		word = "OADR"
	case exemption(r.text) != "":
		word = exemption(r.text)
	case first == "MR", strings.HasPrefix(r.text, "MANUAL REVIEW"), hasWord(r.text, "MARKED MR"):
		word = "MR"
	case first == "OADR", first == "0ADR", first == "ODAR":
		word, r.d.Repaired = "OADR", first != "OADR"
	case first == "EXEMPT", first == "25X", first == "50X":
		word = first
	default:
		return false
	}
	source := strings.Index(r.text, "DATE OF SOURCE")
	if source < 0 {
		if t, odd, ok := findDate(r.text, r.origin); ok { // a date given is believed
			r.d.Kind, r.d.Date, r.d.Literal, r.d.Repaired = DeclassDeadline, t, word, r.d.Repaired || odd
			return true
		}
	}
	r.d.Kind, r.d.Literal = DeclassIndefinite, word
	if r.text != word && source < 0 && strings.HasPrefix(r.text, word) && len(r.text) < 24 {
		r.d.Literal = strings.Trim(r.text, " .;,:")
	}
	return true
}

// exemption finds X1-X8 of E.O. 12958, or 25X and 50X of its amendment and of
// E.O. 13526: "1.6X1", "X-6", "25X1-HUMAN".
func exemption(s string) string {
	for i := range len(s) {
		if s[i] != 'X' {
			continue
		}
		j := i + 1
		if j < len(s) && s[j] == '-' {
			j++
		}
		if j >= len(s) || s[j] < '1' || s[j] > '9' || j+1 < len(s) && isDigit(s[j+1]) {
			continue
		}
		start := i
		for start > 0 && isDigit(s[start-1]) {
			start--
		}
		prefix := s[start:i]
		if start > 0 && isLetter(s[start-1]) || prefix != "" && prefix != "25" && prefix != "50" && prefix != "75" && !(start > 1 && s[start-1] == '.') {
			continue
		}
		if start > 0 && s[start-1] == '.' { // "1.6X1" names the section too
			prefix = ""
		}
		end := j + 1
		if prefix != "" && end < len(s) && s[end] == '-' {
			for end++; end < len(s) && isLetter(s[end]); {
				end++
			}
		}
		return prefix + "X" + strings.TrimSuffix(s[j:end], "-")
	}
	return ""
}

// deadline reads a plain date.
func (r *declassReader) deadline() bool {
	t, odd, ok := findDate(r.text, r.origin)
	if !ok && r.found {
		t, ok = bareYear(r.text)
		odd = ok
	}
	if !ok {
		return false
	}
	r.d.Kind, r.d.Date = DeclassDeadline, t
	r.d.Repaired = r.d.Repaired || odd || !r.found
	return true
}

// term reads "10 YEARS" and "TWENTY-FIVE YEARS", counted from the cable.
func (r *declassReader) term() bool {
	number, rest, ok := strings.Cut(r.text, " YEAR")
	rest = strings.TrimPrefix(rest, "S")
	if !ok || r.origin.IsZero() || strings.HasPrefix(strings.TrimLeft(rest, " "), "AFTER") {
		return false
	}
	years := map[string]int{
		"TEN": 10, "10": 10, "FIFTEEN": 15, "15": 15, "TWENTY": 20, "20": 20, "TWENTY-FIVE": 25, "TWENTY FIVE": 25, "25": 25,
	}[number]
	if years == 0 {
		return false
	}
	r.d.Kind, r.d.Literal = DeclassDeadline, strings.Trim(r.text, " .;,")
	r.d.Date = r.origin.UTC().Truncate(24*time.Hour).AddDate(years, 0, 0)
	r.d.Computed, r.d.Basis = true, number+" YEARS from the cable"
	return true
}

// none reads N/A: an unclassified cable has no instruction.
func (r *declassReader) none() bool {
	s := strings.Trim(r.text, " .:;,")
	switch s {
	case "N/A", "NA", "N.A", "N/", "/A", "N\\A", "N//A", "N-A", "N A", "NONE", "NOT APPLICABLE", "UNCLAS", "UNCLASSIFIED", "U", "SBU", "NIA", "N/AA", "M/A":
	default:
		if _, ok := cutWord(s, "N/A"); !ok {
			return false
		}
	}
	r.d.Kind, r.d.Literal = DeclassNone, "N/A"
	return true
}

// redacted recognises an instruction that the publisher took out.
func (r *declassReader) redacted() bool {
	s := strings.Trim(r.text, " .:;,[]()")
	if strings.Contains(s, "REDACTED") || strings.Contains(s, "REMOVED") || strings.Contains(s, "XXXX") {
		r.d.Kind, r.d.Literal = DeclassRedacted, s
		return true
	}
	return false
}
