package query

import (
	"errors"
	"time"

	"chancery/model"
)

// Error is a query that was not understood: what is wrong, where, and what to
// write instead.
type Error struct {
	Query string
	Span  model.Span // of the fault, bytes of Query
	What  string     // a sentence without its end: "sercet" is not a classification
	Hint  string     // a second one, "" when there is none to give
}

// Error is four lines: the query, a caret under the fault, the sentence with
// its column (counted in characters from 1), the hint.
func (e *Error) Error() string { return e.What }

// Parse reads a query. An error is always an *Error. A query of blanks alone
// asks for everything: its Root is nil.
func Parse(text string, o Options) (*Query, error) { return nil, errors.New("not written") }

// Kind is what the values of a field are.
type Kind string

// The kinds of field.
const (
	OfText   Kind = "text"    // the value's words follow each other in it, or /pattern/
	OfName   Kind = "name"    // of posts, countries, TAGS, captions
	OfMark   Kind = "marking" // ordered
	OfDate   Kind = "date"    // ordered
	OfNumber Kind = "number"  // ordered
	OfCable  Kind = "cable"   // an id in any spelling
	OfWord   Kind = "word"    // one of a fixed list: is, has, missing
	OfQuery  Kind = "query"   // the name of a saved query
)

// FieldInfo describes a field of the language.
type FieldInfo struct {
	Name    string
	Aliases []string
	Kind    Kind
	Meaning string   // in a few words, for help and completion
	Example string   // tag:PREL
	Words   []string // the values it may have, of kind OfWord
	Desk    bool     // it asks for the reader's own work, which is kept apart from the collection
}

// Fields lists the fields, in the order in which help shows them.
func Fields() []FieldInfo { return nil }

// Match says whether a cable answers the query: the reference meaning of the
// language, which every index must agree with.
func (q *Query) Match(d *Doc) bool { return false }

// Holds says whether one of the field's values holds of a text, name or word:
// what != turns round is left to the caller.
func (f *Field) Holds(s string) bool { return false }

// HoldsMark says whether a marking compares with one of the values as the
// field asks. An unknown level compares with nothing.
func (f *Field) HoldsMark(m model.Marking) bool { return false }

// HoldsDate says the same of a date; the zero time compares with nothing.
func (f *Field) HoldsDate(t time.Time) bool { return false }

// HoldsNumber says the same of a number.
func (f *Field) HoldsNumber(n int) bool { return false }

// AppendWords appends the words of a text in the form in which they are
// compared, each followed by a blank: in small letters, without accents,
// leading zeros of numbers dropped; split at hyphens and apostrophes; each
// Chinese, Japanese or Korean sign a word of its own. They hold no byte below
// 0x80 but a to z, 0 to 9.
func AppendWords(dst []byte, text string) []byte { return dst }

// Highlight gives the places of a text that the terms of the query match, in
// order, none overlapping; what a NOT forbids is not marked.
func (q *Query) Highlight(text string) []model.Span { return nil }

// Completion is what may stand at the cursor of a query.
type Completion struct {
	Span   model.Span // that a candidate replaces
	Field  string     // values of this field are wanted: the library knows them
	Begin  string     // what is typed of the value or field so far
	Ready  []Candidate
	Others *Query // the query without the part at the cursor: what values are counted in; nil for everything
}

// Candidate is one way to go on.
type Candidate struct {
	Text    string // put in place of Span
	Meaning string
}

// Complete says what may stand at a byte of a query that is being typed. It
// never fails: where nothing can be told there are no candidates.
func Complete(text string, at int, o Options) Completion { return Completion{} }

// Explain says in plain lines how a query was understood.
func (q *Query) Explain() []string { return nil }
