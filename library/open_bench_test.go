package library

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"chancery/model"
)

// BenchmarkOpen opens a collection that is indexed: how long it takes until the
// first rows can be listed, until questions can be asked, and until nothing more
// is done. CHANCERY_BENCH names the collection, CHANCERY_CACHE the folder of its
// index, or else a made-up one is taken.
func BenchmarkOpen(b *testing.B) {
	path, cache := os.Getenv("CHANCERY_BENCH"), os.Getenv("CHANCERY_CACHE")
	if path == "" {
		path = madeTable(b, 5000)
	}
	if cache == "" {
		cache = b.TempDir()
	}
	o := Options{Name: "x", Paths: []string{path}, Cache: cache}
	l := Open(context.Background(), o)
	if _, err := l.Settled(context.Background()); err != nil {
		b.Fatal(err)
	}
	l.Close()
	var rows, whole, done []time.Duration
	for b.Loop() {
		begun := time.Now()
		l := Open(context.Background(), o)
		for after := 0; ; {
			p, err := l.Progress(context.Background(), after)
			if err != nil {
				b.Fatal(err)
			}
			if after = p.Version; p.Cables > 0 || p.Done {
				break
			}
		}
		if _, err := l.List(context.Background(), nil, model.Ask{N: 60}); err != nil {
			b.Fatal(err)
		}
		rows = append(rows, time.Since(begun))
		if _, err := l.whole(context.Background()); err != nil {
			b.Fatal(err)
		}
		whole = append(whole, time.Since(begun))
		if _, err := l.Wait(context.Background()); err != nil {
			b.Fatal(err)
		}
		done = append(done, time.Since(begun))
		l.Close()
	}
	for name, took := range map[string][]time.Duration{"rows": rows, "whole": whole, "done": done} {
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, name+"-p50-ms")
	}
}
