package library

import (
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"

	"chancery/model"
	"chancery/parser/source"
)

// rowSize is what the numbers of a row take in the snapshot.
const rowSize = 80

// pieceRows is how many rows stand together in the snapshot, so that several
// cores read them. It is part of the snapshot's form.
const pieceRows = 16 << 10

// save writes the rows: how many there are, and then piece by piece all their
// strings as one, and behind them their numbers, eighty bytes each.
func (t *table) save(s *sections) {
	s.numbers([]uint32{uint32(len(t.rows))})
	for piece := range slices.Chunk(t.rows, pieceRows) {
		savePiece(s, piece)
	}
}

func savePiece(s *sections, rows []row) {
	all := 0
	for i := range rows {
		all += len(rows[i].id) + len(rows[i].subject) + len(rows[i].entry)
	}
	s.stream(all, func(write func([]byte)) {
		for i := range rows {
			write([]byte(rows[i].id))
			write([]byte(rows[i].subject))
			write([]byte(rows[i].entry))
		}
	})
	s.stream(rowSize*len(rows), func(write func([]byte)) {
		b := make([]byte, 0, rowSize)
		for i := range rows {
			b = rows[i].append(b[:0])
			write(b)
		}
	})
}

// append writes the numbers of a row.
func (r *row) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(r.date))
	for _, n := range [...]uint32{
		r.from, r.mark, r.class, r.file, r.ord, r.words, r.size, uint32(r.declas), r.problems, uint32(r.traits),
		uint32(len(r.id)), uint32(len(r.subject)), uint32(len(r.entry)),
	} {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	dead := byte(0)
	if r.dead {
		dead = 1
	}
	b = append(b, byte(r.high), dead, 0, 0)
	return append(b, r.sum[:]...)
}

// loadRows reads them back, on all cores.
func loadRows(u *unsections) []row {
	n := u.numbers()
	if u.err != nil || len(n) != 1 || int64(n[0])*rowSize > u.end {
		u.fail(errDamaged)
		return nil
	}
	rows := make([]row, n[0])
	pieces := slices.Collect(slices.Chunk(rows, pieceRows))
	parts := make([]*unsections, len(pieces))
	for i := range parts {
		parts[i] = u.split(2)
	}
	if u.err != nil {
		return nil
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for range source.Cores() {
		wait.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(pieces); i = next.Add(1) - 1 {
				loadPiece(parts[i], pieces[i])
			}
		})
	}
	wait.Wait()
	for _, p := range parts {
		if p.err != nil {
			u.fail(p.err)
		}
	}
	return rows
}

// loadPiece reads some rows into their place.
func loadPiece(u *unsections, rows []row) {
	all := u.text()
	cut := func(n uint32) string {
		if uint64(n) > uint64(len(all)) {
			u.fail(errDamaged)
			return ""
		}
		s := all[:n]
		all = all[n:]
		return s
	}
	i := 0
	u.records(rowSize, func(n int) {
		if n != len(rows) {
			u.fail(errDamaged)
		}
	}, func(p []byte) {
		at := func(k int) uint32 { return binary.LittleEndian.Uint32(p[8+4*k:]) }
		rows[i] = row{
			id: cut(at(10)), subject: cut(at(11)), entry: cut(at(12)),
			date: int64(binary.LittleEndian.Uint64(p)), from: at(0), mark: at(1), class: at(2), file: at(3), ord: at(4), words: at(5),
			size: at(6), declas: int32(at(7)), problems: at(8), traits: traits(at(9)), high: model.Level(p[60]), dead: p[61] != 0, sum: sum(p[64:80]),
		}
		i++
	})
}

// lists gives the columns of which a cable may have several values, with how
// many values there are.
func (c *columns) lists() []struct {
	*many
	values int
} {
	names, cites := len(c.names.list), len(c.cites.list)
	return []struct {
		*many
		values int
	}{
		{&c.origin, names},
		{&c.to, names},
		{&c.info, names},
		{&c.country, names},
		{&c.tag, names},
		{&c.caveat, names},
		{&c.cite, cites},
	}
}

// save writes the columns.
func (c *columns) save(s *sections) {
	s.texts(len(c.cites.list), func(i int) string { return c.cites.list[i] })
	for _, m := range c.lists() {
		s.numbers(m.ends)
		s.numbers(m.vals)
	}
	s.numbers(c.block.ends)
	s.bytes(c.block.ids)
	s.numbers(c.by)
	s.numbers(c.sign)
}

// load reads them back.
func (c *columns) load(u *unsections) {
	c.cites.list = u.texts()
	for _, m := range c.lists() {
		m.ends, m.vals = u.numbers(), u.numbers()
	}
	c.block.ends, c.block.ids = u.numbers(), u.bytes()
	c.by, c.sign = u.numbers(), u.numbers()
}

// fit says whether columns are of n rows and hold no number that stands for
// nothing.
func (c *columns) fit(n int) bool {
	for _, m := range c.lists() {
		last := uint32(0)
		for _, end := range m.ends {
			if end < last {
				return false
			}
			last = end
		}
		if len(m.ends) != n || int(last) != len(m.vals) || !below32(m.vals, m.values) {
			return false
		}
	}
	names := len(c.names.list)
	return c.block.fit(n, len(c.marks.list)) && len(c.by) == n && len(c.sign) == n && below32(c.by, names) && below32(c.sign, names)
}

// below32 says whether all numbers are below n.
func below32(list []uint32, n int) bool {
	for _, v := range list {
		if int64(v) >= int64(n) {
			return false
		}
	}
	return true
}
