package ui

import (
	"context"
	"strings"
	"time"

	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
)

// How much of a list is held: rows asked for on either side of the cursor, the
// distance from the window's end at which more is asked for, and the most that
// one question fetches while a long jump is under way.
const (
	windowRows = 300
	windowEdge = 100
	windowMost = 4000
)

// listRow is a line of the list made ready to draw: every text has passed the gate
// and is on one line.
type listRow struct {
	key                     model.Key
	level                   model.Level
	id, path                string
	handle                  model.Handle
	was                     standing // the reader's work when the row was asked for
	date, code, from, about string
	own                     int // bytes at the beginning of about that the program wrote
}

// rowOf makes a listRow of an entry.
func rowOf(e model.Entry) listRow {
	r := listRow{
		key: e.Key, level: e.Mark.Level, id: safe.Line(e.ID), path: safe.Line(e.Path), handle: e.Handle(),
		date: noDate, code: safe.Line(e.Mark.Code()), from: safe.Line(e.From), about: safe.Line(e.Subject),
	}
	if !e.Date.IsZero() {
		r.date = e.Date.UTC().Format(time.DateOnly)
	}
	if r.from == "" {
		r.from = "(unknown)"
	}
	if r.about == "" {
		r.about = "(no subject line found)"
		if r.path != "" {
			r.about = "(no subject) " + r.path[strings.LastIndexAny(r.path, `/\`)+1:]
		}
		r.own = len(r.about)
	}
	if e.Copy {
		r.about = "(copy) " + r.about
		r.own += len("(copy) ")
	}
	return r
}

// edge names an end of the list.
type edge int

const (
	noEdge edge = iota
	firstEdge
	lastEdge
)

// listAsk is a question for the rows around a cable, or at an end of the list.
type listAsk struct {
	gen           int
	at            model.Key
	edge          edge
	jump          bool // the cursor goes there; else it stays on its cable
	whole         bool // rows of another query stand there: where the cable is no answer, the list begins at its top
	before, after int
	query         *query.Query
	order         model.Order
	reverse       bool
}

// listMsg answers it.
type listMsg struct {
	ask   listAsk
	rows  []listRow
	first int
	total int

	counting bool // more may answer than total
	unread   int  // may answer and could not be looked into
	searched int  // cables looked into so far; 0: all
	absent   bool // the cable that was gone to is no answer, and nothing else was asked for
	err      error
}

// listFrom is the command that asks; it captures values only.
func listFrom(ctx context.Context, lib Library, q listAsk) func() listMsg {
	return func() listMsg {
		ask := model.Ask{Order: q.order, Reverse: q.reverse, N: q.after}
		switch q.edge {
		case firstEdge:
			return pageMsg(ctx, lib, q, ask)
		case lastEdge:
			ask.Back, ask.N = true, q.before
			return pageMsg(ctx, lib, q, ask)
		}
		ask.From, ask.Include = q.at, true
		down := pageMsg(ctx, lib, q, ask)
		if len(down.rows) == 0 || down.rows[0].key != q.at {
			return withoutCable(ctx, lib, q, down)
		}
		if down.err != nil || q.before == 0 {
			return down
		}
		ask.Include, ask.Back, ask.N = false, true, q.before
		up := pageMsg(ctx, lib, q, ask)
		if len(up.rows) > 0 {
			up.rows = append(up.rows, down.rows...)
			return up
		}
		down.err = up.err
		return down
	}
}

// withoutCable answers a question for the rows around a cable that is not among
// them: with the top of the list, or with word that it is not there.
func withoutCable(ctx context.Context, lib Library, q listAsk, m listMsg) listMsg {
	switch {
	case ctx.Err() != nil:
		m.err = ctx.Err()
	case m.err != nil && !q.whole && !q.jump:
	case q.whole || !q.jump:
		q.edge, q.jump = firstEdge, true
		return pageMsg(ctx, lib, q, model.Ask{Order: q.order, Reverse: q.reverse, N: q.after})
	default:
		m.absent, m.err = true, nil
	}
	return m
}

// pageMsg asks for one stretch and makes its rows safe to draw.
func pageMsg(ctx context.Context, lib Library, q listAsk, ask model.Ask) listMsg {
	p, err := lib.List(ctx, q.query, ask)
	m := listMsg{
		ask: q, first: p.Rank, total: p.Total, counting: p.Counting, searched: p.Searched, unread: p.Unread, err: err, rows: make([]listRow, len(p.Entries)),
	}
	for i, e := range p.Entries {
		m.rows[i] = rowOf(e)
	}
	return m
}

// list is the pane of cables. It holds a window of rows around the cursor and
// asks for the next when the cursor comes near its end; what is on the screen
// never waits for the whole list.
type list struct {
	st      *styles
	w, h    int
	beside  bool         // it is shown, and another pane beside it
	query   *query.Query // asked last, nil: everything
	order   model.Order
	reverse bool
	calm    sorting // of before the list was sorted by relevance

	shows    *query.Query // what the rows answer
	marks    finder       // what of it is marked in their subjects, or nil
	counting bool         // and more may do so
	unread   int          // may answer and could not be looked into
	searched int
	above    []string // lines above the heading: the query
	below    []string // lines below the rows: what is selected
	nothing  []string // what there is to say when nothing answers

	rows  []listRow
	first int // rank of rows[0] in the list
	total int
	cur   int // index of the row under the cursor
	top   int // index of the uppermost row drawn
	owed  int // rows still to go once more of the list is here
	high  int // and the cursor's height on the screen when it has gone them

	gen     int  // of the last question
	asking  bool // it has not been answered
	leap    bool // and the cursor goes where its answer says
	filled  bool // some question was answered
	touched bool // somebody has moved the cursor
	done    bool // the collection was read to its end

	desk  *deskwork // nil: nothing is kept
	picks picks
	drawn []string // rows drawn without the cursor, "" when not yet
	cols  listColumns
}

func newList(st *styles) *list { return &list{st: st, order: model.ByDate} }

// restyle takes new styles; every row is drawn again.
func (l *list) restyle(st *styles) {
	l.st = st
	l.forget()
}

// resize gives the pane its size; the cursor stays in view.
func (l *list) resize(w, h int) {
	if w != l.w {
		l.cols = columnsFor(w).signed(w, l.desk != nil)
		l.w = w
		l.forget()
	}
	l.h = h
	l.keepInView()
}

// forget drops what was drawn.
func (l *list) forget() { l.drawn = make([]string, len(l.rows)) }

// body is how many rows fit under the heading.
func (l *list) body() int { return max(1, l.h-l.headLines()-len(l.below)) }

// headLines is how many lines stand above the rows.
func (l *list) headLines() int { return len(l.above) + l.headings() }

// headings says whether there is room for the names of the columns.
func (l *list) headings() int {
	if l.h-len(l.above)-len(l.below) >= 3 {
		return 1
	}
	return 0
}

// lay puts lines above the heading and below the rows; the cursor stays in view.
func (l *list) lay(above, below []string) {
	again := len(above) != len(l.above) || len(below) != len(l.below)
	l.above, l.below = above, below
	if again {
		l.keepInView()
	}
}

// current is the row under the cursor; false when the list is empty.
func (l *list) current() (listRow, bool) {
	if l.cur < 0 || l.cur >= len(l.rows) {
		return listRow{}, false
	}
	return l.rows[l.cur], true
}

// rank is the place of the cursor in the list, from 0.
func (l *list) rank() int { return l.first + l.cur }

// pending says that the rows of another query than that of the rows shown are
// on their way.
func (l *list) pending() bool { return l.asking && l.shows != l.query }

// leaping says that the cursor is on its way to a row that is not here yet.
func (l *list) leaping() bool { return l.owed != 0 || l.leap }

// ask numbers a question and makes it the only one whose answer counts.
func (l *list) ask(q listAsk) listAsk {
	l.gen++
	l.asking, l.leap = true, q.jump
	q.gen, q.query, q.order, q.reverse = l.gen, l.query, l.order, l.reverse
	q.whole = !l.filled || l.shows != l.query
	return q
}

// ends goes to an end of the list.
func (l *list) ends(e edge) listAsk {
	l.owed, l.touched = 0, true
	return l.ask(listAsk{jump: true, edge: e, before: windowRows, after: windowRows})
}

// around goes to a cable, wherever it is in the list.
func (l *list) around(k model.Key) listAsk {
	l.owed, l.touched = 0, true
	return l.ask(listAsk{jump: true, at: k, before: windowRows, after: windowRows})
}

// again asks for what is shown once more, because the collection grew or the
// order changed. A list that nobody has moved in stays at its top.
func (l *list) again() listAsk {
	if _, ok := l.current(); ok && l.touched {
		return l.ask(listAsk{at: l.anchor(), before: windowRows, after: windowRows})
	}
	return l.ask(listAsk{edge: firstEdge, after: windowRows})
}

// more gives the question that the cursor's place calls for, if any.
func (l *list) more() (listAsk, bool) {
	if l.asking || len(l.rows) == 0 || l.shows != l.query {
		return listAsk{}, false
	}
	below := l.first+len(l.rows) < l.total && l.cur+windowEdge > len(l.rows)
	above := l.first > 0 && l.cur < windowEdge
	if !below && !above {
		l.owed = 0
		return listAsk{}, false
	}
	q := listAsk{at: l.anchor(), before: windowRows, after: windowRows}
	if l.owed > 0 {
		q.after = min(windowRows+l.owed, windowMost)
	} else if l.owed < 0 {
		q.before = min(windowRows-l.owed, windowMost)
	}
	return l.ask(q), true
}

// take puts an answer in place. The cursor stays on its cable and the cable on
// its line of the screen, so that nothing jumps while a collection is read.
func (l *list) take(m listMsg) {
	height := l.cur - l.top
	was, had := l.current()
	l.asking, l.leap, l.filled = false, false, true
	l.rows, l.first, l.total = m.rows, m.first, m.total
	l.standings()
	l.counting, l.searched, l.unread = m.counting, m.searched, m.unread
	if l.shows != m.ask.query {
		l.shows, l.nothing, l.marks, l.picks = m.ask.query, nil, finderOf("", m.ask.query), picks{}
	}
	l.forget()
	switch {
	case m.ask.edge == lastEdge:
		l.cur, height = max(0, len(l.rows)-1), l.body()-1
	case m.ask.edge == firstEdge && (m.ask.jump || !l.touched):
		l.cur, height = 0, 0
	case !m.ask.jump && had && l.index(was.key) >= 0:
		l.cur = l.index(was.key)
	default:
		l.cur = max(0, l.index(m.ask.at))
	}
	l.top = l.cur - height
	l.keepInView()
	l.pay()
}

// index finds a cable in the window, -1 when it is not there.
func (l *list) index(k model.Key) int {
	for i := range l.rows {
		if l.rows[i].key == k {
			return i
		}
	}
	return -1
}
