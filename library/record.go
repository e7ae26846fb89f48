package library

import (
	"sync"

	"chancery/model"
	"chancery/parser/source"
)

// record is what a core makes of one message: all that is kept of it.
type record struct {
	head
	facts facts
	words wording
	from  model.Source
	body  []byte
	known bool // it is in the index already
	ok    bool // it is a cable
}

// recorder makes records; it is used by all cores at once.
type recorder struct {
	known map[string]map[uint64]bool // by path: what is in the index already of files that were read in part
	anew  sync.Map                   // paths of which nothing that is known holds any more
	body  bool                       // texts are kept
	hooks hooks
	keys  *Keys
	rooms *rooms
}

func (rec *recorder) work(it source.Item) record {
	if it.Refusal != nil {
		return record{}
	}
	rec.keys.begin()
	defer rec.keys.end()
	from := it.Message.Source
	if rec.has(&from) {
		return record{known: true}
	}
	if f := rec.hooks.parsed; f != nil {
		f(from.Path)
	}
	c := Parse(it.Message)
	w := wordingOf(c, rec.rooms)
	r := record{words: w, facts: factsOf(c, w), from: c.Source, ok: true}
	r.head = headOf(c, &r.facts)
	if rec.body {
		r.body = bodyOf(it.Message, c, rec.rooms)
		if len(r.body) > maxBody { // it is read from its source
			r.body = nil
		}
	}
	r.from.Path = "" // the file says it
	return r
}

// has says whether a message is in the index already.
func (rec *recorder) has(from *model.Source) bool {
	known := rec.known[from.Path]
	if known == nil || !known[identity(from)] {
		return false
	}
	_, anew := rec.anew.Load(from.Path)
	return !anew
}

// identity tells the items of one file apart.
func identity(s *model.Source) uint64 {
	h := uint64(14695981039346656037) // FNV-1a
	mix := func(b byte) { h = (h ^ uint64(b)) * 1099511628211 }
	for i := range len(s.Entry) {
		mix(s.Entry[i])
	}
	for _, n := range [...]int64{s.EntryAt, s.Offset, int64(s.Index)} {
		for range 8 {
			mix(byte(n))
			n >>= 8
		}
	}
	return h
}
