package cli

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"chancery/model"
)

// usualColumns are those of plain, tsv and csv where none are asked for.
var usualColumns = []string{"id", "date", "mark", "from", "subject", "path"}

// column is a field of a cable in a list.
type column struct {
	name  string
	cell  func(e *model.Entry, f *model.Facts, w *model.Work) string
	value func(e *model.Entry, f *model.Facts, w *model.Work) any // as JSON
}

// listColumns are the fields that a list may have, in the order of JSON.
var listColumns = []column{
	{"id", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return e.ID }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return maybe(e.ID) }},
	{"date", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return dateOf(e.Date) }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return moment(e.Date) }},
	{"mark", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return e.Mark.Code() }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return e.Mark.Code() }},
	{"level", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return e.Mark.Level.String() }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return maybe(e.Mark.Level.String()) }},
	{"controls", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return words(e.Mark.Controls) }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return list(e.Mark.Controls) }},
	{"from", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return e.From }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return maybe(e.From) }},
	{"subject", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return e.Subject }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return maybe(e.Subject) }},
	{"path", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return e.Path }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return e.Path }},
	{"problems", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return strconv.Itoa(e.Problems) }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return e.Problems }},
	{"copy", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return yesNo(e.Copy) }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return e.Copy }},
	{"class", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return classOf(f) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return maybe(classOf(f)) }},
	{"highest", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return levelCode(f.Highest) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return maybe(levelCode(f.Highest)) }},
	{"tags", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return words(f.Tags) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return list(f.Tags) }},
	{"countries", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return several(f.Countries) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return list(f.Countries) }},
	{"caveats", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return several(f.Caveats) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return list(f.Caveats) }},
	{"to", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return several(f.To) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return list(f.To) }},
	{"info", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return several(f.Info) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return list(f.Info) }},
	{"declas", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return dayIn(f.Declas) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return maybe(dayIn(f.Declas)) }},
	{"words", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return strconv.Itoa(f.Words) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return f.Words }},
	{"bytes", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return strconv.Itoa(f.Bytes) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return f.Bytes }},
	{"is", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return words(f.Is) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return list(f.Is) }},
	{"has", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return words(f.Has) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return list(f.Has) }},
	{"missing", func(_ *model.Entry, f *model.Facts, _ *model.Work) string { return words(f.Missing) }, func(_ *model.Entry, f *model.Facts, _ *model.Work) any { return list(f.Missing) }},
	{"key", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return e.Handle().Key() }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return e.Handle().Key() }},
	{"sum", func(e *model.Entry, _ *model.Facts, _ *model.Work) string { return e.Sum }, func(e *model.Entry, _ *model.Facts, _ *model.Work) any { return maybe(e.Sum) }},
	{"judgement", func(_ *model.Entry, _ *model.Facts, w *model.Work) string { return string(w.Judgement) }, func(_ *model.Entry, _ *model.Facts, w *model.Work) any { return maybe(string(w.Judgement)) }},
	{"star", func(_ *model.Entry, _ *model.Facts, w *model.Work) string { return yesNo(w.Star) }, func(_ *model.Entry, _ *model.Facts, w *model.Work) any { return w.Star }},
	{"read", func(_ *model.Entry, _ *model.Facts, w *model.Work) string { return yesNo(w.Read) }, func(_ *model.Entry, _ *model.Facts, w *model.Work) any { return w.Read }},
	{"labels", func(_ *model.Entry, _ *model.Facts, w *model.Work) string { return several(w.AllLabels()) }, func(_ *model.Entry, _ *model.Facts, w *model.Work) any { return list(w.AllLabels()) }},
	{"note", func(_ *model.Entry, _ *model.Facts, w *model.Work) string { return yesNo(len(w.Notes) > 0) }, func(_ *model.Entry, _ *model.Facts, w *model.Work) any { return len(w.Notes) > 0 }},
	{"pins", func(_ *model.Entry, _ *model.Facts, w *model.Work) string { return strconv.Itoa(w.Pins) }, func(_ *model.Entry, _ *model.Facts, w *model.Work) any { return w.Pins }},
}

func columnNames() []string {
	names := make([]string, 0, len(listColumns))
	for _, c := range listColumns {
		names = append(names, c.name)
	}
	return names
}

func columnOf(name string) *column {
	for i := range listColumns {
		if listColumns[i].name == name {
			return &listColumns[i]
		}
	}
	return nil
}

// putEntries prints cables as records of the columns with these names. As JSON
// they have every column unless some were asked for.
func (a *asked) putEntries(ctx context.Context, s *sheet, es []model.Entry, names []string, only bool) error {
	var columns []*column
	asJSON := s.format == "json" || s.format == "jsonl"
	if asJSON && !only {
		names = columnNames()
	}
	for _, name := range names {
		columns = append(columns, columnOf(name))
	}
	for i := range es {
		e := &es[i]
		f, err := a.lib.Facts(ctx, e.Key)
		if err != nil {
			return unread(err)
		}
		own := a.workOn(e.Handle())
		var cells []string
		var value any
		if asJSON {
			value, err = record(columns, e, &f, &own)
		} else {
			for _, c := range columns {
				cells = append(cells, c.cell(e, &f, &own))
			}
		}
		if err == nil {
			err = s.put(cells, value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// record is a cable as JSON, its keys in the order of the columns.
func record(columns []*column, e *model.Entry, f *model.Facts, w *model.Work) (json.RawMessage, error) {
	b := []byte(`{"schema":` + strconv.Itoa(cableSchema))
	for _, c := range columns {
		v, err := encode(c.value(e, f, w))
		if err != nil {
			return nil, err
		}
		b = append(b, `,"`+c.name+`":`+strings.TrimSuffix(string(v), "\n")...)
	}
	return append(b, '}'), nil
}

// dateOf is a day and time in UTC, "" when it is not known.
func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04Z")
}

// dayIn is a day in UTC, "" when it is not known.
func dayIn(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// classOf is the marking of a cable's own line, "" when it has none.
func classOf(f *model.Facts) string {
	if f.Class.Level == model.LevelUnknown && len(f.Class.Controls) == 0 {
		return ""
	}
	return f.Class.Code()
}

func levelCode(l model.Level) string {
	if l == model.LevelUnknown {
		return ""
	}
	return l.Code()
}

// words writes several words in one cell.
func words(list []string) string { return strings.Join(list, " ") }

// several writes in one cell what may hold blanks.
func several(list []string) string { return strings.Join(list, "; ") }

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
