package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// passagesMost is how many passages are listed.
const passagesMost = 500

// passage is a paragraph with a label, wherever it stands.
type passage struct {
	handle model.Handle
	spot   model.Spot
	mark   model.Marking
	text   string // its beginning; "" while it is not known
	lost   string // why there is none
}

// passagesMsg brings their texts.
type passagesMsg struct {
	gen  int
	rows []passage
	err  error
}

// passagesView lists the paragraphs that carry a label, across all cables.
type passagesView struct {
	st     *styles
	w, h   int
	label  string
	gen    int
	of     int // version of the desk that was asked for
	cancel context.CancelFunc
	rows   []passage
	known  bool
	cut    bool // there are more
	cur    int
	first  int
}

// showPassages lists the passages with a label.
func (a *App) showPassages(c call) tea.Cmd {
	names := labelWords(c.arg)
	if len(names) == 0 {
		return a.palette(call{arg: "passages"})
	}
	a.raise(&passagesView{st: a.list.st, label: names[0], of: -1})
	return nil
}

func needLabels(a *App) string {
	if why := needDesk(a); why != "" {
		return why
	}
	if len(a.labels()) == 0 {
		return "there is no label yet   t puts one on"
	}
	return ""
}

func (v *passagesView) scope() scope      { return inPassages }
func (v *passagesView) due(a *App) bool   { return v.of != a.desk.version }
func (v *passagesView) waiting() bool     { return !v.known }
func (v *passagesView) restyle(s *styles) { v.st = s }

func (v *passagesView) end() {
	if v.cancel != nil {
		v.cancel()
	}
}

// ask lists the passages and reads their cables.
func (v *passagesView) ask(a *App) tea.Cmd {
	v.end()
	v.of, v.gen, v.cut = a.desk.version, a.next(), false
	var rows []passage
	for _, w := range a.desk.works {
		for _, p := range w.Passages {
			if slices.Contains(p.Labels, v.label) {
				rows = append(rows, passage{handle: w.Handle, spot: p.Spot})
			}
		}
	}
	slices.SortFunc(rows, func(x, y passage) int {
		return cmp.Or(strings.Compare(x.handle.Key(), y.handle.Key()), x.spot.Block-y.spot.Block)
	})
	if len(rows) > passagesMost {
		rows, v.cut = rows[:passagesMost], true
	}
	ctx, cancel := context.WithCancel(a.ctx)
	v.cancel = cancel
	gen, lib := v.gen, a.o.Library
	return func() tea.Msg {
		defer cancel()
		return passagesMsg{gen, rows, readPassages(ctx, lib, rows)}
	}
}

// readPassages reads the beginnings of the passages.
func readPassages(ctx context.Context, lib Library, rows []passage) error {
	var c *model.Cable
	key := ""
	for i := range rows {
		r := &rows[i]
		if r.handle.Key() != key {
			key, c = r.handle.Key(), nil
			k, ok, err := lib.Find(ctx, r.handle.ID)
			if err == nil && ok && r.handle.ID != "" {
				c, err = lib.Cable(ctx, k)
			}
			if err != nil && ctx.Err() != nil {
				return ctx.Err()
			}
		}
		switch block, ok := spotIn(c, r.spot); {
		case c == nil:
			r.lost = "not held in this collection"
		case !ok:
			r.lost = "this copy has no such paragraph"
		default:
			r.mark = c.Blocks[block].Mark
			r.text = clip(strings.Join(strings.Fields(safe.Line(c.Blocks[block].Text)), " "), 400)
		}
	}
	return nil
}

func spotIn(c *model.Cable, s model.Spot) (int, bool) {
	if c == nil {
		return 0, false
	}
	return c.FindSpot(s)
}

func (v *passagesView) take(a *App, msg tea.Msg) tea.Cmd {
	m, ok := msg.(passagesMsg)
	if !ok || m.gen != v.gen {
		return nil
	}
	if m.err != nil {
		a.fail(m.err)
		return nil
	}
	v.known, v.rows = true, m.rows
	v.goTo(v.cur)
	return nil
}

func (v *passagesView) resize(w, h int) {
	v.w, v.h = w, h
	v.goTo(v.cur)
}

func (v *passagesView) body() int { return max(0, v.h-1) }

func (v *passagesView) goTo(i int) bool {
	was := v.cur
	v.cur = max(0, min(i, len(v.rows)-1))
	v.first = max(0, min(v.first, v.cur, len(v.rows)-v.body()), v.cur-v.body()+1)
	return was != v.cur
}

func (v *passagesView) move(n int) bool            { return v.goTo(v.cur + n) }
func (v *passagesView) page(n int) bool            { return v.goTo(v.cur + n*max(1, v.body()/2)) }
func (v *passagesView) top() bool                  { return v.goTo(0) }
func (v *passagesView) bottom() bool               { return v.goTo(len(v.rows)) }
func (v *passagesView) hop(int) bool               { return false }
func (v *passagesView) sideways(*App, int) tea.Cmd { return nil }
func (v *passagesView) click(_, y int) bool {
	return y > 0 && v.first+y-1 < len(v.rows) && v.goTo(v.first+y-1)
}
func (v *passagesView) term() string                  { return "" }
func (v *passagesView) cursorAt() (x, y int, ok bool) { return 0, v.cur - v.first + 1, len(v.rows) > 0 }

func (v *passagesView) position() string {
	if len(v.rows) == 0 {
		return ""
	}
	return count(v.cur+1) + " of " + count(len(v.rows))
}

func (v *passagesView) copied() (text, what string, cut int) {
	var lines []string
	for _, r := range v.rows {
		lines = append(lines, tabbed(cableWords(r.handle), spotWords(r.spot), r.mark.Code(), r.text+r.lost))
	}
	text, cut = clipped(lines)
	return text, "the passages with " + safe.Line(v.label), cut
}

func (v *passagesView) view(bool) []string {
	out := make([]string, 0, v.h)
	title := " PASSAGES labelled " + safe.Line(v.label) + "   "
	switch {
	case !v.known:
		title += "reading ..."
	case v.cut:
		title += "the first " + count(len(v.rows))
	default:
		title += count(len(v.rows))
	}
	out = append(out, v.st.draw(themes.Heading, v.st.fit(title, v.w)))
	idw, pw := 12, 8
	for _, r := range v.rows {
		idw, pw = max(idw, min(width(cableWords(r.handle)), 24)), max(pw, min(width(spotWords(r.spot)), 14))
	}
	for i := v.first; i < len(v.rows) && len(out) < v.h; i++ {
		out = append(out, v.row(i, idw, pw))
	}
	for len(out) < v.h {
		out = append(out, blanks(v.w))
	}
	return out[:v.h]
}

// row draws one passage.
func (v *passagesView) row(i, idw, pw int) string {
	r := &v.rows[i]
	role, sign := themes.Text, "  "
	if i == v.cur {
		role, sign = themes.Select, "> "
	}
	mark := ""
	if known(r.mark) {
		mark = safe.Line(r.mark.Code())
	}
	left := sign + v.st.fit(cableWords(r.handle), idw) + "  " + v.st.fit(spotWords(r.spot), pw) + "  "
	code := v.st.fit(mark, 7)
	if i == v.cur {
		return v.st.draw(role, v.st.fit(left+code+" "+r.text+r.lost, v.w))
	}
	if width(left)+8 > v.w {
		return v.st.draw(role, v.st.fit(left+code, v.w))
	}
	text := themes.Text
	if r.lost != "" {
		text = themes.Dim
	}
	return v.st.draw(role, left) + v.st.draw(markRole(r.mark.Level), code) + v.st.draw(text, v.st.fit(" "+r.text+r.lost, v.w-width(left)-7))
}

// readPassage reads the cable of the passage under the cursor.
func (a *App) readPassage(call) tea.Cmd {
	v, ok := a.uppermost().(*passagesView)
	if !ok || v.cur >= len(v.rows) {
		a.say("there is no passage here")
		return nil
	}
	return a.aimAt(v.rows[v.cur].handle, v.rows[v.cur].spot)
}
