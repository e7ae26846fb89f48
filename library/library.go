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
	"strings"
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

	mu      sync.Mutex
	state   model.Progress
	changed chan struct{} // closed and made anew when the version rises
	held    held
	seen    *view // the last one taken

	asking  sync.Mutex // over what is derived from a view and kept
	orders  map[model.Order]*order
	ordered int    // the epoch of orders
	derived *graph // of the last view that was asked for it
	answers []*answer
	lately  lately // places of the batch looked at last
	words   struct {
		of   int // cables that could be searched then
		list []string
	}
}

// held is what is known of every cable. The lock of the library is held to
// change it; slices are only appended to, or made anew, so that a copy of the
// struct is a view that does not change.
type held struct {
	shards     []*shard
	rows       []row
	cols       columns
	files      files
	batches    []batch // by first key
	ids        map[string]model.Key
	searchable bitset               // rows whose words are in the shards
	dead       int                  // rows in no list
	loose      map[int]model.Source // places of rows that are in no shard yet
	epoch      int                  // rises when rows that stood already changed
	refused    []model.Refusal      // what belongs to no file
	tidy       int                  // batches at the last merge
	ready      bool                 // facts are loaded: queries can be answered
}

// batch says where consecutive rows are stored.
type batch struct{ seq, first, n, run int }

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
	l.held.shards = nil
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
var ErrStopped = errors.New("reading was stopped; opening the collection again goes on from here")

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
	key, ok := l.held.ids[id]
	return key, ok, nil
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
	var none parser.Message
	if err := ctx.Err(); err != nil {
		return none, err
	}
	r, s, err := l.stored(key)
	if err != nil {
		return none, err
	}
	if s != nil {
		b, err := s.body(ctx, int(key))
		if err == nil {
			var m parser.Message
			if m, err = messageOf(b); err == nil {
				m.Source.Path = l.pathOfFile(r.file)
				return m, nil
			}
		}
		if !errors.Is(err, errNoBody) && !errors.Is(err, errDamaged) {
			return none, fmt.Errorf("read %s: %w", r.Path, err)
		}
	}
	from, err := l.source(ctx, key)
	if err != nil {
		return none, err
	}
	m, err := l.set.Message(ctx, from)
	if err != nil {
		return none, fmt.Errorf("%s: %w", from.Path, err)
	}
	return m, nil
}

// Raw gives the bytes of the cable's source as they are on disk.
func (l *Library) Raw(ctx context.Context, key model.Key) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	from, err := l.source(ctx, key)
	if err != nil {
		return nil, err
	}
	b, err := l.set.Raw(ctx, from)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from.Path, err)
	}
	return b, nil
}

// stored gives a row and the shard that keeps its text; nil while none does.
func (l *Library) stored(key model.Key) (row, *shard, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := int(key) - 1
	if i < 0 || i >= len(l.held.rows) || l.held.rows[i].dead {
		return row{}, nil, ErrNoCable
	}
	b, ok := l.held.batch(int(key))
	if !ok || len(l.held.shards) == 0 {
		return l.held.rows[i], nil, nil
	}
	return l.held.rows[i], l.held.shards[b.seq%shardCount], nil
}

func (l *Library) pathOfFile(file uint32) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held.files.list[file].path
}

// source leads to the bytes of a cable.
func (l *Library) source(ctx context.Context, key model.Key) (model.Source, error) {
	r, s, err := l.stored(key)
	if err != nil {
		return model.Source{}, err
	}
	l.mu.Lock()
	from, loose := l.held.loose[int(key)]
	b, _ := l.held.batch(int(key))
	l.mu.Unlock()
	if !loose {
		if s == nil {
			return model.Source{}, ErrNoCable
		}
		places, err := l.places(ctx, s, b)
		if err != nil {
			return model.Source{}, fmt.Errorf("find the source of %s: %w", r.Path, err)
		}
		from = places[int(key)-b.first]
	}
	from.Path = l.pathOfFile(r.file)
	if entry, ok := strings.CutPrefix(r.Path, from.Path+"/"); ok {
		from.Entry = entry
	}
	return from, nil
}

// lately is the places of one batch, so that reading through a list does not
// unpack them for each cable.
type lately struct {
	seq    int
	places []model.Source
}

func (l *Library) places(ctx context.Context, s *shard, b batch) ([]model.Source, error) {
	l.asking.Lock()
	defer l.asking.Unlock()
	if l.lately.places != nil && l.lately.seq == b.seq {
		return l.lately.places, nil
	}
	u, err := s.pack(ctx, "places", b.seq)
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
	l.lately = lately{b.seq, places}
	return places, nil
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
