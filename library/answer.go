package library

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"chancery/model"
	"chancery/model/query"
)

// answersKept is how many answers are kept, so that paging through one, and
// going back to the one before, asks nothing again.
const answersKept = 8

// An answer that is not exact is made exact while it is read: so many cables
// are looked at before a page is given though more may answer.
const (
	lookChunk = 64
	lookTime  = 15 * time.Millisecond
)

// answer is the list that answers a query, in one order.
type answer struct {
	text    string // of the query, as it was understood
	order   model.Order
	reverse bool
	v       *view
	q       *query.Query
	rank    []int32 // of each row, in the direction that is read

	mu   sync.Mutex
	list []int32 // rows that answer, in order
	maybe
}

// maybe is what must still be looked at.
type maybe struct {
	rows   []int32 // in order
	at     int     // those before were looked at
	unread int     // of these, how many could not be
}

// answer gives the answer to a query, made or found again.
func (l *Library) answer(ctx context.Context, v *view, q *query.Query, by model.Order, reverse bool) (*answer, error) {
	text := query.Print(q.Root)
	l.asking.Lock()
	for i, a := range l.answers {
		if a.v == v && a.text == text && a.order == by && a.reverse == reverse {
			l.answers = append(append(l.answers[:i:i], l.answers[i+1:]...), a)
			l.asking.Unlock()
			return a, nil
		}
	}
	l.asking.Unlock()
	m, err := l.ask(ctx, v, q.Root)
	if err != nil {
		return nil, err
	}
	a := &answer{text: text, order: by, reverse: reverse, v: v, q: q}
	l.asking.Lock()
	o, err := l.order(v, by)
	if err != nil {
		l.asking.Unlock()
		return nil, err
	}
	list, last := listed(o, m.set), int32(len(o.keys))-1
	a.rank = o.rank // made anew when rows come, never changed
	l.asking.Unlock()
	if reverse {
		slices.Reverse(list)
		a.rank = slices.Clone(a.rank)
		for i := range a.rank {
			a.rank[i] = last - a.rank[i]
		}
	}
	if m.exact {
		a.list = list
	} else {
		a.rows = list
	}
	if by == model.ByRelevance {
		if err := a.byRelevance(ctx, l); err != nil {
			return nil, err
		}
	}
	l.asking.Lock()
	defer l.asking.Unlock()
	// answers of an earlier view are of no more use, and hold its rows
	l.answers = slices.DeleteFunc(l.answers, func(old *answer) bool { return old.v != v })
	l.answers = append(l.answers, a)
	if n := len(l.answers); n > answersKept {
		l.answers = slices.Clone(l.answers[n-answersKept:])
	}
	return a, nil
}

// page cuts a stretch of the answer. Of an answer that is not exact as much is
// looked at as the stretch needs.
func (a *answer) page(ctx context.Context, l *Library, ask model.Ask) (model.Page, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	begun := time.Now()
	ask.Reverse = false // the list stands as it is read
	var p model.Page
	var err error
	for {
		p, err = hits(&a.v.table, a.list, a.rank).page(ask)
		if err != nil || a.at == len(a.rows) {
			break
		}
		enough := !ask.Back && len(p.Entries) >= ask.N || ask.Back && ask.From != 0 && a.at < len(a.rows) && a.rank[a.rows[a.at]] > a.rank[ask.From-1]
		if enough && time.Since(begun) > lookTime {
			break
		}
		if err = a.look(ctx, l, lookChunk); err != nil {
			break
		}
	}
	p.Counting = a.at < len(a.rows)
	p.Searched, p.Unread = a.v.searchable.count(), a.unread
	return p, err
}

// look looks at the next cables that may answer, on all cores. The lock is held.
func (a *answer) look(ctx context.Context, l *Library, n int) error {
	g, err := l.graph(ctx, a.v)
	if err != nil {
		return err
	}
	todo := a.rows[a.at:min(a.at+n, len(a.rows))]
	yes := make([]bool, len(todo))
	errs := make([]error, len(todo))
	var wait sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	for c := range cores {
		wait.Go(func() {
			for i := c; i < len(todo) && ctx.Err() == nil; i += cores {
				yes[i], errs[i] = a.matches(ctx, l, g, todo[i])
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, err := range errs {
		if errors.Is(err, errClosed) {
			return err
		}
	}
	for i, r := range todo {
		if errs[i] != nil {
			a.unread++ // its file is gone, say: the rest of the answer stands
		}
		if yes[i] {
			a.list = append(a.list, r)
		}
	}
	a.at += len(todo)
	return nil
}

// matches reads one cable and asks the query of it.
func (a *answer) matches(ctx context.Context, l *Library, g *graph, row int32) (bool, error) {
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
	return a.q.Match(d), nil
}

// all looks at everything that may answer, and gives the rows that do.
func (a *answer) all(ctx context.Context, l *Library) (bitset, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.at < len(a.rows) {
		if err := a.look(ctx, l, lookChunk); err != nil {
			return nil, err
		}
	}
	s := newBitset(len(a.v.rows))
	for _, r := range a.list {
		s.add(int(r))
	}
	return s, nil
}

// byRelevance sorts an answer by how well it fits the words of its query; what
// has none of them stands behind, by date.
func (a *answer) byRelevance(ctx context.Context, l *Library) error {
	if _, err := a.all(ctx, l); err != nil {
		return err
	}
	scores := make([]float32, len(a.v.rows))
	if expr := wanted(a.q.Root); expr != "" {
		var sum sync.Mutex
		err := eachShard(a.v.shards, func(s *shard) error {
			return s.rank(ctx, expr, func(key int, score float64) {
				if key <= len(scores) {
					sum.Lock()
					scores[key-1] = float32(score)
					sum.Unlock()
				}
			})
		})
		if err != nil {
			return l.spoilt(err)
		}
	}
	slices.SortStableFunc(a.list, func(x, y int32) int { return cmp.Compare(scores[x], scores[y]) })
	if a.reverse {
		slices.Reverse(a.list)
	}
	a.rank = make([]int32, len(a.v.rows))
	for i := range a.rank {
		a.rank[i] = int32(len(a.list)) // what does not answer stands at the end
	}
	for i, r := range a.list {
		a.rank[r] = int32(i)
	}
	return nil
}

// wanted writes the words that a query asks for, wherever they stand in it but
// under a NOT.
func wanted(n query.Node) string {
	var exprs []string
	var walk func(n query.Node)
	walk = func(n query.Node) {
		switch n := n.(type) {
		case *query.And:
			for _, k := range n.Kids {
				walk(k)
			}
		case *query.Or:
			for _, k := range n.Kids {
				walk(k)
			}
		case *query.Para:
			walk(n.Kid)
		case *query.Term:
			for _, w := range n.Words {
				if w.Fuzzy || n.Near == 0 && w.Exact == "" {
					continue
				}
				if expr, ok := phrase([]query.Word{{Text: w.Text}}, inBoth, 0); ok {
					exprs = append(exprs, expr)
				}
			}
			if expr, ok := phrase(n.Words, inBoth, n.Near); ok {
				exprs = append(exprs, expr)
			}
		case *query.Field:
			for _, v := range n.Values {
				if n.Op == query.Is && (n.Name == "subject" || n.Name == "body") && v.Re == nil {
					if expr, ok := phrase(v.Words, inBoth, 0); ok {
						exprs = append(exprs, expr)
					}
				}
			}
		}
	}
	walk(n)
	return strings.Join(exprs, " OR ")
}
