package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"github.com/charmbracelet/x/term"

	"chancery/parser/source"
)

// world is what a command sees of the machine.
type world struct {
	in       io.Reader
	out, err io.Writer
	environ  []string
	env      func(string) string
	terminal bool // out is one that can draw
	width    int  // of the terminal in cells, 0 when it is none

	talkWidth int    // of err where that can show a line that changes, else 0
	quiet     bool   // only errors are said
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
