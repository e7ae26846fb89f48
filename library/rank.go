package library

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"chancery/model/query"
)

// byRelevance sorts an answer by how well it fits the words of its query; what
// has none of them stands behind, by date.
func (a *answer) byRelevance(ctx context.Context, l *Library) error {
	all, err := a.all(ctx, l)
	if err != nil {
		return err
	}
	a.rows = slices.DeleteFunc(a.rows, func(r int32) bool { return !all.has(int(r)) })
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
	slices.SortStableFunc(a.rows, func(x, y int32) int { return cmp.Compare(scores[x], scores[y]) })
	a.rank = make([]int32, len(a.v.rows))
	for i := range a.rank {
		a.rank[i] = int32(len(a.rows)) // what does not answer stands at the end
	}
	for i, r := range a.rows {
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
