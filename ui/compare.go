package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
	"chancery/themes"
)

// copiesMost is how many copies of one cable are looked at.
const copiesMost = 50

// copiesMsg brings two copies of a cable, and tells of the others.
type copiesMsg struct {
	gen     int
	entries []model.Entry
	left    *model.Cable
	right   *model.Cable
	pairs   []pair
	err     error
}

// compareView sets two copies of one cable against each other.
type compareView struct {
	st     *styles
	w, h   int
	key    model.Key // of the copy that was at hand
	id     string
	nth    int // of the others is compared with it, from 0
	asked  int // which was asked for, -1: none yet
	gen    int
	cancel context.CancelFunc

	known       bool
	others      []model.Entry
	left, right *model.Cable
	pairs       []pair
	rows        []briefRow
	cur, first  int
}

// compare sets the cable at hand against its other copies.
func (a *App) compare(call) tea.Cmd {
	key, id := a.reading.shown, ""
	if row, ok := a.list.current(); ok && a.scope() == inList {
		key, id = row.key, row.handle.ID
	} else if c := a.reader.cable(); c != nil {
		id = c.ID
	}
	if id == "" {
		a.say("copies are known by their id, and this cable has none")
		return nil
	}
	a.raise(&compareView{st: a.list.st, key: key, id: id, asked: -1})
	return nil
}

func (v *compareView) scope() scope  { return inCompare }
func (v *compareView) due(*App) bool { return v.asked != v.nth }
func (v *compareView) waiting() bool { return !v.known }
func (v *compareView) term() string  { return "" }

func (v *compareView) end() {
	if v.cancel != nil {
		v.cancel()
	}
}

func (v *compareView) ask(a *App) tea.Cmd {
	v.end()
	v.gen, v.asked = a.next(), v.nth
	ctx, cancel := context.WithCancel(a.ctx)
	v.cancel = cancel
	gen, lib, key, id, nth := v.gen, a.o.Library, v.key, v.id, v.nth
	return func() tea.Msg {
		defer cancel()
		m := copiesMsg{gen: gen}
		m.err = m.read(ctx, lib, key, id, nth)
		return m
	}
}

// read finds the copies, and reads two of them.
func (m *copiesMsg) read(ctx context.Context, lib Library, key model.Key, id string, nth int) error {
	q, err := query.Parse("id:"+query.Quote(id), query.Options{})
	if err != nil {
		return err
	}
	page, err := lib.List(ctx, q, model.Ask{Order: model.ByDate, N: copiesMost})
	if err != nil {
		return err
	}
	for _, e := range page.Entries {
		if e.Key != key && e.ID == id {
			m.entries = append(m.entries, e)
		}
	}
	if m.left, err = lib.Cable(ctx, key); err != nil || len(m.entries) == 0 {
		return err
	}
	if m.right, err = lib.Cable(ctx, m.entries[nth%len(m.entries)].Key); err != nil {
		return err
	}
	m.pairs = compared(m.left, m.right)
	return nil
}

func (v *compareView) take(a *App, msg tea.Msg) tea.Cmd {
	m, ok := msg.(copiesMsg)
	if !ok || m.gen != v.gen {
		return nil
	}
	if m.err != nil {
		a.fail(m.err)
		return nil
	}
	v.known, v.others, v.left, v.right, v.pairs = true, m.entries, m.left, m.right, m.pairs
	v.cur, v.first = 0, 0
	for i, p := range v.pairs { // the first thing that differs
		if p.kind != pairSame {
			v.cur = i
			break
		}
	}
	v.layout()
	return nil
}

func (v *compareView) resize(w, h int) {
	if w != v.w || h != v.h {
		v.w, v.h = w, h
		v.layout()
	}
}

func (v *compareView) restyle(st *styles) {
	v.st = st
	v.layout()
}

// compareHead is how many lines stand above the paragraphs.
const compareHead = 3

func (v *compareView) body() int { return max(0, v.h-compareHead) }

func (v *compareView) span(i int) (from, to int) {
	return stretchOf(v.rows, func(r briefRow) bool { return r.item == i })
}

func (v *compareView) goTo(i int) bool {
	was := v.cur
	v.cur = max(0, min(i, len(v.pairs)-1))
	v.layout()
	return was != v.cur
}

func (v *compareView) move(n int) bool            { return v.goTo(v.cur + n) }
func (v *compareView) page(n int) bool            { return v.goTo(v.cur + n*max(1, v.body()/8)) }
func (v *compareView) top() bool                  { return v.goTo(0) }
func (v *compareView) bottom() bool               { return v.goTo(len(v.pairs)) }
func (v *compareView) sideways(*App, int) tea.Cmd { return nil }
func (v *compareView) cursorAt() (x, y int, ok bool) {
	from, _ := v.span(v.cur)
	y = from - v.first + compareHead
	return 0, y, len(v.rows) > 0 && y < v.h
}

// hop compares with the next of the other copies.
func (v *compareView) hop(step int) bool {
	if n := len(v.others); n > 1 {
		v.nth = ((v.nth+step)%n + n) % n
		return true
	}
	return false
}

func (v *compareView) click(_, y int) bool {
	n := v.first + y - compareHead
	return y >= compareHead && n < len(v.rows) && v.goTo(v.rows[n].item)
}

func (v *compareView) position() string {
	if len(v.pairs) == 0 {
		return ""
	}
	return count(v.cur+1) + " of " + count(len(v.pairs))
}

func (v *compareView) copied() (text, what string, cut int) {
	lines := []string{v.id + ": " + comparedWords(v.pairs)}
	for _, p := range v.pairs {
		switch {
		case p.kind == pairSame:
			lines = append(lines, "= "+p.name)
		case p.words != nil:
			lines = append(lines, "~ "+p.name+" "+wordDiff(p.words))
		default:
			lines = append(lines, string(p.kind)+" "+p.name+" "+p.left+p.right)
		}
	}
	text, cut = clipped(lines)
	return text, "the comparison", cut
}

// wordDiff writes a changed text with signs: [-taken away-] {+added+}.
func wordDiff(steps []wordStep) string {
	s := ""
	for _, w := range steps {
		if s != "" {
			s += " "
		}
		s += w.signed()
	}
	return s
}

// signed is some words with the signs of what became of them.
func (w wordStep) signed() string {
	switch w.kind {
	case pairLeft:
		return "[-" + w.text + "-]"
	case pairRight:
		return "{+" + w.text + "+}"
	}
	return w.text
}

// nextDifference goes to the next paragraph that differs.
func nextDifference(step int) func(*App, call) tea.Cmd {
	return func(a *App, _ call) tea.Cmd {
		v, ok := a.uppermost().(*compareView)
		if !ok {
			return nil
		}
		for i := v.cur + step; i >= 0 && i < len(v.pairs); i += step {
			if v.pairs[i].kind != pairSame {
				return a.moved(v.goTo(i))
			}
		}
		a.say("nothing differs " + whither(step))
		return nil
	}
}

// view draws the names of the copies, what differs in all, and the paragraphs.
func (v *compareView) view(bool) []string {
	out := make([]string, 0, v.h)
	add := func(role themes.Role, s string) { out = append(out, v.st.draw(role, v.st.fit(s, v.w))) }
	title := " COPIES of " + safe.Line(v.id)
	switch {
	case !v.known:
		add(themes.Heading, title+"   reading ...")
	case v.right == nil:
		add(themes.Heading, title)
		add(themes.Dim, "")
		add(themes.Text, " There is no other copy of this cable in the collection.")
	default:
		if n := len(v.others); n > 1 {
			title += fmt.Sprintf("   with copy %d of %d others, Tab: the next", v.nth+1, n)
		}
		add(themes.Heading, title)
		out = append(out, v.names())
		words := comparedWords(v.pairs)
		if words == "the same text" && v.left.Source.SHA256 == v.right.Source.SHA256 {
			words += ", and the same bytes"
		}
		add(themes.Dim, " "+words)
	}
	for n := v.first; len(out) < v.h && n < len(v.rows) && v.right != nil; n++ {
		out = append(out, v.rows[n].text)
	}
	for len(out) < v.h {
		out = append(out, blanks(v.w))
	}
	return out[:v.h]
}
