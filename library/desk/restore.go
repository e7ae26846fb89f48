package desk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"chancery/model"
)

// Difference is what a backup, or a copy of the journal, would change here.
type Difference struct {
	Reader    string    // whose work it is
	When      time.Time // of the last that is in it
	Come      []Change  // works that are not here
	Change    []Change  // works that are other here
	Go        []Change  // works that are here only
	Briefs    []string  // a sentence for each brief that comes, changes or goes
	Overruled []Overruled
	Notice    string     // what the reader should be told of it: damaged lines
	Done      model.Done // what was done, if it was
}

// Change is a work before and after.
type Change struct{ Before, After model.Work }

// Overruled is a judgement that gives way to a later one of the same cable.
// Both stay in the journal, with their times.
type Overruled struct {
	model.Handle
	Was    model.Judgement
	When   time.Time
	Holds  model.Judgement
	Judged time.Time
}

// Nothing says that there is no difference.
func (d *Difference) Nothing() bool {
	return len(d.Come)+len(d.Change)+len(d.Go)+len(d.Briefs) == 0
}

// String says what changes, as a line.
func (c Change) String() string {
	h := c.After.Handle
	if h == (model.Handle{}) {
		h = c.Before.Handle
	}
	return fmt.Sprintf("%s: %s → %s", naming([]model.Handle{h}, nil), outline(c.Before), outline(c.After))
}

// outline says in short what a work holds.
func outline(w model.Work) string {
	var parts []string
	say := func(yes bool, text string) {
		if yes {
			parts = append(parts, text)
		}
	}
	say(w.Judgement == model.Relevant, "relevant")
	say(w.Judgement == model.Irrelevant, "not relevant")
	say(w.Judgement == model.Later, "later")
	say(w.Star, "starred")
	say(w.Read, "read")
	say(len(w.Labels) > 0, "labels "+strings.Join(w.Labels, ", "))
	say(len(w.Passages) > 0, fmt.Sprintf("labels on paragraphs: %d", len(w.Passages)))
	say(len(w.Notes) > 0, fmt.Sprintf("notes: %d", len(w.Notes)))
	say(w.Pins > 0, fmt.Sprintf("pins: %d", w.Pins))
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, "; ")
}

// Restore puts the work of a backup, or of a journal, in the place of what
// there is. With dry it only says what that would change. It is one step and
// can be undone.
func (d *Desk) Restore(ctx context.Context, from io.Reader, dry bool) (Difference, error) {
	there, diff, err := foreign(from)
	if err != nil {
		return Difference{}, fmt.Errorf("restore: %w", err)
	}
	d.writing.Lock()
	defer d.writing.Unlock()
	if !dry {
		if err := d.ready(ctx); err != nil {
			return Difference{}, err
		}
	}
	r := d.record(doRestore)
	r.From = "the work of " + choose(there.reader == "", "somebody", there.reader) + " as of " + diff.When.Format("2006-01-02 15:04")
	for _, key := range slices.Sorted(maps.Keys(there.works)) {
		if e, own := there.works[key], d.st.works[key]; own == nil || !sameEntry(own, e) {
			r.Works = append(r.Works, e.saved())
		}
	}
	for _, key := range slices.Sorted(maps.Keys(d.st.works)) {
		if there.works[key] == nil {
			r.Gone = append(r.Gone, model.HandleOfKey(key))
		}
	}
	if diff.Briefs = compareBriefs(d.st.briefs, there.briefs); len(diff.Briefs) > 0 || !sameBriefs(d.st.briefs, there.briefs) {
		r.Briefs = &there.briefs
	}
	r.Pin = there.pins
	return d.change(r, diff, dry)
}

// foreign reads a backup or a journal that is not ours.
func foreign(from io.Reader) (*state, Difference, error) {
	text, err := io.ReadAll(from)
	if err != nil {
		return nil, Difference{}, err
	}
	r := read(text, 0)
	if l, ok := parse(r.tail, r.count+1); ok {
		r.lines = append(r.lines, l)
	} else if len(r.tail) > 0 {
		r.damaged = append(r.damaged, damage{r.count + 1, r.tail})
	}
	if len(r.lines) == 0 {
		return nil, Difference{}, errors.New("this is no backup (chancery backup writes one)")
	}
	if v := r.newer(); v > 0 {
		return nil, Difference{}, fmt.Errorf("%w (format %d)", ErrNewer, v)
	}
	st := newState()
	var diff Difference
	for _, l := range r.lines {
		st.apply(l)
		if l.Time.After(diff.When) {
			diff.When = l.Time
		}
	}
	diff.Reader = st.reader
	diff.Notice = strings.Join(slices.DeleteFunc([]string{r.notice(), r.short(), st.notice()}, func(s string) bool { return s == "" }), "; ")
	return st, diff, nil
}

// short says, for a person, that a backup does not have all that it began to
// tell of.
func (r *reading) short() string {
	if r.lines[0].Do != doBegin {
		return ""
	}
	missing := r.lines[0].To - len(r.damaged)
	for _, l := range r.lines {
		if l.Do == doWork || l.Do == doBriefs {
			missing--
		}
	}
	if missing <= 0 {
		return ""
	}
	return fmt.Sprintf("it was cut short; lines of it that are missing: %d", missing)
}

// change tells the difference that a record makes, and makes it unless dry.
func (d *Desk) change(r record, diff Difference, dry bool) (Difference, error) {
	for _, h := range r.Gone {
		if e := d.st.works[h.Key()]; e != nil {
			diff.Go = append(diff.Go, Change{Before: e.Work})
		}
	}
	for _, w := range r.Works {
		if e := d.st.works[w.Key()]; e == nil {
			diff.Come = append(diff.Come, Change{After: w.Work})
		} else if !reflect.DeepEqual(e.Work, w.Work) {
			diff.Change = append(diff.Change, Change{e.Work, w.Work})
		}
	}
	if dry || len(r.Works)+len(r.Gone) == 0 && r.Briefs == nil {
		return diff, nil
	}
	var err error
	diff.Done, err = d.do(r)
	return diff, err
}

func sameBriefs(a, b []model.Brief) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}

// compareBriefs says which briefs come, change and go.
func compareBriefs(here, there []model.Brief) []string {
	var out []string
	for _, b := range there {
		switch i := named(here, b.Name); {
		case i < 0:
			out = append(out, fmt.Sprintf("brief %q comes, with %d paragraphs", b.Name, len(b.Pins)))
		case !reflect.DeepEqual(here[i], b):
			out = append(out, fmt.Sprintf("brief %q changes: %d paragraphs → %d", b.Name, len(here[i].Pins), len(b.Pins)))
		}
	}
	for _, b := range here {
		if named(there, b.Name) < 0 {
			out = append(out, fmt.Sprintf("brief %q goes, with %d paragraphs", b.Name, len(b.Pins)))
		}
	}
	return out
}

// Comparison is how two readers judged the same cables.
type Comparison struct {
	Readers [2]string
	Agree   []Pair // judged the same
	Differ  []Pair // judged, but not the same
	OnlyA   []Pair // judged by the first only
	OnlyB   []Pair
}

// Pair is a cable with the judgements of two readers and their times.
type Pair struct {
	model.Handle
	A, B   model.Judgement
	AT, BT time.Time
}

// Diff compares the judgements of two backups or journals.
func Diff(a, b io.Reader) (Comparison, error) {
	var c Comparison
	first, _, err := foreign(a)
	if err != nil {
		return c, fmt.Errorf("the first: %w", err)
	}
	second, _, err := foreign(b)
	if err != nil {
		return c, fmt.Errorf("the second: %w", err)
	}
	c.Readers = [2]string{first.reader, second.reader}
	seen := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(first.works)) {
		e := first.works[key]
		other := second.draft().find(e.Handle)
		for _, sum := range e.sums { // by another copy
			if other.Judgement == model.Unjudged {
				other = second.draft().find(model.Handle{Sum: sum})
			}
		}
		seen[other.Key()] = true
		c.add(Pair{e.Handle, e.Judgement, other.Judgement, e.Judged, other.Judged})
	}
	for _, key := range slices.Sorted(maps.Keys(second.works)) {
		if e := second.works[key]; !seen[key] {
			c.add(Pair{e.Handle, model.Unjudged, e.Judgement, time.Time{}, e.Judged})
		}
	}
	return c, nil
}

func (c *Comparison) add(p Pair) {
	switch {
	case p.A == model.Unjudged && p.B == model.Unjudged:
	case p.A == p.B:
		c.Agree = append(c.Agree, p)
	case p.A == model.Unjudged:
		c.OnlyB = append(c.OnlyB, p)
	case p.B == model.Unjudged:
		c.OnlyA = append(c.OnlyA, p)
	default:
		c.Differ = append(c.Differ, p)
	}
}
