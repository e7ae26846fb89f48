package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// states are all that can be on the screen, by the keys that lead there.
func states() map[string][]string {
	return map[string][]string{
		"list": nil, "reader": {"enter"}, "details": {"enter", "i", "tab"}, "source": {"o"}, "list alone": {"p"},
		"zoomed": {"enter", "+", "+"}, "help": {"?"}, "palette": {":"}, "palette with text": {":", "x", "y"}, "where": {"enter", "="},
		"what": {"enter", "W"}, "find": {"enter", "/", "t"}, "sort": {"S"}, "found": {"enter", "/", "a", "enter", "&"}, "message": {"H"},
		"ascii": {"-", "a"}, "no colour": {"-", "c"},
		"query": {`\`, "g", "a", "rest"}, "query not understood": {`\`, "(", "g", "rest"}, "answer": {`\`, "g", "a", "s", "enter"},
		"no answer": {`\`, "z", "z", "q", "rest"}, "values": {`\`, "t", "a", "g", ":", "rest", "tab"}, "saved": {"B"}, "saving": {`\`, "g", "enter", "B", "s"},
		"query in the reader": {`\`, "g", "a", "s", "enter", "enter", "n"},
		"overview":            {"D", "j", "tab"}, "one field": {"D", "tab", "G", "enter"}, "not held": {"M"}, "chain": {"j", "R", "k", "space"},
		"cited by": {"j", "R", "G"}, "help over a view": {"R", "?"},
	}
}

// presses gives a key to a screen without a program. "rest" is no key: the
// typing of a query comes to rest.
func presses(a *App, key string) {
	if key != "rest" {
		give(a, keyMsg(key))
		return
	}
	give(a, queryMsg{a.over.(*queryLine).gen})
}

// Every size from 1x1 to 250x70 gives exactly its lines and cells.
func TestEverySize(t *testing.T) {
	calmly(t, func(t *testing.T) {
		if testing.Short() {
			t.Skip("drawing alone: nothing in it runs beside anything else")
		}
		a := still(t, optionsFor(newFake(made(60))), 80, 24)
		for w := 1; w <= 250; w++ {
			for h := 1; h <= 70; h += 1 + (w+h)%3 {
				a.Update(tea.WindowSizeMsg{Width: w, Height: h})
				exactFrame(t, a, w, h, "list")
			}
		}
	})
}

// So does everything that can lie over the screen or stand beside the list.
func TestEverySizeOfEveryState(t *testing.T) {
	calmly(t, func(t *testing.T) {
		if testing.Short() {
			t.Skip("drawing alone: nothing in it runs beside anything else")
		}
		for name, keys := range states() {
			o := optionsFor(newFake(made(60)))
			o.Searches = &fakeSearches{all: []Search{{"gas", "gas transit"}, {"a long name of a query", "subject:gas origin:moscow,bern"}}}
			a := still(t, o, 120, 35)
			for _, k := range keys {
				presses(a, k)
			}
			exactAtEverySize(t, a, name)
		}
	})
}

// exactAtEverySize fails unless the frame fills the screen, and the cursor is
// on it, at sizes from one cell to more than most screens have.
func exactAtEverySize(t *testing.T, a *App, what string) {
	t.Helper()
	for w := 1; w <= 250; w += 1 + w/9 {
		for h := 1; h <= 70; h += 1 + h/7 {
			a.Update(tea.WindowSizeMsg{Width: w, Height: h})
			exactFrame(t, a, w, h, what)
			if c := a.View().Cursor; c != nil && (c.X < 0 || c.X >= w || c.Y < 0 || c.Y >= h) {
				t.Fatalf("%s at %dx%d: the cursor is at %d,%d", what, w, h, c.X, c.Y)
			}
		}
	}
}

// Keys pressed at any size do no harm either.
func TestKeysAtSmallSizes(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, size := range [][2]int{{1, 1}, {2, 3}, {7, 5}, {40, 10}, {100, 4}, {161, 12}} {
			a := still(t, optionsFor(newFake(made(60))), size[0], size[1])
			for _, k := range strings.Fields("j enter } ] ) j f G g / a enter n & esc = j esc ? down esc : down tab esc o f G q i j n enter q J K H L + + _ p tab h l S r - m - h z R q \\ g a enter / ( enter tab up down ! esc esc B s x esc q S r D j l h tab G y x j enter D D M j esc R k space l h tab y R R enter") {
				a.Update(keyMsg(k))
				exactFrame(t, a, size[0], size[1], "after "+k)
			}
		}
	})
}

// A person without colour can tell which row is selected, how it is marked and
// where they are, at every size people use.
func TestQuestionsAnsweredWithoutColour(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 35}, {200, 50}} {
			for _, ascii := range []bool{false, true} {
				o := optionsFor(newFake(made(40)))
				o.NoColor, o.ASCII, o.Theme = true, ascii, "mono"
				a := still(t, o, size[0], size[1])
				give(a, keyMsg("3"))
				give(a, keyMsg("j"))
				content := a.View().Content
				if strings.Contains(content, "\x1b[3") || strings.Contains(content, ";3") || strings.Contains(content, "\x1b[4") && strings.Contains(content, "\x1b[48") {
					t.Errorf("%v: there is colour: %q", size, content)
				}
				screen := ansi.Strip(content)
				if ascii {
					for _, r := range screen {
						if r > 0x7e {
							t.Fatalf("%v: %q is not ASCII", size, r)
						}
					}
				}
				list := a.at.panes[listPane]
				var selected []string
				for _, line := range strings.Split(screen, "\n")[list.y : list.y+list.h] {
					if strings.HasPrefix(line, "> ") {
						selected = append(selected, line)
					}
				}
				if len(selected) != 1 || !strings.Contains(selected[0], "2007-10-03") || !strings.Contains(selected[0], " SBU ") {
					t.Errorf("%v: selected is %q; expected the fourth row, SBU", size, selected)
				}
				c := a.View().Cursor
				if c == nil || !strings.HasPrefix(strings.Split(screen, "\n")[c.Y], "> ") {
					t.Errorf("%v: the terminal's cursor is not on the selected row", size)
				}
				if size[1] >= 12 && !strings.Contains(screen, "4 of 40") {
					t.Errorf("%v: the screen does not say where it is:\n%s", size, screen)
				}
			}
		}
	})
}
