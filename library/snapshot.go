package library

import (
	"bufio"
	"context"
	"encoding/binary"
	"os"
	"path/filepath"

	"chancery/model"
)

// The snapshot of an index is what is held of it in memory, written down in the
// form in which it is held, when the index is sealed. Opening a large index is
// then reading one file: the rows and their order by date, which are shown, and
// behind them the columns, which questions need. It holds nothing that the
// batches do not hold; should it be missing, damaged or of another state, they
// are read instead.
//
//	state: batches, files │ names, markings │ how many rows │ (their strings │ their numbers) … │ order by date ║ columns
//	                                                                                     shown from here on
const (
	snapshotFile  = "rows.bin"
	snapshotBegin = "chancery rows 5"
)

// saveSnapshot writes it. The rows are those of v, the rest is what is held.
func (l *Library) saveSnapshot(v *view) error {
	l.asking.Lock()
	o, err := l.order(v, model.ByDate)
	l.asking.Unlock()
	if err != nil {
		return err
	}
	file := filepath.Join(l.dir, snapshotFile)
	f, err := os.OpenFile(file+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	s := &sections{w: bufio.NewWriterSize(f, 256<<10), buf: make([]byte, 0, 8)}
	l.mu.Lock()
	state := l.held.packState(l.o.program(), l.limits())
	l.mu.Unlock()
	s.bytes(state)
	s.texts(len(v.names), func(i int) string { return v.names[i] })
	s.texts(len(v.marks), func(i int) string { return markKey(v.marks[i]) })
	v.table.save(s)
	s.stream(4*len(o.keys), func(write func([]byte)) {
		for _, k := range o.keys {
			write(binary.LittleEndian.AppendUint32(s.buf[:0], uint32(k.row)))
		}
	})
	v.cols.save(s)
	if s.err == nil {
		s.err = s.w.Flush()
	}
	if err := f.Close(); s.err == nil {
		s.err = err
	}
	if s.err != nil {
		_ = os.Remove(file + ".new")
		return s.err
	}
	return os.Rename(file+".new", file)
}

// packState writes what is held beside rows and columns of a collection that
// was read whole. The lock is held.
func (h *held) packState(program, limits string) []byte {
	next, run := 0, 0
	for _, b := range h.batches {
		next, run = max(next, b.seq+1), max(run, b.run)
	}
	var p packer
	p.text(snapshotBegin)
	p.number(schema)
	p.text(program)
	for _, n := range [...]int{h.dead, run, next, h.lost + 1, h.tidy, len(h.batches)} {
		p.number(uint64(n))
	}
	for _, b := range h.batches {
		p.batch(b)
	}
	p.number(uint64(len(h.files.list)))
	for i := range h.files.list {
		p.fileState(&h.files.list[i])
	}
	p.text(limits)
	return p.b
}

// fileState writes what is known of a file.
func (p *packer) fileState(f *file) {
	p.file(f.name)
	p.signed(f.size)
	p.signed(f.time)
	p.number(uint64(f.from))
	bits := uint64(0)
	for i, yes := range [...]bool{f.known, f.whole, f.closed, f.gone, f.piped} {
		if yes {
			bits |= 1 << i
		}
	}
	p.number(bits)
	p.number(uint64(len(f.refused)))
	for _, no := range f.refused {
		r := refused{file: f.name, no: no}
		if below(no.Path, f.path) {
			r.more = no.Path[len(f.path):]
		}
		p.refused(&r)
	}
}

func (u *unpacker) fileState(files *files) {
	id := files.id(u.file())
	f := &files.list[id]
	f.size, f.time, f.from = u.signed(), u.signed(), int(u.number())
	bits := u.number()
	for i, yes := range [...]*bool{&f.known, &f.whole, &f.closed, &f.gone, &f.piped} {
		*yes = bits&(1<<i) != 0
	}
	for range u.count() {
		r := u.refused()
		r.no.Path = f.path + r.more
		f.refused = append(f.refused, r.no)
	}
}

// unpackState reads it back.
func (h *held) unpackState(b []byte, program string) error {
	u := &unpacker{s: string(b)}
	if u.text() != snapshotBegin || u.number() != schema || u.text() != program {
		return errOther
	}
	batches := 0
	for _, n := range [...]*int{&h.dead, &h.run, &h.next, &h.lost, &h.tidy, &batches} {
		*n = int(u.number())
	}
	h.lost--
	h.described = h.next
	for range batches {
		if u.bad {
			break
		}
		h.batches = append(h.batches, u.batch())
	}
	for range u.count() {
		u.fileState(&h.files)
	}
	h.done, h.limits = true, u.text()
	if u.bad {
		return errDamaged
	}
	return nil
}

// loadSnapshot takes in what the snapshot says: the rows, which are shown at
// once, and then the columns. false when there is none that is good: what was
// taken in then must be put away.
func (l *Library) loadSnapshot(ctx context.Context) (bool, error) {
	f, size := openSnapshot(l.dir)
	if f == nil {
		return false, nil
	}
	defer f.Close()
	l.mu.Lock()
	h := held{shards: l.held.shards, epoch: l.held.epoch + 1}
	l.mu.Unlock()
	h.start(l.o.Paths)
	u := newUnsections(f, size)
	if h.loadRows(u, l.o.program()); u.err != nil || !h.fits() {
		return false, nil
	}
	l.mu.Lock()
	l.held = h
	l.state.Cables = len(h.rows) - h.dead
	l.publish()
	l.mu.Unlock()
	cols := h.cols
	if cols.load(u); u.err != nil || !cols.fit(len(h.rows)) {
		return false, ctx.Err()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held.cols, l.held.searchable, l.held.snapped = cols, h.inShards(), true
	l.state.Searchable = l.held.searchable.count()
	l.publish()
	return true, ctx.Err()
}

// loadRows reads all that is shown.
func (h *held) loadRows(u *unsections, program string) {
	if b := u.bytes(); u.err == nil {
		u.err = h.unpackState(b, program)
	}
	h.cols.names.list = u.texts()
	for _, key := range u.texts() {
		h.cols.marks.id(markOfKey(key))
	}
	h.rows = loadRows(u)
	h.sorted = u.numbers()
}

// fits says whether what was read fits together, so that nothing that is
// looked up can be missing.
func (h *held) fits() bool {
	n := len(h.rows)
	if len(h.sorted) != n-h.dead {
		return false
	}
	for _, i := range h.sorted {
		if int(i) >= n {
			return false
		}
	}
	for i := range h.rows {
		r := &h.rows[i]
		if !r.dead && (int(r.from) >= len(h.cols.names.list) || int(max(r.mark, r.class)) >= len(h.cols.marks.list) || int(r.file) >= len(h.files.list)) {
			return false
		}
	}
	last := 0
	for _, b := range h.batches {
		if b.first <= last || b.n < 0 || b.first+b.n-1 > n {
			return false
		}
		last = b.first + b.n - 1
	}
	return true
}

// inShards gives the rows whose words are in the shards.
func (h *held) inShards() bitset {
	s := newBitset(len(h.rows))
	for _, b := range h.batches {
		for k := range b.n {
			s.add(b.first - 1 + k)
		}
	}
	return s
}
