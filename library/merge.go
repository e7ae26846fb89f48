package library

import (
	"bytes"
	"container/heap"
)

// segmentReader reads a segment word by word. Each word is followed by its
// list: rows must be called before the next word.
type segmentReader struct {
	segment
	get func(leaf int) ([]byte, error)

	leaf   int
	buf    []byte
	end    int // of the lists
	ends   int // place of the next of the places of words
	at     int
	next   int // where the next word of the leaf begins; end when none does
	first  bool
	word   []byte // with the '0' before it
	places []byte
	done   bool
}

// load goes on to a leaf.
func (r *segmentReader) load(leaf int) (err error) {
	if r.buf, err = r.get(leaf); err != nil {
		return err
	}
	if r.end, err = leafEnd(r.buf); err != nil {
		return err
	}
	r.leaf, r.at, r.ends, r.next, r.first = leaf, leafHead, r.end, 0, true
	return r.place()
}

// place finds where the next word begins.
func (r *segmentReader) place() error {
	if r.ends == len(r.buf) {
		r.next = r.end
		return nil
	}
	n, size, ok := getVarint(r.buf[r.ends:])
	if !ok || n > uint64(r.end-r.next) {
		return errDamaged
	}
	r.ends += size
	r.next += int(n)
	return nil
}

func (r *segmentReader) number() (int, error) {
	n, size, ok := getVarint(r.buf[r.at:r.end])
	if !ok {
		return 0, errDamaged
	}
	r.at += size
	return int(n), nil
}

// begin goes on to the next word; done says that there is none.
func (r *segmentReader) begin() error {
	if r.buf == nil {
		if err := r.load(r.segment.first); err != nil {
			return err
		}
	}
	if r.done {
		return nil
	}
	if r.at != r.next || r.at >= r.end {
		return errDamaged
	}
	shared := 0
	var err error
	if !r.first {
		if shared, err = r.number(); err != nil {
			return err
		}
	}
	n, err := r.number()
	if err != nil || shared > len(r.word) || n > r.end-r.at || shared+n == 0 {
		return errDamaged
	}
	r.word = append(r.word[:shared], r.buf[r.at:r.at+n]...)
	r.at, r.first = r.at+n, false
	return r.place()
}

// rows gives the list of the word.
func (r *segmentReader) rows(row func(key int, places []byte) error) error {
	key, whole := 0, true
	for {
		if r.at >= r.next {
			if r.at < r.end {
				return nil
			}
			switch over, err := r.turn(); {
			case over || err != nil:
				return err
			}
			whole = true
		}
		n, err := r.number()
		if err != nil {
			return err
		}
		if whole {
			key = 0
		}
		key, whole = key+n, false
		if n, err = r.number(); err != nil {
			return err
		}
		leaf := r.leaf
		places, err := r.cut(n / 2)
		if err != nil {
			return err
		}
		whole = r.leaf != leaf
		if err := row(key, places); err != nil {
			return err
		}
	}
}

// turn goes on to the next leaf, and says whether the list does not.
func (r *segmentReader) turn() (over bool, err error) {
	if r.leaf == r.last {
		r.done = true
		return true, nil
	}
	if err := r.load(r.leaf + 1); err != nil {
		return false, err
	}
	return r.next == leafHead, nil
}

// cut gives the places of a cable, which may run over leaves.
func (r *segmentReader) cut(n int) ([]byte, error) {
	if n <= r.end-r.at {
		p := r.buf[r.at : r.at+n]
		r.at += n
		return p, nil
	}
	r.places = r.places[:0]
	for {
		part := min(n, r.end-r.at)
		r.places = append(r.places, r.buf[r.at:r.at+part]...)
		r.at += part
		if n -= part; n == 0 {
			return r.places, nil
		}
		if r.leaf == r.last {
			return nil, errDamaged
		}
		if err := r.load(r.leaf + 1); err != nil {
			return nil, err
		}
	}
}

// merging is segments by the word at hand, and by age.
type merging []*merged

type merged struct {
	segmentReader
	age int
}

func (m merging) Len() int      { return len(m) }
func (m merging) Swap(i, j int) { m[i], m[j] = m[j], m[i] }
func (m merging) Less(i, j int) bool {
	c := bytes.Compare(m[i].word, m[j].word)
	return c < 0 || c == 0 && m[i].age < m[j].age
}
func (m *merging) Push(x any) { *m = append(*m, x.(*merged)) }
func (m *merging) Pop() any {
	old := *m
	x := old[len(old)-1]
	*m = old[:len(old)-1]
	return x
}

// mergeSegments writes the lists of segments, of which the keys of each are
// above those of the ones before it. get reads a leaf, into room if it likes.
func mergeSegments(from []segment, get func(s segment, leaf int, room []byte) ([]byte, error), to *segmentWriter) error {
	var m merging
	for age, s := range from {
		r := &merged{age: age}
		r.segment, r.get = s, func(leaf int) ([]byte, error) { return get(s, leaf, r.buf) }
		if err := r.begin(); err != nil {
			return err
		}
		m = append(m, r)
	}
	heap.Init(&m)
	var word []byte
	for len(m) > 0 {
		r := m[0]
		if !bytes.Equal(r.word, word) {
			word = append(word[:0], r.word...)
			if err := to.begin(word[1:]); err != nil {
				return err
			}
		}
		if err := r.rows(to.row); err != nil {
			return err
		}
		if err := r.begin(); err != nil {
			return err
		}
		if r.done {
			heap.Pop(&m)
		} else {
			heap.Fix(&m, 0)
		}
	}
	return nil
}
