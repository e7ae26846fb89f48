package source

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"

	"github.com/klauspost/compress/gzip"

	"chancery/model"
)

const (
	block      = 512 // bytes of a tar block
	errTar     = sentence("it is damaged: entries of the archive may be lost; what stands after the damage was read")
	saysSparse = "it is a file with holes, which is not read from an archive: unpack the archive and open what comes out"
)

// isTar knows a tar archive by the checksum of its first header.
func isTar(b []byte) bool {
	if len(b) < block {
		return false
	}
	told, err := strconv.ParseInt(string(bytes.Trim(b[148:156], " \x00")), 8, 32)
	if err != nil {
		return false
	}
	sum := int64(8 * ' ')
	for i, c := range b[:block] {
		if i < 148 || i >= 156 {
			sum += int64(c)
		}
	}
	return sum == told
}

// tarFile is a tar archive, plain or as the stream that a packed one unpacks
// to. Of a plain one the headers are read and each core fetches its own
// entries; a packed one is read from start to end.
type tarFile struct {
	place place
	src   model.Source
	file  *content  // of a plain archive
	in    io.Reader // of a packed one

	names  *names
	held   entries
	kept   keptTexts
	weight int64
	count  int
}

// keptTexts are the texts of entries of a packed archive.
type keptTexts []keptText

type keptText struct {
	src   model.Source
	bytes []byte
}

func (k keptTexts) read(context.Context) (items []Item, _ stream) {
	for _, t := range k {
		items = append(items, texts(t.bytes, t.src, false)...)
	}
	return items, nil
}

func (t *tarFile) run(ctx context.Context, give func(task) error) error {
	t.names = newNames()
	var in io.Reader
	var where func() int64
	if t.file != nil {
		s := t.file.all()
		in, where = s, func() int64 { at, _ := s.Seek(0, io.SeekCurrent); return at }
	} else {
		c := &counter{Reader: t.in}
		in, where = c, func() int64 { return c.n }
	}
	tr := tar.NewReader(in)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		h, err := tr.Next()
		if errors.Is(err, io.EOF) {
			if t.file == nil { // what is packed tells its checksum at its very end
				_, err = io.Copy(io.Discard, in)
			}
			if err == nil || errors.Is(err, io.EOF) {
				break
			}
		}
		if err == nil {
			if err = t.entry(ctx, tr, h, where(), give); err == nil {
				continue
			}
			var body bodyError
			if err == errEnough {
				return nil
			}
			if !errors.As(err, &body) {
				return err
			}
			err = body.error
		}
		if stop, e := t.damaged(err, give); stop || e != nil {
			return e
		}
		first := nextTar(in)
		if first == nil {
			break
		}
		tr = tar.NewReader(&resumed{first: first, in: in})
	}
	if err := t.flush(give); err != nil {
		return err
	}
	if t.count == 0 {
		return give(finding{refusal(t.src, model.NotCable, "the archive is empty")})
	}
	return nil
}

// bodyError is an error of an entry's bytes, after which the archive goes on
// if it can.
type bodyError struct{ error }

// errEnough ends the reading of an archive of which enough was read.
var errEnough = errors.New("enough")

// tarEntry gives the bytes of an entry from a reader that stands at its header.
func tarEntry(r io.Reader) (io.Reader, error) {
	t := tar.NewReader(r)
	if _, err := t.Next(); err != nil {
		return nil, ErrChanged
	}
	return t, nil
}

// damaged says what is wrong with the archive and whether its end is reached.
func (t *tarFile) damaged(err error, give func(task) error) (stop bool, _ error) {
	if e := t.flush(give); e != nil {
		return true, e
	}
	t.count++
	if errors.Is(err, tar.ErrHeader) {
		return false, give(finding{unreadItem(t.src, errTar)})
	}
	return true, give(finding{unreadItem(t.src, readError(err))})
}

// nextTar reads blocks until one is a header; nil at the end.
func nextTar(in io.Reader) []byte {
	b := make([]byte, block)
	for {
		if _, err := io.ReadFull(in, b); err != nil {
			return nil
		}
		if isTar(b) {
			return b
		}
	}
}

// resumed is a reader that gives a block again before what follows it.
type resumed struct {
	first []byte
	in    io.Reader
}

func (r *resumed) Read(p []byte) (int, error) {
	if len(r.first) > 0 {
		n := copy(p, r.first)
		r.first = r.first[n:]
		return n, nil
	}
	return r.in.Read(p)
}

// entry takes an entry whose bytes begin at a place.
func (t *tarFile) entry(ctx context.Context, r io.Reader, h *tar.Header, at int64, give func(task) error) error {
	l := t.place.set.limits()
	if t.count++; t.count > l.Entries {
		if err := t.refuse(t.src, model.Refused, string(errEntries), give); err != nil {
			return err
		}
		return errEnough
	}
	src := t.src
	src.Entry, src.EntryAt = h.Name, at
	if why := unsafeName(h.Name); why != "" {
		return t.refuse(src, model.Refused, why, give)
	}
	switch h.Typeflag {
	case tar.TypeDir, tar.TypeXGlobalHeader:
		t.count--
		return nil
	case tar.TypeLink, tar.TypeSymlink:
		return t.refuse(src, model.Refused, saysLink, give)
	case tar.TypeReg, 0: // the second is how old archives write it
	case tar.TypeGNUSparse:
		return t.refuse(src, model.Unread, saysSparse, give)
	default:
		return t.refuse(src, model.Refused, saysDevice, give)
	}
	if _, sparse := h.PAXRecords["GNU.sparse.major"]; sparse || h.PAXRecords["GNU.sparse.map"] != "" {
		return t.refuse(src, model.Unread, saysSparse, give)
	}
	src.Entry = t.names.label(h.Name)
	if t.file == nil {
		return t.keep(ctx, r, h, src, l, give)
	}
	size := h.Size
	t.held = append(t.held, entry{t.place, src, size, func(c *content) (io.Reader, error) {
		if at+size > c.size {
			return io.MultiReader(io.NewSectionReader(c, at, c.size-at), cutShort{}), nil
		}
		return io.NewSectionReader(c, at, size), nil
	}})
	if t.weight += max(size, 4<<10); t.weight >= batchBytes || len(t.held) >= 64 {
		return t.flush(give)
	}
	return nil
}

// cutShort is the end of a file that should go on.
type cutShort struct{}

func (cutShort) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// keep reads an entry of a packed archive: what is small goes to the next
// core, what is a table is streamed at once.
func (t *tarFile) keep(ctx context.Context, r io.Reader, h *tar.Header, src model.Source, l Limits, give func(task) error) error {
	b, err := readOn(make([]byte, 0, min(max(h.Size, 0)+bytes.MinRead, sniffed)), r, sniffed)
	f := formOf(b)
	switch {
	case err == nil && f.archive():
		return t.refuse(src, model.NotCable, saysNested, give)
	case err == nil && f == formTable, err == nil && f == formText && h.Size > l.Text && isSeveral(b):
		if err := t.flush(give); err != nil {
			return err
		}
		in := &resumed{b, r}
		if f == formTable {
			return tableStream(in, src, l)(ctx, give)
		}
		return severalStream(in, src, false, l)(ctx, give)
	case err == nil && h.Size > l.Text:
		if err := t.flush(give); err != nil {
			return err
		}
		return give(finding{unreadItem(src, tooLarge(b, l.Text))})
	case err == nil && int64(len(b)) < h.Size:
		b, err = readOn(append(make([]byte, 0, h.Size+bytes.MinRead), b...), r, l.Text)
	}
	if err != nil {
		if e := t.flush(give); e != nil {
			return e
		}
		if e := give(finding(append(partly(b, src, l, err), unreadItem(src, readError(err))))); e != nil {
			return e
		}
		return bodyError{err}
	}
	t.kept = append(t.kept, keptText{src, b})
	if t.weight += int64(len(b)); t.weight >= batchBytes || len(t.kept) >= 64 {
		return t.flush(give)
	}
	return nil
}

func (t *tarFile) refuse(src model.Source, fate model.Fate, why string, give func(task) error) error {
	if err := t.flush(give); err != nil {
		return err
	}
	return give(finding{refusal(src, fate, why)})
}

func (t *tarFile) flush(give func(task) error) error {
	t.weight = 0
	if len(t.held) > 0 {
		es := t.held
		t.held = nil
		return give(es)
	}
	if len(t.kept) > 0 {
		k := t.kept
		t.kept = nil
		return give(k)
	}
	return nil
}

// packedFile is a single file packed with gzip or zstandard: a tar archive, a
// table, a text.
type packedFile struct {
	place place
	src   model.Source
	file  *content
	form  form
}

// unpack gives the unpacked bytes of a packed file.
func unpack(in io.Reader, f form, whole *budget) (io.Reader, error) {
	m := &meter{packed: &counter{Reader: in}, whole: whole}
	var err error
	if f == formGzip {
		m.unpacked, err = gzip.NewReader(m.packed)
	} else {
		m.unpacked, err = newZstd(m.packed)
	}
	if err != nil {
		return nil, readError(err)
	}
	return m, nil
}

func (p *packedFile) run(ctx context.Context, give func(task) error) error {
	l := p.place.set.limits()
	r, err := unpack(p.file.all(), p.form, &budget{limits: l})
	if err != nil {
		return give(finding{unreadItem(p.src, err)})
	}
	b, err := readOn(nil, r, sniffed)
	f := formOf(b)
	in := &resumed{b, r}
	switch {
	case f == formTar:
		return (&tarFile{place: p.place, src: p.src, in: in}).run(ctx, give)
	case f.archive():
		return give(finding{refusal(p.src, model.NotCable, saysNested)})
	case f == formTable:
		return tableStream(in, p.src, l)(ctx, give)
	}
	if err == nil && len(b) == sniffed {
		b, err = readOn(b, r, l.Text+1)
	}
	switch {
	case err != nil:
		return give(finding(append(partly(b, p.src, l, err), unreadItem(p.src, readError(err)))))
	case int64(len(b)) <= l.Text:
		return give(finding(texts(b, p.src, p.place.named)))
	case f == formText && isSeveral(b):
		return severalStream(&resumed{b, r}, p.src, p.place.named, l)(ctx, give)
	}
	return give(finding{unreadItem(p.src, tooLarge(b[:min(len(b), sniffed)], l.Text))})
}
