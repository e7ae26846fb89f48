package library

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"strings"
)

// A file of sections is written and read from its beginning to its end. Each
// section has its length before it and its checksum behind it, so that a file
// that was cut or changed is noticed where that is, and what was read before is
// good.
//
//	length uint64 │ bytes │ CRC-32C of them      (little endian)

// castagnoli makes the table of CRC-32C, which processors compute.
func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// sections writes them. Its first error stays.
type sections struct {
	w   *bufio.Writer
	buf []byte
	err error
}

func (s *sections) write(b []byte) {
	if s.err == nil {
		_, s.err = s.w.Write(b)
	}
}

// bytes writes a section.
func (s *sections) bytes(b []byte) {
	s.write(binary.LittleEndian.AppendUint64(s.buf[:0], uint64(len(b))))
	s.write(b)
	s.write(binary.LittleEndian.AppendUint32(s.buf[:0], crc32.Checksum(b, castagnoli())))
}

// stream writes a section of n bytes that are made one after the other.
func (s *sections) stream(n int, make func(write func([]byte))) {
	s.write(binary.LittleEndian.AppendUint64(s.buf[:0], uint64(n)))
	sum := crc32.New(castagnoli())
	make(func(b []byte) {
		s.write(b)
		_, _ = sum.Write(b)
	})
	s.write(binary.LittleEndian.AppendUint32(s.buf[:0], sum.Sum32()))
}

// numbers writes a section of numbers.
func (s *sections) numbers(ns []uint32) {
	s.stream(4*len(ns), func(write func([]byte)) {
		b := make([]byte, 0, 32<<10)
		for i, n := range ns {
			if b = binary.LittleEndian.AppendUint32(b, n); len(b) == cap(b) || i == len(ns)-1 {
				write(b)
				b = b[:0]
			}
		}
	})
}

// texts writes strings: their lengths, and then all of them as one.
func (s *sections) texts(n int, at func(i int) string) {
	lengths, all := make([]uint32, n), 0
	for i := range n {
		lengths[i] = uint32(len(at(i)))
		all += len(at(i))
	}
	s.numbers(lengths)
	s.stream(all, func(write func([]byte)) {
		for i := range n {
			write([]byte(at(i)))
		}
	})
}

// unsections reads them. Its first error stays, and what follows is empty: a
// section that is not as it was written is errDamaged.
type unsections struct {
	f       io.ReaderAt
	at, end int64         // the sections that are left
	r       *bufio.Reader // from at on
	err     error
}

func newUnsections(f io.ReaderAt, size int64) *unsections {
	return unsectionsOf(f, 0, size)
}

func unsectionsOf(f io.ReaderAt, at, end int64) *unsections {
	return &unsections{f: f, at: at, end: end, r: bufio.NewReaderSize(io.NewSectionReader(f, at, end-at), 64<<10)}
}

// around is what stands before and behind the bytes of a section.
const around = 8 + 4

// split sets the next n sections aside, which another goroutine may read at the
// same time, and goes on behind them.
func (u *unsections) split(n int) *unsections {
	from := u.at
	for range n {
		var b [8]byte
		if _, err := u.f.ReadAt(b[:], u.at); err != nil {
			u.fail(err)
		}
		u.pass(b)
	}
	u.r.Reset(io.NewSectionReader(u.f, u.at, u.end-u.at))
	return unsectionsOf(u.f, from, u.at)
}

// pass goes on behind a section with this before it, and gives its length.
func (u *unsections) pass(before [8]byte) int {
	n := binary.LittleEndian.Uint64(before[:])
	if left := u.end - u.at - around; left < 0 || n > uint64(left) {
		u.fail(errDamaged)
	}
	if u.err != nil {
		return 0
	}
	u.at += int64(n) + around
	return int(n)
}

// length reads how long the next section is.
func (u *unsections) length() int {
	var b [8]byte
	if _, err := io.ReadFull(u.r, b[:]); err != nil {
		u.fail(err)
	}
	return u.pass(b)
}

func (u *unsections) fail(err error) {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errDamaged
	}
	if u.err == nil {
		u.err = err
	}
}

func (u *unsections) check(sum uint32) {
	var b [4]byte
	if _, err := io.ReadFull(u.r, b[:]); err != nil {
		u.fail(err)
	} else if binary.LittleEndian.Uint32(b[:]) != sum {
		u.fail(errDamaged)
	}
}

// bytes reads a section.
func (u *unsections) bytes() []byte {
	if u.err != nil {
		return nil
	}
	b := make([]byte, u.length())
	if _, err := io.ReadFull(u.r, b); err != nil {
		u.fail(err)
		return nil
	}
	u.check(crc32.Checksum(b, castagnoli()))
	return b
}

// text reads a section as one string.
func (u *unsections) text() string {
	if u.err != nil {
		return ""
	}
	var all strings.Builder
	sum := crc32.New(castagnoli())
	n := u.length()
	all.Grow(n)
	for n > 0 {
		b, err := u.r.Peek(min(n, u.r.Size()))
		if err != nil {
			u.fail(err)
			return ""
		}
		_, _ = all.Write(b)
		_, _ = sum.Write(b)
		_, _ = u.r.Discard(len(b))
		n -= len(b)
	}
	u.check(sum.Sum32())
	return all.String()
}

// records reads a section that is made of records of one size: how many come,
// and then each.
func (u *unsections) records(size int, coming func(n int), record func(b []byte)) {
	if u.err != nil {
		return
	}
	n := u.length()
	if coming(n / size); n%size != 0 {
		u.fail(errDamaged)
	}
	if u.err != nil {
		return
	}
	sum := crc32.New(castagnoli())
	for n > 0 {
		b, err := u.r.Peek(min(n, u.r.Size()/size*size))
		if err != nil {
			u.fail(err)
			return
		}
		for i := 0; i < len(b); i += size {
			record(b[i : i+size])
		}
		_, _ = sum.Write(b)
		_, _ = u.r.Discard(len(b))
		n -= len(b)
	}
	u.check(sum.Sum32())
}

// numbers reads a section of numbers.
func (u *unsections) numbers() (ns []uint32) {
	u.records(4, func(n int) { ns = make([]uint32, 0, n) }, func(b []byte) { ns = append(ns, binary.LittleEndian.Uint32(b)) })
	return ns
}

// texts reads strings. They are cut from one, which is kept.
func (u *unsections) texts() []string {
	lengths, all := u.numbers(), u.text()
	if u.err != nil {
		return nil
	}
	out := make([]string, len(lengths))
	for i, n := range lengths {
		if uint64(n) > uint64(len(all)) {
			u.fail(errDamaged)
			return nil
		}
		out[i], all = all[:n], all[n:]
	}
	return out
}
