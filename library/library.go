// Package library holds a collection: what was read, in what order, and how
// to get each cable back. This first one lives in memory and keeps rows, not
// texts; a cable is read again from its source when it is opened.
package library

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"time"

	"chancery/model"
	"chancery/parser"
	"chancery/parser/source"
)

// ErrNoCable says that a key names no cable of the collection.
var ErrNoCable = errors.New("there is no such cable in the collection")

// Memory is a collection opened by reading all of it once. Its methods may be
// called from several goroutines, also while it is still being read.
type Memory struct {
	name string
	set  *source.Set
	stop context.CancelFunc
	end  chan struct{} // closed when reading is over

	mu      sync.Mutex
	rows    []row                  // by key, which counts from 1; rows are only added
	places  []place                // beside rows
	first   map[[32]byte]model.Key // the first cable with these bytes
	ids     map[string]model.Key   // the first cable with this id
	state   model.Progress         // what Progress says; Receipt is filled as we go
	changed chan struct{}          // closed and made anew when the version rises

	sorting sync.Mutex
	orders  map[model.Order]*order
}

// place is what is kept to find a cable's source again.
type place struct {
	path, entry     string
	entryAt         int64
	offset, length  int64
	index           int
	format, charset string
	sum             [32]byte
	bytes           int
}

// Open begins to read files and folders as one collection and comes back at
// once. Reading goes on until all is read, ctx ends or Close is called.
func Open(ctx context.Context, name string, paths ...string) *Memory {
	return open(ctx, name, &source.Set{Paths: paths})
}

// OpenSet is Open for a set with its own standard input and limits.
func OpenSet(ctx context.Context, name string, set *source.Set) *Memory { return open(ctx, name, set) }

// OpenFS is Open for everything in a file system, such as the sample that is
// embedded in the program.
func OpenFS(ctx context.Context, name string, files fs.FS) *Memory {
	return open(ctx, name, &source.Set{Paths: []string{"."}, FS: files})
}

func open(ctx context.Context, name string, set *source.Set) *Memory {
	ctx, stop := context.WithCancel(ctx)
	m := &Memory{
		name: name, set: set, stop: stop, end: make(chan struct{}),
		first: map[[32]byte]model.Key{}, ids: map[string]model.Key{},
		state:   model.Progress{Version: 1, Name: name},
		changed: make(chan struct{}),
		orders:  map[model.Order]*order{},
	}
	go m.read(ctx)
	return m
}

// Close ends reading and waits until no cable is taken in any more. A file
// that is being read at that moment is let go and not waited for: standard
// input may never end.
func (m *Memory) Close() {
	m.stop()
	<-m.end
}

// Wait waits until the collection is read whole and gives the receipt.
func (m *Memory) Wait(ctx context.Context) (model.Receipt, error) {
	select {
	case <-m.end:
	case <-ctx.Done():
		return model.Receipt{}, ctx.Err()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.state.Receipt, m.state.Err
}

// found is what a worker makes of one item: small, so that texts do not pile
// up before the collection takes the rows in order.
type found struct {
	row   row
	place place
	ok    bool
}

// pace is how long the version stays while reading goes on. A screen draws no
// faster than that; and because each new version makes it ask for a list that
// costs more the longer it is, a long list changes less often.
func pace(rows int) time.Duration {
	return 50*time.Millisecond + time.Duration(rows)*time.Microsecond
}

func (m *Memory) read(ctx context.Context) {
	defer close(m.end)
	last := time.Time{}
	err := source.Map(ctx, m.set, work, func(it source.Item, f found) error {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.take(it, f)
		if now := time.Now(); now.Sub(last) >= pace(len(m.rows)) {
			last = now
			m.publish()
		}
		return nil
	})
	m.mu.Lock()
	defer m.mu.Unlock()
	m.state.Receipt.Sort()
	m.state.Done, m.state.Err, m.state.Current = true, err, ""
	m.publish()
}

// work parses one message in a worker.
func work(it source.Item) found {
	if it.Refusal != nil {
		return found{}
	}
	c := Parse(it.Message)
	f := found{row: rowOf(c), ok: true}
	s := c.Source
	f.place = place{
		path: s.Path, entry: s.Entry, entryAt: s.EntryAt, offset: s.Offset, length: s.Length, index: s.Index,
		format: s.Format, charset: s.Charset, bytes: s.Bytes,
	}
	_, _ = hex.Decode(f.place.sum[:], []byte(c.Source.SHA256))
	return f
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

// take adds one item. The lock is held.
func (m *Memory) take(it source.Item, f found) {
	r := &m.state.Receipt
	r.Items++
	if it.First {
		r.Files++
		m.state.Files++
	}
	if it.Refusal != nil {
		r.Refuse(*it.Refusal)
		m.state.Current = it.Refusal.Path
		return
	}
	key := model.Key(len(m.rows) + 1)
	f.row.Key = key
	if _, known := m.first[f.place.sum]; known {
		f.row.Copy = true
		r.Copies++
	} else {
		m.first[f.place.sum] = key
	}
	if f.row.ID != "" {
		if _, known := m.ids[f.row.ID]; !known {
			m.ids[f.row.ID] = key
		}
	}
	m.rows = append(m.rows, f.row)
	m.places = append(m.places, f.place)
	r.Cables++
	r.Bytes += int64(f.place.bytes)
	m.state.Cables++
	m.state.Current = f.row.Path
}

// publish raises the version and wakes those who wait. The lock is held.
func (m *Memory) publish() {
	m.state.Version++
	close(m.changed)
	m.changed = make(chan struct{})
}

// Progress waits until the collection's version is above after, and tells
// how far reading is. It returns at once when reading is over.
func (m *Memory) Progress(ctx context.Context, after int) (model.Progress, error) {
	for {
		m.mu.Lock()
		p, changed := m.state, m.changed
		m.mu.Unlock()
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

// Find gives the key of the first cable with this id, in any spelling that
// names it; false when none is held (yet).
func (m *Memory) Find(ctx context.Context, id string) (model.Key, bool, error) {
	if err := ctx.Err(); err != nil {
		return 0, false, err
	}
	if canonical, ok := model.CanonicalID(id); ok {
		id = canonical
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	key, ok := m.ids[id]
	return key, ok, nil
}

// Cable reads one cable whole, from its source. A source that was changed or
// taken away since is an error that says so.
func (m *Memory) Cable(ctx context.Context, key model.Key) (*model.Cable, error) {
	from, err := m.source(key)
	if err != nil {
		return nil, err
	}
	msg, err := m.set.Message(ctx, from)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from.Path, err)
	}
	return Parse(msg), nil
}

// Raw gives the bytes of the cable's source as they are on disk.
func (m *Memory) Raw(ctx context.Context, key model.Key) ([]byte, error) {
	from, err := m.source(key)
	if err != nil {
		return nil, err
	}
	b, err := m.set.Raw(ctx, from)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from.Path, err)
	}
	return b, nil
}

func (m *Memory) source(key model.Key) (model.Source, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if key < 1 || int(key) > len(m.rows) {
		return model.Source{}, ErrNoCable
	}
	p := m.places[key-1]
	return model.Source{
		Path: p.path, Entry: p.entry, EntryAt: p.entryAt, Index: p.index, Offset: p.offset, Length: p.length, Format: p.format, Charset: p.charset,
		SHA256: hex.EncodeToString(p.sum[:]), Bytes: p.bytes,
	}, nil
}
