package library

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/library/contract"
	"chancery/model"
)

func TestIndexesAreListedAndDropped(t *testing.T) {
	cache, dir := t.TempDir(), folder(t)
	l := opened(t, Open(t.Context(), Options{Name: "made up", Paths: []string{dir}, Cache: cache}))
	kept, err := l.Settled(t.Context())
	if err != nil || !kept {
		t.Fatalf("kept %v, %v", kept, err)
	}
	if tidy, batches := l.held.tidy, len(l.held.batches); tidy != batches || tidy == 0 {
		t.Errorf("%d of %d batches are merged when it has settled", tidy, batches)
	}
	names, _ := contract.Cables()
	all := Indexes(t.Context(), cache)
	if len(all) != 1 {
		t.Fatalf("%d indexes: %+v", len(all), all)
	}
	x := all[0]
	if x.Name != "made up" || len(x.Paths) != 1 || x.Paths[0] != dir || x.Cables != l.state.Cables || x.Cables < len(names)/2 || x.Size < 1000 || x.Read.IsZero() || x.Wrong != "" {
		t.Errorf("listed as %+v", x)
	}
	if found, ok := IndexOf(t.Context(), cache, []string{dir}); !ok || found.Dir != x.Dir {
		t.Errorf("found %+v, %v", found, ok)
	}
	if values := KnownValues(t.Context(), cache, []string{dir}, "tag", "p"); len(values) == 0 || values[0].Value[0] != 'P' {
		t.Errorf("values of tag:p are %+v", values)
	}
	for _, field := range []string{"id", "cites", "thread"} {
		for _, begin := range []string{"07", "06 r", "07ASTANA99"} {
			want, err := l.Values(t.Context(), nil, field, begin, 1000)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, v := range want {
				ids = append(ids, v.Value)
			}
			var got []string
			for _, v := range KnownValues(t.Context(), cache, []string{dir}, field, begin) {
				got = append(got, v.Value)
			}
			if strings.Join(got, " ") != strings.Join(ids, " ") || begin == "07" && len(got) == 0 {
				t.Errorf("%s:%s is completed to %v, want %v", field, begin, got, ids)
			}
		}
	}
	l.Close()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if found, ok := IndexOf(t.Context(), cache, []string{dir}); !ok || found.Dir != x.Dir {
		t.Errorf("without its sources: found %+v, %v", found, ok)
	}
	if err := os.WriteFile(filepath.Join(x.Dir, "0.db"), []byte("no database at all, but long enough to be looked at"), 0o600); err != nil {
		t.Fatal(err)
	}
	if all := Indexes(t.Context(), cache); len(all) != 1 || all[0].Wrong == "" {
		t.Errorf("damaged, it is listed as %+v", all)
	}
	if err := Drop(t.Context(), x); err != nil {
		t.Fatal(err)
	}
	if all := Indexes(t.Context(), cache); len(all) != 0 {
		t.Errorf("dropped, it is listed as %+v", all)
	}
	if err := Drop(t.Context(), Index{Dir: cache}); err == nil {
		t.Error("a folder that is no index was dropped")
	}
}

func TestAnIndexInUseIsNotDropped(t *testing.T) {
	cache, dir := t.TempDir(), folder(t)
	l := opened(t, Open(t.Context(), Options{Paths: []string{dir}, Cache: cache}))
	if _, err := l.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	k, err := takeLock(t.Context(), l.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer k.release()
	if err := Drop(t.Context(), Indexes(t.Context(), cache)[0]); !errors.Is(err, errLocked) {
		t.Errorf("dropped: %v", err)
	}
}

func TestInMemoryNothingIsKept(t *testing.T) {
	l := opened(t, Open(t.Context(), Options{Paths: []string{folder(t)}}))
	if kept, err := l.Settled(t.Context()); kept || err != nil {
		t.Errorf("kept %v, %v", kept, err)
	}
}

func TestFactsOfACable(t *testing.T) {
	l := opened(t, Open(t.Context(), Options{Paths: []string{folder(t)}}))
	page, err := l.List(t.Context(), nil, model.Ask{N: 100})
	if err != nil {
		t.Fatal(err)
	}
	tagged := 0
	for _, e := range page.Entries {
		f, err := l.Facts(t.Context(), e.Key)
		if err != nil {
			t.Fatal(err)
		}
		c, err := l.Cable(t.Context(), e.Key)
		if err != nil {
			t.Fatal(err)
		}
		tagged += len(f.Tags)
		if len(f.Tags) != len(c.Tags) || f.Words == 0 && len(c.Blocks) > 0 || f.Class.Level != c.Banner().Level {
			t.Errorf("%s: %+v; its TAGS are %v, its line %v", e.ID, f, c.Tags, c.Banner())
		}
	}
	if tagged == 0 {
		t.Error("no cable has TAGS")
	}
	if _, err := l.Facts(t.Context(), 9999); !errors.Is(err, ErrNoCable) {
		t.Errorf("facts of no cable: %v", err)
	}
}
