package ui

import (
	"slices"
	"strings"

	"chancery/model"
)

// itemKind says what an item of the reader shows.
type itemKind int

const (
	itemHead   itemKind = iota // marking, subject and a line or two of the header
	itemBlock                  // a block of the text
	itemFold                   // furniture, folded or open
	itemEnding                 // signature, NNNN, notices
	itemRuler                  // the line of dashes under a heading
	itemFoot                   // the marking again
)

// item is a piece of the reader's column. What is laid out lazily is nil until
// it is needed.
type item struct {
	kind    itemKind
	block   int          // index into Blocks, -1 when it is none
	parts   []model.Part // of a fold, an ending, a ruler
	inside  bool         // a fold of furniture that cut the block before it in two
	open    bool         // a fold that shows its lines
	stop    bool         // a paragraph, for moving from one to the next
	nth     int          // which paragraph, from 1
	highest bool         // marked as high as any paragraph of the cable
	gap     int          // blank rows after it
	hidden  bool         // only paragraphs that match are shown, and it does not
	bytes   int          // of text, for the percentage
	before  int          // bytes of the items before it

	flow  *flow
	rows  []row
	mine  []string // rows of the reader's own, drawn: the last of rows stand for them
	drawn []string
}

// itemsOf sets out a cable in the order of its text. Every part of the text is
// in some item, but for the header, which the head shows, and blank lines.
func itemsOf(c *model.Cable) []item {
	items := make([]item, 1, len(c.Parts)/2+len(c.Blocks)+3)
	items[0] = item{kind: itemHead, block: -1}
	seen := make([]bool, len(c.Blocks))
	ahead := blocksAhead(c)
	last := -1 // block of the part before
	for i, p := range c.Parts {
		switch p.Kind {
		case model.PartBlock:
			if last = ahead[i]; last >= 0 && !seen[last] {
				seen[last] = true
				items = append(items, item{kind: itemBlock, block: last})
			}
		case model.PartFurn:
			items = addFold(items, p, last >= 0 && ahead[i] == last)
		case model.PartRuler:
			items = append(items, item{kind: itemRuler, block: -1, parts: []model.Part{p}})
		case model.PartEnding:
			items = append(items, item{kind: itemEnding, block: -1, parts: []model.Part{p}})
		}
	}
	for b, ok := range seen {
		if !ok {
			items = append(items, item{kind: itemBlock, block: b})
		}
	}
	if _, ok := c.Place("signature"); !ok && c.Signature != "" {
		items = append(items, item{kind: itemEnding, block: -1})
	}
	items = append(items, item{kind: itemFoot, block: -1})
	markParagraphs(items, c)
	spaceOut(items, c)
	return items
}

// blocksAhead gives for each part the block that it, or the next part that is
// of a block, belongs to; -1 when none follows.
func blocksAhead(c *model.Cable) []int {
	ahead := make([]int, len(c.Parts))
	block := -1
	for i := len(c.Parts) - 1; i >= 0; i-- {
		if p := c.Parts[i]; p.Kind == model.PartBlock && p.Block >= 0 && p.Block < len(c.Blocks) {
			block = p.Block
		}
		ahead[i] = block
	}
	return ahead
}

// addFold adds furniture to the fold before it, or begins a fold.
func addFold(items []item, p model.Part, inside bool) []item {
	if last := &items[len(items)-1]; last.kind == itemFold && last.inside == inside {
		last.parts = append(last.parts, p)
		return items
	}
	return append(items, item{kind: itemFold, block: -1, parts: []model.Part{p}, inside: inside})
}

// markParagraphs counts the paragraphs and finds those at the highest marking.
func markParagraphs(items []item, c *model.Cable) {
	top, n := 0, 0
	for _, b := range c.Blocks {
		if known(b.Mark) {
			top = max(top, weight(b.Mark))
		}
	}
	for i := range items {
		it := &items[i]
		if it.kind != itemBlock {
			for _, p := range it.parts {
				it.bytes += p.Span.Len()
			}
			continue
		}
		b := &c.Blocks[it.block]
		it.bytes = len(b.Text) + 1
		it.highest = top > weight(model.Marking{Level: model.Unclassified}) && known(b.Mark) && weight(b.Mark) == top
		if it.stop = paragraphLike(b); it.stop {
			n++
			it.nth = n
		}
	}
	sum := 0
	for i := range items {
		items[i].before = sum
		sum += items[i].bytes
	}
}

// known says that a block has a marking, its own or an inherited one.
func known(m model.Marking) bool { return m.Raw != "" || m.Level != model.LevelUnknown }

// weight orders markings: the level first; among equals NOFORN before other
// controls before none.
func weight(m model.Marking) int {
	w := 3 * int(m.Level)
	if slices.Contains(m.Controls, "NF") || slices.Contains(m.Controls, "NOFORN") {
		return w + 2
	}
	if len(m.Controls) > 0 {
		return w + 1
	}
	return w
}

// paragraphLike says whether } and { stop at a block.
func paragraphLike(b *model.Block) bool {
	switch b.Kind {
	case model.Paragraph, model.SummaryBlock, model.CommentBlock, model.NoteBlock, model.ActionBlock:
		return true
	case model.Bullet, model.Subparagraph, model.Continuation, model.Table:
		return b.Marked() && !b.Inherit && b.Number != ""
	}
	return b.Number != ""
}

// spaceOut sets a blank row between items that do not belong close together.
func spaceOut(items []item, c *model.Cable) {
	for i := range items[:len(items)-1] {
		a, b := &items[i], &items[i+1]
		a.gap = 1
		switch {
		case b.kind == itemRuler && a.kind == itemBlock,
			a.kind == itemRuler && b.kind == itemBlock, // a heading belongs to what it heads
			a.kind == itemFold || b.kind == itemFold,   // the thin line parts them
			a.kind == itemEnding && b.kind == itemEnding:
			a.gap = 0
		case a.kind == itemBlock && b.kind == itemBlock:
			x, y := c.Blocks[a.block], c.Blocks[b.block]
			if x.Kind == y.Kind && (x.Kind == model.Bullet || x.Kind == model.Table) && !apart(c, x, y) {
				a.gap = 0
			}
		}
	}
}

// apart says that a blank line stands between two blocks in the text.
func apart(c *model.Cable, a, b model.Block) bool {
	between := model.Span{Start: a.Span.End, End: b.Span.Start}.Of(c.Text)
	ends := strings.Count(between, "\n")
	if !strings.HasSuffix(a.Span.Of(c.Text), "\n") {
		ends-- // the end of the first block's own last line
	}
	return ends > 0
}

// next is the item shown after i, len(items) at the end.
func (r *reader) next(i int) int {
	for i++; i < len(r.items) && r.skipped(i); i++ {
	}
	return i
}

// prev is the item shown before i, -1 at the start.
func (r *reader) prev(i int) int {
	for i--; i >= 0 && r.skipped(i); i-- {
	}
	return i
}

// skipped says that an item is not shown: it does not match, or it is the fold
// of furniture that stands in its block as transmitted.
func (r *reader) skipped(i int) bool {
	it := &r.items[i]
	return it.hidden || r.sent && it.inside
}

// start is the first spot of the column.
func (r *reader) start() spot { return spot{r.next(-1), 0} }

// lay makes sure that an item is wrapped.
func (r *reader) lay(i int) *item {
	it := &r.items[i]
	if it.rows == nil {
		if it.flow == nil {
			it.flow = r.flowOf(i)
		}
		it.rows = it.flow.rows(r.textWidth(it))
		if it.kind == itemBlock {
			last := it.rows[len(it.rows)-1]
			for need := r.gutterRows(&r.c.Blocks[it.block]); len(it.rows) < need; {
				it.rows = append(it.rows, row{last.line, last.to, last.to, 0})
			}
		}
		r.layMine(it)
		r.laid++
	}
	return it
}

// height is how many rows an item takes, with the blank ones after it.
func (r *reader) height(i int) int {
	it := r.lay(i)
	if r.next(i) == len(r.items) {
		return len(it.rows)
	}
	return len(it.rows) + it.gap
}
