package library

import (
	"chancery/model/query"
)

// field answers a field of a query.
func (a *asker) field(f *query.Field) (matched, error) {
	v := a.v
	switch f.Name {
	case "subject":
		return a.text(f, inSubject)
	case "body":
		return a.text(f, inText)
	case "citedby", "cites", "thread":
		return a.cited(f)
	}
	if m := a.many(f.Name); m != nil {
		return a.whichOf(m, v.cols.names.list, f), nil
	}
	test := a.one(f)
	if test == nil {
		return matched{a.all.clone(), false}, nil // Match says
	}
	out := newBitset(len(v.rows))
	a.all.each(func(i int) {
		if test(i) {
			out.add(i)
		}
	})
	return matched{out, true}, nil
}

// many is the column of a field of which a cable may have several values.
func (a *asker) many(name string) *many { return a.v.cols.column(name) }

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

// whichOf gives the rows one of whose values holds; with != those none of
// whose values does.
func (a *asker) whichOf(m *many, names []string, f *query.Field) matched {
	holds := once(len(names), func(id uint32) bool { return f.Holds(names[id]) })
	return a.anyOf(m, holds, f.Op == query.NotEqual)
}

func (a *asker) anyOf(m *many, holds func(id uint32) bool, not bool) matched {
	out := newBitset(len(a.v.rows))
	a.all.each(func(i int) {
		yes := false
		for _, id := range m.of(i) {
			if holds(id) {
				yes = true
				break
			}
		}
		if yes != not {
			out.add(i)
		}
	})
	return matched{out, true}
}

// one is the test of a field that has one value a row; nil when there is none.
func (a *asker) one(f *query.Field) func(i int) bool {
	v, not := a.v, f.Op == query.NotEqual
	switch f.Name {
	case "class":
		holds := once(len(v.cols.marks.list), func(id uint32) bool { return f.HoldsMark(v.cols.marks.list[id]) })
		return func(i int) bool { return holds(v.rows[i].class) }
	case "mark":
		holds := once(len(v.cols.marks.list), func(id uint32) bool { return f.HoldsMark(v.cols.marks.list[id]) })
		return func(i int) bool {
			for _, id := range v.cols.mark.of(i) {
				if holds(id) {
					return true
				}
			}
			return false
		}
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
	case "is", "has", "missing":
		var mask traits
		for _, t := range traitNames {
			if t.field == f.Name && f.Holds(t.word) {
				mask |= t.trait
			}
		}
		return func(i int) bool { return v.rows[i].traits&mask != 0 != not }
	}
	return nil
}

// text answers subject and body: words by the full text, expressions on the
// subjects by reading them, on the texts one by one.
func (a *asker) text(f *query.Field, column string) (matched, error) {
	out := matched{newBitset(len(a.v.rows)), true}
	for i := range f.Values {
		val := &f.Values[i]
		expr, ok := "", false
		if val.Re == nil {
			expr, ok = phrase(val.Words, column, 0)
		}
		switch {
		case ok:
			m, err := a.words(expr)
			if err != nil {
				return m, err
			}
			out.set.or(m.set)
		case column == inSubject:
			a.all.each(func(i int) {
				if f.Holds(a.v.rows[i].subject) {
					out.set.add(i)
				}
			})
		default:
			m, err := a.needed(val.Needs(), column)
			if err != nil {
				return m, err
			}
			out.set.or(m.set)
			out.exact = false
		}
	}
	if !out.exact && f.Op == query.NotEqual {
		return matched{a.all.clone(), false}, nil
	}
	if f.Op == query.NotEqual {
		out.set = a.all.clone().without(out.set)
	}
	return out, nil
}

// cited answers the fields of references.
func (a *asker) cited(f *query.Field) (matched, error) {
	g, err := a.l.graph(a.ctx, a.v)
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
	if f.Op == query.NotEqual {
		out = a.all.clone().without(out)
	}
	return matched{out, true}, nil
}
