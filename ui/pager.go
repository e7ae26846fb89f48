package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// textLine is a line of a panel: a name on the left in its own column, and
// what is said of it.
type textLine struct {
	name, text string
	role       themes.Role
	under      bool // it stands under the text of a line before
}

// said is a plain line.
func said(name, text string) textLine { return textLine{name: name, text: text} }

// nameColumn is how wide the left column of a panel is, and textMost how wide
// the whole: longer lines are hard to read.
const (
	nameColumn = 14
	textMost   = 100
)

// pager is a panel of text: where am I, and what is this.
type pager struct {
	title string
	text  []textLine
	again func() []textLine // gives the text anew while more is read, or nil
	lines []string          // drawn for a width
	w     int
	top   int
	h     int
}

func (p *pager) inline() bool                { return false }
func (p *pager) paste(*App, string)          {}
func (p *pager) cursor() (x, y int, ok bool) { return 0, 0, true }
func (p *pager) scroll(n int)                { p.top += n }

func (p *pager) draw(a *App, w, h int) (string, []string) {
	p.w = w
	if p.again != nil {
		p.text = p.again()
	}
	p.lines = p.lines[:0]
	for _, t := range p.text {
		p.lines = append(p.lines, t.draw(a.list.st, w)...)
	}
	p.h = min(h, len(p.lines))
	p.top = max(0, min(p.top, len(p.lines)-p.h))
	title := p.title
	if len(p.lines) > p.h {
		title += fmt.Sprintf("   %d to %d of %d lines", p.top+1, p.top+p.h, len(p.lines))
	}
	return title, p.lines[p.top : p.top+p.h]
}

// draw wraps a line under its column.
func (t textLine) draw(st *styles, w int) []string {
	role := t.role
	if role == "" {
		role = themes.Value
	}
	if t.name == "" && t.text == "" {
		return []string{st.draw(role, fit("", w))}
	}
	left := 1
	if t.name != "" || t.under {
		left = nameColumn + 2
	}
	text := strings.TrimLeft(t.text, " ")
	left += len(t.text) - len(text)
	if w < 40 {
		left = min(left, max(0, w-20), 10)
	}
	var out []string
	room := max(1, min(w, textMost)-left-1)
	for i, c := range wrap(nil, text, room, room) {
		name := ""
		if i == 0 {
			name = t.name
		}
		before := st.fit(" "+name, min(left, w))
		out = append(out, st.draw(themes.Field, before)+st.draw(role, fit(text[c.from:c.to], w-width(before))))
	}
	return out
}

func (p *pager) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "j", "down":
		p.top++
	case "k", "up":
		p.top--
	case "d", "ctrl+d":
		p.top += p.h / 2
	case "u", "ctrl+u":
		p.top -= p.h / 2
	case "f", "pgdown", "space":
		p.top += p.h
	case "b", "pgup":
		p.top -= p.h
	case "g", "home":
		p.top = 0
	case "G", "end":
		p.top = len(p.lines)
	case "Q":
		return a.quit(call{})
	case "esc", "q", "enter", "=", "W":
		a.lay(nil)
	}
	return nil
}

func (p *pager) hints() []hint {
	return []hint{{"j/k", "scroll"}, {"Esc", "close"}}
}

// where says where the reader is: the cable's file, its place in the list, what
// was odd in it, and what was found in the collection. On a detail it says
// where that was read.
func (a *App) where(call) tea.Cmd {
	if a.scope() == inSide && a.origin() {
		return nil
	}
	a.lay(&pager{title: "Where am I", again: func() []textLine {
		return append(append(a.whereCable(), textLine{}), a.receipt()...)
	}})
	return nil
}

// whereCable tells of the cable under the cursor, with its source when it has
// been read.
func (a *App) whereCable() []textLine {
	row, ok := a.list.current()
	if !ok {
		return []textLine{said("Cable", "none")}
	}
	id := row.id
	if id == "" {
		id = "(no id could be told)"
	}
	out := []textLine{
		said("Cable", id+"   "+row.code+"   "+row.date+"   "+row.from),
		said("Place", count(a.list.rank()+1)+" of "+count(a.list.total)+" "+a.list.orderWords()),
	}
	if a.asked.query != nil {
		out = append(out, said("Query", safe.Line(a.asked.text)+"   "+a.answers()))
	}
	c := a.reader.cable()
	if c == nil || a.reading.shown != row.key {
		return append(out, said("File", quoted(row.path)))
	}
	if at := a.reader.position(); at != "" {
		out = append(out, said("In the cable", at))
	}
	if a.scope() == inSide {
		if name, _, _, _ := a.sidebar.field(); name != "" {
			out = append(out, said("Detail", safe.Line(name)+": read from no line of the text"))
		}
	}
	return append(out, sourceText(c)...)
}

// sourceText tell of the file and what was odd in it. Text of documents is
// quoted here, because here the program speaks.
func sourceText(c *model.Cable) []textLine {
	s := c.Source
	out := []textLine{said("File", quoted(safe.Line(s.Path)))}
	if s.Entry != "" {
		out = append(out, said("Entry", quoted(safe.Line(s.Entry))))
	}
	if s.Index > 0 {
		out = append(out, said("Message", count(s.Index+1)+" of that file"))
	}
	out = append(out,
		said("Format", safe.Line(s.Format)+", "+safe.Line(s.Charset)+", "+count(s.Bytes)+" bytes"),
		said("SHA-256", safe.Line(s.SHA256)))
	if len(c.Problems) == 0 {
		return append(out, said("Warnings", "none"))
	}
	for i, p := range c.Problems {
		name := ""
		if i == 0 {
			name = "Warnings"
		}
		text := safe.Line(p.Text)
		if p.Line > 0 {
			text = "line " + count(p.Line) + ": " + text
		}
		out = append(out, textLine{name, text, themes.Warning, true})
	}
	return out
}

// refusalsMost is how many refused files the receipt names.
const refusalsMost = 200

// receipt counts what became of everything that was found.
func (a *App) receipt() []textLine {
	p := a.progress
	out := []textLine{said("Collection", quoted(a.collection()))}
	if !p.Done {
		return append(out, said("Reading", "goes on: "+count(p.Files)+" files looked at, "+count(p.Cables)+" cables so far."))
	}
	r := p.Receipt
	out = append(out,
		said("Files", count(r.Files)+" looked at, "+size(r.Bytes)),
		said("Cables", count(r.Cables)))
	if r.Copies > 0 {
		out = append(out, said("Copies", count(r.Copies)+" with the same bytes as another, marked (copy) in the list"))
	}
	out = append(out, refusals("Not cables", r.NotCables, r.Count(model.NotCable))...)
	out = append(out, refusals("Not read", r.Unread, r.Count(model.Unread))...)
	out = append(out, refusals("Refused", r.Refused, r.Count(model.Refused))...)
	if p.Err != nil {
		out = append(out, textLine{"Stopped", safe.Line(p.Err.Error()), themes.Error, false})
	}
	return out
}

// refusals names those that are listed; all says how many there were.
func refusals(name string, rs []model.Refusal, all int) []textLine {
	if len(rs) == 0 {
		return nil
	}
	all = max(all, len(rs))
	out := []textLine{said(name, count(all))}
	for _, r := range rs[:min(len(rs), refusalsMost)] {
		out = append(out, textLine{"", quoted(safe.Line(r.Path)) + "  " + safe.Line(r.Why), themes.Dim, true})
	}
	if n := all - min(len(rs), refusalsMost); n > 0 {
		out = append(out, textLine{"", "and " + count(n) + " more", themes.Dim, true})
	}
	return out
}

// quoted sets text of others apart from what the program says.
func quoted(s string) string { return `"` + s + `"` }

// size writes bytes for people.
func size(n int64) string {
	switch {
	case n < 10_000:
		return count(int(n)) + " bytes"
	case n < 10_000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
