package parser

import (
	"slices"
	"strings"

	"chancery/model"
)

// bodyReader turns the lines of the text into blocks.
//
// Three things break a text into blocks: a blank line, a mark at the start of
// a line (number, marking, bullet, ruler), and a line that ends early. Page
// lines and stray SIPDIS break nothing: they cut 791 sentences of 502 cables
// in two (oddities 3), so the text before and after them is joined.
type bodyReader struct {
	r       *reader
	open    int       // index of the open block, -1 when there is none
	lines   []stretch // the text of the open block
	joined  bool      // the text of the open block is not one stretch of the source
	last    stretch   // the last piece of text
	stop    bool      // it ends as a sentence does
	blank   bool      // a blank line since
	printed bool      // furniture since
	ruled   bool      // a ruler since, which may be the upper one of a heading
	headed  bool      // the last block is a heading
	width   int       // of the widest wrapped line so far
	skip    int       // text before this place belongs to a marking
	paren   int       // where the next opening parenthesis stands, when not passed
	begun   struct {  // the number that a stretch begins with, which is asked for again and again
		from, to int
		numeral
		ok bool
	}

	number int           // of the last paragraph
	dotted bool          // paragraphs are numbered "1.", not "1)"
	marked bool          // paragraphs carry markings
	mark   model.Marking // of the last paragraph
	entire model.Marking // of the whole text, from "(C - ENTIRE TEXT)"
}

// body reads the text from the place at up to the ending.
func (r *reader) body(at int, e ending) {
	b := bodyReader{r: r, open: -1, lines: r.blockLines, width: 50}
	r.c.Blocks = slices.Grow(r.blocks, (e.at-at)/600+len(r.lines)/8)
	for i := r.lineOf(at) - 1; i < len(r.lines) && r.lines[i].start < e.at; i++ {
		if i = b.flowsOn(i, e.at); i == len(r.lines) || r.lines[i].start >= e.at {
			break
		}
		l := r.lines[i]
		if l.to <= at {
			continue
		}
		if l.blank() && b.skip <= l.from {
			b.blank = true
			continue
		}
		p := stretch{max(l.from, at), min(l.to, e.at), i}
		if b.skip > p.from && b.open >= 0 { // the end of a marking that runs over the line end
			r.blockPart(b.open, p.from, min(b.skip, p.to), true)
			p.from = min(b.skip, p.to)
		}
		if p.from != l.from || p.to != l.to {
			p.from, p.to = trim(r.text, p.from, p.to)
		}
		if p.from >= p.to {
			b.blank = true
			continue
		}
		i = b.line(i, p)
	}
	b.close()
	r.blocks, r.blockLines = r.c.Blocks, b.lines
	r.c.Blocks = exactly(r.blocks)
	r.extents()
}

// line reads one line and gives the last line it used up.
func (b *bodyReader) line(i int, p stretch) int {
	r := b.r
	switch kind := r.kinds[i]; kind {
	case blankLine:
		b.blank = true
		return i
	case pageLine:
		b.furniture("page-line", p)
		return i
	case sipdisLine:
		b.furniture("sipdis", p)
		return i
	case levelLine:
		if !b.within(i) {
			b.furniture("page-level", p)
			return i
		}
	case dotLine:
		r.furniture("residue", p.from, p.to)
		b.blank = true
		return i
	case rulerLine:
		b.ruler(i, p)
		return i
	case mixedLine:
		return b.mixed(i)
	}
	if s := r.text[p.from:p.to]; b.isSectionHeader(s) || b.printed && isRoutingBlock(s) {
		return b.sectionHeader(i)
	}
	if i+1 < len(r.lines) && (r.kinds[i+1] == pageLine || r.kinds[i+1] == mixedLine) && hasFold(r.of(i+1), "PAGE ") {
		p.to = r.cutLevel(p.from, p.to)
	}
	if n := b.heading(i, p); n > 0 {
		return i + n - 1
	}
	b.text(p)
	return i
}

// furniture notes a line that is none of the text.
func (b *bodyReader) furniture(name string, p stretch) {
	b.r.furniture(name, p.from, p.to)
	b.printed = true
}

// mixed reads a line with furniture in it.
func (b *bodyReader) mixed(i int) int {
	b.r.pieces = b.r.cutFurniture(i, b.r.pieces[:0])
	for n := range b.r.pieces {
		p := b.r.pieces[n]
		if p.from != b.r.lines[i].from {
			b.printed = true
		}
		s := b.r.text[p.from:p.to]
		if b.printed && isRoutingBlock(s) {
			b.r.furniture("section-header", p.from, p.to)
			return b.sectionHeader(i)
		}
		b.text(p)
	}
	b.printed = b.printed || len(b.r.pieces) == 0
	return i
}

// text reads a piece of text: it begins a block, or goes on with the open one.
func (b *bodyReader) text(p stretch) {
	for p.from < p.to {
		next := b.midStart(p)
		b.piece(stretch{p.from, next, p.line})
		p.from = skipBlanks(b.r.text, next, p.to)
	}
}

// piece reads a piece of text that holds no further paragraph.
func (b *bodyReader) piece(p stretch) {
	p.from, p.to = trim(b.r.text, p.from, p.to)
	if p.from >= p.to {
		return
	}
	s := b.r.text[p.from:p.to]
	if n := rulerLen(s); n > 0 && n < len(s) {
		b.ruler(p.line, stretch{p.from, p.from + n, p.line})
		b.blank = true
		if rest := (stretch{p.from + n, p.to, p.line}); !b.inlineHeading(rest) {
			b.piece(rest)
		}
		return
	}
	if b.inlineHeading(p) || b.numbered(p, s) || b.entireAlone(p, s) || b.markedStart(p, s) || b.item(p, s) {
		return
	}
	b.plain(p, s)
}

// markedStart opens a block that begins with a marking but has no number, or
// has the number behind it: "(C) 1. The Embassy".
func (b *bodyReader) markedStart(p stretch, s string) bool {
	if s[0] != '(' || !b.free() && !b.stopped() {
		return false
	}
	m, end, ok := markingAt(b.r.text, p.from)
	if !ok || m.Level == model.LevelUnknown || end >= len(b.r.text) || m.Odd && !b.free() || b.isListLetter(m.Raw) {
		return false
	}
	rest := b.r.text[min(end, p.to):p.to]
	at := blanks(rest, 0)
	if n, ok := numberAt(rest[at:]); ok && (n.value == b.number+1) {
		b.close() // with the marking that was in force
		b.number, b.marked, b.mark = n.value, true, m
		b.begin(model.Paragraph, p, n.text, m, end+at+n.rest)
		return true
	}
	b.close() // with the marking that was in force
	if isEntire(m) {
		b.entire = m
	}
	kind := model.Continuation
	if b.number == 0 {
		kind = model.Paragraph
		b.mark = m
	}
	b.begin(kind, p, "", m, end)
	return true
}

// entireAlone reads a line that marks the whole text, before the first
// paragraph: TOP SECRET - ENTIRE TEXT.
func (b *bodyReader) entireAlone(p stretch, s string) bool {
	if b.number > 0 || len(s) > 60 {
		return false
	}
	m, end, ok := entireText(s)
	if !ok || len(strings.Trim(s[end:], " .)")) > 0 {
		return false
	}
	b.close() // with the marking that was in force
	b.entire = m
	b.begin(model.NoteBlock, p, "", m, p.from)
	return true
}

// isListLetter says whether a letter in parentheses is the label of a list and
// no marking: a small letter where markings are capitals, or the one that
// follows on the label before.
func (b *bodyReader) isListLetter(raw string) bool {
	if len(raw) != 1 {
		return false
	}
	if b.open >= 0 {
		if block := b.r.c.Blocks[b.open]; block.Kind == model.Subparagraph && len(block.Number) == 1 && block.Number[0]+1 == raw[0] {
			return true
		}
	}
	return isLower(raw[0]) && (!b.marked || b.mark.Raw != "" && isUpper(b.mark.Raw[0]))
}

// plain reads text without any mark of its own.
func (b *bodyReader) plain(p stretch, s string) {
	if b.open >= 0 && !b.headed && (b.joins(s) || b.stampedLine(p)) {
		b.extend(p)
		return
	}
	kind := model.Continuation
	if b.number == 0 || b.headed {
		kind = model.Paragraph
	}
	b.begin(kind, p, "", model.Marking{}, p.from)
}

// begin opens a block. Its text begins at the place at.
func (b *bodyReader) begin(kind model.BlockKind, p stretch, num string, m model.Marking, at int) {
	b.close()
	r := b.r
	block := model.Block{Kind: kind, Line: p.line + 1, Span: model.Span{Start: p.from, End: p.to}, Number: num, Mark: m}
	r.c.Blocks = append(r.c.Blocks, block)
	b.open = len(r.c.Blocks) - 1
	b.skip = at
	at = skipBlanks(r.text, min(at, p.to), p.to)
	b.lines = append(b.lines[:0], stretch{at, p.to, p.line})
	b.joined = false
	b.use(p)
	b.headed = kind == model.Heading
}

// extend goes on with the open block.
func (b *bodyReader) extend(p stretch) {
	b.append(p)
	b.use(p)
}

// append puts a piece behind the text of the open block.
func (b *bodyReader) append(p stretch) {
	prev := &b.lines[len(b.lines)-1]
	if p.line != prev.line+1 || b.r.hasCR {
		b.joined = true
	}
	if l := &b.r.lines[p.line]; p.from == l.from && p.line != prev.line && l.start > prev.to {
		p.from = l.start
	} else {
		b.joined = true
	}
	b.lines = append(b.lines, p)
}

// use notes that a piece belongs to the open block.
func (b *bodyReader) use(p stretch) {
	// Between two pieces of one line furniture may stand.
	follows := p.line == b.last.line+1 || p.line == b.last.line && b.last.to <= p.from && strings.TrimSpace(b.r.text[b.last.to:p.from]) == ""
	b.r.blockPart(b.open, p.from, p.to, follows)
	b.r.c.Blocks[b.open].Span.End = p.to
	b.last, b.stop = p, stops(b.r.text[p.from:p.to])
	b.blank, b.printed, b.ruled = false, false, false
	b.widen(p.to - b.r.lines[p.line].start)
}

// reach lets the open block, and the last part of it, end with a piece.
func (b *bodyReader) reach(p stretch) {
	b.r.blockPart(b.open, p.from, p.to, true)
	b.r.c.Blocks[b.open].Span.End = p.to
}

// widen notes how wide the lines of the text are wrapped.
func (b *bodyReader) widen(width int) {
	if width > b.width && width <= 90 {
		b.width = width
	}
}

// close finishes the open block: its text is built and its kind settled.
func (b *bodyReader) close() {
	if b.open < 0 {
		return
	}
	block := &b.r.c.Blocks[b.open]
	block.Text = b.build()
	b.settle(block)
	b.open = -1
}

// build makes the text of the open block: a stretch of the source where it is
// one, else its lines put together.
func (b *bodyReader) build() string {
	text := b.r.text
	first := 0
	for first < len(b.lines)-1 && b.lines[first].from >= b.lines[first].to {
		first++
	}
	lines := b.lines[first:]
	if first > 0 {
		lines[0].from = skipBlanks(text, lines[0].from, lines[0].to)
	}
	if !b.joined {
		return text[lines[0].from:lines[len(lines)-1].to]
	}
	n := 0
	for _, l := range lines {
		n += l.to - l.from + 1
	}
	var out strings.Builder
	out.Grow(n)
	for i, l := range lines {
		if i > 0 && lines[i-1].line == l.line {
			out.WriteByte(' ')
		} else if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(text[l.from:l.to])
	}
	return out.String()
}

// settle gives a block the marking it inherits and the kind its words show.
func (b *bodyReader) settle(block *model.Block) {
	block.Kind = kindByWords(block)
	if block.Marked() {
		return
	}
	m := b.mark
	switch block.Kind {
	case model.Heading, model.Footer, model.Marker:
		return
	case model.Bullet, model.Subparagraph, model.Continuation, model.Table, model.Redacted:
	default:
		m = model.Marking{}
	}
	if m.Level == model.LevelUnknown {
		m = b.entire
	}
	if m.Level != model.LevelUnknown {
		block.Mark = model.Marking{Level: m.Level, Controls: m.Controls}
		block.Inherit = true
	}
}
