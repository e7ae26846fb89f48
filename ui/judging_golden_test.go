package ui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"chancery/model"
)

// judgedDesk is a screen on the showpiece with some of its cables judged.
func judgedDesk() (Options, *fakeDesk) {
	lib := showpiece()
	o, desk := withDesk(lib)
	for i, j := range []model.Judgement{model.Relevant, model.Irrelevant, model.Unjudged, model.Later, model.Unjudged, model.Irrelevant} {
		h := lib.entries[i].Handle()
		w := model.Work{Handle: h, Judgement: j, Star: i == 3 || i == 4}
		if i%5 == 0 {
			w.Notes = []model.Note{{Text: "see the desk officer's copy", When: today}}
		}
		if !w.Empty() {
			desk.now.works[h.Key()] = w
		}
	}
	return o, desk
}

// judgingStates are what can be on the screen while judging, by the keys that
// lead there.
func judgingStates() map[string][]string {
	return map[string][]string{
		"judged": {"J", "J", "r"}, "range": {"J", "v", "j", "j", "j"}, "judged-reader": {"enter", "s"},
		"judge-all": {":", "j", "u", "d", "g", "e", "-", "a", "l", "l", " ", "l", "enter"}, "judged-overview": {"D"},
		"scope": {"a"},
	}
}

// The screens people meet while judging, as they see them.
func TestGoldenJudging(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 35}, {200, 50}} {
			w, h := size[0], size[1]
			for name, keys := range judgingStates() {
				if w == 40 && name != "range" && name != "judged-reader" {
					continue
				}
				o, _ := judgedDesk()
				a := still(t, o, w, h)
				for _, k := range keys {
					give(a, keyMsg(k))
				}
				settleAll(a, a.askJudged())
				golden(t, fmt.Sprintf("%dx%d-%s", w, h, name), seen(a, w, h))
			}
		}
	})
}

// With colour and without, the signs are the same.
func TestGoldenJudgingColours(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, noColor := range []bool{false, true} {
			o, _ := judgedDesk()
			o.NoColor, o.ASCII = noColor, noColor
			a := still(t, o, 120, 16)
			give(a, tea.BackgroundColorMsg{Color: black{}})
			for _, k := range []string{"J", "v", "j"} {
				give(a, keyMsg(k))
			}
			golden(t, map[bool]string{false: "120x16-dark-judged", true: "120x16-mono-ascii-judged"}[noColor], visible(a))
		}
	})
}

// Every size gives exactly its lines and cells while judging too.
func TestEverySizeWhileJudging(t *testing.T) {
	calmly(t, func(t *testing.T) {
		if testing.Short() {
			t.Skip("drawing alone: nothing in it runs beside anything else")
		}
		for name, keys := range judgingStates() {
			o, _ := judgedDesk()
			a := still(t, o, 120, 35)
			for _, k := range keys {
				give(a, keyMsg(k))
			}
			exactAtEverySize(t, a, name)
		}
	})
}

// A person without colour can tell which row is selected, how it is marked and
// what was thought of it, at every size people use.
func TestJudgedWithoutColour(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, size := range [][2]int{{40, 10}, {80, 24}, {120, 35}, {200, 50}} {
			o, _ := judgedDesk()
			o.NoColor, o.ASCII, o.Theme = true, true, "mono"
			a := still(t, o, size[0], size[1])
			for _, k := range []string{"v", "j", "j", "j"} {
				give(a, keyMsg(k))
			}
			var rows []string
			list := a.at.panes[listPane]
			for _, line := range strings.Split(ansi.Strip(a.View().Content), "\n")[list.y : list.y+list.h] {
				if strings.Contains(line, "2007-10-0") && line[1] == '|' {
					rows = append(rows, strings.Join(strings.Fields(line[:5]), ""))
				}
			}
			if got := fmt.Sprint(rows); got != "[|+n |- | >|?*]" {
				t.Errorf("%v: the selected rows are %s", size, got)
			}
		}
	})
}

// Judging draws what shows it, and nothing else; a desk that is full costs a
// move of the cursor nothing.
func TestJudgingDrawsLittle(t *testing.T) {
	calmly(t, func(t *testing.T) {
		lib := newFake(made(5000))
		o, desk := withDesk(lib)
		for _, e := range lib.entries[100:] {
			desk.now.works[e.Handle().Key()] = model.Work{Handle: e.Handle(), Judgement: model.Later}
		}
		a := still(t, o, 80, 24)
		draws, joins := a.slots[listPane].draws, a.frame.joins
		give(a, keyMsg("r"))
		if n := a.slots[listPane].draws - draws; n > 2 {
			t.Errorf("the list was drawn %d times for one judgement", n)
		}
		if n := a.frame.joins - joins; n > 3 {
			t.Errorf("the screen was put together %d times for one judgement", n)
		}
		down, up := keyMsg("j"), keyMsg("k")
		with := testing.AllocsPerRun(50, func() { a.Update(down); a.Update(up) })
		o.Desk, lib.desk = nil, nil
		b := still(t, o, 80, 24)
		without := testing.AllocsPerRun(50, func() { b.Update(down); b.Update(up) })
		if with > without+30 {
			t.Errorf("two moves allocate %.0f times, and %.0f where no desk is", with, without)
		}
	})
}
