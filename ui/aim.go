package ui

import (
	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

// aim is a paragraph that the reader goes to as soon as its cable is shown.
type aim struct {
	key  string // of the cable, "" for none
	spot model.Spot
}

// aimAt reads a cable at a paragraph.
func (a *App) aimAt(h model.Handle, s model.Spot) tea.Cmd {
	if h.ID == "" {
		a.say("this cable has no id by which it could be found; what was pinned of it stands here")
		return nil
	}
	a.aim = aim{h.Key(), s}
	return a.followID(h.ID, true)
}

// takeAim goes to the paragraph that was aimed at, once its cable is here.
func (a *App) takeAim() {
	c := a.reader.cable()
	if a.aim.key == "" || c == nil || c.Handle().Key() != a.aim.key || a.open.whole || a.reading.cancel != nil {
		return
	}
	a.reader.toSpot(a.aim.spot)
	a.aim = aim{}
	a.touch(readerPane)
}
