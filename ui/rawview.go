package ui

import "chancery/model"

// rawView shows the source of a cable byte for byte, made visible: nothing is
// reflowed, nothing is hidden, each byte that is not plain text stands as an
// escape. Long lines wrap at the pane's width.
type rawView struct{}

func newRawView(st *styles) *rawView { panic("to be written") }

func (v *rawView) restyle(st *styles)                    { panic("to be written") }
func (v *rawView) resize(w, h int)                       { panic("to be written") }
func (v *rawView) show(b []byte, s model.Source, at int) { panic("to be written") } // at: byte to begin at
func (v *rawView) view(focused bool) []string            { panic("to be written") }
func (v *rawView) scroll(lines int) bool                 { panic("to be written") }
func (v *rawView) page(halves int) bool                  { panic("to be written") }
func (v *rawView) top() bool                             { panic("to be written") }
func (v *rawView) bottom() bool                          { panic("to be written") }
func (v *rawView) position() string                      { panic("to be written") }
