package library

import (
	"context"
	"fmt"
	"slices"
)

// batchRow is what is read of a stored batch.
type batchRow struct {
	batch
	heads []byte
}

// pack reads one of the packs of a batch.
func (s *shard) pack(ctx context.Context, column string, b batch) (*unpacker, error) {
	var raw []byte
	// column is one of three words of this package
	if err := s.read.QueryRowContext(ctx, "SELECT "+column+" FROM batch WHERE seq=?", b.seq).Scan(&raw); err != nil {
		return nil, damage(err)
	}
	u, err := unseal(raw)
	if err != nil {
		return nil, err
	}
	if got := u.batch(); got.seq != b.seq || got.first != b.first || got.n != b.n || b.n > len(u.s) {
		return nil, errDamaged
	}
	return u, nil
}

// batchesAfter reads the heads of the batches of all shards after a number, in
// order.
func batchesAfter(ctx context.Context, shards []*shard, seq int) ([]batchRow, error) {
	var all []batchRow
	for _, s := range shards {
		rows, err := s.read.QueryContext(ctx, "SELECT seq, first, n, run, heads FROM batch WHERE seq > ? ORDER BY seq", seq)
		if err != nil {
			return nil, damage(err)
		}
		for rows.Next() {
			var b batchRow
			if err := rows.Scan(&b.seq, &b.first, &b.n, &b.run, &b.heads); err != nil {
				_ = rows.Close()
				return nil, damage(err)
			}
			b.shard = b.seq % shardCount
			all = append(all, b)
		}
		if err := rows.Err(); err != nil {
			return nil, damage(err)
		}
	}
	slices.SortFunc(all, func(a, b batchRow) int { return a.seq - b.seq })
	return all, nil
}

// inFlight is how many batches may be stored while one before them is still
// being written: the writers take turns.
const inFlight = 2 * shardCount

// coming reads the batches that are not held yet. One that another process is
// still writing ends them, unless last says that nobody is writing: what is
// missing then was lost when somebody was stopped, and its rows are read again
// from the sources.
func coming(ctx context.Context, shards []*shard, next int, last bool) ([]batchRow, error) {
	batches, err := batchesAfter(ctx, shards, next-1)
	if err != nil || last || len(batches) == 0 {
		return batches, err
	}
	lost := batches[len(batches)-1].seq - inFlight // is missing for good, if it is when looked for again
	for i, b := range batches {
		if b.seq == next {
			next++
			continue
		}
		if next <= lost && b.seq-1 <= lost {
			if batches, err = batchesAfter(ctx, shards, batches[0].seq-1); err != nil {
				return nil, err
			}
			if i < len(batches) && batches[i].seq == b.seq {
				next = b.seq + 1
				continue
			}
		}
		return batches[:i], nil
	}
	return batches, nil
}

// load takes in what the shards hold and this process does not know yet, and
// what is remarked of it. With facts, what queries ask of them comes along.
func (l *Library) load(ctx context.Context, last, facts bool) error {
	l.mu.Lock()
	next, shards := l.held.next, l.held.shards
	l.mu.Unlock()
	rem, err := loadRemarks(ctx, shards[0]) // before the batches, which may become more meanwhile
	if err != nil {
		return err
	}
	batches, err := coming(ctx, shards, next, last)
	if err != nil {
		return err
	}
	run := 0
	for _, b := range batches {
		run = max(run, b.run)
	}
	l.mu.Lock()
	l.held.reading(run)
	l.mu.Unlock()
	// unpacked side by side, then put in place in order
	outs := make([]chan headRows, len(batches))
	gate := make(chan struct{}, shardCount)
	for i, b := range batches {
		outs[i] = make(chan headRows, 1)
		go func() {
			gate <- struct{}{}
			outs[i] <- unpackHeads(b)
			<-gate
		}()
	}
	for i, b := range batches {
		d := <-outs[i]
		var more description
		if facts && d.err == nil {
			more, d.err = describe(ctx, shards, b.batch)
		}
		if d.err == nil {
			l.mu.Lock()
			if d.err = l.held.place(b.batch, &d); facts && d.err == nil {
				l.held.describe(b.batch, &more)
			}
			l.mu.Unlock()
		}
		if d.err != nil {
			return fmt.Errorf("batch %d: %w", b.seq, d.err)
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held.settle()
	l.held.apply(rem)
	return nil
}

// headRows is what the heads of a batch say.
type headRows struct {
	heads []head
	reach []reach
	err   error
}

func unpackHeads(b batchRow) (d headRows) {
	u, err := unseal(b.heads)
	if err != nil {
		return headRows{err: err}
	}
	if u.batch() != b.batch || b.n > len(u.s) {
		return headRows{err: errDamaged}
	}
	d.heads = make([]head, b.n)
	for i := range d.heads {
		d.heads[i] = u.head()
	}
	for range u.count() {
		d.reach = append(d.reach, u.reach())
	}
	if u.bad {
		d.err = errDamaged
	}
	return d
}

// place puts the rows of a batch in their places.
func (h *held) place(b batch, d *headRows) error {
	if b.seq < h.next || b.first-1 < len(h.rows) {
		return errDamaged
	}
	if b.seq > h.next {
		h.lost = b.seq - 1
	}
	h.next = b.seq + 1
	h.gap(b.first - 1)
	for i := range d.heads {
		r := &d.heads[i]
		if b.run < h.run {
			r.traits &^= isNew
		}
		h.push(r, h.files.id(r.name))
	}
	for i := range d.reach {
		h.reached(&d.reach[i])
	}
	h.batches = append(h.batches, b)
	return nil
}

// reached takes in how far the reading of a file had come.
func (h *held) reached(r *reach) {
	id := h.files.id(r.file)
	f := &h.files.list[id]
	if !f.known || f.from != r.from {
		f.refused = nil
	}
	f.size, f.time, f.from, f.known, f.gone = r.size, r.time, r.from, true, false
	f.whole, f.closed = r.state == isWhole && r.from > h.lost, r.state == isClosed
	if r.before > 0 {
		h.stale[id] = r.before
	}
}

// reading makes what a later reading brings the new, and nothing else.
func (h *held) reading(run int) {
	if run <= h.run {
		return
	}
	h.run = run
	if slices.ContainsFunc(h.rows, func(r row) bool { return r.traits&isNew != 0 }) {
		h.rows = slices.Clone(h.rows)
		for i := range h.rows {
			h.rows[i].traits &^= isNew
		}
		h.epoch++
	}
}

// gap fills up to n rows with ones that no cable has.
func (h *held) gap(n int) {
	for len(h.rows) < n {
		h.rows = append(h.rows, row{date: noTime, declas: noDay, dead: true})
		h.dead++
	}
}

// push adds a row.
func (h *held) push(r *head, file uint32) {
	h.rows = append(h.rows, row{
		id: r.ID, subject: r.Subject, entry: r.entry, date: secondOf(r.Date),
		from: h.cols.names.id(r.From), mark: h.cols.marks.id(r.Mark), class: h.cols.marks.id(r.class), file: file,
		ord: r.ord, words: r.words, size: r.size, declas: r.declas, problems: uint32(r.Problems), traits: r.traits, high: r.high, sum: r.sum,
	})
	if h.ids != nil && r.ID != "" {
		h.ids.add(r.ID, uint32(len(h.rows)-1), h.idOf)
	}
}

func (h *held) idOf(row uint32) string { return h.rows[row].id }

// rowOf gives the first row with an id.
func (h *held) rowOf(id string) (uint32, bool) {
	if h.ids == nil {
		h.ids = &lookup{}
		h.ids.grow(2*len(h.rows), h.idOf)
		for i := range h.rows {
			if r := &h.rows[i]; !r.dead && r.id != "" {
				h.ids.add(r.id, uint32(i), h.idOf)
			}
		}
	}
	return h.ids.find(id, h.idOf)
}

// table gives the rows as they are now.
func (h *held) table() table {
	return table{h.rows, h.cols.names.list, h.cols.marks.list, h.files.paths}
}

// batch finds the batch that holds a key; false when it is not stored yet.
func (h *held) batch(key int) (batch, bool) {
	i, ok := slices.BinarySearchFunc(h.batches, key, func(b batch, key int) int {
		switch {
		case key < b.first:
			return 1
		case key >= b.first+b.n:
			return -1
		}
		return 0
	})
	if !ok {
		return batch{}, false
	}
	return h.batches[i], true
}

// description is what queries ask of the rows of a batch, and what stood beside
// them that is no cable.
type description struct {
	facts   []facts
	refused []refused
}

func describe(ctx context.Context, shards []*shard, b batch) (d description, err error) {
	u, err := shards[b.shard].pack(ctx, "facts", b)
	if err != nil {
		return d, fmt.Errorf("batch %d: %w", b.seq, err)
	}
	for range b.n {
		d.facts = append(d.facts, u.facts())
	}
	for range u.count() {
		d.refused = append(d.refused, u.refused())
	}
	if u.bad {
		return d, fmt.Errorf("batch %d: %w", b.seq, errDamaged)
	}
	return d, nil
}

// describe takes in what is known of the rows of a batch.
func (h *held) describe(b batch, d *description) {
	for len(h.cols.by) < b.first-1 {
		h.cols.skip()
	}
	for i := range d.facts {
		h.cols.add(&d.facts[i])
	}
	for _, r := range d.refused {
		f := &h.files.list[h.files.id(r.file)]
		if b.seq >= f.from { // else of an earlier reading of the file
			r.no.Path = f.path + r.more
			f.refused = append(f.refused, r.no)
		}
	}
	s := newBitset(len(h.rows))
	copy(s, h.searchable)
	for i := range b.n {
		s.add(b.first - 1 + i)
	}
	h.searchable = s
	h.described = b.seq + 1
}

// loadFacts takes in what queries ask of the rows that were loaded.
func (l *Library) loadFacts(ctx context.Context) error {
	l.mu.Lock()
	batches, shards, next := l.held.batches, l.held.shards, l.held.described
	l.mu.Unlock()
	for _, b := range batches {
		if b.seq < next {
			continue
		}
		d, err := describe(ctx, shards, b)
		if err != nil {
			return err
		}
		l.mu.Lock()
		l.held.describe(b, &d)
		l.mu.Unlock()
	}
	return nil
}
