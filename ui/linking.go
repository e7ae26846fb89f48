package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/themes"
)

// linkedMost is of how many cables it is kept how they stand among the
// references, and citedMost how many citing ones the details list.
const (
	linkedMost = 64
	citedMost  = 100
)

// linking is what is known of the references of the cables read.
type linking struct {
	gen    int
	cancel context.CancelFunc
	known  map[string]model.Links
}

// linkedMsg brings the references of the cable that is open.
type linkedMsg struct {
	gen   int
	id    string
	links model.Links
	err   error
}

// link asks how the open cable stands among the references of the collection,
// or shows what is known of it. It is asked once the cable is on the screen and
// the collection has been read.
func (a *App) link() tea.Cmd {
	l := &a.linking
	l.gen++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
	c := a.reader.cable()
	if c == nil || c.ID == "" {
		return nil
	}
	id := c.ID
	if known, ok := l.known[id]; ok {
		a.showLinks(&known)
		return nil
	}
	if !a.progress.Done { // references change with every cable that is read; what is typed goes first
		return nil
	}
	ctx, cancel := context.WithCancel(a.ctx)
	l.cancel = cancel
	gen, lib := l.gen, a.o.Library
	return func() tea.Msg {
		defer cancel()
		links, err := lib.Links(ctx, id)
		return linkedMsg{gen, id, links, err}
	}
}

// linked takes the answer. What could not be told is simply not shown: the
// cable can be read without it.
func (a *App) linked(m linkedMsg) {
	l := &a.linking
	if m.gen != l.gen {
		return
	}
	l.cancel = nil
	if m.err != nil {
		a.fail(m.err)
		return
	}
	if len(l.known) >= linkedMost || l.known == nil {
		l.known = make(map[string]model.Links)
	}
	l.known[m.id] = m.links
	a.showLinks(&m.links)
}

// showLinks has the reader and the details tell what is held and what cites
// the cable.
func (a *App) showLinks(l *model.Links) {
	if a.reader.linked(l) {
		a.touch(readerPane)
	}
	a.sidebar.linked(l)
	a.touch(sidePane)
}

// meant pairs the references of a cable, by the id that is written, with what
// the collection makes of them: where no year is written, that may be the cable
// of another year.
func meant(c *model.Cable, l *model.Links) map[string]model.Link {
	out := make(map[string]model.Link, len(l.Cites))
	n := 0
	for _, r := range c.References {
		if r.Kind != model.RefCable || r.ID == "" {
			continue
		}
		if n < len(l.Cites) && (l.Cites[n].ID == r.ID || r.YearInferred) {
			out[r.ID] = l.Cites[n]
		}
		n++
	}
	return out
}

// meantID is the cable that a reference of the open cable leads to.
func (a *App) meantID(id string) string {
	c := a.reader.cable()
	if c == nil {
		return id
	}
	if l, ok := a.linking.known[c.ID]; ok {
		if k, ok := meant(c, &l)[id]; ok {
			return k.ID
		}
	}
	return id
}

// linked takes what of the cable's references is held; true when that changes
// what the head says.
func (r *reader) linked(l *model.Links) bool {
	if r.c == nil {
		return false
	}
	absent := map[string]bool{}
	for id, k := range meant(r.c, l) {
		if k.Entry.Key == 0 {
			absent[id] = true
		}
	}
	if len(absent) == 0 && len(r.absent) == 0 {
		return false
	}
	r.absent = absent
	at := r.anchor()
	r.rehead()
	r.turnTo(at)
	r.settle()
	return true
}

// rehead has the head written anew.
func (r *reader) rehead() {
	if len(r.items) == 0 {
		return
	}
	head := &r.items[0]
	head.flow, head.rows, head.drawn = nil, nil, nil
	r.searchAgain()
}

// linked takes the links of the cable; the cursor stays on its field.
func (s *sidebar) linked(l *model.Links) {
	s.links = l
	s.keeping(s.gather)
	s.draw()
	s.follow()
}

// citedBy lists what cites the cable, by date.
func (g *gathering) citedBy() {
	if g.links == nil {
		return
	}
	by := g.links.CitedBy
	if len(by) == 0 {
		g.add(field{group: groupCitedBy, note: "no cable of this collection"})
	}
	for i, l := range by {
		if i >= 8 && g.folded(groupCitedBy, i, len(by), "cables") {
			return
		}
		if i == citedMost {
			g.add(field{group: groupCitedBy, note: "and " + count(len(by)-i) + " more: R shows the chain"})
			return
		}
		f := field{group: groupCitedBy, value: l.ID, note: day(l.Entry.Date) + " " + l.Entry.Mark.Code(), id: l.ID, code: l.ID}
		if l.Inferred {
			f.role, f.note = themes.Guess, f.note+" (gives no year)"
		}
		g.add(f)
	}
}

// heldWords says that a reference is not held, where that is known.
func (g *gathering) heldWords(id string) string {
	k, ok := g.pairs[id]
	switch {
	case !ok:
		return ""
	case k.Entry.Key == 0:
		return "(not held)"
	case k.ID != id:
		return "held as " + k.ID
	}
	return ""
}

// absentWords marks a reference of the head that is not held.
func (r *reader) absentWords(w *flowing, id string) {
	if r.absent[id] {
		w.own(themes.Dim, " (not held)")
	}
}
