package ui

import (
	"fmt"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"chancery/model"
)

// Whatever is pressed, pasted, clicked and resized, in whatever order, the
// frame stays exact, the cursor on the screen, and the list where it says.
func TestAnythingPressed(t *testing.T) {
	keys := []string{"1", "3", "0", "left", "right", "down", "up", "enter", "esc", "space", "backspace", "a", "e", "t", "x"}
	for _, c := range commands() {
		for _, k := range c.keys {
			if k == "ctrl+z" {
				continue
			}
			if len(k) == 3 && k[1] == ' ' {
				keys = append(keys, k[:1], k[2:])
			} else {
				keys = append(keys, k)
			}
		}
	}
	synctest.Test(t, func(t *testing.T) {
		rapid.Check(struct{ rapid.TB }{t}, pressAnything(keys)) // a bubble has no deadline to ask for
	})
}

func pressAnything(keys []string) func(t *rapid.T) {
	return func(t *rapid.T) {
		lib := newFake(made(rapid.SampledFrom([]int{0, 1, 7, 1500}).Draw(t, "cables")))
		o := optionsFor(lib)
		o.Mouse = MouseFull
		o.Desk = newFakeDesk()
		a := quick(t, o)
		w, h := 80, 24
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			var msg tea.Msg
			switch rapid.IntRange(0, 19).Draw(t, "what") {
			case 0:
				w, h = rapid.IntRange(1, 210).Draw(t, "w"), rapid.IntRange(1, 60).Draw(t, "h")
				msg = tea.WindowSizeMsg{Width: w, Height: h}
			case 1:
				msg = tea.PasteMsg{Content: "goto 07ANKARA9901\n\x1b[2J"}
			case 2:
				msg = tea.MouseClickMsg{X: rapid.IntRange(0, w-1).Draw(t, "x"), Y: rapid.IntRange(0, h-1).Draw(t, "y"), Button: tea.MouseLeft}
			case 3:
				msg = tea.MouseWheelMsg{X: w / 3, Y: h / 2, Button: tea.MouseWheelDown}
			case 4:
				lib.fail = map[bool]error{true: fmt.Errorf("unreadable")}[rapid.Bool().Draw(t, "fail")]
			default:
				msg = keyMsg(rapid.SampledFrom(keys).Draw(t, "key"))
			}
			obey(a, msg)
			exactFrame(t, a, w, h, "in the wild")
			if c := a.View().Cursor; c != nil && (c.X < 0 || c.X >= w || c.Y < 0 || c.Y >= h) {
				t.Fatalf("the cursor is at %d,%d of %dx%d", c.X, c.Y, w, h)
			}
			if r, ok := a.list.current(); ok && a.list.shows == nil && a.list.order == model.ByDate && !a.list.reverse && int(r.key) != a.list.rank()+1 {
				t.Fatalf("row %d is cable %d", a.list.rank(), r.key)
			}
		}
	}
}

// quick makes a screen whose commands run at once, ticks too.
func quick(t interface{ Fatal(...any) }, o Options) *App {
	a, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	a.placing.loaded = true
	obey(a, progressMsg{progress: o.Library.(*fakeLibrary).progress})
	obey(a, tea.WindowSizeMsg{Width: 80, Height: 24})
	return a
}

// obey hands a message on and answers the questions it leads to. In a bubble
// with a false clock the ticks come at once, too.
func obey(a *App, msg tea.Msg) {
	switch msg := msg.(type) {
	case nil, tea.QuitMsg:
	case tea.BatchMsg:
		for _, cmd := range msg {
			if cmd != nil {
				obey(a, cmd())
			}
		}
	default:
		if _, cmd := a.Update(msg); cmd != nil {
			obey(a, cmd())
		}
	}
}
