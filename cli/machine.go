package cli

import (
	"fmt"
	"os"
	"runtime/debug"

	"github.com/charmbracelet/x/term"
)

// machine is the world as it is.
func machine() *world {
	w := &world{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv}
	if term.IsTerminal(os.Stdout.Fd()) {
		w.terminal = true
		if width, _, err := term.GetSize(os.Stdout.Fd()); err == nil {
			w.width = width
		}
	}
	return w
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
	fmt.Fprintf(f, "%T\n%s", r, debug.Stack())
	fmt.Fprintf(w.err, "chancery: a fault of the program; a report without any text of your documents is in %s\n", f.Name())
	return exitFault
}
