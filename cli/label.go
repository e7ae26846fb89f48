package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"chancery/model"
)

func newLabel(w *world, l *looks) *cobra.Command {
	how := &working{w: w, l: l}
	c := &cobra.Command{
		Use:   "label +NAME|-NAME... [ID[#PARA]...]",
		Short: "Put labels on cables and paragraphs, or take them away",
		Long: "Puts each +NAME on the cables with these ids in the collection (-C, else what was opened\n" +
			"last) and takes each -NAME away; ID#PARA is the paragraph with this number. Each label is\n" +
			"a step of its own for chancery undo. Prints a line for each cable or paragraph that changes.\n" +
			"label:NAME in a query finds the cables, stats --by label counts them.",
		Example: "  chancery label +pipeline 07ASTANA9901 07ANKARA9922#4\n" +
			"  chancery label +check -later --ids list.txt --dry-run\n" +
			"  chancery label +visit --query 'tag:OVIP 2007'",
		DisableFlagParsing: true, // -NAME is no flag
	}
	how.flags(c)
	how.from(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		labels, flags := labelWords(c, args)
		c.DisableFlagParsing = false
		if err := c.ParseFlags(flags); err != nil {
			if errors.Is(err, pflag.ErrHelp) {
				return c.Help()
			}
			return usage("%w", err)
		}
		if help, _ := c.Flags().GetBool("help"); help {
			return c.Help()
		}
		if err := l.check(w); err != nil {
			return err
		}
		return label(c.Context(), how, labels, c.Flags().Args())
	}
	c.ValidArgsFunction = func(c *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
		if begin == "" || begin[0] != '+' && begin[0] != '-' {
			return completeIDs(c.Context(), w, l, begin), cobra.ShellCompDirectiveNoFileComp
		}
		var out []string
		for _, v := range choose(c.Context(), w, l, nil).knownLabels(c.Context(), w, begin[1:]) {
			if shellSafe(v.Value) {
				out = append(out, begin[:1]+v.Value+"\t"+model.Thousands(v.Count)+" "+plural(v.Count, "cable"))
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
	return c
}

// labelWords parts the labels from the flags and the cables. What begins with
// one minus is a label, unless it is one of the letters that are flags.
func labelWords(c *cobra.Command, args []string) (labels, rest []string) {
	flags := func(letter string) bool {
		return letter == "h" || c.Flags().ShorthandLookup(letter) != nil || c.InheritedFlags().ShorthandLookup(letter) != nil
	}
	for i, a := range args {
		switch {
		case a == "--":
			return labels, append(rest, args[i:]...)
		case len(a) > 1 && a[0] == '+',
			len(a) > 1 && a[0] == '-' && a[1] != '-' && !(len(a) == 2 && flags(a[1:])):
			labels = append(labels, a)
		default:
			rest = append(rest, a)
		}
	}
	return labels, rest
}

func label(ctx context.Context, how *working, labels, args []string) error {
	switch {
	case len(labels) == 0:
		return usage("label needs +NAME or -NAME (chancery label --help shows examples)")
	case len(args) == 0 && how.ids == "" && how.query == "":
		return usage("label needs an ID, --ids or --query (chancery label --help shows examples)")
	}
	if err := oneWay(labels); err != nil {
		return err
	}
	on, err := how.open(ctx)
	if err != nil {
		return err
	}
	defer on.close()
	all, err := on.targets(ctx, args, true)
	if err != nil {
		return err
	}
	var acts []model.Act
	var changes []change
	for _, name := range labels {
		yes, name := name[0] == '+', strings.TrimSpace(name[1:])
		whole := model.Act{Do: model.DoLabel, Label: name, Yes: yes}
		for _, t := range all {
			was := on.workOn(t.Handle)
			has, now := was.Labels, was
			now.Handle = t.Handle
			if t.para == "" {
				whole.On = append(whole.On, t.Handle)
				now.Labels = labelled(was.Labels, name, yes)
			} else {
				spot, err := on.spot(ctx, t.ID, t.para)
				if err != nil {
					return err
				}
				acts = append(acts, model.Act{Do: model.DoLabel, Label: name, Yes: yes, On: []model.Handle{t.Handle}, Spot: spot})
				i := slices.IndexFunc(was.Passages, func(p model.Passage) bool { return p.Spot == *spot })
				if has = nil; i >= 0 {
					has = was.Passages[i].Labels
				}
				now.Passages = passages(was.Passages, i, *spot, labelled(has, name, yes))
			}
			if slices.Contains(has, name) != yes {
				changes = append(changes, change{was, now, t.para, map[bool]string{true: "+", false: "-"}[yes] + name})
			}
		}
		if len(whole.On) > 0 {
			acts = append(acts, whole)
		}
	}
	return on.do(ctx, acts, changes, len(all))
}

// oneWay says what is wrong with the labels: each has a name, and is either put
// on or taken away.
func oneWay(labels []string) error {
	ways := map[string]byte{}
	for _, l := range labels {
		name := strings.TrimSpace(l[1:])
		if name == "" {
			return usage("a label is at least one letter, not %q", l)
		}
		if was := ways[name]; was != 0 && was != l[0] {
			return usage("label %q is to be put on and taken away at once", name)
		}
		ways[name] = l[0]
	}
	return nil
}

// labelled is labels with one more or one less.
func labelled(labels []string, name string, yes bool) []string {
	out := slices.DeleteFunc(slices.Clone(labels), func(s string) bool { return s == name })
	if yes {
		out = append(out, name)
		slices.Sort(out)
	}
	return out
}

// passages is paragraphs with labels, of which one has others now.
func passages(all []model.Passage, i int, at model.Spot, labels []string) []model.Passage {
	out := slices.Clone(all)
	switch {
	case i < 0 && len(labels) == 0:
	case i < 0:
		out = append(out, model.Passage{Spot: at, Labels: labels})
	case len(labels) == 0:
		out = slices.Delete(out, i, i+1)
	default:
		out[i].Labels = labels
	}
	return out
}
