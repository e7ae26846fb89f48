package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"chancery/model"
	"chancery/model/safe"
)

// judgements are what judge takes, and what each means.
func judgements() map[string]model.Judgement {
	return map[string]model.Judgement{"relevant": model.Relevant, "not-relevant": model.Irrelevant, "later": model.Later, "clear": model.Unjudged}
}

func newJudge(w *world, l *looks) *cobra.Command {
	how := &working{w: w, l: l}
	words := []string{"relevant", "not-relevant", "later", "clear"}
	c := &cobra.Command{
		Use:   "judge " + strings.Join(words, "|") + " [ID...]",
		Short: "Judge cables relevant, not relevant, or for later",
		Long: "Judges the cables with these ids in the collection (-C, else what was opened last), those\n" +
			"that a file names, or all that answer a query: one step, which chancery undo takes back.\n" +
			"Prints a line for each cable that changes: its id, what it was and what it is. All copies\n" +
			"of a cable share its judgement. Exits 1 when a cable is not held, 5 when your work is held\n" +
			"by another chancery or cannot be written; nothing is changed then.",
		Example: "  chancery judge relevant 07ASTANA9901 07ANKARA9922\n" +
			"  chancery judge not-relevant --query 'tag:OVIP before:2006' --dry-run\n" +
			"  chancery list is:later --format ids | chancery judge clear --ids -",
		RunE: func(c *cobra.Command, args []string) error {
			return judge(c.Context(), how, args)
		},
		ValidArgsFunction: func(c *cobra.Command, args []string, begin string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return words, cobra.ShellCompDirectiveNoFileComp
			}
			return completeIDs(c.Context(), w, l, begin), cobra.ShellCompDirectiveNoFileComp
		},
	}
	how.flags(c)
	how.from(c)
	return c
}

func judge(ctx context.Context, how *working, args []string) error {
	if len(args) == 0 {
		return usage("judge needs what you judge: %s", some(slices.Sorted(maps.Keys(judgements()))))
	}
	judgement, ok := judgements()[args[0]]
	if !ok {
		return usage("a judgement is relevant, not-relevant, later or clear, not %q", args[0])
	}
	if len(args) == 1 && how.ids == "" && how.query == "" {
		return usage("judge %s needs an ID, --ids or --query (chancery judge --help shows examples)", args[0])
	}
	on, err := how.open(ctx)
	if err != nil {
		return err
	}
	defer on.close()
	all, err := on.targets(ctx, args[1:], false)
	if err != nil {
		return err
	}
	act := model.Act{Do: model.DoJudge, Judgement: judgement}
	var changes []change
	for _, t := range all {
		was := on.workOn(t.Handle)
		now := was
		now.Handle, now.Judgement = t.Handle, judgement
		act.On = append(act.On, t.Handle)
		if was.Judgement != judgement {
			changes = append(changes, change{was: was, now: now, what: judgementWords(was.Judgement) + " -> " + judgementWords(judgement)})
		}
	}
	return on.do(ctx, []model.Act{act}, changes, len(all))
}

// judgementWords is a judgement as a person reads it.
func judgementWords(j model.Judgement) string {
	switch j {
	case model.Unjudged:
		return "unjudged"
	case model.Irrelevant:
		return "not relevant"
	}
	return string(j)
}

// change is what an act makes of the work on one cable.
type change struct {
	was, now model.Work
	para     string
	what     string
}

// do does acts, or says what they would change, and prints that.
func (k *work) do(ctx context.Context, acts []model.Act, changes []change, asked int) error {
	if asked == 0 {
		tell(k.w, "no cable of %s is meant: nothing was changed", k.asked.from.name)
		return exitError{code: exitNothing}
	}
	steps := 0
	var said []string
	if !k.how.dry && len(changes) > 0 {
		for _, act := range acts {
			before := k.own.Version()
			done, err := k.own.Do(ctx, act)
			if err != nil {
				if steps > 0 {
					k.sayUndo(said, steps)
				}
				return noWork(err)
			}
			if done.Version != before {
				steps++
				said = append(said, done.Text)
			}
		}
	}
	if err := k.printChanges(changes); err != nil {
		return err
	}
	switch {
	case len(changes) == 0:
		tell(k.w, "nothing changes: all of it is so already")
	case k.how.dry:
		tell(k.w, "--dry-run: %s would change, nothing was changed", count(len(changes), "cable"))
	default:
		k.sayUndo(said, steps)
	}
	return nil
}

// printChanges prints a line a cable that changes.
func (k *work) printChanges(changes []change) error {
	return k.w.print(k.l(), func(out *bufio.Writer, _ ink) error {
		for i := range changes {
			c := &changes[i]
			if k.how.json {
				if err := putJSON(out, jsonChange{cableSchema, k.how.dry, maybe(c.para), c.what, workJSON(&c.was), workJSON(&c.now)}); err != nil {
					return err
				}
				continue
			}
			if _, err := fmt.Fprintf(out, "%s\t%s\n", oneField(nameOfTarget(c.now.Handle, c.para)), oneField(c.what)); err != nil {
				return err
			}
		}
		return nil
	})
}

// nameOfTarget is what names a cable, or a paragraph of it, to a command.
func nameOfTarget(h model.Handle, para string) string {
	if para == "" {
		return h.Key()
	}
	return h.Key() + "#" + para
}

func (k *work) l() *looks { return k.how.l }

// sayUndo says what was done and how to take it back.
func (k *work) sayUndo(said []string, steps int) {
	command := "chancery undo"
	if steps > 1 {
		command += fmt.Sprintf(" %d", steps)
	}
	if c := k.l().collection; c != "" {
		command += " -C " + shellWord(c)
	}
	tell(k.w, "%s (to take it back: %s)", strings.Join(said, "; "), command)
}

// shellWord writes a word as a shell reads it back.
func shellWord(s string) string {
	if shellSafe(s) {
		return s
	}
	return "'" + strings.ReplaceAll(safe.Line(s), "'", `'\''`) + "'"
}

// jsonChange is a line of judge --json and its like.
type jsonChange struct {
	Schema int      `json:"schema"`
	DryRun bool     `json:"dry_run"`
	Para   *string  `json:"para"`
	What   string   `json:"what"`
	Was    jsonWork `json:"was"`
	Now    jsonWork `json:"now"`
}

// jsonMine is the reader's work in short, for records about a cable.
type jsonMine struct {
	Judgement *string  `json:"judgement"`
	Star      bool     `json:"star"`
	Labels    []string `json:"labels"`
	Note      bool     `json:"note"`
}

func mineJSON(w *model.Work) jsonMine {
	return jsonMine{maybe(string(w.Judgement)), w.Star, list(w.AllLabels()), len(w.Notes) > 0}
}

// jsonWork is the reader's work on a cable.
type jsonWork struct {
	ID        *string     `json:"id"`
	Sum       *string     `json:"sum"`
	Judgement *string     `json:"judgement"`
	Star      bool        `json:"star"`
	Read      bool        `json:"read"`
	Labels    []string    `json:"labels"`
	Passages  []jsonSpots `json:"passages"` // paragraphs with labels
	Notes     []jsonNote  `json:"notes"`
	Pins      int         `json:"pins"`
}

type jsonSpots struct {
	Para   *string  `json:"para"`
	Block  int      `json:"block"`
	Labels []string `json:"labels"`
}

type jsonNote struct {
	Para *string `json:"para"` // null: of the whole cable
	Text string  `json:"text"`
	When *string `json:"when"`
}

func workJSON(w *model.Work) jsonWork {
	j := jsonWork{
		ID: maybe(w.ID), Sum: maybe(w.Sum), Judgement: maybe(string(w.Judgement)), Star: w.Star, Read: w.Read, Labels: list(w.Labels),
		Passages: []jsonSpots{}, Notes: []jsonNote{}, Pins: w.Pins,
	}
	for _, p := range w.Passages {
		j.Passages = append(j.Passages, jsonSpots{maybe(p.Spot.Number), p.Spot.Block, list(p.Labels)})
	}
	for _, n := range w.Notes {
		note := jsonNote{Text: n.Text, When: moment(n.When)}
		if n.Spot != nil {
			note.Para = maybe(n.Spot.Number)
		}
		j.Notes = append(j.Notes, note)
	}
	return j
}

// putJSON prints a value as one line.
func putJSON(out io.Writer, v any) error {
	b, err := encode(v)
	if err == nil {
		_, err = out.Write(b)
	}
	return err
}
