package model

import "strings"

// controls are the dissemination controls that may follow a level, with the
// short form used in portion markings and the words of a banner line. They
// do not raise the level (32 CFR 2001.24; cable-format 3.2).
var controls = []struct{ word, code, words string }{
	{"NOFORN", "NF", "NOFORN"},
	{"NF", "NF", "NOFORN"},
	{"ORCON", "OC", "ORCON"},
	{"OC", "OC", "ORCON"},
	{"PROPIN", "PR", "PROPIN"},
	{"PR", "PR", "PROPIN"},
	{"IMCON", "IMC", "IMCON"},
	{"IMC", "IMC", "IMCON"},
	{"RELIDO", "RELIDO", "RELIDO"},
	{"RSEN", "RS", "RSEN"},
	{"RS", "RS", "RSEN"},
	{"NOCONTRACT", "NC", "NOCONTRACT"},
	{"NC", "NC", "NOCONTRACT"},
	{"WNINTEL", "WN", "WNINTEL"},
	{"WN", "WN", "WNINTEL"},
	{"EXDIS", "XD", "EXDIS"},
	{"XD", "XD", "EXDIS"},
	{"NODIS", "ND", "NODIS"},
	{"ND", "ND", "NODIS"},
	{"LIMDIS", "LIMDIS", "LIMDIS"},
	{"STADIS", "STADIS", "STADIS"},
	{"EYES ONLY", "EYES ONLY", "EYES ONLY"},
	{"EFTO", "EFTO", "EFTO"},
	{"LES", "LES", "LAW ENFORCEMENT SENSITIVE"},
	{"SCI", "SCI", "SCI"},
	{"HCS", "HCS", "HCS"},
	{"SI", "SI", "SI"},
	{"TK", "TK", "TK"},
	{"COMINT", "SI", "SI"},
	{"FOUO", "FOUO", "FOR OFFICIAL USE ONLY"},
	{"LOU", "LOU", "LIMITED OFFICIAL USE"},
	{"CUI", "CUI", "CONTROLLED UNCLASSIFIED INFORMATION"},
}

// misspeltControls are slips for NOFORN that were met or are one key away.
var misspeltControls = [...]string{"FN", "NOFRON", "NORFORN", "NOFOR", "N0FORN", "NOFORM"}

// takeControl reads one control at the head of s, which is in capitals.
func takeControl(s string) (control, rest string, ok bool) {
	if after, found := cutWord(s, "REL"); found {
		return takeReleasable(after)
	}
	if after, found := cutWord(s, "FGI"); found {
		return takeForeign(after)
	}
	for i := range controls {
		if word := controls[i].word; s == "" || s[0] != word[0] {
			continue
		} else if rest, ok = cutWord(s, word); ok {
			return controls[i].code, rest, true
		}
	}
	for _, slip := range misspeltControls {
		if rest, ok = cutWord(s, slip); ok {
			return "NF", rest, true
		}
	}
	// QUIRK: "S/ACGU" and "S/NATO" leave REL out; the names stand for nothing else here.
	for _, group := range [...]string{"ACGU", "FVEY", "NATO", "ISAF"} {
		if rest, ok = cutWord(s, group); ok {
			return "REL " + group, rest, true
		}
	}
	return "", s, false
}

// cutWord takes a whole word off the head of s.
func cutWord(s, word string) (rest string, ok bool) {
	if rest, ok = strings.CutPrefix(s, word); ok && (rest == "" || !isLetter(rest[0]) && !isDigit(rest[0])) {
		return rest, true
	}
	return s, false
}

// takeReleasable reads the countries after REL or REL TO, up to the end or to
// a slash that begins another control.
func takeReleasable(s string) (control, rest string, ok bool) {
	s = withoutTo(s)
	end := len(s)
	for i := range len(s) {
		if s[i] != '/' {
			continue
		}
		after := strings.TrimLeft(s[i:], "/ ")
		if _, _, another := takeControl(after); another || after == "" {
			end = i
			break
		}
	}
	list, ok := countries(s[:end])
	if list = withoutTo(list); list == "" {
		return "REL", s[end:], ok
	}
	return "REL " + list, s[end:], ok
}

// withoutTo takes the TO of REL TO off the head of a list, with what slips of
// the hand make of it: "REL & TO", "REL/TO", "REL TO TO".
func withoutTo(s string) string {
	for {
		s = strings.TrimLeft(s, " :,-&;")
		bare := strings.TrimLeft(s, " :,-&;/.'")
		after, found := cutWord(bare, "TO")
		if !found {
			after, found = cutWord(bare, "AND")
		}
		if !found {
			return s
		}
		s = after
	}
}

// countries normalises a list of country names or codes: "USA AND GBR" and
// "USA,GBR" are "USA, GBR". ok is false when it does not look like one.
func countries(s string) (list string, ok bool) {
	fields := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '/' || r == '&' || r == ';' })
	var out []string
	for _, f := range fields {
		words := strings.Fields(f)
		if len(words) > 0 && words[0] == "AND" {
			words = words[1:]
		}
		for len(words) > 0 {
			n := 0
			for n < len(words) && (n == 0 || words[n] != "AND" || n == len(words)-1) {
				n++
			}
			name := strings.Join(words[:n], " ")
			if n > 5 || !nameLike(name) {
				return "", false
			}
			if name = strings.Trim(name, " -.'"); name != "" {
				out = append(out, name)
			}
			words = words[n:]
			if len(words) > 0 {
				words = words[1:] // AND
			}
		}
	}
	return strings.Join(out, ", "), true
}

// nameLike says whether s could be the name of a country: letters, blanks
// and the signs that occur in names.
func nameLike(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isLetter(c) && c != ' ' && c != '.' && c != '\'' && c != '-' && c < 0x80 {
			return false
		}
	}
	return true
}

// takeForeign reads what follows FGI: nothing, or the three-letter codes of
// the governments the information came from.
func takeForeign(s string) (control, rest string, ok bool) {
	end := strings.IndexByte(s, '/')
	if end < 0 {
		end = len(s)
	}
	words := strings.FieldsFunc(s[:end], func(r rune) bool { return r == ' ' || r == ',' || r == '-' || r == ':' })
	for _, w := range words {
		if len(w) > 4 || !nameLike(w) {
			return "", s, false
		}
	}
	return strings.Join(append([]string{"FGI"}, words...), " "), s[end:], true
}

// ControlWords spells a control out as a classification line does: "NF" is
// NOFORN, "REL NATO" is REL TO NATO.
func ControlWords(control string) string {
	if list, ok := strings.CutPrefix(control, "REL "); ok {
		return "REL TO " + list
	}
	for i := range controls {
		if controls[i].code == control {
			return controls[i].words
		}
	}
	return control
}

// ControlCode is the short form of a control or caption that names one,
// "NOFORN" and "NF" both being "NF"; ok is false for any other word.
func ControlCode(word string) (code string, ok bool) {
	up := strings.Trim(capitals(word), " ")
	code, rest, ok := takeControl(up)
	return code, ok && rest == ""
}
