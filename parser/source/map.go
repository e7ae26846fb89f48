package source

import (
	"context"
	"runtime"
	"sync"
)

// A task is work for one core: it reads something and gives what it found, in
// order. What turns out to hold more than one core should read at once, a
// table or an archive, comes back as the stream of its members instead.
type task interface {
	read(ctx context.Context) (items []Item, more stream)
}

// A stream gives tasks one after the other. It reads as little as possible
// itself: what can be done for each task alone, the task does on its core.
// An error ends the whole walk; what is wrong with a file is a refusal.
type stream func(ctx context.Context, give func(task) error) error

// finding is a task that needs no reading: what is known already.
type finding []Item

func (f finding) read(context.Context) ([]Item, stream) { return f, nil }

// Map walks a set, does work on each item on all cores, and gives item and
// result to found one after the other, in the order of the input. At most a
// few tasks a core are held at a time, however slow found is, and at most one
// container of each depth is read at a time.
//
//	stream of places ─► tasks ─► cores (read, decode, work) ─► results ─┬─► found
//	      └─► queue of results in order ─────────────────────────┘  └─► stream of members ─► tasks ...
func Map[T any](ctx context.Context, s *Set, work func(Item) T, found func(Item, T) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	n := Cores()
	m := &mapping[T]{work: work, found: found, pause: s.Pause, jobs: make(chan job[T]), ahead: 4 * n}
	if m.pause == nil {
		m.pause = func() {}
	}
	for range n {
		go m.core(ctx)
	}
	if err := m.run(ctx, s.places, true); err != nil {
		return err
	}
	return ctx.Err()
}

// Cores is how many goroutines work side by side at what keeps a core busy: as
// many as may run when this is asked first, for a user may have lowered that, and
// the screen raises it above what there is.
func Cores() int { return cores() }

var cores = sync.OnceValue(func() int { return min(runtime.GOMAXPROCS(0), runtime.NumCPU()) })

// mapping is one call of Map.
type mapping[T any] struct {
	work  func(Item) T
	found func(Item, T) error
	pause func()
	jobs  chan job[T]
	ahead int  // tasks of a stream that may be waiting for found
	fresh bool // a file has begun and nothing of it was given yet
}

type job[T any] struct {
	task task
	done chan result[T]
}

type result[T any] struct {
	items []Item
	outs  []T
	more  stream
	fault any // what reading or work panicked with
}

// core works off jobs.
func (m *mapping[T]) core(ctx context.Context) {
	for {
		select {
		case j := <-m.jobs:
			j.done <- m.do(ctx, j.task)
		case <-ctx.Done():
			return
		}
	}
}

func (m *mapping[T]) do(ctx context.Context, t task) (r result[T]) {
	defer func() { r.fault = recover() }()
	m.pause()
	r.items, r.more = t.read(ctx)
	r.outs = make([]T, len(r.items))
	for i, it := range r.items {
		m.pause()
		r.outs[i] = m.work(it)
	}
	return r
}

// run takes the tasks of a stream in order. A task that gave a stream is
// followed by all of that stream. files says that each task is a file.
func (m *mapping[T]) run(ctx context.Context, s stream, files bool) error {
	queue := make(chan chan result[T], m.ahead)
	var failed error // these two are written before queue is closed, read after
	var fault any
	go func() {
		defer close(queue)
		defer func() { fault = recover() }()
		failed = s(ctx, func(t task) error { return m.give(ctx, queue, t) })
	}()
	for done := range queue {
		select {
		case r := <-done:
			m.fresh = m.fresh || files
			if err := m.take(ctx, r); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if fault != nil {
		panic(fault)
	}
	return failed
}

// give hands a task to the cores and its place to the queue.
func (m *mapping[T]) give(ctx context.Context, queue chan<- chan result[T], t task) error {
	j := job[T]{t, make(chan result[T], 1)}
	select {
	case queue <- j.done:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case m.jobs <- j:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

func (m *mapping[T]) take(ctx context.Context, r result[T]) error {
	if r.fault != nil {
		panic(r.fault) // where the caller can catch it
	}
	for i, it := range r.items {
		it.First, m.fresh = m.fresh, false
		if err := m.found(it, r.outs[i]); err != nil {
			return err
		}
	}
	if r.more != nil {
		return m.run(ctx, r.more, false)
	}
	return nil
}
