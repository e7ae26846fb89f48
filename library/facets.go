package library

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
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
	a, err := l.answer(ctx, v, q, model.ByDate, false)
	if err != nil {
		return nil, err
	}
	return a.all(ctx, l)
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
// origin, country, tag, class, mark (the highest of a cable), caveat. At most
// values are listed of each, all of year and month.
func (l *Library) Facets(ctx context.Context, q *query.Query, fields []string, most int) (model.Overview, error) {
	v, s, err := l.answered(ctx, q)
	if err != nil {
		return model.Overview{}, err
	}
	o := model.Overview{Total: s.count(), All: v.total}
	for _, name := range fields {
		f, err := v.facet(name, s, most)
		if err != nil {
			return o, err
		}
		o.Facets = append(o.Facets, f)
	}
	return o, ctx.Err()
}

// tally counts the values of one field, in the answer and in all.
type tally struct {
	in, all []int // by number of the value
	none    int
}

// count counts the numbers that of gives for each row.
func (v *view) count(s bitset, values int, of func(row int, value func(uint32))) tally {
	t := tally{in: make([]int, values), all: make([]int, values)}
	v.live.each(func(i int) {
		answers := s.has(i)
		n := 0
		of(i, func(id uint32) {
			n++
			t.all[id]++
			if answers {
				t.in[id]++
			}
		})
		if n == 0 && answers {
			t.none++
		}
	})
	return t
}

func (v *view) facet(name string, s bitset, most int) (model.Facet, error) {
	f := model.Facet{Field: name}
	names := v.cols.names.list
	switch name {
	case "year", "month":
		v.times(&f, s)
		return f, nil
	case "class", "mark":
		v.levels(&f, s)
		return f, nil
	case "origin": // the sender in short, which stands first
		m := &v.cols.origin
		t := v.count(s, len(names), func(i int, value func(uint32)) {
			if of := m.of(i); len(of) > 0 && v.names[v.rows[i].from] != "" {
				value(of[0])
			}
		})
		take(&f, t, most, func(id int) string { return names[id] })
	default:
		m := v.cols.column(name)
		if m == nil {
			return f, fmt.Errorf("there is nothing to count by %q; there are year, month, origin, to, info, country, tag, class, mark and caveat", name)
		}
		t := v.count(s, len(names), func(i int, value func(uint32)) {
			for _, id := range m.of(i) {
				value(id)
			}
		})
		take(&f, t, most, func(id int) string { return names[id] })
	}
	v.explain(&f)
	return f, nil
}

// take lists the most frequent values of a tally.
func take(f *model.Facet, t tally, most int, name func(id int) string) {
	for id, n := range t.in {
		if n > 0 && name(id) != "" {
			f.Values = append(f.Values, model.FacetValue{Value: name(id), Term: f.Field + ":" + query.Quote(name(id)), Count: n, All: t.all[id]})
		}
	}
	f.Distinct, f.None = len(f.Values), t.none
	slices.SortFunc(f.Values, func(a, b model.FacetValue) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	f.Values = f.Values[:min(len(f.Values), most)]
}

// times counts years or months.
func (v *view) times(f *model.Facet, s bitset) {
	form := "2006"
	if f.Field == "month" {
		form = "2006-01"
	}
	at := map[string]*model.FacetValue{}
	v.live.each(func(i int) {
		d := v.rows[i].time()
		if d.IsZero() {
			if s.has(i) {
				f.None++
			}
			return
		}
		when := d.Format(form)
		val := at[when]
		if val == nil {
			val = &model.FacetValue{Value: when, Term: "date:" + when}
			at[when] = val
		}
		val.All++
		if s.has(i) {
			val.Count++
		}
	})
	for _, val := range at {
		if val.Count > 0 {
			f.Values = append(f.Values, *val)
		}
	}
	f.Distinct = len(f.Values)
	slices.SortFunc(f.Values, func(a, b model.FacetValue) int { return cmp.Compare(a.Value, b.Value) })
}

// levels counts classification lines, or the highest portions.
func (v *view) levels(f *model.Facet, s bitset) {
	var in, all [model.TopSecret + 1]int
	v.live.each(func(i int) {
		level := v.rows[i].high
		if f.Field == "class" {
			level = v.cols.marks.list[v.rows[i].class].Level
		}
		all[level]++
		if s.has(i) {
			in[level]++
		}
	})
	for level := model.TopSecret; level > model.LevelUnknown; level-- {
		if in[level] > 0 {
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
			f.Values = append(f.Values, model.FacetValue{Value: level.Code(), Meaning: level.String(), Term: term, Count: in[level], All: all[level]})
		}
	}
	f.Distinct, f.None = len(f.Values), in[model.LevelUnknown]
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
	}
	f, err := v.facet(field, s, len(v.cols.names.list))
	if err != nil {
		return nil, nil //nolint:nilerr // a field without values to choose from
	}
	want := strings.ToLower(begin)
	var out []model.FacetValue
	for _, match := range [...]func(s, want string) bool{strings.HasPrefix, strings.Contains} {
		for _, val := range f.Values {
			if match(strings.ToLower(val.Value), want) && !slices.ContainsFunc(out, func(o model.FacetValue) bool { return o.Value == val.Value }) {
				out = append(out, val)
			}
			if len(out) == most {
				return out, nil
			}
		}
	}
	return out, nil
}

// idsLike gives ids that begin so, in any spelling of what is there already;
// also ones that are cited and not held, with how often.
func (l *Library) idsLike(ctx context.Context, v *view, s bitset, field, begin string, most int) ([]model.FacetValue, error) {
	g, err := l.graph(ctx, v)
	if err != nil {
		return nil, err
	}
	want := strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '"' || r == '-' {
			return -1
		}
		return r
	}, begin))
	var out []model.FacetValue
	for n, id := range g.ids.list {
		if !strings.HasPrefix(id, want) {
			continue
		}
		rows, cited := g.holding(uint32(n)), len(g.in.of(n))
		if field == "id" && (len(rows) == 0 || !s.has(int(rows[0]))) {
			continue
		}
		val := model.FacetValue{Value: id, Term: field + ":" + id, Count: len(rows), All: cited}
		switch {
		case len(rows) > 0:
			val.Meaning = v.rows[rows[0]].subject
		case cited > 0:
			val.Meaning = "not held, cited by " + strconv.Itoa(cited)
		}
		out = append(out, val)
	}
	slices.SortFunc(out, func(a, b model.FacetValue) int {
		return cmp.Or(cmp.Compare(b.All, a.All), compareIDs(a.Value, b.Value))
	})
	return out[:min(most, len(out))], nil
}
