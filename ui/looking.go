package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

// lookRows is how many rows are asked for at a time while the next one that is
// not judged is looked for.
const lookRows = 1000

// looking is the way to the next row that is not judged, where it is none of
// those at hand.
type looking struct {
	gen    int
	cancel context.CancelFunc // nil when nothing is looked for
	step   int
	open   bool // it is to be read
}

// lookMsg brings rows further on.
type lookMsg struct {
	gen  int
	rows []listRow
	err  error
}

// unjudged is the command that goes to the next row not yet judged.
func unjudged(step int) func(*App, call) tea.Cmd {
	return func(a *App, c call) tea.Cmd {
		var cmd tea.Cmd
		for range min(c.times(), windowRows) {
			cmd = a.nextUnjudged(step, false)
			if a.judging.looking.cancel != nil {
				break
			}
		}
		return cmd
	}
}

// advance goes on to the next cable after a judgement.
func (a *App) advance() tea.Cmd {
	a.judging.moving = false
	said := a.message.text
	cmd := a.nextUnjudged(1, a.open.focus != listPane)
	if said != "" && a.judging.looking.cancel == nil {
		a.say(said)
	}
	return tea.Batch(cmd, a.replay())
}

// nextUnjudged goes to the next row that is not judged, and opens it.
func (a *App) nextUnjudged(step int, open bool) tea.Cmd {
	a.stopLooking()
	l := a.list
	for i := l.cur + step; i >= 0 && i < len(l.rows); i += step {
		if a.isUnjudged(&l.rows[i]) {
			return a.goUnjudged(l.rows[i].key, open)
		}
	}
	end := l.first + len(l.rows)
	if step < 0 {
		end = l.total - l.first
	}
	if len(l.rows) == 0 || end >= l.total {
		return a.noneUnjudged(step)
	}
	ctx, cancel := context.WithCancel(a.ctx)
	a.judging.looking = looking{a.judging.looking.gen + 1, cancel, step, open}
	a.say("looking for the next one not judged   Esc stops")
	from := l.rows[len(l.rows)-1].key
	if step < 0 {
		from = l.rows[0].key
	}
	return a.lookOnFrom(ctx, from)
}

// lookOnFrom asks for the rows beyond a cable.
func (a *App) lookOnFrom(ctx context.Context, from model.Key) tea.Cmd {
	lib, q, gen := a.o.Library, a.list.shows, a.judging.looking.gen
	ask := model.Ask{Order: a.list.order, Reverse: a.list.reverse, From: from, Back: a.judging.looking.step < 0, N: lookRows}
	return func() tea.Msg {
		p, err := lib.List(ctx, q, ask)
		m := lookMsg{gen: gen, err: err, rows: make([]listRow, len(p.Entries))}
		for i, e := range p.Entries {
			m.rows[i] = listRow{key: e.Key, handle: e.Handle()}
		}
		return m
	}
}

// looked takes rows further on and goes on looking beyond them.
func (a *App) looked(m lookMsg) tea.Cmd {
	l := &a.judging.looking
	if m.gen != l.gen || l.cancel == nil {
		return nil
	}
	if m.err != nil {
		a.stopLooking()
		a.fail(m.err)
		return nil
	}
	n := len(m.rows)
	for i := range m.rows {
		at := i
		if l.step < 0 {
			at = n - 1 - i
		}
		if r := &m.rows[at]; a.isUnjudged(r) {
			open := l.open
			a.stopLooking()
			return a.goUnjudged(r.key, open)
		}
	}
	if n < lookRows {
		step := l.step
		a.stopLooking()
		return a.noneUnjudged(step)
	}
	from := m.rows[n-1].key
	if l.step < 0 {
		from = m.rows[0].key
	}
	l.cancel()
	ctx, cancel := context.WithCancel(a.ctx)
	l.cancel = cancel
	return a.lookOnFrom(ctx, from)
}

// stopLooking calls it off; false when nothing was looked for.
func (a *App) stopLooking() bool {
	l := &a.judging.looking
	l.gen++
	if l.cancel == nil {
		return false
	}
	l.cancel()
	l.cancel = nil
	return true
}

// isUnjudged says that a row is still to be judged.
func (a *App) isUnjudged(r *listRow) bool {
	w, _ := a.desk.of(r.handle)
	return w.Judgement == model.Unjudged
}

// goUnjudged puts the cursor on a cable that is not judged, and opens it. It
// says how many are left.
func (a *App) goUnjudged(key model.Key, open bool) tea.Cmd {
	a.touch(listPane)
	a.hush()
	if left := a.judging.counts.leftWords(); left != "" {
		a.say(left)
	}
	if open {
		return a.visit(bookmark{key: key})
	}
	if i := a.list.index(key); i >= 0 {
		a.list.move(i - a.list.cur)
		return nil
	}
	return a.askList(a.list.around(key))
}

// noneUnjudged says that there is nothing left to judge that way.
func (a *App) noneUnjudged(step int) tea.Cmd {
	s := "nothing left to judge " + whither(step)
	if left := a.judging.counts.leftWords(); left != "" {
		s += "   " + left
	}
	a.say(s)
	return nil
}
