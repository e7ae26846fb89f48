package ui

import (
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

// in runs a scripted session in a bubble with a false clock.
func in(t *testing.T, o Options, w, h int, script func(s *session)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { script(start(t, o, w, h)) })
}

func TestReadACable(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		s.sees("made-up.zip", "40 cables", "> ", "1 of 40", "Enter read", "q quit")
		s.press("j", "j")
		s.sees("3 of 40")
		s.press("enter")
		s.sees("07KINGSTON9902", "1 of 07KINGSTON9902 says nothing")
		s.seesNot("3 of 40")
		s.press("J")
		s.sees("07MOSCOW9903")
		s.press("K", "K")
		s.sees("07ANKARA9901")
		s.press("q")
		s.sees("2 of 40")
		s.press("q")
		if err := <-s.done; err != nil {
			t.Error(err)
		}
	})
}

func TestCountsAndSequences(t *testing.T) {
	in(t, optionsFor(newFake(made(2000))), 80, 24, func(s *session) {
		s.press("5", "j")
		s.sees("6 of 2,000")
		s.press("1", "5", "0", "0", "g")
		s.sees("1,500 of 2,000")
		s.press("G")
		s.sees("2,000 of 2,000")
		s.press("1", "2")
		s.sees("12   2,000 of")
		s.press("esc", "k")
		s.sees("1,999 of 2,000")
		s.press("g")
		s.sees("1 of 2,000")
		s.press("S")
		s.sees("Sort by", "d   Sort by date", "-   Turn the order round")
		s.press("f")
		s.sees("by post", ">  2007")
		s.press("S", "x")
		s.sees("S x means nothing here")
		s.press("-")
		s.seesNot("ASCII only on or off")
		s.pause(hintAfter)
		s.wait()
		s.sees("View options", "a   ASCII only on or off")
		s.press("a")
		s.sees("ASCII only on", "---")
		s.seesNot("─")
	})
}

func TestReaderRestsBeforeItFollowsTheCursor(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 120, 35, func(s *session) {
		s.sees("07ASTANA9900")
		draws := s.app.slots[readerPane].draws
		for range 5 {
			s.p.Send(keyMsg("j"))
			s.pause(restFor / 4)
		}
		synctest.Wait()
		if n := s.app.slots[readerPane].draws - draws; n != 0 {
			t.Errorf("moving drew the reader %d times", n)
		}
		s.wait()
		s.sees("07TBILISI9905")
		if n := s.app.slots[readerPane].draws - draws; n != 2 {
			t.Errorf("coming to rest drew the reader %d times, not for the cable and for what of its references is held", n)
		}
	})
}

func TestHistory(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 120, 35, func(s *session) {
		s.press("H")
		s.sees("no cable was read before this one")
		s.press("enter", "}", "}", "J", "J")
		s.sees("07KINGSTON9902")
		s.press("H")
		s.sees("07ANKARA9901", "2 of")
		s.press("backspace")
		s.sees("07ASTANA9900")
		if block, _ := s.app.reader.place(); block == 0 {
			t.Error("coming back did not find the paragraph again")
		}
		s.press("2", "L")
		s.sees("07KINGSTON9902")
		s.press("tab")
		s.sees("3 of 40")
	})
}

func TestGotoAndWhatIsNotHeld(t *testing.T) {
	in(t, optionsFor(newFake(made(2000))), 80, 24, func(s *session) {
		s.press(":")
		s.types("goto 07 rabat 9907")
		s.press("enter")
		s.sees("07RABAT9907")
		s.press("q")
		s.sees("8 of 2,000")
		s.press(":")
		s.types("goto 07STATE99120")
		s.press("enter")
		s.sees("07STATE99120 is not in this collection")
		s.press(":")
		s.types("goto nonsense")
		s.press("enter")
		s.sees("that is no cable id")
	})
}

func TestReferencesAreFollowed(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		s.press("enter", ")", "enter")
		s.sees("07STATE99120 is not in this collection")
		s.press(")", "enter")
		s.sees("07ANKARA9901   H goes back to where you were")
		s.press("H")
		s.sees("07ASTANA9900")
		s.seesNot("goes back")
	})
}

func TestFindInTheCable(t *testing.T) {
	in(t, optionsFor(newFake(made(3))), 80, 24, func(s *session) {
		s.press("enter", "n")
		s.sees("nothing was looked for yet")
		s.press("/")
		s.types("price")
		s.press("enter")
		s.sees("2 matches", "match 1 of 2")
		s.press("n")
		s.sees("match 2 of 2")
		s.press("&")
		s.seesNot("Paragraph 9 of")
		s.press("esc")
		s.seesNot("match 2 of 2")
		s.press("/")
		s.types("nowhere")
		s.press("enter")
		s.sees("no match in this cable")
	})
}

func TestPaletteAndHelp(t *testing.T) {
	in(t, optionsFor(newFake(made(3))), 80, 24, func(s *session) {
		s.press(":")
		s.types("theme li")
		s.sees("> theme light")
		s.press("enter")
		s.sees("theme: light")
		s.press("- t"[:1], "t")
		s.sees("theme: high-contrast")
		s.press("?")
		s.sees("Keys for the list", "Moving", "Next row, line or field")
		s.types("where am")
		s.sees("Where am I")
		s.seesNot("Next row, line or field")
		s.press("esc")
		s.sees("Next row, line or field")
		s.press("esc", ":")
		s.types("zzzz")
		s.sees("no command is called so")
		s.press("enter")
		s.sees("no command is called zzzz   ? shows all")
		s.press("f2")
		s.sees("mouse: full")
		s.press(":")
		s.types("mouse off")
		s.press("enter")
		s.sees("mouse: off")
	})
}

func TestWhereAmI(t *testing.T) {
	in(t, optionsFor(newFake(made(3))), 80, 40, func(s *session) {
		s.press("enter", "=")
		s.sees("Where am I", "07ASTANA9900", "1 of 3 by date", `"made/07ASTANA9900.txt"`, "page-text, utf-8, 2,048 bytes", "Warnings",
			"4 looked at", "Not cables", `"cover.jpg"  a picture`)
		s.press("esc")
		s.seesNot("Where am I")
	})
}

func TestSourceIsShownAndLeft(t *testing.T) {
	in(t, optionsFor(newFake(made(3))), 80, 24, func(s *session) {
		s.press("o")
		s.sees("RAW SOURCE OF 1")
		s.press("q")
		s.sees("Paragraph 1 of")
		s.press("o", "o")
		s.seesNot("a line of the wrapper")
		s.press("o", "esc")
		s.seesNot("a line of the wrapper")
		s.press("}", "}", "o")
		s.sees("3. (S/NF) This is invented text", "byte ")
		s.seesNot("2. (S/NF)", "a line of the wrapper")
	})
}

func TestPanesOpenAndShut(t *testing.T) {
	in(t, optionsFor(newFake(made(3))), 120, 35, func(s *session) {
		side := func() bool { return s.app.at.shows(sidePane) }
		if side() {
			t.Error("the details are open at 120 columns")
		}
		s.press("i")
		if !side() || !s.app.at.shows(listPane) {
			t.Error("i does not show the details beside the list")
		}
		s.press("l")
		if !side() || !s.app.at.shows(readerPane) || s.app.at.shows(listPane) {
			t.Error("l does not go to the reader beside the details")
		}
		s.press("l", "q")
		if side() || s.app.open.focus != readerPane {
			t.Error("q does not leave the details")
		}
		s.press("+", "+")
		if len(s.app.at.order) != 1 {
			t.Error("+ + does not give the reader the whole screen")
		}
		s.press("_", "_", "tab", "p")
		if len(s.app.at.order) != 1 || !s.app.at.shows(listPane) {
			t.Error("p does not leave the list alone")
		}
		s.p.Send(tea.WindowSizeMsg{Width: 200, Height: 50})
		s.press("p", "i")
		if len(s.app.at.order) != 3 {
			t.Error("there are not three panes at 200 columns")
		}
	})
}

func TestStopThenQuit(t *testing.T) {
	in(t, optionsFor(newFake(made(3))), 80, 24, func(s *session) {
		s.press("ctrl+c")
		s.sees("C-c again quits")
		s.press("j", "ctrl+c")
		select {
		case <-s.done:
			t.Error("a key between did not call it off")
		default:
		}
		s.press("ctrl+c")
		if err := <-s.done; err != nil {
			t.Error(err)
		}
	})
}

// n goes on from the last match of a cable to the next cable that has one, N
// the other way; Esc and what is typed meanwhile call it off.
func TestFindGoesOnToOtherCables(t *testing.T) {
	lib := newFake(made(300))
	for _, k := range []model.Key{3, 260} {
		c := cableOf(lib.entries[k-1])
		c.Blocks[6].Text += " A SEAL was counted."
		lib.cables[k] = c
	}
	in(t, optionsFor(lib), 120, 35, func(s *session) {
		s.press("enter", "/")
		s.types("a seal  was")
		s.press("enter")
		s.sees("no match in this cable   n looks in the next")
		s.press("n")
		s.sees(lib.entries[2].ID, "match 1 of 1", "H comes back")
		s.press("n")
		s.sees(lib.entries[259].ID, "match 1 of 1")
		s.press("n")
		s.sees("no other match in the list that way", lib.entries[259].ID)
		s.press("N")
		s.sees(lib.entries[2].ID)
		s.press("H")
		s.sees(lib.entries[259].ID)
	})
}

// Whoever knows where to go types on without waiting: keys after a goto are
// meant for the cable it opens, however late that comes.
func TestKeysTypedBehindAGoto(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(40))), 120, 35)
		_ = a.lookFor("07MOSCOW9903", false) // its answer is still on the way
		for _, k := range []string{"3", "g"} {
			give(a, keyMsg(k))
		}
		key, _, _ := a.o.Library.Find(a.ctx, "07MOSCOW9903")
		give(a, foundMsg{gen: a.placing.findN, id: "07MOSCOW9903", key: key, held: true})
		if s := seen(a, 120, 35); !strings.Contains(s, "07MOSCOW9903") || !strings.Contains(s, "para 3 of") {
			t.Errorf("the third paragraph of the cable is not reached:\n%s", s)
		}
	})
}
