package ui

import (
	"context"

	"chancery/model"
)

// Library is what the screen asks of a collection. Every method may wait and
// takes a context; all may be called from several goroutines.
type Library interface {
	// Progress waits until the collection's version is above after, and tells
	// how far reading is. It returns at once when Done.
	Progress(ctx context.Context, after int) (model.Progress, error)
	// List gives a stretch of the list.
	List(ctx context.Context, ask model.Ask) (model.Page, error)
	// Cable reads one cable whole.
	Cable(ctx context.Context, key model.Key) (*model.Cable, error)
	// Raw gives the bytes of the cable's source as they are on disk.
	Raw(ctx context.Context, key model.Key) ([]byte, error)
	// Find gives the key of the cable with this id; false when none is held.
	Find(ctx context.Context, id string) (model.Key, bool, error)
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
}
