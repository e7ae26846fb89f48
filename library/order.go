package library

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"chancery/model"
	"chancery/model/query"
)

// order is the list in one order: rows sorted, and the rank of each. Rows that
// came since are sorted by themselves and merged in, so that a list asked for
// while reading goes on stays fast.
type order struct {
	by   sorting
	keys []sortKey // sorted
	rank []int32   // of each row
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
	begin   func(r *row) uint64
	compare func(a, b *row) int
}

// List gives a stretch of the list: after a cable or before it, found by that
// cable's key and not by counting, so it stays put while cables come in.
func (m *Memory) List(ctx context.Context, _ *query.Query, ask model.Ask) (model.Page, error) {
	if err := ctx.Err(); err != nil {
		return model.Page{}, err
	}
	by, err := sortingBy(ask.Order)
	if err != nil {
		return model.Page{}, err
	}
	m.sorting.Lock()
	defer m.sorting.Unlock()
	m.mu.Lock()
	rows := m.rows // rows are only added: what this slice sees never changes
	m.mu.Unlock()
	o := m.orders[ask.Order]
	if o == nil {
		o = &order{by: by}
		m.orders[ask.Order] = o
	}
	o.update(rows)
	return o.page(rows, ask)
}

// sortingBy gives how rows compare in an order. Ties fall back to date, then
// id, then the order of the input, so that it is always total.
func sortingBy(by model.Order) (sorting, error) {
	date := func(a, b *row) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.byID, b.byID), cmp.Compare(a.Key, b.Key))
	}
	switch by {
	case model.ByDate, model.ByRelevance, "":
		return sorting{func(r *row) uint64 { return moment(r) }, date}, nil
	case model.ByMark:
		return sorting{
			func(r *row) uint64 {
				return uint64(r.Mark.Level)<<56 | uint64(min(len(r.Mark.Controls), 255))<<48 | moment(r)>>16
			},
			func(a, b *row) int {
				return cmp.Or(cmp.Compare(a.Mark.Level, b.Mark.Level), cmp.Compare(min(len(a.Mark.Controls), 255), min(len(b.Mark.Controls), 255)), date(a, b))
			},
		}, nil
	case model.ByFrom:
		return sorting{
			func(r *row) uint64 { return letters(r.From, false) },
			func(a, b *row) int { return cmp.Or(cmp.Compare(a.From, b.From), date(a, b)) },
		}, nil
	case model.BySubject:
		return sorting{
			func(r *row) uint64 { return letters(r.Subject, true) },
			func(a, b *row) int { return cmp.Or(folded(a.Subject, b.Subject), date(a, b)) },
		}, nil
	case model.ByID:
		return sorting{
			func(r *row) uint64 { return letters(r.byID, false) },
			func(a, b *row) int { return cmp.Or(cmp.Compare(a.byID, b.byID), date(a, b)) },
		}, nil
	}
	return sorting{}, fmt.Errorf("there is no order %q; there are date, mark, from, subject and id", by)
}

// moment is a time as a number that sorts: the seconds since long before
// there were cables. Times that are not known come first.
func moment(r *row) uint64 { return uint64(r.Date.Unix()) + 1<<63 }

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

// update takes in the rows that came since.
func (o *order) update(rows []row) {
	had := len(o.keys)
	if had >= len(rows) {
		return
	}
	compare := func(a, b sortKey) int {
		if a.begin != b.begin {
			return cmp.Compare(a.begin, b.begin)
		}
		return o.by.compare(&rows[a.row], &rows[b.row])
	}
	fresh := make([]sortKey, 0, len(rows)-had)
	for i := had; i < len(rows); i++ {
		fresh = append(fresh, sortKey{o.by.begin(&rows[i]), int32(i)})
	}
	slices.SortFunc(fresh, compare)
	if had == 0 {
		o.keys = fresh
	} else {
		merged := make([]sortKey, 0, len(rows))
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
	o.rank = slices.Grow(o.rank[:0], len(rows))[:len(rows)]
	for i, k := range o.keys {
		o.rank[k.row] = int32(i)
	}
}

// page cuts the stretch that was asked for. Reversed, the list is read from
// its other end.
func (o *order) page(rows []row, ask model.Ask) (model.Page, error) {
	total := len(o.keys)
	at := func(i int) int32 { // the place in rows of the i-th of the list
		if ask.Reverse {
			i = total - 1 - i
		}
		return o.keys[i].row
	}
	from, to := 0, total
	if ask.From != 0 {
		if ask.From < 1 || int(ask.From) > total {
			return model.Page{}, ErrNoCable
		}
		i := int(o.rank[ask.From-1])
		if ask.Reverse {
			i = total - 1 - i
		}
		switch {
		case ask.Back && ask.Include:
			to = i + 1
		case ask.Back:
			to = i
		case ask.Include:
			from = i
		default:
			from = i + 1
		}
	}
	n := max(0, ask.N)
	if ask.Back {
		from = max(from, to-n)
	} else {
		to = min(to, from+n)
	}
	p := model.Page{Rank: from, Total: total, Entries: make([]model.Entry, 0, max(0, to-from))}
	for i := from; i < to; i++ {
		p.Entries = append(p.Entries, rows[at(i)].Entry)
	}
	return p, nil
}
