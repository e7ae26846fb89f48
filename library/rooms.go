package library

import (
	"math/bits"
	"sync"
)

// rooms lends room for what is kept of a text until it is written, and takes it
// back. As garbage it would be most of what an import leaves, and each time that
// garbage is collected, a key waits. It may be used by several goroutines; a nil
// one lends what is new and takes nothing back.
type rooms struct {
	mu   sync.Mutex
	free [roomSizes][][]byte
	held int  // bytes of what is free
	over bool // nothing more is kept
}

const (
	roomLeast = 1 << 10
	roomMost  = 256 << 10 // what is larger is seldom
	roomSizes = 33
	roomsHeld = 48 << 20 // a few batches
)

// roomFor gives the size of the room in which n bytes have room, a quarter more
// than they need at most, and its place among the sizes.
func roomFor(n int) (size, place int) {
	if n <= roomLeast {
		return roomLeast, 0
	}
	step := bits.Len(uint(n-1)) - 3
	quarters := (n-1)>>step + 1 // 5 to 8
	return quarters << step, 1 + 4*(step-8) + quarters - 5
}

// lend gives room for n bytes, with nothing in it.
func (r *rooms) lend(n int) []byte {
	if r == nil || n > roomMost {
		return make([]byte, 0, n)
	}
	size, place := roomFor(n)
	r.mu.Lock()
	defer r.mu.Unlock()
	free := r.free[place]
	if len(free) == 0 {
		return make([]byte, 0, size)
	}
	b := free[len(free)-1]
	r.free[place] = free[:len(free)-1]
	r.held -= size
	return b
}

// back takes room back: nobody may use b any more.
func (r *rooms) back(b []byte) {
	if r == nil || cap(b) < roomLeast || cap(b) > roomMost {
		return
	}
	size, place := roomFor(cap(b))
	if size != cap(b) { // it had to grow and is not of here
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.over && r.held+size <= roomsHeld {
		r.held += size
		r.free[place] = append(r.free[place], b[:0])
	}
}

// end lets go of what is free, and of what comes back later.
func (r *rooms) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.free, r.held, r.over = [roomSizes][][]byte{}, 0, true
}
