package ui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"chancery/model/query"
	"chancery/model/safe"
	"chancery/themes"
)

// asked is the query that the list answers.
type asked struct {
	text  string
	query *query.Query // nil: everything
}

// setQuery has the list show what answers a query, from its top. One that is
// not understood changes nothing and is told.
func (a *App) setQuery(text string) tea.Cmd {
	q, err := query.Parse(text, query.Options{})
	if err != nil {
		said := safe.Line(err.Error())
		if e := (*query.Error)(nil); errors.As(err, &e) {
			said = safe.Line(e.What + "   " + e.Hint)
		}
		a.message = message{said, themes.Error}
		a.statusStale = true
		return nil
	}
	a.asked = asked{text, q}
	a.list.query = q
	a.placing.due = false
	a.touch(listPane)
	return a.askList(a.list.ends(firstEdge))
}
