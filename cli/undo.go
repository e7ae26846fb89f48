package cli

import (
	"bufio"
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"chancery/library/desk"
	"chancery/model"
	"chancery/model/safe"
)

func newUndo(w *world, l *looks) *cobra.Command {
	return newTurn(w, l, &cobra.Command{
		Use:   "undo [N]",
		Short: "Take back the last thing that you did, or the last N",
		Long: "Takes back the last step of your work on the collection (-C, else what was opened last),\n" +
			"on the screen or by a command, or the last N. However many cables a step concerned, it is\n" +
			"one; a thousand are kept. Exits 1 when there is nothing to take back.",
		Example: "  chancery undo\n  chancery undo 3 -C folder",
	}, (*desk.Desk).Undo)
}

func newRedo(w *world, l *looks) *cobra.Command {
	return newTurn(w, l, &cobra.Command{
		Use:     "redo [N]",
		Short:   "Do again what undo took back",
		Long:    "Does again the last step that was taken back, or the last N. Exits 1 when there is none.",
		Example: "  chancery redo",
	}, (*desk.Desk).Redo)
}

// newTurn makes undo and redo.
func newTurn(w *world, l *looks, c *cobra.Command, do func(*desk.Desk, context.Context, int) (model.Done, error)) *cobra.Command {
	how := &working{w: w, l: l}
	how.flags(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		n := 1
		var err error
		if len(args) > 0 {
			n, err = strconv.Atoi(args[0])
		}
		if len(args) > 1 || err != nil || n < 1 {
			return usage("%s takes a number of steps from 1 on, not %q", c.Name(), some(args))
		}
		return turn(c.Context(), how, c.Name(), n, do)
	}
	return c
}

// turn takes steps back or does them again. The collection is not opened for
// that: the desk knows what it did.
func turn(ctx context.Context, how *working, name string, n int, do func(*desk.Desk, context.Context, int) (model.Done, error)) error {
	c := choose(ctx, how.w, how.l, nil)
	own, err := c.openDesk(ctx, how.w, how.dry)
	if err != nil {
		return noWork(err)
	}
	on := &work{asked: &asked{w: how.w, from: c, own: own}, how: how}
	defer own.Close() // what was done is on disk
	if err := on.writable(ctx, c, own); err != nil {
		return err
	}
	s, err := own.State(ctx)
	if err != nil {
		return noWork(err)
	}
	steps := map[string]int{"undo": s.Undo, "redo": s.Redo}[name]
	switch {
	case steps == 0:
		tell(how.w, "there is nothing to %s", name)
		return exitError{code: exitNothing}
	case how.dry:
		tell(how.w, "--dry-run: %s of %d would be %s, nothing was changed", count(min(n, steps), "step"), steps, map[string]string{"undo": "taken back", "redo": "done again"}[name])
		return nil
	}
	done, err := do(own, ctx, n)
	if err != nil {
		return noWork(err)
	}
	return how.w.print(how.l, func(out *bufio.Writer, _ ink) error {
		if how.json {
			j := jsonDone{cableSchema, done.Text, done.Undo, done.Redo, make([]jsonWork, 0, len(done.Works))}
			for i := range done.Works {
				j.Works = append(j.Works, workJSON(&done.Works[i]))
			}
			return putJSON(out, j)
		}
		_, err := fmt.Fprintln(out, safe.Line(done.Text))
		return err
	})
}

// jsonDone is what undo --json prints.
type jsonDone struct {
	Schema int        `json:"schema"`
	Text   string     `json:"text"`
	Undo   int        `json:"undo"` // steps that can still be taken back
	Redo   int        `json:"redo"`
	Works  []jsonWork `json:"works"` // that changed, as they are now
}
