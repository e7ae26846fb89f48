package ui

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"chancery/model"
)

func TestSavedQueries(t *testing.T) {
	keep := &fakeSearches{}
	o := optionsFor(newFake(made(40)))
	o.Searches = keep
	in(t, o, 80, 24, func(s *session) {
		s.press("B")
		s.sees("Saved queries", "no query has a name yet", `\ asks one`)
		s.press("s")
		s.sees("no query is in force")
		s.press("esc")
		s.ask("gas")
		s.press("B", "s")
		s.types("Gas transit")
		s.press("enter")
		s.sees("saved as Gas-transit", " > Gas-transit   gas", " 6\n")
		s.press("esc", "esc")
		s.ask("origin:bern")
		s.press(":")
		s.types("save-query bern")
		s.press("enter", "B")
		s.sees(" > bern          origin:bern", " 5\n", "   Gas-transit   gas", " 6\n")
		s.press("j", "enter")
		s.sees(" gas    ", "6 cables")
		s.ask("q:bern q:gas-transit")
		s.sees("0 cables")
		s.press("B", "r", "ctrl+u")
		s.types("berne")
		s.press("enter")
		s.sees("bern is called berne now", " > berne")
		s.press("x")
		s.sees("deleted berne   U takes it back", " > Gas-transit")
		s.press("U")
		s.sees("berne is back")
		s.press("esc", ":")
		s.types("delete-query Gas-transit")
		s.press("enter")
		s.sees("deleted Gas-transit, which was gas")
		s.press(":")
		s.types("rename-query berne post")
		s.press("enter")
		if len(keep.all) != 1 || keep.all[0] != (Search{"post", "origin:bern"}) {
			t.Errorf("kept is %v", keep.all)
		}
		s.ask("q:berne")
		s.sees(`there is no saved query "berne"`)
	})
}

// What cannot be read is not written over.
func TestSavedQueriesThatCannotBeRead(t *testing.T) {
	keep := &fakeSearches{all: []Search{{"a", "b"}}, fail: errors.New("saved queries: \x1b[2Jthe file is damaged")}
	o := optionsFor(newFake(made(40)))
	o.Searches = keep
	in(t, o, 80, 24, func(s *session) {
		s.sees("^[[2Jthe file is damaged", "1 of 40")
		s.ask("gas")
		s.press(":")
		s.types("save-query gas")
		s.press("enter")
		s.sees("the file is damaged")
		if len(keep.all) != 1 {
			t.Errorf("kept is %v", keep.all)
		}
	})
	o.Searches = nil
	in(t, o, 80, 24, func(s *session) {
		s.press("B")
		s.sees("queries cannot be saved on this screen")
	})
}

func TestQueryIsKeptForNextTime(t *testing.T) {
	o := optionsFor(newFake(made(40)))
	places := &fakePlaces{}
	o.Places = places
	o.Searches = &fakeSearches{all: []Search{{"bern", "origin:bern"}}}
	in(t, o, 80, 24, func(s *session) {
		s.ask("gas")
		s.ask("q:bern")
		s.press("2", "j", "Q")
		<-s.done
	})
	if p, _ := places.kept(); p.Query != "q:bern" || fmt.Sprint(p.History) != "[gas q:bern]" || p.ID != "07BERN9920" {
		t.Fatalf("kept %+v", p)
	}
	in(t, o, 80, 24, func(s *session) {
		s.sees(" q:bern  ", "5 cables", "3 of 5")
		s.press(`\`, "up")
		s.sees(" / gas")
		s.press("esc", "esc")
		s.sees("40 cables")
		s.press("Q")
		<-s.done
	})
	if p, _ := places.kept(); p.Query != "" {
		t.Errorf("kept %+v", p)
	}
	places.place = Place{ID: "07BERN9920", Query: "nonsense:x"}
	in(t, o, 80, 24, func(s *session) { s.sees("not understood any more: nonsense:x", "21 of 40") })
	places.place = Place{ID: "07BERN9920", Query: "origin:moscow"}
	in(t, o, 80, 24, func(s *session) { s.sees("1 of 5", "origin:moscow") }) // no answer to it
}

// Two places that differ in anything are not the same.
func TestPlacesAreCompared(t *testing.T) {
	for i := range reflect.TypeFor[Place]().NumField() {
		var p Place
		switch f := reflect.ValueOf(&p).Elem().Field(i); f.Kind() {
		case reflect.String:
			f.SetString("x")
		case reflect.Int:
			f.SetInt(1)
		case reflect.Bool:
			f.SetBool(true)
		default:
			f.Set(reflect.ValueOf([]string{"x"}))
		}
		if p.same(Place{}) || !p.same(p) {
			t.Errorf("%+v", p)
		}
	}
}

// The key of the list that a question is about may be no answer any more.
func TestListWithoutItsCable(t *testing.T) {
	l, _ := listOf(t, newFake(made(40)), 80, 20)
	ask := func(q listAsk) listMsg { return listFrom(t.Context(), newFake(made(20)), q)() }
	if m := ask(l.around(model.Key(30))); !m.absent || m.err != nil {
		t.Errorf("a jump to what is not there gives %+v", m)
	}
}
