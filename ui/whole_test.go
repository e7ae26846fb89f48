package ui

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// The views over the panes as people meet them.
func TestGoldenWhole(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 35}, {200, 50}} {
			w, h := size[0], size[1]
			name := fmt.Sprintf("%dx%d", w, h)
			a := still(t, optionsFor(manyYears(400)), w, h)
			give(a, keyMsg("D"))
			golden(t, name+"-overview", seen(a, w, h))
			a = still(t, optionsFor(chained()), w, h)
			for _, k := range []string{"8", "j", "R"} {
				give(a, keyMsg(k))
			}
			golden(t, name+"-chain", seen(a, w, h))
		}
	})
}

func TestGoldenWholeColours(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, noColor := range []bool{false, true} {
			name := map[bool]string{false: "120x24-dark", true: "120x24-mono-ascii"}[noColor]
			o := optionsFor(manyYears(400))
			o.NoColor, o.ASCII = noColor, noColor
			a := still(t, o, 120, 24)
			give(a, tea.BackgroundColorMsg{Color: black{}})
			give(a, keyMsg("D"))
			golden(t, name+"-overview", visible(a))
			o.Library = chained()
			a = still(t, o, 120, 24)
			give(a, tea.BackgroundColorMsg{Color: black{}})
			for _, k := range []string{"8", "j", "R", "k", "space"} {
				give(a, keyMsg(k))
			}
			golden(t, name+"-chain", visible(a))
		}
	})
}
