package library

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"chancery/model"
	"chancery/model/glossary"
	"chancery/model/query"
)

// answering gives the rows that answer a query, all of them.
func (l *Library) answering(ctx context.Context, v *view, q *query.Query) (bitset, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if q == nil || q.Root == nil {
		return v.live, nil
	}
	f, err := l.find(ctx, v, q)
	if err != nil {
		return nil, err
	}
	return f.all(ctx, l)
}

// answered is the same of a view that is taken for it.
func (l *Library) answered(ctx context.Context, q *query.Query) (v *view, s bitset, err error) {
	s, err = steady(ctx, l, func(now *view) (bitset, error) {
		v = now
		return l.answering(ctx, v, q)
	})
	return v, s, err
}

// Facets counts what answers a query by each of the fields: year, month,
// origin, country, tag, class, mark (the highest of a cable), caveat; of the
// reader's own work judgement and label. At most values are listed of each, all
// of year, month and judgement.
func (l *Library) Facets(ctx context.Context, q *query.Query, fields []string, most int) (model.Overview, error) {
	v, s, err := l.answered(ctx, q)
	if err != nil {
		return model.Overview{}, err
	}
	o := model.Overview{Total: s.count(), All: v.total}
	for _, name := range fields {
		f, own, err := l.workFacet(ctx, v, name, s, most)
		if err != nil {
			return o, err
		}
		if own {
			o.Facets = append(o.Facets, f)
			continue
		}
		if f, err = v.facet(ctx, name, s, most); err != nil {
			return o, err
		}
		if err := v.finish(ctx, &f); err != nil {
			return o, err
		}
		o.Facets = append(o.Facets, f)
	}
	return o, ctx.Err()
}

// facet counts the values of a field; those of names have no term yet.
func (v *view) facet(ctx context.Context, name string, s bitset, most int) (model.Facet, error) {
	f := model.Facet{Field: name}
	c, err := v.counter(ctx, name)
	if err != nil {
		return f, err
	}
	t := tally{in: make([]int, len(c.all)), all: c.all}
	if s.count() == v.total {
		t.in, t.none = c.all, c.none
	} else if err := s.eachWhile(ctx, func(i int) { c.count(i, t.in, &t.none) }); err != nil {
		return f, err
	}
	switch name {
	case "year", "month":
		times(&f, &t, c.first)
		return f, nil
	case "class", "mark":
		levels(&f, &t)
		return f, nil
	}
	names := v.cols.names.list
	take(&f, t, most, func(id int) string { return names[id] })
	return f, nil
}

// take lists the most frequent values of a tally.
func take(f *model.Facet, t tally, most int, name func(id int) string) {
	var ids []int
	for id, n := range t.in {
		if n > 0 && name(id) != "" {
			ids = append(ids, id)
		}
	}
	f.Distinct, f.None = len(ids), t.none
	slices.SortFunc(ids, func(a, b int) int {
		return cmp.Or(cmp.Compare(t.in[b], t.in[a]), cmp.Compare(name(a), name(b)))
	})
	for _, id := range ids[:min(len(ids), most)] {
		f.Values = append(f.Values, model.FacetValue{Value: name(id), Count: t.in[id], All: t.all[id]})
	}
}

// times lists years or months, of which the tally begins with the first.
func times(f *model.Facet, t *tally, first int) {
	for i, n := range t.in {
		if n == 0 {
			continue
		}
		when := fmt.Sprintf("%04d", first+i)
		if f.Field == "month" {
			when = fmt.Sprintf("%04d-%02d", (first+i)/12, (first+i)%12+1)
		}
		f.Values = append(f.Values, model.FacetValue{Value: when, Term: "date:" + when, Count: n, All: t.all[i]})
	}
	f.Distinct, f.None = len(f.Values), t.none
}

// levels lists classification lines, or the highest portions.
func levels(f *model.Facet, t *tally) {
	for level := model.TopSecret; level > model.LevelUnknown; level-- {
		if t.in[level] == 0 {
			continue
		}
		word := strings.ToLower(strings.ReplaceAll(level.String(), " ", ""))
		if level == model.Sensitive {
			word = "sbu"
		}
		term := "class:" + word
		if f.Field == "mark" {
			term = "mark:" + word
			if level < model.TopSecret {
				term += " -mark>" + word
			}
		}
		f.Values = append(f.Values, model.FacetValue{Value: level.Code(), Meaning: level.String(), Term: term, Count: t.in[level], All: t.all[level]})
	}
	f.Distinct, f.None = len(f.Values), t.in[model.LevelUnknown]
}

// explain adds what codes mean. A TAG may mean another country in another
// year; here it is as of the middle of the cables that are held.
func (v *view) explain(f *model.Facet) {
	at := v.middle()
	for i := range f.Values {
		val := &f.Values[i]
		switch f.Field {
		case "tag":
			if e, ok := glossary.Tag(val.Value, at); ok && e.Sure {
				val.Meaning = e.Meaning
			}
		case "caveat":
			if e, ok := glossary.Caption(val.Value); ok {
				val.Meaning = e.Meaning
			}
		case "origin":
			val.Meaning = glossary.Country(val.Value)
		}
	}
}

// middle is the date in the middle of the cables.
func (v *view) middle() time.Time {
	var dates []int64
	for i := 0; i < len(v.rows); i += 1 + len(v.rows)/1000 {
		if r := &v.rows[i]; !r.dead && r.date != noTime {
			dates = append(dates, r.date)
		}
	}
	if len(dates) == 0 {
		return time.Time{}
	}
	slices.Sort(dates)
	return time.Unix(dates[len(dates)/2], 0).UTC()
}

// Values gives what a field may be completed to: values of the answer to q
// that begin so, the most frequent first, with their meaning. Where none
// begins so, those that hold it.
func (l *Library) Values(ctx context.Context, q *query.Query, field, begin string, most int) ([]model.FacetValue, error) {
	v, s, err := l.answered(ctx, q)
	if err != nil {
		return nil, err
	}
	switch field {
	case "id", "cites", "citedby", "thread":
		return l.idsLike(ctx, v, s, field, begin, most)
	case "class", "mark", "date", "after", "before":
		return nil, nil
	case "label":
		f, _, err := l.workFacet(ctx, v, field, s, 1<<30)
		return beginning(f.Values, begin, most), err
	}
	f, err := v.facet(ctx, field, s, len(v.cols.names.list))
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, nil //nolint:nilerr // a field without values to choose from
	}
	f.Values = beginning(f.Values, begin, most)
	err = v.finish(ctx, &f)
	return f.Values, err
}

// beginning picks those values that begin so, then those that hold it.
func beginning(values []model.FacetValue, begin string, most int) (out []model.FacetValue) {
	want := strings.ToLower(begin)
	for _, match := range [...]func(s, want string) bool{strings.HasPrefix, strings.Contains} {
		for _, val := range values {
			if match(strings.ToLower(val.Value), want) && !slices.ContainsFunc(out, func(o model.FacetValue) bool { return o.Value == val.Value }) {
				out = append(out, val)
			}
			if len(out) == most {
				return out
			}
		}
	}
	return out
}
