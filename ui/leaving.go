package ui

import (
	tea "charm.land/bubbletea/v2"
)

// LeaveMsg, sent from outside, ends the screen as the reader's own quitting
// does: the place is saved first.
type LeaveMsg struct{}

// escape cancels whatever is under way or marked; it never quits.
func (a *App) escape(call) tea.Cmd {
	switch {
	case a.lower():
	case a.list.owed != 0:
		a.list.owed = 0
		a.touch(listPane)
	case a.stopWaiting(), a.stopSeeking(), a.stopGathering(), a.stopLooking():
		a.say("stopped")
	case a.open.focus == listPane && a.dropPicks():
	case a.leaveSource():
	case a.seeking.words != "" || a.onlyFound:
		a.clearFind()
	case a.asked.query != nil && a.open.focus == listPane:
		return a.clearQuery(call{})
	case a.reads() && a.open.focus == listPane:
		return a.stopReading()
	}
	return nil
}

// reads says whether the collection is still being read.
func (a *App) reads() bool { return a.progress.Version > 0 && !a.progress.Done && !a.halted }

// stopReading ends the reading of the collection.
func (a *App) stopReading() tea.Cmd {
	a.halted = true
	a.say("reading stops; what was read stays")
	lib, ctx := a.o.Library, a.ctx
	return func() tea.Msg {
		if err := lib.Stop(ctx); err != nil {
			return progressMsg{err: err}
		}
		return nil
	}
}

// close leaves what is open, one level at a time.
func (a *App) close(c call) tea.Cmd {
	switch {
	case a.lower():
	case a.leaveSource():
	case a.open.focus == sidePane:
		if columns(a.w) > 1 {
			return a.sidebarShown(false)
		}
		a.focus(a.open.main)
	case a.open.zoom != zoomNormal:
		a.open.zoom = zoomNormal
		a.stale()
	case a.open.focus == readerPane:
		a.focus(listPane)
	default:
		return a.quit(c)
	}
	return nil
}

// quit saves the place and ends, as soon as the desk has done what it was
// asked; asked again it does not wait for that.
func (a *App) quit(call) tea.Cmd {
	cmd := a.unwatch()
	if len(a.desk.queue) > 0 && !a.desk.leave {
		a.desk.leave = true
		a.say("your work goes to the disk first   Q again does not wait")
		return cmd
	}
	a.placing.last = a.place()
	return tea.Sequence(a.keep(), mouseOff(a.o.Mouse), tea.Quit)
}

// stop ends what is running; pressed twice it quits.
func (a *App) stop(c call) tea.Cmd {
	a.endSequence()
	switch {
	case a.leaving:
		return a.quit(c)
	case a.stopWaiting(), a.stopSeeking(), a.stopGathering(), a.stopLooking():
		a.say("stopped   C-c again quits")
	case a.list.pending():
		a.stopList()
		a.backToShown()
		a.say("stopped   C-c again quits")
	case a.reading.cancel != nil:
		a.reading.cancel()
		a.say("stopped   C-c again quits")
	case a.list.owed != 0:
		a.list.owed = 0
		a.say("stopped   C-c again quits")
	case a.reads():
		a.leaving = true
		return a.stopReading()
	default:
		a.say("C-c again quits")
	}
	a.leaving = true
	return nil
}

func (a *App) suspend(call) tea.Cmd { return tea.Suspend }

// redraw has the terminal cleared and everything sent again.
func (a *App) redraw(call) tea.Cmd {
	a.stale()
	return tea.ClearScreen
}
