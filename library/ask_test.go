package library

import (
	"testing"

	"chancery/model/query"
)

// ask reads a query.
func ask(t testing.TB, text string) *query.Query {
	t.Helper()
	q, err := query.Parse(text, query.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// forget makes the library answer anew: nothing that was found out is kept.
func (l *Library) forget() {
	l.asking.Lock()
	l.answers = nil
	l.asking.Unlock()
	k := l.look().kept
	k.sets.clear()
	k.finds.clear()
	k.counters.clear()
}

func (r *recent[T]) clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.made = nil
}
