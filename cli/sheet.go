package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"chancery/model/safe"
	"chancery/themes"
)

// form is how records are printed.
type form struct {
	format string // "": table on a terminal, plain elsewhere
	json   bool   // short for the format jsonl
	plain  bool   // short for the format plain
	null   bool   // NUL after ids
}

// flags gives a command the flags of form. The formats are those it knows.
func (f *form) flags(c *cobra.Command, formats []string) {
	list := strings.Join(formats[:len(formats)-1], ", ") + " or " + formats[len(formats)-1]
	c.Flags().StringVarP(&f.format, "format", "f", "", list)
	c.Flags().BoolVar(&f.json, "json", false, "the same as --format jsonl")
	c.Flags().BoolVar(&f.plain, "plain", false, "the same as --format plain")
	c.MarkFlagsMutuallyExclusive("format", "json", "plain")
	if slices.Contains(formats, "ids") {
		c.Flags().BoolVarP(&f.null, "null", "0", false, "end ids with a NUL")
	}
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	before := c.PreRunE
	c.PreRunE = func(c *cobra.Command, args []string) error {
		if f.format != "" && !slices.Contains(formats, f.format) {
			return usage("--format is one of %s, not %q%s", strings.Join(formats, ", "), f.format, minusHint(f.format))
		}
		if before != nil {
			return before(c, args)
		}
		return nil
	}
}

// in is the format that is meant.
func (f *form) in(w *world) string {
	switch {
	case f.json:
		return "jsonl"
	case f.plain:
		return "plain"
	case f.format != "":
		return f.format
	case w.terminal && w.env("TERM") != "dumb":
		return "table"
	}
	return "plain"
}

var formats = []string{"table", "plain", "tsv", "csv", "json", "jsonl", "ids"}

// recordFormats are those of commands whose records are no cables.
var recordFormats = formats[:len(formats)-1]

// sheet prints records one by one in one of the formats.
type sheet struct {
	out    io.Writer
	format string
	heads  []string
	end    string // of ids
	width  int    // of a table
	ink    ink
	csv    *csv.Writer
	sizes  bool       // all columns but the first hold numbers
	rows   [][]string // of a table, which is drawn when all are known
	n      int
}

func newSheet(out io.Writer, w *world, k ink, f *form, heads []string) *sheet {
	s := &sheet{out: out, format: f.in(w), heads: heads, end: "\n", width: w.width, ink: k}
	if f.null {
		s.end = "\x00"
	}
	return s
}

// begin prints what stands above the first record. Heads may be values of
// cables (stats --cross).
func (s *sheet) begin() error {
	var err error
	switch s.format {
	case "tsv":
		err = s.line(s.heads)
	case "csv":
		s.csv = csv.NewWriter(s.out)
		s.csv.UseCRLF = true // RFC 4180
		err = s.csv.Write(harmless(s.heads))
	}
	return err
}

// put prints a record: its cells, or as JSON the value; as ids its first cell,
// if that is not empty.
func (s *sheet) put(cells []string, value any) error {
	if s.n == 0 {
		if err := s.begin(); err != nil {
			return err
		}
	}
	s.n++
	switch s.format {
	case "json", "jsonl":
		return s.putJSON(value)
	case "csv":
		return s.csv.Write(harmless(cells))
	case "table":
		s.rows = append(s.rows, cells)
		return nil
	case "ids":
		if cells[0] == "" {
			return nil
		}
		_, err := fmt.Fprint(s.out, safe.Line(cells[0]), s.end)
		return err
	}
	return s.line(cells)
}

// line prints fields with tabs between them.
func (s *sheet) line(cells []string) error {
	line := make([]string, len(cells))
	for i, c := range cells {
		line[i] = oneField(c)
	}
	_, err := fmt.Fprintln(s.out, strings.Join(line, "\t"))
	return err
}

func (s *sheet) putJSON(value any) error {
	b, err := encode(value)
	if err != nil {
		return err
	}
	text := string(b)
	if s.format == "json" {
		text = map[bool]string{true: "[\n ", false: ",\n "}[s.n == 1] + strings.TrimSuffix(text, "\n")
	}
	_, err = io.WriteString(s.out, text)
	return err
}

// close prints what stands below the last record.
func (s *sheet) close() error {
	var err error
	switch {
	case s.format == "json" && s.n == 0:
		_, err = io.WriteString(s.out, "[]\n")
	case s.format == "json":
		_, err = io.WriteString(s.out, "\n]\n")
	case s.n == 0 && (s.format == "tsv" || s.format == "csv"):
		if err = s.begin(); err == nil && s.csv != nil {
			s.csv.Flush()
			err = s.csv.Error()
		}
	case s.csv != nil:
		s.csv.Flush()
		err = s.csv.Error()
	case s.format == "table" && s.n > 0:
		err = s.table()
	}
	return err
}

// widest is how wide a column of a table may be that is not the last.
const widest = 36

// table draws the rows with columns as wide as they need; the last one takes
// what is left.
func (s *sheet) table() error {
	last := len(s.heads) - 1
	wide := make([]int, len(s.heads))
	for _, row := range append([][]string{s.heads}, s.rows...) {
		for i := range row {
			row[i] = safe.Line(row[i])
			wide[i] = max(wide[i], min(widest, ansi.StringWidth(row[i])))
		}
	}
	room := 1 << 20 // where there is no width to fit, nothing is cut
	if s.width > 0 {
		room = s.width - 1
		for _, n := range wide[:last] {
			room -= n + 2
		}
		room = max(8, room)
	}
	draw := func(cells []string, role themes.Role) error {
		parts := make([]string, len(cells))
		for i, c := range cells {
			parts[i] = fit(c, wide[i])
			if s.sizes && i > 0 {
				parts[i] = strings.Repeat(" ", max(0, wide[i]-ansi.StringWidth(c))) + clip(c, wide[i])
			}
		}
		if !s.sizes {
			parts[last] = clip(cells[last], room)
		}
		_, err := fmt.Fprintln(s.out, s.ink.draw(role, strings.TrimRight(strings.Join(parts, "  "), " ")))
		return err
	}
	heads := make([]string, len(s.heads))
	for i, h := range s.heads {
		heads[i] = strings.ToUpper(h)
	}
	if err := draw(heads, themes.Dim); err != nil {
		return err
	}
	for _, row := range s.rows {
		if err := draw(row, themes.Text); err != nil {
			return err
		}
	}
	return nil
}

// oneField writes a value so that it stays one field of one line: tab, line
// end, backslash and controls as escapes. What is left passes the gate.
func oneField(s string) string {
	s = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`).Replace(s)
	return safe.Line(s)
}

// harmless makes cells of a spreadsheet safe: one that begins with = + - @
// would be taken for a formula and run, and gets an apostrophe in front.
func harmless(cells []string) []string {
	out := make([]string, len(cells))
	for i, s := range cells {
		if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
			s = "'" + s
		}
		out[i] = safe.Line(s)
	}
	return out
}
