package cli

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"chancery/library"
	"chancery/model"
)

func TestWhatIsWrittenAsAPath(t *testing.T) {
	for arg, want := range map[string]bool{
		"cables.zip": true, "no/where": true, "./x": true, "/tmp/x": true, "/tmp/x/": true, "a.TXT": true,
		"iran": false, "tag:PREL": false, "class:s/nf": false, "/visit/": false, "/visit(s|ed)/": false, "para{mark:s/nf": false,
		"file:2007.zip": false, "date:2007..2008": false, "\"end user\"": false, "U.S.": false, ".zip": false, "": false, "=Word": false, "-": false,
	} {
		if got := likePath(arg); got != want {
			t.Errorf("%q is like a path: %v", arg, got)
		}
	}
}

func TestPathsStandFirst(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		args        []string
		paths, rest int
	}{
		{[]string{dir, "iran"}, 1, 1},
		{[]string{dir, "x.zip", "iran", "tag:PREL"}, 2, 2},
		{[]string{"iran", "tag:PREL"}, 0, 2},
		{[]string{dir, "--", dir}, 1, 1},
		{[]string{"--", "x.zip"}, 0, 1},
		{nil, 0, 0},
	} {
		cmd := &cobra.Command{Use: "x", RunE: func(cmd *cobra.Command, args []string) error {
			paths, rest, err := pathsFirst(cmd, args)
			if err != nil || len(paths) != c.paths || len(rest) != c.rest {
				t.Errorf("%q: paths %q, rest %q, %v", c.args, paths, rest, err)
			}
			return nil
		}}
		cmd.SetArgs(c.args)
		if err := cmd.Execute(); err != nil {
			t.Error(err)
		}
	}
}

func TestGrepOnATerminal(t *testing.T) {
	path := write(t, "a.txt", long)
	out, got := onTerminal(t, command(t, "grep", "-q", path, "deal longer"))
	if got != 0 || !strings.Contains(out, "\x1b[") || strings.Count(out, "A LONG PARAGRAPH") != 1 {
		t.Errorf("exit %d, drawn %q", got, out)
	}
	// each word that matches is drawn by itself, wherever lines are broken
	k, err := (&looks{theme: "dark", color: "always"}).ink(&world{env: func(string) string { return "" }, terminal: true, environ: []string{"TERM=xterm-256color"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"deal", "longer"} {
		if !strings.Contains(strip(out), word) {
			t.Errorf("%q is not drawn in %q", word, out)
		}
	}
	if plain, marked := k.draw("text", "deal"), k.marked("text", "deal", 0, []model.Span{{Start: 0, End: 4}}); plain == marked {
		t.Errorf("a match is drawn as the rest: %q", marked)
	}
	for _, line := range strings.Split(out, "\n") {
		if n := utf8.RuneCountInString(strip(line)); n > 60 {
			t.Errorf("a line of %d cells: %q", n, line)
		}
	}
}

func TestMarkedDrawsAllOfALine(t *testing.T) {
	k := ink{} // without colour all stays as it is
	line := "one two three"
	for _, spans := range [][]model.Span{nil, {{Start: 0, End: 3}}, {{Start: 4, End: 30}}, {{Start: 0, End: 30}}, {{Start: 40, End: 50}}, {{Start: 14, End: 15}, {Start: 20, End: 21}}} {
		if got := k.marked("text", line, 10, spans); got != line {
			t.Errorf("%v: %q", spans, got)
		}
	}
}

func TestProgressIsALineThatReplacesItself(t *testing.T) {
	var says bytes.Buffer
	l := &progressLine{w: &world{err: &says, talkWidth: 60}, name: "cables\x1b.zip", begun: time.Now().Add(-time.Second)}
	p := model.Progress{Cables: 12345, Share: 0.34, Rate: 2100, Left: 80 * time.Second}
	l.show(p, time.Now())
	l.show(p, time.Now()) // too soon
	l.wipe()
	if got, want := says.String(), "\rreading cables^[.zip  12,345 cables  34 %  2,100 a second …\x1b[K\r\x1b[K"; got != want {
		t.Errorf("drawn %q, want %q", got, want)
	}
	for _, w := range []*world{{}, {talkWidth: 60, quiet: true}} {
		says.Reset()
		w.err = &says
		l := &progressLine{w: w, begun: time.Now().Add(-time.Second)}
		l.show(p, time.Now())
		l.wipe()
		if says.Len() > 0 {
			t.Errorf("where it has no place %q is drawn", says.String())
		}
	}
}

// Another process is writing the index: what it has written is waited for, and
// said; when it goes away the answer comes all the same.
func TestLockedIndex(t *testing.T) {
	dir := filepath.Dir(write(t, "a.txt", long))
	if out, err := command(t, "list", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	c := command(t, "list", dir, "paragraph", "-f", "plain")
	home := ""
	for _, e := range c.Env {
		if h, ok := strings.CutPrefix(e, "XDG_CACHE_HOME="); ok {
			home = h
		}
	}
	index := command(t, "index", dir)
	index.Env = c.Env
	if out, err := index.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	locks, _ := filepath.Glob(filepath.Join(home, "chancery", "index-*", "lock.db"))
	if len(locks) != 1 {
		t.Fatalf("locks: %q", locks)
	}
	db, err := sql.Open("sqlite", locks[0])
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	held, err := db.Conn(t.Context())
	if err == nil {
		_, err = held.ExecContext(t.Context(), "BEGIN EXCLUSIVE")
	}
	if err != nil {
		t.Fatal(err)
	}
	dropped := command(t, "index", dir, "--drop")
	dropped.Env = c.Env
	if out, err := dropped.CombinedOutput(); code(err) != exitUnread || !strings.Contains(string(out), "another chancery is reading this collection") {
		t.Errorf("in use, dropped: %v %s", err, out)
	}
	var out bytes.Buffer
	c.Stdout = &out
	said, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	stop := time.AfterFunc(30*time.Second, func() { _ = c.Process.Kill() })
	defer stop.Stop()
	says := make([]byte, 200)
	n, _ := said.Read(says) // comes when it is said
	if !strings.HasPrefix(string(says[:n]), "chancery: another chancery is reading this collection") {
		t.Errorf("said %q", says[:n])
	}
	_ = held.Close()
	_ = db.Close()
	if err := c.Wait(); err != nil || !strings.Contains(out.String(), "A LONG PARAGRAPH") {
		t.Errorf("%v: printed %q", err, out.String())
	}
}

func TestSuggestionsComeInTime(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	w := &world{env: func(string) string { return "" }}
	if got := suggestions(context.Background(), w, &looks{collection: "/no/where"}, nil, "tag:P"); got != nil {
		t.Errorf("without an index: %q", got)
	}
	for word, want := range map[string]bool{
		"tag:PREL": true, "country:United-Kingdom": true, "class>=secret": false, "a b": false, "$(rm)": false, "`id`": false, "": false,
		"-rf": false, "x;y": false, "x\x1b": false, "é": false, "x'": false,
	} {
		if got := shellSafe(word); got != want {
			t.Errorf("%q is safe for a shell: %v", word, got)
		}
	}
}

// What cannot be read any more is told, and the rest is printed.
func TestGrepOfAnUnreadCable(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open cannot be taken away there")
	}
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "b.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(long+name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out, says bytes.Buffer
	w := &world{out: &out, err: &says, env: func(string) string { return "" }}
	lib := library.Open(t.Context(), library.Options{Paths: []string{dir}}) // in memory: texts stay in their files
	defer lib.Close()
	r, err := lib.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	how := &grepping{}
	q, err := how.paragraph(t.Context(), []string{"longer"})
	if err != nil {
		t.Fatal(err)
	}
	a := &asked{w: w, from: collection{name: "x"}, lib: lib, receipt: r, q: nil}
	if err := os.Remove(filepath.Join(dir, "a.txt")); err != nil {
		t.Fatal(err)
	}
	page, err := lib.List(t.Context(), nil, model.Ask{N: 10})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	if _, err := a.grepEntries(t.Context(), page.Entries, q, func(*found) (bool, error) { seen++; return true, nil }); err != nil {
		t.Fatal(err)
	}
	var exit exitError
	if err := a.end(seen); seen != 1 || a.unread != 1 || !errors.As(err, &exit) || exit.code != exitUnread || !strings.Contains(says.String(), "a.txt") {
		t.Errorf("%d seen, %d unread, %v, said %q", seen, a.unread, err, says.String())
	}
}
