package ui

import (
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
	key, at := row.key, 0
	var from model.Source
	if c := a.reader.cable(); c != nil && a.reading.shown == key {
		from = c.Source
	}
	if a.open.focus == sidePane {
		if c := a.reader.cable(); c != nil {
			_, _, _, line := a.sidebar.field()
			at = lineStart(c.Text, line)
		}
	}
	n, lib, ctx := a.reading.rawN, a.o.Library, a.ctx
	load := func() tea.Msg {
		b, err := lib.Raw(ctx, key)
		return rawMsg{n, key, b, from, at, err}
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

// lineStart is the byte at which a line begins, counted from 1.
func lineStart(text string, line int) int {
	at := 0
	for range line - 1 {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	return at
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
