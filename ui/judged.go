package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/query"
)

// countAfter is how long what was judged is left alone before it is counted
// anew; until then the numbers are kept up by what was done here.
const countAfter = time.Second

// judged counts the cables by what the reader thinks of them. Copies with the
// same bytes are counted once, so that the numbers add up.
type judged struct {
	gen     int
	due     bool // it is to be counted again
	waiting bool

	known bool // the numbers of the collection are here
	all   int
	of    map[model.Judgement]int // of all, but for those not judged

	query *query.Query // whose answer is counted beside
	left  int          // not judged in it; -1: not known
}

// judgedMsg brings the numbers.
type judgedMsg struct {
	gen     int
	version int // of the desk when they were asked for
	all     int
	of      map[model.Judgement]int
	query   *query.Query
	left    int
	err     error
}

// judgedDueMsg says that it is time to count.
type judgedDueMsg struct{}

// recountJudged has what was judged counted anew, a little later.
func (a *App) recountJudged() { a.judging.counts.due = true }

// countJudged asks for the numbers when they are due: at once when there are
// none yet or the query is another, else not too often.
func (a *App) countJudged() tea.Cmd {
	c := &a.judging.counts
	if a.o.Desk == nil || !a.desk.known || !a.progress.Done || a.list.pending() || !a.list.filled {
		return nil
	}
	other := c.query != a.list.shows
	if !other && !c.due && (c.known || c.gen > 0) {
		return nil
	}
	if !other && c.gen > 0 {
		if c.waiting {
			return nil
		}
		c.waiting = true
		return tea.Tick(countAfter, func(time.Time) tea.Msg { return judgedDueMsg{} })
	}
	return a.askJudged()
}

// askJudged asks for the numbers.
func (a *App) askJudged() tea.Cmd {
	c := &a.judging.counts
	c.gen++
	c.due = false
	if c.query != a.list.shows {
		c.query, c.left = a.list.shows, -1
	}
	gen, version, lib, q, ctx := c.gen, a.desk.version, a.o.Library, a.list.shows, a.ctx
	return func() tea.Msg {
		m := judgedMsg{gen: gen, version: version, of: map[model.Judgement]int{}, query: q}
		m.left, m.err = howMany(ctx, lib, q, "is:unjudged -is:duplicate")
		if m.err == nil {
			m.all, m.err = howMany(ctx, lib, nil, "-is:duplicate")
		}
		for _, j := range []model.Judgement{model.Relevant, model.Irrelevant, model.Later} {
			if m.err == nil {
				m.of[j], m.err = howMany(ctx, lib, nil, "is:"+string(j)+" -is:duplicate")
			}
		}
		return m
	}
}

// howMany counts the cables that answer a query and a condition.
func howMany(ctx context.Context, lib Library, q *query.Query, condition string) (int, error) {
	narrow, err := query.Parse(condition, query.Options{Desk: true})
	if err != nil {
		return 0, err
	}
	if q != nil {
		narrow = &query.Query{Text: query.Narrow(q.Text, condition), Root: &query.And{Kids: []query.Node{q.Root, narrow.Root}}}
	}
	for {
		p, err := lib.List(ctx, narrow, model.Ask{Order: model.ByDate, N: 1})
		if err != nil || !p.Counting {
			return p.Total, err
		}
		select { // the count goes on
		case <-time.After(recountAfter):
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// judgedCame takes the numbers; those that something was done since they were
// asked for may lack it, and are asked for again. Where nobody can count them,
// there are none.
func (a *App) judgedCame(m judgedMsg) tea.Cmd {
	c := &a.judging.counts
	switch {
	case m.gen != c.gen:
		return nil
	case m.err == nil && m.version != a.desk.version:
		return a.askJudged()
	}
	a.headStale = true
	if m.err != nil {
		c.known, c.left = false, -1
		return nil
	}
	c.known, c.all, c.of, c.left = true, m.all, m.of, m.left
	return nil
}

// rejudge keeps the numbers up with a cable that was judged here.
func (c *judged) rejudge(was, is model.Judgement) {
	if was == is || !c.known {
		return
	}
	if was != model.Unjudged {
		c.of[was]--
	} else if c.left > 0 {
		c.left--
	}
	if is != model.Unjudged {
		c.of[is]++
	} else if c.left >= 0 {
		c.left++
	}
}

// judged is how many cables of the collection are.
func (c *judged) judged() int {
	return c.of[model.Relevant] + c.of[model.Irrelevant] + c.of[model.Later]
}

// leftWords says how many of the list are still to be judged, "" when that is
// not known.
func (c *judged) leftWords() string {
	switch {
	case !c.known || c.left < 0:
		return ""
	case c.left == 0:
		return "all are judged"
	}
	return count(c.left) + " left to judge"
}

// judgedCounts says for the header how far judging is, the longest first; none
// where nothing is known of it.
func (a *App) judgedCounts() []string {
	c := &a.judging.counts
	switch {
	case a.o.Desk == nil || !a.desk.known || !a.progress.Done:
		return nil
	case !c.known:
		if a.desk.judged == 0 {
			return nil
		}
		return []string{count(a.desk.judged) + " judged"}
	case c.judged() == 0:
		return nil // nobody has begun
	}
	short := count(c.judged()) + "/" + count(c.all) + " judged"
	split := count(c.of[model.Relevant]) + " relevant   " + count(c.of[model.Irrelevant]) + " not   " + count(c.of[model.Later]) + " later"
	return []string{
		a.counts() + "   " + short + "   " + split + "   " + count(c.all-c.judged()) + " unjudged",
		short + "   " + split,
		short,
	}
}
