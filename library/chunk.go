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

// unpackChunk reads the chunk of n texts from the key first on.
func unpackChunk(dec *zstd.Decoder, first, n int, z []byte) (*chunk, error) {
	b, err := dec.DecodeAll(z, nil)
	if err != nil {
		return nil, fmt.Errorf("%w (texts from %d: %w)", errDamaged, first, err)
	}
	at, k := binary.Uvarint(b)
	if k <= 0 || at != uint64(first) || n < 0 || n > len(b)-k {
		return nil, errDamaged
	}
	b = b[k:]
	c := &chunk{first: first, ends: make([]int, n)}
	end := 0
	for i := range c.ends {
		size, k := binary.Uvarint(b)
		if k <= 0 || size > maxBody {
			return nil, errDamaged
		}
		b, end = b[k:], end+int(size)
		c.ends[i] = end
	}
	if end != len(b) {
		return nil, errDamaged
	}
	c.texts = b
	return c, nil
}

// chunks are those read last, for who reads cables one after the other, on
// several cores and in an order that is nearly that of the keys.
type chunks struct {
	sync.Mutex
	dec  *zstd.Decoder
	find *sql.Stmt
	last [4]*chunk // newest first
}

// chunk gives the chunk that holds a key; nil when none does.
func (s *shard) chunk(ctx context.Context, key int) (*chunk, error) {
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
	if c, err = unpackChunk(dec, first, n, z); err == nil {
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
	c, err := s.chunk(ctx, key)
	switch {
	case err != nil:
		return nil, err
	case c == nil:
		return nil, errNoBody
	}
	return c.body(key)
}

// bodies gives the stored texts of keys, which rise. Each chunk is read once,
// so this is how to look at many. A text must not be changed; it is nil when
// none is kept.
func (s *shard) bodies(ctx context.Context, keys []int, found func(key int, body []byte) error) error {
	var c *chunk
	for _, key := range keys {
		if err := ctx.Err(); err != nil {
			return err
		}
		if c == nil || !c.has(key) {
			var err error
			if c, err = s.chunk(ctx, key); err != nil {
				return err
			}
		}
		var b []byte
		if c != nil {
			b, _ = c.body(key) // there is none: b is nil
		}
		if err := found(key, b); err != nil {
			return err
		}
	}
	return nil
}
