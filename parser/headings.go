package parser

import (
	"strings"

	"chancery/model"
)

// maxHeading is how long one line of a heading can be.
const maxHeading = 100

// heading reads a heading that begins on line i and gives how many lines it
// takes, 0 when there is none. Headings are ruled above, below or both, stand
// between slashes, or stand alone in capitals (cable-format 3.3).
func (b *bodyReader) heading(i int, p stretch) int {
	s := b.r.text[p.from:p.to]
	if !b.free() && !b.stopped() && !b.rulerNext(i) {
		return 0
	}
	if _, ok := b.numberAt(p); ok && isDigit(s[0]) {
		return 0
	}
	if len(s) > maxHeading || strings.HasSuffix(s, "----") || pilcrow(s) > 0 || p.from != b.r.lines[i].from {
		return 0
	}
	if strings.HasPrefix(s, "//") && strings.HasSuffix(s, "//") && isLettered(s) {
		return b.headingLines(i, 1)
	}
	if !b.free() && b.wordsNext(i) {
		return 0
	}
	if b.number == 0 {
		if _, _, ok := entireText(s); ok {
			return 0
		}
	}
	if _, ok := numberAt(s); ok || isColumns(s) || isFooter(s) {
		return 0
	}
	if n := b.behindSentence(i, s); n > 0 {
		b.piece(stretch{p.from, p.from + n, i})
		p.from = skipBlanks(b.r.text, p.from+n, p.to)
		b.begin(model.Heading, p, "", model.Marking{}, p.from)
		return 1
	}
	if n := b.ruledHeading(i, s); n > 0 {
		return b.headingLines(i, n)
	}
	if b.bareHeading(i, s) {
		return b.headingLines(i, 1)
	}
	return 0
}

// behindSentence gives where the sentence before ends on the line of a ruled
// heading, 0 when it does not: a converter lost the line end between them. The
// ruler is as long as what it is under.
func (b *bodyReader) behindSentence(i int, s string) int {
	if b.open < 0 || b.stopped() || !isLower(s[0]) || i+1 >= len(b.r.kinds) || b.r.kinds[i+1] != rulerLine {
		return 0
	}
	n := strings.LastIndex(s, ". ") + 1
	if head := strings.TrimLeft(s[n:], " "); n == 0 || head == "" || isLower(head[0]) || !alike(head, b.r.of(i+1)) {
		return 0
	}
	return n
}

// rulerNext is a quick look whether a ruler can stand under the line.
func (b *bodyReader) rulerNext(i int) bool {
	if i+1 >= len(b.r.lines) {
		return false
	}
	switch b.r.kinds[i+1] {
	case rulerLine, sipdisLine:
		return true
	case textLine:
		c := b.r.text[b.r.lines[i+1].from]
		return c == '-' || c == '='
	}
	return false
}

// wordsNext says whether the line below is plainly text: neither a ruler nor a
// number can begin with its first byte, so that within a text no heading stands
// above it.
func (b *bodyReader) wordsNext(i int) bool {
	if i+1 >= len(b.r.lines) || b.r.kinds[i+1] != textLine {
		return false
	}
	c := b.r.text[b.r.lines[i+1].from]
	return c != '-' && c != '=' && !mayBeNumber[c]
}

// headingLines makes a heading of n lines, skipping furniture between them.
func (b *bodyReader) headingLines(i, n int) int {
	r := b.r
	p := stretch{r.lines[i].from, r.lines[i].to, i}
	m, end, ok := markingAt(r.text, p.from)
	if !ok || m.Level == model.LevelUnknown {
		m, end = model.Marking{}, p.from
	}
	b.begin(model.Heading, p, "", m, end)
	for j := i + 1; j < i+n; j++ {
		b.extend(stretch{r.lines[j].from, r.lines[j].to, j})
	}
	b.headed = true
	return n
}

// ruledHeading says how many lines from i on stand over a ruler, as a heading
// of one to three lines does.
func (b *bodyReader) ruledHeading(i int, s string) int {
	k := b.r.kinds
	most := 1
	if b.free() {
		most = 3
	}
	for n := 1; n <= most; n++ {
		j := i + n
		if spaced := b.skipSpace(j); b.ruled || n == 1 && spaced < len(k) && k[spaced] == rulerLine && alike(s, b.r.of(spaced)) && !stopsFully(s) && k[j] == blankLine {
			j = spaced
		} else {
			j = b.skipSipdis(j)
		}
		if j >= len(k) {
			return 0
		}
		if j == i+n && k[j] == textLine && b.ruledStart(j) {
			return n
		}
		if k[j] == rulerLine {
			if j > i+n && n > 1 || !b.under(i, j, n) {
				return 0
			}
			return n
		}
		if j != i+n || k[j] != textLine || len(b.r.of(j)) > maxHeading || i+n >= len(k) {
			return 0
		}
		if _, ok := numberAt(b.r.of(j)); ok || stopsFully(b.r.of(j-1)) && n > 1 {
			return 0
		}
	}
	return 0
}

// ruledStart says whether a line begins with the ruler of the heading above
// and goes on with a paragraph: a converter lost the line end between them.
func (b *bodyReader) ruledStart(i int) bool {
	s := b.r.of(i)
	n := rulerLen(s)
	if n == 0 || n == len(s) {
		return false
	}
	_, ok := numberAt(s[n:])
	return ok
}

// skipSpace gives the first line from i that is neither blank nor furniture.
func (b *bodyReader) skipSpace(i int) int {
	k := b.r.kinds
	for i < len(k) && (k[i] == blankLine || k[i] == sipdisLine || k[i] == pageLine) {
		i++
	}
	return i
}

// skipSipdis gives the first line from i that is no stray SIPDIS.
func (b *bodyReader) skipSipdis(i int) int {
	k := b.r.kinds
	for i < len(k) && k[i] == sipdisLine {
		i++
	}
	return i
}

// under says whether the ruler on line j belongs to the n lines from i on,
// rather than being the upper ruler of the heading that follows.
func (b *bodyReader) under(i, j, n int) bool {
	if b.ruled {
		return true
	}
	k := b.r.kinds
	upper := j+2 < len(k) && k[j+1] == textLine && (k[j+2] == rulerLine || k[b.skipSipdis(j+2)%len(k)] == rulerLine)
	if !upper {
		return b.free() || b.stopped()
	}
	// Both readings are possible: two headings under each other are rare, and a
	// ruler is as long as its heading.
	return b.free() && n == 1 && alike(b.r.of(i), b.r.of(j)) && !alike(b.r.of(j+1), b.r.of(j))
}

// alike says whether a ruler is about as long as a line.
func alike(s, ruler string) bool {
	d := len(s) - len(ruler)
	return d >= -3 && d <= 3
}

// bareHeading says whether the line on its own is a heading: in capitals
// between blank lines, or a few words right before a numbered paragraph.
func (b *bodyReader) bareHeading(i int, s string) bool {
	if !b.free() && !b.stopped() || b.printed && !b.stopped() || len(s) > 80 || isRedactedLine(s) || isMarker(s) {
		return false
	}
	if b.number == 0 && !isTextHeading(s) && (hasWord(s, "THIS") || hasFold(s, "SENSITIVE BUT") || strings.Contains(s, ". ")) {
		return false
	}
	first := skipQuote(s)
	if first >= len(s) || isLower(s[first]) || bulletAt(s) > 0 || hasWord(s, "VISIT") {
		return false
	}
	next := b.r.next(i + 1)
	if next >= len(b.r.lines) || b.r.kinds[next] == rulerLine {
		return b.ruled && next < len(b.r.lines) && !stopsFully(s) && b.r.kinds[next] != rulerLine
	}
	tight := next == i+1
	after := b.r.of(next)
	n, numbered := numberAt(after)
	numbered = numbered && n.style != 0 && (n.value == b.number+1 || n.rest < len(after) && after[n.rest] == '(')
	capitals := countLower(s) == 0 && isLettered(s)
	switch {
	case stopsFully(s):
		return false
	case numbered:
		return tight && !b.free() && !capitals && b.width > 50 && b.endsEarly(s) || b.free() || capitals || b.last.to-b.last.from > 120
	case !capitals || tight || !b.free():
		return false
	}
	return countLower(after) > 0 || isRedactedLine(after)
}

// stopsFully says whether s ends as a sentence that is no title.
func stopsFully(s string) bool {
	switch s[len(s)-1] {
	case '.', ',', ';':
		return true
	}
	return false
}

// skipQuote skips the quotation marks, brackets and marking a heading may
// begin with.
func skipQuote(s string) int {
	at := 0
	if s[0] == '(' {
		if n := strings.IndexByte(s, ')'); n > 0 && n < 20 {
			at = blanks(s, n+1)
		}
	}
	return at + len(s[at:]) - len(strings.TrimLeft(s[at:], "\"'“‘([ "))
}

// isLettered says whether s has words in it.
func isLettered(s string) bool {
	n := 0
	for i := 0; i < len(s); i++ {
		if isLetter(s[i]) || s[i] >= 0x80 {
			n++
		}
	}
	return n >= 3 && n*2 > len(s)
}

// inlineHeading reads a heading that stands on one line with its ruler:
// "COMMENT -------", "------- SUMMARY -------", or the same at the end of the
// paragraph before.
func (b *bodyReader) inlineHeading(p stretch) bool {
	s := b.r.text[p.from:p.to]
	if s[len(s)-1] != '-' || isRuler(s) {
		return false
	}
	end := len(strings.TrimRight(s, "- "))
	if strings.Count(s[end:], "-") < 4 {
		return false
	}
	from := 0
	if n := strings.LastIndex(s[:end], "---- "); n >= 0 {
		from = n + len("---- ")
	}
	if n := strings.LastIndex(s[:end], ". "); from == 0 && n > 20 && (!b.free() || n > 40 && beginsNumbered(s)) {
		if isMarker(s[n+2 : end]) { // the end mark of the paragraph, with a ruler behind it
			b.piece(stretch{p.from, p.from + end, p.line})
			b.r.part(model.PartRuler, "", p.from+end, p.to)
			return true
		}
		if n > 40 {
			from = n + 2
		}
	}
	head := stretch{p.from + from, p.from + end, p.line}
	head.from, head.to = trim(b.r.text, head.from, head.to)
	if head.from >= head.to || head.to-head.from > maxHeading || from == 0 && !b.free() && !b.stopped() {
		return false
	}
	title := b.r.text[head.from:head.to]
	if _, ok := numberAt(title); ok && from == 0 || isRedactedLine(title) {
		return false
	}
	if from > 0 {
		before := strings.TrimRight(s[:from], "- ")
		if len(before) > 0 {
			b.piece(stretch{p.from, p.from + len(before), p.line})
		}
		b.r.part(model.PartRuler, "", p.from+len(before), head.from)
	}
	kind := model.Heading
	if isMarker(title) {
		kind = model.Marker
	}
	b.begin(kind, head, "", model.Marking{}, head.from)
	b.headed = true
	b.r.part(model.PartRuler, "", p.from+end, p.to)
	return true
}

// beginsNumbered says whether a line begins with a paragraph number.
func beginsNumbered(s string) bool {
	_, ok := numberAt(s)
	return ok
}

// ruler reads a line of dashes: it stands under the heading just read, or
// over the one to come.
func (b *bodyReader) ruler(i int, p stretch) {
	b.r.part(model.PartRuler, "", p.from, p.to)
	if b.headed && !b.ruled && b.last.line < i && b.last.line >= i-5 {
		b.blank = true
		return
	}
	b.ruled = true
}
