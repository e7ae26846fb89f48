package ui

import (
	"bytes"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

// rawMsg brings the bytes of a source.
type rawMsg struct {
	n     int
	key   model.Key
	bytes []byte
	from  model.Source
	at    int
	err   error
}

// source shows the bytes of the cable under the cursor, and goes back.
func (a *App) source(call) tea.Cmd {
	if a.leaveSource() {
		return nil
	}
	a.reading.rawN++
	a.reading.rawDue = true
	row, _ := a.list.current()
	n, key, lib, ctx := a.reading.rawN, row.key, a.o.Library, a.ctx
	var from model.Source
	line := ""
	if c := a.reader.cable(); c != nil && a.reading.shown == key {
		from, line = c.Source, lineOf(c.Text, a.sourceLine())
	}
	load := func() tea.Msg {
		b, err := lib.Raw(ctx, key)
		return rawMsg{n, key, b, from, max(0, bytes.Index(b, []byte(line))), err}
	}
	if a.open.focus == listPane {
		return tea.Batch(a.enter(readerPane), load)
	}
	a.focus(readerPane)
	return load
}

// leaveSource takes the source away, or calls off the question for it; false
// when there was neither.
func (a *App) leaveSource() bool {
	r := &a.reading
	if a.open.focus != readerPane || !a.rawOpen && !r.rawDue {
		return false
	}
	r.rawN++
	a.rawOpen, r.rawDue = false, false
	a.touch(readerPane)
	return true
}

// sourceLine is the line of the text that the cursor is on, from 1; 0 when it is
// on none.
func (a *App) sourceLine() int {
	switch a.scope() {
	case inSide:
		_, _, _, line := a.sidebar.field()
		return line
	case inReader:
		if b := a.reader.block(); b >= 0 {
			return a.reader.cable().Blocks[b].Line
		}
	}
	return 0
}

// lineOf cuts a line out of a text, without the blanks around it. The source
// may have been decoded and unwrapped, so a line is found again by what it
// says and not by its place.
func lineOf(text string, n int) string {
	for ; n > 1; n-- {
		_, rest, ok := strings.Cut(text, "\n")
		if !ok {
			return ""
		}
		text = rest
	}
	if n < 1 {
		return ""
	}
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSpace(line)
}

func (a *App) rawed(m rawMsg) {
	if m.n != a.reading.rawN {
		return
	}
	a.reading.rawDue = false
	switch {
	case m.err != nil:
		a.fail(m.err)
	case a.open.focus == readerPane:
		a.raw.show(m.bytes, m.from, m.at)
		a.rawOpen, a.reading.rawKey = true, m.key
		a.touch(readerPane)
	}
}
