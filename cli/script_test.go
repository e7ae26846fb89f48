package cli

import (
	"archive/zip"
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"chancery/library/desk"
	"chancery/model"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"chancery": func() { os.Exit(Main(os.Args[1:])) }})
}

var update = flag.Bool("update", false, "write what is printed into the scripts")

// The scripts in testdata are what people type and what they see. "exits 3
// chancery ..." runs a command and wants exactly this exit code.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			for _, name := range []string{"HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"} {
				e.Setenv(name, e.WorkDir+"/home")
			}
			for _, name := range []string{"NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLORTERM", "CR_THEME", "CR_COLLECTION"} {
				e.Setenv(name, "")
			}
			e.Setenv("TERM", "xterm-256color")
			return os.Mkdir(e.WorkDir+"/home", 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "latin1": latin1, "zipped": zipped, "xz": xz, "damage": damage, "holds": holds, "pin": pin},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// latin1 writes a text file again in ISO-8859-1 with CR LF, as some archives
// of cables are.
func latin1(ts *testscript.TestScript, _ bool, args []string) {
	var out []byte
	for _, r := range ts.ReadFile(args[0]) {
		if r == '\n' {
			out = append(out, '\r')
		}
		out = append(out, byte(r))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), out, 0o644))
}

// zipped makes a zip archive of files, each FILE=NAME; \x in a name is a byte
// in hexadecimal.
func zipped(ts *testscript.TestScript, _ bool, args []string) {
	out, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer out.Close()
	w := zip.NewWriter(out)
	for _, a := range args[1:] {
		file, name, _ := strings.Cut(a, "=")
		name, err := strconv.Unquote(`"` + name + `"`)
		ts.Check(err)
		f, err := w.Create(name)
		ts.Check(err)
		_, err = f.Write([]byte(ts.ReadFile(file)))
		ts.Check(err)
	}
	ts.Check(w.Close())
}

// xz makes a file that begins as one packed with xz.
func xz(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("\xfd7zXZ\x00\x00\x04"), 0o644))
}

// holds keeps the desks of a data folder until the script ends.
func holds(ts *testscript.TestScript, _ bool, args []string) {
	dirs, err := filepath.Glob(ts.MkAbs(args[0]) + "/chancery/collections/*")
	ts.Check(err)
	for _, dir := range dirs {
		d, err := desk.Open(context.Background(), desk.Options{Dir: dir, Reader: "another"})
		ts.Check(err)
		ts.Defer(func() { _ = d.Close() })
	}
}

// pin pins the second paragraph of a cable to a brief, on all desks of a data
// folder: DATA BRIEF ID TEXT.
func pin(ts *testscript.TestScript, _ bool, args []string) {
	dirs, err := filepath.Glob(ts.MkAbs(args[0]) + "/chancery/collections/*")
	ts.Check(err)
	for _, dir := range dirs {
		d, err := desk.Open(context.Background(), desk.Options{Dir: dir, Reader: "another"})
		ts.Check(err)
		_, err = d.Do(context.Background(), model.Act{
			Do: model.DoPin, Brief: args[1], On: []model.Handle{{ID: args[2]}}, Spot: &model.Spot{Block: 1, Number: "2"}, Mark: "U", Text: args[3],
		})
		ts.Check(err)
		ts.Check(d.Close())
	}
}

// damage writes nonsense into the indexes of a cache folder.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	files, err := filepath.Glob(ts.MkAbs(args[0]) + "/index-*/0.db")
	ts.Check(err)
	if len(files) == 0 {
		ts.Fatalf("there is no index in %s", args[0])
	}
	for _, f := range files {
		ts.Check(os.WriteFile(f, []byte(strings.Repeat("no database ", 1000)), 0o600))
	}
}
