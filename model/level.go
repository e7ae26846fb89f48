package model

import "strings"

// Level is a classification level; a higher value is more sensitive.
// The zero value means that no level is known, which is not "unclassified".
type Level uint8

// The levels in order (E.O. 12958 s.1.3, and what cables used beside it).
const (
	LevelUnknown Level = iota
	Unclassified       // U
	Sensitive          // SBU, FOUO, LOU, CUI: controlled, unclassified
	Restricted         // R, allied or before 1953
	Confidential       // C
	Secret             // S
	TopSecret          // TS
)

// String is the level in words as the field writes it, "" when unknown.
func (l Level) String() string {
	return [...]string{"", "UNCLASSIFIED", "SENSITIVE BUT UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"}[min(int(l), int(TopSecret))]
}

// Code is the short form for a narrow column: U SBU R C S TS, "?" when unknown.
func (l Level) Code() string {
	return [...]string{"?", "U", "SBU", "R", "C", "S", "TS"}[min(int(l), int(TopSecret))]
}

// lineWords are the levels as a classification line spells them, blanks taken
// out; longer ones before those they begin with.
var lineWords = []struct {
	word  string
	level Level
}{
	{"SENSITIVEBUTUNCLASSIFIED", Sensitive},
	{"LIMITEDOFFICIALUSE", Sensitive},
	{"FOROFFICIALUSEONLY", Sensitive},
	{"CONFIDENTIAL", Confidential},
	{"UNCLASSIFIED", Unclassified},
	{"RESTRICTED", Restricted},
	{"TOPSECRET", TopSecret},
	{"UNCLASS", Unclassified},
	{"UNCLAS", Unclassified},
	{"SECRET", Secret},
}

// letters are the first letters of a line in capitals, each with its place.
// Levels were spaced out so that no garble could hide them; squeezing them
// undoes that.
type letters struct {
	text [40]byte
	at   [40]int
	n    int
}

func (l *letters) read(line string) {
	for i := 0; i < len(line) && l.n < len(l.text); i++ {
		switch c := line[i]; {
		case isLetter(c):
			l.text[l.n], l.at[l.n] = c&^0x20, i
			l.n++
		case c != ' ' && c != '\t':
			return
		}
	}
}

// ParseLevel reads a level as a classification line or metadata writes it:
// spaced, solid, any case, lightly damaged ("SS E C R E T", "CSE C R E T").
// controls are normalised as in a marking (NF, FOUO, EFTO). damaged says that
// the level had to be repaired; rest is what follows level and controls, such
// as "SECTION 01 OF 03 HARARE 006677" (cable-format 2.1).
func ParseLevel(line string) (l Level, controls []string, rest string, damaged, ok bool) {
	var s letters
	s.read(line)
	l, end, damaged := exactLevel(line, &s)
	if l == LevelUnknown {
		if l, end = repairedLevel(line, &s); l == LevelUnknown {
			return LevelUnknown, nil, line, false, false
		}
		damaged = true
	}
	if (l == Sensitive) && s.n > 0 {
		switch s.text[0] {
		case 'L':
			controls = []string{"LOU"}
		case 'F':
			controls = []string{"FOUO"}
		}
	}
	l, controls, rest = lineControls(l, controls, line[end:])
	return l, controls, rest, damaged, true
}

// exactLevel finds a level spelled right at the head of the line. end is
// where it stops; uneven says that its letters are spaced irregularly.
func exactLevel(line string, s *letters) (l Level, end int, uneven bool) {
	for _, w := range lineWords {
		n := len(w.word)
		if s.n < n || s.text[0] != w.word[0] || string(s.text[:n]) != w.word {
			continue
		}
		end = s.at[n-1] + 1
		if end < len(line) && (isLetter(line[end]) || isDigit(line[end])) {
			continue
		}
		return w.level, end, unevenly(s, n)
	}
	return LevelUnknown, 0, false
}

// unevenly says whether the first n letters are neither solid words nor all
// spaced: "SE C R E T".
func unevenly(s *letters, n int) bool {
	gaps, joins := 0, 0
	for i := 1; i < n; i++ {
		if s.at[i]-s.at[i-1] > 1 {
			gaps++
		} else {
			joins++
		}
	}
	if gaps == 0 || joins == 0 {
		return false
	}
	// Words of a level of several words stand apart: TOP SECRET has one gap.
	switch n {
	case len("TOPSECRET"):
		return !(gaps == 1 && s.at[3]-s.at[2] > 1)
	case len("LIMITEDOFFICIALUSE"), len("SENSITIVEBUTUNCLASSIFIED"):
		return gaps > 3
	}
	return true
}

// repairedLevel finds a level with a letter lost, doubled or put in front.
// A spaced level may be damaged more than a solid word, because nothing else
// in a cable is spaced like it.
func repairedLevel(line string, s *letters) (l Level, end int) {
	spaced, n := spacedHead(line, s)
	if n == 0 {
		return LevelUnknown, 0
	}
	head := string(s.text[:n])
	for _, w := range lineWords {
		var near bool
		switch {
		case spaced:
			near = edits(head, w.word, 1+len(w.word)/12) <= 1+len(w.word)/12
		case len(w.word) >= len("CONFIDENTIAL"):
			near = edits(head, w.word, 1) <= 1
		default: // first letter doubled or lost: UUNCLAS, ECRET
			near = head == w.word[:1]+w.word || head == w.word[1:]
		}
		if near {
			return w.level, s.at[n-1] + 1
		}
	}
	return LevelUnknown, 0
}

// spacedHead gives the letters of the head of a line that could be a damaged
// level: a run of single letters after at most three that stick together
// (spaced), or else the first word, if it is in capitals.
func spacedHead(line string, s *letters) (spaced bool, n int) {
	words, singles := 0, 0
	for i := 0; i < s.n; {
		j := i + 1
		for j < s.n && s.at[j]-s.at[j-1] == 1 {
			j++
		}
		if words == 0 && j-i > 3 || words > 0 && j-i > 2 || j-i == 2 && singles > 2 {
			break
		}
		if j-i == 1 {
			singles++
		}
		words++
		n, i = j, j
	}
	if singles >= 3 {
		return true, n
	}
	n = 0
	for n < s.n && (n == 0 || s.at[n]-s.at[n-1] == 1) {
		if line[s.at[n]] >= 'a' {
			return false, 0
		}
		n++
	}
	if n < len("ECRET") || n < s.n && s.at[n-1]+1 < len(line) && isDigit(line[s.at[n-1]+1]) {
		return false, 0
	}
	return false, n
}

// lineControls reads the controls after a level: those behind slashes, and
// NOFORN or EFTO standing alone.
func lineControls(l Level, controls []string, rest string) (Level, []string, string) {
	for {
		rest = strings.TrimLeft(rest, " \t")
		word := strings.TrimLeft(rest, "/ ")
		slash := len(word) < len(rest)
		control, level, n := lineControl(word, slash && l <= Sensitive)
		switch {
		case n == 0 && slash:
			control, n = slashControl(word)
			if n == 0 {
				return l, controls, word
			}
		case n == 0:
			return l, controls, rest
		}
		l = max(l, level)
		if control != "" {
			controls = union(controls, []string{control})
		}
		rest = word[n:]
	}
}

// lineControl reads the controls that need no slash and, where a sort of SBU
// may follow, those that raise UNCLASSIFIED to it. n is their length.
func lineControl(s string, sensitive bool) (control string, level Level, n int) {
	for _, c := range [...]struct {
		word, control string
		level         Level
	}{
		{"NOFORN", "NF", LevelUnknown},
		{"N O F O R N", "NF", LevelUnknown},
		{"EFTO", "EFTO", LevelUnknown},
		{"FOR OFFICIAL USE ONLY", "FOUO", Sensitive},
		{"FOUO", "FOUO", Sensitive},
		{"SENSITIVE", "", Sensitive},
		{"SBU", "", Sensitive},
	} {
		n = len(c.word)
		if len(s) < n || !strings.EqualFold(s[:n], c.word) || len(s) > n && (isLetter(s[n]) || isDigit(s[n])) {
			continue
		}
		if c.level == LevelUnknown || sensitive {
			return c.control, c.level, n
		}
	}
	return "", LevelUnknown, 0
}

// slashControl reads any control of a marking at the head of s.
func slashControl(s string) (control string, n int) {
	up := strings.ToUpper(s)
	if len(up) != len(s) {
		return "", 0
	}
	control, after, ok := takeControl(up)
	if !ok {
		return "", 0
	}
	return control, len(s) - len(after)
}
