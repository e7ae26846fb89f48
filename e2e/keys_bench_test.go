package e2e

import (
	"bytes"
	"regexp"
	"testing"
	"time"
)

// BenchmarkKeys measures from a key to the end of what it changes on the
// screen (see meter.press), and how many bytes that is. The collection is that
// of CHANCERY_BENCH with the index in CHANCERY_CACHE, or else a made-up one; a
// number of keys is asked for with -benchtime 300x.
//
//	list    j and k within the rows in view; the reader beside it is held back
//	edge    j on and on from the foot of the list: its rows move by half of those
//	        in view at a time, and where the list is as wide as the screen by one
//	new     J, which shows the next cable at once
//	scroll  j in the reader
//	page    Space in the reader
//
// The screens named untold are those of a terminal that does not say which
// background it has: there the program paints one.
func BenchmarkKeys(b *testing.B) {
	path := subject(b)
	cache := indexed(b, path)
	for _, at := range []struct {
		size size
		how  string
	}{{wide(), ""}, {narrow(), ""}, {wide(), untold}} {
		name := at.size.String() + at.how
		for _, k := range []struct {
			name string
			play func(*testing.B, *meter, *tally)
		}{{"list", listKeys}, {"edge", edgeKeys}, {"new", newKeys}, {"scroll", scrollKeys("j", 20)}, {"page", scrollKeys(" ", 1)}} {
			b.Run(name+"/"+k.name, func(b *testing.B) {
				m := startMeter(b, at.size, cache, at.how, path)
				defer m.stop()
				m.until("a row of the list", showsRow)
				m.rest(2*time.Second, time.Second)
				var t tally
				k.play(b, m, &t)
				t.report(b)
			})
		}
	}
}

// listKeys goes down and up within the rows that are in view.
func listKeys(b *testing.B, m *meter, t *tally) {
	for i := 0; b.Loop(); i++ {
		key := "j"
		if i/8%2 == 1 {
			key = "k"
		}
		t.key(m, key, i)
	}
}

// edgeKeys goes on from the last row in view.
func edgeKeys(b *testing.B, m *meter, t *tally) {
	m.write("60j")
	m.rest(2*time.Second, time.Second)
	for i := 0; b.Loop(); i++ {
		if !t.key(m, "j", i) { // the end of the list
			m.write("g60j")
			m.rest(2*time.Second, time.Second)
		}
	}
}

// newKeys goes from cable to cable.
func newKeys(b *testing.B, m *meter, t *tally) {
	for i := 0; b.Loop(); i++ {
		if !t.key(m, "J", i) {
			m.write("g")
			m.rest(2*time.Second, time.Second)
		}
	}
}

// scrollKeys scrolls in a cable so many times, and goes on to the next one,
// which is not measured.
func scrollKeys(key string, times int) func(*testing.B, *meter, *tally) {
	return func(b *testing.B, m *meter, t *tally) {
		m.write("\r")
		m.rest(2*time.Second, time.Second)
		for i := 0; b.Loop(); i++ {
			if i%times == 0 {
				m.write("J")
				m.rest(time.Second, 300*time.Millisecond)
			}
			t.key(m, key, i)
		}
	}
}

// key presses a key and adds what came of it; false when nothing did. Keys do
// not come in step with the clock that the program sends frames by.
func (t *tally) key(m *meter, key string, i int) bool {
	time.Sleep(time.Duration(i*7%11) * time.Millisecond)
	took, n, ok := m.press(key)
	if ok {
		t.add(took, n)
	}
	return ok
}

// BenchmarkKeysWhileReading does the same while the collection is read and
// indexed, with an empty cache. Frames then come by themselves, which tell how
// far it is: the first frame counts that can only come of the key. For j in
// the list that is one with the sign of the row under the cursor, for j in the
// reader one that changes more rows than those of header and status, or that
// scrolls a part of the screen.
func BenchmarkKeysWhileReading(b *testing.B) {
	path := subject(b)
	b.Run("list", func(b *testing.B) {
		amid(b, path, "", showsRow)
	})
	b.Run("scroll", func(b *testing.B) {
		amid(b, path, "\r", func(s shot) bool { return scrolls.Match(s.bytes) || len(rowsOf.FindAll(s.bytes, -1)) > 6 })
	})
}

var (
	scrolls = regexp.MustCompile(`\x1b\[\d+;\d+r`)
	rowsOf  = regexp.MustCompile(`\x1b\[\d+;\d+H|\x1b\[\d+d|\n`)
)

// amid presses keys while a collection is read; when it is read, it begins
// again with another empty cache.
func amid(b *testing.B, path, before string, fits func(shot) bool) {
	var t tally
	var m *meter
	for i := 0; b.Loop(); i++ {
		if m == nil {
			m = startMeter(b, wide(), b.TempDir(), "", path)
			m.until("a row of the list", showsRow)
			m.write(before)
			m.rest(300*time.Millisecond, 100*time.Millisecond)
		}
		time.Sleep(time.Duration(i*7%11) * time.Millisecond)
		key := "j"
		if i/8%2 == 1 {
			key = "k"
		}
		if took, n, ok := m.pressAmid(key, fits); ok {
			t.add(took, n)
		}
		if m.done(30 * time.Millisecond) {
			m.stop()
			m = nil
		}
	}
	if m != nil {
		m.stop()
	}
	t.report(b)
}

// done says whether the collection is read, by what the status line says then;
// it waits so long for frames.
func (m *meter) done(wait time.Duration) bool {
	for end := time.Now().Add(wait); ; {
		s, ok := m.next(max(0, time.Until(end)))
		if !ok {
			return false
		}
		if bytes.Contains(s.bytes, []byte("= shows what was found")) {
			return true
		}
	}
}
