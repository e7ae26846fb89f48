package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"chancery/model"
	"chancery/model/safe"
	"chancery/parser/source"
)

// noting is how a note is given.
type noting struct {
	working
	text  string
	given bool // with -m
}

func newNote(w *world, l *looks) *cobra.Command {
	how := &noting{working: working{w: w, l: l}}
	c := &cobra.Command{
		Use:   "note ID[#PARA] [-m TEXT | -]",
		Short: "Print the note on a cable or a paragraph, or write it",
		Long: "Without a text it prints the note on a cable of the collection (-C, else what was opened\n" +
			"last), or on its paragraph with this number; of a cable as a whole all its notes. -m TEXT\n" +
			"writes it anew, - takes the text from standard input, -m '' takes the note away. A note is\n" +
			"Markdown. Exits 1 when there is no note. note:WORDS in a query finds the cables.",
		Example: "  chancery note 07ASTANA9901\n" +
			"  chancery note 07ASTANA9901#2 -m 'compare with the figure in 07ASTANA9902'\n" +
			"  chancery note 07ASTANA9901 - < note.md",
		RunE: func(c *cobra.Command, args []string) error {
			how.given = c.Flags().Changed("message")
			return note(c.Context(), how, args)
		},
		ValidArgsFunction: func(c *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
			return completeIDs(c.Context(), w, l, begin), cobra.ShellCompDirectiveNoFileComp
		},
	}
	how.flags(c)
	c.Flags().StringVarP(&how.text, "message", "m", "", "the `TEXT` of the note; none takes it away")
	return c
}

// longestNote is the most that is read of standard input.
const longestNote = 1 << 20

func note(ctx context.Context, how *noting, args []string) error {
	fromInput := len(args) == 2 && args[1] == source.Stdin
	switch {
	case len(args) == 0:
		return usage("note needs an ID (chancery note --help shows examples)")
	case len(args) > 2 || len(args) == 2 && !fromInput:
		return usage("note is about one cable or paragraph; its text is given with -m or, with -, on standard input")
	case fromInput && how.given:
		return usage("either -m or -, not both")
	}
	t, err := targetOf(args[0], true)
	if err != nil {
		return err
	}
	if fromInput {
		b, err := io.ReadAll(io.LimitReader(how.w.in, longestNote+1))
		switch {
		case err != nil:
			return unread(err)
		case len(b) > longestNote:
			return usage("a note of more than %s bytes", model.Thousands(longestNote))
		}
		how.text, how.given = strings.TrimRight(string(b), "\n"), true
	}
	if !how.given {
		how.dry, how.looks = true, true // who holds the desk is not disturbed
	}
	on, err := how.open(ctx)
	if err != nil {
		return err
	}
	defer on.close()
	all, err := on.targets(ctx, args[:1], true)
	if err != nil {
		return err
	}
	t.Handle = all[0].Handle
	var spot *model.Spot
	if t.para != "" {
		if spot, err = on.spot(ctx, t.ID, t.para); err != nil {
			return err
		}
	}
	if !how.given {
		return on.printNotes(t, spot)
	}
	return on.writeNote(ctx, t, spot, how.text)
}

// writeNote writes a note anew, or takes it away.
func (k *work) writeNote(ctx context.Context, t target, spot *model.Spot, text string) error {
	was := k.workOn(t.Handle)
	now := was
	now.Handle, now.Notes = t.Handle, nil
	before := ""
	for _, n := range was.Notes {
		if sameSpot(n.Spot, spot) {
			before = n.Text
		} else {
			now.Notes = append(now.Notes, n)
		}
	}
	if text != "" {
		now.Notes = append(now.Notes, model.Note{Spot: spot, Text: text})
	}
	var changes []change
	if text != before {
		changes = append(changes, change{was, now, t.para, map[bool]string{true: "note taken away", false: "noted"}[text == ""]})
	}
	return k.do(ctx, []model.Act{{Do: model.DoNote, On: []model.Handle{t.Handle}, Spot: spot, Text: text}}, changes, 1)
}

// sameSpot says whether two notes are on the same paragraph, or both on the
// whole cable.
func sameSpot(a, b *model.Spot) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// printNotes prints what is noted.
func (k *work) printNotes(t target, spot *model.Spot) error {
	w := k.workOn(t.Handle)
	found := 0
	err := k.w.print(k.l(), func(out *bufio.Writer, _ ink) error {
		if k.how.json {
			found = len(w.Notes)
			w.Handle = t.Handle
			return putJSON(out, workJSON(&w))
		}
		for _, n := range w.Notes {
			if spot != nil && !sameSpot(n.Spot, spot) {
				continue
			}
			if found++; found > 1 {
				fmt.Fprintln(out)
			}
			if spot == nil && n.Spot != nil {
				fmt.Fprintf(out, "paragraph %s:\n", safe.Line(placeWords(*n.Spot)))
			}
			if _, err := fmt.Fprintln(out, strings.TrimRight(safe.Text(n.Text), "\n")); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || found > 0 {
		return err
	}
	tell(k.w, "there is no note on %s", nameOfTarget(t.Handle, t.para))
	return exitError{code: exitNothing}
}

// placeWords names a paragraph: by its number, else by its place.
func placeWords(s model.Spot) string {
	if s.Number != "" {
		return s.Number
	}
	return fmt.Sprintf("in place %d", s.Block+1)
}
