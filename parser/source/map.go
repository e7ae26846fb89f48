package source

import (
	"context"
	"runtime"
)

// Map walks a set, does work on each item on all cores, and gives item and
// result to found one after the other, in the order of the input. At most a
// few items a core are held at a time, however slow found is.
//
//	places ─► jobs ─► workers (read, decode, work)
//	      └─► queue of results in order ─► found
func Map[T any](ctx context.Context, s *Set, work func(Item) T, found func(Item, T) error) error {
	type result struct {
		item  Item
		out   T
		fault any // what work panicked with
	}
	type job struct {
		place place
		done  chan result
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()

	cores := runtime.GOMAXPROCS(0)
	jobs := make(chan job)
	queue := make(chan chan result, 4*cores)
	for range cores {
		go func() {
			for j := range jobs {
				func() {
					var r result
					defer func() {
						r.fault = recover()
						j.done <- r
					}()
					r.item = s.item(j.place)
					r.out = work(r.item)
				}()
			}
		}()
	}
	var walked error // written before queue is closed, read after
	go func() {
		defer close(queue)
		defer close(jobs)
		walked = s.places(ctx, func(p place) error {
			j := job{p, make(chan result, 1)}
			select {
			case queue <- j.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
			return nil
		})
	}()
	for done := range queue {
		select {
		case r := <-done:
			if r.fault != nil {
				panic(r.fault) // where the caller can catch it
			}
			if err := found(r.item, r.out); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if walked != nil {
		return walked
	}
	return ctx.Err()
}
