package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/model"
)

// piece is a term or field of a query that need not be finished.
type piece struct {
	from       int          // where it begins, the NOTs before it included
	start, end int          // without them
	name, op   string       // of a field
	values     []model.Span // without the = before one
	whole      []bool       // of each: there is one
	closed     bool         // a phrase or an expression: nothing in it can be completed
}

// nameEnd is where the name of a field ends.
func (x *piece) nameEnd() int { return x.start + len(x.name) }

// cutter takes an unfinished query to pieces. It is more patient than the
// parser: what is open ends where the text ends.
type cutter struct {
	text string
	at   int
	from int    // of the NOTs before the next piece; -1 when there are none
	open []byte // the brackets that are waited for
}

// pieceAt gives the piece in which or at whose end the cursor stands, an empty
// one when it stands in none, and the brackets that the query lacks.
func pieceAt(text string, at int) (found piece, lacks string) {
	c := cutter{text: text, from: -1}
	found = piece{from: at, start: at, end: at}
	for {
		c.pass()
		if c.at >= len(text) || c.at > at {
			break
		}
		if x := c.piece(); at <= x.end {
			found = x
			break
		}
		c.from = -1
	}
	if found.start == found.end && c.from >= 0 && c.from < at { // NOTs before nothing
		found.from = c.from
	}
	for c.at < len(text) {
		c.from = -1
		if c.pass(); c.at < len(text) {
			c.piece()
		}
	}
	for i := len(c.open) - 1; i >= 0; i-- {
		lacks += string(c.open[i])
	}
	return found, lacks
}

// pass passes over all that is no piece: blanks, brackets and operators.
func (c *cutter) pass() {
	for c.at < len(c.text) {
		rest := c.text[c.at:]
		r, size := utf8.DecodeRuneInString(rest)
		not := r == '-' || isWord(rest, "NOT")
		switch {
		case unicode.IsSpace(r):
			c.at += size
			continue
		case r == '-', r == '|':
			c.at++
		case r == '(':
			c.at++
			c.open = append(c.open, ')')
		case r == ')', r == '}':
			c.at++
			if n := len(c.open); n > 0 && c.open[n-1] == byte(r) {
				c.open = c.open[:n-1]
			}
		case isWord(rest, "OR"):
			c.at += 2
		case isWord(rest, "AND"), isWord(rest, "NOT"):
			c.at += 3
		case len(rest) >= 5 && strings.EqualFold(rest[:5], "para{"):
			c.at += 5
			c.open = append(c.open, '}')
		default:
			return
		}
		if !not {
			c.from = -1
		} else if c.from < 0 {
			c.from = c.at - size
			if r != '-' {
				c.from = c.at - 3
			}
		}
	}
}

// isWord says whether s begins with an operator that a blank or bracket ends.
func isWord(s, op string) bool {
	after, ok := strings.CutPrefix(s, op)
	return ok && after != "" && endsBare(after)
}

// piece takes the piece that begins here.
func (c *cutter) piece() piece {
	x := piece{from: c.at, start: c.at}
	if c.from >= 0 {
		x.from = c.from
	}
	if name := wordName(c.text[c.at:]); name != "" {
		x.op = opAt(c.text[c.at+len(name):])
		if x.op != "" {
			x.name = name
		}
	}
	if x.name == "" {
		x.closed = c.value("")
		x.end = c.at
		return x
	}
	c.at += len(x.name) + len(x.op)
	for {
		whole := strings.HasPrefix(c.text[c.at:], "=")
		if whole {
			c.at++
		}
		start := c.at
		c.value(",")
		x.values, x.whole = append(x.values, model.Span{Start: start, End: c.at}), append(x.whole, whole)
		if !strings.HasPrefix(c.text[c.at:], ",") {
			break
		}
		c.at++
	}
	x.end = c.at
	return x
}

// value takes a phrase, an expression or a bare word, up to one of the signs
// of stop; it says whether it is no bare word.
func (c *cutter) value(stop string) (closed bool) {
	rest := c.text[c.at:]
	r, size := utf8.DecodeRuneInString(rest)
	ends := func(i int, r rune) bool { return endsBare(rest[i:]) || strings.ContainsRune(stop, r) }
	switch {
	case isQuote(r):
		ends = func(_ int, r rune) bool { return isQuote(r) }
	case r == '/':
		ends = func(i int, r rune) bool { return r == '/' && rest[i-1] != '\\' }
	default:
		size = 0
	}
	i := size
	for i < len(rest) {
		r, n := utf8.DecodeRuneInString(rest[i:])
		if ends(i, r) {
			if size > 0 {
				i += n // the closing sign is part of it
				for i < len(rest) && !endsBare(rest[i:]) && !strings.ContainsRune(stop, rune(rest[i])) {
					i++ // and so is ~5
				}
			} else if i == 0 && stop == "" {
				i += n // a sign that stands nowhere: go on behind it
			}
			break
		}
		i += n
	}
	c.at += i
	return size > 0
}
