package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"chancery/model/query"
	"chancery/model/safe"
)

// jsonExplained is what explain --json prints: the tree or the error.
type jsonExplained struct {
	Schema     int            `json:"schema"`
	Query      string         `json:"query"`
	Understood *query.Clause  `json:"understood"`
	Notes      []jsonRemark   `json:"notes"`
	Error      *jsonQueryFlaw `json:"error"`
}

type jsonRemark struct {
	Span [2]int `json:"span"` // bytes of the query
	Text string `json:"text"`
}

type jsonQueryFlaw struct {
	Column int    `json:"column"` // in characters, from 1
	Span   [2]int `json:"span"`
	Text   string `json:"text"`
	Hint   string `json:"hint"`
}

func newExplain(w *world, l *looks) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "explain QUERY...",
		Short: "Say how a query is understood",
		Long: "Says in words how a query is understood; nothing is opened for it. A query that is not\n" +
			"understood is shown with a caret under the fault, and the exit code is 2.",
		Example: "  chancery explain 'tag:PREL,PGOV -origin:state para{mark:s/nf \"end user\"~5}'\n" +
			"  chancery explain --json 'class>=secret' | jq .understood",
		Args: needs("a QUERY"),
		RunE: func(c *cobra.Command, args []string) error {
			q, err := queryOf(c.Context(), args)
			if asJSON {
				return explainJSON(w, q, err)
			}
			if err != nil {
				return err
			}
			for _, line := range q.Explain() {
				if _, err := fmt.Fprintln(w.out, safe.Line(line)); err != nil {
					return err
				}
			}
			return nil
		},
		ValidArgsFunction: completeQuery(w, l),
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object; of a query that is not understood, what is wrong with it")
	minusIsQuery(c)
	return c
}

func explainJSON(w *world, q *query.Query, err error) error {
	j := jsonExplained{Schema: cableSchema, Notes: []jsonRemark{}}
	var wrong *query.Error
	switch {
	case errors.As(err, &wrong):
		j.Query = wrong.Query
		j.Error = &jsonQueryFlaw{wrong.Column(), pair(wrong.Span), wrong.What, wrong.Hint}
	case err != nil:
		return err
	default:
		clause := q.Clause()
		j.Query, j.Understood = q.Text, &clause
		for _, n := range q.Notes {
			j.Notes = append(j.Notes, jsonRemark{pair(n.Span), n.Text})
		}
	}
	b, fault := encode(j)
	if fault != nil {
		return fault
	}
	if _, fault := w.out.Write(b); fault != nil {
		return fault
	}
	return err
}
