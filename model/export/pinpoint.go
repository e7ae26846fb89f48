package export

import (
	"strings"

	"chancery/model"
	"chancery/model/safe"
)

// pinpoint is a paragraph as citations name it.
type pinpoint struct {
	words string // "para. 4", "para. 4.A"; "" for the whole cable
	short string // "¶ 4"
	mark  string // its portion marking as a code, "" when it has none
}

// pointAt names a block of a cable. A number that stands twice says which of
// the two is meant; a paragraph without one is counted.
func pointAt(c *model.Cable, block int) pinpoint {
	if block < 0 || block >= len(c.Blocks) {
		return pinpoint{}
	}
	b := c.Blocks[block]
	p := numbered(paragraphNumber(c, block))
	if p.words == "" {
		p.words = "unnumbered paragraph, the " + ordinal(paragraphsTo(c, block)) + " of the text"
		switch {
		case b.Kind == model.Heading:
			p.words = "heading"
		case paragraphsTo(c, block) == 0:
			p.words = "before the first paragraph"
		}
		p.short = p.words
	} else if n, of := sameNumber(c, block); of > 1 {
		which := " (the " + ordinal(n) + " of this number)"
		p.words += which
		p.short += which
	}
	if b.Mark.Raw != "" || b.Mark.Level != model.LevelUnknown {
		p.mark = safe.Line(b.Mark.Code())
	}
	return p
}

// pointOfPin names the paragraph of a cable that is not held.
func pointOfPin(pin *model.Pin) pinpoint {
	p := numbered(pin.Spot.Number)
	if p.words == "" {
		p.words = "unnumbered paragraph"
		p.short = p.words
	}
	if m, ok := model.ParseMarking(pin.Mark); ok {
		p.mark = safe.Line(m.Code())
	}
	return p
}

func numbered(n string) pinpoint {
	if n == "" {
		return pinpoint{}
	}
	n = safe.Line(n)
	return pinpoint{words: "para. " + n, short: "¶ " + n}
}

// isParagraph says whether a block is a paragraph of its own, not a part of one.
func isParagraph(k model.BlockKind) bool {
	switch k {
	case model.Paragraph, model.SummaryBlock, model.CommentBlock, model.NoteBlock, model.ActionBlock:
		return true
	}
	return false
}

// paragraphNumber is the number of the paragraph that a block is or belongs to.
func paragraphNumber(c *model.Cable, block int) string {
	b := c.Blocks[block]
	if isParagraph(b.Kind) || b.Kind == model.Heading {
		return b.Number
	}
	for i := block - 1; i >= 0; i-- {
		above := c.Blocks[i]
		if above.Kind == model.Heading {
			break
		}
		if !isParagraph(above.Kind) {
			continue
		}
		switch {
		case above.Number == "" || b.Number == "" || b.Number == above.Number || b.Kind != model.Subparagraph:
			return above.Number
		case strings.HasPrefix(b.Number, above.Number+"."):
			return b.Number
		}
		return above.Number + "." + b.Number
	}
	return b.Number
}

// sameNumber says which of the paragraphs with its number a block is or belongs to, and
// how many there are: cables of several sections may begin again at 1.
func sameNumber(c *model.Cable, block int) (nth, of int) {
	number := paragraphNumber(c, block)
	number, _, _ = strings.Cut(number, ".")
	for i, b := range c.Blocks {
		if !isParagraph(b.Kind) || b.Number != number {
			continue
		}
		of++
		if i <= block {
			nth++
		}
	}
	return nth, of
}

// paragraphsTo counts the paragraphs up to a block.
func paragraphsTo(c *model.Cable, block int) int {
	n := 0
	for _, b := range c.Blocks[:block+1] {
		if isParagraph(b.Kind) {
			n++
		}
	}
	return n
}

func ordinal(n int) string {
	switch {
	case n%100 >= 11 && n%100 <= 13:
	case n%10 == 1:
		return itoa(n) + "st"
	case n%10 == 2:
		return itoa(n) + "nd"
	case n%10 == 3:
		return itoa(n) + "rd"
	}
	return itoa(n) + "th"
}
