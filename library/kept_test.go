package library

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"chancery/model"
)

// What was found in a view is of no use for the next: cables that came since
// answer too, and are counted.
func TestKeptForOneViewOnly(t *testing.T) {
	a := shaped(t, "csv", 640)
	g := newGate(4)
	l := a.open(t, hooks{batch: 32, put: g.put})
	<-g.reached
	until(t, l, "reading", func(p model.Progress) bool { return p.Cables >= 64 })
	questions := []string{"gas", "-gas", "gas tag:PREL", "~uranium", "/pipelin/", "para{gas the}"}
	before := map[string]int{}
	facets := func(q string) int {
		o, err := l.Facets(t.Context(), ask(t, q), []string{"year", "tag"}, 10)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, v := range o.Facets[0].Values {
			n += v.Count
		}
		return n + o.Facets[0].None
	}
	for _, q := range questions {
		before[q] = facets(q)
	}
	close(g.open)
	if _, err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, q := range questions {
		if now, all := facets(q), len(everything(t, l, ask(t, q))); now != all || now <= before[q] {
			t.Errorf("%s: %d are counted and %d listed, %d were before", q, now, all, before[q])
		}
	}
}

// Each cable is looked at once for a query, whatever is asked of its answer and
// by how many at once.
func TestLooksOnce(t *testing.T) {
	a := shaped(t, "folder", 300)
	var c counts
	l := opened(t, a.open(t, c.hooks(64)))
	q := ask(t, "/g.s/")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			order := []model.Order{model.ByDate, model.BySubject, model.ByRelevance}[i%3]
			if _, err := l.List(t.Context(), q, model.Ask{Order: order, Reverse: i%2 == 0, N: 1000}); err != nil {
				t.Error(err)
			}
			if _, err := l.Facets(t.Context(), q, []string{"year"}, 10); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := c.looked.Load(); n != 300 {
		t.Errorf("%d cables of 300 are looked at", n)
	}
}

// By relevance too a list read from its other end is the same list, page by
// page.
func TestRelevanceReversed(t *testing.T) {
	l := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{made(t, 300, 6)}}))
	for _, text := range []string{"gas", "gas OR visit", `"of the" OR /v.s/`, "para{gas the} OR tag:PREL"} {
		read := func(reverse bool) (keys []model.Key) {
			for {
				how := model.Ask{Order: model.ByRelevance, Reverse: reverse, N: 7}
				if len(keys) > 0 {
					how.From = keys[len(keys)-1]
				}
				p, err := l.List(t.Context(), ask(t, text), how)
				if err != nil {
					t.Fatal(err)
				}
				if len(p.Entries) == 0 {
					return keys
				}
				for _, e := range p.Entries {
					keys = append(keys, e.Key)
				}
			}
		}
		down, up := read(false), read(true)
		slices.Reverse(up)
		if len(down) == 0 || !slices.Equal(down, up) {
			t.Errorf("%s: %d and %d, not the same turned round", text, len(down), len(up))
		}
	}
}

// What is sure is not looked at.
func TestLooksAtDoubtsOnly(t *testing.T) {
	a := shaped(t, "folder", 300)
	var c counts
	l := opened(t, a.open(t, c.hooks(64)))
	gas := total(t, l, "gas")
	for _, q := range []struct {
		text string
		most int
	}{
		{"gas OR /v.sit/", 300 - gas},
		{"-(gas OR /v.sit/)", 300 - gas},
		{"gas /v.sit/", gas},
		{"-(-gas /v.sit/)", 300 - gas},
		{"para{gas OR the}", 0},
		{"kein /v.sit/", 0},
	} {
		c.looked.Store(0)
		total(t, l, q.text)
		if n := int(c.looked.Load()); n > q.most {
			t.Errorf("%s: %d cables are looked at, more than %d", q.text, n, q.most)
		}
	}
}

// What one asks another waits for; when he is called off the other asks.
func TestKeptIsMadeOnce(t *testing.T) {
	r := recent[int]{most: 2}
	ctx, cancel := context.WithCancel(t.Context())
	begun, end := make(chan struct{}), make(chan struct{})
	go func() {
		_, _ = r.get(ctx, "a", func() (int, error) {
			close(begun)
			<-ctx.Done()
			return 0, ctx.Err()
		})
		close(end)
	}()
	<-begun
	late, stop := context.WithCancel(t.Context())
	stop()
	if _, err := r.get(late, "a", func() (int, error) { return 1, nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("who is called off while another makes it: %v", err)
	}
	cancel()
	if n, err := r.get(t.Context(), "a", func() (int, error) { return 2, nil }); n != 2 || err != nil {
		t.Error(n, err)
	}
	<-end
	made := 0
	for _, key := range []string{"a", "b", "a", "c", "a", "b"} {
		if _, err := r.get(t.Context(), key, func() (int, error) { made++; return made, nil }); err != nil {
			t.Fatal(err)
		}
	}
	if made != 3 { // b, c, and b again: a is asked for more often
		t.Errorf("%d are made", made)
	}
	if !slices.ContainsFunc(r.made, func(m *making[int]) bool { return m.key == "a" && m.out == 2 }) {
		t.Error("a is not kept")
	}
}
