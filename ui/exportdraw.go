package ui

import (
	"fmt"
	"strings"

	"chancery/model/export"
	"chancery/model/safe"
	"chancery/themes"
)

// draw shows the choices, what will be written, and the command for the same.
func (p *exportPanel) draw(a *App, w, h int) (string, []string) {
	st := a.list.st
	head := p.drawFields(st, w)
	foot := p.drawFoot(a, w)
	if h < len(head)+len(foot)+2 { // the choices go before the command
		foot = foot[:max(0, min(len(foot), h-len(head)-2))]
	}
	if h <= len(head) {
		at := max(0, min(p.field, len(head)-h))
		p.y -= at
		return p.title(), head[at : at+h]
	}
	room := max(0, h-len(head)-len(foot)-1)
	out := append(head, st.draw(themes.Border, strings.Repeat(st.glyph("─", "-"), max(0, w))))
	out = append(out, p.preview(st, w, room)...)
	return p.title(), append(out, foot...)[:h]
}

func (p *exportPanel) title() string {
	s := "Export  " + safe.Line(p.parcels[p.what].words)
	if p.items != nil && p.items.brief {
		s += " from " + plural(p.items.held, "cable")
	}
	return s
}

// preview is what will be written, from the line on that was scrolled to.
func (p *exportPanel) preview(st *styles, w, room int) []string {
	lines := p.lines
	switch {
	case p.err != nil:
		lines = []string{}
		for _, c := range wrap(nil, safe.Line(p.err.Error()), max(1, w-2), max(1, w-2)) {
			lines = append(lines, safe.Line(p.err.Error())[c.from:c.to])
		}
	case p.text == nil:
		lines = []string{"reading the cables ..."}
	}
	var rows []string
	for _, l := range lines {
		if width(l) <= w-2 {
			rows = append(rows, l)
			continue
		}
		for _, c := range wrap(nil, l, max(1, w-2), max(1, w-4)) {
			lead := ""
			if c.from > 0 {
				lead = st.glyph("↪ ", "\\ ")
			}
			rows = append(rows, lead+l[c.from:c.to])
		}
	}
	p.top = max(0, min(p.top, len(rows)-room))
	out := make([]string, 0, room)
	for i := p.top; len(out) < room; i++ {
		text := ""
		if i < len(rows) {
			text = rows[i]
		}
		if len(out) == room-1 && i+1 < len(rows) && room > 1 {
			text = fmt.Sprintf("... %s more, PgDn", plural(len(rows)-i, "line"))
			out = append(out, st.draw(themes.Dim, st.fit(" "+text, w)))
			break
		}
		role := themes.Text
		if p.err != nil {
			role = themes.Warning
		}
		out = append(out, st.draw(role, st.fit(" "+text, w)))
	}
	return out
}

// drawFields draws the choices.
func (p *exportPanel) drawFields(st *styles, w int) []string {
	var out []string
	add := func(field int, name string, draw func(r *choiceRow)) {
		r := &choiceRow{st: st, w: w, here: p.field == field}
		sign := " "
		if r.here {
			sign, p.x, p.y = ">", 0, len(out)
		}
		r.put(themes.Field, fit(sign+name, 12))
		draw(r)
		out = append(out, r.done())
	}
	add(fieldWhat, "What", func(r *choiceRow) {
		r.choice(safe.Line(p.parcels[p.what].words), true)
		if n := len(p.parcels); n > 1 {
			r.put(themes.Dim, fmt.Sprintf("  (%d of %d: Left, Right)", p.what+1, n))
		}
	})
	add(fieldFormat, "Format", func(r *choiceRow) {
		for i, k := range export.Formats() {
			r.choice(k.Title, i == p.format)
		}
	})
	add(fieldStyle, "Citations", func(r *choiceRow) {
		for i, s := range export.Styles() {
			r.choice(s.Title, i == p.style)
		}
	})
	add(fieldInclude, "Include", func(r *choiceRow) {
		for i, b := range p.boxes() {
			r.box(b.words, b.on, r.here && i == p.box)
		}
	})
	add(fieldMarkLine, "Mark line", func(r *choiceRow) {
		r.box("the highest marking is stated at top and bottom", !p.o.DropMarkLine, r.here)
	})
	add(fieldTo, "To", func(r *choiceRow) {
		room := w - r.cells
		if room < 1 {
			return
		}
		line, x := p.to.draw(st, "", room)
		if r.here {
			p.x = r.cells + x
		}
		r.raw(line, room)
	})
	return out
}

// choiceRow draws a row of choices.
type choiceRow struct {
	st    *styles
	w     int
	here  bool
	cells int
	b     strings.Builder
}

func (r *choiceRow) put(role themes.Role, text string) {
	text = clip(text, r.w-r.cells)
	r.b.WriteString(r.st.draw(role, text))
	r.cells += width(text)
}

func (r *choiceRow) raw(line string, cells int) {
	r.b.WriteString(line)
	r.cells += cells
}

// choice draws one of several; the sign and not the colour says which is taken.
func (r *choiceRow) choice(words string, on bool) {
	gap := "  "
	if r.w < 100 {
		gap = " "
	}
	role := themes.Value
	if !on {
		r.put(themes.Text, " "+words+gap)
		return
	}
	if r.here {
		role = themes.Select
	}
	r.put(role, ">"+words)
	r.put(themes.Text, gap)
}

func (r *choiceRow) box(words string, on, here bool) {
	s := "[ ] "
	if on {
		s = "[x] "
	}
	role := themes.Text
	if here {
		role = themes.Select
	}
	r.put(role, s+words)
	r.put(themes.Text, "  ")
}

func (r *choiceRow) done() string {
	r.put(themes.Text, blanks(r.w-r.cells))
	return r.b.String()
}

// drawFoot says how large it is, the command for the same, and whether it was
// written.
func (p *exportPanel) drawFoot(a *App, w int) []string {
	st := a.list.st
	out := []string{st.draw(themes.Border, strings.Repeat(st.glyph("─", "-"), max(0, w)))}
	add := func(role themes.Role, s string) { out = append(out, st.draw(role, st.fit(" "+s, w))) }
	size := ""
	if p.text != nil {
		size = plural(len(p.lines), "line") + ", " + plural(len(p.text), "byte") + ". "
	}
	add(themes.Dim, size+"The same from a script:")
	line := p.script()
	for i, c := range wrap(nil, line, max(1, w-4), max(1, w-4)) {
		if i == 2 {
			break
		}
		add(themes.Value, "  "+line[c.from:c.to])
	}
	switch {
	case p.written != "":
		add(themes.Text, "written: "+p.written)
	case a.o.Writer == nil:
		add(themes.Text, "this screen writes no files; y copies")
	default:
		add(themes.Text, "written: nothing yet; where the name is taken, it gets a number")
	}
	return out
}
