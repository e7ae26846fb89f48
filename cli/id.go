package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"chancery/model"
)

func newID(w *world) *cobra.Command {
	return &cobra.Command{
		Use:     "id ID...",
		Short:   "Print the canonical form of cable ids",
		Long:    "Prints the canonical form of each id, one a line: two-digit year, post, number\nwithout leading zeros. Exits 1 when one of them is no cable id.",
		Example: "  chancery id \"05 RIO 0123\"        05RIODEJANEIRO123",
		Args:    needs("an ID"),
		RunE: func(_ *cobra.Command, args []string) error {
			bad := false
			for _, a := range args {
				id, ok := model.CanonicalID(a)
				if !ok {
					say(w, "%q is no cable id", a)
					bad = true
					continue
				}
				if _, err := fmt.Fprintln(w.out, id); err != nil {
					return err
				}
			}
			if bad {
				return exitError{code: exitNothing}
			}
			return nil
		},
	}
}
