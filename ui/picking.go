package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
	"chancery/themes"
)

// offersMost is how many ways to go on are offered, and offersShown how many
// are in view.
const (
	offersMost  = 40
	offersShown = 8
)

// picking is what may stand at the cursor of a query, to choose from. Choosing
// writes it into the line, so that Enter never means anything but the query.
type picking struct {
	asked  bool // by a key; else it stands there because a value is being typed
	due    int  // steps to take as soon as the values are here
	offers []way
	at     int // chosen, -1: none
	top    int
	not    bool  // what is chosen is excluded
	stale  bool  // the offers are those of before the last key
	base   typed // the line before anything was chosen
	span   model.Span
	name   bool // a whole name is wanted: = stands before it
}

// way is one way to go on.
type way struct {
	text, shown, meaning string
	count                int  // -1: none is known
	whole                bool // it stands for the whole query
}

func (k *picking) none() { *k = picking{at: -1} }

func (k *picking) chosen() bool { return k.at >= 0 && k.at < len(k.offers) }

// valuesMsg brings the values that a field may be completed to.
type valuesMsg struct {
	gen    int
	values []model.FacetValue
}

// values looks for what may stand at the cursor. Values of a field are asked
// for as they are typed, everything else when a key asks.
func (p *queryLine) values(a *App) tea.Cmd {
	k := &p.pick
	if k.chosen() || p.walk < len(a.asked.history) {
		return nil
	}
	c := query.Complete(p.field.text, p.field.at, query.Options{Saved: a.savedQuery, Desk: a.o.Desk != nil})
	if !k.asked && !ofValue(p.field.text, c) {
		k.none()
		return nil
	}
	offers := a.waysFor(c, strings.TrimSpace(p.field.text) == "")
	k.at, k.not, k.base, k.span, k.name = -1, false, p.field, c.Span, c.Whole
	if c.Field == "" || c.Field == "q" || len(offers) > 0 {
		k.offers, k.stale = offers, false
		return p.take(a)
	}
	p.stop()
	ctx, cancel := context.WithCancel(a.ctx)
	p.cancel = cancel
	gen, lib := p.gen, a.o.Library
	return func() tea.Msg {
		defer cancel()
		vs, err := lib.Values(ctx, c.Others, c.Field, c.Begin, offersMost)
		if err != nil {
			vs = nil // the query can be typed without
		}
		return valuesMsg{gen, vs}
	}
}

// ofValue says that what may stand there is the value of a field, not its name.
func ofValue(text string, c query.Completion) bool {
	at := c.Span.Start
	return c.Field != "" || len(c.Ready) > 0 && at > 0 && at <= len(text) && strings.IndexByte(":=<>,", text[at-1]) >= 0
}

// waysFor are the ways to go on that need not be asked for.
func (a *App) waysFor(c query.Completion, blank bool) []way {
	var out []way
	if blank {
		out = a.before()
	}
	for _, r := range c.Ready[:min(len(c.Ready), offersMost)] {
		out = append(out, way{text: r.Text, shown: safe.Line(r.Text), meaning: safe.Line(r.Meaning), count: -1})
	}
	if c.Field == "q" {
		out = append(out, a.savedWays("", c.Begin)...)
	}
	return out
}

// before are the queries asked before and those that were saved.
func (a *App) before() []way {
	var out []way
	h := a.asked.history
	for i := len(h) - 1; i >= max(0, len(h)-5); i-- {
		out = append(out, way{text: h[i], shown: h[i], meaning: "asked before", count: -1, whole: true})
	}
	return append(out, a.savedWays("q:", "")...)
}

// savedWays are the saved queries whose names begin so, behind a field's name.
func (a *App) savedWays(field, begin string) []way {
	var out []way
	for _, s := range a.saved.all {
		if strings.HasPrefix(strings.ToLower(s.Name), strings.ToLower(begin)) {
			name := field + safe.Line(s.Name)
			out = append(out, way{text: name, shown: name, meaning: safe.Line(s.Query), count: -1})
		}
	}
	return out
}

// valued takes the values of a field.
func (a *App) valued(m valuesMsg) tea.Cmd {
	p, ok := a.over.(*queryLine)
	if !ok || m.gen != p.gen || p.pick.chosen() {
		return nil
	}
	p.cancel = nil
	p.pick.offers, p.pick.stale, p.pick.top = nil, false, 0
	for _, v := range m.values {
		text := quotedValue(v)
		if p.pick.name {
			text = query.Quote(v.Value)
		}
		p.pick.offers = append(p.pick.offers, way{text: text, shown: safe.Line(v.Value), meaning: safe.Line(v.Meaning), count: v.Count})
	}
	a.touch(listPane)
	return p.take(a)
}

// quotedValue is a value as a query writes it: the term without its field.
func quotedValue(v model.FacetValue) string {
	if _, value, ok := strings.Cut(v.Term, ":"); ok {
		return value
	}
	return query.Quote(v.Value)
}

// next chooses the next way to go on, and looks for some first.
func (p *queryLine) next(a *App, step int) tea.Cmd {
	k := &p.pick
	if n := len(k.offers); n > 0 && !k.stale {
		to := k.at + step
		if k.at < 0 && step < 0 {
			to = n - 1
		}
		return p.choose(a, (to+n)%n)
	}
	p.walk = len(a.asked.history)
	k.none()
	k.asked, k.due = true, step
	cmd := p.values(a)
	if p.cancel == nil && len(k.offers) == 0 {
		k.none()
		a.say("nothing is known that could stand here")
	}
	return cmd
}

// take chooses what was asked for before it was known.
func (p *queryLine) take(a *App) tea.Cmd {
	k := &p.pick
	due := k.due
	k.due = 0
	switch {
	case due == 0 || len(k.offers) == 0:
		return nil
	case due < 0:
		return p.choose(a, len(k.offers)-1)
	}
	return p.choose(a, 0)
}

// choose writes a way to go on into the line; -1 takes back what was chosen.
func (p *queryLine) choose(a *App, i int) tea.Cmd {
	k := &p.pick
	if k.at = i; i < 0 {
		k.not = false
		p.field = k.base
		return p.changed(a)
	}
	o, text := k.offers[i], k.base.text
	if o.whole {
		p.field.set(o.text)
		return p.changed(a)
	}
	before, after := text[:k.span.Start], text[k.span.End:]
	if k.not {
		at := termAt(before)
		before = before[:at] + "-" + before[at:]
	}
	p.field = typed{before + o.text + after, len(before) + len(o.text)}
	return p.changed(a)
}

// termAt is where the term begins that a text ends in.
func termAt(text string) int {
	quoted, at := false, 0
	for i, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case !quoted && strings.ContainsRune(" ({", r):
			at = i + 1
		}
	}
	return at
}

// draw lists the ways to go on, with what they mean and how many cables have
// them.
func (k *picking) draw(st *styles, w, most int) []string {
	n := min(len(k.offers), most, offersShown)
	k.top = max(0, min(k.top, max(k.at, 0), len(k.offers)-n), k.at-n+1)
	names := 8
	for _, o := range k.offers[k.top : k.top+n] {
		names = max(names, min(width(o.shown), max(w/2, 8)))
	}
	out := make([]string, 0, n)
	for i := k.top; i < k.top+n; i++ {
		o := k.offers[i]
		role, sign := themes.Overlay, "   "
		if i == k.at {
			role, sign = themes.Select, " > "
			if k.not {
				sign = "!> "
			}
		}
		right := ""
		if o.count >= 0 {
			right = " " + count(o.count) + " "
		}
		if i == k.top+n-1 && k.top+n < len(k.offers) && right == "" {
			right = " ... "
		}
		left := sign + st.fit(o.shown, names) + "  " + o.meaning
		out = append(out, st.draw(role, fit(st.fit(left, max(0, w-width(right)))+right, w)))
	}
	return out
}
