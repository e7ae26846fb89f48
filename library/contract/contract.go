// Package contract holds what every collection must keep, whatever it is
// built on: the tests of the real ones and of the fakes run the same suite.
package contract

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"chancery/model"
	"chancery/model/query"
)

// Library is what the screen asks of a collection.
type Library interface {
	Progress(ctx context.Context, after int) (model.Progress, error)
	List(ctx context.Context, q *query.Query, ask model.Ask) (model.Page, error)
	Cable(ctx context.Context, key model.Key) (*model.Cable, error)
	Raw(ctx context.Context, key model.Key) ([]byte, error)
	Find(ctx context.Context, id string) (model.Key, bool, error)
	Facets(ctx context.Context, q *query.Query, fields []string, most int) (model.Overview, error)
	Values(ctx context.Context, q *query.Query, field, begin string, most int) ([]model.FacetValue, error)
	Links(ctx context.Context, id string) (model.Links, error)
	Wanted(ctx context.Context, q *query.Query, most int) ([]model.Wanted, int, error)
	Stop(ctx context.Context) error
}

// Cables is what the collection under test must hold: made-up messages by
// file name, in the order in which a collection reads them. The third is the
// same bytes as the first.
func Cables() (names []string, texts map[string]string) {
	texts = map[string]string{
		"a.txt": message("150813Z OCT 07", "ASTANA", "009911", "C O N F I D E N T I A L", "b second", "C"),
		"b.txt": message("010101Z JAN 06", "ROME", "009902", "S E C R E T", "C third", "S"),
		"d.txt": message("150814Z OCT 07", "ASTANA", "009912", "UNCLAS", "a first", "U"),
		"e.txt": "SUBJECT: without date and number\n\n1. (U) Nothing.\n",
	}
	texts["c.txt"] = texts["a.txt"]
	return []string{"a.txt", "b.txt", "c.txt", "d.txt", "e.txt"}, texts
}

func message(dtg, post, number, level, subject, mark string) string {
	return "P " + dtg + "\nFM AMEMBASSY " + post + "\nTO RUEHC/SECSTATE WASHDC 9901\n" + level + " " + post + " " + number +
		"\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: " + subject + "\n\n1. (" + mark + ") Nothing happened.\nOBODY\n"
}

// Test runs the suite on a collection that holds Cables and nothing else.
func Test(t *testing.T, open func(t *testing.T) Library) {
	t.Run("progress", func(t *testing.T) { progress(t, open(t)) })
	t.Run("list", func(t *testing.T) { lists(t, whole(t, open(t))) })
	t.Run("stretches", func(t *testing.T) { stretches(t, whole(t, open(t))) })
	t.Run("cable", func(t *testing.T) { cables(t, whole(t, open(t))) })
	t.Run("cancelled", func(t *testing.T) { cancelled(t, whole(t, open(t))) })
}

// whole waits until the collection is read.
func whole(t *testing.T, l Library) Library {
	t.Helper()
	for after := 0; ; {
		p, err := l.Progress(t.Context(), after)
		if err != nil {
			t.Fatal(err)
		}
		if p.Done {
			return l
		}
		if p.Version <= after {
			t.Fatalf("version %d was told again", p.Version)
		}
		after = p.Version
	}
}

func progress(t *testing.T, l Library) {
	whole(t, l)
	p, err := l.Progress(t.Context(), 1<<30)
	if err != nil || !p.Done || p.Cables != 5 || p.Receipt.Cables != 5 || p.Receipt.Copies != 1 || p.Err != nil {
		t.Errorf("at the end %+v, %v", p, err)
	}
}

// paths lists the collection's paths in an order.
func paths(t *testing.T, l Library, ask model.Ask) string {
	t.Helper()
	p, err := l.List(t.Context(), nil, ask)
	if err != nil {
		t.Fatal(err)
	}
	return spell(p.Entries)
}

// spell gives the first letters of the file names.
func spell(es []model.Entry) string {
	var b strings.Builder
	for _, e := range es {
		b.WriteString(strings.TrimSuffix(e.Path[strings.LastIndexByte(e.Path, '/')+1:], ".txt"))
	}
	return b.String()
}

func lists(t *testing.T, l Library) {
	for _, c := range []struct {
		order   model.Order
		reverse bool
		want    string
	}{
		{model.ByDate, false, "ebacd"},
		{model.ByDate, true, "dcabe"},
		{model.ByMark, true, "bcade"},
		{model.ByFrom, false, "eacdb"},
		{model.BySubject, false, "dacbe"},
		{model.ByID, false, "ebacd"},
	} {
		if got := paths(t, l, model.Ask{Order: c.order, Reverse: c.reverse, N: 10}); got != c.want {
			t.Errorf("by %s, reverse %v: %s, want %s", c.order, c.reverse, got, c.want)
		}
	}
	p, err := l.List(t.Context(), nil, model.Ask{Order: model.ByDate, N: 10})
	if err != nil || p.Total != 5 || p.Rank != 0 {
		t.Fatalf("page %+v, %v", p, err)
	}
	a := p.Entries[2]
	if a.ID != "07ASTANA9911" || a.From != "ASTANA" || a.Subject != "b second" || a.Mark.Level != model.Confidential || a.Date.Format("200601021504") != "200710150813" || a.Copy {
		t.Errorf("entry %+v", a)
	}
	if !p.Entries[3].Copy {
		t.Error("the same bytes again are not told as a copy")
	}
	if _, err := l.List(t.Context(), nil, model.Ask{Order: "colour", N: 1}); err == nil {
		t.Error("an order that there is not was taken")
	}
}

// stretches compares every stretch with the same cut of the whole list.
func stretches(t *testing.T, l Library) {
	for _, reverse := range []bool{false, true} {
		all, err := l.List(t.Context(), nil, model.Ask{Order: model.BySubject, Reverse: reverse, N: 100})
		if err != nil {
			t.Fatal(err)
		}
		for i := -1; i < len(all.Entries); i++ {
			for n := 0; n <= 6; n++ {
				for _, include := range []bool{false, true} {
					for _, back := range []bool{false, true} {
						ask := model.Ask{Order: model.BySubject, Reverse: reverse, Include: include, Back: back, N: n}
						from, to := 0, len(all.Entries)
						if i >= 0 {
							ask.From = all.Entries[i].Key
							switch {
							case back && include:
								to = i + 1
							case back:
								to = i
							case include:
								from = i
							default:
								from = i + 1
							}
						}
						if back {
							from = max(from, to-n)
						} else {
							to = min(to, from+n)
						}
						p, err := l.List(t.Context(), nil, ask)
						if err != nil || spell(p.Entries) != spell(all.Entries[from:to]) || p.Total != 5 || (len(p.Entries) > 0 && p.Rank != from) {
							t.Fatalf("%+v gives %s at %d of %d, %v; want %s at %d", ask, spell(p.Entries), p.Rank, p.Total, err, spell(all.Entries[from:to]), from)
						}
					}
				}
			}
		}
	}
	if _, err := l.List(t.Context(), nil, model.Ask{Order: model.ByDate, From: 999, N: 1}); err == nil {
		t.Error("a key that names no cable was taken")
	}
}

func cables(t *testing.T, l Library) {
	names, texts := Cables()
	page, err := l.List(t.Context(), nil, model.Ask{Order: model.ByDate, N: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Entries {
		i := slices.IndexFunc(names, func(n string) bool { return strings.HasSuffix(e.Path, n) })
		c, err := l.Cable(t.Context(), e.Key)
		if err != nil || c.Text != texts[names[i]] || c.ID != e.ID {
			t.Errorf("cable %s: %v, %v", e.Path, c, err)
		}
		if b, err := l.Raw(t.Context(), e.Key); err != nil || string(b) != texts[names[i]] {
			t.Errorf("source of %s: %d bytes, %v", e.Path, len(b), err)
		}
	}
	if c, err := l.Cable(t.Context(), 0); err == nil {
		t.Errorf("key 0 gives %v", c)
	}
	if b, err := l.Raw(t.Context(), 999); err == nil {
		t.Errorf("key 999 gives %q", b)
	}
	key, ok, err := l.Find(t.Context(), "06ROME9902")
	if c, e := l.Cable(t.Context(), key); err != nil || !ok || e != nil || c.ID != "06ROME9902" {
		t.Errorf("06ROME9902 is %d %v %v", key, ok, err)
	}
	if key, ok, err := l.Find(t.Context(), "06ROME9999"); ok || err != nil {
		t.Errorf("an id that is not held is %d, %v", key, err)
	}
}

func cancelled(t *testing.T, l Library) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := l.List(ctx, nil, model.Ask{Order: model.ByDate, N: 1})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("list: %v", err)
	}
	if _, err = l.Cable(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("cable: %v", err)
	}
	if _, err = l.Raw(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("raw: %v", err)
	}
	if _, _, err = l.Find(ctx, "06ROME9902"); !errors.Is(err, context.Canceled) {
		t.Errorf("find: %v", err)
	}
}
