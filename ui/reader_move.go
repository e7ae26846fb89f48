package ui

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
)

// up and down go n rows through the column, past hidden items, and stop at its
// ends.
func (r *reader) up(at spot, n int) spot {
	for n > at.row {
		prev := r.prev(at.item)
		if prev < 0 {
			return spot{at.item, 0}
		}
		n -= at.row
		at = spot{prev, r.height(prev)}
	}
	at.row -= n
	return at
}

func (r *reader) down(at spot, n int) spot {
	for n > 0 {
		left := r.height(at.item) - at.row
		if n < left {
			at.row += n
			return at
		}
		next := r.next(at.item)
		if next == len(r.items) {
			at.row = max(at.row, r.height(at.item)-1)
			return at
		}
		n -= left
		at = spot{next, 0}
	}
	return at
}

// scroll moves the text by rows. Where it cannot move further, the cursor
// does, so that every paragraph of a short cable can be reached.
func (r *reader) scroll(lines int) bool {
	if r.c == nil || lines == 0 {
		return false
	}
	top, cur := r.first, r.cur
	if lines > 0 {
		if !r.atEnd() {
			r.first = r.down(r.first, lines)
		}
	} else {
		r.first = r.up(r.first, -lines)
	}
	r.settle()
	if r.first == top {
		r.nudge(lines)
	}
	return r.first != top || r.cur != cur
}

// nudge moves the cursor to the next item in view that can hold it.
func (r *reader) nudge(step int) {
	i := r.cur
	for {
		if step > 0 {
			i = r.next(i)
		} else {
			i = r.prev(i)
		}
		if i < 0 || i >= len(r.items) || !r.inView(i) {
			return
		}
		if k := r.items[i].kind; k != itemRuler && k != itemFoot {
			r.cur = i
			return
		}
	}
}

// inView says that a row of the item is in view.
func (r *reader) inView(i int) bool {
	for _, f := range r.frame {
		if f.item == i && !f.blank {
			return true
		}
	}
	return false
}

// page moves by half pages, negative is up.
func (r *reader) page(halves int) bool {
	return r.scroll(halves * max(1, r.body()/2))
}

// top goes to the head of the cable.
func (r *reader) top() bool {
	if r.c == nil {
		return false
	}
	top, cur := r.first, r.cur
	r.first = r.start()
	r.settle()
	r.cur = r.firstParagraph()
	return top != r.first || cur != r.cur
}

// bottom goes to the end of the cable, the cursor to its last paragraph.
func (r *reader) bottom() bool {
	if r.c == nil {
		return false
	}
	top, cur := r.first, r.cur
	last := r.prev(len(r.items))
	r.first = r.up(spot{last, r.height(last)}, r.body())
	r.settle()
	for i := len(r.frame) - 1; i >= 0; i-- {
		if it := &r.items[r.frame[i].item]; it.stop && !r.frame[i].blank {
			r.cur = r.frame[i].item
			break
		}
	}
	return top != r.first || cur != r.cur
}

// atEnd says that the last row is in view.
func (r *reader) atEnd() bool {
	if len(r.frame) == 0 {
		return true
	}
	f := r.frame[len(r.frame)-1]
	return r.next(f.item) == len(r.items) && f.row == r.height(f.item)-1
}

// goTo puts the cursor on an item and brings it into view: nothing scrolls
// when the whole of it is in view already, else it begins at the top.
func (r *reader) goTo(i int) {
	r.cur = i
	rows := 0
	for _, f := range r.frame {
		if f.item == i && !f.blank {
			rows++
		}
	}
	if rows == 0 || rows < len(r.lay(i).rows) {
		r.first = spot{i, 0}
	}
	r.settle()
}

// seek finds the next item in a direction that fits.
func (r *reader) seek(step int, fits func(*item) bool) bool {
	if r.c == nil || step == 0 {
		return false
	}
	i, found := r.cur, -1
	for n := max(step, -step); n > 0; {
		if step > 0 {
			i = r.next(i)
		} else {
			i = r.prev(i)
		}
		if i < 0 || i >= len(r.items) {
			break
		}
		if fits(&r.items[i]) {
			found = i
			n--
		}
	}
	if found < 0 {
		return false
	}
	r.goTo(found)
	return true
}

// paragraph goes to the next or previous paragraph, numbered or not.
func (r *reader) paragraph(step int) bool {
	return r.seek(step, func(it *item) bool { return it.stop })
}

// highest goes to the next or previous paragraph at the cable's highest
// marking, or part of one with such a marking of its own.
func (r *reader) highest(step int) bool {
	return r.seek(step, func(it *item) bool {
		if !it.highest {
			return false
		}
		b := &r.c.Blocks[it.block]
		return it.stop || b.Marked() && !b.Inherit
	})
}

// number goes to the paragraph with this number as written. Where a cable
// numbers twice, asking again goes to the next one.
func (r *reader) number(n int) bool {
	if r.c == nil {
		return false
	}
	want, first, later := strconv.Itoa(n), -1, -1
	for i := range r.items {
		it := &r.items[i]
		if it.kind != itemBlock || it.hidden || strings.TrimSpace(r.c.Blocks[it.block].Number) != want {
			continue
		}
		if first < 0 {
			first = i
		}
		if i > r.cur {
			later = i
			break
		}
	}
	if later < 0 {
		later = first
	}
	if later < 0 {
		return false
	}
	r.goTo(later)
	return true
}

// place and restore are for coming back to the same paragraph. The block is
// the item under the cursor; line says where it stood: how many of its rows
// were above the pane or, negative, how many rows of the pane were above it.
func (r *reader) place() (block, line int) {
	if r.c == nil {
		return 0, 0
	}
	for y, f := range r.frame {
		if f.item == r.cur {
			return r.cur, f.row - y
		}
	}
	return r.cur, 0
}

func (r *reader) restore(block, line int) {
	if r.c == nil {
		return
	}
	if block <= 0 && line == 0 || block >= len(r.items) {
		r.top()
		return
	}
	r.cur = max(0, block)
	if r.skipped(r.cur) {
		r.cur = max(0, r.prev(r.cur))
	}
	r.first = spot{r.cur, 0}
	if line > 0 {
		r.first.row = min(line, len(r.lay(r.cur).rows)-1)
	} else {
		r.first = r.up(r.first, min(-line, r.body()))
	}
	cur := r.cur
	r.settle()
	if r.inView(cur) {
		r.cur = cur
	}
}

// anchor is a place that a new width keeps: the byte of the text that the
// first row in view begins at.
type anchor struct{ item, line, offset, gap int }

func (r *reader) anchor() anchor {
	if r.c == nil || r.first.item >= len(r.items) {
		return anchor{}
	}
	it := &r.items[r.first.item]
	if it.rows == nil || it.flow == nil {
		return anchor{item: r.first.item}
	}
	if r.first.row >= len(it.rows) {
		return anchor{item: r.first.item, gap: 1 + r.first.row - len(it.rows)}
	}
	at := it.rows[r.first.row]
	return anchor{item: r.first.item, line: at.line, offset: at.from - it.flow.lines[at.line].from}
}

// turnTo makes the anchored place the first row again.
func (r *reader) turnTo(b anchor) {
	if r.c == nil || r.w < 1 || b.item >= len(r.items) {
		return
	}
	r.first = spot{item: b.item}
	if b.gap > 0 {
		r.first.row = len(r.lay(b.item).rows) - 1 + b.gap
		return
	}
	if b.line == 0 && b.offset == 0 {
		return
	}
	it := r.lay(b.item)
	line := min(b.line, len(it.flow.lines)-1)
	at := it.flow.lines[line].from + b.offset
	n := sort.Search(len(it.rows), func(i int) bool {
		return it.rows[i].line > line || it.rows[i].line == line && it.rows[i].from > at
	})
	r.first.row = max(0, n-1)
}

// position says where the reader is: "para 3 of 9  34%".
func (r *reader) position() string {
	if r.c == nil || len(r.frame) == 0 {
		return ""
	}
	share := fmt.Sprintf("%d%%", r.share())
	total := 0
	for i := len(r.items) - 1; i >= 0 && total == 0; i-- {
		total = r.items[i].nth
	}
	nth := 0
	for i := r.cur; i >= 0 && nth == 0; i-- {
		nth = r.items[i].nth
	}
	if total == 0 || nth == 0 {
		return share
	}
	return fmt.Sprintf("para %s  %s", r.ordinal(nth, total), share)
}

// ordinal is the paragraph's number as written; where that is not its place in
// the cable, the place too: "12 (3 of 9)".
func (r *reader) ordinal(nth, total int) string {
	plain := fmt.Sprintf("%d of %d", nth, total)
	for i := r.cur; i >= 0; i-- {
		if it := &r.items[i]; it.nth == nth {
			number, _ := clean(r.c.Blocks[it.block].Number)
			if number != "" && number != strconv.Itoa(nth) {
				return strings.ReplaceAll(number, "\n", " ") + " (" + plain + ")"
			}
			break
		}
	}
	return plain
}

// share is how much of the text stands above the bottom of the pane, in
// percent.
func (r *reader) share() int {
	if r.atEnd() {
		return 100
	}
	last := &r.items[len(r.items)-1]
	total := last.before + last.bytes
	f := r.frame[len(r.frame)-1]
	it := &r.items[f.item]
	seen := it.before + it.bytes*min(f.row+1, len(it.rows))/max(1, len(it.rows))
	return min(99, 100*seen/max(1, total))
}

// click puts the cursor on the item of a row of the pane, opens a fold, takes
// a reference.
func (r *reader) click(x, y int) bool {
	if r.bannered() {
		y--
	}
	if r.c == nil || y < 0 || y >= len(r.frame) || r.frame[y].blank {
		return false
	}
	f := r.frame[y]
	r.cur = f.item
	if r.items[f.item].kind == itemFold {
		r.fold(foldToggle)
		return true
	}
	r.takeLink(f.spot, x)
	return true
}
