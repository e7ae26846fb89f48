// Package source finds the cables in what a user has on disk: pages saved as
// text, HTML pages, raw messages, tables of comma-separated values, files of
// several messages, archives and packed files of these, folders, standard
// input. It decides by content, never by name, reads as a stream, unpacks
// nothing to disk, writes nothing and follows no symbolic link.
package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"sync"

	"chancery/model"
	"chancery/parser"
)

// Stdin is the path that means standard input.
const Stdin = "-"

// ErrChanged says that a source is no longer what it was when it was first
// read: spans into its text would point to the wrong places.
var ErrChanged = errors.New("the file has changed since it was read; open the collection again")

// Item is one thing found: a message, or a refusal that says in one sentence
// why there is none.
type Item struct {
	Message parser.Message
	Refusal *model.Refusal
	First   bool // of its file
}

// Set is what a user points at: paths on disk (or inside FS, if that is
// given), each a file or a folder; "-" is standard input.
type Set struct {
	Paths  []string
	FS     fs.FS     // nil: the machine's own files
	Stdin  io.Reader // nil: os.Stdin
	Limits Limits    // zero: DefaultLimits

	// Known is asked of each file before it is read: true leaves it out. It may
	// be nil, and is called in the order of the walk, from one goroutine.
	Known func(path string, info fs.FileInfo) bool

	// Pause is called on the goroutines that Map works on before each task and
	// before work on each item, so that somebody can hold them up. It may be nil.
	Pause func()

	once  sync.Once
	piped []byte // standard input, which can be read only once
	err   error

	known sync.Mutex
	table model.Source // whose layout was learned last, to read its rows again
	rows  layout
}

func (s *Set) limits() Limits {
	if s.Limits == (Limits{}) {
		return DefaultLimits()
	}
	return s.Limits
}

// Walk finds everything below the paths, in order, and gives each to found.
// "-" is standard input. A path that does not exist or cannot be read is a
// refusal, not an error; the error is that of the context or of found.
func Walk(ctx context.Context, paths []string, found func(Item) error) error {
	return (&Set{Paths: paths}).Walk(ctx, found)
}

// Walk is the function Walk for this set.
func (s *Set) Walk(ctx context.Context, found func(Item) error) error {
	return Map(ctx, s, func(it Item) struct{} { return struct{}{} },
		func(it Item, _ struct{}) error { return found(it) })
}

// Raw gives the bytes of the source of a cable, as they are on disk.
func Raw(ctx context.Context, s model.Source) ([]byte, error) {
	return (&Set{}).Raw(ctx, s)
}

// Raw gives the bytes of the source of a cable that this set gave: the file,
// the entry of an archive unpacked, the row of a table with its quotes.
// ErrChanged when they are no longer those that were parsed.
func (s *Set) Raw(ctx context.Context, from model.Source) ([]byte, error) {
	b, _, err := s.again(ctx, from)
	return b, err
}

// Message reads a cable's source again, for parsing it whole.
func (s *Set) Message(ctx context.Context, from model.Source) (parser.Message, error) {
	_, m, err := s.again(ctx, from)
	return m, err
}

// again reads the stretch of bytes that a cable came from and makes its
// message anew. A stretch of a file, of an entry of a zip or of a plain tar is
// found by seeking; what stands in a packed stream is unpacked up to there.
func (s *Set) again(ctx context.Context, from model.Source) (b []byte, m parser.Message, err error) {
	if err := ctx.Err(); err != nil {
		return nil, m, err
	}
	c, err := s.open(from.Path)
	if err != nil {
		return nil, m, err
	}
	defer c.Close()
	r, err := s.reach(c, from)
	if err != nil {
		return nil, m, err
	}
	var it Item
	if from.Format == CablesCSV {
		b, it, err = s.row(c, r, from)
	} else if b, err = stretchOf(r, from, s.limits().Text); err == nil {
		// It was taken for a cable once and its bytes are the same: only a
		// name given by the user is judged so mildly that the answer is the
		// same again.
		if from.SHA256 != "" && sumOf(b) != from.SHA256 {
			return nil, m, ErrChanged
		}
		it = read(b, from, true)
	}
	switch {
	case err != nil:
		return nil, m, err
	case it.Refusal != nil:
		return nil, m, errors.New(it.Refusal.Why)
	case from.SHA256 != "" && it.Message.Source.SHA256 != from.SHA256:
		return nil, m, ErrChanged
	}
	return b, it.Message, nil
}

// row reads a row of a table again. The layout of the last table is kept.
func (s *Set) row(c *content, r io.Reader, from model.Source) ([]byte, Item, error) {
	table := model.Source{Path: from.Path, Entry: from.Entry, EntryAt: from.EntryAt}
	s.known.Lock()
	l, known := s.rows, s.table == table
	s.known.Unlock()
	if !known {
		t := tableOf(r, from, s.limits())
		if !t.learn() {
			return nil, Item{}, ErrChanged
		}
		l = t.layout
		s.known.Lock()
		s.table, s.rows = table, l
		s.known.Unlock()
		var err error
		if r, err = s.reach(c, from); err != nil {
			return nil, Item{}, err
		}
	}
	return l.again(r, from, s.limits().Text)
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
