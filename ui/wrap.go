package ui

import "github.com/charmbracelet/x/ansi"

// cut is one row of wrapped text: the bytes [from, to) of the line that was
// wrapped. The blanks a row ended at belong to no row.
type cut struct{ from, to int }

// wrap breaks one line of plain, safe text into rows: the first no wider than
// first cells, the others no wider than rest. Rows end at blanks, after a
// hyphen between letters, between wide characters and, where a word is wider
// than a row, within the word; a grapheme cluster is never cut. There is
// always one row at least.
func wrap(rows []cut, s string, first, rest int) []cut {
	first, rest = max(1, first), max(1, rest)
	if len(s) <= first {
		return append(rows, cut{0, len(s)})
	}
	if !ascii(s) {
		return wrapWide(rows, s, first, rest)
	}
	return wrapASCII(rows, s, first, rest)
}

// wrapASCII wraps text whose every byte is one cell.
func wrapASCII(rows []cut, s string, first, rest int) []cut {
	from, w := 0, first
	for len(s)-from > w {
		end := lastBreak(s, from, from+w)
		rows = append(rows, cut{from, trimmed(s, from, end)})
		for end < len(s) && s[end] == ' ' {
			end++
		}
		from, w = end, rest
	}
	if from < len(s) || len(rows) == 0 {
		rows = append(rows, cut{from, len(s)})
	}
	return rows
}

// lastBreak finds where a row of s that begins at from and may not reach
// beyond limit should end.
func lastBreak(s string, from, limit int) int {
	if s[limit] == ' ' {
		return limit
	}
	for i := limit - 1; i > from; i-- {
		if s[i] == ' ' || s[i] == '-' && splits(s, i) {
			return i + 1
		}
	}
	return limit
}

// splits says that a row may end behind the hyphen at i: between the parts of
// a long word, not within Al-Amari or e-mail.
func splits(s string, i int) bool {
	if i < 4 || i+3 >= len(s) {
		return false
	}
	for n := 1; n <= 4; n++ {
		if !letter(s[i-n]) || n < 4 && !letter(s[i+n]) {
			return false
		}
	}
	return true
}

func letter(b byte) bool {
	return 'a' <= b|0x20 && b|0x20 <= 'z'
}

// wrapWide wraps text with characters that are not ASCII, cluster by cluster.
func wrapWide(rows []cut, s string, first, rest int) []cut {
	from, limit := 0, first
	cells, brk := 0, -1 // brk: where the row may end
	wide := false       // the cluster before was a wide one
	for i := 0; i < len(s); {
		n, w := cluster(s[i:])
		if s[i] == ' ' || i > from && (w == 2 && wide || s[i-1] == '-' && splits(s, i-1)) {
			brk = i
		}
		if cells+w <= limit || i == from {
			cells, wide = cells+w, w == 2
			i += n
			continue
		}
		if brk <= from {
			brk = i
		}
		rows = append(rows, cut{from, trimmed(s, from, brk)})
		for i = brk; i < len(s) && s[i] == ' '; {
			i++
		}
		from, limit, cells, brk, wide = i, rest, 0, -1, false
	}
	if from < len(s) || len(rows) == 0 {
		rows = append(rows, cut{from, len(s)})
	}
	return rows
}

// trimmed is the end of s[from:to] without the blanks at its end.
func trimmed(s string, from, to int) int {
	for to > from && s[to-1] == ' ' {
		to--
	}
	return to
}

// cluster gives the length in bytes and the width in cells of the first
// grapheme cluster of s; two ASCII bytes in a row need no segmentation.
func cluster(s string) (n, w int) {
	if s[0] < 0x80 && (len(s) == 1 || s[1] < 0x80) {
		return 1, 1
	}
	c, w := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	return max(1, len(c)), w
}

// clip cuts plain text to w cells without a sign and gives what it took; the
// text may be narrower than w where a wide character did not fit.
func clip(s string, w int) string {
	if w <= 0 {
		return ""
	}
	cells := 0
	for i := 0; i < len(s); {
		n, cw := cluster(s[i:])
		if cells+cw > w {
			return s[:i]
		}
		cells += cw
		i += n
	}
	return s
}
