package library

import (
	"encoding/binary"

	"chancery/model/query"
)

// blockMarks is the column of the markings of the blocks of each cable, in
// order, so that what is asked of a paragraph and its marking is answered
// without reading a text. A marking is its number, seven bits a byte: those
// that come often come first, so that nearly each takes one byte. 0 is the
// number of a block without a marking. A cable takes about twelve bytes.
type blockMarks struct {
	ends []uint32 // of each row, in ids
	ids  []byte
}

func (m *blockMarks) of(row int) blockMarksOf {
	from := uint32(0)
	if row > 0 {
		from = m.ends[row-1]
	}
	return blockMarksOf(m.ids[from:m.ends[row]])
}

func (m *blockMarks) add(id uint32) { m.ids = binary.AppendUvarint(m.ids, uint64(id)) }
func (m *blockMarks) close()        { m.ends = append(m.ends, uint32(len(m.ids))) }

// fit says whether they are of n rows and stand for markings only.
func (m *blockMarks) fit(n, marks int) bool {
	if len(m.ends) != n {
		return false
	}
	last := uint32(0)
	for _, end := range m.ends {
		if end < last || int(end) > len(m.ids) {
			return false
		}
		for b := m.ids[last:end]; len(b) > 0; {
			id, size := binary.Uvarint(b)
			if size <= 0 || id >= uint64(marks) {
				return false
			}
			b = b[size:]
		}
		last = end
	}
	return int(last) == len(m.ids)
}

// blockMarksOf is the markings of one cable.
type blockMarksOf []byte

// next takes the first off; there must be one.
func (b *blockMarksOf) next() uint32 {
	s := *b
	if s[0] < 0x80 {
		*b = s[1:]
		return uint32(s[0])
	}
	id, size := binary.Uvarint(s)
	*b = s[max(size, 1):]
	return uint32(id)
}

// markSet says of each marking whether it holds.
type markSet []bool

// holding gives the markings of which a field holds; that of what has no
// marking never does.
func (m *marks) holding(f *query.Field) markSet {
	set := make(markSet, max(len(m.list), 0x80))
	for i, k := range m.list {
		set[i] = f.HoldsMark(k)
	}
	return set
}

// some says whether one of them holds. It is asked of every cable there is.
func (b blockMarksOf) some(holds markSet) bool {
	for last := byte(0); len(b) > 0; {
		if c := b[0]; c < 0x80 {
			if c != last && holds[c] { // the same often follow each other
				return true
			}
			last, b = c, b[1:]
		} else if holds[b.next()] {
			return true
		}
	}
	return false
}

// where sets a bit for each of the first n of which the marking holds.
func (b blockMarksOf) where(holds markSet, n int, out []uint64) {
	for i := 0; len(b) > 0 && i < n; i++ {
		if holds[b.next()] {
			out[i/64] |= 1 << (i % 64)
		}
	}
}

// count says how many there are.
func (b blockMarksOf) count() int {
	n := 0
	for _, c := range b {
		if c < 0x80 { // the last byte of a number
			n++
		}
	}
	return n
}
