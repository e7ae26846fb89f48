package ui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/themes"
)

// noDate stands for the date of a cable that has none.
const noDate = "no date"

// kindsMost is how many markings a mix names; the rest are "others".
const kindsMost = 5

// summary is what there is to say of selected rows before anything is done to
// them.
type summary struct {
	cables   int // each counted once
	copies   int // further rows of them
	from, to string
	mix      []kind
	judged   map[model.Judgement]int
}

// kind is a marking and how many of the cables have it.
type kind struct {
	code  string
	level model.Level
	n     int
}

// sumUp looks through selected rows.
func (d *deskwork) sumUp(rows []pick) summary {
	s := summary{judged: map[model.Judgement]int{}}
	seen := make(map[string]bool, len(rows))
	at := map[string]int{}
	for i := range rows {
		r := &rows[i]
		if key := r.handle.Key(); seen[key] {
			s.copies++
			continue
		} else {
			seen[key] = true
		}
		s.cables++
		if r.date != noDate {
			if s.from == "" || r.date < s.from {
				s.from = r.date
			}
			s.to = max(s.to, r.date)
		}
		k, ok := at[r.code]
		if !ok {
			k = len(s.mix)
			at[r.code] = k
			s.mix = append(s.mix, kind{code: r.code, level: r.level})
		}
		s.mix[k].n++
		w, _ := d.of(r.handle)
		s.judged[w.Judgement]++
	}
	slices.SortFunc(s.mix, func(x, y kind) int {
		return cmp.Or(cmp.Compare(y.level, x.level), cmp.Compare(y.n, x.n), strings.Compare(x.code, y.code))
	})
	return s
}

// said is how many there are, what they are, and from when to when.
func (s *summary) said(behind string) string {
	out := plural(s.cables, "cable") + behind
	switch {
	case s.from != "" && s.from == s.to:
		out += " (" + s.from + ")"
	case s.from != "":
		out += " (" + s.from + " to " + s.to + ")"
	}
	if s.copies > 0 {
		out += ", copies counted once"
	}
	return out
}

// marks says how they are marked: "1 of the 6 is marked SBU, 5 are U".
func (s *summary) marks() string {
	if len(s.mix) == 1 {
		k := s.mix[0]
		if s.cables == 1 {
			return "It is marked " + k.words() + "."
		}
		return "All are marked " + k.words() + "."
	}
	var out []string
	rest := 0
	for i, k := range s.mix {
		be := " are "
		if k.n == 1 {
			be = " is "
		}
		switch {
		case i == 0:
			out = append(out, count(k.n)+" of the "+count(s.cables)+be+"marked "+k.words())
		case i < kindsMost:
			out = append(out, count(k.n)+be+k.words())
		default:
			rest += k.n
		}
	}
	if rest > 0 {
		out = append(out, count(rest)+" otherwise")
	}
	return strings.Join(out, ", ") + "."
}

func (k kind) words() string {
	if k.level == model.LevelUnknown {
		return "? (unknown)"
	}
	return k.code
}

// before says what of them is judged already.
func (s *summary) before() string {
	var out []string
	for _, j := range []model.Judgement{model.Relevant, model.Irrelevant, model.Later} {
		if n := s.judged[j]; n > 0 {
			out = append(out, count(n)+" "+judgementWords(j))
		}
	}
	if len(out) == 0 {
		return "None of them is judged yet."
	}
	return "Judged before: " + strings.Join(out, ", ") + "."
}

// pickBox gives the lines at the foot of the list while rows are selected: it
// says what they are before anything is done to them.
func (a *App) pickBox(w, h int) []string {
	l := a.list
	if !a.list.picks.any() || h < 4 {
		return nil
	}
	s := l.sumUp(&a.desk)
	from, to, _ := l.ranged()
	first, marks := s.said(" selected"), s.marks()
	if l.longRange() {
		first, marks = count(to-from+1)+" rows selected", "What they are is said before anything is done to them."
	}
	text := []string{first}
	if h >= 10 {
		for i, c := range wrap(nil, marks, max(1, w-2), max(1, w-2)) {
			if i == 0 || i == 1 && h >= 14 {
				text = append(text, marks[c.from:c.to])
			}
		}
		text = append(text, a.pickKeys(w-len(" Esc none"))+"Esc none", "What is done to them is one step to undo.")
	}
	st := l.st
	out := []string{st.draw(themes.Border, strings.Repeat(st.glyph("─", "-"), max(0, w)))}
	for i, t := range text {
		role := themes.Text
		if i == 0 {
			role = themes.Heading
		}
		out = append(out, st.draw(role, st.fit(" "+t, w)))
	}
	return out
}

// pickKeys are the keys for what can be done to what is selected, as far as there
// is room for them.
func (a *App) pickKeys(room int) string {
	if why := needDeskTried(a); why != "" {
		return why + "   "
	}
	s := ""
	for _, k := range [][2]string{{"not-relevant", "not relevant"}, {"relevant", "relevant"}, {"later", "later"}, {"star", "star"}, {"label", "label"}} {
		if c := a.keys.byName[k[0]]; c != nil && len(c.keys) > 0 {
			key := keyName(c.keys[0]) + " " + k[1] + "   "
			if width(s+key) > room {
				break
			}
			s += key
		}
	}
	return s
}

// confirm asks whether all that was gathered is meant.
type confirm struct {
	bulk bulk
	sum  summary
}

func newConfirm(a *App, b bulk) *confirm { return &confirm{b, a.desk.sumUp(b.rows)} }

func (c *confirm) inline() bool                { return false }
func (c *confirm) paste(*App, string)          {}
func (c *confirm) scroll(int)                  {}
func (c *confirm) cursor() (x, y int, ok bool) { return 0, 0, true }

// left says how many are not judged, where that is not all of them.
func (c *confirm) left() int {
	if n := c.sum.judged[model.Unjudged]; n < c.sum.cables {
		return n
	}
	return 0
}

func (c *confirm) draw(a *App, w, h int) (string, []string) {
	text := []textLine{
		said("", c.sum.said("")), said("", c.sum.marks()), said("", c.sum.before()),
		{},
		said("Enter", c.bulk.what+": all "+count(c.sum.cables)+", one step to undo"),
	}
	if n := c.left(); n > 0 {
		text = append(text, said("u", c.bulk.what+": only the "+count(n)+" not judged yet"))
	}
	text = append(text, said("Esc", "nothing is changed"))
	var lines []string
	for _, t := range text {
		lines = append(lines, t.draw(a.list.st, w)...)
	}
	return "All at once", lines[:min(len(lines), h)]
}

func (c *confirm) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	switch key := k.String(); {
	case key == "enter":
		a.lay(nil)
		return c.bulk.then(a, handlesOf(c.bulk.rows))
	case key == "u" && c.left() > 0:
		a.lay(nil)
		rows := slices.DeleteFunc(c.bulk.rows, func(p pick) bool {
			w, _ := a.desk.of(p.handle)
			return w.Judgement != model.Unjudged
		})
		return c.bulk.then(a, handlesOf(rows))
	case key == "esc", key == "q", key == "ctrl+c":
		a.lay(nil)
		a.say("nothing was changed")
	case key == "Q":
		return a.quit(call{})
	}
	return nil
}

func (c *confirm) hints() []hint {
	out := []hint{{"Enter", "do it"}}
	if c.left() > 0 {
		out = append(out, hint{"u", "only those not judged"})
	}
	return append(out, hint{"Esc", "change nothing"})
}
