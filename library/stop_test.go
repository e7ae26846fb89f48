package library

import (
	"errors"
	"testing"

	"chancery/model"
)

// What was read before reading was stopped stays, and the next opening reads
// the rest.
func TestStopKeepsWhatWasRead(t *testing.T) {
	path, cache := madeTable(t, 5000), t.TempDir()
	l := Open(t.Context(), Options{Name: "x", Paths: []string{path}, Cache: cache})
	for after := 0; ; {
		p, err := l.Progress(t.Context(), after)
		if err != nil {
			t.Fatal(err)
		}
		if after = p.Version; p.Cables > 0 || p.Done {
			break
		}
	}
	if err := l.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := l.Wait(t.Context())
	page, e := l.List(t.Context(), nil, model.Ask{N: 1})
	if e != nil || page.Total == 0 || page.Total < 5000 && !errors.Is(err, ErrStopped) {
		t.Fatalf("after a stop %d cables, %v, %v", page.Total, err, e)
	}
	if c, err := l.Cable(t.Context(), page.Entries[0].Key); err != nil || c.ID == "" {
		t.Errorf("a cable that was read: %v", err)
	}
	l.Close()
	l = opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{path}, Cache: cache}))
	if r, err := l.Wait(t.Context()); err != nil || r.Cables != 5000 || r.Copies != 0 {
		t.Errorf("the next opening has %+v, %v", r, err)
	}
}
