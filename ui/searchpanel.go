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

// searchPanel lists the saved queries. How many cables answer each is asked
// for one after the other, and called off with the panel.
type searchPanel struct {
	at, top int
	gen     int
	counts  map[string]string // by name and query: what is known by now
	cancel  context.CancelFunc
	naming  naming
	field   typed
	x       int
	dropped []Search // what was deleted here, the last at the end
}

// naming says what the field of the panel names.
type naming int

const (
	namingNone naming = iota
	namingNew
	namingOld
)

// savedQueries opens the panel. They are read anew: another screen may have
// changed them.
func (a *App) savedQueries(call) tea.Cmd {
	p := &searchPanel{counts: map[string]string{}}
	a.lay(p)
	searches, ctx := a.o.Searches, a.ctx
	return tea.Batch(p.refresh(a), func() tea.Msg {
		all, err := searches.Load(ctx)
		return searchesMsg{all: all, err: err}
	})
}

// refresh counts those that are not counted yet.
func (p *searchPanel) refresh(a *App) tea.Cmd {
	p.at = max(0, min(p.at, len(a.saved.all)-1))
	return p.count(a)
}

// count asks for the first count that is missing; the answer asks for the next.
func (p *searchPanel) count(a *App) tea.Cmd {
	p.stop()
	for _, s := range a.saved.all {
		if p.counts[s.Name+"\x00"+s.Query] != "" {
			continue
		}
		a.asked.gen++
		p.gen = a.asked.gen
		ctx, cancel := context.WithCancel(a.ctx)
		p.cancel = cancel
		q, err := a.parse(s.Query, false)
		gen, lib := p.gen, a.o.Library
		return func() tea.Msg {
			defer cancel()
			if err != nil {
				return searchCountMsg{gen, s, "not understood"}
			}
			return searchCountMsg{gen, s, countOf(ctx, lib, q)}
		}
	}
	return nil
}

// countOf says how many cables answer a query, "" when it was called off.
func countOf(ctx context.Context, lib Library, q *query.Query) string {
	page, err := lib.List(ctx, q, model.Ask{Order: model.ByDate})
	switch {
	case ctx.Err() != nil:
		return ""
	case err != nil:
		return "?"
	case page.Counting:
		return count(page.Total) + "+"
	}
	return count(page.Total)
}

// searchCounted takes a count and asks for the next.
func (a *App) searchCounted(m searchCountMsg) tea.Cmd {
	p, ok := a.over.(*searchPanel)
	if !ok || m.gen != p.gen || m.words == "" {
		return nil
	}
	p.counts[m.of.Name+"\x00"+m.of.Query] = m.words
	a.overStale = true
	return p.count(a)
}

// stop calls the counting off.
func (p *searchPanel) stop() {
	if p.cancel != nil {
		p.cancel()
		p.cancel = nil
	}
}

func (p *searchPanel) shut(a *App) {
	p.stop()
	a.lay(nil)
}

func (p *searchPanel) inline() bool { return false }

func (p *searchPanel) scroll(n int) { p.at += n }

func (p *searchPanel) paste(_ *App, text string) {
	if p.naming != namingNone {
		p.field.insert(text)
	}
}

func (p *searchPanel) cursor() (x, y int, ok bool) { return p.x, 0, true }

func (p *searchPanel) draw(a *App, w, h int) (string, []string) {
	st, all := a.list.st, a.saved.all
	var out []string
	if p.naming != namingNone {
		sign := " name of this query: "
		if p.naming == namingOld {
			sign = " new name: "
		}
		line, x := p.field.draw(st, sign, w)
		p.x = x
		out = append(out, line)
	}
	p.at = max(0, min(p.at, len(all)-1))
	n := min(max(h-len(out), 0), max(len(all), 1))
	p.top = max(0, min(p.top, p.at, len(all)-n), p.at-n+1)
	names := 12
	for _, s := range all {
		names = max(names, min(width(s.Name), w/3))
	}
	for i := p.top; i < p.top+n; i++ {
		if i >= len(all) {
			out = append(out, st.draw(themes.Dim, st.fit("   no query has a name yet"+p.howTo(a), w)))
			continue
		}
		out = append(out, p.row(st, all[i], w, names, i == p.at))
	}
	if p.naming == namingNone {
		p.x = 0
	}
	return "Saved queries", out
}

// howTo says how the first one is saved.
func (p *searchPanel) howTo(a *App) string {
	if a.asked.query == nil {
		return `   \ asks one, s here saves it`
	}
	return "   s saves the one in force"
}

// row draws one: its name, what it asks, how many answer it.
func (p *searchPanel) row(st *styles, s Search, w, names int, here bool) string {
	role, sign := themes.Overlay, "   "
	if here {
		role, sign = themes.Select, " > "
	}
	n := p.counts[s.Name+"\x00"+s.Query]
	if n == "" {
		n = "..."
	}
	right := "  " + n + " "
	left := sign + st.fit(safe.Line(s.Name), names) + "  " + safe.Line(s.Query)
	return st.draw(role, fit(st.fit(left, max(0, w-width(right)))+right, w))
}

func (p *searchPanel) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	if p.naming != namingNone {
		return p.name(a, k)
	}
	here := a.saved.all
	switch k.String() {
	case "j", "down":
		p.at++
	case "k", "up":
		p.at--
	case "g", "home":
		p.at = 0
	case "G", "end":
		p.at = len(here) - 1
	case "s":
		if why := needQuery(a); why != "" {
			a.say(why)
			return nil
		}
		p.naming = namingNew
		p.field.set("")
	case "U":
		return p.undo(a)
	case "Q":
		return a.quit(call{})
	case "esc", "q", "B":
		p.shut(a)
	case "enter", "r", "x":
		if p.at < len(here) && p.at >= 0 {
			return p.act(a, k.String(), here[p.at])
		}
	}
	p.at = max(0, min(p.at, len(here)-1))
	return nil
}

// act opens, renames or deletes the query under the cursor.
func (p *searchPanel) act(a *App, key string, s Search) tea.Cmd {
	switch key {
	case "enter":
		p.shut(a)
		a.focus(listPane)
		return a.setQuery(s.Query)
	case "r":
		p.naming = namingOld
		p.field.set(safe.Line(s.Name))
		return nil
	}
	p.dropped = append(p.dropped, s)
	return a.changeSearches("deleted "+safe.Line(s.Name)+"   U takes it back", func(all []Search) []Search { return withoutSearch(all, s.Name) })
}

// undo takes the last deletion back.
func (p *searchPanel) undo(a *App) tea.Cmd {
	if len(p.dropped) == 0 {
		a.say("nothing was deleted here")
		return nil
	}
	s := p.dropped[len(p.dropped)-1]
	p.dropped = p.dropped[:len(p.dropped)-1]
	return a.changeSearches(safe.Line(s.Name)+" is back", func(all []Search) []Search { return append([]Search{s}, withoutSearch(all, s.Name)...) })
}

// name takes the keys of the field.
func (p *searchPanel) name(a *App, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		p.naming = namingNone
		return nil
	case "enter":
		name, which := searchName(p.field.text), p.naming
		if name == "" {
			a.say("a name is of letters and digits")
			return nil
		}
		p.naming = namingNone
		if which == namingNew {
			return a.saveAs(name)
		}
		if p.at >= len(a.saved.all) || strings.EqualFold(a.saved.all[p.at].Name, name) {
			return nil
		}
		return a.rename(a.saved.all[p.at].Name, name)
	}
	p.field.press(k)
	return nil
}

func (p *searchPanel) hints() []hint {
	if p.naming != namingNone {
		return []hint{{"Enter", "save"}, {"Esc", "cancel"}}
	}
	return []hint{{"Enter", "ask"}, {"j/k", "move"}, {"s", "save the query in force"}, {"r", "rename"}, {"x", "delete"}, {"U", "undo"}, {"Esc", "close"}}
}
