package cli

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"

	"chancery/model"
	"chancery/model/safe"
)

func newCheck(w *world, l *looks) *cobra.Command {
	return &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Say what was read, what is no cable, and why",
		Long:  "Reads everything, keeps nothing, and accounts for each file. Exits 1 when there is\nno cable, 3 when a file could not be read.",
		RunE: func(c *cobra.Command, paths []string) error {
			col := choose(w, l, paths)
			lib := col.open(c.Context(), w)
			defer lib.Close()
			r, err := lib.Wait(c.Context())
			if err != nil {
				return err
			}
			out := w.buffer()
			printReceipt(out, r)
			if err := out.Flush(); err != nil {
				return err
			}
			switch {
			case len(r.Unread) > 0:
				return exitError{code: exitUnread}
			case r.Cables == 0:
				return exitError{code: exitNothing}
			}
			return nil
		},
	}
}

func printReceipt(out *bufio.Writer, r model.Receipt) {
	fmt.Fprintf(out, "%s looked at, %d bytes of cables\n", count(r.Files, "file"), r.Bytes)
	fmt.Fprintf(out, "%7d  cables\n", r.Cables)
	fmt.Fprintf(out, "%7d  of these the same bytes as another\n", r.Copies)
	fmt.Fprintf(out, "%7d  no cables\n", len(r.NotCables))
	fmt.Fprintf(out, "%7d  could not be read\n", len(r.Unread))
	for _, part := range []struct {
		title string
		files []model.Refusal
	}{{"No cables:", r.NotCables}, {"Could not be read:", r.Unread}} {
		if len(part.files) > 0 {
			fmt.Fprintf(out, "\n%s\n", part.title)
		}
		for _, f := range part.files {
			fmt.Fprintf(out, "  %s: %s\n", safe.Line(f.Path), safe.Line(f.Why))
		}
	}
}
