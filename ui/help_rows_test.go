package ui

import (
	"strings"
	"testing"
)

// The help outside the screen tells of every command, with all its keys, and
// fits a terminal.
func TestKeysHelpTellsOfEveryCommand(t *testing.T) {
	for _, w := range []int{80, 120} {
		text := KeysHelp(w)
		for line := range strings.Lines(text) {
			if n := width(strings.TrimSuffix(line, "\n")); n > max(84, w) {
				t.Errorf("%d columns of %d: %s", n, w, line)
			}
		}
		for _, c := range commands() {
			keys := c.keyNames()
			if keys == "" || w > 80 {
				keys = ":" + c.name
			}
			if !strings.Contains(text, c.title) || !strings.Contains(text, keys) {
				t.Errorf("at %d columns nothing is told of %s", w, c.name)
			}
		}
	}
	for _, want := range []string{"\n  /              Find in this cable (reader)\n", "\n  :goto ID       Go to the cable", "\n  j  Down        Next row"} {
		if !strings.Contains(KeysHelp(80), want) {
			t.Errorf("%q is not there", want)
		}
	}
}
