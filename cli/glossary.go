package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chancery/model/glossary"
	"chancery/model/safe"
)

func newGlossary(w *world) *cobra.Command {
	var on, post string
	c := &cobra.Command{
		Use:     "glossary TERM",
		Short:   "Say what a TAG, a post, a caption or an abbreviation means",
		Example: "  chancery glossary PREL\n  chancery glossary CH --date 2009",
		Args:    needs("a TERM"),
		RunE: func(_ *cobra.Command, args []string) error {
			at, err := dayOf(on)
			if err != nil {
				return err
			}
			found := glossary.Look(strings.Join(args, " "), post, at)
			if len(found) == 0 {
				say(w, "nothing is known of %q", strings.Join(args, " "))
				return exitError{code: exitNothing}
			}
			for _, e := range found {
				if _, err := fmt.Fprintln(w.out, safe.Line(entryText(e))); err != nil {
					return err
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&on, "date", "", "as of a year or `DAY`: 2009, 2009-03-01 (codes changed their meaning)")
	c.Flags().StringVar(&post, "post", "", "as a cable from this `POST` uses it")
	return c
}

// dayOf reads a year or a day; "" is no day at all.
func dayOf(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, form := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(form, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, usage("--date is a year or a day such as 2009-03-01, not %q", s)
}

// entryText is an entry on one line: code, meaning, then what it is.
func entryText(e glossary.Entry) string {
	about := []string{e.Kind}
	for _, s := range []string{e.Detail, e.Period} {
		if s != "" {
			about = append(about, s)
		}
	}
	if !e.Sure {
		about = append(about, "not certain")
	}
	return fmt.Sprintf("%s  %s  (%s)", e.Code, e.Meaning, strings.Join(about, ", "))
}
