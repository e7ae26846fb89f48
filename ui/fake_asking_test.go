package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"chancery/model"
	"chancery/model/glossary"
	"chancery/model/query"
)

// counting is what a collection in memory counts and links.
type counting struct {
	facets int   // how often it was asked to count
	linked int   // and for links
	err    error // what it answers instead
	own    error // and where the reader's own work is asked for
}

// cableFor is the cable of an entry. Those made up by the dozen are given
// without their text, so that many are counted fast.
func (f *fakeLibrary) cableFor(e model.Entry) *model.Cable {
	if c := f.cables[e.Key]; c != nil {
		return c
	}
	return &model.Cable{
		ID: e.ID, Tags: []string{"PREL", "ENRG"}, Captions: []string{"NOFORN"}, Blocks: []model.Block{{Mark: e.Mark}},
		To: []model.Address{{Name: "SECSTATE WASHDC"}}, Signature: "MADEUP",
		References: []model.Reference{
			{Label: "A", Text: "07STATE99120", Kind: model.RefCable, ID: "07STATE99120"},
			{Label: "B", Text: "07ANKARA9901", Kind: model.RefCable, ID: "07ANKARA9901"},
		},
	}
}

// valuesOf are the values of a field of a cable.
func (f *fakeLibrary) valuesOf(e model.Entry, field string) []string {
	switch field {
	case "year":
		return []string{e.Date.Format("2006")}
	case "month":
		return []string{e.Date.Format("2006-01")}
	case "origin":
		return []string{e.From}
	case "mark", "class":
		if e.Mark.Level != model.LevelUnknown {
			return []string{e.Mark.Code()}
		}
	case "country":
		if e.From == "ANKARA" {
			return []string{"TURKEY"}
		}
	case "tag":
		return f.cableFor(e).Tags
	case "judgement":
		if f.desk != nil {
			return []string{cmp.Or(string(f.desk.work(e.ID).Judgement), "unjudged")}
		}
	case "caveat":
		return f.cableFor(e).Captions
	}
	return nil
}

// valueTerm asks for a value of a field.
func valueTerm(field, value string) string {
	switch field {
	case "year", "month":
		field = "date"
	case "judgement":
		field = "is"
	case "mark", "class":
		value, _, _ = strings.Cut(strings.ToLower(value), "/")
	}
	return termOf(field, value)
}

func (f *fakeLibrary) Facets(ctx context.Context, q *query.Query, fields []string, most int) (model.Overview, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.counts.facets++
	if f.counts.err != nil {
		return model.Overview{}, f.counts.err
	}
	if f.counts.own != nil && slices.Contains(fields, judgementField) {
		return model.Overview{}, f.counts.own
	}
	answer := f.answering(f.entries, q)
	o := model.Overview{Total: len(answer), All: len(f.entries)}
	for _, field := range fields {
		o.Facets = append(o.Facets, f.facet(answer, field, most))
	}
	return o, ctx.Err()
}

// facet counts one field.
func (f *fakeLibrary) facet(answer []model.Entry, field string, most int) model.Facet {
	counted := model.Facet{Field: field}
	at := map[string]int{}
	for i, es := range [][]model.Entry{answer, f.entries} {
		for _, e := range es {
			vs := f.valuesOf(e, field)
			if len(vs) == 0 && i == 0 {
				counted.None++
			}
			for _, v := range vs {
				n, known := at[v]
				if !known && i == 1 {
					continue
				}
				if !known {
					n = len(counted.Values)
					at[v] = n
					counted.Values = append(counted.Values, model.FacetValue{Value: v, Term: valueTerm(field, v), Meaning: meaningOf(field, v)})
				}
				if i == 0 {
					counted.Values[n].Count++
				} else {
					counted.Values[n].All++
				}
			}
		}
	}
	slices.SortStableFunc(counted.Values, func(x, y model.FacetValue) int {
		if field == "year" || field == "month" {
			return strings.Compare(x.Value, y.Value)
		}
		return cmp.Or(y.Count-x.Count, strings.Compare(x.Value, y.Value))
	})
	counted.Distinct = len(counted.Values)
	if field != "year" && field != "month" {
		counted.Values = counted.Values[:min(len(counted.Values), most)]
	}
	return counted
}

// meaningOf is a value in words.
func meaningOf(field, value string) string {
	switch field {
	case "tag":
		e, _ := glossary.Tag(value, today)
		return e.Meaning
	case "mark", "class":
		m, _ := model.ParseMarking(value)
		return m.Level.String()
	}
	return ""
}

func (f *fakeLibrary) Links(ctx context.Context, id string) (model.Links, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.counts.linked++
	if f.counts.err != nil {
		return model.Links{}, f.counts.err
	}
	if len(f.entries) > 10_000 { // the big collection cites nothing: what is measured there are keys
		return model.Links{ID: id}, ctx.Err()
	}
	held := make(map[string]model.Entry, len(f.entries))
	for _, e := range f.entries {
		held[e.ID] = e
	}
	out := model.Links{ID: id, Entry: held[id]}
	for _, e := range f.entries {
		if e.ID != id && f.cables[e.Key] == nil && id != "07STATE99120" && id != "07ANKARA9901" {
			continue // every cable made up by the dozen cites these two
		}
		c := f.cableFor(e)
		for _, r := range c.References {
			l := model.Link{ID: r.ID, Entry: held[r.ID], Label: r.Label, Inferred: r.YearInferred}
			l.Number, l.Sentence = citingSentence(c, r)
			switch {
			case e.ID == id && r.ID == "":
				out.Others = append(out.Others, r)
			case e.ID == id:
				out.Cites = append(out.Cites, l)
			case r.ID == id:
				l.ID, l.Entry = e.ID, e
				out.CitedBy = append(out.CitedBy, l)
			}
		}
	}
	return out, ctx.Err()
}

// citingSentence is the sentence of a cable that names a reference by label.
func citingSentence(c *model.Cable, r model.Reference) (number, sentence string) {
	for _, b := range c.Blocks {
		for _, s := range strings.SplitAfter(b.Text, ".") {
			if r.Label != "" && strings.Contains(s, "ref "+r.Label) {
				return b.Number, strings.TrimSpace(s)
			}
		}
	}
	return "", ""
}

func (f *fakeLibrary) Stop(context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stops++
	return nil
}

func (f *fakeLibrary) Wanted(ctx context.Context, q *query.Query, most int) ([]model.Wanted, int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.counts.err != nil {
		return nil, 0, f.counts.err
	}
	held := map[string]bool{}
	for _, e := range f.entries {
		held[e.ID] = true
	}
	var out []model.Wanted
	at := map[string]int{}
	for _, e := range f.answering(f.entries, q) {
		for _, r := range f.cableFor(e).References {
			if r.ID == "" || held[r.ID] {
				continue
			}
			n, ok := at[r.ID]
			if !ok {
				n = len(out)
				at[r.ID] = n
				out = append(out, model.Wanted{ID: r.ID, First: e.Date})
			}
			w := &out[n]
			w.Count++
			w.Last = e.Date
			if r.YearInferred {
				w.Inferred++
			}
			if len(w.By) < 3 {
				w.By = append(w.By, e.ID)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y model.Wanted) int { return y.Count - x.Count })
	n := len(out)
	return out[:min(n, most)], n, ctx.Err()
}

// citing gives a cable of the collection references of its own, and a sentence
// for each that has one.
func (f *fakeLibrary) citing(n int, items ...string) {
	e := f.entries[n]
	c := cableOf(e)
	c.References = nil
	for i, item := range items {
		text, sentence, _ := strings.Cut(item, ": ")
		year, post, number, _ := model.SplitID(e.ID)
		r := model.ParseReference(text, year, post, number)
		r.Label = string(rune('A' + i))
		c.References = append(c.References, r)
		if sentence != "" {
			c.Blocks[1+i%8].Text += "\n" + strings.ReplaceAll(sentence, "REF", "ref "+r.Label)
		}
	}
	f.cables[e.Key] = c
}

// chained is a collection whose cables cite each other.
func chained() *fakeLibrary {
	f := newFake(made(24))
	for i := range f.entries {
		f.citing(i)
	}
	f.citing(2, "06 ANKARA 9655: The offer of REF was made again.")
	f.citing(4, "07 KINGSTON 9902: As REF reports, the deputy wants a letter.", "07 STATE 99120")
	f.citing(8, "07 KINGSTON 9902: The minister said that the offer in REF stands until the winter and no longer.",
		"STATE 99121: He asked for a reply to the points in REF.", "07 BERN 9904", "DOE-ROE E-MAIL 10/15/07")
	f.citing(12, "07 ASTANA 9908: What was reported in REF is denied here.")
	f.citing(15, "07 ASTANA 9908")
	f.citing(17, "07 BERN 9912: REF has the second response.")
	f.citing(20, "07 ASTANA 9908: The price of REF is out of date.", "07 ANKARA 9917")
	return f
}

// manyYears is a collection over many years, with some TAGS each.
func manyYears(n int) *fakeLibrary {
	f := newFake(made(n))
	glossary.Tag("PREL", today) // read here, not while a test waits for the counts
	tags := []string{"PREL", "PGOV", "ECON", "ENRG", "MARR", "PTER", "EPET", "KNNP", "OVIP", "SENV", "PHUM", "ETRD", "EFIN", "CVIS"}
	for i := range f.entries {
		e := &f.entries[i]
		back := (i * i / 7) % 37
		if i%3 > 0 {
			back = i % 5
		}
		e.Date = e.Date.AddDate(-back, -i%12, 0)
		e.ID = fmt.Sprintf("%02d%s", e.Date.Year()%100, e.ID[2:])
		c := cableOf(*e)
		c.Tags = []string{tags[i%len(tags)], tags[i%3]}
		if i%4 > 0 {
			c.Captions = nil
		}
		f.cables[e.Key] = c
	}
	slices.SortStableFunc(f.entries, func(x, y model.Entry) int { return x.Date.Compare(y.Date) })
	cables := f.cables
	f.cables = map[model.Key]*model.Cable{}
	for i := range f.entries {
		c := cables[f.entries[i].Key]
		f.entries[i].Key = model.Key(i + 1)
		f.cables[f.entries[i].Key] = c
	}
	return f
}
