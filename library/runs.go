package library

import (
	"context"
	"database/sql"
	"maps"
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
}

// reading gives a reader of the full text to ask.
func (s *shard) reading(ctx context.Context, ask func(r *wordReader) error) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return damage(err)
	}
	defer tx.Rollback() //nolint:errcheck // it has written nothing
	r := &wordReader{ctx: ctx, tx: tx}
	if r.segments, err = readSegments(ctx, tx); err != nil {
		return err
	}
	return ask(r)
}

// rows gives the rows that have a run, in any order, some perhaps several
// times.
func (r *wordReader) rows(n run, found func(key int)) error {
	if len(n.words) == 1 {
		return r.word(n.words[0], n.prefix, func(key int, places []byte) {
			if n.column == inBoth || standsIn(places, n.column == inSubject) {
				found(key)
			}
		})
	}
	p, err := r.places(n, nil)
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
	p, err := r.places(n, nil)
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

// word gives the rows that have a word, or one that begins so, and its places
// in them.
func (r *wordReader) word(word string, prefix bool, found func(key int, places []byte)) error {
	for _, g := range r.segments {
		err := g.pages(r.ctx, r.tx, word, func(term []byte) what {
			switch {
			case string(term) == word, prefix && strings.HasPrefix(string(term), word):
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

// places finds where a run stands: where the first of its words does. Of rows,
// where it is not nil, no other is looked at.
func (r *wordReader) places(n run, rows bitset) (*placed, error) {
	p := &placed{}
	for i, k := range n.order() {
		prefix := n.prefix && k == len(n.words)-1
		if i == 0 {
			if err := r.begin(p, n, k, prefix, rows); err != nil {
				return nil, err
			}
			continue
		}
		kept, at := make([]bool, len(p.at)), 0
		err := r.word(n.words[k], prefix, func(key int, places []byte) {
			if at = p.find(at, key); at < len(p.keys) && int(p.keys[at]) == key {
				p.mark(at, places, k, kept)
			}
		})
		if err != nil {
			return nil, err
		}
		p.keep(kept)
	}
	return p, nil
}

// begin finds where a run may stand by one of its words.
func (r *wordReader) begin(p *placed, n run, k int, prefix bool, rows bitset) error {
	all := map[int][]uint32{} // where rows do not come in order
	err := r.word(n.words[k], prefix, func(key int, places []byte) {
		switch {
		case rows != nil && !rows.has(key-1):
		case prefix || len(r.segments) > 1:
			all[key] = appendStarts(all[key], places, k, n.column)
		default:
			p.add(key, appendStarts(p.at, places, k, n.column))
		}
	})
	for _, key := range slices.Sorted(maps.Keys(all)) {
		slices.Sort(all[key])
		p.add(key, append(p.at, all[key]...))
	}
	return err
}

// order is the order in which the words of a run are looked up: long ones are
// rare, and a beginning is many words.
func (r run) order() []int {
	var all []int
	for k := range r.words {
		all = append(all, k)
	}
	weight := func(k int) int {
		if r.prefix && k == len(r.words)-1 {
			return -1
		}
		return len(r.words[k])
	}
	sortBy(all, func(k int) int { return -weight(k) })
	return all
}
