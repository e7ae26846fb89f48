package cli

import (
	"context"
	"encoding/csv"
	"encoding/json"
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
	format string // "": table on a terminal, plain elsewhere
	sort   string // a model.Order, with a minus in front for the other way round
	limit  int    // 0: no limit
	null   bool   // NUL after ids
	json   bool   // short for the format jsonl
	plain  bool   // short for the format plain
}

var formats = []string{"table", "plain", "tsv", "csv", "json", "jsonl", "ids"}

func newList(w *world, l *looks) *cobra.Command {
	how := listing{}
	c := &cobra.Command{
		Use:   "list [PATH...]",
		Short: "Print one line a cable",
		Long: "Prints one line a cable: a table on a terminal, plain lines elsewhere. Exits 1 when\n" +
			"there is no cable, 3 when a file could not be read.",
		Example: "  chancery list folder --sort -date -n 20\n  chancery list folder --format tsv | cut -f1,5",
		RunE: func(c *cobra.Command, paths []string) error {
			switch {
			case how.json:
				how.format = "jsonl"
			case how.plain:
				how.format = "plain"
			}
			return printList(c.Context(), w, choose(w, l, paths), how, l)
		},
	}
	f := c.Flags()
	f.StringVarP(&how.format, "format", "f", "", "table, plain, tsv, csv, json, jsonl or ids")
	f.StringVar(&how.sort, "sort", "date", "date, mark, from, subject or id; a minus in front turns it round")
	f.IntVarP(&how.limit, "limit", "n", 0, "at most `N` cables")
	f.BoolVarP(&how.null, "null", "0", false, "end ids with a NUL")
	f.BoolVar(&how.json, "json", false, "the same as --format jsonl")
	f.BoolVar(&how.plain, "plain", false, "the same as --format plain")
	c.MarkFlagsMutuallyExclusive("format", "json", "plain")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("sort", cobra.FixedCompletions([]string{"date", "-date", "mark", "-mark", "from", "subject", "id"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// printList reads a collection whole and prints its list.
func printList(ctx context.Context, w *world, c collection, how listing, l *looks) error {
	if how.format == "" {
		how.format = "plain"
		if w.terminal && w.env("TERM") != "dumb" {
			how.format = "table"
		}
	}
	if !slices.Contains(formats, how.format) {
		return usage("--format is one of %s, not %q", strings.Join(formats, ", "), how.format)
	}
	if how.limit < 0 {
		return usage("-n is a number of cables, not %d", how.limit)
	}
	ask := model.Ask{Order: model.Order(strings.TrimPrefix(how.sort, "-")), Reverse: strings.HasPrefix(how.sort, "-"), N: how.limit}
	lib := c.open(ctx, w)
	defer lib.Close()
	receipt, err := lib.Wait(ctx)
	if err != nil {
		return err
	}
	if ask.N <= 0 {
		ask.N = receipt.Cables
	}
	page, err := lib.List(ctx, nil, ask)
	if err != nil {
		return usage("%w", err)
	}
	out := w.buffer()
	if err := printEntries(out, page.Entries, how, w, l); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return settle(w, c, receipt)
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

func printEntries(out io.Writer, es []model.Entry, how listing, w *world, l *looks) error {
	switch how.format {
	case "table":
		k, err := l.ink(w)
		if err != nil {
			return err
		}
		return printTable(out, es, w.width, k)
	case "csv":
		return printCSV(out, es)
	case "json", "jsonl":
		return printJSON(out, es, how.format == "json")
	case "ids":
		end := "\n"
		if how.null {
			end = "\x00"
		}
		for _, e := range es {
			if e.ID != "" {
				if _, err := fmt.Fprint(out, safe.Line(e.ID), end); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if how.format == "tsv" {
		if _, err := fmt.Fprintln(out, strings.Join(columns, "\t")); err != nil {
			return err
		}
	}
	for _, e := range es {
		cells := cellsOf(e)
		for i, s := range cells {
			cells[i] = oneField(s)
		}
		if _, err := fmt.Fprintln(out, strings.Join(cells, "\t")); err != nil {
			return err
		}
	}
	return nil
}

// The columns of plain, tsv and csv, in their order.
var columns = []string{"id", "date", "mark", "from", "subject", "path"}

func cellsOf(e model.Entry) []string {
	return []string{e.ID, dateOf(e.Date), e.Mark.Code(), e.From, e.Subject, e.Path}
}

// dateOf is a day and time in UTC, "" when it is not known.
func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04Z")
}

// oneField writes a value so that it stays one field of one line: tab, line
// end, backslash and controls as escapes. What is left passes the gate.
func oneField(s string) string {
	s = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`).Replace(s)
	return safe.Line(s)
}

// printCSV writes RFC 4180. A spreadsheet would take a cell that begins with
// = + - @ for a formula and run it: such a cell gets an apostrophe in front.
func printCSV(out io.Writer, es []model.Entry) error {
	cw := csv.NewWriter(out)
	cw.UseCRLF = true
	if err := cw.Write(columns); err != nil {
		return err
	}
	for _, e := range es {
		cells := cellsOf(e)
		for i, s := range cells {
			if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
				s = "'" + s
			}
			cells[i] = safe.Line(s)
		}
		if err := cw.Write(cells); err != nil {
			return err
		}
	}
	cw.Flush()
	return cw.Error()
}

// jsonEntry is a cable in list --format json and jsonl.
type jsonEntry struct {
	Schema   int      `json:"schema"`
	ID       *string  `json:"id"`
	Date     *string  `json:"date"`
	Mark     string   `json:"mark"`
	Level    *string  `json:"level"`
	Controls []string `json:"controls"`
	From     *string  `json:"from"`
	Subject  *string  `json:"subject"`
	Path     string   `json:"path"`
	Problems int      `json:"problems"`
	Copy     bool     `json:"copy"`
}

func printJSON(out io.Writer, es []model.Entry, array bool) error {
	all := make([]json.RawMessage, 0, len(es))
	for _, e := range es {
		b, err := encode(jsonEntry{
			cableSchema, maybe(e.ID), moment(e.Date), e.Mark.Code(), maybe(e.Mark.Level.String()), list(e.Mark.Controls),
			maybe(e.From), maybe(e.Subject), e.Path, e.Problems, e.Copy,
		})
		if err != nil {
			return err
		}
		if array {
			all = append(all, b)
			continue
		}
		if _, err := out.Write(b); err != nil {
			return err
		}
	}
	if !array {
		return nil
	}
	for i, b := range all {
		sep := ",\n "
		if i == 0 {
			sep = "[\n "
		}
		if _, err := fmt.Fprint(out, sep, strings.TrimSuffix(string(b), "\n")); err != nil {
			return err
		}
	}
	end := "\n]\n"
	if len(all) == 0 {
		end = "[]\n"
	}
	_, err := fmt.Fprint(out, end)
	return err
}

// printTable fits the list into a width: the subject takes what is left.
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
