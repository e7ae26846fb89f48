package library

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"chancery/model"
	"chancery/model/query"
)

// doc is a cable of the collection as a query sees it; without a graph only its
// subject and paragraphs.
func (v *view) doc(g *graph, work *worked, row int, paras []query.Paragraph) *query.Doc {
	r := &v.rows[row]
	if g == nil {
		return &query.Doc{Subject: r.subject, Paras: paras}
	}
	t := r.traits
	d := &query.Doc{
		ID: r.id, Date: r.time(), Mark: v.cols.marks.list[r.class], Origin: v.cols.namesOf(&v.cols.origin, row),
		To: v.cols.namesOf(&v.cols.to, row), Info: v.cols.namesOf(&v.cols.info, row), Countries: v.cols.namesOf(&v.cols.country, row),
		Tags: v.cols.namesOf(&v.cols.tag, row), Caveats: v.cols.namesOf(&v.cols.caveat, row), Declas: r.declasDate(), Subject: r.subject,
		Paras: paras, By: v.cols.names.list[v.cols.by[row]], Sign: v.cols.names.list[v.cols.sign[row]], Words: int(r.words), File: v.path(r),
		Missing: t.names("missing"), Is: t.names("is"), Has: t.names("has"),
	}
	if work != nil {
		addWork(d, work.at(row))
	}
	for _, n := range g.cites(row) {
		d.Cites = add(d.Cites, g.ids.list[n])
	}
	d.CitedBy = func(id string) bool {
		return slices.ContainsFunc(g.rowsOf(id), func(from uint32) bool {
			return slices.ContainsFunc(g.cites(int(from)), func(n uint32) bool { return g.ids.list[n] == r.id })
		})
	}
	d.Thread = func(id string) bool {
		var in bool
		g.thread(id, func(i int) { in = in || i == row })
		return in
	}
	return d
}

// addWork adds what the reader made of a cable.
func addWork(d *query.Doc, w *model.Work) {
	is, has := w.Words()
	d.Is, d.Has = append(d.Is, is...), append(d.Has, has...)
	d.Notes, d.Labels = notesOf(w), w.AllLabels()
}

// namesOf gives the values of a row.
func (c *columns) namesOf(m *many, row int) []string {
	ids := m.of(row)
	if len(ids) == 0 {
		return nil
	}
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = c.names.list[id]
	}
	return out
}

// paras reads the paragraphs of a cable: from its stored text, or else by
// parsing it.
func (l *Library) paras(ctx context.Context, key model.Key) ([]query.Paragraph, error) {
	kept, err := reading(ctx, l, key, func(at spot) (*[]query.Paragraph, error) {
		if at.shard == nil {
			return nil, nil
		}
		b, err := at.shard.body(ctx, int(key))
		var paras []query.Paragraph
		if err == nil {
			paras, err = parasOf(b)
		}
		switch err = l.spoilt(err); {
		case err == nil:
			return &paras, nil
		case errors.Is(err, errNoBody), errors.Is(err, errDamaged):
			return nil, nil
		}
		return nil, fmt.Errorf("read %s: %w", at.path(), err)
	})
	switch {
	case err != nil:
		return nil, err
	case kept != nil:
		return *kept, nil
	}
	c, err := l.Cable(ctx, key) // which falls back to the source
	if err != nil {
		return nil, err
	}
	return paragraphs(c), nil
}

// paragraphs is the text of a cable as a query looks into it.
func paragraphs(c *model.Cable) []query.Paragraph {
	out := make([]query.Paragraph, len(c.Blocks))
	for i := range c.Blocks {
		out[i] = query.Paragraph{Mark: c.Blocks[i].Mark, Text: c.Blocks[i].Text}
	}
	return out
}
