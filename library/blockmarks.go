package library

import (
	"context"
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
	return blockMarksOf(m.ids[m.begin(row):m.ends[row]])
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

// some calls found with each row from first to before end that has a marking of
// which it holds, until the question is called off. Such a marking is looked for
// in all these rows at once, and only then whose it is: most rows have none, and
// are short.
func (m *blockMarks) some(ctx context.Context, holds markSet, first, end int, found func(row int)) error {
	var stops [256]bool // a byte that must be looked at
	for c := range stops {
		stops[c] = c >= 0x80 || holds[c]
	}
	const stretch = 1 << 16
	at, last := m.begin(first), m.begin(end)
	for row := first; at < last; {
		if err := ctx.Err(); err != nil {
			return err
		}
		for until := min(at+stretch, last); ; {
			if at += unmarked(m.ids[min(at, until):until], &stops); at >= until {
				break
			}
			for int(m.ends[row]) <= at {
				row++
			}
			left := blockMarksOf(m.ids[at:m.ends[row]])
			if holds[left.next()] {
				found(row)
				left = nil
			}
			at = int(m.ends[row]) - len(left)
		}
	}
	return ctx.Err()
}

// unmarked says how many bytes stand before the first that stops.
func unmarked(ids []byte, stops *[256]bool) int {
	for i, c := range ids {
		if stops[c] {
			return i
		}
	}
	return len(ids)
}

// begin is where the markings of a row begin.
func (m *blockMarks) begin(row int) int {
	if row == 0 {
		return 0
	}
	return int(m.ends[row-1])
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
