package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model/safe"
)

// saved is the queries that were given a name.
type saved struct {
	all    []Search // the one saved last comes first
	loaded bool     // they could be read: nothing is written over what could not
}

// searchesMsg brings the saved queries, and what there is to say of it.
type searchesMsg struct {
	all  []Search
	said string
	err  error
}

// savedQuery is the saved query of a name, for q:NAME.
func (a *App) savedQuery(name string) (string, bool) {
	for _, s := range a.saved.all {
		if strings.EqualFold(s.Name, name) {
			return s.Query, true
		}
	}
	return "", false
}

// searched takes the saved queries.
func (a *App) searched(m searchesMsg) tea.Cmd {
	if m.err != nil {
		a.fail(m.err)
		return nil
	}
	a.saved.all, a.saved.loaded = slices.Clone(m.all), true
	if m.said != "" {
		a.say(m.said)
	}
	if p, ok := a.over.(*searchPanel); ok {
		a.overStale = true
		return p.refresh(a)
	}
	return nil
}

// changeSearches changes the saved queries. Those who hold them see to it that
// no change is lost when another is made meanwhile.
func (a *App) changeSearches(said string, change func([]Search) []Search) tea.Cmd {
	searches, ctx := a.o.Searches, a.ctx
	return func() tea.Msg {
		all, err := searches.Change(ctx, change)
		if err != nil {
			return searchesMsg{err: err}
		}
		return searchesMsg{all, said, nil}
	}
}

// withoutSearch drops the query of a name.
func withoutSearch(all []Search, name string) []Search {
	return slices.DeleteFunc(slices.Clone(all), func(s Search) bool { return strings.EqualFold(s.Name, name) })
}

// searchName makes a name of what was typed that q: can take without quotation
// marks; "" when nothing of it can stand in one.
func searchName(text string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r >= 0x80, r == '-', r == '_', r == '.', r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}, safe.Line(strings.TrimSpace(text)))
	return clip(strings.Trim(name, "-."), 40)
}

// saveQuery gives the query in force a name.
func (a *App) saveQuery(c call) tea.Cmd {
	name := searchName(c.arg)
	if name == "" {
		a.say("save-query needs a name of letters and digits, such as save-query pipeline")
		return nil
	}
	return a.saveAs(name)
}

func (a *App) saveAs(name string) tea.Cmd {
	s := Search{name, a.asked.text}
	said := "saved as " + name + "   q:" + name + " asks it, B lists all"
	if old, ok := a.savedQuery(name); ok && old != s.Query {
		said = name + " is this query now; it was " + safe.Line(old)
	}
	return a.changeSearches(said, func(all []Search) []Search { return append([]Search{s}, withoutSearch(all, name)...) })
}

// deleteQuery takes a saved query away; what it was is said, so that it can be
// saved again.
func (a *App) deleteQuery(c call) tea.Cmd {
	text, ok := a.savedQuery(c.arg)
	if !ok {
		a.say("no query is saved under that name   B lists all")
		return nil
	}
	name := c.arg
	a.remind(text)
	return a.changeSearches("deleted "+safe.Line(name)+", which was "+safe.Line(text), func(all []Search) []Search { return withoutSearch(all, name) })
}

// renameQuery takes the name of before and the new one.
func (a *App) renameQuery(c call) tea.Cmd {
	old, to, _ := strings.Cut(strings.TrimSpace(c.arg), " ")
	if _, ok := a.savedQuery(old); !ok || searchName(to) == "" {
		a.say("rename-query takes the name of a saved query and a new one")
		return nil
	}
	return a.rename(old, searchName(to))
}

func (a *App) rename(old, to string) tea.Cmd {
	if _, taken := a.savedQuery(to); taken && !strings.EqualFold(old, to) {
		a.say(safe.Line(to) + " is the name of another query")
		return nil
	}
	return a.changeSearches(safe.Line(old)+" is called "+safe.Line(to)+" now", func(all []Search) []Search {
		for i := range all {
			if strings.EqualFold(all[i].Name, old) {
				all[i].Name = to
			}
		}
		return all
	})
}

// searchNames are the names of the saved queries, for the palette.
func (a *App) searchNames() []string {
	out := make([]string, len(a.saved.all))
	for i, s := range a.saved.all {
		out[i] = safe.Line(s.Name)
	}
	return out
}

// searchCountMsg says how many cables answer a saved query.
type searchCountMsg struct {
	gen   int
	of    Search
	words string
}
