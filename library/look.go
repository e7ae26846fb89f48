package library

import (
	"context"
	"errors"
	"slices"
	"sync"

	"chancery/model"
	"chancery/model/query"
	"chancery/parser/source"
)

// verdict is what came of looking at a cable.
type verdict struct {
	row int32
	yes bool
	err error
}

// look looks at cables that may answer, on all cores; it is the caller's turn.
// Several texts stand in one chunk, and to unpack that is most of the work: with
// wide, what else of it may answer is looked at too.
func (f *find) look(ctx context.Context, l *Library, todo []int32, wide bool) error {
	if len(todo) == 0 {
		return ctx.Err()
	}
	var g *graph
	if !textOnly(f.rest.Root) {
		var err error
		if g, err = f.v.graph(ctx); err != nil {
			return err
		}
	}
	f.looks++
	todo = slices.Clone(todo)
	slices.Sort(todo) // as texts are stored
	cores := source.Cores()
	each := (len(todo) + cores - 1) / cores
	verdicts := make([][]verdict, cores)
	var wait sync.WaitGroup
	for k := 0; k*each < len(todo); k++ {
		mine := todo[k*each : min((k+1)*each, len(todo))]
		also := func(int32) bool { return false }
		if wide { // what stands between the first of this core and that of the next
			first, end := mine[0], int32(len(f.v.rows))
			if k == 0 {
				first = 0
			}
			if (k+1)*each < len(todo) {
				end = todo[(k+1)*each]
			}
			also = func(row int32) bool {
				return row >= first && row < end && f.unknown.has(int(row)) && f.may.has(int(row))
			}
		}
		wait.Go(func() {
			f.texts(ctx, l, mine, also, func(row int32, paras []query.Paragraph, err error) {
				yes := err == nil && f.rest.Match(f.v.doc(g, f.work, int(row), paras))
				verdicts[k] = append(verdicts[k], verdict{row, yes, err})
			})
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.judge(slices.Concat(verdicts...))
}

// judge takes in what came of looking.
func (f *find) judge(verdicts []verdict) error {
	if i := slices.IndexFunc(verdicts, func(v verdict) bool { return errors.Is(v.err, errClosed) }); i >= 0 {
		return verdicts[i].err
	}
	for _, v := range verdicts {
		f.unknown.drop(int(v.row))
		if v.err != nil && !errors.Is(v.err, ErrNoCable) { // not one that has changed since the view was taken
			f.unread.Add(1) // its file is gone, say: the rest of the answer stands
		}
		if v.yes {
			f.yes.add(int(v.row))
		}
	}
	return nil
}

// texts reads the paragraphs of rows, which rise, and of others in their chunks
// that are asked for too, until it is called off.
func (f *find) texts(ctx context.Context, l *Library, rows []int32, also func(row int32) bool, found func(row int32, paras []query.Paragraph, err error)) {
	looked := func(row int32, paras []query.Paragraph, err error) {
		if f := l.o.hooks.looked; f != nil {
			f()
		}
		found(row, paras, err)
	}
	for i := 0; i < len(rows) && ctx.Err() == nil; {
		s, n := l.together(rows[i:])
		if s != nil {
			keys := make([]int, n)
			for k := range keys {
				keys[k] = int(rows[i+k]) + 1
			}
			more := func(key int) bool { return also(int32(key - 1)) }
			_ = s.bodies(ctx, keys, more, func(key int, b []byte) error { // what it says is said again by the one who reads that cable alone
				row := int32(key - 1)
				mine := n > 0 && rows[i] == row
				paras, err := parasOf(b)
				switch {
				case err == nil:
					looked(row, paras, nil)
				case mine:
					return err
				default:
					return nil // it is looked at when it must be
				}
				if mine {
					i, n = i+1, n-1
				}
				return nil
			})
		}
		if n > 0 && i < len(rows) && ctx.Err() == nil { // this one is not kept, or not well
			paras, err := l.paras(ctx, model.Key(rows[i]+1))
			looked(rows[i], paras, err)
			i++
		}
	}
}

// together gives the shard that holds the text of the first of the rows, nil
// when none does, and how many of the next it holds too.
func (l *Library) together(rows []int32) (*shard, int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := &l.held
	var first *shard
	for i, r := range rows {
		var s *shard
		if int(r) < len(h.rows) && !h.rows[r].dead && len(h.shards) > 0 {
			if b, stored := h.batch(int(r) + 1); stored {
				s = h.shards[b.shard]
			}
		}
		if i == 0 {
			first = s
		}
		if s == nil || s != first {
			return first, max(i, 1)
		}
	}
	return first, len(rows)
}

// textOnly says whether a query asks of nothing but subject and paragraphs.
func textOnly(n query.Node) bool {
	switch n := n.(type) {
	case *query.And:
		return !slices.ContainsFunc(n.Kids, func(k query.Node) bool { return !textOnly(k) })
	case *query.Or:
		return !slices.ContainsFunc(n.Kids, func(k query.Node) bool { return !textOnly(k) })
	case *query.Not:
		return textOnly(n.Kid)
	case *query.Para:
		return textOnly(n.Kid)
	case *query.Field:
		return n.Name == "subject" || n.Name == "body" || n.Name == "mark"
	}
	return true
}
