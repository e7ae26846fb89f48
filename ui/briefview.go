package ui

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// briefView shows a brief: its items in their order, that under the cursor with
// its whole text. It shows what the desk says, and keeps nothing of its own but
// the place.
type briefView struct {
	st   *styles
	w, h int

	version int // of the desk that it shows
	names   []string
	b       model.Brief
	at      int // of the brief among all
	to      int // the brief to go to, from 1; 0: none

	cur, first int
	keep       int          // the pin that the cursor stays on while items move; 0: none
	want       int          // where it is to go, as far as that was asked
	gone       map[int]bool // pins that are on their way out
	rows       []briefRow
}

// briefRow is a drawn row of an item.
type briefRow struct {
	item int
	text string
}

func newBriefView(st *styles) *briefView { return &briefView{st: st, version: -1} }

func (v *briefView) scope() scope               { return inBrief }
func (v *briefView) ask(*App) tea.Cmd           { return nil }
func (v *briefView) take(*App, tea.Msg) tea.Cmd { return nil }
func (v *briefView) waiting() bool              { return false }
func (v *briefView) end()                       {}
func (v *briefView) term() string               { return "" }

// due brings the view up to the desk; nothing has to be asked for.
func (v *briefView) due(a *App) bool {
	if v.to > 0 && v.to <= len(a.desk.briefs) {
		a.briefName, v.cur, v.first, v.version = a.desk.briefs[v.to-1].Name, 0, 0, -1
	}
	v.to = 0
	b, ok := a.brief()
	if v.version == a.desk.version && v.b.Name == b.Name {
		return false
	}
	v.version, v.b, v.names = a.desk.version, b, nil
	for i, x := range a.desk.briefs {
		v.names = append(v.names, x.Name)
		if x.Name == b.Name && ok {
			v.at = i
		}
	}
	for i, p := range b.Pins {
		if v.keep != 0 && p.N == v.keep {
			v.cur = i
		}
	}
	v.cur = max(0, min(v.cur, len(b.Pins)-1))
	v.layout()
	a.touch(wholePane)
	return false
}

func (v *briefView) resize(w, h int) {
	if w != v.w || h != v.h {
		v.w, v.h = w, h
		v.layout()
	}
}

func (v *briefView) restyle(st *styles) {
	v.st = st
	v.layout()
}

// briefColumns are the widths of number, id, paragraph and marking.
func (v *briefView) columns() (n, id, para, mark int) {
	n, id, para, mark = 3, 12, 7, 3
	for _, p := range v.b.Pins {
		id = max(id, min(width(cableWords(p.Handle)), 24))
		para = max(para, min(width(spotWords(p.Spot)), 12))
		mark = max(mark, min(width(safe.Line(p.Mark)), 8))
	}
	return n, id, para, mark
}

// layout draws all items for the size; the cursor stays in view.
func (v *briefView) layout() {
	v.rows = v.rows[:0]
	if v.w < 1 {
		return
	}
	for i := range v.b.Pins {
		v.drawItem(i)
	}
	v.follow()
}

// drawItem draws one item: a line that names it, its text in short or, under
// the cursor, whole, and the reader's comment.
func (v *briefView) drawItem(i int) {
	p := &v.b.Pins[i]
	here := i == v.cur
	nw, idw, pw, mw := v.columns()
	role, sign := themes.Text, " "
	if here {
		role, sign = themes.Select, ">"
	}
	head := sign + padLeft(strconv.Itoa(i+1), nw) + "  " + v.st.fit(cableWords(p.Handle), idw) + "  " + v.st.fit(spotWords(p.Spot), pw) + "  "
	mark, _ := model.ParseMarking(p.Mark)
	text := strings.Join(strings.Fields(safe.Line(p.Text)), " ")
	rest := max(0, v.w-width(head)-mw-2)
	line := v.st.draw(role, fit(head, min(width(head), v.w)))
	if room := v.w - width(head); room > 0 {
		markStyle := markRole(mark.Level)
		if here {
			markStyle = themes.Select
		}
		line += v.st.draw(markStyle, v.st.fit(safe.Line(p.Mark), min(mw, room)))
		if room > mw+2 && !here && rest >= 20 {
			line += v.st.draw(themes.Text, "  ") + v.st.draw(themes.Dim, v.st.fit(text, rest))
		} else {
			line += v.st.draw(role, blanks(max(0, room-mw)))
		}
	}
	v.rows = append(v.rows, briefRow{i, line})
	left := min(nw+3, max(0, v.w-20))
	room := max(1, min(v.w-left-1, widest))
	if here {
		v.wrapped(i, left, room, themes.Text, text)
	}
	if p.Comment != "" {
		v.commented(i, left, room, p.Comment, here)
	}
	if here {
		v.rows = append(v.rows, briefRow{i, blanks(v.w)})
	}
}

// wrapped adds rows of a text.
func (v *briefView) wrapped(i, left, room int, role themes.Role, text string) {
	for _, c := range wrap(nil, text, room, room) {
		v.rows = append(v.rows, briefRow{i, blanks(left) + v.st.draw(role, fit(text[c.from:c.to], v.w-left))})
	}
}

// commented adds the rows of a comment: the first, or all under the cursor.
func (v *briefView) commented(i, left, room int, text string, whole bool) {
	bar := v.st.draw(themes.Field, v.st.glyph("║", "|")+" your note: ")
	lines := noteRows(v.st, text, max(1, room-len("| your note: ")))
	if !whole {
		lines = lines[:min(1, len(lines))]
	}
	for _, l := range lines {
		text := ansi.Truncate(blanks(left)+bar+l, v.w, "")
		v.rows = append(v.rows, briefRow{i, text + blanks(v.w-ansi.StringWidth(text))})
		bar = v.st.draw(themes.Field, v.st.glyph("║", "|")+"            ")
	}
}

// span is the rows of an item.
func (v *briefView) span(item int) (from, to int) {
	return stretchOf(v.rows, func(r briefRow) bool { return r.item == item })
}

func (v *briefView) body() int { return max(0, v.h-briefHead) }

// briefHead is how many lines stand above the items.
const briefHead = 2

func (v *briefView) follow() {
	from, to := v.span(v.cur)
	v.first = following(v.first, from, to, v.body(), len(v.rows))
}

func (v *briefView) view(bool) []string {
	if v.b.Name == "" {
		return v.none()
	}
	out := make([]string, 0, v.h)
	title := " BRIEF  " + briefTitle(v.b) + "   " + pinned(len(v.b.Pins))
	if n := len(v.names); n > 1 {
		title += "   " + count(v.at+1) + " of " + plural(n, "brief") + ", Tab: the next"
	}
	out = append(out, v.st.draw(themes.Heading, v.st.fit(title, v.w)))
	if m, ok := highestPin(v.b); ok {
		out = append(out, v.st.draw(themes.Dim, v.st.fit(" highest marking in it: "+safe.Line(m.Words()), v.w)))
	} else {
		out = append(out, v.st.draw(themes.Dim, v.st.fit(" no item carries a marking", v.w)))
	}
	if len(v.b.Pins) == 0 {
		out = append(out, v.st.draw(themes.Dim, v.st.fit(" Nothing is pinned to it.  P in a cable pins the paragraph under the cursor.", v.w)))
	}
	for n := v.first; len(out) < v.h && n < len(v.rows); n++ {
		out = append(out, v.rows[n].text)
	}
	for len(out) < v.h {
		out = append(out, blanks(v.w))
	}
	return out[:v.h]
}

// none is the view when the last brief was taken away, or undone.
func (v *briefView) none() []string {
	out := []string{
		v.st.draw(themes.Heading, v.st.fit(" BRIEF", v.w)),
		v.st.draw(themes.Dim, v.st.fit(" There is no brief any more.  U brings back one deleted, C-r one", v.w)),
		v.st.draw(themes.Dim, v.st.fit(" undone; q goes back, and P in a cable begins another.", v.w)),
	}
	for len(out) < v.h {
		out = append(out, blanks(v.w))
	}
	return out[:v.h]
}

// briefTitle is the name of a brief as the screen writes it.
func briefTitle(b model.Brief) string { return "'" + safe.Line(b.Name) + "'" }

func pinned(n int) string { return count(n) + " pinned" }

// highestPin is the highest marking of the items.
func highestPin(b model.Brief) (top model.Marking, ok bool) {
	for _, p := range b.Pins {
		if m, good := model.ParseMarking(p.Mark); good && weight(m) > weight(top) {
			top, ok = m, true
		}
	}
	return top, ok
}

func (v *briefView) cursorAt() (x, y int, ok bool) {
	from, _ := v.span(v.cur)
	y = from - v.first + briefHead
	return 0, y, len(v.rows) > 0 && y >= briefHead && y < v.h
}

func (v *briefView) goTo(i int) bool {
	was := v.cur
	v.cur = max(0, min(i, len(v.b.Pins)-1))
	v.keep = 0
	v.layout()
	return was != v.cur
}

func (v *briefView) move(n int) bool { return v.goTo(v.cur + n) }
func (v *briefView) page(n int) bool { return v.goTo(v.cur + n*max(1, v.body()/6)) }
func (v *briefView) top() bool       { return v.goTo(0) }
func (v *briefView) bottom() bool    { return v.goTo(len(v.b.Pins)) }

// hop goes to the next brief.
func (v *briefView) hop(step int) bool {
	n := len(v.names)
	if n < 2 {
		return false
	}
	v.to = ((v.at+step)%n+n)%n + 1
	return true
}

func (v *briefView) sideways(*App, int) tea.Cmd { return nil }

func (v *briefView) click(_, y int) bool {
	n := v.first + y - briefHead
	return y >= briefHead && n < len(v.rows) && v.goTo(v.rows[n].item)
}

func (v *briefView) position() string {
	if len(v.b.Pins) == 0 {
		return ""
	}
	return "item " + count(v.cur+1) + " of " + count(len(v.b.Pins))
}

// copied is the brief as an outline.
func (v *briefView) copied() (text, what string, cut int) {
	var lines []string
	for i, p := range v.b.Pins {
		lines = append(lines, tabbed(strconv.Itoa(i+1), cableWords(p.Handle), spotWords(p.Spot), p.Mark, p.Comment))
	}
	text, cut = clipped(lines)
	return text, "the brief as an outline", cut
}

// current is the item under the cursor.
func (v *briefView) current() (model.Pin, bool) {
	if v.cur >= len(v.b.Pins) {
		return model.Pin{}, false
	}
	return v.b.Pins[v.cur], true
}

// unpin takes the item under the cursor out. Those that are on their way out
// already are passed over, so that quick keys take one after the other.
func (v *briefView) unpin(a *App) tea.Cmd {
	if len(a.desk.queue) == 0 || v.gone == nil {
		v.gone = map[int]bool{}
	}
	v.keep = 0
	n := len(v.b.Pins)
	for i := range n {
		at := v.cur + i
		if at >= n { // there is none below: the one above is next
			at = n - 1 - i
		}
		if p := v.b.Pins[at]; !v.gone[p.N] {
			v.gone[p.N] = true
			return a.do(model.Act{Do: model.DoUnpin, Pin: p.N})
		}
	}
	a.say("nothing is pinned here")
	return nil
}

// movePin moves the item under the cursor through its brief.
func movePin(step int) func(*App, call) tea.Cmd {
	return func(a *App, c call) tea.Cmd {
		v, ok := a.uppermost().(*briefView)
		if !ok {
			return nil
		}
		p, ok := v.current()
		from := v.cur
		if v.keep == p.N && len(a.desk.queue) > 0 {
			from = v.want // it is on its way there
		}
		to := from + step*c.times()
		if !ok || to < 0 || to >= len(v.b.Pins) {
			a.say("there is no item " + whither(step))
			return nil
		}
		v.keep, v.want = p.N, to
		return a.do(model.Act{Do: model.DoMove, Pin: p.N, To: to})
	}
}

// openPin reads the cable of the item under the cursor, at its paragraph.
func (a *App) openPin(call) tea.Cmd {
	v, ok := a.uppermost().(*briefView)
	if !ok {
		return nil
	}
	p, ok := v.current()
	if !ok {
		a.say("nothing is pinned here")
		return nil
	}
	return a.aimAt(p.Handle, p.Spot)
}

func needBriefView(a *App) string {
	if _, ok := a.uppermost().(*briefView); !ok {
		return "this is for a brief   E shows it"
	}
	return needDesk(a)
}
