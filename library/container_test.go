package library

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"chancery/library/contract"
	"chancery/model"
)

// madeTable writes a table with n rows, each with a text of some 7 kB.
func madeTable(t testing.TB, n int) string {
	t.Helper()
	var b bytes.Buffer
	body := strings.Repeat("2. (C) Nothing was said, and \\\"nothing\\\" was written down.\n", 120)
	for i := range n {
		fmt.Fprintf(&b, "\"%d\",\"10/15/2007 8:13\",\"07ASTANA%d\",\"Embassy Astana\",\"CONFIDENTIAL\",\"\",\"P 150813Z OCT 07\nFM AMEMBASSY ASTANA\",\"SUBJECT: ROW %d\n\n1. (C) X.\n%s\"\n", i+1, 9900+i, i+1, body)
	}
	path := filepath.Join(t.TempDir(), "cables.csv")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// What is kept of a table are rows of the list, not its text.
func TestTableKeepsRowsOnly(t *testing.T) {
	const n = 5000 // 35 MB
	path := madeTable(t, n)
	before := heapHeld()
	m := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{path}}))
	if kept := heapHeld() - before; kept > n*1000 {
		t.Errorf("%d bytes a cable are kept", kept/n)
	}
	r, _ := m.Wait(t.Context())
	if r.Files != 1 || r.Items != n || r.Cables != n || r.Copies != 0 {
		t.Errorf("receipt %+v", r)
	}
	for _, key := range []model.Key{1, 2, n / 2, n} {
		c, err := m.Cable(t.Context(), key)
		if err != nil || c.Subject != fmt.Sprintf("ROW %d", key) {
			t.Errorf("cable %d: %v", key, err)
		}
	}
	if key, ok, err := m.Find(t.Context(), "07ASTANA9904"); key != 5 || !ok || err != nil {
		t.Errorf("found %d, %v, %v", key, ok, err)
	}
}

func heapHeld() int {
	runtime.GC()
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return int(s.HeapAlloc)
}

// The same cable in a file, an archive and a packed file is told as a copy.
func TestCopiesAreToldWhereverTheyStand(t *testing.T) {
	_, texts := contract.Cables()
	dir := t.TempDir()
	text := []byte(texts["a.txt"])
	os.WriteFile(filepath.Join(dir, "a.txt"), text, 0o644)
	var packed, archive bytes.Buffer
	g := gzip.NewWriter(&packed)
	g.Write(text)
	g.Close()
	os.WriteFile(filepath.Join(dir, "b.gz"), packed.Bytes(), 0o644)
	z := zip.NewWriter(&archive)
	f, _ := z.Create("in/c.txt")
	f.Write(text)
	z.Close()
	os.WriteFile(filepath.Join(dir, "c.zip"), archive.Bytes(), 0o644)
	m := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{dir}}))
	r, _ := m.Wait(t.Context())
	if r.Files != 3 || r.Cables != 3 || r.Copies != 2 {
		t.Errorf("receipt %+v", r)
	}
	page, err := m.List(t.Context(), nil, model.Ask{Order: model.ByDate, N: 3})
	if err != nil || !strings.HasSuffix(page.Entries[2].Path, "c.zip/in/c.txt") {
		t.Errorf("entries %+v, %v", page.Entries, err)
	}
	for key := model.Key(1); key <= 3; key++ {
		if c, err := m.Cable(t.Context(), key); err != nil || c.Text != string(text) {
			t.Errorf("cable %d: %v", key, err)
		}
		if b, err := m.Raw(t.Context(), key); err != nil || !bytes.Equal(b, text) {
			t.Errorf("raw %d: %v", key, err)
		}
	}
}

// BenchmarkReadBack opens cables of a table at random places.
func BenchmarkReadBack(b *testing.B) {
	m := opened(b, Open(context.Background(), Options{Name: "x", Paths: []string{madeTable(b, 5000)}}))
	key := model.Key(1)
	for b.Loop() {
		key = key*7919%5000 + 1
		if _, err := m.Cable(context.Background(), key); err != nil {
			b.Fatal(err)
		}
	}
}
