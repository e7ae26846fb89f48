package library

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"chancery/parser/source"
)

// withBodies gives a shard that holds batches of texts, of which some are not
// kept, and all of them by key.
func withBodies(t testing.TB, batches [][][]byte) (*shard, map[int][]byte) {
	t.Helper()
	s := memoryShard(t)
	all := map[int][]byte{}
	var with press
	first := 1
	for seq, bodies := range batches {
		b := &stored{batch: batch{seq: seq, first: first, n: len(bodies), run: 1}, bodies: bodies, words: make([]wording, len(bodies))}
		if err := s.put(t.Context(), b, &with); err != nil {
			t.Fatal(err)
		}
		for i, body := range bodies {
			all[first+i] = body
		}
		first += len(bodies) + 50 // the other shard has these
	}
	return s, all
}

func madeBodies(r *rand.Rand, n int) [][]byte {
	bodies := make([][]byte, n)
	for i := range bodies {
		switch size := r.IntN(2 * chunkBytes / 9); r.IntN(8) {
		case 0: // is not kept
		case 1:
			bodies[i] = bytes.Repeat([]byte("AMEMBASSY "), size)
		case 2:
			bodies[i] = []byte{byte(i)}
		default:
			bodies[i] = []byte(fmt.Sprint(r.Uint64(), bytes.Repeat([]byte("x"), size/8), i))
		}
	}
	return bodies
}

// Each text comes back as it was put in, alone and among others.
func TestBodiesComeBack(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 5))
		s, all := withBodies(t, [][][]byte{madeBodies(r, 1+r.IntN(90)), madeBodies(r, 1+r.IntN(3)), make([][]byte, 3), madeBodies(r, 200)})
		var keys []int
		for key := range 600 {
			if r.IntN(3) > 0 {
				keys = append(keys, key)
			}
		}
		met := 0
		err := s.bodies(t.Context(), keys, none, func(key int, body []byte) error {
			if key != keys[met] || !bytes.Equal(body, all[key]) {
				t.Fatalf("seed %d: the text of %d is %d bytes of %d", seed, key, len(body), len(all[key]))
			}
			met++
			return nil
		})
		if err != nil || met != len(keys) {
			t.Fatalf("seed %d: %d of %d texts, %v", seed, met, len(keys), err)
		}
		few, others, rest := keys[:0:0], 0, map[int]bool{}
		for _, key := range keys {
			if r.IntN(9) == 0 {
				few, rest[key] = append(few, key), true
			}
		}
		last := -1
		err = s.bodies(t.Context(), few, func(key int) bool { return key%2 == 0 }, func(key int, body []byte) error {
			if key <= last || key%2 != 0 && !rest[key] || !bytes.Equal(body, all[key]) {
				t.Fatalf("seed %d: the text of %d is %d bytes of %d", seed, key, len(body), len(all[key]))
			}
			if !rest[key] {
				others++
			}
			delete(rest, key)
			last = key
			return nil
		})
		if err != nil || len(rest) > 0 || others == 0 && len(few) > 20 {
			t.Fatalf("seed %d: %d texts are left, %d others came, %v", seed, len(rest), others, err)
		}
		for range 300 {
			key := r.IntN(600)
			body, err := s.body(t.Context(), key)
			if !bytes.Equal(body, all[key]) || (err != nil) != (len(all[key]) == 0) || err != nil && !errors.Is(err, errNoBody) {
				t.Fatalf("seed %d: the text of %d alone is %d bytes of %d, %v", seed, key, len(body), len(all[key]), err)
			}
		}
	}
}

func none(int) bool { return false }

// Many texts are read with one statement a chunk, and one that the reader
// wants no more of ends it.
func TestBodiesEnd(t *testing.T) {
	s, _ := withBodies(t, [][][]byte{madeBodies(rand.New(rand.NewPCG(1, 1)), 40)})
	enough := errors.New("enough")
	if err := s.bodies(t.Context(), []int{1, 2, 3}, none, func(int, []byte) error { return enough }); !errors.Is(err, enough) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.bodies(ctx, []int{1, 2, 3}, none, func(int, []byte) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// Whatever is changed in a chunk, no wrong text comes out of it.
func TestDamagedChunkIsFound(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	var k chunker
	dec, err := newDecoder()
	if err != nil {
		t.Fatal(err)
	}
	chunks := 0
	err = k.each(7, madeBodies(r, 30), func(first, n int, z []byte) error {
		chunks++
		good, err := unpackChunk(dec, first, n, z, nil)
		if err != nil {
			return err
		}
		for _, at := range [...][2]int{{first + 1, n}, {first, n + 1}, {first, n - 1}, {first, -1}, {first, 1 << 40}} {
			if _, err := unpackChunk(dec, at[0], at[1], z, nil); !errors.Is(err, errDamaged) {
				t.Errorf("chunk of %d, %d read as of %d: %v", first, n, at, err)
			}
		}
		for range 300 {
			bad := bytes.Clone(z)
			bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
			c, err := unpackChunk(dec, first, n, bad, nil)
			if err == nil && bytes.Equal(c.texts, good.texts) { // a bit of the header that says nothing
				continue
			}
			if !errors.Is(err, errDamaged) {
				t.Fatalf("chunk of %d: a flipped bit gives %v", first, err)
			}
		}
		if _, err := unpackChunk(dec, first, n, z[:len(z)/2], nil); !errors.Is(err, errDamaged) {
			t.Errorf("half a chunk: %v", err)
		}
		return nil
	})
	if err != nil || chunks < 3 {
		t.Fatal(chunks, err)
	}
}

// BenchmarkBodies reads one text, and a thousand that follow each other, of
// the collection that CHANCERY_BENCH names.
func BenchmarkBodies(b *testing.B) {
	path := os.Getenv("CHANCERY_BENCH")
	if path == "" {
		path = madeTable(b, 3000)
	}
	var batches [][][]byte
	size, enough, n := 0, errors.New("enough"), 0
	err := source.Walk(b.Context(), []string{path}, func(it source.Item) error {
		if n%800 == 0 {
			if n == 8000 {
				return enough
			}
			batches = append(batches, nil)
		}
		n++
		last := &batches[len(batches)-1]
		*last = append(*last, bodyOf(it.Message, Parse(it.Message), nil))
		size += len((*last)[len(*last)-1])
		return nil
	})
	if err != nil && !errors.Is(err, enough) {
		b.Fatal(err)
	}
	s, all := withBodies(b, batches)
	packed := 0
	if err := s.read.QueryRow("SELECT sum(length(z)) FROM chunk").Scan(&packed); err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	read := func(b *testing.B, keys []int) {
		if err := s.bodies(b.Context(), keys, none, func(key int, body []byte) error {
			if len(body) != len(all[key]) {
				b.Fatal(key)
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			read(b, []int{1 + r.IntN(n)})
		}
		b.ReportMetric(float64(packed)/float64(size), "packed/text")
	})
	b.Run("every tenth", func(b *testing.B) {
		var keys []int
		for key := 1; key <= n; key += 10 {
			keys = append(keys, key)
		}
		for b.Loop() {
			read(b, keys)
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(keys)), "us/text")
	})
	b.Run("thousand", func(b *testing.B) {
		keys := make([]int, 1000)
		for b.Loop() {
			from := 1 + r.IntN(max(1, n-1000))
			for i := range keys {
				keys[i] = from + i
			}
			read(b, keys)
		}
	})
}
