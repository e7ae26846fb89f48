package library

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"chancery/model"
	"chancery/parser/source"
)

// Who follows an import and takes it over shows what he showed all the while,
// and no question fails.
func TestTakingOverIsNotSeen(t *testing.T) {
	a := shaped(t, "folder", 300)
	g := newGate(6)
	first := a.open(t, hooks{batch: 32, put: g.put})
	<-g.reached
	second := a.open(t, hooks{batch: 32})
	until(t, second, "following", func(p model.Progress) bool { return p.Cables >= 5*32 })
	stop, least := make(chan struct{}), 5*32
	var asking sync.WaitGroup
	for _, call := range []func() (int, error){
		func() (int, error) {
			p, err := second.List(context.Background(), nil, model.Ask{N: 10})
			return p.Total, err
		},
		func() (int, error) {
			p, err := second.List(context.Background(), ask(t, "the OR -the"), model.Ask{N: 10})
			return p.Total, err
		},
		func() (int, error) {
			o, err := second.Facets(context.Background(), ask(t, "words>0"), []string{"year", "tag"}, 10)
			return o.Total, err
		},
		func() (int, error) {
			_, err := second.Cable(context.Background(), 7)
			return least, err
		},
		func() (int, error) {
			_, err := second.Raw(context.Background(), 90)
			return least, err
		},
		func() (int, error) {
			_, err := second.Links(context.Background(), "07ROME9101")
			return least, err
		},
	} {
		asking.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if n, err := call(); err != nil || n < least {
					t.Errorf("%d of at least %d, %v", n, least, err)
					return
				}
			}
		})
	}
	first.stop()
	close(g.open)
	first.Close()
	if r, err := second.Wait(t.Context()); err != nil || r.Cables != 300 {
		t.Errorf("receipt %+v, %v", r, err)
	}
	close(stop)
	asking.Wait()
}

// What a limit refused is read again when the limit is another.
func TestLimitsChange(t *testing.T) {
	a := asked{path: filepath.Join(t.TempDir(), "in"), cache: t.TempDir()}
	a.base = filepath.Dir(a.path)
	texts := cableTexts(3, 12)
	write(t, filepath.Join(a.path, "a.txt"), texts[0])
	write(t, filepath.Join(a.path, "b.txt"), texts[1]+strings.Repeat("2. (C) And so on.\n\n", 500))
	write(t, filepath.Join(a.path, "c.txt"), "nothing\n")
	open := func(most int64) (model.Receipt, int64) {
		var c counts
		limits := source.DefaultLimits()
		limits.Text = most
		l := Open(t.Context(), Options{Paths: []string{a.path}, Cache: a.cache, Limits: limits, hooks: c.hooks(8)})
		defer l.Close()
		r, err := l.Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		<-l.end
		return r, c.read.Load()
	}
	for _, step := range []struct{ most, read, cables, unread int64 }{
		{4000, 3, 1, 1}, {4000, 0, 1, 1}, {1 << 20, 1, 2, 0}, {1 << 20, 0, 2, 0},
	} {
		r, read := open(step.most)
		if int64(r.Cables) != step.cables || int64(len(r.Unread)) != step.unread || read != step.read {
			t.Errorf("at %d bytes a text: %d files are read, receipt %+v", step.most, read, r)
		}
	}
}

// An index that another version of the program made is built again, unless its
// sources are not there.
func TestOtherProgram(t *testing.T) {
	a := shaped(t, "csv", 40)
	want, _ := a.once(t, hooks{program: "v1"})
	a.once(t, hooks{program: "v1"})
	var c counts
	h := c.hooks(0)
	h.program = "v2"
	got, p := a.once(t, h)
	same(t, "of another version", got, want)
	if c.parsed.Load() != 40 || !strings.Contains(p.Notice, "another version") {
		t.Errorf("%d are parsed, notice %q", c.parsed.Load(), p.Notice)
	}
	away := a.path + ".away"
	if err := os.Rename(a.path, away); err != nil {
		t.Fatal(err)
	}
	got, p = a.once(t, hooks{program: "v3"})
	same(t, "without its source", got, want)
	if !strings.Contains(p.Notice, "is not there") {
		t.Errorf("notice %q", p.Notice)
	}
	if err := os.Rename(away, a.path); err != nil {
		t.Fatal(err)
	}
	var again counts
	h = again.hooks(0)
	h.program = "v2"
	if a.once(t, h); again.parsed.Load() != 0 {
		t.Errorf("%d are parsed by the version that made it", again.parsed.Load())
	}
}

// Should the program fail on a cable, reading ends with a sentence and what was
// read stays.
func TestFaultEndsReading(t *testing.T) {
	a := shaped(t, "folder", 60)
	for _, cache := range []string{"", t.TempDir()} {
		n := 0
		var one sync.Mutex
		l := Open(t.Context(), Options{Paths: []string{a.path}, Cache: cache, hooks: hooks{batch: 8, parsed: func(string) {
			one.Lock()
			defer one.Unlock()
			if n++; n == 40 {
				panic("a fault made up")
			}
		}}})
		_, err := l.Wait(t.Context())
		if err == nil || !strings.Contains(err.Error(), "a fault made up") {
			t.Errorf("the error is %v", err)
		}
		if es := everything(t, l, nil); len(es) == 0 || len(es) >= 60 {
			t.Errorf("%d cables stay", len(es))
		}
		l.Close()
	}
}

// A word longer than the full text keeps is found by an expression all the same.
func TestEndlessWord(t *testing.T) {
	long := strings.Repeat("ab", 20_000)
	l, _ := twice(t, map[string]string{"a.txt": cableTexts(1, 4)[0] + "\n9. (C) " + long + "needle and more.\n", "b.txt": cableTexts(2, 4)[1]})
	for _, text := range []string{"/needle/", "body:/needle/", "para{/needle/}", "/ababneedle and/", "abab*"} {
		if es := everything(t, l, ask(t, text)); len(es) != 1 {
			t.Errorf("%s: %d", text, len(es))
		}
	}
}
