package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// what explains the word or code under the cursor, or the one it is given;
// where there is none it asks for one.
func (a *App) what(c call) tea.Cmd {
	terms := a.terms()
	if c.arg != "" {
		terms = []string{c.arg}
	}
	if len(terms) == 0 {
		a.say("there is no code or abbreviation here")
		return a.palette(call{arg: "what"})
	}
	post, at := "", time.Time{}
	if cable := a.reader.cable(); cable != nil {
		post, at = postOf(cable), cable.Date()
	}
	p := &pager{title: "What is this"}
	for _, e := range explain(terms, post, at) {
		p.text = append(p.text, textLine{text: e.text, role: e.role})
	}
	a.lay(p)
	return nil
}

// terms are the words worth looking up where the cursor is.
func (a *App) terms() []string {
	switch a.scope() {
	case inReader:
		return a.reader.terms()
	case inSide:
		if _, _, code, _ := a.sidebar.field(); code != "" {
			return []string{code}
		}
	case inOverview, inChain:
		if t := a.uppermost().term(); t != "" {
			return []string{t}
		}
	case inList:
		if row, ok := a.list.current(); ok {
			return []string{row.from}
		}
	}
	return nil
}
