package ui

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// asking makes a screen on which a query is typed, come to rest, and then keys
// are pressed.
func asking(t *testing.T, o Options, w, h int, text string, keys ...string) *App {
	t.Helper()
	o.Searches = &fakeSearches{all: []Search{{"weekly-watch", "date:2007-10..2008-02 -tag:OVIP"}, {"pipeline", "pipeline tag:ENRG"}}}
	a := still(t, o, w, h)
	give(a, tea.BackgroundColorMsg{Color: black{}})
	a.Update(keyMsg(`\`))
	for _, r := range text {
		a.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	presses(a, "rest")
	for _, k := range keys {
		presses(a, k)
	}
	return a
}

// The screens of a search, as people see them.
func TestGoldenSearch(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for name, c := range map[string]struct {
			text string
			keys []string
		}{
			"typing":  {"price class>=confid", nil},
			"fault":   {"gas class>=sercet", nil},
			"values":  {"price tag:", []string{"tab", "tab", "!"}},
			"answer":  {"gas transit", []string{"enter", "j"}},
			"found":   {"gas OR price", []string{"enter", "enter", "n", "n"}},
			"nothing": {"origin:bernn gas class:ts", []string{"enter"}},
			"saved":   {"gas", []string{"enter", "B"}},
		} {
			for _, size := range [][2]int{{80, 24}, {120, 35}} {
				w, h := size[0], size[1]
				a := asking(t, optionsFor(showpiece()), w, h, c.text, c.keys...)
				golden(t, fmt.Sprintf("%dx%d-search-%s", w, h, name), seen(a, w, h))
			}
		}
	})
}

// With and without colour.
func TestGoldenSearchColours(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for name, noColor := range map[string]bool{"dark": false, "mono-ascii": true} {
			o := optionsFor(showpiece())
			o.NoColor, o.ASCII = noColor, noColor
			golden(t, "120x16-search-"+name, visible(asking(t, o, 120, 16, "gas OR price", "enter", "j", "enter", "n")))
			golden(t, "80x16-search-fault-"+name, visible(asking(t, o, 80, 16, "gas class>=sercet")))
		}
	})
}
