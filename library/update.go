package library

import (
	"context"
	"os"
	"path/filepath"

	"chancery/model"
)

// start makes the maps of a collection that holds nothing yet.
func (h *held) start(roots []string) {
	h.files.roots, h.lost = rootsOf(roots), -1
	h.loose, h.stale = map[int]model.Source{}, map[uint32]int{}
}

// receipt counts what became of everything.
func (h *held) receipt() model.Receipt {
	var r model.Receipt
	for i := range h.files.list {
		f := &h.files.list[i]
		if f.gone {
			continue
		}
		r.Files++
		for _, no := range f.refused {
			r.Items++
			r.Refuse(no)
		}
	}
	for _, no := range h.refused {
		r.Files++
		r.Items++
		r.Refuse(no)
	}
	for i := range h.rows {
		if w := &h.rows[i]; !w.dead {
			r.Items++
			r.Cables++
			r.Bytes += int64(w.size)
			if w.traits&isCopy != 0 {
				r.Copies++
			}
		}
	}
	r.Sort()
	return r
}

// update reads what the index does not hold, and takes out what is gone.
func (l *Library) update(ctx context.Context) error {
	in := &intake{l: l}
	in.rec.body = true
	if err := in.scan(ctx); err != nil {
		return err
	}
	l.mu.Lock()
	gone := l.held.forget()
	changed := gone || !l.held.done || in.sums != nil
	l.mu.Unlock()
	if changed && in.sums == nil { // which rows are copies must be found out again
		if err := in.learn(ctx); err != nil {
			return err
		}
	}
	l.mu.Lock()
	l.held.refused = in.loose
	l.held.settle()
	if changed {
		in.markCopies()
	}
	l.conclude(nil)
	l.mu.Unlock()
	// Reading is over; what follows makes searches faster, and can be done
	// another day.
	return l.spoilt(l.finish(ctx, changed))
}

// finish writes down that all was read, merges what is in many pieces, and
// seals the index. Closing the collection stops the merging; the rest takes a
// second or two of a large index and is done all the same, because the next
// opening would take longer for the want of it.
func (l *Library) finish(ctx context.Context, changed bool) error {
	l.mu.Lock()
	shards, n, tidy, spilt, snapped := l.held.shards, len(l.held.batches), l.held.tidy, l.held.spilt, l.held.snapped
	l.mu.Unlock()
	untidy := 8*(n-tidy) > n && !l.o.Brief
	if spilt || !changed && !untidy && snapped && sealed(l.dir) {
		return nil
	}
	breakSeal(l.dir)
	calm := context.WithoutCancel(ctx)
	if changed {
		if err := l.saveRemarks(calm, shards[0], true); err != nil {
			return err
		}
		if err := l.saveValues(calm, shards[0]); err != nil {
			return err
		}
	}
	if untidy {
		if err := l.merge(ctx, shards, n); err != nil && ctx.Err() == nil {
			return err
		}
	}
	v, err := l.whole(calm)
	if err != nil {
		return err
	}
	if err := l.saveSnapshot(v); err != nil {
		_ = os.Remove(filepath.Join(l.dir, snapshotFile)) // the next opening reads the batches, which takes longer
	}
	return seal(calm, l.dir, shards)
}

// merge puts the full text of each shard, which is of so many batches, into
// one piece.
func (l *Library) merge(ctx context.Context, shards []*shard, batches int) error {
	if err := eachShard(shards, func(_ int, s *shard) error { return s.tidy(ctx, l.o.Keys) }); err != nil {
		return err
	}
	l.mu.Lock()
	l.held.tidy = batches
	l.mu.Unlock()
	return l.saveRemarks(context.WithoutCancel(ctx), shards[0], true)
}

// forget buries the rows of files that this reading has not met, and says
// whether there were any.
func (h *held) forget() bool {
	var gone bool
	for i := range h.files.list {
		f := &h.files.list[i]
		if !f.now && !f.gone && !f.piped {
			f.gone, gone = true, true
		}
	}
	if gone {
		h.bury(func(_ int, r *row) bool { return h.files.list[r.file].gone })
	}
	return gone
}
