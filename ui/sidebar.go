package ui

import (
	"time"

	"chancery/model"
)

// sidebar is the pane with everything the cable's header says: level and
// check, dates, routing, captions, TAGS with meanings, classification
// authority, declassification, references, signature, source and problems.
type sidebar struct{}

func newSidebar(st *styles, today time.Time) *sidebar { panic("to be written") }

func (s *sidebar) restyle(st *styles)         { panic("to be written") }
func (s *sidebar) resize(w, h int)            { panic("to be written") }
func (s *sidebar) show(c *model.Cable)        { panic("to be written") }
func (s *sidebar) view(focused bool) []string { panic("to be written") }

func (s *sidebar) move(fields int) bool  { panic("to be written") }
func (s *sidebar) page(halves int) bool  { panic("to be written") }
func (s *sidebar) top() bool             { panic("to be written") }
func (s *sidebar) bottom() bool          { panic("to be written") }
func (s *sidebar) section(step int) bool { panic("to be written") } // next, previous group of fields
func (s *sidebar) click(x, y int) bool   { panic("to be written") }

// toggle folds or unfolds the group under the cursor (routing).
func (s *sidebar) toggle() bool { panic("to be written") }

// field tells what the cursor is on: its name, its whole value, the code to
// look up in the glossary, and where in the text it was read (0: nowhere).
func (s *sidebar) field() (name, value, code string, line int) { panic("to be written") }

// followed gives the canonical id when the field is a reference.
func (s *sidebar) followed() (id string, ok bool) { panic("to be written") }
