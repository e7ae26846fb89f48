package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"chancery/model/safe"
	"chancery/themes"
)

func newThemes(w *world, l *looks) *cobra.Command {
	c := &cobra.Command{
		Use:   "themes",
		Short: "List the themes, or show one",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			for _, name := range themeNames() {
				title := ""
				if t, err := loadTheme(name); err != nil {
					say(w, "%s", err)
				} else {
					title = t.Title
				}
				if _, err := fmt.Fprintf(w.out, "%-22s %s\n", safe.Line(name), safe.Line(title)); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.AddCommand(&cobra.Command{
		Use: "show NAME", Short: "Show every role of a theme", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			t, err := loadTheme(args[0])
			if err != nil {
				return usage("%w", err)
			}
			k := ink{theme: t, depth: l.profile(w)} // as the theme says, however few the colours
			for _, r := range themes.Roles() {
				s := t.Style(r)
				if _, err := fmt.Fprintf(w.out, "%s  %s\n", k.draw(r, fmt.Sprintf("%-20s", r)), styleText(s)); err != nil {
					return err
				}
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return themeNames(), cobra.ShellCompDirectiveNoFileComp
		},
	})
	return c
}

// styleText says a style in words.
func styleText(s themes.Style) string {
	text := ""
	add := func(on bool, word string) {
		if on {
			text += " " + word
		}
	}
	add(s.Fg != "", "fg "+s.Fg)
	add(s.Bg != "", "bg "+s.Bg)
	add(s.Bold, "bold")
	add(s.Faint, "faint")
	add(s.Italic, "italic")
	add(s.Underline, "underline")
	add(s.Reverse, "reverse")
	if text == "" {
		return "plain"
	}
	return text[1:]
}
