package library

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"chancery/model"
)

// A question that was called off comes back, and looks at few cables more.
func TestCancelledQuestions(t *testing.T) {
	a := shaped(t, "folder", cablesFor(t, 1500, 500))
	for _, cache := range []string{t.TempDir(), ""} {
		a.cache = cache
		var looked atomic.Int64
		var then func()
		var over chan struct{} // closed when it was called off: who looks on waits for that
		l := opened(t, a.open(t, hooks{looked: func() {
			switch n := looked.Add(1); {
			case n == 20:
				then()
				close(over)
			case n > 20:
				<-over
			}
		}}))
		slow := "/a.*b.*c.*d.*e.*(x|y|q)+/"
		for what, call := range map[string]func(ctx context.Context) error{
			"list": func(ctx context.Context) error {
				_, err := l.List(ctx, ask(t, slow), model.Ask{N: 1 << 30})
				return err
			},
			"relevance": func(ctx context.Context) error {
				_, err := l.List(ctx, ask(t, "gas "+slow), model.Ask{N: 10, Order: model.ByRelevance})
				return err
			},
			"facets": func(ctx context.Context) error {
				_, err := l.Facets(ctx, ask(t, "-"+slow), []string{"year"}, 10)
				return err
			},
			"values": func(ctx context.Context) error {
				_, err := l.Values(ctx, ask(t, "("+slow+" OR gas)"), "tag", "", 10)
				return err
			},
			"wanted": func(ctx context.Context) error {
				_, _, err := l.Wanted(ctx, ask(t, "subject:gas "+slow), 10)
				return err
			},
		} {
			ctx, cancel := context.WithCancel(t.Context())
			looked.Store(0)
			then, over = cancel, make(chan struct{})
			if err := call(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", what, err)
			}
			if n := looked.Load(); n > 20+int64(2*runtime.GOMAXPROCS(0)) {
				t.Errorf("%s: %d cables are looked at", what, n)
			}
			if err := call(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("%s, cancelled before: %v", what, err)
			}
		}
		// Nothing of the calling off stays: each is answered when asked again.
		looked.Store(20)
		over = make(chan struct{})
		close(over)
		for _, q := range []string{slow, "gas " + slow, "gas", "~uranium", "pipelin*"} {
			if _, err := l.List(t.Context(), ask(t, q), model.Ask{N: 10, Order: model.ByRelevance}); err != nil {
				t.Errorf("%s: %v", q, err)
			}
		}
	}
}

// polled is a context that is called off when it was asked so often whether it
// is, and counts that.
type polled struct {
	context.Context
	polls, most int
}

func (p *polled) Err() error {
	if p.polls++; p.polls > p.most {
		return context.Canceled
	}
	return nil
}

// Whatever goes through all cables, or all names, asks on the way whether it is
// still wanted, and nothing of what was called off is kept.
func TestCalledOffOnTheWay(t *testing.T) {
	const rows, values = 100_000, 1000
	v := &view{live: fullBitset(rows), total: rows, kept: newKept()}
	v.rows = make([]row, rows)
	for i := range values {
		v.cols.names.id(fmt.Sprint("TAG", i))
	}
	v.cols.marks.id(model.Marking{})
	for i := range rows {
		v.cols.tag.vals = append(v.cols.tag.vals, uint32(i%values))
		v.cols.tag.close()
		v.cols.cite.close()
	}
	half := fullBitset(rows / 2)
	half = append(half, make(bitset, len(v.live)-len(half))...)
	once := rows / (128 * 64) // each of all rows
	for what, c := range map[string]struct {
		often int
		call  func(ctx context.Context) error
	}{
		"a count of all": {once, func(ctx context.Context) error {
			_, err := v.facet(ctx, "tag", v.live, 10)
			return err
		}},
		"a count of some": {once + once/2, func(ctx context.Context) error {
			_, err := v.facet(ctx, "tag", half, 10)
			return err
		}},
		"terms":      {2*once + values/64, func(ctx context.Context) error { return v.finish(ctx, &model.Facet{Field: "tag"}) }},
		"references": {rows / linkStretch, func(ctx context.Context) error { _, err := v.graph(ctx); return err }},
	} {
		v.kept = newKept()
		whole := &polled{t.Context(), 0, 1 << 30}
		if err := c.call(whole); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if whole.polls < c.often {
			t.Errorf("%s: it is asked %d times whether it is wanted, not %d", what, whole.polls, c.often)
		}
	}
	for most := 0; ; most++ {
		v.kept = newKept()
		p := &polled{t.Context(), 0, most}
		f, err := v.facet(p, "tag", half, 10)
		if err == nil {
			err = v.finish(p, &f)
		}
		if err == nil {
			if n := f.Values[0].Count; n != rows/2/values {
				t.Errorf("a value is counted %d times", n)
			}
			return
		}
		if !errors.Is(err, context.Canceled) || p.polls > most+5 {
			t.Fatalf("called off at %d: %v after %d", most, err, p.polls)
		}
	}
}

// Questions that are called off in the midst of a search harm no other, also
// where the index is in memory.
func TestCancelledSearches(t *testing.T) {
	a := shaped(t, "folder", 300)
	for _, cache := range []string{t.TempDir(), ""} {
		a.cache = cache
		l := opened(t, a.open(t, hooks{}))
		want := len(everything(t, l, ask(t, "gas")))
		for i := range 60 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i*5)*time.Microsecond)
			q := []string{"gas visit", "~uranium", "the OR of", "-gas", `"end user"`}[i%5]
			l.forget()
			if _, err := l.List(ctx, ask(t, q), model.Ask{N: 10}); err != nil && !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: %v", q, err)
			}
			cancel()
		}
		l.forget()
		if n := len(everything(t, l, ask(t, "gas"))); n != want || want == 0 {
			t.Errorf("%d of %d answer", n, want)
		}
	}
}

// Opening and closing at any moment leaves no goroutine behind, and Close comes
// back though somebody asks.
func TestNothingIsLeftBehind(t *testing.T) {
	a := shaped(t, "zip", 300)
	before := runtime.NumGoroutine()
	for i := range 12 {
		if i%4 == 0 {
			a.cache = t.TempDir()
		}
		l := Open(context.Background(), Options{Paths: []string{a.path}, Cache: a.cache, hooks: hooks{batch: 16}})
		ctx, stop := context.WithCancel(context.Background())
		asked := make(chan struct{})
		go func() {
			defer close(asked)
			for ctx.Err() == nil {
				_, _ = l.List(ctx, ask(t, "gas /en./"), model.Ask{N: 1000})
				_, _ = l.Cable(ctx, 1)
			}
		}()
		if i%3 > 0 {
			until(t, l, "reading", func(p model.Progress) bool { return p.Cables > i*20 || p.Done })
		}
		if i%3 == 2 {
			if _, err := l.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		l.Close()
		l.Close()
		stop()
		<-asked
		if _, err := l.Cable(t.Context(), 1); err == nil {
			t.Log("a cable of a closed collection was read from its source")
		}
	}
	for i := 0; runtime.NumGoroutine() > before && i < 2000; i++ {
		time.Sleep(time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before {
		buf := make([]byte, 1<<16)
		t.Errorf("%d goroutines are left over\n%s", n-before, buf[:runtime.Stack(buf, true)])
	}
}

// While the writers are busy few batches wait: memory does not grow with the
// collection.
func TestBatchesWaiting(t *testing.T) {
	a := shaped(t, "csv", 640)
	g := newGate(0)
	var parsed atomic.Int64
	l := a.open(t, hooks{batch: 8, put: g.put, parsed: func(string) { parsed.Add(1) }})
	<-g.reached
	was := int64(-1)
	for n := parsed.Load(); n != was; n = parsed.Load() {
		was = n
		time.Sleep(50 * time.Millisecond) // nothing can go on: the count stands
	}
	l.mu.Lock()
	rows := len(l.held.rows)
	l.mu.Unlock()
	if most := (2*shardCount + 2) * 8; rows > most {
		t.Errorf("%d rows wait for the writers, more than %d", rows, most)
	}
	close(g.open)
	if r, err := l.Wait(t.Context()); err != nil || r.Cables != 640 {
		t.Errorf("receipt %+v, %v", r, err)
	}
}
