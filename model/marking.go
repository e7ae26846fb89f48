package model

import "strings"

// Marking is a portion marking: as it was written, and as it was meant.
type Marking struct {
	Raw      string   // as written, without the parentheses, "S-NF"
	Controls []string // normalised: NF, "REL NATO", FGI, OC ...
	Level    Level    // LevelUnknown when the writing names none
	Odd      bool     // the writing departs from the standard form
}

// longestMarking bounds what may be a marking: the longest real ones list a
// dozen countries after REL.
const longestMarking = 240

// ParseMarking reads a portion marking without its parentheses, in any of the
// spellings that cables use ("S/NF", "C NF", "SECRET/REL FRANCE", "C - ENTIRE
// TEXT"). ok is false when the words are no marking: the first of them must
// name a level, and all that follow must be controls. It never fails on odd
// input; oddness is flagged. Source: 5 FAH-3 H-700, 32 CFR 2001.23 and what
// drafters typed.
func ParseMarking(raw string) (m Marking, ok bool) {
	if m, ok = commonMarking(raw); ok {
		return m, true
	}
	s := strings.Trim(raw, " \t\r\n\u00a0")
	if s == "" || len(s) > longestMarking {
		return Marking{}, false
	}
	if m, ok = commonMarking(s); ok {
		m.Odd = len(s) != len(raw)
		return m, true
	}
	up := capitals(s)
	m = Marking{Raw: oneLine(s)}
	rest, ok := m.takeLevel(up)
	if !ok || !m.takeControls(rest) {
		return Marking{}, false
	}
	if len(s) != len(raw) {
		m.Odd = true
	}
	return m, true
}

// The control lists of the common markings, shared by all of them. Their
// capacity is their length, so that an append makes a copy.
var (
	onlyNF   = []string{"NF"}
	onlyFOUO = []string{"FOUO"}
)

// commonMarking knows the writings that make up all but a few of the
// paragraphs of a collection, so that these cost nothing.
func commonMarking(s string) (Marking, bool) {
	switch s {
	case "U", "u":
		return Marking{Raw: s, Level: Unclassified}, true
	case "SBU", "sbu":
		return Marking{Raw: s, Level: Sensitive}, true
	case "C", "c":
		return Marking{Raw: s, Level: Confidential}, true
	case "S", "s":
		return Marking{Raw: s, Level: Secret}, true
	case "C/NF", "C//NF":
		return Marking{Raw: s, Level: Confidential, Controls: onlyNF}, true
	case "S/NF", "S//NF":
		return Marking{Raw: s, Level: Secret, Controls: onlyNF}, true
	case "SBU/NF", "SBU//NF":
		return Marking{Raw: s, Level: Sensitive, Controls: onlyNF}, true
	case "U//FOUO", "U/FOUO":
		return Marking{Raw: s, Level: Sensitive, Controls: onlyFOUO}, true
	}
	return Marking{}, false
}

// levelWords are the words that may open a marking, longer ones first where
// one begins another. A name says which sort of SENSITIVE it is.
var levelWords = []struct {
	word  string
	level Level
	name  string // control that keeps apart what is not plain SBU
	code  bool   // the short form that belongs in a marking
}{
	{"SENSITIVE BUT UNCLASSIFIED", Sensitive, "", false},
	{"LIMITED OFFICIAL USE", Sensitive, "LOU", false},
	{"FOR OFFICIAL USE ONLY", Sensitive, "FOUO", false},
	{"OFFICIAL USE ONLY", Sensitive, "FOUO", false},
	{"UNCLASSIFIED", Unclassified, "", false},
	{"CONFIDENTIAL", Confidential, "", false},
	{"RESTRICTED", Restricted, "", false},
	{"TOP SECRET", TopSecret, "", false},
	{"SENSITIVE", Sensitive, "", false},
	{"UNCLASS", Unclassified, "", false},
	{"UNCLAS", Unclassified, "", false},
	{"SECRET", Secret, "", false},
	{"CONF", Confidential, "", false},
	{"FOUO", Sensitive, "FOUO", true},
	{"SBU", Sensitive, "", true},
	{"LOU", Sensitive, "LOU", true},
	{"CUI", Sensitive, "CUI", true},
	{"TS", TopSecret, "", true},
	{"U", Unclassified, "", true},
	{"R", Restricted, "", true},
	{"C", Confidential, "", true},
	{"S", Secret, "", true},
}

// takeLevel reads the level at the head of up and gives what follows it.
func (m *Marking) takeLevel(up string) (rest string, ok bool) {
	switch {
	case up == "N/SF" || up == "N/CF": // QUIRK: NF torn apart by the level
		m.Level, m.Controls, m.Odd = Secret, onlyNF, true
		if up[2] == 'C' {
			m.Level = Confidential
		}
		return "", true
	case up[0] == '/', up == "NF", up == "NOFORN": // QUIRK: the level was left out
		m.Odd = true
		return up, strings.Trim(up, "/ ") != ""
	}
	for _, w := range levelWords {
		after, found := strings.CutPrefix(up, w.word)
		if !found {
			continue
		}
		if after != "" && isLetter(after[0]) {
			// QUIRK: "SNF", the slash forgotten.
			if !w.code || after != "NF" && after != "NOFORN" {
				continue
			}
			m.Odd = true
		}
		m.Level, m.Odd = w.level, m.Odd || !w.code
		if w.name != "" {
			m.Controls = []string{w.name}
		}
		return after, true
	}
	return "", false
}

// takeControls reads everything after the level; false when something there
// is neither a control nor "ENTIRE TEXT".
func (m *Marking) takeControls(rest string) bool {
	for {
		sep := len(rest) - len(strings.TrimLeft(rest, " /,-:;."))
		standard := sep > 0 && strings.Trim(rest[:sep], "/") == ""
		whole := strings.Trim(rest[:sep], " -:") == ""
		if rest = rest[sep:]; rest == "" {
			m.Odd = m.Odd || sep > 0
			return true
		}
		if after, ok := cutEntireText(rest); ok {
			m.Odd = m.Odd || !whole
			rest = after
			continue
		}
		m.Odd = m.Odd || !standard
		control, after, ok := takeControl(rest)
		if !ok {
			return m.takeSensitive(rest)
		}
		for _, slip := range misspeltControls {
			m.Odd = m.Odd || rest[:len(rest)-len(after)] == slip
		}
		m.add(control)
		rest = after
	}
}

// takeSensitive reads the second half of "U/SENSITIVE" and "U/SBU", which
// raises the level; any other second level makes no marking ("S/S" is the
// Executive Secretariat, "S/CT" an office).
func (m *Marking) takeSensitive(rest string) bool {
	if m.Level != Unclassified {
		return false
	}
	var second Marking
	after, ok := second.takeLevel(rest)
	if !ok || second.Level != Sensitive {
		return false
	}
	m.Level = Sensitive
	for _, c := range second.Controls {
		m.add(c)
	}
	return m.takeControls(after)
}

func (m *Marking) add(control string) {
	for _, c := range m.Controls {
		if c == control {
			return
		}
	}
	m.Controls = append(m.Controls, control)
}

// cutEntireText takes the words by which one marking covers all that follows
// (1973-1990s practice, in paragraph 1).
func cutEntireText(s string) (rest string, ok bool) {
	for _, words := range [...]string{"ENTIRE TEXT", "ENTIRE MESSAGE", "ENTIRE CABLE", "ENTIRE TELEGRAM", "THROUGHOUT"} {
		if rest, ok = strings.CutPrefix(s, words); ok && (rest == "" || !isLetter(rest[0])) {
			return rest, true
		}
	}
	return s, false
}

// EntireText says whether the marking speaks for the whole cable, as
// "C - ENTIRE TEXT" does.
func (m Marking) EntireText() bool {
	up := capitals(m.Raw)
	for i := range len(up) {
		if up[i] == 'E' || up[i] == 'T' {
			if _, ok := cutEntireText(up[i:]); ok {
				return true
			}
		}
	}
	return false
}

// Code is the marking as meant, for a narrow column: "S/NF", "C/REL NATO",
// "FOUO"; a level that the writing leaves out is "?".
func (m Marking) Code() string {
	code, controls := m.Level.Code(), m.Controls
	if m.Level == Sensitive && len(controls) > 0 && isSensitiveName(controls[0]) {
		code, controls = controls[0], controls[1:]
	}
	switch len(controls) {
	case 0:
		return code
	case 1:
		return code + "/" + controls[0]
	}
	return code + "/" + strings.Join(controls, "/")
}

// Words is the marking in words: "SECRET//NOFORN".
func (m Marking) Words() string {
	words, controls := m.Level.String(), m.Controls
	if m.Level == Sensitive && len(controls) > 0 && isSensitiveName(controls[0]) {
		words, controls = ControlWords(controls[0]), controls[1:]
	}
	if words == "" {
		words = "LEVEL NOT GIVEN"
	}
	for _, c := range controls {
		words += "//" + ControlWords(c)
	}
	return words
}

func isSensitiveName(control string) bool {
	return control == "FOUO" || control == "LOU" || control == "CUI"
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// capitals is s in ASCII capitals with runs of blanks and line ends made one
// blank; s itself when that changes nothing.
func capitals(s string) string {
	clean := true
	for i := range len(s) {
		if c := s[i]; c >= 'a' && c <= 'z' || c < ' ' || c == 0xc2 || c == ' ' && i > 0 && s[i-1] == ' ' {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == 0xc2 && i+1 < len(s) && s[i+1] == 0xa0 { // no-break space
			c = ' '
			i++
		}
		switch {
		case c >= 'a' && c <= 'z':
			out = append(out, c-0x20)
		case c <= ' ':
			if len(out) == 0 || out[len(out)-1] != ' ' {
				out = append(out, ' ')
			}
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// oneLine is s with every line end in it made a blank.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\r\n\f\v") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}
