package library

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"chancery/model"
)

// start makes the maps of a collection that holds nothing yet.
func (h *held) start(roots []string) {
	h.files.roots = roots
	h.ids, h.loose = map[string]model.Key{}, map[int]model.Source{}
}

// apply takes in what was remarked of the rows after they were written.
func (h *held) apply(r remarks) {
	h.tidy = r.Tidy
	if dead := bitsetOf(r.Dead); len(dead) > 0 {
		h.bury(func(i int, _ *row) bool { return dead.has(i) })
	}
	for _, name := range r.Gone {
		h.files.list[h.files.id(name)].gone = true
	}
	if !r.Done {
		return
	}
	h.rows = slices.Clone(h.rows)
	for i := range h.rows {
		h.rows[i].setCopy(false)
	}
	for _, i := range r.Copies {
		if int(i) < len(h.rows) {
			h.rows[i].setCopy(true)
		}
	}
}

// note takes in what the batches say of the files. What is said after a batch
// that is missing is not believed: the file may have had rows in it.
func (h *held) note(extras []extra) {
	for i, e := range extras {
		whole := e.seq == i
		for _, r := range e.refused {
			f := &h.files.list[h.files.id(r.file)]
			r.no.Path = f.path + r.more
			f.refused = append(f.refused, r.no)
		}
		for _, end := range e.ended {
			f := &h.files.list[h.files.id(end.file)]
			f.whole, f.size, f.time = whole && !f.gone, end.size, end.time
		}
	}
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
			if w.Copy {
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
	l.held.refused = in.loose
	changed := l.held.forget() || in.firsts != nil || l.held.tidy < len(l.held.batches)
	in.markCopies()
	shard := l.held.shards[0]
	l.conclude(nil)
	l.mu.Unlock()
	if !changed {
		return nil
	}
	// Reading is over; what follows makes searches faster.
	if err := l.saveRemarks(ctx, shard, true); err != nil {
		return err
	}
	return l.tidy(ctx)
}

// tidy merges the full text of each shard, side by side.
func (l *Library) tidy(ctx context.Context) error {
	l.mu.Lock()
	shards, n := l.held.shards, len(l.held.batches)
	l.mu.Unlock()
	errs := make(chan error, len(shards))
	for _, s := range shards {
		go func() { errs <- s.tidy(ctx) }()
	}
	var err error
	for range shards {
		if e := <-errs; e != nil {
			err = e
		}
	}
	if err != nil {
		return err
	}
	l.mu.Lock()
	l.held.tidy = n
	l.mu.Unlock()
	return l.saveRemarks(ctx, shards[0], true)
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

// prepare finds out what of each file is in the index already. It is called
// when the first file has to be read, which most openings never come to.
func (in *intake) prepare(ctx context.Context) error {
	l := in.l
	l.mu.Lock()
	batches, shards := l.held.batches, l.held.shards
	l.mu.Unlock()
	in.rec.known = map[string]map[uint64]bool{}
	in.firsts, in.copies = map[string]uint32{}, map[uint32]bool{}
	in.unsaved = true // that reading goes on, before the first batch is written
	for _, b := range batches {
		in.seq, in.run = b.seq+1, max(in.run, b.run)
		u, err := shards[b.seq%shardCount].pack(ctx, "places", b.seq)
		if err != nil {
			return err
		}
		l.mu.Lock()
		for i := range b.n {
			from := u.place()
			in.remember(uint32(b.first-1+i), &from)
		}
		l.mu.Unlock()
		if u.bad {
			return errDamaged
		}
	}
	rem, err := loadRemarks(ctx, shards[0])
	if rem.Done || in.run == 0 { // what was stopped is gone on with
		in.run++
	}
	return err
}

// remember notes a cable that is in the index: its hash, and its place if its
// file was not read to the end. The lock is held.
func (in *intake) remember(i uint32, from *model.Source) {
	h := &in.l.held
	r := &h.rows[i]
	if r.dead {
		return
	}
	in.copied(i, from.SHA256)
	f := &h.files.list[r.file]
	if f.whole {
		return
	}
	if len(r.Path) > len(f.path) {
		from.Entry = r.Path[len(f.path)+1:]
	}
	if in.rec.known[f.path] == nil {
		in.rec.known[f.path] = map[uint64]bool{}
	}
	in.rec.known[f.path][identity(from)] = true
}

// copied says whether a row has the bytes of another that was met. In the end
// the first by path and place is the original, in whatever order they came.
func (in *intake) copied(i uint32, sum string) bool {
	sum = sum[:min(32, len(sum))]
	j, known := in.firsts[sum]
	if !known {
		in.firsts[strings.Clone(sum)] = i
		return false
	}
	rows := in.l.held.rows
	if a, b := &rows[i], &rows[j]; cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.ord, b.ord)) < 0 {
		in.firsts[sum] = i
		in.copies[j] = true
		return false
	}
	in.copies[i] = true
	return true
}

// markCopies sets right what was said of copies while not all were known. The
// lock is held.
func (in *intake) markCopies() {
	h := &in.l.held
	if in.firsts == nil {
		return
	}
	right := true
	for i := range h.rows {
		right = right && h.rows[i].Copy == in.copies[uint32(i)]
	}
	if right {
		return
	}
	h.rows = slices.Clone(h.rows)
	for i := range h.rows {
		h.rows[i].setCopy(in.copies[uint32(i)])
	}
	h.epoch++
}

func (r *row) setCopy(yes bool) {
	r.Copy = yes
	r.traits &^= isCopy
	if yes {
		r.traits |= isCopy
	}
}
