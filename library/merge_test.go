package library

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
)

// leafMap takes segments into memory.
type leafMap map[int64][]byte

func (m leafMap) block(id int64, b []byte) error { m[id] = bytes.Clone(b); return nil }
func (m leafMap) first([]byte, int, bool) error  { return nil }
func (m leafMap) get(s segment, n int, _ []byte) ([]byte, error) {
	b, ok := m[int64(s.id)<<segmentShift+int64(n)]
	if !ok {
		return nil, errDamaged
	}
	return b, nil
}

// A leaf that is damaged is found, or gives other words: it never makes the
// merging of segments fail otherwise or go on for ever.
func TestDamagedLeafEndsMerging(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	leaves := leafMap{}
	var from []segment
	key := 1
	for id := 1; id <= 3; id++ {
		var v inverter
		v.start()
		for _, w := range madeWords(r, 60) {
			v.add(key, &w)
			key++
		}
		w := newSegment(leaves, id, 200)
		if err := v.each(w.begin, w.row); err != nil {
			t.Fatal(err)
		}
		n, err := w.end()
		if err != nil {
			t.Fatal(err)
		}
		from = append(from, segment{id, 1, n})
	}
	merge := func(get func(s segment, n int, room []byte) ([]byte, error)) error {
		w := newSegment(leafMap{}, 9, 200)
		err := mergeSegments(from, get, w)
		if err == nil {
			_, err = w.end()
		}
		return err
	}
	if err := merge(leaves.get); err != nil {
		t.Fatal(err)
	}
	found := 0
	for range 3000 {
		s := from[r.IntN(len(from))]
		at := 1 + r.IntN(s.last)
		err := merge(func(of segment, n int, _ []byte) ([]byte, error) {
			b, err := leaves.get(of, n, nil)
			if err == nil && of == s && n == at {
				b = bytes.Clone(b)
				switch r.IntN(4) {
				case 0:
					b = b[:r.IntN(len(b))]
				case 1:
					clear(b[r.IntN(len(b)):])
				default:
					b[r.IntN(len(b))] = byte(r.Uint32())
				}
			}
			return b, err
		})
		if err != nil {
			found++
			if !errors.Is(err, errDamaged) {
				t.Fatal(err)
			}
		}
	}
	if found < 1000 {
		t.Error(fmt.Sprint(found, " of 3000 are found"))
	}
}
