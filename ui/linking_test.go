package ui

import (
	"strings"
	"testing"
	"testing/synctest"

	"chancery/model"
)

// The head says which references are not held, the details what cites the
// cable; both once the cable is on the screen.
func TestLinksOfTheOpenCable(t *testing.T) {
	lib := chained()
	in(t, optionsFor(lib), 200, 50, func(s *session) {
		s.press("8", "j", "enter")
		s.sees("B 07? STATE 99121 (not held)   C 07 BERN 9904", "CITED BY", "07BERN9912 2007-10-05 U", "(year inferred) (not held)")
		asked := lib.counts.linked
		s.press("K")
		s.press("J")
		if n := lib.counts.linked - asked; n != 1 {
			t.Errorf("asked %d times for two cables of which one was known", n)
		}
		s.press("K")
		s.sees("no cable of this collection")
	})
}

// While the collection is read nothing is asked; when it is, what is open is
// told of.
func TestLinksWaitForTheCollection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := made(40)
		lib := newFake(nil)
		lib.grow(false, all[:10]...)
		s := start(t, optionsFor(lib), 120, 35)
		s.press("enter")
		s.seesNot("(not held)")
		lib.grow(true, all[10:]...)
		s.pause(listenAfter)
		s.wait()
		s.sees("07STATE99120 (not held)")
		if lib.counts.linked != 1 {
			t.Errorf("asked %d times", lib.counts.linked)
		}
	})
}

// A reference without a year may be to a cable of another year, as the
// collection knows better.
func TestReferenceOfAnotherYear(t *testing.T) {
	lib := chained()
	in(t, optionsFor(lib), 200, 50, func(s *session) {
		s.press("8", "j", "enter")
		c := s.app.reader.cable()
		links := s.app.linking.known[c.ID]
		links.Cites[1].ID, links.Cites[1].Entry = "07RABAT9907", lib.entries[7]
		s.p.Send(linkedMsg{gen: s.app.linking.gen, id: c.ID, links: links})
		s.wait()
		s.sees("held as", "07RABAT9907")
		s.seesNot("(not held)")
		s.press(")", ")", "enter")
		s.sees("07RABAT9907   H goes back to where you were")
	})
}

func TestLateLinksAreDropped(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(chained()), 200, 50)
		give(a, keyMsg("enter"))
		give(a, linkedMsg{gen: a.linking.gen - 1, id: "07ASTANA9900", links: model.Links{CitedBy: []model.Link{{ID: "07LATE1"}}}})
		if s := seen(a, 200, 50); strings.Contains(s, "07LATE1") {
			t.Errorf("a late answer was taken:\n%s", s)
		}
	})
}

// A field of the details asks for what has its value too, x excludes it; what
// leads to a cable is followed and what is folded unfolds.
func TestDetailsFilter(t *testing.T) {
	in(t, optionsFor(chained()), 200, 50, func(s *session) {
		field := func(group string) {
			s.t.Helper()
			s.press("g")
			for f, _ := s.app.sidebar.current(); f.group != group; f, _ = s.app.sidebar.current() {
				if !s.app.sidebar.move(1) {
					t.Fatalf("no field of %s", group)
				}
			}
			s.press("-", "esc")
		}
		s.press("enter", "l")
		field(groupTags)
		s.sees("Enter ask for tag:PREL", "x exclude")
		s.press("enter")
		s.sees("asked for tag:PREL")
		field(groupTo)
		s.press("x")
		s.sees(`asked for -to:"SECSTATE WASHDC"`)
		field(groupDates)
		s.press("enter")
		field(groupMarking)
		s.press("enter")
		if got, want := s.app.asked.text, `tag:PREL -to:"SECSTATE WASHDC" date:2007-10 class:s/nf`; got != want {
			t.Errorf("asked for %s, want %s", got, want)
		}
		field(groupText)
		s.press("x")
		s.sees("this cannot be excluded")
		s.press("enter")
		s.sees("there is nothing to follow or to ask for here")
	})
	in(t, optionsFor(chained()), 80, 24, func(s *session) {
		s.press("enter", "i", "n", "n", "n")
		if f, _ := s.app.sidebar.current(); f.term == "" {
			t.Fatalf("%+v cannot be asked for", f)
		}
		s.press("enter")
		if s.app.open.focus != listPane {
			t.Error("the list does not come to the front on a narrow screen")
		}
	})
}
