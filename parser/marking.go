package parser

import (
	"strings"

	"chancery/model"
)

// numeral is the number a paragraph begins with.
type numeral struct {
	text    string // "7", "G - J"
	value   int    // 0 for letters
	style   byte   // what follows it: . ) , or 0
	rest    int    // where what follows begins
	pilcrow bool   // a pilcrow stands before it
	glued   bool   // what follows is glued to it
}

// pilcrow gives the length of a pilcrow (or of what damage made of it) that s
// begins with.
func pilcrow(s string) int {
	switch {
	case s == "" || s[0] < 0x80:
		return 0
	case strings.HasPrefix(s, "¶"):
		return len("¶")
	case strings.HasPrefix(s, "\ufffd"):
		return len("\ufffd")
	}
	return 0
}

// numberAt reads a paragraph number: "¶1.", "12.", "6,", "2)", "3 (". Numbers
// that go on after the dot (1.8, 2007.11) are none.
func numberAt(s string) (n numeral, ok bool) {
	if s == "" || !mayBeNumber[s[0]] {
		return // as nearly always
	}
	return readNumber(s)
}

// mayBeNumber are the bytes that a number, or a pilcrow before it, begins with.
var mayBeNumber = func() (may [256]bool) {
	for c := range may {
		may[c] = isDigit(byte(c)) || c >= 0x80
	}
	return may
}()

func readNumber(s string) (n numeral, ok bool) {
	p := pilcrow(s)
	at := blanks(s, p)
	d := digits(s[at:])
	if d == 0 || d > 3 {
		return n, false
	}
	n = numeral{text: s[at : at+d], value: number(s[at : at+d]), pilcrow: p > 0}
	at += d
	end := blanks(s, at)
	if end > at+1 || end == len(s) {
		end = at
	}
	switch {
	case end == len(s):
		return n, false
	case s[end] == '.' || s[end] == ')' || s[end] == ',':
		n.style = s[end]
		end++
		if n.style == '.' && end < len(s) && s[end] == ')' {
			end++
		}
	case s[end] == '(':
	default:
		return n, false
	}
	if end < len(s) && isDigit(s[end]) {
		return n, false
	}
	n.rest = blanks(s, end)
	n.glued = n.rest == end && end < len(s)
	return n, true
}

// maxMarking is how far a portion marking may reach, its line ends included.
const maxMarking = 120

// markingAt reads a portion marking in parentheses at the place at of text;
// it may run over a line end. end is where what follows begins.
func markingAt(text string, at int) (m model.Marking, end int, ok bool) {
	if at >= len(text) || text[at] != '(' {
		return m, at, false
	}
	limit := min(len(text), at+maxMarking)
	for i := at + 1; i < limit; i++ {
		switch c := text[i]; {
		case c == ')':
			raw := text[at+1 : i]
			if len(raw) > 1 {
				raw = squeeze(raw)
			}
			if !mayBeMarking(raw) {
				return m, at, false
			}
			if m, ok = model.ParseMarking(raw); ok {
				m.Raw = raw
			}
			return m, i + 1, ok
		case c == '(':
			return openMarking(text, at)
		case c == '\n' && i+1 < limit && (text[i+1] == '\n' || text[i+1] == '\r'):
			return m, at, false
		}
	}
	return openMarking(text, at)
}

// openMarking reads a marking whose closing parenthesis was lost: the level
// alone, "(C Minister ...".
func openMarking(text string, at int) (m model.Marking, end int, ok bool) {
	for _, level := range []string{"SBU", "C", "S", "U"} {
		n := at + 1 + len(level)
		if n < len(text) && strings.HasPrefix(text[at+1:], level) && text[n] == ' ' {
			if m, ok = model.ParseMarking(level); ok {
				m.Raw, m.Odd = level, true
			}
			return m, n, ok
		}
	}
	return m, at, false
}

// mayBeMarking is a quick look whether the words in parentheses can be a
// marking, before they are read in full.
func mayBeMarking(raw string) bool {
	if raw == "" || len(raw) > 80 {
		return false
	}
	switch upper(raw[0]) {
	case 'U', 'C', 'S', 'T', 'L', 'R', 'F', 'N', '/', '0':
		return true
	}
	return false
}

// entireText reads a marking of the whole text that stands without
// parentheses: CONFIDENTIAL - ENTIRE TEXT.
func entireText(s string) (m model.Marking, end int, ok bool) {
	if s == "" || !isUpper(s[0]) {
		return m, 0, false
	}
	n := indexFold(s[:min(len(s), 60)], "ENTIRE TEXT")
	if n < 0 {
		return m, 0, false
	}
	end = n + len("ENTIRE TEXT")
	raw := squeeze(s[:end])
	if m, ok = model.ParseMarking(raw); !ok {
		return m, 0, false
	}
	m.Raw = raw
	return m, skipAny(s, end, "."), true
}

// isEntire says whether a marking is meant for the whole text.
func isEntire(m model.Marking) bool { return indexFold(m.Raw, "ENTIRE") >= 0 }
