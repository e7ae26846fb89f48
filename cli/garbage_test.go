package cli

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// settings gives the settings of the collector back to the other tests.
func settings(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	t.Cleanup(func() { debug.SetGCPercent(percent); debug.SetMemoryLimit(limit) })
}

// Once the program has grown so large that garbage is collected while a
// collection is opened, it may go on growing.
func TestCollectingBegins(t *testing.T) {
	settings(t)
	withoutCollecting()
	if debug.SetMemoryLimit(-1) != collectFrom {
		t.Fatal("nothing says from when on garbage is collected")
	}
	runtime.GC() // as it is when so much is held
	for range 200 {
		if debug.SetMemoryLimit(-1) == math.MaxInt64 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if now := debug.SetGCPercent(collectAt); now != collectAt || debug.SetMemoryLimit(-1) != math.MaxInt64 {
		t.Errorf("garbage is collected at %d%%, within %d bytes", now, debug.SetMemoryLimit(-1))
	}
}

// While a collection is read garbage is collected seldom, until what is held
// leaves no room for that.
func TestCollectingSeldom(t *testing.T) {
	settings(t)
	collectingSeldom()
	for range 3 {
		runtime.GC()
		time.Sleep(20 * time.Millisecond)
	}
	if debug.SetMemoryLimit(-1) != readingRoom || debug.SetGCPercent(collectReading) != collectReading {
		t.Error("with little held it is collected as at rest")
	}
	if fills(held()) || fills(readingRoom/2) || !fills(readingRoom/3*2) {
		t.Errorf("%d bytes are held", held())
	}
	large := make([]byte, readingRoom*3/4) // of which no page is touched
	runtime.GC()
	for range 200 {
		if debug.SetMemoryLimit(-1) == math.MaxInt64 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if now := debug.SetGCPercent(collectAt); now != collectAt || debug.SetMemoryLimit(-1) != math.MaxInt64 {
		t.Errorf("with %d bytes held garbage is collected at %d%%, within %d bytes", len(large), now, debug.SetMemoryLimit(-1))
	}
	runtime.KeepAlive(large)
}
