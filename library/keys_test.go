package library

import (
	"path/filepath"
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
	k.Pressed()
	k.giveWay()
	k.begin()
	k.begin()
	k.end()
}

// putting has a shard of a test take one cable; done is closed when it has.
func putting(t *testing.T, s *shard, k *Keys) (done chan struct{}) {
	done = make(chan struct{})
	go func() {
		defer close(done)
		c := Parse(messageOfText("SUBJECT: MADE UP\n\n1. (C) Nothing.\n"))
		b := &stored{batch: batch{first: 1, n: 1}, bodies: [][]byte{[]byte("x")}, words: []wording{wordingOf(c, nil)}}
		if err := s.put(t.Context(), b, &press{keys: k}); err != nil {
			t.Error(err)
		}
	}()
	return done
}

// ended says whether something is over when nothing moves any more.
func ended(done chan struct{}) bool {
	synctest.Wait()
	select {
	case <-done:
		return true
	default:
		return false
	}
}

// Taking in and writing wait for a turn, and give it up.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := NewKeys()
		s, err := openShard(t.Context(), filepath.Join(t.TempDir(), "shard"), true)
		if err != nil {
			t.Fatal(err)
		}
		defer s.close() //nolint:errcheck // of a test
		for range cap(k.turns) {
			k.begin()
		}
		parsed := make(chan struct{})
		rec := recorder{keys: k}
		go func() {
			defer close(parsed)
			rec.work(source.Item{Message: messageOfText("1. (C) Made up.")})
		}()
		put := putting(t, s, k)
		if ended(parsed) || ended(put) {
			t.Error("somebody works without a turn")
		}
		k.end()
		<-parsed
		<-put
		if n := len(k.turns); n != cap(k.turns)-1 {
			t.Errorf("%d turns are not given up", n-cap(k.turns)+1)
		}
	})
}

// A shard on disk is written to when no key waits; one in memory at once, since
// whoever reads it would wait too.
func TestWritingGivesWay(t *testing.T) {
	for _, file := range []string{filepath.Join(t.TempDir(), "shard"), ""} {
		synctest.Test(t, func(t *testing.T) {
			s, err := openShard(t.Context(), file, true)
			if err != nil {
				t.Fatal(err)
			}
			defer s.close() //nolint:errcheck // of a test
			k := NewKeys()
			time.Sleep(time.Second)
			k.Pressed()
			from := time.Now()
			<-putting(t, s, k)
			want := frameTime
			if file == "" {
				want = 0
			}
			if took := time.Since(from); took != want {
				t.Errorf("%q: written %v behind a key", file, took)
			}
		})
	}
}

// What is read while somebody presses keys is what is read otherwise.
func TestReadWithSomebodyAtTheKeys(t *testing.T) {
	a := shaped(t, "folder", 60)
	want, _ := asked{path: a.path, base: a.base}.once(t, hooks{})
	k := NewKeys()
	l := Open(t.Context(), Options{Name: "x", Paths: []string{a.path}, Cache: a.cache, Keys: k, hooks: hooks{batch: 8, parsed: func(string) { k.Pressed() }}})
	defer l.Close()
	same(t, "read with somebody at the keys", state(t, l, a.base), want)
	if _, err := l.Settled(t.Context()); err != nil {
		t.Error(err)
	}
	if l.Close(); len(k.turns) != 0 || k.still.Load() == 0 {
		t.Errorf("%d turns are not given up; held still until %d", len(k.turns), k.still.Load())
	}
}
