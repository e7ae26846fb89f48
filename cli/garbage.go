package cli

import (
	"context"
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"chancery/library"
)

// How much garbage the program lets lie, in bytes of what it holds altogether
// and in per cent of what is no garbage.
//
// To collect it takes the cores from who is at the keys, and stops everybody twice.
// But a collection that is held is no garbage: letting the heap double before it
// is looked at would double that too.
const (
	collectFrom = 160 << 20 // before the first time, while a collection is opened
	collectAt   = 50        // at rest

	// while a collection is read and somebody is at the keys: seldom, as long as
	// there is room
	collectReading = 200
	readingRoom    = 400 << 20
)

// withoutCollecting has no garbage collected until the program has grown large.
// From the first time on it is collected as ever: what a large collection holds
// would be looked through without end if the program were kept as small as that.
func withoutCollecting() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(collectFrom)
	runtime.AddCleanup(new([64]byte), func(struct{}) {
		if debug.SetMemoryLimit(-1) == collectFrom {
			collecting()
		}
	}, struct{}{})
}

// collecting has garbage collected as it is at rest.
func collecting() {
	debug.SetGCPercent(collectAt)
	debug.SetMemoryLimit(math.MaxInt64)
}

// collectingSeldom has it collected as it is while somebody is at the keys and a
// collection is read, until what is held fills the room for it: from there on as
// at rest.
func collectingSeldom() {
	debug.SetGCPercent(collectReading)
	debug.SetMemoryLimit(readingRoom)
	watchRoom()
}

// watchRoom looks at what is held the next time that garbage was collected.
func watchRoom() {
	runtime.AddCleanup(new([64]byte), func(struct{}) {
		switch {
		case debug.SetMemoryLimit(-1) != readingRoom: // the collection was read
		case fills(held()):
			collecting()
		default:
			watchRoom()
		}
	}, struct{}{})
}

// fills says whether there is less room left for garbage than at rest. An eighth
// of the room is for what is not on the heap.
func fills(held uint64) bool { return held+held*collectAt/100 > readingRoom/8*7 }

// held is how many bytes were no garbage when it was collected last.
func held() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	if metrics.Read(s); s[0].Value.Kind() != metrics.KindUint64 {
		return math.MaxUint64 / 2 // this Go does not tell
	}
	return s[0].Value.Uint64()
}

// collect has garbage collected from when the first cables can be searched:
// seldom as long as the collection is read, if somebody is at the keys, and else
// as at rest. What comes into memory before the first can be searched stays
// there: rows, and what questions ask of them, of which a quarter of a million
// would be looked through again each time the heap has grown by half.
func collect(ctx context.Context, l *library.Library, keys bool) {
	began := false
	for after := 0; ; {
		p, err := l.Progress(ctx, after)
		switch {
		case err != nil, p.Done, p.Searchable > 0 && !keys:
			collecting()
			return
		case p.Searchable > 0 && !began:
			began = true
			collectingSeldom()
		}
		after = p.Version
	}
}
