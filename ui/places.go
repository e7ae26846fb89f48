package ui

import (
	"context"
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// keepAfter is how long after a move the place is saved, and listenAfter how
// long the screen waits between two looks at a collection being read: it
// changes seldom enough to be calm.
const (
	keepAfter   = 2 * time.Second
	listenAfter = 250 * time.Millisecond
)

// placing is what is remembered of the last visit and for the next.
type placing struct {
	loaded bool  // the last place has come, or there is none
	resume Place // what the last visit ended with
	due    bool  // it is still to be found again
	last   Place // as it was last looked at
	saved  Place
	timing bool   // a save is due
	findN  int    // of the last question by id
	sought bool   // the reader waits for its answer
	awaits string // the cable that goto waits for while reading goes on
	told   bool   // and that was said
}

type (
	placeMsg struct {
		place    Place
		err      error
		searches searchesMsg
	}
	keepMsg struct{}
	keptMsg struct{ err error }
)

// loadPlace asks for the place of the last visit, and for the saved queries,
// which the query of that place may name.
func (a *App) loadPlace() tea.Cmd {
	places, searches, ctx := a.o.Places, a.o.Searches, a.ctx
	return func() tea.Msg {
		var m placeMsg
		if places != nil {
			m.place, m.err = places.Load(ctx)
		}
		if searches != nil {
			m.searches.all, m.searches.err = searches.Load(ctx)
		}
		return m
	}
}

// placed begins where the last visit ended. A place that cannot be read is
// said once; the list then begins at its top.
func (a *App) placed(m placeMsg) tea.Cmd {
	if m.err != nil {
		a.fail(m.err)
		m.place = Place{}
	}
	a.searched(m.searches)
	a.placing.loaded, a.placing.resume = true, m.place
	a.placing.last, a.placing.saved = m.place, m.place
	a.judging.advance = m.place.Advance
	if m.place.Order != "" {
		a.list.order, a.list.reverse = m.place.Order, m.place.Reverse
	}
	a.resumeQuery(m.place)
	a.placing.due = m.place.ID != "" || m.place.Path != ""
	cmds := []tea.Cmd{a.askList(a.list.again()), a.lookAgain()}
	if m.place.Theme != "" && a.look.name == autoTheme {
		cmds = append(cmds, a.useTheme(m.place.Theme, true))
	}
	a.touch(listPane)
	return tea.Batch(cmds...)
}

// resumeQuery puts the query of the last visit back. One that is not
// understood any more is told, and stays in the history.
func (a *App) resumeQuery(p Place) {
	for _, text := range p.History {
		a.remind(safe.Line(text))
	}
	text := strings.TrimSpace(safe.Line(p.Query))
	if text == "" {
		return
	}
	q, err := a.parse(text, false)
	if err != nil {
		a.remind(text)
		a.say("the query of last time is not understood any more: " + text)
		q, text = nil, ""
	}
	a.asked.text, a.asked.query = text, q
	a.list.put(q)
}

// lookAgain looks for the cable of the last visit. One without id is known by
// its path alone, for which the whole list is gone through, once it is whole.
func (a *App) lookAgain() tea.Cmd {
	p := a.placing.resume
	switch {
	case !a.placing.due:
		return nil
	case p.ID != "":
		return a.lookFor(p.ID, true)
	case !a.progress.Done:
		return nil
	}
	a.placing.findN++
	gen, lib, ctx := a.placing.findN, a.o.Library, a.ctx
	return func() tea.Msg {
		k, ok, err := findPath(ctx, lib, p.Path)
		return foundMsg{gen: gen, key: k, held: ok, resume: true, err: err}
	}
}

// findPath goes through the list for the first cable of a file.
func findPath(ctx context.Context, lib Library, path string) (model.Key, bool, error) {
	ask := model.Ask{Order: model.ByDate, N: windowMost}
	for {
		p, err := lib.List(ctx, nil, ask)
		if err != nil || len(p.Entries) == 0 {
			return 0, false, err
		}
		for _, e := range p.Entries {
			if safe.Line(e.Path) == path {
				return e.Key, true, nil
			}
		}
		ask.From = p.Entries[len(p.Entries)-1].Key
	}
}

// resumed goes back to the cable of the last visit, unless the reader has gone
// elsewhere meanwhile. Not held yet, it is looked for again as reading goes on.
func (a *App) resumed(m foundMsg) tea.Cmd {
	switch {
	case !a.placing.due:
		return nil
	case !m.held && !a.list.touched && !a.progress.Done:
		return nil
	}
	a.placing.due = false
	if a.list.touched || !m.held {
		return nil
	}
	p := a.placing.resume
	at := bookmark{m.key, p.Block, p.Line}
	if p.Open {
		a.focus(readerPane)
		return a.goTo(at)
	}
	cmds := []tea.Cmd{a.askList(a.list.around(m.key))}
	if a.at.shows(readerPane) || a.at.shows(sidePane) {
		cmds = append(cmds, a.load(at))
	}
	return tea.Batch(cmds...)
}

// remember notices that the place changed and has it saved a little later.
func (a *App) remember() tea.Cmd {
	a.noteHere()
	if a.o.Places == nil || !a.placing.loaded || a.placing.due {
		return nil
	}
	p := a.place()
	if p.same(a.placing.last) {
		return nil
	}
	a.placing.last = p
	if a.placing.timing {
		return nil
	}
	a.placing.timing = true
	return tea.Tick(keepAfter, func(time.Time) tea.Msg { return keepMsg{} })
}

// noteHere notes the place in the cable that is being read.
func (a *App) noteHere() {
	if a.open.focus != listPane && a.reading.shown != 0 && a.reading.shown == a.reading.here.key {
		a.reading.here.block, a.reading.here.line = a.reader.place()
	}
}

// place is where the reader is now.
func (a *App) place() Place {
	p := Place{Order: a.list.order, Reverse: a.list.reverse, Open: a.open.focus != listPane}
	row, ok := a.list.current()
	if !ok {
		p = a.placing.last
	}
	p.Query, p.History, p.Advance = a.asked.text, a.asked.history, a.judging.advance
	if !ok {
		return p
	}
	p.ID, p.Path = row.id, row.path
	if row.key == a.reading.shown {
		p.Block, p.Line = a.reader.place()
	}
	if a.look.name != a.o.Theme && a.look.name != autoTheme {
		p.Theme = a.look.name
	}
	return p
}

// keep saves the place as it is by now.
func (a *App) keep() tea.Cmd {
	a.placing.timing = false
	places, p, ctx := a.o.Places, a.placing.last, a.ctx
	if places == nil || p.same(a.placing.saved) {
		return nil
	}
	a.placing.saved = p
	return func() tea.Msg { return keptMsg{places.Save(ctx, p)} }
}

// askList makes the command for a question of the list. The one before it is
// called off: its answer would be dropped.
func (a *App) askList(q listAsk) tea.Cmd {
	if !a.placing.loaded {
		return nil
	}
	a.stopList()
	ctx, cancel := context.WithCancel(a.ctx)
	a.asked.cancel = cancel
	ask := listFrom(ctx, a.o.Library, q)
	return func() tea.Msg {
		defer cancel()
		return ask()
	}
}

// stopList calls the question of the list off.
func (a *App) stopList() {
	if a.asked.cancel != nil {
		a.asked.cancel()
		a.asked.cancel = nil
	}
	a.stopParts()
}

// listed puts rows in place that have come.
func (a *App) listed(m listMsg) tea.Cmd {
	if m.ask.gen != a.list.gen {
		return nil
	}
	if m.err != nil || m.absent {
		a.list.asking, a.list.leap, a.list.owed = false, false, 0
		if m.err != nil {
			a.held = nil
			a.unasked(m.err)
			return nil
		}
		a.say("this cable is none of those listed")
		return a.replay()
	}
	shown := a.list.shows
	a.list.take(m)
	a.touch(listPane)
	if a.list.shows != shown {
		a.markMatches()
	}
	a.headStale = a.headStale || a.asked.query != nil
	cmd := a.answered()
	switch {
	case a.dirty:
		a.dirty = false
		return tea.Batch(cmd, a.askList(a.list.again()))
	case !a.list.leaping():
		return tea.Batch(cmd, a.replay())
	}
	return cmd
}

type (
	progressMsg struct {
		progress model.Progress
		err      error
	}
	listenMsg struct{ after int }
)

// listen waits for the collection to change; each answer asks again.
func (a *App) listen(after int) tea.Cmd {
	lib, ctx := a.o.Library, a.ctx
	return func() tea.Msg {
		p, err := lib.Progress(ctx, after)
		return progressMsg{p, err}
	}
}

// progressed takes how far reading is and has the list filled.
func (a *App) progressed(m progressMsg) tea.Cmd {
	if m.err != nil {
		a.fail(m.err)
		return nil
	}
	if m.progress.Done {
		a.asked.split = nil // its parts may find more than was counted
	}
	if n := m.progress.Notice; n != "" && n != a.progress.Notice {
		a.say(safe.Line(n))
	}
	if m.progress.Done && !a.progress.Done && a.progress.Version > 0 {
		a.sayRead(m.progress)
	}
	grew := m.progress.Cables != a.progress.Cables || m.progress.Done
	a.progress = m.progress
	a.list.done = m.progress.Done
	a.headStale, a.overStale = true, true
	if m.progress.Err != nil {
		a.fail(m.progress.Err)
	}
	var cmds []tea.Cmd
	switch {
	case grew && a.list.asking:
		a.dirty = true
	case grew:
		cmds = append(cmds, a.askList(a.list.again()))
	}
	if grew {
		cmds = append(cmds, a.grew(), a.lookOn())
	}
	cmds = append(cmds, a.lookAgain())
	if !m.progress.Done {
		after := m.progress.Version
		if m.progress.Cables == 0 { // there is nothing to be calm about yet: the first rows are awaited
			return tea.Batch(append(cmds, a.listen(after))...)
		}
		cmds = append(cmds, tea.Tick(listenAfter, func(time.Time) tea.Msg { return listenMsg{after} }))
	}
	return tea.Batch(cmds...)
}

// sayRead says in a line what reading brought; = has the whole receipt. A
// message that waits to be seen stays.
func (a *App) sayRead(p model.Progress) {
	r := p.Receipt
	if p.Err != nil || a.message.text != "" {
		return
	}
	s := "read " + count(r.Cables) + " cables"
	for _, part := range []struct {
		n    int
		says string
	}{{r.Copies, "copies"}, {r.Count(model.NotCable), "no cables"}, {r.Count(model.Unread), "could not be read"}, {r.Count(model.Refused), "refused"}} {
		if part.n > 0 {
			s += ", " + count(part.n) + " " + part.says
		}
	}
	a.say(s + "   = shows what was found")
}

// fail shows an error, once, in the status line. That a question was cancelled
// is no error.
func (a *App) fail(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	a.message = message{safe.Line(err.Error()), themes.Error}
	a.statusStale = true
}
