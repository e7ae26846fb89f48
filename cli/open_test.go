package cli

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// What somebody does at the keys is told, and goes on to the screen unchanged;
// what comes by itself is not told.
func TestPressed(t *testing.T) {
	n := 0
	filter := pressed(func() { n++ })
	for _, c := range []struct {
		msg  tea.Msg
		told int
	}{
		{tea.KeyPressMsg{Code: 'j'}, 1},
		{tea.MouseClickMsg{}, 1},
		{tea.MouseWheelMsg{}, 1},
		{tea.PasteMsg{Content: "iran"}, 1},
		{tea.MouseMotionMsg{}, 0},
		{tea.KeyReleaseMsg{Code: 'j'}, 0},
		{tea.FocusMsg{}, 0},
	} {
		n = 0
		if got := filter(nil, c.msg); got != c.msg || n != c.told {
			t.Errorf("%T: told %d times, and %v goes on", c.msg, n, got)
		}
	}
}
