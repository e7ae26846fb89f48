package ui

import (
	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

// foundMsg answers whether a cable with an id is held.
type foundMsg struct {
	gen    int
	id     string
	key    model.Key
	held   bool
	whole  bool // when it was asked all had been read
	resume bool // it is the cable of the last visit
	err    error
}

// goID goes to a cable by its id, however it is spelt. While the collection is
// being read the cable may still come: then it is waited for.
//
//	goto ─► found: held ─► visit
//	             not yet ─► awaits ─► each report of reading: lookOn ─► found
//	             never, reading is over ─► said
func (a *App) goID(c call) tea.Cmd {
	if c.arg == "" {
		a.say("goto needs an id, such as goto 07ASTANA9911")
		return nil
	}
	id, ok := model.CanonicalID(c.arg)
	if !ok {
		a.say("that is no cable id; write year, post and number: 07ASTANA9911")
		return nil
	}
	cmd := a.lookFor(id, false)
	a.placing.awaits, a.placing.told, a.placing.due = id, false, false
	return cmd
}

// lookFor asks for a cable by its id.
func (a *App) lookFor(id string, resume bool) tea.Cmd {
	a.placing.sought = !resume
	if !resume {
		a.placing.awaits = ""
	}
	return a.askID(id, resume)
}

// lookOn asks for the cable that is waited for again.
func (a *App) lookOn() tea.Cmd {
	if a.placing.awaits == "" {
		return nil
	}
	return a.askID(a.placing.awaits, false)
}

func (a *App) askID(id string, resume bool) tea.Cmd {
	a.placing.findN++
	gen, lib, ctx, whole := a.placing.findN, a.o.Library, a.ctx, a.progress.Done
	return func() tea.Msg {
		k, ok, err := lib.Find(ctx, id)
		return foundMsg{gen, id, k, ok, whole, resume, err}
	}
}

// found goes to the cable, waits for it, or says that the collection does not
// hold it.
func (a *App) found(m foundMsg) tea.Cmd {
	if m.gen != a.placing.findN {
		return nil
	}
	if m.resume {
		return a.resumed(m)
	}
	a.placing.sought = false
	if m.held {
		return a.arrived(m)
	}
	a.held = nil
	waits := a.placing.awaits == m.id
	switch {
	case m.err != nil:
		a.stopWaiting()
		a.fail(m.err)
	case a.progress.Done && !m.whole: // what was read since may hold it
		return a.askID(m.id, false)
	case a.progress.Done:
		a.stopWaiting()
		a.say(m.id + " is not in this collection" + a.unreadPart())
	case !waits:
		a.say(m.id + " is not in what was read so far")
	case !a.placing.told:
		a.placing.told = true
		a.say(m.id + " is not read yet: waiting for it   Esc stops that")
	}
	return nil
}

// unreadPart says that a cable may be in what was not read.
func (a *App) unreadPart() string {
	if a.halted {
		return " as far as it was read: reading was stopped"
	}
	return ""
}

// arrived opens a cable that was asked for. One that was long in coming does
// not take away what the reader has opened or is typing meanwhile.
func (a *App) arrived(m foundMsg) tea.Cmd {
	late := a.placing.awaits == m.id && a.placing.told
	a.stopWaiting()
	if late && (a.over != nil || a.open.whole) {
		a.say(m.id + " has been read now   goto " + m.id + " opens it")
		return nil
	}
	a.focus(readerPane)
	cmd := a.visit(bookmark{key: m.key})
	if len(a.past) > 0 {
		a.say(m.id + "   H goes back to where you were")
	} else if late {
		a.say(m.id + " has been read now")
	}
	if a.reading.cancel == nil { // it is open already
		cmd = tea.Batch(cmd, a.replay())
	}
	return cmd
}

// stopWaiting waits for no cable any more; false when none was waited for.
func (a *App) stopWaiting() bool {
	waited := a.placing.awaits != "" && a.placing.told
	a.placing.awaits, a.placing.told = "", false
	return waited
}
