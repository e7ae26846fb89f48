package library

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// remarks is what is kept of a collection beside its batches, in the first
// shard: it is known only when all was read, or changes after the batch it
// concerns was written. Should it be lost, it is found out again.
type remarks struct {
	Paths  []string `json:"paths"`  // where it was read, absolute
	Copies []uint32 `json:"copies"` // rows with the bytes of another
	Gone   []byte   `json:"gone"`   // files that are not there any more, packed: a name need not be UTF-8
	Done   bool     `json:"done"`   // it was read whole
	Tidy   int      `json:"tidy"`   // how many batches there were when it was merged last
	Read   string   `json:"read"`   // when it was read whole
	Cables int      `json:"cables"`
	Limits string   `json:"limits"` // it was read with

	gone []fileName
}

const remarksKey = "remarks"

func loadRemarks(ctx context.Context, s *shard) (remarks, error) {
	var r remarks
	b, err := s.meta(ctx, remarksKey)
	if err != nil || len(b) == 0 {
		return r, err
	}
	u, err := unseal(b)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(u.s), &r); err != nil {
		return r, fmt.Errorf("%w (%w)", errDamaged, err)
	}
	u = &unpacker{s: string(r.Gone)}
	for len(u.s) > 0 {
		r.gone = append(r.gone, u.file())
	}
	if u.bad {
		return r, errDamaged
	}
	return r, nil
}

func (s *shard) saveRemarks(ctx context.Context, r remarks) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	p := packer{b: b}
	return s.setMeta(ctx, remarksKey, p.sealed())
}

// apply takes in what was remarked.
func (h *held) apply(r remarks) {
	h.tidy, h.done, h.limits = r.Tidy, r.Done, r.Limits
	gone := false
	for _, name := range r.gone {
		f := &h.files.list[h.files.id(name)]
		gone = gone || !f.gone
		f.gone = true
	}
	if gone {
		h.bury(func(_ int, r *row) bool { return h.files.list[r.file].gone })
	}
	if r.Done {
		copies := map[uint32]bool{}
		for _, i := range r.Copies {
			copies[i] = true
		}
		h.setCopies(copies)
	}
}

// setCopies says which rows are copies of others.
func (h *held) setCopies(copies map[uint32]bool) {
	right := true
	for i := range h.rows {
		right = right && (h.rows[i].traits&isCopy != 0) == copies[uint32(i)]
	}
	if right {
		return
	}
	h.rows = slices.Clone(h.rows) // they stand in views
	for i := range h.rows {
		h.rows[i].setCopy(copies[uint32(i)])
	}
	h.epoch++
}

// saveRemarks writes what is known of the collection as a whole.
func (l *Library) saveRemarks(ctx context.Context, s *shard, done bool) error {
	l.mu.Lock()
	r := remarks{Paths: absolutes(l.o.Paths), Done: done, Cables: len(l.held.rows) - l.held.dead, Tidy: l.held.tidy, Limits: l.limits()}
	var gone packer
	for i := range l.held.files.list {
		if f := &l.held.files.list[i]; f.gone {
			gone.file(f.name)
		}
	}
	r.Gone = gone.b
	if done {
		r.Read = time.Now().UTC().Format(time.RFC3339)
	}
	for i := range l.held.rows {
		if l.held.rows[i].traits&isCopy != 0 {
			r.Copies = append(r.Copies, uint32(i))
		}
	}
	l.mu.Unlock()
	if err := s.saveRemarks(ctx, r); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	return nil
}

// bury marks rows as dead. Rows stand in views, so they are made anew.
func (h *held) bury(which func(i int, r *row) bool) {
	rows := slices.Clone(h.rows)
	h.dead = 0
	for i := range rows {
		r := &rows[i]
		r.dead = r.dead || which(i, r)
		if r.dead {
			h.dead++
		}
	}
	h.rows, h.ids, h.sorted = rows, nil, nil
	h.epoch++
}

// settle buries the rows of files that have changed since they were read.
func (h *held) settle() {
	if len(h.stale) == 0 {
		return
	}
	stale := h.stale
	h.stale = map[uint32]int{}
	h.bury(func(i int, r *row) bool { return i < stale[r.file] })
}
