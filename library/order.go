package library

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"chancery/model"
)

// order is the list in one order: rows sorted, and the rank of each. Rows that
// came since are sorted by themselves and merged in, so that a list asked for
// while reading goes on stays fast.
type order struct {
	by   sorting
	keys []sortKey // sorted
	rank []int32   // of each row; of no meaning for dead ones
	of   *table    // that was taken in
}

// sortKey is a row and the beginning of what it is sorted by. Most rows are
// told apart by that alone, without looking at the row itself.
type sortKey struct {
	begin uint64
	row   int32
}

// sorting is how an order compares two rows: begin, as a number, never
// contradicts compare.
type sorting struct {
	begin   func(t *table, r *row) uint64
	compare func(t *table, a, b int32) int
}

// sortingBy gives how rows compare in an order. Ties fall back to date, then
// id, then the order of the input, so that it is always total.
func sortingBy(by model.Order) (sorting, error) {
	switch by {
	case model.ByDate, model.ByRelevance, "":
		return sorting{func(_ *table, r *row) uint64 { return moment(r) }, byDate}, nil
	case model.ByMark:
		return sorting{
			func(t *table, r *row) uint64 {
				m := &t.marks[r.mark]
				return uint64(m.Level)<<56 | uint64(min(len(m.Controls), 255))<<48 | moment(r)>>16
			},
			func(t *table, a, b int32) int {
				x, y := &t.marks[t.rows[a].mark], &t.marks[t.rows[b].mark]
				return cmp.Or(cmp.Compare(x.Level, y.Level), cmp.Compare(min(len(x.Controls), 255), min(len(y.Controls), 255)), byDate(t, a, b))
			},
		}, nil
	case model.ByFrom:
		return sorting{
			func(t *table, r *row) uint64 { return letters(t.names[r.from], false) },
			func(t *table, a, b int32) int {
				return cmp.Or(strings.Compare(t.names[t.rows[a].from], t.names[t.rows[b].from]), byDate(t, a, b))
			},
		}, nil
	case model.BySubject:
		return sorting{
			func(_ *table, r *row) uint64 { return letters(r.subject, true) },
			func(t *table, a, b int32) int {
				return cmp.Or(folded(t.rows[a].subject, t.rows[b].subject), byDate(t, a, b))
			},
		}, nil
	case model.ByID:
		return sorting{
			func(_ *table, r *row) uint64 { return beginOfID(r.id) },
			func(t *table, a, b int32) int { return cmp.Or(compareIDs(t.rows[a].id, t.rows[b].id), byDate(t, a, b)) },
		}, nil
	}
	return sorting{}, fmt.Errorf("there is no order %q; there are date, mark, from, subject and id", by)
}

func byDate(t *table, i, j int32) int {
	a, b := &t.rows[i], &t.rows[j]
	return cmp.Or(cmp.Compare(a.date, b.date), compareIDs(a.id, b.id), t.comparePlaces(a, b), cmp.Compare(i, j))
}

// moment is a time as a number that sorts. Times that are not known come first.
func moment(r *row) uint64 { return uint64(r.date) + 1<<63 }

// letters is the first eight bytes of a text as a number that sorts as they
// do, without regard to capitals A to Z if fold says so.
func letters(s string, fold bool) uint64 {
	var n uint64
	for i := range 8 {
		n <<= 8
		if i < len(s) {
			c := s[i]
			if fold && 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			n |= uint64(c)
		}
	}
	return n
}

// folded compares without regard to capitals A to Z.
func folded(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		x, y := a[i], b[i]
		if 'A' <= x && x <= 'Z' {
			x += 'a' - 'A'
		}
		if 'A' <= y && y <= 'Z' {
			y += 'a' - 'A'
		}
		if x != y {
			return cmp.Compare(x, y)
		}
	}
	return cmp.Compare(len(a), len(b))
}

// known takes an order over from where it was written down.
func (o *order) known(t *table, sorted []uint32) {
	o.of, o.keys, o.rank = t, make([]sortKey, len(sorted)), make([]int32, len(t.rows))
	for i, row := range sorted {
		o.keys[i] = sortKey{o.by.begin(t, &t.rows[row]), int32(row)}
		o.rank[row] = int32(i)
	}
}

// update takes in the rows that came since.
func (o *order) update(t *table) {
	rows, known := t.rows, 0
	if o.of != nil {
		known = len(o.of.rows)
	}
	if o.of != nil && known >= len(rows) {
		return
	}
	compare := func(a, b sortKey) int {
		if a.begin != b.begin {
			return cmp.Compare(a.begin, b.begin)
		}
		return o.by.compare(t, a.row, b.row)
	}
	fresh := make([]sortKey, 0, len(rows)-known)
	for i := known; i < len(rows); i++ {
		if !rows[i].dead {
			fresh = append(fresh, sortKey{o.by.begin(t, &rows[i]), int32(i)})
		}
	}
	o.of = t
	slices.SortFunc(fresh, compare)
	if len(o.keys) == 0 {
		o.keys = fresh
	} else {
		merged := make([]sortKey, 0, len(o.keys)+len(fresh))
		old := o.keys
		for len(old) > 0 && len(fresh) > 0 {
			if compare(old[0], fresh[0]) <= 0 {
				merged, old = append(merged, old[0]), old[1:]
			} else {
				merged, fresh = append(merged, fresh[0]), fresh[1:]
			}
		}
		o.keys = append(append(merged, old...), fresh...)
	}
	o.rank = make([]int32, len(rows)) // anew: answers keep the one they were made with
	for i, k := range o.keys {
		o.rank[k.row] = int32(i)
	}
}

// sequence is a list of rows in some order: all of them, or those that answer
// a query.
type sequence struct {
	of   *table
	list func(i int) int32 // the row at a place, read forwards
	n    int
	// place finds a row, or where it would stand
	place func(row int32) int
}

// page cuts the stretch that was asked for. Reversed, the list is read from
// its other end. A cable that is not in the list is a place in it all the same.
func (q sequence) page(ask model.Ask) (model.Page, error) {
	at := func(i int) int32 {
		if ask.Reverse {
			i = q.n - 1 - i
		}
		return q.list(i)
	}
	from, to := 0, q.n
	if ask.From != 0 {
		if ask.From < 1 || int(ask.From) > len(q.of.rows) {
			return model.Page{}, ErrNoCable
		}
		row := int32(ask.From) - 1
		i := q.place(row)
		in := i < q.n && q.list(i) == row
		if ask.Reverse {
			i = q.n - i
			if in {
				i--
			}
		}
		after := i
		if in {
			after++
		}
		switch {
		case ask.Back && ask.Include:
			to = after
		case ask.Back:
			to = i
		case ask.Include:
			from = i
		default:
			from = after
		}
	}
	n := max(0, ask.N)
	if ask.Back {
		from = max(from, to-n)
	} else {
		to = min(to, from+n)
	}
	p := model.Page{Rank: from, Total: q.n, Entries: make([]model.Entry, 0, max(0, to-from))}
	for i := from; i < to; i++ {
		p.Entries = append(p.Entries, q.of.show(int(at(i))))
	}
	return p, nil
}
