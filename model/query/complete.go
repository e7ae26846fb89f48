package query

import "chancery/model"

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
