package library

import (
	"context"
	"database/sql"
	"slices"
	"strings"
)

// run is words that follow each other, the last of them perhaps only a
// beginning, in one column of the full text or in either.
type run struct {
	words  []string
	prefix bool
	column string
}

// String writes it for FTS5. The words hold no quotation mark: they are letters
// and digits.
func (r run) String() string {
	s := `"` + strings.Join(r.words, " ") + `"`
	if r.column != inBoth {
		s = r.column + " : " + s
	}
	if r.prefix {
		s += " *"
	}
	return s
}

// wordReader reads the full text of a shard as it is at one moment.
type wordReader struct {
	ctx      context.Context
	tx       *sql.Tx
	segments []segment
	shard    *shard
	taken    []*placed
}

// reading gives a reader of the full text to ask.
func (s *shard) reading(ctx context.Context, ask func(r *wordReader) error) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return damage(err)
	}
	defer tx.Rollback() //nolint:errcheck // it has written nothing
	r := &wordReader{ctx: ctx, tx: tx, shard: s}
	defer r.leave()
	if r.segments, err = readSegments(ctx, tx); err != nil {
		return err
	}
	return ask(r)
}

// room gives room for places, which is the reader's until it leaves: it is used
// again, for the places of common words are some megabytes.
func (r *wordReader) room() *placed {
	p, ok := r.shard.spare.Get().(*placed)
	if !ok {
		p = &placed{}
	}
	p.keys, p.ends, p.at, p.raw = p.keys[:0], p.ends[:0], p.at[:0], p.raw[:0]
	r.taken = append(r.taken, p)
	return p
}

func (r *wordReader) leave() {
	for _, p := range r.taken {
		r.shard.spare.Put(p)
	}
	r.taken = nil
}

// step is one of the words of a run: where it stands in it and what it is, one
// of several words, in order, or of all that begin with one.
type step struct {
	k      int
	words  []string
	prefix bool
}

// steps are the words of a run in the order in which they are looked up: long
// ones are rare, and a beginning is many words.
func (r run) steps() []step {
	var all []step
	for k := range r.words {
		all = append(all, step{k, r.words[k : k+1], r.prefix && k == len(r.words)-1})
	}
	sortBy(all, func(s step) int {
		if s.prefix {
			return 1
		}
		return -len(s.words[0])
	})
	return all
}

// rows gives the rows that have a run, in any order, some perhaps several
// times.
func (r *wordReader) rows(n run, found func(key int)) error {
	return r.stepped(n.steps(), n.column, found)
}

// stepped is the same of steps; no row has none.
func (r *wordReader) stepped(steps []step, column string, found func(key int)) error {
	switch len(steps) {
	case 0:
		return nil
	case 1:
		return r.step(steps[0], func(key int, places []byte) {
			if column == inBoth || standsIn(places, column == inSubject) {
				found(key)
			}
		})
	}
	p, err := r.places(steps, column, nil)
	if err != nil {
		return err
	}
	for _, key := range p.keys {
		found(int(key))
	}
	return nil
}

// count gives the rows that have a run, and how often it stands in each; of a
// beginning a row may be given several times.
func (r *wordReader) count(n run, found func(key, text, subject int)) error {
	if len(n.words) == 1 {
		return r.word(n.words[0], n.prefix, func(key int, places []byte) {
			text, subject := countPlaces(places)
			found(key, text, subject)
		})
	}
	p, err := r.places(n.steps(), inBoth, nil)
	if err != nil {
		return err
	}
	for i, key := range p.keys {
		at := p.of(i)
		text, _ := slices.BinarySearch(at, subjectPlace)
		found(int(key), text, len(at)-text)
	}
	return nil
}

// step gives the rows that have what a step asks for, and its places in them.
func (r *wordReader) step(s step, found func(key int, places []byte)) error {
	if s.prefix {
		return r.word(s.words[0], true, found)
	}
	for all := s.words; len(all) > 0; {
		n := 1
		for n < len(all) && alike(all[0], all[n]) {
			n++
		}
		if err := r.words(all[:n], found); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

// alike says whether two words are near enough in the full text to read what
// stands between them too.
func alike(a, b string) bool {
	const near = 4
	return len(a) >= near && len(b) >= near && a[:near] == b[:near]
}

// words gives the rows that have one of some words, which rise, and its places
// in them.
func (r *wordReader) words(words []string, found func(key int, places []byte)) error {
	for _, g := range r.segments {
		i := 0
		err := g.pages(r.ctx, r.tx, words[0], func(term []byte) what {
			for i < len(words) && words[i] < string(term) {
				i++
			}
			switch {
			case i == len(words):
				return stop
			case words[i] == string(term):
				return read
			}
			return pass
		}, found)
		if err != nil {
			return err
		}
	}
	return nil
}

// word gives the rows that have a word, or one that begins so, and its places
// in them.
func (r *wordReader) word(word string, prefix bool, found func(key int, places []byte)) error {
	if !prefix {
		return r.words([]string{word}, found)
	}
	for _, g := range r.segments {
		err := g.pages(r.ctx, r.tx, word, func(term []byte) what {
			switch {
			case strings.HasPrefix(string(term), word):
				return read
			case string(term) < word:
				return pass
			}
			return stop
		}, found)
		if err != nil {
			return err
		}
	}
	return nil
}

// vocabulary gives the words of all segments, some perhaps several times.
func (r *wordReader) vocabulary() (all []string, err error) {
	for _, g := range r.segments {
		err := g.pages(r.ctx, r.tx, "", func(term []byte) what {
			all = append(all, string(term))
			return pass
		}, nil)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}
