package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

// panesOn moves the focus to the next pane, round and round.
func panesOn(step int) func(*App, call) tea.Cmd {
	return func(a *App, c call) tea.Cmd {
		if v := a.uppermost(); v != nil {
			return a.moved(v.hop(step))
		}
		ring := a.reachable()
		i := slices.Index(ring, a.open.focus) + step*c.times()
		return a.enter(ring[(i%len(ring)+len(ring))%len(ring)])
	}
}

// reachable are the panes that the focus can go to.
func (a *App) reachable() []pane {
	if a.open.side || columns(a.w) == 1 {
		return []pane{listPane, readerPane, sidePane}
	}
	return []pane{listPane, readerPane}
}

// enter moves the focus to a pane; the reader then shows what the cursor is on.
func (a *App) enter(p pane) tea.Cmd {
	from := a.open.focus
	if from != listPane || p == listPane {
		a.focus(p)
		return nil
	}
	row, ok := a.list.current()
	if !ok {
		a.say(needRow(a))
		return nil
	}
	a.list.touched = true
	a.focus(p)
	return a.visit(bookmark{key: row.key})
}

func (a *App) left(call) tea.Cmd {
	if v := a.uppermost(); v != nil {
		a.touch(wholePane)
		return v.sideways(a, -1)
	}
	if i := slices.Index(a.reachable(), a.open.focus); i > 0 {
		return a.enter(a.reachable()[i-1])
	}
	return nil
}

func (a *App) right(call) tea.Cmd {
	if v := a.uppermost(); v != nil {
		a.touch(wholePane)
		return v.sideways(a, 1)
	}
	ring := a.reachable()
	if i := slices.Index(ring, a.open.focus); i+1 < len(ring) {
		return a.enter(ring[i+1])
	}
	return nil
}

// sidebarShown shows or hides the details; on a narrow screen it goes there
// and back.
func (a *App) sidebarShown(on bool) tea.Cmd {
	if columns(a.w) == 1 || a.open.zoom == zoomFull {
		if on {
			return a.enter(sidePane)
		}
		if a.open.focus == sidePane {
			a.focus(a.open.main)
		}
		return nil
	}
	a.side = sideShut
	if on {
		a.side = sideOpen
	}
	a.stale()
	return nil
}

func (a *App) toggleSide(c call) tea.Cmd {
	on := !a.at.shows(sidePane)
	switch strings.ToLower(c.arg) {
	case "":
	case "on":
		on = true
	case "off":
		on = false
	default:
		a.say("sidebar takes on or off")
		return nil
	}
	return a.sidebarShown(on)
}

func (a *App) beside(call) tea.Cmd {
	a.open.beside = !a.open.beside
	a.stale()
	return nil
}

func zooms(step int) func(*App, call) tea.Cmd {
	return func(a *App, _ call) tea.Cmd {
		to := a.open.zoom + zoom(step)
		if to < zoomNormal || to > zoomFull {
			a.say([]string{"this pane is at its normal size", "this pane has the whole screen"}[(step+1)/2])
			return nil
		}
		a.open.zoom = to
		a.stale()
		return nil
	}
}

// sorted is the command for one order.
func sorted(o model.Order) func(*App, call) tea.Cmd {
	return func(a *App, _ call) tea.Cmd {
		l := a.list
		if o == model.ByRelevance && l.order != o {
			l.calm = sorting{l.order, l.reverse}
		}
		l.order, l.reverse = o, false
		l.touched = true
		a.touch(listPane)
		if o == model.ByRelevance { // the best is what is looked for
			return a.askList(l.ends(firstEdge))
		}
		return a.askList(l.again())
	}
}

func (a *App) turn(call) tea.Cmd {
	a.list.reverse = !a.list.reverse
	a.list.touched = true
	a.touch(listPane)
	return a.askList(a.list.again())
}

// sort takes the order by name; a minus before it turns it round.
func (a *App) sort(c call) tea.Cmd {
	name, back := strings.CutPrefix(c.arg, "-")
	o := model.Order(name)
	if !slices.Contains([]model.Order{model.ByDate, model.ByMark, model.ByFrom, model.BySubject, model.ByID, model.ByRelevance}, o) {
		a.say("sort takes date, mark, from, subject, id or relevance; -date turns it round")
		return nil
	}
	if why := needTerms(a); o == model.ByRelevance && why != "" {
		a.say(why)
		return nil
	}
	cmd := sorted(o)(a, call{})
	if back {
		return a.turn(call{})
	}
	return cmd
}
