package library

import (
	"testing"

	"pgregory.net/rapid"
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
