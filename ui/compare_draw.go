package ui

import (
	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// compareWide is the width from which two copies stand side by side.
const compareWide = 100

// names says which file each copy is of.
func (v *compareView) names() string {
	name := func(c *model.Cable) string {
		s := c.Source.Path
		if c.Source.Entry != "" {
			s = c.Source.Entry
		}
		return safe.Line(s)
	}
	left, right := "- "+name(v.left), "+ "+name(v.right)
	if v.w < compareWide {
		return v.st.draw(themes.Value, v.st.fit(" "+left+"   "+right, v.w))
	}
	half := (v.w - 1) / 2
	return v.st.draw(themes.Value, v.st.fit(" "+left, half)) + v.st.draw(themes.Border, v.st.glyph("│", "|")) +
		v.st.draw(themes.Value, v.st.fit(" "+right, v.w-half-1))
}

// layout draws all paragraphs for the size; the cursor stays in view.
func (v *compareView) layout() {
	v.rows = v.rows[:0]
	if v.w < 1 {
		return
	}
	for i := range v.pairs {
		v.drawPair(i)
	}
	from, to := v.span(v.cur)
	v.first = following(v.first, from, to, v.body(), len(v.rows))
}

// drawPair draws a paragraph of both: what is the same in short, unless the
// cursor is on it.
func (v *compareView) drawPair(i int) {
	p := &v.pairs[i]
	here := i == v.cur
	role, sign := themes.Field, " "
	if here {
		role, sign = themes.Select, ">"
	}
	head := sign + string(p.kind) + " " + p.name
	if p.kind == pairSame && !here {
		text := v.st.fit(head+"  ", min(v.w, 16))
		v.rows = append(v.rows, briefRow{i, v.st.draw(themes.Dim, v.st.fit(text+p.left, v.w))})
		return
	}
	v.rows = append(v.rows, briefRow{i, v.st.draw(role, v.st.fit(head, v.w))})
	switch {
	case p.kind == pairSame:
		v.put(i, v.column([]wordStep{{pairSame, p.left}}, v.w-1))
	case v.w >= compareWide:
		v.beside(i, p)
	case p.words != nil:
		v.put(i, v.column(p.words, v.w-1))
	default:
		v.put(i, v.column([]wordStep{{p.kind, p.left + p.right}}, v.w-1))
	}
}

// put adds rows that are as wide as the view.
func (v *compareView) put(i int, rows []string) {
	for _, r := range rows {
		v.rows = append(v.rows, briefRow{i, blanks(min(1, v.w)) + r})
	}
}

// beside draws the two texts in two columns.
func (v *compareView) beside(i int, p *pair) {
	half := (v.w - 1) / 2
	left, right := p.words, p.words
	if p.words == nil {
		left, right = []wordStep{{pairLeft, p.left}}, []wordStep{{pairRight, p.right}}
	}
	l := v.column(onlyOf(left, pairRight), half-1)
	r := v.column(onlyOf(right, pairLeft), v.w-half-2)
	bar := v.st.draw(themes.Border, v.st.glyph("│", "|"))
	for n := range max(len(l), len(r)) {
		x, y := blanks(half-1), blanks(v.w-half-2)
		if n < len(l) {
			x = l[n]
		}
		if n < len(r) {
			y = r[n]
		}
		v.rows = append(v.rows, briefRow{i, " " + x + bar + " " + y})
	}
}

// onlyOf leaves out what only one copy has, and what has no text.
func onlyOf(steps []wordStep, not pairing) []wordStep {
	var out []wordStep
	for _, s := range steps {
		if s.kind != not && s.text != "" {
			out = append(out, s)
		}
	}
	return out
}

// column draws words with their signs in rows of w cells.
func (v *compareView) column(steps []wordStep, w int) []string {
	if w < 1 || len(steps) == 0 {
		return nil
	}
	text := wordDiff(steps)
	var inks []ink
	at := 0
	for _, s := range steps {
		n := len(s.signed())
		switch s.kind {
		case pairLeft:
			inks = append(inks, ink{at, at + n, themes.Warning})
		case pairRight:
			inks = append(inks, ink{at, at + n, themes.Match})
		}
		at += n + 1
	}
	var out []string
	p := newPen(v.st)
	for _, c := range wrap(nil, text, w, w) {
		from := c.from
		for _, k := range within(inks, c.from, c.to) {
			x, y := max(k.from, from), min(k.to, c.to)
			p.put(themes.Text, text[from:x])
			p.put(k.role, text[x:y])
			from = y
		}
		p.put(themes.Text, text[from:c.to])
		out = append(out, p.row(w))
	}
	return out
}
