package library

import (
	"time"

	"chancery/model"
)

// The rows of one batch are stored in three packs, because they are wanted at
// different times: heads for the first screen, facts for the first query,
// places when a source is shown. Heads also say which files they are of and how
// far those were read; facts what gave no cable.

// fileName names a file by the path of the collection that it lies below, so
// that a collection that was moved is still known.
type fileName struct {
	Root int    `json:"root"`
	Rest string `json:"rest"` // behind the path of the root; "" for the root itself
}

func (p *packer) file(f fileName) {
	p.number(uint64(f.Root))
	p.word(f.Rest)
}

func (u *unpacker) file() fileName { return fileName{int(u.number() & 0xffffff), u.word()} }

// batch writes which batch a pack is of, so that one in the place of another is
// noticed.
func (p *packer) batch(b batch) {
	p.number(uint64(b.seq))
	p.number(uint64(b.first))
	p.number(uint64(b.n))
	p.number(uint64(b.run))
}

func (u *unpacker) batch() batch {
	b := batch{seq: int(u.number()), first: int(u.number()), n: int(u.number()), run: int(u.number())}
	b.shard = b.seq % shardCount
	return b
}

// head writes what the list shows of a cable, and all that is one value.
func (p *packer) head(r *head) {
	p.file(r.name)
	p.text(r.entry)
	p.number(uint64(r.ord))
	p.text(r.ID)
	p.signed(secondOf(r.Date))
	p.word(markKey(r.Mark))
	p.word(markKey(r.class))
	p.word(r.From)
	p.text(r.Subject)
	p.number(uint64(r.Problems))
	p.number(uint64(r.high))
	p.number(uint64(r.traits))
	p.number(uint64(r.words))
	p.number(uint64(r.size))
	p.signed(int64(r.declas))
	p.b = append(p.b, r.sum[:]...)
}

// head reads it back.
func (u *unpacker) head() (r head) {
	r.name = u.file()
	r.entry = u.text()
	r.ord = uint32(u.number())
	r.ID = u.text()
	if at := u.signed(); at != noTime {
		r.Date = time.Unix(at, 0).UTC()
	}
	r.Mark = u.mark()
	r.class = u.mark()
	r.From = u.word()
	r.Subject = u.text()
	r.Problems = int(u.number())
	r.high = model.Level(u.number())
	r.traits = traits(u.number())
	r.words = uint32(u.number())
	r.size = uint32(u.number())
	r.declas = int32(u.signed())
	copy(r.sum[:], u.cut(uint64(len(r.sum))))
	return r
}

// mark reads a marking; the same writing gives the same slice of controls, so
// that a quarter of a million of them cost nothing.
func (u *unpacker) mark() model.Marking {
	key := u.word()
	if m, ok := u.marks[key]; ok {
		return m
	}
	if u.marks == nil {
		u.marks = map[string]model.Marking{}
	}
	m := markOfKey(key)
	u.marks[key] = m
	return m
}

func (p *packer) facts(f *facts) {
	p.list(f.origin)
	p.list(f.to)
	p.list(f.info)
	p.list(f.country)
	p.list(f.tag)
	p.list(f.caveat)
	p.number(uint64(len(f.cite)))
	for _, r := range f.cite {
		id := r.id
		if r.inferred {
			id = unsureYear + id
		}
		p.text(id)
	}
	p.number(uint64(len(f.marks)))
	for _, m := range f.marks {
		p.word(markKey(m))
	}
	p.word(f.by)
	p.word(f.sign)
}

func (u *unpacker) facts() (f facts) {
	f.origin, f.to, f.info = u.list(), u.list(), u.list()
	f.country, f.tag, f.caveat = u.list(), u.list(), u.list()
	for range u.count() {
		id := u.text()
		inferred := len(id) > 0 && id[:1] == unsureYear
		if inferred {
			id = id[1:]
		}
		f.cite = append(f.cite, citation{id, inferred})
	}
	if n := u.count(); n > 0 {
		f.marks = make([]model.Marking, n)
	}
	for i := range f.marks {
		f.marks[i] = u.mark()
	}
	f.by, f.sign = u.word(), u.word()
	return f
}

// place leads back to the bytes of a cable in its source.
func (p *packer) place(s *model.Source) {
	p.signed(s.EntryAt)
	p.signed(s.Offset)
	p.signed(s.Length)
	p.signed(int64(s.Index))
	p.signed(int64(s.Bytes))
	p.word(s.Format)
	p.word(s.Charset)
	p.text(s.SHA256)
}

func (u *unpacker) place() (s model.Source) {
	s.EntryAt, s.Offset, s.Length = u.signed(), u.signed(), u.signed()
	s.Index, s.Bytes = int(u.signed()), int(u.signed())
	s.Format, s.Charset = u.word(), u.word()
	s.SHA256 = u.text()
	return s
}

// refused is what gave no cable, below which file.
type refused struct {
	file fileName
	no   model.Refusal // its path is that of the file and more
	more string
}

func (p *packer) refused(r *refused) {
	p.file(r.file)
	p.text(r.more)
	p.word(r.no.Why)
	p.word(string(r.no.Fate))
	p.number(uint64(r.no.Line))
}

func (u *unpacker) refused() (r refused) {
	r.file, r.more = u.file(), u.text()
	r.no.Why, r.no.Fate, r.no.Line = u.word(), model.Fate(u.word()), int(u.number())
	return r
}

// reach is how far the reading of a file has come, as a batch says it of each
// file that it holds something of.
//
//	batch 3        batch 4        batch 5
//	... a.csv ]    [ a.csv ]      [ a.csv, b.txt, c.t..
//	from 3         from 3         from 3, whole; from 5, whole; from 5
//
// So a file is believed to be read whole if none of the batches from the one in
// which its reading began is missing, whatever else was lost.
type reach struct {
	file   fileName
	size   int64
	time   int64 // of its last change, nanoseconds
	from   int   // the batch in which this reading of it began
	before int   // its rows before this one are of an earlier state of it, and dead
	state  ending
}

// ending is how the reading of a file came out.
type ending byte

const (
	inPart ending = iota
	isWhole
	isClosed // it could not be opened, and that may change while it stays the same
)

func (p *packer) reach(r *reach) {
	p.file(r.file)
	p.signed(r.size)
	p.signed(r.time)
	p.number(uint64(r.from))
	p.number(uint64(r.before))
	p.number(uint64(r.state))
}

func (u *unpacker) reach() reach {
	return reach{u.file(), u.signed(), u.signed(), int(u.number()), int(u.number()), ending(u.number())}
}
