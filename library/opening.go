package library

import (
	"context"
	"slices"
)

// openShards opens the databases of an index, or makes them.
func openShards(ctx context.Context, dir string, writing bool) ([]*shard, error) {
	var shards []*shard
	fail := func(err error) ([]*shard, error) {
		for _, s := range shards {
			_ = s.close()
		}
		return nil, err
	}
	if err := checkSeal(ctx, dir); writing && err != nil {
		return nil, err
	}
	for i := range shardCount {
		s, err := openShard(ctx, shardFile(dir, i), writing)
		if err != nil {
			return fail(err)
		}
		shards = append(shards, s)
	}
	if writing {
		if err := together(ctx, shards); err != nil {
			return fail(err)
		}
	}
	return shards, nil
}

// hold puts freshly opened shards in place of what was held.
func (l *Library) hold(shards []*shard) {
	h := held{shards: shards}
	h.start(l.o.Paths)
	l.replace(h)
}

// replace puts something else in place of what was held. Who is asking the old
// shards meanwhile asks again: see steady.
func (l *Library) replace(h held) {
	l.mu.Lock()
	old := l.held.shards
	h.epoch = l.held.epoch + 1
	l.held = h
	l.mu.Unlock()
	for _, s := range old {
		_ = s.close()
	}
}

// readOnly opens an index in a place that cannot be written to.
func (l *Library) readOnly(ctx context.Context, why error) error {
	shards, err := openShards(ctx, l.dir, false)
	if err != nil {
		l.early.drop()
		return why
	}
	if !l.early.join(shards) {
		if err := l.behind(shards, func(to *Library) error { return to.loadAll(ctx) }); err != nil {
			return err
		}
	}
	l.notice("the index cannot be written to (%s): what was indexed is shown, changes since are not", plainWords(why))
	return nil
}

// openToWrite opens the shards and loads what is in them. What a follower shows
// already he shows until all is loaded.
func (l *Library) openToWrite(ctx context.Context, gone string) error {
	shards, err := openShards(ctx, l.dir, true)
	if err != nil {
		l.early.drop()
		return err
	}
	if l.early.join(shards) {
		if err := l.madeBy(ctx, shards[0], gone); err != nil {
			return err
		}
		if gone == "" && l.worn() {
			return errWorn
		}
		return nil
	}
	return l.behind(shards, func(to *Library) error {
		if err := l.madeBy(ctx, shards[0], gone); err != nil {
			return err
		}
		if err := to.loadAll(ctx); err != nil {
			return err
		}
		if gone == "" && to.worn() {
			return errWorn
		}
		return nil
	})
}

// behind loads what is in shards. Where rows are shown already, from a snapshot
// or because another process was followed, they stay until all is loaded: a list
// does not become empty and fill again. When loading fails they stay too, and
// these shards are closed.
func (l *Library) behind(shards []*shard, load func(to *Library) error) error {
	l.mu.Lock()
	shown := len(l.held.rows) > 0
	l.mu.Unlock()
	if !shown {
		l.hold(shards)
		return load(l)
	}
	to := &Library{o: l.o, dir: l.dir, changed: make(chan struct{})}
	to.hold(shards)
	if err := load(to); err != nil {
		to.hold(nil)
		return err
	}
	l.replace(to.held)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state.Cables, l.state.Searchable = to.state.Cables, to.state.Searchable
	l.publish()
	return nil
}

// worn says whether more rows are dead than alive.
func (l *Library) worn() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held.dead*2 > len(l.held.rows)
}

// loadAll loads rows, shows them, and then what queries ask of them: from the
// snapshot, or else batch by batch.
func (l *Library) loadAll(ctx context.Context) error {
	if ok, err := l.loadSnapshot(ctx); ok || err != nil {
		return err
	}
	l.mu.Lock()
	h := held{shards: l.held.shards, epoch: l.held.epoch + 1}
	h.start(l.o.Paths)
	l.held = h
	l.mu.Unlock()
	if err := l.load(ctx, true, false); err != nil {
		return err
	}
	l.mu.Lock()
	l.state.Cables = len(l.held.rows) - l.held.dead
	l.publish()
	l.mu.Unlock()
	if err := l.loadFacts(ctx); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state.Searchable = l.held.searchable.count()
	l.publish()
	return nil
}

// early is a snapshot that is shown before the databases of its index are open,
// which takes longer than to read its rows. Who asks more than the rows waits
// for both.
//
//	snapshot: rows ─► shown ─► columns ─┐
//	databases:      lock ─► open ───────┴► joined ─► questions, texts
type early struct {
	l      *Library
	seals  []sealing // of the index when the snapshot was opened
	cols   columns
	good   bool          // the columns are whole
	loaded chan struct{} // closed when they are read, or are not
}

// showSnapshot shows the rows of a snapshot that is good; nil when there is
// none.
func (l *Library) showSnapshot() *early {
	seals, err := readSeal(l.dir)
	f, size := openSnapshot(l.dir)
	if f == nil || err != nil {
		return nil
	}
	h := held{opening: true}
	h.start(l.o.Paths)
	u := newUnsections(f, size)
	if h.loadRows(u, l.o.program()); u.err != nil || !h.fits() {
		_ = f.Close()
		return nil
	}
	e := &early{l: l, seals: seals, cols: h.cols, loaded: make(chan struct{})}
	l.mu.Lock()
	h.epoch = l.held.epoch + 1
	l.held = h
	l.state.Cables = len(h.rows) - h.dead
	l.publish()
	l.mu.Unlock()
	go func() {
		defer close(e.loaded)
		defer f.Close()
		e.cols.load(u)
		e.good = u.err == nil && e.cols.fit(len(h.rows))
	}()
	return e
}

// join puts the databases under the rows that are shown. false when the columns
// behind the rows are not good, or somebody has changed the index since: the
// rows stay then until what takes their place is loaded.
func (e *early) join(shards []*shard) bool {
	if e == nil || !e.shown() {
		return false
	}
	<-e.loaded
	if seals, err := readSeal(e.l.dir); err != nil || !e.good || !slices.Equal(seals, e.seals) {
		return false
	}
	l := e.l
	l.mu.Lock()
	defer l.mu.Unlock()
	h := &l.held
	h.shards, h.cols, h.searchable, h.opening, h.snapped = shards, e.cols, h.inShards(), false, true
	l.state.Searchable = h.searchable.count()
	l.publish()
	return true
}

// shown says whether the rows of the snapshot still wait for their databases.
func (e *early) shown() bool {
	e.l.mu.Lock()
	defer e.l.mu.Unlock()
	return e.l.held.opening
}

// drop puts away what was shown, if it still waits.
func (e *early) drop() {
	if e != nil && e.shown() {
		e.l.hold(nil)
	}
}

// close waits until nothing more is read of the snapshot.
func (e *early) close() {
	if e != nil {
		<-e.loaded
		e.drop()
	}
}
