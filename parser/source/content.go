package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"chancery/model"
)

// content is a file that is open for reading at any place. It is looked at
// again once it is open: it may have become something else since the folder
// was listed.
type content struct {
	io.ReaderAt
	size int64
	file io.Closer
}

func (c *content) Close() {
	if c.file != nil {
		_ = c.file.Close() // it was only read
	}
}

// all reads the content from its start.
func (c *content) all() *io.SectionReader { return io.NewSectionReader(c, 0, c.size) }

// form gives the first bytes and the form they show. A zip archive may be
// known by its end alone: when it is the last part of several, or its start is
// damaged.
func (c *content) form() (head []byte, f form, err error) {
	head, err = c.stretch(0, sniffed)
	if err != nil {
		return nil, formText, err
	}
	f = formOf(head)
	if f == formText && looksBinary(head) {
		tail, err := c.stretch(max(0, c.size-endRecord), endRecord)
		if err == nil && len(tail) == endRecord && string(tail[:4]) == "PK\x05\x06" {
			f = formZip
		}
	}
	return head, f, nil
}

// stretch reads bytes of the content; fewer where it ends before.
func (c *content) stretch(at, length int64) ([]byte, error) {
	if at < 0 || at > c.size {
		return nil, ErrChanged
	}
	b := make([]byte, min(length, c.size-at))
	n, err := c.ReadAt(b, at)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, plain(err)
	}
	return b[:n], nil
}

// open opens a file of the set. Errors are sentences for the reader, without
// the path.
func (s *Set) open(path string) (*content, error) {
	if path == Stdin && s.FS == nil {
		b, err := s.stdin()
		if err != nil {
			return nil, err
		}
		return held(b), nil
	}
	f, err := s.tree().open(path)
	if err != nil {
		return nil, plain(err)
	}
	st, err := f.Stat()
	switch {
	case err != nil:
		err = plain(err)
	case !st.Mode().IsRegular():
		err = errors.New(kindOf(st.Mode()))
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	if at, ok := f.(io.ReaderAt); ok {
		return &content{at, st.Size(), f}, nil
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, s.limits().Text+1))
	if err != nil {
		return nil, plain(err)
	}
	return held(b), nil
}

func held(b []byte) *content { return &content{ReaderAt: bytes.NewReader(b), size: int64(len(b))} }

// stdin reads standard input once and keeps it, because it may be asked for
// again when its cables are opened. Of a single text no more is kept than a
// text may have.
func (s *Set) stdin() ([]byte, error) {
	s.once.Do(func() {
		in, l := s.Stdin, s.limits()
		if in == nil {
			in = os.Stdin
		}
		b, err := io.ReadAll(io.LimitReader(in, sniffed))
		most := l.Text
		if streamed(b) {
			most = l.Input
		}
		if err == nil && len(b) == sniffed {
			var rest []byte
			rest, err = io.ReadAll(io.LimitReader(in, most+1-sniffed))
			b = append(b, rest...)
		}
		switch {
		case err != nil:
			s.err = plain(err)
		case int64(len(b)) > most && most == l.Input:
			s.err = fmt.Errorf("standard input is kept in memory, and this is more than %s: save it as a file and open that", amount(most))
		case int64(len(b)) > most:
			s.err = tooLarge(b[:min(len(b), sniffed)], l.Text)
		default:
			s.piped = b
		}
	})
	return s.piped, s.err
}

// tooLarge is the refusal of something too large to be read whole. What its
// first bytes show it to be is said instead, when they show anything.
func tooLarge(head []byte, most int64) error {
	if f := formOf(head); f == formOther {
		return knownError(otherForm(head))
	}
	return sentence(fmt.Sprintf("it is larger than the %s that one text may have, and of no known form", amount(most)))
}

// amount writes a limit for people.
func amount(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// knownError is the sentence for something that was known for what it is, and
// is no cable: nothing of it is left unread.
type knownError string

func (e knownError) Error() string { return string(e) }

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

// unreadItem says that something could not be read, or what it is instead.
func unreadItem(src model.Source, err error) Item {
	var known knownError
	fate := model.Unread
	switch {
	case errors.As(err, &known):
		fate = model.NotCable
	case errors.Is(err, errTotal), errors.Is(err, errRatio), errors.Is(err, errEntries), errors.Is(err, errOverlap):
		fate = model.Refused
	}
	return refusal(src, fate, err.Error())
}

// refusal is an item that gives no cable.
func refusal(src model.Source, fate model.Fate, why string) Item {
	path := src.Path
	if src.Entry != "" {
		path += "/" + src.Entry
	}
	return Item{Refusal: &model.Refusal{Path: path, Why: why, Fate: fate}}
}
