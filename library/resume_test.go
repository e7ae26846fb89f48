package library

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"
)

const childEnv = "CHANCERY_TEST_IMPORT" // a collection, a line feed, a cache

// The test binary, called so, is another chancery: it imports and ends.
func TestMain(m *testing.M) {
	if args := os.Getenv(childEnv); args != "" {
		os.Exit(child(args))
	}
	os.Exit(m.Run())
}

func child(args string) int {
	var path, cache string
	if _, err := fmt.Sscanf(args, "%q %q", &path, &cache); err != nil {
		fmt.Println(err)
		return 2
	}
	l := Open(context.Background(), Options{Name: "made up", Paths: []string{path}, Cache: cache, hooks: hooks{batch: smallBatch}})
	defer l.Close()
	_, err := l.Wait(context.Background())
	<-l.end
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

const smallBatch = 32

// stored counts the rows in the databases of an index.
func (a asked) stored(t testing.TB) int {
	t.Helper()
	dir, _ := indexDir(a.cache, []string{a.path})
	n := 0
	for i := range shardCount {
		s, err := openShard(t.Context(), shardFile(dir, i), false)
		if err != nil {
			continue // not made yet
		}
		var rows int
		if err := s.read.QueryRowContext(t.Context(), "SELECT coalesce(sum(n), 0) FROM batch").Scan(&rows); err != nil {
			t.Fatal(err)
		}
		n += rows
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
	}
	return n
}

// goesOn opens what was stopped: only what is not stored is parsed, and the
// outcome is that of an undisturbed import.
func (a asked) goesOn(t testing.TB, what string, cables int, want []string) {
	t.Helper()
	stored := a.stored(t)
	var c counts
	got, p := a.once(t, c.hooks(smallBatch))
	same(t, what, got, want)
	if int(c.parsed.Load()) != cables-stored {
		t.Errorf("%s: %d of %d are stored, and %d are parsed", what, stored, cables, c.parsed.Load())
	}
	if p.Notice != "" {
		t.Errorf("%s: notice %q", what, p.Notice)
	}
}

// Stopped at any moment, again and again, an import goes on where it was.
func TestStoppedImportGoesOn(t *testing.T) {
	t.Parallel()
	n := cablesFor(t, 800, 400)
	if thorough() {
		n = 3000
	}
	for shape := range shapes {
		t.Run(shape, func(t *testing.T) {
			a := shaped(t, shape, n)
			want, _ := a.once(t, hooks{batch: smallBatch})
			r := rand.New(rand.NewPCG(uint64(len(shape)), 1))
			inside := 0
			// on a busy machine many a stop comes too early or too late
			for round := 0; round < cablesFor(t, 3, 2) || inside == 0 && round < 12; round++ {
				a.cache, a.brief = t.TempDir(), false
				for range 1 + r.IntN(4) {
					a.stopped(t, r, n)
				}
				if s := a.stored(t); s > 0 && s < n {
					inside++
				}
				a.goesOn(t, "gone on with", n, want)
				var c counts
				a.brief = true
				got, _ := a.once(t, c.hooks(0))
				same(t, "opened again", got, briefly(want))
				if c.read.Load() > 0 {
					t.Errorf("opened again, %d files are read", c.read.Load())
				}
			}
			if inside == 0 {
				t.Error("no import was stopped in its midst")
			}
		})
	}
}

// stopped imports and stops at a random moment: when some cable is parsed or
// some batch is put, by the end of the context, by Close or by Stop.
func (a asked) stopped(t testing.TB, r *rand.Rand, n int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	at, byPut, how := int64(1+r.IntN(n)), r.IntN(2) == 0, r.IntN(3)
	now := make(chan struct{}, 1)
	signal := func() {
		if how == 0 {
			cancel()
		}
		select {
		case now <- struct{}{}:
		default:
		}
	}
	var parsed atomic.Int64
	l := Open(ctx, Options{Name: "made up", Paths: []string{a.path}, Cache: a.cache, hooks: hooks{
		batch: smallBatch,
		parsed: func(string) {
			if parsed.Add(1) == at && !byPut {
				signal()
			}
		},
		put: func(seq int) error {
			if byPut && seq >= int(at)/smallBatch {
				signal()
			}
			return nil
		},
	}})
	select {
	case <-now:
	case <-l.end: // there was not so much to read
	}
	if how == 1 {
		if err := l.Stop(ctx); err != nil {
			t.Error(err)
		}
		_, _ = l.Wait(ctx) // it says that it was stopped
	}
	l.Close()
}

// killsEnv says how many processes are killed; with it all is larger.
const killsEnv = "CHANCERY_KILLS"

func thorough() bool { return os.Getenv(killsEnv) != "" }

// A killed import goes on where it was.
func TestKilledImportGoesOn(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no kill -9")
	}
	t.Parallel()
	kills, n := cablesFor(t, 20, 4), cablesFor(t, 1000, 600)
	if thorough() {
		kills, _ = strconv.Atoi(os.Getenv(killsEnv))
		n = 3000
	}
	done, inside, rounds := 0, 0, 0
	for _, shape := range []string{"folder", "csv", "zip"} {
		a := shaped(t, shape, n)
		begun := time.Now()
		a.run(t, 0)
		took := time.Since(begun) // twice what is needed, for the first may be slow
		a.brief = !thorough()
		want, _ := a.once(t, hooks{})
		r := rand.New(rand.NewPCG(uint64(kills), uint64(len(shape))))
		for mine := 0; mine < (kills+2)/3; rounds++ {
			a.cache = t.TempDir()
			for range 1 + r.IntN(3) {
				if a.run(t, time.Duration(r.Int64N(int64(took)))) {
					mine++
					done++
				}
			}
			if s := a.stored(t); s > 0 && s < n {
				inside++
			}
			a.goesOn(t, fmt.Sprintf("%s, killed, round %d", shape, rounds), n, want)
			os.RemoveAll(a.cache)
			if t.Failed() {
				return
			}
		}
	}
	t.Logf("%d processes were killed, in %d rounds, of which %d in the midst of storing", done, rounds, inside)
	if inside == 0 && rounds >= 12 {
		t.Error("none was killed in the midst of storing")
	}
}

// run imports in another process; killed after a time, if it is not 0. It
// says whether it was.
func (a asked) run(t testing.TB, after time.Duration) (killed bool) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe)
	c.Env = append(os.Environ(), fmt.Sprintf("%s=%q %q", childEnv, a.path, a.cache))
	var out []byte
	if after == 0 {
		if out, err = c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return false
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	_ = c.Process.Kill() // it may have ended
	return c.Wait() != nil
}
