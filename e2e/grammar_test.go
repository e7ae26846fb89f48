package e2e

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// A grammar says which bytes the program may write to a terminal. Whatever is
// not text is taken apart into sequences, and each is looked up in a closed
// list: nothing that a cable holds can be one of them by accident.
type grammar struct {
	control string          // C0 bytes that may stand alone
	csi     map[string]bool // by private prefix, intermediate and final byte: "?h", " q", "m"
	modes   map[string]bool // numbers for ?h and ?l
	escape  string          // final bytes of two-byte sequences
	osc     func(body string) bool
	unseen  bool // letters without width may stand: they are data, and no terminal acts on them
}

// onScreen is what the full screen may write: text, SGR, cursor moves, erases,
// scrolling, and the sequences that are the program's own.
func onScreen() grammar {
	return grammar{
		control: "\n\r\b\t",
		csi: set(
			"m",                                      // SGR
			"A B C D E F G H I Z d f ` a e",          // cursor moves
			"J K X",                                  // erases
			"L M P @ S T r b",                        // lines and characters in and out, scroll regions, repeat
			"?h ?l h l",                              // modes, see below
			"?u >u <u =u", "?$p $p", "c >c >q", " q", // questions and levels of the keyboard; cursor shape
			"?s ?r", "?5W", // a mode kept and put back; tab stops
			">m ?m", // modified keys: on, off, asked
		),
		modes:  set("1049 25 7 1004 1007 1000 1002 1003 1006 2004 2026 2027 2031 2048"),
		escape: "78=>M",
		osc: func(body string) bool {
			if title, ok := strings.CutPrefix(body, "2;"); ok {
				return title == "" || ownTitle(title)
			}
			return body == "11;?" || body == "10;?" || body == "12;?" // asked, never set
		},
	}
}

// ownTitle says whether a title of the window is one that the program may set:
// its own name and that of the collection, without anything of a cable.
func ownTitle(title string) bool {
	return strings.HasPrefix(title, "chancery") && !strings.Contains(title, "PWNED") &&
		len(grammar{}.offences([]byte(title))) == 0
}

// onLines is what a command that prints may write to a terminal: text, tabs
// between columns, and SGR.
func onLines() grammar { return grammar{control: "\n\r\t", csi: set("m")} }

// asData is what a command that prints JSON may write: the true text, with
// everything escaped that a terminal would act on.
func asData() grammar { return grammar{control: "\n\r", unseen: true} }

// inPipe is what may go into a pipe: text alone.
func inPipe() grammar { return grammar{control: "\n\t"} }

func set(words ...string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words {
		if w == " q" { // the one with a blank in it
			out[w] = true
			continue
		}
		for _, f := range strings.Fields(w) {
			out[f] = true
		}
	}
	return out
}

// offences takes a stream of bytes apart and names what the grammar does not
// allow, each with where it stands. At most ten are named.
func (g grammar) offences(b []byte) []string {
	var out []string
	for at := 0; at < len(b) && len(out) < 10; {
		n, why := g.next(b[at:])
		if why != "" {
			out = append(out, fmt.Sprintf("byte %d: %s in %q", at, why, b[max(0, at-24):min(len(b), at+n+24)]))
		}
		at += n
	}
	return out
}

// next eats one character or sequence; why says what is wrong with it.
func (g grammar) next(b []byte) (n int, why string) {
	switch c := b[0]; {
	case c == 0x1b:
		return g.sequence(b)
	case c < 0x20:
		if strings.IndexByte(g.control, c) < 0 {
			return 1, fmt.Sprintf("control %#02x", c)
		}
		return 1, ""
	case c < 0x7f:
		return 1, ""
	}
	r, n := utf8.DecodeRune(b)
	switch {
	case r == utf8.RuneError && n == 1:
		return 1, fmt.Sprintf("byte %#02x, no UTF-8", b[0])
	case r == 0x7f || r >= 0x80 && r < 0xa0:
		return n, fmt.Sprintf("control %U", r)
	case turns(r) || !g.unseen && hidden(r):
		return n, fmt.Sprintf("hidden %U", r)
	}
	return n, ""
}

// turns says whether a character turns the direction of what follows it. Only
// the isolate that the program itself puts around right-to-left text may stand.
func turns(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r == 0x2066 || r == 0x2067 || r == 0x200e || r == 0x200f || r == 0x061c
}

// hidden are the characters that are never shown: those without width and
// those without a meaning of their own. Joiners may stand within a script that
// needs them, which only the gate can tell; its own tests see to them.
func hidden(r rune) bool {
	switch {
	case r == 0x2028, r == 0x2029, r == 0x200b, r == 0x2060, r == 0xfeff, r == 0xad, r >= 0xe0000 && r <= 0xe007f:
		return true
	}
	return unicode.Is(unicode.Co, r)
}

// sequence eats one escape sequence.
func (g grammar) sequence(b []byte) (n int, why string) {
	if len(b) < 2 {
		return 1, "" // the stream was cut here
	}
	switch c := b[1]; c {
	case '[':
		return g.csiSequence(b)
	case ']', 'P', '_', '^', 'X':
		return g.stringSequence(b)
	default:
		if strings.IndexByte(g.escape, c) < 0 {
			return 2, fmt.Sprintf("ESC %q", c)
		}
		return 2, ""
	}
}

func (g grammar) csiSequence(b []byte) (n int, why string) {
	i := 2
	for i < len(b) && b[i] >= 0x20 && b[i] < 0x40 {
		i++
	}
	if i == len(b) {
		return i, ""
	}
	args := string(b[2:i])
	private := args[:len(args)-len(strings.TrimLeft(args, "<=>?"))]
	numbers := strings.TrimLeft(args, "<=>?")
	between := strings.TrimLeft(numbers, "0123456789:;")
	numbers = strings.TrimSuffix(numbers, between)
	name := private + between + string(b[i])
	if b[i] == 'W' {
		name = private + numbers + "W" // tab stops: other numbers do other things
	}
	if !g.csi[name] {
		return i + 1, fmt.Sprintf("CSI %q", name)
	}
	switch name {
	case "?h", "?l", "?s", "?r":
		for _, mode := range strings.Split(numbers, ";") {
			if !g.modes[mode] {
				return i + 1, "mode " + mode
			}
		}
	}
	return i + 1, ""
}

// stringSequence eats OSC, DCS, APC, PM and SOS up to their end.
func (g grammar) stringSequence(b []byte) (n int, why string) {
	for i := 2; i < len(b); i++ {
		end := 0
		switch {
		case b[i] == 0x07:
			end = 1
		case b[i] == 0x1b && i+1 < len(b) && b[i+1] == '\\':
			end = 2
		case b[i] >= 0x20:
			continue
		default:
			return i, fmt.Sprintf("ESC %c without an end", b[1])
		}
		body := string(b[2:i])
		if b[1] == ']' && g.osc != nil && g.osc(body) {
			return i + end, ""
		}
		return i + end, fmt.Sprintf("ESC %c %q", b[1], body)
	}
	return len(b), fmt.Sprintf("ESC %c without an end", b[1])
}

// A grammar that lets everything through would prove nothing.
func TestGrammar(t *testing.T) {
	for _, c := range []struct {
		what, text string
		fine       bool // on the full screen
		lines      bool // of a command that prints
	}{
		{"text", "plain – 黒山 نجم é\n", true, true},
		{"colour", "\x1b[1;38;2;1;2;3mred\x1b[0m", true, true},
		{"cursor move", "\x1b[12;3H\x1b[2A", true, false},
		{"erase", "\x1b[2J\x1b[K", true, false},
		{"scroll region", "\x1b[2;20r", true, false},
		{"alternate screen", "\x1b[?1049h", true, false},
		{"question for the background", "\x1b]11;?\x07", true, false},
		{"title", "\x1b]0;x\x07", false, false},
		{"title of our own", "\x1b]2;chancery  cables\x07", true, false},
		{"title of a cable", "\x1b]2;SECRET\x07", false, false},
		{"link", "\x1b]8;;file:///\x1b\\", false, false},
		{"clipboard", "\x1b]52;c;eA==\x07", false, false},
		{"background set", "\x1b]11;rgb:0/0/0\x07", false, false},
		{"DCS", "\x1bP+q544e\x1b\\", false, false},
		{"APC without an end", "\x1b_Gx", false, false},
		{"reset", "\x1bc", false, false},
		{"report of the cursor", "\x1b[6n", false, false},
		{"title report", "\x1b[21t", false, false},
		{"printer", "\x1b[5i", false, false},
		{"unknown mode", "\x1b[?47h", false, false},
		{"C1", "\u009b2J", false, false},
		{"lone byte", "\x9b2J", false, false},
		{"BEL", "\a", false, false},
		{"override", "\u202e", false, false},
		{"isolate", "\u2067", false, false},
		{"zero-width", "\u200b", false, false},
		{"tag", "\U000e0041", false, false},
	} {
		if got := onScreen().offences([]byte(c.text)); (len(got) == 0) != c.fine {
			t.Errorf("%s on the screen: %v", c.what, got)
		}
		if got := onLines().offences([]byte(c.text)); (len(got) == 0) != c.lines {
			t.Errorf("%s in lines: %v", c.what, got)
		}
	}
}
