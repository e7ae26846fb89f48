package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
	"chancery/themes"
)

// counting is what stats prints.
type counting struct {
	form
	by    []string
	limit int
	cross bool
}

var countedFields = []string{"year", "month", "origin", "country", "tag", "class", "mark", "caveat", "to", "info", "judgement", "label"}

func newStats(w *world, l *looks) *cobra.Command {
	how := counting{}
	c := &cobra.Command{
		Use:   "stats [PATH...] [QUERY...]",
		Short: "Count cables by year, post, TAG and so on",
		Long: "Counts the cables that answer the query: bars on a terminal, lines elsewhere (field,\n" +
			"value, count, count in the whole collection, meaning, and what to add to a query to have\n" +
			"these alone). mark is the highest portion of a cable. Exits 1 when no cable answers.\n" +
			"How a query is written: chancery help query.",
		Example: "  chancery stats folder --by year\n" +
			"  chancery stats cables.zip tag:PREL --by origin,class -n 10\n" +
			"  chancery stats folder --by year,class --cross --format csv",
	}
	asks(w, l, c, func(c *cobra.Command, paths, words []string) error {
		return stats(c.Context(), w, l, how, paths, words)
	})
	f := c.Flags()
	how.flags(c, recordFormats)
	f.StringSliceVar(&how.by, "by", []string{"year", "class", "origin", "tag"}, "one or several of "+strings.Join(countedFields, " "))
	f.IntVarP(&how.limit, "limit", "n", 0, "at most `N` values of a field (20 on a terminal)")
	f.BoolVar(&how.cross, "cross", false, "one table of two fields, the first down, the second across")
	_ = c.RegisterFlagCompletionFunc("by", cobra.FixedCompletions(countedFields, cobra.ShellCompDirectiveNoFileComp))
	minusIsQuery(c)
	return c
}

// stats counts what answers a query.
func stats(ctx context.Context, w *world, l *looks, how counting, paths, words []string) error {
	for _, name := range how.by {
		if !slices.Contains(countedFields, name) {
			return usage("--by is of %s, not %q", strings.Join(countedFields, ", "), name)
		}
	}
	switch {
	case how.limit < 0:
		return usage("-n is a number of values, not %d", how.limit)
	case how.cross && len(how.by) != 2:
		return usage("--cross takes two fields: --by year,class --cross")
	}
	a, err := ask(ctx, w, l, paths, words)
	if err != nil {
		return err
	}
	defer a.close()
	most := how.limit
	switch {
	case most > 0:
	case how.in(w) == "table":
		most = 20
	default:
		most = 1 << 30
	}
	o, err := a.lib.Facets(ctx, a.q, how.by, most)
	if err != nil {
		return unread(err)
	}
	err = w.print(l, func(out *bufio.Writer, k ink) error {
		switch {
		case o.Total == 0:
			return nil
		case how.cross:
			return a.printCross(ctx, out, how, k, o)
		case how.in(w) == "table":
			return printBars(out, o, w.width, k)
		}
		return printCounts(newSheet(out, w, k, &how.form, countHeads), o)
	})
	if err != nil {
		return err
	}
	return a.end(o.Total)
}

var countHeads = []string{"field", "value", "count", "all", "meaning", "query"}

// jsonFacet is a field in stats --json.
type jsonFacet struct {
	Schema   int         `json:"schema"`
	Field    string      `json:"field"`
	Total    int         `json:"total"` // cables that answer
	All      int         `json:"all"`   // cables of the collection
	Distinct int         `json:"distinct"`
	None     int         `json:"none"` // cables without a value
	Values   []jsonValue `json:"values"`
}

type jsonValue struct {
	Value   string  `json:"value"`
	Meaning *string `json:"meaning"`
	Query   string  `json:"query"`
	Count   int     `json:"count"`
	All     int     `json:"all"`
}

// printCounts prints a record a value; as JSON a record a field. What has no
// value is a record with an empty one.
func printCounts(s *sheet, o model.Overview) error {
	for _, f := range o.Facets {
		if s.format == "json" || s.format == "jsonl" {
			j := jsonFacet{cableSchema, f.Field, o.Total, o.All, f.Distinct, f.None, make([]jsonValue, 0, len(f.Values))}
			for _, v := range f.Values {
				j.Values = append(j.Values, jsonValue{v.Value, maybe(v.Meaning), v.Term, v.Count, v.All})
			}
			if err := s.put(nil, j); err != nil {
				return err
			}
			continue
		}
		for _, v := range f.Values {
			if err := s.put([]string{f.Field, v.Value, strconv.Itoa(v.Count), strconv.Itoa(v.All), v.Meaning, v.Term}, nil); err != nil {
				return err
			}
		}
		if f.None > 0 {
			if err := s.put([]string{f.Field, "", strconv.Itoa(f.None), "", "none", ""}, nil); err != nil {
				return err
			}
		}
	}
	return s.close()
}

// printBars draws each field with a bar a value.
func printBars(out io.Writer, o model.Overview, width int, k ink) error {
	for i, f := range o.Facets {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "%s  %s\n", k.draw(themes.Heading, strings.ToUpper(f.Field)), k.draw(themes.Dim, facetWords(o, f)))
		value, number, meaning, top := 4, 1, 0, 1
		for _, v := range f.Values {
			value = max(value, min(24, ansi.StringWidth(safe.Line(v.Value))))
			number = max(number, len(model.Thousands(v.Count)))
			if v.Meaning != v.Value {
				meaning = max(meaning, min(30, ansi.StringWidth(safe.Line(v.Meaning))))
			}
			top = max(top, v.Count)
		}
		bar := 40
		if width > 0 {
			if width < 60 {
				meaning = 0
			}
			bar = max(4, min(40, width-1-value-number-meaning-6))
		}
		for _, v := range f.Values {
			line := "  " + fit(safe.Line(v.Value), value) + "  " + fmt.Sprintf("%*s", number, model.Thousands(v.Count))
			if meaning > 0 {
				text := v.Meaning
				if text == v.Value {
					text = ""
				}
				line += "  " + k.draw(themes.Dim, fit(safe.Line(text), meaning))
			}
			fmt.Fprintln(out, line+"  "+k.draw(themes.Value, strings.Repeat(k.bar, max(1, bar*v.Count/top))))
		}
	}
	return nil
}

// facetWords says what a field's values count.
func facetWords(o model.Overview, f model.Facet) string {
	parts := []string{model.Thousands(o.Total) + " " + plural(o.Total, "cable")}
	if n := f.Distinct - len(f.Values); n > 0 {
		parts = append(parts, fmt.Sprintf("the first %d of %s values", len(f.Values), model.Thousands(f.Distinct)))
	}
	if f.None > 0 {
		parts = append(parts, model.Thousands(f.None)+" without")
	}
	return strings.Join(parts, ", ")
}

// printCross counts each value of one field by those of another. Cables that
// have several values of a field are counted in each.
func (a *asked) printCross(ctx context.Context, out io.Writer, how counting, k ink, o model.Overview) error {
	down, across := o.Facets[0], o.Facets[1]
	heads := []string{down.Field}
	for _, v := range across.Values {
		heads = append(heads, v.Value)
	}
	s := newSheet(out, a.w, k, &how.form, append(heads, "count"))
	s.sizes = true
	for _, v := range down.Values {
		term, err := query.Parse(v.Term, query.Options{Desk: true})
		if err != nil {
			return err
		}
		part, err := a.lib.Facets(ctx, both(a.q, term), how.by[1:], 1<<30)
		if err != nil {
			return unread(err)
		}
		counts := map[string]int{}
		for _, w := range part.Facets[0].Values {
			counts[w.Value] = w.Count
		}
		cells := []string{v.Value}
		j := jsonCross{cableSchema, down.Field, v.Value, v.Count, across.Field, map[string]int{}}
		for _, w := range across.Values {
			cells = append(cells, strconv.Itoa(counts[w.Value]))
			j.Counts[w.Value] = counts[w.Value]
		}
		if err := s.put(append(cells, strconv.Itoa(v.Count)), j); err != nil {
			return err
		}
	}
	return s.close()
}

// jsonCross is a row of stats --cross --json.
type jsonCross struct {
	Schema int            `json:"schema"`
	Field  string         `json:"field"`
	Value  string         `json:"value"`
	Count  int            `json:"count"`
	By     string         `json:"by"`
	Counts map[string]int `json:"counts"`
}
