package library

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"chancery/model"
	"chancery/parser/source"
)

// How much a batch holds: enough that merging stays cheap, little enough that
// its texts fit into memory and that not much is lost when reading is stopped.
const (
	batchRows  = 1200
	batchBytes = 10 << 20
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
	rows    []record // room for those of the next batch
	writers []*writer

	// under the lock of the library
	coming []found         // files that the walk has met and that gave nothing yet
	file   uint32          // that is being read, if within says so
	within bool            // a file is being read
	at     reach           // how far
	loose  []model.Refusal // what belongs to no file: folders, links
	past
	unsaved bool  // the remarks do not say yet that reading goes on
	failed  error // of prepare
	stopped bool  // reading was ended before all was read
	first   sync.Once

	begun, told time.Time
	taken       int
}

// limits writes down what the sources are read with.
func (l *Library) limits() string {
	limits := l.o.Limits
	if limits == (source.Limits{}) {
		limits = source.DefaultLimits()
	}
	return fmt.Sprintf("%+v", limits)
}

// found is a file that the walk met and did not leave out.
type found struct {
	id    uint32
	path  string
	size  int64
	time  int64
	stale bool // what the index has of it is of an earlier state
}

// scan reads what the index does not hold.
func (in *intake) scan(ctx context.Context) error {
	l := in.l
	set := l.set // one for all: it keeps what came by standard input
	set.Known = func(path string, info fs.FileInfo) bool { return in.skips(ctx, path, info) }
	set.Pause = l.o.Keys.giveWay
	in.begun, in.rec.hooks, in.rec.keys, in.rec.rooms = time.Now(), l.o.hooks, l.o.Keys, &rooms{}
	for range shardCount {
		in.writers = append(in.writers, startWriter(ctx, l, in.rec.rooms))
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
	err := in.walk(ctx, reading)
	l.mu.Lock()
	if err == nil {
		err = in.failed
	}
	switch {
	case err == nil:
		in.ends(len(in.coming))
	case errors.Is(err, context.Canceled) && context.Cause(reading) == ErrStopped && ctx.Err() == nil:
		err, in.stopped = nil, true
	}
	l.mu.Unlock()
	if err == nil {
		err = in.flush(ctx)
	}
	for _, w := range in.writers {
		if e := w.finish(); err == nil {
			err = e
		}
	}
	in.writers, in.rows = nil, nil // and the room they took
	in.rec.rooms.end()
	if err == nil && in.stopped {
		return l.whyStopped()
	}
	return err
}

// walk takes in what the sources hold. A fault of the program ends it, and
// not the program: what was read can still be asked.
func (in *intake) walk(ctx, reading context.Context) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: %v", errFault, fault)
		}
	}()
	return source.Map(reading, in.l.set, in.rec.work, func(it source.Item, r record) error { return in.take(ctx, it, r) })
}

// errFault says that a reading ended where it never should.
var errFault = errors.New("the program failed while it read the sources")

// skips says whether a file is the one that was read before, or was met
// already below another path.
func (in *intake) skips(ctx context.Context, path string, info fs.FileInfo) bool {
	if in.asBefore(path, info) {
		return true
	}
	in.first.Do(func() {
		err := in.prepare(ctx)
		in.l.mu.Lock()
		in.failed = err
		in.l.mu.Unlock()
	})
	if in.touched(path, info) {
		return true
	}
	if f := in.l.o.hooks.read; f != nil {
		f(path)
	}
	in.l.mu.Lock()
	defer in.l.mu.Unlock()
	h := &in.l.held
	id := h.files.id(h.files.nameOf(path))
	f := &h.files.list[id]
	resumed := f.asIs(info) && !f.whole && !f.closed && !f.gone
	if f.known && !resumed {
		in.rec.anew.Store(path, true)
	}
	in.coming = append(in.coming, found{id, path, info.Size(), info.ModTime().UnixNano(), f.known && !resumed})
	return false
}

// asBefore says whether a file was read whole and has not changed since; also
// when this reading has met it already.
func (in *intake) asBefore(path string, info fs.FileInfo) bool {
	in.l.mu.Lock()
	defer in.l.mu.Unlock()
	h := &in.l.held
	f := &h.files.list[h.files.id(h.files.nameOf(path))]
	if f.now {
		return true
	}
	f.now = true
	if h.limits != in.l.limits() && slices.ContainsFunc(f.refused, func(r model.Refusal) bool { return r.Fate != model.NotCable }) {
		return false // it may be let through now
	}
	return !f.gone && f.asIs(info) && (f.whole || f.closed && !opens(path))
}

// take adds one item, in the order of the walk.
func (in *intake) take(ctx context.Context, it source.Item, r record) error {
	now := time.Now()
	if err := in.receive(&it, &r, now); err != nil {
		return err
	}
	if in.batch.due(now, cmp.Or(in.l.o.hooks.batch, batchRows)) {
		if err := in.flush(ctx); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (in *intake) receive(it *source.Item, r *record, now time.Time) error {
	in.l.mu.Lock()
	defer in.l.mu.Unlock()
	if in.failed != nil {
		return in.failed
	}
	if it.First {
		in.begins(*it)
	}
	switch {
	case r.known:
		in.taken++
	case it.Refusal != nil:
		in.refuse(*it.Refusal)
	case r.ok:
		in.add(r)
	}
	if now.Sub(in.told) >= pace(len(in.l.held.rows)) {
		in.told = now
		in.progress(it, now)
		in.l.publish()
	}
	return nil
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
			in.begin(f)
			in.coming = in.coming[1:]
			return
		}
	}
	in.ends(0)
	if path == source.Stdin || it.Refusal == nil { // the walk could not ask about it
		files := &in.l.held.files
		id := files.id(files.nameOf(path))
		files.list[id].piped, files.list[id].now = path == source.Stdin, true
		in.begin(found{id: id, path: path, stale: files.list[id].known})
		in.at.time = -1 // it will be read again
	}
}

// begin goes on to a file. What it held in an earlier state is in no list any
// more.
func (in *intake) begin(found found) {
	h := &in.l.held
	in.file, in.within = found.id, true
	f := &h.files.list[found.id]
	in.at = reach{file: f.name, size: found.size, time: found.time, from: in.seq}
	if found.stale {
		in.at.before = len(h.rows)
		h.stale[found.id] = len(h.rows)
	}
	f.size, f.time, f.from, f.known = found.size, found.time, in.seq, true
	f.refused, f.gone, f.whole, f.closed = nil, false, false, false
}

// ends notes that the file that was read is at its end, and so are the next n.
func (in *intake) ends(n int) {
	if in.within {
		in.end()
	}
	for _, f := range in.coming[:n] {
		in.begin(f)
		in.end()
	}
	in.coming = in.coming[n:]
}

func (in *intake) end() {
	f := &in.l.held.files.list[in.file]
	r := in.reached()
	if r.state == inPart {
		r.state = isWhole
	}
	f.whole, f.closed = r.state == isWhole, r.state == isClosed
	in.l.state.Files++
	in.within = false
}

// reached gives what the batch says of the file that is being read.
func (in *intake) reached() *reach {
	p := in.pending()
	if n := len(p.reach); n == 0 || p.reach[n-1].file != in.at.file {
		p.reach = append(p.reach, in.at)
	}
	return &p.reach[len(p.reach)-1]
}

func (in *intake) refuse(no model.Refusal) {
	if !in.within {
		in.loose = append(in.loose, no)
		return
	}
	f := &in.l.held.files.list[in.file]
	if no.Fate == model.Unread && no.Path == f.path && !f.piped && !opens(f.path) {
		in.at.state = isClosed
	}
	in.reached().state = in.at.state
	r := refused{file: f.name, no: no}
	r.more, _ = strings.CutPrefix(no.Path, f.path)
	f.refused = append(f.refused, no)
	p := in.pending()
	p.refused = append(p.refused, r)
}

// add takes in a cable.
func (in *intake) add(r *record) {
	h := &in.l.held
	i := uint32(len(h.rows))
	in.reached()
	p := in.pending()
	r.name = h.files.list[in.file].name
	if in.run > 1 && !in.had(in.file, r.from.SHA256) {
		r.traits |= isNew
	}
	h.push(&r.head, in.file)
	if in.copied(i, r.from.SHA256) { // nobody has seen the row yet: the lock is held
		h.rows[i].setCopy(true)
		r.traits = h.rows[i].traits
	}
	h.cols.add(&r.facts)
	h.loose[int(i)+1] = r.from
	in.l.state.Cables = len(h.rows) - h.dead
	in.taken++
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
