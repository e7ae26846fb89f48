package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/adrg/xdg"

	"chancery/library/desk"
	"chancery/model"
)

// folderOf gives the last part of where the work on paths is kept.
func folderOf(t *testing.T, paths ...string) string {
	t.Helper()
	c := collection{name: "sample", paths: paths}
	if len(paths) > 0 {
		c.name = nameOf(paths)
	}
	dir, err := c.deskFolder()
	if err != nil || filepath.Dir(dir) != filepath.Join(xdg.DataHome, "chancery", "collections") {
		t.Fatalf("%q, %v", dir, err)
	}
	return filepath.Base(dir)
}

// The desk of a collection is one folder, from wherever and in whatever order
// its paths are named; its name means nothing to a system or a shell.
func TestDeskFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	here, err := filepath.Abs("cables")
	if err != nil {
		t.Fatal(err)
	}
	if a, b := folderOf(t, "cables"), folderOf(t, here); a != b || !strings.HasPrefix(a, "cables-") {
		t.Errorf("%s and %s", a, b)
	}
	if one, same := folderOf(t, "a", "b", "a"), folderOf(t, "b", "a"); one != same || !strings.HasPrefix(one, "a-and-1-more-") {
		t.Errorf("%s and %s", one, same)
	}
	seen := map[string]string{}
	for _, name := range []string{"", "-", "$(id)", "a b", "..", strings.Repeat("é", 200), "a\x1b[2J"} {
		dir := ""
		if name == "" {
			dir = folderOf(t)
		} else {
			dir = folderOf(t, name)
		}
		if before, known := seen[dir]; known || len(dir) > 100 || strings.ContainsAny(dir, " $()\x1b/\\[") || dir[0] == '.' || dir[0] == '-' {
			t.Errorf("%q and %q: %q", name, before, dir)
		}
		seen[dir] = name
	}
}

// Work that lies in a folder of the same number under another name is found.
func TestDeskFolderOfBefore(t *testing.T) {
	before := xdg.DataHome
	t.Cleanup(func() { xdg.DataHome = before })
	xdg.DataHome = t.TempDir()
	t.Chdir(t.TempDir())
	now := folderOf(t, "a", "b")
	was := "b-and-1-more" + now[strings.LastIndexByte(now, '-'):]
	all := filepath.Join(xdg.DataHome, "chancery", "collections")
	for _, want := range []string{was, now} { // the right name goes before
		if err := os.MkdirAll(filepath.Join(all, want), 0o700); err != nil {
			t.Fatal(err)
		}
		if got := folderOf(t, "b", "a"); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

// Labels are completed from the desk, the most frequent first.
func TestLabelsAreCompleted(t *testing.T) {
	before := xdg.DataHome
	t.Cleanup(func() { xdg.DataHome = before })
	xdg.DataHome = t.TempDir()
	here := t.TempDir()
	c := collection{name: nameOf([]string{here}), paths: []string{here}}
	dir, err := c.deskFolder()
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.Open(t.Context(), desk.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for label, ids := range map[string][]string{"gas": {"07ASTANA9911"}, "gas talks": {"07ASTANA9911", "07ASTANA9912"}, "$(id)": {"07ASTANA9913"}} {
		act := model.Act{Do: model.DoLabel, Label: label, Yes: true}
		for _, id := range ids {
			act.On = append(act.On, model.Handle{ID: id})
		}
		if _, err := d.Do(t.Context(), act); err != nil {
			t.Fatal(err)
		}
	}
	w := &world{env: func(string) string { return "" }}
	want := []string{"label:gas-talks\t2 cables", "label:gas\t1 cable"}
	if got := suggestions(t.Context(), w, &looks{}, c.paths, "label:"); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}
