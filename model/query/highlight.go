package query

import (
	"slices"

	"chancery/model"
)

// lights is what of a query is shown in a text.
type lights struct {
	terms    []*Term // all of them
	single   []*Term // of one word
	several  []*Term
	patterns []*Regexp
	words    []*Word    // all words of several, to tell whether a term can stand in a text at all
	begins   [256]uint8 // with what a word of theirs may begin: bit 0 of single, bit 1 of several
}

// lightsOf gathers what a tree asks to stand in subject or text.
func lightsOf(root Node) *lights {
	l := &lights{}
	l.gather(root, false)
	return l
}

// lights are worked out once by Parse; a query that was put together by hand
// has none yet.
func (q *Query) lights() *lights {
	if q.shown != nil {
		return q.shown
	}
	return lightsOf(q.Root)
}

// Terms are the words and phrases that the query asks to stand in subject or
// text, those of subject: and body: too, in its order; what a NOT forbids is
// left out. Without any an answer has no order of relevance.
func (q *Query) Terms() []*Term {
	if q == nil || q.Root == nil {
		return nil
	}
	return q.lights().terms
}

// Marks says whether the query has any part that a text can be marked with.
func (q *Query) Marks() bool {
	if q == nil || q.Root == nil {
		return false
	}
	l := q.lights()
	return len(l.terms) > 0 || len(l.patterns) > 0
}

// gather passes over what stands under a NOT, unless another NOT undoes it.
func (l *lights) gather(n Node, not bool) {
	switch n := n.(type) {
	case *And:
		for _, k := range n.Kids {
			l.gather(k, not)
		}
	case *Or:
		for _, k := range n.Kids {
			l.gather(k, not)
		}
	case *Not:
		l.gather(n.Kid, !not)
	case *Para:
		l.gather(n.Kid, not)
	case *Term:
		if !not {
			l.add(n)
		}
	case *Regexp:
		if !not {
			l.patterns = append(l.patterns, n)
		}
	case *Field:
		if (n.Name == "subject" || n.Name == "body") && not == (n.Op == NotEqual) {
			l.values(n)
		}
	}
}

func (l *lights) values(f *Field) {
	for i := range f.Values {
		if v := &f.Values[i]; v.Re != nil {
			l.patterns = append(l.patterns, &Regexp{Re: v.Re, needs: v.needs})
		} else {
			l.add(&Term{Words: v.Words})
		}
	}
}

func (l *lights) add(t *Term) {
	l.terms = append(l.terms, t)
	bit := uint8(1)
	if len(t.Words) == 1 {
		l.single = append(l.single, t)
	} else {
		bit = 2
		l.several = append(l.several, t)
	}
	for i := range t.Words {
		w := &t.Words[i]
		if bit == 2 {
			l.words = append(l.words, w)
		}
		if !w.Fuzzy {
			l.begins[w.Text[0]] |= bit
			continue
		}
		for c := range l.begins {
			l.begins[c] |= bit
		}
	}
}

// mostMatches is how many places of one expression, or of words near each
// other, are shown in one text: more than anyone looks at.
const mostMatches = 1000

// Highlight gives the places of a text that the terms of the query match, in
// order, none overlapping: of a phrase all of it, of words near each other each
// of them; what a NOT forbids is not marked. What subject: and body: ask for is
// marked in any text, and so is what para{} asks for. A query without any such
// part costs nothing.
func (q *Query) Highlight(text string) []model.Span {
	if q == nil || q.Root == nil {
		return nil
	}
	l := q.lights()
	spans, more := l.scan(text)
	if more {
		p := apart(text)
		for _, t := range l.several {
			spans = t.appendPlaces(spans, p)
		}
	}
	if len(l.patterns) > 0 {
		spans = l.appendMatches(spans, text)
	}
	return joined(spans)
}

// appendMatches appends the places of expressions.
func (l *lights) appendMatches(spans []model.Span, text string) []model.Span {
	words := stream(text)
	for _, x := range l.patterns {
		if !mayMatch(x.needs, words) {
			continue
		}
		for _, at := range x.Re.FindAllStringIndex(flat(text), mostMatches) {
			if at[0] < at[1] {
				spans = append(spans, model.Span{Start: at[0], End: at[1]})
			}
		}
	}
	return spans
}

// scan passes over a text once, keeping nothing: it gives the places of single
// words, and says whether all words of a longer term stand somewhere in it.
func (l *lights) scan(text string) (spans []model.Span, more bool) {
	if len(l.single)+len(l.several) == 0 {
		return nil, false
	}
	var room [64]byte
	var seen [256]bool // of l.words
	s := scanner{text: text}
	for {
		word, start, end := s.next(room[:0])
		if len(word) == 0 {
			break
		}
		bits := l.begins[word[0]]
		if bits&1 != 0 && l.isSingle(word, text[start:end]) {
			spans = append(spans, model.Span{Start: start, End: end})
		}
		if bits&2 == 0 {
			continue
		}
		for i, w := range l.words[:min(len(l.words), len(seen))] {
			seen[i] = seen[i] || fits(w, word)
		}
	}
	at := 0
	for _, t := range l.several {
		all := true
		for i := range t.Words {
			all = all && (at+i >= len(seen) || seen[at+i])
		}
		at += len(t.Words)
		more = more || all
	}
	return spans, more
}

// isSingle says whether a word, in its form and as written, is asked for by
// itself.
func (l *lights) isSingle(word []byte, written string) bool {
	for _, t := range l.single {
		if w := &t.Words[0]; fits(w, word) && (w.Exact == "" || w.Exact == written) {
			return true
		}
	}
	return false
}

// appendPlaces appends the places of a term of several words.
func (t *Term) appendPlaces(spans []model.Span, p *passage) []model.Span {
	if t.Near == 0 {
		for from := 0; ; {
			first, ok := t.nextRow(p, from)
			if !ok {
				return spans
			}
			spans = append(spans, model.Span{Start: p.at[first].start, End: p.at[first+len(t.Words)-1].end})
			from = first + 1
		}
	}
	h := t.hits(p)
	for range mostMatches {
		places, ok := h.next()
		if !ok {
			break
		}
		for _, i := range places {
			spans = append(spans, model.Span{Start: p.at[i].start, End: p.at[i].end})
		}
	}
	return spans
}

// joined puts spans in order and makes one of those that overlap.
func joined(spans []model.Span) []model.Span {
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b model.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	out := spans[:1]
	for _, s := range spans[1:] {
		if last := &out[len(out)-1]; s.Start < last.End {
			last.End = max(last.End, s.End)
		} else {
			out = append(out, s)
		}
	}
	return out
}
