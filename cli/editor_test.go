package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"
)

// A note is in a file that only the reader may read, and is gone afterwards.
func TestEditorKeepsNothing(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	xdg.Reload()
	t.Cleanup(xdg.Reload)
	env := map[string]string{"EDITOR": "true --wait"}
	e := editorOf(func(name string) string { return env[name] })
	program, end, err := e.Begin(context.Background(), "a note")
	if err != nil {
		t.Fatal(err)
	}
	file := program.Args[len(program.Args)-1]
	if len(program.Args) != 3 || program.Args[1] != "--wait" || !filepath.IsAbs(file) {
		t.Errorf("the program is %q", program.Args)
	}
	for path, want := range map[string]os.FileMode{file: 0o600, filepath.Dir(file): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	if err := program.Run(); err != nil {
		t.Fatal(err)
	}
	if text, err := end(); text != "a note\n" || err != nil {
		t.Errorf("it left %q, %v", text, err)
	}
	if _, err := os.Stat(filepath.Dir(file)); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
	env["CR_EDITOR"] = "inline"
	if editorOf(func(name string) string { return env[name] }) != nil {
		t.Error("inline is no editor")
	}
}

func TestTakeawayNumbersNames(t *testing.T) {
	dir := t.TempDir()
	for i, want := range []string{"brief.md", "brief-2.md"} {
		path, err := takeaway{}.Write(context.Background(), filepath.Join(dir, "brief.md"), []byte(strings.Repeat("x", i+1)))
		if err != nil || filepath.Base(path) != want {
			t.Errorf("%s, %v", path, err)
		}
	}
}
