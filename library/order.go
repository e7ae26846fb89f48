package library

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"chancery/model"
)

// order is the list in one order: keys sorted, and the rank of each key. Rows
// that came since are sorted by themselves and merged in, so that a list asked
// for while reading goes on stays fast.
type order struct {
	keys []int32 // places in rows, sorted
	rank []int32 // of each place in rows
}

// List gives a stretch of the list: after a cable or before it, found by that
// cable's key and not by counting, so it stays put while cables come in.
func (m *Memory) List(ctx context.Context, ask model.Ask) (model.Page, error) {
	if err := ctx.Err(); err != nil {
		return model.Page{}, err
	}
	less, err := comparison(ask.Order)
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
		o = &order{}
		m.orders[ask.Order] = o
	}
	o.update(rows, less)
	return o.page(rows, ask)
}

// comparison gives how two rows compare in an order. Ties fall back to date,
// then id, then the order of the input, so that it is always total.
func comparison(by model.Order) (func(a, b *row) int, error) {
	date := func(a, b *row) int {
		return cmp.Or(a.Date.Compare(b.Date), cmp.Compare(a.byID, b.byID), cmp.Compare(a.Key, b.Key))
	}
	switch by {
	case model.ByDate, "":
		return date, nil
	case model.ByMark:
		return func(a, b *row) int {
			return cmp.Or(cmp.Compare(a.Mark.Level, b.Mark.Level), cmp.Compare(len(a.Mark.Controls), len(b.Mark.Controls)), date(a, b))
		}, nil
	case model.ByFrom:
		return func(a, b *row) int { return cmp.Or(cmp.Compare(a.From, b.From), date(a, b)) }, nil
	case model.BySubject:
		return func(a, b *row) int { return cmp.Or(folded(a.Subject, b.Subject), date(a, b)) }, nil
	case model.ByID:
		return func(a, b *row) int { return cmp.Or(cmp.Compare(a.byID, b.byID), date(a, b)) }, nil
	}
	return nil, fmt.Errorf("there is no order %q; there are date, mark, from, subject and id", by)
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
func (o *order) update(rows []row, less func(a, b *row) int) {
	had := len(o.keys)
	if had >= len(rows) {
		return
	}
	fresh := make([]int32, 0, len(rows)-had)
	for i := had; i < len(rows); i++ {
		fresh = append(fresh, int32(i))
	}
	slices.SortFunc(fresh, func(a, b int32) int { return less(&rows[a], &rows[b]) })
	if had == 0 {
		o.keys = fresh
	} else {
		merged := make([]int32, 0, len(rows))
		old := o.keys
		for len(old) > 0 && len(fresh) > 0 {
			if less(&rows[old[0]], &rows[fresh[0]]) <= 0 {
				merged, old = append(merged, old[0]), old[1:]
			} else {
				merged, fresh = append(merged, fresh[0]), fresh[1:]
			}
		}
		o.keys = append(append(merged, old...), fresh...)
	}
	o.rank = slices.Grow(o.rank[:0], len(rows))[:len(rows)]
	for i, k := range o.keys {
		o.rank[k] = int32(i)
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
		return o.keys[i]
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
