package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"chancery/library"
	"chancery/model"
	"chancery/parser"
	"chancery/parser/source"
)

func newParse(w *world) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "parse PATH...",
		Short:   "Print everything that was read in cables",
		Long:    "Reads files, folders, tables and archives (- is standard input) and prints an\noutline of each cable found, or with --json one JSON object a line, in the order\nof the input. Archives are read in place; nothing is unpacked to disk.",
		Example: "  chancery parse page.txt\n  chancery parse --json folder | jq .subject\n  curl ... | chancery parse -",
		Args:    needs("a PATH"),
		RunE: func(c *cobra.Command, paths []string) error {
			print := outline
			if asJSON {
				print = cableJSON
			}
			return parsePaths(c.Context(), w, paths, print)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line for each cable")
	return c
}

// parsePaths parses and prints in the order of the input, as it goes.
func parsePaths(ctx context.Context, w *world, paths []string, print func(*model.Cable) ([]byte, error)) error {
	out := w.buffer()
	t := &tally{w: w, named: paths}
	set := &source.Set{Paths: paths, Stdin: w.in, Limits: w.limits}
	err := printEach(ctx, t, set, func(m parser.Message) ([]byte, error) { return print(library.Parse(m)) }, func(b []byte, err error) error {
		if err == nil {
			_, err = out.Write(b)
		}
		return err
	})
	if e := out.Flush(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return t.end()
}

// printEach makes print of each message of a set, on all cores, and gives it
// to put in the order of the input. Everything is read once: an archive that
// can only be read from its beginning costs no more for it.
func printEach(ctx context.Context, t *tally, set *source.Set, print func(parser.Message) ([]byte, error), put func([]byte, error) error) error {
	type printed struct {
		bytes []byte
		err   error
	}
	return source.Map(ctx, set, func(it source.Item) printed {
		if it.Refusal != nil {
			return printed{}
		}
		b, err := print(it.Message)
		return printed{b, err}
	}, func(it source.Item, p printed) error {
		if it.Refusal != nil {
			t.refuse(*it.Refusal)
			return nil
		}
		t.cables++
		return put(p.bytes, p.err)
	})
}

// tally counts what a walk found and says what gave no cable.
type tally struct {
	w         *world
	named     []string
	cables    int
	notCables int // met in folders and archives, counted only
	unread    int
	refused   int // for safety
	said      int
	more      int // not said, after mostSaid others
}

// mostSaid is how many sentences about what gave no cable are printed.
const mostSaid = 100

// refuse says why something gave no cable: for what could not be read, what
// is unsafe and what the user named. What lies about in a folder is only
// counted.
func (t *tally) refuse(no model.Refusal) {
	switch {
	case no.Fate == model.Unread:
		t.unread++
	case no.Fate == model.Refused:
		t.refused++
	case !slices.Contains(t.named, no.Path):
		t.notCables++
		return
	}
	if t.said++; t.said > mostSaid {
		t.more++
		return
	}
	if no.Line > 0 {
		say(t.w, "%s:%d: %s", no.Path, no.Line, no.Why)
		return
	}
	say(t.w, "%s: %s", no.Path, no.Why)
}

// end gives the exit code that the walk deserves.
func (t *tally) end() error {
	if t.more > 0 {
		say(t.w, "%s more gave no cable (chancery check counts the reasons)", count(t.more, "thing"))
	}
	if t.notCables > 0 {
		say(t.w, "%s in the folders hold no cable (chancery check says why)", count(t.notCables, "file"))
	}
	return exitFor(t.cables, t.unread, t.refused)
}

// exitFor is the exit code of a reading: 4 when all that failed or would have
// been read was refused for safety, 3 when something could not be read.
func exitFor(cables, unread, refused int) error {
	switch {
	case refused > 0 && cables == 0:
		return exitError{code: exitRefused}
	case unread > 0, refused > 0:
		return exitError{code: exitUnread}
	case cables == 0:
		return exitError{code: exitNothing}
	}
	return nil
}
