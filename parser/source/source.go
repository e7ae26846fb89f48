// Package source finds the cables in what a user has on disk: pages saved as
// text, HTML pages, raw messages, folders of these, standard input. It decides
// by content, never by name, reads as a stream, writes nothing and follows no
// symbolic link.
package source

import (
	"context"

	"chancery/model"
	"chancery/parser"
)

// Item is one thing found: a message, or a refusal that says in one sentence
// why there is none.
type Item struct {
	Message parser.Message
	Refusal *model.Refusal
	Unread  bool // the refusal is of something that could not be read, not of something that is no cable
}

// Walk finds everything below the paths, in order, and gives each to found.
// "-" is standard input. A path that does not exist or cannot be read is a
// refusal, not an error; the error is that of the context or of found.
func Walk(ctx context.Context, paths []string, found func(Item) error) error {
	panic("to be written")
}

// Raw gives the bytes of the source of a cable, as they are on disk.
func Raw(ctx context.Context, s model.Source) ([]byte, error) { panic("to be written") }
