package ui

import (
	"context"
	"errors"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/safe"
)

// How many steps a chain is followed from its cable, how many references of
// one cable it shows, of how many cables it asks at once, and how many it may
// know in all.
const (
	chainDeepest = 12
	chainKids    = 100
	chainAtOnce  = 20
	chainCables  = 1000
)

// chain is where a cable stands among the references: above it what it cites,
// below it what cites it, each opened step by step.
//
//	A 06ANKARA9655      what it cites; opened, what that cites in turn
//	B 07STATE99120      (not held)
//	* 07ASTANA9911      the cable
//	  07ANKARA9940      what cites it; opened, what cites that in turn
type chain struct {
	st     *styles
	id     string // of the cable in the middle
	citing bool   // it was opened for what cites the cable
	w, h   int

	gen     int
	cancel  context.CancelFunc
	asked   bool
	version int // of the collection when it was last asked
	failed  bool

	known map[string]model.Links
	fresh map[string]int // for which version of the collection each is known
	steps int            // that are open from the start
	open  map[string]bool
	need  []string // cables that are open and not known
	rows  []chainRow
	cur   int
	first int

	drawn  []string // rows without the cursor
	placed bool     // the cursor has been put where the chain is to be read from
	side   chainSide
}

// linksMsg brings the references of some cables.
type linksMsg struct {
	gen   int
	links []model.Links
	err   error
}

// newChain makes the chain of a cable.
func newChain(st *styles, id string) *chain {
	return &chain{st: st, id: id, steps: 1, known: map[string]model.Links{}, fresh: map[string]int{}, open: map[string]bool{}}
}

// chainID is the cable whose chain is meant where the cursor is: of a row of a
// view, the cable being read, or that under the list's cursor.
func (a *App) chainID() string {
	switch v := a.uppermost().(type) {
	case *chain:
		if r, ok := v.under(); ok && r.kind == rowCable {
			return r.id
		}
		return ""
	case *overview:
		if b, t, ok := v.under(); ok && b.cited {
			return strings.TrimSuffix(t.value, "?")
		}
	}
	if c := a.reader.cable(); c != nil && a.open.focus != listPane {
		return c.ID
	}
	row, _ := a.list.current()
	return row.id
}

func needChain(a *App) string {
	if _, ok := a.uppermost().(*chain); ok || a.chainID() != "" {
		return ""
	}
	if why := needRow(a); why != "" {
		return why
	}
	return "this cable has no id that others could cite"
}

// showChain opens the chain of the cable under the cursor, so many steps far;
// in a chain, on its own cable, it goes back.
func (a *App) showChain(c call) tea.Cmd {
	id := a.chainID()
	if v, ok := a.uppermost().(*chain); ok && (id == v.id || id == "") && c.arg == "" {
		a.lower()
		return nil
	} else if ok && id == "" {
		id = v.id
	}
	v := newChain(a.list.st, id)
	if c.arg != "" {
		n, err := strconv.Atoi(c.arg)
		if err != nil || n < 1 || n > chainDeepest {
			a.say("chain takes how many steps to open, 1 to " + strconv.Itoa(chainDeepest))
			return nil
		}
		v.steps = n
	}
	a.raise(v)
	return nil
}

// showCitedBy opens the chain of a cable at what cites it.
func (a *App) showCitedBy(c call) tea.Cmd {
	id := a.chainID()
	if c.arg != "" {
		var ok bool
		if id, ok = model.CanonicalID(c.arg); !ok {
			a.say("that is no cable id; write year, post and number: 07ASTANA9911")
			return nil
		}
	}
	if id == "" {
		a.say("cited-by needs an id, such as cited-by 07ASTANA9911")
		return nil
	}
	v := newChain(a.list.st, id)
	v.citing = true
	a.raise(v)
	return nil
}

// ownID offers the cable under the cursor as an argument.
func ownID(a *App) []string {
	if id := a.chainID(); id != "" {
		return []string{id}
	}
	return nil
}

func (v *chain) scope() scope { return inChain }

// due says that some cable is to be asked for: the one in the middle, those
// opened, and all again when the collection has grown.
func (v *chain) due(a *App) bool {
	if v.cancel != nil || v.failed && v.version == a.collected {
		return false
	}
	return !v.asked || len(v.need) > 0 || v.version != a.collected && !a.recounting
}

func (v *chain) ask(a *App) tea.Cmd {
	v.end()
	if v.version != a.collected {
		v.version, v.need = a.collected, nil
		v.flatten()
	}
	if !v.asked {
		v.version, v.need = a.collected, []string{v.id}
	}
	ids := v.need[:min(len(v.need), chainAtOnce)]
	if len(ids) == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(a.ctx)
	v.gen, v.cancel, v.asked, v.failed = a.next(), cancel, true, false
	gen, lib := v.gen, a.o.Library
	return func() tea.Msg {
		m := linksMsg{gen: gen}
		for _, id := range ids {
			l, err := lib.Links(ctx, id)
			if m.err = err; err != nil {
				break
			}
			l.ID = id
			m.links = append(m.links, l)
		}
		return m
	}
}

func (v *chain) waiting() bool { return !v.placed && !v.failed }

func (v *chain) end() {
	if v.cancel != nil {
		v.cancel()
		v.cancel = nil
	}
}

func (v *chain) take(a *App, msg tea.Msg) tea.Cmd {
	m, ok := msg.(linksMsg)
	if !ok || m.gen != v.gen {
		return nil
	}
	v.end()
	if m.err != nil && !errors.Is(m.err, context.Canceled) {
		v.failed, a.held = true, nil
		a.fail(m.err)
	}
	for _, l := range m.links {
		v.known[l.ID], v.fresh[l.ID] = l, v.version
	}
	v.flatten()
	return nil
}

// readLink reads the cable of the row under the cursor.
func (a *App) readLink(call) tea.Cmd {
	v, ok := a.uppermost().(*chain)
	if !ok {
		return nil
	}
	r, ok := v.under()
	switch {
	case !ok:
		a.say("there is nothing to read yet")
	case r.kind == rowOther:
		a.say(safe.Line(r.other.Text) + " is " + referenceWords(r.other.Kind))
	case r.kind == rowMore:
		a.lowerAll()
		a.focus(listPane)
		return a.setQuery(r.term)
	case !r.held:
		a.say(r.id + " is not in this collection; where it would be found is not known")
	default:
		a.lowerAll()
		a.focus(readerPane)
		cmd := a.visit(bookmark{key: r.entry.key})
		if len(a.past) > 0 {
			a.say(r.id + "   H goes back to where you were   R shows its chain")
		}
		return cmd
	}
	return nil
}

// expand opens the row under the cursor a step further, or folds it.
func (a *App) expand(call) tea.Cmd {
	if v, ok := a.uppermost().(*chain); ok {
		v.toggle(a)
	}
	return nil
}

// toggle opens or folds the row under the cursor.
func (v *chain) toggle(a *App) {
	r, ok := v.under()
	if !ok || !v.opens(a, r) {
		return
	}
	v.set(r.path, !v.isOpen(r))
}

// opens says whether a row can be opened, and the reader why not.
func (v *chain) opens(a *App, r chainRow) bool {
	switch {
	case r.kind != rowCable:
		a.say("there is nothing to open here")
	case r.side == 0:
		a.say("this is the cable of the chain: what it cites is above, what cites it below")
	case r.above:
		a.say(r.id + " stands above with what belongs to it")
	case !r.held:
		a.say(r.id + " is not in this collection: what it cites is not known")
	case r.depth >= chainDeepest:
		a.say("a chain is shown " + strconv.Itoa(chainDeepest) + " steps far   R begins anew from here")
	case len(v.known) >= chainCables:
		a.say("a chain shows the references of " + count(chainCables) + " cables at most   R begins anew from here")
	case r.childless:
		a.say(r.id + " " + [...]string{"cites no cable", "", "is cited by no cable held"}[r.side+1])
	default:
		return true
	}
	return false
}

// set opens or folds what a path leads to.
func (v *chain) set(path string, open bool) {
	v.open[path] = open
	v.flatten()
}

// sideways opens what can be opened, or goes on into it; to the left it folds,
// or goes back to the row that led here.
func (v *chain) sideways(a *App, step int) tea.Cmd {
	r, ok := v.under()
	switch {
	case !ok:
	case step > 0 && r.kind == rowCable && v.isOpen(r) && !r.childless && !r.above && r.side != 0:
		v.move(1)
	case step > 0:
		v.toggle(a)
	case r.kind == rowCable && r.side != 0 && v.isOpen(r) && !r.above && r.held && !r.childless:
		v.set(r.path, false)
	default:
		v.parent(r)
	}
	return nil
}

// parent goes to the row that a row hangs from; from the first step to the
// cable in the middle.
func (v *chain) parent(r chainRow) {
	up := r.path[:max(0, strings.LastIndexByte(r.path, ' '))]
	for i := range v.rows {
		if v.rows[i].path == up && v.rows[i].kind == rowCable || r.depth <= 1 && v.rows[i].side == 0 && v.rows[i].kind == rowCable {
			v.put(i)
			return
		}
	}
}
