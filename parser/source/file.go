package source

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"

	"github.com/klauspost/compress/zstd"

	"chancery/model"
)

// read reads one file: a text, or the stream of what it holds.
func (p place) read(context.Context) ([]Item, stream) {
	src := model.Source{Path: p.path}
	c, err := p.set.open(p.path)
	if err != nil {
		return []Item{unreadItem(src, err)}, nil
	}
	defer c.Close()
	head, f, err := c.form()
	if err != nil {
		return []Item{unreadItem(src, err)}, nil
	}
	l := p.set.limits()
	switch {
	case f == formZip:
		return nil, p.opened(func(c *content) stream { return (&zipFile{place: p, src: src, file: c}).run })
	case f == formTar:
		return nil, p.opened(func(c *content) stream { return (&tarFile{place: p, src: src, file: c}).run })
	case f == formGzip || f == formZstd:
		return nil, p.opened(func(c *content) stream { return (&packedFile{place: p, src: src, file: c, form: f}).run })
	case f == formTable:
		return nil, p.opened(func(c *content) stream { return tableStream(c.all(), src, l) })
	case c.size <= l.Text, isPDF(head) && c.size <= MaxPDF:
		b, err := c.stretch(0, c.size)
		if err != nil {
			return []Item{unreadItem(src, err)}, nil
		}
		return texts(b, src, p.named), nil
	case f == formText && isSeveral(head):
		return nil, p.opened(func(c *content) stream { return severalStream(c.all(), src, p.named, l) })
	}
	return []Item{unreadItem(src, tooLarge(head, l.Text))}, nil
}

// opened is a stream over the file, which is open while it runs.
func (p place) opened(of func(*content) stream) stream {
	return func(ctx context.Context, give func(task) error) error {
		c, err := p.set.open(p.path)
		if err != nil {
			return give(finding{unreadItem(model.Source{Path: p.path}, err)})
		}
		defer c.Close()
		return of(c)(ctx, give)
	}
}

// What stands in an archive or packed file.
const saysNested = "it is an archive within an archive, which is not opened: unpack the outer one and open what comes out"

// entry is a text within an archive that can be reached by itself, so that
// each core unpacks its own.
type entry struct {
	place place
	src   model.Source
	size  int64 // as declared: a hint
	// open gives the unpacked bytes from their start.
	open func(c *content) (io.Reader, error)
}

// entries are several for one core.
type entries []entry

func (es entries) read(ctx context.Context) ([]Item, stream) {
	var items []Item
	c, err := es[0].place.set.open(es[0].place.path)
	if err != nil {
		return []Item{unreadItem(es[0].src, err)}, nil
	}
	defer c.Close()
	for i, e := range es {
		if ctx.Err() != nil {
			break
		}
		got, more := e.read(c)
		items = append(items, got...)
		if more != nil {
			return items, func(ctx context.Context, give func(task) error) error {
				if err := more(ctx, give); err != nil || i+1 == len(es) {
					return err
				}
				return give(es[i+1:])
			}
		}
	}
	return items, nil
}

// read reads an entry whole, or gives the stream of what it holds.
func (e entry) read(c *content) ([]Item, stream) {
	l := e.place.set.limits()
	r, err := e.open(c)
	if err != nil {
		return []Item{unreadItem(e.src, err)}, nil
	}
	items, of, err := member(r, e.src, e.size, l)
	switch {
	case err != nil:
		return append(items, unreadItem(e.src, readError(err))), nil
	case of == nil:
		return items, nil
	}
	return nil, e.place.opened(func(c *content) stream {
		r, err := e.open(c)
		if err != nil {
			return func(_ context.Context, give func(task) error) error { return give(finding{unreadItem(e.src, err)}) }
		}
		return of(r)
	})
}

// member reads an entry from its start: what is in it, or how the rest is to
// be streamed, from a reader that stands at the start again.
func member(r io.Reader, src model.Source, size int64, l Limits) (items []Item, of func(io.Reader) stream, err error) {
	head := make([]byte, 0, min(max(size, 0)+bytes.MinRead, sniffed))
	head, err = readOn(head, r, sniffed)
	if err != nil {
		return partly(head, src, l, err), nil, err
	}
	f := formOf(head)
	switch {
	case f.archive():
		return []Item{refusal(src, model.NotCable, saysNested)}, nil, nil
	case f == formTable:
		return nil, func(r io.Reader) stream { return tableStream(r, src, l) }, nil
	case len(head) < sniffed && int64(len(head)) <= l.Text:
		return texts(head, src, false), nil, nil
	}
	if size > int64(len(head)) && size <= l.Text {
		head = append(make([]byte, 0, size+bytes.MinRead), head...)
	}
	b, err := readOn(head, r, l.Text+1)
	switch {
	case err != nil:
		return partly(b, src, l, err), nil, err
	case int64(len(b)) <= l.Text:
		return texts(b, src, false), nil, nil
	case f == formText && isSeveral(head):
		return nil, func(r io.Reader) stream { return severalStream(r, src, false, l) }, nil
	}
	return nil, nil, tooLarge(b[:min(len(b), sniffed)], l.Text)
}

// partly reads what could be had of a damaged entry, if that is a cable. Of
// what passed a limit nothing is read.
func partly(b []byte, src model.Source, l Limits, err error) []Item {
	if err == errTotal || err == errRatio || int64(len(b)) > l.Text || formOf(b).archive() {
		return nil
	}
	var cables []Item
	for _, it := range texts(b, src, false) {
		if it.Refusal == nil {
			cables = append(cables, it)
		}
	}
	return cables
}

// readOn reads on until most bytes are held or r ends.
func readOn(b []byte, r io.Reader, most int64) ([]byte, error) {
	for int64(len(b)) < most {
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
		n, err := r.Read(b[len(b):min(int64(cap(b)), most)])
		b = b[:len(b)+n]
		if err == io.EOF {
			return b, nil
		}
		if err != nil {
			return b, err
		}
	}
	return b, nil
}

// reach gives a reader that stands at the start of the file, or of the entry,
// that holds a cable.
func (s *Set) reach(c *content, from model.Source) (io.Reader, error) {
	_, f, err := c.form()
	if err != nil {
		return nil, err
	}
	whole := &budget{limits: s.limits()}
	switch f {
	case formZip:
		return openZipped(c, zippedAt(c, from.EntryAt), whole)
	case formTar:
		if from.EntryAt < block {
			return nil, ErrChanged
		}
		return tarEntry(io.NewSectionReader(c, from.EntryAt-block, c.size))
	case formGzip, formZstd:
		r, err := unpack(c.all(), f, whole)
		if err != nil || from.Entry == "" {
			return r, err
		}
		if _, err := io.CopyN(io.Discard, r, from.EntryAt-block); err != nil {
			return nil, readError(err)
		}
		return tarEntry(r)
	}
	return c.all(), nil
}

// stretchOf reads the stretch of a source from a reader that stands at the
// start of its file or entry. A text has at most as many bytes as given.
func stretchOf(r io.Reader, from model.Source, most int64) ([]byte, error) {
	n := from.Length
	if n == 0 {
		n = int64(from.Bytes)
	}
	if n < 0 || from.Offset < 0 {
		return nil, ErrChanged
	}
	if s, ok := r.(io.Seeker); ok {
		if _, err := s.Seek(from.Offset, io.SeekCurrent); err != nil {
			return nil, ErrChanged
		}
	} else if _, err := io.CopyN(io.Discard, r, from.Offset); err != nil {
		return nil, readError(err)
	}
	if from.Format == PDF {
		most = MaxPDF
	}
	if n > most {
		return nil, ErrChanged
	}
	b, err := readOn(make([]byte, 0, n), r, n)
	switch {
	case err != nil && int64(len(b)) < n:
		return nil, readError(err)
	case int64(len(b)) < n:
		return nil, ErrChanged
	case from.Length == 0 && from.Entry == "":
		if more, _ := readOn(nil, r, 1); len(more) > 0 {
			return nil, ErrChanged // it has grown
		}
	}
	return b, nil
}

// readError is the sentence for bytes that cannot be had.
func readError(err error) error {
	var s sentence
	var known knownError
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errCut
	case errors.As(err, &s):
		return s
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		return errWindow
	case errors.As(err, new(*fs.PathError)):
		return plain(err)
	}
	return errDamaged
}

var (
	errCut     = sentence("it is cut short")
	errDamaged = sentence("it is damaged and cannot be unpacked")
	errWindow  = sentence("it is packed with a window larger than 64 MB: unpack it with: zstd -d --long=31 FILE and open what comes out")
	errSum     = sentence("it is damaged: its checksum does not agree with what is in it")
)

// sentence is an error that says in one sentence, without names and numbers,
// what is wrong with a file; so it can be counted.
type sentence string

func (s sentence) Error() string { return string(s) }
