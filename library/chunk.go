package library

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// Stored texts stand in chunks: those of consecutive cables are packed
// together, because cables repeat each other's phrases, and a packer that
// begins anew with each costs half as much again. A chunk is one row:
//
//	first, n ─► keys first ... first+n-1
//	z ─► zstd with its checksum ─► first, the length of each text, the texts
//
// A text of length 0 is one that is not kept.
const chunkBytes = 96 << 10 // of text, after which a chunk ends: more packs better, less is read sooner

// chunk is one of them, unpacked.
type chunk struct {
	first int
	ends  []int // of each text, in texts
	texts []byte
	room  []byte // in which they stand, to unpack another into
}

// keys gives the first of its keys, and the one behind the last; none of no
// chunk.
func (c *chunk) keys() (first, end int) {
	if c == nil {
		return 0, 0
	}
	return c.first, c.first + len(c.ends)
}

func (c *chunk) has(key int) bool { return key >= c.first && key-c.first < len(c.ends) }

// body gives one of the texts; errNoBody when it is not kept.
func (c *chunk) body(key int) ([]byte, error) {
	from, i := 0, key-c.first
	if i > 0 {
		from = c.ends[i-1]
	}
	if from == c.ends[i] {
		return nil, errNoBody
	}
	return c.texts[from:c.ends[i]:c.ends[i]], nil
}

var errNoBody = errors.New("the text is not kept")

func newDecoder() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(maxBody+chunkBytes*2))
}

// chunker packs the texts of a batch.
type chunker struct {
	enc     *zstd.Encoder // nil before the first
	text, z []byte        // used again for each chunk
}

// pack packs a chunk. The fastest level saves nearly what the next does, at
// half of its work.
func (k *chunker) pack(text []byte) (err error) {
	if k.enc == nil {
		k.enc, err = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(true))
		if err != nil {
			return err
		}
	}
	k.z = k.enc.EncodeAll(text, k.z[:0])
	return nil
}

// each cuts bodies, of which the first has the key first, into chunks and gives
// them, packed; z is good until give is back.
func (k *chunker) each(first int, bodies [][]byte, give func(first, n int, z []byte) error) error {
	for len(bodies) > 0 {
		n, size := 0, 0
		for n < len(bodies) && (n == 0 || size+len(bodies[n]) <= chunkBytes) {
			size += len(bodies[n])
			n++
		}
		if size > 0 {
			k.text = binary.AppendUvarint(slices.Grow(k.text[:0], size+(n+3)*3), uint64(first))
			for _, b := range bodies[:n] {
				k.text = binary.AppendUvarint(k.text, uint64(len(b)))
			}
			for _, b := range bodies[:n] {
				k.text = append(k.text, b...)
			}
			if err := k.pack(k.text); err != nil {
				return err
			}
			if err := give(first, n, k.z); err != nil {
				return err
			}
		}
		first, bodies = first+n, bodies[n:]
	}
	return nil
}

// unpackChunk reads the chunk of n texts from the key first on. room is one that
// is not wanted any more, or nil.
func unpackChunk(dec *zstd.Decoder, first, n int, z []byte, room *chunk) (*chunk, error) {
	c := room
	if c == nil {
		c = &chunk{}
	}
	b, err := dec.DecodeAll(z, c.room[:0])
	c.first, c.ends, c.texts = first, c.ends[:0], nil // nothing, until it is read well
	if err != nil {
		return nil, fmt.Errorf("%w (texts from %d: %w)", errDamaged, first, err)
	}
	at, k := binary.Uvarint(b)
	if k <= 0 || at != uint64(first) || n < 0 || n > len(b)-k {
		return nil, errDamaged
	}
	if len(b) <= 8*chunkBytes {
		c.room = b
	}
	b = b[k:]
	ends, end := slices.Grow(c.ends, n)[:n], 0
	for i := range ends {
		size, k := binary.Uvarint(b)
		if k <= 0 || size > maxBody {
			return nil, errDamaged
		}
		b, end = b[k:], end+int(size)
		ends[i] = end
	}
	if end != len(b) {
		return nil, errDamaged
	}
	c.ends, c.texts = ends, b
	return c, nil
}

// chunks are those read last, for who reads cables one after the other, on
// several cores and in an order that is nearly that of the keys.
type chunks struct {
	sync.Mutex
	dec  *zstd.Decoder
	find *sql.Stmt
	last [4]*chunk // newest first

	rooms sync.Pool // of *chunk, for who looks at many
}

// chunk gives the chunk that holds a key; nil when none does. It is unpacked
// into room, unless that is nil: then it is held for others.
func (s *shard) chunk(ctx context.Context, key int, room *chunk) (*chunk, error) {
	find, dec, c, err := s.chunks.known(ctx, s, key)
	if c != nil || err != nil {
		return c, err
	}
	var first, n int
	var z sql.RawBytes
	rows, err := find.QueryContext(ctx, key)
	if err != nil {
		return nil, damage(err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, damage(rows.Err())
	}
	if err := rows.Scan(&first, &n, &z); err != nil {
		return nil, damage(err)
	}
	if key-first >= n {
		return nil, nil
	}
	if c, err = unpackChunk(dec, first, n, z, room); err == nil && room == nil {
		s.chunks.keep(c)
	}
	return c, err
}

// known gives a chunk that is held, or else what is needed to read it.
func (k *chunks) known(ctx context.Context, s *shard, key int) (*sql.Stmt, *zstd.Decoder, *chunk, error) {
	k.Lock()
	defer k.Unlock()
	for i, c := range k.last {
		if c != nil && c.has(key) {
			copy(k.last[1:i+1], k.last[:i])
			k.last[0] = c
			return nil, nil, c, nil
		}
	}
	var err error
	if k.dec == nil {
		if k.dec, err = newDecoder(); err != nil {
			return nil, nil, nil, err
		}
	}
	if k.find == nil {
		if k.find, err = s.read.PrepareContext(ctx, "SELECT first, n, z FROM chunk WHERE first<=? ORDER BY first DESC LIMIT 1"); err != nil {
			return nil, nil, nil, damage(err)
		}
	}
	return k.find, k.dec, nil, nil
}

// keep holds a chunk, unless it is a giant.
func (k *chunks) keep(c *chunk) {
	if len(c.texts) > 8*chunkBytes {
		return
	}
	k.Lock()
	defer k.Unlock()
	copy(k.last[1:], k.last[:])
	k.last[0] = c
}

// body gives a stored text, which must not be changed; errNoBody when none is
// kept.
func (s *shard) body(ctx context.Context, key int) ([]byte, error) {
	c, err := s.chunk(ctx, key, nil)
	switch {
	case err != nil:
		return nil, err
	case c == nil:
		return nil, errNoBody
	}
	return c.body(key)
}

// bodies gives the stored texts of keys, which rise, and of others that stand in
// a chunk with them and are asked for too, in the order of the keys. Each chunk
// is read once, so this is how to look at many. A text must not be changed, nor
// kept: its room is used again. It is nil when none is kept.
func (s *shard) bodies(ctx context.Context, keys []int, also func(key int) bool, found func(key int, body []byte) error) error {
	room, ok := s.chunks.rooms.Get().(*chunk)
	if !ok {
		room = &chunk{}
	}
	defer s.chunks.rooms.Put(room)
	for i := 0; i < len(keys); {
		c, err := s.chunk(ctx, keys[i], room)
		if err == nil && c == nil {
			err = found(keys[i], nil)
			i++
		}
		if err != nil {
			return err
		}
		for key, end := c.keys(); key < end && err == nil; key++ {
			mine := i < len(keys) && keys[i] == key
			if !mine && !also(key) {
				continue
			}
			if mine {
				i++
			}
			if err = ctx.Err(); err == nil {
				b, _ := c.body(key) // there may be none: b is nil
				err = found(key, b)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
