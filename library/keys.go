package library

import (
	"sync/atomic"
	"time"

	"chancery/parser/source"
)

// Keys lets those who read a collection know of somebody at the keys, who comes
// first. Reading keeps all cores busy; what a key changes on the screen would be
// drawn only when the system takes a core away from it, several times over.
// Therefore who reads
//
//   - holds still when a key is pressed, until its frame can be on the screen,
//   - and takes turns at what costs most, taking in and writing, so that Go finds
//     a free place at once for the goroutine that a key wakes.
//
// It may be used from several goroutines. At nil ones there is nobody.
type Keys struct {
	began time.Time
	still atomic.Int64  // until when they hold still, nanoseconds since began
	turns chan struct{} // has one for each who works
}

// frameTime is how long a key and its frame take: 8 ms is what the framework's
// flush clock makes them wait at most, and 3 ms a large frame takes.
const frameTime = 14 * time.Millisecond

// NewKeys gives keys that nobody has pressed yet.
func NewKeys() *Keys {
	return &Keys{began: time.Now(), turns: make(chan struct{}, source.Cores())}
}

// Pressed says that a key was pressed. However fast keys come, who reads has half
// of the time.
func (k *Keys) Pressed() {
	if k == nil {
		return
	}
	now := time.Since(k.began)
	still := k.still.Load()
	if still == 0 || now >= time.Duration(still)+frameTime {
		k.still.CompareAndSwap(still, int64(now+frameTime))
	}
}

// giveWay returns when no key waits for its frame. Whoever reads asks it before
// each cable and each piece that is written, and holds no lock meanwhile that
// somebody at the keys may want.
func (k *Keys) giveWay() {
	if k == nil {
		return
	}
	if still := k.still.Load(); still > 0 {
		time.Sleep(time.Duration(still) - time.Since(k.began)) // which may be over
	}
}

// begin waits for a turn, of which there are as many as cores, and end gives it to
// the next. Within a turn nobody waits for another one, or for a source.
func (k *Keys) begin() {
	if k != nil {
		k.turns <- struct{}{}
	}
}

func (k *Keys) end() {
	if k != nil {
		<-k.turns
	}
}
