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
	reach   []reach
	refused []refused
	bytes   int
	begun   time.Time
}

// pending gives the batch that is being collected. The lock is held.
func (in *intake) pending() *pending {
	if in.batch == nil {
		in.batch = &pending{first: len(in.l.held.rows) + 1, begun: time.Now(), rows: in.rows}
		in.rows = nil
	}
	return in.batch
}

// due says whether a batch should be written now. What gave no cable counts
// too: a folder may hold a million other files.
func (p *pending) due(now time.Time, most int) bool {
	return p != nil && (len(p.rows) >= most || len(p.reach)+len(p.refused) >= 4*most || p.bytes >= batchBytes || now.Sub(p.begun) >= batchAge)
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
	in.l.held.settle()
	unsaved := in.unsaved
	in.unsaved = false
	in.l.mu.Unlock()
	if unsaved && in.rec.body {
		if err := in.l.beginWriting(ctx); err != nil {
			return err
		}
	}
	b := stored{batch: batch{seq: in.seq, first: p.first, n: len(p.rows), run: in.run, shard: in.seq % shardCount}}
	b.pack(p)
	clear(p.rows)
	in.rows = p.rows[:0]
	in.seq++
	w := in.writers[b.shard]
	select {
	case w.work <- &b:
		return nil
	case <-w.done:
		return w.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// beginWriting breaks the seal of the index and says in it that it is not whole.
func (l *Library) beginWriting(ctx context.Context) error {
	breakSeal(l.dir)
	l.mu.Lock()
	shard := l.held.shards[0]
	l.mu.Unlock()
	err := l.saveRemarks(ctx, shard, false)
	if err == nil || ctx.Err() != nil {
		return err
	}
	return l.spill(ctx, err)
}

// pack writes the packs of a batch.
func (b *stored) pack(p *pending) {
	var heads, facts, places packer
	for _, p := range [...]*packer{&heads, &facts, &places} {
		p.batch(b.batch)
	}
	for i := range p.rows {
		r := &p.rows[i]
		heads.head(&r.head)
		facts.facts(&r.facts)
		places.place(&r.from)
		b.bodies = append(b.bodies, r.body)
		b.words = append(b.words, r.words)
	}
	heads.number(uint64(len(p.reach)))
	for i := range p.reach {
		heads.reach(&p.reach[i])
	}
	facts.number(uint64(len(p.refused)))
	for i := range p.refused {
		facts.refused(&p.refused[i])
	}
	b.heads, b.facts, b.places = heads.sealed(), facts.sealed(), places.sealed()
}

// back gives back the room that was lent for the texts and words of a batch.
func (b *stored) back(to *rooms) {
	for i := range b.words {
		to.back(b.bodies[i])
		to.back(b.words[i].text)
	}
	b.bodies, b.words = nil, nil
}

// writer writes batches into one shard, one after the other.
type writer struct {
	l     *Library
	with  press
	rooms *rooms // in which texts and words are
	work  chan *stored
	done  chan struct{}
	err   error // read after done is closed
}

func startWriter(ctx context.Context, l *Library, r *rooms) *writer {
	w := &writer{l: l, rooms: r, with: press{keys: l.o.Keys}, work: make(chan *stored, 1), done: make(chan struct{})}
	go func() {
		defer close(w.done)
		for b := range w.work {
			if w.err = w.write(ctx, b); w.err != nil {
				return
			}
			b.back(w.rooms)
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
	err := w.put(ctx, b)
	if err != nil && ctx.Err() == nil && l.dir != "" && b.shard < shardCount {
		if err = l.spill(ctx, err); err == nil {
			err = w.put(ctx, b)
		}
	}
	if err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held.stored(b.batch)
	l.state.Searchable = l.held.searchable.count()
	l.publish()
	return nil
}

// put writes a batch into its shard; once that cannot be written to, into
// memory.
func (w *writer) put(ctx context.Context, b *stored) error {
	l := w.l
	l.mu.Lock()
	if l.held.spilt && b.shard < shardCount {
		b.shard += shardCount
		b.bodies = make([][]byte, b.n) // they are read from their sources
	}
	s := l.held.shards[b.shard]
	l.mu.Unlock()
	if f := l.o.hooks.put; f != nil && b.shard < shardCount {
		if err := f(b.seq); err != nil {
			return err
		}
	}
	return s.put(ctx, b, &w.with)
}

// spill goes on in memory where the index cannot be written to any more, for
// want of space, say: what is on disk stays and is searched, what comes is
// lost to the index only when the collection is closed.
func (l *Library) spill(ctx context.Context, why error) error {
	l.spilling.Lock()
	defer l.spilling.Unlock()
	l.mu.Lock()
	spilt := l.held.spilt
	l.mu.Unlock()
	if spilt {
		return nil
	}
	more, err := memoryShards(ctx)
	if err != nil {
		return err
	}
	_ = l.spoilt(why)
	l.mu.Lock()
	defer l.mu.Unlock()
	shards := l.held.shards
	l.held.shards = append(shards[:len(shards):len(shards)], more...)
	l.held.spilt = true
	l.state.Notice = notKept(why)
	l.publish()
	return nil
}

// notKept is what a reader is told when the index cannot be kept.
func notKept(why error) string {
	return "the index cannot be kept (" + plainWords(why) + "): it is held in memory and built again next time"
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
