package ui

import (
	"fmt"
	"strings"

	"chancery/model/safe"
	"chancery/themes"
)

// barMost is the longest bar, and barLeast the shortest room for one.
const (
	barMost  = 60
	barLeast = 6
)

// drawSheet draws every line of the sheet, without the cursor.
func (v *overview) drawSheet() {
	s := &v.sheet
	s.drawn = make([][]string, len(s.cols))
	for c, col := range s.cols {
		s.drawn[c] = make([]string, len(col))
		for y, p := range col {
			s.drawn[c][y] = v.drawLine(p, false, false)
		}
	}
}

// view gives exactly h lines of exactly w cells. It changes nothing.
func (v *overview) view(focused bool) []string {
	out := make([]string, 0, v.h)
	if v.w < 1 || v.h < 1 {
		return make([]string, max(0, v.h))
	}
	if v.headLines() > 0 {
		out = append(out, v.st.draw(themes.Heading, v.st.fit(v.heading(), v.w)))
	}
	s := &v.sheet
	gap := v.st.draw(themes.Border, " "+v.st.glyph("│", "|")+" ")
	empty := v.st.draw(themes.Text, blanks(s.w))
	filled := len(s.cols)*(s.w+sheetGap) - sheetGap
	for y := v.first; len(out) < v.h; y++ {
		var b strings.Builder
		for c, col := range s.cols {
			if c > 0 {
				b.WriteString(gap)
			}
			switch {
			case y >= len(col):
				b.WriteString(empty)
			case col[y] == v.cur && col[y].value >= 0:
				b.WriteString(v.drawLine(v.cur, true, focused))
			default:
				b.WriteString(s.drawn[c][y])
			}
		}
		if len(s.cols) == 0 {
			filled = 0
		}
		b.WriteString(v.st.draw(themes.Text, blanks(v.w-filled)))
		out = append(out, b.String())
	}
	return out
}

// heading says what is counted, how much of it there is, and what is still
// under way.
func (v *overview) heading() string {
	head := " OVERVIEW"
	if v.only != "" {
		head = " " + strings.ToUpper(v.titleOf(v.only))
	}
	if v.text == "" {
		head += "   everything"
	} else {
		head += "   " + safe.Line(v.text)
	}
	switch {
	case v.only == wantedField && v.sought:
		head += "   " + plural(v.wantedN, "cable")
	case v.counted && v.counts.Total != v.counts.All:
		head += "   " + count(v.counts.Total) + " of " + plural(v.counts.All, "cable")
	case v.counted:
		head += "   " + plural(v.counts.All, "cable")
	}
	switch {
	case v.failed:
		head += "   could not be counted"
	case v.pending > 0 && (v.counted || v.sought):
		head += "   counting again ..."
	case v.pending > 0 || !v.asked:
		head += "   counting ..."
	}
	return head
}

// titleOf is the title of a field's block.
func (v *overview) titleOf(field string) string {
	for _, f := range facetFields(true) {
		if f[0] == field {
			return f[1]
		}
	}
	return field
}

// drawLine draws one line of a column.
func (v *overview) drawLine(p place, here, focused bool) string {
	w := v.sheet.w
	b := &v.blocks[p.block]
	switch {
	case p.value == lineBlank:
		return v.st.draw(themes.Text, blanks(w))
	case p.value == lineTitle:
		return v.drawTitle(b)
	case p.value == lineSaid:
		said := "none"
		if b.reading {
			said = "counting ..."
		}
		return v.st.draw(themes.Dim, v.st.fit("  "+said, w))
	case p.value >= len(b.values) || p.value >= v.sheet.shown[p.block]:
		return v.drawMore(p.block, here, focused)
	}
	return v.drawTally(b, &b.values[p.value], here, focused)
}

// drawMore draws the line that stands for the rest of a block.
func (v *overview) drawMore(i int, here, focused bool) string {
	sign, role := "  ", themes.Dim
	if here {
		sign, role = "> ", chosen(focused)
	}
	words := "... " + count(v.rest(i)) + " more"
	if v.blocks[i].joined {
		words = "... each year by itself"
	}
	if v.only == "" {
		words += " (Enter)"
	}
	return v.st.draw(role, v.st.fit(sign+words, v.sheet.w))
}

// chosen is the role of what is under the cursor.
func chosen(focused bool) themes.Role {
	if focused {
		return themes.Select
	}
	return themes.SelectOff
}

// drawTitle draws the title of a block, with the names of the numbers below.
func (v *overview) drawTitle(b *block) string {
	title := " " + b.title
	if b.distinct > 0 && b.field != "year" && b.field != "month" {
		title += " (" + count(b.distinct) + ")"
	}
	cols := v.columns(b)
	right := ""
	if cols.all > 0 {
		right = fit("", max(0, cols.count-6)) + "answer " + leftOf("all", cols.all)
	}
	if b.cited {
		right = "cited by"
	}
	if width(title)+1+width(right) > v.sheet.w {
		right = ""
	}
	return v.st.draw(themes.Heading, v.st.fit(title, v.sheet.w-width(right))+right)
}

// leftOf fills a text on its left to n cells.
func leftOf(s string, n int) string { return blanks(n-width(s)) + s }

// columns shares the width of a column out on the parts of a tally: the
// numbers stand always, then the value, then the bar, then the meaning.
func (v *overview) columns(b *block) tallyColumns {
	w := v.sheet.w - 2
	c := tallyColumns{count: min(b.widths.count, max(0, w))}
	w -= c.count + 1
	if v.withTerm && !b.cited && w-b.widths.all-1 >= 16 {
		c.all = max(3, b.widths.all)
		c.count = max(c.count, 6) // for its name above
		w = v.sheet.w - 2 - c.count - 1 - c.all - 1
	}
	least := 10
	if b.field == judgementField { // its words are few and stand whole
		least = len("- not relevant")
	}
	c.value = max(0, min(b.widths.value, w, max(least, w*2/5)))
	w -= c.value + 1
	switch meaning := min(b.widths.meaning, w-barLeast-1); {
	case b.cited && b.widths.meaning > 0: // who cites it says more than a bar does
		c.meaning = max(0, min(b.widths.meaning, w))
		w -= c.meaning + 1
	case meaning >= 8:
		c.meaning = min(meaning, max(w*3/5, 8))
		w -= c.meaning + 1
	}
	if w >= 3 {
		c.bar = min(w, barMost)
	}
	return c
}

// tallyColumns are the widths of the parts of a tally; 0 where one has no room.
type tallyColumns struct{ value, meaning, bar, count, all int }

// drawTally draws a value with its bar and its numbers.
func (v *overview) drawTally(b *block, t *tally, here, focused bool) string {
	c := v.columns(b)
	value, meaning, numbers, bars, sign := themes.Value, themes.Dim, themes.Text, themes.Field, "  "
	if t.marked {
		value = markRole(t.level)
	}
	if here {
		r := chosen(focused)
		value, meaning, numbers, bars, sign = r, r, r, r, "> "
	}
	p := newPen(v.st)
	p.put(numbers, fit(sign, min(2, v.sheet.w)))
	word := v.st.fit(t.value, c.value)
	kept := strings.TrimRight(word, " ")
	p.put(value, kept)
	p.put(numbers, word[len(kept):])
	if c.meaning > 0 {
		p.put(meaning, " "+v.st.fit(t.meaning, c.meaning))
	}
	if c.bar > 0 {
		p.put(numbers, " ")
		p.put(bars, v.bar(t.count, b.most, c.bar))
	}
	tail := v.numbers(t, c)
	if gap := v.sheet.w - p.cells - width(tail); gap > 0 {
		p.put(numbers, blanks(gap))
	}
	p.put(numbers, tail)
	return p.row(v.sheet.w)
}

// numbers are the count in the answer and, where a query is asked, in all.
func (v *overview) numbers(t *tally, c tallyColumns) string {
	s := leftOf(count(t.count), c.count)
	switch {
	case c.all > 0 && t.all == unknownAll:
		s += " " + blanks(c.all)
	case c.all > 0:
		s += " " + leftOf(count(t.all), c.all)
	}
	return s
}

// bar is as long as its share of the longest; what there is any of has a sign.
// The sign leaves the upper half of its cell free, so that bars under each
// other stay apart.
func (v *overview) bar(n, most, w int) string {
	if n <= 0 || most <= 0 {
		return ""
	}
	return strings.Repeat(v.st.glyph("▄", "#"), max(1, (n*w+most/2)/most))
}

// position says which value the cursor is on and what share it has.
func (v *overview) position() string {
	b, t, ok := v.under()
	switch {
	case !ok:
		return ""
	case b.cited:
		return t.value + " cited by " + plural(t.count, "cable")
	}
	s := t.value + " " + plural(t.count, "cable")
	if v.counts.Total > 0 {
		s += fmt.Sprintf(", %.1f %%", 100*float64(t.count)/float64(v.counts.Total))
	}
	return s
}
