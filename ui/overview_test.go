package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"chancery/model"
	"chancery/model/query"
)

// toBlock goes to the block of a field.
func toBlock(t *testing.T, a *App, field string, press func(string)) {
	t.Helper()
	for range 20 {
		if b, _, _ := a.uppermost().(*overview).under(); b != nil && b.field == field {
			return
		}
		press("tab")
	}
	t.Fatalf("no block of %s", field)
}

// The answer is counted; a value is asked for with Enter and forbidden with x.
func TestOverviewNarrowsAndExcludes(t *testing.T) {
	in(t, optionsFor(manyYears(400)), 80, 24, func(s *session) {
		s.press("D")
		s.sees("OVERVIEW   everything   400 cables", "by year", "> 1971-1975", "1971-1975 17 cables, 4.2 %", "Enter narrow to this", "x exclude")
		toBlock(t, s.app, "mark", func(k string) { s.press(k) })
		s.press("j")
		s.sees("> S/NF   SECRET", "S/NF 80 cables, 20.0 %")
		s.press("x")
		s.sees("OVERVIEW   -mark:s   320 of 400 cables", "asked for -mark:s", "answer")
		toBlock(t, s.app, "tag", func(k string) { s.press(k) })
		s.sees("> PGOV")
		s.press("enter")
		s.seesNot("OVERVIEW")
		s.sees("asked for tag:PGOV")
		if got := s.app.asked.text; got != "-mark:s tag:PGOV" {
			t.Errorf("asked for %q", got)
		}
		s.press("D", "q")
		s.seesNot("OVERVIEW")
		s.press("D", "D")
		s.seesNot("OVERVIEW")
		s.press("D", "esc", "q")
		if err := <-s.done; err != nil {
			t.Error(err)
		}
	})
}

// Of a field whose values find no room Enter shows all, and q goes back.
func TestOneFieldOfTheOverview(t *testing.T) {
	in(t, optionsFor(manyYears(400)), 80, 24, func(s *session) {
		s.press("D")
		s.sees("... each year by itself (Enter)")
		s.press("1", "4", "j", "enter")
		s.sees("BY YEAR   everything", "> 1971", "1973", "1979")
		s.press("q")
		s.sees("OVERVIEW", "> ... each year by itself")
		s.press("esc", ":")
		s.types("facet ta")
		s.sees("> facet tag")
		s.press("enter")
		s.sees("TAGS   everything", "> PREL", "SENV", "Environmental affairs")
		s.press(":")
		s.types("facet colour")
		s.press("enter")
		s.sees("facet takes one of year, month, mark, class, origin, tag, country, caveat,\n missing")
	})
}

// An answer of few years is shown by month.
func TestOverviewByMonth(t *testing.T) {
	in(t, optionsFor(newFake(made(200))), 120, 35, func(s *session) {
		s.press("D")
		s.sees("by month", "2007-10", "2007-11")
		s.seesNot("by year")
	})
}

// What is cited and not held is a list to take to an archive.
func TestWhatIsNotHeld(t *testing.T) {
	in(t, optionsFor(chained()), 120, 35, func(s *session) {
		s.press("M")
		s.sees("CITED, NOT HELD HERE   everything   3 cables", "07STATE99121? 2007  by 07ASTANA9908", "cited by")
		s.sees("06ANKARA9655 cited by 1 cable")
		s.press("y")
		s.sees("copied cited, NOT HELD here as a table, 3 rows")
		s.press("R")
		s.sees("REFERENCE CHAIN of 06ANKARA9655", "what it cites is not known", "* 06ANKARA9655", "(not held)", "cited by 1 cable held", "07KINGSTON9902")
		s.press("q")
		s.sees("CITED, NOT HELD HERE")
		s.press("enter")
		if got := s.app.asked.text; got != "cites:06ANKARA9655" {
			t.Errorf("asked for %q", got)
		}
	})
}

func TestOverviewAsTable(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(manyYears(400)), 80, 24)
		give(a, keyMsg("D"))
		text, what, cut := a.uppermost().copied()
		lines := strings.Split(text, "\n")
		if lines[0] != "year\tmeaning\tanswer\tall\tquery" || lines[1] != "1971\t\t3\t3\tdate:1971" || cut != 0 || len(lines) != 37 || what != "by year as a table, 35 rows" {
			t.Errorf("%s, %d cut:\n%s", what, cut, text)
		}
		toBlock(t, a, "tag", func(k string) { give(a, keyMsg(k)) })
		text, _, _ = a.uppermost().copied()
		if !strings.Contains(text, "PREL\tExternal political relations\t163\t163\ttag:PREL\n") {
			t.Error(text)
		}
		long := make([]string, 2000)
		for i := range long {
			long[i] = fmt.Sprintf("row %04d", i)
		}
		if text, cut = clipped(long); len(text) > copyMost || cut != 2000-len(text)/9 {
			t.Errorf("%d bytes, %d lines cut", len(text), cut)
		}
	})
}

// When the collection grows, it is counted again without the cursor or the
// screen moving; what a view says meanwhile stays.
func TestOverviewKeepsStillWhileTheCollectionGrows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all := made(90) // of one month
		lib := newFake(nil)
		lib.grow(false, all[:40]...)
		s := start(t, optionsFor(lib), 80, 24)
		s.press("D")
		toBlock(t, s.app, "tag", func(k string) { s.press(k) })
		s.press("j")
		s.sees("OVERVIEW   everything   40 cables", "> PREL")
		before := s.app.View().Cursor.Position
		lib.grow(true, all[40:]...)
		s.pause(listenAfter + recountWhole)
		s.wait()
		s.sees("OVERVIEW   everything   90 cables", "> PREL")
		if after := s.app.View().Cursor.Position; after != before {
			t.Errorf("the cursor went from %v to %v", before, after)
		}
		if lib.counts.facets != 2 {
			t.Errorf("it was counted %d times", lib.counts.facets)
		}
	})
}

// Late answers are dropped, and one that fails is told without taking the
// numbers away.
func TestOverviewDropsLateAnswers(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(40))), 80, 24)
		give(a, keyMsg("D"))
		v := a.uppermost().(*overview)
		give(a, countsMsg{gen: v.gen - 1, counts: model.Overview{Total: 7, All: 7}})
		if s := seen(a, 80, 24); !strings.Contains(s, "40 cables") || strings.Contains(s, "7 cables") {
			t.Errorf("a late answer was taken:\n%s", s)
		}
		v.ask(a)
		give(a, countsMsg{gen: v.gen, err: context.Canceled})
		give(a, countsMsg{gen: v.gen, err: errors.New("the index is\x1b[2J gone")})
		if s := seen(a, 80, 24); !strings.Contains(s, "40 cables   could not be counted") || !strings.Contains(s, "the index is^[[2J gone") {
			t.Errorf("the failure is not told:\n%s", s)
		}
		give(a, keyMsg("q"))
		give(a, countsMsg{gen: v.gen, counts: model.Overview{Total: 7, All: 7}})
		if len(a.whole) != 0 {
			t.Error("the overview is still open")
		}
	})
}

// While nothing has been counted the overview says so.
func TestOverviewBeforeItIsCounted(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(40))), 80, 24)
		a.Update(keyMsg("D"))
		if s := seen(a, 80, 24); !strings.Contains(s, "OVERVIEW   everything   counting ...") || !strings.Contains(s, "by year") {
			t.Errorf("nothing says that it is being counted:\n%s", s)
		}
		for _, k := range []string{"j", "l", "tab", "G", "y", "enter", "x"} {
			a.Update(keyMsg(k))
			exactFrame(t, a, 80, 24, "after "+k)
		}
	})
}

func TestNarrowed(t *testing.T) {
	for _, c := range []struct {
		was, term string
		not       bool
		want      string
	}{
		{"", "tag:PREL", false, "tag:PREL"},
		{"", "tag:PREL", true, "-tag:PREL"},
		{"iran", "tag:PREL", false, "iran tag:PREL"},
		{"iran OR oil", "tag:PREL", false, "(iran OR oil) tag:PREL"},
		{"iran tag:PREL", "tag:PREL", false, "iran tag:PREL"},
		{"tag:PREL", "tag:PREL", true, "-tag:PREL"},
		{"a -tag:PREL b", "tag:PREL", false, "a b tag:PREL"},
		{"-tag:PREL", "tag:PREL", true, "-tag:PREL"},
		{"(tag:PREL OR iran) oil", "tag:PREL", true, "(tag:PREL OR iran) oil -tag:PREL"},
		{"NOT tag:PREL", "tag:PREL", true, "NOT tag:PREL -tag:PREL"},
	} {
		q, err := query.Parse(c.was, query.Options{})
		if err != nil {
			t.Fatalf("%s: %v", c.was, err)
		}
		got := asked{text: c.was, query: q}.narrowed(c.term, c.not)
		if got != c.want {
			t.Errorf("%q and %s, %v: %q, want %q", c.was, c.term, c.not, got, c.want)
		}
		if _, err := query.Parse(got, query.Options{}); err != nil {
			t.Errorf("%q is not understood: %v", got, err)
		}
	}
}

// Whatever a field of a cable holds, what asks for it is understood.
func TestTermsAreUnderstood(t *testing.T) {
	for _, v := range []string{"PREL", "PORT MORESBY", "SECSTATE WASHDC", `J. "JACK" O'DOE-ROE`, "(DOE, JANE)", "a\x1b[2J\nb", "x*", "=x", "~x", "-x", "OR", "a|b", "é{}"} {
		for _, f := range []string{"tag", "origin", "to", "info", "caveat", "by", "sign"} {
			term := termOf(f, v)
			for _, text := range []string{term, "-" + term, "iran " + term + " oil"} {
				if _, err := query.Parse(text, query.Options{}); err != nil {
					t.Errorf("%s: %v", text, err)
				}
			}
		}
	}
	if termOf("tag", " ") != "" {
		t.Error("nothing is asked for")
	}
}

func TestFewerYears(t *testing.T) {
	var ts []tally
	for i := range 30 {
		n := 1
		if i > 22 {
			n = 100 * i
		}
		y := fmt.Sprint(1970 + i)
		ts = append(ts, tally{value: y, term: "date:" + y, count: n, all: n})
	}
	ts = append(ts, tally{value: "(none)", count: 5})
	got := fewer(ts, 10)
	var names []string
	for _, x := range got {
		names = append(names, x.value)
	}
	if len(got) != 11 || got[10].value != "(none)" || !slices.Contains(names, "1999") || got[0].term != "date:1970..1977" && !strings.HasPrefix(got[0].term, "date:1970..") {
		t.Errorf("%q", names)
	}
	if years(time.Time{}, time.Time{}) != "" || years(today, time.Time{}) != "2026" {
		t.Error("years")
	}
}
