package ui

import (
	"cmp"
	"fmt"
)

// What must be so for a command; each gives the reason why it is not.

func needRow(a *App) string {
	if _, ok := a.list.current(); !ok {
		return "there is no cable"
	}
	return ""
}

func needCable(a *App) string {
	if a.reader.cable() == nil {
		if len(a.list.rows) > 0 {
			return "no cable is open yet; Enter opens one"
		}
		return "no cable is open"
	}
	return ""
}

func needHighest(a *App) string {
	if why := needCable(a); why != "" {
		return why
	}
	if _, ok := a.reader.highestMark(); !ok {
		return "no paragraph of this cable is marked"
	}
	return ""
}

func needMatches(a *App) string {
	if _, total := a.reader.matches(); total == 0 {
		return "nothing was found yet   / finds"
	}
	return ""
}

func needWords(a *App) string {
	if why := needCable(a); why != "" {
		return why
	}
	if finderOf(a.seeking.words, a.list.shows) == nil {
		return "nothing was looked for yet   / finds"
	}
	return ""
}

func needQuery(a *App) string {
	if a.asked.query == nil {
		return `no query is in force   \ asks one`
	}
	return ""
}

// needTerms: only what has words can fit a text better or worse.
func needTerms(a *App) string {
	if !worded(a.asked.query) {
		return "only a query that has words can be sorted by relevance"
	}
	return ""
}

func needSearches(a *App) string {
	if a.o.Searches == nil {
		return "queries cannot be saved on this screen"
	}
	return ""
}

func needSearchesAndQuery(a *App) string { return cmp.Or(needSearches(a), needQuery(a)) }

func needPast(a *App) string {
	if len(a.past) == 0 {
		return "no cable was read before this one"
	}
	return ""
}

func needFuture(a *App) string {
	if len(a.future) == 0 {
		return "nothing to go forward to   H goes back first"
	}
	return ""
}

func needRoom(a *App) string {
	if columns(a.w) == 1 {
		return fmt.Sprintf("one pane only on a screen narrower than %d columns", twoPanes)
	}
	return ""
}

func localOnly(a *App) string {
	if !a.o.Local {
		return "this works on a local screen only"
	}
	return ""
}
