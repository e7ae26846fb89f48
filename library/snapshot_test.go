package library

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery/model"
)

// whatIsHeld writes down all that is held of a collection, by name and not by
// number.
func whatIsHeld(t *testing.T, l *Library) string {
	t.Helper()
	v, err := l.whole(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i := range v.rows {
		r := v.rows[i]
		if r.dead {
			fmt.Fprintln(&b, i, "dead")
			continue
		}
		fmt.Fprintf(&b, "%d %+v class %v high %v traits %b ord %d words %d size %d declas %v entry %q searchable %v\n", i, v.show(i), v.marks[r.class],
			r.high, r.traits, r.ord, r.words, r.size, r.declasDate(), r.entry, v.searchable.has(i))
		for _, name := range []string{"origin", "to", "info", "country", "tag", "caveat"} {
			fmt.Fprintf(&b, "\t%s %q\n", name, v.cols.namesOf(v.cols.column(name), i))
		}
		for _, c := range v.cols.cite.of(i) {
			fmt.Fprintf(&b, "\tcites %s\n", v.cols.cites.list[c])
		}
		for all := v.cols.block.of(i); len(all) > 0; {
			fmt.Fprintf(&b, "\tmark %v\n", v.marks[all.next()])
		}
		fmt.Fprintf(&b, "\tby %q sign %q\n", v.cols.names.list[v.cols.by[i]], v.cols.names.list[v.cols.sign[i]])
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	h := &l.held
	fmt.Fprintln(&b, "dead", h.dead, "batches", h.batches, "run", h.run, "next", h.next, "lost", h.lost, "done", h.done, "tidy", h.tidy, "limits", h.limits)
	var files []string
	for _, f := range h.files.list {
		files = append(files, fmt.Sprintf("%+v", f))
	}
	slices.Sort(files)
	return b.String() + strings.Join(files, "\n")
}

// sealedIndex makes a collection that was changed after its first reading, and
// its sealed index.
func sealedIndex(t *testing.T) Options {
	t.Helper()
	dir := made(t, 60, 4)
	o := Options{Name: "x", Paths: []string{dir}, Cache: t.TempDir()}
	for _, name := range []string{"a.txt", "z/b.txt"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("a letter, no cable\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	readWhole(t, o)
	texts := cableTexts(70, 5)[60:]
	for i, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("later-%d.txt", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(dir, "a.txt")); err != nil {
		t.Fatal(err)
	}
	readWhole(t, o)
	return o
}

func readWhole(t *testing.T, o Options) *Library {
	t.Helper()
	l := Open(t.Context(), o)
	if _, err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.Close()
	return l
}

// held opens an index and says what is held and whether the snapshot was used.
func heldOf(t *testing.T, o Options) (string, bool) {
	t.Helper()
	l := opened(t, Open(t.Context(), o))
	if _, err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := whatIsHeld(t, l)
	l.mu.Lock()
	used := l.held.snapped
	l.mu.Unlock()
	l.Close()
	return all, used
}

func indexFolder(t *testing.T, o Options) string {
	t.Helper()
	dir, _ := indexDir(o.Cache, o.Paths)
	return dir
}

// What the snapshot says is what the batches say.
func TestSnapshotSaysWhatTheBatchesSay(t *testing.T) {
	o := sealedIndex(t)
	snap, used := heldOf(t, o)
	if !used {
		t.Fatal("a sealed index was opened without its snapshot")
	}
	if err := os.Remove(filepath.Join(indexFolder(t, o), snapshotFile)); err != nil {
		t.Fatal(err)
	}
	batches, used := heldOf(t, o)
	if used {
		t.Fatal("the snapshot was taken away and yet used")
	}
	if snap != batches {
		a, b := strings.Split(snap, "\n"), strings.Split(batches, "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Fatalf("line %d of the snapshot:\n%s\nof the batches:\n%s", i, a[i], b[i])
			}
		}
		t.Fatalf("%d lines of the snapshot, %d of the batches", len(a), len(b))
	}
	if !strings.Contains(snap, "traits") || !strings.Contains(snap, "a letter") && !strings.Contains(snap, "b.txt") {
		t.Error("nothing was compared")
	}
	if _, used = heldOf(t, o); !used {
		t.Error("the snapshot was not made again")
	}
}

// A snapshot that is not as it was written is not used; all is there all the
// same.
func TestBadSnapshotIsNotUsed(t *testing.T) {
	o := sealedIndex(t)
	want, _ := heldOf(t, o)
	file := filepath.Join(indexFolder(t, o), snapshotFile)
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(good); at += 1 + len(good)/40 {
		for _, cut := range []bool{false, true} {
			bad := slices.Clone(good)
			bad[at] ^= 0x40
			if cut { // no size that the seal knows: the time alone would not tell
				bad = append(bad[:at:at], make([]byte, len(good)-at)...)
			}
			if err := os.WriteFile(file, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(file, time.Now(), st.ModTime()); err != nil {
				t.Fatal(err)
			}
			got, used := heldOf(t, o)
			if used && string(bad) != string(good) {
				t.Fatalf("with byte %d changed (cut %v) the snapshot was used", at, cut)
			}
			if got != want {
				t.Fatalf("with byte %d changed (cut %v) something else is held", at, cut)
			}
			// it was written again: its state is what the next round spoils
			if good, err = os.ReadFile(file); err != nil {
				t.Fatal(err)
			}
			if st, err = os.Stat(file); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// The list by date of a snapshot is the one that sorting makes, also when
// cables come to it.
func TestSnapshotOrder(t *testing.T) {
	o := sealedIndex(t)
	list := func(forget bool) []model.Entry {
		l := opened(t, Open(t.Context(), o))
		if _, err := l.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		if forget {
			l.mu.Lock()
			l.held.sorted, l.seen = nil, nil
			l.mu.Unlock()
			l.asking.Lock()
			l.orders = map[model.Order]*order{}
			l.asking.Unlock()
		}
		p, err := l.List(t.Context(), nil, model.Ask{Order: model.ByDate, N: 1000})
		if err != nil {
			t.Fatal(err)
		}
		return p.Entries
	}
	same := func(a, b []model.Entry) bool {
		return slices.EqualFunc(a, b, func(a, b model.Entry) bool { return a.Key == b.Key && a.ID == b.ID })
	}
	if !same(list(false), list(true)) {
		t.Error("the order of the snapshot is another than that of sorting")
	}
	text := cableTexts(71, 5)[70]
	if err := os.WriteFile(filepath.Join(o.Paths[0], "last.txt"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if a := list(false); len(a) != 71 || !same(a, list(true)) {
		t.Errorf("with a cable more there are %d, in another order than that of sorting", len(a))
	}
}
