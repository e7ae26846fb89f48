package ui

import (
	"errors"
	"strings"
	"testing"

	"chancery/model"
)

// The chain is opened step by step and read from.
func TestChainIsFollowed(t *testing.T) {
	in(t, optionsFor(chained()), 80, 24, func(s *session) {
		s.press("8", "j", "R")
		s.sees("REFERENCE CHAIN of 07ASTANA9908", "cites 3 cables, 1 not held", "+ A 07KINGSTON9902", "B 07STATE99121?   (not held)",
			"> * 07ASTANA9908", "cited by 3 cables held", "also cited, not by number", "DOE-ROE E-MAIL 10/15/07   (e-mail, no cable)")
		s.press("k")
		s.sees("> + C 07BERN9904", "07ASTANA9908 cites 07BERN9904 as ref C", "in its REF line alone")
		s.press("space")
		s.sees("> - C 07BERN9904", "A 07KINGSTON9902  (above)", "B 07STATE99120    (not held)")
		s.press("left")
		s.seesNot("(above)")
		s.press("k")
		s.sees("07ASTANA9908 cites 07STATE99121 as ref B, para 3:", "He asked for a reply to the points in ref B.", "? the reference gives no year: 07? STATE 99121")
		s.press("enter")
		s.sees("07STATE99121 is not in this collection; where it would be found is not known")
		s.press("right")
		s.sees("is not in this collection: what it cites is not known")
		s.press("3", "j", "right")
		s.sees("> - 07BERN9912", "07ANKARA9917", "07BERN9912 cites 07ASTANA9908 as ref A, para 2:", "What was reported in ref A is denied here.")
		s.press("right")
		s.sees("> └─+ 07ANKARA9917", "07ANKARA9917   2 steps on")
		s.press("left", "h")
		s.sees("> + 07BERN9912")
		s.press("enter")
		s.sees("1 of 07BERN9912 says nothing")
	})
}

// H and L go through the cables that were read from a chain.
func TestChainAndHistory(t *testing.T) {
	in(t, optionsFor(chained()), 80, 24, func(s *session) {
		s.press("8", "j", "enter", "R", "j", "enter")
		s.sees("07BERN9912   H goes back to where you were   R shows its chain")
		s.press("R")
		s.sees("REFERENCE CHAIN of 07BERN9912", "A 07ASTANA9908")
		s.press("H")
		s.sees("07ASTANA9908")
		s.seesNot("REFERENCE CHAIN")
		s.press("R", "j", "j", "R")
		s.sees("REFERENCE CHAIN of 07RABAT9915")
		s.press("R")
		s.sees("REFERENCE CHAIN of 07ASTANA9908", "> + 07RABAT9915")
		s.press("q")
		s.seesNot("REFERENCE CHAIN")
	})
}

func TestChainOpenedFar(t *testing.T) {
	in(t, optionsFor(chained()), 80, 24, func(s *session) {
		s.press("1", "7", "j", ":")
		s.types("chain 3")
		s.press("enter")
		s.sees("REFERENCE CHAIN of 07ANKARA9917", "- A 07BERN9912", "A 07ASTANA9908", "A 07KINGSTON9902", "C 07BERN9904")
		s.press("esc", ":")
		s.types("chain 77")
		s.press("enter")
		s.sees("chain takes how many steps to open, 1 to 12")
		s.press(":")
		s.types("cited-by")
		s.press("enter")
		s.sees("> cited-by 07ANKARA9917")
		s.press("enter")
		s.sees("REFERENCE CHAIN of 07ANKARA9917", "> + 07BERN9920")
	})
}

// Cables that cite each other do not make a chain without end.
func TestChainOfCircles(t *testing.T) {
	calmly(t, func(t *testing.T) {
		lib := newFake(made(12))
		for i := range lib.entries {
			lib.citing(i)
		}
		lib.citing(1, "07 KINGSTON 9902")
		lib.citing(2, "07 ANKARA 9901")
		a := still(t, optionsFor(lib), 80, 24)
		for _, k := range []string{"j", "R", "k", "space"} {
			give(a, keyMsg(k))
		}
		s := seen(a, 80, 24)
		if !strings.Contains(s, "- A 07KINGSTON9902") || !strings.Contains(s, "A 07ANKARA9901  (the cable itself)") || strings.Count(s, "(above)") != 1 {
			t.Errorf("the circle is not marked:\n%s", s)
		}
		for range 20 {
			give(a, keyMsg("j"))
			give(a, keyMsg("space"))
		}
		if v := a.uppermost().(*chain); len(v.rows) > 10 {
			t.Errorf("%d rows", len(v.rows))
		}
	})
}

// What hangs from a cable in great number is shown in part, and the list is
// asked for the rest.
func TestChainOfManyCitations(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(400))), 80, 24)
		for _, k := range []string{"j", "R", "G"} {
			give(a, keyMsg(k))
		}
		if s := seen(a, 80, 24); !strings.Contains(s, "> ... 299 more") {
			t.Errorf("the rest is not told:\n%s", s)
		}
		give(a, keyMsg("enter"))
		if a.asked.text != "cites:07ANKARA9901" {
			t.Errorf("asked for %q", a.asked.text)
		}
	})
}

func TestChainAsOutline(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(chained()), 80, 24)
		for _, k := range []string{"8", "j", "R"} {
			give(a, keyMsg(k))
		}
		text, what, cut := a.uppermost().copied()
		for _, want := range []string{
			"Reference chain of 07ASTANA9908\n\nCites 3 cables, 1 not held:\n  A 07KINGSTON9902  2007-10-02  U  VETTING",
			"      para 2: The minister said that the offer in ref A stands until the winter and no longer.\n  B 07STATE99121? (not held)\n",
			"07ASTANA9908  2007-10-04  SBU  SCENESETTER", "  DOE-ROE E-MAIL 10/15/07 (e-mail, no cable)\n",
		} {
			if !strings.Contains(text, want) || what != "the chain as an outline" || cut != 0 {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
	})
}

func TestChainDropsLateAnswers(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(chained()), 80, 24)
		a.Update(keyMsg("R"))
		if s := seen(a, 80, 24); !strings.Contains(s, "REFERENCE CHAIN of 07ASTANA9900   reading ...") {
			t.Errorf("nothing says that it is read:\n%s", s)
		}
		v := a.uppermost().(*chain)
		for _, k := range []string{"j", "k", "l", "h", "tab", "space", "y", "enter", "G"} {
			a.Update(keyMsg(k))
			exactFrame(t, a, 80, 24, "after "+k)
		}
		a.Update(linksMsg{gen: v.gen - 1, links: []model.Links{{ID: "07ASTANA9900", Cites: []model.Link{{ID: "07LATE1"}}}}})
		if s := seen(a, 80, 24); strings.Contains(s, "07LATE1") {
			t.Errorf("a late answer was taken:\n%s", s)
		}
		a.Update(linksMsg{gen: v.gen, err: errors.New("the index\x07 is gone")})
		if s := seen(a, 80, 24); !strings.Contains(s, "could not be read") || !strings.Contains(s, "the index^G is gone") {
			t.Errorf("the failure is not told:\n%s", s)
		}
	})
}

// Hostile words of a document stay words.
func TestChainOfHostileTexts(t *testing.T) {
	calmly(t, func(t *testing.T) {
		lib := chained()
		c := lib.cables[lib.entries[8].Key]
		c.References = append(c.References, model.Reference{Text: "E-MAIL \x1b]0;hi\x07\u202e\t\n x", Kind: model.RefMail})
		c.Blocks[1].Text = "See ref A \x1b[2J\u202e here."
		a := still(t, optionsFor(lib), 120, 35)
		for _, k := range []string{"8", "j", "R", "k", "k", "k", "G"} {
			give(a, keyMsg(k))
			content := a.View().Content
			for _, bad := range []string{"\x1b]", "\x1b[2J", "\x07", "\u202e", "\t"} {
				if strings.Contains(content, bad) {
					t.Fatalf("%q came through", bad)
				}
			}
			exactFrame(t, a, 120, 35, "hostile")
		}
		if text, _, _ := a.uppermost().copied(); strings.ContainsAny(text, "\x1b\x07\u202e") {
			t.Error("it is copied as it is")
		}
	})
}
