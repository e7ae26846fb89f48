package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

// readFor is how long a cable must be open, with a key pressed in it, to count
// as read though its end was not seen.
const readFor = 8 * time.Second

// watch is the cable that is being read, and whether it counts as read.
type watch struct {
	key   model.Key
	n     int // of the cable, for the clock's message
	on    model.Handle
	keys  int // pressed since it was opened
	long  bool
	ended bool        // its end was seen
	read  bool        // that it is read was told to the desk
	spot  *model.Spot // where the cursor is
}

// readMsg says that a cable has been open for a while.
type readMsg struct{ n int }

// watching says whether a cable is being read, and not only looked at beside
// the list.
func (a *App) watching() bool {
	return a.o.Desk != nil && !a.desk.leave && a.desk.broken == "" && a.desk.known && a.open.focus == readerPane && !a.open.whole && !a.rawOpen &&
		a.reader.cable() != nil && a.reading.shown != 0 && a.reading.here.key == a.reading.shown
}

// watchReading follows what is read, after every message: a cable is read when
// its end was seen or when it was open for some seconds of activity, and the
// place is kept when it is left.
func (a *App) watchReading() tea.Cmd {
	w := &a.judging.watch
	if !a.watching() {
		return a.unwatch()
	}
	var cmds []tea.Cmd
	if c := a.reader.cable(); w.key != a.reading.shown {
		cmds = append(cmds, a.unwatch())
		*w = watch{key: a.reading.shown, n: w.n + 1, on: c.Handle()}
		work, _ := a.desk.of(w.on)
		w.read = work.Read
		n := w.n
		cmds = append(cmds, tea.Tick(readFor, func(time.Time) tea.Msg { return readMsg{n} }))
	}
	if b := a.reader.block(); b >= 0 && (w.spot == nil || w.spot.Block != b) {
		spot := a.reader.cable().SpotOf(b)
		w.spot = &spot
	}
	w.ended = w.ended || a.reader.atEnd()
	if !w.read && (w.ended || w.long && w.keys > 0) {
		w.read = true
		cmds = append(cmds, a.keepRead(nil))
	}
	return tea.Batch(cmds...)
}

// readLong takes that a cable has been open for a while.
func (a *App) readLong(m readMsg) tea.Cmd {
	if w := &a.judging.watch; m.n == w.n && w.key != 0 {
		w.long = true
	}
	return nil // watchReading follows
}

// unwatch keeps the place in the cable that is left. One that was read to its
// end begins at its top again.
func (a *App) unwatch() tea.Cmd {
	w := &a.judging.watch
	if w.key == 0 {
		return nil
	}
	was := *w
	*w = watch{n: w.n}
	if was.spot == nil {
		return nil
	}
	spot := *was.spot
	if was.ended {
		spot = model.Spot{}
	}
	work, _ := a.desk.of(was.on)
	if work.Place == nil && spot.Block == 0 || work.Place != nil && work.Place.Block == spot.Block {
		return nil
	}
	*w = was
	cmd := a.keepRead(&spot)
	*w = watch{n: was.n}
	return cmd
}

// keepRead tells the desk that the cable is read, and where reading is. Nobody
// asked for it, so it fails in silence.
func (a *App) keepRead(spot *model.Spot) tea.Cmd {
	w := &a.judging.watch
	d := doing(model.Act{Do: model.DoRead, On: []model.Handle{w.on}, Yes: w.read, Spot: spot})
	d.quiet = true
	d.fails = func(*App, error) bool { return true }
	return a.ask(d)
}

// resumeReading goes on in a cable where reading stopped.
func (a *App) resumeReading() {
	c := a.reader.cable()
	if c == nil || a.o.Desk == nil {
		return
	}
	place := a.workOn(c).Place
	if place == nil || place.Block == 0 && place.Number == "" && place.Sum == "" {
		return
	}
	b, ok := c.FindSpot(*place)
	if !ok || b <= 0 || !a.reader.toBlock(b) {
		return
	}
	a.say("goes on where you stopped: " + a.reader.position() + "   g top")
	a.touch(readerPane)
}

// toBlock goes to a block of the cable; false when it is not to be seen.
func (r *reader) toBlock(b int) bool {
	for i := range r.items {
		if it := &r.items[i]; it.kind == itemBlock && it.block == b && !it.hidden {
			r.restore(i, 0)
			return true
		}
	}
	return false
}
