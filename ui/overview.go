package ui

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

// How many values the overview asks for of each field, and how many a view of
// one field alone.
const (
	overviewValues = 24
	facetValues    = 2000
)

// wantedField names the block of what is cited and not held.
const wantedField = "missing"

// judgementField names the block of what the reader thinks of the cables, which
// is there where a desk is.
const judgementField = "judgement"

// facetFields are the fields that can be counted, as a query and the palette
// name them, with the titles of their blocks; own takes the reader's work in.
func facetFields(own bool) [][2]string {
	fields := [][2]string{
		{"year", "by year"},
		{"month", "by month"},
		{"mark", "highest marking in the cable"},
		{judgementField, "my judgement"},
		{"class", "classification of the cable"},
		{"origin", "from"},
		{"tag", "TAGS"},
		{"country", "countries"},
		{"caveat", "captions and controls"},
		{wantedField, "cited, NOT HELD here"},
	}
	if !own {
		fields = slices.DeleteFunc(fields, func(f [2]string) bool { return f[0] == judgementField })
	}
	return fields
}

// overview is the answer to the query counted: a block of bars for each field.
// Of one field it shows every value.
type overview struct {
	st   *styles
	only string // one field, "" for all
	own  bool   // the reader's own work is counted too
	w, h int

	gen      int
	cancel   context.CancelFunc
	pending  int    // questions not answered
	asked    bool   // some question was asked
	text     string // the query counted
	version  int    // of the collection, when it was asked
	failed   bool
	counts   model.Overview
	counted  bool // counts have come
	wanted   []model.Wanted
	wantedN  int
	sought   bool // wanted has come
	withTerm bool // a query is asked, so that there are two numbers

	blocks []block
	sheet  sheet
	cur    place // the value under the cursor
	first  int   // the line of the sheet the pane begins at
	moved  bool  // somebody has moved the cursor
}

// countsMsg and wantedMsg answer the overview.
type (
	countsMsg struct {
		gen    int
		counts model.Overview
		err    error
	}
	wantedMsg struct {
		gen    int
		wanted []model.Wanted
		total  int
		err    error
	}
)

// showOverview opens the overview, and from within it goes back.
func (a *App) showOverview(call) tea.Cmd {
	if v, ok := a.uppermost().(*overview); ok && v.only == "" {
		a.lower()
		return nil
	}
	a.raise(&overview{st: a.list.st, own: a.o.Desk != nil})
	return nil
}

// showFacet counts one field alone.
func (a *App) showFacet(c call) tea.Cmd {
	name := strings.ToLower(strings.TrimSpace(c.arg))
	if !slices.Contains(facetNames(a), name) {
		a.say("facet takes one of " + strings.Join(facetNames(a), ", "))
		return nil
	}
	a.raise(&overview{st: a.list.st, only: name, own: a.o.Desk != nil})
	return nil
}

// showMissing lists what is cited and not held.
func (a *App) showMissing(call) tea.Cmd {
	if v, ok := a.uppermost().(*overview); ok && v.only == wantedField {
		a.lower()
		return nil
	}
	return a.showFacet(call{arg: wantedField})
}

// facetNames are the fields that can be counted.
func facetNames(a *App) []string {
	var out []string
	for _, f := range facetFields(a.o.Desk != nil) {
		out = append(out, f[0])
	}
	return out
}

func (v *overview) scope() scope { return inOverview }

func (v *overview) due(a *App) bool {
	return !v.asked || v.text != a.asked.text || v.version != a.collected && v.pending == 0 && !a.recounting
}

// ask has the answer counted and what it lacks listed. The numbers that are
// shown stay until the new ones are here.
func (v *overview) ask(a *App) tea.Cmd {
	v.end()
	ctx, cancel := context.WithCancel(a.ctx)
	v.gen, v.cancel, v.asked, v.failed, v.pending = a.next(), cancel, true, false, 0
	if v.text != a.asked.text {
		v.text = a.asked.text
	}
	v.version = a.collected
	gen, lib, q := v.gen, a.o.Library, a.asked.query
	v.withTerm = q != nil && q.Root != nil
	var cmds []tea.Cmd
	if v.only != wantedField {
		fields, most := v.fields(), v.most()
		v.pending++
		cmds = append(cmds, func() tea.Msg {
			o, err := lib.Facets(ctx, q, fields, most)
			return countsMsg{gen, o, err}
		})
	}
	if v.only == "" || v.only == wantedField {
		most := v.most()
		v.pending++
		cmds = append(cmds, func() tea.Msg {
			w, n, err := lib.Wanted(ctx, q, most)
			return wantedMsg{gen, w, n, err}
		})
	}
	return tea.Batch(cmds...)
}

// fields are those to be counted.
func (v *overview) fields() []string {
	if v.only != "" {
		return []string{v.only}
	}
	var out []string
	for _, f := range facetFields(v.own) {
		if f[0] != wantedField {
			out = append(out, f[0])
		}
	}
	return out
}

func (v *overview) most() int {
	if v.only != "" {
		return facetValues
	}
	return overviewValues
}

// waiting says that no numbers have come; what is not held may come later.
func (v *overview) waiting() bool {
	ready := v.counted || v.only == wantedField && v.sought
	return !v.asked || v.pending > 0 && !ready
}

func (v *overview) end() {
	if v.cancel != nil {
		v.cancel()
		v.cancel = nil
	}
}

func (v *overview) take(a *App, msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case countsMsg:
		if m.gen == v.gen {
			v.answered(a, m.err, func() { v.counts, v.counted = m.counts, true })
		}
	case wantedMsg:
		if m.gen == v.gen {
			v.answered(a, m.err, func() { v.wanted, v.wantedN, v.sought = m.wanted, m.total, true })
		}
	}
	return nil
}

// answered puts one answer in place, or keeps what is there and says why.
func (v *overview) answered(a *App, err error, put func()) {
	v.pending--
	if v.pending == 0 {
		v.end()
	}
	switch {
	case err == nil:
		put()
		v.arrange()
	case errors.Is(err, context.Canceled):
	case v.own && v.only == "": // it may be that work which cannot be counted
		v.own, v.asked = false, false
	default:
		v.failed, a.held = true, nil
		a.fail(err)
	}
}

// narrow asks for the value under the cursor and goes to the list.
func (a *App) narrow(call) tea.Cmd {
	v, ok := a.uppermost().(*overview)
	if !ok {
		return nil
	}
	b, t, ok := v.under()
	if !ok {
		return a.showMore(b)
	}
	if t.term == "" {
		a.say("these cannot be asked for")
		return nil
	}
	a.lowerAll()
	a.focus(listPane)
	return a.filter(t.term, false)
}

// showMore opens the field of a block of which only the first values are shown.
func (a *App) showMore(b *block) tea.Cmd {
	if b == nil {
		a.say("there is nothing to ask for yet")
		return nil
	}
	return a.showFacet(call{arg: b.field})
}

// exclude takes the cables with the value under the cursor out of the answer.
func (a *App) exclude(call) tea.Cmd {
	if v, ok := a.uppermost().(*overview); ok {
		_, t, ok := v.under()
		if !ok || t.term == "" {
			a.say("this cannot be excluded")
			return nil
		}
		return a.filter(t.term, true)
	}
	return a.excludeField()
}
