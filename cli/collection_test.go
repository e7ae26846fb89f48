package cli

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// Once the program has grown so large that garbage is collected while a
// collection is opened, it may go on growing.
func TestCollectingBegins(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(-1)
	t.Cleanup(func() { debug.SetGCPercent(percent); debug.SetMemoryLimit(limit) })
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
