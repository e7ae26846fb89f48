package source

import "bytes"

// dialect is how a table writes a quotation mark within a quoted cell. Both
// ways of it are read wherever they cannot be mistaken; backslash says that a
// backslash makes the next byte an ordinary one (cable-format 5.3).
type dialect struct{ backslash bool }

// dialectOf judges by the first rows. Where they have no quotation mark it is
// that of the well-known table.
func dialectOf(head []byte) dialect {
	escaped, doubled := 0, 0
	for at := 0; ; {
		i := bytes.IndexByte(head[at:], '"')
		if i < 0 || at+i+1 >= len(head) {
			break
		}
		at += i + 1
		before, after := byte('\n'), head[at]
		if at >= 2 {
			before = head[at-2]
		}
		switch {
		case before == '\\' && after != '"':
			escaped++
		case after == '"':
			if at+1 < len(head) && !ends(head[at+1]) && before != ',' && before != '\n' {
				doubled++
			}
			at++
		}
	}
	return dialect{backslash: escaped >= doubled}
}

// ends says whether a byte may follow the quotation mark that ends a cell.
func ends(c byte) bool { return c == ',' || c == '\n' || c == '\r' }

// cell is a cell of a row: a stretch of the row's bytes without the quotation
// marks around it.
type cell struct {
	from, to int
	quoted   bool
}

// mostCells is more than any table of cables has; a row with more is broken
// and not read to its end.
const mostCells = 64

// cut finds the cells of the row that begins b, and its length with its line
// end. n is 0 when b ends before the row does; final says that nothing follows
// b, and then a row always ends. closed is false when a quotation mark is
// missing at the end. A quotation mark in a quoted cell that no comma or line
// end follows is text.
func (d dialect) cut(b []byte, final bool, into []cell) (cells []cell, n int, closed bool) {
	cells = into[:0]
	for at := 0; ; at++ {
		var c cell
		c, at, closed = d.cell(b, at)
		if at < 0 || at >= len(b) {
			if !final {
				return cells, 0, false
			}
			return append(cells, c), len(b), closed
		}
		cells = append(cells, c)
		if b[at] != ',' || len(cells) > mostCells {
			return cells, at + 1, true
		}
	}
}

// cell reads the cell at a place and gives the place of the comma or line
// feed after it; len(b) or -1 when b ends first.
func (d dialect) cell(b []byte, at int) (c cell, after int, closed bool) {
	if at >= len(b) || b[at] != '"' {
		end := bytes.IndexByte(b[at:], '\n')
		if end < 0 {
			end = len(b) - at
		}
		if comma := bytes.IndexByte(b[at:at+end], ','); comma >= 0 {
			return cell{from: at, to: at + comma}, at + comma, true
		}
		to := at + end
		if to > at && b[to-1] == '\r' {
			to--
		}
		return cell{from: at, to: to}, at + end, true
	}
	from := at + 1
	for at = from; ; {
		i := bytes.IndexByte(b[at:], '"')
		if i < 0 {
			return cell{from, len(b), true}, -1, false
		}
		q := at + i
		if d.backslash && escapedAt(b, from, q) {
			at = q + 1
			continue
		}
		c = cell{from, q, true}
		rest := b[q+1:]
		switch {
		case len(rest) == 0:
			return c, len(b), true
		case rest[0] == ',', rest[0] == '\n':
			return c, q + 1, true
		case rest[0] == '\r' && len(rest) == 1:
			return c, len(b), true
		case rest[0] == '\r' && rest[1] == '\n':
			return c, q + 2, true
		case rest[0] == '"':
			at = q + 2
		default:
			at = q + 1
		}
	}
}

// escapedAt says whether the byte at q follows an odd number of backslashes.
func escapedAt(b []byte, from, q int) bool {
	n := 0
	for q-n > from && b[q-n-1] == '\\' {
		n++
	}
	return n%2 == 1
}

// text adds the text of a cell to out: without escapes and with each doubled
// quotation mark once.
func (d dialect) text(out, b []byte, c cell) []byte {
	s := b[c.from:c.to]
	if !c.quoted {
		return append(out, s...)
	}
	mark, slash := -1, -1 // the next of each; each byte is looked at once for either
	for at := 0; ; {
		if mark < at {
			mark = next(s, at, '"')
		}
		if slash < at {
			slash = len(s)
			if d.backslash {
				slash = next(s, at, '\\')
			}
		}
		i := min(mark, slash)
		out = append(out, s[at:i]...)
		switch {
		case i == len(s):
			return out
		case i == mark: // one of two stands for both; one alone for itself
			out = append(out, '"')
			at = i + 1
			if at < len(s) && s[at] == '"' {
				at++
			}
		case i+1 == len(s):
			return append(out, '\\')
		default:
			out = append(out, s[i+1])
			at = i + 2
		}
	}
}

// next is the place of the next such byte, len(s) when there is none.
func next(s []byte, from int, c byte) int {
	if i := bytes.IndexByte(s[from:], c); i >= 0 {
		return from + i
	}
	return len(s)
}
