package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/creack/pty"

	"chancery/model/safe"
	"chancery/parser/source/sample"
)

// command is the program with a home of its own.
func command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), "chancery", args...)
	home := t.TempDir()
	for _, e := range os.Environ() {
		name, _, _ := strings.Cut(e, "=")
		switch name {
		case "NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "COLORTERM", "CR_THEME", "CR_COLLECTION", "TERM", "HOME":
			continue
		}
		if !strings.HasPrefix(name, "XDG_") {
			c.Env = append(c.Env, e)
		}
	}
	c.Env = append(c.Env, "HOME="+home, "TERM=xterm-256color", "XDG_STATE_HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "XDG_DATA_HOME="+home)
	return c
}

func code(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	if err != nil {
		return -1
	}
	return 0
}

// onTerminal runs the program on a pseudo-terminal of 60 columns and gives
// what it drew and its exit code.
func onTerminal(t *testing.T, c *exec.Cmd) (string, int) {
	t.Helper()
	tty, err := pty.StartWithSize(c, &pty.Winsize{Cols: 60, Rows: 20})
	if err != nil {
		t.Skip("no pseudo-terminal here:", err)
	}
	defer tty.Close()
	var out bytes.Buffer
	_, _ = io.Copy(&out, tty) // ends with an error when the other side closes
	return out.String(), code(c.Wait())
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return p
}

const long = "SUBJECT: A LONG PARAGRAPH\n\n1. (S/NF) This paragraph was sent on one line that is a good deal longer than the sixty cells of the terminal it is shown on.\n"

func TestShowOnATerminal(t *testing.T) {
	path := write(t, "a.txt", long)
	out, got := onTerminal(t, command(t, "show", path))
	if got != 0 || !strings.Contains(out, "\x1b[") || !strings.Contains(out, "S/NF") {
		t.Errorf("exit %d, drawn %q", got, out)
	}
	for _, line := range strings.Split(out, "\n") {
		if n := utf8.RuneCountInString(strip(line)); n > 60 {
			t.Errorf("a line of %d cells: %q", n, line)
		}
	}
	for _, setting := range []string{"NO_COLOR=yes", "TERM=dumb"} {
		c := command(t, "show", path)
		c.Env = append(c.Env, setting)
		out, _ := onTerminal(t, c)
		if strings.Contains(out, "[3") || strings.Contains(out, "[9") || strings.Contains(out, "38;") {
			t.Errorf("%s draws colours: %q", setting, out)
		}
		if setting == "TERM=dumb" && strings.Contains(out, "\x1b") {
			t.Errorf("%s draws %q", setting, out)
		}
	}
}

// strip takes the sequences that set colours out.
func strip(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.Index(s, "\x1b[")
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		j := strings.IndexByte(s[i:], 'm')
		if j < 0 {
			return b.String()
		}
		s = s[i+j+1:]
	}
	return strings.TrimRight(b.String()+s, "\r")
}

func TestRawIsRefusedToATerminal(t *testing.T) {
	path := write(t, "a.txt", "SUBJECT: \x1b]0;x\x07\n")
	if out, got := onTerminal(t, command(t, "show", "--raw", path)); got != exitRefused || strings.Contains(out, "\x1b]0") {
		t.Errorf("exit %d, sent %q", got, out)
	}
	if out, got := onTerminal(t, command(t, "show", "--raw=force", path)); got != 0 || !strings.Contains(out, "\x1b]0") {
		t.Errorf("forced: exit %d, sent %q", got, out)
	}
}

func TestDumbTerminalGetsTheList(t *testing.T) {
	c := command(t, write(t, "a.txt", long))
	c.Env = append(c.Env, "TERM=dumb")
	out, got := onTerminal(t, c)
	if got != 0 || !strings.Contains(out, "A LONG PARAGRAPH") || !strings.Contains(out, "printing the list instead") || strings.Contains(out, "\x1b") {
		t.Errorf("exit %d, drawn %q", got, out)
	}
}

// screen is the program on a pseudo-terminal that somebody reads and types on.
type screen struct {
	t    *testing.T
	tty  *os.File
	cmd  *exec.Cmd
	seen bytes.Buffer
}

func start(t *testing.T, c *exec.Cmd) *screen {
	t.Helper()
	tty, err := pty.StartWithSize(c, &pty.Winsize{Cols: 120, Rows: 30})
	if err != nil {
		t.Skip("no pseudo-terminal here:", err)
	}
	t.Cleanup(func() { tty.Close() })
	_ = tty.SetReadDeadline(time.Now().Add(20 * time.Second))
	return &screen{t: t, tty: tty, cmd: c}
}

// sees reads until the words have been drawn.
func (s *screen) sees(words string) {
	s.t.Helper()
	buf := make([]byte, 1<<14)
	for !strings.Contains(s.seen.String(), words) {
		n, err := s.tty.Read(buf)
		s.seen.Write(buf[:n])
		if err != nil {
			s.t.Fatalf("%q was not drawn: %v\n%q", words, err, s.seen.String())
		}
	}
}

// ends reads the rest and gives the exit code.
func (s *screen) ends() int {
	_, _ = io.Copy(&s.seen, s.tty)
	return code(s.cmd.Wait())
}

// What was opened last is what the next start opens, and what ids are looked
// up in.
func TestLastCollectionIsRemembered(t *testing.T) {
	c := command(t, write(t, "a.txt", "P 150813Z OCT 07\nFM AMEMBASSY ASTANA\nUNCLAS ASTANA 009911\nSUBJECT: REMEMBERED\n\n1. (U) X.\n"))
	s := start(t, c)
	s.sees("REMEMBERED")
	s.tty.WriteString("q")
	if got := s.ends(); got != 0 || !strings.Contains(s.seen.String(), "\x1b[?1049l") {
		t.Fatalf("exit %d, the last drawn %q", got, s.seen.String()[max(0, s.seen.Len()-200):])
	}
	for _, args := range [][]string{{"list"}, {"show", "07ASTANA9911"}} {
		again := command(t, args...)
		again.Env = c.Env
		if out, err := again.Output(); err != nil || !strings.Contains(string(out), "REMEMBERED") {
			t.Errorf("%q: %v, %s", args, err, out)
		}
		for _, quiet := range []bool{false, true} { // which collection answers is said, unless nothing is to be
			again := command(t, args...)
			if quiet {
				again = command(t, append(args, "-q")...)
			}
			again.Env = c.Env
			var says bytes.Buffer
			again.Stderr = &says
			err := again.Run()
			if said := strings.Contains(says.String(), "this is a.txt, which you opened last"); err != nil || said == quiet {
				t.Errorf("%q, quiet %v: %v, said %q", args, quiet, err, says.String())
			}
		}
	}
	again := command(t)
	again.Env = c.Env
	s = start(t, again)
	s.sees("REMEMBERED")
	// hanging up puts the terminal back and is no fault
	_ = again.Process.Signal(syscall.SIGTERM)
	if got := s.ends(); got != exitInterrupted || !strings.Contains(s.seen.String(), "\x1b[?1049l") {
		t.Errorf("terminated: exit %d, the last drawn %q", got, s.seen.String()[max(0, s.seen.Len()-200):])
	}
}

func TestReaderOfThePipeGoesAway(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such signal")
	}
	dir := t.TempDir()
	for i := range 2000 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.txt", i)), []byte(long), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := command(t, "parse", "--json", dir)
	var says bytes.Buffer
	c.Stderr = &says
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.ReadFull(out, make([]byte, 10))
	out.Close()
	if got := code(c.Wait()); got != exitPipe || says.Len() > 0 {
		t.Errorf("exit %d, said %q; want %d and silence", got, says.String(), exitPipe)
	}
}

func TestInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such signal")
	}
	c := command(t, "parse", "-")
	in, err := c.StdinPipe() // never closed: the program waits for more
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var says bytes.Buffer
	c.Stderr = &says
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	stop := time.AfterFunc(20*time.Second, func() { _ = c.Process.Kill() })
	defer stop.Stop()
	// The signal must not come before the program listens for it; it listens
	// before it reads, and a pipe takes no more than 64 kB that nobody reads.
	if _, err := in.Write(make([]byte, 256<<10)); err != nil {
		t.Fatal(err)
	}
	_ = c.Process.Signal(os.Interrupt)
	if got := code(c.Wait()); got != exitInterrupted || says.Len() > 0 {
		t.Errorf("exit %d, said %q", got, says.String())
	}
}

func TestExitCodes(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
		says string
	}{
		{nil, exitDone, ""},
		{errors.New("unknown flag"), exitUsage, "chancery: unknown flag\n"},
		{usage("no %q", "x"), exitUsage, "chancery: no \"x\"\n"},
		{exitError{code: exitNothing}, exitNothing, ""},
		{exitError{exitRefused, errors.New("no")}, exitRefused, "chancery: no\n"},
		{context.Canceled, exitInterrupted, ""},
		{fmt.Errorf("list: %w", context.Canceled), exitInterrupted, ""},
		{&fs.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.EPIPE}, exitPipe, ""},
		{errors.New("\x1b[31m\n\u202e"), exitUsage, "chancery: ^[[31m <RLO>\n"},
	} {
		var says bytes.Buffer
		if got := finish(&world{err: &says}, c.err); got != c.want || says.String() != c.says {
			t.Errorf("%v: exit %d saying %q, want %d saying %q", c.err, got, says.String(), c.want, c.says)
		}
	}
}

// Whatever the hostile folder holds, what is printed has no byte that acts on
// a terminal.
func TestNothingPrintedActs(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, sample.Hostile()); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" { // names can be hostile too
		for name, text := range map[string]string{"\x1b]0;x\x07.pdf": "%PDF-", "a\nb\u202e.txt": long, "=cmd().txt": long} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, args := range [][]string{
		{"list"},
		{"list", "-f", "table"},
		{"list", "-f", "tsv"},
		{"list", "-f", "csv"},
		{"list", "-f", "jsonl"},
		{"list", "-f", "json"},
		{"list", "-f", "ids"},
		{"parse"},
		{"parse", "--json"},
		{"check"},
		{"show", "--header", "full"},
		{"show", "--escaped"},
		{},
		{"list", "-f", "jsonl", "--fields", strings.Join(columnNames(), ",")},
		{"list", "-f", "tsv", "--fields", strings.Join(columnNames(), ",")},
		{"list", "-f", "table", "--fields", "subject,path,to,tags"},
		{"stats", "--by", strings.Join(countedFields, ",")},
		{"stats", "-f", "table", "--by", strings.Join(countedFields, ",")},
		{"stats", "-f", "json", "--by", "origin,to"},
		{"grep", "-f", "table", "-A", "1", "--mark", "u+"},
		{"grep", "--json", "--mark", "u+"},
		{"grep", "--mark", "u+"},
		{"refs", "-f", "table", "07ASTANA9911"},
		{"index"},
	} {
		c := command(t, slices.Insert(slices.Clone(args), min(1, len(args)), dir)...)
		var out, says bytes.Buffer
		c.Stdout, c.Stderr = &out, &says
		if got := code(c.Run()); got == exitFault || got < 0 {
			t.Errorf("%q: exit %d, %s", args, got, says.String())
		}
		if out.Len() == 0 {
			t.Errorf("%q printed nothing", args)
		}
		for what, s := range map[string]string{"printed": out.String(), "said": says.String()} {
			if at := strings.IndexFunc(s, acts); at >= 0 {
				t.Errorf("%q %s %q", args, what, s[max(0, at-40):min(len(s), at+40)])
			}
			if !utf8.ValidString(s) {
				t.Errorf("%q %s invalid UTF-8", args, what)
			}
		}
	}
}

// acts says whether a terminal may obey a letter.
func acts(r rune) bool {
	if r == '\n' || r == '\t' || r == '\r' { // \r only in csv, before \n
		return false
	}
	return r < 0x20 || safe.Armed(r)
}
