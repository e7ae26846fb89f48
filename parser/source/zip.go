package source

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"hash"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"

	"chancery/model"
)

// The sentences of zip archives.
const (
	errEncrypted = sentence("it is encrypted: unpack it with its password and open what comes out")
	errMethod    = sentence("it is packed in a way that is not read: unpack the archive and open what comes out")
	errOverlap   = sentence("it overlaps another entry of its archive, as in archives that are made to fill a machine")
	errNoSize    = sentence("its size is not told and cannot be found: unpack the archive and open what comes out")
	errHeader    = sentence("it is damaged: its own header is not where the directory of the archive says")
	saysLink     = "it is a link, which is not followed"
	saysDevice   = "it is a device or pipe, not a file"
	saysHidden   = "between its entries the archive holds data that its directory does not list: these were not read"
	saysTwo      = "the archive has more than one directory: the last was read, what only others list was not"
)

// zipFile is a zip archive that is read in place. Its directory is read as a
// stream, twice: first for where entries lie, so that overlapping ones are
// known, then for the entries. An archive whose directory is lost or damaged
// is read from entry to entry.
type zipFile struct {
	place place
	src   model.Source
	file  *content

	whole   *budget
	names   *names
	partial bool     // the directory could not be read to its end
	lie     []extent // of the entries, sorted, and of the directory
	held    entries
	weight  int64 // bytes of held
	count   int
}

// zipped is where an entry lies in a zip archive.
type zipped struct {
	name   string
	at     int64 // of its own header
	packed int64 // bytes; -1 when not known
	size   int64
	limit  int64 // where the next thing begins
	crc    uint32
	check  bool // crc is known
	mode   uint32
	flags  uint16
}

func (z *zipFile) run(ctx context.Context, give func(task) error) error {
	z.whole, z.names = &budget{limits: z.place.set.limits()}, newNames()
	dir, err := findDirectory(z.file)
	if err == nil {
		err = z.survey(dir)
	}
	if err != nil {
		if e := give(finding{unreadItem(z.src, err)}); e != nil || err == errSplit || err == errEntries {
			return e
		}
		return z.salvage(ctx, give)
	}
	if err := z.gaps(dir, give); err != nil {
		return err
	}
	err = dir.walk(z.file, func(e zipped) error {
		i, _ := slices.BinarySearchFunc(z.lie, e.at, func(x extent, at int64) int { return cmp.Compare(x.at, at) })
		e.limit = z.lie[min(i+1, len(z.lie)-1)].at // e.at itself where two share a place
		return z.entry(ctx, e, give)
	})
	return z.close(err, give)
}

// close gives what is held, and the sentence for a directory that broke off.
func (z *zipFile) close(err error, give func(task) error) error {
	if e := z.flush(give); e != nil {
		return e
	}
	if s, ok := err.(sentence); ok {
		return give(finding{unreadItem(z.src, s)})
	}
	if err == nil && z.count == 0 {
		return give(finding{refusal(z.src, model.NotCable, "the archive is empty")})
	}
	return err
}

// extent is where something lies in an archive; the end is at least there.
type extent struct{ at, end, packed int64 }

// survey notes where the entries lie.
func (z *zipFile) survey(dir directory) error {
	if dir.entries > uint64(z.whole.limits.Entries) {
		return errEntries
	}
	err := dir.walk(z.file, func(e zipped) error {
		z.lie = append(z.lie, extent{e.at, e.at + localHeader + int64(len(e.name)) + e.packed, e.packed})
		if len(z.lie) > z.whole.limits.Entries {
			return errEntries
		}
		return nil
	})
	if err != nil && (len(z.lie) == 0 || err == errEntries) {
		return err
	}
	z.partial = err != nil
	z.lie = append(z.lie, extent{dir.at, dir.at + dir.size, dir.size})
	slices.SortFunc(z.lie, func(a, b extent) int { return cmp.Compare(a.at, b.at) })
	return nil
}

// gaps says once what the archive holds that its directory does not list.
// Between entries there may stand a descriptor of 24 bytes at most.
func (z *zipFile) gaps(dir directory, give func(task) error) error {
	if z.partial {
		return nil // the directory is damaged, and that will be said
	}
	hidden := dir.trailing || z.lie[0].at > 0
	for i, x := range z.lie[:len(z.lie)-1] {
		next := z.lie[i+1].at
		if next-x.end <= 24 {
			continue
		}
		_, from, ok := localEntry(z.file, x.at)
		if !ok {
			continue // the entry itself will be refused
		}
		end := from + x.packed
		gap, err := z.file.stretch(end, min(64, max(0, next-end)))
		if err != nil || next-end <= 24 {
			continue
		}
		if bytes.Contains(gap, []byte("PK\x01\x02")) {
			return give(finding{refusal(z.src, model.Refused, saysTwo)})
		}
		hidden = true
	}
	if hidden {
		return give(finding{refusal(z.src, model.Refused, saysHidden)})
	}
	return nil
}

// errEntries is no reason to read on from entry to entry.
const errEntries = sentence("it has more entries than are allowed for one archive")

// entry holds an entry for the next task, or refuses it.
func (z *zipFile) entry(ctx context.Context, e zipped, give func(task) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if z.count++; z.count > z.whole.limits.Entries {
		return errEntries
	}
	src := z.src
	src.Entry, src.EntryAt = e.name, e.at
	if why := unsafeName(e.name); why != "" {
		return z.refuse(src, model.Refused, why, give)
	}
	kind := e.mode & 0o170000
	switch {
	case strings.HasSuffix(e.name, "/") || kind == 0o040000:
		z.count--
		return nil
	case kind == 0o120000:
		return z.refuse(src, model.Refused, saysLink, give)
	case kind != 0 && kind != 0o100000:
		return z.refuse(src, model.Refused, saysDevice, give)
	case e.flags&1 != 0:
		return z.refuse(src, model.Unread, string(errEncrypted), give)
	case e.name == "[Content_Types].xml":
		return z.refuse(src, model.NotCable, saysOffice, give)
	}
	src.Entry = z.names.label(e.name)
	whole := z.whole
	z.held = append(z.held, entry{z.place, src, e.size, func(c *content) (io.Reader, error) { return openZipped(c, e, whole) }})
	if z.weight += max(e.size, 4<<10); z.weight >= batchBytes || len(z.held) >= 64 {
		return z.flush(give)
	}
	return nil
}

func (z *zipFile) refuse(src model.Source, fate model.Fate, why string, give func(task) error) error {
	if err := z.flush(give); err != nil {
		return err
	}
	return give(finding{refusal(src, fate, why)})
}

func (z *zipFile) flush(give func(task) error) error {
	if len(z.held) == 0 {
		return nil
	}
	es := z.held
	z.held, z.weight = nil, 0
	return give(es)
}

const localHeader = 30 // bytes before name and extra field

// openZipped gives the unpacked bytes of an entry of a zip archive.
func openZipped(c *content, e zipped, whole *budget) (io.Reader, error) {
	h, err := c.stretch(e.at, localHeader)
	if err != nil {
		return nil, err
	}
	if len(h) < localHeader || string(h[:4]) != "PK\x03\x04" {
		return nil, errHeader
	}
	flags, method := binary.LittleEndian.Uint16(h[6:]), binary.LittleEndian.Uint16(h[8:])
	from := e.at + localHeader + int64(binary.LittleEndian.Uint16(h[26:])) + int64(binary.LittleEndian.Uint16(h[28:]))
	n := e.packed
	switch {
	case flags&1 != 0:
		return nil, errEncrypted
	case n < 0 && method == 0:
		return nil, errNoSize
	case n < 0:
		n = max(0, e.limit-from)
	case from+n > e.limit && e.limit < c.size:
		return nil, errOverlap
	}
	m := &meter{packed: &counter{Reader: io.NewSectionReader(c, from, n)}, whole: whole}
	switch method {
	case 0:
		m.unpacked = m.packed
	case 8:
		m.unpacked = &inflated{in: m.packed}
	case 93:
		if m.unpacked, err = newZstd(m.packed); err != nil {
			return nil, errDamaged
		}
	default:
		return nil, errMethod
	}
	if !e.check {
		return m, nil
	}
	return &checked{in: m, sum: crc32.NewIEEE(), crc: e.crc}, nil
}

// inflated unpacks deflated bytes; the unpacker, which is large, is used again
// for the next entry.
type inflated struct {
	in  io.Reader
	out io.ReadCloser
	err error
}

var inflaters sync.Pool

func (f *inflated) Read(p []byte) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	if f.out == nil {
		if f.out, _ = inflaters.Get().(io.ReadCloser); f.out == nil {
			f.out = flate.NewReader(f.in)
		} else if err := f.out.(flate.Resetter).Reset(f.in, nil); err != nil {
			return 0, err
		}
	}
	n, err := f.out.Read(p)
	if f.err = err; err != nil {
		inflaters.Put(f.out)
		f.out = nil
	}
	return n, err
}

// newZstd unpacks zstandard in bounded memory, on the core that asks.
func newZstd(r io.Reader) (io.Reader, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(64<<20), zstd.WithDecoderLowmem(true))
	if err != nil {
		return nil, err
	}
	return z, nil
}

// checked holds what was read against a checksum at its end.
type checked struct {
	in  io.Reader
	sum hash.Hash32
	crc uint32
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.sum.Write(p[:n])
	if err == io.EOF && c.sum.Sum32() != c.crc {
		err = errSum
	}
	return n, err
}
