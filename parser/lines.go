package parser

import (
	"slices"
	"strings"
)

// line is one line of the source. A form feed ends a line as LF does; the CR
// before a line end belongs to no line.
type line struct {
	start int // first byte
	from  int // first byte that is not blank
	to    int // after the last byte that is not blank
}

func (l line) blank() bool { return l.from >= l.to }

// splitLines cuts the text into lines and tells what each is. A text that ends
// in LF has no empty last line. The zeros that every page line of a section
// has, and the PAGE of prints, are looked for in the whole text, not in each
// line anew.
func (r *reader) splitLines() {
	text := r.text
	ff := nextByte(text, 0, len(text), '\f')
	most := strings.Count(text, "\n") + 1
	if ff < len(text) {
		most += strings.Count(text[ff:], "\f")
	}
	lines, kinds := slices.Grow(r.lines, most)[:most], slices.Grow(r.kinds, most)[:most]
	n := 0
	zeros, page := nextZeros(text, 0), nextPage(text, 0)
	sign := min(zeros, page) // the first of both
	for at := 0; at < len(text); n++ {
		end := strings.IndexByte(text[at:ff], '\n') + at
		if end < at {
			end = ff
		}
		l := line{at, at, end}
		for l.to > at && text[l.to-1] == ' ' { // as most lines end
			l.to--
		}
		if l.blank() || !isInk[text[at]] || !isInk[text[l.to-1]] {
			l.from, l.to = trim(text, at, l.to)
		}
		if sign < l.from {
			if zeros < l.from {
				zeros = nextZeros(text, l.from)
			}
			if page < l.from {
				page = nextPage(text, l.from)
			}
			sign = min(zeros, page)
		}
		lines[n], kinds[n] = l, textLine
		if l.blank() {
			kinds[n] = blankLine
		} else if sign < l.to || mayBeFurniture[text[l.from]] {
			kinds[n] = kindOf(text[l.from:l.to], zeros < l.to, page < l.to)
		}
		at = end + 1
		if end == ff && at < len(text) {
			ff = nextByte(text, at, len(text), '\f')
		}
	}
	r.lines, r.kinds = lines[:n], kinds[:n]
}

// nextByte gives where c stands first in text from at on, before the place
// to; to when it does not.
func nextByte(text string, at, to int, c byte) int {
	if n := strings.IndexByte(text[at:to], c); n >= 0 {
		return at + n
	}
	return to
}

// isInk are the bytes that are not blank whatever stands beside them.
var isInk = func() (ink [256]bool) {
	for c := '!'; c < 0x7f; c++ {
		ink[c] = c != '\\'
	}
	return ink
}()

// trim narrows [from, to) to what is not blank: spaces, tabs, no-break spaces
// and the backslash that some exports leave at a line end.
func trim(text string, from, to int) (int, int) {
	from = skipBlanks(text, from, to)
	for from < to {
		switch c := text[to-1]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == 0:
			to--
		case c == '\\':
			to--
		case c == 0xA0 && to-2 >= from && text[to-2] == 0xC2:
			to -= 2
		default:
			return from, to
		}
	}
	return from, from
}

// skipBlanks gives the first place in [at, to) that is not blank.
func skipBlanks(text string, at, to int) int {
	for at < to {
		switch c := text[at]; {
		case c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == 0:
			at++
		case c == 0xC2 && at+1 < to && text[at+1] == 0xA0:
			at += 2
		case c == 0xEF && at+2 < to && text[at+1] == 0xBB && text[at+2] == 0xBF: // a byte order mark
			at += 3
		default:
			return at
		}
	}
	return to
}

// hasFold says whether s begins with the upper-case ASCII word, in any case.
// Nearly always the first byte says that it does not.
func hasFold(s, word string) bool {
	return len(s) >= len(word) && (s[0]|0x20 == word[0]|0x20) && foldsTo(s, word)
}

// foldsTo says whether the first bytes of s are the word's, in any case.
func foldsTo(s, word string) bool {
	for i := 0; i < len(word) && i < len(s); i++ {
		if c := s[i]; c != word[i] && (!isLower(c) || c-32 != word[i]) {
			return false
		}
	}
	return true
}

// isFold says whether s is the upper-case ASCII word, in any case.
func isFold(s, word string) bool { return len(s) == len(word) && foldsTo(s, word) }

// hasWord says whether s begins with the word, in any case, and the word ends
// there.
func hasWord(s, word string) bool {
	return hasFold(s, word) && (len(s) == len(word) || !isWordByte(s[len(word)]))
}

// indexFold gives the first place of the upper-case ASCII word in s, in any
// case, or -1.
func indexFold(s, word string) int {
	if word == "" {
		return 0
	}
	lo, up := lower(word[0]), word[0]
	for at := 0; at+len(word) <= len(s); {
		n := indexEither(s[at:], lo, up)
		if n < 0 || at+n+len(word) > len(s) {
			return -1
		}
		at += n
		if hasFold(s[at:], word) {
			return at
		}
		at++
	}
	return -1
}

// indexEither gives the first place of either byte. It looks for the rarer
// one only as far as the other was found, so that it stays linear over all
// calls for a text that holds just one of them.
func indexEither(s string, a, b byte) int {
	for i := 0; i < len(s); i++ {
		if s[i] == a || s[i] == b {
			return i
		}
	}
	return -1
}

func upper(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return c - 32
	}
	return c
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 32
	}
	return c
}

func isDigit(c byte) bool    { return '0' <= c && c <= '9' }
func isUpper(c byte) bool    { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool    { return 'a' <= c && c <= 'z' }
func isLetter(c byte) bool   { return isUpper(c) || isLower(c) }
func isWordByte(c byte) bool { return wordBytes[c] }

// wordBytes are letters, digits and whatever is beyond ASCII.
var wordBytes = func() (word [256]bool) {
	for c := range word {
		b := byte(c)
		word[c] = isLetter(b) || isDigit(b) || b >= 0x80
	}
	return word
}()

// digits counts the digits s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// number reads the digits s begins with; too many of them give -1.
func number(s string) int {
	n := digits(s)
	if n == 0 || n > 9 {
		return -1
	}
	v := 0
	for i := 0; i < n; i++ {
		v = v*10 + int(s[i]-'0')
	}
	return v
}

// word gives the word s begins with, up to a blank.
func word(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' || s[i] == '\t' {
			return s[:i]
		}
	}
	return s
}

// squeeze makes every run of blanks and line ends one space and trims.
func squeeze(s string) string {
	s = strings.TrimSpace(s)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c > ' ' && c != 0xC2 || c == ' ' && s[i+1] != ' ' {
			continue
		}
		return strings.Join(strings.Fields(s), " ")
	}
	return s
}
