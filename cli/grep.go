package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"chancery/model"
	"chancery/model/query"
	"chancery/parser/source"
)

// grepping is what grep prints.
type grepping struct {
	form
	after, before int
	count, names  bool
	mark          string
	sort          string
	limit         int
}

func newGrep(w *world, l *looks) *cobra.Command {
	how := grepping{}
	c := &cobra.Command{
		Use:   "grep [PATH...] TERM... [-- QUERY...]",
		Short: "Print the paragraphs that hold words",
		Long: "Prints each paragraph that holds all of the terms: words, word*, \"a phrase\", ~word,\n" +
			"/expressions/, with AND, OR and NOT as in a query. The query behind -- picks the cables.\n" +
			"Elsewhere than on a terminal a line is: id, paragraph, marking, text. Exits 1 when no\n" +
			"paragraph matches. How a query is written: chancery help query.",
		Example: "  chancery grep folder uranium\n" +
			"  chancery grep cables.zip '\"end user\"' --mark S+ -- tag:PARM after:2007\n" +
			"  chancery grep -l 'visit* OR trip'\n" +
			"  chancery grep folder iran -A 1 --json",
	}
	asks(w, l, c, func(c *cobra.Command, paths, rest []string) error {
		terms, about := rest, []string(nil)
		if dash := c.ArgsLenAtDash(); dash >= 0 {
			terms, about = rest[:dash-len(paths)], rest[dash-len(paths):]
		}
		return grep(c.Context(), w, l, how, paths, terms, about)
	})
	f := c.Flags()
	how.flags(c, recordFormats)
	f.IntVarP(&how.after, "after", "A", 0, "`N` paragraphs behind each, too")
	f.IntVarP(&how.before, "before", "B", 0, "`N` paragraphs before each, too")
	f.BoolVarP(&how.count, "count", "c", false, "only the id of each cable and how many paragraphs match")
	f.BoolVarP(&how.names, "list", "l", false, "only the id of each cable")
	f.StringVar(&how.mark, "mark", "", "only paragraphs of this `MARKING`: S/NF; with + behind it, of that level or higher: C+")
	f.StringVar(&how.sort, "sort", "date", "the order of the cables, as in list")
	f.IntVarP(&how.limit, "limit", "n", 0, "at most `N` cables")
	c.MarkFlagsMutuallyExclusive("count", "list")
	return c
}

// grep prints the paragraphs that hold terms, of cables that answer a query.
func grep(ctx context.Context, w *world, l *looks, how grepping, paths, terms, about []string) error {
	if n := len(paths); len(terms) == 0 && how.mark == "" {
		if n > 0 {
			return usage("grep needs a TERM to look for; %q is the name of a file here (as a term it stands in quotation marks: '\"%s\"')", paths[n-1], paths[n-1])
		}
		return usage("grep needs a TERM to look for (chancery grep --help shows examples)")
	}
	para, err := how.paragraph(ctx, terms)
	if err != nil {
		return err
	}
	if how.after < 0 || how.before < 0 || how.limit < 0 {
		return usage("-A, -B and -n are numbers from 0 on")
	}
	order := listing{sort: how.sort, limit: how.limit}
	a, err := order.ask(ctx, w, l, paths, about)
	if err != nil {
		return err
	}
	defer a.close()
	named := a.q.Text
	a.q = both(a.q, para)
	cables := 0
	err = w.print(l, func(out *bufio.Writer, k ink) error {
		p := newGrepPrinter(out, w, k, &how)
		err := a.entries(ctx, order.order(), 0, func(es []model.Entry) (bool, error) {
			return a.grepEntries(ctx, es, para, func(f *found) (bool, error) {
				cables++
				return how.limit == 0 || cables < how.limit, p.cable(f)
			})
		})
		if err != nil {
			return err
		}
		return p.close()
	})
	if err != nil {
		return err
	}
	a.q.Text = strings.TrimSpace(strings.Join(terms, " ") + " -- " + named)
	a.q.Text = strings.TrimSuffix(a.q.Text, " --")
	return a.end(cables)
}

// paragraph reads what one paragraph must hold.
func (how *grepping) paragraph(ctx context.Context, terms []string) (*query.Query, error) {
	q, err := queryOf(ctx, terms)
	if err != nil {
		return nil, err
	}
	kid := q.Root
	if p, ok := kid.(*query.Para); ok { // it is said twice
		kid = p.Kid
	}
	if wrong := ofCable(kid, q.Text); wrong != nil {
		return nil, wrong
	}
	if how.mark != "" {
		m, err := markQuery(how.mark)
		if err != nil {
			return nil, err
		}
		if kid == nil {
			kid = m
		} else {
			kid = &query.And{Kids: []query.Node{kid, m}}
		}
	}
	return &query.Query{Text: q.Text, Root: &query.Para{Kid: kid}}, nil
}

// markQuery reads --mark.
func markQuery(mark string) (query.Node, error) {
	text := "mark:"
	bare, higher := strings.CutSuffix(mark, "+")
	if higher {
		text = "mark>="
	}
	q, err := query.Parse(text+query.Quote(bare), query.Options{})
	if err == nil {
		return q.Root, nil
	}
	if e := new(query.Error); errors.As(err, &e) {
		return nil, usage("--mark: %s (%s)", e.What, e.Hint)
	}
	return nil, err
}

// ofCable finds a part that no paragraph alone can answer.
func ofCable(n query.Node, text string) *query.Error {
	kids := []query.Node{}
	switch n := n.(type) {
	case *query.And:
		kids = n.Kids
	case *query.Or:
		kids = n.Kids
	case *query.Not:
		kids = append(kids, n.Kid)
	case *query.Para:
		if inner := ofCable(n.Kid, text); inner != nil {
			return inner
		}
		return &query.Error{Query: text, What: "grep looks at one paragraph at a time already", Hint: "leave para{ out"}
	case *query.Field:
		if n.Name != "mark" {
			return &query.Error{Query: text, Span: n.Span, What: n.Name + " is asked of the cable, and grep looks at paragraphs", Hint: "put it behind --: chancery grep TERM -- " + n.Span.Of(text)}
		}
	}
	for _, k := range kids {
		if wrong := ofCable(k, text); wrong != nil {
			return wrong
		}
	}
	return nil
}

// both is the query that asks for what either asks for.
func both(a, b *query.Query) *query.Query {
	if a == nil || a.Root == nil {
		return &query.Query{Root: b.Root}
	}
	return &query.Query{Root: &query.And{Kids: []query.Node{a.Root, b.Root}}}
}

// found is a cable with the blocks of it that match.
type found struct {
	entry model.Entry
	work  model.Work
	cable *model.Cable
	hits  []int // of the cable's blocks
	query *query.Query
	err   error
}

// grepEntries reads cables, on all cores, and gives those with a paragraph
// that matches in their order, as long as each wants more.
func (a *asked) grepEntries(ctx context.Context, es []model.Entry, q *query.Query, each func(*found) (bool, error)) (bool, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	all := make([]chan *found, len(es))
	for i := range all {
		all[i] = make(chan *found, 1)
	}
	var wait sync.WaitGroup
	defer wait.Wait()
	defer stop()
	cores := source.Cores()
	for c := range cores {
		wait.Go(func() {
			for i := c; i < len(es); i += cores {
				all[i] <- a.look(ctx, es[i], q)
			}
		})
	}
	for _, ch := range all {
		f := <-ch
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		if f.err != nil {
			say(a.w, "%s", f.err)
			a.unread++
			continue
		}
		if len(f.hits) == 0 {
			continue
		}
		if more, err := each(f); err != nil || !more {
			return false, err
		}
	}
	return true, nil
}

// look finds the paragraphs of one cable that match.
func (a *asked) look(ctx context.Context, e model.Entry, q *query.Query) *found {
	f := &found{entry: e, work: a.workOn(e.Handle()), query: q}
	if f.err = ctx.Err(); f.err != nil {
		return f
	}
	if f.cable, f.err = a.lib.Cable(ctx, e.Key); f.err != nil {
		f.err = fmt.Errorf("%s: %w", nameOfEntry(e), f.err)
		return f
	}
	for i, b := range f.cable.Blocks {
		if q.Match(&query.Doc{Paras: []query.Paragraph{{Mark: b.Mark, Text: b.Text}}}) {
			f.hits = append(f.hits, i)
		}
	}
	return f
}
