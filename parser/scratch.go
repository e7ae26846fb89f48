package parser

import (
	"sync"

	"chancery/model"
)

// scratch is what a reader fills while it reads and nobody needs afterwards.
// A cable keeps only lists of the right size; these are used again for the
// next message, because growing them anew was most of the memory that a
// message cost.
type scratch struct {
	lines      []line
	kinds      []lineKind
	parts      []model.Part
	endParts   []model.Part  // of the ending
	tiles      []model.Part  // the parts brought together
	blocks     []model.Block // of the text
	fields     []fieldPiece  // what the front said, in order
	pieces     []stretch     // of a line with furniture in it
	blockLines []stretch     // of the open block
	tagWords   []tagWord     // of the TAGS line
	places     []model.ValuePlace
	to, info   []model.Address
	exempt     []model.Address
}

// readers are those that read no message.
var readers sync.Pool

// largestScratch is the number of lines, parts or blocks above which a scratch
// is not kept: a monstrous message must not hold its memory for longer.
const largestScratch = maxLines / 4

// takeReader gives a reader with empty lists.
func takeReader() *reader {
	if r, ok := readers.Get().(*reader); ok {
		return r
	}
	return new(reader)
}

// release lets the reader be used again when the message is read. What points
// into the text is wiped, so that the text can go.
func (r *reader) release() {
	s := r.scratch
	if cap(s.lines) > largestScratch || cap(s.parts) > largestScratch || cap(s.blocks) > largestScratch || cap(s.places) > largestScratch {
		return
	}
	clear(s.blocks)
	clear(s.to)
	clear(s.info)
	clear(s.exempt)
	if clear(s.tagWords[:cap(s.tagWords)]); cap(s.tagWords) > 4*maxTags {
		s.tagWords = nil
	}
	s.to, s.info, s.exempt = s.to[:0], s.info[:0], s.exempt[:0]
	s.lines, s.kinds, s.parts, s.endParts, s.tiles = s.lines[:0], s.kinds[:0], s.parts[:0], s.endParts[:0], s.tiles[:0]
	s.blocks, s.fields, s.pieces, s.blockLines = s.blocks[:0], s.fields[:0], s.pieces[:0], s.blockLines[:0]
	s.tagWords, s.places = s.tagWords[:0], s.places[:0]
	*r = reader{scratch: s}
	readers.Put(r)
}

// exactly gives a list as long as it must be, with the values of another; no
// list for an empty one.
func exactly[T any](from []T) []T {
	if len(from) == 0 {
		return nil
	}
	return append(make([]T, 0, len(from)), from...)
}
