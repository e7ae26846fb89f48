package library

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Opened again, a collection is what it was, and nothing of it is read.
func TestOpenedAgain(t *testing.T) {
	for shape := range shapes {
		t.Run(shape, func(t *testing.T) {
			a := shaped(t, shape, cablesFor(t, 1000, 300))
			want, _ := a.once(t, hooks{batch: 64})
			for range 2 {
				var c counts
				got, p := a.once(t, c.hooks(64))
				same(t, "opened again", got, want)
				if c.read.Load() != 0 || c.parsed.Load() != 0 || p.Notice != "" {
					t.Errorf("%d files and %d cables are read again; notice %q", c.read.Load(), c.parsed.Load(), p.Notice)
				}
			}
			mem := asked{path: a.path, base: a.base}
			got, _ := mem.once(t, hooks{})
			same(t, "in memory", got, want)
		})
	}
}

// A root is known again however it was written.
func TestRootsInAnySpelling(t *testing.T) {
	a := shaped(t, "folder", 40)
	t.Chdir(a.base)
	for _, root := range []string{"in", "./in", "in/", "./in/", "in//", "../" + filepath.Base(a.base) + "/in"} {
		cache := t.TempDir()
		for range 2 {
			var c counts
			l := opened(t, asked{path: root, cache: cache}.open(t, c.hooks(0)))
			es := everything(t, l, nil)
			if len(es) != 40 {
				t.Fatalf("%s: %d cables", root, len(es))
			}
			for _, e := range es {
				if want := filepath.Join(root, e.Path[strings.Index(e.Path, "in/")+3:]); e.Path != want {
					t.Fatalf("%s: path %s, want %s", root, e.Path, want)
				}
				if _, err := l.Raw(t.Context(), e.Key); err != nil {
					t.Fatalf("%s: %v", root, err)
				}
			}
			l.Close()
		}
	}
}

// The same folder named twice, or one within another, is read once.
func TestOverlappingPaths(t *testing.T) {
	a := shaped(t, "folder", 40)
	cache := t.TempDir()
	for i := range 2 {
		var c counts
		l := Open(t.Context(), Options{Paths: []string{a.path, filepath.Join(a.path, "a"), a.path}, Cache: cache, hooks: c.hooks(8)})
		if es := everything(t, opened(t, l), nil); len(es) != 40 {
			t.Errorf("opening %d: %d cables", i, len(es))
		}
		if i == 1 && c.read.Load() != 0 {
			t.Errorf("%d files are read again", c.read.Load())
		}
		l.Close()
	}
}

// changes is a folder whose files change between openings.
type changes struct {
	t *testing.T
	asked
	texts []string
}

func (c *changes) file(name string) string { return filepath.Join(c.path, name) }

// sees opens the folder and compares it with one that is read from nothing.
func (c *changes) sees(what string, read, parsed int64, fresh ...string) {
	c.t.Helper()
	var n counts
	l := c.open(c.t, n.hooks(16))
	defer l.Close()
	got := state(c.t, l, c.base)
	want, _ := asked{path: c.path, base: c.base}.once(c.t, hooks{})
	same(c.t, what, got, want)
	if n.read.Load() != read || n.parsed.Load() != parsed {
		c.t.Errorf("%s: %d files and %d cables are read, want %d and %d", what, n.read.Load(), n.parsed.Load(), read, parsed)
	}
	var names []string
	for _, e := range everything(c.t, l, ask(c.t, "is:new")) {
		names = append(names, strings.TrimPrefix(e.Path, c.path+"/"))
	}
	slices.Sort(names)
	if strings.Join(names, " ") != strings.Join(fresh, " ") {
		c.t.Errorf("%s: new are %v, want %v", what, names, fresh)
	}
}

func (c *changes) inZip(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprintf("cables.zip/p/%05d.txt", i))
	}
	return names
}

func TestChangedSources(t *testing.T) {
	base := t.TempDir()
	texts := cableTexts(60, 9)
	shapes["folder"](t, base, texts[:40])
	c := &changes{t, asked{path: filepath.Join(base, "in"), base: base, cache: t.TempDir()}, texts}
	c.sees("at first", 42, 40)
	c.sees("unchanged", 0, 0)

	os.WriteFile(c.file("a/00004.txt"), []byte(texts[41]+" and more"), 0o644)
	c.sees("one changed", 1, 1, "a/00004.txt")
	c.sees("unchanged since", 0, 0, "a/00004.txt")

	later := time.Now().Add(time.Hour)
	os.Chtimes(c.file("a/00000.txt"), later, later)
	c.sees("touched", 0, 0)
	c.sees("touched once", 0, 0)

	swapped, _ := os.ReadFile(c.file("a/00004.txt"))
	swapped[len(swapped)-2] = 'X'
	os.WriteFile(c.file("a/00004.txt"), swapped, 0o644)
	os.Chtimes(c.file("a/00004.txt"), later, later)
	c.sees("changed to as many bytes", 1, 1, "a/00004.txt")
	os.Chtimes(c.file("notes.md"), later, later)
	c.sees("what is no cable was touched", 1, 0)

	write(t, c.file("b/new.txt"), texts[42])
	c.sees("one added", 1, 1, "b/new.txt")

	old, _ := os.ReadFile(c.file("a/00000.txt"))
	os.Remove(c.file("a/00000.txt"))
	c.sees("one removed", 0, 0, "b/new.txt")

	os.WriteFile(c.file("a/00000.txt"), old, 0o644)
	os.Chtimes(c.file("a/00000.txt"), later, later)
	c.sees("came back", 1, 1, "a/00000.txt")
	c.sees("stayed", 0, 0, "a/00000.txt")

	os.Rename(c.file("notes.md"), c.file("memo.md"))
	os.WriteFile(c.file("a/00004.txt"), []byte("nothing\x00\x01"), 0o644)
	c.sees("no cable any more", 2, 0)
	c.sees("still none", 0, 0)

	shapes["zip"](t, c.path, texts[43:50])
	c.sees("an archive", 1, 7, c.inZip(7)...)
	shapes["zip"](t, c.path, texts[44:52])
	c.sees("the archive changed", 1, 8, "cables.zip/p/00001.txt", "cables.zip/p/00002.txt") // the last two, by their names
	c.sees("the archive unchanged", 0, 0, "cables.zip/p/00001.txt", "cables.zip/p/00002.txt")
	os.Chtimes(c.file("cables.zip"), later, later)
	c.sees("the archive touched", 1, 8) // what holds several messages is read again
}

// An index most of which has changed is built again, so that it does not grow
// with each change.
func TestWornIndexIsBuiltAgain(t *testing.T) {
	dir, cache := made(t, 40, 4), t.TempDir()
	for i := range 5 {
		l := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{dir}, Cache: cache}))
		if r, err := l.Wait(t.Context()); err != nil || r.Cables != 40 {
			t.Fatalf("opening %d: %+v, %v", i, r, err)
		}
		if n := len(l.look().rows); n > 120 {
			t.Errorf("opening %d carries %d rows of 40 cables", i, n)
		}
		l.Close()
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				text, _ := os.ReadFile(path)
				err = os.WriteFile(path, append(text, '\n'), 0o644)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
