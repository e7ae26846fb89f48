package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"chancery/ui"
)

func TestSearchesAreKept(t *testing.T) {
	s := &searches{file: filepath.Join(t.TempDir(), "chancery", "searches.json")}
	if all, err := s.Load(t.Context()); err != nil || len(all) > 0 {
		t.Fatalf("nothing saved yet: %v, %v", all, err)
	}
	want := []ui.Search{{Name: "gas", Query: `tag:ENRG "gas transit" -visit`}, {Name: "weekly", Query: "date:2007-10..2008-02"}}
	for range 2 { // the second replaces the first
		if err := s.save(t.Context(), want); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := s.Load(t.Context()); err != nil || !slices.Equal(all, want) {
		t.Errorf("%v came back, %v", all, err)
	}
	files, _ := os.ReadDir(filepath.Dir(s.file))
	if len(files) != 1 {
		t.Errorf("%d files are left beside the list", len(files)-1)
	}
	if st, _ := os.Stat(s.file); runtime.GOOS != "windows" && st.Mode().Perm() != 0o600 {
		t.Errorf("the list may be read with mode %v", st.Mode())
	}
}

// What a reader has made is never written over because it could not be read.
func TestDamagedSearchesAreLeftAlone(t *testing.T) {
	s := &searches{file: filepath.Join(t.TempDir(), "searches.json")}
	damaged := `{"searches": [{"name": "gas", "query": "tag`
	if err := os.WriteFile(s.file, []byte(damaged), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(t.Context()); err == nil || !strings.Contains(err.Error(), "is damaged and is left as it is") {
		t.Errorf("loading says %v", err)
	}
	if err := s.save(t.Context(), []ui.Search{{Name: "a", Query: "b"}}); err == nil {
		t.Error("it was written over")
	}
	if b, _ := os.ReadFile(s.file); string(b) != damaged {
		t.Errorf("the file is %q now", b)
	}
}

func TestSearchesWithoutAPlace(t *testing.T) {
	s := &searches{}
	if all, err := s.Load(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("%v, %v", all, err)
	}
	if err := s.save(t.Context(), nil); !errors.Is(err, errNoData) {
		t.Errorf("saving says %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.save(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("called off, saving says %v", err)
	}
}

// Changes made at the same time are all kept, by whichever program.
func TestNoChangeOfSearchesIsLost(t *testing.T) {
	s := &searches{file: filepath.Join(t.TempDir(), "new", "searches.json")}
	var g sync.WaitGroup
	for i := range 16 {
		g.Go(func() {
			s := &searches{file: s.file} // as another program has it
			add := func(all []ui.Search) []ui.Search { return append(all, ui.Search{Name: strconv.Itoa(i), Query: "gas"}) }
			if _, err := s.Change(t.Context(), add); err != nil {
				t.Error(err)
			}
		})
	}
	g.Wait()
	if all, err := s.Load(t.Context()); err != nil || len(all) != 16 {
		t.Errorf("%d of 16 are kept, %v", len(all), err)
	}
}

// Who is called off while another program holds the queries changes nothing,
// and does not keep others from it.
func TestChangeOfSearchesCanBeCalledOff(t *testing.T) {
	s := &searches{file: filepath.Join(t.TempDir(), "searches.json")}
	release, err := waitForLock(t.Context(), s.file+".lock")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	add := func(all []ui.Search) []ui.Search { return append(all, ui.Search{Name: "gas", Query: "gas"}) }
	if _, err := s.Change(ctx, add); !errors.Is(err, context.Canceled) {
		t.Errorf("called off, changing says %v", err)
	}
	release()
	if all, err := s.Change(t.Context(), add); err != nil || len(all) != 1 {
		t.Errorf("%v, %v", all, err)
	}
}
