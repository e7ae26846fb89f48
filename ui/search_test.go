package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// ask types a query and keeps it.
func (s *session) ask(text string) {
	s.t.Helper()
	s.press(`\`, "ctrl+u")
	s.types(text)
	s.press("enter")
}

// asks is how many questions with a query were put to the library, and how
// many of them were called off.
func (f *fakeLibrary) asks() (n, cancelled int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.queries), f.cancelled
}

func TestAskAsYouType(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		s.press("3", "j", "/")
		s.types("ga")
		s.sees(" / ga", "6 cables", "1 of 6", "ga* is taken for the beginning of a word", "Enter keep")
		s.types("s")
		s.press("enter")
		s.sees(" gas     ", "6 cables", ">  2007-10-03 SBU      MOSCOW", "Esc all cables")
		s.seesNot(" / gas")
		s.press("j", "esc")
		s.sees("40 cables", "11 of 40", ">  2007-10-05 S/NF     KINGSTON")
		s.seesNot(" gas     ")
		s.press(":")
		s.types("query origin:bern")
		s.press("enter")
		s.sees(" origin:bern ", "5 cables", "1 of 5") // the cable of before is no answer
		s.press(":")
		s.types("clear")
		s.press("enter")
		s.sees("of 40", "all cables")
	})
}

// What is not understood leaves the last answer in place and is never kept.
func TestQueryNotUnderstood(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		s.ask("gas")
		s.press(`\`)
		s.types(" class>=sercet")
		s.sees("\n              ^^^^^^\n", `query error at column 12: "sercet" is not a classification`, "hint: did you mean secret?", "6 cables", "GAS TRANSIT")
		s.press("enter")
		s.sees(" / gas class>=sercet", "query error at column 12")
		s.press("backspace")
		s.sees("\n              ^^^^^\n")
		s.press("esc")
		s.sees(" gas     ", "6 cables")
		s.seesNot("query error", " / gas")
		s.press(":")
		s.types("query (gas")
		s.press("enter")
		s.sees("query error at column 1: ", " gas     ", "6 cables")
	})
}

// The caret stands under the fault as it was typed, blanks before it too.
func TestCaretBehindBlanks(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		s.press(`\`)
		s.types("  tga:PREL")
		s.sees("\n     ^^^\n", "query error at column 3")
		s.press("enter")
		s.sees("\n     ^^^\n", "query error at column 3")
	})
}

// Typing fast asks once, whatever is typed; a question that is out of date is
// called off.
func TestTypingAsksSeldom(t *testing.T) {
	lib := newFake(made(40))
	in(t, optionsFor(lib), 120, 35, func(s *session) {
		s.press("/")
		for _, r := range "pipeline talks minister" {
			s.p.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
			s.pause(typedFor / 4)
		}
		if n, _ := lib.asks(); n > 0 {
			t.Errorf("asked %d times before the typing rested", n)
		}
		s.wait()
		if n, _ := lib.asks(); n > 3 { // below and above the cursor, or from the top
			t.Errorf("asked %d times", n)
		}
		s.press("esc")
		lib.slow = time.Minute
		s.press("/")
		s.types("gas")
		s.types(" transit")
		s.types(" deputy")
		if n, cancelled := lib.asks(); cancelled < 2 || n-cancelled > 8 {
			t.Errorf("%d asked, %d called off", n, cancelled)
		}
		s.sees("40 cables")
		s.press("esc")
		if n, _ := lib.asks(); n > 12 {
			t.Errorf("asked %d times", n)
		}
		s.sees("1 of 40")
	})
}

func TestLateAnswerToAQueryIsDropped(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(40))), 80, 24)
		q, err := a.parse("gas", false)
		if err != nil {
			t.Fatal(err)
		}
		a.list.put(q)
		late := listFrom(a.ctx, a.o.Library, a.list.again())()
		give(a, keyMsg("esc"))
		a.list.put(nil)
		give(a, listFrom(a.ctx, a.o.Library, a.list.again())())
		give(a, late)
		if a.list.total != 40 {
			t.Errorf("a late answer left %d cables", a.list.total)
		}
	})
}

// Whoever knows what is first types on: Enter is meant for the answer, not for
// the rows that still stand there.
func TestKeysTypedBehindAQuery(t *testing.T) {
	lib := newFake(made(40))
	lib.slow = time.Second
	in(t, optionsFor(lib), 80, 24, func(s *session) {
		s.press(`\`)
		for _, r := range "origin:bern" {
			s.p.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		for _, k := range []string{"enter", "j", "enter"} {
			s.p.Send(keyMsg(k))
		}
		s.pause(5 * time.Second)
		s.wait()
		s.sees("07BERN9912")
	})
}

// A query that takes long can be called off; the one before it is in force
// again. One that cannot be answered is no different.
func TestSlowQueryIsCalledOff(t *testing.T) {
	lib := newFake(made(40))
	in(t, optionsFor(lib), 80, 24, func(s *session) {
		s.ask("gas")
		lib.slow = time.Hour
		command := func(text string) {
			s.press(":")
			s.types(text)
			s.press("enter")
		}
		command("query origin:bern")
		s.sees(" origin:bern ", " ...\n", "1 of 6")
		s.press("ctrl+c")
		s.sees(" gas   ", "6 cables", "1 of 6", "stopped")
		s.seesNot("origin:bern")
		if _, cancelled := lib.asks(); cancelled == 0 {
			t.Error("nothing was called off")
		}
		command("query origin:bern")
		s.press("esc")
		s.sees("40 cables")
		s.seesNot("origin:bern")
		lib.slow = 0
		lib.fails = errors.New("the index \x1b[2J is gone")
		command("query origin:bern")
		s.sees("the index ^[[2J is gone", "40 cables", "of 40")
		s.seesNot("origin:bern")
	})
}

// A row is not left for another because the query is put back.
func TestLeavingTheLineComesBack(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 120, 35, func(s *session) {
		s.press("j", "enter", "}", "}", `\`)
		block, line := s.app.reader.place()
		s.types("origin:bern")
		s.wait() // on the row, until the reader follows
		s.sees("5 cables", "07BERN9904")
		s.press("esc")
		s.sees("07ANKARA9901")
		s.seesNot("07BERN9904 ")
		if b, l := s.app.reader.place(); s.app.open.focus != readerPane || b != block || l != line {
			t.Errorf("back at pane %d, %d %d instead of %d %d", s.app.open.focus, b, l, block, line)
		}
		s.press("tab")
		s.sees("2 of 40")
	})
}

func TestQueriesOfBefore(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		s.ask("gas")
		s.ask("origin:bern")
		s.press("esc", `\`)
		s.types("vis")
		s.press("up")
		s.sees(" / origin:bern", "5 cables")
		s.press("up")
		s.sees(" / gas", "6 cables")
		s.press("up")
		s.sees(" / gas")
		s.press("down", "down")
		s.sees(" / vis")
		s.press("down")
		s.sees(" / vis")
		s.press("up", "up", "enter")
		s.sees("gas", "6 cables")
		if got := strings.Join(s.app.asked.history, "; "); got != "origin:bern; gas" {
			t.Errorf("the history is %s", got)
		}
	})
}

func TestPastedQuery(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		s.press(`\`)
		s.p.Send(tea.PasteMsg{Content: " origin:\nbern\x1b[2J "})
		s.wait()
		s.sees(" / origin: bern^[[2J")
		s.press("ctrl+u")
		s.p.Send(tea.PasteMsg{Content: strings.Repeat("origin:bern ", 9999)})
		s.wait()
		if n := len(s.app.over.(*queryLine).field.text); n > fieldMost {
			t.Errorf("%d bytes were taken", n)
		}
		s.press("esc")
		s.sees("40 cables")
	})
}

// Nothing is not the end: each part says what it finds alone, and what is spelt
// like it.
func TestNothingAnswers(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		s.ask("origin:bern (subject:election OR gass) -tag:PREL origin:bernn gass")
		s.sees("0 cables", "Nothing answers this query.", "origin:bern                 5 alone", "(subject:election OR gass)  5 alone",
			"-tag:PREL                   nothing", "did you mean origin:BERN ?", "did you mean ~gass, which finds 6 ?", "Esc shows all cables")
		s.press("enter")
		s.sees("there is no cable")
		s.press("esc")
		s.sees("40 cables")
	})
}

func TestSortByRelevance(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		s.press("S", "r")
		s.sees("only a query that has words can be sorted by relevance", "by date")
		s.press("S", "f")
		s.ask("gas")
		s.press("S", "r")
		s.sees("by relevance", "1 of 6")
		s.ask("origin:bern")
		s.sees("by post")
		s.press(":")
		s.types("sort relevance")
		s.press("enter")
		s.sees("only a query that has words")
		for _, text := range []string{"/gas/", "subject:/gas/", "NOT zebra"} { // none has words to be counted
			s.ask("gas")
			s.press("S", "r")
			s.sees("by relevance")
			s.ask(text)
			s.sees("by post")
			s.press("S", "r")
			s.sees("only a query that has words")
		}
	})
}

// While a collection is read the answer grows under a cursor that stays.
func TestAskWhileReading(t *testing.T) {
	all := made(60)
	lib := newFake(nil)
	lib.progress.Done = false
	in(t, optionsFor(lib), 80, 24, func(s *session) {
		lib.grow(false, all[30:]...)
		s.pause(listenAfter)
		s.wait()
		s.ask("origin:bern")
		s.sees("3 of 30 so far", "1 of 3")
		s.press("j")
		row, _ := s.app.list.current()
		lib.grow(false, all[10:30]...)
		s.pause(listenAfter)
		s.wait()
		s.sees("6 of 50 so far", "5 of 6")
		if now, _ := s.app.list.current(); now.key != row.key {
			t.Errorf("the cursor went from cable %d to %d", row.key, now.key)
		}
		lib.grow(true, all[:10]...)
		s.pause(listenAfter)
		s.wait()
		s.sees("7 cables", "6 of 7")
		s.seesNot("so far")
	})
}

// A part that is still counted is not told to find nothing.
func TestPartsStillCounted(t *testing.T) {
	lib := newFake(made(40))
	lib.counting = true
	in(t, optionsFor(lib), 80, 24, func(s *session) {
		q, err := s.app.parse("origin:bern gass", false)
		if err != nil {
			t.Fatal(err)
		}
		s.app.list.shows = q
		m := s.app.partsOf(q)().(partsMsg)
		if m.parts[0].count != 5 || !m.parts[0].counting || !m.parts[1].counting || m.parts[1].near != "" {
			t.Errorf("the parts are %+v", m.parts)
		}
		s.app.list.rows = nil
		s.app.counted(m)
		if got := strings.Join(s.app.list.nothing, "\n"); !strings.Contains(got, "  5+ alone") || !strings.Contains(got, "gass         nothing so far") {
			t.Errorf("told is\n%s", got)
		}
	})
}

// A count that goes on is asked for again until it is whole.
func TestCountGoesOn(t *testing.T) {
	lib := newFake(made(40))
	lib.counting = true
	in(t, optionsFor(lib), 80, 24, func(s *session) {
		s.ask("origin:bern")
		s.sees("5 cables so far")
		s.pause(3 * recountAfter)
		n, _ := lib.asks()
		if n < 3 || n > 20 {
			t.Errorf("asked %d times", n)
		}
		lib.mu.Lock()
		lib.counting = false
		lib.mu.Unlock()
		s.pause(3 * recountAfter)
		s.wait()
		s.sees("5 cables\n")
		s.seesNot("so far")
	})
}

// A reference may lead out of what is listed: the list stays where it is.
func TestReferenceOutOfTheAnswer(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 120, 35, func(s *session) {
		s.ask("origin:bern")
		s.press("j", "enter", "2", ")", "enter")
		s.sees("07ANKARA9901", "this cable is none of those listed", "5 cables")
		s.press("H")
		s.sees("07BERN9912")
		s.press("tab")
		s.sees("2 of 5")
	})
}
