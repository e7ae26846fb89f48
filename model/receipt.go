package model

import (
	"cmp"
	"slices"
)

// Fate says what became of something that gave no cable.
type Fate string

// The fates. A document that is no cable is no fault; something unread may
// have been one; something refused was not opened because it is unsafe.
const (
	NotCable Fate = "not-a-cable"
	Unread   Fate = "unread"
	Refused  Fate = "refused"
)

// Refusal is something that gave no cable, and why in one plain sentence.
type Refusal struct {
	Path string // of the file; of an archive's entry the path of the archive, a slash and its name
	Why  string // the same words for the same reason, so that reasons can be counted
	Line int    // of the file, from 1, where a part of it is refused; else 0
	Fate Fate
}

// Reason is a sentence of refusals and how often it was said.
type Reason struct {
	Fate  Fate
	Why   string
	Count int
}

// Listed is how many refusals of a fate a receipt names; all are counted.
const Listed = 1000

// Receipt counts what became of everything that was found in a collection.
type Receipt struct {
	Files     int // files on disk that were looked at
	Items     int // cables and refusals: files, entries of archives, rows of tables
	Cables    int
	Copies    int       // the same bytes again
	NotCables []Refusal // the first Listed of them, as of the next two
	Unread    []Refusal // could not be read
	Refused   []Refusal // not opened, for safety
	Reasons   []Reason  // of all refusals, by fate, the most frequent first
	Bytes     int64     // of the cables, as they stand in their sources
}

// Refuse adds a refusal. Reasons is in order only after Sort.
func (r *Receipt) Refuse(no Refusal) {
	list := &r.NotCables
	switch no.Fate {
	case Unread:
		list = &r.Unread
	case Refused:
		list = &r.Refused
	}
	if len(*list) < Listed {
		*list = append(*list, no)
	}
	for i := range r.Reasons {
		if r.Reasons[i].Why == no.Why && r.Reasons[i].Fate == no.Fate {
			r.Reasons[i].Count++
			return
		}
	}
	r.Reasons = append(r.Reasons, Reason{no.Fate, no.Why, 1})
}

// Sort puts the reasons in order.
func (r *Receipt) Sort() {
	slices.SortStableFunc(r.Reasons, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(a.Fate, b.Fate), cmp.Compare(b.Count, a.Count))
	})
}

// Count is how many refusals had a fate, listed or not.
func (r *Receipt) Count(f Fate) int {
	n := 0
	for _, why := range r.Reasons {
		if why.Fate == f {
			n += why.Count
		}
	}
	return n
}
