package library

import (
	"archive/zip"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery/model"
)

// twice reads a folder of files into an index, compares it with the same in
// memory and with itself opened again, and gives it open.
func twice(t *testing.T, files map[string]string) (*Library, model.Receipt) {
	t.Helper()
	a := asked{path: filepath.Join(t.TempDir(), "in"), cache: t.TempDir()}
	a.base = filepath.Dir(a.path)
	if err := os.MkdirAll(a.path, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		write(t, filepath.Join(a.path, name), text)
	}
	want, _ := asked{path: a.path, base: a.base}.once(t, hooks{})
	got, p := a.once(t, hooks{batch: 4})
	same(t, "on disk", got, want)
	var c counts
	l := opened(t, a.open(t, c.hooks(4)))
	same(t, "opened again", state(t, l, a.base), want)
	if c.read.Load() > 0 || p.Notice != "" {
		t.Errorf("%d files are read again, notice %q", c.read.Load(), p.Notice)
	}
	r, err := l.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return l, r
}

func TestOddCollections(t *testing.T) {
	cable := cableTexts(1, 4)[0]
	t.Run("of nothing", func(t *testing.T) {
		if _, r := twice(t, nil); r.Cables != 0 || len(r.NotCables) != 1 {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("of no cable", func(t *testing.T) {
		if _, r := twice(t, map[string]string{"a.txt": "", "b": "hello\n", "c.bin": "\x00\x01\x02"}); r.Cables != 0 || r.Files != 3 || r.Items != 3 {
			t.Errorf("receipt %+v", r)
		}
	})
	t.Run("of one large cable", func(t *testing.T) {
		text := cable + strings.Repeat("2. (C) "+strings.Repeat("Enormous words follow each other. ", 30)+"\n\n", 3000)
		l, r := twice(t, map[string]string{"a.txt": text})
		c, err := l.Cable(t.Context(), 1)
		if err != nil || c.Text != text || r.Bytes != int64(len(text)) {
			t.Errorf("%d bytes, %v", r.Bytes, err)
		}
		page, err := l.List(t.Context(), ask(t, `"enormous words"`), model.Ask{N: 1})
		if err != nil || page.Total != 1 {
			t.Errorf("found %d, %v", page.Total, err)
		}
	})
	t.Run("with one id", func(t *testing.T) {
		l, r := twice(t, map[string]string{"a.txt": cable, "b.txt": cable + "MORE\n", "c.txt": cable})
		if r.Cables != 3 || r.Copies != 1 {
			t.Errorf("receipt %+v", r)
		}
		id := everything(t, l, nil)[0].ID
		if es := everything(t, l, ask(t, "id:"+id)); len(es) != 3 {
			t.Errorf("%d have the id", len(es))
		}
		if k, ok, err := l.Find(t.Context(), id); !ok || err != nil || k != 1 {
			t.Errorf("found %d, %v, %v", k, ok, err)
		}
	})
	t.Run("without id and date", func(t *testing.T) {
		l, _ := twice(t, map[string]string{
			"a.txt": "SUBJECT: nothing else\n\n1. (U) Gas.\n", "b.txt": "SUBJECT: \n\n1. (S) X.\n",
			"c.csv": "\"1\",\"\",\"\",\"Embassy Astana\",\"CONFIDENTIAL\",\"\",\"\",\"SUBJECT: \x00 NUL\x00\n\n1. (C) A\x00B gas\x00pipe.\n\"\n",
		})
		if es := everything(t, l, ask(t, "missing:date")); len(es) < 2 || es[0].ID != "" {
			t.Errorf("entries %+v", es)
		}
	})
	t.Run("of weird names", func(t *testing.T) {
		files := map[string]string{"a b?#%41&x=1.txt": cable + "1", "línea\u0301.txt": cable + "2", "'\";--.txt": cable + "3", "a\nb.txt": cable + "4"}
		if runtime.GOOS == "linux" {
			files["\xff\xfe.txt"] = cable + "5"
		}
		l, r := twice(t, files)
		if r.Cables != len(files) {
			t.Errorf("receipt %+v", r)
		}
		for _, e := range everything(t, l, nil) {
			c, err := l.Cable(t.Context(), e.Key)
			if err != nil || c.Source.Path != e.Path {
				t.Errorf("%q: %v", e.Path, err)
			}
			if _, err := l.Raw(t.Context(), e.Key); err != nil {
				t.Errorf("%q: %v", e.Path, err)
			}
		}
	})
}

// Weird names of what is gone are remembered, and it is read when it comes back.
func TestWeirdFileComesBack(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("names are UTF-8")
	}
	a := shaped(t, "folder", 10)
	name := filepath.Join(a.path, "\xff\xfe.txt")
	write(t, name, cableTexts(1, 4)[0])
	epoch := time.Unix(0, 0) // as reproducible archives have it
	os.Chtimes(name, epoch, epoch)
	want, _ := a.once(t, hooks{})
	var c counts
	if a.once(t, c.hooks(0)); c.read.Load() != 0 {
		t.Errorf("%d files of 1970 are read again", c.read.Load())
	}
	os.Rename(name, filepath.Join(a.base, "away"))
	a.once(t, hooks{})
	a.once(t, hooks{})
	os.Rename(filepath.Join(a.base, "away"), name)
	got, _ := a.once(t, hooks{})
	same(t, "came back", got, want)
	got, _ = a.once(t, hooks{})
	same(t, "stayed", got, want)
}

// Things that are no cables, however many, are counted, batch by batch.
func TestManyRefusals(t *testing.T) {
	t.Parallel()
	n := cablesFor(t, 20_000, 5000)
	if thorough() {
		n = 100_000
	}
	a := asked{path: filepath.Join(t.TempDir(), "many.zip"), cache: t.TempDir()}
	a.base, a.brief = filepath.Dir(a.path), true
	f, err := os.Create(a.path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for i := range n {
		w, _ := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("n/%06d", i)})
		fmt.Fprintf(w, "nothing %d\n", i)
	}
	w, _ := z.Create("z.txt")
	fmt.Fprint(w, cableTexts(1, 4)[0])
	z.Close()
	f.Close()
	want, _ := a.once(t, hooks{batch: 500})
	if s := a.batches(t); s < n/2000 {
		t.Errorf("all is in %d batches", s)
	}
	got, _ := a.once(t, hooks{})
	same(t, "opened again", got, want)
	os.Chtimes(a.path, time.Now().Add(time.Hour), time.Now().Add(time.Hour))
	a.once(t, hooks{batch: 500})
	got, _ = a.once(t, hooks{})
	same(t, "read twice", got, want)
}

func (a asked) batches(t testing.TB) (n int) {
	t.Helper()
	for i := range shardCount {
		s, err := openShard(t.Context(), shardFile(a.index(t), i), false)
		if err != nil {
			t.Fatal(err)
		}
		var k int
		if err := s.read.QueryRow("SELECT count(*) FROM batch").Scan(&k); err != nil {
			t.Fatal(err)
		}
		n += k
		_ = s.close()
	}
	return n
}

// A cable without a paragraph answers nothing that is asked of one.
func TestCableWithoutParagraphs(t *testing.T) {
	l, _ := twice(t, map[string]string{
		"a.txt": "P 150813Z OCT 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 9901\nC O N F I D E N T I A L ASTANA 009911\n\nTAGS: PREL\nSUBJECT: NOTHING BEHIND IT\n",
		"b.txt": "P 150813Z OCT 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 9901\nC O N F I D E N T I A L ASTANA 009912\n\nTAGS: PREL\nSUBJECT: SOMETHING BEHIND IT\n\n1. (C) Gas.\n",
	})
	s := scan(t, filepath.Dir(everything(t, l, nil)[0].Path))
	for _, text := range []string{"para{tag:PREL}", "-para{tag:PREL}", "para{-gas}", "para{mark:c}", "para{-mark:c}", "para{gas}", "para{tag:PREL OR gas}", "para{(tag:PREL)}", "para{tag:PREL gas}", "para{-tag:KZ}"} {
		q := ask(t, text)
		var want, got []string
		for i, d := range s.docs {
			if q.Match(d) {
				want = append(want, s.paths[i])
			}
		}
		for _, e := range everything(t, l, q) {
			got = append(got, e.Path)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// A path that is a pipe is not looked into: that would wait for ever.
func TestPipeIsNotOpened(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := mkfifo(name); err != nil {
		t.Skip(err)
	}
	l := opened(t, Open(t.Context(), Options{Paths: []string{name}, Cache: t.TempDir()}))
	if r, _ := l.Wait(t.Context()); len(r.NotCables) != 1 {
		t.Errorf("receipt %+v", r)
	}
}

// An index that somebody writes is not dropped; one at rest is, whole.
func TestDropIndex(t *testing.T) {
	a := shaped(t, "folder", 20)
	a.once(t, hooks{})
	k, err := takeLock(t.Context(), a.index(t))
	if err != nil {
		t.Fatal(err)
	}
	if dropIndex(t.Context(), a.index(t)) == nil || a.batches(t) == 0 {
		t.Error("an index in use was dropped")
	}
	k.release()
	if err := dropIndex(t.Context(), a.index(t)); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(a.index(t)); err == nil {
		t.Error("something is left")
	}
}
