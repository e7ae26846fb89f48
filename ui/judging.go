package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/query"
)

// judging is what the reader is about while judging one cable after another.
type judging struct {
	last    model.Act // what . does again; no deed: nothing was done yet
	advance bool      // after a judgement, the next one that is not judged
	moving  bool      // a judgement is on its way, after which that is gone to

	looking looking
	bulk    bulk
	counts  judged
	watch   watch
}

// needDeskRow says why no cable can be judged.
func needDeskRow(a *App) string {
	if why := needDeskTried(a); why != "" {
		return why
	}
	if _, ok := a.atHand(); !ok {
		return "there is no cable"
	}
	return ""
}

func needRepeat(a *App) string {
	if why := needDeskRow(a); why != "" {
		return why
	}
	if a.judging.last.Do == "" {
		return "nothing was judged or labelled yet"
	}
	return ""
}

// atHand names the cable that a key of the reader's work means: the one being
// read, or the one under the cursor of the list.
func (a *App) atHand() (model.Handle, bool) {
	row, ok := a.list.current()
	if c := a.reader.cable(); c != nil && a.open.focus != listPane {
		if ok && row.key == a.reading.shown {
			return row.handle, true
		}
		return c.Handle(), true
	}
	return row.handle, ok && a.open.focus == listPane
}

// repeatable says whether . can do an act again on another cable.
func repeatable(act model.Act) bool {
	return act.Do == model.DoJudge || act.Do == model.DoLabel && act.Spot == nil
}

// put does an act on all that is selected, or on the cable at hand.
func (a *App) put(act model.Act, what string) tea.Cmd {
	return a.onChosen(what, func(a *App, on []model.Handle) tea.Cmd {
		act.On = on
		return a.putOn(act)
	})
}

// putOn does an act on cables, remembers it for . and goes on to the next.
func (a *App) putOn(act model.Act) tea.Cmd {
	if repeatable(act) {
		a.judging.last = act
	}
	d := doing(act)
	d.fails = func(a *App, _ error) bool {
		if slices.Equal(a.judging.last.On, act.On) {
			a.judging.last.On = nil // . does it where it was not kept
		}
		return false
	}
	if act.Do == model.DoJudge && act.Judgement != model.Unjudged && a.judging.advance {
		a.judging.moving = true
		fails := d.fails
		d.then = func(a *App, _ model.Done) tea.Cmd { return a.advance() }
		d.fails = func(a *App, err error) bool { a.judging.moving = false; a.held = nil; return fails(a, err) }
	}
	return a.ask(d)
}

// judges is the command that judges. A cable that was judged so already stays
// so: taking a judgement away is a command of its own, or undoing.
func judges(j model.Judgement) func(*App, call) tea.Cmd {
	return func(a *App, _ call) tea.Cmd {
		return a.put(model.Act{Do: model.DoJudge, Judgement: j}, judgementWords(j))
	}
}

// judgementWords says a judgement, and none.
func judgementWords(j model.Judgement) string {
	switch j {
	case model.Irrelevant:
		return "not relevant"
	case model.Unjudged:
		return "not judged"
	}
	return string(j)
}

// star sets a star, or takes it away where all have one.
func (a *App) star(call) tea.Cmd {
	return a.onChosen("star", func(a *App, on []model.Handle) tea.Cmd {
		all := !slices.ContainsFunc(on, func(h model.Handle) bool {
			w, _ := a.desk.of(h)
			return !w.Star
		})
		return a.putOn(model.Act{Do: model.DoStar, On: on, Yes: !all})
	})
}

// repeat does the last judgement or label again: on the next cable, if the one
// at hand has it already.
func (a *App) repeat(call) tea.Cmd {
	act := a.judging.last
	if a.selecting() {
		return a.put(act, "the same")
	}
	h, _ := a.atHand()
	var cmd tea.Cmd
	if slices.ContainsFunc(act.On, func(on model.Handle) bool { return on.Key() == h.Key() }) {
		was := a.list.rank()
		cmd = cables(1)(a, call{})
		row, ok := a.list.current()
		if a.list.owed != 0 || a.list.rank() == was || !ok {
			return cmd // it said why, or the rows are on their way
		}
		h = row.handle
	}
	act.On = []model.Handle{h}
	return tea.Batch(cmd, a.putOn(act))
}

func (a *App) undo(c call) tea.Cmd {
	return a.ask(deed{hint: "C-r does it again", run: func(ctx context.Context, d Desk) (model.Done, error) { return d.Undo(ctx, c.times()) }})
}

func (a *App) redo(c call) tea.Cmd {
	return a.ask(deed{hint: "U undo", run: func(ctx context.Context, d Desk) (model.Done, error) { return d.Redo(ctx, c.times()) }})
}

// autoAdvance has a judgement lead to the next cable, or not.
func (a *App) autoAdvance(c call) tea.Cmd {
	j := &a.judging
	switch strings.ToLower(c.arg) {
	case "":
		j.advance = !j.advance
	case "on", "off":
		j.advance = c.arg == "on"
	default:
		a.say("auto-advance takes on or off")
		return nil
	}
	if j.advance {
		a.say("after a judgement the next cable not yet judged   - v stops that")
	} else {
		a.say("after a judgement the cable stays")
	}
	return nil
}

// scopes of the list: what a shows, one after the other, and the condition for
// it.
func listScopes() [][2]string {
	return [][2]string{{"all", ""}, {"unjudged", "is:unjudged"}, {"relevant", "is:relevant"}, {"later", "is:later"}}
}

// nextScope shows the cables of the query with one judgement, or all of them.
func (a *App) nextScope(c call) tea.Cmd {
	all, now := listScopes(), a.asked.scope()
	next := (now + 1) % len(all)
	if c.arg != "" {
		next = slices.IndexFunc(all, func(s [2]string) bool { return s[0] == strings.ToLower(strings.TrimSpace(c.arg)) })
	}
	if next < 0 {
		a.say("scope takes all, unjudged, relevant or later")
		return nil
	}
	text := a.asked.scoped(all[next][1])
	cmd := a.setQuery(text)
	if a.asked.text == text {
		a.say("shown: " + all[next][0] + "   a shows " + all[(next+1)%len(all)][0])
	}
	return cmd
}

// scope tells which of the scopes the query has, the last if it has several.
func (q asked) scope() int {
	at := 0
	for _, c := range q.conditions() {
		at = max(at, slices.IndexFunc(listScopes(), func(s [2]string) bool { return s[1] == q.text[c.from:c.to] }))
	}
	return at
}

// scoped is the query with another scope.
func (q asked) scoped(term string) string {
	text := q.text
	cs := q.conditions()
	slices.SortFunc(cs, func(x, y stretch) int { return cmp.Compare(y.from, x.from) })
	for _, c := range cs {
		if slices.ContainsFunc(listScopes(), func(s [2]string) bool { return s[1] == q.text[c.from:c.to] }) {
			text = unbracketed(strings.TrimSpace(strings.TrimSpace(text[:c.from]) + " " + strings.TrimSpace(text[c.to:])))
		}
	}
	if term == "" {
		return text
	}
	return query.Narrow(text, term)
}

// unbracketed takes the brackets away that stand about a whole choice, as they
// were put there to add a condition.
func unbracketed(text string) string {
	inner, opens := strings.CutPrefix(text, "(")
	inner, closes := strings.CutSuffix(inner, ")")
	if !opens || !closes {
		return text
	}
	if q, err := query.Parse(inner, query.Options{Saved: func(string) (string, bool) { return "x", true }, Desk: true}); err == nil {
		if _, open := q.Root.(*query.Or); open && query.Narrow(inner, "x") == text+" x" {
			return inner
		}
	}
	return text
}
