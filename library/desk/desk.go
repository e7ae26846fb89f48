package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"time"

	"chancery/model"
)

// Names of files in the folder.
const (
	journalName = "journal.jsonl"
	oldName     = "journal.old.jsonl"
	lockName    = "lock"
	holderName  = "holder.json"
)

// Why nothing can be written. What was done before is safe in each case.
var (
	ErrHeld     = errors.New("the desk is held by another")
	ErrReadOnly = errors.New("the desk was opened read-only")
	ErrNewer    = errors.New("the journal was written by a newer chancery")
	ErrNotKept  = errors.New("not kept, all before is safe")
	ErrClosed   = errors.New("the desk is closed")
)

// Options is what a desk needs to know.
type Options struct {
	Dir      string           // the folder of this collection's desk, which need not be there yet
	Reader   string           // whose work it is
	ReadOnly bool             // nothing is to be written, not even the lock
	Now      func() time.Time // nil: the clock
	Program  string           // the version of the program, for the journal

	files   files // nil: the folder
	compact int   // bytes of a journal that are worth compacting; 0: a sensible number
}

// Desk is a reader's work on a collection. It may be used by several
// goroutines at once.
type Desk struct {
	files    files
	now      func() time.Time
	reader   string
	program  string
	readOnly bool
	compact  int64

	writing sync.Mutex // held while disk is read or written; guards what follows
	unlock  func() error
	asked   time.Time // when we tried to take it last
	file    file      // the journal, while we hold the desk and there is one
	good    int64     // bytes of it that are whole lines
	lines   int       // of it
	last    []byte    // the last of them, to see whether it is still the same file
	unended bool      // that one has no end of line
	torn    bool      // after them may stand the rest of a line that was not kept
	tail    []byte    // after them stands this, which must be put aside
	newer   int       // the format, if it is not ours
	cannot  error     // why it cannot be added to, though we held the desk
	seen    fs.FileInfo
	base    int64 // bytes of it that say what was there before the steps
	tried   int64 // its bytes when it could not be compacted
	damaged [][]byte
	closed  bool

	mu      sync.RWMutex // guards what follows, which is changed with writing held only
	st      *state
	held    string
	notices []string
	changed chan struct{} // closed at the next change
}

// Open opens a desk. If another process holds it, or its folder cannot be
// written, it is read-only and its state says so.
func Open(ctx context.Context, o Options) (*Desk, error) {
	d := &Desk{
		files: o.files, now: o.Now, reader: o.Reader, program: o.Program, readOnly: o.ReadOnly,
		compact: int64(o.compact), st: newState(), changed: make(chan struct{}),
	}
	if d.files == nil {
		d.files = folder(o.Dir)
	}
	if d.now == nil {
		d.now = time.Now
	}
	if d.compact == 0 {
		d.compact = 2 << 20
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	d.writing.Lock()
	defer d.writing.Unlock()
	if err := d.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("open the desk: %w", err), d.leave())
	}
	return d, nil
}

// begin takes the lock, if it can be had, and reads the journal.
func (d *Desk) begin() error {
	held := "opened to be read only, as asked"
	if !d.readOnly {
		held = d.why(d.take())
	}
	d.setHeld(held)
	if err := d.load(); err != nil {
		return err
	}
	if d.unlock != nil {
		d.compactIfWorth()
	}
	return nil
}

// why says why nothing can be written, as it goes on after "your work is"; "" if
// it can.
func (d *Desk) why(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, ErrHeld):
		return "held by " + d.heldBy()
	}
	var at *fs.PathError
	if errors.As(err, &at) { // without what was tried there
		return "in a folder that cannot be written (" + at.Path + ": " + at.Err.Error() + ")"
	}
	return "in a folder that cannot be written (" + err.Error() + ")"
}

// notKept says that an act is not on disk, and why. The path is left out: it is
// long, and what can be done about it has to fit on the same line.
func notKept(err error) error {
	if at, ok := err.(*fs.PathError); ok {
		err = at.Err
	}
	return fmt.Errorf("%w: %w", ErrNotKept, err)
}

// Close gives the desk back to others. All is on disk before.
func (d *Desk) Close() error {
	d.writing.Lock()
	defer d.writing.Unlock()
	if d.closed {
		return nil
	}
	d.closed = true
	d.wake()
	return errors.Join(d.shut(), d.leave())
}

// shut closes the journal.
func (d *Desk) shut() error {
	if d.file == nil {
		return nil
	}
	f := d.file
	d.file = nil
	return f.Close()
}

// State gives all of the reader's work. What it holds is not to be changed.
func (d *Desk) State(ctx context.Context) (model.DeskState, error) {
	if err := ctx.Err(); err != nil {
		return model.DeskState{}, err
	}
	if err := d.follow(); err != nil {
		return model.DeskState{}, err
	}
	return d.state(), nil
}

func (d *Desk) state() model.DeskState {
	d.mu.RLock()
	defer d.mu.RUnlock()
	works := make(map[string]model.Work, len(d.st.works))
	for key, e := range d.st.works {
		works[key] = e.Work
	}
	return model.DeskState{
		Version: d.st.step, Reader: d.reader, Works: works, Briefs: d.st.briefs,
		Undo: len(d.st.undo), Redo: len(d.st.redo), Held: d.held, Notice: strings.Join(d.notices, "; "),
	}
}

// Of gives the work on a cable, as it is in memory: under its id, or else
// under any name that the same bytes had.
func (d *Desk) Of(h model.Handle) (model.Work, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	e := d.st.works[h.ID]
	if e == nil && h.Sum != "" {
		e = d.st.works[d.st.sums[h.Sum]]
	}
	if e == nil {
		return model.Work{}, false
	}
	return e.Work, true
}

// Each gives all works, as they are in memory, in no order. They are not to be
// changed.
func (d *Desk) Each(f func(*model.Work)) {
	d.mu.RLock()
	works := make([]*model.Work, 0, len(d.st.works))
	for _, e := range d.st.works {
		works = append(works, &e.Work)
	}
	d.mu.RUnlock()
	for _, w := range works {
		f(w)
	}
}

// Version changes with every change.
func (d *Desk) Version() int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.st.step
}

// setHeld says who holds the desk.
func (d *Desk) setHeld(by string) {
	d.mu.Lock()
	same := d.held == by
	d.held = by
	d.mu.Unlock()
	if !same {
		d.wake()
	}
}

// wake wakes those who wait for a change.
func (d *Desk) wake() {
	d.mu.Lock()
	defer d.mu.Unlock()
	close(d.changed)
	d.changed = make(chan struct{})
}
