package e2e

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"chancery/parser/source/sample"
)

// onTerminal runs a command with its output on a pseudo-terminal and gives
// every byte that it wrote there, errors included.
func onTerminal(t *testing.T, dir string, env []string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Dir, cmd.Env = dir, append(append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor", "NO_COLOR=", "PAGER=cat"), env...)
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 120, Rows: 40})
	if err != nil {
		lack(t, err)
	}
	defer tty.Close()
	done := make(chan []byte, 1)
	go func() {
		out, _ := io.ReadAll(tty) // the end of a terminal is an error; what was read counts
		done <- out
	}()
	select {
	case out := <-done:
		_ = cmd.Wait()
		return out
	case <-time.After(2 * deadline):
		_ = cmd.Process.Kill()
		t.Fatalf("%v did not end", args)
		return nil
	}
}

// inAPipe runs a command without any terminal.
func inAPipe(t *testing.T, dir string, env []string, args ...string) (out, errors []byte) {
	t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Dir, cmd.Env = dir, append(append(os.Environ(), "TERM=xterm-256color", "NO_COLOR="), env...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	_ = cmd.Run() // some of what is opened cannot be read: the exit code says so
	return o.Bytes(), e.Bytes()
}

// commands are those that print what files hold.
func commands(dir string) [][]string {
	all := [][]string{
		{"list", dir},
		{"list", "--color", "always", dir},
		{"list", "-f", "plain", dir},
		{"list", "-f", "csv", dir},
		{"show", dir},
		{"show", "--header", "full", dir},
		{"parse", dir},
		{"parse", "--json", dir},
		{"check", dir},
		{"id", "\x1b]0;PWNED\x07", "$(id)", "\u202e07ASTANA9901"},
		{"list", filepath.Join(dir, "none\x1b]0;PWNED\x07")},
		{"glossary", "\x1b]0;PWNED\x07"},
		{"--theme", "\x1b]0;PWNED\x07", "list", dir},
		{"no\x1b[2Jcommand"},
	}
	return all
}

// Nothing that a file or its name holds may act on a terminal, whichever way
// it is printed.
func TestPrintingHostileCables(t *testing.T) {
	dir, env := hostile(t), home(t)
	for _, args := range commands(dir) {
		name := strings.ReplaceAll(strings.Join(args, " "), dir, "DIR")
		out := onTerminal(t, dir, env, args...)
		if len(bytes.TrimSpace(out)) == 0 {
			t.Errorf("%q printed nothing", name)
		}
		g := onLines()
		if slices.Contains(args, "--json") {
			g = asData()
		}
		for _, o := range g.offences(out) {
			t.Errorf("%q on a terminal: %s", name, o)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "PWNED")); err == nil {
		t.Error("a name of a file was run as a command")
	}
}

// Each hostile cable is shown by itself too, since a folder's first problem
// may hide a second.
func TestShowingEachHostileCable(t *testing.T) {
	dir, env := hostile(t), home(t)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		out := onTerminal(t, dir, env, "show", "--color", "always", filepath.Join(dir, e.Name()))
		for _, o := range onLines().offences(out) {
			t.Errorf("show %q: %s", e.Name(), o)
		}
	}
}

// A pipe gets no colours and no screen, only lines.
func TestPipes(t *testing.T) {
	env := home(t)
	dir := laid(t, sample.FS())
	for _, args := range [][]string{{dir}, {"list", dir}, {"parse", dir}, {"show", filepath.Join(dir, "07ASTANA9901.txt")}} {
		out, errs := inAPipe(t, dir, env, args...)
		for _, o := range append(inPipe().offences(out), inPipe().offences(errs)...) {
			t.Errorf("%v into a pipe: %s", args[0], o)
		}
		if len(out) == 0 {
			t.Errorf("%v into a pipe: nothing printed; said: %s", args[0], errs)
		}
	}
	out, errs := inAPipe(t, dir, env, dir)
	if n := bytes.Count(out, []byte("\n")); n < 45 {
		t.Errorf("opening a folder into a pipe printed %d lines: it should print the list", n)
	}
	if !bytes.Contains(errs, []byte("list")) {
		t.Errorf("and should say so: %q", errs)
	}
}

// A terminal that can do nothing gets lines, not a screen.
func TestDumbTerminal(t *testing.T) {
	env := append(home(t), "TERM=dumb")
	out := onTerminal(t, t.TempDir(), env)
	for _, o := range (grammar{control: "\n\r\t"}).offences(out) {
		t.Error(o)
	}
	if !bytes.Contains(out, []byte("07ASTANA9901")) {
		t.Errorf("the list of the sample was not printed: %.300q", out)
	}
}
