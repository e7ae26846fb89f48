// Package library holds a collection: what was read, in what order, how to get
// each cable back, and which of them answer a query.
//
// A collection is read once and indexed; the index is kept in the cache folder
// and is disposable. Nothing of the reader's own work is in it, and it is built
// again from the sources whenever it is missing, damaged or of another version.
//
//	sources ─► cores: parse, take facts and words ─► rows in memory ─► list, filters, counts, references
//	                                            └─► batches ─► shards on disk: rows, texts, full text ─► words
package library

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"chancery/model"
	"chancery/parser"
	"chancery/parser/source"
)

// ErrNoCable says that a key names no cable of the collection.
var ErrNoCable = errors.New("there is no such cable in the collection")

// Options says what a collection is and where its index may be kept.
type Options struct {
	Name   string        // what it is called
	Paths  []string      // files and folders; "-" is standard input
	FS     fs.FS         // everything in it instead of Paths, such as the sample
	Stdin  io.Reader     // for "-"; nil: the program's own
	Limits source.Limits // zero: the defaults
	Cache  string        // the folder of indexes; "": the index is kept in memory for as long as the collection is open

	Desk Desk // the reader's own work, which queries may ask for; nil: there is none

	// Brief says that it is opened for one question: what would only make later
	// ones faster is left to whoever opens it for longer.
	Brief bool

	// Keys are those of somebody who works with the collection while it is read,
	// and who then comes first; nil: there is nobody.
	Keys *Keys

	hooks hooks
}

// hooks let tests count what is done, and disturb it.
type hooks struct {
	read   func(path string) // a file is read, because the index does not have it as it is
	parsed func(path string) // a cable is parsed to take it in
	put    func(seq int) error
	looked func() // a cable is read to see whether it answers a query
	batch  int    // rows of a batch, instead of batchRows

	program string // the version of the program, instead of its own
}

// Library is an opened collection. Its methods may be called from several
// goroutines, also while it is still being read.
type Library struct {
	o    Options
	set  *source.Set
	stop context.CancelFunc
	end  chan struct{} // closed when reading is over
	halt chan struct{} // closed when reading is to stop and the rest is to go on
	once sync.Once     // for halt
	dir  string        // of the index, "" when it is in memory

	early *early // what is shown of the index while it is opened; of run alone

	mu      sync.Mutex
	state   model.Progress
	changed chan struct{} // closed and made anew when the version rises
	held    held
	seen    *view // the last one taken

	asking   sync.Mutex // over what is derived from a view and kept
	orders   map[model.Order]*order
	ordered  int // the epoch of orders
	answers  []*answer
	lately   lately // places of the batch looked at last
	spilling sync.Mutex
	words    recent[[]string] // the vocabulary, by the epoch and how many can be searched
}

// held is what is known of every cable. The lock of the library is held to
// change it; slices are only appended to, or made anew, so that a copy of the
// struct is a view that does not change.
type held struct {
	shards     []*shard
	rows       []row
	cols       columns
	files      files
	batches    []batch              // by first key
	ids        *lookup              // rows by their id, the first of each; nil until one is asked for
	searchable bitset               // rows whose words are in the shards
	dead       int                  // rows in no list
	loose      map[int]model.Source // places of rows that are in no shard yet
	stale      map[uint32]int       // rows of a file before this one are to be buried
	epoch      int                  // rises when rows that stood already changed
	refused    []model.Refusal      // what belongs to no file
	run        int                  // the reading that brought something last
	next       int                  // number of the next batch to load
	lost       int                  // of the last batch that is missing
	described  int                  // of the next batch whose facts are not loaded
	tidy       int                  // batches at the last merge
	done       bool                 // it was read whole once, and nothing has come since
	spilt      bool                 // what comes now is held in memory only
	limits     string               // those it was read with
	sorted     []uint32             // rows by date, where the snapshot told; nil: not known
	snapped    bool                 // all of it came from the snapshot, and that still holds
	opening    bool                 // rows of the snapshot are shown; the databases are not open yet
}

// batch says where consecutive rows are stored.
type batch struct{ seq, first, n, run, shard int }

// Open begins to read a collection and comes back at once. Reading goes on
// until all is read, ctx ends or Close is called. It never fails: what is wrong
// with the index or the sources is told by Progress.
func Open(ctx context.Context, o Options) *Library {
	ctx, stop := context.WithCancel(ctx)
	if o.FS != nil {
		o.Paths = []string{"."}
	}
	l := &Library{
		o: o, set: &source.Set{Paths: o.Paths, FS: o.FS, Stdin: o.Stdin, Limits: o.Limits},
		stop: stop, end: make(chan struct{}), halt: make(chan struct{}),
		state:   model.Progress{Version: 1, Name: o.Name},
		changed: make(chan struct{}),
		orders:  map[model.Order]*order{},
	}
	l.held.start(o.Paths)
	go l.run(ctx)
	return l
}

// Close ends reading and waits until no cable is taken in any more. A file
// that is being read at that moment is let go and not waited for: standard
// input may never end.
func (l *Library) Close() {
	l.stop()
	<-l.end
	l.mu.Lock()
	shards := l.held.shards
	l.held.shards, l.held.opening = nil, false
	l.mu.Unlock()
	for _, s := range shards {
		_ = s.close() // nothing is lost: the index is disposable
	}
}

// Stop ends the reading of the sources. What was read stays and can be asked;
// the next opening goes on where this one stopped.
func (l *Library) Stop(ctx context.Context) error {
	l.once.Do(func() { close(l.halt) })
	return ctx.Err()
}

// ErrStopped says that reading ended because somebody stopped it.
var ErrStopped = errors.New("reading was stopped")

// whyStopped is ErrStopped with what comes of it.
func (l *Library) whyStopped() error {
	if l.dir == "" {
		return fmt.Errorf("%w; nothing is kept of it: opening it again begins anew", ErrStopped)
	}
	return fmt.Errorf("%w; opening the collection again goes on from here", ErrStopped)
}

// Wait waits until the collection is read whole and gives the receipt.
func (l *Library) Wait(ctx context.Context) (model.Receipt, error) {
	for after := 0; ; {
		p, err := l.Progress(ctx, after)
		switch {
		case err != nil:
			return model.Receipt{}, err
		case p.Done:
			return p.Receipt, p.Err
		}
		after = p.Version
	}
}

// Progress waits until the collection's version is above after, and tells
// how far reading is. It returns at once when reading is over.
func (l *Library) Progress(ctx context.Context, after int) (model.Progress, error) {
	for {
		l.mu.Lock()
		p, changed := l.state, l.changed
		l.mu.Unlock()
		if !p.Done {
			p.Receipt = model.Receipt{} // still being written
		}
		if p.Done || p.Version > after {
			return p, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return model.Progress{}, ctx.Err()
		}
	}
}

// publish raises the version and wakes those who wait. The lock is held.
func (l *Library) publish() {
	l.held.settle()
	l.state.Version++
	close(l.changed)
	l.changed = make(chan struct{})
}

// Find gives the key of the first cable with this id, in any spelling that
// names it; false when none is held (yet).
func (l *Library) Find(ctx context.Context, id string) (model.Key, bool, error) {
	if err := ctx.Err(); err != nil {
		return 0, false, err
	}
	if canonical, ok := model.CanonicalID(id); ok {
		id = canonical
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	row, ok := l.held.rowOf(id)
	return model.Key(row + 1), ok, nil
}

// Cable reads one cable whole: from the index, which keeps its text, or else
// from its source. A source that was changed or taken away since is an error
// that says so, where the text is not kept.
func (l *Library) Cable(ctx context.Context, key model.Key) (*model.Cable, error) {
	m, err := l.message(ctx, key)
	if err != nil {
		return nil, err
	}
	return Parse(m), nil
}

func (l *Library) message(ctx context.Context, key model.Key) (parser.Message, error) {
	return reading(ctx, l, key, func(at spot) (m parser.Message, err error) {
		if at.shard != nil {
			var b []byte
			if b, err = at.shard.body(ctx, int(key)); err == nil {
				m, err = messageOf(b)
			}
			switch err = l.spoilt(err); {
			case err == nil:
				m.Source.Path = at.file
				return m, nil
			case !errors.Is(err, errNoBody) && !errors.Is(err, errDamaged):
				return m, fmt.Errorf("read %s: %w", at.path(), err)
			}
		}
		from, err := l.source(ctx, at)
		if err != nil {
			return m, err
		}
		if m, err = l.set.Message(ctx, from); err != nil {
			return m, fmt.Errorf("%s: %w", from.Path, err)
		}
		return m, nil
	})
}

// Raw gives the bytes of the cable's source as they are on disk.
func (l *Library) Raw(ctx context.Context, key model.Key) ([]byte, error) {
	return reading(ctx, l, key, func(at spot) ([]byte, error) {
		from, err := l.source(ctx, at)
		if err != nil {
			return nil, err
		}
		b, err := l.set.Raw(ctx, from)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", from.Path, err)
		}
		return b, nil
	})
}

// Parse reads a message. Should the parser fail, which it must not, the cable
// comes back as one block of text rather than be lost.
func Parse(m parser.Message) (c *model.Cable) {
	defer func() {
		if recover() != nil {
			c = unread(m)
		}
	}()
	return parser.Parse(m)
}

func unread(m parser.Message) *model.Cable {
	all := model.Span{Start: m.Start, End: len(m.Text)}
	return &model.Cable{
		Source: m.Source, Text: m.Text, Metadata: m.Metadata,
		Blocks: []model.Block{{Kind: model.Paragraph, Line: 1, Span: all, Text: all.Of(m.Text)}},
		Parts: []model.Part{
			{Kind: model.PartWrapper, Span: model.Span{End: m.Start}, Line: 1, Block: -1},
			{Kind: model.PartBlock, Span: all, Line: 1},
		},
		Problems: []model.Problem{{Code: "internal-fault", Span: all, Text: "the program failed on this cable: its text is shown as it is"}},
	}
}
