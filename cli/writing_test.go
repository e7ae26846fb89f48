package cli

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

func saying(words string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, words)
		return err
	}
}

// filesIn are the files of a folder, hidden ones too.
func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestWritingNeverLosesAFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pears.csl.json")
	for i, want := range []string{"pears.csl.json", "pears-2.csl.json", "pears-3.csl.json"} {
		got, err := writeFile(path, false, saying(want))
		if err != nil || filepath.Base(got) != want {
			t.Fatal(i, got, err)
		}
	}
	if got, err := writeFile(path, true, saying("new")); err != nil || got != path {
		t.Fatal(got, err)
	}
	for name, want := range map[string]string{"pears.csl.json": "new", "pears-2.csl.json": "pears-2.csl.json"} {
		if got, _ := os.ReadFile(filepath.Join(dir, name)); string(got) != want {
			t.Errorf("%s holds %q", name, got)
		}
	}
	if got := filesIn(t, dir); len(got) != 3 {
		t.Errorf("%q", got)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Error(info.Mode(), err)
	}
}

// Where something is in the way that is no file, it stays.
func TestWritingBesideFoldersAndLinks(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pears.md")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "pears-2.md")); err != nil {
		t.Skip(err)
	}
	if got, err := writeFile(path, false, saying("x")); err != nil || filepath.Base(got) != "pears-3.md" {
		t.Error(got, err)
	}
	if _, err := writeFile(path, true, saying("x")); err == nil {
		t.Error("a folder was replaced")
	}
	if got := filesIn(t, dir); !slices.Equal(got, []string{"pears-2.md", "pears-3.md", "pears.md"}) {
		t.Errorf("%q", got)
	}
}

// What cannot be written whole leaves nothing, and the old file as it was.
func TestWritingHalf(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "pears.md")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	full := errors.New("no space left on device")
	for _, replace := range []bool{true, false} {
		_, err := writeFile(path, replace, func(w io.Writer) error {
			io.WriteString(w, "half")
			return full
		})
		if !errors.Is(err, full) || err.Error() != path+" cannot be written: no space left on device" {
			t.Error(err)
		}
	}
	if old, _ := os.ReadFile(path); string(old) != "old" || len(filesIn(t, dir)) != 1 {
		t.Errorf("%q, %q", old, filesIn(t, dir))
	}
	if _, err := writeFile(filepath.Join(dir, "nowhere", "pears.md"), false, saying("x")); !errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), ".part") {
		t.Error(err)
	}
}

// Two that write at once get two files.
func TestWritingAtOnce(t *testing.T) {
	dir := t.TempDir()
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := writeFile(filepath.Join(dir, "pears.md"), false, saying("x")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := filesIn(t, dir); len(got) != 20 {
		t.Errorf("%q", got)
	}
}

func TestWritingNumberedNames(t *testing.T) {
	for _, c := range []struct{ path, want string }{
		{"brief.md", "brief-2.md"},
		{"a.b/brief", "a.b/brief-2"},
		{"brief.csl.json", "brief-2.csl.json"},
		{".hidden", ".hidden-2"},
		{"a/.md", "a/.md-2"},
		{"v1.2.md", "v1.2-2.md"},
	} {
		if got := numberedName(filepath.FromSlash(c.path), 2); got != filepath.FromSlash(c.want) {
			t.Errorf("%s: %s", c.path, got)
		}
	}
}
