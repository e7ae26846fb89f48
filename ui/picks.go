package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
)

// pick is a row that was selected.
type pick struct {
	key    model.Key
	handle model.Handle
	date   string
	code   string
	level  model.Level
}

// picks are the rows selected in the list: some one by one, and those of a
// range from where it was begun to the cursor.
type picks struct {
	rows    map[model.Key]pick
	ranging bool
	from    model.Key // where the range begins
	rank    int       // and its place in the list
	sum     *summary  // of rows, nil when they have changed
}

// bulk is the gathering of rows that are not at hand: of a long range, or of
// all that match.
type bulk struct {
	gen    int
	cancel context.CancelFunc // nil when nothing is gathered
	until  model.Key          // the range ends there; 0: with the list
	back   bool
	rows   []pick
	what   string                             // is to be done
	then   func(*App, []model.Handle) tea.Cmd // nil: they are selected, and that is all
}

// pickMsg brings a stretch of them.
type pickMsg struct {
	gen  int
	rows []pick
	end  bool // there are no more
	err  error
}

func (r *listRow) pick() pick { return pick{r.key, r.handle, r.date, r.code, r.level} }

// selecting says whether rows of the list, which has the focus, are selected.
func (a *App) selecting() bool {
	return a.open.focus == listPane && !a.open.whole && a.list.picks.any()
}

func (p *picks) any() bool { return p.ranging || len(p.rows) > 0 }

// has says whether a row at a place of the list is selected.
func (l *list) picked(i int) bool {
	if _, ok := l.picks.rows[l.rows[i].key]; ok {
		return true
	}
	from, to, ok := l.ranged()
	return ok && from <= i && i <= to
}

// ranged is where the range stands in the window; parts of it may be outside.
func (l *list) ranged() (from, to int, ok bool) {
	if !l.picks.ranging {
		return 0, 0, false
	}
	at := l.index(l.picks.from)
	if at < 0 {
		at = l.picks.rank - l.first
	}
	return min(at, l.cur), max(at, l.cur), true
}

// put selects a row, or, not, gives it free.
func (p *picks) put(r *listRow, yes bool) {
	p.sum = nil
	if !yes {
		delete(p.rows, r.key)
		return
	}
	if p.rows == nil {
		p.rows = map[model.Key]pick{}
	}
	p.rows[r.key] = r.pick()
}

// dropPicks forgets the selection; false when there was none.
func (a *App) dropPicks() bool {
	if !a.list.picks.any() {
		return false
	}
	a.list.picks = picks{}
	a.list.forget()
	a.touch(listPane)
	return true
}

// selectRow selects the row under the cursor, or gives it free, and moves down.
func (a *App) selectRow(c call) tea.Cmd {
	l := a.list
	for range min(c.times(), windowRows) {
		r, ok := l.current()
		if !ok {
			break
		}
		_, was := l.picks.rows[r.key]
		l.picks.put(&r, !was)
		if !l.move(1) {
			break
		}
	}
	l.forget()
	a.touch(listPane)
	return nil
}

// selectRange begins a range of rows, or ends it: it is selected then.
func (a *App) selectRange(call) tea.Cmd {
	l := a.list
	r, _ := l.current()
	a.touch(listPane)
	if !l.picks.ranging {
		l.picks.ranging, l.picks.from, l.picks.rank = true, r.key, l.rank()
		l.forget()
		return nil
	}
	from, to, _ := l.ranged()
	if l.longRange() {
		return a.gatherRange("", nil)
	}
	for i := from; i <= to; i++ {
		l.picks.put(&l.rows[i], true)
	}
	l.picks.ranging, l.picks.sum = false, nil
	l.forget()
	return nil
}

// selectShown selects the rows on the screen; where all of them are, none.
func (a *App) selectShown(call) tea.Cmd {
	l := a.list
	from, to := l.top, min(l.top+l.body(), len(l.rows))
	all := true
	for i := from; i < to; i++ {
		all = all && l.picked(i)
	}
	if all {
		a.dropPicks()
		return nil
	}
	for i := from; i < to; i++ {
		l.picks.put(&l.rows[i], true)
	}
	l.forget()
	a.touch(listPane)
	return nil
}

// onChosen does something to what is selected in the list, each cable once, or
// else to the cable at hand. what names it.
func (a *App) onChosen(what string, then func(*App, []model.Handle) tea.Cmd) tea.Cmd {
	if !a.selecting() {
		if h, ok := a.atHand(); ok {
			return then(a, []model.Handle{h})
		}
		return nil
	}
	dropping := func(a *App, on []model.Handle) tea.Cmd {
		a.dropPicks()
		return then(a, on)
	}
	if a.list.longRange() {
		return a.gatherRange(what, dropping)
	}
	return dropping(a, handlesOf(a.list.allPicked()))
}

// allPicked are the selected rows at hand, by date: those of the range, and those
// selected one by one.
func (l *list) allPicked() []pick {
	out := l.unordered()
	slices.SortFunc(out, func(x, y pick) int {
		return cmp.Or(strings.Compare(x.date, y.date), strings.Compare(x.handle.ID, y.handle.ID), cmp.Compare(x.key, y.key))
	})
	return out
}

// sumUp tells of the selected rows at hand; it looks through them only when
// they have changed.
func (l *list) sumUp(d *deskwork) *summary {
	p := &l.picks
	if p.ranging || p.sum == nil {
		s := d.sumUp(l.unordered())
		p.sum = &s
	}
	return p.sum
}

func (l *list) unordered() []pick {
	out := make([]pick, 0, len(l.picks.rows))
	seen := map[model.Key]bool{}
	if from, to, ok := l.ranged(); ok {
		for i := max(0, from); i <= min(to, len(l.rows)-1); i++ {
			out = append(out, l.rows[i].pick())
			seen[l.rows[i].key] = true
		}
	}
	for k, p := range l.picks.rows {
		if !seen[k] {
			out = append(out, p)
		}
	}
	return out
}

// handlesOf are the cables of rows: copies are one.
func handlesOf(rows []pick) []model.Handle {
	out := make([]model.Handle, 0, len(rows))
	seen := make(map[string]bool, len(rows))
	for i := range rows {
		if key := rows[i].handle.Key(); !seen[key] {
			seen[key] = true
			out = append(out, rows[i].handle)
		}
	}
	return out
}

// gatherRange fetches the rows of a range that is longer than the window.
func (a *App) gatherRange(what string, then func(*App, []model.Handle) tea.Cmd) tea.Cmd {
	l := a.list
	r, ok := l.current()
	if !ok {
		return nil
	}
	b := bulk{until: r.key, back: l.picks.rank > l.rank(), what: what, then: then}
	for _, p := range l.picks.rows {
		b.rows = append(b.rows, p)
	}
	return a.gather(b, model.Ask{From: l.picks.from, Include: true, Back: b.back})
}

// judgeChoices are what judge-all takes.
func judgeChoices(*App) []string { return []string{"relevant", "not-relevant", "later", "not-judged"} }

// judgeAll judges all cables that the list shows, once it has said what they
// are.
func (a *App) judgeAll(c call) tea.Cmd {
	at := slices.Index(judgeChoices(a), strings.ReplaceAll(strings.ToLower(strings.TrimSpace(c.arg)), " ", "-"))
	if at < 0 {
		a.say("judge-all takes " + strings.Join(judgeChoices(a), ", "))
		return nil
	}
	j := []model.Judgement{model.Relevant, model.Irrelevant, model.Later, model.Unjudged}[at]
	return a.gather(bulk{what: judgementWords(j), then: func(a *App, on []model.Handle) tea.Cmd {
		a.dropPicks()
		return a.putOn(model.Act{Do: model.DoJudge, Judgement: j, On: on})
	}}, model.Ask{})
}

// gather fetches rows outside Update, stretch by stretch.
func (a *App) gather(b bulk, ask model.Ask) tea.Cmd {
	a.stopGathering()
	ctx, cancel := context.WithCancel(a.ctx)
	b.gen, b.cancel = a.judging.bulk.gen+1, cancel
	a.judging.bulk = b
	ask.Order, ask.Reverse, ask.N = a.list.order, a.list.reverse, windowMost
	a.say("gathering the cables   Esc stops")
	return gatherFrom(ctx, a.o.Library, a.list.shows, ask, b.gen, b.until)
}

// gatherFrom asks for one stretch.
func gatherFrom(ctx context.Context, lib Library, q *query.Query, ask model.Ask, gen int, until model.Key) tea.Cmd {
	return func() tea.Msg {
		p, err := lib.List(ctx, q, ask)
		m := pickMsg{gen: gen, err: err, end: len(p.Entries) < ask.N}
		if ask.Back {
			slices.Reverse(p.Entries)
		}
		for i := range p.Entries {
			e := &p.Entries[i]
			m.rows = append(m.rows, pickOf(e))
			if e.Key == until {
				m.end = true
				break
			}
		}
		return m
	}
}

// pickOf is an entry as it is selected.
func pickOf(e *model.Entry) pick {
	p := pick{key: e.Key, handle: e.Handle(), date: noDate, code: safe.Line(e.Mark.Code()), level: e.Mark.Level}
	if !e.Date.IsZero() {
		p.date = day(e.Date)
	}
	return p
}

// picked takes a stretch and asks for the next; the last one is followed by the
// question whether all that is meant.
func (a *App) picked(m pickMsg) tea.Cmd {
	b := &a.judging.bulk
	if m.gen != b.gen || b.cancel == nil {
		return nil
	}
	if m.err != nil {
		a.stopGathering()
		a.fail(fmt.Errorf("nothing was changed: %w", m.err))
		return nil
	}
	b.rows = append(b.rows, m.rows...)
	if !m.end {
		a.say("gathered " + count(len(b.rows)) + " of " + count(a.list.total) + " cables   Esc stops")
		b.cancel()
		ctx, cancel := context.WithCancel(a.ctx)
		b.cancel = cancel
		ask := model.Ask{Order: a.list.order, Reverse: a.list.reverse, N: windowMost, From: m.rows[len(m.rows)-1].key, Back: b.back}
		return gatherFrom(ctx, a.o.Library, a.list.shows, ask, b.gen, b.until)
	}
	a.hush()
	done := *b
	a.stopGathering()
	if done.then == nil {
		a.pickAll(done.rows)
		return nil
	}
	if len(done.rows) == 0 {
		a.say("there is no cable")
		return nil
	}
	a.lay(newConfirm(a, done))
	return nil
}

// stopGathering calls it off; false when nothing was gathered.
func (a *App) stopGathering() bool {
	b := &a.judging.bulk
	if b.cancel == nil {
		return false
	}
	b.cancel()
	*b = bulk{gen: b.gen + 1}
	return true
}

// pickAll selects rows that were gathered; the range has ended with them.
func (a *App) pickAll(rows []pick) {
	p := &a.list.picks
	if p.rows == nil {
		p.rows = make(map[model.Key]pick, len(rows))
	}
	for _, r := range rows {
		p.rows[r.key] = r
	}
	p.ranging, p.sum = false, nil
	a.list.forget()
	a.touch(listPane)
}

// longRange says that a range is selected of which not all rows are at hand.
func (l *list) longRange() bool {
	from, to, ok := l.ranged()
	return ok && (from < 0 || to >= len(l.rows))
}
