package library

import (
	"hash/maphash"
	"strings"
)

// lookup finds the number of a string that stands somewhere else: in a list, in
// a row. It holds numbers only, eight bytes a string, where a map would hold
// the strings again and cost five times as much.
type lookup struct {
	slots []uint32 // a number and one, 0 where there is none; a power of two of them
	n     int
	seed  maphash.Seed
}

// find gives the number of a string, which is what at gives for it.
func (t *lookup) find(s string, at func(uint32) string) (uint32, bool) {
	if t.n == 0 {
		return 0, false
	}
	i, ok := t.slot(s, at)
	if !ok {
		return 0, false
	}
	return t.slots[i] - 1, true
}

// slot is where a string stands, or would.
func (t *lookup) slot(s string, at func(uint32) string) (int, bool) {
	mask := len(t.slots) - 1
	for i := int(maphash.String(t.seed, s)) & mask; ; i = (i + 1) & mask {
		switch id := t.slots[i]; {
		case id == 0:
			return i, false
		case at(id-1) == s:
			return i, true
		}
	}
}

// add notes the number of a string, unless it has one.
func (t *lookup) add(s string, id uint32, at func(uint32) string) {
	if 2*(t.n+1) > len(t.slots) {
		t.grow(4*(t.n+1), at)
	}
	if i, ok := t.slot(s, at); !ok {
		t.slots[i] = id + 1
		t.n++
	}
}

// grow makes room for at least so many slots.
func (t *lookup) grow(most int, at func(uint32) string) {
	old := t.slots
	if t.seed == (maphash.Seed{}) {
		t.seed = maphash.MakeSeed()
	}
	size := 16
	for size < most {
		size *= 2
	}
	t.slots = make([]uint32, size)
	for _, id := range old {
		if id > 0 {
			i, _ := t.slot(at(id-1), at)
			t.slots[i] = id
		}
	}
}

// names numbers strings. What was numbered stays.
type names struct {
	list []string
	back *lookup // made when the first is asked for
}

func (n *names) at(id uint32) string { return n.list[id] }

// id gives the number of a string. What is new is kept as a copy: it may be a
// slice of the text of a cable, all of which would stay in memory.
func (n *names) id(s string) uint32 {
	if id, ok := n.find(s); ok {
		return id
	}
	id := uint32(len(n.list))
	s = strings.Clone(s)
	n.list = append(n.list, s)
	n.back.add(s, id, n.at)
	return id
}

// find gives the number of a string that has one.
func (n *names) find(s string) (uint32, bool) {
	if n.back == nil {
		n.back = &lookup{}
		n.back.grow(2*len(n.list), n.at)
		for id, s := range n.list {
			n.back.add(s, uint32(id), n.at)
		}
	}
	return n.back.find(s, n.at)
}
