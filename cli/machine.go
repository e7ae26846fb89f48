package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"github.com/charmbracelet/x/term"

	"chancery/model/safe"
	"chancery/parser/source"
)

// world is what a command sees of the machine.
type world struct {
	in       io.Reader
	out, err io.Writer
	environ  []string
	env      func(string) string
	terminal bool // out is one that can draw
	person   bool // in and err are one, so that something can be asked
	width    int  // of the terminal in cells, 0 when it is none

	talkWidth int    // of err where that can show a line that changes, else 0
	quiet     bool   // only errors are said
	noInput   bool   // nothing is asked
	reader    string // whose work it is; "": the user's

	limits source.Limits // of what is read, as the flags say; zero: those that hold by themselves

	held *bufio.Writer // what is still to go to out, nil when nothing is held
}

// buffer gives a writer to out that say knows of: on a terminal both streams
// are one, and a sentence in the middle of a half-written escape sequence
// would make another sequence of it.
func (w *world) buffer() *bufio.Writer {
	w.held = bufio.NewWriterSize(w.out, 64<<10)
	return w.held
}

// print lets an answer be written, in the looks that were asked for, and sees
// to it that all of it has gone out before anything is said of it.
func (w *world) print(l *looks, write func(out *bufio.Writer, k ink) error) error {
	k, err := l.ink(w)
	if err != nil {
		return err
	}
	out := w.buffer()
	err = write(out, k)
	if e := out.Flush(); err == nil {
		err = e
	}
	return err
}

// confirm asks a question that only a yes answers. Where nobody can be asked it
// refuses, and says how to do without.
func (w *world) confirm(question, otherwise string) error {
	if !w.person || w.noInput {
		return exitError{exitRefused, fmt.Errorf("nobody can be asked: %s", otherwise)}
	}
	fmt.Fprintf(w.err, "chancery: %s [y/N] ", safe.Line(question))
	answer, err := bufio.NewReader(io.LimitReader(w.in, 1000)).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return exitError{exitRefused, errors.New("nothing was done")}
}

// machine is the world as it is.
func machine() *world {
	w := &world{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: os.Environ(), env: os.Getenv}
	if term.IsTerminal(os.Stdout.Fd()) {
		w.terminal = true
		w.width = 80
		if width, _, err := term.GetSize(os.Stdout.Fd()); err == nil && width > 0 {
			w.width = width
		}
	}
	w.person = term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stderr.Fd())
	if term.IsTerminal(os.Stderr.Fd()) && w.env("TERM") != "dumb" {
		w.talkWidth = 80
		if width, _, err := term.GetSize(os.Stderr.Fd()); err == nil && width > 0 {
			w.talkWidth = width
		}
	}
	return w
}

// version is what the build says of itself.
func version() string {
	b, ok := debug.ReadBuildInfo()
	if !ok || b.Main.Version == "" {
		return "(devel)"
	}
	return b.Main.Version
}

// fault reports a fault of the program. The report is the stack of calls
// alone: what the fault itself says may hold the text of a document.
func fault(w *world, r any) int {
	f, err := os.CreateTemp("", "chancery-fault-*.txt")
	if err != nil {
		fmt.Fprintf(w.err, "chancery: a fault of the program (%T); no report could be written\n", r)
		return exitFault
	}
	defer f.Close()
	fmt.Fprintf(f, "chancery %s\n%T\n%s", version(), r, debug.Stack())
	fmt.Fprintf(w.err, "chancery: a fault of the program; a report without any text of your documents is in %s\n", f.Name())
	return exitFault
}
