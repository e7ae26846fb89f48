package desk

import (
	"slices"

	"chancery/model"
)

// undoSteps is how many steps can be undone.
const undoSteps = 1000

// entry is the work on one cable. One that is in the state is never changed,
// only replaced, so that it can be handed out without being copied.
type entry struct {
	model.Work
	sums []string // of all its copies that were met
}

// state is what the lines of a journal amount to.
type state struct {
	works  map[string]*entry // by key; only those that are not empty
	sums   map[string]string // whose copy it is: each sum of an entry to its key
	briefs []model.Brief     // never changed, only replaced
	pins   int               // the highest number that was given to a pin
	step   int               // of the last line
	reader string            // who wrote it
	undo   []*step           // the last is undone first
	redo   []*step           // the last is done again first
	kept   [][]byte          // lines from before the first step that had unknown fields
	failed []int             // numbers of lines that made no sense where they stood
}

// step is an act that can be undone or done again.
type step struct {
	line
	back draft // what it did
}

// put is the change of one entry; nil is one that is empty.
type put struct {
	key      string
	old, now *entry
}

// draft is a change of the state that has not been made.
type draft struct {
	st        *state
	puts      []put
	at        map[string]int    // places in puts, once there are many
	sums      map[string]string // those that change
	briefs    []model.Brief
	oldBriefs []model.Brief
	briefed   bool // briefs change
	pins      int
	changed   bool // the act does something at all
}

func newState() *state {
	return &state{works: map[string]*entry{}, sums: map[string]string{}}
}

func (s *state) draft() *draft {
	return &draft{st: s, briefs: s.briefs, oldBriefs: s.briefs, pins: s.pins}
}

// place gives the place of a key among the puts; -1 if it is not there.
func (d *draft) place(key string) int {
	if d.at == nil {
		return slices.IndexFunc(d.puts, func(p put) bool { return p.key == key })
	}
	if i, ok := d.at[key]; ok {
		return i
	}
	return -1
}

// add adds a put.
func (d *draft) add(p put) {
	const many = 8
	if len(d.puts) == many && d.at == nil {
		d.at = map[string]int{}
		for i, p := range d.puts {
			d.at[p.key] = i
		}
	}
	if d.at != nil {
		d.at[p.key] = len(d.puts)
	}
	d.puts = append(d.puts, p)
}

// get gives the entry of a key as it will be; nil if there is none.
func (d *draft) get(key string) *entry {
	if i := d.place(key); i >= 0 {
		return d.puts[i].now
	}
	return d.st.works[key]
}

// set changes an entry, or takes it away if there is nothing left in it.
func (d *draft) set(key string, e *entry) {
	old := d.get(key)
	if e != nil && e.Empty() {
		e = nil
	}
	if old != nil {
		for _, sum := range old.sums {
			if d.home(sum) == key {
				d.lead(sum, "")
			}
		}
	}
	if e != nil {
		e = d.own(key, e)
	}
	if i := d.place(key); i >= 0 {
		d.puts[i].now = e
		return
	}
	d.add(put{key, old, e})
}

// lead says to which key a sum leads; "" if to none.
func (d *draft) lead(sum, key string) {
	if d.home(sum) == key {
		return
	}
	if d.sums == nil {
		d.sums = map[string]string{}
	}
	d.sums[sum] = key
}

// own sees to it that each sum is that of one entry. One that has no other
// name is joined to the one that has.
func (d *draft) own(key string, e *entry) *entry {
	for _, sum := range e.sums {
		other := d.home(sum)
		d.lead(sum, key)
		if other == "" || other == key {
			continue
		}
		from := d.get(other)
		if from.ID == "" && e.ID != "" {
			both := join(*e, *from)
			e = &both
			d.set(other, nil)
			d.rename(from.Handle, model.Handle{ID: e.ID, Sum: from.Sum})
		} else {
			d.set(other, from.without(sum))
		}
		d.lead(sum, key)
	}
	return e
}

// home says under which key there is work on the bytes of a sum.
func (d *draft) home(sum string) string {
	if key, ok := d.sums[sum]; ok {
		return key
	}
	return d.st.sums[sum]
}

// setBriefs replaces the briefs.
func (d *draft) setBriefs(briefs []model.Brief) {
	d.briefs, d.briefed = briefs, true
}

// find gives what work there is on a cable: under its id, or else under any
// name that the same bytes had.
func (d *draft) find(h model.Handle) entry {
	if h.ID != "" {
		if e := d.get(h.ID); e != nil {
			return *e
		}
	}
	if h.Sum != "" {
		if e := d.get(d.home(h.Sum)); e != nil {
			return *e
		}
	}
	return entry{Work: model.Work{Handle: h}}
}

// claim gives the entry that an act on a cable changes, and its key. Work that
// was done on the same bytes under another name comes along: from a cable
// without id it moves, since that is this one; from another id it is copied,
// since other copies of that cable may be about.
func (d *draft) claim(h model.Handle) (string, entry) {
	other := ""
	if h.Sum != "" {
		other = d.home(h.Sum)
	}
	if h.ID == "" && other != "" {
		return other, *d.get(other)
	}
	key := h.Key()
	e := entry{Work: model.Work{Handle: h}}
	own := d.get(key)
	if own != nil {
		e = *own
	}
	if other != "" && other != key {
		if from := *d.get(other); from.ID == "" {
			e = join(e, from)
			d.set(other, nil)
			d.rename(model.Handle{Sum: from.Sum}, model.Handle{ID: h.ID, Sum: from.Sum})
		} else {
			if own == nil {
				e = from
				e.Handle, e.Pins = h, 0
			}
			d.set(other, from.without(h.Sum))
			e.sums = nil
			if own != nil {
				e.sums = own.sums
			}
		}
	}
	if h.Sum != "" && !slices.Contains(e.sums, h.Sum) {
		e.sums = append(slices.Clone(e.sums), h.Sum)
	}
	if e.Sum == "" {
		e.Sum = h.Sum
	}
	return key, e
}

// without gives the entry less one of its sums.
func (e *entry) without(sum string) *entry {
	less := *e
	less.sums = slices.DeleteFunc(slices.Clone(e.sums), func(s string) bool { return s == sum })
	if less.Sum == sum {
		less.Sum = ""
		if len(less.sums) > 0 {
			less.Sum = less.sums[0]
		}
	}
	return &less
}

// commit makes the change.
func (s *state) commit(d *draft) {
	for sum, key := range d.sums {
		if key == "" {
			delete(s.sums, sum)
		} else {
			s.sums[sum] = key
		}
	}
	for _, p := range d.puts {
		if p.now == nil {
			delete(s.works, p.key)
		} else {
			s.works[p.key] = p.now
		}
	}
	if d.briefed {
		s.briefs = d.briefs
	}
	s.pins = max(s.pins, d.pins)
	d.st, d.at, d.sums = nil, nil, nil // kept for undo, which does not need them
}

// push adds a step to those that can be undone.
func (s *state) push(st *step) {
	if len(s.undo) >= undoSteps {
		n := len(s.undo) - undoSteps + 1
		for _, old := range s.undo[:n] {
			s.keep(old.line)
		}
		clear(s.undo[:n])
		s.undo = s.undo[n:]
	}
	s.undo = append(s.undo, st)
}

// back undoes the last step and gives what changed.
func (s *state) back() *draft {
	last := s.undo[len(s.undo)-1]
	s.undo = s.undo[:len(s.undo)-1]
	d := s.draft()
	d.takeBack(last.back.puts)
	if last.back.briefed {
		d.setBriefs(last.back.oldBriefs)
	}
	puts, briefed := d.puts, d.briefed
	s.commit(d)
	s.redo = append(s.redo, &step{line: last.line})
	return &draft{puts: puts, briefed: briefed}
}

// takeBack undoes the changes of a step. A name that the step was the first to
// give to some bytes goes with it; that it was read since passes to the name
// that they had.
func (d *draft) takeBack(puts []put) {
	back := make([]*entry, len(puts))
	for i, p := range puts {
		back[i] = restored(p, d.get(p.key))
	}
	for i, p := range puts {
		if p.old != nil || back[i] == nil {
			continue
		}
		heir := slices.IndexFunc(puts, func(q put) bool {
			return q.old != nil && slices.ContainsFunc(q.old.sums, func(sum string) bool { return slices.Contains(back[i].sums, sum) })
		})
		if heir >= 0 {
			e := *back[heir]
			e.Read, e.Place = back[i].Read, back[i].Place
			back[heir], back[i] = &e, nil
		}
	}
	for _, p := range puts {
		d.set(p.key, nil)
	}
	for i, p := range slices.Backward(puts) {
		d.set(p.key, back[i])
	}
}

// restored gives the entry as it was before a step, but for what was read:
// that is no part of any step and stays if it has changed since.
func restored(p put, current *entry) *entry {
	var old, now, is entry
	for _, x := range []struct {
		from *entry
		to   *entry
	}{{p.old, &old}, {p.now, &now}, {current, &is}} {
		if x.from != nil {
			*x.to = *x.from
		}
	}
	if is.Read == now.Read && samePlace(is.Place, now.Place) {
		return p.old
	}
	if p.old == nil {
		old.Handle, old.sums = is.Handle, is.sums
	}
	old.Read, old.Place = is.Read, is.Place
	return &old
}

func samePlace(a, b *model.Spot) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// again does the step that was undone last once more. It gives false if the
// step makes no sense now, which can only be in a damaged journal.
func (s *state) again() (*draft, bool) {
	last := s.redo[len(s.redo)-1]
	s.redo = s.redo[:len(s.redo)-1]
	d, err := s.plan(&last.record)
	if err != nil {
		s.keep(last.line)
		return &draft{}, false
	}
	s.commit(d)
	s.push(&step{last.line, *d})
	return d, true
}
