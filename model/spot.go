package model

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// SpotOf names the paragraph that is the given one of the blocks of a cable.
func (c *Cable) SpotOf(block int) Spot {
	s := Spot{Block: block}
	if block >= 0 && block < len(c.Blocks) {
		s.Number, s.Sum = c.Blocks[block].Number, spotSum(c.Blocks[block].Text)
	}
	return s
}

// spotSum is the sum of a paragraph's text. White space is folded, so that the
// copies of a cable that only break their lines elsewhere have the same.
func spotSum(text string) string {
	sum := sha256.Sum256([]byte(strings.Join(strings.Fields(text), " ")))
	return hex.EncodeToString(sum[:8])
}

// FindSpot gives the block that a spot names: the one with its text, else the
// one with its number, else the one in its place; false when the cable has none
// of them. Where several have the text or the number, it is the one in the
// place, then one with the number, then the first.
func (c *Cable) FindSpot(s Spot) (block int, ok bool) {
	best, fits := -1, 0
	for i := range c.Blocks {
		b := &c.Blocks[i]
		n := 0
		numbered := s.Number != "" && b.Number == s.Number
		if numbered {
			n += 4
		}
		if s.Sum != "" && spotSum(b.Text) == s.Sum {
			n += 8
		}
		if n > 0 && i == s.Block {
			n++
		}
		if n > fits {
			best, fits = i, n
		}
	}
	if best < 0 && s.Number == "" && s.Block >= 0 && s.Block < len(c.Blocks) {
		return s.Block, true
	}
	return best, best >= 0
}

// Handle gives the name by which the desk knows the cable.
func (c *Cable) Handle() Handle {
	sum := c.Source.SHA256
	if len(sum) > handleSum {
		sum = sum[:handleSum]
	}
	return Handle{ID: c.ID, Sum: sum}
}

// handleSum is how many hexadecimal digits a handle has of a sum.
const handleSum = 32
