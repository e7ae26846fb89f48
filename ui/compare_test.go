package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

// copied is a collection with three copies of its first cable: one exact, one
// that was corrected.
func copiedCables() *fakeLibrary {
	lib := newFake(made(12))
	for i, same := range []bool{true, false} {
		e := lib.entries[0]
		e.Key, e.Copy = model.Key(20+i), same
		c := cableOf(lib.entries[0])
		c.Source.Path = fmt.Sprintf("other/copy-%d.txt", i+1)
		if !same {
			c.Source.SHA256 = madeSum(e.Key)
			c.Subject = "PIPELINE TALKS: THE MINISTER'S VIEWS"
			c.Blocks[3].Text = strings.ReplaceAll(c.Blocks[3].Text, "The price was named here", "No price was named")
			c.Blocks[4].Mark = model.Marking{Raw: "C", Level: model.Confidential}
			c.Blocks = append(c.Blocks[:1:1], c.Blocks[2:]...)
			c.Blocks = append(c.Blocks, model.Block{Kind: model.Paragraph, Number: "10", Text: "A paragraph that was added."})
		}
		lib.entries = append(lib.entries, e)
		lib.cables[e.Key] = c
	}
	return lib
}

func TestCompareCopies(t *testing.T) {
	in(t, optionsFor(copiedCables()), 120, 40, func(s *session) {
		s.press(":")
		s.types("compare")
		s.press("enter")
		s.sees("COPIES of 07ASTANA9900   with copy 1 of 2 others", "the same text, and the same bytes", "+ other/copy-1.txt")
		s.press("tab")
		s.sees("copy 2 of 2", "~ 3 changed   - 1 only in the first   + 1 only in the second", ">~ Subject", "[-VIEW-]", "{+VIEWS+}")
		s.press("n")
		s.sees(">- para 2")
		s.press("n")
		s.sees(">~ para 4", "[-The-] price", "{+No+} price")
		s.press("n")
		s.sees(">~ para 5", "[-(S/NF)-]", "{+(C)+}")
		s.press("n", "n")
		s.sees("nothing differs further down", ">+ para 10", "A paragraph that was added.")
		s.press("q", "j", ":")
		s.types("compare")
		s.press("enter")
		s.sees("There is no other copy of this cable")
	})
}

func TestGoldenCompare(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, size := range [][2]int{{80, 24}, {120, 35}, {200, 50}} {
			for _, plain := range []bool{false, true} {
				w, h := size[0], size[1]
				o := optionsFor(copiedCables())
				o.NoColor, o.ASCII = plain, plain
				name := fmt.Sprintf("%dx%d", w, h)
				if plain {
					name += "-mono-ascii"
				}
				a := still(t, o, w, h)
				give(a, tea.BackgroundColorMsg{Color: black{}})
				a.keys.byName["compare"].run(a, call{})
				give(a, keyMsg("k"))
				give(a, keyMsg("tab"))
				give(a, keyMsg("n"))
				give(a, keyMsg("n"))
				golden(t, name+"-compare", seen(a, w, h))
			}
		}
	})
}

func TestWordSteps(t *testing.T) {
	for _, x := range [][3]string{
		{"a b c", "a b c", "a b c"},
		{"a b c", "a x c", "a [-b-] {+x+} c"},
		{"", "new words", "{+new words+}"},
		{"old", "", "[-old-]"},
	} {
		if got := wordDiff(wordSteps(x[0], x[1])); got != x[2] {
			t.Errorf("%q to %q: %s", x[0], x[1], got)
		}
	}
}

func TestAligned(t *testing.T) {
	p := func(number, text string) model.Block {
		return model.Block{Kind: model.Paragraph, Number: number, Text: text}
	}
	a := []model.Block{p("", "HEAD"), p("1", "one"), p("2", "two"), p("3", "three")}
	b := []model.Block{p("1", "one"), p("2", "another"), p("3", "two"), p("4", "three")}
	if got := fmt.Sprint(aligned(a, b)); got != "[[0 -1] [1 0] [-1 1] [2 2] [3 3]]" {
		t.Error(got)
	}
	if got := fmt.Sprint(aligned(nil, b[:1])); got != "[[-1 0]]" {
		t.Error(got)
	}
}
