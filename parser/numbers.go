package parser

import (
	"strconv"
	"strings"

	"chancery/model"
)

// numbered opens a paragraph when the piece begins with a number that is one.
func (b *bodyReader) numbered(p stretch, s string) bool {
	n, ok := b.numberAt(p)
	if !ok {
		return false
	}
	m, end, marked := b.portion(p.from+n.rest, n.style)
	if !b.accepts(s, n, marked) {
		return false
	}
	at := p.from + n.rest
	if again := b.doubled(at, p.to, n.value); again > at && !marked {
		m, end, marked = b.portion(again, n.style)
		at = again
	}
	if marked {
		at = b.doubled(end, p.to, n.value)
		if at > end {
			if _, e, again := b.portion(at, n.style); again {
				at = e
			}
		}
	} else if e, skip, ok := entireText(b.r.text[at:p.to]); ok {
		m, marked, at = e, true, at+skip
	} else if lm, ok := b.markAfterLabel(at); ok {
		m, marked = lm, true
	}
	b.close() // with the marking that was in force
	b.number = n.value
	b.dotted = b.dotted || n.style == '.'
	b.marked = b.marked || marked
	b.mark = m
	if isEntire(m) {
		b.entire = m
	}
	b.begin(model.Paragraph, p, n.text, m, at)
	return true
}

// numberAt is numberAt for a stretch of the text.
func (b *bodyReader) numberAt(p stretch) (n numeral, ok bool) {
	if p.from == p.to || !mayBeNumber[b.r.text[p.from]] {
		return n, false
	}
	if k := &b.begun; k.from != p.from || k.to != p.to {
		k.from, k.to = p.from, p.to
		k.numeral, k.ok = readNumber(b.r.text[p.from:p.to])
	}
	return b.begun.numeral, b.begun.ok
}

// markAfterLabel reads a marking that stands behind the label of the
// paragraph: 1. Summary: (SBU) ...
func (b *bodyReader) markAfterLabel(at int) (m model.Marking, ok bool) {
	s := b.r.text[at:min(len(b.r.text), at+40)]
	if !hasFold(s, "SUMMARY") && !hasFold(s, "COMMENT") && !hasFold(s, "NOTE") {
		return m, false
	}
	n := strings.IndexByte(s, '(')
	if n < 0 || strings.IndexByte(s[:n], '\n') >= 0 || n > 24 {
		return m, false
	}
	m, _, ok = markingAt(b.r.text, at+n)
	return m, ok && m.Level != model.LevelUnknown && !m.Odd
}

// portion reads the marking behind a number; "7. C)" lost its first
// parenthesis.
func (b *bodyReader) portion(at int, style byte) (m model.Marking, end int, ok bool) {
	m, end, ok = markingAt(b.r.text, at)
	if ok && m.Level != model.LevelUnknown {
		return m, end, true
	}
	if at < len(b.r.text) && isUpper(b.r.text[at]) && style == '.' {
		s := b.r.text[at:min(len(b.r.text), at+8)]
		if n := strings.IndexByte(s, ')'); n > 0 && strings.IndexByte(s, ' ') != 0 {
			if m, ok = model.ParseMarking(s[:n]); ok && m.Level != model.LevelUnknown {
				m.Raw, m.Odd = s[:n], true
				return m, at + n + 1, true
			}
		}
	}
	return model.Marking{}, at, false
}

// doubled skips a number that software wrote a second time: 7. (U) 7.(U).
func (b *bodyReader) doubled(at, to, value int) int {
	next := skipBlanks(b.r.text, at, to)
	n, ok := numberAt(b.r.text[next:max(next, to)])
	if !ok || n.value != value || n.style != '.' {
		return at
	}
	return next + n.rest
}

// accepts says whether a number at the start of a line is that of a
// paragraph. Publishers set a pilcrow before any line that begins with digits
// and a dot, and wrapped text begins lines with dates and quantities.
func (b *bodyReader) accepts(s string, n numeral, marked bool) bool {
	free, next := b.free(), n.value == b.number+1
	if marked {
		switch n.style {
		case '.':
			return true
		case ')':
			return !b.dotted && (next || free)
		case ',':
			return next || n.pilcrow || free
		}
		return free && (next || b.number == 0)
	}
	switch {
	case n.value == 0 || n.style == ',' || n.style == 0:
		return false
	case b.marked && (n.value < b.number || b.inList(n.value)):
		return false
	case n.style == ')':
		return !b.dotted && !b.marked && free && next
	case n.glued && n.rest < len(s) && !isUpper(s[n.rest]) && s[n.rest] != '"' && s[n.rest] < 0x80:
		return false
	case next:
		return free || b.stopped() || endsAny(b.r.text[b.last.from:b.last.to])
	case !free || b.printed && !b.stopped():
		return false
	case b.number == 0:
		return n.value <= 3
	case n.value > b.number: // paragraphs between were lost or redacted
		return n.value-b.number <= 4 || n.pilcrow && b.stopped() && n.value-b.number <= 12
	}
	return true
}

// inList says whether the number goes on with a list inside a paragraph, such
// as the points of a letter that is quoted.
func (b *bodyReader) inList(value int) bool {
	if b.open < 0 {
		return false
	}
	block := b.r.c.Blocks[b.open]
	return block.Kind == model.Subparagraph && number(block.Number) == value-1
}

// midStart gives where within the piece the next paragraph begins, the end of
// the piece when it does not: "... grow.  12. (C) Ambassador". The number must
// be the next one and carry a marking, where markings are carried.
func (b *bodyReader) midStart(p stretch) int {
	paren := b.hasParen(p.from, p.to)
	unmarked := !b.marked && b.number > 0 && p.to-p.from > unwrapped
	if !paren && !unmarked {
		return p.to
	}
	last := b.number
	if n, ok := b.numberAt(p); ok {
		last = n.value
	}
	if paren {
		if at := b.midMarked(p, last); at < p.to {
			return at
		}
	}
	if unmarked {
		return b.midUnmarked(p, last)
	}
	return p.to
}

// unwrapped is the length of a line from which on it holds a whole paragraph.
const unwrapped = 120

// midUnmarked is midStart for a text without markings. Sentences, years and
// lists within a paragraph look the same, so the paragraph that begins on one
// of the next lines must be the one after it: else it is missing.
func (b *bodyReader) midUnmarked(p stretch, last int) int {
	s := b.r.text[p.from:p.to]
	next := strconv.Itoa(last + 1)
	for at := 0; ; {
		n := strings.Index(s[at:], next+". ")
		if n < 0 {
			return p.to
		}
		from := at + n
		at = from + len(next) + len(". ")
		if from > 1 && s[from-1] == ' ' && stopsFully(s[:from-1]) && at < len(s) && isUpper(s[at]) && b.numberAhead(p.line+1) == last+2 {
			return p.from + from
		}
	}
}

// numberAhead gives the number of the next paragraph that begins on one of
// some lines from i on, 0 when none does.
func (b *bodyReader) numberAhead(i int) int {
	for end := min(i+60, len(b.r.lines)); i < end; i++ {
		if b.r.kinds[i] != textLine {
			continue
		}
		if n, ok := numberAt(b.r.of(i)); ok && n.style == '.' {
			return n.value
		}
	}
	return 0
}

// midMarked is midStart for a number with a marking behind it.
func (b *bodyReader) midMarked(p stretch, last int) int {
	s := b.r.text[p.from:p.to]
	for at := 1; ; at++ {
		n := strings.IndexByte(s[min(at, len(s)):], '(')
		if n < 0 {
			return p.to
		}
		at += n
		end := at
		for end > 0 && s[end-1] == ' ' {
			end--
		}
		if end == 0 || s[end-1] != '.' {
			continue
		}
		d := digitsBefore(s, end-1)
		from := end - 1 - d
		if d == 0 || d > 3 || from == 0 || last+1 != number(s[from:end-1]) {
			continue
		}
		from = len(strings.TrimSuffix(s[:from], "¶"))
		if from == 0 {
			continue
		}
		if c := s[from-1]; c != ' ' && c != '.' && c != ')' && c != '"' && upper(c) != 'X' {
			continue
		}
		if m, _, ok := markingAt(b.r.text, p.from+at); ok && m.Level != model.LevelUnknown {
			return p.from + from
		}
	}
}
