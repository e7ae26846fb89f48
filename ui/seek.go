package ui

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/query"
)

// seeking is a search for words beyond the cable that is open.
type seeking struct {
	words  string // looked for last, kept from cable to cable
	gen    int
	cancel context.CancelFunc // ends the search under way, nil when none is
	back   bool               // it went up the list: the last match is gone to, not the first
	land   model.Key          // where it led: the words are found there when the cable has come
}

// seekMsg says which cable holds the words.
type seekMsg struct {
	gen  int
	key  model.Key
	held bool
	err  error
}

// matches goes to the next match; past the last of a cable, to the next cable of
// the list that has one.
func matches(step int) func(*App, call) tea.Cmd {
	return func(a *App, c call) tea.Cmd {
		a.touch(readerPane)
		for i := range min(c.times(), countMost/100) {
			if a.reader.match(step) {
				continue
			}
			if i > 0 {
				return nil
			}
			return a.seek(step)
		}
		return nil
	}
}

// seek looks through the cables further on for one that holds the words.
func (a *App) seek(step int) tea.Cmd {
	a.stopSeeking()
	ctx, cancel := context.WithCancel(a.ctx)
	s := &a.seeking
	s.cancel, s.back = cancel, step < 0
	gen, lib, q, words := s.gen, a.o.Library, a.asked.query, finderOf(s.words, a.asked.query)
	ask := model.Ask{Order: a.list.order, Reverse: a.list.reverse, From: a.reading.shown, Back: step < 0, N: 100}
	if row, ok := a.list.current(); ok && a.list.index(a.reading.shown) < 0 {
		ask.From = row.key // what is read is none of those listed: go on from where the list is
	}
	a.say("looking through the cables " + whither(step) + "   Esc stops")
	return func() tea.Msg {
		defer cancel()
		k, ok, err := seekCable(ctx, lib, q, ask, words)
		return seekMsg{gen, k, ok, err}
	}
}

// stopSeeking calls the search off; false when none was under way.
func (a *App) stopSeeking() bool {
	s := &a.seeking
	s.gen++
	if s.cancel == nil {
		return false
	}
	s.cancel()
	s.cancel = nil
	return true
}

// seekCable reads cable after cable until one holds the words. A cable that
// cannot be read is passed over.
func seekCable(ctx context.Context, lib Library, q *query.Query, ask model.Ask, words finder) (model.Key, bool, error) {
	for words != nil {
		p, err := lib.List(ctx, q, ask)
		if err != nil || len(p.Entries) == 0 {
			return 0, false, err
		}
		if ask.Back {
			slices.Reverse(p.Entries)
		}
		for _, e := range p.Entries {
			c, err := lib.Cable(ctx, e.Key)
			if ctx.Err() != nil {
				return 0, false, ctx.Err()
			}
			if err == nil && holds(c, words) {
				return e.Key, true, nil
			}
			ask.From = e.Key
		}
	}
	return 0, false, nil
}

// holds says whether the words stand in what a reader sees of a cable.
func holds(c *model.Cable, words finder) bool {
	if len(words.in(c.Subject+"\n"+strings.Join(c.Tags, " "))) > 0 {
		return true
	}
	for _, b := range c.Blocks {
		if len(words.in(b.Text)) > 0 {
			return true
		}
	}
	return false
}

// sought goes to the cable that holds the words.
func (a *App) sought(m seekMsg) tea.Cmd {
	if m.gen != a.seeking.gen {
		return nil
	}
	a.seeking.cancel = nil
	switch {
	case m.err != nil:
		a.fail(m.err)
	case !m.held:
		a.say("no other match in the list that way")
	default:
		cmd := a.visit(bookmark{key: m.key})
		a.seeking.land = m.key
		a.say("in the next cable that has it   H comes back")
		return cmd
	}
	return nil
}

// landed goes to what was looked for in the cable that was gone to for it.
func (a *App) landed(key model.Key) {
	if a.seeking.land == key && len(a.reader.hits) > 0 {
		a.reader.showHit(a.reader.firstHitFromTop())
		if a.seeking.back {
			a.reader.showHit(len(a.reader.hits) - 1)
		}
	}
	a.seeking.land = 0
}

// markMatches marks in the cable what was looked for in it or, when nothing
// was, the words of the query that the list answers.
func (a *App) markMatches() {
	a.reader.mark(finderOf(a.seeking.words, a.list.shows))
	a.onlyFound = a.onlyFound && a.reader.only
	a.touch(readerPane)
}
