package parser

import (
	"slices"

	"chancery/model"
)

// part notes what a stretch of the text is. Stretches may be noted in any
// order; tile brings them together.
func (r *reader) part(kind model.PartKind, name string, from, to int) {
	if from < to {
		r.parts = append(r.parts, model.Part{Kind: kind, Name: name, Span: model.Span{Start: from, End: to}, Block: -1})
	}
}

// furniture notes what a reader folds away.
func (r *reader) furniture(name string, from, to int) {
	if len(r.stamps) > 0 {
		name = r.stampName(name, from)
	}
	r.part(model.PartFurn, name, from, to)
}

// blockPart notes a stretch of the block with this index. Lines that follow
// on each other are one stretch.
func (r *reader) blockPart(block, from, to int, follows bool) {
	if n := len(r.parts); follows && n > 0 && r.parts[n-1].Block == block {
		r.parts[n-1].Span.End = to
		return
	}
	if from < to {
		r.parts = append(r.parts, model.Part{Kind: model.PartBlock, Span: model.Span{Start: from, End: to}, Block: block})
	}
}

// tile makes the parts cover the text: sorted, none overlapping, no byte left
// out. A line end belongs to the part before it, blank lines are parts of
// their own, and neighbours of one block or field become one part.
func (r *reader) tile() []model.Part {
	slices.SortFunc(r.endParts, func(a, b model.Part) int { return a.Span.Start - b.Span.Start })
	r.parts = append(r.parts, r.endParts...)
	inOrder := func(a, b model.Part) int { return a.Span.Start - b.Span.Start }
	if !slices.IsSortedFunc(r.parts, inOrder) {
		slices.SortStableFunc(r.parts, inOrder)
	}
	t := tiler{text: r.text, parts: slices.Grow(r.tiles, len(r.parts)*3/2)}
	for i := range r.parts {
		p := &r.parts[i]
		p.Span.Start = max(p.Span.Start, t.at)
		if p.Span.Start >= p.Span.End {
			continue
		}
		t.gap(p.Span.Start)
		t.add(p)
	}
	t.gap(len(r.text))
	r.numberLines(t.parts)
	r.tiles = t.parts
	return exactly(t.parts)
}

// tiler builds the parts that tile a text; at is the end of the last of them.
type tiler struct {
	text  string
	parts []model.Part
	at    int
}

func (t *tiler) add(p *model.Part) {
	if n := len(t.parts); n > 0 {
		last := &t.parts[n-1]
		if last.Block == p.Block && last.Kind == p.Kind && last.Name == p.Name && p.Kind != model.PartFurn && p.Name != "to" && p.Name != "info" {
			last.Span.End = p.Span.End
			t.at = p.Span.End
			return
		}
	}
	t.parts = append(t.parts, *p)
	t.at = p.Span.End
}

// gap fills what lies between the last part and the next.
func (t *tiler) gap(to int) {
	if t.at >= to {
		return
	}
	if n := len(t.parts); n > 0 && t.parts[n-1].Kind != model.PartBlank {
		end := endOfLine(t.text, t.at, to)
		t.parts[n-1].Span.End = end
		t.at = end
	}
	for t.at < to {
		end := t.at
		for end < to && isBlankByte(t.text, end) {
			end++
		}
		if end > t.at {
			t.add(&model.Part{Kind: model.PartBlank, Span: model.Span{Start: t.at, End: end}, Block: -1})
			continue
		}
		for end < to && !isBlankByte(t.text, end) {
			end++
		}
		t.add(&model.Part{Kind: model.PartFurn, Name: "residue", Span: model.Span{Start: t.at, End: end}, Block: -1})
	}
}

// endOfLine gives the end of the blanks from at, through the first line end.
func endOfLine(text string, at, to int) int {
	for at < to && isBlankByte(text, at) {
		at++
		if c := text[at-1]; c == '\n' || c == '\f' {
			break
		}
	}
	return at
}

func isBlankByte(text string, at int) bool {
	c := text[at]
	return blankBytes[c] || c >= 0xA0 && isHalfBlank(text, at)
}

// blankBytes are those that are blank whatever stands beside them.
var blankBytes = [256]bool{' ': true, '\t': true, '\r': true, '\n': true, '\f': true, '\v': true, '\\': true, 0: true}

// isHalfBlank says whether a byte is one of the two of a no-break space.
func isHalfBlank(text string, at int) bool {
	switch text[at] {
	case 0xC2:
		return at+1 < len(text) && text[at+1] == 0xA0
	case 0xA0:
		return at > 0 && text[at-1] == 0xC2
	}
	return false
}

// numberLines says on which line each part begins.
func (r *reader) numberLines(parts []model.Part) {
	n, lines := 0, r.lines
	for i := range parts {
		at := parts[i].Span.Start
		for n+1 < len(lines) && lines[n+1].start <= at {
			n++
		}
		parts[i].Line = n + 1
	}
}

// lineOf gives the number of the line that holds the place, from 1.
func (r *reader) lineOf(at int) int {
	n, found := slices.BinarySearchFunc(r.lines, at, func(l line, at int) int { return l.start - at })
	if found {
		return n + 1
	}
	return max(n, 1)
}
