// Package parser turns the text of one message into a model.Cable.
//
// It is pure: no files, no clock, no logging. It never fails: whatever the
// text, a readable cable comes back, and Problems says what was odd. It runs
// in time linear in the text, and loses no byte: the parts of the cable tile
// the text it was given.
package parser

import "chancery/model"

// Message is a text as a source gives it.
type Message struct {
	Text     string // decoded to UTF-8, line ends as they were
	Start    int    // where the message begins; before it stands the wrapper
	Source   model.Source
	Metadata *model.Metadata // what the wrapper says, nil when there is none
}

// Parse reads one message.
func Parse(m Message) *model.Cable { panic("to be written") }
