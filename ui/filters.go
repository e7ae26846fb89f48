package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
)

// narrowed is the query with one more condition: that a term holds, or, not,
// that it does not. A term that stands in the query turned round gives way.
// It is the same text when the condition is there already.
func (q asked) narrowed(term string, not bool) string {
	if not && strings.Contains(strings.Trim(term, "()"), " ") && !strings.Contains(term, `"`) {
		term = "(" + term + ")" // two conditions
	}
	want, other := term, "-"+term
	if not {
		want, other = other, want
	}
	text := q.text
	for _, at := range q.conditions() {
		switch c := text[at.from:at.to]; c {
		case want:
			return text
		case other:
			text = strings.TrimSpace(strings.TrimSpace(text[:at.from]) + " " + strings.TrimSpace(text[at.to:]))
			return strings.TrimSpace(text + " " + want)
		}
	}
	return query.Narrow(text, want)
}

// stretch is a piece of a text, in bytes.
type stretch struct{ from, to int }

// conditions are the places of the fields that the query asks for as a whole,
// a minus before them taken in.
func (q asked) conditions() []stretch {
	if q.query == nil {
		return nil
	}
	kids := []query.Node{q.query.Root}
	if and, ok := q.query.Root.(*query.And); ok {
		kids = and.Kids
	}
	var out []stretch
	for _, k := range kids {
		minus := 0
		if n, ok := k.(*query.Not); ok {
			k, minus = n.Kid, 1
		}
		f, ok := k.(*query.Field)
		if !ok || f.Span.Start < minus || f.Span.End > len(q.text) || f.Span.Start >= f.Span.End {
			continue
		}
		if minus == 1 && q.text[f.Span.Start-1] != '-' {
			continue // NOT tag:PREL
		}
		out = append(out, stretch{f.Span.Start - minus, f.Span.End})
	}
	return out
}

// filter adds a term to the query, or forbids it, and says so.
func (a *App) filter(term string, not bool) tea.Cmd {
	text := a.asked.narrowed(term, not)
	shown := safe.Line(term)
	if not {
		shown = "-" + shown
	}
	if text == a.asked.text {
		a.say(shown + " is asked for already")
		return nil
	}
	cmd := a.setQuery(text)
	if a.asked.text == text {
		a.say("asked for " + shown)
	}
	return cmd
}

// termOf writes a condition: tag:PREL, to:"SECSTATE WASHDC". It is "" for an
// empty value. A star would make it a beginning, and is left out.
func termOf(field, value string) string {
	value = strings.Join(strings.Fields(strings.ReplaceAll(safe.Line(value), "*", " ")), " ")
	if value == "" {
		return ""
	}
	return field + ":" + query.Quote(value)
}

// narrowWords says what Enter does to the value under the cursor.
func (a *App) narrowWords() string {
	v, ok := a.uppermost().(*overview)
	if !ok {
		return ""
	}
	switch b, _, ok := v.under(); {
	case !ok && b != nil:
		return "all of them"
	case ok && b.cited:
		return "who cites it"
	}
	return "narrow to this"
}

// sideWords says what Enter does to the field under the cursor.
func (a *App) sideWords() string {
	switch f, ok := a.sidebar.current(); {
	case !ok:
		return "follow, ask"
	case f.id != "":
		return "follow"
	case f.more:
		return "unfold"
	case f.term != "":
		return "ask for " + clip(safe.Line(f.term), 24)
	case foldable(f.group):
		return "fold"
	}
	return "follow, ask"
}

// unfold follows a reference among the details, shows the rest of a group, or
// asks for the value under the cursor.
func (a *App) unfold(call) tea.Cmd {
	f, ok := a.sidebar.current()
	a.touch(sidePane)
	switch {
	case ok && f.id != "":
		return a.followID(f.id, true)
	case ok && !f.more && f.term != "":
		return a.askField(f.term, false)
	case ok && f.para > 0:
		a.toBlock(f.para - 1)
	case !a.sidebar.toggle():
		a.say("there is nothing to follow or to ask for here   W explains it")
	}
	return nil
}

// excludeField takes the cables with this value out of the answer.
func (a *App) excludeField() tea.Cmd {
	f, ok := a.sidebar.current()
	if !ok || f.term == "" || f.more {
		a.say("this cannot be excluded")
		return nil
	}
	return a.askField(f.term, true)
}

// askField adds the value of a field to the query. Where the list is not on
// the screen, it comes to the front, because it is what changes.
func (a *App) askField(term string, not bool) tea.Cmd {
	cmd := a.filter(term, not)
	if cmd != nil && !a.at.shows(listPane) {
		a.focus(listPane)
	}
	return cmd
}

// classTerm asks for the cables marked as this one is.
func classTerm(c *model.Cable) string {
	switch code := strings.ToLower(safe.Line(c.Banner().Code())); {
	case c.Classification.Level == model.LevelUnknown:
		return "missing:class"
	case strings.ContainsAny(code, " \"(){},|:"):
		return "class:" + strings.ToLower(c.Classification.Level.Code())
	default:
		return "class:" + code
	}
}

// monthTerm asks for the cables of the month of a date.
func monthTerm(t time.Time) string { return "date:" + t.UTC().Format("2006-01") }
