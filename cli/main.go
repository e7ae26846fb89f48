// Package cli is the command line: one file a subcommand. It reads flags and
// environment, makes the things the rest needs and hands them over. It alone
// decides exit codes; it prints every error once.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"chancery/model/query"
	"chancery/model/safe"
)

// The exit codes (see docs of the command line, D.4).
const (
	exitDone        = 0
	exitNothing     = 1   // no result, as grep
	exitUsage       = 2   // the question was not understood
	exitUnread      = 3   // finished, but some files could not be read
	exitRefused     = 4   // refused for safety
	exitDesk        = 5   // the reader's work is held, read-only or damaged: nothing was changed
	exitFault       = 70  // a fault of the program
	exitInterrupted = 130 // SIGINT
	exitPipe        = 141 // the reader of our output went away
)

// exitError carries an exit code; with a nil err nothing is printed, because
// what there was to say has been said.
type exitError struct {
	code int
	err  error
}

func (e exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e exitError) Unwrap() error { return e.err }

func usage(form string, args ...any) error {
	return exitError{exitUsage, fmt.Errorf(form, args...)}
}

// Main runs the program with arguments without its own name and gives the
// exit code.
func Main(args []string) (code int) {
	w := machine()
	ctx, stop := signal.NotifyContext(context.Background(), ending()...)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal kills, should the first not be enough
	// A write into a pipe that nobody reads must come back as an error, not
	// kill the program with a signal: the exit is silent either way.
	signal.Ignore(syscall.SIGPIPE)
	defer func() {
		if r := recover(); r != nil {
			code = fault(w, r)
		}
	}()
	root := newRoot(w)
	root.SetArgs(args)
	return finish(w, root.ExecuteContext(ctx))
}

// ending lists the signals that end the program. What was told to be ignored
// when it was started, as nohup does with hanging up, stays ignored.
func ending() []os.Signal {
	signals := []os.Signal{syscall.SIGTERM}
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGHUP} {
		if !signal.Ignored(s) {
			signals = append(signals, s)
		}
	}
	return signals
}

// finish turns the error of a command into an exit code and prints it once.
func finish(w *world, err error) int {
	var exit exitError
	var wrong *query.Error
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &wrong):
		fmt.Fprintln(w.err, wrong) // harmless lines, a caret in its place among them
		return exitUsage
	case errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		return exitPipe
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &exit):
		if exit.err != nil {
			say(w, "%s", exit.err)
		}
		return exit.code
	}
	// What cobra itself returns is about flags and arguments.
	say(w, "%s", err)
	return exitUsage
}

// say prints a sentence for the user on standard error, made harmless. What
// was printed before it goes out before it.
func say(w *world, form string, args ...any) {
	if w.held != nil {
		_ = w.held.Flush() // its error comes back when the command ends
	}
	fmt.Fprintf(w.err, "chancery: %s\n", safe.Line(fmt.Sprintf(form, args...)))
}

// tell is say for what is no error: silent with --quiet.
func tell(w *world, form string, args ...any) {
	if !w.quiet {
		say(w, form, args...)
	}
}
