// Package safe is the one gate between foreign text and a terminal.
//
// Every string that comes from a file, an archive, a path or the environment
// passes it exactly once, after all decoding, right before layout or printing.
// A terminal obeys what it is sent, and the renderer of the framework lets
// control strings, C1 bytes and bidi controls through: what this package lets
// through is what the terminal gets.
package safe

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxMarks is how many combining marks one cluster may carry; the rest is
// shown as a count, so that no letter grows over its neighbours.
const maxMarks = 8

// tabStop is the distance of tab stops in cells.
const tabStop = 8

// Run is a stretch of text made safe. Control says that it is an escape which
// stands for something else (^[ \x9b <RLO> <+992>), to be drawn so that a
// reader can tell it from the same letters written in the document.
type Run struct {
	Text    string
	Control bool
}

// Text makes foreign text harmless and visible. What it gives is valid UTF-8
// without any control but LF, and giving it through the gate again changes
// nothing.
//
//   - C0 controls and DEL become ^[ ^G ^?, C1 controls (as code points, and as
//     single bytes in broken UTF-8) \x9b, line and paragraph separators \u2028.
//   - TAB becomes blanks up to the next multiple of 8 cells in its line.
//   - CR LF, the CR CR LF of teleprinters, CR alone and NEL become LF.
//   - Bytes that are no UTF-8, and noncharacters, become U+FFFD.
//   - Bidi controls become <RLO>, <LRM> and so on.
//   - What draws nothing goes: zero-width characters outside emoji and the
//     scripts that join, soft hyphens, tags, variation selectors without a
//     base, private use.
//   - A cluster keeps 8 combining marks and a count of the others, <+992>; a
//     mark with nothing to stand on gets a dotted circle, so that it cannot
//     climb onto what the program wrote before it.
//
// Text of plain ASCII and LF is given back as it is, without an allocation.
func Text(s string) string {
	n := plainPrefix(s)
	if n == len(s) {
		return s
	}
	var g gate
	g.pass(s, n)
	return g.out.String()
}

// Line is Text on one line: line breaks become a blank.
func Line(s string) string {
	return strings.ReplaceAll(Text(s), "\n", " ")
}

// Runs is Text cut at its escapes; the texts of the runs joined are Text(s).
func Runs(s string) []Run {
	n := plainPrefix(s)
	if n == len(s) {
		if s == "" {
			return nil
		}
		return []Run{{Text: s}}
	}
	g := gate{keep: true}
	g.pass(s, n)
	out, at := g.out.String(), 0
	runs := make([]Run, 0, 2*len(g.escapes)+1)
	for _, e := range g.escapes {
		if e[0] > at {
			runs = append(runs, Run{Text: out[at:e[0]]})
		}
		runs = append(runs, Run{Text: out[e[0]:e[1]], Control: true})
		at = e[1]
	}
	if at < len(out) {
		runs = append(runs, Run{Text: out[at:]})
	}
	return runs
}

// Dirty counts what Text changes for safety: controls, bidi controls, invalid
// bytes, dropped characters, overfull clusters. Tabs and line ends, which are
// only layout, do not count, nor does a byte order mark at the very start.
func Dirty(s string) int {
	n := plainPrefix(s)
	if n == len(s) {
		return 0
	}
	var g gate
	g.pass(s, n)
	return g.dirty
}

// plain says whether a byte may go to the terminal as it is, whatever stands
// around it: printable ASCII and LF.
func plain(c byte) bool { return c-0x20 < 0x7f-0x20 || c == '\n' }

// plainPrefix is the length of the plain bytes that s begins with.
func plainPrefix(s string) int {
	i := 0
	for i < len(s) && plain(s[i]) {
		i++
	}
	return i
}

// gate is the state of one passage. All it decides on is what it has written
// so far and, for joiners, the one rune that follows: so a second passage over
// its output decides the same.
type gate struct {
	out     strings.Builder
	keep    bool     // note where the escapes stand
	escapes [][2]int // ranges of out
	dirty   int

	col    int  // cells in the line so far
	prev   rune // last rune written; 0 at the start, escaped after an escape
	base   rune // last rune written that is neither mark, joiner nor skin tone
	marks  int  // marks and joiners of this cluster
	excess int  // marks of this cluster beyond the limit, not written
}

// escaped stands in gate.prev and gate.base for an escape.
const escaped rune = -1

// pass writes s, whose first n bytes are plain.
func (g *gate) pass(s string, n int) {
	g.out.Grow(len(s) + len(s)/8 + 16)
	for i := 0; i < len(s); {
		if n > i {
			g.plain(s[i:n])
			i = n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			g.broken(s[i])
		case r == '\r' && (strings.HasPrefix(s[i+1:], "\n") || strings.HasPrefix(s[i+1:], "\r\n")):
			// The LF that follows is the line break. A teleprinter was sent two
			// CR and one LF at the end of a line (ACP 127).
		case r == 0xfeff && i == 0:
			// A byte order mark where it belongs.
		default:
			next, _ := utf8.DecodeRuneInString(s[i+size:])
			g.rune(r, next)
		}
		i += size
		n = i + plainPrefix(s[i:])
	}
	g.flush()
}

// plain writes a stretch of printable ASCII and LF.
func (g *gate) plain(s string) {
	g.flush()
	g.out.WriteString(s)
	if i := strings.LastIndexByte(s, '\n'); i >= 0 {
		g.col = len(s) - i - 1
	} else {
		g.col += len(s)
	}
	g.prev = rune(s[len(s)-1])
	g.base, g.marks = g.prev, 0
}

// broken writes a byte that is no UTF-8. One that is a C1 control to an 8-bit
// terminal is named; the others are only invalid.
func (g *gate) broken(c byte) {
	if c <= 0x9f {
		g.escape(hexEscape(c))
		return
	}
	g.dirty++
	g.put(utf8.RuneError)
}

// rune writes one rune that is not plain; next is the one that follows it.
func (g *gate) rune(r, next rune) {
	switch {
	case r == '\t':
		g.plain("        "[:tabStop-g.col%tabStop])
	case r == '\r' || r == 0x85:
		g.plain("\n")
	case r < 0x20 || r == 0x7f:
		g.escape("^" + string(r^0x40))
	case r < 0xa0:
		g.escape(hexEscape(byte(r)))
	case r == 0x2028:
		g.escape(`\u2028`)
	case r == 0x2029:
		g.escape(`\u2029`)
	case bidi(r) != "":
		g.escape("<" + bidi(r) + ">")
	case r == zwj || r == zwnj || selector(r):
		g.extend(r, next)
	case invisible(r):
		g.dirty++
	case nonCharacter(r):
		g.dirty++
		g.put(utf8.RuneError)
	case combining(r):
		g.mark(r)
	default:
		g.put(r)
	}
}

// put writes a visible rune that stands for itself.
func (g *gate) put(r rune) {
	g.flush()
	g.out.WriteRune(r)
	g.col += cells(r)
	switch {
	case g.prev == zwj && pictograph(r): // one cluster with what it is joined to
		g.base = r
	case skinTone(r): // belongs to the picture before it
	default:
		g.base, g.marks = r, 0
	}
	g.prev = r
}

// mark writes a combining mark, or counts it when the cluster is full.
func (g *gate) mark(r rune) {
	if g.excess == 0 && !carries(g.prev) {
		g.dirty++
		g.put(dottedCircle)
	}
	if g.marks >= maxMarks {
		g.excess++
		return
	}
	g.out.WriteRune(r)
	g.marks++
	g.prev = r
}

// extend writes a joiner or variation selector where it has a meaning and
// drops it elsewhere.
func (g *gate) extend(r, next rune) {
	ok := g.marks < maxMarks
	if selector(r) {
		ok = ok && selects(r, g.prev, next)
	} else {
		ok = ok && joins(r, g.prev, g.base, next)
	}
	if !ok {
		g.dirty++
		return
	}
	g.out.WriteRune(r)
	g.marks++
	g.prev = r
}

// escape writes the visible form of something that must not be sent.
func (g *gate) escape(s string) {
	g.flush()
	g.dirty++
	g.note(s)
}

// flush writes the count of the marks that an overfull cluster had.
func (g *gate) flush() {
	if g.excess == 0 {
		return
	}
	n := g.excess
	g.excess = 0
	g.dirty++
	g.note("<+" + strconv.Itoa(n) + ">")
}

// note writes an escape and, where asked, where it stands.
func (g *gate) note(s string) {
	if g.keep {
		g.escapes = append(g.escapes, [2]int{g.out.Len(), g.out.Len() + len(s)})
	}
	g.out.WriteString(s)
	g.col += len(s)
	g.prev, g.base, g.marks = escaped, escaped, 0
}
