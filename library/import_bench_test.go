package library

import (
	"context"
	"os"
	"testing"
)

// BenchmarkImport reads and indexes a collection on disk from nothing, until
// nothing more is done to its index:
// CHANCERY_BENCH names it, or else a made-up table of 5,000 rows is taken.
func BenchmarkImport(b *testing.B) {
	path := os.Getenv("CHANCERY_BENCH")
	if path == "" {
		path = madeTable(b, 5000)
	}
	st, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(st.Size())
	cables := 0
	for b.Loop() {
		m := Open(context.Background(), Options{Name: "x", Paths: []string{path}, Cache: b.TempDir()})
		r, err := m.Wait(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		cables = r.Cables
		if _, err := m.Settled(context.Background()); err != nil {
			b.Fatal(err)
		}
		m.Close()
	}
	b.ReportMetric(float64(cables)*float64(b.N)/b.Elapsed().Seconds(), "cables/s")
}
