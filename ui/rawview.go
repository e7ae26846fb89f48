package ui

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// rawView shows the source of a cable byte for byte, made visible: nothing is
// reflowed, nothing is hidden, each byte that is not plain text stands as an
// escape. Long lines wrap at the pane's width.
//
// Only what is in view is looked at, so that a source of any size opens at
// once. Rows begin behind each LF and, so that going up never has to look far,
// at each multiple of stride bytes too.
type rawView struct {
	st    *styles
	w, h  int
	b     []byte
	title string
	first int      // byte the first row in view begins at
	end   int      // byte behind the last row in view
	frame []string // drawn
	drawn int      // rows drawn so far, for tests
}

// stride is the greatest distance in bytes between forced beginnings of rows.
const stride = 1 << 16

func newRawView(st *styles) *rawView { return &rawView{st: st} }

func (v *rawView) restyle(st *styles) {
	v.st = st
	v.settle()
}

func (v *rawView) resize(w, h int) {
	v.w, v.h = max(0, w), max(0, h)
	v.first = v.rowAt(v.first)
	v.settle()
}

// show takes the bytes of a source and begins at the row that holds byte at.
func (v *rawView) show(b []byte, s model.Source, at int) {
	v.b = b
	v.title = sourceTitle(s, len(b))
	v.first = v.rowAt(at)
	v.settle()
}

// sourceTitle is the first row: what is shown.
func sourceTitle(s model.Source, size int) string {
	words := []string{safe.Line(s.Path)}
	if s.Entry != "" {
		words = append(words, "in it "+safe.Line(s.Entry))
	}
	return strings.Join(append(words, safe.Line(s.Format), safe.Line(s.Charset), count(size)+" bytes, as they are"), "  ")
}

// titled says whether the first row is the title.
func (v *rawView) titled() bool { return v.h >= 4 }

func (v *rawView) body() int {
	if v.titled() {
		return v.h - 1
	}
	return v.h
}

// column is how many cells the byte offsets take, with the blanks behind; 0
// where they would break lines of a telegram, of 69 characters and a CR.
func (v *rawView) column() int {
	n := max(6, len(fmt.Sprint(len(v.b)))) + 2
	if v.w < n+71 {
		return 0
	}
	return n
}

// view gives exactly h lines of exactly w cells.
func (v *rawView) view(_ bool) []string {
	out := make([]string, 0, v.h)
	if v.titled() {
		out = append(out, v.st.draw(themes.Dim, fit(" "+v.title, v.w)))
	}
	out = append(out, v.frame[:min(len(v.frame), v.h-len(out))]...)
	blank := v.st.draw(themes.Text, blanks(v.w))
	for len(out) < v.h {
		out = append(out, blank)
	}
	return out
}

// settle draws the rows in view.
func (v *rawView) settle() {
	v.frame = v.frame[:0]
	if v.w < 1 || v.h < 1 {
		return
	}
	if len(v.b) == 0 {
		v.frame = append(v.frame, v.st.draw(themes.Dim, fit(" The source is empty.", v.w)))
		return
	}
	at := v.first
	for len(v.frame) < v.body() && at < len(v.b) {
		text, next := v.row(at, true)
		v.frame = append(v.frame, text)
		at = next
	}
	v.end = at
}

// row draws the row that begins at a byte, if asked to, and tells where the
// next one begins.
func (v *rawView) row(from int, draw bool) (text string, next int) {
	limit := v.limit(from)
	room := max(1, v.w-v.column())
	p := newPen(v.st)
	if draw {
		v.drawn++
		if n := v.column(); n > 0 {
			p.put(themes.Dim, fmt.Sprintf("%*d  ", n-2, from))
		}
	}
	cells, at := 0, from
	for at < limit && v.b[at] != '\n' {
		n, shown, w := unit(v.b[at:limit])
		if cells+w > room && at > from {
			break
		}
		if draw {
			role := themes.Text
			if len(shown) != n {
				role = themes.Control
			}
			p.put(role, clip(shown, room))
		}
		cells += w
		at += n
	}
	if at < limit && v.b[at] == '\n' {
		at++
	}
	if !draw {
		return "", at
	}
	return p.row(v.w), at
}

// limit is where a row that begins at a byte must end at the latest.
func (v *rawView) limit(from int) int {
	return v.forced((from/stride + 1) * stride)
}

// forced is the beginning of a row at a multiple of stride: not within a
// character.
func (v *rawView) forced(at int) int {
	for n := 0; n < utf8.UTFMax && at < len(v.b) && !utf8.RuneStart(v.b[at]); n++ {
		at++
	}
	return min(at, len(v.b))
}

// unit is the first character of b with the marks on it: its bytes, how it is
// shown, and how wide that is.
func unit(b []byte) (n int, shown string, cells int) {
	if c := b[0]; c >= ' ' && c <= '~' && c != '\\' && (len(b) == 1 || b[1] < utf8.RuneSelf) {
		return 1, string(rune(c)), 1
	}
	if n = textBytes(b[:min(len(b), 64)]); n > 0 {
		n, _ = cluster(string(b[:n]))
	}
	n = max(1, n)
	shown = safe.Bytes(b[:n])
	return n, shown, width(shown)
}

// textBytes is how many bytes at the head of b are UTF-8 within a line.
func textBytes(b []byte) int {
	n := 0
	for n < len(b) && b[n] != '\n' {
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// anchorBefore is the nearest place before a byte at which a row is known to
// begin.
func (v *rawView) anchorBefore(at int) int {
	low := (at - 1) / stride * stride
	if n := bytes.LastIndexByte(v.b[low:at-1], '\n'); n >= 0 {
		return low + n + 1
	}
	if low = v.forced(low); low < at {
		return low
	}
	return v.anchorBefore(at - utf8.UTFMax)
}

// rowAt is the beginning of the row that holds a byte.
func (v *rawView) rowAt(at int) int {
	at = max(0, min(at, len(v.b)-1))
	if at == 0 || v.w < 1 {
		return at
	}
	from := v.anchorBefore(at + 1)
	for {
		_, next := v.row(from, false)
		if next > at || next <= from {
			return from
		}
		from = next
	}
}

// up is the beginning of the row n rows above the one that begins at a byte.
func (v *rawView) up(at, n int) int {
	for at > 0 {
		from := v.anchorBefore(at)
		var rows []int
		for from < at {
			rows = append(rows, from)
			_, next := v.row(from, false)
			if next <= from {
				break
			}
			from = next
		}
		if len(rows) >= n {
			return rows[len(rows)-n]
		}
		n -= len(rows)
		at = rows[0]
	}
	return 0
}

func (v *rawView) scroll(lines int) bool {
	first := v.first
	if lines < 0 {
		v.first = v.up(v.first, -lines)
	}
	for ; lines > 0 && v.end < len(v.b); lines-- {
		_, v.first = v.row(v.first, false)
		_, v.end = v.row(v.end, false)
	}
	if v.first != first {
		v.settle()
	}
	return v.first != first
}

func (v *rawView) page(halves int) bool { return v.scroll(halves * max(1, v.body()/2)) }

func (v *rawView) top() bool {
	first := v.first
	v.first = 0
	v.settle()
	return first != 0
}

func (v *rawView) bottom() bool {
	first := v.first
	if v.w > 0 && len(v.b) > 0 {
		v.first = v.up(len(v.b), max(1, v.body()))
		v.settle()
	}
	return first != v.first
}

// position says which bytes are in view.
func (v *rawView) position() string {
	if len(v.b) == 0 {
		return ""
	}
	return fmt.Sprintf("byte %s of %s  %d%%", count(v.first), count(len(v.b)), 100*v.end/len(v.b))
}
