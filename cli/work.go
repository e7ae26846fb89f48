package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"chancery/library/desk"
	"chancery/model"
	"chancery/model/query"
	"chancery/parser/source"
)

// working is what the commands have in common that change the reader's work.
type working struct {
	w     *world
	l     *looks
	json  bool
	dry   bool
	ids   string // a file with them
	query string
	looks bool // nothing is to be changed
}

// flags gives a command the flags of who changes the reader's work.
func (k *working) flags(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&k.dry, "dry-run", false, "say what would change, and change nothing")
	f.StringVar(&k.w.reader, "reader", "", "whose work it is: a `NAME`, instead of the user's")
	f.BoolVar(&k.json, "json", false, "one JSON object a cable that changes")
}

// from gives a command the flags that say which cables it is about.
func (k *working) from(c *cobra.Command) {
	c.Flags().StringVar(&k.ids, "ids", "", "the cables that this `FILE` names, an id or a JSON object a line; - is standard input")
	c.Flags().StringVar(&k.query, "query", "", "all cables that answer this `QUERY`")
}

// work is a collection, with the reader's work on it, that may be changed.
type work struct {
	*asked
	how *working
}

// open reads the collection that -C names, or what was opened last, and opens
// the reader's work on it.
func (k *working) open(ctx context.Context) (*work, error) {
	var q *query.Query
	if k.query != "" {
		var err error
		if q, err = queryOf(ctx, []string{k.query}); err != nil {
			return nil, err
		}
	}
	c := choose(ctx, k.w, k.l, nil)
	own, err := c.openDesk(ctx, k.w, k.dry)
	if err != nil {
		return nil, noWork(err)
	}
	on := &work{how: k}
	if err := on.writable(ctx, c, own); err != nil {
		_ = own.Close() // nothing was written
		return nil, err
	}
	on.asked, err = readWith(ctx, k.w, c, q, own)
	return on, err
}

// writable says why the work cannot be changed here, if it cannot.
func (k *work) writable(ctx context.Context, c collection, own *desk.Desk) error {
	s, err := own.State(ctx)
	switch {
	case err != nil:
		return noWork(err)
	case s.Notice != "":
		tell(k.how.w, "%s", s.Notice)
	}
	if s.Held != "" && !k.how.dry {
		return exitError{exitDesk, fmt.Errorf("your work on %s is %s: nothing was changed", c.name, s.Held)}
	}
	return nil
}

// noWork gives an error of the desk its exit code: nothing was changed.
func noWork(err error) error {
	var exit exitError
	if err == nil || errors.Is(err, context.Canceled) || errors.As(err, &exit) {
		return err
	}
	return exitError{exitDesk, err}
}

// target is what something is done to: a cable, or one paragraph of it.
type target struct {
	model.Handle
	para string // as the cable numbers it; "" for the whole cable
}

// targets gives what the arguments, the file and the query name, each once and
// in that order. What the collection does not hold is said, and makes the
// command fail before anything is changed.
func (k *work) targets(ctx context.Context, args []string, paras bool) ([]target, error) {
	var all []target
	for _, arg := range args {
		t, err := targetOf(arg, paras)
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	if k.how.ids != "" {
		listed, err := k.how.listed(paras)
		if err != nil {
			return nil, err
		}
		all = append(all, listed...)
	}
	var lacking []string
	for i := range all {
		ok, err := k.find(ctx, &all[i])
		if err != nil {
			return nil, err
		}
		if !ok {
			lacking = append(lacking, all[i].Key())
		}
	}
	if len(lacking) > 0 {
		return nil, exitError{exitNothing, fmt.Errorf("%s does not hold %s%s", k.asked.from.name, some(lacking), map[bool]string{false: ": nothing was changed"}[k.how.looks])}
	}
	if k.q != nil {
		err := k.entries(ctx, model.Ask{}, 0, func(es []model.Entry) (bool, error) {
			for i := range es {
				all = append(all, target{Handle: es[i].Handle()})
			}
			return true, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return onlyOnce(all), nil
}

// some names the first few of a list.
func some(all []string) string {
	const most = 5
	if n := len(all) - most; n > 0 {
		return strings.Join(all[:most], ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(all, ", ")
}

// onlyOnce leaves out what stands in a list a second time: copies of a cable share
// the work on it.
func onlyOnce(all []target) (out []target) {
	seen := map[[2]string]bool{}
	for _, t := range all {
		if name := [2]string{t.Key(), t.para}; !seen[name] {
			seen[name] = true
			out = append(out, t)
		}
	}
	return out
}

// sumSign begins the name of a cable that has no id: list --fields key.
const sumSign = "sha256:"

// targetOf reads ID or ID#PARA.
func targetOf(arg string, paras bool) (t target, err error) {
	name, para, numbered := strings.Cut(arg, "#")
	switch {
	case numbered && !paras:
		return t, usage("%q: this is about whole cables; leave out #%s", arg, para)
	case numbered && para == "":
		return t, usage("%q: behind # stands the number of a paragraph", arg)
	}
	t.para = para
	if strings.HasPrefix(name, sumSign) {
		t.Handle = model.HandleOfKey(name)
		return t, nil
	}
	id, ok := model.CanonicalID(name)
	if !ok {
		return t, usage("%q is no cable id: two-digit year, post, number, such as 07ASTANA9901", name)
	}
	t.ID = id
	return t, nil
}

// longestLine is the most that one line of a list of ids may have.
const longestLine = 1 << 20

// listed reads the file of ids: one a line, or ended by a NUL, or the JSON that
// list prints.
func (k *working) listed(paras bool) ([]target, error) {
	var in io.Reader = k.w.in
	if k.ids != source.Stdin {
		f, err := os.Open(k.ids)
		if err != nil {
			return nil, usage("--ids: %w", err)
		}
		defer f.Close()
		in = f
	}
	var all []target
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestLine)
	lines.Split(linesOrNULs)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		var t target
		var err error
		if line[0] == '{' {
			var named struct{ ID, Sum, Para string }
			if err = json.Unmarshal([]byte(line), &named); err == nil {
				t = target{Handle: model.Handle{ID: named.ID, Sum: named.Sum}, para: named.Para}
			}
			if err == nil && t.Handle == (model.Handle{}) {
				err = errors.New(`a cable has "id" or "sum"`)
			}
		} else {
			t, err = targetOf(line, paras)
		}
		if err != nil {
			return nil, usage("--ids, line %d: %w", n, err)
		}
		all = append(all, t)
	}
	if err := lines.Err(); err != nil {
		return nil, usage("--ids: %w", err)
	}
	return all, nil
}

// linesOrNULs cuts at line ends and at NULs.
func linesOrNULs(data []byte, end bool) (advance int, token []byte, err error) {
	if i := bytes.IndexAny(data, "\n\x00"); i >= 0 {
		return i + 1, data[:i], nil
	}
	if end && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// find looks a cable up, so that the desk learns both its names. One that has
// no id is taken as it is named.
func (k *work) find(ctx context.Context, t *target) (bool, error) {
	if t.ID == "" {
		return t.Sum != "", nil
	}
	e, ok, err := k.entry(ctx, t.ID)
	if ok {
		t.Handle = e.Handle()
	}
	return ok, err
}

// entry gives the row of the cable with an id.
func (a *asked) entry(ctx context.Context, id string) (e model.Entry, ok bool, err error) {
	key, ok, err := a.lib.Find(ctx, id)
	if err != nil || !ok {
		return e, false, err
	}
	page, err := a.lib.List(ctx, nil, model.Ask{From: key, Include: true, N: 1})
	if err != nil || len(page.Entries) == 0 {
		return e, false, err
	}
	return page.Entries[0], true, nil
}

// spot finds the paragraph of a cable that is numbered so.
func (a *asked) spot(ctx context.Context, id, para string) (*model.Spot, error) {
	key, ok, err := a.lib.Find(ctx, id)
	if err != nil || !ok {
		return nil, exitError{exitNothing, fmt.Errorf("%s does not hold %s", a.from.name, id)}
	}
	c, err := a.lib.Cable(ctx, key)
	if err != nil {
		return nil, unread(err)
	}
	return numbered(c, para)
}

// numbered finds the paragraph with a number.
func numbered(c *model.Cable, para string) (*model.Spot, error) {
	id := c.Handle().Key()
	var numbers []string
	for i := range c.Blocks {
		if n := numberOf(c, i); c.Blocks[i].Number != "" && strings.EqualFold(n, para) {
			s := c.SpotOf(i)
			return &s, nil
		} else if c.Blocks[i].Number != "" {
			numbers = append(numbers, n)
		}
	}
	if len(numbers) == 0 {
		return nil, exitError{exitNothing, fmt.Errorf("the paragraphs of %s have no numbers", id)}
	}
	return nil, exitError{exitNothing, fmt.Errorf("%s has no paragraph %s; it has %s", id, para, some(numbers))}
}
