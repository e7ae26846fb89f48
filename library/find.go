package library

import (
	"context"
	"sync/atomic"

	"chancery/model/query"
)

// lookChunk is how many cables are looked at in one go.
const lookChunk = 32

// find is what is known of which rows answer a query, whatever order they are
// read in. Where sets of rows do not tell, cables are looked at, each once.
type find struct {
	*sight
	q     *query.Query
	may   bitset // rows that answer or may; it does not change
	exact bool   // all of them do
	base  *find  // what this one narrows; nil when it stands alone
	best  recent[*ranking]
}

// sight is what was seen of the cables that had to be looked at.
type sight struct {
	v    *view
	rest query.Query // what is left to be asked of a cable that may answer
	work *worked     // of which it may ask

	looking turn
	looks   int          // how often cables were looked at
	unknown bitset       // rows that may answer and were not looked at
	yes     bitset       // rows that do
	unread  atomic.Int64 // rows that could not be looked at
}

// find gives what is known of the answer to a query, or finds it out. What it
// asks of the desk is asked of it as it is now.
func (l *Library) find(ctx context.Context, v *view, q *query.Query) (*find, error) {
	var work *worked
	if query.AsksDesk(q.Root) {
		var err error
		if work, err = l.work(ctx, v); err != nil {
			return nil, err
		}
	}
	return v.kept.finds.get(ctx, keyOf(q.Root, work, ""), func() (*find, error) {
		if work != nil {
			if f, err := l.narrowed(ctx, v, q, work); f != nil || err != nil {
				return f, err
			}
		}
		m, err := l.ask(ctx, v, q.Root, work)
		if err != nil {
			return nil, err
		}
		f := &find{q: q, may: m.set, exact: m.exact(), sight: &sight{v: v, work: work, looking: newTurn(), yes: m.certain()}}
		if !f.exact {
			f.unknown = m.set.clone().without(m.sure)
			f.rest.Root = doubtful(q.Root)
		}
		return f, nil
	})
}

// narrowed finds what a query asks of the cables, which stays found while the
// reader judges one after the other, and narrows it by what it asks of the desk.
// It gives nil where the one cannot be told from the other.
func (l *Library) narrowed(ctx context.Context, v *view, q *query.Query, work *worked) (*find, error) {
	and, ok := q.Root.(*query.And)
	if !ok {
		return nil, nil
	}
	mine, rest := &query.And{}, &query.And{}
	for _, k := range and.Kids {
		if query.AsksDesk(k) {
			mine.Kids = append(mine.Kids, k)
		} else {
			rest.Kids = append(rest.Kids, k)
		}
	}
	if len(rest.Kids) == 0 {
		return nil, nil
	}
	m, err := l.ask(ctx, v, mine, work)
	if err != nil || !m.exact() {
		return nil, err
	}
	base, err := l.find(ctx, v, &query.Query{Root: rest})
	if err != nil {
		return nil, err
	}
	return &find{sight: base.sight, q: q, may: m.set.and(base.may), exact: base.exact, base: base}, nil
}

// tell goes through rows that may answer up to where a chunk of them must be
// looked at, looks at these, and gives those that answer; n is how many rows it
// went through.
func (f *find) tell(ctx context.Context, l *Library, rows []int32, found func(row int32)) (n int, err error) {
	if err := f.looking.take(ctx); err != nil {
		return 0, err
	}
	defer f.looking.give()
	todo := make([]int32, 0, lookChunk)
	for n < len(rows) && len(todo) < lookChunk {
		if f.unknown.has(int(rows[n])) {
			todo = append(todo, rows[n])
		}
		n++
	}
	// the first page comes sooner when only what it needs is looked at
	if err := f.look(ctx, l, todo, f.looks > 0); err != nil {
		return 0, err
	}
	for _, r := range rows[:n] {
		if f.yes.has(int(r)) {
			found(r)
		}
	}
	return n, nil
}

// all looks at everything that may answer, and gives the rows that do. The set
// is not the caller's.
func (f *find) all(ctx context.Context, l *Library) (bitset, error) {
	if f.exact {
		return f.may, nil
	}
	todo := make([]int32, 0, 8*lookChunk)
	for {
		if err := f.looking.take(ctx); err != nil {
			return nil, err
		}
		todo = f.unknown.first(f.may, todo[:0], cap(todo))
		err := f.look(ctx, l, todo, true)
		yes := f.yes
		if f.base != nil && len(todo) == 0 {
			yes = yes.clone().and(f.may)
		}
		f.looking.give()
		switch {
		case err != nil:
			return nil, err
		case len(todo) == 0: // yes does not change any more
			return yes, nil
		}
	}
}

// doubtful leaves out of an AND what the sets of rows told already.
func doubtful(n query.Node) query.Node {
	and, ok := n.(*query.And)
	if !ok {
		return n
	}
	rest := &query.And{}
	for _, k := range and.Kids {
		if !told(k) {
			rest.Kids = append(rest.Kids, k)
		}
	}
	return rest
}

// told says of a part of a query that the sets of rows tell it.
func told(n query.Node) bool {
	switch n := n.(type) {
	case *query.Term:
		_, ok := runOf(n.Words, inBoth, n.Near)
		return ok
	case *query.Field:
		var c columns
		return c.column(n.Name) != nil || n.Name == "class" || n.Name == "date" || n.Name == "mark" || query.AsksDesk(n)
	}
	return false
}
