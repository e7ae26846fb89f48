package library

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"chancery/model"
)

// batchRow is what is read of a stored batch.
type batchRow struct {
	batch
	heads []byte
}

// pack reads one of the packs of a batch.
func (s *shard) pack(ctx context.Context, column string, seq int) (*unpacker, error) {
	var b []byte
	// column is one of three words of this package
	if err := s.read.QueryRowContext(ctx, "SELECT "+column+" FROM batch WHERE seq=?", seq).Scan(&b); err != nil {
		return nil, damage(err)
	}
	return unseal(b)
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
			all = append(all, b)
		}
		if err := rows.Err(); err != nil {
			return nil, damage(err)
		}
	}
	slices.SortFunc(all, func(a, b batchRow) int { return a.seq - b.seq })
	return all, nil
}

// load takes in what the shards hold and this process does not know yet. A
// batch that another process is still writing ends it, unless last says that
// nobody is writing: what is missing then was lost when somebody was stopped,
// and its rows are read again from the sources.
func (l *Library) load(ctx context.Context, last bool) error {
	l.mu.Lock()
	next, run := 0, 0
	if n := len(l.held.batches); n > 0 {
		next = l.held.batches[n-1].seq + 1
	}
	shards := l.held.shards
	l.mu.Unlock()
	batches, err := batchesAfter(ctx, shards, next-1)
	if err != nil {
		return err
	}
	for i, b := range batches {
		if b.seq != next && !last {
			batches = batches[:i]
			break
		}
		next = b.seq + 1
		run = max(run, b.run)
	}
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
		if d.err == nil {
			l.mu.Lock()
			d.err = l.held.place(b, &d, run)
			l.mu.Unlock()
		}
		if d.err != nil {
			return fmt.Errorf("batch %d: %w", b.seq, d.err)
		}
	}
	return nil
}

// headRows is what the heads of a batch say.
type headRows struct {
	rows  []row
	names []fileName
	entry []string
	class []model.Marking
	err   error
}

func unpackHeads(b batchRow) (d headRows) {
	u, err := unseal(b.heads)
	if err != nil {
		return headRows{err: err}
	}
	d.rows, d.names = make([]row, b.n), make([]fileName, b.n)
	d.entry, d.class = make([]string, b.n), make([]model.Marking, b.n)
	for i := range d.rows {
		d.rows[i], d.names[i], d.entry[i], d.class[i] = u.head()
	}
	if u.bad {
		d.err = errDamaged
	}
	return d
}

// place puts the rows of a batch in their places. run is the last reading: what
// it brought is new.
func (h *held) place(b batchRow, d *headRows, run int) error {
	h.gap(b.first - 1)
	if len(h.rows) != b.first-1 {
		return errDamaged
	}
	for i := range d.rows {
		r := &d.rows[i]
		r.file = h.files.id(d.names[i])
		r.Path = h.files.list[r.file].path
		if d.entry[i] != "" {
			r.Path += "/" + d.entry[i]
		}
		r.traits &^= isNew
		if b.run > 1 && b.run == run {
			r.traits |= isNew
		}
		r.Copy = r.traits&isCopy != 0
		r.class = h.cols.marks.id(d.class[i])
		h.push(*r)
	}
	h.batches = append(h.batches, b.batch)
	return nil
}

// gap fills up to n rows with ones that no cable has.
func (h *held) gap(n int) {
	for len(h.rows) < n {
		h.rows = append(h.rows, row{dead: true})
		h.dead++
	}
}

// push adds a row.
func (h *held) push(r row) {
	r.Key = model.Key(len(h.rows) + 1)
	if r.ID != "" {
		if _, known := h.ids[r.ID]; !known {
			h.ids[r.ID] = r.Key
		}
	}
	h.rows = append(h.rows, r)
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

// extra is what a batch says beside its cables.
type extra struct {
	seq     int
	refused []refused
	ended   []ended
}

// loadFacts takes in what queries ask of the rows that were loaded.
func (l *Library) loadFacts(ctx context.Context) ([]extra, error) {
	l.mu.Lock()
	batches, shards := l.held.batches, l.held.shards
	l.mu.Unlock()
	var extras []extra
	for _, b := range batches {
		l.mu.Lock()
		known := len(l.held.cols.by) >= b.first-1+b.n
		l.mu.Unlock()
		if known {
			continue
		}
		u, err := shards[b.seq%shardCount].pack(ctx, "facts", b.seq)
		if err != nil {
			return nil, fmt.Errorf("batch %d: %w", b.seq, err)
		}
		l.mu.Lock()
		for len(l.held.cols.by) < b.first-1 {
			l.held.cols.skip()
		}
		for range b.n {
			f := u.facts()
			l.held.cols.add(&f)
		}
		l.mu.Unlock()
		e := extra{seq: b.seq}
		for range u.count() {
			e.refused = append(e.refused, u.refused())
		}
		for range u.count() {
			e.ended = append(e.ended, u.ended())
		}
		if u.bad {
			return nil, fmt.Errorf("batch %d: %w", b.seq, errDamaged)
		}
		extras = append(extras, e)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	s := newBitset(len(l.held.rows))
	copy(s, l.held.searchable)
	for _, b := range batches {
		for i := range b.n {
			s.add(b.first - 1 + i)
		}
	}
	l.held.searchable = s
	l.held.ready = true
	return extras, nil
}

// remarks is what is kept of a collection beside its batches, in the first
// shard: it may change after the batch it concerns was written.
type remarks struct {
	Paths  []string   `json:"paths"`  // where it was read, absolute
	Dead   []byte     `json:"dead"`   // set of rows whose source has changed or gone
	Copies []uint32   `json:"copies"` // rows with the bytes of another
	Gone   []fileName `json:"gone"`   // files that are not there any more
	Done   bool       `json:"done"`   // it was read whole
	Tidy   int        `json:"tidy"`   // how many batches there were when it was merged last
	Read   string     `json:"read"`   // when it was read whole
	Cables int        `json:"cables"`
}

const remarksKey = "remarks"

func loadRemarks(ctx context.Context, s *shard) (remarks, error) {
	var r remarks
	b, err := s.meta(ctx, remarksKey)
	if err != nil || len(b) == 0 {
		return r, err
	}
	if err := json.Unmarshal(b, &r); err != nil {
		return r, fmt.Errorf("%w (%w)", errDamaged, err)
	}
	return r, nil
}

func (s *shard) saveRemarks(ctx context.Context, r remarks) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return s.setMeta(ctx, remarksKey, b)
}

// bury marks rows as dead. Rows stand in views, so they are made anew.
func (h *held) bury(which func(i int, r *row) bool) {
	rows := slices.Clone(h.rows)
	h.dead = 0
	ids := map[string]model.Key{}
	for i := range rows {
		r := &rows[i]
		r.dead = r.dead || which(i, r)
		if r.dead {
			h.dead++
			continue
		}
		if r.ID != "" {
			if _, known := ids[r.ID]; !known {
				ids[r.ID] = r.Key
			}
		}
	}
	h.rows, h.ids = rows, ids
	h.epoch++
}
