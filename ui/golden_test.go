package ui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

var update = flag.Bool("update", false, "write the golden screens anew; look at each difference")

// golden compares a screen with the one kept in testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (go test ./ui -update writes it):\n%s", file, difference(string(want), got))
	}
}

// difference shows the lines in which two screens differ.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	var b strings.Builder
	for i := range max(len(w), len(g)) {
		var x, y string
		if i < len(w) {
			x = w[i]
		}
		if i < len(g) {
			y = g[i]
		}
		if x != y {
			fmt.Fprintf(&b, "line %d\n  was %q\n  is  %q\n", i+1, x, y)
		}
	}
	return b.String()
}

// visible writes the frame with its styles as a person can read them.
func visible(a *App) string {
	return regexp.MustCompile("\x1b\\[([0-9;]*)m").ReplaceAllString(a.View().Content, "‹$1›") + "\n"
}

// showpiece is a collection whose second cable has some of everything.
func showpiece() *fakeLibrary {
	lib := newFake(made(40))
	c := cableOf(lib.entries[1])
	c.Blocks[1].Mark = model.Marking{Raw: "U", Level: model.Unclassified}
	c.Blocks[2].Mark = model.Marking{Raw: "C NF", Level: model.Confidential, Controls: []string{"NF"}, Odd: true}
	c.Classification.Highest = c.Blocks[2].Mark
	c.Declass = model.Declassification{Line: "E.O. 12958: DECL: 10/02/2017", Order: "12958", Kind: model.DeclassDeadline, Date: time.Date(2017, 10, 2, 0, 0, 0, 0, time.UTC)}
	c.Problems = []model.Problem{{Code: "odd-marking", Line: 12, Text: "a marking departs from the usual form"}}
	lib.cables[2] = c
	return lib
}

// The screens people meet, as they see them.
func TestGoldenScreens(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 35}, {200, 50}} {
			w, h := size[0], size[1]
			name := fmt.Sprintf("%dx%d", w, h)
			a := still(t, optionsFor(showpiece()), w, h)
			give(a, keyMsg("J"))
			golden(t, name+"-list", seen(a, w, h))
			for _, k := range []string{"enter", "}"} {
				give(a, keyMsg(k))
			}
			golden(t, name+"-reader", seen(a, w, h))
		}
	})
}

// Colour is laid over the same cells; without it the sequences left are bold,
// underline and reverse.
func TestGoldenColours(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, noColor := range []bool{false, true} {
			o := optionsFor(showpiece())
			o.NoColor, o.ASCII = noColor, noColor
			a := still(t, o, 120, 16)
			give(a, tea.BackgroundColorMsg{Color: black{}})
			give(a, keyMsg("J"))
			give(a, keyMsg("enter"))
			golden(t, map[bool]string{false: "120x16-dark", true: "120x16-mono-ascii"}[noColor], visible(a))
		}
	})
}

func TestGoldenOverlays(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for name, keys := range map[string][]string{"help": {"?"}, "palette": {":", "s", "o", "r"}, "where": {"enter", "="}, "what": {"enter", "i", "tab", "W"}} {
			a := still(t, optionsFor(showpiece()), 100, 30)
			give(a, keyMsg("J"))
			for _, k := range keys {
				give(a, keyMsg(k))
			}
			golden(t, "100x30-"+name, seen(a, 100, 30))
		}
	})
}
