package library

import (
	"context"
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
	{"common in a paragraph", "para{the government}"},
	{"level and tag", "class>=secret tag:PTER"},
	{"who cites", "cites:07ASTANA1"},
	{"alike", "~uranium"},
	{"expression", "/uraniu[mn] enrich/"},
}

// BenchmarkAsk asks each question in three ways: the first 50 by date, the first
// 50 by relevance, the counts of five facets; and each of these twice:
//
//   - first: nothing is kept. Somebody hands over the whole question, as on the
//     command line; the full text is asked for all of it.
//   - typed: as the screen asks while somebody types. The list by date of the
//     question up to each blank was asked for before, and for facets theirs,
//     from those of all cables on; where it is the other order or the facets
//     that are measured, the list by date of the whole question too. What these
//     left behind may be used, and is not measured.
//
// so-far says that the count of the page was not whole yet. CHANCERY_BENCH
// names the collection, CHANCERY_CACHE the folder of an index that is there
// already.
func BenchmarkAsk(b *testing.B) {
	l := benched(b)
	for _, q := range questions {
		for _, what := range []string{"date", "relevance", "facets"} {
			for _, typed := range []bool{false, true} {
				how := "first"
				if typed {
					how = "typed"
				}
				b.Run(q.name+"/"+what+"/"+how, func(b *testing.B) { askBench(b, l, q.text, what, typed) })
			}
		}
	}
}

// BenchmarkCalledOff calls questions off at many moments, from at once to after
// a fifth of a second, and measures how long after that they come back.
func BenchmarkCalledOff(b *testing.B) {
	l := benched(b)
	for _, q := range questions {
		for _, what := range []string{"relevance", "facets"} {
			b.Run(q.name+"/"+what, func(b *testing.B) {
				var took []time.Duration
				ask := asking(b, l, q.text, what)
				for i := 0; b.Loop(); i++ {
					l.forget()
					l.look().kept.terms.clear() // what is found once only must be called off too
					l.look().kept.graphs.clear()
					ctx, cancel := context.WithCancel(context.Background())
					back := make(chan time.Time)
					go func() {
						_, _ = ask(ctx)
						back <- time.Now()
					}()
					var late time.Duration
					select {
					case <-back:
					case <-time.After(time.Duration(i*7%200) * time.Millisecond):
						off := time.Now()
						cancel()
						late = (<-back).Sub(off)
						took = append(took, late)
					}
					cancel()
				}
				if len(took) == 0 {
					b.Skip("it is answered sooner than it is called off")
				}
				spread(b, took)
			})
		}
	}
}

// benched opens the collection to be measured.
func benched(b *testing.B) *Library {
	b.Helper()
	path := os.Getenv("CHANCERY_BENCH")
	if path == "" {
		path = madeTable(b, 5000)
	}
	cache := os.Getenv("CHANCERY_CACHE")
	if cache == "" {
		cache = b.TempDir()
	}
	l := Open(context.Background(), Options{Name: "x", Paths: []string{path}, Cache: cache})
	b.Cleanup(l.Close)
	if _, err := l.Wait(context.Background()); err != nil {
		b.Fatal(err)
	}
	if _, err := l.Settled(context.Background()); err != nil {
		b.Fatal(err)
	}
	return l
}

// asking makes a question of a text.
func asking(b *testing.B, l *Library, text, what string) func(ctx context.Context) (model.Page, error) {
	b.Helper()
	q, err := query.Parse(text, query.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return func(ctx context.Context) (model.Page, error) {
		switch what {
		case "facets":
			o, err := l.Facets(ctx, q, []string{"year", "mark", "origin", "tag", "caveat"}, 20)
			return model.Page{Total: o.Total}, err
		case "relevance":
			return l.List(ctx, q, model.Ask{Order: model.ByRelevance, N: 50})
		}
		return l.List(ctx, q, model.Ask{N: 50})
	}
}

// beginnings are what stood in the query line before the question was whole,
// so far as it could be read.
func beginnings(text string) []string {
	all := []string{""}
	for i, r := range text {
		if _, err := query.Parse(text[:i], query.Options{}); r == ' ' && err == nil {
			all = append(all, text[:i])
		}
	}
	if text == "" {
		return nil
	}
	return all
}

func askBench(b *testing.B, l *Library, text, what string, typed bool) {
	if q, err := query.Parse(text, query.Options{}); err == nil && what == "relevance" && len(q.Terms()) == 0 {
		b.Skip("it has no words")
	}
	ask := asking(b, l, text, what)
	var before []func(ctx context.Context) (model.Page, error)
	if typed {
		for _, begin := range beginnings(text) {
			before = append(before, asking(b, l, begin, "date"))
			if what == "facets" {
				before = append(before, asking(b, l, begin, what))
			}
		}
		if what != "date" {
			before = append(before, asking(b, l, text, "date"))
		}
	}
	ctx := context.Background()
	var p model.Page
	var took []time.Duration
	for b.Loop() {
		l.forget()
		for _, ask := range before {
			if _, err := ask(ctx); err != nil {
				b.Fatal(err)
			}
		}
		begun := time.Now()
		var err error
		if p, err = ask(ctx); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begun))
	}
	spread(b, took)
	b.ReportMetric(float64(p.Total), "found")
	if p.Counting {
		b.ReportMetric(1, "so-far")
	}
}

// spread reports the median of what was measured and the worst of a hundred.
func spread(b *testing.B, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	at := func(p float64) float64 { return float64(took[int(p*float64(len(took)-1))].Microseconds()) / 1000 }
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(at(0.5), "p50-ms")
	b.ReportMetric(at(0.95), "p95-ms")
	b.ReportMetric(at(1), "max-ms")
}
