package ui

import "chancery/model"

// reader is the pane in which one cable is read. The place in it is a block
// and a line within that block, so that a new width keeps it. Only blocks in
// view are wrapped and drawn, each once for a width.
type reader struct{}

func newReader(st *styles) *reader { panic("to be written") }

// restyle takes new styles; everything is drawn again.
func (r *reader) restyle(st *styles) { panic("to be written") }

// resize gives the pane its size in cells; the place stays.
func (r *reader) resize(w, h int) { panic("to be written") }

// show takes another cable (nil: none) and goes to its top.
func (r *reader) show(c *model.Cable) { panic("to be written") }

// cable is the one shown, nil when there is none.
func (r *reader) cable() *model.Cable { panic("to be written") }

// view gives exactly h lines of exactly w cells. It changes nothing.
func (r *reader) view(focused bool) []string { panic("to be written") }

// Moving. Each says whether anything moved.
func (r *reader) scroll(lines int) bool   { panic("to be written") }
func (r *reader) page(halves int) bool    { panic("to be written") } // half pages, negative is up
func (r *reader) top() bool               { panic("to be written") }
func (r *reader) bottom() bool            { panic("to be written") }
func (r *reader) paragraph(step int) bool { panic("to be written") } // next, previous numbered or unnumbered paragraph
func (r *reader) number(n int) bool       { panic("to be written") } // the paragraph with this number
func (r *reader) highest(step int) bool   { panic("to be written") } // next, previous paragraph at the cable's highest marking
func (r *reader) reference(step int) bool { panic("to be written") } // next, previous reference or link
func (r *reader) atEnd() bool             { panic("to be written") } // the last line is in view

// followed gives the canonical id of the reference under the cursor.
func (r *reader) followed() (id string, ok bool) { panic("to be written") }

// place and restore are for coming back to the same paragraph.
func (r *reader) place() (block, line int) { panic("to be written") }
func (r *reader) restore(block, line int)  { panic("to be written") }

// find looks for text in the cable, ignoring case, and goes to the first match
// at or after the place; it gives how many there are. "" clears.
func (r *reader) find(text string) int               { panic("to be written") }
func (r *reader) match(step int) bool                { panic("to be written") } // next, previous match
func (r *reader) matches() (at, total int)           { panic("to be written") } // at counts from 1, 0: none yet
func (r *reader) onlyMatches(on bool)                { panic("to be written") } // only paragraphs that match
func (r *reader) fold(what folding)                  { panic("to be written") }
func (r *reader) option(o readerOption) string       { panic("to be written") } // toggles; gives the echo for the status line
func (r *reader) click(x, y int) bool                { panic("to be written") }
func (r *reader) position() string                   { panic("to be written") } // "para 3 of 9  34%"
func (r *reader) term() string                       { panic("to be written") } // the word or code under the cursor, for the glossary
func (r *reader) highestMark() (model.Marking, bool) { panic("to be written") }

// folding says which furniture is opened or folded.
type folding int

const (
	foldToggle folding = iota // that under the cursor
	foldOpenAll
	foldCloseAll
)

// readerOption is a view option of the reader (keys-and-query, after "-").
type readerOption int

const (
	optHeader  readerOption = iota // header: none, brief, full
	optSent                        // as transmitted or reflowed
	optNumbers                     // paragraph numbers on or off
	optMarks                       // portion marks: gutter, inline, both
)
