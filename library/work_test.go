package library

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"chancery/model"
	"chancery/model/query"
)

// madeDesk is a desk in memory. What it gives is replaced, never changed.
type madeDesk struct {
	mu      sync.Mutex
	version int
	works   map[string]*model.Work
	sums    map[string]string // of copies that the work says nothing of
}

func newMadeDesk() *madeDesk {
	return &madeDesk{works: map[string]*model.Work{}, sums: map[string]string{}}
}

func (d *madeDesk) Version() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.version
}

func (d *madeDesk) Of(h model.Handle) (model.Work, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	w := d.works[h.ID]
	if w == nil && h.Sum != "" {
		w = d.works[d.sums[h.Sum]]
	}
	if w == nil {
		return model.Work{}, false
	}
	return *w, true
}

func (d *madeDesk) Each(f func(*model.Work)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, w := range d.works {
		f(w)
	}
}

func (d *madeDesk) put(w model.Work) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.version++
	d.works[w.Key()] = &w
	if w.Sum != "" {
		if other := d.sums[w.Sum]; other != w.Key() {
			delete(d.works, other) // it was done when nobody knew the id
		}
		d.sums[w.Sum] = w.Key()
	}
}

// drop takes the work on a cable away, as undoing the first of it does.
func (d *madeDesk) drop(h model.Handle) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if w := d.works[h.Key()]; w != nil {
		d.version++
		delete(d.works, h.Key())
		delete(d.sums, w.Sum)
	}
}

// work makes up what a reader did with a cable.
func (m maker) work(h model.Handle) model.Work {
	w := model.Work{Handle: h, Judgement: pick(m.r, model.Unjudged, model.Relevant, model.Irrelevant, model.Later), Star: m.r.IntN(3) == 0, Read: m.r.IntN(2) == 0}
	if m.r.IntN(3) == 0 {
		w.Labels = []string{pick(m.r, "gas", "gas talks", "Köln")}
	}
	if m.r.IntN(4) == 0 {
		w.Passages = []model.Passage{{Spot: model.Spot{Block: 1}, Labels: []string{"check", pick(m.r, "gas", "talks")}}}
	}
	if m.r.IntN(3) == 0 {
		w.Notes = []model.Note{{Text: m.words(6)}}
	}
	if m.r.IntN(5) == 0 {
		w.Pins = 1
	}
	return w
}

// ofDesk makes up what is asked of the desk.
func (m maker) ofDesk() string {
	return pick(m.r, "is:relevant", "is:unjudged", "is:later,irrelevant", "is:read", "is:unread", "is:starred", "is:noted", "is:labelled", "is:pinned",
		"is!=unjudged", "is:duplicate,starred", "is!=partial,read", "has:note", "has:label", "has:ref,note", "has!=note", "label:gas", `label:="gas"`,
		`label:"gas talks"`, "label!=gas", "label:ko*", "label:check", "note:gas", `note:"end user"`, "note:/visit.*the/", "note!=gas", "note:pipelin*", "-is:relevant",
		"para{is:relevant gas}", "(is:relevant OR gas)", "-(label:gas OR /visit/)")
}

// What is asked of the desk, alone or with everything else, is exactly what a
// plain scan gives, while the work goes on.
func TestDeskAgreesWithAPlainScan(t *testing.T) {
	t.Parallel()
	cables, queries := 1200, 500
	if testing.Short() {
		cables, queries = 250, 150
	}
	dir := made(t, cables, 17)
	s := scan(t, dir)
	desk := newMadeDesk()
	l := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{dir}, Desk: desk}))
	m := maker{rand.New(rand.NewPCG(23, 2))}
	p, err := l.List(t.Context(), nil, model.Ask{N: cables})
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]model.Handle{} // by path
	for i := range p.Entries {
		of[p.Entries[i].Path] = p.Entries[i].Handle()
	}
	some := 0
	for i := range queries {
		for range m.r.IntN(4) {
			e := p.Entries[m.r.IntN(len(p.Entries))]
			h := e.Handle()
			if m.r.IntN(6) == 0 {
				desk.drop(h)
				continue
			}
			if m.r.IntN(4) == 0 {
				h.ID = "" // it was judged when nobody knew its id
			}
			if _, known := desk.Of(e.Handle()); !known || h.ID != "" {
				desk.put(m.work(h))
			}
		}
		text := m.ofDesk()
		switch i % 5 {
		case 1, 2:
			text = m.condition(i%3) + " " + text
		case 3:
			text += " OR " + m.condition(1)
		case 4:
			text = m.condition(0) + " -(" + text + " " + m.ofDesk() + ")"
		}
		q, err := query.Parse(text, query.Options{Desk: true})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var want []string
		for i, d := range s.docs {
			with := *d
			w, _ := desk.Of(of[s.paths[i]])
			is, has := w.Words()
			with.Is, with.Has = append(slices.Clone(d.Is), is...), append(slices.Clone(d.Has), has...)
			with.Labels, with.Notes = w.AllLabels(), notesOf(&w)
			if q.Match(&with) {
				want = append(want, s.paths[i])
			}
		}
		got := everyPath(t, l, q, pick(m.r, model.ByDate, model.BySubject, model.ByRelevance))
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("%s: the index gives %d, the scan %d: %s", text, len(got), len(want), apart(got, want))
		}
		o, err := l.Facets(t.Context(), q, []string{"judgement"}, 10)
		if err != nil || o.Total != len(want) {
			t.Errorf("%s: %d are counted, %v", text, o.Total, err)
		}
		if len(want) > 0 && len(want) < cables {
			some++
		}
	}
	if some < queries/2 {
		t.Errorf("only %d of the %d queries tell cables apart", some, queries)
	}
}

// everyPath reads an answer page by page.
func everyPath(t *testing.T, l *Library, q *query.Query, by model.Order) (got []string) {
	t.Helper()
	for from := model.Key(0); ; {
		p, err := l.List(t.Context(), q, model.Ask{Order: by, From: from, N: 97})
		if err != nil {
			t.Fatalf("%s: %v", q.Text, err)
		}
		for _, e := range p.Entries {
			got = append(got, e.Path)
			from = e.Key
		}
		if len(p.Entries) == 0 && !p.Counting {
			if p.Total != len(got) {
				t.Errorf("%s: %d of %d", q.Text, len(got), p.Total)
			}
			return got
		}
	}
}

// Whoever judges the cables of a list one after the other, so that they leave
// it, comes by each of them once, in whatever order and with whatever is asked
// beside it; and no cable is looked into again for that.
func TestListDoesNotJumpWhileItsCablesAreJudged(t *testing.T) {
	dir := made(t, 200, 3)
	looked := 0
	var mu sync.Mutex
	for _, ask := range []string{"is:unjudged", "is:unjudged the", "is:unjudged OR nothinglikeit", "is:unjudged /visit the|gas the/"} {
		for _, by := range []model.Order{model.ByDate, model.BySubject, model.ByRelevance} {
			for _, reverse := range []bool{false, true} {
				desk := newMadeDesk()
				l := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{dir}, Desk: desk, hooks: hooks{looked: func() { mu.Lock(); looked++; mu.Unlock() }}}))
				q, err := query.Parse(ask, query.Options{Desk: true})
				if err != nil {
					t.Fatal(err)
				}
				before := listedWhole(t, l, q, by, reverse)
				mu.Lock()
				looked = 0
				mu.Unlock()
				var met []string
				judged := map[string]bool{}
				for from := model.Key(0); ; {
					p, err := l.List(t.Context(), q, model.Ask{Order: by, Reverse: reverse, From: from, N: 1})
					if err != nil {
						t.Fatal(err)
					}
					if len(p.Entries) == 0 && !p.Counting {
						break
					}
					for _, e := range p.Entries {
						from = e.Key
						if judged[e.ID] {
							t.Errorf("%s by %s: %s again", ask, by, e.ID)
						}
						met, judged[e.ID] = append(met, e.ID), true
						desk.put(model.Work{Handle: e.Handle(), Judgement: model.Relevant})
					}
				}
				var want []string // copies are judged with the first of them
				for _, id := range before {
					if !slices.Contains(want, id) {
						want = append(want, id)
					}
				}
				if !slices.Equal(met, want) {
					t.Errorf("%s by %s, reverse %v: met %d of %d", ask, by, reverse, len(met), len(want))
				}
				if looked > 0 {
					t.Errorf("%s by %s: %d cables were looked into again", ask, by, looked)
				}
			}
		}
	}
}

func listedWhole(t *testing.T, l *Library, q *query.Query, by model.Order, reverse bool) (ids []string) {
	t.Helper()
	for {
		p, err := l.List(t.Context(), q, model.Ask{Order: by, Reverse: reverse, N: 1000})
		if err != nil {
			t.Fatal(err)
		}
		if p.Counting {
			continue
		}
		for _, e := range p.Entries {
			ids = append(ids, e.ID)
		}
		return ids
	}
}

// What the facets of the desk count is what their terms find.
func TestFacetsOfTheDesk(t *testing.T) {
	desk := newMadeDesk()
	l := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{made(t, 200, 5)}, Desk: desk}))
	p, err := l.List(t.Context(), nil, model.Ask{N: 1000})
	if err != nil {
		t.Fatal(err)
	}
	m := maker{rand.New(rand.NewPCG(5, 2))}
	for _, e := range p.Entries[:100] {
		desk.put(m.work(e.Handle()))
	}
	for _, base := range []string{"", "gas", "is:starred the"} {
		q, err := query.Parse(base, query.Options{Desk: true})
		if err != nil {
			t.Fatal(err)
		}
		o, err := l.Facets(t.Context(), q, []string{"judgement", "label"}, 100)
		if err != nil || len(o.Facets) != 2 || len(o.Facets[0].Values) != 4 || base == "" && len(o.Facets[1].Values) != 5 {
			t.Fatal(o, err)
		}
		for _, f := range o.Facets {
			sum := f.None
			for _, v := range f.Values {
				sum += v.Count
				if n := total(t, l, query.Narrow(base, v.Term)); n != v.Count {
					t.Errorf("%q by %s: %s is counted %d times, %s finds %d", base, f.Field, v.Value, v.Count, v.Term, n)
				}
				if n := total(t, l, v.Term); n != v.All {
					t.Errorf("by %s: %s stands %d times in all, %s finds %d", f.Field, v.Value, v.All, v.Term, n)
				}
			}
			if f.Field == "judgement" && sum != o.Total {
				t.Errorf("%q: the judgements add up to %d of %d", base, sum, o.Total)
			}
		}
	}
	vs, err := l.Values(t.Context(), nil, "label", "ga", 10)
	if err != nil || len(vs) != 2 || vs[0].Value != "gas" {
		t.Errorf("%v, %v", vs, err)
	}
}
