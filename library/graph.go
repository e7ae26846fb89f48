package library

import (
	"context"
	"time"
)

// graph is the references of a collection: which id each row cites, and which
// rows cite each id. Ids are numbered; an id may be held, by one row or more,
// or only be spoken of.
type graph struct {
	v    *view
	ids  []string          // by number
	num  map[string]uint32 // back
	rows [][]int32         // of each id, the rows that have it
	out  many              // of each row, the ids it cites
	in   many              // of each id, the rows that cite it
	sure []bool            // of each of out.vals: the reference gives its year
}

// graph gives the references of a view; they are found once.
func (l *Library) graph(ctx context.Context, v *view) (*graph, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.asking.Lock()
	defer l.asking.Unlock()
	if g := l.derived; g != nil && g.v == v {
		return g, nil
	}
	l.derived = newGraph(v)
	return l.derived, nil
}

func newGraph(v *view) *graph {
	g := &graph{v: v, num: make(map[string]uint32, len(v.rows))}
	for i := range v.rows {
		if r := &v.rows[i]; !r.dead && r.ID != "" {
			n := g.number(r.ID)
			g.rows[n] = append(g.rows[n], int32(i))
		}
	}
	known := make([]uint32, len(v.cols.cites.list)) // of each citation as written: number and one
	for i := range v.rows {
		if !v.rows[i].dead {
			for _, c := range v.cols.cite.of(i) {
				s := v.cols.cites.list[c]
				inferred := s[:1] == unsureYear
				if inferred {
					s = g.resolve(s[1:], v.rows[i].Date)
					g.out.vals = append(g.out.vals, g.number(s))
				} else {
					if known[c] == 0 {
						known[c] = g.number(s) + 1
					}
					g.out.vals = append(g.out.vals, known[c]-1)
				}
				g.sure = append(g.sure, !inferred)
			}
		}
		g.out.close()
	}
	g.turn()
	return g
}

func (g *graph) number(id string) uint32 {
	if n, ok := g.num[id]; ok {
		return n
	}
	n := uint32(len(g.ids))
	g.ids = append(g.ids, id)
	g.rows = append(g.rows, nil)
	g.num[id] = n
	return n
}

// resolve is what a reference without a year means: the citing cable's year,
// but in the first two months of a year the one before, where that is held and
// the other is not (cable-format 6.4).
func (g *graph) resolve(id string, citing time.Time) string {
	if citing.IsZero() || citing.Month() > time.February || len(id) < 3 {
		return id
	}
	if n, ok := g.num[id]; ok && len(g.rows[n]) > 0 {
		return id
	}
	before := lastYear(id, citing)
	if n, ok := g.num[before]; ok && len(g.rows[n]) > 0 {
		return before
	}
	return id
}

// lastYear is the same cable number a year earlier; an id of another year than
// the citing cable's is left alone.
func lastYear(id string, citing time.Time) string {
	if id[:2] != citing.Format("06") {
		return id
	}
	return citing.AddDate(-1, 0, 0).Format("06") + id[2:]
}

// turn makes in of out.
func (g *graph) turn() {
	count := make([]uint32, len(g.ids)+1)
	for _, n := range g.out.vals {
		count[n+1]++
	}
	for i := 1; i < len(count); i++ {
		count[i] += count[i-1]
	}
	g.in.vals = make([]uint32, len(g.out.vals))
	g.in.ends = append([]uint32(nil), count[1:]...)
	at := count[:len(count)-1]
	for i := range g.v.rows {
		for _, n := range g.out.of(i) {
			g.in.vals[at[n]] = uint32(i)
			at[n]++
		}
	}
}

// rowsOf gives the rows with an id.
func (g *graph) rowsOf(id string) []int32 {
	if n, ok := g.num[id]; ok {
		return g.rows[n]
	}
	return nil
}

// cites gives the numbers of the ids that a row cites.
func (g *graph) cites(row int) []uint32 { return g.out.of(row) }

// citing gives the rows that cite an id, each once.
func (g *graph) citing(id string) []uint32 {
	n, ok := g.num[id]
	if !ok {
		return nil
	}
	var out []uint32
	for _, r := range g.in.of(int(n)) {
		if len(out) == 0 || out[len(out)-1] != r {
			out = append(out, r)
		}
	}
	return out
}

// thread gives the rows of the chain of references that an id stands in: the
// cable itself, what it leads back to, and what leads back to it.
func (g *graph) thread(id string, found func(row int)) {
	start, ok := g.num[id]
	if !ok {
		return
	}
	walk := func(next func(n uint32, to func(uint32))) {
		seen := map[uint32]bool{start: true}
		for todo := []uint32{start}; len(todo) > 0; {
			n := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for _, r := range g.rows[n] {
				found(int(r))
			}
			next(n, func(to uint32) {
				if !seen[to] {
					seen[to] = true
					todo = append(todo, to)
				}
			})
		}
	}
	walk(func(n uint32, to func(uint32)) {
		for _, r := range g.rows[n] {
			for _, c := range g.out.of(int(r)) {
				to(c)
			}
		}
	})
	walk(func(n uint32, to func(uint32)) {
		for _, r := range g.in.of(int(n)) {
			if id := g.v.rows[r].ID; id != "" {
				to(g.num[id])
			}
		}
	})
}
