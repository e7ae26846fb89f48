package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"chancery/library"
	"chancery/parser/source"
)

// looks are the flags that every command has.
type looks struct {
	color      string // auto always never
	theme      string // "": CR_THEME, else as the terminal says
	collection string // -C
	ascii      bool
	mouse      string
}

// newRoot makes the tree of commands.
func newRoot(w *world) *cobra.Command {
	l := &looks{}
	root := &cobra.Command{
		Use:   "chancery [PATH...]",
		Short: "Read diplomatic cables in the terminal",
		Long: "Opens files and folders in the reader; - is standard input. Without a path it\n" +
			"opens what you read last, or a sample of made-up cables.",
		Example: "  chancery page.txt\n  chancery ~/Downloads/cables\n  curl ... | chancery -",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, paths []string) error {
			if err := knownPaths(c, paths); err != nil {
				return err
			}
			return openPaths(c.Context(), w, l, paths)
		},
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       version(),
	}
	root.SuggestionsMinimumDistance = 2
	root.SetIn(w.in)
	root.SetOut(w.out)
	root.SetErr(w.err)
	root.SetHelpTemplate(helpTemplate)
	root.SetUsageTemplate(usageTemplate())
	fitHelp(root, w)
	root.SetVersionTemplate("chancery {{.Version}}\n")
	f := root.PersistentFlags()
	f.StringVarP(&l.theme, "theme", "t", "", "how it looks: a `NAME` that chancery themes lists, or auto")
	f.StringVar(&l.color, "color", "auto", "auto, always or never")
	f.StringVarP(&l.collection, "collection", "C", "", "the collection that ids are looked up in: a `PATH`")
	f.BoolVar(&l.ascii, "ascii", false, "draw with plain letters only")
	f.StringVar(&l.mouse, "mouse", "scroll", "scroll, full or off")
	f.BoolVarP(&w.quiet, "quiet", "q", false, "say nothing but errors")
	f.BoolVar(&w.noInput, "no-input", false, "ask nothing; what would have to be asked is refused")
	root.Flags().BoolP("version", "V", false, "print the version")
	root.PersistentPreRunE = func(*cobra.Command, []string) error { return l.check(w) }
	limitFlags(w, root)
	root.AddCommand(limitFlags(w, newOpen(w, l)), limitFlags(w, newList(w, l)), limitFlags(w, newGrep(w, l)), limitFlags(w, newStats(w, l)), limitFlags(w, newRefs(w, l)), limitFlags(w, newIndex(w)),
		limitFlags(w, newJudge(w, l)), limitFlags(w, newLabel(w, l)), limitFlags(w, newNote(w, l)), newUndo(w, l), newRedo(w, l),
		limitFlags(w, newExport(w, l)), limitFlags(w, newCite(w, l)), newBackup(w, l), newRestore(w, l), newJudgements(w, l),
		newCollections(w, l), newExplain(w, l), limitFlags(w, newShow(w, l)),
		limitFlags(w, newParse(w)), limitFlags(w, newCheck(w, l)), newID(w),
		newGlossary(w), newThemes(w, l), newVersion(w))
	root.SetHelpCommand(newHelp(w))
	_ = root.RegisterFlagCompletionFunc("theme", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return append(themeNames(), "auto"), cobra.ShellCompDirectiveNoFileComp
	})
	return root
}

// check refuses flags whose value means nothing.
func (l *looks) check(w *world) error {
	if !slices.Contains([]string{"auto", "always", "never"}, l.color) {
		return usage("--color is auto, always or never, not %q", l.color)
	}
	if !slices.Contains([]string{"scroll", "full", "off"}, l.mouse) {
		return usage("--mouse is scroll, full or off, not %q", l.mouse)
	}
	if l.theme == "" {
		l.theme = w.env("CR_THEME")
	}
	if l.theme != "" && l.theme != "auto" {
		if _, err := loadTheme(l.theme); err != nil {
			return usage("%w%s", err, minusHint(l.theme))
		}
	}
	return nil
}

// knownPaths refuses a path that is not there before anything is opened. A
// word that may be a mistyped command is answered with the command meant.
func knownPaths(c *cobra.Command, paths []string) error {
	for _, p := range paths {
		if p == source.Stdin {
			continue
		}
		_, err := os.Stat(p)
		if err == nil || !errors.Is(err, os.ErrNotExist) {
			continue // whatever else is wrong with it is told when it is read
		}
		if _, indexed := library.IndexOf(c.Context(), cacheFolder(), paths); indexed {
			return nil // what was in it can be read all the same
		}
		// every command begins with nothing
		if near := c.Root().SuggestionsFor(p); p != "" && len(near) > 0 {
			return usage("%q is neither a file, a folder nor a command; did you mean %s?", p, strings.Join(near, " or "))
		}
		return usage("%q is neither a file, a folder nor a command (chancery help lists the commands)", p)
	}
	return nil
}

// needs refuses a command that was given nothing to work on.
func needs(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usage("%s needs %s (%s --help shows examples)", c.Name(), what, c.CommandPath())
		}
		return nil
	}
}

func newVersion(w *world) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(w.out, "chancery", version())
			return err
		},
	}
}
