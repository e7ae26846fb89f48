package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// listing is how a list is printed.
type listing struct {
	form
	sort   string   // a model.Order, with a minus in front for the other way round
	limit  int      // 0: no limit
	offset int      // leave out so many
	fields []string // of columnNames; none: the usual ones
}

var orders = []string{"date", "mark", "from", "subject", "id", "relevance"}

func newList(w *world, l *looks) *cobra.Command {
	how := listing{}
	c := &cobra.Command{
		Use:   "list [PATH...] [QUERY...]",
		Short: "Print one line a cable",
		Long: "Prints one line for each cable that answers the query: a table on a terminal, plain\n" +
			"lines elsewhere. Arguments that are files or folders are the collection (else -C, else\n" +
			"what was opened last), the rest is the query; all behind -- is. Exits 1 when there is no\n" +
			"cable, 3 when a file could not be read. How a query is written: chancery help query.",
		Example: "  chancery list folder --sort -date -n 20\n" +
			"  chancery list cables.zip tag:PREL origin:astana after:2007-10 -- -visit\n" +
			"  chancery list 'class>=secret \"end user\"' --sort relevance -n 50\n" +
			"  chancery list folder --format tsv --fields id,tags,words | cut -f1,3",
	}
	asks(w, l, c, func(c *cobra.Command, paths, words []string) error {
		a, err := how.ask(c.Context(), w, l, paths, words)
		if err != nil {
			return err
		}
		defer a.close()
		return a.list(c.Context(), how, l)
	})
	f := c.Flags()
	how.flags(c, formats)
	f.StringVar(&how.sort, "sort", "date", "date, mark, from, subject, id or relevance; a minus in front turns it round")
	f.IntVarP(&how.limit, "limit", "n", 0, "at most `N` cables")
	f.IntVar(&how.offset, "offset", 0, "leave out the first `N`")
	f.StringSliceVar(&how.fields, "fields", nil, "only these columns: "+strings.Join(columnNames(), " "))
	var both []string
	for _, o := range orders {
		both = append(both, o, "-"+o)
	}
	_ = c.RegisterFlagCompletionFunc("sort", cobra.FixedCompletions(both, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("fields", cobra.FixedCompletions(columnNames(), cobra.ShellCompDirectiveNoFileComp))
	minusIsQuery(c)
	return c
}

// order is the way in which the list is asked for.
func (how listing) order() model.Ask {
	return model.Ask{Order: model.Order(strings.TrimPrefix(how.sort, "-")), Reverse: strings.HasPrefix(how.sort, "-")}
}

// ask checks what can be checked before anything is read, and reads.
func (how listing) ask(ctx context.Context, w *world, l *looks, paths, words []string) (*asked, error) {
	q, err := queryOf(ctx, words)
	if err != nil {
		return nil, err
	}
	order := how.order().Order
	switch {
	case how.limit < 0:
		return nil, usage("-n is a number of cables, not %d", how.limit)
	case how.offset < 0:
		return nil, usage("--offset is a number of cables, not %d", how.offset)
	case !slices.Contains(orders, string(order)):
		return nil, usage("there is no order %q for --sort; there are %s, and a minus in front turns each round", how.sort, strings.Join(orders, ", "))
	case order == model.ByRelevance && len(q.Terms()) == 0:
		return nil, usage("--sort relevance needs words to look for in the query")
	}
	for _, name := range how.fields {
		if !slices.Contains(columnNames(), name) {
			return nil, usage("--fields are of %s, not %q", strings.Join(columnNames(), ", "), name)
		}
	}
	return read(ctx, w, choose(ctx, w, l, paths), q)
}

// list prints the cables that answer.
func (a *asked) list(ctx context.Context, how listing, l *looks) error {
	found := 0
	err := a.w.print(l, func(out *bufio.Writer, k ink) (err error) {
		found, err = a.putList(ctx, how, out, k)
		return err
	})
	switch {
	case err != nil:
		return err
	case a.q != nil && a.q.Root != nil:
		return a.end(found)
	}
	if err := settle(a.w, a.from, a.receipt); err != nil || found > 0 {
		return err
	}
	return exitError{code: exitNothing}
}

// putList writes them, and says how many there were.
func (a *asked) putList(ctx context.Context, how listing, out *bufio.Writer, k ink) (found int, err error) {
	names := how.fields
	if len(names) == 0 {
		names = usualColumns
	}
	s := newSheet(out, a.w, k, &how.form, names)
	if s.format == "ids" {
		names = []string{"id"}
	}
	drawn := s.format == "table" && len(how.fields) == 0
	var rows []model.Entry // of a table, which is drawn when all are known
	err = a.entries(ctx, how.order(), how.offset, func(es []model.Entry) (bool, error) {
		if how.limit > 0 {
			es = es[:min(len(es), how.limit-found)]
		}
		found += len(es)
		if drawn {
			rows = append(rows, es...)
		} else if err := a.putEntries(ctx, s, es, names, len(how.fields) > 0); err != nil {
			return false, err
		}
		return how.limit == 0 || found < how.limit, nil
	})
	switch {
	case err != nil:
		return found, err
	case !drawn:
		return found, s.close()
	case found > 0:
		return found, printTable(out, rows, a.w.width, k)
	}
	return found, nil
}

// settle says what gave no cable and gives the exit code for a receipt.
func settle(w *world, c collection, r model.Receipt) error {
	t := tally{w: w, named: c.paths, cables: r.Cables}
	for _, list := range [...][]model.Refusal{r.Unread, r.Refused, r.NotCables} {
		for _, no := range list {
			t.refuse(no)
		}
	}
	// What the receipt does not list is counted all the same.
	t.more += r.Count(model.Unread) - len(r.Unread) + r.Count(model.Refused) - len(r.Refused)
	t.notCables += r.Count(model.NotCable) - len(r.NotCables)
	return t.end()
}

// table fits the list into a width: the subject takes what is left.
func printTable(out io.Writer, es []model.Entry, width int, k ink) error {
	mark, from, id := len("MARK"), len("FROM"), len("ID")
	for _, e := range es {
		mark = max(mark, min(12, ansi.StringWidth(safe.Line(e.Mark.Code()))))
		from = max(from, min(14, ansi.StringWidth(safe.Line(e.From))))
		id = max(id, min(22, ansi.StringWidth(safe.Line(nameOfEntry(e)))))
	}
	const date = len("2006-01-02")
	subject := 1 << 20 // where there is no width to fit, nothing is cut
	if width > 0 {
		subject = max(8, width-date-mark-from-id-8-1)
	}
	row := func(d, m, f, i, s string) string {
		return d + "  " + m + "  " + f + "  " + i + "  " + s
	}
	head := row(fit("DATE", date), fit("MARK", mark), fit("FROM", from), fit("ID", id), "SUBJECT")
	if _, err := fmt.Fprintln(out, k.draw(themes.Dim, head)); err != nil {
		return err
	}
	for _, e := range es {
		day := ""
		if !e.Date.IsZero() {
			day = e.Date.UTC().Format(time.DateOnly)
		}
		line := row(fit(day, date), k.draw(themes.Mark(int(e.Mark.Level)), fit(safe.Line(e.Mark.Code()), mark)), fit(safe.Line(e.From), from),
			fit(safe.Line(nameOfEntry(e)), id), clip(safe.Line(e.Subject), subject))
		if _, err := fmt.Fprintln(out, line); err != nil {
			return err
		}
	}
	return nil
}

// nameOfEntry is the id, or the file where there is none.
func nameOfEntry(e model.Entry) string {
	if e.ID != "" {
		return e.ID
	}
	return e.Path[strings.LastIndexAny(e.Path, `/\`)+1:]
}

// clip cuts safe text to w cells at most.
func clip(s string, w int) string {
	if ansi.StringWidth(s) > w {
		return ansi.Truncate(s, w, "…")
	}
	return s
}

// fit makes safe text exactly w cells wide.
func fit(s string, w int) string {
	s = clip(s, w)
	return s + strings.Repeat(" ", max(0, w-ansi.StringWidth(s)))
}
