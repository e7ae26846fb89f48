package library

import (
	"context"
	"math/bits"
)

// bitset is a set of cables by the number of their row, from 0. Sets of one
// view are of one length.
type bitset []uint64

func newBitset(rows int) bitset { return make(bitset, (rows+63)/64) }

// fullBitset holds every row.
func fullBitset(rows int) bitset {
	b := newBitset(rows)
	for i := range b {
		b[i] = ^uint64(0)
	}
	if n := rows % 64; n > 0 {
		b[len(b)-1] = 1<<n - 1
	}
	return b
}

func (b bitset) add(row int)      { b[row>>6] |= 1 << (row & 63) }
func (b bitset) has(row int) bool { return row>>6 < len(b) && b[row>>6]&(1<<(row&63)) != 0 }

func (b bitset) drop(row int) { b[row>>6] &^= 1 << (row & 63) }

// first appends the first n rows that are in another set too.
func (b bitset) first(in bitset, rows []int32, n int) []int32 {
	for i, w := range b {
		for w &= in[i]; w != 0; w &= w - 1 {
			if len(rows) == n {
				return rows
			}
			rows = append(rows, int32(i<<6+bits.TrailingZeros64(w)))
		}
	}
	return rows
}

func (b bitset) clone() bitset { return append(bitset(nil), b...) }

// and, or and without change b.
func (b bitset) and(o bitset) bitset {
	for i := range b {
		b[i] &= o[i]
	}
	return b
}

func (b bitset) or(o bitset) bitset {
	for i := range b {
		b[i] |= o[i]
	}
	return b
}

func (b bitset) without(o bitset) bitset {
	for i := range b {
		b[i] &^= o[i]
	}
	return b
}

func (b bitset) empty() bool {
	for _, w := range b {
		if w != 0 {
			return false
		}
	}
	return true
}

func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// each calls f with each row, in order.
func (b bitset) each(f func(row int)) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			f(i<<6 + bits.TrailingZeros64(w))
		}
	}
}

// eachWhile calls f with each row until the question is called off.
func (b bitset) eachWhile(ctx context.Context, f func(row int)) error {
	const stretch = 128 // words: eight thousand rows take well below a millisecond
	for from := 0; from < len(b); from += stretch {
		if err := ctx.Err(); err != nil {
			return err
		}
		for i, w := range b[from:min(from+stretch, len(b))] {
			for ; w != 0; w &= w - 1 {
				f((from+i)<<6 + bits.TrailingZeros64(w))
			}
		}
	}
	return ctx.Err()
}
