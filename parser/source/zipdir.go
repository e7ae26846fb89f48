package source

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"math"
)

const (
	errSplit     = sentence("it is one part of an archive in several files: put them together and open the whole")
	errDirectory = sentence("it is cut short or damaged: what its directory listed was looked for entry by entry")
	errRecord    = sentence("its directory is damaged: what stands after the damage was not read")
)

// directory is the list at the end of a zip archive (APPNOTE.TXT 4.3.12-16).
type directory struct {
	at, size int64
	entries  uint64
	shift    int64 // what the archive's places have to be moved by
	trailing bool  // something follows the end record
}

const (
	endRecord = 22 // bytes without a comment
	// tailBytes hold the end record with its longest comment, and the 64-bit ones.
	tailBytes = endRecord + math.MaxUint16 + 20 + 56
)

// findDirectory finds the directory by the record at the end of the file.
func findDirectory(c *content) (d directory, err error) {
	from := max(0, c.size-tailBytes)
	tail, err := c.stretch(from, tailBytes)
	if err != nil {
		return d, err
	}
	i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if i < 0 || i+endRecord > len(tail) {
		if head, err := c.stretch(0, 4); err == nil && string(head) == "PK\x07\x08" {
			return d, errSplit
		}
		return d, errDirectory
	}
	le := binary.LittleEndian
	r := tail[i:]
	disk, dirDisk := le.Uint16(r[4:]), le.Uint16(r[6:])
	d.entries, d.size, d.at = uint64(le.Uint16(r[10:])), int64(le.Uint32(r[12:])), int64(le.Uint32(r[16:]))
	d.trailing = i+endRecord+int(le.Uint16(r[20:])) < len(tail)
	end := from + int64(i)
	if disk != 0 && disk != math.MaxUint16 || dirDisk != 0 && dirDisk != math.MaxUint16 {
		return d, errSplit
	}
	if i >= 20 && string(tail[i-20:i-16]) == "PK\x06\x07" {
		at := int64(le.Uint64(tail[i-12:]))
		r, err := c.stretch(max(0, at), 56)
		if err != nil || len(r) < 56 || string(r[:4]) != "PK\x06\x06" {
			return d, errDirectory
		}
		d.entries, d.size, d.at = le.Uint64(r[32:]), int64(le.Uint64(r[40:])), int64(le.Uint64(r[48:]))
		end = at
	}
	if d.size < 0 || d.at < 0 || d.size > end {
		return d, errDirectory
	}
	// The directory ends where its record begins. Where it is said to stand
	// tells what was put before the archive.
	d.shift = end - d.size - d.at
	d.at = end - d.size
	if sig, err := c.stretch(d.at, 4); d.size > 0 && (err != nil || string(sig) != "PK\x01\x02") {
		return d, errDirectory
	}
	return d, nil
}

// walk gives the entries of the directory in its order.
func (d directory) walk(c *content, give func(zipped) error) error {
	in := bufio.NewReaderSize(io.NewSectionReader(c, d.at, d.size), 64<<10)
	var h [46]byte
	var name []byte
	le := binary.LittleEndian
	for {
		if _, err := io.ReadFull(in, h[:]); err == io.EOF {
			return nil
		} else if err != nil || string(h[:4]) != "PK\x01\x02" {
			return errRecord
		}
		n, m, k := int(le.Uint16(h[28:])), int(le.Uint16(h[30:])), int(le.Uint16(h[32:]))
		name = append(name[:0], make([]byte, n+m)...)
		if _, err := io.ReadFull(in, name); err != nil {
			return errRecord
		}
		if _, err := in.Discard(k); err != nil {
			return errRecord
		}
		e := zipped{
			name: string(name[:n]), flags: le.Uint16(h[8:]), crc: le.Uint32(h[16:]), check: true,
			packed: int64(le.Uint32(h[20:])), size: int64(le.Uint32(h[24:])), at: int64(le.Uint32(h[42:])),
		}
		if system := h[5]; system == 3 || system == 19 { // Unix and macOS keep the mode here
			e.mode = le.Uint32(h[38:]) >> 16
		}
		e.wide(name[n:])
		e.at += d.shift
		if e.at < 0 || e.at >= d.at || e.packed < 0 || e.size < 0 {
			return errRecord
		}
		if err := give(e); err != nil {
			return err
		}
	}
}

// wide takes the 64-bit values from the extra field where those of 32 bits are
// not enough.
func (e *zipped) wide(extra []byte) {
	le := binary.LittleEndian
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		extra = extra[4:]
		if n > len(extra) {
			return
		}
		if id == 1 {
			b := extra[:n]
			for _, v := range [...]*int64{&e.size, &e.packed, &e.at} {
				if *v == math.MaxUint32 && len(b) >= 8 {
					*v, b = int64(le.Uint64(b)), b[8:]
				}
			}
			return
		}
		extra = extra[n:]
	}
}

// salvage reads the entries of an archive without a directory one after the
// other, by their own headers.
func (z *zipFile) salvage(ctx context.Context, give func(task) error) error {
	for at := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		at = nextHeader(z.file, at)
		if at < 0 {
			return z.flush(give)
		}
		e, from, ok := localEntry(z.file, at)
		if !ok {
			at += 4
			continue
		}
		at = from
		if e.packed >= 0 && from+e.packed <= z.file.size {
			at = from + e.packed
		}
		if err := z.entry(ctx, e, give); err != nil {
			return z.close(err, give)
		}
	}
}

// nextHeader finds the next local header from a place on; -1: there is none.
func nextHeader(c *content, at int64) int64 {
	const step = 64 << 10
	for at < c.size {
		b, err := c.stretch(at, step)
		if err != nil || len(b) < localHeader {
			return -1
		}
		if i := bytes.Index(b, []byte("PK\x03\x04")); i >= 0 {
			return at + int64(i)
		}
		at += int64(len(b)) - 3
	}
	return -1
}

// localEntry reads an entry's own header; from is where its data begins.
func localEntry(c *content, at int64) (e zipped, from int64, ok bool) {
	h, err := c.stretch(at, localHeader)
	if err != nil || len(h) < localHeader {
		return e, 0, false
	}
	le := binary.LittleEndian
	n, m := int64(le.Uint16(h[26:])), int64(le.Uint16(h[28:]))
	name, err := c.stretch(at+localHeader, n+m)
	if err != nil || int64(len(name)) < n+m {
		return e, 0, false
	}
	e = zipped{
		name: string(name[:n]), at: at, limit: c.size, flags: le.Uint16(h[6:]), crc: le.Uint32(h[14:]), check: true,
		packed: int64(le.Uint32(h[18:])), size: int64(le.Uint32(h[22:])),
	}
	from = at + localHeader + n + m
	if e.flags&8 != 0 { // sizes and checksum follow the data
		e.packed, e.size, e.check = -1, 0, false
		return e, from, true
	}
	e.wide(name[n:])
	return e, from, e.packed >= 0
}

// zippedAt finds an entry again by the place of its own header. Where that
// does not tell its size, the directory does.
func zippedAt(c *content, at int64) zipped {
	e, _, ok := localEntry(c, at)
	if !ok || e.packed < 0 {
		if dir, err := findDirectory(c); err == nil {
			_ = dir.walk(c, func(d zipped) error {
				if d.at == at {
					e.packed = d.packed
					return io.EOF
				}
				return nil
			})
		}
	}
	e.at, e.limit, e.check = at, c.size, false
	return e
}
