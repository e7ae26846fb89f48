package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

// restFor is how long the cursor must rest on a row before the reader beside
// the list shows its cable, so that moving sends few bytes.
const restFor = 120 * time.Millisecond

// historyMost is how many steps back are kept.
const historyMost = 200

// bookmark is a place in a cable: a block and a line in it.
type bookmark struct {
	key         model.Key
	block, line int
}

// reading is which cable is asked for and which is shown.
type reading struct {
	gen    int
	cancel context.CancelFunc // stops the question under way, nil when none is
	wanted model.Key          // asked for last, shown or not
	shown  model.Key
	here   bookmark // the cable being read and the place in it; a preview does not count
	rest   model.Key
	restN  int
	rawN   int
	rawKey model.Key // whose source is shown
	rawDue bool      // a source was asked for and has not come
}

// cableMsg brings a cable that was asked for.
type cableMsg struct {
	gen   int
	at    bookmark
	cable *model.Cable
	err   error
}

// restMsg says that the cursor may have come to rest.
type restMsg struct{ n int }

// load asks for a cable; only the last one asked for is ever shown.
func (a *App) load(at bookmark) tea.Cmd {
	r := &a.reading
	r.gen++
	if r.cancel != nil {
		r.cancel()
	}
	ctx, cancel := context.WithCancel(a.ctx)
	r.cancel, r.wanted, r.rest = cancel, at.key, at.key
	gen, lib := r.gen, a.o.Library
	return func() tea.Msg {
		defer cancel()
		c, err := lib.Cable(ctx, at.key)
		return cableMsg{gen, at, c, err}
	}
}

// cabled shows a cable that has come.
func (a *App) cabled(m cableMsg) tea.Cmd {
	if m.gen != a.reading.gen {
		return nil
	}
	a.reading.cancel = nil
	switch {
	case errors.Is(m.err, context.Canceled):
		a.held = nil
		a.reading.wanted = a.reading.shown
		return nil
	case m.err != nil: // nothing is shown, so that no other cable's text stands for this one
		a.held = nil
		a.fail(m.err)
		m.cable, m.at = nil, bookmark{}
		a.reading.wanted = 0
	}
	a.reading.shown = m.at.key
	a.reader.show(m.cable)
	a.sidebar.show(m.cable)
	a.showMine()
	a.showJudged()
	a.markMatches()
	switch {
	case m.at.block != 0 || m.at.line != 0:
		a.reader.restore(m.at.block, m.at.line)
	case a.open.focus != listPane && a.seeking.land != m.at.key:
		a.resumeReading()
	}
	a.rawOpen = a.rawOpen && a.reading.rawKey == m.at.key
	a.onlyFound = false
	a.landed(m.at.key)
	a.touch(readerPane, sidePane)
	return tea.Batch(a.link(), a.replay())
}

// preview shows the cable under the cursor beside the list: the first at once,
// every other when the cursor rests.
func (a *App) preview() tea.Cmd {
	row, ok := a.list.current()
	if !ok || row.key == a.reading.rest || a.open.focus != listPane || a.list.owed != 0 {
		return nil
	}
	if !a.at.shows(readerPane) && !a.at.shows(sidePane) {
		return nil
	}
	if a.reading.wanted == 0 {
		return a.load(bookmark{key: row.key})
	}
	a.reading.rest = row.key
	a.reading.restN++
	n := a.reading.restN
	return tea.Tick(restFor, func(time.Time) tea.Msg { return restMsg{n} })
}

func (a *App) rested(m restMsg) tea.Cmd {
	row, ok := a.list.current()
	if m.n != a.reading.restN || !ok || row.key == a.reading.wanted || a.open.focus != listPane {
		return nil
	}
	return a.load(bookmark{key: row.key})
}

// openCable reads the cable under the cursor.
func (a *App) openCable(call) tea.Cmd {
	row, ok := a.list.current()
	if !ok {
		return nil
	}
	a.list.touched = true
	a.focus(readerPane)
	return a.visit(bookmark{key: row.key})
}

// visit goes to a cable and remembers the way back.
func (a *App) visit(to bookmark) tea.Cmd {
	a.lowerAll()
	if here := a.reading.here; here.key != 0 && here.key != to.key {
		a.past = append(a.past, here)
		if len(a.past) > historyMost {
			a.past = a.past[1:]
		}
		a.future = nil
	}
	return a.goTo(to)
}

// goTo shows a cable in the reader and puts the list's cursor on it.
func (a *App) goTo(to bookmark) tea.Cmd {
	a.reading.here = to
	a.placing.awaits = "" // whoever goes elsewhere waits no longer
	a.stopSeeking()
	var cmds []tea.Cmd
	if row, ok := a.list.current(); !ok || row.key != to.key {
		if i := a.list.index(to.key); i >= 0 {
			a.list.move(i - a.list.cur)
		} else {
			cmds = append(cmds, a.askList(a.list.around(to.key)))
		}
		a.touch(listPane)
	}
	a.rawOpen = false
	a.touch(readerPane)
	coming := a.reading.cancel != nil && a.reading.wanted == to.key
	atTop := to.block == 0 && to.line == 0
	switch {
	case coming && atTop:
	case !coming && a.reading.shown == to.key && a.reading.wanted == to.key:
		if !atTop {
			a.reader.restore(to.block, to.line)
		} else if a.reader.first == a.reader.start() && a.judging.watch.key != to.key {
			a.resumeReading()
		}
	default:
		cmds = append(cmds, a.load(to))
	}
	return tea.Batch(cmds...)
}

// cables steps through the list from any pane; what is open is shown at once.
func cables(step int) func(*App, call) tea.Cmd {
	return func(a *App, c call) tea.Cmd {
		was := a.list.cur
		if !a.list.move(step*c.times()) || a.list.cur == was && a.list.owed == 0 {
			if step > 0 {
				a.say("this is the last cable of the list")
			} else {
				a.say("this is the first cable of the list")
			}
			return nil
		}
		a.touch(listPane)
		row, ok := a.list.current()
		if !ok || a.list.owed != 0 || a.open.focus == listPane && !a.at.shows(readerPane) {
			return nil
		}
		if a.open.focus == listPane {
			return a.load(bookmark{key: row.key})
		}
		return a.visit(bookmark{key: row.key})
	}
}

// readOn pages down, and from the end of a cable goes on to the next.
func (a *App) readOn(c call) tea.Cmd {
	if a.reader.atEnd() {
		return cables(1)(a, call{})
	}
	a.reader.page(2 * c.times())
	a.touch(readerPane)
	return nil
}

func (a *App) back(c call) tea.Cmd { return a.through(&a.past, &a.future, c.times()) }

func (a *App) forward(c call) tea.Cmd { return a.through(&a.future, &a.past, c.times()) }

// through takes steps from one side of the history to the other.
func (a *App) through(from, to *[]bookmark, steps int) tea.Cmd {
	var at bookmark
	for range min(steps, len(*from)) {
		*to = append(*to, a.reading.here)
		at = (*from)[len(*from)-1]
		*from = (*from)[:len(*from)-1]
		a.reading.here = at
	}
	a.lowerAll()
	a.focus(readerPane)
	return a.goTo(at)
}

// follow goes to the cable that the reference under the cursor names.
func (a *App) follow(call) tea.Cmd {
	return a.followID(a.reader.followed())
}

// followID goes to the cable with an id.
func (a *App) followID(id string, ok bool) tea.Cmd {
	if !ok {
		a.say("there is no reference to a cable here   ) goes to the next")
		return nil
	}
	return a.lookFor(a.meantID(id), false)
}
