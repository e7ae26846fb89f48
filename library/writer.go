package library

import (
	"context"
	"fmt"
	"time"
)

// pending is a batch that is being collected.
type pending struct {
	first   int // key of the first row
	rows    []record
	refused []refused
	ended   []ended
	bytes   int
	begun   time.Time
}

// pending gives the batch that is being collected. The lock is held.
func (in *intake) pending() *pending {
	if in.batch == nil {
		in.batch = &pending{first: len(in.l.held.rows) + 1}
	}
	return in.batch
}

// due says whether a batch should be written now.
func (p *pending) due(now time.Time) bool {
	return p != nil && (len(p.rows) >= batchRows || p.bytes >= batchBytes || len(p.rows) > 0 && now.Sub(p.begun) >= batchAge)
}

// flush hands what was collected to a writer, and waits while that is busy: so
// memory holds a few batches, however large the collection.
func (in *intake) flush(ctx context.Context) error {
	p := in.batch
	if p == nil {
		return nil
	}
	in.batch = nil
	in.l.mu.Lock()
	unsaved := in.unsaved
	in.unsaved = false
	shards := in.l.held.shards
	in.l.mu.Unlock()
	if unsaved { // before rows of a changed file are written again
		if err := in.l.saveRemarks(ctx, shards[0], false); err != nil {
			return err
		}
	}
	b := stored{seq: in.seq, first: p.first, run: in.run}
	b.pack(p)
	in.seq++
	w := in.writers[b.seq%shardCount]
	select {
	case w.work <- &b:
		return nil
	case <-w.done:
		return w.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// pack writes the packs of a batch.
func (b *stored) pack(p *pending) {
	var heads, facts, places packer
	for i := range p.rows {
		r := &p.rows[i]
		heads.head(&r.row, r.name, r.entry, r.class)
		facts.facts(&r.facts)
		places.place(&r.from)
		b.bodies = append(b.bodies, r.body)
		b.words = append(b.words, r.words)
	}
	facts.number(uint64(len(p.refused)))
	for i := range p.refused {
		facts.refused(&p.refused[i])
	}
	facts.number(uint64(len(p.ended)))
	for _, e := range p.ended {
		facts.ended(e)
	}
	b.heads, b.facts, b.places = heads.sealed(), facts.sealed(), places.sealed()
}

// writer writes batches into one shard, one after the other.
type writer struct {
	l    *Library
	work chan *stored
	done chan struct{}
	err  error // read after done is closed
}

func startWriter(ctx context.Context, l *Library) *writer {
	w := &writer{l: l, work: make(chan *stored), done: make(chan struct{})}
	go func() {
		defer close(w.done)
		for b := range w.work {
			if w.err = w.write(ctx, b); w.err != nil {
				return
			}
		}
	}()
	return w
}

// finish waits until all is written.
func (w *writer) finish() error {
	close(w.work)
	<-w.done
	return w.err
}

func (w *writer) write(ctx context.Context, b *stored) error {
	l := w.l
	l.mu.Lock()
	s := l.held.shards[b.seq%shardCount]
	l.mu.Unlock()
	if err := s.put(ctx, b); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held.stored(batch{b.seq, b.first, len(b.words), b.run})
	l.state.Searchable = l.held.searchable.count()
	l.publish()
	return nil
}

// stored notes that a batch is in its shard: its texts can be searched, and
// its places need not be held any more.
func (h *held) stored(b batch) {
	i := len(h.batches)
	for i > 0 && h.batches[i-1].first > b.first {
		i--
	}
	h.batches = append(h.batches[:i:i], append([]batch{b}, h.batches[i:]...)...)
	s := newBitset(len(h.rows))
	copy(s, h.searchable)
	for k := range b.n {
		s.add(b.first - 1 + k)
		delete(h.loose, b.first+k)
	}
	h.searchable = s
}

// saveRemarks writes what is known of the collection as a whole.
func (l *Library) saveRemarks(ctx context.Context, s *shard, done bool) error {
	l.mu.Lock()
	r := remarks{Paths: l.o.Paths, Done: done, Cables: len(l.held.rows) - l.held.dead, Tidy: l.held.tidy}
	if l.held.dead > 0 {
		dead := newBitset(len(l.held.rows))
		for i := range l.held.rows {
			if l.held.rows[i].dead {
				dead.add(i)
			}
		}
		r.Dead = dead.bytes()
	}
	for _, f := range l.held.files.list {
		if f.gone {
			r.Gone = append(r.Gone, f.name)
		}
	}
	if done {
		r.Read = time.Now().UTC().Format(time.RFC3339)
	}
	for i := range l.held.rows {
		if l.held.rows[i].Copy {
			r.Copies = append(r.Copies, uint32(i))
		}
	}
	l.mu.Unlock()
	if err := s.saveRemarks(ctx, r); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	return nil
}
