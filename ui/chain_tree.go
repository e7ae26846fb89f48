package ui

import (
	"fmt"
	"slices"

	"chancery/model"
	"chancery/model/safe"
)

// chainKind is what a row of a chain shows.
type chainKind int

const (
	rowTitle chainKind = iota // of a part; the cursor passes over it
	rowCable
	rowOther // a reference that is no cable
	rowMore  // stands for the rest
	rowWait  // its cables have been asked for
)

// chainRow is a row of the tree. The side is -1 above the cable of the chain,
// where each row is cited by the one it hangs from, and 1 below it, where each
// cites that one.
type chainRow struct {
	kind      chainKind
	side      int
	depth     int
	path      string // ids from the cable on, with the side before them
	id        string // safe
	from      string // the cable it hangs from, safe
	entry     listRow
	held      bool
	link      model.Link
	last      []bool // for each step: no other row of that step follows
	above     bool   // it stands further up with all that belongs to it
	childless bool   // it is known that nothing hangs from it
	other     model.Reference
	text      string // of a title, or of the rest
	term      string // what asks for the rest
}

// isOpen says whether what hangs from a row is shown.
func (v *chain) isOpen(r chainRow) bool {
	open, said := v.open[r.path]
	if !said {
		return r.depth < v.steps
	}
	return open
}

// flatten lists the rows from what is known and open, and what is to be asked
// for. The cursor stays on its row and the row on its line of the screen.
func (v *chain) flatten() {
	path, kind, height := "", rowTitle, v.cur-v.first
	if v.cur < len(v.rows) {
		path, kind = v.rows[v.cur].path, v.rows[v.cur].kind
	}
	links, ok := v.known[v.id]
	v.rows, v.need = v.rows[:0], nil
	if !ok || v.fresh[v.id] != v.version {
		v.need = append(v.need, v.id)
	}
	if ok {
		v.list(&links)
	}
	v.cur = max(0, slices.IndexFunc(v.rows, func(r chainRow) bool { return r.path == path && r.kind == kind }))
	v.first = v.cur - height
	if ok && !v.placed {
		v.placed = true
		v.begin()
	}
	v.land(1)
	v.redraw()
}

// list lists the rows of the tree.
func (v *chain) list(links *model.Links) {
	seen := map[string]bool{v.id: true}
	missing := 0
	for _, l := range links.Cites {
		if l.Entry.Key == 0 {
			missing++
		}
	}
	title := "cites no cable that can be told"
	if links.Entry.Key == 0 {
		title = "what it cites is not known, as it is not held"
	}
	if n := len(links.Cites); n > 0 {
		title = "cites " + plural(n, "cable")
		if missing > 0 {
			title += fmt.Sprintf(", %s not held", count(missing))
		}
	}
	v.rows = append(v.rows, chainRow{kind: rowTitle, side: -1, path: "<", text: title})
	v.kids(chainRow{side: -1, path: "<", id: safe.Line(v.id)}, v.id, links.Cites, seen)
	e := rowOf(links.Entry)
	v.rows = append(v.rows, chainRow{kind: rowCable, path: "=", id: safe.Line(v.id), entry: e, held: e.key != 0})
	title = "cited by no cable held"
	if n := len(links.CitedBy); n > 0 {
		title = "cited by " + plural(n, "cable") + " held"
	}
	v.rows = append(v.rows, chainRow{kind: rowTitle, side: 1, path: ">", text: title})
	v.kids(chainRow{side: 1, path: ">", id: safe.Line(v.id)}, v.id, links.CitedBy, seen)
	if len(links.Others) > 0 {
		v.rows = append(v.rows, chainRow{kind: rowTitle, side: 2, path: "o", text: "also cited, not by number"})
	}
	for i, o := range links.Others[:min(len(links.Others), chainKids)] {
		v.rows = append(v.rows, chainRow{kind: rowOther, side: 2, path: fmt.Sprint("o ", i), other: o, id: safe.Line(o.Text)})
	}
}

// kids lists what hangs from a row.
func (v *chain) kids(from chainRow, id string, links []model.Link, seen map[string]bool) {
	for i, l := range links {
		last := i == len(links)-1
		r := chainRow{
			kind: rowCable, side: from.side, depth: from.depth + 1, path: from.path + " " + l.ID, id: safe.Line(l.ID), from: from.id, link: l,
			entry: rowOf(l.Entry), held: l.Entry.Key != 0, last: append(slices.Clip(slices.Clone(from.last)), last),
		}
		if i == chainKids && !last {
			r.kind, r.path = rowMore, from.path+" ..."
			r.text, r.term = "... "+count(len(links)-i)+" more", termOf("cites", id)
			if from.side < 0 {
				r.term = termOf("citedby", id)
			}
			r.last[len(r.last)-1] = true
			v.rows = append(v.rows, r)
			return
		}
		v.node(r, l.ID, seen)
	}
}

// node lists a row and, when it is open, what hangs from it.
func (v *chain) node(r chainRow, id string, seen map[string]bool) {
	r.above = seen[id]
	seen[id] = true
	links, known := v.known[id]
	kids := links.Cites
	if r.side > 0 {
		kids = links.CitedBy
	}
	r.childless = known && len(kids) == 0
	v.rows = append(v.rows, r)
	if r.above || !r.held || !v.isOpen(r) || r.depth >= chainDeepest {
		return
	}
	if (!known || v.fresh[id] != v.version) && len(v.known) < chainCables {
		v.need = append(v.need, id)
	}
	if !known {
		wait := r
		wait.kind, wait.path, wait.text, wait.depth = rowWait, r.path+" ...", "reading ...", r.depth+1
		wait.last = append(slices.Clone(r.last), true)
		v.rows = append(v.rows, wait)
		return
	}
	v.kids(r, id, kids, seen)
}

// begin puts the cursor where the chain is to be read from: on its cable, or
// on the first that cites it.
func (v *chain) begin() {
	v.cur = slices.IndexFunc(v.rows, func(r chainRow) bool { return r.side == 0 })
	if v.citing && v.cur+2 < len(v.rows) && v.rows[v.cur+2].side == 1 {
		v.cur += 2
	}
	v.first = v.cur - v.treeH()/2
}

// under is the row under the cursor.
func (v *chain) under() (chainRow, bool) {
	if v.cur < 0 || v.cur >= len(v.rows) {
		return chainRow{}, false
	}
	return v.rows[v.cur], v.rows[v.cur].kind != rowTitle
}

// land moves the cursor off a title, the way it was going or back.
func (v *chain) land(step int) {
	for _, s := range []int{step, -step} {
		for i := v.cur; i >= 0 && i < len(v.rows); i += s {
			if v.rows[i].kind != rowTitle {
				v.cur = i
				v.follow()
				return
			}
		}
	}
}

// put moves the cursor to a row.
func (v *chain) put(i int) bool {
	was := v.cur
	v.cur = max(0, min(i, len(v.rows)-1))
	step := 1
	if v.cur < was {
		step = -1
	}
	v.land(step)
	v.recall()
	return v.cur != was
}

func (v *chain) move(n int) bool { return v.put(v.cur + n) }

func (v *chain) page(halves int) bool { return v.move(halves * max(1, v.treeH()/2)) }

func (v *chain) top() bool { return v.put(0) }

func (v *chain) bottom() bool { return v.put(len(v.rows) - 1) }

// hop goes to the next part: what it cites, the cable, what cites it.
func (v *chain) hop(step int) bool {
	n := len(v.rows)
	if n == 0 {
		return false
	}
	for k := 1; k <= n; k++ {
		i := ((v.cur+k*step)%n + n) % n
		if v.rows[i].side == v.rows[v.cur].side || v.rows[i].kind == rowTitle {
			continue
		}
		for i > 0 && v.rows[i-1].side == v.rows[i].side && v.rows[i-1].kind != rowTitle {
			i--
		}
		return v.put(i)
	}
	return false
}

// follow keeps the cursor in view, with the title above the first row, and
// fills the pane.
func (v *chain) follow() {
	h := v.treeH()
	from := v.cur
	if from > 0 && v.rows[from-1].kind == rowTitle {
		from--
	}
	v.first = max(min(v.first, from), v.cur-h+1)
	v.first = max(0, min(v.first, len(v.rows)-h))
}

func (v *chain) click(x, y int) bool {
	i := v.first + y - v.headLines()
	if y < v.headLines() || y-v.headLines() >= v.treeH() || i >= len(v.rows) || x >= v.treeW() || v.rows[i].kind == rowTitle {
		return false
	}
	return v.put(i)
}

func (v *chain) cursorAt() (x, y int, ok bool) {
	return 0, v.cur - v.first + v.headLines(), len(v.rows) > 0
}

// term is the post of the cable under the cursor, for the glossary.
func (v *chain) term() string {
	r, _ := v.under()
	return r.entry.from
}
