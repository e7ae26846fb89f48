package library

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"slices"
)

// The full text of a shard grows by one segment a batch. FTS5 keeps a list of
// the segments, in levels: those of a level are merged into one of the next
// when there are many. It also keeps how many words each cable has, and all
// have, to rank by.
const (
	averagesID  = 1
	structureID = 10

	// Segments of a level. A search looks into each, which costs it some 20 us;
	// but the first reading of most collections then needs no merging before
	// the last, which makes one of all.
	mergeAt      = 256
	segmentsMost = 1990 // FTS5 takes 2000
)

// segments is the list of them.
type segments struct {
	cookie  []byte // which settings are in force
	written uint64
	levels  [][]segment // the oldest first
}

// segment has the leaves from first to last.
type segment struct{ id, first, last int }

func parseSegments(b []byte) (s segments, err error) {
	if len(b) < 4 {
		return s, errDamaged
	}
	s.cookie, b = b[:4], b[4:]
	next := func() int {
		n, size, ok := getVarint(b)
		if !ok || n > 1<<31 {
			err = errDamaged
			return 0
		}
		b = b[size:]
		return int(n)
	}
	levels, all := next(), next()
	s.written = uint64(next())
	if levels > 100 || all > segmentsMost*2 {
		return s, errDamaged
	}
	for range levels {
		next() // segments of the level that are being merged: none
		n := next()
		if err != nil || n > all {
			return s, errDamaged
		}
		level := make([]segment, n)
		for i := range level {
			level[i] = segment{next(), next(), next()}
		}
		s.levels = append(s.levels, level)
	}
	return s, err
}

func (s *segments) bytes() []byte {
	b := slices.Clone(s.cookie)
	n := 0
	for _, level := range s.levels {
		n += len(level)
	}
	for _, v := range [...]uint64{uint64(len(s.levels)), uint64(n), s.written} {
		b = appendVarint(b, v)
	}
	for _, level := range s.levels {
		b = appendVarint(appendVarint(b, 0), uint64(len(level)))
		for _, g := range level {
			b = appendVarint(appendVarint(appendVarint(b, uint64(g.id)), uint64(g.first)), uint64(g.last))
		}
	}
	return b
}

// free gives a number that no segment has.
func (s *segments) free() (int, error) {
	used := map[int]bool{}
	for _, level := range s.levels {
		for _, g := range level {
			used[g.id] = true
		}
	}
	for id := 1; id < segmentsMost; id++ {
		if !used[id] {
			return id, nil
		}
	}
	return 0, errDamaged
}

// fulltext changes the full text within a transaction.
type fulltext struct {
	ctx                         context.Context
	tx                          *sql.Tx
	keys                        *Keys
	get, set, start, size, drop *sql.Stmt
	segments
	at   int // the segment that is being written
	leaf int // how large its leaves are
	most int // segments of a level
}

func openFulltext(ctx context.Context, tx *sql.Tx, keys *Keys) (*fulltext, error) {
	f := &fulltext{ctx: ctx, tx: tx, keys: keys, leaf: leafSize, most: mergeAt}
	for _, s := range [...]struct {
		to  **sql.Stmt
		sql string
	}{
		{&f.get, "SELECT block FROM words_data WHERE id=?"},
		{&f.set, "INSERT OR REPLACE INTO words_data VALUES(?,?)"},
		{&f.start, "INSERT INTO words_idx VALUES(?,?,?)"},
		{&f.size, "INSERT INTO words_docsize VALUES(?,?)"},
		{&f.drop, "DELETE FROM words_data WHERE id BETWEEN ? AND ?"},
	} {
		var err error
		if *s.to, err = tx.PrepareContext(ctx, s.sql); err != nil {
			return nil, err
		}
	}
	b, err := f.read(structureID, nil)
	if err != nil {
		return nil, err
	}
	f.segments, err = parseSegments(b)
	return f, err
}

// read reads a block, into room, which it may write over.
func (f *fulltext) read(id int64, room []byte) ([]byte, error) {
	f.keys.giveWay()
	rows, err := f.get.QueryContext(f.ctx, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, cmp.Or(rows.Err(), errDamaged)
	}
	var b sql.RawBytes
	if err := rows.Scan(&b); err != nil {
		return nil, err
	}
	return append(room[:0], b...), nil
}

func (f *fulltext) block(id int64, b []byte) error {
	f.keys.giveWay()
	_, err := f.set.ExecContext(f.ctx, id, b)
	return err
}

func (f *fulltext) first(word []byte, leaf int, skip bool) error {
	n := 2 * leaf
	if skip {
		n++
	}
	if word == nil {
		word = []byte{}
	}
	_, err := f.start.ExecContext(f.ctx, f.at, word, n)
	return err
}

// add writes what an inverter holds as a segment.
func (f *fulltext) add(v *inverter) error {
	if len(v.docs) == 0 {
		return nil
	}
	if err := f.count(v.docs); err != nil {
		return err
	}
	id, err := f.free()
	if err != nil {
		return err
	}
	f.at = id
	w := newSegment(f, id, f.leaf)
	if err := v.each(w.begin, w.row); err != nil {
		return err
	}
	leaves, err := w.end()
	if err != nil || leaves == 0 {
		return err
	}
	f.put(0, segment{id, 1, leaves})
	for level := 0; level < len(f.levels); level++ {
		if len(f.levels[level]) < f.most {
			continue
		}
		if err := f.merge(level, level); err != nil {
			return err
		}
	}
	return nil
}

// put adds a segment to a level.
func (f *fulltext) put(level int, g segment) {
	for len(f.levels) <= level {
		f.levels = append(f.levels, nil)
	}
	f.levels[level] = append(f.levels[level], g)
	f.written += uint64(g.last)
}

// count writes how many words cables have.
func (f *fulltext) count(docs []invertedDoc) error {
	var sum [3]uint64
	b, err := f.read(averagesID, nil)
	if err != nil {
		return err
	}
	for i := 0; i < len(sum) && len(b) > 0; i++ {
		n, size, ok := getVarint(b)
		if !ok {
			return errDamaged
		}
		sum[i], b = n, b[size:]
	}
	for _, d := range docs {
		b = appendVarint(appendVarint(b[:0], uint64(d.text)), uint64(d.subject))
		if _, err := f.size.ExecContext(f.ctx, d.key, b); err != nil {
			return err
		}
		sum[0]++
		sum[1] += uint64(d.text)
		sum[2] += uint64(d.subject)
	}
	b = nil
	for _, n := range sum {
		b = appendVarint(b, n)
	}
	return f.block(averagesID, b)
}

// close writes the list of the segments. FTS5 learns of it from another
// connection; this one must be made to forget the list that it knows, which it
// does when something of its own is taken back.
func (f *fulltext) close() error {
	if err := f.block(structureID, f.segments.bytes()); err != nil {
		return err
	}
	_, err := f.tx.ExecContext(f.ctx, "SAVEPOINT before; INSERT INTO words(rowid, text) VALUES(0, 'x'); ROLLBACK TO before; RELEASE before")
	return err
}

// merge makes one segment of those of the levels from low to high, and puts it
// above them.
func (f *fulltext) merge(low, high int) error {
	var from []segment
	for level := high; level >= low; level-- { // the higher, the older
		from = append(from, f.levels[level]...)
	}
	id, err := f.free()
	if err != nil {
		return err
	}
	f.at = id
	w := newSegment(f, id, f.leaf)
	if err := mergeSegments(from, f.take, w); err != nil {
		return err
	}
	leaves, err := w.end()
	if err != nil {
		return err
	}
	for _, g := range from {
		if err := f.erase(int64(g.id)<<segmentShift, int64(g.id+1)<<segmentShift-1); err != nil {
			return err
		}
		if _, err := f.tx.ExecContext(f.ctx, "DELETE FROM words_idx WHERE segid=?", g.id); err != nil {
			return err
		}
	}
	for level := low; level <= high; level++ {
		f.levels[level] = nil
	}
	f.put(high+1, segment{id, 1, leaves})
	return nil
}

// tidy makes one segment of all.
func (f *fulltext) tidy() error {
	n := 0
	for _, level := range f.levels {
		n += len(level)
	}
	if n < 2 {
		return nil
	}
	high := len(f.levels) - 1
	if err := f.merge(0, high); err != nil {
		return err
	}
	f.levels = [][]segment{nil, f.levels[high+1]} // it does not climb with each time
	return f.close()
}

// take reads a leaf for merging and erases those before it, some at a time: the
// new segment takes their place in the file, which would else grow by half.
func (f *fulltext) take(s segment, leaf int, room []byte) ([]byte, error) {
	const some = 8
	id := int64(s.id)<<segmentShift + int64(leaf)
	if n := leaf - s.first; n > 0 && n%some == 0 {
		if err := f.erase(id-some, id-1); err != nil {
			return nil, err
		}
	}
	return f.read(id, room)
}

func (f *fulltext) erase(from, to int64) error {
	_, err := f.drop.ExecContext(f.ctx, from, to)
	return err
}

// leafEnd gives where the lists of a leaf end and the places of its words begin.
func leafEnd(b []byte) (int, error) {
	if len(b) < leafHead {
		return 0, errDamaged
	}
	end := int(binary.BigEndian.Uint16(b[2:]))
	if end < leafHead || end > len(b) {
		return 0, errDamaged
	}
	return end, nil
}
