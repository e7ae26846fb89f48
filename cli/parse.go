package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"chancery/library"
	"chancery/model"
	"chancery/parser/source"
)

func newParse(w *world) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "parse PATH...",
		Short:   "Print everything that was read in cables",
		Long:    "Reads files and folders (- is standard input) and prints an outline of each\ncable found, or with --json one JSON object a line, in the order of the input.",
		Example: "  chancery parse page.txt\n  chancery parse --json folder | jq .subject\n  curl ... | chancery parse -",
		Args:    cobra.MinimumNArgs(1),
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

// parsePaths reads and parses on all cores and prints in the order of the
// input, as it goes.
func parsePaths(ctx context.Context, w *world, paths []string, print func(*model.Cable) ([]byte, error)) error {
	type printed struct {
		bytes []byte
		err   error
	}
	out := w.buffer()
	t := tally{w: w, named: paths}
	err := source.Map(ctx, &source.Set{Paths: paths, Stdin: w.in}, func(it source.Item) printed {
		if it.Refusal != nil {
			return printed{}
		}
		b, err := print(library.Parse(it.Message))
		return printed{b, err}
	}, func(it source.Item, p printed) error {
		if it.Refusal != nil {
			t.refuse(it)
			return nil
		}
		if p.err != nil {
			return p.err
		}
		t.cables++
		_, err := out.Write(p.bytes)
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

// tally counts what a walk found and says what gave no cable.
type tally struct {
	w         *world
	named     []string
	cables    int
	notCables int // met in folders, counted only
	unread    int
}

// refuse says why a file gave no cable: for what could not be read and for
// what the user named. What lies about in a folder is only counted.
func (t *tally) refuse(it source.Item) {
	switch {
	case it.Unread:
		t.unread++
	case !slices.Contains(t.named, it.Refusal.Path):
		t.notCables++
		return
	}
	say(t.w, "%s: %s", it.Refusal.Path, it.Refusal.Why)
}

// end gives the exit code that the walk deserves.
func (t *tally) end() error {
	if t.notCables > 0 {
		say(t.w, "%s in the folders hold no cable (chancery check says why)", count(t.notCables, "file"))
	}
	switch {
	case t.unread > 0:
		return exitError{code: exitUnread}
	case t.cables == 0:
		return exitError{code: exitNothing}
	}
	return nil
}
