// Package ui is the screen and the keyboard: the cable list, the reader, the
// sidebar, and what lies over them. It exports App, New, Options and the
// interfaces it needs of others, and knows nothing of files or databases.
package ui

import (
	"context"
	"time"

	"chancery/themes"
)

// Options is all that differs between one screen and another.
type Options struct {
	Context    context.Context
	Library    Library
	Places     Places                                  // may be nil: nothing is remembered
	Collection string                                  // what the header calls it
	Theme      string                                  // a theme's name, or "auto": dark or light as the terminal says
	Themes     func(name string) (themes.Theme, error) // loads one
	ThemeNames []string                                // for the palette
	NoColor    bool
	ASCII      bool
	Mouse      MouseMode
	Today      time.Time // for what is said of declassification dates
	Notice     string    // shown once in the status line: "this is the sample"
	Local      bool      // not an SSH session: suspend is allowed
}

// MouseMode says what of the mouse the program takes.
type MouseMode int

// The mouse modes (keys-and-query B.1).
const (
	MouseScroll MouseMode = iota // no capture: the terminal selects, the wheel sends arrows
	MouseFull
	MouseOff
)

// App is the one tea.Model.
type App struct{}

// New makes the screen; the error says which option is wrong.
func New(o Options) (*App, error) { panic("to be written") }
