package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

func TestBackgroundDecidesTheTheme(t *testing.T) {
	o := optionsFor(newFake(made(3)))
	o.Theme = "auto"
	in(t, o, 80, 24, func(s *session) {
		s.p.Send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
		s.wait()
		if !strings.Contains(s.app.View().Content, "48;5;234m") {
			t.Error("nobody knows the terminal's background, and none is painted")
		}
		s.p.Send(tea.BackgroundColorMsg{Color: black{}})
		s.wait()
		before := s.app.View().Content
		if strings.Contains(before, "48;5;234m") {
			t.Error("the terminal's own background fits, and another is painted")
		}
		s.p.Send(tea.BackgroundColorMsg{Color: white{}})
		s.wait()
		if s.app.View().Content == before {
			t.Error("a white background changed nothing")
		}
		s.p.Send(tea.BackgroundColorMsg{Color: black{}})
		s.wait()
		if s.app.View().Content != before {
			t.Error("a black background does not give the first look back")
		}
	})
}

// A theme robbed of its colours is poorer than one made without: the terminal's
// number of colours decides what is drawn.
func TestTerminalDecidesTheColours(t *testing.T) {
	o := optionsFor(newFake(made(3)))
	o.Theme = "dark"
	in(t, o, 80, 24, func(s *session) {
		looks := make(map[colorprofile.Profile]string)
		for _, p := range []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI, colorprofile.ASCII} {
			s.p.Send(tea.ColorProfileMsg{Profile: p})
			s.wait()
			looks[p] = s.app.View().Content
		}
		if !strings.Contains(looks[colorprofile.TrueColor], "38;2;") {
			t.Error("true colours are not used where there are some")
		}
		if looks[colorprofile.ANSI256] == looks[colorprofile.TrueColor] {
			t.Error("256 colours are drawn as true colours are")
		}
		for _, p := range []colorprofile.Profile{colorprofile.ANSI, colorprofile.ASCII} {
			if strings.Contains(looks[p], "38;") || strings.Contains(looks[p], "48;") {
				t.Errorf("%v is drawn with colours it has not", p)
			}
		}
	})
}

type (
	white struct{}
	black struct{}
)

func (white) RGBA() (r, g, b, a uint32) { return 0xffff, 0xffff, 0xffff, 0xffff }
func (black) RGBA() (r, g, b, a uint32) { return 0, 0, 0, 0xffff }

func TestMouse(t *testing.T) {
	o := optionsFor(newFake(made(200)))
	o.Mouse = MouseFull
	in(t, o, 120, 35, func(s *session) {
		if s.app.View().MouseMode != tea.MouseModeCellMotion {
			t.Error("mode full does not capture the mouse")
		}
		s.p.Send(tea.MouseWheelMsg{X: 5, Y: 10, Button: tea.MouseWheelDown})
		s.wait()
		s.sees("4 of 200")
		list := s.app.at.panes[listPane]
		s.p.Send(tea.MouseClickMsg{X: 5, Y: list.y + 8, Button: tea.MouseLeft})
		s.wait()
		s.sees("8 of 200")
		s.p.Send(tea.MouseClickMsg{X: 60, Y: 10, Button: tea.MouseLeft})
		s.wait()
		if s.app.open.focus != readerPane {
			t.Error("a click on the reader does not go there")
		}
		s.p.Send(tea.MouseClickMsg{X: 20, Y: list.y, Button: tea.MouseLeft})
		s.wait()
		s.sees("by post ↓")
	})
}

// Pasted text goes into fields only, without its controls.
func TestPaste(t *testing.T) {
	in(t, optionsFor(newFake(made(3))), 80, 24, func(s *session) {
		s.p.Send(tea.PasteMsg{Content: "q\x1b[2J\nQ"})
		s.wait()
		s.sees("1 of 3")
		s.press(":")
		s.p.Send(tea.PasteMsg{Content: "goto\x1b[2J\n07ANKARA9901"})
		s.wait()
		s.sees(":goto^[[2J 07ANKARA9901")
	})
}

// What the program says of a collection cannot be said by the collection.
func TestHostileNames(t *testing.T) {
	o := optionsFor(newFake(made(3)))
	o.Collection = "x\x1b]0;hi\x07\u202ezip\nQ quit"
	in(t, o, 80, 24, func(s *session) {
		v := s.app.View()
		if strings.ContainsAny(v.WindowTitle, "\x1b\x07\n\u202e") {
			t.Errorf("the title is %q", v.WindowTitle)
		}
		for _, bad := range []string{"\x1b]", "\x07", "\u202e"} {
			if strings.Contains(v.Content, bad) {
				t.Errorf("%q came through", bad)
			}
		}
		s.sees("x^[]0;hi^G")
	})
}
