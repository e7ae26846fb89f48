package library

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chancery/model"
)

// until waits until a collection tells something.
func until(t testing.TB, l *Library, what string, holds func(p model.Progress) bool) model.Progress {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	for after := 0; ; {
		p, err := l.Progress(ctx, after)
		if err != nil {
			t.Fatalf("%s: %v; %+v", what, err, p)
		}
		if holds(p) {
			return p
		}
		if p.Done {
			t.Fatalf("%s: it is done: %+v", what, p)
		}
		after = p.Version
	}
}

// gate lets an import go on to a batch and waits there.
type gate struct {
	at      int
	reached chan struct{}
	open    chan struct{}
	once    sync.Once
}

func newGate(at int) *gate {
	return &gate{at: at, reached: make(chan struct{}), open: make(chan struct{})}
}

func (g *gate) put(seq int) error {
	if seq >= g.at {
		g.once.Do(func() { close(g.reached) })
		<-g.open
	}
	return nil
}

// While one reads a collection another shows what it has read; when the first
// has ended, in whatever way, the other goes on.
func TestTwoAtOnce(t *testing.T) {
	for _, how := range []string{"done", "closed", "stopped"} {
		t.Run(how, func(t *testing.T) {
			a := shaped(t, "folder", 300)
			want, _ := asked{path: a.path, base: a.base}.once(t, hooks{})
			g := newGate(5)
			first := a.open(t, hooks{batch: 32, put: g.put})
			<-g.reached
			var c counts
			second := a.open(t, c.hooks(32))
			p := until(t, second, "following", func(p model.Progress) bool { return p.Cables >= 4*32 })
			if !strings.Contains(p.Notice, "another chancery") || p.Searchable != p.Cables {
				t.Errorf("following: %+v", p)
			}
			page, err := second.List(t.Context(), ask(t, "words>0"), model.Ask{N: 10})
			if err != nil || page.Total < 100 {
				t.Errorf("following, %d answer, %v", page.Total, err)
			}
			if c.parsed.Load() > 0 {
				t.Error("both read the sources")
			}
			switch how {
			case "closed":
				first.stop()
				close(g.open)
			case "stopped":
				if err := first.Stop(t.Context()); err != nil {
					t.Error(err)
				}
				fallthrough
			default:
				close(g.open)
			}
			if how == "done" {
				same(t, "the first", state(t, first, a.base), want)
			} else if _, err := first.Wait(t.Context()); !errors.Is(err, context.Canceled) && !errors.Is(err, ErrStopped) && err != nil {
				t.Error(err)
			}
			same(t, "the second", state(t, second, a.base), want)
			if how == "done" && c.parsed.Load() > 0 {
				t.Errorf("%d cables are parsed by the second", c.parsed.Load())
			}
			first.Close()
			same(t, "the second, alone", state(t, second, a.base), want)
		})
	}
}

// A process that is killed leaves the index to the one that follows it.
func TestFollowerTakesOver(t *testing.T) {
	a := shaped(t, "csv", cablesFor(t, 2000, 800))
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe)
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%q %q", childEnv, a.path, a.cache))
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for dir := a.index(t); ; time.Sleep(time.Millisecond) {
		if k, err := takeLock(t.Context(), dir); errors.Is(err, errLocked) {
			break
		} else if err == nil {
			k.release()
		}
	}
	l := a.open(t, hooks{batch: 32})
	until(t, l, "following", func(p model.Progress) bool { return p.Cables > 0 })
	_ = c.Process.Kill()
	_ = c.Wait()
	got := state(t, l, a.base)
	want, _ := asked{path: a.path, base: a.base}.once(t, hooks{})
	same(t, "the follower", got, want)
}

// A follower sees what changes in files that it shows already.
func TestFollowerSeesChanges(t *testing.T) {
	a := shaped(t, "folder", 60)
	a.once(t, hooks{batch: 8})
	write(t, a.path+"/a/00004.txt", cableTexts(1, 78)[0])
	os.Remove(a.path + "/a/00000.txt")
	write(t, a.path+"/d.txt", cableTexts(2, 79)[1])
	want, _ := asked{path: a.path, base: a.base}.once(t, hooks{})
	g := newGate(1 << 30)
	first := a.open(t, hooks{batch: 8, put: g.put})
	if _, err := first.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	<-first.end
	k, err := takeLock(t.Context(), a.index(t))
	if err != nil {
		t.Fatal(err)
	}
	second := a.open(t, hooks{})
	empty := true // until there are rows; then they never go
	until(t, second, "following", func(p model.Progress) bool {
		n := len(everything(t, second, nil))
		if n == 0 && !empty {
			t.Error("the list is empty again")
		}
		empty = empty && n == 0
		return p.Cables == 60 && p.Searchable >= 60 // which counts buried rows too
	})
	var got []string
	for _, e := range everything(t, second, nil) {
		e.Key = 0
		got = append(got, "row "+strings.ReplaceAll(fmt.Sprintf("%+v", e), a.base, "~"))
	}
	rows := func(lines []string) (out []string) {
		for _, s := range lines {
			if strings.HasPrefix(s, "row ") {
				out = append(out, s)
			}
		}
		return out
	}
	slices.Sort(got)
	same(t, "the follower", got, rows(want))
	k.release()
	same(t, "the follower, alone", state(t, second, a.base), want)
}

// Who only follows can stop that, and keeps what he has seen.
func TestFollowingIsStopped(t *testing.T) {
	a := shaped(t, "folder", 200)
	g := newGate(5)
	first := a.open(t, hooks{batch: 16, put: g.put})
	<-g.reached
	second := a.open(t, hooks{})
	until(t, second, "following", func(p model.Progress) bool { return p.Cables >= 64 })
	if err := second.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := second.Wait(t.Context()); !errors.Is(err, ErrStopped) {
		t.Errorf("it ends with %v", err)
	}
	if n := len(everything(t, second, ask(t, "words>0"))); n < 64 {
		t.Errorf("%d cables stay", n)
	}
	close(g.open)
	first.Close()
}
