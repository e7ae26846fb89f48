package ui

import (
	"strings"
	"testing"
)

// The words of the query are what n goes to, in this cable and in the next of
// the list, until something else is looked for in the cable.
func TestMatchesOfTheQuery(t *testing.T) {
	lib := newFake(made(40))
	for _, k := range []int{3, 5} {
		c := cableOf(lib.entries[k-1])
		c.Blocks[6].Text += " A SEAL was counted. The seals were not."
		lib.cables[lib.entries[k-1].Key] = c
	}
	in(t, optionsFor(lib), 120, 35, func(s *session) {
		s.ask("seal*")
		s.sees("2 cables", "1 of 2")
		s.press("enter")
		s.sees("07KINGSTON9902", "2 matches", "n next match", "━")
		s.press("n", "n")
		s.sees("match 2 of 2", "A SEAL was counted. The seals")
		s.press("n")
		s.sees("07BERN9904", "match 1 of 2", "H comes back")
		s.press("&")
		s.sees("only matches   match 1 of 2")
		s.seesNot("Paragraph 1 of")
		s.press("esc")
		s.seesNot("only matches")
		s.sees("2 matches")
		s.press("N")
		s.sees("07KINGSTON9902")
		s.press("/")
		s.types("invented")
		s.press("enter")
		s.sees("match 4 of 9")
		s.press("esc")
		s.sees("2 matches")
		s.press("q", "esc")
		s.sees("3 of 40")
		s.seesNot("━━")
		s.press("enter", "n")
		s.sees("nothing was looked for yet")
	})
}

// A word of the query stands out in the subjects of the list, and only there.
func TestMatchesInTheList(t *testing.T) {
	calmly(t, func(t *testing.T) {
		l, _ := listOf(t, newFake(made(4)), 100, 10)
		l.rows[0].about, l.rows[0].own = "(no subject line found)", len("(no subject line found)")
		l.rows[1].about, l.rows[1].own = "(copy) SUBJECT OF A VISIT", len("(copy) ")
		a := still(t, optionsFor(newFake(made(4))), 100, 10)
		q, err := a.parse("subject OR copy", false)
		if err != nil {
			t.Fatal(err)
		}
		l.marks = finderOf("", q)
		l.forget()
		lines := l.view(true)
		for i, want := range map[int]string{1: "(no subject line found)", 2: "(copy) \x1b[1;4;4mSUBJECT\x1b[m OF A VISIT"} {
			if !strings.Contains(lines[i], want) {
				t.Errorf("row %d is %q", i, lines[i])
			}
		}
	})
}
