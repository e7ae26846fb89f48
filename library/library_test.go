package library

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"chancery/library/contract"
	"chancery/model"
	"chancery/parser"
	"chancery/parser/source"
)

func folder(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	_, texts := contract.Cables()
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func opened(t testing.TB, m *Library) *Library {
	t.Helper()
	t.Cleanup(m.Close)
	if _, err := m.Wait(context.Background()); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestContract(t *testing.T) {
	names, texts := contract.Cables()
	t.Run("folder", func(t *testing.T) {
		contract.Test(t, func(t *testing.T) contract.Library {
			m := Open(t.Context(), Options{Name: "made up", Paths: []string{folder(t)}})
			t.Cleanup(m.Close)
			return m
		})
	})
	t.Run("files", func(t *testing.T) {
		contract.Test(t, func(t *testing.T) contract.Library {
			dir := folder(t)
			var paths []string
			for _, n := range names {
				paths = append(paths, filepath.Join(dir, n))
			}
			m := Open(t.Context(), Options{Name: "made up", Paths: paths})
			t.Cleanup(m.Close)
			return m
		})
	})
	t.Run("embedded", func(t *testing.T) {
		files := fstest.MapFS{}
		for name, text := range texts {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		contract.Test(t, func(t *testing.T) contract.Library {
			m := Open(t.Context(), Options{Name: "made up", FS: files})
			t.Cleanup(m.Close)
			return m
		})
	})
}

func TestReceiptCountsEverything(t *testing.T) {
	dir := folder(t)
	os.WriteFile(filepath.Join(dir, "notes.md"), []byte("# Notes\n"), 0o644)
	m := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{dir, filepath.Join(dir, "gone")}}))
	r, _ := m.Wait(t.Context())
	if r.Files != 7 || r.Cables != 5 || r.Copies != 1 || len(r.NotCables) != 1 || len(r.Unread) != 1 || !strings.HasSuffix(r.Unread[0].Path, "gone") {
		t.Errorf("receipt %+v", r)
	}
}

func TestCableOfAChangedFile(t *testing.T) {
	dir := folder(t)
	m := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{dir}}))
	path := filepath.Join(dir, "a.txt")
	os.WriteFile(path, []byte("SUBJECT: something else\n"), 0o644)
	for what, call := range map[string]func() error{
		"cable": func() error { _, err := m.Cable(t.Context(), 1); return err },
		"raw":   func() error { _, err := m.Raw(t.Context(), 1); return err },
	} {
		if err := call(); !errors.Is(err, source.ErrChanged) || !strings.Contains(err.Error(), "a.txt") {
			t.Errorf("%s of a changed file: %v", what, err)
		}
	}
	os.Remove(path)
	if _, err := m.Cable(t.Context(), 1); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("cable of a file taken away: %v", err)
	}
}

func TestCloseStopsReading(t *testing.T) {
	files := fstest.MapFS{}
	_, texts := contract.Cables()
	for i := range 2000 {
		files[fmt.Sprintf("%05d.txt", i)] = &fstest.MapFile{Data: []byte(texts["a.txt"])}
	}
	before := runtime.NumGoroutine()
	m := Open(context.Background(), Options{Name: "x", FS: files})
	m.Close()
	p, err := m.Progress(t.Context(), 0)
	if err != nil || !p.Done || (p.Cables < 2000 && !errors.Is(p.Err, context.Canceled)) {
		t.Errorf("after Close: done %v, %d cables, %v, %v", p.Done, p.Cables, p.Err, err)
	}
	for i := 0; runtime.NumGoroutine() > before && i < 1000; i++ {
		runtime.Gosched()
		time.Sleep(time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before {
		t.Errorf("%d goroutines are left over", n-before)
	}
}

func TestProgressWaits(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	m := Open(t.Context(), Options{Name: "x", Paths: []string{"-"}, Stdin: in})
	defer m.Close()
	defer in.Close()
	ctx, cancel := context.WithCancel(t.Context())
	told := make(chan error, 1)
	go func() { _, err := m.Progress(ctx, 1); told <- err }()
	cancel()
	if err := <-told; !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled wait gives %v", err)
	}
	out.WriteString("SUBJECT: from a pipe\n\n1. (U) X.\n")
	out.Close()
	if p, err := m.Progress(t.Context(), 1); err != nil || p.Cables != 1 {
		t.Errorf("progress %+v, %v", p, err)
	}
	if _, err := m.Cable(t.Context(), 1); err != nil {
		t.Errorf("a cable of standard input cannot be opened: %v", err)
	}
}

// A list taken while rows come in must be the sorted list of those rows.
func TestOrderTakesInNewRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		by, err := sortingBy(rapid.SampledFrom([]model.Order{model.ByDate, model.ByMark, model.ByFrom, model.BySubject, model.ByID}).Draw(t, "order"))
		if err != nil {
			t.Fatal(err)
		}
		h := held{}
		h.files.id(fileName{})
		o := &order{by: by}
		for range rapid.IntRange(1, 5).Draw(t, "times") {
			for range rapid.IntRange(0, 8).Draw(t, "new") {
				r := head{}
				r.Date = time.Unix(rapid.Int64Range(-2, 1<<18).Draw(t, "date"), 0)
				r.From = rapid.StringOfN(rapid.RuneFrom([]rune("aAb\x00é")), 0, 10, -1).Draw(t, "from")
				r.Subject = r.From
				r.Mark.Level = model.Level(rapid.IntRange(0, 2).Draw(t, "level"))
				r.Mark.Controls = make([]string, rapid.IntRange(0, 2).Draw(t, "controls"))
				h.push(&r, 0)
			}
			now := h.table()
			o.update(&now)
			rows := now.rows
			if len(o.keys) != len(rows) || len(o.rank) != len(rows) {
				t.Fatalf("%d keys and %d ranks of %d rows", len(o.keys), len(o.rank), len(rows))
			}
			for i, k := range o.keys {
				if int(o.rank[k.row]) != i || i > 0 && by.compare(&now, o.keys[i-1].row, k.row) >= 0 {
					t.Fatalf("row %d at %d is out of order", k.row, i)
				}
			}
		}
	})
}

func TestFrom(t *testing.T) {
	for _, c := range []struct{ name, id, origin, want string }{
		{"AMEMBASSY ASTANA", "", "", "ASTANA"},
		{"AMEMBASSY RIO DE JANEIRO", "", "", "RIO DE JANEIRO"},
		{"SECSTATE WASHDC", "", "", "STATE"},
		{"USMISSION USNATO", "06ROME9902", "", "USNATO"},
		{"SECDEF WASHDC", "", "", "SECDEF"},
		{"", "06ROME9902", "", "ROME"},
		{"", "", "Embassy Astana", "ASTANA"},
		{"", "", "Secretary of State", "STATE"},
		{"", "", "", ""},
	} {
		if got := fromOf(&model.Cable{ID: c.id, From: model.Address{Name: c.name}, Metadata: &model.Metadata{Origin: c.origin}}); got != c.want {
			t.Errorf("%q, %q, %q: %q, want %q", c.name, c.id, c.origin, got, c.want)
		}
	}
}

// What a fault of the parser leaves is still a whole cable: its text in one
// block, its parts without a gap.
func TestUnreadCableIsWhole(t *testing.T) {
	text := "label\nthe message"
	c := unread(parser.Message{Text: text, Start: 6})
	if len(c.Blocks) != 1 || c.Blocks[0].Text != "the message" || len(c.Problems) != 1 {
		t.Errorf("cable %+v", c)
	}
	end := 0
	for _, p := range c.Parts {
		if p.Span.Start != end || p.Block >= len(c.Blocks) {
			t.Errorf("part %+v after byte %d", p, end)
		}
		end = p.Span.End
	}
	if end != len(text) {
		t.Errorf("the parts end at %d of %d", end, len(text))
	}
}

// rowsOf makes a collection of n rows without reading anything.
func rowsOf(n int) *Library {
	m := &Library{orders: map[model.Order]*order{}, changed: make(chan struct{})}
	posts := []string{"ASTANA", "ROME", "PARIS", "LIMA", "STATE", "TOKYO", "QUITO"}
	for i := range n {
		post := posts[i%len(posts)]
		r := head{Entry: model.Entry{
			ID: fmt.Sprintf("%02d%s%d", i%10, post, i), From: post,
			Date: time.Unix(int64(i*7919%n)*600, 0), Subject: strings.ToUpper(strconv.FormatInt(int64(i*104729%n)<<20, 36)) + " OF NO INTEREST",
			Mark: model.Marking{Level: model.Level(1 + i%5)},
		}}
		m.held.push(&r, m.held.files.id(fileName{}))
	}
	return m
}

func BenchmarkList250k(b *testing.B) {
	m := rowsOf(250_000)
	for _, by := range []model.Order{model.ByDate, model.ByMark, model.BySubject} {
		b.Run("first/"+string(by), func(b *testing.B) {
			for b.Loop() {
				m.orders = map[model.Order]*order{}
				if _, err := m.List(context.Background(), nil, model.Ask{Order: by, N: 60}); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("next/"+string(by), func(b *testing.B) {
			b.ReportAllocs()
			from := model.Key(1)
			for b.Loop() {
				p, err := m.List(context.Background(), nil, model.Ask{Order: by, From: from, N: 60})
				if err != nil {
					b.Fatal(err)
				}
				if from = 1; len(p.Entries) > 0 {
					from = p.Entries[len(p.Entries)-1].Key
				}
			}
		})
	}
	b.Run("while reading", func(b *testing.B) {
		ask := model.Ask{Order: model.ByDate, N: 60}
		all := m.held.rows
		for b.Loop() {
			b.StopTimer()
			m.held.rows, m.orders = all[:len(all)-1000], map[model.Order]*order{}
			_, _ = m.List(context.Background(), nil, ask)
			m.held.rows = all
			b.StartTimer()
			if _, err := m.List(context.Background(), nil, ask); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// A page of the list costs its entries and nothing that grows with the list.
func TestListAllocations(t *testing.T) {
	m := rowsOf(20_000)
	ask := model.Ask{Order: model.ByDate, From: 77, N: 60}
	if _, err := m.List(context.Background(), nil, ask); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, func() { _, _ = m.List(context.Background(), nil, ask) }); n > 3 {
		t.Errorf("a page takes %.0f allocations", n)
	}
}
