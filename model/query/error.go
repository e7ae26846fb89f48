package query

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"chancery/model"
	"chancery/model/safe"
)

// Error is a query that was not understood: what is wrong, where, and what to
// write instead.
type Error struct {
	Query string
	Span  model.Span // of the fault, bytes of Query
	What  string     // a sentence without its end: "sercet" is not a classification
	Hint  string     // a second one, "" when there is none to give
}

// errorCells is how much of a query is shown above the caret: a line that the
// terminal breaks would leave the caret pointing anywhere.
const errorCells = 76

// Error is four lines: the query, a caret under the fault, the sentence with
// its column (counted in characters from 1), the hint. Control characters
// stand escaped, and of a long query only the part around the fault.
func (e *Error) Error() string {
	before, fault, after := e.parts()
	carets := max(1, width(fault))
	indent := width(before)
	if indent+carets+width(after) > errorCells {
		fault = head(fault, errorCells/2)
		carets = max(1, width(fault))
		room := errorCells - carets
		before = tail(before, room-min(width(after), room/2))
		indent = width(before)
		after = head(after, room-indent)
	}
	block := before + fault + after + "\n" + strings.Repeat(" ", indent) + strings.Repeat("^", carets) +
		fmt.Sprintf("\nquery error at column %d: %s", e.Column(), safe.Line(e.What))
	if e.Hint != "" {
		block += "\nhint: " + safe.Line(e.Hint)
	}
	return block
}

// Column is the place of the fault in characters, from 1.
func (e *Error) Column() int {
	return 1 + utf8.RuneCountInString(e.Query[:min(max(0, e.Span.Start), len(e.Query))])
}

// parts cuts the query at the fault and makes it fit to be shown.
func (e *Error) parts() (before, fault, after string) {
	start := min(max(0, e.Span.Start), len(e.Query))
	end := min(max(start, e.Span.End), len(e.Query))
	return safe.Line(e.Query[:start]), safe.Line(e.Query[start:end]), safe.Line(e.Query[end:])
}

// width is how many cells a line takes: enough of the rules to put a caret in
// its place, for a query holds words.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r < 0x300:
			n++
		case classOf(r) == mute:
		case classOf(r) == alone, r >= 0x3000 && r <= 0x303f, r >= 0xff01 && r <= 0xff60:
			n += 2
		default:
			n++
		}
	}
	return n
}

// head is the beginning of a line that fits into so many cells.
func head(s string, cells int) string {
	if width(s) <= cells {
		return s
	}
	n := 0
	for i, r := range s {
		if n += width(string(r)); n > cells-1 {
			return s[:i] + "…"
		}
	}
	return s
}

// tail is the end of a line that fits into so many cells.
func tail(s string, cells int) string {
	if width(s) <= cells {
		return s
	}
	n := 0
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if n += width(string(r)); n > cells-1 {
			return "…" + s[i:]
		}
		i -= size
	}
	return s
}

// nearest gives the word of a list that was probably meant: at most one letter
// off, two from six letters on, of which one may be a swap of neighbours.
func nearest(word string, list []string) string {
	word = strings.ToLower(word)
	most := 1
	if len(word) >= 6 {
		most = 2
	}
	best, near := "", most+1
	for _, w := range list {
		if d := slips(word, w); d < near {
			best, near = w, d
		}
	}
	return best
}

// slips counts the letters that differ between two short words, left out, put
// in, changed, or swapped with their neighbour.
func slips(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return 40
	}
	var rows [3][41]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		now, last, before := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		now[0] = i
		for j := 1; j <= len(b); j++ {
			differ := 1
			if a[i-1] == b[j-1] {
				differ = 0
			}
			d := min(last[j]+1, now[j-1]+1, last[j-1]+differ)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			now[j] = d
		}
	}
	return rows[len(a)%3][len(b)]
}
