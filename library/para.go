package library

import (
	"slices"

	"chancery/model/query"
)

// What is asked of one paragraph is told by the places of its words and of the
// paragraph ends between them, and by the column of markings, without reading a
// text: words are in one paragraph when no end stands between. Only the very
// letters of a word, expressions and nearness are in neither; where these are
// asked for too, the rest narrows what must be read.

// paraPart is a part of what is asked of one paragraph, while a shard is asked.
type paraPart struct {
	node   query.Node
	kids   []*paraPart
	steps  []step  // of words
	rows   bitset  // of a field: what it asks is of the cable
	marks  markSet // of a marking: which of them hold
	blocks *blockMarks
	at     *placed
	next   int      // in at
	out    []uint64 // the paragraphs of the cable at hand in which it holds
}

// parts makes what is asked ready. Where exact is false it holds of more than
// what is asked does; it is nil where nothing can be told.
func (a *asker) parts(n query.Node) (w *paraPart, exact bool, err error) {
	w = &paraPart{node: n}
	switch n := n.(type) {
	case *query.And:
		exact, err = a.kids(w, n.Kids, true)
		if len(w.kids) == 0 {
			return nil, false, err
		}
	case *query.Or:
		exact, err = a.kids(w, n.Kids, false)
		if len(w.kids) < len(n.Kids) {
			return nil, false, err
		}
	case *query.Not: // of what is told of too much, NOT would tell too little
		if exact, err = a.kids(w, []query.Node{n.Kid}, false); !exact {
			return nil, false, err
		}
	case *query.Term:
		return a.termPart(n, w)
	case *query.Field:
		return a.fieldPart(n, w)
	case *query.Regexp:
		return a.chainPart(n)
	default:
		return nil, false, nil
	}
	return w, exact, err
}

// kids makes the parts of a part ready; with some, those of which nothing can be
// told are left out, else they end it.
func (a *asker) kids(w *paraPart, nodes []query.Node, some bool) (exact bool, err error) {
	exact = true
	for _, n := range nodes {
		kid, sure, err := a.parts(n)
		switch {
		case err != nil:
			return false, err
		case kid != nil:
			w.kids = append(w.kids, kid)
		case !some:
			return false, nil
		}
		exact = exact && sure
	}
	return exact, nil
}

// termPart makes words ready: a run of them as it is, else each by itself.
func (a *asker) termPart(t *query.Term, w *paraPart) (*paraPart, bool, error) {
	if r, ok := runOf(t.Words, inText, t.Near); ok {
		w.steps = r.steps()
		return w, true, nil
	}
	and := &paraPart{node: &query.And{}}
	for i := range t.Words {
		if word := t.Words[i]; !word.Fuzzy {
			word.Exact = ""
			one := &query.Term{Words: []query.Word{word}}
			r, _ := runOf(one.Words, inText, 0)
			and.kids = append(and.kids, &paraPart{node: one, steps: r.steps()})
		}
	}
	if len(and.kids) == 0 {
		return nil, false, nil
	}
	return and, false, nil
}

// chainPart makes ready what each paragraph has that an expression matches.
func (a *asker) chainPart(n *query.Regexp) (*paraPart, bool, error) {
	and := &paraPart{node: &query.And{}}
	for _, c := range n.Chains() {
		steps, err := a.steps(c)
		if err != nil {
			return nil, false, err
		}
		if len(steps) == 0 { // a word of it stands nowhere
			return &paraPart{node: &query.Or{}}, false, nil
		}
		and.kids = append(and.kids, &paraPart{node: n, steps: steps})
	}
	if len(and.kids) == 0 {
		return nil, false, nil
	}
	return and, false, nil
}

// fieldPart makes a field ready: a marking is the paragraph's own.
func (a *asker) fieldPart(f *query.Field, w *paraPart) (*paraPart, bool, error) {
	if f.Name == "mark" {
		w.blocks, w.marks = &a.v.cols.block, a.v.cols.marks.holding(f)
		return w, true, nil
	}
	m, err := a.field(f)
	if err != nil || !m.exact() {
		return nil, false, err
	}
	w.rows = m.set
	return w, true, nil
}

// paragraphs narrows rows that may have a paragraph of which something holds to
// those that do, as far as that can be told.
func (a *asker) paragraphs(n query.Node, may bitset) (matched, error) {
	w, exact, err := a.parts(n)
	if err != nil || w == nil {
		return matched{may, a.none()}, err
	}
	set, err := a.once(a.key("para ", n), func() (bitset, error) {
		if !w.reads() {
			return a.which(a.unread(w, may))
		}
		return a.gathered(func(r *wordReader) (bitset, error) { return w.clone().holding(r, may) })
	})
	if m := (matched{set: set}); exact || err != nil {
		return m, err
	}
	return matched{set, a.none()}, nil
}

// unread is what a part that asks for no words asks of a row. How many
// paragraphs there are the column of markings says.
func (a *asker) unread(w *paraPart, may bitset) func(i int) bool {
	var ends []uint32 // only how many counts
	return func(i int) bool {
		n := a.v.cols.block.of(i).count()
		ends = slices.Grow(ends[:0], n)[:n]
		return may.has(i) && w.some(i+1, ends)
	}
}

// reads says whether words are asked for.
func (w *paraPart) reads() bool {
	return len(w.steps) > 0 || slices.ContainsFunc(w.kids, (*paraPart).reads)
}

// clone gives a copy for one shard.
func (w *paraPart) clone() *paraPart {
	c := *w
	c.kids = make([]*paraPart, len(w.kids))
	for i, k := range w.kids {
		c.kids[i] = k.clone()
	}
	return &c
}

// holding gives those of rows that have a paragraph of which it holds.
func (w *paraPart) holding(r *wordReader, rows bitset) (bitset, error) {
	out := make(bitset, len(rows))
	if err := w.load(r, rows); err != nil {
		return nil, err
	}
	var ends []uint32
	err := r.word(paraEnd[:len(paraEnd)-1], false, func(key int, places []byte) {
		if rows.has(key - 1) {
			if ends = placesOf(ends[:0], places, inText); w.some(key, ends) {
				out.add(key - 1)
			}
		}
	})
	return out, err
}

// load looks up where the words stand.
func (w *paraPart) load(r *wordReader, rows bitset) (err error) {
	if len(w.steps) > 0 {
		w.at, err = r.places(w.steps, inText, rows)
	}
	for _, k := range w.kids {
		if err == nil {
			err = k.load(r, rows)
		}
	}
	return err
}

// some says whether it holds of some paragraph of a cable.
func (w *paraPart) some(key int, ends []uint32) bool {
	return slices.ContainsFunc(w.of(int32(key), ends), func(bits uint64) bool { return bits != 0 })
}

// of gives the paragraphs of a cable of which it holds, a bit each; ends are the
// places at which they end.
func (w *paraPart) of(key int32, ends []uint32) []uint64 {
	words := (len(ends) + 63) / 64
	w.out = slices.Grow(w.out[:0], words)[:words]
	clear(w.out)
	switch w.node.(type) {
	case *query.And:
		fill(w.out, len(ends))
		for _, k := range w.kids {
			for i, bits := range k.of(key, ends) {
				w.out[i] &= bits
			}
		}
	case *query.Or:
		for _, k := range w.kids {
			for i, bits := range k.of(key, ends) {
				w.out[i] |= bits
			}
		}
	case *query.Not:
		fill(w.out, len(ends))
		for i, bits := range w.kids[0].of(key, ends) {
			w.out[i] &^= bits
		}
	case *query.Field:
		if w.marks != nil {
			w.blocks.of(int(key)-1).where(w.marks, len(ends), w.out)
		} else if w.rows.has(int(key) - 1) {
			fill(w.out, len(ends))
		}
	case *query.Term, *query.Regexp:
		w.run(key, ends)
	}
	return w.out
}

// run finds the paragraphs in which a run begins.
func (w *paraPart) run(key int32, ends []uint32) {
	w.next = w.at.find(w.next, int(key))
	if w.next == len(w.at.keys) || w.at.keys[w.next] != key {
		return
	}
	para := 0
	for _, at := range w.at.of(w.next) {
		for para < len(ends) && ends[para] < at {
			para++
		}
		if para < len(ends) {
			w.out[para/64] |= 1 << (para % 64)
		}
	}
}

// fill sets the first n bits.
func fill(all []uint64, n int) {
	for i := range all {
		all[i] = ^uint64(0)
	}
	if n%64 > 0 {
		all[len(all)-1] = 1<<(n%64) - 1
	}
}
