package library

import (
	"context"
	"encoding/binary"
	"slices"
	"strconv"
	"sync"

	"chancery/model"
	"chancery/model/query"
)

// Desk is what a collection asks of the reader's own work, which is kept apart
// from it. Its methods may be called from several goroutines.
type Desk interface {
	// Version changes with every change.
	Version() int
	// Of gives the work on a cable: under its id, or else on its bytes.
	Of(h model.Handle) (model.Work, bool)
	// Each gives all works. What it gives is not changed any more, by either.
	Each(f func(w *model.Work))
}

// noDesk is the desk where none is kept: nothing was done.
type noDesk struct{}

func (noDesk) Version() int                           { return 0 }
func (noDesk) Of(model.Handle) (_ model.Work, _ bool) { return }
func (noDesk) Each(func(*model.Work))                 {}

func (l *Library) desk() Desk {
	if l.o.Desk == nil {
		return noDesk{}
	}
	return l.o.Desk
}

// worked is the reader's work on the rows of a view, as it was at one version
// of the desk. It does not change: what is asked of it is exact, and no cable
// is looked into.
type worked struct {
	version string
	list    []*model.Work // the first is that of who has done nothing
	kinds   []uint8       // of each of them: what is: and has: tell apart
	of      []uint32      // of each row, its work
}

// work gives the work on the rows of a view as it is now.
func (l *Library) work(ctx context.Context, v *view) (*worked, error) {
	d := l.desk()
	// The version is asked first: what is done in between then stands under a
	// version that is too old, and is asked for again.
	version := strconv.Itoa(d.Version())
	return v.kept.works.get(ctx, version, func() (*worked, error) {
		h, err := v.handles(ctx)
		if err != nil {
			return nil, err
		}
		return h.worked(d, version), ctx.Err()
	})
}

// tracked is what of the desk the rows were last found for. Somebody who judges
// changes one work after the other, and the rows of all the others are known.
type tracked struct {
	mu   sync.Mutex
	last *worked
	all  map[*model.Work]bool
	keys map[string]*model.Work
}

// worked finds the rows of all works, or of those that changed.
func (h *handles) worked(d Desk, version string) *worked {
	t := &h.tracked
	t.mu.Lock()
	defer t.mu.Unlock()
	var all, fresh []*model.Work
	d.Each(func(w *model.Work) {
		all = append(all, w)
		if !t.all[w] {
			fresh = append(fresh, w)
		}
	})
	if t.last == nil || len(fresh) > fewFresh || !t.replace(fresh, len(all)) {
		t.last = h.whole(d, all)
		t.all, t.keys = make(map[*model.Work]bool, len(all)), make(map[string]*model.Work, len(all))
		for _, w := range all {
			t.all[w], t.keys[w.Key()] = true, w
		}
	} else {
		t.last = h.next(d, t.last, fresh)
	}
	t.last.version = version
	return t.last
}

// fewFresh is up to how many works that changed are looked up one by one.
const fewFresh = 1000

// replace puts the works that changed in the place of what they were. It is
// false when that is not all that changed: a work is gone, or on other bytes.
func (t *tracked) replace(fresh []*model.Work, all int) bool {
	for _, w := range fresh {
		key := w.Key()
		if old := t.keys[key]; old != nil {
			if old.Sum != w.Sum {
				return false
			}
			delete(t.all, old)
		}
		t.all[w], t.keys[key] = true, w
	}
	return len(t.all) == all
}

// whole finds the rows of all works: by their id, else by their bytes.
func (h *handles) whole(d Desk, all []*model.Work) *worked {
	w := &worked{list: []*model.Work{{}}, kinds: []uint8{kindOf(&model.Work{})}, of: make([]uint32, len(h.v.rows))}
	for _, work := range all {
		h.ids(work.ID, func(row int) { w.set(row, work) })
	}
	for _, work := range all { // under another id, or none
		h.sums(work.Sum, func(row int) {
			if w.of[row] == 0 {
				w.set(row, work)
			}
		})
	}
	h.byDesk(d, w)
	return w
}

// next is the rows of a few works that changed, and of all others as they were.
// The lists of both are one: nobody looks behind the end of his own.
func (h *handles) next(d Desk, last *worked, fresh []*model.Work) *worked {
	w := &worked{list: last.list, kinds: last.kinds, of: slices.Clone(last.of)}
	changed := map[string]bool{}
	for _, work := range fresh {
		key := work.Key()
		changed[key] = true
		h.ids(work.ID, func(row int) { w.set(row, work) })
		h.sums(work.Sum, func(row int) {
			if w.of[row] == 0 || w.at(row).Key() == key {
				w.set(row, work)
			}
		})
	}
	for _, row := range h.bare {
		if w.of[row] > 0 && changed[w.at(int(row)).Key()] {
			w.of[row] = 0
		}
	}
	h.byDesk(d, w)
	return w
}

// byDesk asks the desk itself of rows without id: what other bytes had the work
// be about, only it knows.
func (h *handles) byDesk(d Desk, w *worked) {
	for _, row := range h.bare {
		if w.of[row] > 0 {
			continue
		}
		if work, ok := d.Of(model.Handle{Sum: h.v.rows[row].sum.String()}); ok {
			w.set(int(row), &work)
		}
	}
}

// set says whose work a row has. Rows of one work come one after the other.
func (w *worked) set(row int, work *model.Work) {
	if w.list[len(w.list)-1] != work {
		w.list, w.kinds = append(w.list, work), append(w.kinds, kindOf(work))
	}
	w.of[row] = uint32(len(w.list) - 1)
}

// at is the work on a row.
func (w *worked) at(row int) *model.Work { return w.list[w.of[row]] }

// kindOf numbers works by what is: and has: can ask of them.
func kindOf(w *model.Work) uint8 {
	kind := uint8(slices.Index([]model.Judgement{model.Unjudged, model.Relevant, model.Irrelevant, model.Later}, w.Judgement) + 1)
	for _, yes := range [...]bool{w.Star, w.Read, len(w.Labels)+len(w.Passages) > 0, len(w.Notes) > 0, w.Pins > 0} {
		kind <<= 1
		if yes {
			kind |= 1
		}
	}
	return kind
}

// test is what a field asks of the work on a row, but for !=.
func (w *worked) test(f *query.Field) func(row int) bool {
	met := map[string]bool{} // what is known of a label: many works have few
	labelled := func(labels []string) bool {
		return slices.ContainsFunc(labels, func(label string) bool {
			yes, known := met[label]
			if !known {
				yes = f.Holds(label)
				met[label] = yes
			}
			return yes
		})
	}
	known := once(len(w.list), func(n uint32) bool {
		work := w.list[n]
		switch f.Name {
		case "note":
			return slices.ContainsFunc(work.Notes, func(n model.Note) bool { return f.Holds(n.Text) })
		case "label":
			return labelled(work.Labels) || slices.ContainsFunc(work.Passages, func(p model.Passage) bool { return labelled(p.Labels) })
		}
		return false
	})
	if f.Name == "is" || f.Name == "has" { // of many works only few kinds
		first := map[uint8]uint32{}
		for n, kind := range w.kinds {
			if _, met := first[kind]; !met {
				first[kind] = uint32(n)
			}
		}
		var holds [256]bool
		for kind, n := range first {
			is, has := w.list[n].Words()
			holds[kind] = slices.ContainsFunc(map[string][]string{"is": is, "has": has}[f.Name], f.Holds)
		}
		known = func(n uint32) bool { return holds[w.kinds[n]] }
	}
	return func(row int) bool { return known(w.of[row]) }
}

// notesOf are the texts of the notes.
func notesOf(w *model.Work) []string {
	var out []string
	for i := range w.Notes {
		out = append(out, w.Notes[i].Text)
	}
	return out
}

// handles finds the rows of a view by what the desk names them.
type handles struct {
	v       *view
	byID    lookup
	bySum   []uint32 // rows and one, at the number that their sum begins with or behind it
	nextID  []uint32 // of each row the next with its id, and one
	nextSum []uint32 // the same of its sum
	bare    []int32  // rows without id

	tracked tracked
}

func (v *view) handles(ctx context.Context) (*handles, error) {
	return v.kept.handles.get(ctx, "", func() (*handles, error) {
		h := &handles{v: v, nextID: make([]uint32, len(v.rows)), nextSum: make([]uint32, len(v.rows))}
		h.byID.grow(2*len(v.rows)+2, h.id)
		h.bySum = make([]uint32, len(h.byID.slots))
		for i := range v.rows {
			r := &v.rows[i]
			if r.dead {
				continue
			}
			if r.id == "" {
				h.bare = append(h.bare, int32(i))
			} else if first, met := h.byID.find(r.id, h.id); met {
				h.nextID[i], h.nextID[first] = h.nextID[first], uint32(i)+1
			} else {
				h.byID.add(r.id, uint32(i), h.id)
			}
			switch slot := h.slot(r.sum); {
			case r.sum == sum{}:
			case h.bySum[slot] == 0:
				h.bySum[slot] = uint32(i) + 1
			default:
				first := h.bySum[slot] - 1
				h.nextSum[i], h.nextSum[first] = h.nextSum[first], uint32(i)+1
			}
		}
		return h, ctx.Err()
	})
}

func (h *handles) id(row uint32) string { return h.v.rows[row].id }

// slot is where a sum stands, or would. Sums need no hashing.
func (h *handles) slot(s sum) int {
	mask := len(h.bySum) - 1
	for i := int(binary.LittleEndian.Uint32(s[:])) & mask; ; i = (i + 1) & mask {
		if n := h.bySum[i]; n == 0 || h.v.rows[n-1].sum == s {
			return i
		}
	}
}

// ids calls f with the rows that have an id.
func (h *handles) ids(id string, f func(row int)) {
	if id == "" {
		return
	}
	row, ok := h.byID.find(id, h.id)
	for n := row + 1; ok && n > 0; n = h.nextID[n-1] {
		f(int(n - 1))
	}
}

// sums calls f with the rows whose bytes have a sum.
func (h *handles) sums(text string, f func(row int)) {
	s := sumOf(text)
	if s == (sum{}) {
		return
	}
	for n := h.bySum[h.slot(s)]; n > 0; n = h.nextSum[n-1] {
		f(int(n - 1))
	}
}
