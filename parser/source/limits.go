package source

import (
	"io"
	"sync/atomic"
)

// MaxFile is the size in bytes up to which one text is read as a cable
// (safety A3); the longest cables known have some 400 kB.
const MaxFile = 16 << 20

// Limits bound what one archive, packed file or table may cost. What is
// declared in a file is not believed: the bytes that come are counted.
type Limits struct {
	Entries    int   // entries of one archive
	Total      int64 // bytes that one archive or packed file may unpack to
	Text       int64 // bytes of one text: a file, an entry, a row. A table may be larger
	Ratio      int64 // unpacked to packed bytes, of one entry
	TotalRatio int64 // the same of a whole archive, once ratioFrom bytes are unpacked
	Input      int64 // bytes of standard input that are kept to open its cables again
}

// DefaultLimits let the largest known collection through, 251,287 cables in
// 1.7 GB, and stop archives made to fill a machine (safety A3).
func DefaultLimits() Limits {
	return Limits{Entries: 1_000_000, Total: 8 << 30, Text: MaxFile, Ratio: 200, TotalRatio: 100, Input: 256 << 20}
}

const (
	entryFrom = 64 << 10 // bytes from which the ratio of an entry is judged
	ratioFrom = 64 << 20 // bytes from which that of a whole archive is
)

// The sentences of limits.
var (
	errTotal = sentence("it unpacks to more than is allowed for one archive")
	errRatio = sentence("it unpacks to far more than its size, as files do that are made to fill a machine")
)

// budget counts what has been unpacked of one archive, on all cores.
type budget struct {
	limits      Limits
	packed, out atomic.Int64
}

// meter is a reader that counts packed and unpacked bytes of one entry and
// fails when a limit is passed.
type meter struct {
	unpacked io.Reader
	packed   *counter // what unpacked reads from
	whole    *budget
	out, in  int64 // of this entry, as told to whole
	from     int64 // of packed, where the entry begins
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.unpacked.Read(p)
	in := m.packed.n - m.from
	m.out += int64(n)
	out := m.whole.out.Add(int64(n))
	packed := m.whole.packed.Add(in - m.in)
	m.in = in
	l := m.whole.limits
	switch {
	case out > l.Total:
		return n, errTotal
	case m.out > entryFrom && m.out/l.Ratio > in, out > ratioFrom && out/l.TotalRatio > packed:
		return n, errRatio
	}
	return n, err
}

// counter counts the bytes that were read through it.
type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}
