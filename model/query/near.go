package query

// mostNear is how many words may be asked to stand near each other.
const mostNear = 16

// hit is a place of a passage where some words of a term stand: bit j is that
// of the j-th.
type hit struct {
	at   int
	word uint16
}

// hits are the places of a term's words in a passage, in order, and a window
// that moves over them.
type hits struct {
	term        *Term
	at          []hit
	first, last int
}

// hits finds them.
func (t *Term) hits(p *passage) *hits {
	h := &hits{term: t}
	for i := range p.at {
		word := uint16(0)
		for j := range min(len(t.Words), mostNear) {
			if t.Words[j].fitsAt(p, i) {
				word |= 1 << j
			}
		}
		if word != 0 {
			h.at = append(h.at, hit{i, word})
		}
	}
	return h
}

// next gives the places at which the words stand near each other, each of them
// another word of the passage, the last of them as early as can be; then those
// that end later.
func (h *hits) next() (places []int, ok bool) {
	all := uint16(1)<<len(h.term.Words) - 1
	reach := len(h.term.Words) + h.term.Near // words from the first to the last
	for ; h.last < len(h.at); h.last++ {
		last := h.at[h.last].at
		for h.at[h.first].at <= last-reach {
			h.first++
		}
		window := h.at[h.first : h.last+1]
		seen := uint16(0)
		for _, x := range window {
			seen |= x.word
		}
		if seen != all || len(window) < len(h.term.Words) {
			continue
		}
		if places := choose(window, len(h.term.Words)); places != nil {
			h.last++
			return places, true
		}
	}
	return nil, false
}

// choose gives each of n words a place of its own (Kuhn's matching); nil when
// there are not enough.
func choose(window []hit, n int) []int {
	holder := make([]int, len(window)) // which word has the place, from 1
	var give func(j int, tried []bool) bool
	give = func(j int, tried []bool) bool {
		for i := len(window) - 1; i >= 0; i-- {
			if tried[i] || window[i].word>>j&1 == 0 {
				continue
			}
			tried[i] = true
			if holder[i] == 0 || give(holder[i]-1, tried) {
				holder[i] = j + 1
				return true
			}
		}
		return false
	}
	for j := range n {
		if !give(j, make([]bool, len(window))) {
			return nil
		}
	}
	places := make([]int, 0, n)
	for i, j := range holder {
		if j > 0 {
			places = append(places, window[i].at)
		}
	}
	return places
}
