package library

import (
	"math"

	"chancery/model/query"
)

// Which paragraph answers is found by going through the paragraphs of a cable
// and the places of its words side by side, from one that may to the next that
// may. It is over with the first that does.
//
//	ends      ....|.......|...........|.....|
//	iran       i       i     i
//	nuclear           n         n            ─► the second

// nowhere is behind every paragraph.
const nowhere = math.MaxInt

// hand is what is known of a part in the cable at hand.
type hand struct {
	found  int      // the paragraph found last, -1 before the first
	places []uint32 // of its words, those not gone through
	room   []uint32 // in which they stand
	marks  blockMarksOf
	read   int  // so many of the marks were taken off
	here   bool // of a field of the cable: it holds
}

// seek takes another cable to hand, of which no paragraph counts that begins at a
// place or behind it. It gives such a place that may come sooner: there it cannot
// hold. Where that is 0 it holds of no paragraph.
func (w *paraPart) seek(key int32, before uint32) uint32 {
	w.hand.found = -1
	if before = w.bound(key, before); before == 0 { // kids may still have another cable at hand
		w.hand.found = nowhere
	}
	return before
}

func (w *paraPart) bound(key int32, before uint32) uint32 {
	switch {
	case len(w.steps) > 0:
		return w.seekWords(key, before)
	case w.marks != nil:
		w.hand.marks, w.hand.read = w.blocks.of(int(key)-1), 0
	case w.rows != nil:
		w.hand.here = w.rows.has(int(key) - 1)
	}
	switch w.node.(type) {
	case *query.And: // of the places of a common word only those count that are not behind all of a rare one
		for _, k := range w.kids {
			if before = k.seek(key, before); before == 0 {
				return 0
			}
		}
	case *query.Or:
		most := uint32(0)
		for _, k := range w.kids {
			most = max(most, k.seek(key, before))
		}
		return most
	case *query.Not:
		w.kids[0].seek(key, before)
	}
	return before
}

func (w *paraPart) seekWords(key int32, before uint32) uint32 {
	w.next = w.at.find(w.next, int(key))
	if w.next == len(w.at.keys) || w.at.keys[w.next] != key {
		return 0
	}
	h := &w.hand
	if len(w.at.raw) > 0 {
		h.room, _ = columnPlaces(h.room[:0], 0, before, w.at.stored(w.next)) // the first that is not before it may be in the same paragraph
		h.places = h.room
	} else {
		h.places = w.at.of(w.next)
	}
	return min(before, h.places[len(h.places)-1]+1)
}

// from gives the first paragraph of which it holds, from one on that is not
// before the one asked for last; ends are the places at which they end.
func (w *paraPart) from(i int, ends []uint32) int {
	if w.hand.found < i {
		w.hand.found = w.find(i, ends)
	}
	return w.hand.found
}

func (w *paraPart) find(i int, ends []uint32) int {
	switch {
	case i >= len(ends):
		return nowhere
	case len(w.steps) > 0:
		return w.hand.word(i, ends)
	case w.marks != nil:
		return w.hand.mark(i, ends, w.marks)
	}
	switch w.node.(type) {
	case *query.And:
		return w.every(i, ends)
	case *query.Or:
		first := nowhere
		for _, k := range w.kids {
			first = min(first, k.from(i, ends))
		}
		return first
	case *query.Not:
		for i < len(ends) && w.kids[0].from(i, ends) == i {
			i++
		}
		if i < len(ends) {
			return i
		}
	case *query.Field:
		if w.hand.here {
			return i
		}
	}
	return nowhere
}

// every finds a paragraph of which all kids hold.
func (w *paraPart) every(i int, ends []uint32) int {
	for at := -1; i != at; {
		at = i
		for _, k := range w.kids {
			if i = k.from(i, ends); i == nowhere {
				return i
			}
		}
	}
	return i
}

// word finds a paragraph in which a run of words begins.
func (h *hand) word(i int, ends []uint32) int {
	places := h.places
	if i > 0 {
		for len(places) > 0 && places[0] <= ends[i-1] {
			places = places[1:]
		}
		h.places = places
	}
	if len(places) == 0 {
		return nowhere
	}
	for at := places[0]; i < len(ends); i++ {
		if at <= ends[i] {
			return i
		}
	}
	return nowhere
}

// mark finds a paragraph of which the marking holds.
func (h *hand) mark(i int, ends []uint32, holds markSet) int {
	for ; len(h.marks) > 0 && h.read < len(ends); h.read++ {
		if id := h.marks.next(); h.read >= i && holds[id] {
			h.read++
			return h.read - 1
		}
	}
	return nowhere
}
