package ui

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
	"chancery/themes"
)

// typedFor is how long the typing of a query must rest before it is asked.
const typedFor = 120 * time.Millisecond

// queryLine is the line above the list in which a query is typed. The list
// answers it as it is typed; what is not understood leaves the last answer in
// place and is told below the line.
//
//	key ─► changed: parse, call the question before off ─► 120 ms ─► rested ─► list, values to choose from
type queryLine struct {
	field typed
	from  pane      // where the reader was
	main  pane      // and what stood beside the details
	key   model.Key // and on which cable
	gen   int       // of the last change

	good  *query.Query // understood last
	fault *fault
	shown bool // the fault is told: not before the typing rests

	walk  int // place in the history; its length: what is being typed
	draft string

	pick   picking
	cancel context.CancelFunc // ends the question for values
	x      int
}

// editQuery opens the line, or asks what the palette was given.
func (a *App) editQuery(c call) tea.Cmd {
	a.lowerAll()
	if c.arg != "" {
		a.focus(listPane)
		return a.setQuery(c.arg)
	}
	a.noteHere()
	p := &queryLine{from: a.open.focus, main: a.open.main, walk: len(a.asked.history), good: a.asked.query}
	if row, ok := a.list.current(); ok {
		p.key = row.key
	}
	p.field.set(a.asked.text)
	p.pick.none()
	a.focus(listPane)
	a.lay(p)
	return nil
}

// queryMsg says that the typing of a query may have come to rest.
type queryMsg struct{ gen int }

// changed reads what stands there by now: what was typed may be the beginning
// of more, what was chosen or asked before is whole. The question before is
// called off.
func (p *queryLine) changed(a *App) tea.Cmd {
	a.asked.gen++
	p.gen = a.asked.gen
	p.stop()
	a.stopList()
	q, err := a.parse(p.field.text, !p.pick.chosen() && p.walk == len(a.asked.history))
	switch {
	case err != nil:
		p.fault = faultOf(p.field.text, err)
	default:
		p.good, p.fault, p.shown = q, nil, false
	}
	gen := p.gen
	return tea.Tick(typedFor, func(time.Time) tea.Msg { return queryMsg{gen} })
}

// typedQuery asks what is typed once it has rested.
func (a *App) typedQuery(m queryMsg) tea.Cmd {
	p, ok := a.over.(*queryLine)
	if !ok || m.gen != p.gen {
		return nil
	}
	a.touch(listPane)
	cmd := p.values(a)
	p.shown = p.fault != nil
	p.say(a)
	if p.shown {
		return cmd
	}
	if sameQuery(p.good, a.list.query) && a.list.shows == a.list.query {
		return cmd
	}
	return tea.Batch(cmd, a.putQuery(p.good))
}

// sameQuery says that two queries were written alike.
func sameQuery(p, q *query.Query) bool {
	if p == nil || q == nil {
		return p == q
	}
	return p.Text == q.Text
}

// stop calls the question for values off.
func (p *queryLine) stop() {
	if p.cancel != nil {
		p.cancel()
		p.cancel = nil
	}
}

// press takes a key of the line.
func (p *queryLine) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	a.touch(listPane)
	switch key := k.String(); {
	case key == "enter":
		return p.keep(a)
	case key == "esc" && p.pick.chosen():
		p.field = p.pick.base
		p.pick.none()
		return p.changed(a)
	case key == "esc" && p.pick.asked:
		p.pick.none()
		return nil
	case key == "esc":
		return p.leave(a)
	case key == "tab":
		return p.next(a, 1)
	case key == "shift+tab":
		return p.next(a, -1)
	case key == "!" && p.pick.chosen():
		p.pick.not = !p.pick.not
		return p.choose(a, p.pick.at)
	case key == "down" && p.walk == len(a.asked.history) && len(p.pick.offers) > 0:
		return p.next(a, 1)
	case key == "up" && p.pick.chosen():
		return p.choose(a, p.pick.at-1)
	case key == "up", key == "ctrl+p":
		return p.history(a, -1)
	case key == "down", key == "ctrl+n":
		return p.history(a, 1)
	}
	was := p.field
	if !p.field.press(k) || p.field == was {
		return nil
	}
	return p.edited(a, p.field.text != was.text)
}

// edited follows a key of editing.
func (p *queryLine) edited(a *App, text bool) tea.Cmd {
	if p.pick.chosen() || p.pick.asked || !text {
		p.pick.none()
	}
	p.pick.stale = true
	if !text {
		return nil
	}
	p.walk = len(a.asked.history)
	return p.changed(a)
}

func (p *queryLine) paste(a *App, text string) {
	a.touch(listPane)
	p.field.insert(text)
	p.pick.none()
	p.walk = len(a.asked.history)
}

func (p *queryLine) scroll(int) {}

// keep makes the query the list's and goes there. A word is whole now, and
// what is not understood is not kept.
func (p *queryLine) keep(a *App) tea.Cmd {
	text := strings.TrimSpace(p.field.text)
	q, err := a.parse(text, false)
	if err != nil {
		p.fault, p.shown = faultOf(text, err).behind(p.field.text), true
		p.pick.none()
		p.say(a)
		return nil
	}
	p.stop()
	a.lay(nil)
	return a.keepQuery(text, q)
}

// leave puts back the query of before, and the place.
func (p *queryLine) leave(a *App) tea.Cmd {
	p.stop()
	a.lay(nil)
	var cmds []tea.Cmd
	l := a.list
	if moved := l.query != a.asked.query; moved || l.shows != l.query {
		a.stopList()
		l.put(a.asked.query)
		if p.key != 0 {
			cmds = append(cmds, a.askList(l.around(p.key)))
		} else {
			cmds = append(cmds, a.askList(l.again()))
		}
	}
	if p.from != listPane {
		a.focus(p.from)
		a.open.main = p.main
		if here := a.reading.here; here.key != 0 && a.reading.wanted != here.key {
			cmds = append(cmds, a.load(here))
		}
	}
	a.touch(listPane)
	return tea.Batch(cmds...)
}

// history walks through what was asked before; below the last stands what was
// being typed.
func (p *queryLine) history(a *App, step int) tea.Cmd {
	h := a.asked.history
	to := p.walk + step
	if step < 0 && to >= 0 && p.walk == len(h) && h[to] == p.field.text {
		to-- // that is the query itself
	}
	if to < 0 || to > len(h) {
		return nil
	}
	if p.walk == len(h) {
		p.draft = p.field.text
	}
	p.walk = to
	p.pick.none()
	if to == len(h) {
		p.field.set(p.draft)
	} else {
		p.field.set(h[to])
	}
	return p.changed(a)
}

func (p *queryLine) inline() bool { return false }

func (p *queryLine) draw(*App, int, int) (string, []string) { return "", nil }

func (p *queryLine) cursor() (x, y int, ok bool) { return p.x, 0, true }

func (p *queryLine) hints() []hint {
	h := []hint{{"Enter", "keep"}, {"Esc", "back"}, {"Tab", "complete"}}
	if p.pick.chosen() {
		return append(h, hint{"!", "exclude"}, hint{"Up/Down", "choose"})
	}
	return append(h, hint{"Up/Down", "queries of before"})
}

// lines draws the line and what is told below it, in at most h lines.
func (p *queryLine) lines(a *App, w, h int) []string {
	if h < 1 {
		return nil
	}
	st := a.list.st
	right := " " + a.answers() + " "
	if p.shown { // it is of the query before
		right = " (" + a.answers() + ") "
	}
	if width(right) > w/2 {
		right = ""
	}
	sign := st.draw(themes.Key, fit(" / ", min(3, w)))
	room := max(0, w-3-width(right))
	text, from := p.window(room)
	p.x = min(3+width(p.field.text[from:p.field.at]), max(0, w-1))
	out := []string{sign + st.draw(themes.Value, fit(text, room)) + st.draw(themes.Dim, fit(right, max(0, w-3-room)))}
	most := min(h-4, 10) // the heading and a row or two stay in view
	switch {
	case most <= 0:
	case len(p.pick.offers) > 0:
		out = append(out, p.pick.draw(st, w, most)...)
	case p.fault != nil && p.shown:
		out = append(out, p.fault.draw(st, w, most, from)...)
	}
	return out
}

// window is the stretch of the text that is shown in so many cells, and where
// it begins: as much as there is room for up to the cursor.
func (p *queryLine) window(room int) (text string, from int) {
	f := p.field
	for width(f.text[from:f.at]) >= max(room, 1) && from < f.at {
		_, n := utf8.DecodeRuneInString(f.text[from:])
		from += n
	}
	return clip(f.text[from:], room), from
}

// say tells in the status line how the query was read, or what is wrong with it
// where there is no room for more.
func (p *queryLine) say(a *App) {
	switch {
	case p.shown && a.list.h < 6:
		a.message = message{p.fault.line(), themes.Error}
		a.statusStale = true
	case p.fault == nil && p.good != nil && len(p.good.Notes) > 0:
		var notes []string
		for _, n := range p.good.Notes {
			notes = append(notes, safe.Line(n.Text))
		}
		a.say(strings.Join(notes, "   "))
	}
}

// draw shows where the fault is, what it is, and what to write instead.
func (f *fault) draw(st *styles, w, most, from int) []string {
	var out []string
	if f.column > 0 {
		at := 3
		if f.span.Start > from {
			at += width(f.query[from:f.span.Start])
		}
		n := max(1, width(f.query[max(from, f.span.Start):max(from, f.span.End)]))
		line := fit("", min(at, w)) + strings.Repeat("^", max(0, min(n, w-at)))
		out = append(out, st.draw(themes.Error, fit(line, w)))
		out = append(out, wrapped(st, themes.Error, "query error at column "+count(f.column)+": "+f.what, w, 3)...)
	} else {
		out = append(out, wrapped(st, themes.Error, f.what, w, 3)...)
	}
	if f.hint != "" {
		out = append(out, wrapped(st, themes.Overlay, "hint: "+f.hint, w, 3)...)
	}
	return out[:min(len(out), most)]
}

// wrapped draws a sentence in lines of exactly w cells, some cells in.
func wrapped(st *styles, role themes.Role, text string, w, in int) []string {
	if w < 24 {
		in = min(in, w/8)
	}
	room := max(1, min(w, textMost)-in-1)
	var out []string
	for _, c := range wrap(nil, text, room, room) {
		out = append(out, st.draw(role, fit(fit("", in)+text[c.from:c.to], w)))
	}
	return out
}

// typing says that a query is being typed.
func (a *App) typing() bool {
	_, ok := a.over.(*queryLine)
	return ok
}
