package ui

import (
	"strconv"

	"chancery/model/safe"
	"chancery/themes"
)

// briefLeast is how many rows the list must have for the brief to stand under
// it.
const briefLeast = 24

// briefRows is how many rows the brief takes under the list: on a screen of
// three panes, while something is pinned.
func (a *App) briefRows() int {
	h := a.at.panes[listPane].h
	if columns(a.w) < 3 || h < briefLeast || a.open.zoom == zoomFull {
		return 0
	}
	b, ok := a.brief()
	if !ok || len(b.Pins) == 0 {
		return 0
	}
	n := 2
	for _, p := range b.Pins {
		if n++; p.Comment != "" {
			n++
		}
	}
	return min(n, h/3)
}

// layBrief gives the list the rows that the brief leaves it.
func (a *App) layBrief() {
	r := a.at.panes[listPane]
	if h := r.h - a.briefRows(); r.w > 0 && a.list.h != h {
		a.list.resize(r.w, h)
		a.touch(listPane)
	}
}

// listAndBrief draws the list and the brief under it.
func (a *App) listAndBrief(focused bool) []string {
	out := a.list.view(focused)
	n, w, st := a.briefRows(), a.at.panes[listPane].w, a.list.st
	if n == 0 {
		return out
	}
	b, _ := a.brief()
	add := func(role themes.Role, s string) { out = append(out, st.draw(role, st.fit(s, w))) }
	rule := ""
	for range w {
		rule += st.glyph("─", "-")
	}
	out = append(out, st.draw(themes.Border, rule))
	keys := pinned(len(b.Pins)) + "   E shows it "
	add(themes.Heading, fit(st.fit(" BRIEF  "+briefTitle(b), max(0, w-width(keys)-1)), max(0, w-width(keys)))+keys)
	for i, most := 0, a.at.panes[listPane].h; i < len(b.Pins) && len(out) < most; i++ {
		p := b.Pins[i]
		if len(out) == most-1 && i < len(b.Pins)-1 {
			add(themes.Dim, "  ... "+plural(len(b.Pins)-i, "more item"))
			break
		}
		add(themes.Text, padLeft(strconv.Itoa(i+1), 3)+"  "+st.fit(cableWords(p.Handle), 16)+" "+st.fit(spotWords(p.Spot), 9)+" "+safe.Line(p.Mark))
		if p.Comment != "" && len(out) < most {
			add(themes.Dim, "       your note: "+safe.Line(p.Comment))
		}
	}
	for len(out) < a.at.panes[listPane].h {
		add(themes.Text, "")
	}
	return out
}
