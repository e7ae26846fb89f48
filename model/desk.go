package model

import (
	"slices"
	"strings"
	"time"
)

// The desk is the reader's own work on cables: what was judged, starred, read,
// labelled, noted and pinned. It is kept apart from the collection, outlives
// its index, and follows a cable to wherever a copy of it turns up.

// Handle names a cable to the desk.
type Handle struct {
	ID  string `json:"id,omitempty"`  // canonical id; "" for a cable without one
	Sum string `json:"sum,omitempty"` // the first 128 bits of the SHA-256 of its bytes, 32 hexadecimal digits; "" when not known
}

// Key is what work is kept under: the id, so that all copies of a cable share
// it, or else what its bytes are.
func (h Handle) Key() string {
	if h.ID != "" {
		return h.ID
	}
	return sumPrefix + h.Sum
}

// sumPrefix stands before the sum in the key of a cable without id.
const sumPrefix = "sha256:"

// HandleOfKey gives back the handle that a key was made of.
func HandleOfKey(key string) Handle {
	if sum, ok := strings.CutPrefix(key, sumPrefix); ok {
		return Handle{Sum: sum}
	}
	return Handle{ID: key}
}

// Handle gives the name by which the desk knows the cable of a row.
func (e *Entry) Handle() Handle { return Handle{ID: e.ID, Sum: e.Sum} }

// Judgement is what a reader thinks of a cable for the question at hand.
type Judgement string

// The judgements. A cable that was not judged has none.
const (
	Unjudged   Judgement = ""
	Relevant   Judgement = "relevant"
	Irrelevant Judgement = "irrelevant"
	Later      Judgement = "later"
)

// Sign is the judgement as one letter for a list, which needs no colour.
func (j Judgement) Sign() string {
	switch j {
	case Relevant:
		return "+"
	case Irrelevant:
		return "-"
	case Later:
		return "?"
	}
	return " "
}

// Spot is a paragraph of a cable, as the desk finds it again: by its text
// where that still stands, else by its number, else by its place.
type Spot struct {
	Block  int    `json:"block"`            // its place among the blocks, from 0
	Number string `json:"number,omitempty"` // as the cable numbers it: "4", "4.a"
	Sum    string `json:"sum,omitempty"`    // first 64 bits of the SHA-256 of its text, white space folded: 16 hexadecimal digits
}

// Note is a text of the reader's, in Markdown. On a cable or a paragraph there
// is one, which is written anew or taken away by writing nothing.
type Note struct {
	Spot *Spot     `json:"spot,omitempty"` // nil: of the whole cable
	Text string    `json:"text"`
	When time.Time `json:"when"` // it was written last
}

// Passage is a paragraph with labels.
type Passage struct {
	Spot   Spot     `json:"spot"`
	Labels []string `json:"labels"` // sorted
}

// Work is all that the reader has done with one cable.
type Work struct {
	Handle
	Judgement Judgement `json:"judgement,omitempty"`
	Judged    time.Time `json:"judged,omitzero"` // when it was judged last
	Star      bool      `json:"star,omitempty"`
	Read      bool      `json:"read,omitempty"`
	Place     *Spot     `json:"place,omitempty"`  // where reading stopped
	Labels    []string  `json:"labels,omitempty"` // of the whole cable, sorted
	Passages  []Passage `json:"passages,omitempty"`
	Notes     []Note    `json:"notes,omitempty"` // that of the cable first, then by place
	Pins      int       `json:"pins,omitempty"`  // of its paragraphs in briefs
}

// Empty says that there is nothing of the reader's on the cable.
func (w *Work) Empty() bool {
	return w.Judgement == Unjudged && !w.Star && !w.Read && w.Place == nil && len(w.Labels) == 0 && len(w.Passages) == 0 && len(w.Notes) == 0 && w.Pins == 0
}

// AllLabels are those of the cable and of its paragraphs, each once, sorted.
func (w *Work) AllLabels() []string {
	if len(w.Passages) == 0 {
		return w.Labels
	}
	all := slices.Clone(w.Labels)
	for i := range w.Passages {
		all = append(all, w.Passages[i].Labels...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Words gives what of is: and has: of the query language holds.
func (w *Work) Words() (is, has []string) {
	say := func(list *[]string, yes bool, word string) {
		if yes {
			*list = append(*list, word)
		}
	}
	labelled := len(w.Labels) > 0 || len(w.Passages) > 0
	say(&is, w.Read, "read")
	say(&is, !w.Read, "unread")
	say(&is, w.Judgement == Unjudged, "unjudged")
	say(&is, w.Judgement != Unjudged, string(w.Judgement))
	say(&is, w.Star, "starred")
	say(&is, len(w.Notes) > 0, "noted")
	say(&is, labelled, "labelled")
	say(&is, w.Pins > 0, "pinned")
	say(&has, len(w.Notes) > 0, "note")
	say(&has, labelled, "label")
	return is, has
}

// Brief is an ordered list of paragraphs that the reader wants to quote.
type Brief struct {
	Name string `json:"name"`
	Pins []Pin  `json:"pins"`
}

// Pin is one of them. It holds the text, so that a brief can be read where the
// cable is not.
type Pin struct {
	N       int    `json:"n"` // names it within the desk; never used again
	Handle         // the cable
	Spot    Spot   `json:"spot"`
	Mark    string `json:"mark,omitempty"` // portion marking as a code, "S/NF"
	Text    string `json:"text"`
	Comment string `json:"comment,omitempty"` // of the reader's, on this item
}

// Deed is a kind of thing a reader does.
type Deed string

// The deeds. All but DoRead can be undone.
const (
	DoJudge   Deed = "judge"   // On, Judgement
	DoStar    Deed = "star"    // On, Yes
	DoRead    Deed = "read"    // On, Yes, Spot: where reading stopped
	DoLabel   Deed = "label"   // On, Label, Yes; Spot: a paragraph of the one cable
	DoNote    Deed = "note"    // On (one), Text ("" takes it away); Spot: a paragraph
	DoPin     Deed = "pin"     // On (one), Brief, Spot, Mark, Text
	DoUnpin   Deed = "unpin"   // Pin
	DoMove    Deed = "move"    // Pin, To: its place in the brief, from 0
	DoComment Deed = "comment" // Pin, Text
	DoBrief   Deed = "brief"   // Brief: begin one (or, Yes false, take it away); Text: another name for it
)

// Act is one thing a reader does: one step of undo, however many cables it
// concerns.
type Act struct {
	Do        Deed
	On        []Handle
	Spot      *Spot
	Judgement Judgement
	Yes       bool
	Label     string
	Text      string
	Mark      string
	Brief     string
	Pin, To   int
}

// Done says what came of an act: it is on disk.
type Done struct {
	Version int     // of the desk now
	Text    string  // what was done, to be shown: "judged relevant: 07ASTANA9911"
	Works   []Work  // that changed, as they are now
	Briefs  []Brief // all of them, if one changed; else nil
	Undo    int     // steps that can be undone now
	Redo    int     // steps that can be done again
}

// DeskState is all of a reader's work on a collection at one moment.
type DeskState struct {
	Version int
	Reader  string          // whose it is
	Works   map[string]Work // by key; only those that are not empty
	Briefs  []Brief         // in the order in which they were begun
	Undo    int
	Redo    int
	Held    string // why nothing can be written here, after "your work is"; "" when it can: "held by another chancery (process 4711 on host, since 14:02)"
	Notice  string // what the reader should be told of how the desk was found: "the last line of the journal was not whole and was left out"
}
