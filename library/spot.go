package library

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"chancery/model"
)

// reading reads something of a cable where it is kept, and again when it was
// put somewhere else meanwhile.
func reading[T any](ctx context.Context, l *Library, key model.Key, read func(at spot) (T, error)) (out T, err error) {
	if err := ctx.Err(); err != nil {
		return out, err
	}
	for {
		l.mu.Lock()
		changed := l.changed
		l.mu.Unlock()
		at, err := l.spot(key)
		if errors.Is(err, errOpening) {
			select {
			case <-changed:
				continue
			case <-ctx.Done():
				return out, ctx.Err()
			}
		}
		if err != nil {
			return out, err
		}
		if out, err = read(at); err == nil || ctx.Err() != nil {
			return out, err
		}
		if now, e := l.spot(key); e != nil || now.shard == at.shard {
			return out, err
		}
	}
}

// spot is where a cable is kept at one moment.
type spot struct {
	key   model.Key
	row   row
	file  string       // path of its file
	shard *shard       // that has its text; nil while none has
	batch batch        // in it
	loose model.Source // where it was read, while no shard knows
}

// path is what a reader knows the place by.
func (at *spot) path() string {
	t := table{paths: []string{at.file}}
	return t.path(&row{entry: at.row.entry})
}

func (l *Library) spot(key model.Key) (at spot, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := &l.held
	i := int(key) - 1
	if i < 0 || i >= len(h.rows) || h.rows[i].dead {
		return at, ErrNoCable
	}
	at.key, at.row = key, h.rows[i]
	at.file = h.files.list[at.row.file].path
	var stored bool
	if at.batch, stored = h.batch(int(key)); !stored {
		at.loose = h.loose[int(key)]
		return at, nil
	}
	if h.opening {
		return at, errOpening
	}
	if len(h.shards) == 0 {
		return at, errClosed
	}
	at.shard = h.shards[at.batch.shard]
	return at, nil
}

var errClosed = errors.New("the collection is closed")

// errOpening says that rows are shown the texts of which cannot be read yet.
var errOpening = errors.New("the index is being opened")

// source leads to the bytes of a cable.
func (l *Library) source(ctx context.Context, at spot) (model.Source, error) {
	from := at.loose
	if at.shard != nil {
		places, err := l.places(ctx, at.shard, at.batch)
		if err != nil {
			return from, fmt.Errorf("find the source of %s: %w", at.path(), l.spoilt(err))
		}
		from = places[int(at.key)-at.batch.first]
	}
	from.Path = at.file
	from.Entry = at.row.entry
	return from, nil
}

// lately is the places of one batch, so that reading through a list does not
// unpack them for each cable.
type lately struct {
	sync.Mutex
	shard  *shard
	seq    int
	places []model.Source
}

func (l *Library) places(ctx context.Context, s *shard, b batch) ([]model.Source, error) {
	l.lately.Lock()
	defer l.lately.Unlock()
	if l.lately.shard == s && l.lately.seq == b.seq {
		return l.lately.places, nil
	}
	u, err := s.pack(ctx, "places", b)
	if err != nil {
		return nil, err
	}
	places := make([]model.Source, b.n)
	for i := range places {
		places[i] = u.place()
	}
	if u.bad {
		return nil, errDamaged
	}
	l.lately.shard, l.lately.seq, l.lately.places = s, b.seq, places
	return places, nil
}
