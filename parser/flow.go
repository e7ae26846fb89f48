package parser

import (
	"chancery/model"
)

// flowsOn takes lines from i on, as long as each is plainly the middle of a
// paragraph, as most are: it stands right under the text and begins with a
// letter that no label, bullet, marker or level has. The longer look at
// everything else that a line can be would find the same. It gives the line
// after them. end is where the text ends.
func (b *bodyReader) flowsOn(i, end int) int {
	if b.open < 0 || b.blank || b.ruled || b.headed || b.printed {
		return i
	}
	r := b.r
	kind := r.c.Blocks[b.open].Kind
	if kind == model.Marker || kind == model.Redacted {
		return i
	}
	most := small | capital
	if b.number == 0 { // a capital may begin a heading
		most = small
	}
	from, text := i, r.text
	for ; i < len(r.lines) && r.kinds[i] == textLine; i++ {
		l := &r.lines[i]
		how := beginnings[text[l.from]]
		if how&most == 0 || l.from < b.skip || l.to > end || text[l.to-1] == '-' {
			break
		}
		p, s := stretch{l.from, l.to, i}, text[l.from:l.to]
		if b.stop && (kind == model.Bullet || !b.flowsAfterStop(i, s)) || !b.stop && b.marksAbove(i+1) {
			break
		}
		if how&special != 0 && (mayMark(s) || beginsLevel(s)) {
			break
		}
		if (b.hasParen(p.from, p.to) || b.stop && len(s) > unwrapped) && b.midStart(p) != p.to {
			break
		}
		if i == from {
			b.extend(p)
			continue
		}
		b.lines = append(b.lines, stretch{l.start, l.to, i})
		b.widen(l.to - l.start)
		b.last, b.stop = p, sentenceEnds[text[l.to-1]] != endsNot && stops(s)
	}
	if i > from {
		b.reach(b.last)
	}
	return i
}

// flowsAfterStop says whether a line goes on with the paragraph although the
// line above ends as a sentence does: no heading, marker or label of a
// subparagraph can be in it, and plain text follows.
func (b *bodyReader) flowsAfterStop(i int, s string) bool {
	if beginnings[s[0]]&special != 0 {
		switch upper(s[0]) {
		case 'Q', 'U', 'B', 'E', 'O':
			return false
		}
	}
	for _, c := range []byte(s[:min(len(s), longestLabel)]) {
		if c == '.' || c == ')' {
			return false
		}
	}
	return b.last.to-b.last.from <= unwrapped && b.wordsNext(i)
}

// longestLabel is how far the sign reaches that ends the label of a
// subparagraph.
const longestLabel = 10

// beginning says what a line that begins with a byte can be.
type beginning uint8

const (
	small     beginning = 1 << iota // the middle of a paragraph, in a small letter
	capital                         // the same, in a capital
	likeLevel                       // a level, perhaps damaged
	special                         // a level, a bullet or a marker
)

// beginnings are what lines can be by their first byte.
var beginnings = func() (of [256]beginning) {
	for c := 'a'; c <= 'z'; c++ {
		of[c], of[c-32] = small, capital
	}
	for _, c := range []byte("UCSTLREON") {
		of[c] |= likeLevel | special
		of[c+32] |= likeLevel | special
	}
	for _, c := range []byte("QBqb") {
		of[c] |= special
	}
	return of
}()

// mayMark says whether text that begins with a letter may begin a bullet, o,
// or say that something ends.
func mayMark(s string) bool {
	return s[0] == 'o' && len(s) > 1 && s[1] == ' ' || hasWord(s, "END")
}

// marksAbove is a quick look whether a line says something of the one above:
// as a ruler, or as a page line that has left a level at its end.
func (b *bodyReader) marksAbove(i int) bool {
	if i >= len(b.r.lines) {
		return false
	}
	switch b.r.kinds[i] {
	case rulerLine, sipdisLine, pageLine, mixedLine:
		return true
	case textLine:
		c := b.r.text[b.r.lines[i].from]
		return c == '-' || c == '='
	}
	return false
}
