package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"chancery/library"
	"chancery/model"
	"chancery/model/safe"
	"chancery/parser"
	"chancery/parser/source"
)

// showing is what show prints of a cable.
type showing struct {
	para    string
	header  string // none brief full
	raw     string // "", "yes", "force"
	escaped bool
	json    bool
}

func newShow(w *world, l *looks) *cobra.Command {
	how := showing{}
	c := &cobra.Command{
		Use:   "show PATH-or-ID...",
		Short: "Print cables as text",
		Long: "Prints the cables of a file or folder, or those with these ids in the collection\n" +
			"(-C, else what was opened last). On a terminal in colour and wrapped, elsewhere with\n" +
			"the lines as they were sent. --raw gives the bytes of the source; it is refused on a\n" +
			"terminal, because bytes may act on it: --escaped makes them visible.",
		Example: "  chancery show page.txt\n  chancery show 07ASTANA9901 -C folder --para 3-5\n  chancery show page.html --raw > copy.html",
		Args:    needs("a PATH or an ID"),
		RunE: func(c *cobra.Command, args []string) error {
			return show(c.Context(), w, l, how, args)
		},
	}
	f := c.Flags()
	f.StringVar(&how.para, "para", "", "only these paragraphs: `3-5`, 2,7, 4-")
	f.StringVar(&how.header, "header", "brief", "none, brief or full")
	f.StringVar(&how.raw, "raw", "", "the bytes of the source; --raw=`force` sends them to a terminal too")
	f.Lookup("raw").NoOptDefVal = "yes"
	f.BoolVar(&how.json, "json", false, "one JSON object a cable, as parse prints it; of an id with your work on it")
	f.BoolVar(&how.escaped, "escaped", false, "the bytes of the source, made visible")
	c.MarkFlagsMutuallyExclusive("json", "raw", "escaped")
	return c
}

func show(ctx context.Context, w *world, l *looks, how showing, args []string) error {
	switch how.header {
	case "none", "brief", "full":
	default:
		return usage("--header is none, brief or full, not %q", how.header)
	}
	if how.raw != "" && how.raw != "yes" && how.raw != "force" {
		return usage("--raw takes no value but force, not %q", how.raw)
	}
	if how.raw == "yes" && w.terminal {
		return exitError{exitRefused, errors.New("raw bytes may act on your terminal and are not sent to it; --escaped makes them visible, --raw=force sends them all the same")}
	}
	for _, a := range args { // before anything is printed
		if _, ok := model.CanonicalID(a); !ok && !isPath(a) {
			return usage("%q is neither a file nor the id of a cable", a)
		}
	}
	only, err := paragraphs(how.para)
	if err != nil {
		return err
	}
	k, err := l.ink(w)
	if err != nil {
		return err
	}
	width := 0
	if w.terminal {
		width = min(w.width, 100)
	}
	s := shower{w: w, l: l, how: how, out: w.buffer()}
	s.page = page{ink: k, width: width, header: how.header, only: only, today: time.Now()}
	err = s.all(ctx, args)
	if e := s.out.Flush(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	switch {
	case s.unread:
		return exitError{code: exitUnread}
	case s.missing || s.shown == 0:
		return exitError{code: exitNothing}
	}
	return nil
}

// shower prints cables one after the other.
type shower struct {
	w       *world
	l       *looks
	how     showing
	page    page
	out     *bufio.Writer
	held    *asked // the collection for ids, opened when first needed
	shown   int
	missing bool // an id is not held
	unread  bool // something could not be read
}

// all prints what each argument names: a file or folder that is there, else
// an id of the collection.
func (s *shower) all(ctx context.Context, args []string) error {
	defer func() {
		if s.held != nil {
			s.held.close()
		}
	}()
	for _, a := range args {
		var err error
		if isPath(a) {
			err = s.path(ctx, a)
		} else {
			err = s.id(ctx, a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// isPath says whether an argument of show names a file or folder that is
// there, or standard input; all else is taken for an id.
func isPath(arg string) bool {
	_, err := os.Stat(arg)
	return arg == source.Stdin || err == nil
}

// path prints every cable of a file or folder, in the order of the input.
func (s *shower) path(ctx context.Context, path string) error {
	set := &source.Set{Paths: []string{path}, Stdin: s.w.in, Limits: s.w.limits}
	t := &tally{w: s.w, named: set.Paths}
	err := printEach(ctx, t, set, func(m parser.Message) ([]byte, error) {
		if s.bytes() {
			return set.Raw(ctx, m.Source)
		}
		c := library.Parse(m)
		if s.how.json {
			return cableJSON(c)
		}
		return []byte(s.page.cable(c)), nil
	}, func(b []byte, err error) error { return s.put(ctx, b, err) })
	if err != nil {
		return err
	}
	var code exitError
	if errors.As(t.end(), &code) {
		s.unread = s.unread || code.code != exitNothing
		s.missing = s.missing || code.code == exitNothing
	}
	return nil
}

// id prints the cable with an id.
func (s *shower) id(ctx context.Context, id string) error {
	if s.held == nil {
		a, err := read(ctx, s.w, choose(ctx, s.w, s.l, nil), nil)
		if err != nil {
			return err
		}
		s.held = a
	}
	key, ok, err := s.held.lib.Find(ctx, id)
	if err != nil {
		return err
	}
	if !ok {
		say(s.w, "%s holds no cable %s", s.held.from.name, id)
		s.missing = true
		return nil
	}
	return s.cable(ctx, s.held.lib, key)
}

func (s *shower) cable(ctx context.Context, lib *library.Library, key model.Key) error {
	if s.bytes() {
		b, err := lib.Raw(ctx, key)
		return s.put(ctx, b, err)
	}
	c, err := lib.Cable(ctx, key)
	if err != nil {
		return s.put(ctx, nil, err)
	}
	if s.how.json {
		b, err := s.held.cableJSON(c)
		return s.put(ctx, b, err)
	}
	return s.put(ctx, []byte(s.page.cable(c)), nil)
}

// cableJSON is the line of a cable with the reader's work on it.
func (a *asked) cableJSON(c *model.Cable) ([]byte, error) {
	line, err := cableJSON(c)
	if err != nil {
		return nil, err
	}
	w := a.workOn(c.Handle())
	mine, err := encode(mineJSON(&w))
	return append(bytes.TrimSuffix(line, []byte("}\n")), append([]byte(","), mine[1:]...)...), err
}

// bytes says whether the bytes of the source are asked for, not the cable.
func (s *shower) bytes() bool { return s.how.raw != "" || s.how.escaped }

// put prints a cable, or says why there is none.
func (s *shower) put(ctx context.Context, b []byte, err error) error {
	if err != nil {
		return s.failed(ctx, err)
	}
	switch {
	case s.how.escaped:
		b = []byte(strings.TrimSuffix(safe.Bytes(b), "\n") + "\n")
	case s.how.raw == "" && !s.how.json && s.shown > 0:
		if err := s.out.WriteByte('\n'); err != nil {
			return err
		}
	}
	s.shown++
	_, err = s.out.Write(b)
	return err
}

// failed says that a cable could not be read; the rest is still printed.
func (s *shower) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	say(s.w, "%s", err)
	s.unread = true
	return nil
}
