package ui

import (
	"strings"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// The signs of the reader's work in the list, each in a column of its own:
// what was thought of the cable (+ - ?), a star, a note. None of them is used
// for anything else there.
const (
	starSign = "*"
	noteSign = "n"
)

// standing is what of the reader's work may decide whether a row answers a
// query.
type standing struct {
	judgement                  model.Judgement
	star, read                 bool
	labels, notes, pins, parts int
}

func standingOf(w *model.Work) standing {
	return standing{w.Judgement, w.Star, w.Read, len(w.Labels), len(w.Notes), w.Pins, len(w.Passages)}
}

// signed makes room for the signs: three of them, and in a narrow list two.
func (c listColumns) signed(w int, desk bool) listColumns {
	if !desk {
		return c
	}
	n := 3
	if w >= 58 {
		n = 4
	}
	n = min(n, w)
	c = columnsFor(w - n)
	c.state = n
	if c.gap > 2 && c.about > 0 { // the signs set the date apart
		c.gap, c.about = c.gap-1, c.about+1
	}
	return c
}

// state gives the signs of a row.
func (l *list) state(r *listRow) string {
	w, _ := l.desk.of(r.handle)
	star, note := " ", " "
	if w.Star {
		star = starSign
	}
	if len(w.Notes) > 0 {
		note = noteSign
	}
	if l.cols.state < 4 && star == " " {
		return w.Judgement.Sign() + note
	}
	return w.Judgement.Sign() + star + note[:max(0, min(1, l.cols.state-3))]
}

// standings notes how the reader's work on the rows was when they came.
func (l *list) standings() {
	if l.desk == nil {
		return
	}
	for i := range l.rows {
		w, _ := l.desk.of(l.rows[i].handle)
		l.rows[i].was = standingOf(&w)
	}
}

// anchor is the row nearest to the cursor that the reader's work has not
// changed since the rows came: one that was judged may be no answer any more,
// so that nothing can be asked for around it.
func (l *list) anchor() model.Key {
	if l.desk == nil || l.shows == nil {
		return l.rows[l.cur].key
	}
	for far := range len(l.rows) {
		for _, i := range []int{l.cur + far, l.cur - far} {
			if i < 0 || i >= len(l.rows) {
				continue
			}
			if w, _ := l.desk.of(l.rows[i].handle); standingOf(&w) == l.rows[i].was {
				return l.rows[i].key
			}
		}
	}
	return l.rows[l.cur].key
}

// showJudged has the reader say what its reader thinks of the cable.
func (a *App) showJudged() {
	c := a.reader.cable()
	if c == nil || a.o.Desk == nil {
		return
	}
	w := a.workOn(c)
	var said []string
	if w.Judgement != model.Unjudged {
		said = append(said, w.Judgement.Sign()+" "+judgementWords(w.Judgement))
	}
	if w.Star {
		said = append(said, starSign+" starred")
	}
	a.reader.stand(strings.Join(said, "  "))
}

// stand takes what the reader of the cable thinks of it; the place stays.
func (r *reader) stand(says string) {
	if says == r.stands || r.c == nil {
		r.stands = says
		return
	}
	at, cur := r.anchor(), r.cur
	r.stands = says
	was := r.says
	r.banner, r.says = r.drawBanner()
	if r.says != was || !r.bannered() {
		r.rehead()
		r.turnTo(at)
		r.cur = cur
		r.settle()
	}
}

// putStanding writes it into the banner, where there is room for it in words,
// or else by its signs alone.
func (r *reader) putStanding(p *pen) {
	short := ""
	for _, part := range strings.Split(r.stands, "  ") {
		if part != "" {
			short += part[:1]
		}
	}
	switch id := width(safe.Line(r.c.ID)); {
	case r.stands == "":
	case p.cells+3+width(r.stands)+2+id <= r.w:
		p.put(themes.Value, "  "+r.stands+" ")
	case p.cells+2+len(short) <= r.w:
		p.put(themes.Value, " "+short+" ")
	}
}

// judgeHints adds the keys for judging to those of the list.
func (a *App) judgeHints(add func(words string, names ...string)) {
	add("judge", "relevant", "not-relevant", "later")
	add("next unjudged", "next-unjudged")
	add("range", "select-range")
	add("show", "scope")
}
