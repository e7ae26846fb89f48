package library

import (
	"slices"

	"chancery/model/query"
)

// What is asked of one paragraph is told by the places of its words and of the
// paragraph ends between them, without reading a text: words are in one
// paragraph when no end stands between. Only the markings of paragraphs, the
// very letters of a word, expressions and nearness are not in the full text.

// paraPart is a part of what is asked of one paragraph, while a shard is asked.
type paraPart struct {
	node query.Node
	kids []*paraPart
	run  run
	rows bitset // of a field: what it asks is of the cable
	at   *placed
	next int      // in at
	out  []uint64 // the paragraphs of the cable at hand in which it holds
}

// parts makes what is asked ready; nil when places do not tell.
func (a *asker) parts(n query.Node) (*paraPart, error) {
	w := &paraPart{node: n}
	var kids []query.Node
	switch n := n.(type) {
	case *query.And:
		kids = n.Kids
	case *query.Or:
		kids = n.Kids
	case *query.Not:
		kids = []query.Node{n.Kid}
	case *query.Term:
		var ok bool
		if w.run, ok = runOf(n.Words, inText, n.Near); !ok {
			return nil, nil
		}
		return w, nil
	case *query.Field:
		if n.Name == "mark" {
			return nil, nil
		}
		m, err := a.field(n)
		if err != nil || !m.exact() {
			return nil, err
		}
		w.rows = m.set
		return w, nil
	default:
		return nil, nil
	}
	for _, k := range kids {
		kid, err := a.parts(k)
		if err != nil || kid == nil {
			return nil, err
		}
		w.kids = append(w.kids, kid)
	}
	return w, nil
}

// paragraphs narrows rows that may have a paragraph of which something holds to
// those that do; ok is false when places do not tell.
func (a *asker) paragraphs(n query.Node, may bitset) (set bitset, ok bool, err error) {
	w, err := a.parts(n)
	if err != nil || w == nil {
		return nil, false, err
	}
	set, err = a.once(a.key("para ", n), func() (bitset, error) {
		sets := make([]bitset, len(a.v.shards))
		err := a.l.eachText(a.ctx, a.v, func(i int, r *wordReader) (err error) {
			sets[i], err = w.clone().holding(r, may)
			return err
		})
		if err != nil {
			return nil, err
		}
		out := a.none()
		for _, set := range sets {
			out.or(set)
		}
		return out, nil
	})
	return set, err == nil, err
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
	ends, err := r.places(run{words: []string{paraEnd[:len(paraEnd)-1]}, column: inText}, rows)
	if err == nil {
		err = w.load(r, rows)
	}
	if err != nil {
		return nil, err
	}
	for i, key := range ends.keys {
		if i%1024 == 0 && r.ctx.Err() != nil {
			return nil, r.ctx.Err()
		}
		if slices.ContainsFunc(w.of(key, ends.of(i)), func(bits uint64) bool { return bits != 0 }) {
			out.add(int(key) - 1)
		}
	}
	return out, nil
}

// load looks up where the words stand.
func (w *paraPart) load(r *wordReader, rows bitset) (err error) {
	if len(w.run.words) > 0 {
		w.at, err = r.places(w.run, rows)
	}
	for _, k := range w.kids {
		if err == nil {
			err = k.load(r, rows)
		}
	}
	return err
}

// of gives the paragraphs of a cable of which it holds, a bit each; ends are the
// places at which they end.
func (w *paraPart) of(key int32, ends []uint32) []uint64 {
	w.out = append(w.out[:0], make([]uint64, (len(ends)+63)/64)...)
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
		if w.rows.has(int(key) - 1) {
			fill(w.out, len(ends))
		}
	case *query.Term:
		w.next = w.at.find(w.next, int(key))
		if w.next == len(w.at.keys) || w.at.keys[w.next] != key {
			break
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
	return w.out
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
