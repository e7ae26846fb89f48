package model

import "time"

// Key names a cable within one opened collection, for as long as the
// collection stays open. Zero names nothing.
type Key int64

// Entry is what a row of the cable list shows.
type Entry struct {
	Key      Key
	ID       string
	Date     time.Time // zero when unknown
	Mark     Marking   // the cable's classification line (highest portion where it has none)
	From     string    // post, short: "ASTANA"
	Subject  string
	Path     string // for entries without id or subject
	Problems int
	Copy     bool   // the same bytes as an earlier cable
	Sum      string // the first 128 bits of the SHA-256 of its bytes, 32 hexadecimal digits; "" when not known
}

// Order is how a list of cables is sorted; ties fall back to date, then id.
type Order string

// The orders a list may have. A leading minus turns one round.
const (
	ByDate    Order = "date"
	ByMark    Order = "mark"
	ByFrom    Order = "from"
	BySubject Order = "subject"
	ByID      Order = "id"

	// ByRelevance puts first what fits the words of the query best; only the
	// answer to a query that has words can be so sorted.
	ByRelevance Order = "relevance"
)

// Ask is a question for a stretch of a collection's list.
type Ask struct {
	Order   Order
	Reverse bool
	From    Key  // the stretch begins after (or, Back, ends before) this cable; 0: at the end of the list
	Include bool // take From itself too
	Back    bool // towards the top
	N       int
}

// Page is a stretch of the list in its order, whatever direction was asked.
type Page struct {
	Entries []Entry
	Rank    int // of the first entry, from 0
	Total   int // cables in the list
	// Counting says that more may answer the query than Total, which is what
	// was found so far: ask again.
	Counting bool
	// Searched is how many cables the text of which can be searched already,
	// while a collection is read for the first time; the rest is not in Total.
	Searched int
	// Unread is how many cables may answer the query and could not be looked
	// into, because their source is gone and their text is not kept.
	Unread int
}

// Progress tells how far the reading of a collection is.
type Progress struct {
	Version int    // rises with every change; hand it back to wait for the next
	Name    string // of the collection, for the header
	Cables  int
	Files   int
	Current string // what is being read
	Done    bool
	Receipt Receipt // whole when Done
	Err     error   // reading stopped early because of this

	Searchable int           // cables whose text can be searched already
	Share      float64       // of the sources that is read, 0 to 1; 0 where that cannot be told
	Rate       int           // cables a second
	Left       time.Duration // that reading will still take at this rate; 0 where that cannot be told
	Notice     string        // a sentence the reader should see: the index cannot be kept, a source is gone
}
