package library

import (
	"context"
	"slices"
	"strings"
	"sync"

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
}

// ask gives the rows that answer a query, or may answer it.
func (l *Library) ask(ctx context.Context, v *view, n query.Node) (matched, error) {
	a := &asker{ctx: ctx, l: l, v: v, all: v.live}
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
	if expr, ok := expression(n, inBoth); ok {
		return a.words(expr)
	}
	switch n := n.(type) {
	case *query.And:
		return a.every(n.Kids, inBoth, a.node)
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
		return a.inexact(n, inBoth)
	case *query.Regexp:
		return a.needed(n.Needs(), inBoth)
	case *query.Field:
		return a.field(n)
	}
	return a.untold(), nil
}

// untold is the answer of who can tell nothing.
func (a *asker) untold() matched { return matched{a.all.clone(), a.none()} }

func (a *asker) none() bitset { return newBitset(len(a.v.rows)) }

// needed narrows an expression to the cables that have, for each run of
// letters that every text it matches must have within a word, such a word.
func (a *asker) needed(needs []string, column string) (matched, error) {
	out := a.untold()
	for _, need := range needs {
		m, err := a.anyWord("has "+need, column, func(w string) bool { return len(w) >= tokenMost || strings.Contains(w, need) })
		if err != nil {
			return out, err
		}
		out.set.and(m)
	}
	return out, nil
}

// tokenMost is how much of a word the full text keeps (FTS5_MAX_TOKEN_SIZE).
const tokenMost = 32768

// wordsAtOnce is how many words one expression of the full text may name.
const wordsAtOnce = 200

// anyWord gives the cables that have one of the words that fit; what says which
// they are.
func (a *asker) anyWord(what, column string, fits func(w string) bool) (bitset, error) {
	return a.once(column+" word "+what, func() (bitset, error) {
		all, err := a.l.vocabulary(a.ctx, a.v)
		if err != nil {
			return nil, err
		}
		out := a.none()
		var exprs []string
		ask := func() error {
			if len(exprs) == 0 {
				return nil
			}
			m, err := a.match(strings.Join(exprs, " OR "))
			exprs = exprs[:0]
			if err == nil {
				out.or(m)
			}
			return err
		}
		for i, w := range all {
			if i%4096 == 0 && a.ctx.Err() != nil {
				return nil, a.ctx.Err()
			}
			if !fits(w) {
				continue
			}
			expr, _ := phrase([]query.Word{{Text: w}}, column, 0)
			if exprs = append(exprs, expr); len(exprs) == wordsAtOnce {
				if err := ask(); err != nil {
					return nil, err
				}
			}
		}
		return out, ask()
	})
}

// every answers an AND. What the columns tell comes first, then words that were
// asked for before; the other words are put in one question, and where nothing
// is left in none.
func (a *asker) every(kids []query.Node, column string, node func(query.Node) (matched, error)) (matched, error) {
	out := matched{set: a.all.clone()}
	var exprs []string
	var late []query.Node
	for _, k := range kids {
		if expr, ok := expression(k, column); ok {
			if !a.v.kept.sets.has(expr) {
				exprs = append(exprs, expr)
				continue
			}
		} else if _, ok := k.(*query.Field); !ok {
			late = append(late, k)
			continue
		}
		if err := a.narrow(&out, k, node); err != nil {
			return out, err
		}
	}
	if len(exprs) > 0 && !out.set.empty() {
		expr := exprs[0]
		if len(exprs) > 1 {
			expr = "(" + strings.Join(exprs, ") AND (") + ")"
		}
		m, err := a.words(expr)
		if err != nil {
			return m, err
		}
		out.and(m)
	}
	for _, k := range late {
		if err := a.narrow(&out, k, node); err != nil {
			return out, err
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
// exactly where a single word or marking is asked for.
func (a *asker) para(n query.Node) (matched, error) {
	if n, ok := n.(*query.Or); ok { // a paragraph with one or the other is one of a paragraph with the one
		return a.some(n.Kids, a.para)
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
	default:
		m.sure = a.none()
	}
	return m, nil
}

func (a *asker) within(n query.Node) (matched, error) {
	switch n := n.(type) {
	case *query.And:
		return a.every(n.Kids, inText, a.within)
	case *query.Or:
		return a.some(n.Kids, a.within)
	case *query.Term:
		if expr, ok := expression(n, inText); ok {
			return a.words(expr)
		}
		return a.inexact(n, inText)
	case *query.Regexp:
		return a.needed(n.Needs(), inText)
	case *query.Field:
		return a.field(n)
	}
	return a.untold(), nil
}

// expression writes a part of a query for the full text; ok is false when that
// cannot answer it alone and exactly.
func expression(n query.Node, column string) (expr string, ok bool) {
	switch n := n.(type) {
	case *query.Term:
		return phrase(n.Words, column, n.Near)
	case *query.And:
		if column == inText {
			return "", false // within a paragraph an AND of words is more than that of a cable
		}
		return joined(n.Kids, column, ") AND (")
	case *query.Or:
		return joined(n.Kids, column, ") OR (")
	}
	return "", false
}

// joined joins terms. Groups within it are joined by sets: the full text takes
// brackets to a few dozen deep only.
func joined(kids []query.Node, column, by string) (string, bool) {
	exprs := make([]string, len(kids))
	for i, k := range kids {
		t, ok := k.(*query.Term)
		if !ok {
			return "", false
		}
		if exprs[i], ok = phrase(t.Words, column, t.Near); !ok {
			return "", false
		}
	}
	return "(" + strings.Join(exprs, by) + ")", true
}

// phrase writes words that follow each other. They hold no quotation mark:
// they are letters and digits.
func phrase(words []query.Word, column string, near int) (string, bool) {
	var b strings.Builder
	if column != inBoth {
		b.WriteString(column + " : ")
	}
	b.WriteByte('"')
	for i, w := range words {
		if near > 0 || w.Exact != "" || w.Fuzzy || w.Prefix && i+1 < len(words) {
			return "", false
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
	}
	b.WriteByte('"')
	if n := len(words); n > 0 && words[n-1].Prefix {
		b.WriteString(" *")
	}
	return b.String(), len(words) > 0
}

// single says whether a term is one word of which all letters that are asked
// for are in the full text.
func single(t *query.Term) bool { return len(t.Words) == 1 && t.Words[0].Exact == "" }

// inexact asks for cables that have all words of a term, whatever their order.
func (a *asker) inexact(t *query.Term, column string) (matched, error) {
	out := matched{set: a.all.clone()}
	if !single(t) {
		out.sure = a.none()
	}
	for i := range t.Words {
		w := &t.Words[i]
		var m matched
		var err error
		if w.Fuzzy {
			m.set, err = a.anyWord("like "+w.Text, column, w.Fits)
		} else {
			expr, _ := phrase([]query.Word{{Text: w.Text, Prefix: w.Prefix}}, column, 0)
			m, err = a.words(expr)
		}
		if err != nil {
			return out, err
		}
		out.set.and(m.set)
	}
	return out, nil
}

// once gives a set that is kept, or makes it.
func (a *asker) once(key string, create func() (bitset, error)) (bitset, error) {
	set, err := a.v.kept.sets.get(a.ctx, key, create)
	return set.clone(), err
}

// words gives the rows whose words match.
func (a *asker) words(expr string) (matched, error) {
	set, err := a.once(expr, func() (bitset, error) { return a.match(expr) })
	return matched{set: set}, err
}

// match asks all shards, side by side.
func (a *asker) match(expr string) (bitset, error) {
	out := a.none()
	var sum sync.Mutex
	err := eachShard(a.v.shards, func(s *shard) error {
		mine := a.none()
		err := s.match(a.ctx, expr, func(key int) {
			if key <= len(a.v.rows) { // what came since is of a later view
				mine.add(key - 1)
			}
		})
		sum.Lock()
		defer sum.Unlock()
		out.or(mine)
		return err
	})
	return out, a.l.spoilt(err)
}

// eachShard calls f for each shard, on as many cores.
func eachShard(shards []*shard, f func(s *shard) error) error {
	errs := make(chan error, len(shards))
	for _, s := range shards {
		go func() { errs <- f(s) }()
	}
	var err error
	for range shards {
		if e := <-errs; e != nil && err == nil {
			err = e
		}
	}
	return err
}

// vocabulary gives every word of the collection. It is kept until more is
// stored: words that are like another are looked for among all of them.
func (l *Library) vocabulary(ctx context.Context, v *view) ([]string, error) {
	l.words.Lock()
	defer l.words.Unlock()
	if n := v.searchable.count(); l.words.of != n || l.words.epoch != v.epoch || l.words.list == nil {
		var list []string
		for _, s := range v.shards {
			err := s.eachWord(ctx, func(w string) bool {
				list = append(list, w)
				return true
			})
			if err != nil {
				return nil, l.spoilt(err)
			}
		}
		slices.Sort(list)
		list = slices.Clip(slices.Compact(list))
		l.words.of, l.words.epoch, l.words.list = n, v.epoch, list
	}
	return l.words.list, nil
}
