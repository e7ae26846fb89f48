package library

import (
	"cmp"
	"math"
	"slices"
)

// A place is the number of a word in its column; those of the subject stand
// behind those of the text.
const subjectPlace = 1 << 31

// placed is rows and, of each, places in order.
type placed struct {
	keys []int32
	ends []uint32 // of each row, in at or raw
	at   []uint32
	raw  []byte // instead of at: the places as they stand in the full text

	kept []bool   // of each place: the next word of the run has its own
	have []uint32 // the places of that word in the row at hand
}

func (p *placed) of(i int) []uint32 {
	from := uint32(0)
	if i > 0 {
		from = p.ends[i-1]
	}
	return p.at[from:p.ends[i]]
}

// add adds a row, the places of which were appended already, if there are any.
func (p *placed) add(key int, at []uint32) {
	if len(at) > len(p.at) {
		p.at = at
		p.keys, p.ends = append(p.keys, int32(key)), append(p.ends, uint32(len(at)))
	}
}

// arrange puts rows that came in any order, some several times, in order. room
// is for that.
func (p *placed) arrange(room *placed) {
	order := p.order()
	for i := 0; i < len(order); {
		from, key, several := len(room.at), order[i]>>32, false
		all := room.at
		for first := i; i < len(order) && order[i]>>32 == key; i++ {
			all = append(all, p.of(int(uint32(order[i])))...)
			several = i > first
		}
		if several {
			slices.Sort(all[from:])
		}
		room.add(int(key), all)
	}
	*p, *room = *room, *p
}

// stored gives the rows of rows that have a word in the text, which come in any
// order, with its places as they stand in the full text. They take a quarter of
// the room of others, and few are looked at.
func (r *wordReader) stored(word string, rows bitset) (*placed, error) {
	p := r.room()
	rising := true
	err := r.word(word, false, func(key int, places []byte) {
		if !rows.has(key-1) || !standsIn(places, false) {
			return
		}
		if n := len(p.keys); n > 0 && int(p.keys[n-1]) >= key { // of another segment
			rising = false
		}
		p.raw = append(p.raw, places...)
		p.keys, p.ends = append(p.keys, int32(key)), append(p.ends, uint32(len(p.raw)))
	})
	if err == nil && !rising {
		p.arrangeStored(r.room())
	}
	return p, err
}

// arrangeStored puts such rows in order. Each came once: a word of a cable is in
// one segment.
func (p *placed) arrangeStored(room *placed) {
	for _, i := range p.order() {
		places := p.stored(int(uint32(i)))
		room.raw = append(room.raw, places...)
		room.keys, room.ends = append(room.keys, int32(i>>32)), append(room.ends, uint32(len(room.raw)))
	}
	*p, *room = *room, *p
}

// order is the rows in order, each with where it stands below it.
func (p *placed) order() []uint64 {
	order := make([]uint64, len(p.keys))
	for i, key := range p.keys {
		order[i] = uint64(key)<<32 | uint64(i)
	}
	slices.Sort(order)
	return order
}

func (p *placed) stored(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = p.ends[i-1]
	}
	return p.raw[from:p.ends[i]]
}

// find gives where a row stands, or the next one, from a place on that is not
// behind it; before the end of a list it may begin anew.
func (p *placed) find(from, key int) int {
	if from >= len(p.keys) || int(p.keys[from]) > key {
		from = 0 // of another word
	}
	for near := min(from+4, len(p.keys)); from < near; from++ { // mostly they are asked for one after the other
		if int(p.keys[from]) >= key {
			return from
		}
	}
	if from == len(p.keys) {
		return from
	}
	step := 1
	for from+step < len(p.keys) && int(p.keys[from+step]) < key {
		from += step
		step *= 2
	}
	end := min(len(p.keys), from+step+1)
	i, _ := slices.BinarySearch(p.keys[from:end], int32(key))
	return from + i
}

// mark marks those places of a row that have the k-th word of the run at its
// place.
func (p *placed) mark(row int, places []byte, k int) {
	p.have = placesOf(p.have[:0], places, inBoth)
	first := int(p.ends[row]) - len(p.of(row))
	j := 0
	for i, at := range p.of(row) {
		want := at + uint32(k)
		for j < len(p.have) && p.have[j] < want {
			j++
		}
		if j < len(p.have) && p.have[j] == want {
			p.kept[first+i] = true
		}
	}
}

// unmark makes none marked.
func (p *placed) unmark() {
	p.kept = slices.Grow(p.kept[:0], len(p.at))[:len(p.at)]
	clear(p.kept)
}

// keep keeps the places that are marked, and the rows that have some.
func (p *placed) keep() {
	out, rows, from := uint32(0), 0, uint32(0)
	for i, key := range p.keys {
		end, n := p.ends[i], out
		for ; from < end; from++ {
			if p.kept[from] {
				p.at[out] = p.at[from]
				out++
			}
		}
		if out > n {
			p.keys[rows], p.ends[rows] = key, out
			rows++
		}
	}
	p.keys, p.ends, p.at = p.keys[:rows], p.ends[:rows], p.at[:out]
}

// placesOf appends the places of one word in one row: distances, two added
// to each; 1 and the number of a column stand before those of that column.
func placesOf(dst []uint32, b []byte, column string) []uint32 {
	if column == inSubject {
		b = b[textEnd(b):]
	} else if dst, b = columnPlaces(dst, 0, anyPlace, b); column == inText {
		return dst // what follows is of the subject
	}
	if len(b) > 1 {
		dst, _ = columnPlaces(dst, subjectPlace, anyPlace, b[2:])
	}
	return dst
}

// textEnd is where the places in the text end.
func textEnd(b []byte) int {
	for i, c := range b {
		if c == 1 && (i == 0 || b[i-1] < 0x80) {
			return i
		}
	}
	return len(b)
}

// anyPlace is behind all places.
const anyPlace = math.MaxUint32

// columnPlaces appends the places of one column up to the first that is not
// before last, and gives what follows them. Whether a number is of one byte or of
// two nobody can foresee, so it is read without asking: a wrong guess of the
// processor costs more than all the rest.
func columnPlaces(dst []uint32, at, last uint32, b []byte) ([]uint32, []byte) {
	n := len(dst)
	dst = slices.Grow(dst, len(b))[:n+len(b)]
	i := 0
	for i+1 < len(b) && b[i] != 1 && at < last && n < len(dst) {
		c, next := uint32(b[i]), uint32(b[i+1])
		if c&next >= 0x80 { // of three and more there are few
			u := listReader{b: b[i:]}
			at += uint32(u.number()) - 2
			i = len(b) - len(u.b)
		} else {
			two := c >> 7
			at += c&0x7f<<(two*7&31) | next&-two
			at -= 2
			i += 1 + int(two)
		}
		dst[n] = at
		n++
	}
	if i+1 == len(b) && b[i] != 1 && at < last && n < len(dst) {
		dst[n] = at + uint32(b[i]) - 2
		n, i = n+1, i+1
	}
	return dst[:n], b[i:]
}

// appendStarts reads places of the k-th word of a run and appends where the run
// would begin.
func appendStarts(dst []uint32, b []byte, k int, column string) []uint32 {
	n := len(dst)
	dst = placesOf(dst, b, column)
	if k == 0 {
		return dst
	}
	out := n
	for _, at := range dst[n:] {
		if at&^subjectPlace >= uint32(k) {
			dst[out] = at - uint32(k)
			out++
		}
	}
	return dst[:out]
}

// standsIn says whether places of one word in one row are in a column.
func standsIn(b []byte, subject bool) bool {
	if !subject {
		return len(b) > 0 && b[0] != 1
	}
	return textEnd(b) < len(b)
}

// countPlaces says how often a word stands in the text and in the subject.
func countPlaces(b []byte) (text, subject int) {
	n := &text
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] >= 0x80:
		case b[i] == 1 && (i == 0 || b[i-1] < 0x80):
			n = &subject
			i++ // the number of the column
		default:
			*n++
		}
	}
	return text, subject
}

func sortBy[T any](all []T, by func(T) int) {
	slices.SortStableFunc(all, func(a, b T) int { return cmp.Compare(by(a), by(b)) })
}
