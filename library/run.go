package library

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
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
	if gone == "" {
		if err := l.settleIn(dir); err != nil {
			return l.inMemory(ctx, notKept(err))
		}
	}
	l.mu.Lock()
	l.dir = dir
	l.mu.Unlock()
	l.early = l.showSnapshot()
	err := l.onDisk(ctx, gone)
	l.early.close()
	if err == nil || ctx.Err() != nil || errors.Is(err, ErrStopped) || errors.Is(err, errFault) || l.over() { // what is done after reading can be done another day
		return err
	}
	l.mu.Lock()
	l.dir = ""
	l.mu.Unlock()
	return l.inMemory(ctx, notKept(err))
}

// plainWords is what went wrong, without the path that the user did not name
// and in words of the reader's, not of the database's.
func plainWords(err error) string {
	if e := new(os.PathError); errors.As(err, &e) {
		return e.Err.Error()
	}
	for _, says := range [...]struct{ database, words string }{
		{"disk is full", "the disk is full"},
		{"disk I/O error", "the disk takes no more"},
		{"unable to open database", "its file cannot be opened"},
		{"readonly database", "it may not be written to"},
	} {
		if strings.Contains(err.Error(), says.database) {
			return says.words
		}
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

// memoryShards makes shards that are held in memory.
func memoryShards(ctx context.Context) ([]*shard, error) {
	var shards []*shard
	for range shardCount {
		s, err := openShard(ctx, "", true)
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

// inMemory reads everything and keeps the index in memory.
func (l *Library) inMemory(ctx context.Context, notice string) error {
	shards, err := memoryShards(ctx)
	if err != nil {
		return err
	}
	l.hold(shards)
	l.mu.Lock()
	l.state.Notice = notice
	l.state.Files, l.state.Cables = 0, 0
	l.mu.Unlock()
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
	l.held.settle()
	in.markCopies()
	return nil
}

// onDisk opens the index, shows what is in it, and reads what is not. While
// another process reads the sources this one follows it. gone names a source
// that is not there any more.
func (l *Library) onDisk(ctx context.Context, gone string) error {
	k, err := l.locked(ctx)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ErrStopped):
		return err
	case err != nil:
		return l.readOnly(ctx, err)
	}
	defer k.release()
	for again := false; ; again = true {
		err := l.openToWrite(ctx, gone)
		switch {
		case err == nil && gone != "":
			l.notice("%s is not there: what was indexed of it is shown", gone)
			return nil
		case err == nil:
			err = l.update(ctx)
		}
		switch {
		case err == nil, again, ctx.Err() != nil, l.over():
			return err
		case errors.Is(err, errDamaged):
			l.notice("the index was damaged and is built again; nothing of yours was in it")
		case errors.Is(err, errWorn):
		case errors.Is(err, errOther):
			l.notice("the index was made by another version and is built again")
		default:
			return err
		}
		if gone != "" {
			return l.inMemory(ctx, fmt.Sprintf("%s is not there, and its index could not be read", gone))
		}
		l.hold(nil)
		if err := removeShards(l.dir); err != nil {
			return err
		}
	}
}

// over says whether the collection was read whole.
func (l *Library) over() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state.Done
}

// locked waits until nobody else writes the index, and shows meanwhile what
// they have written.
func (l *Library) locked(ctx context.Context) (*lock, error) {
	for first := true; ; first = false {
		k, err := takeLock(ctx, l.dir)
		if err == nil || !errors.Is(err, errLocked) {
			return k, err
		}
		if first {
			l.notice("another chancery is reading this collection; what it has read is shown here")
		}
		l.follow(ctx)
		select {
		case <-time.After(patience):
		case <-l.halt:
			return nil, l.whyStopped()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// follow shows what another process has written so far. When that cannot be
// read, it has only begun, or is making it anew: one looks again later.
func (l *Library) follow(ctx context.Context) {
	l.mu.Lock()
	shards := l.held.shards
	l.mu.Unlock()
	if len(shards) > 0 {
		_ = l.catchUp(ctx)
		return
	}
	shards, err := openShards(ctx, l.dir, false)
	if err != nil {
		return
	}
	_ = l.behind(shards, func(to *Library) error {
		if err := to.catchUp(ctx); err != nil {
			return err
		}
		if to.state.Cables == 0 && to != l {
			return errOpening // it is being made anew, and what is shown is more than that
		}
		return nil
	})
}

// catchUp takes in what was written since the last time.
func (l *Library) catchUp(ctx context.Context) error {
	l.mu.Lock()
	was := len(l.held.batches)
	l.mu.Unlock()
	if err := l.load(ctx, false, true); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(l.held.rows) - l.held.dead; n != l.state.Cables || len(l.held.batches) != was {
		l.state.Cables, l.state.Searchable = n, l.held.searchable.count()
		l.publish()
	}
	return nil
}
