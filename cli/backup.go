package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"chancery/library/desk"
	"chancery/model"
	"chancery/model/safe"
	"chancery/parser/source"
)

func newBackup(w *world, l *looks) *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:   "backup [FILE|-]",
		Short: "Write your work on a collection to a file",
		Long: "Writes all of your work on the collection (-C, else what was opened last), judgements,\n" +
			"labels, notes, briefs and the history of them, to a file of JSON lines that chancery restore\n" +
			"reads; - or no name is standard output. An old file is kept and the new one gets a number,\n" +
			"unless --force says otherwise. Exits 1 when there is no work.",
		Example: "  chancery backup my-work.jsonl\n  chancery backup -C folder - | gzip > my-work.gz",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return backup(c.Context(), w, l, append(args, source.Stdin)[0], force)
		},
	}
	c.Flags().BoolVar(&force, "force", false, "write over an old file")
	return c
}

func backup(ctx context.Context, w *world, l *looks, to string, force bool) error {
	c := choose(ctx, w, l, nil)
	own, err := c.peekDesk(ctx, w)
	if err != nil {
		return noWork(err)
	}
	if own == nil {
		tell(w, "there is no work of yours on %s", c.name)
		return exitError{code: exitNothing}
	}
	defer own.Close() // nothing was written
	if to == source.Stdin {
		out := w.buffer()
		err := own.Backup(ctx, out)
		if e := out.Flush(); err == nil {
			return e
		}
		return noWork(err)
	}
	name, err := writeFile(to, force, func(out io.Writer) error { return own.Backup(ctx, out) })
	if err != nil {
		return noWork(err)
	}
	tell(w, "written: %s", name)
	return nil
}

// restoring is how a backup comes back.
type restoring struct {
	working
	yes bool
}

func newRestore(w *world, l *looks) *cobra.Command {
	how := &restoring{working: working{w: w, l: l}}
	c := &cobra.Command{
		Use:   "restore FILE|-",
		Short: "Put the work of a backup in the place of what there is",
		Long: "Puts the work that chancery backup wrote in the place of your work on the collection (-C,\n" +
			"else what was opened last), after it has shown what that changes and was told to. It is one\n" +
			"step, which chancery undo takes back. Exits 4 when nobody said yes, 5 when your work is held\n" +
			"by another chancery, or when the backup is damaged and --yes is to restore what is left of it\n" +
			"without asking; nothing is changed then.",
		Example: "  chancery restore my-work.jsonl --dry-run\n  chancery restore my-work.jsonl --yes -C folder",
		Args:    needs("a FILE"),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("restore takes one FILE")
			}
			return restore(c.Context(), how, args[0])
		},
	}
	how.flags(c)
	c.Flags().BoolVarP(&how.yes, "yes", "y", false, "do it without asking")
	return c
}

// largestBackup is the most that is read of one.
const largestBackup = 1 << 30

func restore(ctx context.Context, how *restoring, file string) error {
	text, err := readBackup(how.w, file)
	if err != nil {
		return err
	}
	c := choose(ctx, how.w, how.l, nil)
	own, err := c.openDesk(ctx, how.w, how.dry)
	if err != nil {
		return noWork(err)
	}
	defer own.Close() // what was done is on disk
	on := &work{asked: &asked{w: how.w, from: c, own: own}, how: &how.working}
	if err := on.writable(ctx, c, own); err != nil {
		return err
	}
	diff, err := own.Restore(ctx, bytes.NewReader(text), true)
	if err != nil {
		return noWork(fmt.Errorf("%s: %w", file, err))
	}
	if err := how.show(&diff, file); err != nil {
		return err
	}
	switch {
	case diff.Nothing():
		tell(how.w, "nothing changes: all of it is so already")
		return nil
	case how.dry:
		tell(how.w, "--dry-run: nothing was changed")
		return nil
	case how.yes && diff.Notice != "": // what it lacks would be taken away
		return exitError{exitDesk, errors.New("nothing was changed: without --yes you are asked whether to restore what is left of it")}
	case !how.yes:
		if file == source.Stdin {
			return exitError{exitRefused, errors.New("nobody can be asked while the backup is standard input: --yes restores it without asking")}
		}
		if err := how.w.confirm("put this in the place of your work on "+c.name+"?", "--yes restores without asking"); err != nil {
			return err
		}
	}
	if diff, err = own.Restore(ctx, bytes.NewReader(text), false); err != nil {
		return noWork(err)
	}
	on.sayUndo([]string{diff.Done.Text}, 1)
	return nil
}

// readBackup reads a backup whole, because it is looked through twice.
func readBackup(w *world, file string) ([]byte, error) {
	in := w.in
	if file != source.Stdin {
		f, err := os.Open(file)
		if err != nil {
			return nil, usage("%w", err)
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, largestBackup+1))
	switch {
	case err != nil:
		return nil, unread(err)
	case len(text) > largestBackup:
		return nil, exitError{exitRefused, fmt.Errorf("%s is larger than any backup", file)}
	}
	return text, nil
}

// jsonRestored is what restore --json prints of the difference.
type jsonRestored struct {
	Schema int           `json:"schema"`
	DryRun bool          `json:"dry_run"`
	Reader string        `json:"reader"`
	When   *string       `json:"when"` // of the last that is in the backup
	Come   []jsonBetween `json:"come"`
	Change []jsonBetween `json:"change"`
	Go     []jsonBetween `json:"go"`
	Briefs []string      `json:"briefs"`
}

type jsonBetween struct {
	Was jsonWork `json:"was"`
	Now jsonWork `json:"now"`
}

// show prints what a backup would change.
func (how *restoring) show(d *desk.Difference, file string) error {
	if d.Notice != "" {
		tell(how.w, "%s: %s", file, d.Notice)
	}
	return how.w.print(how.l, func(out *bufio.Writer, _ ink) error {
		if how.json {
			return putJSON(out, jsonRestored{
				cableSchema, how.dry, d.Reader, moment(d.When), between(d.Come), between(d.Change), between(d.Go), list(d.Briefs),
			})
		}
		for _, part := range []struct {
			sign string
			of   []desk.Change
		}{{"+", d.Come}, {"~", d.Change}, {"-", d.Go}} {
			for _, c := range part.of {
				fmt.Fprintf(out, "%s %s\n", part.sign, safe.Line(c.String()))
			}
		}
		for _, b := range d.Briefs {
			fmt.Fprintf(out, "  %s\n", safe.Line(b))
		}
		if !d.Nothing() {
			fmt.Fprintf(out, "%s: %s more, %s other, %s less, work of %s until %s\n", safe.Line(file), model.Thousands(len(d.Come)), model.Thousands(len(d.Change)), model.Thousands(len(d.Go)),
				safe.Line(d.Reader), d.When.UTC().Format("2006-01-02 15:04Z"))
		}
		return nil
	})
}

func between(all []desk.Change) []jsonBetween {
	out := make([]jsonBetween, 0, len(all))
	for i := range all {
		out = append(out, jsonBetween{workJSON(&all[i].Before), workJSON(&all[i].After)})
	}
	return out
}

func newJudgements(w *world, l *looks) *cobra.Command {
	c := &cobra.Command{
		Use: "judgements", Short: "Compare the judgements of two readers",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return usage("judgements has one command: chancery judgements diff A B")
		},
	}
	how := &form{}
	diff := &cobra.Command{
		Use:   "diff A B",
		Short: "Say where two backups judge otherwise",
		Long: "Compares the judgements of two backups (or journals): a line for each cable that they judge\n" +
			"otherwise, or that only one of them judged, with the times. Exits 1 when there is none.",
		Example: "  chancery judgements diff ines.jsonl jonas.jsonl",
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage("judgements diff takes two files (chancery backup writes them)")
			}
			return judgementsDiff(w, l, how, args)
		},
	}
	how.flags(diff, recordFormats)
	c.AddCommand(diff)
	return c
}

// jsonPair is a cable that two readers judged.
type jsonPair struct {
	Schema int     `json:"schema"`
	ID     *string `json:"id"`
	Sum    *string `json:"sum"`
	A      *string `json:"a"`
	B      *string `json:"b"`
	AWhen  *string `json:"a_when"`
	BWhen  *string `json:"b_when"`
}

func judgementsDiff(w *world, l *looks, how *form, files []string) error {
	a, err := readBackup(w, files[0])
	if err != nil {
		return err
	}
	b, err := readBackup(w, files[1])
	if err != nil {
		return err
	}
	d, err := desk.Diff(bytes.NewReader(a), bytes.NewReader(b))
	if err != nil {
		return noWork(err)
	}
	n := 0
	err = w.print(l, func(out *bufio.Writer, k ink) error {
		s := newSheet(out, w, k, how, []string{"cable", "a", "b", "a_when", "b_when"})
		for _, part := range [][]desk.Pair{d.Differ, d.OnlyA, d.OnlyB} {
			for _, p := range part {
				n++
				cells := []string{p.Key(), judgementWords(p.A), judgementWords(p.B), dateOf(p.AT), dateOf(p.BT)}
				if err := s.put(cells, jsonPair{cableSchema, maybe(p.ID), maybe(p.Sum), maybe(string(p.A)), maybe(string(p.B)), moment(p.AT), moment(p.BT)}); err != nil {
					return err
				}
			}
		}
		return s.close()
	})
	if err != nil {
		return err
	}
	tell(w, "%s and %s agree on %s, differ on %d; %d only %s, %d only %s", d.Readers[0], d.Readers[1], count(len(d.Agree), "cable"), len(d.Differ), len(d.OnlyA), d.Readers[0], len(d.OnlyB), d.Readers[1])
	if n == 0 {
		return exitError{code: exitNothing}
	}
	return nil
}
