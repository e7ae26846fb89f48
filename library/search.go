package library

import (
	"context"
	"fmt"
	"slices"

	"chancery/model/query"
)

// A query is answered by sets of rows. Words come from the full text of the
// shards, everything else from the columns in memory. What neither can tell
// (an expression, words of one paragraph, the very letters of a word) gives a
// set that is too large: of it only some are sure to answer, and the cables
// that are not are looked at one by one.

// asker answers one query on one view.
type asker struct {
	ctx context.Context
	l   *Library
	v   *view
	all bitset // rows that can be told about: with words in the query, those whose text is stored

	work *worked // what is asked of the desk is asked of this; nil where nothing is
}

// ask gives the rows that answer a query, or may answer it.
func (l *Library) ask(ctx context.Context, v *view, n query.Node, work *worked) (matched, error) {
	a := &asker{ctx: ctx, l: l, v: v, all: v.live, work: work}
	if readsText(n) {
		a.all = v.searchable
	}
	m, err := a.node(n)
	if err != nil {
		return m, err
	}
	m.and(matched{set: a.all})
	return m, ctx.Err()
}

// readsText says whether a query asks for words of the text.
func readsText(n query.Node) bool {
	switch n := n.(type) {
	case *query.And:
		return anyReadsText(n.Kids)
	case *query.Or:
		return anyReadsText(n.Kids)
	case *query.Not:
		return readsText(n.Kid)
	case *query.Para, *query.Term, *query.Regexp:
		return true
	case *query.Field:
		return n.Name == "body" || n.Name == "subject"
	}
	return false
}

func anyReadsText(ns []query.Node) bool {
	for _, n := range ns {
		if readsText(n) {
			return true
		}
	}
	return false
}

// The columns of the full text.
const (
	inBoth    = ""
	inText    = "text"
	inSubject = "subject"
)

// node answers a part of a query. The sets it gives belong to the caller.
func (a *asker) node(n query.Node) (matched, error) {
	switch n := n.(type) {
	case *query.And:
		return a.every(n.Kids, a.node)
	case *query.Or:
		return a.some(n.Kids, a.node)
	case *query.Not:
		m, err := a.node(n.Kid)
		if err == nil {
			m.turn(a.all)
		}
		return m, err
	case *query.Para:
		return a.para(n.Kid)
	case *query.Term:
		return a.term(n, inBoth)
	case *query.Regexp:
		return a.needed(n.Chains(), inBoth)
	case *query.Field:
		return a.field(n)
	}
	return a.untold(), nil
}

// untold is the answer of who can tell nothing.
func (a *asker) untold() matched { return matched{a.all.clone(), a.none()} }

func (a *asker) none() bitset { return newBitset(len(a.v.rows)) }

// every answers an AND. What the columns tell comes first: where nothing is
// left nothing more is asked.
func (a *asker) every(kids []query.Node, node func(query.Node) (matched, error)) (matched, error) {
	out := matched{set: a.all.clone()}
	for _, columns := range []bool{true, false} {
		for _, k := range kids {
			if _, ok := k.(*query.Field); ok != columns {
				continue
			}
			if err := a.narrow(&out, k, node); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

// narrow takes away what does not answer one part more.
func (a *asker) narrow(out *matched, k query.Node, node func(query.Node) (matched, error)) error {
	if out.set.empty() {
		return a.ctx.Err()
	}
	m, err := node(k)
	if err == nil {
		out.and(m)
	}
	return err
}

func (a *asker) some(kids []query.Node, node func(query.Node) (matched, error)) (matched, error) {
	out := matched{set: a.none()}
	for _, k := range kids {
		m, err := node(k)
		if err != nil {
			return m, err
		}
		out.or(m)
	}
	return out, nil
}

// para answers what must hold of one paragraph, as near as sets of cables can:
// exactly where a single word or marking is asked for, or places and markings
// tell.
func (a *asker) para(n query.Node) (matched, error) {
	if n, ok := n.(*query.Or); ok { // a paragraph with one or the other is one of a paragraph with the one
		return a.some(n.Kids, a.para)
	}
	switch n.(type) {
	case *query.Term, *query.Field:
	default:
		return a.paragraphs(n)
	}
	m, err := a.within(n)
	if err != nil {
		return m, err
	}
	switch n.(type) {
	case *query.Field: // of the cable, but there must be a paragraph
		m.set.each(func(i int) {
			if a.v.rows[i].traits&isBare != 0 {
				m.set[i>>6] &^= 1 << (i & 63)
			}
		})
		if m.sure != nil {
			m.sure.and(m.set)
		}
	case *query.Term: // words of a phrase follow each other in one paragraph only
	}
	return m, nil
}

func (a *asker) within(n query.Node) (matched, error) {
	switch n := n.(type) {
	case *query.And:
		return a.every(n.Kids, a.within)
	case *query.Or:
		return a.some(n.Kids, a.within)
	case *query.Term:
		return a.term(n, inText)
	case *query.Regexp:
		return a.needed(n.Chains(), inText)
	case *query.Field:
		return a.field(n)
	}
	return a.untold(), nil
}

// tokenMost is how much of a word the full text keeps (FTS5_MAX_TOKEN_SIZE).
const tokenMost = 32768

// runOf makes a run of words; ok is false when they are asked for in a way that
// a run does not tell.
func runOf(words []query.Word, column string, near int) (r run, ok bool) {
	r.column = column
	for i := range words {
		w := &words[i]
		if near > 0 || w.Exact != "" || w.Fuzzy || w.Prefix && i+1 < len(words) {
			return r, false
		}
		r.words = append(r.words, w.Text[:min(len(w.Text), tokenMost)])
		r.prefix = w.Prefix
	}
	return r, len(words) > 0
}

// single says whether a term is one word of which all letters that are asked
// for are in the full text.
func single(t *query.Term) bool { return len(t.Words) == 1 && t.Words[0].Exact == "" }

// term asks for the words of a term: as they follow each other, or else for
// cables that have all of them, whatever their order.
func (a *asker) term(t *query.Term, column string) (matched, error) {
	if r, ok := runOf(t.Words, column, t.Near); ok {
		set, err := a.run(r)
		return matched{set: set}, err
	}
	out := matched{set: a.all.clone()}
	if !single(t) {
		out.sure = a.none()
	}
	for i := range t.Words {
		w := &t.Words[i]
		var set bitset
		var err error
		if w.Fuzzy {
			set, err = a.anyWord("like "+w.Text, column, w.Fits)
		} else {
			r, _ := runOf([]query.Word{{Text: w.Text, Prefix: w.Prefix}}, column, 0)
			set, err = a.run(r)
		}
		if err != nil {
			return out, err
		}
		out.set.and(set)
	}
	return out, nil
}

// once gives a set that is kept, or makes it.
func (a *asker) once(key string, create func() (bitset, error)) (bitset, error) {
	set, err := a.v.kept.sets.get(a.ctx, key, create)
	return set.clone(), err
}

// key is what the answer to a part of a query is kept under.
func (a *asker) key(what string, n query.Node) string { return keyOf(n, a.work, what) }

// keyOf is the same with what is in front of it. What is asked of the desk is
// asked of it as it was at one version, and of no other.
func keyOf(n query.Node, work *worked, front string) string {
	key := front + query.Print(n)
	if work != nil && query.AsksDesk(n) {
		key += " at " + work.version
	}
	return key
}

// run gives the rows that have a run of words.
func (a *asker) run(r run) (bitset, error) {
	return a.once(r.String(), func() (bitset, error) {
		return a.match(func(w *wordReader, found func(key int)) error { return w.rows(r, found) })
	})
}

// match gives the rows that have what is asked for: all shards are asked, side
// by side.
func (a *asker) match(ask func(r *wordReader, found func(key int)) error) (bitset, error) {
	return a.gathered(func(r *wordReader) (bitset, error) {
		set := a.none()
		return set, ask(r, func(key int) {
			if key <= len(a.v.rows) { // what came since is of a later view
				set.add(key - 1)
			}
		})
	})
}

// gathered gives the rows that any of the shards gives.
func (a *asker) gathered(ask func(r *wordReader) (bitset, error)) (bitset, error) {
	sets := make([]bitset, len(a.v.shards))
	err := a.l.eachText(a.ctx, a.v, func(i int, r *wordReader) (err error) {
		sets[i], err = ask(r)
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
}

// eachShard calls f for each shard, on as many cores.
func eachShard(shards []*shard, f func(i int, s *shard) error) error {
	errs := make(chan error, len(shards))
	for i, s := range shards {
		go func() { errs <- f(i, s) }()
	}
	var err error
	for range shards {
		if e := <-errs; e != nil && err == nil {
			err = e
		}
	}
	return err
}

// eachText reads the full text of each shard, on as many cores.
func (l *Library) eachText(ctx context.Context, v *view, ask func(i int, r *wordReader) error) error {
	err := eachShard(v.shards, func(i int, s *shard) error {
		return s.reading(ctx, func(r *wordReader) error { return ask(i, r) })
	})
	if e := ctx.Err(); e != nil {
		return e
	}
	return l.spoilt(err)
}

// vocabulary gives every word of the collection. It is kept until more is
// stored: words that are like another are looked for among all of them.
func (l *Library) vocabulary(ctx context.Context, v *view) ([]string, error) {
	return l.words.get(ctx, fmt.Sprint(v.epoch, v.searchable.count()), func() ([]string, error) {
		lists := make([][]string, len(v.shards))
		err := l.eachText(ctx, v, func(i int, r *wordReader) (err error) {
			lists[i], err = r.vocabulary()
			return err
		})
		if err != nil {
			return nil, err
		}
		all := slices.Concat(lists...)
		slices.Sort(all)
		return slices.Clip(slices.Compact(all)), nil
	})
}
