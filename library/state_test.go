package library

import (
	"archive/zip"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"chancery/model"
	"chancery/model/query"
	"chancery/parser"
)

// What a collection says of itself, so that two can be compared: every row,
// the receipt, the counts and the answers to a few queries of each kind.

var stateQueries = []string{
	"gas", `"end user"`, "pipelin*", "-the", "tag:PREL gas", "is:duplicate", "cites:07ROME9101", "subject:gas", "file:3",
	"class>=secret mark:u", "para{gas talks}", "/uraniu[mn]/", "~uranium", "=GAS", "thread:06ASTANA9077", "missing:refs", "words>20",
}

// state writes down a collection; base is left out of paths. What is told once
// only, of what is new, is left out too.
func state(t testing.TB, l *Library, base string, queries ...string) []string {
	t.Helper()
	var out []string
	say := func(what string, v ...any) {
		out = append(out, what+" "+strings.ReplaceAll(fmt.Sprint(v...), base, "~"))
	}
	ctx := context.Background()
	r, err := l.Wait(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range []*[]model.Refusal{&r.NotCables, &r.Unread, &r.Refused} {
		slices.SortFunc(*list, func(a, b model.Refusal) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	}
	say("receipt", fmt.Sprintf("%+v", r))
	for _, e := range everything(t, l, nil) {
		e.Key = 0
		say("row", fmt.Sprintf("%+v", e))
	}
	if queries == nil {
		queries = stateQueries
	}
	for _, text := range queries {
		q, perr := query.Parse(text, query.Options{})
		if perr != nil {
			t.Fatal(perr)
		}
		for _, e := range everything(t, l, q) {
			say(text, e.ID, e.Date, e.Path, e.Subject)
		}
	}
	o, err := l.Facets(ctx, nil, []string{"year", "month", "origin", "to", "info", "country", "tag", "class", "mark", "caveat"}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	say("facets", fmt.Sprintf("%+v", o))
	slices.Sort(out)
	return out
}

// everything lists all that answers a query.
func everything(t testing.TB, l *Library, q *query.Query) []model.Entry {
	t.Helper()
	var all []model.Entry
	for from := model.Key(0); ; {
		p, err := l.List(context.Background(), q, model.Ask{Order: model.ByDate, From: from, N: 10_000})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p.Entries...)
		if len(p.Entries) == 0 && !p.Counting {
			if len(all) != p.Total {
				t.Fatalf("%d of %d are listed", len(all), p.Total)
			}
			return all
		}
		if n := len(all); n > 0 {
			from = all[n-1].Key
		}
	}
}

var briefQueries = []string{"gas", "is:duplicate", "cites:07ROME9101"}

// briefly is what of a state a brief one has.
func briefly(lines []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(s string) bool {
		for _, begin := range append([]string{"row", "receipt", "facets"}, briefQueries...) {
			if strings.HasPrefix(s, begin+" ") {
				return false
			}
		}
		return true
	})
}

// same compares two states and names what differs.
func same(t testing.TB, what string, got, want []string) {
	t.Helper()
	if slices.Equal(got, want) {
		return
	}
	var out []string
	i, j := 0, 0
	for i < len(got) || j < len(want) {
		switch {
		case i < len(got) && j < len(want) && got[i] == want[j]:
			i, j = i+1, j+1
		case j == len(want) || i < len(got) && got[i] < want[j]:
			out = append(out, "+ "+got[i])
			i++
		default:
			out = append(out, "- "+want[j])
			j++
		}
	}
	for k := range out[:min(len(out), 6)] {
		out[k] = out[k][:min(len(out[k]), 600)]
	}
	t.Errorf("%s: %d lines differ:\n%s", what, len(out), strings.Join(out[:min(len(out), 6)], "\n"))
}

// counts counts what a library reads and parses.
type counts struct{ read, parsed, looked atomic.Int64 }

func (c *counts) hooks(batch int) hooks {
	return hooks{
		read: func(string) { c.read.Add(1) }, parsed: func(string) { c.parsed.Add(1) }, looked: func() { c.looked.Add(1) },
		batch: batch,
	}
}

// cableTexts makes up cables, a tenth of them twice.
func cableTexts(n int, seed uint64) []string {
	m := maker{rand.New(rand.NewPCG(seed, 5))}
	out := make([]string, n)
	for i := range out {
		if i > 10 && m.r.IntN(10) == 0 {
			out[i] = out[m.r.IntN(i)]
			continue
		}
		_, out[i] = m.cable(i)
	}
	return out
}

// How a collection may come: each writes it below dir and gives its path.
var shapes = map[string]func(t testing.TB, dir string, texts []string) string{
	"folder": func(t testing.TB, dir string, texts []string) string {
		for i, text := range texts {
			// in an order that is not that of the paths: a- comes before a/
			sub := []string{"a", "a-b", "b", "c/d"}[i%4]
			write(t, filepath.Join(dir, "in", sub, fmt.Sprintf("%05d.txt", i)), text)
		}
		write(t, filepath.Join(dir, "in", "notes.md"), "# Notes\n")
		write(t, filepath.Join(dir, "in", "a", "zz.bin"), "\x00\x01\x02\x03")
		return filepath.Join(dir, "in")
	},
	"csv": func(t testing.TB, dir string, texts []string) string {
		var b strings.Builder
		for i, text := range texts {
			head, body, _ := strings.Cut(text, "\n\n")
			esc := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace
			fmt.Fprintf(&b, "\"%d\",\"10/15/2007 8:13\",\"07ASTANA%d\",\"Embassy Astana\",\"CONFIDENTIAL\",\"\",\"%s\",\"%s\"\n", i+1, 9000+i, esc(head), esc(body))
		}
		path := filepath.Join(dir, "cables.csv")
		write(t, path, b.String())
		return path
	},
	"zip": func(t testing.TB, dir string, texts []string) string {
		path := filepath.Join(dir, "cables.zip")
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		z := zip.NewWriter(f)
		for i, text := range texts {
			w, err := z.Create(fmt.Sprintf("p/%05d.txt", (i*7919)%len(texts)))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprint(w, text)
		}
		w, _ := z.Create("readme.txt")
		fmt.Fprint(w, "Nothing to see.\n")
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	},
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// asked is a collection with a cache, to be opened again and again.
type asked struct {
	path, base, cache string
	brief             bool // few queries are asked
}

func (a asked) open(t testing.TB, h hooks) *Library {
	t.Helper()
	l := Open(context.Background(), Options{Name: "made up", Paths: []string{a.path}, Cache: a.cache, hooks: h})
	t.Cleanup(l.Close)
	return l
}

// once opens, writes down and closes.
func (a asked) once(t testing.TB, h hooks) (lines []string, p model.Progress) {
	t.Helper()
	l := a.open(t, h)
	defer l.Close()
	if a.brief {
		lines = state(t, l, a.base, briefQueries...)
	} else {
		lines = state(t, l, a.base)
	}
	<-l.end // it has come to rest
	p, err := l.Progress(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return lines, p
}

func shaped(t testing.TB, shape string, n int) asked {
	t.Helper()
	base := t.TempDir()
	return asked{path: shapes[shape](t, base, cableTexts(n, 3)), base: base, cache: t.TempDir()}
}

// cablesFor is fewer for short tests.
func cablesFor(t testing.TB, n, short int) int {
	t.Helper()
	if testing.Short() {
		return short
	}
	return n
}

func messageOfText(text string) parser.Message { return parser.Message{Text: text} }
