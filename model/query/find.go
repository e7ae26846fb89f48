package query

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// stream is the words of a text with a blank before the first, so that a whole
// word is found with a blank on either side.
func stream(text string) []byte {
	return AppendWords(append(make([]byte, 0, len(text)+2), ' '), text)
}

// Fits says whether a word of a text, in the form of AppendWords, is what is
// asked for. Exact is not looked at: it speaks of letters that this form has
// lost.
func (w *Word) Fits(word string) bool { return fits(w, word) }

func fits[T string | []byte](w *Word, word T) bool {
	switch {
	case w.Prefix:
		return len(word) >= len(w.Text) && string(word[:len(w.Text)]) == w.Text
	case w.Fuzzy:
		return near(w.Text, string(word), mostOff(w.Text))
	}
	return string(word) == w.Text
}

// mostOff is how many letters a word may be off: one, two from eight letters on.
func mostOff(word string) int {
	if utf8.RuneCountInString(word) >= 8 {
		return 2
	}
	return 1
}

// shares says whether one of so many pieces of a word stands in another: of words
// that are off by fewer letters than there are pieces, one piece is untouched.
// Nearly all words fail this, and it costs little.
func shares(a, b string, pieces int) bool {
	from := 0
	for i := range pieces {
		end := max(from, len(a)*(i+1)/pieces)
		for end < len(a) && !utf8.RuneStart(a[end]) {
			end++
		}
		if strings.Contains(b, a[from:end]) {
			return true
		}
		from = end
	}
	return false
}

// near says whether at most so many letters must be put in, left out or
// changed to make one word of the other (Levenshtein). Only the middle of the
// table is worked out, so that a long word costs no more than its length.
func near(a, b string, most int) bool {
	if len(b)-len(a) > most*utf8.UTFMax || len(a)-len(b) > most*utf8.UTFMax {
		return false
	}
	if !shares(a, b, most+1) {
		return false
	}
	var x, y [64]rune
	s, t := appendRunes(x[:0], a), appendRunes(y[:0], b)
	if len(s)-len(t) > most || len(t)-len(s) > most {
		return false
	}
	for len(s) > 0 && len(t) > 0 && s[0] == t[0] {
		s, t = s[1:], t[1:]
	}
	for len(s) > 0 && len(t) > 0 && s[len(s)-1] == t[len(t)-1] {
		s, t = s[:len(s)-1], t[:len(t)-1]
	}
	return off(s, t, most)
}

func appendRunes(dst []rune, s string) []rune {
	for _, r := range s {
		dst = append(dst, r)
	}
	return dst
}

// off tries each way to make up for the first letter that differs. With two at
// most that is a handful of ways.
func off(s, t []rune, most int) bool {
	for len(s) > 0 && len(t) > 0 && s[0] == t[0] {
		s, t = s[1:], t[1:]
	}
	switch {
	case len(s) == 0 || len(t) == 0:
		return len(s)+len(t) <= most
	case most == 0:
		return false
	}
	return off(s[1:], t[1:], most-1) || off(s[1:], t, most-1) || off(s, t[1:], most-1)
}

// In says whether the term stands in a text: in the subject, or in one
// paragraph.
func (t *Term) In(text string) bool { return t.in(text, stream(text)) }

// InWords says the same of words as AppendWords gives them, so far as they
// tell: of a word asked for exactly they tell only that it may be there.
func (t *Term) InWords(words []byte) bool {
	if t.Near == 0 && t.plain() {
		if len(words) > 0 && words[0] != ' ' {
			var room [256]byte
			want := t.appendWant(room[:0])
			return bytes.HasPrefix(words, want[1:]) || bytes.Contains(words, want)
		}
		return t.in("", words)
	}
	return t.inPassage(passageOf(words))
}

// in says whether the term stands in a text the stream of which is known.
func (t *Term) in(text string, stream []byte) bool {
	if t.Near == 0 && t.plain() {
		var room [256]byte
		if !bytes.Contains(stream, t.appendWant(room[:0])) {
			return false
		}
		if !t.exact() {
			return true
		}
	} else if !t.mayStand(stream) {
		return false
	}
	return t.inPassage(apart(text))
}

// plain says whether the term is words that stand as they are, only the last
// of them perhaps going on.
func (t *Term) plain() bool {
	for i := range t.Words {
		if w := &t.Words[i]; w.Fuzzy || w.Prefix && i < len(t.Words)-1 {
			return false
		}
	}
	return true
}

func (t *Term) exact() bool {
	return slices.ContainsFunc(t.Words, func(w Word) bool { return w.Exact != "" })
}

// appendWant appends what a stream must hold for a plain term.
func (t *Term) appendWant(dst []byte) []byte {
	dst = append(dst, ' ')
	for i := range t.Words {
		dst = append(dst, t.Words[i].Text...)
		if !t.Words[i].Prefix {
			dst = append(dst, ' ')
		}
	}
	return dst
}

// mayStand rules a stream out in which a word that is not fuzzy does not occur
// at all.
func (t *Term) mayStand(stream []byte) bool {
	for i := range t.Words {
		w := &t.Words[i]
		if w.Fuzzy {
			continue
		}
		var room [128]byte
		if !bytes.Contains(stream, (&Term{Words: t.Words[i : i+1]}).appendWant(room[:0])) {
			return false
		}
	}
	return true
}

// inPassage says whether the term stands in a passage.
func (t *Term) inPassage(p *passage) bool {
	if t.Near > 0 {
		_, ok := t.hits(p).next()
		return ok
	}
	_, ok := t.nextRow(p, 0)
	return ok
}

// fitsAt says whether the i-th word of a passage is what is asked for, in its
// letters too where the passage has them.
func (w *Word) fitsAt(p *passage, i int) bool {
	if !fits(w, p.word(i)) {
		return false
	}
	return w.Exact == "" || p.text == "" || p.text[p.at[i].start:p.at[i].end] == w.Exact
}

// nextRow finds the words of the term one after the other, from the from-th
// word of a passage on, and gives the place of the first.
func (t *Term) nextRow(p *passage, from int) (first int, ok bool) {
next:
	for i := from; i+len(t.Words) <= len(p.at); i++ {
		for j := range t.Words {
			if !t.Words[j].fitsAt(p, i+j) {
				continue next
			}
		}
		return i, true
	}
	return 0, false
}

// inFile says whether a value is a part of the name of a file.
func (v *Value) inFile(name string) bool {
	if v.Re != nil {
		return v.Re.MatchString(name)
	}
	return strings.Contains(strings.ToLower(name), strings.ToLower(v.Text))
}

// isName says whether a value is the whole of a name. Quotation marks cannot be
// asked for: they are as blanks.
func (v *Value) isName(name string) bool {
	return strings.EqualFold(quotable(name), quotable(v.Text))
}

// inName says whether a value is a whole word of a name, or several that follow
// each other, blanks not counted.
func (v *Value) inName(name *passage) bool {
	if len(v.Words) == 1 && v.Words[0].Fuzzy {
		for i := range name.at {
			if fits(&v.Words[0], name.word(i)) {
				return true
			}
		}
		return len(name.at) > 1 && fits(&v.Words[0], bytes.ReplaceAll(name.words, []byte(" "), nil))
	}
	if len(v.Words) == 0 {
		return false
	}
	var room [128]byte
	want := room[:0]
	for i := range v.Words {
		want = append(want, v.Words[i].Text...)
	}
	open := v.Words[len(v.Words)-1].Prefix
	for i := range name.at {
		rest := want
		for j := i; j < len(name.at) && len(rest) > 0; j++ {
			w := name.word(j)
			if open && bytes.HasPrefix(w, rest) {
				return true
			}
			after, ok := bytes.CutPrefix(rest, w)
			if !ok {
				break
			}
			if len(after) == 0 {
				return true
			}
			rest = after
		}
	}
	return false
}
