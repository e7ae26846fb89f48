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
func (p *placed) mark(row int, places []byte, k int, kept []bool) {
	var room [64]uint32
	have := placesOf(room[:0], places, inBoth)
	first := int(p.ends[row]) - len(p.of(row))
	j := 0
	for i, at := range p.of(row) {
		want := at + uint32(k)
		for j < len(have) && have[j] < want {
			j++
		}
		if j < len(have) && have[j] == want {
			kept[first+i] = true
		}
	}
}

// keep keeps the places that are marked, and the rows that have some.
func (p *placed) keep(kept []bool) {
	out, rows, from := uint32(0), 0, uint32(0)
	for i, key := range p.keys {
		end, n := p.ends[i], out
		for ; from < end; from++ {
			if kept[from] {
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
	u := listReader{b: b}
	at, in := uint32(0), inText
	for len(u.b) > 0 {
		n := u.number()
		if n == 1 {
			u.number()
			at, in = subjectPlace, inSubject
			continue
		}
		at += uint32(n) - 2
		if column == inBoth || column == in {
			dst = append(dst, at)
		}
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
