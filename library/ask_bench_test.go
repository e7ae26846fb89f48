package library

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"chancery/model"
	"chancery/model/query"
)

// questions are what people ask, from the cheapest to the dearest.
var questions = []struct{ name, text string }{
	{"nothing", ""},
	{"rare word", "kazatomprom"},
	{"common word", "government"},
	{"two words", "nuclear cooperation"},
	{"phrase", `"foreign minister"`},
	{"prefix", "urani*"},
	{"short prefix", "ur*"},
	{"word tag dates level", "nuclear tag:PREL date:2006..2008 class>=secret"},
	{"one paragraph", "para{mark>=secret nuclear}"},
	{"two in a paragraph", "para{iran nuclear}"},
	{"level and tag", "class>=secret tag:PTER"},
	{"who cites", "cites:07ASTANA1"},
	{"alike", "~uranium"},
	{"expression", "/uraniu[mn] enrich/"},
}

// BenchmarkAsk asks each question as it is typed: a new library each time knows
// no answer, so nothing is answered from what was kept. CHANCERY_BENCH names
// the collection, CHANCERY_CACHE the folder of an index that is there already.
func BenchmarkAsk(b *testing.B) {
	path := os.Getenv("CHANCERY_BENCH")
	if path == "" {
		path = madeTable(b, 5000)
	}
	cache := os.Getenv("CHANCERY_CACHE")
	if cache == "" {
		cache = b.TempDir()
	}
	l := Open(context.Background(), Options{Name: "x", Paths: []string{path}, Cache: cache})
	defer l.Close()
	if _, err := l.Wait(context.Background()); err != nil {
		b.Fatal(err)
	}
	if _, err := l.Settled(context.Background()); err != nil {
		b.Fatal(err)
	}
	for _, q := range questions {
		for _, by := range []model.Order{model.ByDate, model.ByRelevance} {
			b.Run(q.name+"/"+string(by), func(b *testing.B) { askBench(b, l, q.text, by) })
		}
		b.Run(q.name+"/facets", func(b *testing.B) {
			asked, err := query.Parse(q.text, query.Options{})
			if err != nil {
				b.Fatal(err)
			}
			spread(b, l, func() error {
				_, err := l.Facets(context.Background(), asked, []string{"year", "mark", "origin", "tag", "caveat"}, 20)
				return err
			})
		})
	}
}

func askBench(b *testing.B, l *Library, text string, by model.Order) {
	q, err := query.Parse(text, query.Options{})
	if err != nil {
		b.Fatal(err)
	}
	if by == model.ByRelevance && len(q.Terms()) == 0 {
		b.Skip("it has no words")
	}
	total, counting := 0, false
	spread(b, l, func() error {
		p, err := l.List(context.Background(), q, model.Ask{Order: by, N: 50})
		total, counting = p.Total, p.Counting
		return err
	})
	b.ReportMetric(float64(total), "found")
	if counting {
		b.ReportMetric(1, "so-far")
	}
}

// spread runs a question and reports the median and the worst of a hundred.
func spread(b *testing.B, l *Library, ask func() error) {
	b.Helper()
	var took []time.Duration
	for b.Loop() {
		l.asking.Lock()
		l.answers = nil
		l.asking.Unlock()
		begun := time.Now()
		if err := ask(); err != nil {
			b.Fatal(fmt.Errorf("ask: %w", err))
		}
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	at := func(p float64) float64 { return float64(took[int(p*float64(len(took)-1))].Microseconds()) / 1000 }
	b.ReportMetric(at(0.5), "p50-ms")
	b.ReportMetric(at(0.95), "p95-ms")
	b.ReportMetric(at(0.99), "p99-ms")
}
