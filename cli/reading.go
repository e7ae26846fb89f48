package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"chancery/library/desk"
	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
)

// read opens a collection and waits until it is read whole, which for one that
// was indexed before takes a moment.
func read(ctx context.Context, w *world, c collection, q *query.Query) (*asked, error) {
	own, err := c.peekDesk(ctx, w)
	switch {
	case err == nil:
	case q != nil && query.AsksDesk(q.Root):
		return nil, noWork(err)
	default:
		tell(w, "your work on %s cannot be read, and is left out: %s", c.name, err)
	}
	return readWith(ctx, w, c, q, own)
}

// readWith does so with the reader's work on it, nil where there is none. It is
// closed with the collection.
func readWith(ctx context.Context, w *world, c collection, q *query.Query, own *desk.Desk) (*asked, error) {
	if own != nil {
		c.desk = own
	}
	switch {
	case c.lost:
		tell(w, "%s", c.notice)
	case c.last:
		tell(w, "this is %s, which you opened last: name a PATH for another", c.name)
	case len(c.paths) == 0:
		tell(w, "this is the sample of made-up cables: name a PATH to read your own")
	}
	a := &asked{w: w, from: c, lib: c.open(ctx, w), q: q, own: own}
	line := &progressLine{w: w, name: c.name, begun: time.Now()}
	said := ""
	for after := 0; ; {
		p, err := a.lib.Progress(ctx, after)
		if err == nil && p.Done {
			err = p.Err
		}
		if err != nil || p.Done || p.Notice != said {
			line.wipe()
		}
		if p.Notice != said && p.Notice != "" {
			tell(w, "%s", p.Notice)
			said = p.Notice
		}
		switch {
		case ctx.Err() != nil:
			a.close()
			return nil, ctx.Err()
		case err != nil:
			a.close()
			return nil, exitError{exitUnread, fmt.Errorf("%s: %w", c.name, err)}
		case p.Done:
			a.receipt = p.Receipt
			return a, nil
		}
		line.show(p, time.Now())
		after = p.Version
	}
}

// When the line of progress is shown first, and how often it changes.
const (
	progressAfter = 300 * time.Millisecond
	progressEvery = 100 * time.Millisecond
)

// progressLine is how far reading is, on one line that replaces itself. Where
// standard error is no terminal nothing is shown.
type progressLine struct {
	w     *world
	name  string
	begun time.Time
	drawn time.Time
}

func (l *progressLine) show(p model.Progress, now time.Time) {
	if now.Sub(l.begun) >= progressAfter && now.Sub(l.drawn) >= progressEvery {
		l.draw(progressWords(l.name, p))
	}
}

func (l *progressLine) draw(words string) {
	if l.w.talkWidth == 0 || l.w.quiet {
		return
	}
	l.drawn = time.Now()
	fmt.Fprintf(l.w.err, "\r%s\x1b[K", clip(words, l.w.talkWidth-1))
}

func (l *progressLine) wipe() {
	if !l.drawn.IsZero() {
		fmt.Fprint(l.w.err, "\r\x1b[K")
	}
}

// progressWords says how far reading is: what is not known is left out.
func progressWords(name string, p model.Progress) string {
	parts := []string{"reading " + safe.Line(name), model.Thousands(p.Cables) + " " + plural(p.Cables, "cable")}
	if p.Share > 0 {
		parts = append(parts, fmt.Sprintf("%.0f %%", 100*p.Share))
	}
	if p.Rate > 0 {
		parts = append(parts, model.Thousands(p.Rate)+" a second")
	}
	if p.Left > 0 {
		parts = append(parts, p.Left.Round(time.Second).String()+" left")
	}
	return strings.Join(parts, "  ")
}
