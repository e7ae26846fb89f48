package model

import "time"

// Facet counts the cables of an answer by the values of one field.
type Facet struct {
	Field    string       // as a query names it, or "year", "month"
	Values   []FacetValue // the most frequent first; years and months in their order
	Distinct int          // how many values there are, listed or not
	None     int          // cables without a value
}

// FacetValue is one value of a facet.
type FacetValue struct {
	Value   string // as the list shows it: PREL, ASTANA, 2007
	Meaning string // in words, "" when it needs none
	Term    string // what to add to a query to have only these: tag:PREL
	Count   int    // cables of the answer
	All     int    // cables of the collection
}

// Overview is an answer counted.
type Overview struct {
	Total  int // cables of the answer
	All    int // cables of the collection
	Facets []Facet
}

// Link is a reference between two cables, seen from one of them.
type Link struct {
	ID       string // of the cable at the other end
	Entry    Entry  // that cable; Key 0 when it is not held
	Label    string // of the REF item, A, B; "" when it has none
	Inferred bool   // the reference gives no year
	Number   string // of the paragraph that speaks of it, "" when only the REF line does
	Sentence string // the sentence that does, "" likewise
}

// Links is where a cable stands among the references of a collection.
type Links struct {
	ID      string
	Entry   Entry       // Key 0 when the cable is not held
	Cites   []Link      // in the order of its REF line
	Others  []Reference // what it refers to that is no cable
	CitedBy []Link      // by date
}

// Wanted is a cable that others cite and the collection does not hold.
type Wanted struct {
	ID          string
	Count       int // cables that cite it
	Inferred    int // of these, how many give no year
	First, Last time.Time
	By          []string // ids of the first few that cite it
}

// Facts is what an index knows of a cable beside what a list shows.
type Facts struct {
	Class     Marking // of its own line, captions taken in; zero when it has none
	Highest   Level   // of its portions; of its line where none is marked
	Tags      []string
	Countries []string
	Caveats   []string
	To, Info  []string
	Declas    time.Time // zero when there is none
	Words     int
	Bytes     int // of the message in its source
	Is        []string
	Has       []string
	Missing   []string
}
