package ui

import (
	"chancery/model"
	"chancery/model/safe"
)

// showMine hands what the reader put on the open cable to the panes that show
// it.
func (a *App) showMine() {
	c := a.reader.cable()
	if c == nil {
		return
	}
	w := a.workOn(c)
	a.reader.remember(mineOf(c, w, a.desk.briefs))
	a.sidebar.remember(w, a.desk.briefs)
	a.touch(readerPane, sidePane)
}

// target is what a label or a note is put on: cables, or a paragraph of one.
type target struct {
	on    []model.Handle
	spot  *model.Spot // nil: the whole of each
	words string      // "para 4 of 07ASTANA9911"
}

// pointed is what the cursor is on: in the reader a paragraph, or the cable
// where it is on none; elsewhere the cable, or those that were chosen.
func (a *App) pointed() (target, bool) {
	c := a.reader.cable()
	switch s := a.scope(); {
	case s == inReader && c != nil:
		if b := a.reader.block(); b >= 0 {
			spot := c.SpotOf(b)
			return target{[]model.Handle{c.Handle()}, &spot, paraWords(c, b) + " of " + cableWords(c.Handle())}, true
		}
		return cableTarget(c.Handle()), true
	case s != inList && c != nil:
		return cableTarget(c.Handle()), true
	}
	if a.selecting() {
		hs := handlesOf(a.list.allPicked())
		return target{on: hs, words: plural(len(hs), "selected cable")}, len(hs) > 0
	}
	row, ok := a.list.current()
	return cableTarget(row.handle), ok
}

func cableTarget(h model.Handle) target {
	return target{on: []model.Handle{h}, words: cableWords(h)}
}

// cableWords names a cable.
func cableWords(h model.Handle) string {
	if h.ID != "" {
		return safe.Line(h.ID)
	}
	return "a cable without id"
}

// needTarget says why there is nothing to put anything on, or nowhere to keep
// it.
func needTarget(a *App) string {
	if why := needDesk(a); why != "" {
		return why
	}
	if _, ok := a.pointed(); !ok {
		return "there is no cable"
	}
	return ""
}

// toBlock puts the reader's cursor on a block of the open cable.
func (a *App) toBlock(block int) {
	if i := a.reader.itemOf(block); i >= 0 {
		a.focus(readerPane)
		a.reader.goTo(i)
		a.touch(readerPane)
	}
}

// itemOf is the item that shows a block, -1 when none does; that of the whole
// cable is its head.
func (r *reader) itemOf(block int) int {
	if r.c == nil {
		return -1
	}
	if block < 0 {
		return max(0, r.next(-1))
	}
	for i := range r.items {
		if r.items[i].kind == itemBlock && r.items[i].block == block && !r.skipped(i) {
			return i
		}
	}
	return -1
}

// toSpot puts the cursor on the paragraph that a spot names.
func (r *reader) toSpot(s model.Spot) bool {
	if r.c == nil {
		return false
	}
	block, ok := r.c.FindSpot(s)
	if !ok {
		return false
	}
	if i := r.itemOf(block); i >= 0 {
		r.goTo(i)
		return true
	}
	return false
}
