package library

import (
	"cmp"
	"slices"
)

// A place is the number of a word in its column; those of the subject stand
// behind those of the text.
const subjectPlace = 1 << 31

// placed is rows and, of each, places in order.
type placed struct {
	keys []int32
	ends []uint32 // of each row, in at
	at   []uint32

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
	order := make([]uint64, len(p.keys))
	for i, key := range p.keys {
		order[i] = uint64(key)<<32 | uint64(i)
	}
	slices.Sort(order)
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

// find gives where a row stands, or the next one, from a place on that is not
// behind it; before the end of a list it may begin anew.
func (p *placed) find(from, key int) int {
	if from >= len(p.keys) || int(p.keys[from]) > key {
		from = 0 // of another word
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
	at, wanted := uint32(0), column != inSubject
	for i := 0; i < len(b); {
		n := uint32(b[i])
		i++
		if n >= 0x80 { // few are so far apart
			u := listReader{b: b[i-1:]}
			n = uint32(u.number())
			i = len(b) - len(u.b)
		}
		if n != 1 {
			if at += n - 2; wanted {
				dst = append(dst, at)
			}
			continue
		}
		if column == inText { // what follows is of the subject
			return dst
		}
		i++ // the number of the column
		at, wanted = subjectPlace, true
	}
	return dst
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
	for i, c := range b {
		if c == 1 && (i == 0 || b[i-1] < 0x80) {
			return true
		}
	}
	return false
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
