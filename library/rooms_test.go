package library

import (
	"strings"
	"testing"
	"unsafe"

	"pgregory.net/rapid"

	"chancery/model"
)

func TestRoomSizes(t *testing.T) {
	last := -1
	for n := 1; n <= roomMost; n++ {
		size, place := roomFor(n)
		switch {
		case size < n, n > roomLeast && size > n+n/4:
			t.Fatalf("%d bytes get %d", n, size)
		case place < 0, place >= roomSizes, place < last, place > last+1:
			t.Fatalf("%d bytes are at place %d after %d", n, place, last)
		}
		if again, at := roomFor(size); again != size || at != place {
			t.Fatalf("room of %d bytes does not come back to its place", size)
		}
		last = place
	}
	if last != roomSizes-1 {
		t.Fatalf("%d sizes", last+1)
	}
}

// Nothing is lent to two at a time, and what is lent has the room asked for.
func TestRoomsLendOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &rooms{}
		var out [][]byte
		lent := map[*byte]bool{}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			if len(out) > 0 && rapid.Bool().Draw(t, "back") {
				i := rapid.IntRange(0, len(out)-1).Draw(t, "which")
				delete(lent, &out[i][:1][0])
				r.back(out[i])
				out = append(out[:i], out[i+1:]...)
				continue
			}
			n := rapid.IntRange(1, roomMost+5000).Draw(t, "bytes")
			b := r.lend(n)
			if at := &b[:1][0]; len(b) != 0 || cap(b) < n || lent[at] {
				t.Fatalf("for %d bytes: %d of %d, lent already: %v", n, len(b), cap(b), lent[at])
			} else {
				lent[at] = true
			}
			out = append(out, b)
		}
	})
}

// What is free is bounded, and counted well.
func TestRoomsKeepLittle(t *testing.T) {
	r := &rooms{}
	var out [][]byte
	for range 2 * roomsHeld / roomMost {
		out = append(out, r.lend(roomMost))
	}
	for _, b := range out {
		r.back(b)
	}
	if r.held != roomsHeld {
		t.Errorf("%d bytes are held", r.held)
	}
	for range out {
		r.lend(roomMost)
	}
	if r.held != 0 {
		t.Errorf("%d bytes are held when all is lent", r.held)
	}
	r.end()
	for _, b := range out {
		r.back(b)
	}
	if r.held != 0 {
		t.Errorf("%d bytes are held at the end", r.held)
	}
	r = &rooms{}
	var none *rooms
	none.back(none.lend(10))
	grown := append(r.lend(2000), make([]byte, 4000)...) // room of its own
	r.back(grown)
	if n := r.held; n != 0 && cap(grown) != n {
		t.Errorf("%d bytes are held", n)
	}
}

// A name that is kept is no slice of the text it was met in.
func TestNamesKeepCopies(t *testing.T) {
	text := strings.Repeat("long ", 1000) + "ASTANA"
	var n names
	id := n.id(text[len(text)-6:])
	if n.at(id) != "ASTANA" || unsafe.StringData(n.at(id)) == unsafe.StringData(text[len(text)-6:]) {
		t.Errorf("%q stands in the text", n.at(id))
	}
	var m marks

	_ = m.id(model.Marking{Level: model.Secret, Controls: []string{text[len(text)-6:]}})
	if k := m.list; len(k) != 2 || k[1].Controls[0] != "ASTANA" || unsafe.StringData(k[1].Controls[0]) == unsafe.StringData(text[len(text)-6:]) {
		t.Errorf("%v stands in the text", k)
	}
}

// A batch that is written gives back the room of its texts and words.
func TestBatchesGiveRoomBack(t *testing.T) {
	r := &rooms{}
	l := Open(t.Context(), Options{Name: "x", Paths: []string{madeTable(t, 1)}, Cache: t.TempDir()})
	defer l.Close()
	if _, err := l.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := startWriter(t.Context(), l, r)
	text, words := r.lend(5000), r.lend(3000)
	w.work <- &stored{batch: batch{first: 2, n: 1, seq: 1, shard: 1}, bodies: [][]byte{append(text, "x"...)}, words: []wording{{text: append(words, "nothing "...)}}}
	if err := w.finish(); err != nil {
		t.Fatal(err)
	}
	if r.held != cap(text)+cap(words) {
		t.Errorf("of %d bytes %d are back", cap(text)+cap(words), r.held)
	}
}
