package ui

import (
	"chancery/model"
	"chancery/themes"
)

// reader is the pane in which one cable is read. The place in it is a block
// and a line within that block, so that a new width keeps it. Only blocks in
// view are wrapped and drawn, each once for a width.
//
// Whatever changes the pane ends in settle, which draws the rows in view that
// were not drawn yet; view only joins them.
//
//	row 0   banner: the marking, always in view
//	row 1   ╭ items: the head, then each block, folded furniture and the
//	  ...   │ ending, in the order of the text; rows of all of them form one
//	row h-1 ╰ long column, of which first is the first row in view
type reader struct {
	st   *styles
	w, h int
	c    *model.Cable

	items []item
	first spot   // the first row in view
	cur   int    // the item under the cursor
	sides gutter // the columns left of the text

	head     headOption
	sent     bool // as transmitted, not reflowed
	unnumber bool // no column of paragraph numbers
	marks    marksOption
	left     int // cells by which tables are pushed to the left

	query  finder // nil: nothing is looked for
	hits   []hit
	hit    int // the match the cursor is on, -1: none
	only   bool
	mapped bool     // there is a scroll gutter
	gutter []string // a cell of it for each row
	link   linkPlace
	cites  *citing // nil until a reference is asked for

	absent map[string]bool // references that are not held, as far as that is known
	mine   map[int]mine    // what the reader put on the cable, by block

	stands string // what the reader thinks of the cable: "+ relevant"
	banner string // drawn
	says   bannerSays
	frame  []frameRow // drawn, below the banner
	drawn  int        // rows drawn so far, for tests
	laid   int        // items wrapped so far, for tests
}

// spot is a row of the column: a row of an item.
type spot struct{ item, row int }

// frameRow is a row in view, but for its first cell.
type frameRow struct {
	spot
	text  string
	blank bool // a row between items
}

// headOption says how much of the cable's header stands above its text.
type headOption int

const (
	headBrief headOption = iota
	headFull
	headNone
)

// marksOption says where portion markings are shown.
type marksOption int

const (
	marksGutter marksOption = iota
	marksInline
	marksBoth
)

// widest is the widest column of text that is comfortable to read, in cells.
const widest = 84

func newReader(st *styles) *reader { return &reader{st: st, hit: -1} }

// restyle takes new styles; everything is drawn again.
func (r *reader) restyle(st *styles) {
	r.st = st
	r.reflow()
}

// resize gives the pane its size in cells; the place stays.
func (r *reader) resize(w, h int) {
	w, h = max(0, w), max(0, h)
	if w == r.w && h == r.h {
		return
	}
	at, banner, says := r.anchor(), r.bannered(), r.says
	again := w != r.w
	r.w, r.h = w, h
	if again {
		r.left = 0
		r.unwrap()
	}
	if (banner != r.bannered() || says != r.says) && len(r.items) > 0 {
		r.rehead() // it says what the banner does not
	}
	r.turnTo(at)
	r.settle()
}

// show takes another cable (nil: none) and goes to its top.
func (r *reader) show(c *model.Cable) {
	r.c = c
	r.items = nil
	if c != nil {
		r.items = itemsOf(c)
	}
	r.query, r.hits, r.hit, r.only, r.absent, r.mine = nil, nil, -1, false, nil, nil
	r.link, r.cites, r.left, r.stands = linkPlace{}, nil, 0, ""
	r.unwrap()
	r.first, r.cur = spot{}, 0
	r.settle()
	r.cur = r.firstParagraph()
}

// cable is the one shown, nil when there is none.
func (r *reader) cable() *model.Cable { return r.c }

// firstParagraph is the first block in view, or the head.
func (r *reader) firstParagraph() int {
	for _, f := range r.frame {
		if it := &r.items[f.item]; it.kind == itemBlock && it.stop {
			return f.item
		}
	}
	return r.first.item
}

// unwrap forgets everything that depends on the width or the styles.
func (r *reader) unwrap() {
	for i := range r.items {
		r.items[i].rows, r.items[i].drawn = nil, nil
	}
	if r.c != nil {
		r.sides = gutterFor(r)
		r.banner, r.says = r.drawBanner()
	}
}

// reflow forgets the text of every item too, keeps the place, and draws.
func (r *reader) reflow() {
	at := r.anchor()
	for i := range r.items {
		r.items[i].flow = nil
	}
	r.unwrap()
	r.searchAgain()
	r.turnTo(at)
	r.settle()
}

// bannered says whether the first row of the pane is the banner.
func (r *reader) bannered() bool { return r.h >= 5 }

// body is how many rows the items have.
func (r *reader) body() int {
	if r.bannered() {
		return r.h - 1
	}
	return r.h
}

// settle draws what is in view: it keeps the column from ending above the
// bottom of the pane, and the cursor on an item in view.
func (r *reader) settle() {
	if r.c == nil || r.w < 1 || r.h < 1 {
		r.frame = r.frame[:0]
		return
	}
	r.makeRoom()
	r.fill()
	if missing := r.body() - len(r.frame); missing > 0 && r.first != r.start() {
		r.first = r.up(r.first, missing)
		r.fill()
	}
	r.keepCursor()
	r.drawMap()
}

// fill draws rows from the first down to the bottom of the pane.
func (r *reader) fill() {
	r.frame = r.frame[:0]
	at := r.first
	for len(r.frame) < r.body() && at.item < len(r.items) {
		it := r.lay(at.item)
		for ; at.row < r.height(at.item) && len(r.frame) < r.body(); at.row++ {
			f := frameRow{spot: at, blank: at.row >= len(it.rows)}
			switch {
			case f.blank:
				f.text = ""
			case len(r.frame) == 0 && (at.row > 0 || r.unsaid(it)):
				f.text = r.drawRow(at.item, at.row, true)
			default:
				f.text = r.rowOf(at)
			}
			r.frame = append(r.frame, f)
		}
		at = spot{r.next(at.item), 0}
	}
}

// unsaid says that the gutter of an item does not tell its marking, because it
// is that of the paragraph above.
func (r *reader) unsaid(it *item) bool {
	if it.kind != itemBlock {
		return false
	}
	b := &r.c.Blocks[it.block]
	code, _ := r.code(b)
	return code == "" && known(b.Mark)
}

// rowOf gives a drawn row, drawing it at most once.
func (r *reader) rowOf(at spot) string {
	it := &r.items[at.item]
	if it.drawn == nil {
		it.drawn = make([]string, len(it.rows))
	}
	if it.drawn[at.row] == "" {
		it.drawn[at.row] = r.drawRow(at.item, at.row, false)
	}
	return it.drawn[at.row]
}

// keepCursor moves the cursor to the nearest item in view.
func (r *reader) keepCursor() {
	first, last := -1, -1
	for _, f := range r.frame {
		if f.blank {
			continue
		}
		if f.item == r.cur {
			return
		}
		if first < 0 {
			first = f.item
		}
		last = f.item
	}
	switch {
	case first < 0:
		r.cur = min(r.first.item, len(r.items)-1)
	case r.cur < first:
		r.cur = first
	default:
		r.cur = last
	}
}

// view gives exactly h lines of exactly w cells. It changes nothing.
func (r *reader) view(focused bool) []string {
	out := make([]string, r.h)
	if r.w < 1 {
		return out
	}
	blank := r.st.draw(themes.Text, blanks(r.w))
	for i := range out {
		out[i] = blank
	}
	if r.c == nil {
		if r.h > 0 {
			out[r.h/3] = r.st.draw(themes.Dim, fit("  No cable is open.", r.w))
		}
		return out
	}
	rows := out
	if r.bannered() {
		out[0], rows = r.banner, out[1:]
	}
	sign := themes.SelectOff
	if focused {
		sign = themes.Select
	}
	pointed := false
	if r.mapped {
		blank = r.st.draw(themes.Text, blanks(r.w-1))
	}
	for i, cell := range r.gutter[:min(len(r.gutter), len(rows))] { // of a pane without rows it is that of before
		rows[i] = blank + cell
	}
	for i, f := range r.frame {
		switch {
		case f.blank:
			continue
		case f.item == r.cur && !pointed:
			rows[i] = lead(r.st.draw(sign, ">"), f.text)
			pointed = true
		default:
			rows[i] = lead(r.st.draw(themes.Text, " "), f.text)
		}
		if i < len(r.gutter) {
			rows[i] += r.gutter[i]
		}
	}
	return out
}

// lead sets the cell of the cursor sign before a row. A row that begins with a
// character that joins what stands before it (a skin tone) is kept apart.
func lead(sign, row string) string {
	if row != "" && row[0] >= 0x80 {
		return sign + "\x1b[m" + row
	}
	return sign + row
}

// cursorRow is the row of the pane that the cursor sign stands on, so that the
// terminal's own cursor can stand there too; false when it is not in view.
func (r *reader) cursorRow() (y int, ok bool) {
	for i, f := range r.frame {
		if f.item == r.cur && !f.blank {
			if r.bannered() {
				i++
			}
			return i, true
		}
	}
	return 0, false
}

// block is the block under the cursor, -1 when the cursor is on none.
func (r *reader) block() int {
	if r.c == nil || r.cur >= len(r.items) {
		return -1
	}
	return r.items[r.cur].block
}

// highestMark is the marking of the most sensitive paragraphs of the cable;
// false when no paragraph is marked above UNCLASSIFIED.
func (r *reader) highestMark() (model.Marking, bool) {
	for i := range r.items {
		if r.items[i].highest {
			return r.c.Blocks[r.items[i].block].Mark, true
		}
	}
	return model.Marking{}, false
}
