package parser

import (
	"sort"
	"strings"

	"chancery/model"
)

// Stamp is a stretch of the text that was printed over the message after it
// was sent: the stamp of a review, the number of a case. It may stand between
// two lines or within one, and cuts sentences in two; it is furniture.
type Stamp struct {
	Name string // of the furniture: review, release, case ...
	Span model.Span
}

// untilEnd is the text without the wrapper behind the message.
func (m Message) untilEnd() string {
	if m.End <= 0 || m.End >= len(m.Text) || m.End < m.Start {
		return m.Text
	}
	return m.Text[:m.End]
}

// stamped marks the lines that a stamp covers, whole or in part. Stamps that
// overlap or lie outside the text are left out.
func (r *reader) stamped(stamps []Stamp) {
	at, i := 0, 0
	for _, s := range stamps {
		if s.Span.Start < at || s.Span.End > len(r.text) || s.Span.Start >= s.Span.End {
			continue
		}
		at = s.Span.End
		r.stamps = append(r.stamps, s)
		for i < len(r.lines) && r.lines[i].to <= s.Span.Start {
			i++
		}
		for j := i; j < len(r.lines) && r.lines[j].from < s.Span.End; j++ {
			switch l := r.lines[j]; {
			case l.blank():
			case s.Span.Start <= l.from && l.to <= s.Span.End:
				r.kinds[j] = pageLine
			default:
				r.kinds[j] = mixedLine
			}
		}
	}
}

// stampAt gives the first stamp that ends after the place.
func (r *reader) stampAt(at int) int {
	return sort.Search(len(r.stamps), func(i int) bool { return r.stamps[i].Span.End > at })
}

// stampName gives the furniture that begins at a place the name of the stamp
// that covers it.
func (r *reader) stampName(name string, at int) string {
	if n := r.stampAt(at); n < len(r.stamps) && r.stamps[n].Span.Start <= at {
		return r.stamps[n].Name
	}
	return name
}

// cutStamps gives what remains of a line when the stamps in it are taken out;
// cut is false when there is none.
func (r *reader) cutStamps(i int, out []stretch) (left []stretch, cut bool) {
	l := r.lines[i]
	at := l.from
	for n := r.stampAt(l.from); n < len(r.stamps) && r.stamps[n].Span.Start < l.to; n++ {
		s := r.stamps[n]
		if from, to := trim(r.text, at, max(at, s.Span.Start)); from < to {
			out = append(out, stretch{from, to, i})
		}
		r.furniture(s.Name, max(at, s.Span.Start), min(s.Span.End, l.to))
		at, cut = min(s.Span.End, l.to), true
	}
	if !cut {
		return out, false
	}
	if from, to := trim(r.text, at, l.to); from < to {
		out = append(out, stretch{from, to, i})
	}
	return out, true
}

// stampedLine says whether a piece goes on after a stamp within its line.
func (b *bodyReader) stampedLine(p stretch) bool {
	return len(b.r.stamps) > 0 && p.line == b.last.line && b.last.to <= p.from && !b.blank
}

// noText are the codes of problems by which a source says that there is no
// message: what is missing of it then needs no saying.
func noText(problems []model.Problem) bool {
	for _, p := range problems {
		if p.Code == "text-lost" || p.Code == "withheld" {
			return true
		}
	}
	return false
}

// wrapperAfter gives the cable its whole text back, with what follows the
// message as a part of the wrapper, and adds what the source found odd.
func (r *reader) wrapperAfter(whole string, problems []model.Problem) {
	c := r.c
	if noText(problems) {
		kept := c.Problems[:0]
		for _, p := range c.Problems {
			if !strings.HasPrefix(p.Code, "no-") {
				kept = append(kept, p)
			}
		}
		c.Problems = kept
	}
	for _, p := range problems {
		if p.Span.Start >= 0 && p.Span.Start < p.Span.End && p.Span.End <= len(whole) {
			p.Line = 1 + strings.Count(whole[:p.Span.Start], "\n") + strings.Count(whole[:p.Span.Start], "\f")
		} else {
			p.Span, p.Line = model.Span{}, 0
		}
		c.Problems = append(c.Problems, p)
	}
	if len(problems) > 0 {
		sort.SliceStable(c.Problems, func(i, j int) bool { return c.Problems[i].Line < c.Problems[j].Line })
	}
	end := len(r.text)
	if end == len(whole) {
		return
	}
	line := 1 + strings.Count(r.text, "\n") + strings.Count(r.text, "\f")
	c.Text = whole
	c.Parts = append(c.Parts, model.Part{Kind: model.PartWrapper, Span: model.Span{Start: end, End: len(whole)}, Line: line, Block: -1})
}
