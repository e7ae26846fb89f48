package ui

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
	"chancery/themes"
)

// askedMost is how many queries of before are remembered.
const askedMost = 50

// asked is the query that the list answers, and those of before.
type asked struct {
	text      string
	query     *query.Query       // nil: everything
	history   []string           // what was asked for, the oldest first
	gen       int                // of the last change of a query being typed, and of what is asked beside it
	cancel    context.CancelFunc // ends the question of the list, nil when none was asked
	split     *query.Query       // whose parts were counted, because it finds nothing
	stopParts context.CancelFunc
	waiting   bool // the count goes on, and is asked for again
}

// sorting is an order and its direction.
type sorting struct {
	order   model.Order
	reverse bool
}

// parse reads a query; what is typed may hold no control that is not shown.
func (a *App) parse(text string, typing bool) (*query.Query, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	q, err := query.Parse(text, query.Options{Typing: typing, Saved: a.savedQuery, Desk: a.o.Desk != nil})
	if err == nil && q != nil && q.Root == nil {
		q = nil // it asks for everything
	}
	return q, err
}

// setQuery has the list show what answers a query. One that is not understood
// changes nothing and is told.
func (a *App) setQuery(text string) tea.Cmd {
	text = strings.TrimSpace(safe.Line(text))
	q, err := a.parse(text, false)
	if err != nil {
		a.message = message{faultOf(text, err).line(), themes.Error}
		a.statusStale = true
		return nil
	}
	return a.keepQuery(text, q)
}

// keepQuery has the list show what answers a query that was understood, and
// remembers it. The cursor stays on its cable where that is an answer too.
func (a *App) keepQuery(text string, q *query.Query) tea.Cmd {
	if q == nil {
		text = ""
	}
	a.asked.text, a.asked.query = text, q
	a.remind(text)
	a.placing.due = false
	a.headStale = true
	return a.putQuery(q)
}

// putQuery asks the list for what answers a query.
func (a *App) putQuery(q *query.Query) tea.Cmd {
	a.touch(listPane)
	a.list.owed = 0
	if a.list.put(q) == model.ByRelevance {
		return a.askList(a.list.ends(firstEdge))
	}
	return a.askList(a.list.again())
}

// put makes a query the list's, and gives the order in which it is listed: by
// relevance only while the query has words for it.
func (l *list) put(q *query.Query) model.Order {
	l.query = q
	if l.order == model.ByRelevance && !worded(q) {
		l.order, l.reverse = cmp.Or(l.calm.order, model.ByDate), l.calm.reverse
	}
	return l.order
}

// unasked follows a question of the list that was not answered: the query is
// again that of the rows that stand there.
func (a *App) unasked(err error) {
	l := a.list
	if l.query != l.shows {
		l.put(l.shows)
		a.touch(listPane)
	}
	if !errors.Is(err, context.Canceled) && !a.typing() && a.asked.query != l.shows {
		a.backToShown()
	}
	a.fail(err)
}

// backToShown makes the query that of the rows that stand there.
func (a *App) backToShown() {
	q := a.list.shows
	a.list.put(q)
	a.asked.query, a.asked.text = q, ""
	if q != nil {
		a.asked.text = q.Text
	}
	a.headStale = true
	a.touch(listPane)
}

// explain tells how the query was understood.
func (a *App) explain(call) tea.Cmd {
	text := []textLine{said("Query", safe.Line(a.asked.text)), {}}
	for _, l := range a.asked.query.Explain() {
		text = append(text, said("", safe.Line(l)))
	}
	a.lay(&pager{title: "How the query was understood", text: text})
	return nil
}

// remind puts a query into the history, at its end.
func (a *App) remind(text string) {
	if text == "" {
		return
	}
	h := slices.DeleteFunc(slices.Clone(a.asked.history), func(s string) bool { return s == text })
	h = append(h, text)
	a.asked.history = h[max(0, len(h)-askedMost):]
}

// clearQuery shows the whole collection again.
func (a *App) clearQuery(call) tea.Cmd {
	cmd := a.keepQuery("", nil)
	a.say("all cables")
	return cmd
}

// fault is what is wrong with a query.
type fault struct {
	query      string
	what, hint string
	span       model.Span // bytes of the query
	column     int        // from 1, in characters; 0: nowhere in particular
}

// faultOf makes an error of the query language ready to be shown.
func faultOf(text string, err error) *fault {
	e := (*query.Error)(nil)
	if !errors.As(err, &e) {
		return &fault{query: text, what: safe.Line(err.Error())}
	}
	at := e.Span
	at.Start = min(max(at.Start, 0), len(text))
	at.End = min(max(at.End, at.Start), len(text))
	return &fault{text, safe.Line(e.What), safe.Line(e.Hint), at, 1 + len([]rune(text[:at.Start]))}
}

// behind moves the fault to where the query stands in a longer line, behind
// blanks.
func (f *fault) behind(line string) *fault {
	lead := len(line) - len(strings.TrimLeftFunc(line, unicode.IsSpace))
	f.query = line
	if f.column > 0 {
		f.span.Start += lead
		f.span.End += lead
		f.column += len([]rune(line[:lead]))
	}
	return f
}

// line is the fault in one line, for where there is no room for a caret.
func (f *fault) line() string {
	s := f.what
	if f.column > 0 {
		s = "query error at column " + count(f.column) + ": " + s
	}
	if f.hint != "" {
		s += "   " + f.hint
	}
	return s
}

// worded says whether a query has words that cables can be sorted by: how often
// they stand in one. An expression is no word.
func worded(q *query.Query) bool { return len(q.Terms()) > 0 }

// answers says how many cables answer, and of how many when the rest has not
// been read yet.
func (a *App) answers() string {
	l := a.list
	n := count(l.total) + " cables"
	if l.total == 1 {
		n = "1 cable"
	}
	switch {
	case !l.filled:
		return ""
	case l.shows != nil && !a.progress.Done:
		all := l.searched
		if all == 0 {
			all = a.progress.Cables
		}
		return count(l.total) + " of " + count(all) + " so far"
	case l.counting, !a.progress.Done:
		return n + " so far"
	case l.unread > 0:
		return n + ", " + count(l.unread) + " could not be read"
	}
	return n
}

// recountAfter is how long a count that goes on is left alone.
const recountAfter = 200 * time.Millisecond

// recountMsg says that a count that goes on may be asked for again.
type recountMsg struct{}

// answered follows an answer of the list: a count that goes on is asked for
// again, and where nothing answers the parts of the query are counted.
func (a *App) answered() tea.Cmd {
	switch l := a.list; {
	case l.counting && !a.asked.waiting:
		a.asked.waiting = true
		return tea.Tick(recountAfter, func(time.Time) tea.Msg { return recountMsg{} })
	case !l.counting && l.total == 0 && l.shows != nil:
		return a.partsOf(l.shows)
	}
	return nil
}

// recount asks for the list again while its count goes on.
func (a *App) recount() tea.Cmd {
	a.asked.waiting = false
	if !a.list.counting || a.list.asking {
		return nil
	}
	return a.askList(a.list.again())
}

// queryHead gives the lines above the list's heading: the query in force, or
// the one being typed.
func (a *App) queryHead(w, h int) []string {
	if p, ok := a.over.(*queryLine); ok {
		return p.lines(a, w, h)
	}
	if a.asked.query == nil || h < 2 {
		return nil
	}
	st := a.list.st
	right := " " + a.answers() + " "
	switch {
	case a.list.pending():
		right = " ... "
	case width(right) > w/2:
		right = ""
	}
	left := st.fit(" "+safe.Line(a.asked.text), w-width(right))
	return []string{st.draw(themes.Heading, left) + st.draw(themes.Dim, right)}
}

// layQuery puts those lines in place before the list is drawn.
func (a *App) layQuery() {
	if r := a.at.panes[listPane]; a.slots[listPane].stale && r.w > 0 {
		above := a.queryHead(r.w, r.h)
		a.list.lay(above, a.pickBox(r.w, r.h-len(above)))
	}
}
