package query

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// ascii gives each byte of a word as it is compared; a blank for those that
// part words, zero for those of other letters.
var ascii = func() (t [256]byte) {
	for c := range 0x80 {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			t[c] = byte(c)
		default:
			t[c] = ' '
		}
	}
	return t
}()

// AppendWords appends the words of a text in the form in which they are
// compared, each followed by a blank: in small letters, without accents,
// leading zeros of numbers dropped. They hold no byte below 0x80 but a to z,
// 0 to 9; given again, they come out the same.
//
//   - A word is a run of letters and digits. Hyphens, apostrophes, quotation
//     marks of any shape, control bytes and bytes that are no UTF-8 end it.
//   - Each Chinese, Japanese or Korean sign is a word of its own.
//   - Accents go, written as one letter with it or on their own; ß is ss, æ ae,
//     œ oe, þ th, ø o, đ and ð d, ł l, the ı of Turkish i; ё is е, й и.
//   - Soft hyphens, joiners and other signs that draw nothing are as if they
//     were not there.
//   - Digits of any script are 0 to 9; a word of digits alone loses its leading
//     zeros, so that 000051 is 51.
func AppendWords(dst []byte, text string) []byte {
	n := len(dst)
	buf := slices.Grow(dst, len(text)+1)
	buf = buf[:cap(buf)]
	word := n // where the word at hand begins
	for i := 0; i < len(text); {
		c := ascii[text[i]]
		if c > ' ' {
			buf[n] = c
			n++
			i++
			continue
		}
		if c == ' ' {
			i++
			if n > word {
				n = closeWord(buf, word, n)
				word = n
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		what := classOf(r)
		if what == mute {
			continue
		}
		if what != letter && n > word { // it ends here
			n = closeWord(buf, word, n)
			word = n
		}
		if what == between {
			continue
		}
		// Room for what is left, the blanks after it and one sign.
		out := slices.Grow(appendFolded(buf[:n], r), len(text)-i+2)
		n, buf = len(out), out[:cap(out)]
		if what == alone {
			buf[n] = ' '
			n++
			word = n
		}
	}
	if n > word {
		n = closeWord(buf, word, n)
	}
	return buf[:n]
}

// closeWord ends the word that stands in buf[word:n] and gives the place after
// its blank.
func closeWord(buf []byte, word, n int) int {
	if buf[word] == '0' && n-word > 1 {
		n = word + len(withoutZeros(buf[word:n]))
	}
	buf[n] = ' '
	return n + 1
}

// withoutZeros moves a number to where its leading zeros were; other words it
// leaves alone.
func withoutZeros(word []byte) []byte {
	zeros := 0
	for i, c := range word {
		if c < '0' || c > '9' {
			return word
		}
		if c == '0' && zeros == i && i < len(word)-1 {
			zeros++
		}
	}
	return append(word[:0], word[zeros:]...)
}

// token is a word of a text: where it stands there, and where its form stands
// among the words of a passage.
type token struct{ start, end, from, to int }

// scanner finds the words of a text one after the other, as AppendWords does,
// with their places.
type scanner struct {
	text string
	at   int
}

// next finds the next word and appends its form to room, which is empty; an
// empty word is the end. The word is handed on, not kept, so that the room for
// it can be on the stack.
func (s *scanner) next(room []byte) (word []byte, start, end int) {
	word = room
	for s.at < len(s.text) {
		c := ascii[s.text[s.at]]
		if c > ' ' {
			if len(word) == 0 {
				start = s.at
			}
			word = append(word, c)
			s.at++
			continue
		}
		if c == ' ' {
			if len(word) > 0 {
				break
			}
			s.at++
			continue
		}
		r, size := utf8.DecodeRuneInString(s.text[s.at:])
		what := classOf(r)
		if len(word) > 0 && (what == between || what == alone) {
			break
		}
		if what == letter || what == alone {
			if len(word) == 0 {
				start = s.at
			}
			word = appendFolded(word, r)
		}
		s.at += size
		if what == alone {
			break
		}
	}
	if len(word) > 1 && word[0] == '0' {
		word = withoutZeros(word)
	}
	return word, start, s.at
}

// passage is a text taken apart.
type passage struct {
	text  string // "" when only its words are known
	words []byte // as AppendWords gives them
	at    []token
}

// apart takes a text apart.
func apart(text string) *passage {
	p := &passage{text: text, words: make([]byte, 0, len(text)+1), at: make([]token, 0, len(text)/5+1)}
	s := scanner{text: text}
	var room [64]byte
	for {
		word, start, end := s.next(room[:0])
		if len(word) == 0 {
			return p
		}
		from := len(p.words)
		p.words = append(append(p.words, word...), ' ')
		p.at = append(p.at, token{start, end, from, len(p.words) - 1})
	}
}

// passageOf is a passage of which only the words are known.
func passageOf(words []byte) *passage {
	p := &passage{words: words, at: make([]token, 0, len(words)/5+1)}
	for from := 0; from < len(words); {
		n := bytes.IndexByte(words[from:], ' ')
		if n < 0 {
			n = len(words) - from
		}
		if n > 0 {
			p.at = append(p.at, token{from: from, to: from + n})
		}
		from += n + 1
	}
	return p
}

// word is the form of the i-th word.
func (p *passage) word(i int) []byte { return p.words[p.at[i].from:p.at[i].to] }
