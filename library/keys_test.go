package library

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"chancery/parser/source"
)

func TestKeysHoldReadingStill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := NewKeys()
		waits := func() time.Duration {
			from := time.Now()
			k.giveWay()
			return time.Since(from)
		}
		if d := waits(); d != 0 {
			t.Errorf("before the first key it waits %v", d)
		}
		time.Sleep(time.Second)
		k.Pressed()
		time.Sleep(4 * time.Millisecond)
		if d := waits(); d != frameTime-4*time.Millisecond {
			t.Errorf("4 ms behind a key it waits %v", d)
		}
		if d := waits(); d != 0 {
			t.Errorf("when the frame is there it waits %v", d)
		}
	})
}

// However fast keys come, half of the time is for reading.
func TestKeysLeaveHalfOfTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := NewKeys()
		done := make(chan struct{})
		go func() {
			for range 1000 {
				k.Pressed()
				time.Sleep(time.Millisecond)
			}
			close(done)
		}()
		var still, in time.Duration
		for from := time.Now(); ; {
			select {
			case <-done:
				if in < 990*time.Millisecond || still > in*6/10 || still < in*4/10 {
					t.Errorf("of %v reading held still for %v", in, still)
				}
				return
			default:
			}
			before := time.Now()
			k.giveWay()
			still += time.Since(before)
			time.Sleep(100 * time.Microsecond)
			in = time.Since(from)
		}
	})
}

func TestNobodyAtTheKeys(*testing.T) {
	var k *Keys
	k.giveWay()
	k.begin()
	k.begin()
	k.end()
}

// What is read while somebody presses keys is what is read otherwise, and no
// more cables are read at a time than there are cores.
func TestReadWithSomebodyAtTheKeys(t *testing.T) {
	a := shaped(t, "folder", 60)
	want, _ := asked{path: a.path, base: a.base}.once(t, hooks{})
	k := NewKeys()
	var most atomic.Int64
	l := Open(t.Context(), Options{Name: "x", Paths: []string{a.path}, Cache: a.cache, Keys: k, hooks: hooks{batch: 8, parsed: func(string) {
		k.Pressed()
		most.Store(max(most.Load(), int64(len(k.turns))))
	}}})
	defer l.Close()
	same(t, "read with somebody at the keys", state(t, l, a.base), want)
	if n := int(most.Load()); n < 1 || n > source.Cores() || len(k.turns) != 0 {
		t.Errorf("%d turns at a time on %d cores, %d at the end", n, source.Cores(), len(k.turns))
	}
}
