package cli

import (
	"bufio"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chancery/library"
	"chancery/model"
	"chancery/model/safe"
)

func newCheck(w *world, l *looks) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Say what was read, what is no cable, and why",
		Long: "Reads the collection and accounts for each file, each entry of an\n" +
			"archive and each row of a table. Exits 1 when there is no cable, 3 when something\n" +
			"could not be read, 4 when all that was found was refused for safety.",
		Example: "  chancery check cables-2010.zip\n  chancery check --json folder | jq .unread",
		RunE: func(c *cobra.Command, paths []string) error {
			col := choose(c.Context(), w, l, paths)
			r, err := takeReceipt(c.Context(), w, col)
			if err != nil {
				return err
			}
			out := w.buffer()
			if asJSON {
				b, err := r.json()
				if err != nil {
					return err
				}
				_, _ = out.Write(b) // what goes wrong is told by Flush
			} else {
				r.print(out)
			}
			if err := out.Flush(); err != nil {
				return err
			}
			return exitFor(r.Cables, r.Count(model.Unread), r.Count(model.Refused))
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return c
}

// receipt is a receipt with what the cables of the collection say together.
type receipt struct {
	model.Receipt
	name     string
	took     time.Duration
	odd      int // cables in which something was odd
	undated  int
	from, to time.Time
	posts    int
	levels   map[model.Level]int // by the cable's own line, else its highest portion
}

// takeReceipt reads a collection whole.
func takeReceipt(ctx context.Context, w *world, c collection) (receipt, error) {
	begun := time.Now()
	a, err := read(ctx, w, c, nil)
	r := receipt{name: c.name, levels: map[model.Level]int{}}
	if err != nil {
		return r, err
	}
	defer a.close()
	r.Receipt = a.receipt
	r.took = time.Since(begun)
	return r, r.count(ctx, a.lib)
}

// count adds up what the cables say.
func (r *receipt) count(ctx context.Context, lib *library.Library) error {
	page, err := lib.List(ctx, nil, model.Ask{Order: model.ByDate, N: r.Cables})
	if err != nil {
		return err
	}
	posts := map[string]bool{}
	for _, e := range page.Entries {
		r.levels[e.Mark.Level]++
		if e.Problems > 0 {
			r.odd++
		}
		if e.From != "" {
			posts[e.From] = true
		}
		if e.Date.IsZero() {
			r.undated++
			continue
		}
		if r.from.IsZero() {
			r.from = e.Date
		}
		r.to = e.Date
	}
	r.posts = len(posts)
	return nil
}

// The levels of a receipt, highest first.
var receiptLevels = []model.Level{model.TopSecret, model.Secret, model.Confidential, model.Restricted, model.Sensitive, model.Unclassified}

// fates are the parts of a receipt after the cables.
var fates = []struct {
	fate        model.Fate
	says, title string
}{
	{model.NotCable, "no cables", "No cables:"},
	{model.Unread, "could not be read", "Could not be read:"},
	{model.Refused, "REFUSED for safety", "Refused for safety, and not opened:"},
}

// examples is how many things a reason is followed by.
const examples = 10

func (r receipt) print(out *bufio.Writer) {
	line := func(n int, says, more string) {
		fmt.Fprintln(out, strings.TrimRight(fmt.Sprintf("%9s  %-26s%s", model.Thousands(n), says, more), " "))
	}
	fmt.Fprintf(out, "WHAT WAS IN %s\n\n", safe.Line(r.name))
	line(r.Files, plural(r.Files, "file")+" looked at", fmt.Sprintf("read in %.1f s", r.took.Seconds()))
	if r.Items != r.Files {
		line(r.Items, plural(r.Items, "thing")+" in these", "files, entries of archives, rows of tables, messages")
	}
	line(r.Cables, plural(r.Cables, "cable"), sizeOf(r.Bytes))
	if r.Copies > 0 {
		line(r.Copies, "of these exact duplicates", "the same bytes as another; kept, marked (copy) in lists")
	}
	for _, f := range fates {
		if n := r.Count(f.fate); n > 0 {
			line(n, f.says, "")
		}
	}
	if r.Cables > 0 {
		r.printCables(out)
	}
	for _, f := range fates {
		if r.Count(f.fate) > 0 {
			fmt.Fprintf(out, "\n%s\n", f.title)
			r.printReasons(out, f.fate)
		}
	}
}

func (r receipt) printCables(out *bufio.Writer) {
	fmt.Fprintln(out)
	if !r.from.IsZero() {
		fmt.Fprintf(out, "  Dates %s to %s", r.from.UTC().Format(time.DateOnly), r.to.UTC().Format(time.DateOnly))
		if r.undated > 0 {
			fmt.Fprintf(out, ", %s without", model.Thousands(r.undated))
		}
		fmt.Fprintf(out, "   %s %s\n", model.Thousands(r.posts), plural(r.posts, "post"))
	}
	fmt.Fprint(out, "  Marking")
	for _, l := range receiptLevels {
		if n := r.levels[l]; n > 0 {
			fmt.Fprintf(out, "  %s %s", l.Code(), model.Thousands(n))
		}
	}
	if n := r.levels[model.LevelUnknown]; n > 0 {
		fmt.Fprintf(out, "  none %s", model.Thousands(n))
	}
	fmt.Fprintln(out)
	if r.odd > 0 {
		fmt.Fprintf(out, "  Something is odd in %s of the cables; the reader shows what.\n", model.Thousands(r.odd))
	}
}

// printReasons prints each reason once, and some of what it was said of.
func (r receipt) printReasons(out *bufio.Writer, fate model.Fate) {
	for _, why := range r.Reasons {
		if why.Fate != fate {
			continue
		}
		fmt.Fprintf(out, "%9s  %s\n", model.Thousands(why.Count), safe.Line(why.Why))
		shown := 0
		for _, no := range r.list(fate) {
			if no.Why == why.Why && shown < examples {
				fmt.Fprintf(out, "             %s\n", safe.Line(placeOf(no)))
				shown++
			}
		}
		if left := why.Count - shown; left > 0 {
			fmt.Fprintf(out, "             and %s more\n", model.Thousands(left))
		}
	}
}

// placeOf is the path of a refusal, with the line where there is one.
func placeOf(no model.Refusal) string {
	if no.Line > 0 {
		return fmt.Sprintf("%s, line %d", no.Path, no.Line)
	}
	return no.Path
}

func (r receipt) list(fate model.Fate) []model.Refusal {
	switch fate {
	case model.Unread:
		return r.Unread
	case model.Refused:
		return r.Refused
	}
	return r.NotCables
}

// jsonReceipt is what check --json prints. The lists hold the first
// model.Listed of each kind, the reasons count all.
type jsonReceipt struct {
	Schema    int            `json:"schema"`
	Name      string         `json:"name"`
	Files     int            `json:"files"`
	Items     int            `json:"items"`
	Cables    int            `json:"cables"`
	Copies    int            `json:"copies"`
	Bytes     int64          `json:"bytes"`
	Odd       int            `json:"odd"`
	From      *string        `json:"from"`
	To        *string        `json:"to"`
	Undated   int            `json:"undated"`
	Posts     int            `json:"posts"`
	Levels    map[string]int `json:"levels"`
	NotCables jsonFate       `json:"not_cables"`
	Unread    jsonFate       `json:"unread"`
	Refused   jsonFate       `json:"refused"`
}

type jsonFate struct {
	Count   int           `json:"count"`
	Reasons []jsonReason  `json:"reasons"`
	Listed  []jsonRefusal `json:"listed"`
}

type jsonReason struct {
	Why   string `json:"why"`
	Count int    `json:"count"`
}

type jsonRefusal struct {
	Path string `json:"path"`
	Line int    `json:"line"` // 0: the whole
	Why  string `json:"why"`
}

func (r receipt) json() ([]byte, error) {
	j := jsonReceipt{
		Schema: cableSchema, Name: r.name, Files: r.Files, Items: r.Items, Cables: r.Cables, Copies: r.Copies, Bytes: r.Bytes,
		Odd: r.odd, From: moment(r.from), To: moment(r.to), Undated: r.undated, Posts: r.posts, Levels: map[string]int{},
		NotCables: r.jsonFate(model.NotCable), Unread: r.jsonFate(model.Unread), Refused: r.jsonFate(model.Refused),
	}
	for level, n := range r.levels {
		name := level.String()
		if level == model.LevelUnknown {
			name = "none"
		}
		j.Levels[name] = n
	}
	return encode(j)
}

func (r receipt) jsonFate(fate model.Fate) jsonFate {
	j := jsonFate{Count: r.Count(fate), Reasons: []jsonReason{}, Listed: []jsonRefusal{}}
	for _, why := range r.Reasons {
		if why.Fate == fate {
			j.Reasons = append(j.Reasons, jsonReason{why.Why, why.Count})
		}
	}
	for _, no := range r.list(fate) {
		j.Listed = append(j.Listed, jsonRefusal{no.Path, no.Line, no.Why})
	}
	return j
}

func plural(n int, what string) string {
	if n == 1 {
		return what
	}
	return what + "s"
}

// sizeOf writes a number of bytes for people.
func sizeOf(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
