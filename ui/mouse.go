package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Alternate scroll (xterm's mode 1007) makes the wheel send arrow keys while
// the alternate screen is up. Some terminals have it on from the start, so what
// was before is saved and put back.
const (
	alternateScrollOn   = "\x1b[?1007s\x1b[?1007h"
	alternateScrollOff  = "\x1b[?1007s\x1b[?1007l"
	alternateScrollBack = "\x1b[?1007r"
)

// wheelLines is how far one notch of the wheel goes.
const wheelLines = 3

// capture is what the terminal is asked to send.
func (m MouseMode) capture() tea.MouseMode {
	if m == MouseFull {
		return tea.MouseModeCellMotion
	}
	return tea.MouseModeNone
}

// mouseOn prepares the terminal for a mode.
func mouseOn(m MouseMode) tea.Cmd {
	switch m {
	case MouseScroll:
		return tea.Raw(alternateScrollOn)
	case MouseOff:
		return tea.Raw(alternateScrollOff)
	}
	return nil
}

// mouseOff puts back what mouseOn changed.
func mouseOff(m MouseMode) tea.Cmd {
	if m == MouseFull {
		return nil
	}
	return tea.Raw(alternateScrollBack)
}

// mouse chooses a mode, or goes to the next.
func (a *App) mouse(c call) tea.Cmd {
	to := (a.o.Mouse + 1) % (MouseOff + 1)
	switch strings.ToLower(c.arg) {
	case "":
	case "scroll":
		to = MouseScroll
	case "full":
		to = MouseFull
	case "off":
		to = MouseOff
	default:
		a.say("mouse takes scroll, full or off")
		return nil
	}
	off := mouseOff(a.o.Mouse)
	a.o.Mouse = to
	a.headStale = true
	a.say(map[MouseMode]string{
		MouseScroll: "mouse: scroll   the wheel scrolls, selecting is the terminal's own",
		MouseFull:   "mouse: full   the wheel scrolls the pane under it, a click selects; Shift reaches the terminal",
		MouseOff:    "mouse: off",
	}[to])
	return tea.Sequence(off, mouseOn(to))
}

// wheel scrolls the pane under the pointer.
func (a *App) wheel(m tea.Mouse) tea.Cmd {
	n := wheelLines
	switch m.Button {
	case tea.MouseWheelUp:
		n = -n
	case tea.MouseWheelDown:
	default:
		return nil
	}
	if a.over != nil {
		a.overStale = true
		a.over.scroll(n)
		return nil
	}
	p, ok := a.at.under(m.X, m.Y)
	if !ok {
		return nil
	}
	switch {
	case p == wholePane:
		a.uppermost().move(n)
	case p == listPane:
		a.list.roll(n)
	case p == sidePane:
		a.sidebar.move(n)
	case a.rawOpen:
		a.raw.scroll(n)
	default:
		a.reader.scroll(n)
	}
	a.touch(p)
	return nil
}

// click moves the focus and the cursor to where the pointer is; on a heading
// of the list it sorts.
func (a *App) click(m tea.Mouse) tea.Cmd {
	p, ok := a.at.under(m.X, m.Y)
	if m.Button != tea.MouseLeft || !ok || a.over != nil {
		return nil
	}
	a.hush()
	r := a.at.panes[p]
	x, y := m.X-r.x, m.Y-r.y
	if p == wholePane {
		a.uppermost().click(x, y)
		a.touch(p)
		return nil
	}
	if p != listPane {
		cmd := a.enter(p)
		if p == sidePane {
			a.sidebar.click(x, y)
		} else if !a.rawOpen {
			a.reader.click(x, y)
		}
		a.touch(p)
		return cmd
	}
	a.focus(listPane)
	if y < len(a.list.above) {
		return a.editQuery(call{})
	}
	order, _ := a.list.click(x, y)
	a.touch(listPane)
	switch {
	case order == "":
		return nil
	case order == a.list.order:
		return a.turn(call{})
	}
	return sorted(order)(a, call{})
}
