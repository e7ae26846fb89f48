package ui

import (
	"context"
	"errors"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
)

// partsMost is how many parts of a query that finds nothing are counted alone.
const partsMost = 6

// part is a condition of a query that must hold with the others, how many
// cables answer it alone, and what is spelt like it and does find something.
type part struct {
	text     string
	query    *query.Query
	count    int
	near     string
	counting bool // the count goes on
}

// partsMsg says what the parts of a query find.
type partsMsg struct {
	of    *query.Query
	parts []part
	err   error
}

// partsOf has the parts of a query counted that finds nothing.
func (a *App) partsOf(q *query.Query) tea.Cmd {
	if a.asked.split == q {
		return nil
	}
	a.asked.split = q
	parts := split(q)
	a.stopParts()
	ctx, cancel := context.WithCancel(a.ctx)
	a.asked.stopParts = cancel
	lib := a.o.Library
	return func() tea.Msg {
		defer cancel()
		for i := range parts {
			page, err := lib.List(ctx, parts[i].query, model.Ask{Order: model.ByDate})
			if err != nil {
				return partsMsg{of: q, err: err}
			}
			parts[i].count, parts[i].counting = page.Total, page.Counting
			if page.Total == 0 && !page.Counting {
				parts[i].near = nearest(ctx, lib, parts[i].query)
			}
		}
		return partsMsg{of: q, parts: parts}
	}
}

// stopParts calls the counting of parts off.
func (a *App) stopParts() {
	if a.asked.stopParts != nil {
		a.asked.stopParts()
		a.asked.stopParts = nil
	}
}

// counted says in place of the rows what the parts find.
func (a *App) counted(m partsMsg) {
	l := a.list
	if m.err != nil && a.asked.split == m.of {
		a.asked.split = nil
	}
	if errors.Is(m.err, context.Canceled) || l.shows != m.of || len(l.rows) > 0 {
		return
	}
	l.nothing = nil
	so := "."
	if !a.progress.Done {
		so = " so far."
	}
	l.nothing = append(l.nothing, "Nothing answers this query"+so)
	wide := 0
	for _, p := range m.parts {
		wide = max(wide, width(p.text))
	}
	for _, p := range m.parts {
		line := "  " + fit(p.text, min(wide, max(8, l.w-18)))
		switch {
		case p.count > 0 && p.counting:
			line += "  " + count(p.count) + "+ alone"
		case p.count > 0:
			line += "  " + count(p.count) + " alone"
		case p.counting:
			line += "  nothing so far"
		default:
			line += "  nothing"
		}
		l.nothing = append(l.nothing, line)
		if p.near != "" {
			l.nothing = append(l.nothing, "    did you mean "+p.near+" ?")
		}
	}
	l.nothing = append(l.nothing, "", `\ edits the query   Esc shows all cables`)
	a.touch(listPane)
}

// split gives the parts of a query that must all hold, or the one it is of.
func split(q *query.Query) []part {
	kids := []query.Node{q.Root}
	if and, ok := q.Root.(*query.And); ok {
		kids = and.Kids
	}
	var out []part
	for _, k := range kids[:min(len(kids), partsMost)] {
		text := written(q.Text, k)
		out = append(out, part{text: safe.Line(text), query: &query.Query{Text: text, Root: k}})
	}
	return out
}

// written is the text of a part of a query, with the signs that go before and
// after it.
func written(text string, n query.Node) string {
	s := spanOf(n)
	if s.End > len(text) || s.Start >= s.End {
		return text
	}
	for again := true; again; {
		again = false
		for _, sign := range []string{"-", "(", "para{", "NOT "} {
			if strings.HasSuffix(text[:s.Start], sign) {
				s.Start -= len(sign)
				again = true
			}
		}
	}
	open := strings.Count(text[s.Start:s.End], "(") + strings.Count(text[s.Start:s.End], "{") -
		strings.Count(text[s.Start:s.End], ")") - strings.Count(text[s.Start:s.End], "}")
	for ; open > 0 && s.End < len(text) && strings.ContainsRune(")}", rune(text[s.End])); open-- {
		s.End++
	}
	return text[s.Start:s.End]
}

// spanOf is the stretch of a query that a part of it was read from.
func spanOf(n query.Node) model.Span {
	var kids []query.Node
	switch n := n.(type) {
	case *query.Term:
		return n.Span
	case *query.Regexp:
		return n.Span
	case *query.Field:
		return n.Span
	case *query.Not:
		return spanOf(n.Kid)
	case *query.Para:
		return spanOf(n.Kid)
	case *query.And:
		kids = n.Kids
	case *query.Or:
		kids = n.Kids
	}
	var out model.Span
	for i, k := range kids {
		s := spanOf(k)
		if i == 0 {
			out = s
		}
		out.Start, out.End = min(out.Start, s.Start), max(out.End, s.End)
	}
	return out
}

// nearest is what is spelt like a part that finds nothing, and finds
// something: a value of its field, or the word one letter off.
func nearest(ctx context.Context, lib Library, q *query.Query) string {
	switch n := q.Root.(type) {
	case *query.Field:
		if n.Op != query.Is || len(n.Values) != 1 || n.Values[0].Text == "" {
			return ""
		}
		want := strings.ToLower(n.Values[0].Text)
		vs, err := lib.Values(ctx, nil, n.Name, string([]rune(want)[:1]), 1000)
		if err != nil {
			return ""
		}
		best, least := "", 1+len(want)/4
		for _, v := range vs {
			if d := lettersApart(want, strings.ToLower(v.Value)); d <= least && (best == "" || d < least) {
				best, least = v.Term, d
			}
		}
		return safe.Line(best)
	case *query.Term:
		if len(n.Words) != 1 || n.Words[0].Fuzzy || n.Words[0].Prefix || n.Words[0].Exact != "" {
			return ""
		}
		word := query.Word{Text: n.Words[0].Text, Fuzzy: true}
		page, err := lib.List(ctx, &query.Query{Root: &query.Term{Words: []query.Word{word}}}, model.Ask{Order: model.ByDate})
		if err == nil && page.Total > 0 {
			return "~" + word.Text + ", which finds " + count(page.Total)
		}
	}
	return ""
}

// lettersApart is by how many letters two words differ.
func lettersApart(a, b string) int {
	x, y := []rune(a), []rune(b)
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		last := row[0]
		row[0] = i + 1
		for j := range y {
			cost := last
			if x[i] != y[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, last+1)
		}
	}
	return row[len(y)]
}
