package library

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"chancery/model/query"
)

// lookChunk is how many cables are looked at in one go.
const lookChunk = 64

// find is what is known of which rows answer a query, whatever order they are
// read in. Where sets of rows do not tell, cables are looked at, each once.
type find struct {
	v     *view
	q     *query.Query
	may   bitset // rows that answer or may; it does not change
	exact bool   // all of them do

	looking turn
	unknown bitset       // rows that may answer and were not looked at
	yes     bitset       // rows that do
	unread  atomic.Int64 // rows that could not be looked at
}

// find gives what is known of the answer to a query, or finds it out.
func (l *Library) find(ctx context.Context, v *view, q *query.Query) (*find, error) {
	return v.kept.finds.get(ctx, query.Print(q.Root), func() (*find, error) {
		m, err := l.ask(ctx, v, q.Root)
		if err != nil {
			return nil, err
		}
		f := &find{v: v, q: q, may: m.set, exact: m.exact(), looking: newTurn(), yes: m.certain()}
		if !f.exact {
			f.unknown = m.set.clone().without(m.sure)
		}
		return f, nil
	})
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
	if err := f.look(ctx, l, todo); err != nil {
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
	todo := make([]int32, 0, lookChunk)
	for {
		if err := f.looking.take(ctx); err != nil {
			return nil, err
		}
		todo = f.unknown.first(todo[:0], lookChunk)
		err := f.look(ctx, l, todo)
		yes := f.yes
		f.looking.give()
		switch {
		case err != nil:
			return nil, err
		case len(todo) == 0: // yes does not change any more
			return yes, nil
		}
	}
}

// look looks at cables that may answer, on all cores. It is the caller's turn.
func (f *find) look(ctx context.Context, l *Library, todo []int32) error {
	if len(todo) == 0 {
		return ctx.Err()
	}
	g, err := l.graph(ctx, f.v)
	if err != nil {
		return err
	}
	yes := make([]bool, len(todo))
	errs := make([]error, len(todo))
	var wait sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	for c := range cores {
		wait.Go(func() {
			for i := c; i < len(todo) && ctx.Err() == nil; i += cores {
				yes[i], errs[i] = f.matches(ctx, l, g, todo[i])
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	if i := slices.IndexFunc(errs, func(err error) bool { return errors.Is(err, errClosed) }); i >= 0 {
		return errs[i]
	}
	for i, r := range todo {
		f.unknown.drop(int(r))
		if errs[i] != nil {
			f.unread.Add(1) // its file is gone, say: the rest of the answer stands
		}
		if yes[i] {
			f.yes.add(int(r))
		}
	}
	return nil
}

// matches reads one cable and asks the query of it.
func (f *find) matches(ctx context.Context, l *Library, g *graph, row int32) (bool, error) {
	if f := l.o.hooks.looked; f != nil {
		f()
	}
	d, err := l.doc(ctx, g, int(row))
	if errors.Is(err, ErrNoCable) { // its file has changed since the view was taken
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return f.q.Match(d), nil
}
