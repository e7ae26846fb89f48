package library

import (
	"math/bits"
	"slices"
	"sync"

	"chancery/model/query"
	"chancery/parser/source"
)

// field answers a field of a query.
func (a *asker) field(f *query.Field) (matched, error) {
	switch f.Name {
	case "subject":
		return a.text(f, inSubject)
	case "body":
		return a.text(f, inText)
	case "citedby", "cites", "thread":
		return a.cited(f)
	}
	if f.Name == "mark" {
		set, err := a.once(a.key("field ", f), func() (bitset, error) { return a.marked(f) })
		return matched{set: set}, err
	}
	test := a.test(f)
	if test == nil {
		return a.untold(), nil // Match says
	}
	set, err := a.once(a.key("field ", f), func() (bitset, error) { return a.which(test) })
	return matched{set: set}, err
}

// marked gives the rows that have a block of which the marking holds. They are
// looked for on all cores, each of which has whole words of the set.
func (a *asker) marked(f *query.Field) (bitset, error) {
	out, rows := a.none(), len(a.v.rows)
	holds := a.v.cols.marks.holding(f)
	cores := source.Cores()
	each := (len(out) + cores - 1) / cores * 64
	var wait sync.WaitGroup
	for first := 0; first < rows; first += each {
		wait.Go(func() {
			_ = a.v.cols.block.some(a.ctx, holds, first, min(first+each, rows), out.add) // that it was called off is said below
		})
	}
	wait.Wait()
	return out.and(a.v.live), a.ctx.Err()
}

// which gives the rows of the view that pass a test.
func (a *asker) which(test func(i int) bool) (bitset, error) {
	out := a.none()
	for i, w := range a.v.live {
		if i%64 == 0 && a.ctx.Err() != nil {
			return nil, a.ctx.Err()
		}
		for ; w != 0; w &= w - 1 {
			if row := i<<6 + bits.TrailingZeros64(w); test(row) {
				out.add(row)
			}
		}
	}
	return out, nil
}

// test is what a field asks of a row; nil when the columns do not tell.
func (a *asker) test(f *query.Field) func(i int) bool {
	if m := a.v.cols.column(f.Name); m != nil {
		return whichOf(m, a.v.cols.names.list, f)
	}
	return a.one(f)
}

// column is the column of names of a field; nil when it has none.
func (c *columns) column(name string) *many {
	switch name {
	case "origin":
		return &c.origin
	case "to":
		return &c.to
	case "info":
		return &c.info
	case "country":
		return &c.country
	case "tag":
		return &c.tag
	case "caveat":
		return &c.caveat
	}
	return nil
}

// once asks a question of each number only once.
func once(n int, question func(id uint32) bool) func(id uint32) bool {
	known := make([]uint8, n) // 1 no, 2 yes
	return func(id uint32) bool {
		if known[id] == 0 {
			known[id] = 1
			if question(id) {
				known[id] = 2
			}
		}
		return known[id] == 2
	}
}

// whichOf is the test whether one of a row's values holds; with != whether none
// does. What the first of them is asked may be more than the others are.
func whichOf(m *many, names []string, f *query.Field) func(i int) bool {
	holds := once(len(names), func(id uint32) bool { return f.Holds(names[id]) })
	others := holds
	if f.Name == "origin" {
		others = once(len(names), func(id uint32) bool { return f.HoldsAlias(names[id]) })
	}
	not := f.Op == query.NotEqual
	return func(i int) bool {
		of := m.of(i)
		some := len(of) > 0 && (holds(of[0]) || slices.ContainsFunc(of[1:], others))
		return some != not
	}
}

// one is the test of a field that has one value a row; nil when there is none.
func (a *asker) one(f *query.Field) func(i int) bool {
	v, not := a.v, f.Op == query.NotEqual
	switch f.Name {
	case "class":
		holds := once(len(v.cols.marks.list), func(id uint32) bool { return f.HoldsMark(v.cols.marks.list[id]) })
		return func(i int) bool { return holds(v.rows[i].class) }
	case "date", "after", "before":
		return func(i int) bool { return f.HoldsDate(v.rows[i].time()) }
	case "declas":
		return func(i int) bool { return f.HoldsDate(v.rows[i].declasDate()) }
	case "words":
		return func(i int) bool { return f.HoldsNumber(int(v.rows[i].words)) }
	case "id":
		return func(i int) bool { return f.Holds(v.rows[i].id) != not }
	case "file":
		return func(i int) bool { return f.Holds(v.path(&v.rows[i])) != not }
	case "by":
		holds := once(len(v.cols.names.list), func(id uint32) bool { return f.Holds(v.cols.names.list[id]) })
		return func(i int) bool { return holds(v.cols.by[i]) != not }
	case "sign":
		holds := once(len(v.cols.names.list), func(id uint32) bool { return f.Holds(v.cols.names.list[id]) })
		return func(i int) bool { return holds(v.cols.sign[i]) != not }
	case "note", "label":
		holds := a.work.test(f)
		return func(i int) bool { return holds(i) != not }
	case "is", "has", "missing":
		var mask traits
		for _, t := range traitNames {
			if t.field == f.Name && f.Holds(t.word) {
				mask |= t.trait
			}
		}
		if query.AsksDesk(f) {
			holds := a.work.test(f)
			if mask == 0 { // the work alone tells, and stands in a list that is gone through fast
				return func(i int) bool { return holds(i) != not }
			}
			return func(i int) bool { return (v.rows[i].traits&mask != 0 || holds(i)) != not }
		}
		return func(i int) bool { return v.rows[i].traits&mask != 0 != not }
	}
	return nil
}

// text answers subject and body: words by the full text, expressions on the
// subjects by reading them, on the texts one by one.
func (a *asker) text(f *query.Field, column string) (matched, error) {
	out := matched{set: a.none()}
	for i := range f.Values {
		m, err := a.textValue(f, &f.Values[i], column)
		if err != nil {
			return m, err
		}
		out.or(m)
	}
	if f.Op == query.NotEqual {
		out.turn(a.all)
	}
	return out, nil
}

func (a *asker) textValue(f *query.Field, val *query.Value, column string) (matched, error) {
	if val.Re == nil {
		if r, ok := runOf(val.Words, column, 0); ok {
			set, err := a.run(r)
			return matched{set: set}, err
		}
	}
	if column == inSubject {
		one := &query.Field{Name: f.Name, Values: []query.Value{*val}}
		set, err := a.once("field "+query.Print(one), func() (bitset, error) {
			return a.which(func(i int) bool { return one.Holds(a.v.rows[i].subject) })
		})
		return matched{set: set}, err
	}
	return a.needed(val.Chains(), column)
}

// cited answers the fields of references.
func (a *asker) cited(f *query.Field) (matched, error) {
	g, err := a.v.graph(a.ctx)
	if err != nil {
		return matched{}, err
	}
	out := newBitset(len(a.v.rows))
	for _, val := range f.Values {
		switch f.Name {
		case "cites":
			for _, i := range g.citing(val.ID) {
				out.add(int(i))
			}
		case "citedby":
			for _, from := range g.rowsOf(val.ID) {
				for _, to := range g.cites(int(from)) {
					for _, i := range g.rowsOf(g.ids.list[to]) {
						out.add(int(i))
					}
				}
			}
		default:
			g.thread(val.ID, func(i int) { out.add(i) })
		}
	}
	m := matched{set: out}
	if f.Op == query.NotEqual {
		m.turn(a.all)
	}
	return m, nil
}
