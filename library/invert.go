package library

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// inverter turns the words of cables into lists of where each word stands. It
// is used again for batch after batch, so that it makes no garbage.
//
//	add: cable ─► number of each word, one after the other
//	each: words in order, each with its cables in order and its places in them
//
// The numbers are then counted and put where their word's begin, which costs
// less than a growing list for each word.
type inverter struct {
	seed    maphash.Seed
	salt    uint64
	slots   []uint32 // number of a word + 1, by its hash; 0 is free
	words   []inverted
	letters []byte   // of all words
	all     []uint32 // number of each word, of all cables
	docs    []invertedDoc
	folded  []byte
	order   []uint32
	posts   []uint64
	places  []byte
}

// inverted is a word. Most are no longer than eight bytes: these are compared
// as numbers.
type inverted struct {
	head     uint64 // its first eight bytes, 0 where there are no more: no word has a 0
	hash     uint32
	from, to uint32 // in letters
	count    uint32 // how often it stands
}

// firstEight gives the first bytes of a word so that heads are in the order of the
// words.
func firstEight(w []byte) uint64 {
	if len(w) >= 8 {
		return binary.BigEndian.Uint64(w)
	}
	var n uint64
	for _, c := range w {
		n = n<<8 | uint64(c)
	}
	return n << (8 * (8 - len(w)))
}

// invertedDoc is a cable: so many of the words are of its text, and so many of
// its subject.
type invertedDoc struct{ key, text, subject int }

const (
	slotsLeast = 1 << 16
	wordsKept  = 1 << 22
)

// start forgets everything.
func (v *inverter) start() {
	if v.slots == nil {
		v.seed, v.salt, v.slots = maphash.MakeSeed(), rand.Uint64(), make([]uint32, slotsLeast)
	}
	clear(v.slots)
	if len(v.all) > wordsKept { // of a giant; room for the usual is made again
		v.all, v.posts = nil, nil
	}
	v.words, v.letters, v.all, v.docs = v.words[:0], v.letters[:0], v.all[:0], v.docs[:0]
}

// add takes in the words of a cable. Keys rise.
func (v *inverter) add(key int, w *wording) {
	d := invertedDoc{key: key}
	d.text = v.split(w.text)
	d.subject = v.split(w.subject)
	v.docs = append(v.docs, d)
}

// split takes in words as the tokenizer "ascii" does, and counts them.
func (v *inverter) split(text []byte) int {
	n := len(v.all)
	for i := 0; i < len(text); {
		if wordByte[text[i]] == 0 {
			i++
			continue
		}
		from, upper := i, false
		for i < len(text) && wordByte[text[i]] != 0 {
			upper = upper || wordByte[text[i]] != text[i]
			i++
		}
		w := text[from:i]
		if upper {
			v.folded = append(v.folded[:0], w...)
			for i, c := range v.folded {
				v.folded[i] = wordByte[c]
			}
			w = v.folded
		}
		v.all = append(v.all, v.number(w[:min(len(w), longestWord)]))
	}
	return len(v.all) - n
}

// longestWord is after how many bytes FTS5 cuts a word.
const longestWord = 32768

// wordByte gives the form in which a byte of a word is compared; 0 is of none.
var wordByte = func() (t [256]byte) {
	for i := range t {
		switch c := byte(i); {
		case c >= 'A' && c <= 'Z':
			t[i] = c + 'a' - 'A'
		case c >= 0x80, c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			t[i] = c
		}
	}
	return t
}()

// number gives the number of a word.
func (v *inverter) number(w []byte) uint32 {
	head := firstEight(w)
	high, low := bits.Mul64(head^v.salt, 0x9e3779b97f4a7c15) // nobody can foresee which words meet: salt is by chance
	hash := uint32(high ^ low)
	if len(w) > 8 {
		hash = uint32(maphash.Bytes(v.seed, w))
	}
	mask := uint32(len(v.slots) - 1)
	i := hash & mask
	for ; v.slots[i] != 0; i = (i + 1) & mask {
		n := v.slots[i] - 1
		k := &v.words[n]
		if k.head == head && k.hash == hash && int(k.to-k.from) == len(w) && (len(w) <= 8 || string(v.letters[k.from:k.to]) == string(w)) {
			k.count++
			return n
		}
	}
	n := uint32(len(v.words))
	from := uint32(len(v.letters))
	v.letters = append(v.letters, w...)
	v.words = append(v.words, inverted{head, hash, from, uint32(len(v.letters)), 1})
	v.slots[i] = n + 1
	if 2*len(v.words) > len(v.slots) {
		v.grow()
	}
	return n
}

func (v *inverter) grow() {
	v.slots = make([]uint32, 2*len(v.slots))
	mask := uint32(len(v.slots) - 1)
	for n := range v.words {
		i := v.words[n].hash & mask
		for v.slots[i] != 0 {
			i = (i + 1) & mask
		}
		v.slots[i] = uint32(n) + 1
	}
}

func (v *inverter) word(n uint32) []byte {
	return v.letters[v.words[n].from:v.words[n].to]
}

// A place is written as one number: the row in docs, whether it is in the
// subject, and how manieth word.
const (
	placeBits = 31
	ofSubject = 1 << placeBits
	docBits   = placeBits + 1
)

// each gives every word in the order of the bytes, and after it each cable in
// which it stands with its places, in the form of FTS5.
func (v *inverter) each(word func(w []byte) error, row func(key int, places []byte) error) error {
	v.place()
	v.order = v.order[:0]
	for n := range v.words {
		v.order = append(v.order, uint32(n))
	}
	slices.SortFunc(v.order, func(a, b uint32) int {
		if c := cmp.Compare(v.words[a].head, v.words[b].head); c != 0 {
			return c
		}
		return bytes.Compare(v.word(a), v.word(b))
	})
	for _, n := range v.order {
		if err := word(v.word(n)); err != nil {
			return err
		}
		end := v.words[n].count // place has made it the end of its places
		from := uint32(0)
		if n > 0 {
			from = v.words[n-1].count
		}
		for from < end {
			doc := v.posts[from] >> docBits
			to := from + 1
			for to < end && v.posts[to]>>docBits == doc {
				to++
			}
			v.places = appendPlaces(v.places[:0], v.posts[from:to])
			if err := row(v.docs[doc].key, v.places); err != nil {
				return err
			}
			from = to
		}
	}
	return nil
}

// place puts every place among those of its word; count becomes their end.
func (v *inverter) place() {
	v.posts = slices.Grow(v.posts[:0], len(v.all))[:len(v.all)]
	begin := uint32(0)
	for n := range v.words {
		begin, v.words[n].count = begin+v.words[n].count, begin
	}
	all := v.all
	put := func(doc, in, count int) {
		for i, n := range all[:count] {
			w := &v.words[n]
			v.posts[w.count] = uint64(doc)<<docBits | uint64(in) | uint64(i)
			w.count++
		}
		all = all[count:]
	}
	for doc, d := range v.docs {
		put(doc, 0, d.text)
		put(doc, ofSubject, d.subject)
	}
}

// appendPlaces writes the places in one cable: the distance of each from the
// one before and 2; those in the subject after a 1 and the number of its column.
func appendPlaces(b []byte, posts []uint64) []byte {
	const mask = ofSubject - 1
	last, subject := uint64(0), false
	for _, p := range posts {
		if p&ofSubject != 0 && !subject {
			b, subject, last = append(b, 1, 1), true, 0
		}
		b = appendVarint(b, p&mask-last+2)
		last = p & mask
	}
	return b
}
