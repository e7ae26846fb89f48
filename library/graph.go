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
	ids  names  // by number
	held many   // of each id, the rows that have it
	out  many   // of each row, the ids it cites
	in   many   // of each id, the rows that cite it
	sure []bool // of each of out.vals: the reference gives its year
}

// graph gives the references of a view; they are found once.
func (v *view) graph(ctx context.Context) (*graph, error) {
	return v.kept.graphs.get(ctx, "", func() (*graph, error) { return newGraph(ctx, v) })
}

// linkStretch is of how many rows references are taken before it is asked
// whether somebody still wants them.
const linkStretch = 4096

func newGraph(ctx context.Context, v *view) (*graph, error) {
	g := &graph{v: v}
	var of many // of each row, the number of its id
	g.ids.list = make([]string, 0, len(v.rows)+len(v.cols.cites.list))
	of.ends, of.vals = make([]uint32, 0, len(v.rows)), make([]uint32, 0, len(v.rows))
	for i := range v.rows {
		if i%linkStretch == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if r := &v.rows[i]; !r.dead && r.id != "" {
			of.vals = append(of.vals, g.ids.id(r.id))
		}
		of.close()
	}
	g.held = of.turned(len(g.ids.list))
	known := make([]uint32, len(v.cols.cites.list)) // of each citation as written: number and one
	g.out.ends = make([]uint32, 0, len(v.rows))
	for i := range v.rows {
		if i%linkStretch == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !v.rows[i].dead {
			for _, c := range v.cols.cite.of(i) {
				s := v.cols.cites.list[c]
				inferred := s[:1] == unsureYear
				if inferred {
					s = g.resolve(s[1:], v.rows[i].time())
					g.out.vals = append(g.out.vals, g.ids.id(s))
				} else {
					if known[c] == 0 {
						known[c] = g.ids.id(s) + 1
					}
					g.out.vals = append(g.out.vals, known[c]-1)
				}
				g.sure = append(g.sure, !inferred)
			}
		}
		g.out.close()
	}
	g.in = g.out.turned(len(g.ids.list))
	g.ids.find("") // from here on it is only read, by several at once
	return g, ctx.Err()
}

// holding gives the rows that have the id with a number.
func (g *graph) holding(id uint32) []uint32 {
	if int(id) >= len(g.held.ends) { // it is only spoken of
		return nil
	}
	return g.held.of(int(id))
}

// resolve is what a reference without a year means: the citing cable's year,
// but in the first two months of a year the one before, where that is held and
// the other is not (cable-format 6.4).
func (g *graph) resolve(id string, citing time.Time) string {
	if citing.IsZero() || citing.Month() > time.February || len(id) < 3 {
		return id
	}
	if len(g.rowsOf(id)) > 0 {
		return id
	}
	if before := lastYear(id, citing); len(g.rowsOf(before)) > 0 {
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

// turned gives, of each of n values, the rows that have it.
func (m *many) turned(n int) many {
	count := make([]uint32, n+1)
	for _, v := range m.vals {
		count[v+1]++
	}
	for i := 1; i < len(count); i++ {
		count[i] += count[i-1]
	}
	t := many{ends: append([]uint32(nil), count[1:]...), vals: make([]uint32, len(m.vals))}
	at := count[:n]
	for i := range m.ends {
		for _, v := range m.of(i) {
			t.vals[at[v]] = uint32(i)
			at[v]++
		}
	}
	return t
}

// rowsOf gives the rows with an id.
func (g *graph) rowsOf(id string) []uint32 {
	if n, ok := g.ids.find(id); ok {
		return g.holding(n)
	}
	return nil
}

// cites gives the numbers of the ids that a row cites.
func (g *graph) cites(row int) []uint32 { return g.out.of(row) }

// citing gives the rows that cite an id, each once.
func (g *graph) citing(id string) []uint32 {
	n, ok := g.ids.find(id)
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
	start, ok := g.ids.find(id)
	if !ok {
		return
	}
	walk := func(next func(n uint32, to func(uint32))) {
		seen := map[uint32]bool{start: true}
		for todo := []uint32{start}; len(todo) > 0; {
			n := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for _, r := range g.holding(n) {
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
		for _, r := range g.holding(n) {
			for _, c := range g.out.of(int(r)) {
				to(c)
			}
		}
	})
	walk(func(n uint32, to func(uint32)) {
		for _, r := range g.in.of(int(n)) {
			if n, ok := g.ids.find(g.v.rows[r].id); ok {
				to(n)
			}
		}
	})
}
