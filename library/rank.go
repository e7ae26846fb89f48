package library

import (
	"context"
	"math"
	"slices"

	"chancery/model/query"
)

// byRelevance sorts an answer by how well it fits the words of its query; what
// has none of them stands behind, by date.
func (a *answer) byRelevance(ctx context.Context, l *Library, dated []sortKey) error {
	all, err := a.all(ctx, l)
	if err != nil {
		return err
	}
	// A cable that leaves the answer because it was judged keeps its place in it.
	f, among := a.find, all
	switch {
	case f.base != nil:
		f = f.base
		among, err = f.all(ctx, l)
	case query.AsksDesk(f.q.Root):
		among = f.v.live
	}
	if err != nil {
		return err
	}
	best, err := f.ranked(ctx, l, wanted(a.q.Root), dated, among)
	if err == nil {
		a.rank = best.rank
		a.rows = slices.DeleteFunc(slices.Clone(best.rows), func(r int32) bool { return !all.has(int(r)) })
	}
	return err
}

// ranking is rows by how well they fit.
type ranking struct {
	rows []int32
	rank []int32 // of each row of the view
}

// ranked sorts rows by how well they fit words. Of one find they are always
// the same rows.
func (f *find) ranked(ctx context.Context, l *Library, words []run, dated []sortKey, among bitset) (*ranking, error) {
	key := ""
	for _, n := range words {
		key += n.String() + "\n"
	}
	return f.best.get(ctx, key, func() (*ranking, error) {
		best := &ranking{rows: listed(dated, among), rank: make([]int32, len(f.v.rows))}
		scores := make([]float32, len(f.v.rows))
		for _, n := range words {
			if err := f.score(ctx, l, n, best.rows, scores); err != nil {
				return nil, err
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		best.rows = bestFirst(best.rows, scores)
		for i := range best.rank {
			best.rank[i] = int32(len(best.rows)) // what is not among them stands at the end
		}
		for i, r := range best.rows {
			best.rank[r] = int32(i)
		}
		return best, nil
	})
}

// How much another time that a word stands in a cable is worth less than the
// one before, how much a long cable makes of that, and that the subject counts
// three times: BM25 with its usual numbers.
const (
	lessAgain   = 1.2
	lengthCount = 0.75
	subjectIs   = 3
)

// score adds how well rows fit a run of words.
func (f *find) score(ctx context.Context, l *Library, n run, rows []int32, scores []float32) error {
	often := make([]float32, len(scores))
	have := make([]int, len(f.v.shards))
	err := l.eachText(ctx, f.v, func(i int, r *wordReader) error {
		return r.count(n, func(key, text, subject int) {
			if key <= len(often) {
				if often[key-1] == 0 {
					have[i]++
				}
				often[key-1] += float32(text + subjectIs*subject)
			}
		})
	})
	if err != nil {
		return err
	}
	all, with := float64(f.v.searchable.count()), 0.0
	for _, n := range have {
		with += float64(n)
	}
	// what most cables have says nothing about one of them
	rare := float32(max(1e-6, math.Log((all-with+0.5)/(with+0.5))))
	usual := f.v.usual()
	for _, r := range rows {
		if n := often[r]; n > 0 {
			long := float32(f.v.rows[r].words) / usual
			scores[r] += rare * n * (lessAgain + 1) / (n + lessAgain*(1-lengthCount+lengthCount*long))
		}
	}
	return nil
}

// usualWords is how many words a cable has, on the whole.
func (v *view) usualWords() float32 {
	n, sum := 1, 1
	v.searchable.each(func(i int) {
		n++
		sum += int(v.rows[i].words)
	})
	return float32(sum) / float32(n)
}

// bestFirst sorts rows by their scores; those of the same one stay in their
// order. Score and place are one number: that is sorted much faster.
func bestFirst(rows []int32, scores []float32) []int32 {
	keys := make([]uint64, len(rows))
	for i, r := range rows {
		keys[i] = uint64(^math.Float32bits(scores[r]))<<32 | uint64(i) // scores are not negative: their bits sort as they do
	}
	slices.Sort(keys)
	out := make([]int32, len(rows))
	for i, k := range keys {
		out[i] = rows[uint32(k)]
	}
	return out
}

// wanted gives the words that a query asks for, wherever they stand in it but
// under a NOT.
func wanted(n query.Node) []run {
	var all []run
	add := func(words []query.Word, near int) {
		r, ok := runOf(words, inBoth, near)
		if ok && !slices.ContainsFunc(all, func(o run) bool { return o.String() == r.String() }) {
			all = append(all, r)
		}
	}
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
				if !w.Fuzzy && (n.Near > 0 || w.Exact != "") {
					add([]query.Word{{Text: w.Text}}, 0)
				}
			}
			add(n.Words, n.Near)
		case *query.Field:
			for _, v := range n.Values {
				if n.Op == query.Is && (n.Name == "subject" || n.Name == "body") && v.Re == nil {
					add(v.Words, 0)
				}
			}
		}
	}
	walk(n)
	return all
}
