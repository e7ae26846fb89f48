package e2e

import (
	"os"
	"strings"
	"testing"
	"time"
)

// wide is the screen that most is measured on, narrow the smallest usual one.
func wide() size   { return size{200, 50} }
func narrow() size { return size{80, 24} }

// BenchmarkFirstFrame measures from starting the built program to the moment
// the first rows of its list have reached the terminal, at 200x50, when it is
// given nothing: the embedded sample.
func BenchmarkFirstFrame(b *testing.B) {
	var o opening
	for b.Loop() {
		o.measure(b, b.TempDir())
	}
	o.report(b)
}

// BenchmarkFirstRows opens a collection that was never seen, with an empty cache
// each time: as it is (a table, a folder), and as an archive of it unless it is
// one. CHANCERY_BENCH names it, or else a made-up table is taken.
func BenchmarkFirstRows(b *testing.B) {
	path := subject(b)
	b.Run("as it is", func(b *testing.B) { openBench(b, path) })
	if st, err := os.Stat(path); err != nil || st.IsDir() || strings.HasSuffix(path, ".zip") {
		return
	}
	archive := zipped(b, path)
	b.Run("zip", func(b *testing.B) { openBench(b, archive) })
}

func openBench(b *testing.B, path string) {
	var o opening
	for b.Loop() {
		o.measure(b, b.TempDir(), path)
	}
	o.report(b)
}

// BenchmarkFirstScreen opens a collection whose index is there: that of
// CHANCERY_BENCH with the cache folder CHANCERY_CACHE, or else a made-up one.
func BenchmarkFirstScreen(b *testing.B) {
	path := subject(b)
	cache := indexed(b, path)
	var o opening
	for b.Loop() {
		o.measureStill(b, cache, path)
	}
	o.report(b)
}

// opening gathers how long it takes from the start of the process to the first
// frame (the screen without cables), to the frame with the first rows, and to
// the last frame before the screen comes to rest (where it does).
type opening struct{ frame, rows, still tally }

// measure starts the program, waits for rows, and ends it.
func (o *opening) measure(b *testing.B, cache string, args ...string) {
	o.start(b, cache, args...).stop()
}

// measureStill waits until the screen has come to rest too.
func (o *opening) measureStill(b *testing.B, cache string, args ...string) {
	m := o.start(b, cache, args...)
	defer m.stop()
	last, _, any := m.rest(300*time.Millisecond, 300*time.Millisecond)
	if !any {
		last.at = m.begun.Add(o.rows.took[len(o.rows.took)-1])
	}
	o.still.add(last.at.Sub(m.begun), 0)
}

func (o *opening) start(b *testing.B, cache string, args ...string) *meter {
	m := startMeter(b, wide(), cache, "", args...)
	first := true
	s := m.until("a row of the list", func(s shot) bool {
		if first {
			o.frame.add(s.at.Sub(m.begun), len(s.bytes))
		}
		first = false
		return showsRow(s)
	})
	o.rows.add(s.at.Sub(m.begun), len(s.bytes))
	return m
}

func (o *opening) report(b *testing.B) {
	for _, k := range []struct {
		t    *tally
		name string
	}{{&o.frame, "frame"}, {&o.rows, "rows"}, {&o.still, "still"}} {
		if len(k.t.took) > 0 {
			b.ReportMetric(k.t.at(0.5), k.name+"-p50-ms")
			b.ReportMetric(k.t.at(0.99), k.name+"-p99-ms")
		}
	}
	b.ReportMetric(0, "ns/op") // it would count the waiting
}
