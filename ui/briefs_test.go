package ui

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

func TestPinsMakeABrief(t *testing.T) {
	atDesk(t, optionsFor(newFake(made(40))), 120, 35, nil, func(s *session, desk *fakeDesk) {
		s.press("P")
		s.sees("a brief takes paragraphs: Enter opens the cable")
		s.press("E")
		s.sees("there is no brief yet")
		s.press("enter", "}", "P")
		s.sees("name of the brief:")
		s.types("Pipeline, autumn 2007")
		s.press("enter")
		s.sees("pinned to Pipeline, autumn 2007: 07ASTANA9900   U undo", "║ item 1 of Pipeline, autumn 2007")
		s.press("P")
		s.sees("para 2 is item 1 of Pipeline, autumn 2007 already")
		s.press("J", "}", "}", "}", "P", "J", "P")
		s.press("E")
		s.sees("BRIEF  'Pipeline, autumn 2007'   3 pinned", "highest marking in it: SECRET//NOFORN", "item 1 of 3")
		s.press("J")
		s.sees("item 2 of 3", ">  2  07ASTANA9900")
		s.press("j", "K", "K")
		s.sees("item 1 of 3")
		s.press("K")
		s.sees("there is no item further up")
		var order string
		for _, p := range desk.now.briefs[0].Pins {
			order += p.ID + " "
		}
		if order != "07KINGSTON9902 07ANKARA9901 07ASTANA9900 " {
			t.Errorf("the order is %s", order)
		}
		s.press("x")
		s.sees("2 pinned", "U undo")
		s.press("U")
		s.sees("3 pinned")
		s.press("j", "enter")
		s.sees("07ANKARA9901", "para 4 of 9")
		if b := s.app.reader.block(); b != 3 {
			t.Errorf("the item leads to block %d", b)
		}
	})
}

// Where the last brief was taken away, the view says so and how it comes back.
func TestLastBriefGone(t *testing.T) {
	atDesk(t, optionsFor(newFake(made(40))), 80, 24, nil, func(s *session, _ *fakeDesk) {
		s.press("enter", "P")
		s.types("Pears")
		s.press("enter")
		s.press("E")
		s.sees("BRIEF  'Pears'   1 pinned")
		s.press(":")
		s.types("delete-brief Pears")
		s.press("enter")
		s.sees("There is no brief any more.  U brings back one deleted, C-r one")
		s.seesNot("BRIEF  ''", "no item carries")
		s.press("U")
		s.sees("BRIEF  'Pears'   1 pinned")
	})
}

func TestSeveralBriefs(t *testing.T) {
	atDesk(t, optionsFor(newFake(made(40))), 80, 24, nil, func(s *session, _ *fakeDesk) {
		s.press("enter", ":")
		s.types("pin First")
		s.press("enter", ":")
		s.types("brief Second")
		s.press("enter")
		s.sees("BRIEF  'Second'   0 pinned   2 of 2 briefs", "Nothing is pinned to it")
		s.press("tab")
		s.sees("'First'   1 pinned   1 of 2 briefs")
		s.press("tab", ":")
		s.types("rename-brief first")
		s.press("enter")
		s.sees("first is the name of another brief")
		s.press(":")
		s.types("rename-brief Third")
		s.press("enter")
		s.sees("'Third'")
		s.press("q", "P")
		s.sees("pinned to Third")
		s.press(":")
		s.types("delete-brief third")
		s.press("enter")
		s.sees("brief taken away: Third")
		s.press("E")
		s.sees("'First'   1 pinned")
	})
}

// gathered is a desk whose brief has four items of three cables.
func gathered() *fakeDesk {
	d := newFakeDesk()
	es := made(9)
	for i, n := range []int{0, 1, 1, 3} {
		c := cableOf(es[n])
		spot := c.SpotOf(i + 1)
		mark := ""
		if known(c.Blocks[i+1].Mark) {
			mark = c.Blocks[i+1].Mark.Code()
		}
		_, _ = d.apply(model.Act{Do: model.DoPin, On: []model.Handle{c.Handle()}, Brief: "Pipeline, autumn 2007", Spot: &spot, Mark: mark, Text: c.Blocks[i+1].Text})
	}
	_, _ = d.apply(model.Act{Do: model.DoComment, Pin: 2, Text: "compare with the figure in *9902*"})
	h := cableOf(es[1]).Handle()
	s := cableOf(es[1]).SpotOf(1)
	_, _ = d.apply(model.Act{Do: model.DoNote, On: []model.Handle{h}, Spot: &s, Text: "Said **twice** before:\n\n- in 9900\n- at the dinner"})
	_, _ = d.apply(model.Act{Do: model.DoLabel, On: []model.Handle{h}, Spot: &s, Label: "check-figure", Yes: true})
	_, _ = d.apply(model.Act{Do: model.DoLabel, On: []model.Handle{h}, Label: "pipeline", Yes: true})
	d.version = 1
	return d
}

func TestGoldenMine(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, size := range [][2]int{{80, 24}, {120, 35}, {200, 50}} {
			for _, plain := range []bool{false, true} {
				goldenMine(t, size[0], size[1], plain)
			}
		}
	})
}

func goldenMine(t *testing.T, w, h int, plain bool) {
	o := optionsFor(showpiece())
	o.Desk, o.NoColor, o.ASCII = gathered(), plain, plain
	name := fmt.Sprintf("%dx%d", w, h)
	if plain {
		name += "-mono-ascii"
	}
	a := still(t, o, w, h)
	give(a, tea.BackgroundColorMsg{Color: black{}})
	for _, k := range []string{"J", "enter", "}"} {
		give(a, keyMsg(k))
	}
	golden(t, name+"-mine", seen(a, w, h))
	give(a, keyMsg("E"))
	give(a, keyMsg("j"))
	golden(t, name+"-brief", seen(a, w, h))
}

// On a screen of three panes the brief stands under the list, and is no row of
// it.
func TestBriefUnderTheList(t *testing.T) {
	o := optionsFor(newFake(made(400)))
	o.Mouse = MouseFull
	atDesk(t, o, 200, 50, func(d *fakeDesk) { d.now = gathered().now }, func(s *session, _ *fakeDesk) {
		s.sees("BRIEF  'Pipeline, autumn 2007'", "4 pinned   E shows it", "  2  07ANKARA9901     para 3    C", "your note: compare with")
		s.p.Send(tea.MouseClickMsg{X: 10, Y: 44, Button: tea.MouseLeft})
		s.wait()
		s.sees("1 of 400")
		s.press("G")
		s.sees("400 of 400", ">     20")
		s.press("E", "x", "x", "x", "x", "q")
		s.seesNot("BRIEF")
		s.press("U")
		s.sees("BRIEF  'Pipeline, autumn 2007'", "1 pinned")
	})
}
