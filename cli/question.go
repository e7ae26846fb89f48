package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"chancery/library"
	"chancery/library/desk"
	"chancery/model"
	"chancery/model/query"
	"chancery/ui"
)

// pathsFirst cuts the arguments of a command that asks a collection where the
// question begins: before the first that neither is there nor is written as
// only a path is. All behind -- is the question.
//
//	chancery list folder more.zip tag:PREL iran -- -visit
//	              └── paths ────┘ └── question ─────────┘
func pathsFirst(c *cobra.Command, args []string) (paths, rest []string, err error) {
	n := len(args)
	if dash := c.ArgsLenAtDash(); dash >= 0 {
		n = dash
	}
	i := 0
	for i < n && (isPath(args[i]) || likePath(args[i])) {
		i++
	}
	for _, a := range args[min(i+1, n):n] {
		if likePath(a) && isPath(a) {
			return nil, nil, usage("%q is neither a file nor a folder, and %s behind it is: paths come first, then what is asked of them", args[i], a)
		}
	}
	return args[:i], args[i:], nil
}

// asks makes a command one that asks a collection: its arguments are paths and
// then what is asked of them, and are completed as such.
func asks(w *world, l *looks, c *cobra.Command, run func(c *cobra.Command, paths, rest []string) error) {
	c.RunE = func(c *cobra.Command, args []string) error {
		paths, rest, err := pathsFirst(c, args)
		if err != nil {
			return err
		}
		return run(c, paths, rest)
	}
	c.ValidArgsFunction = completeQuery(w, l)
}

// fileEndings tell that a word names a file though it is not there.
var fileEndings = []string{
	".zip", ".txt", ".html", ".htm", ".csv", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".7z", ".eml", ".mbox", ".pdf", ".json", ".xml",
}

// likePath says whether an argument is written as only a path is. A part of a
// query may hold a slash too: class:s/nf, /visit(s|ed)/, para{mark:s/nf.
func likePath(arg string) bool {
	if strings.ContainsAny(arg, ":=<>{}()\"|*\n") {
		return false
	}
	if inner, ok := strings.CutPrefix(arg, "/"); ok && strings.IndexByte(inner, '/') == len(inner)-1 && inner != "" {
		return false // an expression, or a folder that would be there
	}
	lower := strings.ToLower(arg)
	return strings.Contains(arg, "/") || slices.ContainsFunc(fileEndings, func(end string) bool { return strings.HasSuffix(lower, end) && len(lower) > len(end) })
}

// queryOf reads a query that was given in pieces.
func queryOf(ctx context.Context, words []string) (*query.Query, error) {
	all, _ := savedSearches().Load(ctx) // what cannot be loaded has no name
	return query.Parse(strings.Join(words, " "), query.Options{Desk: true, Saved: func(name string) (string, bool) {
		i := slices.IndexFunc(all, func(s ui.Search) bool { return strings.EqualFold(s.Name, name) })
		if i < 0 {
			return "", false
		}
		return all[i].Query, true
	}})
}

// minusIsQuery makes a command say, of a flag that is none, how a query that
// begins with a minus is given.
func minusIsQuery(c *cobra.Command) {
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		if strings.HasPrefix(err.Error(), "unknown") {
			return usage("%w%s", err, minusHint(":"))
		}
		return err
	})
}

// minusHint is what to say more of the value of a flag that may have been part
// of a query: -tag:PREL is read as -t ag:PREL.
func minusHint(value string) string {
	if !strings.Contains(value, ":") {
		return ""
	}
	return " (what begins with - in a query goes behind --)"
}

// asked is a collection that was read, and what is asked of it.
type asked struct {
	w       *world
	from    collection
	lib     *library.Library
	receipt model.Receipt
	q       *query.Query
	unread  int        // cables that answer and cannot be read now
	own     *desk.Desk // the reader's work on it; nil where there is none
}

// ask reads a query and then the collection that it is put to.
func ask(ctx context.Context, w *world, l *looks, paths, words []string) (*asked, error) {
	q, err := queryOf(ctx, words)
	if err != nil {
		return nil, err
	}
	return read(ctx, w, choose(ctx, w, l, paths), q)
}

func (a *asked) close() {
	a.lib.Close()
	if a.own != nil {
		_ = a.own.Close() // what was done is on disk
	}
}

// workOn gives what the reader did with a cable.
func (a *asked) workOn(h model.Handle) model.Work {
	if a.own == nil {
		return model.Work{Handle: h}
	}
	w, ok := a.own.Of(h)
	if !ok {
		w.Handle = h
	}
	return w
}

// entries gives the cables that answer to each, in order, as long as it wants
// more; it leaves out the first few.
func (a *asked) entries(ctx context.Context, how model.Ask, skip int, each func([]model.Entry) (bool, error)) error {
	how.N = 500
	for {
		page, err := a.lib.List(ctx, a.q, how)
		if err != nil {
			return unread(err)
		}
		es := page.Entries
		if n := len(es); n > 0 {
			how.From = es[n-1].Key
			es = es[min(skip, n):]
			skip -= n - len(es)
		}
		if len(es) > 0 {
			if more, err := each(es); err != nil || !more {
				return err
			}
		}
		if len(page.Entries) < how.N && !page.Counting {
			if page.Unread > 0 {
				say(a.w, "%s %s could not be looked into, because the source is gone: they are not in the answer", model.Thousands(page.Unread), plural(page.Unread, "cable"))
			}
			return nil
		}
	}
}

// unread gives an error of the collection its exit code: something that the
// answer needs could not be read.
func unread(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return exitError{exitUnread, err}
}

// end gives the exit code of an answer with so many results. What could not be
// read is counted: the answer may lack it.
func (a *asked) end(found int) error {
	r := &a.receipt
	lost, refused := r.Count(model.Unread), r.Count(model.Refused)
	if r.Cables == 0 {
		return settle(a.w, a.from, *r)
	}
	if n := lost + refused; n > 0 {
		tell(a.w, "%s could not be read: what was in there is not in the answer (chancery check says what and why)", count(n, "thing"))
	}
	lost += a.unread
	if found == 0 && a.unread == 0 {
		if a.q != nil && a.q.Root != nil {
			tell(a.w, "nothing in %s answers %s", a.from.name, a.q.Text)
		}
		return exitError{code: exitNothing}
	}
	return exitFor(found, lost, refused)
}
