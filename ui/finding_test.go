package ui

import (
	"testing"

	"chancery/model"
)

// A cable that is asked for by its id before it is read is waited for.
func TestGotoWaitsForWhatIsNotReadYet(t *testing.T) {
	all := made(8)
	begun := func() *fakeLibrary {
		lib := newFake(nil)
		lib.progress.Done = false
		return lib
	}
	ask := func(s *session, lib *fakeLibrary) {
		lib.grow(false, all[:3]...)
		s.pause(listenAfter)
		s.press(":")
		s.types("goto " + all[6].ID)
		s.press("enter")
		s.sees(all[6].ID + " is not read yet: waiting for it   Esc stops that")
	}
	more := func(s *session, lib *fakeLibrary, done bool, es ...model.Entry) {
		lib.grow(done, es...)
		s.pause(2 * listenAfter)
	}
	lib := begun()
	in(t, optionsFor(lib), 80, 24, func(s *session) {
		ask(s, lib)
		more(s, lib, false, all[3:6]...)
		s.seesNot(all[6].Subject + " once more")
		more(s, lib, false, all[6])
		s.sees(all[6].ID+" has been read now", "para ")
		more(s, lib, true, all[7])
	})
	lib = begun()
	in(t, optionsFor(lib), 80, 24, func(s *session) { // it never comes
		ask(s, lib)
		more(s, lib, true, all[3:6]...)
		s.sees(all[6].ID + " is not in this collection")
	})
	lib = begun()
	in(t, optionsFor(lib), 80, 24, func(s *session) { // called off, and reading goes on
		ask(s, lib)
		s.press("esc")
		s.sees("stopped")
		more(s, lib, true, all[3:]...)
		s.sees("of 8")
		s.seesNot("para ", "has been read now")
		if lib.stops != 0 {
			t.Error("reading was stopped, too")
		}
	})
	lib = begun()
	in(t, optionsFor(lib), 80, 24, func(s *session) { // what is being typed stays
		ask(s, lib)
		s.press(`\`)
		s.types("gas")
		more(s, lib, true, all[3:]...)
		s.sees(" / gas", all[6].ID+" has been read now   goto "+all[6].ID+" opens it")
	})
}
