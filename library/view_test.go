package library

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"chancery/model"
)

// When an index is opened its rows are there before what queries ask of them:
// a question waits for that, and ends with its context.
func TestQuestionsWaitForTheWholeIndex(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &Library{changed: make(chan struct{}), orders: map[model.Order]*order{}}
		l.held.start(nil)
		l.held.push(&head{Entry: model.Entry{ID: "07ASTANA9900"}}, l.held.files.id(fileName{}))
		l.state.Version = 1

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := l.Links(ctx, "07ANKARA9901"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("before the index is whole: %v", err)
		}
		go func() {
			time.Sleep(time.Second)
			l.mu.Lock()
			defer l.mu.Unlock()
			l.held.cols.skip()
			l.publish()
		}()
		o, err := l.Facets(t.Context(), nil, []string{"year", "tag"}, 9)
		if err != nil || o.All != 1 {
			t.Errorf("then: %+v, %v", o, err)
		}
		if _, n, err := l.Wanted(t.Context(), nil, 9); n != 0 || err != nil {
			t.Errorf("then %d are wanted, %v", n, err)
		}

		l.mu.Lock()
		l.held.push(&head{}, 0)
		l.state.Done = true
		l.publish()
		l.mu.Unlock()
		if _, err := l.Facets(t.Context(), nil, nil, 9); err == nil {
			t.Error("an index that stays in parts is counted")
		}
	})
}
