package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// place is a value of a block of the overview; one behind the last stands for
// the rest.
type place struct{ block, value int }

// What a line of a sheet shows when it is no value.
const (
	lineTitle = -1
	lineBlank = -2
	lineSaid  = -3 // there is no value, or not yet
)

// sheet is the overview laid out in columns: which line shows what, and the
// lines drawn without the cursor.
type sheet struct {
	cols  [][]place
	drawn [][]string
	w     int   // of a column
	shown []int // how many values of each block
	h     int   // of the longest column
}

// valuesLeast is how many values of a block are shown where there is no room
// for all blocks at once.
const valuesLeast = 4

// facetMost is how wide a field alone is drawn.
const facetMost = 120

// sheetGap is how many cells stand between two columns.
const sheetGap = 3

// sheetColumns is how many columns of blocks a width has room for.
func sheetColumns(w int) int {
	switch {
	case w < 72:
		return 1
	case w < threePanes:
		return 2
	case w < 240:
		return 3
	}
	return 4
}

// body is how many lines of the sheet are seen.
func (v *overview) body() int { return max(0, v.h-v.headLines()) }

func (v *overview) headLines() int {
	if v.h >= 3 {
		return 1
	}
	return 0
}

func (v *overview) resize(w, h int) {
	if w == v.w && h == v.h {
		return
	}
	v.w, v.h = w, h
	v.arrange()
}

func (v *overview) restyle(st *styles) {
	v.st = st
	v.drawSheet()
}

// arrange makes the blocks anew from what was counted. The cursor stays on its
// value and the value on its line of the screen.
func (v *overview) arrange() {
	at := v.line() - v.first
	field, value := "", ""
	if b, t, _ := v.under(); b != nil {
		field, value = b.field, t.value
	}
	v.lay()
	v.cur = v.again(field, value)
	if !v.moved {
		v.cur = place{}
	}
	v.steady()
	if !v.moved {
		at = v.line()
	}
	v.first = v.line() - at
	v.follow()
}

// again finds a value in the blocks as they are now.
func (v *overview) again(field, value string) place {
	i := slices.IndexFunc(v.blocks, func(b block) bool { return b.field == field })
	if i < 0 {
		return place{}
	}
	n := slices.IndexFunc(v.blocks[i].values, func(t tally) bool { return t.value == value })
	if n < 0 {
		n = v.cur.value
	}
	return place{i, n}
}

// lay makes the blocks and shares them out on columns, each to the one that is
// shortest so far. Of each so many values are shown as lets all be seen at
// once, if that is possible; years that find no room are joined.
func (v *overview) lay() {
	n := sheetColumns(v.w)
	if v.only != "" {
		n = 1
	}
	v.sheet.w = max(1, (v.w-(n-1)*sheetGap)/n)
	if v.only != "" {
		v.sheet.w = min(v.sheet.w, facetMost) // numbers far from their values are hard to read
	}
	v.blocks = v.gather(false)
	if v.only != "" {
		v.sheet.place(v.blocks, n, facetValues)
	} else if !v.fits(n, 3*valuesLeast) {
		v.blocks = v.gather(true)
		v.fits(n, valuesLeast)
	}
	v.steady()
	v.drawSheet()
}

// fits lays the blocks out with as many values of each, down to the least, as
// the pane has room for, and says whether it has.
func (v *overview) fits(n, least int) bool {
	for most := overviewValues; most >= least; most -= 2 {
		if v.sheet.place(v.blocks, n, most); v.sheet.h <= v.body() {
			return true
		}
	}
	return false
}

// steady puts the cursor on a line that there is.
func (v *overview) steady() {
	if len(v.blocks) == 0 {
		v.cur = place{}
		return
	}
	v.cur.block = min(v.cur.block, len(v.blocks)-1)
	last := v.sheet.shown[v.cur.block] - 1
	if v.rest(v.cur.block) > 0 || v.blocks[v.cur.block].joined {
		last++
	}
	v.cur.value = max(0, min(v.cur.value, last))
	if _, _, ok := v.find(v.cur); ok {
		return
	}
	if stops := v.stops(); len(stops) > 0 {
		v.cur = stops[0]
	}
}

// place lays the blocks out in n columns with at most so many values of each.
func (s *sheet) place(blocks []block, n, most int) {
	s.cols, s.shown, s.h = make([][]place, n), make([]int, len(blocks)), 0
	for i := range blocks {
		b := &blocks[i]
		c := 0
		for x := range s.cols {
			if len(s.cols[x]) < len(s.cols[c]) {
				c = x
			}
		}
		col := s.cols[c]
		if len(col) > 0 {
			col = append(col, place{i, lineBlank})
		}
		col = append(col, place{i, lineTitle})
		shown := b.shown(most)
		s.shown[i] = shown
		for k := range shown {
			col = append(col, place{i, k})
		}
		switch {
		case len(b.values) == 0:
			col = append(col, place{i, lineSaid})
		case b.rest(shown) > 0 || b.joined:
			col = append(col, place{i, shown})
		}
		s.cols[c] = col
		s.h = max(s.h, len(col))
	}
}

// shown is how many values stand on the sheet: of time all, of anything else
// at most so many. A line for one value more says no less than "1 more".
func (b *block) shown(most int) int {
	n := len(b.values)
	if b.field == "year" || b.field == "month" || n <= most || n == most+1 && b.distinct <= n {
		return n
	}
	return most
}

// rest is how many values do not stand on the sheet.
func (b *block) rest(shown int) int { return max(b.distinct, len(b.values)) - shown }

// rest is how many values of a block are left out.
func (v *overview) rest(i int) int { return v.blocks[i].rest(v.sheet.shown[i]) }

// under is the value under the cursor; not ok when there is none, or it is the
// line that stands for the rest of its block.
func (v *overview) under() (*block, tally, bool) {
	if v.cur.block >= len(v.blocks) {
		return nil, tally{}, false
	}
	b := &v.blocks[v.cur.block]
	if v.cur.value >= len(b.values) || v.cur.value >= v.sheet.shown[v.cur.block] {
		if len(b.values) == 0 {
			return nil, tally{}, false
		}
		return b, tally{}, false
	}
	return b, b.values[v.cur.value], true
}

// find is the column and the line of a place.
func (v *overview) find(p place) (col, y int, ok bool) {
	for c, lines := range v.sheet.cols {
		if y := slices.Index(lines, p); y >= 0 {
			return c, y, true
		}
	}
	return 0, 0, false
}

// line is the line of the sheet with the cursor.
func (v *overview) line() int {
	_, y, _ := v.find(v.cur)
	return y
}

// follow keeps the cursor in view, with the title of its block where it is the
// first, and fills the pane.
func (v *overview) follow() {
	h := v.body()
	_, y, _ := v.find(v.cur)
	from := y
	if v.cur.value == 0 && y > 0 {
		from--
	}
	v.first = max(min(v.first, from), y-h+1)
	v.first = max(0, min(v.first, v.sheet.h-h))
}

// stops are the places the cursor may stand on, column after column.
func (v *overview) stops() []place {
	var out []place
	for _, col := range v.sheet.cols {
		for _, p := range col {
			if p.value >= 0 {
				out = append(out, p)
			}
		}
	}
	return out
}

// put moves the cursor; false when it was there.
func (v *overview) put(p place) bool {
	if p == v.cur {
		return false
	}
	v.cur, v.moved = p, true
	v.follow()
	return true
}

func (v *overview) move(n int) bool {
	stops := v.stops()
	i := slices.Index(stops, v.cur)
	if i < 0 {
		return false
	}
	return v.put(stops[max(0, min(i+n, len(stops)-1))])
}

func (v *overview) page(halves int) bool { return v.move(halves * max(1, v.body()/2)) }

func (v *overview) top() bool { return v.move(-facetValues * len(v.blocks)) }

func (v *overview) bottom() bool { return v.move(facetValues * len(v.blocks)) }

// hop goes to the first value of the next block, round and round.
func (v *overview) hop(step int) bool {
	for i := 1; i <= len(v.blocks); i++ {
		n := (v.cur.block + i*step) % len(v.blocks)
		p := place{(n + len(v.blocks)) % len(v.blocks), 0}
		if _, _, ok := v.find(p); ok {
			return v.put(p)
		}
	}
	return false
}

// sideways goes to the nearest value of the next column.
func (v *overview) sideways(a *App, step int) tea.Cmd {
	c, y, _ := v.find(v.cur)
	if c += step; c < 0 || c >= len(v.sheet.cols) {
		return nil
	}
	best := -1
	for i, p := range v.sheet.cols[c] {
		if p.value >= 0 && (best < 0 || far(i, y) < far(best, y)) {
			best = i
		}
	}
	if best >= 0 {
		v.put(v.sheet.cols[c][best])
	}
	return nil
}

func far(a, b int) int { return max(a-b, b-a) }

func (v *overview) click(x, y int) bool {
	c := x / (v.sheet.w + sheetGap)
	y += v.first - v.headLines()
	if c >= len(v.sheet.cols) || y < v.first || y >= len(v.sheet.cols[c]) || v.sheet.cols[c][y].value < 0 {
		return false
	}
	return v.put(v.sheet.cols[c][y])
}

func (v *overview) cursorAt() (x, y int, ok bool) {
	c, y, ok := v.find(v.cur)
	return c * (v.sheet.w + sheetGap), y - v.first + v.headLines(), ok
}

// term is the value under the cursor, for the glossary.
func (v *overview) term() string {
	_, t, _ := v.under()
	return t.value
}
