package library

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// patience is how often somebody who only reads an index looks for what the
// process that writes it has added.
const patience = 300 * time.Millisecond

// run opens or builds the index and brings it up to date with the sources.
func (l *Library) run(ctx context.Context) {
	defer close(l.end)
	err := l.index(ctx)
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.state.Done {
		l.conclude(err)
	}
}

// conclude says that reading is over. The lock is held.
func (l *Library) conclude(err error) {
	s := &l.state
	s.Receipt = l.held.receipt()
	s.Cables, s.Files = s.Receipt.Cables, s.Receipt.Files
	s.Searchable = l.held.searchable.count()
	s.Done, s.Err, s.Current, s.Left = true, err, "", 0
	l.publish()
}

func (l *Library) index(ctx context.Context) error {
	if !l.o.keepable() {
		return l.inMemory(ctx, "")
	}
	dir, gone := indexDir(l.o.Cache, l.o.Paths)
	if dir == "" { // the source cannot be read and was never indexed: the walk says why
		return l.inMemory(ctx, "")
	}
	l.dir = dir
	if !gone {
		if err := l.settleIn(dir); err != nil {
			return l.inMemory(ctx, "the index cannot be kept ("+plainWords(err)+"): it is held in memory and built again next time")
		}
	}
	err := l.onDisk(ctx, gone)
	if err == nil || ctx.Err() != nil || errors.Is(err, ErrStopped) {
		return err
	}
	// A full disk, say: what was read so far stays, the rest is read into memory.
	return l.inMemory(ctx, "the index cannot be kept ("+plainWords(err)+"): it is held in memory and built again next time")
}

// plainWords is what went wrong, without the path that the user did not name.
func plainWords(err error) string {
	if e := new(os.PathError); errors.As(err, &e) {
		return e.Err.Error()
	}
	return err.Error()
}

// notice says something of the index to the reader.
func (l *Library) notice(form string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state.Notice = fmt.Sprintf(form, args...)
	l.publish()
}

// inMemory reads everything and keeps the index in memory.
func (l *Library) inMemory(ctx context.Context, notice string) error {
	var shards []*shard
	for range shardCount {
		s, err := openShard(ctx, "", true)
		if err != nil {
			for _, s := range shards {
				_ = s.close()
			}
			return err
		}
		shards = append(shards, s)
	}
	l.mu.Lock()
	old := l.held.shards
	l.held = held{shards: shards, ready: true, epoch: l.held.epoch + 1}
	l.held.start(l.o.Paths)
	l.state.Notice = notice
	l.state.Files, l.state.Cables = 0, 0
	l.mu.Unlock()
	for _, s := range old {
		_ = s.close()
	}
	in := &intake{l: l}
	if in.first.Do(func() { in.failed = in.prepare(ctx) }); in.failed != nil {
		return in.failed
	}
	if err := in.scan(ctx); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held.refused = in.loose
	in.markCopies()
	return nil
}

// onDisk opens the index, shows what is in it, and reads what is not. While
// another process reads the sources this one follows it.
func (l *Library) onDisk(ctx context.Context, gone bool) error {
	var k *lock
	for first := true; ; first = false {
		var err error
		k, err = takeLock(ctx, l.dir)
		if err == nil {
			break
		}
		if !errors.Is(err, errLocked) {
			return l.readOnly(ctx, err)
		}
		if first {
			l.notice("another chancery is reading this collection; what it has read is shown here")
		}
		if err := l.follow(ctx); err != nil {
			return err
		}
		select {
		case <-time.After(patience):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	defer k.release()
	if err := l.openToWrite(ctx); err != nil {
		return err
	}
	if gone {
		l.notice("%s is not there: what was indexed of it is shown", l.o.Paths[0])
		return nil
	}
	return l.update(ctx)
}

// follow shows what another process has written so far.
func (l *Library) follow(ctx context.Context) error {
	l.mu.Lock()
	opened := len(l.held.shards) > 0
	l.mu.Unlock()
	if !opened {
		shards, err := openShards(ctx, l.dir, false)
		if err != nil {
			return nil // it has only begun, or is making it anew: look again later
		}
		l.hold(shards)
	}
	if err := l.load(ctx, false); err != nil {
		return nil //nolint:nilerr // likewise
	}
	if _, err := l.loadFacts(ctx); err != nil {
		return nil //nolint:nilerr // likewise
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(l.held.rows) - l.held.dead; n != l.state.Cables {
		l.state.Cables, l.state.Searchable = n, l.held.searchable.count()
		l.publish()
	}
	return nil
}

// readOnly opens an index in a place that cannot be written to.
func (l *Library) readOnly(ctx context.Context, why error) error {
	shards, err := openShards(ctx, l.dir, false)
	if err != nil {
		return why
	}
	l.hold(shards)
	if _, err := l.loadAll(ctx); err != nil {
		return err
	}
	l.notice("the index cannot be written to (%s): what was indexed is shown, changes since are not", plainWords(why))
	return nil
}

func openShards(ctx context.Context, dir string, writing bool) ([]*shard, error) {
	var shards []*shard
	for i := range shardCount {
		s, err := openShard(ctx, shardFile(dir, i), writing)
		if err != nil {
			for _, s := range shards {
				_ = s.close()
			}
			return nil, err
		}
		shards = append(shards, s)
	}
	return shards, nil
}

// hold puts freshly opened shards in place of what was held.
func (l *Library) hold(shards []*shard) {
	l.mu.Lock()
	defer l.mu.Unlock()
	old := l.held.shards
	l.held = held{shards: shards, epoch: l.held.epoch + 1}
	l.held.start(l.o.Paths)
	for _, s := range old {
		_ = s.close()
	}
}

// openToWrite opens the shards and loads what is in them; an index that is
// damaged or of another version is begun anew.
func (l *Library) openToWrite(ctx context.Context) error {
	for again := false; ; again = true {
		shards, err := openShards(ctx, l.dir, true)
		if err == nil {
			l.hold(shards)
			if _, err = l.loadAll(ctx); err == nil {
				return nil
			}
		}
		switch {
		case again, ctx.Err() != nil:
			return err
		case errors.Is(err, errDamaged):
			l.notice("the index was damaged and is built again; nothing of yours was in it")
		case errors.Is(err, errOther):
			l.notice("the index was made by another version and is built again")
		default:
			return err
		}
		l.hold(nil)
		if err := removeShards(l.dir); err != nil {
			return err
		}
	}
}

// loadAll loads heads, shows them, and then the facts.
func (l *Library) loadAll(ctx context.Context) (remarks, error) {
	rem, err := loadRemarks(ctx, l.held.shards[0])
	if err != nil {
		return rem, err
	}
	if err := l.load(ctx, true); err != nil {
		return rem, err
	}
	l.mu.Lock()
	l.held.apply(rem)
	l.state.Cables = len(l.held.rows) - l.held.dead
	l.publish()
	l.mu.Unlock()
	extras, err := l.loadFacts(ctx)
	if err != nil {
		return rem, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held.note(extras)
	l.state.Searchable = l.held.searchable.count()
	l.publish()
	return rem, nil
}
