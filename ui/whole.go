package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// recountWhole is how long after the collection grew a view that counts it
// asks again: seldom enough to be calm.
const recountWhole = 2 * time.Second

// wholeView is a view that has the room of all panes for itself: the overview
// of an answer, the chain of a cable. Views lie on each other; the uppermost
// is seen, and the panes below stay as they are.
type wholeView interface {
	scope() scope
	ask(a *App) tea.Cmd                   // asks for what it shows, again where it has asked
	due(a *App) bool                      // what it shows is not what is asked for now
	take(a *App, msg tea.Msg) tea.Cmd     // puts an answer in place; late ones are dropped
	waiting() bool                        // it has nothing to show yet
	end()                                 // calls off what it asked
	resize(w, h int)                      //
	restyle(st *styles)                   //
	view(focused bool) []string           // exactly h lines of w cells
	cursorAt() (x, y int, ok bool)        //
	move(rows int) bool                   //
	page(halves int) bool                 //
	top() bool                            //
	bottom() bool                         //
	hop(step int) bool                    // to the next block
	sideways(a *App, step int) tea.Cmd    // to the next column, or a level down
	click(x, y int) bool                  //
	term() string                         // what W explains of the row under the cursor
	position() string                     // for the right end of the status line
	copied() (text, what string, cut int) // for the clipboard, with how many lines it leaves out
}

// recountWholeMsg says that views may count the collection again.
type recountWholeMsg struct{}

// uppermost is the view that has the screen, nil when the panes have it.
func (a *App) uppermost() wholeView {
	if len(a.whole) == 0 {
		return nil
	}
	return a.whole[len(a.whole)-1]
}

// here is the pane that keys are meant for.
func (a *App) here() pane {
	if a.open.whole {
		return wholePane
	}
	return a.open.focus
}

// wholeMost is how many views may lie on each other.
const wholeMost = 50

// raise lays a view over the panes; it asks for what it shows when the message
// under way has been dealt with.
func (a *App) raise(v wholeView) {
	a.endSequence()
	if len(a.whole) == wholeMost {
		a.whole[0].end()
		a.whole = a.whole[1:]
	}
	a.whole = append(a.whole, v)
	a.open.whole = true
	a.touch(wholePane)
}

// lower takes the uppermost view away; false when there is none.
func (a *App) lower() bool {
	v := a.uppermost()
	if v == nil {
		return false
	}
	a.endSequence()
	a.held = nil
	v.end()
	a.whole = a.whole[:len(a.whole)-1]
	a.open.whole = len(a.whole) > 0
	a.touch(wholePane, a.open.focus)
	return true
}

// lowerAll gives the screen back to the panes.
func (a *App) lowerAll() {
	for a.lower() {
	}
}

// wholeSettle gives the uppermost view its size and asks what it wants to know.
func (a *App) wholeSettle() tea.Cmd {
	v := a.uppermost()
	if v == nil {
		return nil
	}
	r := a.at.panes[wholePane]
	v.resize(r.w, r.h)
	if !v.due(a) {
		return nil
	}
	a.touch(wholePane)
	return v.ask(a)
}

// wholeAnswer hands an answer to the views: each knows its own.
func (a *App) wholeAnswer(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, v := range a.whole {
		cmds = append(cmds, v.take(a, msg))
	}
	if v := a.uppermost(); v != nil {
		a.touch(wholePane)
		if !v.waiting() {
			cmds = append(cmds, a.replay())
		}
	}
	return tea.Batch(cmds...)
}

// grew notes that the collection has more cables: what counts it does so again
// a little later.
func (a *App) grew() tea.Cmd {
	a.collected++
	a.linking.known = nil
	var again tea.Cmd
	if a.progress.Done {
		again = a.link()
	}
	if a.recounting || len(a.whole) == 0 {
		return again
	}
	a.recounting = true
	return tea.Batch(again, tea.Tick(recountWhole, func(time.Time) tea.Msg { return recountWholeMsg{} }))
}

// needView says that a command is one of the views over the panes.
func needView(a *App) string {
	if a.uppermost() == nil {
		return "this is for the overview (D) and for chains (R)"
	}
	return ""
}

// next numbers a question of a view.
func (a *App) next() int {
	a.asks++
	return a.asks
}

// copyMost is how much the terminal is given for its clipboard, in bytes.
const copyMost = 8 << 10

// copyTable puts what the view shows into the clipboard.
func (a *App) copyTable(call) tea.Cmd {
	v := a.uppermost()
	text, what, cut := v.copied()
	switch {
	case text == "":
		a.say("there is nothing to copy yet")
		return nil
	case cut > 0:
		a.say("copied " + what + ", without its last " + plural(cut, "line") + ": a terminal takes 8 kB at once")
	default:
		a.say("copied " + what)
	}
	return tea.SetClipboard(text)
}

// clipped joins lines as far as the clipboard takes them and says how many it
// does not.
func clipped(lines []string) (text string, cut int) {
	n := 0
	for i, l := range lines {
		if n += len(l) + 1; n > copyMost {
			return join(lines[:i]), len(lines) - i
		}
	}
	return join(lines), 0
}

func join(lines []string) string {
	var b []byte
	for _, l := range lines {
		b = append(append(b, l...), '\n')
	}
	return string(b)
}

// viewHints adds the keys of the footer for the view that has the screen.
func (a *App) viewHints(add func(words string, names ...string)) {
	add("move", "down", "up")
	if a.scope() == inOverview {
		add("next block", "next-pane")
		add(a.narrowWords(), "narrow")
		add("exclude", "exclude")
		add("copy", "copy")
		add("not held", "missing")
	} else if !a.mineHints(add) {
		add("read", "read-linked")
		add("open, fold", "expand")
		add("its chain", "chain")
		add("copy", "copy")
	}
	add("back", "close")
}
