package library

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/model"
)

// index gives the folder of the collection's index.
func (a asked) index(t testing.TB) string {
	t.Helper()
	dir, _ := indexDir(a.cache, []string{a.path})
	return dir
}

func edit(t testing.TB, file string, change func(b []byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, change(b), 0o600); err != nil {
		t.Fatal(err)
	}
}

// sql changes a database of an index as its own program would, so that its
// seal is good again afterwards.
func (a asked) sql(t testing.TB, i int, statement string, args ...any) {
	t.Helper()
	dir := a.index(t)
	shards, err := openShards(t.Context(), dir, true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := shards[i].write.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
	os.Remove(filepath.Join(dir, snapshotFile)) // with it nothing of this would be read
	if err := seal(t.Context(), dir, shards); err != nil || !sealed(dir) {
		t.Fatal("not sealed", err)
	}
	for _, s := range shards {
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
	}
}

// flip changes one bit in the middle of a blob of the first row of a table.
func (a asked) flip(t testing.TB, i int, table, column string) {
	t.Helper()
	shards, err := openShards(t.Context(), a.index(t), true)
	if err != nil {
		t.Fatal(err)
	}
	var b []byte
	var id int
	if err := shards[i].read.QueryRow("SELECT rowid, "+column+" FROM "+table+" LIMIT 1").Scan(&id, &b); err != nil {
		t.Fatal(err)
	}
	for _, s := range shards {
		_ = s.close()
	}
	b = bytes.Clone(b)
	b[len(b)/2] ^= 4
	a.sql(t, i, "UPDATE "+table+" SET "+column+"=? WHERE rowid=?", b, id)
}

func text([]byte) []byte { return []byte(strings.Repeat("This is no database. ", 3000)) }

// Whatever is done to the files of an index while it is closed, it is noticed:
// the index is built again, or does without.
func TestDamagedIndexIsBuiltAgain(t *testing.T) {
	const cables = 100
	a := shaped(t, "folder", cables)
	a.brief = true
	want, _ := a.once(t, hooks{batch: 24})
	dbs := []string{"0.db", "1.db"}
	damages := map[string]func(b []byte) []byte{
		"truncated":          func(b []byte) []byte { return b[:len(b)/2/16384*16384] },
		"cut in a page":      func(b []byte) []byte { return b[:len(b)/2+100] },
		"emptied":            func([]byte) []byte { return nil },
		"zeros":              func(b []byte) []byte { clear(b[len(b)/2 : len(b)/2+5000]); return b },
		"zeros at the start": func(b []byte) []byte { clear(b[:100]); return b },
		"one bit":            func(b []byte) []byte { b[len(b)*3/4] ^= 1; return b },
		"text":               text,
	}
	built := func(what, notice string) {
		t.Helper()
		var c counts
		got, p := a.once(t, c.hooks(24))
		same(t, what, got, want)
		if c.parsed.Load() != cables || !strings.Contains(p.Notice, notice) {
			t.Errorf("%s: %d cables are parsed, notice %q", what, c.parsed.Load(), p.Notice)
		}
		c = counts{}
		got, p = a.once(t, c.hooks(24))
		same(t, what+", again", got, want)
		if c.parsed.Load() != 0 || p.Notice != "" {
			t.Errorf("%s, again: %d cables are parsed, notice %q", what, c.parsed.Load(), p.Notice)
		}
	}
	for _, db := range dbs {
		file := filepath.Join(a.index(t), db)
		for how, change := range damages {
			edit(t, file, change)
			built(db+" "+how, "damaged")
		}
		os.Remove(file)
		built(db+" removed", "damaged")
	}
	for i, db := range dbs {
		for _, c := range []string{"heads", "facts"} {
			a.flip(t, i, "batch", c)
			built(db+" "+c, "damaged")
		}
		for _, set := range []string{"n=1000000000", "first=1000000000", "n=1", "first=first+1", "run=7", "seq=seq+100", "heads=NULL", "heads=places", "first='x'"} {
			a.sql(t, i, "UPDATE batch SET "+set+" WHERE seq=(SELECT max(seq) FROM batch)")
			built(db+" "+set, "damaged")
		}
		a.sql(t, i, fmt.Sprintf("PRAGMA user_version=%d", schema+1))
		built(db+" of another version", "another version")
		a.sql(t, i, "DROP TABLE batch")
		built(db+" without a table", "damaged")
	}
	a.sql(t, 0, "UPDATE meta SET v='{' WHERE k=?", remarksKey)
	built("remarks", "damaged")
	a.sql(t, 1, "UPDATE meta SET v='another' WHERE k='index'")
	built("a shard of another index", "damaged")
	edit(t, filepath.Join(a.index(t), sealFile), text)
	built("the seal", "damaged")
}

// What is beside the databases is no loss.
func TestSmallDamages(t *testing.T) {
	a := shaped(t, "folder", 100)
	want, _ := a.once(t, hooks{batch: 64})
	for name, change := range map[string]func(){
		"where.json of text":    func() { edit(t, filepath.Join(a.index(t), whereFile), text) },
		"where.json cut":        func() { edit(t, filepath.Join(a.index(t), whereFile), func(b []byte) []byte { return b[:9] }) },
		"where.json removed":    func() { os.Remove(filepath.Join(a.index(t), whereFile)) },
		"lock.db of text":       func() { os.WriteFile(filepath.Join(a.index(t), lockFile), text(nil), 0o600) },
		"lock.db short":         func() { os.WriteFile(filepath.Join(a.index(t), lockFile), []byte("x"), 0o600) },
		"touched":               func() { edit(t, filepath.Join(a.index(t), "0.db"), func(b []byte) []byte { return b }) },
		"a file of the user's":  func() { os.WriteFile(filepath.Join(a.index(t), "x"), text(nil), 0o600) },
		"a log that is no log":  func() { os.WriteFile(filepath.Join(a.index(t), "1.db-wal"), text(nil), 0o600) },
		"the seal is not there": func() { breakSeal(a.index(t)) },
	} {
		change()
		var c counts
		got, p := a.once(t, c.hooks(64))
		same(t, name, got, want)
		if c.parsed.Load() != 0 || p.Notice != "" {
			t.Errorf("%s: %d are parsed, notice %q", name, c.parsed.Load(), p.Notice)
		}
		if w, err := readWhere(a.index(t)); err != nil || w.Name != "made up" {
			t.Errorf("%s: then where.json has %+v, %v", name, w, err)
		}
	}
}

// Damage that is met only when something is looked for is told, a text comes
// from its source instead, and the next opening builds the index again.
func TestDamageMetLater(t *testing.T) {
	a := shaped(t, "folder", 300)
	want, _ := a.once(t, hooks{batch: 64})
	again := func(what string) {
		t.Helper()
		got, p := a.once(t, hooks{batch: 64})
		same(t, what, got, want)
		if !strings.Contains(p.Notice, "damaged") {
			t.Errorf("%s: notice %q", what, p.Notice)
		}
	}

	a.sql(t, 0, "UPDATE chunk SET z=substr(z, 1, length(z)/2)")
	l := opened(t, a.open(t, hooks{}))
	for _, e := range everything(t, l, nil) {
		c, err := l.Cable(t.Context(), e.Key)
		if err != nil || c.Subject != e.Subject || c.Source.Path != e.Path {
			t.Fatalf("%s: %v", e.Path, err)
		}
	}
	l.Close()
	again("texts")

	a.flip(t, 1, "batch", "places")
	l = opened(t, a.open(t, hooks{}))
	bad := 0
	for _, e := range everything(t, l, nil) {
		if _, err := l.Cable(t.Context(), e.Key); err != nil {
			t.Fatalf("%s: %v", e.Path, err)
		}
		if _, err := l.Raw(t.Context(), e.Key); err != nil {
			bad++
			if !strings.Contains(err.Error(), "damaged") || !strings.Contains(err.Error(), e.Path) {
				t.Fatal(err)
			}
		}
	}
	if bad == 0 {
		t.Error("no place is damaged")
	}
	l.Close()
	again("places")

	a.sql(t, 0, "UPDATE words_data SET block=zeroblob(length(block)) WHERE id>10")
	l = opened(t, a.open(t, hooks{}))
	_, err := l.List(t.Context(), ask(t, "gas"), model.Ask{N: 10})
	if err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("searching a damaged index: %v", err)
	}
	if _, err := l.Facets(t.Context(), ask(t, "tag:PREL"), []string{"year"}, 10); err != nil {
		t.Errorf("what needs no words: %v", err)
	}
	l.Close()
	again("words")

	// Damage that a reading meets, which must know where cables were.
	a.flip(t, 0, "batch", "places")
	write(t, filepath.Join(a.path, "new.txt"), cableTexts(1, 77)[0])
	want, _ = asked{path: a.path, base: a.base}.once(t, hooks{})
	again("places, and a file is new")
}

// An index whose sources are gone and that is damaged cannot be built again.
func TestDamagedAndGone(t *testing.T) {
	a := shaped(t, "csv", 50)
	a.once(t, hooks{})
	dir := a.index(t)
	os.Remove(a.path)
	l := a.open(t, hooks{})
	if es := everything(t, opened(t, l), nil); len(es) != 50 {
		t.Errorf("%d cables of what is gone", len(es))
	}
	if p, _ := l.Progress(context.Background(), 0); p.Notice != a.path+" is not there: what was indexed of it is shown" || p.Receipt.Cables != 50 {
		t.Errorf("progress %+v", p)
	}
	if c, err := l.Cable(t.Context(), 1); err != nil || c.ID == "" {
		t.Errorf("a text of what is gone: %v", err)
	}
	if _, err := l.Raw(t.Context(), 1); err == nil {
		t.Error("the source of what is gone was read")
	}
	l.Close()
	edit(t, filepath.Join(dir, "1.db"), text)
	l = a.open(t, hooks{})
	if r, err := l.Wait(t.Context()); err != nil || r.Cables != 0 || len(r.Unread) != 1 {
		t.Errorf("receipt %+v, %v", r, err)
	}
	if p, _ := l.Progress(context.Background(), 0); !strings.Contains(p.Notice, "is not there") {
		t.Errorf("notice %q", p.Notice)
	}
}
