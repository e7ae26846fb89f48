package ui

import (
	"strings"
	"testing"
	"time"
)

// While a collection is read and nobody has touched a key, the list stays at
// its top, and beside it stands the cable that is under the cursor now.
func TestReaderKeepsUpWithTheTopOfAFillingList(t *testing.T) {
	all := made(40)
	lib := newFake(nil)
	lib.grow(false, all[30:]...)
	in(t, optionsFor(lib), 120, 35, func(s *session) {
		s.sees("1 of 10", "07PORTMORESBY9930")
		lib.grow(false, all[:30]...)
		s.pause(listenAfter + restFor)
		s.wait()
		if row, _ := s.app.list.current(); s.app.reading.shown != row.key || row.key != all[0].Key {
			t.Errorf("the cursor is on cable %d, the reader shows %d", row.key, s.app.reading.shown)
		}
	})
}

// An empty collection says that nothing was found once it has been read, and
// "where am I" tells the truth while it lies open.
func TestWhatWasFoundIsToldAsItIs(t *testing.T) {
	lib := newFake(nil)
	lib.progress.Done = false
	in(t, optionsFor(lib), 80, 24, func(s *session) {
		s.sees("There is no cable here yet.")
		s.press("=")
		s.sees("Reading", "0 cables so far")
		lib.grow(false, made(5)...)
		s.pause(listenAfter)
		s.wait()
		s.sees("5 cables so far", "1 of 5 by date")
	})
	lib = newFake(nil)
	in(t, optionsFor(lib), 80, 24, func(s *session) {
		s.sees("No cable was found.  = says what was there, and why it is none.")
	})
}

// On one pane the details say whose they are, a filtered cable says so, and a
// sentence longer than its line goes on in the line below.
func TestStatusLineSaysWhereAndWhat(t *testing.T) {
	in(t, optionsFor(newFake(made(3))), 80, 24, func(s *session) {
		s.press("enter", "/")
		s.types("Paragraph 9")
		s.press("enter")
		s.seesNot("only matches")
		s.press("&", "j")
		s.sees("only matches   match 1 of ")
		s.press("&", "j")
		s.seesNot("only matches")
		s.press("i")
		s.sees(" 07ASTANA9900\n j/k field")
	})
}

func TestLongSentenceGoesOnBelow(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(3))), 80, 24)
		a.say(strings.Repeat("word ", 20) + "end")
		a.draw()
		text := seen(a, 80, 24)
		if !strings.Contains(text, "word word\n word word") || !strings.Contains(text, "word end\n") {
			t.Errorf("the sentence is not whole:\n%s", text)
		}
	})
}

// What cannot be done is answered with the reason and what would help.
func TestSentencesOfWhatCannotBeDone(t *testing.T) {
	in(t, optionsFor(newFake(made(3))), 80, 24, func(s *session) {
		s.press("-", "h")
		s.sees("no cable is open yet; Enter opens one")
		s.press(":")
		s.types("sort colour")
		s.press("enter")
		s.sees("sort takes date, mark, from, subject, id or relevance; -date turns it round")
		s.press(":")
		s.types("goto nowhere")
		s.press("enter")
		s.sees("that is no cable id; write year, post and number: 07ASTANA9911")
		s.press("L")
		s.sees("nothing to go forward to   H goes back first")
		s.press("enter", "z", "a")
		s.sees("nothing is folded here")
		s.press("z", "R")
		s.sees("nothing is folded in this cable")
	})
}

// While a collection is read, its header says how far that is, and Esc in the
// list ends it once; at the end a line says what was found.
func TestReadingIsToldAndCanBeStopped(t *testing.T) {
	all := made(8)
	lib := newFake(nil)
	lib.progress.Done, lib.progress.Share, lib.progress.Rate, lib.progress.Left = false, 0.35, 2100, 80*time.Second
	in(t, optionsFor(lib), 100, 24, func(s *session) {
		lib.grow(false, all[:5]...)
		s.pause(listenAfter)
		s.wait()
		s.sees("reading 5 cables   35%   2,100/s   1:20 left", "Enter read   Esc stop reading   ")
		if n := len(s.app.hints()); n > 8 {
			t.Errorf("%d keys in the footer", n)
		}
		s.press("esc")
		s.sees("reading stops; what was read stays")
		s.press("esc")
		lib.mu.Lock()
		if lib.stops != 1 {
			t.Errorf("reading was stopped %d times", lib.stops)
		}
		lib.mu.Unlock()
		s.press("j")
		lib.grow(true, all[5:]...)
		s.pause(listenAfter)
		s.wait()
		s.sees("read 0 cables   = shows what was found") // the made-up receipt counts none
	})
}
