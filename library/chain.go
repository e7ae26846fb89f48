package library

import (
	"slices"
	"strings"
	"sync"

	"chancery/model/query"
	"chancery/parser/source"
)

// An expression is looked for in the full text by the chains of words that each
// text it matches must have; only what has them is read.

// needed narrows an expression to the cables that have its chains.
func (a *asker) needed(chains []query.Chain, column string) (matched, error) {
	out := a.untold()
	for _, c := range chains {
		set, err := a.once(column+" chain"+c.String(), func() (bitset, error) {
			steps, err := a.steps(c)
			if err != nil {
				return nil, err
			}
			return a.match(func(r *wordReader, found func(key int)) error { return r.stepped(steps, column, found) })
		})
		if err != nil {
			return out, err
		}
		out.set.and(set)
	}
	return out, nil
}

// anyWord gives the cables that have one of the words that fit; what says which
// they are.
func (a *asker) anyWord(what, column string, fits func(w string) bool) (bitset, error) {
	return a.once(column+" word "+what, func() (bitset, error) {
		words, err := a.fitting("", fits)
		if err != nil {
			return nil, err
		}
		return a.match(func(r *wordReader, found func(key int)) error {
			return r.stepped([]step{{words: words}}, column, found)
		})
	})
}

// fitting gives the words of the collection that begin so and fit, in order. The
// words are tried on all cores.
func (a *asker) fitting(begin string, fits func(w string) bool) ([]string, error) {
	all, err := a.l.vocabulary(a.ctx, a.v)
	if err != nil {
		return nil, err
	}
	from, _ := slices.BinarySearch(all, begin)
	all = all[from:]
	if begin != "" {
		end, _ := slices.BinarySearchFunc(all, begin, func(w, begin string) int {
			if strings.HasPrefix(w, begin) {
				return -1
			}
			return 1
		})
		all = all[:end]
	}
	cores := source.Cores()
	each := max(stretchWords, (len(all)+cores-1)/cores)
	found := make([][]string, cores)
	var wait sync.WaitGroup
	for k := 0; k*each < len(all); k++ {
		mine := all[k*each : min((k+1)*each, len(all))]
		wait.Go(func() { found[k] = a.thoseThatFit(mine, fits) })
	}
	wait.Wait()
	return slices.Concat(found...), a.ctx.Err()
}

// stretchWords is at how many words it is asked whether somebody still wants
// them.
const stretchWords = 4096

func (a *asker) thoseThatFit(words []string, fits func(w string) bool) (found []string) {
	for i, w := range words {
		if i%stretchWords == 0 && a.ctx.Err() != nil {
			return nil
		}
		if fits(w) {
			found = append(found, w)
		}
	}
	return found
}

// wordsMost is of how many words one of a chain is looked up, unless nothing
// else of it is known.
const wordsMost = 3000

// steps looks up what a chain is made of, what says most first. There is none
// where a word of it stands nowhere.
func (a *asker) steps(c query.Chain) ([]step, error) {
	var steps []step
	for k := range c {
		if c[k].Any() {
			continue
		}
		words, err := a.fitting(c[k].Begin(), c[k].Fits)
		if err != nil || len(words) == 0 {
			return nil, err
		}
		steps = append(steps, step{k: k, words: words})
	}
	many := func(s step) bool { return len(s.words) > wordsMost }
	sortBy(steps, func(s step) int {
		if many(s) {
			return 0
		}
		return -c[s.k].Weight()
	})
	return slices.Concat(steps[:1], slices.DeleteFunc(steps[1:], many)), nil
}
