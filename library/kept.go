package library

import (
	"context"
	"slices"
	"sync"
)

// What is asked of a view is often asked again: the words typed before another
// was added, the list in another order, the counts beside the list. So what
// was found is kept, with the view it was found in and no longer than that.
const (
	setsKept     = 96 // of 31 kB each at 251,287 cables
	findsKept    = 12
	countersKept = 12
)

// kept is what was found out about a view. Who asks what another is asking
// already waits for that answer.
type kept struct {
	sets     recent[bitset]   // by what was asked: words of the full text, fields
	finds    recent[*find]    // by the text of a query
	counters recent[*counter] // by field
	terms    recent[*termFinder]
	works    recent[*worked]  // by the version of the desk
	handles  recent[*handles] // one
	graphs   recent[*graph]   // one
	ends     recent[*placed]  // of each shard, where paragraphs end
}

func newKept() *kept {
	return &kept{
		sets:     recent[bitset]{most: setsKept},
		finds:    recent[*find]{most: findsKept},
		counters: recent[*counter]{most: countersKept},
		terms:    recent[*termFinder]{most: countersKept},
		ends:     recent[*placed]{most: shardCount},
	}
}

// recent keeps what was made last, by key.
type recent[T any] struct {
	most int // 0 is 1
	mu   sync.Mutex
	made []*making[T] // the one asked for last stands at the end
}

// making is something that is being made, or was.
type making[T any] struct {
	key  string
	done chan struct{} // closed when it is made, or failed
	out  T
	err  error
}

// get gives what is kept under a key, or makes it. What was called off or
// failed is not kept; others who waited for it make it themselves.
func (r *recent[T]) get(ctx context.Context, key string, create func() (T, error)) (T, error) {
	for {
		m, mine := r.entry(key)
		if mine {
			m.out, m.err = create()
			if m.err != nil {
				r.drop(m)
			}
			close(m.done)
			return m.out, m.err
		}
		select {
		case <-m.done:
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		}
		if m.err == nil {
			return m.out, nil
		}
		if err := ctx.Err(); err != nil {
			return m.out, err
		}
	}
}

// entry gives what stands under a key; mine says that the caller is to make it.
func (r *recent[T]) entry(key string) (m *making[T], mine bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := slices.IndexFunc(r.made, func(m *making[T]) bool { return m.key == key }); i >= 0 {
		m = r.made[i]
		r.made = append(slices.Delete(r.made, i, i+1), m)
		return m, false
	}
	m = &making[T]{key: key, done: make(chan struct{})}
	if most := max(r.most, 1); len(r.made) >= most {
		r.made = slices.Delete(r.made, 0, len(r.made)-most+1)
	}
	r.made = append(r.made, m)
	return m, true
}

func (r *recent[T]) drop(m *making[T]) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := slices.Index(r.made, m); i >= 0 {
		r.made = slices.Delete(r.made, i, i+1)
	}
}

// turn is a lock that nobody waits for longer than he wants the answer.
type turn chan struct{}

func newTurn() turn { return make(turn, 1) }

func (t turn) take(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t turn) give() { <-t }
