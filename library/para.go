package library

import (
	"fmt"
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

	at   *placed // where the words stand
	next int     // in at
	hand hand    // of the cable at hand
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

// paragraphs gives the rows that have a paragraph of which something holds, as
// far as that can be told.
func (a *asker) paragraphs(n query.Node) (matched, error) {
	w, exact, err := a.parts(n)
	if err != nil {
		return matched{}, err
	}
	// Where a part tells all, the cables that have all its words need not be found
	// first: the places of the words tell them.
	narrow := a.within
	if exact {
		narrow = a.around
	}
	m, err := narrow(n)
	if err != nil || w == nil {
		return matched{m.set, a.none()}, err
	}
	may := m.set
	set, err := a.once(a.key("para ", n), func() (bitset, error) {
		if !w.reads() {
			return a.which(a.unread(w, may))
		}
		return a.gathered(func(r *wordReader) (bitset, error) { return w.clone().holding(a.v, r, may) })
	})
	if m := (matched{set: set}); exact || err != nil {
		return m, err
	}
	return matched{set, a.none()}, nil
}

// around gives the cables that may have such a paragraph by what the columns
// tell of them.
func (a *asker) around(n query.Node) (matched, error) {
	switch n := n.(type) {
	case *query.And:
		return a.every(n.Kids, a.around)
	case *query.Field:
		return a.field(n)
	}
	return a.untold(), nil
}

// unread is what a part that asks for no words asks of a row. How many
// paragraphs there are the column of markings says.
func (a *asker) unread(w *paraPart, may bitset) func(i int) bool {
	var ends []uint32 // only how many counts
	return func(i int) bool {
		n := a.v.cols.block.of(i).count()
		ends = slices.Grow(ends[:0], n)[:n]
		return may.has(i) && w.seek(int32(i+1), anyPlace) > 0 && w.from(0, ends) != nowhere
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
func (w *paraPart) holding(v *view, r *wordReader, rows bitset) (bitset, error) {
	out := make(bitset, len(rows))
	rows, err := w.load(r, rows)
	if err != nil || rows.empty() {
		return out, err
	}
	all, err := v.paraEnds(r)
	if err != nil {
		return out, err
	}
	var ends []uint32
	for i, key := range all.keys {
		if i%4096 == 0 && r.ctx.Err() != nil {
			return out, r.ctx.Err()
		}
		if !rows.has(int(key) - 1) {
			continue
		}
		if last := w.seek(key, anyPlace); last > 0 {
			if ends, _ = columnPlaces(ends[:0], 0, last, all.stored(i)); w.from(0, ends) != nowhere {
				out.add(int(key) - 1)
			}
		}
	}
	return out, nil
}

// paraEnds gives where the paragraphs of a shard's rows end. Whatever is asked of
// one paragraph asks for that, and it is the longest list of all: it is read once
// for a view, and takes about thirty bytes a cable.
func (v *view) paraEnds(r *wordReader) (*placed, error) {
	return v.kept.ends.get(r.ctx, fmt.Sprintf("%p", r.shard), func() (*placed, error) {
		p, err := r.stored(paraEnd[:len(paraEnd)-1], fullBitset(len(v.rows)))
		if err != nil {
			return nil, err
		}
		return &placed{keys: slices.Clone(p.keys), ends: slices.Clone(p.ends), raw: slices.Clone(p.raw)}, nil
	})
}

// load looks up where the words stand in rows, and gives those of them that may
// have such a paragraph.
func (w *paraPart) load(r *wordReader, rows bitset) (bitset, error) {
	if len(w.steps) > 0 {
		return w.loadWords(r, rows)
	}
	some := make(bitset, len(rows)) // for an OR
	sortBy(w.kids, (*paraPart).weight)
	for _, k := range w.kids {
		with, err := k.load(r, rows)
		if err != nil {
			return nil, err
		}
		switch w.node.(type) {
		case *query.And:
			rows = with // what follows is looked up in these only
		case *query.Or:
			some.or(with)
		}
	}
	if _, or := w.node.(*query.Or); or {
		return some, nil
	}
	return rows, nil
}

// weight says what is looked up first: what leaves the fewest rows. Long words
// are rare, as in a run.
func (w *paraPart) weight() int {
	switch {
	case len(w.steps) > 0 && !w.steps[0].prefix:
		return -len(w.steps[0].words[0])
	case len(w.steps) > 0:
		return 0
	}
	return 1
}

func (w *paraPart) loadWords(r *wordReader, rows bitset) (with bitset, err error) {
	if s := w.steps[0]; len(w.steps) == 1 && s.k == 0 && len(s.words) == 1 && !s.prefix {
		w.at, err = r.stored(s.words[0], rows)
	} else {
		w.at, err = r.places(w.steps, inText, rows)
	}
	with = make(bitset, len(rows))
	if err == nil {
		for _, key := range w.at.keys {
			with.add(int(key) - 1)
		}
	}
	return with, err
}
