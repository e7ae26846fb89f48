package ui

import (
	"context"
	"slices"

	"chancery/model"
	"chancery/model/query"
)

// Library is what the screen asks of a collection. Every method may wait and
// takes a context; all may be called from several goroutines.
type Library interface {
	// Progress waits until the collection's version is above after, and tells
	// how far reading is. It returns at once when Done.
	Progress(ctx context.Context, after int) (model.Progress, error)
	// List gives a stretch of what answers a query; a nil query asks for all.
	List(ctx context.Context, q *query.Query, ask model.Ask) (model.Page, error)
	// Cable reads one cable whole.
	Cable(ctx context.Context, key model.Key) (*model.Cable, error)
	// Raw gives the bytes of the cable's source as they are on disk.
	Raw(ctx context.Context, key model.Key) ([]byte, error)
	// Find gives the key of the cable with this id; false when none is held.
	Find(ctx context.Context, id string) (model.Key, bool, error)
	// Facets counts what answers a query by each of the fields: year, month,
	// origin, country, tag, class, mark (the highest of a cable), caveat. At
	// most values are listed of each, all of year and month.
	Facets(ctx context.Context, q *query.Query, fields []string, most int) (model.Overview, error)
	// Values gives what a field may be completed to: values of the answer to q
	// that begin so, the most frequent first, with their meaning.
	Values(ctx context.Context, q *query.Query, field, begin string, most int) ([]model.FacetValue, error)
	// Links gives what the cable with this id cites and what cites it; the
	// cable itself need not be held.
	Links(ctx context.Context, id string) (model.Links, error)
	// Wanted gives the cables that are cited by those that answer q and are not
	// held, the most cited first, and how many there are in all.
	Wanted(ctx context.Context, q *query.Query, most int) ([]model.Wanted, int, error)
	// Stop ends the reading of the sources; what was read stays.
	Stop(ctx context.Context) error
}

// Searches keeps the queries that were given a name.
type Searches interface {
	// Load gives them in the order in which they were saved last.
	Load(ctx context.Context) ([]Search, error)
	// Change reads them anew, because another screen may have changed them,
	// changes them and writes them back, one change after the other.
	Change(ctx context.Context, change func([]Search) []Search) ([]Search, error)
}

// Search is a saved query.
type Search struct {
	Name  string `json:"name"`
	Query string `json:"query"`
}

// Places remembers where the reader was in each collection.
type Places interface {
	// Load gives the last place; the zero Place when there is none.
	Load(ctx context.Context) (Place, error)
	Save(ctx context.Context, p Place) error
}

// Place is where a reader stands: on which cable, at which paragraph and line
// of it, and how the list is sorted. It is kept by cable id, because keys do
// not outlive a run.
type Place struct {
	ID      string      `json:"id"`
	Path    string      `json:"path,omitempty"` // for a cable without id
	Block   int         `json:"block"`
	Line    int         `json:"line"`
	Open    bool        `json:"open"` // the reader had the focus
	Order   model.Order `json:"order"`
	Reverse bool        `json:"reverse"`
	Theme   string      `json:"theme,omitempty"`
	Query   string      `json:"query,omitempty"`   // what the list shows the answer of
	Advance bool        `json:"advance,omitempty"` // a judgement leads to the next cable
	History []string    `json:"history,omitempty"` // what was asked before, the oldest first
}

// same says that two places are one.
func (p Place) same(q Place) bool {
	return p.ID == q.ID && p.Path == q.Path && p.Block == q.Block && p.Line == q.Line && p.Open == q.Open && p.Order == q.Order &&
		p.Reverse == q.Reverse && p.Theme == q.Theme && p.Query == q.Query && p.Advance == q.Advance && slices.Equal(p.History, q.History)
}
