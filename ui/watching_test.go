package ui

import (
	"testing"
	"testing/synctest"
)

// A cable counts as read when its end was seen, or when it was open for some
// seconds of activity; not when it was only passed.
func TestWhatCountsAsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, desk := withDesk(newFake(made(20)))
		s := start(t, o, 80, 24)
		s.press("enter")
		s.press("J")
		if desk.work("07ASTANA9900").Read {
			t.Error("a cable that was only passed is read")
		}
		s.press("G")
		if !desk.work("07ANKARA9901").Read {
			t.Error("a cable whose end was seen is not read")
		}
		s.press("J")
		s.pause(2 * readFor)
		s.wait()
		if desk.work("07KINGSTON9902").Read {
			t.Error("a cable that stood on the screen of nobody is read")
		}
		s.press("}")
		if !desk.work("07KINGSTON9902").Read {
			t.Error("a cable that was read for a while is not read")
		}
		s.press("U")
		s.sees("there is nothing to be undone")
	})
}

// The place in a cable is kept where reading stopped, and opening it goes on
// there; one that was read to its end begins at its top.
func TestReadingGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, desk := withDesk(newFake(made(20)))
		s := start(t, o, 80, 14)
		s.press("enter")
		s.press("}", "}", "}", "}")
		s.press("h")
		if p := desk.work("07ASTANA9900").Place; p == nil || p.Number != "5" || p.Sum == "" {
			t.Fatalf("the place is %+v", p)
		}
		s.press("j", "enter")
		s.press("K")
		s.sees("goes on where you stopped: para 5 of 9", ">  5")
		s.press("G")
		s.press("h", "j", "enter")
		s.press("K")
		s.sees(">  1")
		s.seesNot("goes on")
		s.press("J")
		s.press("}", "}")
		s.press("Q") // leaving keeps it too
		if p := desk.work("07ANKARA9901").Place; p == nil || p.Number != "3" {
			t.Errorf("the place is %+v", p)
		}
		select {
		case <-s.done:
			s.done <- nil
		default:
			t.Error("the screen did not end")
		}
	})
}
