package library

import (
	"encoding/binary"
	"errors"
	"hash/crc32"

	"chancery/model"
)

// errDamaged says that what was stored does not come back as it was put in.
var errDamaged = errors.New("the index is damaged")

// packer writes numbers and strings one after the other. A string that comes
// again within one pack is written as a number.
type packer struct {
	b    []byte
	seen map[string]uint64
}

func (p *packer) number(n uint64)  { p.b = binary.AppendUvarint(p.b, n) }
func (p *packer) signed(n int64)   { p.b = binary.AppendVarint(p.b, n) }
func (p *packer) text(s string)    { p.number(uint64(len(s))); p.b = append(p.b, s...) }
func (p *packer) list(ss []string) { p.number(uint64(len(ss))); p.words(ss) }

func (p *packer) words(ss []string) {
	for _, s := range ss {
		p.word(s)
	}
}

// word writes a string that is likely to come again.
func (p *packer) word(s string) {
	if n, ok := p.seen[s]; ok {
		p.number(n)
		return
	}
	if p.seen == nil {
		p.seen = map[string]uint64{}
	}
	p.number(0)
	p.text(s)
	p.seen[s] = uint64(len(p.seen)) + 1
}

// sealed gives what was written, with its checksum before it.
func (p *packer) sealed() []byte {
	return append(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(p.b)), p.b...)
}

// unpacker reads what a packer wrote. It never panics: once something does
// not fit, bad is set and all that follows is zero.
type unpacker struct {
	s     string // strings are cut from it, so it is kept as one piece
	words []string
	marks map[string]model.Marking
	bad   bool
}

// unseal checks a pack and begins to read it.
func unseal(b []byte) (*unpacker, error) {
	if len(b) < 4 || binary.BigEndian.Uint32(b) != crc32.ChecksumIEEE(b[4:]) {
		return nil, errDamaged
	}
	return &unpacker{s: string(b[4:])}, nil
}

func (u *unpacker) number() uint64 {
	var n uint64
	for i := range min(len(u.s), binary.MaxVarintLen64) {
		c := u.s[i]
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			u.s = u.s[i+1:]
			return n
		}
	}
	u.bad, u.s = true, ""
	return 0
}

func (u *unpacker) signed() int64 {
	n := u.number()
	return int64(n>>1) ^ -int64(n&1)
}

// cut takes n bytes.
func (u *unpacker) cut(n uint64) string {
	if n > uint64(len(u.s)) {
		u.bad, u.s = true, ""
		return ""
	}
	s := u.s[:n]
	u.s = u.s[n:]
	return s
}

func (u *unpacker) text() string { return u.cut(u.number()) }

func (u *unpacker) word() string {
	switch n := u.number(); {
	case n == 0:
		s := u.text()
		u.words = append(u.words, s)
		return s
	case n <= uint64(len(u.words)):
		return u.words[n-1]
	}
	u.bad = true
	return ""
}

// count reads how many things follow; each of them takes a byte at least.
func (u *unpacker) count() int {
	n := u.number()
	if n > uint64(len(u.s)) {
		u.bad, u.s = true, ""
		return 0
	}
	return int(n)
}

func (u *unpacker) list() []string {
	n := u.count()
	if n == 0 {
		return nil
	}
	ss := make([]string, 0, n)
	for range n {
		ss = append(ss, u.word())
	}
	return ss
}
