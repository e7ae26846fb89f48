package library

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// Where no index can be kept the collection is read all the same, and the
// reader is told.
func TestNoPlaceForAnIndex(t *testing.T) {
	a := shaped(t, "folder", 100)
	a.brief = true
	want, _ := asked{path: a.path, base: a.base, brief: true}.once(t, hooks{})
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "not a folder")
	told := func(what, cache string) {
		t.Helper()
		a.cache = cache
		got, p := a.once(t, hooks{})
		same(t, what, got, want)
		if !strings.HasPrefix(p.Notice, "the index cannot be kept (") || strings.Contains(p.Notice, "\n") {
			t.Errorf("%s: notice %q", what, p.Notice)
		}
	}
	told("a file in the place of the cache", file)
	told("a cache below a file", filepath.Join(file, "below"))

	a.cache = t.TempDir()
	write(t, a.index(t), "a file in the place of the index")
	told("a file in the place of the index", a.cache)

	a.cache = t.TempDir()
	write(t, filepath.Join(a.index(t), "0.db", "x"), "a folder in the place of a database")
	told("a folder in the place of a database", a.cache)

	a.cache = t.TempDir()
	write(t, filepath.Join(a.index(t), whereFile, "x"), "a folder in the place of where.json")
	told("a folder in the place of where.json", a.cache)
}

// A disk that is full, at whatever batch: what is stored is searched there,
// the rest in memory; with room again the next opening goes on.
func TestFullDisk(t *testing.T) {
	a := shaped(t, "folder", 200)
	want, _ := asked{path: a.path, base: a.base}.once(t, hooks{})
	full := errors.New("database or disk is full (13)")
	for _, from := range []int{0, 1, 2, 6} {
		a.cache = t.TempDir()
		var refused atomic.Int64
		h := hooks{batch: 16, put: func(seq int) error {
			if seq >= from {
				refused.Add(1)
				return full
			}
			return nil
		}}
		got, p := a.once(t, h)
		same(t, "with a full disk", got, want)
		if p.Notice != "the index cannot be kept (the disk is full): it is held in memory and built again next time" {
			t.Errorf("notice %q", p.Notice)
		}
		if n := refused.Load(); n == 0 || n > 2*shardCount {
			t.Errorf("%d batches were tried", n)
		}
		a.goesOn(t, "with room again", 200, want)
	}
}

// The same with the database's own error.
func TestFullDatabase(t *testing.T) {
	a := shaped(t, "folder", 200)
	want, _ := asked{path: a.path, base: a.base}.once(t, hooks{})
	for _, pages := range []int{0, 3, 40} {
		a.cache = t.TempDir()
		var l *Library
		ready := make(chan struct{})
		l = a.open(t, hooks{batch: 16, put: func(seq int) error {
			<-ready
			if seq == shardCount {
				for _, s := range l.held.shards {
					var n int
					if err := s.write.QueryRow("PRAGMA page_count").Scan(&n); err != nil {
						t.Error(err)
					}
					if _, err := s.write.Exec("PRAGMA max_page_count=" + strconv.Itoa(n+pages)); err != nil {
						t.Error(err)
					}
				}
			}
			return nil
		}})
		close(ready)
		same(t, "in a full database", state(t, l, a.base), want)
		<-l.end
		p, _ := l.Progress(t.Context(), 0)
		if pages < 40 && !strings.Contains(p.Notice, "full") {
			t.Errorf("notice %q", p.Notice)
		}
		l.Close()
		got, _ := a.once(t, hooks{batch: 16})
		same(t, "with room again", got, want)
	}
}

// A place that may be read only: what was indexed is shown.
func TestReadOnlyPlace(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("everything may be written by root")
	}
	a := shaped(t, "folder", 60)
	want, _ := a.once(t, hooks{})
	dir := a.index(t)
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, f := range append(files, dir, a.cache) {
		st, _ := os.Stat(f)
		t.Cleanup(func() { os.Chmod(f, st.Mode()) })
		os.Chmod(f, st.Mode()&^0o222)
	}
	got, p := a.once(t, hooks{})
	same(t, "read only", got, want)
	if !strings.Contains(p.Notice, "cannot be") {
		t.Errorf("notice %q", p.Notice)
	}
}

// A file that could not be opened is tried again, though it has not changed.
func TestClosedFileIsTriedAgain(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("everything may be read by root")
	}
	a := shaped(t, "folder", 20)
	name := filepath.Join(a.path, "a", "00004.txt")
	os.Chmod(name, 0)
	for range 2 {
		var c counts
		l := opened(t, a.open(t, c.hooks(0)))
		if r, _ := l.Wait(t.Context()); len(r.Unread) != 1 || r.Cables != 19 {
			t.Errorf("receipt %+v", r)
		}
		<-l.end
		l.Close()
	}
	os.Chmod(name, 0o644)
	want, _ := asked{path: a.path, base: a.base}.once(t, hooks{})
	var c counts
	got, _ := a.once(t, c.hooks(0))
	same(t, "once it may be read", got, want)
	if c.read.Load() != 1 {
		t.Errorf("%d files are read", c.read.Load())
	}
}
