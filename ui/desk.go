package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
)

// Desk is what the screen asks of the reader's own work on a collection. Every
// method may wait; all may be called from several goroutines. The map of a state
// belongs to who asked for it; nothing else of what they give is to be changed.
type Desk interface {
	// State gives all of the work as it is now.
	State(ctx context.Context) (model.DeskState, error)
	// Do does one thing; when it answers, that is on disk.
	Do(ctx context.Context, act model.Act) (model.Done, error)
	// Undo takes the last n steps back, Redo does n of them again.
	Undo(ctx context.Context, n int) (model.Done, error)
	Redo(ctx context.Context, n int) (model.Done, error)
	// Changed waits until the desk's version is another than after, or the desk
	// changes hands, and gives its state.
	Changed(ctx context.Context, after int) (model.DeskState, error)
}

// hearAfter is how long the screen waits between two looks at a desk that
// changes, so that one that changes often does not keep it busy.
const hearAfter = time.Second

// hearAgain is how long it waits when the desk could not be read.
const hearAgain = 5 * time.Second

// deskwork is the screen's own copy of the reader's work: what the desk has
// said, and nothing that it has not, because that might be lost.
type deskwork struct {
	version int // of what is here
	heard   int // up to which version nothing is missing
	reader  string
	works   map[string]model.Work // by key
	sums    map[string]string     // the key of the work on the bytes with a sum
	judged  int                   // how many of the works are judgements
	briefs  []model.Brief
	undo    int
	redo    int
	held    string // who holds the desk, so that nothing can be written here
	notice  string // said last
	broken  string // why there is no work to be seen
	trouble string // why the desk could not be read when it was asked last
	known   bool   // the desk has told its state

	stale bool // the state that came last was older than what was here

	queue   []deed // the first is under way
	number  int    // of the deed under way
	failed  bool   // one before it was not kept, which stays to be read
	leave   bool   // the screen ends as soon as all is done
	ordered bool   // it was told so from outside, and ends whatever becomes of it
}

// deed is something that the desk is to do, one after the other: two quick keys
// must not overtake each other.
//
//	key ─► ask ─► queue ─► command ─► desk, disk ─► doneMsg ─► the copy, the echo ─► the next of the queue
type deed struct {
	run   func(context.Context, Desk) (model.Done, error)
	hint  string                         // follows what the desk says it did: "U undo"
	query *query.Query                   // that the list asked before it
	quiet bool                           // nothing is said of it, unless it fails
	then  func(*App, model.Done) tea.Cmd // follows, once it is on disk; may be nil
	fails func(*App, error) (told bool)  // follows where it is not; may be nil
}

type (
	// deskMsg brings the whole state of the desk.
	deskMsg struct {
		state  model.DeskState
		sums   map[string]string
		judged int
		err    error
	}
	// hearMsg says that it is time to listen to the desk again.
	hearMsg struct{}
	// doneMsg says what came of a deed.
	doneMsg struct {
		number int
		done   model.Done
		err    error
	}
)

// of gives the work on a cable; false when there is none.
func (d *deskwork) of(h model.Handle) (model.Work, bool) {
	w, ok := d.works[h.Key()]
	if !ok && h.Sum != "" {
		w, ok = d.works[d.sums[h.Sum]]
	}
	return w, ok
}

// workOn gives the work on the open cable.
func (a *App) workOn(c *model.Cable) model.Work {
	if c == nil {
		return model.Work{}
	}
	w, _ := a.desk.of(c.Handle())
	return w
}

// sumsOf says whose work the bytes with a sum are, and how many works are
// judgements.
func sumsOf(works map[string]model.Work) (sums map[string]string, judged int) {
	sums = make(map[string]string, len(works))
	for key, w := range works {
		if w.Sum != "" {
			sums[w.Sum] = key
		}
		if w.Judgement != model.Unjudged {
			judged++
		}
	}
	return sums, judged
}

// openDesk asks for the reader's work.
func (a *App) openDesk() tea.Cmd {
	desk, ctx := a.o.Desk, a.ctx
	if desk == nil {
		return nil
	}
	return func() tea.Msg { return deskMsgOf(desk.State(ctx)) }
}

// hearDesk waits for the desk to change, which another screen may do.
func (a *App) hearDesk() tea.Cmd {
	if !a.desk.known {
		return a.openDesk()
	}
	desk, ctx, after := a.o.Desk, a.ctx, a.desk.heard
	return func() tea.Msg { return deskMsgOf(desk.Changed(ctx, after)) }
}

// deskMsgOf makes a message of a state, and what takes long of it ready.
func deskMsgOf(s model.DeskState, err error) tea.Msg {
	sums, judged := sumsOf(s.Works)
	return deskMsg{s, sums, judged, err}
}

// deskAnswer takes what the desk answered.
func (a *App) deskAnswer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case deskMsg:
		return a.heardDesk(msg)
	case hearMsg:
		return a.hearDesk()
	case doneMsg:
		return a.acted(msg)
	case lookMsg:
		return a.looked(msg)
	case pickMsg:
		return a.picked(msg)
	case judgedMsg:
		return a.judgedCame(msg)
	case judgedDueMsg:
		a.judging.counts.waiting = false
		return a.askJudged()
	case readMsg:
		return a.readLong(msg)
	}
	return nil
}

// heardDesk takes the state of the desk and listens on, a little later.
func (a *App) heardDesk(m deskMsg) tea.Cmd {
	d := &a.desk
	if errors.Is(m.err, context.Canceled) {
		return nil
	}
	if m.err != nil { // it is told once, and asked again: the disk may come back
		why := "your work cannot be read: " + safe.Line(m.err.Error())
		if why != d.trouble {
			a.fail(fmt.Errorf("your work cannot be read: %w", m.err))
		}
		if d.trouble = why; !d.known {
			d.broken = why
		}
		return tea.Tick(hearAgain, func(time.Time) tea.Msg { return hearMsg{} })
	}
	d.known, d.broken, d.trouble = true, "", ""
	s := m.state
	if d.stale = s.Version < d.version && !d.stale; d.stale {
		d.heard = s.Version // a deed was quicker: the next state has both
	} else {
		d.version, d.heard, d.reader = s.Version, s.Version, safe.Line(s.Reader)
		d.works, d.sums, d.judged, d.briefs, d.undo, d.redo = s.Works, m.sums, m.judged, s.Briefs, s.Undo, s.Redo
		if d.works == nil {
			d.works = map[string]model.Work{}
		}
		a.holder(safe.Line(s.Held), safe.Line(s.Notice))
		a.deskChanged(nil)
	}
	return tea.Tick(hearAfter, func(time.Time) tea.Msg { return hearMsg{} })
}

// holder says, once, who holds the desk, and how it was found.
func (a *App) holder(held, notice string) {
	d := &a.desk
	switch {
	case notice != "" && notice != d.notice:
		a.say("your work: " + notice)
	case held != "" && held != d.held:
		a.say(heldWords(held))
	case held == "" && d.held != "" && (a.message.text == "" || a.message.text == heldWords(d.held)):
		a.say("your work can be written here again")
	}
	d.held, d.notice = held, notice
}

// heldWords says that nothing can be written, and why.
func heldWords(held string) string {
	return "your work is " + held + ": it can be read here and not changed"
}

// do has the desk do one thing. What was done is said when it is on disk.
func (a *App) do(act model.Act) tea.Cmd { return a.ask(doing(act)) }

// doing is the deed of an act.
func doing(act model.Act) deed {
	hint := "U undo"
	if repeatable(act) {
		hint += "   . same again on the next one"
	}
	return deed{hint: hint, run: func(ctx context.Context, d Desk) (model.Done, error) { return d.Do(ctx, act) }}
}

// ask puts a deed behind those that are not done yet.
func (a *App) ask(d deed) tea.Cmd {
	if a.o.Desk == nil {
		return nil
	}
	d.query = a.list.query
	a.desk.queue = append(a.desk.queue, d)
	if len(a.desk.queue) > 1 {
		return nil
	}
	return a.act()
}

// act does the first deed of the queue.
func (a *App) act() tea.Cmd {
	d := &a.desk
	d.number++
	desk, ctx, run, number := a.o.Desk, a.ctx, d.queue[0].run, d.number
	return func() tea.Msg {
		done, err := run(ctx, desk)
		return doneMsg{number, done, err}
	}
}

// acted follows a deed: what it changed is seen now. One that failed is told,
// and changes nothing.
func (a *App) acted(m doneMsg) tea.Cmd {
	d := &a.desk
	if m.number != d.number || len(d.queue) == 0 {
		return nil
	}
	was := d.queue[0]
	d.queue = d.queue[1:]
	var cmds []tea.Cmd
	switch {
	case m.err != nil:
		d.leave = d.leave && (was.quiet || d.ordered) // who leaves would not see that it was not kept
		d.failed = d.failed || !was.quiet
		switch told := was.fails != nil && was.fails(a, m.err); {
		case told:
		case d.held != "":
			a.fail(errors.New(heldWords(d.held)))
		default:
			a.fail(m.err)
		}
	default:
		changed := a.taken(m.done)
		a.deskChanged(m.done.Works)
		if text := safe.Line(m.done.Text); !was.quiet && text != "" && !d.failed {
			if was.hint != "" && changed {
				text += "   " + was.hint
			}
			a.say(text)
		}
		if changed && was.query != a.list.query { // which was asked while this was not on disk yet
			if a.dirty = a.list.asking; !a.dirty {
				cmds = append(cmds, a.askList(a.list.again()))
			}
		}
		if was.then != nil {
			cmds = append(cmds, was.then(a, m.done))
		}
	}
	d.failed = d.failed && len(d.queue) > 0
	switch {
	case len(d.queue) > 0:
		cmds = append(cmds, a.act())
	case d.leave:
		cmds = append(cmds, a.quit(call{}))
	}
	return tea.Batch(cmds...)
}

// taken puts what a deed changed into the copy and into the numbers.
func (a *App) taken(m model.Done) bool {
	d := &a.desk
	if m.Version > d.version {
		for i := range m.Works {
			was, is := d.works[m.Works[i].Key()].Judgement, m.Works[i].Judgement
			a.judging.counts.rejudge(was, is)
			if was == model.Unjudged && is != was {
				d.judged++
			} else if was != is && is == model.Unjudged {
				d.judged--
			}
		}
	}
	return d.take(m)
}

// take puts what a deed changed into the copy, unless a newer state is here. It
// says whether the deed made a difference.
func (d *deskwork) take(m model.Done) bool {
	changed := len(m.Works) > 0 || m.Briefs != nil
	if m.Version <= d.version {
		return changed
	}
	if d.works == nil {
		d.works, d.sums = map[string]model.Work{}, map[string]string{}
	}
	if m.Version == d.heard+1 {
		d.heard = m.Version
	}
	d.version, d.undo, d.redo = m.Version, m.Undo, m.Redo
	for _, w := range m.Works {
		key := w.Key()
		if w.Empty() {
			delete(d.works, key)
			continue
		}
		d.works[key] = w
		if w.Sum != "" {
			d.sums[w.Sum] = key
		}
	}
	if m.Briefs != nil {
		d.briefs = m.Briefs
	}
	return changed
}

// deskChanged has drawn again what shows the reader's work; works are those
// that changed, nil for all.
func (a *App) deskChanged([]model.Work) {
	a.list.forget()
	a.showMine()
	a.showJudged()
	a.recountJudged()
	a.headStale = true
	a.touch(listPane, readerPane, sidePane)
	if a.open.whole {
		a.collected++ // what counts it does so again
		a.touch(wholePane)
	}
}

// needDesk says why nothing can be kept.
func needDesk(a *App) string {
	switch d := &a.desk; {
	case a.o.Desk == nil:
		return "your work is not kept for this collection"
	case d.broken != "":
		return d.broken
	case d.held != "":
		return heldWords(d.held)
	}
	return ""
}

// needDeskTried says the same, but for who holds the desk: who did may have gone
// meanwhile, and the desk sees to that when it is asked.
func needDeskTried(a *App) string {
	if a.o.Desk != nil && a.desk.broken == "" {
		return ""
	}
	return needDesk(a)
}
