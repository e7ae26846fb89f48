package ui

import (
	"sort"
	"strings"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// gutter is the columns left of the text, behind the cell of the cursor sign:
//
//	>  1 C/NF  # text
//	 nnn code  bar
//
// A width of 0 leaves a column out; the blank behind each belongs to it.
type gutter struct{ number, code, bar int }

func (g gutter) width() int {
	n := g.bar
	if n > 0 {
		n++
	}
	if g.code > 0 {
		n += g.code + 1
	}
	if g.number > 0 {
		n += g.number + 1
	}
	return n
}

// margin is the room for a word in the columns of number and code.
func (g gutter) margin() int {
	if g.number > 0 && g.code > 0 {
		return g.number + 1 + g.code
	}
	return g.number + g.code
}

// gutterFor chooses the columns: as wide as the cable needs within what the
// pane can spare. The column of codes has two widths, for S and for S/NF, and
// on a pane with room to spare one, so that going from one cable to the next
// hardly ever moves the text. A code that is wider than its column goes on in
// the rows below.
func gutterFor(r *reader) gutter {
	number, code := 1, 1
	for i := range r.c.Blocks {
		b := &r.c.Blocks[i]
		number = max(number, width(safe.Line(b.Number)))
		text, _ := r.code(b)
		code = max(code, width(text))
	}
	g := gutter{number: number, code: code, bar: 1}
	switch {
	case r.w >= 60:
		g.number, g.code = min(max(number, 3), 5), 6
		if code <= 3 && r.w < readerLimit {
			g.code = 3
		}
	case r.w >= 36:
		g.number, g.code = min(max(number, 2), 3), min(max(code, 2), 5)
	case r.w >= 20:
		g.number, g.code = min(number, 2), min(code, 4)
	case r.w >= 10:
		g.number, g.code = 0, min(code, 3)
	default:
		g = gutter{}
	}
	if r.unnumber {
		g.number = 0
	}
	if r.marks == marksInline {
		g.code = 0
	}
	if r.sent {
		g.number = 0 // it stands in the text
	}
	return g
}

// textWidth is how many cells the text of an item has.
func (r *reader) textWidth(it *item) int {
	room := max(1, r.w-1-r.sides.width())
	switch {
	case it.kind == itemHead:
		return max(1, r.w-2)
	case it.kind == itemFoot:
		return max(1, r.w-1)
	case r.sent:
		return room
	}
	if r.w >= 60 {
		room-- // so that text does not touch the next pane
	}
	return min(room, widest)
}

// code is what the gutter says of a block's marking, with its role: the
// marking as meant, * when it was written oddly, in brackets when it is that
// of the whole text, ? where a classified cable marks none, "" where the block
// shares the marking of the paragraph it stands in.
func (r *reader) code(b *model.Block) (string, themes.Role) {
	switch {
	case known(b.Mark) && !b.Inherit:
		s := safe.Line(b.Mark.Code())
		if b.Mark.Odd {
			s += "*"
		}
		if r.above(b.Mark) {
			s += "!"
		}
		return s, markRole(b.Mark.Level)
	case known(b.Mark):
		if paragraphLike(b) {
			return "[" + safe.Line(b.Mark.Code()) + "]", markRole(b.Mark.Level)
		}
		return "", markRole(b.Mark.Level)
	case paragraphLike(b) && r.c.Classification.Level > model.Unclassified:
		return "?", themes.MarkUnknown
	}
	return "", themes.MarkUnknown
}

// above says that a portion is marked above the cable's own line. SBU is no
// level of its own: under an UNCLASSIFIED line it is a control that is missing.
func (r *reader) above(m model.Marking) bool {
	line := r.c.Classification.Level
	return line != model.LevelUnknown && m.Level > max(line, model.Sensitive)
}

// drawRow draws one row of an item, but for the cell of the cursor sign.
// resumed says that it is the first row in view and that its paragraph began
// above: it repeats number and marking in brackets.
func (r *reader) drawRow(i, n int, resumed bool) string {
	r.drawn++
	it := &r.items[i]
	w := r.w - 1
	if r.mapped {
		w--
	}
	if k, ok := it.ownRow(n); ok {
		return drawMine(it, k, w)
	}
	p := newPen(r.st)
	switch it.kind {
	case itemHead:
		p.fill(min(1, w))
	case itemBlock:
		r.drawGutter(p, i, n, resumed)
	case itemFold, itemEnding, itemRuler:
		r.drawMargin(p, it, n)
	}
	r.drawText(p, i, it.rows[n], w)
	return p.row(w)
}

// drawMargin fills the gutter of an item that is no block.
func (r *reader) drawMargin(p *pen, it *item, n int) {
	if signed(it, r.c) && n == 0 && r.sides.width() > 8 {
		p.put(themes.Dim, "signed")
	}
	p.fill(min(r.sides.width(), r.w-1))
}

// signed says that an ending is the cable's signature.
func signed(it *item, c *model.Cable) bool {
	if it.kind != itemEnding {
		return false
	}
	return len(it.parts) == 0 || it.parts[0].Name == "signature"
}

// drawGutter draws number, code and bar of row n of a block.
func (r *reader) drawGutter(p *pen, i, n int, resumed bool) {
	it := &r.items[i]
	b := &r.c.Blocks[it.block]
	g := r.sides
	code, role := r.code(b)
	number := b.Number
	if resumed {
		code, number, n = r.resumedCode(b), r.numberAbove(i), 0
	}
	chunks := pieces(code, g.code)
	if g.width() == 0 {
		return
	}
	if word := blockWord(b.Kind, g.margin()); word != "" && n == max(1, len(chunks)) {
		p.put(blockRole(b.Kind), word)
		p.fill(g.width() - g.bar - 1)
	} else {
		r.drawNumber(p, number, n, resumed)
		if g.code > 0 {
			if n < len(chunks) {
				r.drawCode(p, chunks[n], role, resumed)
			}
			p.fill(g.width() - g.bar - 1)
		}
	}
	r.drawBar(p, it, b)
	p.fill(g.width())
}

// drawNumber draws the paragraph's number in its column, on its first row.
func (r *reader) drawNumber(p *pen, number string, n int, resumed bool) {
	g := r.sides
	if g.number == 0 {
		return
	}
	if n == 0 && number != "" {
		s := clip(safe.Line(number), g.number)
		role := themes.Text
		if resumed {
			role = themes.Dim
		}
		p.put(themes.Text, blanks(g.number-width(s)))
		p.put(role, s)
	}
	p.fill(g.number + 1)
}

// numberAbove is the number of the paragraph that an item belongs to.
func (r *reader) numberAbove(i int) string {
	for n := 0; i >= 0 && n < 100; i, n = i-1, n+1 {
		if it := &r.items[i]; it.kind == itemBlock && r.c.Blocks[it.block].Number != "" {
			return r.c.Blocks[it.block].Number
		}
	}
	return ""
}

// drawCode draws a piece of the code; the sign of a portion above the cable's
// line is a warning.
func (r *reader) drawCode(p *pen, s string, role themes.Role, resumed bool) {
	if !resumed && strings.HasSuffix(s, "!") {
		p.put(role, strings.TrimSuffix(s, "!"))
		p.put(themes.Warning, "!")
		return
	}
	p.put(role, s)
}

// resumedCode is the code for a block that began above the pane.
func (r *reader) resumedCode(b *model.Block) string {
	if !known(b.Mark) {
		return ""
	}
	code := safe.Line(b.Mark.Code())
	if width(code)+2 > r.sides.code {
		return code
	}
	return "[" + code + "]"
}

// gutterRows is how many rows the gutter of a block needs: for a code in
// several pieces, and for a word its text does not begin with.
func (r *reader) gutterRows(b *model.Block) int {
	code, _ := r.code(b)
	n := len(pieces(code, r.sides.code))
	long, word := blockWord(b.Kind, widest), blockWord(b.Kind, r.sides.margin())
	if word == "" || len(b.Text) >= len(long) && strings.EqualFold(b.Text[:len(long)], long) {
		return n
	}
	return max(1, n) + 1
}

// drawBar draws the second sign of a marking: thick where the paragraph is
// marked as high as any of the cable, thin elsewhere, none beside headings.
func (r *reader) drawBar(p *pen, it *item, b *model.Block) {
	if r.sides.bar == 0 {
		return
	}
	switch {
	case b.Kind == model.Heading && (b.Inherit || !b.Marked()):
		p.put(themes.Text, " ")
	case it.highest:
		p.put(markRole(b.Mark.Level), r.st.glyph("┃", "#"))
	case known(b.Mark):
		p.put(markRole(b.Mark.Level), r.st.glyph("┊", ":"))
	case b.Kind != model.Marker && b.Kind != model.Footer:
		p.put(themes.Dim, r.st.glyph("┊", ":"))
	default:
		p.put(themes.Text, " ")
	}
}

// pieces cuts a code to a column: behind a slash or a blank where it can.
func pieces(s string, w int) []string {
	if s == "" || w <= 0 {
		return nil
	}
	var out []string
	for width(s) > w {
		head := clip(s, w)
		if i := strings.LastIndexAny(head, "/ "); i > 0 {
			head = head[:i+1]
		}
		if head == "" {
			break
		}
		out = append(out, head)
		s = s[len(head):]
	}
	return append(out, s)
}

// drawText draws the text of a row into the cells left up to w.
func (r *reader) drawText(p *pen, i int, at row, w int) {
	it := &r.items[i]
	l := it.flow.lines[at.line]
	if l.rule {
		if n := w - p.cells; n > 0 {
			p.put(l.role, strings.Repeat(r.st.glyph("─", "-"), n))
		}
		return
	}
	p.fill(min(w, p.cells+at.indent))
	from, to, more := at.from, at.to, false
	text := it.flow.text
	if l.kept && r.left > 0 && from < to && w > p.cells {
		from += len(clip(text[from:to], r.left+1))
		p.put(themes.Dim, "<")
	}
	if room := w - p.cells; width(text[from:to]) > room {
		if more = l.kept && room > 0; more {
			room--
		}
		to = from + len(clip(text[from:to], room))
	}
	r.ink(p, i, l.role, from, to)
	if more {
		p.fill(w - 1)
		p.put(themes.Dim, ">")
	}
}

// ink draws the bytes [from, to) of an item's text: the line's role, over it
// what has a role of its own, over that matches and the link under the cursor.
func (r *reader) ink(p *pen, i int, base themes.Role, from, to int) {
	f := r.items[i].flow
	inks := within(f.inks, from, to)
	hits := r.hitsWithin(i, from, to)
	if len(inks) == 0 && len(hits) == 0 {
		p.put(base, f.text[from:to])
		return
	}
	at := from
	for _, k := range merge(hits, inks) {
		a, b := max(k.from, at), min(k.to, to)
		if b <= a {
			continue
		}
		if a, b = whole(f.text, from, a, b); a < at || b > to {
			continue
		}
		p.put(base, f.text[at:a])
		p.put(k.role, f.text[a:b])
		at = b
	}
	p.put(base, f.text[at:to])
}

// whole widens [a, b) so that it cuts no grapheme cluster of text in two; from
// is where a cluster is known to begin.
func whole(text string, from, a, b int) (int, int) {
	if width(text[from:a]) == a-from && width(text[a:b]) == b-a && (b == len(text) || text[b] < 0x80) {
		return a, b // all ASCII
	}
	start := from
	for i := from; i < len(text); {
		if i <= a {
			start = i
		}
		if i >= b {
			return start, i
		}
		n, _ := cluster(text[i:])
		i += n
	}
	return start, len(text)
}

// within is the part of ordered inks that touches [from, to).
func within(inks []ink, from, to int) []ink {
	a := sort.Search(len(inks), func(i int) bool { return inks[i].to > from })
	b := a
	for b < len(inks) && inks[b].from < to {
		b++
	}
	return inks[a:b]
}
