package ui

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"
)

// moved notes that the pane in focus moved.
func (a *App) moved(bool) tea.Cmd {
	a.touch(a.here())
	return nil
}

// moves is the command that goes some rows, lines or fields down.
func moves(step int) func(*App, call) tea.Cmd {
	return func(a *App, c call) tea.Cmd {
		n := step * c.times()
		switch a.scope() {
		case inList:
			return a.moved(a.list.move(n))
		case inReader:
			return a.moved(a.reader.scroll(n))
		case inSide:
			return a.moved(a.sidebar.move(n))
		case inOverview, inChain, inBrief, inPassages, inCompare:
			return a.moved(a.uppermost().move(n))
		}
		return a.moved(a.raw.scroll(n))
	}
}

// halves is the command that goes some half pages down.
func halves(step int) func(*App, call) tea.Cmd {
	return func(a *App, c call) tea.Cmd {
		n := step * c.times()
		switch a.scope() {
		case inList:
			return a.moved(a.list.page(n))
		case inReader:
			return a.moved(a.reader.page(n))
		case inSide:
			return a.moved(a.sidebar.page(n))
		case inOverview, inChain, inBrief, inPassages, inCompare:
			return a.moved(a.uppermost().page(n))
		}
		return a.moved(a.raw.page(n))
	}
}

// first goes to the top; with a count to that row or that paragraph.
func (a *App) first(c call) tea.Cmd {
	switch a.scope() {
	case inList:
		if c.count > 0 {
			return a.moved(a.list.move(c.count - 1 - a.list.rank() - a.list.owed))
		}
		return a.toEnd(firstEdge)
	case inReader:
		if c.count > 0 {
			return a.toPara(c.count)
		}
		return a.moved(a.reader.top())
	case inSide:
		return a.moved(a.sidebar.top())
	case inOverview, inChain, inBrief, inPassages, inCompare:
		return a.moved(a.uppermost().top())
	}
	return a.moved(a.raw.top())
}

// last goes to the bottom; with a count to that row.
func (a *App) last(c call) tea.Cmd {
	switch a.scope() {
	case inList:
		if c.count > 0 {
			return a.first(c)
		}
		return a.toEnd(lastEdge)
	case inReader:
		return a.moved(a.reader.bottom())
	case inSide:
		return a.moved(a.sidebar.bottom())
	case inOverview, inChain, inBrief, inPassages, inCompare:
		return a.moved(a.uppermost().bottom())
	}
	return a.moved(a.raw.bottom())
}

// toEnd goes to an end of the list, at once where it is already held.
func (a *App) toEnd(e edge) tea.Cmd {
	a.touch(listPane)
	l := a.list
	switch {
	case e == firstEdge && l.first == 0:
		l.move(-l.rank() - l.owed)
	case e == lastEdge && l.first+len(l.rows) >= l.total:
		l.move(l.total - 1 - l.rank() - l.owed)
	default:
		return a.askList(l.ends(e))
	}
	return nil
}

func (a *App) toPara(n int) tea.Cmd {
	if !a.reader.number(n) {
		a.say(fmt.Sprintf("there is no paragraph %d", n))
	}
	a.touch(readerPane)
	return nil
}

func (a *App) goPara(c call) tea.Cmd {
	n, err := strconv.Atoi(c.arg)
	if err != nil {
		a.say("para needs a number, such as para 3")
		return nil
	}
	a.focus(readerPane)
	return a.toPara(n)
}

// steps is a command of the reader that goes on n times while there is
// somewhere to go, and says so when there was not.
func steps(step int, none string, go1 func(a *App, step int) bool) func(*App, call) tea.Cmd {
	return func(a *App, c call) tea.Cmd {
		any := false
		for range min(c.times(), countMost/100) {
			if !go1(a, step) {
				break
			}
			any = true
		}
		if !any && none != "" {
			a.say(none)
		}
		a.touch(a.open.focus)
		return nil
	}
}

// whither says which way a step goes.
func whither(step int) string {
	if step > 0 {
		return "further down"
	}
	return "further up"
}

func paragraphs(step int) func(*App, call) tea.Cmd {
	return steps(step, "no paragraph "+whither(step), func(a *App, s int) bool { return a.reader.paragraph(s) })
}

func highest(step int) func(*App, call) tea.Cmd {
	return steps(step, "no paragraph at the highest marking "+whither(step), func(a *App, s int) bool { return a.reader.highest(s) })
}

func references(step int) func(*App, call) tea.Cmd {
	return steps(step, "no reference "+whither(step), func(a *App, s int) bool { return a.reader.reference(s) })
}

// pushes is the command that shows what lines that are not wrapped hide.
func pushes(step int) func(*App, call) tea.Cmd {
	none := "no line is cut here"
	if step < 0 {
		none = "lines stand where they begin"
	}
	return steps(step, none, func(a *App, s int) bool { return a.reader.sideways(8 * s) })
}

func sections(step int) func(*App, call) tea.Cmd {
	return steps(step, "no section "+whither(step), func(a *App, s int) bool { return a.sidebar.section(s) })
}

func folds(what folding, echo string) func(*App, call) tea.Cmd {
	return func(a *App, _ call) tea.Cmd {
		found := a.reader.fold(what)
		a.touch(readerPane)
		switch {
		case !found && what == foldToggle:
			a.say("nothing is folded here")
		case !found:
			a.say("nothing is folded in this cable")
		case echo != "":
			a.say(echo)
		}
		return nil
	}
}

// foldHere opens or folds what the cursor is on.
func (a *App) foldHere(c call) tea.Cmd {
	if a.scope() != inSide {
		return folds(foldToggle, "")(a, c)
	}
	if !a.sidebar.toggle() {
		a.say("nothing is folded here")
	}
	a.touch(sidePane)
	return nil
}

func options(o readerOption) func(*App, call) tea.Cmd {
	return func(a *App, _ call) tea.Cmd {
		a.say(a.reader.option(o))
		a.touch(readerPane)
		return nil
	}
}
