package library

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"sync"
	"time"

	"chancery/model"
	"chancery/parser/source"
)

// How much a batch holds: enough that merging stays cheap, little enough that
// its texts fit into memory and that not much is lost when reading is stopped.
const (
	batchRows  = 4000
	batchBytes = 32 << 20
	batchAge   = time.Second // after which a smaller one is written, so that it can be searched
)

// pace is how long the version stays while reading goes on. A screen draws no
// faster than that; and because each new version makes it ask for a list that
// costs more the longer it is, a long list changes less often.
func pace(rows int) time.Duration {
	return 50*time.Millisecond + time.Duration(rows)*time.Microsecond
}

// intake is one reading of the sources: what is new goes to rows, batches and
// shards.
//
//	source.Map ─► work (all cores) ─► take (in order) ─► batch ─► one writer a shard ─► searchable
type intake struct {
	l       *Library
	rec     recorder
	run     int // the how manieth reading of this index it is
	seq     int // of the next batch
	batch   *pending
	writers []*writer

	// under the lock of the library
	coming []found           // files that the walk has met and that gave nothing yet
	file   uint32            // that is being read, if reading says so
	within bool              // a file is being read
	firsts map[string]uint32 // hash of a message: the row that has it first; nil while nothing had to be read
	loose  []model.Refusal   // what belongs to no file: folders, links
	copies map[uint32]bool   // rows that have the bytes of another

	unsaved bool // the remarks do not say yet what has changed
	first   sync.Once
	failed  error // of prepare
	stopped bool  // reading was ended before all was read

	begun, told time.Time
	taken       int
}

// found is a file that the walk met and did not leave out.
type found struct {
	id   uint32
	path string
	size int64
}

// scan reads what the index does not hold.
func (in *intake) scan(ctx context.Context) error {
	l := in.l
	set := l.set // one for all: it keeps what came by standard input
	set.Known = func(path string, info fs.FileInfo) bool { return in.skips(ctx, path, info) }
	in.begun = time.Now()
	for range shardCount {
		in.writers = append(in.writers, startWriter(ctx, l))
	}
	reading, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go func() {
		select {
		case <-l.halt:
			stop(ErrStopped)
		case <-reading.Done():
		}
	}()
	err := source.Map(reading, set, in.rec.work, func(it source.Item, r record) error { return in.take(ctx, it, r) })
	l.mu.Lock()
	switch {
	case err == nil:
		in.ends(len(in.coming))
	case context.Cause(reading) == ErrStopped && ctx.Err() == nil:
		err = nil
		in.stopped = true
	}
	l.mu.Unlock()
	err = errors.Join(err, in.flush(ctx))
	for _, w := range in.writers {
		err = errors.Join(err, w.finish())
	}
	if err == nil && in.stopped {
		return ErrStopped
	}
	return err
}

// skips says whether a file is the one that was read before. One that has
// changed loses its rows.
func (in *intake) skips(ctx context.Context, path string, info fs.FileInfo) bool {
	if in.asBefore(path, info) {
		return true
	}
	in.first.Do(func() { in.failed = in.prepare(ctx) })
	in.l.mu.Lock()
	defer in.l.mu.Unlock()
	h := &in.l.held
	id := h.files.id(h.files.nameOf(path))
	f := &h.files.list[id]
	if f.time != 0 && !f.asIs(info) {
		h.bury(func(_ int, r *row) bool { return r.file == id })
		in.unsaved = true
	}
	f.refused, f.gone = nil, false
	f.whole, f.size, f.time = false, info.Size(), info.ModTime().UnixNano()
	in.coming = append(in.coming, found{id, path, info.Size()})
	return false
}

// asBefore says whether a file was read whole and has not changed since.
func (in *intake) asBefore(path string, info fs.FileInfo) bool {
	in.l.mu.Lock()
	defer in.l.mu.Unlock()
	h := &in.l.held
	f := &h.files.list[h.files.id(h.files.nameOf(path))]
	f.now = true
	return f.whole && !f.gone && f.asIs(info)
}

// take adds one item, in the order of the walk.
func (in *intake) take(ctx context.Context, it source.Item, r record) error {
	if in.failed != nil {
		return in.failed
	}
	now := time.Now()
	in.l.mu.Lock()
	if it.First {
		in.begins(it)
	}
	switch {
	case r.known:
		in.taken++
	case it.Refusal != nil:
		in.refuse(*it.Refusal)
	case r.ok:
		in.add(&r, now)
	}
	if now.Sub(in.told) >= pace(len(in.l.held.rows)) {
		in.told = now
		in.progress(&it, now)
		in.l.publish()
	}
	in.l.mu.Unlock()
	if in.batch.due(now) {
		if err := in.flush(ctx); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// begins goes on to the file that an item is the first of. What is refused
// without opening a file, a folder or a link, belongs to none.
func (in *intake) begins(it source.Item) {
	path := it.Message.Source.Path
	if it.Refusal != nil {
		path = it.Refusal.Path
	}
	for i, f := range in.coming {
		if below(path, f.path) {
			in.ends(i) // and those before it gave nothing
			in.file, in.within = f.id, true
			in.coming = in.coming[1:]
			return
		}
	}
	in.ends(0)
	if path == source.Stdin {
		in.file, in.within = in.l.held.files.id(in.l.held.files.nameOf(path)), true
		in.l.held.files.list[in.file].piped = true
	}
}

// ends notes that the file that was read is at its end, and so are the next n.
func (in *intake) ends(n int) {
	done := func(id uint32) {
		f := &in.l.held.files.list[id]
		in.pending().ended = append(in.pending().ended, ended{f.name, f.size, f.time})
		f.whole = true
		in.l.state.Files++
	}
	if in.within {
		done(in.file)
		in.within = false
	}
	for _, f := range in.coming[:n] {
		done(f.id)
	}
	in.coming = in.coming[n:]
}

func (in *intake) refuse(no model.Refusal) {
	if !in.within {
		in.loose = append(in.loose, no)
		return
	}
	f := &in.l.held.files.list[in.file]
	r := refused{file: f.name, no: no}
	r.more, _ = strings.CutPrefix(no.Path, f.path)
	f.refused = append(f.refused, no)
	in.pending().refused = append(in.pending().refused, r)
}

// add takes in a cable.
func (in *intake) add(r *record, now time.Time) {
	h := &in.l.held
	i := uint32(len(h.rows))
	p := in.pending()
	r.row.file = in.file
	r.name = h.files.list[in.file].name
	r.row.class = h.cols.marks.id(r.class)
	if in.run > 1 {
		r.row.traits |= isNew
	}
	h.push(r.row)
	if in.copied(i, r.from.SHA256) { // nobody has seen the row yet: the lock is held
		h.rows[i].setCopy(true)
		r.row.setCopy(true)
	}
	h.cols.add(&r.facts)
	h.loose[int(i)+1] = r.from
	in.l.state.Cables = len(h.rows) - h.dead
	in.taken++
	if len(p.rows) == 0 {
		p.begun = now
	}
	p.rows = append(p.rows, *r)
	p.bytes += len(r.body) + len(r.words.text)
}

// progress tells how far reading is. Where a collection is one file, the place
// in it tells the share; else the files that are done of those met.
func (in *intake) progress(it *source.Item, now time.Time) {
	s := &in.l.state
	from := it.Message.Source
	if it.Refusal != nil {
		s.Current = it.Refusal.Path
	} else {
		s.Current = pathOf(from)
	}
	took := now.Sub(in.begun)
	if took > time.Second {
		s.Rate = int(float64(in.taken) / took.Seconds())
	}
	s.Share, s.Left = 0, 0
	if len(in.l.o.Paths) == 1 && in.within {
		if f := in.l.held.files.list[in.file]; f.name.Rest == "" && f.size > 0 {
			at := from.EntryAt
			if from.Entry == "" {
				at = from.Offset
			}
			s.Share = min(1, float64(at)/float64(f.size))
		}
	}
	if s.Share > 0.01 && took > 2*time.Second {
		s.Left = time.Duration(float64(took) * (1 - s.Share) / s.Share).Round(time.Second)
	}
}
