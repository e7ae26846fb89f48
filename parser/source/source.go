// Package source finds the cables in what a user has on disk: pages saved as
// text, HTML pages, raw messages, folders of these, standard input. It decides
// by content, never by name, reads as a stream, writes nothing and follows no
// symbolic link.
package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"

	"chancery/model"
	"chancery/parser"
)

// MaxFile is the size in bytes up to which one file is read as a cable
// (safety A3); the longest cables known have some 400 kB.
const MaxFile = 16 << 20

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
	Unread  bool // the refusal is of something that could not be read, not of something that is no cable
}

// Set is what a user points at: paths on disk (or inside FS, if that is
// given), each a file or a folder; "-" is standard input.
type Set struct {
	Paths []string
	FS    fs.FS     // nil: the machine's own files
	Stdin io.Reader // nil: os.Stdin

	once  sync.Once
	piped []byte // standard input, which can be read only once
	err   error
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

// Raw gives the bytes of the source of a cable that this set gave; ErrChanged
// when they are no longer those that were parsed.
func (s *Set) Raw(ctx context.Context, from model.Source) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b, err := s.bytes(from.Path)
	if err != nil {
		return nil, err
	}
	if from.SHA256 != "" && hash(b) != from.SHA256 {
		return nil, ErrChanged
	}
	return b, nil
}

// Message reads a cable's source again, for parsing it whole.
func (s *Set) Message(ctx context.Context, from model.Source) (parser.Message, error) {
	b, err := s.Raw(ctx, from)
	if err != nil {
		return parser.Message{}, err
	}
	// It was taken for a cable once and its bytes are the same: only a name
	// given by the user is judged so mildly that the answer is the same again.
	it := read(b, from.Path, true)
	if it.Refusal != nil {
		return parser.Message{}, errors.New(it.Refusal.Why)
	}
	return it.Message, nil
}

// bytes reads a file of the set, up to MaxFile. Errors are sentences for the
// reader, without the path.
func (s *Set) bytes(path string) ([]byte, error) {
	if path == Stdin && s.FS == nil {
		return s.stdin()
	}
	f, err := s.tree().open(path)
	if err != nil {
		return nil, plain(err)
	}
	defer f.Close()
	// The file is looked at again now that it is open: it may have become
	// something else since the folder was listed.
	if st, err := f.Stat(); err != nil {
		return nil, plain(err)
	} else if !st.Mode().IsRegular() {
		return nil, errors.New(kindOf(st.Mode()))
	} else if st.Size() > MaxFile {
		head := make([]byte, sniffed)
		n, _ := io.ReadFull(f, head)
		return nil, tooLarge(head[:n], st.Size())
	}
	b, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err != nil {
		return nil, plain(err)
	}
	if len(b) > MaxFile {
		return nil, tooLarge(b, int64(len(b)))
	}
	return b, nil
}

// stdin reads standard input once and keeps it, because it may be asked for
// again when its cable is opened.
func (s *Set) stdin() ([]byte, error) {
	s.once.Do(func() {
		in := s.Stdin
		if in == nil {
			in = os.Stdin
		}
		b, err := io.ReadAll(io.LimitReader(in, MaxFile+1))
		switch {
		case err != nil:
			s.err = plain(err)
		case len(b) > MaxFile:
			s.err = tooLarge(b, int64(len(b)))
		default:
			s.piped = b
		}
	})
	return s.piped, s.err
}

// sizeError is the refusal of something too large to be read whole. What its
// first bytes show it to be is said instead, when they show anything.
type sizeError struct {
	what string // a sentence when the form is known
	size int64
}

func (e sizeError) Error() string {
	if e.what != "" {
		return e.what
	}
	return fmt.Sprintf("it is larger than the %d MB that one text may have, and of no known form", MaxFile>>20)
}

func tooLarge(head []byte, size int64) error {
	return sizeError{what: otherForm(head), size: size}
}

// plain says what an error of the file system means, without the path and the
// name of a system call.
func plain(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errNone
	case errors.Is(err, fs.ErrPermission):
		return errForbidden
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return fmt.Errorf("it cannot be read: %w", pe.Err)
	}
	return fmt.Errorf("it cannot be read: %w", err)
}

var (
	errNone      = errors.New("there is no such file or folder")
	errForbidden = errors.New("it may not be read: permission denied")
)

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
