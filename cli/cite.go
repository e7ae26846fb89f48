package cli

import (
	"bufio"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chancery/model/export"
)

func newCite(w *world, l *looks) *cobra.Command {
	how := &exporting{working: working{w: w, l: l, looks: true}, today: time.Now()}
	c := &cobra.Command{
		Use:   "cite ID[#PARA]...",
		Short: "Print the citation of a cable or of a paragraph",
		Long: "Prints, a line each, the citation of cables of the collection (-C, else what was opened\n" +
			"last), or of the paragraph with this number. What is not known is said to be so. Exits 1\n" +
			"when a cable is not held.",
		Example: "  chancery cite 07ASTANA9901\n  chancery cite 07ASTANA9901#2 --style archival",
		Args:    needs("an ID"),
		RunE: func(c *cobra.Command, args []string) error {
			return cite(c.Context(), how, args)
		},
		ValidArgsFunction: func(c *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
			return completeIDs(c.Context(), w, l, begin), cobra.ShellCompDirectiveNoFileComp
		},
	}
	var styles []string
	for _, s := range export.Styles() {
		if s.Style != export.NoStyle {
			styles = append(styles, string(s.Style))
		}
	}
	f := c.Flags()
	f.StringVar(&how.style, "style", "chicago", strings.Join(styles, ", "))
	f.StringVar(&how.hash, "hash", "short", "how much of the SHA-256 of the source is given: short, whole or none")
	f.BoolVar(&how.json, "json", false, "one JSON object a citation")
	_ = c.RegisterFlagCompletionFunc("style", cobra.FixedCompletions(styles, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// jsonCitation is a line of cite --json.
type jsonCitation struct {
	Schema   int     `json:"schema"`
	ID       string  `json:"id"`
	Para     *string `json:"para"`
	Style    string  `json:"style"`
	Citation string  `json:"citation"`
}

func cite(ctx context.Context, how *exporting, args []string) error {
	style, hash := export.Style(how.style), export.Hash(how.hash)
	if err := citable(style, hash); err != nil || style == export.NoStyle {
		return usageOr(err, "cite needs a style that is one: not none")
	}
	for _, arg := range args {
		if _, err := targetOf(arg, true); err != nil {
			return err
		}
	}
	a, err := ask(ctx, how.w, how.l, nil, nil)
	if err != nil {
		return err
	}
	defer a.close()
	k := &work{asked: a, how: &how.working}
	a.q = nil
	all, err := k.targets(ctx, args, true)
	if err != nil {
		return err
	}
	return how.w.print(how.l, func(out *bufio.Writer, _ ink) error {
		for _, t := range all {
			c, err := a.cableOf(ctx, t.Handle)
			if err != nil {
				return err
			}
			if c == nil {
				return exitError{exitNothing, fmt.Errorf("%s does not hold %s", a.from.name, t.Key())}
			}
			block := export.Whole
			if t.para != "" {
				spot, err := numbered(c, t.para)
				if err != nil {
					return err
				}
				block = spot.Block
			}
			text := export.Cite(c, block, a.from.exportSource(how.today), style, hash)
			if how.json {
				err = putJSON(out, jsonCitation{cableSchema, t.Key(), maybe(t.para), how.style, text})
			} else {
				_, err = fmt.Fprintln(out, text)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// usageOr is an error, or else that of a wrong use.
func usageOr(err error, text string) error {
	if err != nil {
		return err
	}
	return usage("%s", text)
}
