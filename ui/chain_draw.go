package ui

import (
	"strings"

	"chancery/model/safe"
	"chancery/themes"
)

// The width from which the words of the citation stand beside the tree, and
// the least heights at which they stand below it and the title above it.
const (
	chainBeside = 100
	chainBelow  = 7
	chainTitled = 4
)

func (v *chain) headLines() int {
	if v.h >= chainTitled {
		return 1
	}
	return 0
}

// treeW and treeH are the size of the tree.
func (v *chain) treeW() int {
	if v.w >= chainBeside {
		return v.w - min(v.w*2/5, readerLimit) - 1
	}
	return v.w
}

func (v *chain) treeH() int {
	h := v.h - v.headLines()
	if v.w < chainBeside && v.h >= chainBelow {
		h -= 1 + max(2, v.h/3)
	}
	return max(0, h)
}

func (v *chain) resize(w, h int) {
	if w == v.w && h == v.h {
		return
	}
	v.w, v.h = w, h
	v.follow()
	v.redraw()
}

func (v *chain) restyle(st *styles) {
	v.st = st
	v.redraw()
}

// redraw draws every row without the cursor, and the words beside them.
func (v *chain) redraw() {
	v.drawn = make([]string, len(v.rows))
	v.side = chainSide{}
	v.recall()
}

// chainSide is what is told of the row under the cursor.
type chainSide struct {
	path  string
	lines []string
}

// recall draws what is told of the row under the cursor, for a view that
// changes nothing.
func (v *chain) recall() {
	r, ok := v.under()
	w := v.w
	if v.w >= chainBeside {
		w = v.w - v.treeW() - 1
	}
	if !ok || w < 1 {
		v.side = chainSide{}
		return
	}
	if v.side.path == r.path && v.side.lines != nil {
		return
	}
	v.side = chainSide{r.path, nil}
	for _, t := range v.told(r) {
		v.side.lines = append(v.side.lines, t.draw(v.st, w)...)
	}
	cols := v.columns()
	for i := range v.drawn {
		if i >= v.first && i < v.first+v.treeH() && v.drawn[i] == "" {
			v.drawn[i] = v.drawRow(i, cols, false, false)
		}
	}
}

// view gives exactly h lines of exactly w cells. It changes nothing.
func (v *chain) view(focused bool) []string {
	if v.w < 1 || v.h < 1 {
		return make([]string, max(0, v.h))
	}
	out := make([]string, 0, v.h)
	if v.headLines() > 0 {
		out = append(out, v.st.draw(themes.Heading, v.st.fit(v.heading(), v.w)))
	}
	cols := v.columns()
	blank := v.st.draw(themes.Text, blanks(v.treeW()))
	for y := range v.treeH() {
		i := v.first + y
		switch {
		case i >= len(v.rows):
			out = append(out, blank)
		case i == v.cur || v.drawn[i] == "":
			out = append(out, v.drawRow(i, cols, i == v.cur, focused))
		default:
			out = append(out, v.drawn[i])
		}
	}
	if v.w >= chainBeside {
		bar := v.st.draw(themes.Border, v.st.glyph("│", "|"))
		for y := v.headLines(); y < len(out); y++ {
			out[y] += bar + v.told1(y-v.headLines(), v.w-v.treeW()-1)
		}
		return out[:v.h]
	}
	if len(out) < v.h {
		out = append(out, v.st.draw(themes.Border, strings.Repeat(v.st.glyph("─", "-"), v.w)))
	}
	for y := 0; len(out) < v.h; y++ {
		out = append(out, v.told1(y, v.w))
	}
	return out
}

// told1 is one line of what is told of the row under the cursor.
func (v *chain) told1(y, w int) string {
	if y < len(v.side.lines) {
		return v.side.lines[y]
	}
	return v.st.draw(themes.Text, blanks(w))
}

// heading names the cable and says what is under way.
func (v *chain) heading() string {
	head := " REFERENCE CHAIN of " + safe.Line(v.id)
	switch {
	case v.failed:
		head += "   could not be read"
	case v.cancel != nil || !v.asked || len(v.need) > 0:
		head += "   reading ..."
	}
	return head
}

// chainColumns are the widths of the columns of the tree; 0: no room.
type chainColumns struct{ tree, label, date, code, about int }

// columns shares the width out: the tree has what its deepest row needs, the
// subject what is left, and the date goes first.
func (v *chain) columns() chainColumns {
	c := chainColumns{date: 10, code: 6}
	for i := range v.rows {
		r := &v.rows[i]
		if r.kind != rowCable {
			continue
		}
		if r.side < 0 && r.link.Label != "" {
			c.label = max(c.label, min(4, width(safe.Line(r.link.Label))+1))
		}
		c.tree = max(c.tree, 2*r.depth+width(r.id)+1)
	}
	w := v.treeW() - 2
	c.tree += c.label
	if w < 48 {
		c.date = 0
	}
	c.tree = max(min(c.tree, w-c.code-2), min(w, c.label+12), 0)
	left := func() int {
		n := w - c.tree - 1 - c.code - 1
		if c.date > 0 {
			n -= c.date + 1
		}
		return n
	}
	if left() < 8 && c.date > 0 && w-c.tree < 24 {
		c.date = 0
	}
	if c.tree+1+c.code > w {
		c.code = max(0, w-c.tree-1)
	}
	c.about = max(0, left())
	return c
}

// drawRow draws one row of the tree.
func (v *chain) drawRow(i int, c chainColumns, here, focused bool) string {
	r, w := &v.rows[i], v.treeW()
	ink := func(role themes.Role) themes.Role {
		if here {
			return chosen(focused)
		}
		return role
	}
	p := newPen(v.st)
	if r.kind == rowTitle {
		p.put(themes.Heading, v.st.fit(" "+r.text, w))
		return p.row(w)
	}
	sign := "  "
	if here {
		sign = "> "
	}
	p.put(ink(themes.Text), fit(sign, min(2, w)))
	if r.kind != rowCable {
		text := r.text
		if r.kind == rowOther {
			text = r.id + "   (" + referenceWords(r.other.Kind) + ")"
		}
		p.put(ink(themes.Dim), v.st.fit(v.guides(r)+text, w-p.cells))
		return p.row(w)
	}
	tree := v.st.fit(v.treeText(r, c.label), min(c.tree, max(0, w-2)))
	role := themes.Value
	switch {
	case r.side == 0:
		role = themes.Subject
	case !r.held:
		role = themes.Dim
	case r.link.Inferred:
		role = themes.Guess
	}
	p.put(ink(role), tree)
	if !r.held || r.above {
		p.put(ink(themes.Dim), v.st.fit(" "+v.remark(r), max(0, w-p.cells)))
		return p.row(w)
	}
	if c.date > 0 {
		p.put(ink(themes.Text), " "+v.st.fit(r.entry.date, c.date))
	}
	if c.code > 0 {
		p.put(ink(themes.Text), " ")
		p.put(ink(markRole(r.entry.level)), v.st.fit(r.entry.code, c.code))
	}
	if c.about > 0 {
		p.put(ink(themes.Text), " "+v.st.fit(r.entry.about, c.about))
	}
	return p.row(w)
}

// remark says in brackets why a row shows nothing of its cable.
func (v *chain) remark(r *chainRow) string {
	switch {
	case r.side != 0 && r.id == safe.Line(v.id):
		return "(the cable itself)"
	case r.above:
		return "(above)"
	}
	return "(not held)"
}

// guides are the lines that lead to a row, as wide as its step.
func (v *chain) guides(r *chainRow) string {
	var b strings.Builder
	for i, last := range r.last {
		switch {
		case i == 0: // the first step needs no lines
		case i < len(r.last)-1 && last:
			b.WriteString("  ")
		case i < len(r.last)-1:
			b.WriteString(v.st.glyph("│ ", "| "))
		case last:
			b.WriteString(v.st.glyph("└─", "`-"))
		default:
			b.WriteString(v.st.glyph("├─", "+-"))
		}
	}
	return b.String()
}

// treeText is a row's place in the tree: lines, whether it is open, label and
// id, a year that was inferred marked.
func (v *chain) treeText(r *chainRow, label int) string {
	if r.side == 0 {
		return "* " + r.id
	}
	fold := "+ "
	switch {
	case !r.held || r.above || r.childless:
		fold = "  "
	case v.isOpen(*r):
		fold = "- "
	}
	s := v.guides(r) + fold
	if label > 0 && r.side < 0 {
		s += fit(safe.Line(r.link.Label), label-1) + " "
	}
	s += r.id
	if r.link.Inferred {
		s += "?"
	}
	return s
}

// position says where the cursor is in the tree.
func (v *chain) position() string {
	r, ok := v.under()
	if !ok {
		return ""
	}
	if r.kind == rowMore || r.kind == rowWait {
		return r.text
	}
	if r.kind == rowCable && r.depth > 0 {
		return r.id + "   " + plural(r.depth, "step") + " " + [...]string{"back", "", "on"}[r.side+1]
	}
	return r.id
}
