package parser

import (
	"strings"

	"chancery/model"
)

// within says whether a level alone stands between lines of text, as a word
// that the wrapping left there.
func (b *bodyReader) within(i int) bool {
	k := b.r.kinds
	return i > 0 && i+1 < len(k) && k[i-1] == textLine && k[i+1] == textLine && b.open >= 0
}

// hasParen says whether a stretch holds an opening parenthesis. The pieces are
// asked for in order, so that a text is looked through once.
func (b *bodyReader) hasParen(from, to int) bool {
	if b.paren < from {
		b.paren = nextByte(b.r.text, from, len(b.r.text), '(')
	}
	return b.paren < to
}

// free says whether a new block may begin here, because the text before is
// set off.
func (b *bodyReader) free() bool {
	return b.open < 0 || b.blank || b.ruled || b.headed
}

// stopped says whether the text before ends as a sentence does.
func (b *bodyReader) stopped() bool {
	if b.open < 0 || b.headed {
		return true
	}
	return b.stop
}

// sentenceEnds says of a byte whether a sentence, or a quotation, ends with it:
// yes, no, or only together with those before it.
var sentenceEnds = func() (ends [256]sentenceEnd) {
	for _, c := range []byte(".!?:;)]\"'/->") {
		ends[c] = endsSurely
	}
	for _, c := range []byte("XxYyTt") { // a redaction, Summary, Comment
		ends[c] = endsPerhaps
	}
	for c := 0x80; c < len(ends); c++ {
		ends[c] = endsPerhaps
	}
	return ends
}()

type sentenceEnd uint8

const (
	endsNot sentenceEnd = iota
	endsSurely
	endsPerhaps
)

// stops says whether s ends as a sentence (or a quotation) does.
func stops(s string) bool {
	if s == "" {
		return true
	}
	switch sentenceEnds[s[len(s)-1]] {
	case endsNot:
		return false
	case endsSurely:
		return true
	}
	switch upper(s[len(s)-1]) {
	case 'Y', 'T':
		return endMarkEnds(s)
	}
	return strings.HasSuffix(s, "”") || strings.HasSuffix(s, "’") || strings.HasSuffix(s, "…") || isRedacted(s[max(0, len(s)-4):])
}

// endMarkEnds says whether s ends in an end mark without a stop: End Summary.
func endMarkEnds(s string) bool {
	for _, w := range []string{"SUMMARY", "COMMENT"} {
		if at := len(s) - len(w); at > 0 && isFold(s[at:], w) {
			end := endBefore(s, at)
			return end >= 0 && isUpper(s[end])
		}
	}
	return false
}

// joins says whether text goes on with the open block.
func (b *bodyReader) joins(s string) bool {
	open := b.r.c.Blocks[b.open].Kind
	switch {
	case b.ruled:
		return false
	case b.empty(): // a number alone on its line
		return true
	case b.printed && open != model.Marker && open != model.Redacted:
		return !b.stopped() || isLower(s[0]) || !isRedactedLine(s) && (!b.endsEarly(s) || b.lastWidth() > 120 && open != model.Bullet)
	case b.blank && isLower(s[0]) && open != model.Table && open != model.Marker:
		return !b.stopped() || strings.IndexByte(")-/", b.r.text[b.last.to-1]) >= 0
	case b.blank && endsInWord(b.r.text[b.last.from:b.last.to], "END"):
		return true
	case b.blank:
		return !b.stopped() && !endsAny(b.r.text[b.last.from:b.last.to]) && (isLower(s[0]) || b.full(s)) && open != model.Table && open != model.Marker
	case open == model.Marker || open == model.Redacted:
		return false
	case open == model.Table:
		return true
	case open == model.Bullet || b.last.to-b.last.from > 120:
		return !b.endsEarly(s)
	}
	return true
}

// empty says whether the open block holds no text yet.
func (b *bodyReader) empty() bool {
	for _, l := range b.lines {
		if l.from < l.to {
			return false
		}
	}
	return true
}

// endsEarly says whether the line before ended although the first word of s
// would still have fitted, or is of an unwrapped text: the break is meant.
func (b *bodyReader) endsEarly(s string) bool {
	if !b.stopped() {
		return false
	}
	width := b.lastWidth()
	return width > 120 || width+1+len(word(s)) <= b.width-6
}

// lastWidth is the width of the line before.
func (b *bodyReader) lastWidth() int { return b.last.to - b.r.lines[b.last.line].start }

// full says whether the line before is as wide as wrapped lines are, so that
// its sentence goes on after a stray blank line.
func (b *bodyReader) full(s string) bool {
	width := b.lastWidth()
	return width <= 120 && b.width >= 48 && len(b.lines) >= 2 && width+1+len(word(s)) > b.width-6
}
