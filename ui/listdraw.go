package ui

import (
	"strings"

	"chancery/model"
	"chancery/themes"
)

// listColumns are the widths of the columns; 0 means that a column has no
// room. The marking is never dropped.
type listColumns struct{ gap, state, date, code, from, about, id int }

// columnsFor shares the width of the list out. What is left goes to the
// subject; too narrow, it is the id that goes first, then the post, the date
// and at last the subject.
func columnsFor(w int) listColumns {
	c := listColumns{gap: 2, date: 10, code: 6, from: 9, about: 16}
	if w >= 72 {
		c.gap, c.code, c.from = 3, 8, 14
	}
	if w >= 58 {
		c.code, c.from = 8, max(c.from, 12)
	}
	if w >= 110 {
		c.id = 20
	}
	need := func() int {
		n := c.gap + c.code
		for _, x := range []int{c.date, c.from, c.about, c.id} {
			if x > 0 {
				n += x + 1
			}
		}
		return n
	}
	for _, drop := range []*int{&c.from, &c.date, &c.about} {
		if need() <= w {
			break
		}
		*drop = 0
	}
	if need() > w {
		c.gap = min(c.gap, max(0, w-c.code))
		c.code = min(c.code, w-c.gap)
	}
	if c.about > 0 {
		c.about += max(0, w-need())
	}
	return c
}

// view gives exactly h lines of exactly w cells.
func (l *list) view(focused bool) []string {
	out := make([]string, 0, l.h)
	if l.h <= 0 {
		return out
	}
	out = append(out, l.above[:min(len(l.above), l.h)]...)
	if l.headings() > 0 {
		out = append(out, l.st.draw(themes.Dim, l.heading()))
	}
	blank := strings.Repeat(" ", max(0, l.w))
	foot := max(len(out), l.h-len(l.below))
	for i := l.top; len(out) < foot; i++ {
		switch {
		case i >= len(l.rows):
			out = append(out, blank)
		case i == l.cur:
			out = append(out, l.line(i, true, focused))
		default:
			if l.drawn[i] == "" {
				l.drawn[i] = l.line(i, false, focused)
			}
			out = append(out, l.drawn[i])
		}
	}
	out = append(out, l.below[:min(len(l.below), l.h-len(out))]...)
	if len(l.rows) == 0 {
		for i, text := range l.emptiness() {
			if at := l.headLines() + i; at < len(out) {
				out[at] = l.st.draw(themes.Dim, l.st.fit("  "+text, l.w))
			}
		}
	}
	return out
}

// emptiness says why there is no row.
func (l *list) emptiness() []string {
	switch {
	case !l.filled:
		return []string{"reading ..."}
	case l.shows != nil && l.counting:
		return []string{"looking ..."}
	case l.shows != nil && len(l.nothing) > 0:
		return l.nothing
	case l.shows != nil && !l.done:
		return []string{"Nothing answers this query so far."}
	case l.shows != nil:
		return []string{"Nothing answers this query."}
	case l.done:
		return []string{"No cable was found.  = says what was there, and why it is none."}
	}
	return []string{"There is no cable here yet.  = tells what was found."}
}

// heading names the columns and the order.
func (l *list) heading() string {
	c := l.cols
	var b strings.Builder
	b.WriteString(fit("", c.gap+c.state))
	right := l.orderWords()
	roomy := c.about > width(right)+9 && c.id == 0
	for _, col := range c.named() {
		if col.w == 0 {
			continue
		}
		name := col.name
		if sign := " " + l.sign(); !roomy && col.order == l.order && width(name+sign) <= col.w {
			name += sign
		}
		b.WriteString(l.st.fit(name, col.w) + " ")
	}
	left := strings.TrimRight(b.String(), " ")
	if roomy {
		return fit(fit(left, l.w-width(right)-1)+right, l.w)
	}
	return fit(left, l.w)
}

// column is a column by its heading, its width and the order it stands for.
type column struct {
	name  string
	w     int
	order model.Order
}

func (c listColumns) named() []column {
	return []column{
		{"Date", c.date, model.ByDate},
		{"Mark", c.code, model.ByMark},
		{"From", c.from, model.ByFrom},
		{"Subject", c.about, model.BySubject},
		{"Cable", c.id, model.ByID},
	}
}

// sign shows which way the list is sorted.
func (l *list) sign() string {
	if l.reverse {
		return l.st.glyph("↑", "^")
	}
	return l.st.glyph("↓", "v")
}

// orderWords says how the list is sorted.
func (l *list) orderWords() string {
	return "by " + orderName(l.order) + " " + l.sign()
}

// orderName is an order in the words of the screen.
func orderName(o model.Order) string {
	switch o {
	case model.ByMark:
		return "marking"
	case model.ByFrom:
		return "post"
	case "":
		return "date"
	}
	return string(o)
}

// line draws one row. The sign and not the colour says which is under the
// cursor, and the code and not the colour what its marking is: there the row
// is of one piece.
func (l *list) line(i int, here, focused bool) string {
	r, c := l.rows[i], l.cols
	rest, sign := themes.Text, " "
	if here {
		rest, sign = themes.Select, ">"
		if !focused {
			rest = themes.SelectOff
		}
	}
	if l.picks.any() && l.picked(i) {
		sign += "|"
	}
	before := fit(sign, c.gap)
	if c.state > 0 {
		before += fit(l.state(&r), c.state)
	}
	if c.date > 0 {
		before += fit(r.date, c.date) + " "
	}
	after, at := "", 0
	if c.from > 0 {
		after += " " + l.st.fit(r.from, c.from)
	}
	if c.about > 0 {
		at = len(after) + 1
		after += " " + l.st.fit(r.about, c.about)
	}
	if c.id > 0 {
		after += " " + l.st.fit(r.id, c.id)
	}
	after = fit(after, l.w-width(before)-c.code)
	code := l.st.fit(r.code, c.code)
	word := strings.TrimRight(code, " ")
	switch marked := c.about > 0 && l.marks != nil; {
	case here && marked:
		return l.st.draw(rest, before+code) + l.marked(r, after, at, rest, here)
	case here:
		return l.st.draw(rest, before+code+after)
	case marked:
		after = l.st.draw(rest, code[len(word):]) + l.marked(r, after, at, rest, here)
	default:
		after = l.st.draw(rest, code[len(word):]+after)
	}
	return l.st.draw(rest, before) + l.st.draw(markRole(r.level), word) + after
}

// marked draws the columns behind the code, with what answers the query marked
// in the subject, which begins at a byte of them.
func (l *list) marked(r listRow, text string, at int, rest themes.Role, here bool) string {
	role := themes.Match
	if here {
		role = themes.MatchNow
	}
	shown := len(clip(r.about, l.cols.about)) // what of it was not cut
	if shown < len(r.about) {
		shown = len(clip(r.about, max(0, l.cols.about-1)))
	}
	var b strings.Builder
	done := 0
	for _, s := range l.marks.in(r.about[r.own:]) {
		from, to := r.own+s[0], min(r.own+s[1], shown)
		if from >= to {
			continue
		}
		b.WriteString(l.st.draw(rest, text[done:at+from]) + l.st.draw(role, text[at+from:at+to]))
		done = at + to
	}
	return b.String() + l.st.draw(rest, text[done:])
}

// cursorAt is where the terminal's cursor belongs in the pane.
func (l *list) cursorAt() (x, y int, ok bool) {
	if len(l.rows) == 0 {
		return 0, 0, false
	}
	return 0, l.cur - l.top + l.headLines(), true
}

// click puts the cursor on a row, or says that a column's heading was hit.
func (l *list) click(x, y int) (order model.Order, moved bool) {
	if y < l.headLines() {
		return l.columnAt(x), false
	}
	if y >= l.h-len(l.below) {
		return "", false
	}
	i := l.top + y - l.headLines()
	if i >= len(l.rows) || y >= l.h {
		return "", false
	}
	return "", l.move(i - l.cur)
}

// columnAt names the order that belongs to the column at x.
func (l *list) columnAt(x int) model.Order {
	c := l.cols
	at := c.gap + c.state
	for _, col := range c.named() {
		if col.w == 0 {
			continue
		}
		at += col.w + 1
		if x < at {
			return col.order
		}
	}
	return ""
}
