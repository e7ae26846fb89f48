package library

import (
	"context"
	"errors"
	"sync"
	"time"

	"chancery/model"
	"chancery/model/query"
)

// view is the collection at one moment: it does not change while it is looked
// at, whatever is read meanwhile.
type view struct {
	table
	shards     []*shard
	cols       columns
	live       bitset // all but dead rows
	searchable bitset
	sorted     []uint32 // its first rows by date, if that is known
	total      int
	version    int // of the rows and of what can be searched
	epoch      int
	kept       *kept
	usual      func() float32 // how many words a cable has, found out once
}

// look takes a view. Two in a row of an unchanged collection are the same.
func (l *Library) look() *view {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := &l.held
	h.settle()
	if v := l.seen; v != nil && v.version == l.state.Version && v.epoch == h.epoch {
		return v
	}
	v := &view{
		table: h.table(), shards: h.shards, cols: h.cols, total: len(h.rows) - h.dead, sorted: h.sorted,
		version: l.state.Version, epoch: h.epoch, kept: newKept(),
	}
	v.live = fullBitset(len(v.rows))
	if h.dead > 0 {
		for i := range v.rows {
			if v.rows[i].dead {
				v.live[i>>6] &^= 1 << (i & 63)
			}
		}
	}
	v.searchable = newBitset(len(v.rows))
	copy(v.searchable, h.searchable)
	v.searchable.and(v.live)
	v.usual = sync.OnceValue(v.usualWords)
	l.seen = v
	return v
}

// whole takes a view of which not only the rows are there but all that queries
// ask of them. When an index is opened the rows are shown first: whoever asks
// more of them waits for the rest.
func (l *Library) whole(ctx context.Context) (*view, error) {
	for {
		l.mu.Lock()
		changed, over, opening := l.changed, l.state.Done, l.held.opening
		l.mu.Unlock()
		v := l.look()
		if len(v.cols.by) >= len(v.rows) && !opening {
			return v, ctx.Err()
		}
		if over {
			return nil, errors.New("the index is not whole")
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// steady asks something of a view. When what the view stands on was put away
// meanwhile, another view is asked.
func steady[T any](ctx context.Context, l *Library, ask func(v *view) (T, error)) (T, error) {
	for {
		v, err := l.whole(ctx)
		if err != nil {
			var none T
			return none, err
		}
		out, err := ask(v)
		if err == nil || ctx.Err() != nil || l.stands(v) {
			return out, err
		}
	}
}

// stands says whether a view's shards are still those of the library, or
// nothing is in their place.
func (l *Library) stands(v *view) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.held.shards
	return len(now) == 0 || len(v.shards) > 0 && v.shards[0] == now[0]
}

// order gives the rows of a view in an order. The lock asking is held.
func (l *Library) order(v *view, by model.Order) (*order, error) {
	if by == "" || by == model.ByRelevance {
		by = model.ByDate
	}
	sort, err := sortingBy(by)
	if err != nil {
		return nil, err
	}
	if l.ordered != v.epoch {
		l.orders, l.ordered = map[model.Order]*order{}, v.epoch
	}
	o := l.orders[by]
	if o == nil {
		o = &order{by: sort}
		l.orders[by] = o
		if by == model.ByDate && len(v.sorted) == v.total {
			o.known(&v.table, v.sorted)
		}
	}
	o.update(&v.table)
	return o, nil
}

// all is every row of an order as a list.
func (o *order) all() sequence {
	keys, rank := o.keys, o.rank
	return sequence{
		of: o.of, n: len(keys),
		list:  func(i int) int32 { return keys[i].row },
		place: func(r int32) int { return int(rank[r]) },
	}
}

// List gives a stretch of what answers a query: after a cable or before it,
// found by that cable's key and not by counting, so it stays put while cables
// come in.
func (l *Library) List(ctx context.Context, q *query.Query, ask model.Ask) (model.Page, error) {
	if err := ctx.Err(); err != nil {
		return model.Page{}, err
	}
	if q == nil || q.Root == nil {
		v := l.look()
		l.asking.Lock()
		defer l.asking.Unlock()
		o, err := l.order(v, ask.Order)
		if err != nil {
			return model.Page{}, err
		}
		return o.all().page(ask)
	}
	begun := time.Now()
	return steady(ctx, l, func(v *view) (model.Page, error) {
		a, err := l.answer(ctx, v, q, ask.Order, ask.Reverse)
		if err != nil {
			return model.Page{}, err
		}
		return a.page(ctx, l, ask, begun)
	})
}

// listed makes the list of the rows of a set in an order.
func listed(keys []sortKey, s bitset) []int32 {
	list := make([]int32, 0, s.count())
	for i := range keys {
		if r := keys[i].row; s.has(int(r)) {
			list = append(list, r)
		}
	}
	return list
}
