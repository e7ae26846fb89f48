package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// Values are offered as they are typed, most frequent first; choosing writes
// them into the line and Enter never means anything but the query.
func TestValuesAreChosen(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		s.press(`\`)
		s.types("gas origin:")
		s.sees("   ANKARA        what ANKARA means", "   PORT MORESBY  ", " 1\n") // of those about gas
		s.press("down")
		s.sees(" / gas origin:ANKARA", " > ANKARA", "1 cable", "! exclude")
		s.press("!")
		s.sees(" / gas -origin:ANKARA", "!> ANKARA", "5 cables")
		s.press("!", "tab", "tab", "tab", "tab")
		s.sees(` / gas origin:"PORT MORESBY"`, " > PORT MORESBY", "1 cable")
		s.press("shift+tab")
		s.sees(" / gas origin:MOSCOW", "1 cable")
		s.press("up", "up", "up", "up")
		s.sees("/ gas origin: ", "(1 cable)", "   ANKARA")
		s.press("tab", "esc")
		s.sees(" / gas origin:")
		s.seesNot(" > ANKARA")
		s.types("mo")
		s.sees("   MOSCOW")
		s.seesNot("ANKARA  ")
		s.press("tab", "enter")
		s.sees(" gas origin:MOSCOW  ", "1 cable")
		s.press(`\`)
		s.types(" vis")
		s.press("esc")
		s.sees(" gas origin:MOSCOW  ")
	})
}

// Behind := whole names are offered, and written as the language takes them.
func TestWholeNamesAreChosen(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		s.press(`\`)
		s.types("origin:=po")
		s.sees("   PORT MORESBY  ")
		s.press("tab")
		s.sees(` / origin:="PORT MORESBY"`, " > PORT MORESBY")
		s.press("ctrl+u")
		s.types("origin:=mo")
		s.press("tab", "enter")
		s.sees(" origin:=MOSCOW ")
	})
}

// Ids are offered where one is wanted.
func TestIDsAreChosen(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		for _, field := range []string{"id", "cites", "citedby", "thread"} {
			s.press(`\`, "ctrl+u")
			s.types("gas OR " + field + ":07ast")
			s.sees("   07ASTANA9900  ", "what 07ASTANA9900 means")
			s.press("tab")
			s.sees(" / gas OR "+field+":07ASTANA9900", " > 07ASTANA9900")
			s.press("esc", "esc")
		}
	})
}

// Where a term may begin, Tab offers the fields, on an empty line the queries
// of before too.
func TestFieldsAreOffered(t *testing.T) {
	o := optionsFor(newFake(made(40)))
	o.Searches = &fakeSearches{all: []Search{{"watch", "origin:bern"}, {"other", "gas"}}}
	in(t, o, 80, 24, func(s *session) {
		s.ask("gas transit")
		s.press(`\`)
		s.types(" cla")
		s.seesNot("class:")
		s.press("tab")
		s.sees(" / gas transit class:", " > class:")
		s.types("sec")
		s.sees("   secret")
		s.press("tab")
		s.sees(" / gas transit class:secret")
		s.press("ctrl+u", "tab")
		s.sees(" > gas transit", "asked before", "   q:watch", "origin:bern", "   q:other")
		s.press("down")
		s.sees(" / q:watch", "5 cables")
		s.press("ctrl+u")
		s.types("q:ot")
		s.sees("   other")
		s.press("tab", "enter")
		s.sees(" q:other  ", "6 cables")
		s.press(`\`, "ctrl+u")
		s.types("date:2007")
		s.press("tab")
		s.sees("nothing is known that could stand here")
	})
}

// What was chosen, or asked before, is whole: it is not taken for the beginning
// of more.
func TestChosenValuesAreWhole(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 80, 24, func(s *session) {
		begins := func() bool {
			q := s.app.over.(*queryLine).good
			return q != nil && strings.Contains(strings.Join(q.Explain(), "\n"), "begin")
		}
		s.ask("gas")
		s.press(`\`, "ctrl+u")
		s.types("origin:be")
		if !begins() {
			t.Fatal("what is typed is not taken for a beginning")
		}
		s.press("tab")
		s.sees(" / origin:BERN")
		if begins() {
			t.Error("a value that was chosen is taken for a beginning")
		}
		s.press("esc")
		s.sees(" / origin:be ")
		if !begins() {
			t.Error("what was typed is not taken for a beginning again")
		}
		s.press("up")
		s.sees(" / gas ")
		if begins() {
			t.Error("a query of before is taken for a beginning")
		}
	})
}

// A chosen value is asked for at once when Tab was quicker than the values.
func TestTabBeforeTheValues(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(40))), 80, 24)
		a.Update(keyMsg(`\`))
		for _, r := range "origin:be" {
			a.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		give(a, keyMsg("tab"))
		if s := seen(a, 80, 24); !strings.Contains(s, " / origin:BERN") {
			t.Errorf("Tab did not wait for the values:\n%s", s)
		}
	})
}
