package library

import "encoding/binary"

// The full text is kept and searched by FTS5, but its own way to take texts in
// costs most of an import: it is therefore given whole segments, in the form in
// which it stores them (https://sqlite.org/fts5.html, and fts5_index.c). A
// segment is the words of some cables in the order of the bytes, cut into
// leaves of about leafSize bytes:
//
//	leaf: place of its first key if that is not after a word, place of its end,
//	      rest of the list that the leaf before began,
//	      word, list, word, list ...  and at its end the places of its words
//	list: key, 2*size of its places, places; distance to the next key ...
//
// Which word a leaf begins with is in a table of its own, where lists that run
// over some leaves also have an index of their keys (lists of lists).
//
// Its numbers are those of SQLite: seven bits a byte, the highest first.
const (
	leafSize     = 4050 // what FTS5 takes
	leafHead     = 4
	skipLeast    = 4 // leaves without a word, from which on a list has an index
	segmentShift = 37
	skipShift    = 36
	skipLevel    = 31
)

// segmentSink takes what a segment is made of.
type segmentSink interface {
	block(id int64, b []byte) error               // a leaf, or a piece of the index of a list
	first(word []byte, leaf int, skip bool) error // the word a leaf begins with, cut as short as may be
}

// segmentWriter writes one segment.
type segmentWriter struct {
	sink segmentSink
	id   int64
	size int // of a leaf

	leaf      int // number of the one at hand, from 1
	buf, ends []byte
	lastEnd   int
	word      []byte // the last one
	key       int    // the last one
	bare      bool   // no word begins on this leaf
	keyless   bool   // nor any key, before a word
	fresh     bool   // the list has no key yet

	opened     []byte // word with which the leaf begins that has one last
	openedLeaf int
	empty      int // leaves without a word after it
	skips      []skip
}

// skip is a level of the index of a list: the leaves on which a key stands
// first, and these keys; above it the same of its own pieces.
type skip struct {
	buf  []byte
	page int
	last int
	any  bool
}

func newSegment(sink segmentSink, id, size int) *segmentWriter {
	return &segmentWriter{sink: sink, id: int64(id), size: size, leaf: 1, bare: true, openedLeaf: 1, buf: make([]byte, leafHead, 2*size), skips: make([]skip, 1)}
}

func (s *segmentWriter) used() int { return len(s.buf) + len(s.ends) }

// begin begins the list of a word.
func (s *segmentWriter) begin(w []byte) error {
	if s.used()+len(w)+3 >= s.size && len(s.buf) > leafHead {
		if err := s.flush(); err != nil {
			return err
		}
	}
	s.ends = appendVarint(s.ends, uint64(len(s.buf)-s.lastEnd))
	s.lastEnd = len(s.buf)
	// the word as FTS5 has it: '0' before it says that it is no prefix
	n := 0
	if len(s.word) > 0 {
		for n = 1; n < len(s.word) && n <= len(w) && s.word[n] == w[n-1]; {
			n++
		}
	}
	s.word = append(append(s.word[:0], '0'), w...)
	if s.bare {
		if s.leaf != 1 {
			if err := s.open(s.word[:min(n+1, len(s.word))]); err != nil {
				return err
			}
		}
		n = 0
	} else {
		s.buf = appendVarint(s.buf, uint64(n))
	}
	s.buf = appendVarint(s.buf, uint64(len(s.word)-n))
	s.buf = append(s.buf, s.word[n:]...)
	s.bare, s.keyless, s.fresh = false, false, true
	s.skips[0].page = s.leaf
	return nil
}

// row adds a cable to the list of the word. Keys rise; else what they were
// read from is damaged.
func (s *segmentWriter) row(key int, places []byte) error {
	if key <= s.key && !s.fresh || len(places) == 0 {
		return errDamaged
	}
	if s.used() >= s.size {
		if err := s.flush(); err != nil {
			return err
		}
	}
	if s.keyless {
		binary.BigEndian.PutUint16(s.buf, uint16(len(s.buf)))
		if err := s.skipTo(key); err != nil {
			return err
		}
	}
	if s.fresh || s.keyless {
		s.buf = appendVarint(s.buf, uint64(key))
	} else {
		s.buf = appendVarint(s.buf, uint64(key-s.key))
	}
	s.key, s.fresh, s.keyless = key, false, false
	s.buf = appendVarint(s.buf, 2*uint64(len(places)))
	for s.used()+len(places) >= s.size {
		n := 0
		for room := s.size - s.used(); n < room; { // no number is cut
			for n < len(places)-1 && places[n] >= 0x80 {
				n++
			}
			n++
		}
		s.buf = append(s.buf, places[:n]...)
		places = places[n:]
		if err := s.flush(); err != nil {
			return err
		}
	}
	s.buf = append(s.buf, places...)
	return nil
}

// flush ends a leaf.
func (s *segmentWriter) flush() error {
	binary.BigEndian.PutUint16(s.buf[2:], uint16(len(s.buf)))
	if s.bare {
		if s.keyless && len(s.skips[0].buf) > 0 {
			s.skips[0].buf = append(s.skips[0].buf, 0)
		}
		s.empty++
	} else {
		s.buf = append(s.buf, s.ends...)
	}
	if err := s.sink.block(s.id<<segmentShift+int64(s.leaf), s.buf); err != nil {
		return err
	}
	clear(s.buf[:leafHead])
	s.buf, s.ends, s.lastEnd = s.buf[:leafHead], s.ends[:0], 0
	s.leaf++
	s.bare, s.keyless = true, true
	return nil
}

// open notes the word with which a leaf begins, when all is known of the one
// before.
func (s *segmentWriter) open(w []byte) error {
	if err := s.close(); err != nil {
		return err
	}
	s.opened, s.openedLeaf = append(s.opened[:0], w...), s.leaf
	return nil
}

func (s *segmentWriter) close() error {
	long := len(s.skips[0].buf) > 0 && s.empty >= skipLeast
	for i := range s.skips {
		k := &s.skips[i]
		if len(k.buf) == 0 {
			break
		}
		if long {
			if err := s.sink.block(s.skipID(i), k.buf); err != nil {
				return err
			}
		}
		k.buf, k.any = k.buf[:0], false
	}
	s.empty = 0
	return s.sink.first(s.opened, s.openedLeaf, long)
}

func (s *segmentWriter) skipID(level int) int64 {
	return s.id<<segmentShift + 1<<skipShift + int64(level)<<skipLevel + int64(s.skips[level].page)
}

// skipTo notes in the index of the list that a leaf has a key first.
func (s *segmentWriter) skipTo(key int) error {
	for i := 0; ; i++ {
		full := len(s.skips[i].buf) >= s.size
		if full {
			k := &s.skips[i]
			k.buf[0] = 1 // it is not the highest
			if err := s.sink.block(s.skipID(i), k.buf); err != nil {
				return err
			}
			if i+1 == len(s.skips) {
				s.skips = append(s.skips, skip{})
			}
			k = &s.skips[i]
			if up := &s.skips[i+1]; len(up.buf) == 0 {
				up.page, up.any = k.page, true
				_, n, _ := getVarint(k.buf[1:])
				first, _, _ := getVarint(k.buf[1+n:])
				up.buf = appendVarint(appendVarint(append(up.buf, 0), uint64(k.page)), first)
				up.last = int(first)
			}
			k.buf, k.any = k.buf[:0], false
			k.page++
		}
		k := &s.skips[i]
		val := key - k.last
		if !k.any {
			page, more := s.leaf, byte(0)
			if i > 0 {
				page = s.skips[i-1].page
			}
			if full {
				more = 1
			}
			k.buf = appendVarint(append(k.buf, more), uint64(page))
			val = key
		}
		k.buf = appendVarint(k.buf, uint64(val))
		k.any, k.last = true, key
		if !full {
			return nil
		}
	}
}

// end ends the segment and gives how many leaves it has.
func (s *segmentWriter) end() (int, error) {
	if len(s.buf) > leafHead {
		if err := s.flush(); err != nil {
			return 0, err
		}
	}
	if s.leaf == 1 {
		return 0, nil
	}
	return s.leaf - 1, s.close()
}

func appendVarint(b []byte, n uint64) []byte {
	if n < 1<<7 {
		return append(b, byte(n))
	}
	if n < 1<<14 {
		return append(b, byte(n>>7)|0x80, byte(n&0x7f))
	}
	shift := 14
	for n>>shift >= 1<<7 {
		shift += 7
	}
	for ; shift > 0; shift -= 7 { // numbers of 57 bits and more are written otherwise; there are none
		b = append(b, byte(n>>shift)|0x80)
	}
	return append(b, byte(n&0x7f))
}

// getVarint reads a number and tells how many bytes it has; false when it is
// cut.
func getVarint(b []byte) (n uint64, size int, ok bool) {
	for i := range min(len(b), 8) {
		n = n<<7 | uint64(b[i]&0x7f)
		if b[i] < 0x80 {
			return n, i + 1, true
		}
	}
	return 0, 0, false
}
