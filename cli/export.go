package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chancery/model"
	"chancery/model/export"
	"chancery/parser/source"
)

// exporting is what export writes.
type exporting struct {
	working
	export.Options
	format  string
	style   string
	hash    string
	brief   string
	to      string
	sort    string
	title   string
	noNotes bool
	notes   bool
	force   bool
	today   time.Time
}

func newExport(w *world, l *looks) *cobra.Command {
	how := &exporting{working: working{w: w, l: l, looks: true}, today: time.Now()}
	c := &cobra.Command{
		Use:   "export [PATH...] [QUERY...]",
		Short: "Write a brief or the answer to a query as a document, with citations",
		Long: "Writes the cables that answer a query, those that a file names, or a brief of yours, as a\n" +
			"document, as data or as records for a bibliography. Portion markings, your notes and the\n" +
			"line with the highest marking are in it unless you leave them out. A file is never written\n" +
			"over unless --force says so: the new one gets a number. The screen writes the same bytes.\n" +
			"Exits 1 when there is nothing to write.",
		Example: "  chancery export --brief 'Pipeline, autumn 2007' --cite archival -o brief.md\n" +
			"  chancery export cables.zip is:relevant label:pipeline --format html -o pipeline.html\n" +
			"  chancery export is:starred --format bibtex > cables.bib",
	}
	asks(w, l, c, func(c *cobra.Command, paths, words []string) error {
		return exported(c.Context(), how, paths, words)
	})
	f := c.Flags()
	var formats, styles []string
	for _, k := range export.Formats() {
		formats = append(formats, string(k.Format))
	}
	for _, s := range export.Styles() {
		styles = append(styles, string(s.Style))
	}
	f.StringVarP(&how.format, "format", "f", "md", strings.Join(formats, ", "))
	f.StringVar(&how.style, "cite", "chicago", strings.Join(styles, ", "))
	f.StringVar(&how.hash, "hash", "short", "how much of the SHA-256 of a source a citation gives: short, whole or none")
	f.StringVar(&how.brief, "brief", "", "the brief of this `NAME`")
	f.StringVar(&how.ids, "ids", "", "the cables and paragraphs that this `FILE` names, ID or ID#PARA a line; - is standard input")
	f.StringVar(&how.sort, "sort", "date", "the order of the cables, as in list")
	f.StringVar(&how.title, "title", "", "the `TITLE` of the document; else the query or the name of the brief")
	f.StringVarP(&how.to, "output", "o", source.Stdin, "the `FILE` to write; - is standard output")
	f.BoolVar(&how.Header, "header", false, "what the header of each cable says, too")
	f.BoolVar(&how.notes, "notes", true, "your notes and comments, too")
	f.BoolVar(&how.noNotes, "no-notes", false, "leave your notes and comments out")
	f.BoolVar(&how.DropMarks, "no-marks", false, "quote without portion markings; asks first")
	f.BoolVar(&how.DropMarkLine, "no-mark-line", false, "leave out the lines that state the highest marking")
	f.BoolVar(&how.force, "force", false, "write over an old file, and drop markings without asking")
	c.MarkFlagsMutuallyExclusive("brief", "ids")
	c.MarkFlagsMutuallyExclusive("notes", "no-notes")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("cite", cobra.FixedCompletions(styles, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("brief", func(c *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
		return choose(c.Context(), w, l, nil).briefNames(c.Context(), w, begin), cobra.ShellCompDirectiveNoFileComp
	})
	minusIsQuery(c)
	return c
}

// check refuses what means nothing, and asks before markings are dropped.
func (how *exporting) check(words []string) error {
	how.DropNotes = how.noNotes || !how.notes
	how.Style, how.Hash = export.Style(how.style), export.Hash(how.hash)
	if _, ok := export.KindOf(export.Format(how.format)); !ok {
		return usage("there is no format %q to export to (chancery export --help lists them)", how.format)
	}
	if err := citable(how.Style, how.Hash); err != nil {
		return err
	}
	if (how.brief != "" || how.ids != "") && len(words) > 0 {
		return usage("a QUERY does not go with --brief or --ids")
	}
	if how.DropMarks && !how.force {
		return how.w.confirm("quote without portion markings? They say how sensitive each paragraph was held to be", "--force drops them without asking")
	}
	return nil
}

// citable refuses styles and hashes that there are not.
func citable(s export.Style, h export.Hash) error {
	if !slices.ContainsFunc(export.Styles(), func(m export.Manner) bool { return m.Style == s }) {
		return usage("there is no style %q of citing; there are chicago, archival, short, bluebook and none", s)
	}
	if !slices.Contains([]export.Hash{export.ShortHash, export.WholeHash, export.NoHash}, h) {
		return usage("--hash is short, whole or none, not %q", h)
	}
	return nil
}

func exported(ctx context.Context, how *exporting, paths, words []string) error {
	if err := how.check(words); err != nil {
		return err
	}
	a, err := listing{sort: how.sort}.ask(ctx, how.w, how.l, paths, words)
	if err != nil {
		return err
	}
	defer a.close()
	d, n, err := how.document(ctx, a)
	if how.title != "" {
		d.Title = how.title
	}
	switch {
	case err != nil:
		return err
	case n == 0 && how.brief == "":
		return a.end(0)
	}
	write := func(out io.Writer) error { return export.Write(out, export.Format(how.format), d, how.Options) }
	if how.to == source.Stdin {
		out := how.w.buffer()
		err = write(out)
		if e := out.Flush(); err == nil {
			err = e
		}
		return unreadIn(err)
	}
	name, err := writeFile(how.to, how.force, write)
	if err != nil {
		return unreadIn(err)
	}
	tell(how.w, "written: %s", name)
	return a.end(max(n, 1))
}

// unreadIn gives an error of a document its exit code.
func unreadIn(err error) error {
	var exit exitError
	if err == nil || errors.As(err, &exit) {
		return err
	}
	return unread(err)
}

// document is what is to be written, and how many things are in it.
func (how *exporting) document(ctx context.Context, a *asked) (export.Document, int, error) {
	if how.brief != "" {
		return how.briefDocument(ctx, a)
	}
	d := export.Document{Title: "All cables"}
	if a.q.Root != nil {
		d.Title = a.q.Text
	}
	var all []target
	if how.ids != "" {
		d.Title = "Selected cables"
		k := &work{asked: a, how: &how.working}
		var err error
		a.q = nil
		if all, err = k.targets(ctx, nil, true); err != nil {
			return d, 0, err
		}
		d.Items = how.picked(ctx, a, all)
		return d, len(all), nil
	}
	var keys []model.Key // asked for once: the items may be asked for twice
	err := a.entries(ctx, listing{sort: how.sort}.order(), 0, func(es []model.Entry) (bool, error) {
		for i := range es {
			keys = append(keys, es[i].Key)
		}
		return true, nil
	})
	d.Items = func(yield func(export.Item, error) bool) {
		for _, key := range keys {
			c, err := a.lib.Cable(ctx, key)
			if !yield(how.item(a, c), err) {
				return
			}
		}
	}
	return d, len(keys), err
}

// item is a whole cable as it is exported.
func (how *exporting) item(a *asked, c *model.Cable) export.Item {
	it := export.Item{Cable: c, Source: a.from.exportSource(how.today)}
	if c != nil {
		it.Handle = c.Handle()
		it.Notes = a.workOn(it.Handle).Notes
	}
	return it
}

// picked are cables, and paragraphs of cables.
func (how *exporting) picked(ctx context.Context, a *asked, all []target) iter.Seq2[export.Item, error] {
	return func(yield func(export.Item, error) bool) {
		for _, t := range all {
			c, err := a.cableOf(ctx, t.Handle)
			it := how.item(a, c)
			it.Handle = t.Handle
			if t.para != "" && c != nil && err == nil {
				var spot *model.Spot
				if spot, err = numbered(c, t.para); err == nil {
					it.Blocks = []int{spot.Block}
				}
			}
			if !yield(it, err) {
				return
			}
		}
	}
}

// briefDocument is a brief of the reader's.
func (how *exporting) briefDocument(ctx context.Context, a *asked) (export.Document, int, error) {
	var briefs []model.Brief
	if a.own != nil {
		s, err := a.own.State(ctx)
		if err != nil {
			return export.Document{}, 0, noWork(err)
		}
		briefs = s.Briefs
	}
	i := slices.IndexFunc(briefs, func(b model.Brief) bool { return strings.EqualFold(b.Name, how.brief) })
	if i < 0 {
		var names []string
		for _, b := range briefs {
			names = append(names, b.Name)
		}
		if len(names) == 0 {
			return export.Document{}, 0, exitError{exitNothing, fmt.Errorf("there is no brief on %s yet", a.from.name)}
		}
		return export.Document{}, 0, exitError{exitNothing, fmt.Errorf("there is no brief %q; there are: %s", how.brief, some(names))}
	}
	d := export.BriefOf(briefs[i], func(p model.Pin) (*model.Cable, model.Work, export.Source, error) {
		c, err := a.cableOf(ctx, p.Handle)
		return c, a.workOn(p.Handle), a.from.exportSource(how.today), err
	})
	return d, len(briefs[i].Pins), nil
}

// cableOf gives the cable that a handle names; nil where it is not held.
func (a *asked) cableOf(ctx context.Context, h model.Handle) (*model.Cable, error) {
	var key model.Key
	var ok bool
	var err error
	if h.ID != "" {
		key, ok, err = a.lib.Find(ctx, h.ID)
	} else {
		key, ok, err = a.bySum(ctx, h.Sum)
	}
	if err != nil || !ok {
		return nil, err
	}
	c, err := a.lib.Cable(ctx, key)
	if err != nil {
		return nil, unread(err)
	}
	return c, nil
}

// bySum finds a cable by its bytes, which only those without id need.
func (a *asked) bySum(ctx context.Context, sum string) (key model.Key, ok bool, err error) {
	all := &asked{w: a.w, lib: a.lib}
	err = all.entries(ctx, model.Ask{}, 0, func(es []model.Entry) (bool, error) {
		i := slices.IndexFunc(es, func(e model.Entry) bool { return e.Sum == sum && sum != "" })
		if i >= 0 {
			key, ok = es[i].Key, true
		}
		return !ok, nil
	})
	return key, ok, err
}

// exportSource is what a citation says of where a cable was read, as the screen
// says it.
func (c collection) exportSource(today time.Time) export.Source {
	return export.Source{Collection: c.name, Accessed: today}
}

// briefNames are the briefs of a collection that begin so, for completion.
func (c collection) briefNames(ctx context.Context, w *world, begin string) (names []string) {
	own, err := c.peekDesk(ctx, w)
	if err != nil || own == nil {
		return nil
	}
	defer own.Close() // nothing was written
	s, err := own.State(ctx)
	if err != nil {
		return nil
	}
	for _, b := range s.Briefs {
		if shellSafe(b.Name) && strings.HasPrefix(b.Name, begin) {
			names = append(names, b.Name)
		}
	}
	return names
}
