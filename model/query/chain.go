package query

import (
	"fmt"
	"math/bits"
	"regexp/syntax"
	"strings"
)

// A Chain is words that follow each other in every text that an expression
// matches: to look for them in an index of words is far cheaper than to read
// texts. /uraniu[mn] enrich/ has one: a word that ends so, and after it one that
// begins with enrich.
type Chain []Piece

// Piece is what is known of a word of a chain; one without letters may be any
// word.
type Piece struct {
	letters    []letterSet // that stand in it, one after the other
	start, end bool        // it begins with the first, ends with the last
	plain      string      // the longest run of them that can be only one, to look for first
}

// letterSet is some of a to z and 0 to 9, a bit each.
type letterSet uint64

const (
	allLetters letterSet = 1<<26 - 1
	fewLetters           = 4 // up to so many tell something
	shortWord            = 4 // one of fewer letters stands in most texts
	longWord             = 32768
)

func letterSetOf(c byte) letterSet {
	switch {
	case c >= 'a' && c <= 'z':
		return 1 << (c - 'a')
	case c >= '0' && c <= '9':
		return 1 << (26 + c - '0')
	}
	return 0
}

// Any says whether every word fits.
func (p *Piece) Any() bool { return len(p.letters) == 0 }

// Begin is how the word begins, so far as it can begin in one way only.
func (p *Piece) Begin() string {
	var b []byte
	for _, s := range p.letters {
		if !p.start || bits.OnesCount64(uint64(s)) != 1 {
			break
		}
		b = append(b, s.first())
	}
	return string(b)
}

// first gives the first letter of a set.
func (s letterSet) first() byte {
	return "abcdefghijklmnopqrstuvwxyz0123456789"[bits.TrailingZeros64(uint64(s))]
}

// Weight is how many letters are known, more or less.
func (p *Piece) Weight() int {
	n := 0
	for _, s := range p.letters {
		if bits.OnesCount64(uint64(s)) <= fewLetters {
			n++
		}
	}
	return n
}

// Fits says whether a word, in the form of AppendWords, may stand there. Of a
// very long one not all may be known.
func (p *Piece) Fits(word string) bool {
	last := len(word) - len(p.letters)
	if len(word) >= longWord || len(p.letters) == 0 {
		return true
	}
	if last < 0 || p.start && p.end && last > 0 || !strings.Contains(word, p.plain) {
		return false
	}
	from := 0
	if p.end {
		from = last
	}
	if p.start {
		last = 0
	}
	for i := from; i <= last; i++ {
		if p.at(word[i:]) {
			return true
		}
	}
	return false
}

func (p *Piece) at(s string) bool {
	for i, set := range p.letters {
		if letterSetOf(s[i])&set == 0 {
			return false
		}
	}
	return true
}

// String writes a chain so that two that are the same are written the same.
func (c Chain) String() string {
	var b strings.Builder
	for _, p := range c {
		fmt.Fprintf(&b, " %v%x%v", p.start, p.letters, p.end)
	}
	return b.String()
}

// Chains are words that every text has that the expression matches; none when
// nothing of the kind can be told.
func (r *Regexp) Chains() []Chain { return chainsOf(pattern(r.Re)) }

// Chains is the same of the value's expression.
func (v *Value) Chains() []Chain {
	if v.Re == nil {
		return nil
	}
	return chainsOf(pattern(v.Re))
}

func chainsOf(pattern string) []Chain {
	tree, err := syntax.Parse(pattern, syntax.Perl|syntax.FoldCase)
	if err != nil {
		return nil // it was read before
	}
	var c chainer
	c.walk(tree)
	c.tear()
	return c.all
}

// chainer reads the chains out of an expression, from its beginning to its end.
type chainer struct {
	all   []Chain
	chain Chain // the one at hand
	piece Piece // its last
	open  bool  // more letters of it may follow
	fresh bool  // the next letter is the first of a word
}

func (c *chainer) walk(re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpNoWordBoundary: // they take no letter, and a boundary is not where our words end
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			c.class([]rune{r, r})
		}
	case syntax.OpCharClass:
		c.class(re.Rune)
	case syntax.OpConcat, syntax.OpCapture:
		for _, sub := range re.Sub {
			c.walk(sub)
		}
	case syntax.OpBeginLine, syntax.OpBeginText:
		c.tear()
		c.fresh = true
	case syntax.OpEndLine, syntax.OpEndText:
		c.part()
		c.tear()
	case syntax.OpPlus, syntax.OpRepeat:
		c.again(re)
	default:
		c.tear()
	}
}

// again reads what comes several times: signs between words part them however
// often they come, of all else nothing is known before and after.
func (c *chainer) again(re *syntax.Regexp) {
	if re.Op == syntax.OpRepeat && re.Min == 0 {
		c.tear()
		return
	}
	if sub := re.Sub[0]; sub.Op == syntax.OpCharClass || sub.Op == syntax.OpLiteral && len(sub.Rune) == 1 {
		if _, parts, known := kindOf(sub); known && parts {
			c.part()
			return
		}
	}
	c.tear()
	c.walk(re.Sub[0])
	c.tear()
}

func kindOf(re *syntax.Regexp) (set letterSet, parts, known bool) {
	if re.Op == syntax.OpLiteral {
		return lettersOf([]rune{re.Rune[0], re.Rune[0]})
	}
	return lettersOf(re.Rune)
}

// class reads one sign, out of ranges of them.
func (c *chainer) class(ranges []rune) {
	set, parts, known := lettersOf(ranges)
	switch {
	case !known:
		c.tear()
	case parts:
		c.part()
	default:
		if !c.open {
			c.piece, c.open = Piece{start: c.fresh}, true
		}
		c.piece.letters = append(c.piece.letters, set)
	}
}

// lettersOf says what ranges of signs are: letters, or signs that part words;
// not known when they are both, or other than ASCII. The two letters that are
// small forms of an s and a k are these.
func lettersOf(ranges []rune) (set letterSet, parts, known bool) {
	for i := 0; i+1 < len(ranges); i += 2 {
		if ranges[i+1]-ranges[i] > 0x80 {
			return 0, false, false
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			switch {
			case r == '\u017f':
				set |= letterSetOf('s')
			case r == '\u212a':
				set |= letterSetOf('k')
			case r >= 0x80:
				return 0, false, false
			case ascii[r] == ' ':
				parts = true
			default:
				set |= letterSetOf(ascii[r])
			}
		}
	}
	return set, parts, (set != 0) != parts
}

// part ends the word at hand.
func (c *chainer) part() {
	if c.open {
		c.piece.end = true
		c.close()
	}
	c.fresh = true
}

func (c *chainer) close() {
	c.chain = append(c.chain, c.piece.known())
	c.open = false
}

// tear ends the chain at hand: what follows may be anything.
func (c *chainer) tear() {
	if c.open {
		c.close()
	}
	all := c.chain
	trim := func(useless func(p *Piece) bool) {
		for len(all) > 0 && useless(&all[0]) {
			all = all[1:]
		}
		for len(all) > 0 && useless(&all[len(all)-1]) {
			all = all[:len(all)-1]
		}
	}
	trim((*Piece).Any)
	for i := range all {
		if all[i].Weight() >= shortWord {
			trim(func(p *Piece) bool { return p.Weight() < shortWord })
			break
		}
	}
	if len(all) > 0 {
		c.all = append(c.all, all)
	}
	c.chain, c.fresh = nil, false
}

// known is a piece with what helps to look for it; any word, where that would
// be too many words or the piece may be a number, the zeros of which are lost.
func (p Piece) known() Piece {
	letter, run := false, ""
	for _, s := range p.letters {
		letter = letter || s&^allLetters == 0
		if bits.OnesCount64(uint64(s)) != 1 {
			run = ""
			continue
		}
		run += string(s.first())
		if len(run) > len(p.plain) {
			p.plain = run
		}
	}
	if !letter || p.Weight() < shortWord-1 {
		return Piece{}
	}
	return p
}
