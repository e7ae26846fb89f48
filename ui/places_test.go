package ui

import (
	"errors"
	"testing"

	"chancery/model"
)

// The list fills while a collection is read; a cable can be opened meanwhile,
// and the header says how far it is.
func TestReadWhileLoading(t *testing.T) {
	all := made(60)
	lib := newFake(nil)
	lib.progress.Done, lib.progress.Files = false, 0
	in(t, optionsFor(lib), 80, 24, func(s *session) {
		s.sees("reading", "There is no cable here yet")
		lib.grow(false, all[30:]...)
		s.pause(listenAfter)
		s.wait()
		s.sees("reading 30 cables", "1 of 30")
		s.press("j", "enter")
		s.sees(all[31].ID)
		lib.grow(true, all[:30]...)
		s.pause(listenAfter)
		s.wait()
		s.sees("60 cables", all[31].ID)
		s.press("q")
		s.sees("32 of 60")
	})
}

func TestErrorsAreShownOnce(t *testing.T) {
	lib := newFake(made(3))
	lib.fail = errors.New("read \x1b[31mcable: the file is gone")
	in(t, optionsFor(lib), 80, 24, func(s *session) {
		s.press("enter")
		s.sees("^[[31mcable: the file is gone")
		s.seesNot("Paragraph")
		s.press("q")
		s.seesNot("the file is gone")
		s.sees("1 of 3")
	})
}

func TestPlaceIsKept(t *testing.T) {
	places := &fakePlaces{}
	o := optionsFor(newFake(made(2000)))
	o.Places = places
	in(t, o, 80, 24, func(s *session) {
		s.press("9", "9", "9", "j", "enter", "}", "}", "}")
		if _, n := places.kept(); n != 0 {
			t.Errorf("saved %d times before it rested", n)
		}
		s.pause(keepAfter)
		s.wait()
		p, n := places.kept()
		if n != 1 || p.ID != made(1000)[999].ID || !p.Open || p.Block == 0 {
			t.Errorf("saved %d times: %+v", n, p)
		}
		s.press("S"[:0]+"q", "S", "m", "j", "Q")
		<-s.done
		if p, _ = places.kept(); p.Order != model.ByMark || p.Open {
			t.Errorf("quitting saved %+v", p)
		}
	})
}

func TestPlaceIsFoundAgain(t *testing.T) {
	lib := newFake(made(2000))
	o := optionsFor(lib)
	o.Places = &fakePlaces{place: Place{ID: made(1500)[1499].ID, Block: 5, Open: true, Order: model.ByDate, Reverse: true}}
	in(t, o, 80, 24, func(s *session) {
		s.sees(made(1500)[1499].ID)
		if block, _ := s.app.reader.place(); block != 5 {
			t.Errorf("the reader is at block %d", block)
		}
		s.press("q")
		s.sees("501 of 2,000", "by date")
	})
}

// The cable of the last visit may be read late; whoever has moved on by then is
// left alone.
func TestPlaceIsFoundWhenReadingGetsThere(t *testing.T) {
	all := made(60)
	for _, moves := range []bool{false, true} {
		lib := newFake(nil)
		lib.progress.Done = false
		o := optionsFor(lib)
		o.Places = &fakePlaces{place: Place{ID: all[50].ID}}
		in(t, o, 80, 24, func(s *session) {
			lib.grow(false, all[:30]...)
			s.pause(listenAfter)
			s.wait()
			if moves {
				s.press("j")
			}
			lib.grow(true, all[30:]...)
			s.pause(listenAfter)
			s.wait()
			if moves {
				s.sees("2 of 60")
			} else {
				s.sees("51 of 60")
			}
		})
	}
}

func TestLeaveSavesThePlace(t *testing.T) {
	places := &fakePlaces{}
	o := optionsFor(newFake(made(3)))
	o.Places = places
	in(t, o, 80, 24, func(s *session) {
		s.p.Send(keyMsg("j"))
		s.p.Send(LeaveMsg{})
		<-s.done
		if p, n := places.kept(); n != 1 || p.ID != "07ANKARA9901" {
			t.Errorf("saved %d times: %+v", n, p)
		}
	})
}

// A cable without id is found again by its file.
func TestPlaceOfACableWithoutID(t *testing.T) {
	es := made(9)
	es[6].ID, es[6].Path = "", "folder/no id.txt"
	o := optionsFor(newFake(es))
	places := &fakePlaces{}
	o.Places = places
	in(t, o, 80, 24, func(s *session) {
		s.press("6", "j", "Q")
		<-s.done
	})
	if p, _ := places.kept(); p.ID != "" || p.Path != "folder/no id.txt" {
		t.Fatalf("kept %+v", p)
	}
	in(t, o, 80, 24, func(s *session) { s.sees("7 of 9") })
}
