package library

import (
	"context"

	"chancery/model"
	"chancery/model/query"
)

// finish gives the values of a facet their terms and their meaning.
func (v *view) finish(ctx context.Context, f *model.Facet) error {
	if v.cols.column(f.Field) != nil {
		t, err := v.terms(ctx, f.Field)
		if err != nil {
			return err
		}
		for i := range f.Values {
			f.Values[i].Term = t.term(f.Values[i].Value)
		}
	}
	v.explain(f)
	return nil
}

// terms finds, for all names of a field, the terms that find the cables that
// have the name and no others: a plain one asks for a word of a name, and
// MOSCOW is a word of AMEMBASSY MOSCOW. That does no harm where a cable that
// has the one always has the other, as with the names of a post.
func (v *view) terms(ctx context.Context, field string) (*termFinder, error) {
	return v.kept.terms.get(ctx, field, func() (*termFinder, error) {
		c, err := v.counter(ctx, field)
		if err != nil {
			return nil, err
		}
		t := &termFinder{names: v.cols.names.list, at: map[string]int{}, known: make([]uint32, len(v.cols.names.list))}
		var values []string
		for id, n := range c.all {
			if n > 0 {
				t.at[t.names[id]] = len(values)
				values = append(values, t.names[id])
			}
		}
		if t.apart, err = query.NewApart(ctx, field, values); err != nil {
			return nil, err
		}
		t.plain, t.whole = make([]bool, len(values)), make([]bool, len(values))
		m := v.cols.column(field)
		err = v.live.eachWhile(ctx, func(i int) {
			of := m.of(i)
			counted := of
			if field == "origin" { // only the first is
				if counted = nil; len(of) > 0 && v.names[v.rows[i].from] != "" {
					counted = of[:1]
				}
			}
			t.meet(of, counted)
		})
		t.known, t.finds = nil, nil
		return t, err
	})
}

// termFinder finds out which terms find more than they should.
type termFinder struct {
	names []string
	apart *query.Apart
	at    map[string]int // of each value
	known []uint32       // of each name, its place in finds and one; 0: not known yet
	finds []finds

	plain, whole []bool // of each value, that its term does
}

// finds is which of the values a name is found by.
type finds struct {
	itself       int // which of them it is, -1 for none
	plain, whole []int
}

// of gives what is known of a name.
func (t *termFinder) of(id uint32) *finds {
	if t.known[id] == 0 {
		f := finds{itself: -1}
		if i, ok := t.at[t.names[id]]; ok {
			f.itself = i
		}
		f.plain, f.whole = t.apart.Finds(t.names[id])
		t.finds = append(t.finds, f)
		t.known[id] = uint32(len(t.finds))
	}
	return &t.finds[t.known[id]-1]
}

// meet takes the names of a cable, and those of them that it is counted by.
func (t *termFinder) meet(names, counted []uint32) {
	has := func(value int) bool {
		for _, id := range counted {
			if t.of(id).itself == value {
				return true
			}
		}
		return false
	}
	for n, id := range names {
		f := t.of(id)
		for _, value := range f.plain {
			t.plain[value] = t.plain[value] || !has(value)
		}
		if n > 0 && len(counted) < len(names) {
			continue // the whole of a name is only asked of those that count
		}
		for _, value := range f.whole {
			t.whole[value] = t.whole[value] || !has(value)
		}
	}
}
