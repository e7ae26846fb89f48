package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/themes"
)

// slot keeps what a pane drew last, until the pane is touched.
type slot struct {
	lines []string
	stale bool
	draws int // how often it was drawn, for tests
}

// frame keeps the screen as it was last put together, and its parts.
type frame struct {
	view     tea.View
	stale    bool
	overLine []string // the overlay, its title line first
	header   string
	status   string
	footing  string
	rules    [2]keptRule
	ground   groundRows
	buf      []byte
	joins    int // how often it was put together, for tests
}

// keptRule is a rule across the screen as it was drawn last.
type keptRule struct {
	line  string
	meets bool // it has knots where it meets the lines between panes
}

// message is what the status line says until the next key.
type message struct {
	text string
	role themes.Role
}

// say puts a sentence into the status line. The text is safe already.
func (a *App) say(text string) {
	a.message = message{text, themes.Status}
	a.statusStale = true
}

// hush clears it.
func (a *App) hush() {
	if a.message.text != "" {
		a.message = message{}
		a.statusStale = true
	}
}

// draw brings the frame up to date: only panes that were touched draw, and the
// frame is put together only when something in it changed.
func (a *App) draw() {
	if a.w <= 0 || a.h <= 0 {
		return
	}
	changed := a.frame.stale
	if changed {
		a.frame.rules = [2]keptRule{}
	}
	for _, p := range a.at.order {
		s := &a.slots[p]
		if !s.stale && len(s.lines) == a.at.panes[p].h {
			continue
		}
		s.lines = a.drawPane(p, a.here() == p && a.over == nil)
		s.stale = false
		s.draws++
		changed = true
	}
	if a.headStale {
		a.frame.header = a.headerLine()
		changed = true
	}
	if a.statusStale {
		a.frame.status, a.frame.footing = a.statusLine(), a.footingLine()
		changed = true
	}
	if a.overStale || a.statusStale && (a.over != nil || a.seq.shown || len(a.frame.overLine) > 0) {
		a.frame.overLine = a.overLines()
		changed = true
	}
	a.headStale, a.statusStale, a.overStale, a.frame.stale = false, false, false, false
	if changed {
		a.join()
	}
}

// drawPane has one pane draw itself.
func (a *App) drawPane(p pane, focused bool) []string {
	switch {
	case p == wholePane:
		return a.uppermost().view(focused)
	case p == listPane:
		return a.listAndBrief(focused)
	case p == sidePane:
		return a.sidebar.view(focused)
	case a.rawOpen:
		return a.raw.view(focused)
	}
	return a.reader.view(focused)
}

// join puts the frame together, line by line, in a buffer that is kept.
func (a *App) join() {
	a.frame.joins++
	st, over, body := a.list.st, a.frame.overLine, a.at.body
	from := body.y + body.h - len(over)
	upper := ""
	if a.at.upper >= 0 {
		upper = a.keptRule(0, st.glyph("┬", "-"), from > body.y)
		if from < body.y { // a panel over all of the body: its title stands in the rule above
			upper, over, from = over[0], over[1:], body.y
		}
	}
	bar := st.draw(themes.Border, st.glyph("│", "|"))
	buf := a.frame.buf[:0]
	for y := range a.h {
		if y > 0 {
			buf = append(buf, '\n')
		}
		begun := len(buf)
		switch {
		case y == a.at.header:
			buf = append(buf, a.frame.header...)
		case y == a.at.upper:
			buf = append(buf, upper...)
		case y == a.at.lower:
			buf = append(buf, a.keptRule(1, st.glyph("┴", "-"), len(over) == 0)...)
		case y == a.at.status:
			buf = append(buf, a.frame.status...)
		case y == a.at.footing:
			buf = append(buf, a.frame.footing...)
		case y >= from:
			buf = append(buf, over[y-from]...)
		default:
			for i, p := range a.at.order {
				if i > 0 {
					buf = append(buf, bar...)
				}
				buf = append(buf, a.slots[p].lines[y-body.y]...)
			}
		}
		if st.ground != "" {
			buf = append(buf[:begun], a.frame.ground.under(st, y, buf[begun:])...)
		}
	}
	a.frame.buf = buf
	v := tea.NewView(string(buf))
	v.AltScreen = true
	v.MouseMode = a.o.Mouse.capture()
	v.WindowTitle = a.windowTitle()
	v.Cursor = a.cursor()
	a.frame.view = v
}

// keptRule gives one of the two rules around the panes, drawn once for a layout.
func (a *App) keptRule(i int, knot string, meets bool) string {
	if r := &a.frame.rules[i]; r.line == "" || r.meets != meets {
		r.line, r.meets = a.rule(knot, meets, ""), meets
	}
	return a.frame.rules[i].line
}

// rule is a line across the screen with a knot where it meets the lines
// between the panes, and with a title set into it.
func (a *App) rule(knot string, meets bool, title string) string {
	st := a.list.st
	cells := strings.Split(strings.Repeat(st.glyph("─", "-"), a.w), "")
	if meets {
		for _, p := range a.at.order[1:] {
			if x := a.at.panes[p].x - 1; x < a.w {
				cells[x] = knot
			}
		}
	}
	if title == "" || a.w < 8 {
		return st.draw(themes.Border, strings.Join(cells, ""))
	}
	title = " " + st.fit(title, min(width(title), a.w-6)) + " "
	end := min(a.w, 2+width(title))
	return st.draw(themes.Border, strings.Join(cells[:2], "")) + st.draw(themes.Heading, title) +
		st.draw(themes.Border, strings.Join(cells[end:], ""))
}

// overLines draws what lies over the panes: its title in a rule and its lines,
// at the foot of the body, as wide as the screen. There is one line more than
// the body has when the title can stand in the rule above it.
func (a *App) overLines() []string {
	h := a.at.body.h
	most := max(1, h-1)
	if a.at.upper >= 0 {
		most = h
	}
	var title string
	var lines []string
	switch {
	case a.over != nil && (a.over.inline() || a.typing()):
		return nil
	case a.over != nil:
		title, lines = a.over.draw(a, a.w, most)
	case a.seq.shown:
		title, lines = a.hintLines(most)
	default:
		return nil
	}
	if h <= 1 {
		return lines[:min(len(lines), max(h, 0))]
	}
	knot := a.list.st.glyph("┴", "-")
	return append([]string{a.rule(knot, len(lines) < h, title)}, lines...)
}

// hintLines lists the keys that may follow the one typed.
func (a *App) hintLines(h int) (title string, lines []string) {
	st := a.list.st
	for _, c := range a.continuations() {
		if len(lines) == h {
			break
		}
		text := fit(c.title, max(0, a.w-6))
		if c.ready != nil && c.ready(a) != "" {
			text = st.fit(c.title+"   ("+c.ready(a)+")", max(0, a.w-6))
		}
		key := fit("  "+c.lastKey(), min(6, a.w))
		lines = append(lines, st.draw(themes.Key, key)+st.draw(themes.Overlay, text))
	}
	return prefixes()[a.seq.head] + " ...   Esc drops it", lines
}

// lastKey is the second key of a sequence.
func (c *command) lastKey() string {
	_, k, _ := strings.Cut(c.keys[0], " ")
	return keyName(k)
}

// cursor is where the terminal's cursor stands: in a field being typed into,
// else on the selected row or paragraph, so that whoever follows the cursor
// knows the place.
func (a *App) cursor() *tea.Cursor {
	x, y, ok := a.cursorAt()
	if !ok || x < 0 || y < 0 || x >= a.w || y >= a.h {
		return nil
	}
	c := tea.NewCursor(x, y)
	c.Blink = false
	return c
}

func (a *App) cursorAt() (x, y int, ok bool) {
	if a.over != nil {
		x, y, ok = a.over.cursor()
		switch {
		case a.typing():
			r := a.at.panes[listPane]
			return r.x + x, r.y, r.w > 0
		case a.over.inline() && a.at.status >= 0:
			return x, a.at.status, ok
		case a.over.inline():
			return x, max(a.at.footing, 0), ok
		}
		if a.at.body.h <= 1 {
			return x, a.at.body.y, ok
		}
		return x, y + a.at.body.y + a.at.body.h - len(a.frame.overLine) + 1, ok
	}
	switch p := a.here(); {
	case p == wholePane:
		x, y, ok = a.uppermost().cursorAt()
	case p == listPane:
		x, y, ok = a.list.cursorAt()
	case p == sidePane:
		y, ok = a.sidebar.cursorRow()
	case a.rawOpen:
		x, y, ok = 0, 0, true
	default:
		y, ok = a.reader.cursorRow()
	}
	r := a.at.panes[a.here()]
	return r.x + x, r.y + min(y, r.h-1), ok
}

// windowTitle names the collection; what a terminal does with a title is its
// own affair, so only plain signs go there.
func (a *App) windowTitle() string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r > 0x7e && r < 0xa1 {
			return -1
		}
		return r
	}, a.collection())
	return st60("chancery  " + clean)
}

// st60 keeps a title short.
func st60(s string) string { return strings.TrimRight(fit(s, 60), " ") }
