package library

import (
	"context"
	"slices"

	"chancery/model"
	"chancery/model/query"
)

// workFacet counts the rows of an answer by what the reader made of them: by
// judgement, every one listed, or by label. It gives false for other fields.
func (l *Library) workFacet(ctx context.Context, v *view, name string, s bitset, most int) (model.Facet, bool, error) {
	if name != "judgement" && name != "label" {
		return model.Facet{}, false, nil
	}
	w, err := l.work(ctx, v)
	if err != nil {
		return model.Facet{}, true, err
	}
	if name == "label" {
		f, err := w.byLabel(ctx, v, s, most)
		return f, true, err
	}
	return w.byJudgement(v, s), true, ctx.Err()
}

// byJudgement counts what is judged and what is not.
func (w *worked) byJudgement(v *view, s bitset) model.Facet {
	var in, all [4]int
	order := [...]model.Judgement{model.Relevant, model.Irrelevant, model.Later, model.Unjudged}
	words := [...][2]string{{"relevant", ""}, {"irrelevant", "not relevant"}, {"later", ""}, {"unjudged", ""}}
	count := func(rows bitset, into *[4]int) {
		judged := 0
		for row, n := range w.of {
			if n > 0 && rows.has(row) && w.list[n].Judgement != model.Unjudged {
				into[slices.Index(order[:], w.list[n].Judgement)]++
				judged++
			}
		}
		into[len(into)-1] = rows.count() - judged
	}
	count(s, &in)
	count(v.live, &all)
	f := model.Facet{Field: "judgement"}
	for i, word := range words {
		f.Values = append(f.Values, model.FacetValue{Value: word[0], Meaning: word[1], Term: "is:" + word[0], Count: in[i], All: all[i]})
	}
	f.Distinct = len(f.Values)
	return f
}

// byLabel counts the labels of cables and of their paragraphs: a cable that
// has one twice counts once.
func (w *worked) byLabel(ctx context.Context, v *view, s bitset, most int) (model.Facet, error) {
	var labels names
	of := make([][]uint32, len(w.list)) // of each work
	for n, work := range w.list {
		for _, label := range work.AllLabels() {
			of[n] = append(of[n], labels.id(label))
		}
	}
	t := tally{in: make([]int, len(labels.list)), all: make([]int, len(labels.list))}
	has := 0
	for row, n := range w.of {
		if len(of[n]) == 0 || !v.live.has(row) {
			continue
		}
		in := s.has(row)
		if in {
			has++
		}
		for _, id := range of[n] {
			t.all[id]++
			if in {
				t.in[id]++
			}
		}
	}
	t.none = s.count() - has
	f := model.Facet{Field: "label"}
	take(&f, t, most, func(id int) string { return labels.list[id] })
	finder, err := newTermFinder(ctx, "label", labels.list)
	if err != nil {
		return f, err
	}
	for _, ids := range of {
		finder.meet(ids, ids)
	}
	for i := range f.Values {
		f.Values[i].Term = finder.term(f.Values[i].Value)
	}
	return f, ctx.Err()
}

// newTermFinder is for names all of which are values of a field.
func newTermFinder(ctx context.Context, field string, values []string) (*termFinder, error) {
	apart, err := query.NewApart(ctx, field, values)
	t := &termFinder{
		names: values, apart: apart, at: map[string]int{},
		known: make([]uint32, len(values)), plain: make([]bool, len(values)), whole: make([]bool, len(values)),
	}
	for i, name := range values {
		t.at[name] = i
	}
	return t, err
}

// term is the plainest term that finds what has a value and nothing else.
func (t *termFinder) term(value string) string {
	n := t.at[value]
	return t.apart.Term(n, t.plain[n], t.whole[n])
}
