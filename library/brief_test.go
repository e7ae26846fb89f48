package library

import "testing"

// A collection that is opened for one question leaves an index that the next
// opening has whole, and merges nothing; whoever opens it for longer does.
func TestOpenedForOneQuestion(t *testing.T) {
	o := Options{Name: "x", Paths: []string{made(t, 60, 4)}, Cache: t.TempDir(), Brief: true, hooks: hooks{batch: 8}}
	state := func(o Options) (tidy int, snapped bool) {
		t.Helper()
		l := Open(t.Context(), o)
		if _, err := l.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		l.Close() // at once, as a command does that has its answer
		return l.held.tidy, l.held.snapped
	}
	if tidy, _ := state(o); tidy != 0 || !sealed(indexFolder(t, o)) {
		t.Errorf("after the first question %d batches are merged, sealed: %v", tidy, sealed(indexFolder(t, o)))
	}
	if _, snapped := state(o); !snapped {
		t.Error("the second question reads the batches")
	}
	o.Brief = false
	l := opened(t, Open(t.Context(), o))
	if _, err := l.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	if l.held.tidy == 0 || !sealed(indexFolder(t, o)) {
		t.Errorf("opened for longer %d batches are merged, sealed: %v", l.held.tidy, sealed(indexFolder(t, o)))
	}
	l.Close()
	if tidy, snapped := state(o); tidy == 0 || !snapped {
		t.Errorf("then %d batches are merged, read from the snapshot: %v", tidy, snapped)
	}
}
