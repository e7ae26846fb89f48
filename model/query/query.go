// Package query is the language in which a collection is asked: words, phrases
// and fields, joined by AND, OR and NOT, alone or within one paragraph.
//
//	"iran tag:PREL -visit"  ─► Parse ─► Query (a tree) ─► Match(Doc)      the meaning
//	                                          └────────► library: an index that gives the same, fast
//
// Parse never guesses and ignores nothing: what it does not understand is an
// Error with its place and a hint. Match on a Doc is the reference: whatever an
// index answers must be what Match answers on each cable alone.
package query

import (
	"regexp"
	"time"

	"chancery/model"
)

// Query is a question that was understood. It is not changed once made, and
// may be used by several goroutines. A nil Query asks for everything.
type Query struct {
	Text  string
	Root  Node   // nil: everything
	Notes []Note // what a reader should know of how it was read

	shown *lights // what Highlight looks for, worked out by Parse
}

// Note is a remark on a part of the query: "or" in small letters is a word.
type Note struct {
	Span model.Span
	Text string
}

// Options is what the reading of a query depends on.
type Options struct {
	Typing bool                             // the query is being typed: its unfinished last word counts as a prefix
	Saved  func(name string) (string, bool) // the saved query of a name, for q:NAME; nil when none are kept
	Desk   bool                             // the reader's own work is kept, and may be asked for
}

// Node is a part of a query: And, Or, Not, Para, Term, Regexp or Field.
type Node interface{ node() }

// And asks that all of its kids hold.
type And struct{ Kids []Node }

// Or asks that one of them does.
type Or struct{ Kids []Node }

// Not asks that its kid does not hold.
type Not struct{ Kid Node }

// Para asks that its kid holds of one and the same paragraph: terms look into
// its text alone, mark at its own marking; every other field is asked of the
// cable.
type Para struct{ Kid Node }

// Term is a word, or words that follow each other within the subject or within
// one paragraph.
type Term struct {
	Words []Word // in the form of Words; never empty
	Near  int    // above 0: in any order, with at most so many other words between the first and the last
	Span  model.Span
}

// Word is one word of a term.
type Word struct {
	Text   string // in the form that Words gives a text's words
	Prefix bool   // any word that begins so
	Exact  string // "" or the very letters that must stand there, =Word
	Fuzzy  bool   // any word at most one letter (two, from eight letters on) off
}

// Regexp asks that an expression matches somewhere in the subject or in a
// paragraph's text, without regard to capitals unless the expression says so.
type Regexp struct {
	Re   *regexp.Regexp
	Span model.Span

	needs []string // see Needs
}

// Field asks something of one field of the cable.
type Field struct {
	Name   string // as Fields lists it, never an alias
	Op     Op
	Values []Value // one of them must hold; with NotEqual none may
	Span   model.Span
}

// Op is how a field's value is compared.
type Op string

// The comparisons.
const (
	Is       Op = ":"
	NotEqual Op = "!="
	Less     Op = "<"
	AtMost   Op = "<="
	More     Op = ">"
	AtLeast  Op = ">="
)

// Value is a value of a field, read as the field's type wants it.
type Value struct {
	Text     string         // as written, without quotation marks
	Words    []Word         // of a text: they must follow each other in it
	Whole    bool           // of a name: it is this, and no name that only has these words in it
	Re       *regexp.Regexp // of a text: /pattern/
	From, To time.Time      // of a date: [From, To); a zero one is open
	Mark     model.Marking  // of a marking: the level, and controls that must all be there
	Number   int
	ID       string // of a cable: canonical
	Span     model.Span

	needs []string // of Re, see Regexp.Needs
}

func (*And) node()    {}
func (*Or) node()     {}
func (*Not) node()    {}
func (*Para) node()   {}
func (*Term) node()   {}
func (*Regexp) node() {}
func (*Field) node()  {}
