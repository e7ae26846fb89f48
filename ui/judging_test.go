package ui

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"chancery/model"
)

// withDesk makes the options of a screen on a collection with a desk; queries
// ask the collection for what is on the desk.
func withDesk(lib *fakeLibrary) (Options, *fakeDesk) {
	desk := newFakeDesk()
	lib.desk = desk
	o := optionsFor(lib)
	o.Desk = desk
	return o, desk
}

// One key judges the cable under the cursor, says what it did, and can be
// undone and done again.
func TestJudgeInTheList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, desk := withDesk(newFake(made(20)))
		s := start(t, o, 80, 24)
		s.sees(" 20 cables")
		s.press("r")
		s.sees("judged relevant: 07ASTANA9900   U undo   . same again on the next one", "> +   2007-10-02", "1/20 judged")
		s.press("j", "x", "j", "w", "s")
		s.sees("  -   2007-10-02", "> ?*  2007-10-02", "starred: 07KINGSTON9902", "3/20 judged")
		s.press("s")
		s.sees("star taken away: 07KINGSTON9902")
		s.press("w") // again: it stays
		s.sees("already judged later: 07KINGSTON9902", "3/20 judged")
		s.seesNot("U undo   . same")
		s.press("3", "U")
		s.sees("3 steps undone   C-r does it again", "2/20 judged")
		s.press("ctrl+r")
		s.sees("1 step done again   U undo", "3/20 judged")
		s.press(":")
		s.types("clear-j")
		s.press("enter")
		s.sees("judgement cleared: 07KINGSTON9902", "2/20 judged")
		if w := desk.work("07ASTANA9900"); w.Judgement != model.Relevant {
			t.Errorf("the desk holds %+v", w)
		}
	})
}

// Two quick keys judge two cables in their order, and what they did is seen
// only when it is on disk.
func TestQuickKeysDoNotOvertake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, desk := withDesk(newFake(made(20)))
		desk.slow = time.Second
		s := start(t, o, 80, 24)
		s.press("r", "w", "j", "x")
		s.seesNot("judged relevant", "> +")
		s.pause(4 * time.Second)
		s.wait()
		s.sees("judged not relevant: 07ANKARA9901", "  ?   2007-10-02", "> -   2007-10-02")
		if acts := desk.asked(); len(acts) != 3 || acts[0].Judgement != model.Relevant || acts[2].On[0].ID != "07ANKARA9901" {
			t.Errorf("the desk was asked %+v", acts)
		}
	})
}

// A point does the same again, on the next cable or, after a move, on this one.
func TestSameAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, desk := withDesk(newFake(made(20)))
		s := start(t, o, 80, 24)
		s.press(".")
		s.sees("nothing was judged or labelled yet")
		s.press("x", ".", ".")
		s.sees("judged not relevant: 07KINGSTON9902", "> -   2007-10-02 U ")
		s.press("j", "j", ".")
		s.sees("judged not relevant: 07BERN9904", "> -   2007-10-03 ?")
		s.press("enter", ".")
		s.sees("judged not relevant: 07TBILISI9905", "- not relevant")
		if n := len(desk.asked()); n < 5 {
			t.Errorf("%d acts", n)
		}
		s.press("r")
		s.sees("judged relevant: 07TBILISI9905", "+ relevant")
	})
}

// After a judgement that was not kept, a point does it on the same cable.
func TestSameAgainWhereItWasNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, desk := withDesk(newFake(made(20)))
		desk.fail = errors.New("no space left on device: nothing was written")
		s := start(t, o, 80, 24)
		s.press("r")
		s.sees("no space left on device")
		desk.mu.Lock()
		desk.fail = nil
		desk.mu.Unlock()
		s.press(".")
		s.sees("judged relevant: 07ASTANA9900", "1 of 20")
	})
}

// With auto-advance a judgement leads to the next cable that is not judged, in
// the list and in the reader, however quick the keys are.
func TestAutoAdvance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, desk := withDesk(newFake(made(20)))
		desk.slow = 50 * time.Millisecond
		s := start(t, o, 80, 24)
		s.press("j", "w", "k")
		s.press("-", "v")
		s.sees("after a judgement the next cable not yet judged")
		s.press("r", "x", "w")
		s.pause(time.Second)
		s.wait()
		s.sees("judged later: 07MOSCOW9903", "5 of 20", "4/20 judged")
		s.press("enter", "r")
		s.pause(time.Second)
		s.wait()
		s.sees("judged relevant: 07BERN9904", "07TBILISI9905")
		if w := desk.work("07KINGSTON9902"); w.Judgement != model.Irrelevant {
			t.Errorf("the desk holds %+v", w)
		}
		if !s.app.place().Advance {
			t.Error("the place does not keep the option")
		}
	})
}

// n and N go to the next row that is not judged, far away too, and say how many
// are left.
func TestNextUnjudged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, desk := withDesk(newFake(made(5000)))
		far := judge(model.Irrelevant)
		for _, e := range made(3210)[2:] {
			far.On = append(far.On, e.Handle())
		}
		desk.now.works = map[string]model.Work{}
		for _, h := range far.On {
			desk.now.works[h.Key()] = model.Work{Handle: h, Judgement: model.Irrelevant}
		}
		s := start(t, o, 80, 24)
		s.sees("3,208/5,000 judged")
		s.press("n")
		s.sees("2 of 5,000", "1,792 left to judge")
		s.press("n")
		s.sees("3,211 of 5,000")
		s.press("N")
		s.sees("2 of 5,000")
		s.press("k", "N")
		s.sees("nothing left to judge further up")
	})
}

// a shows one judgement after the other; the query says so.
func TestScopeOfTheList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := newFake(made(20))
		o, _ := withDesk(lib)
		s := start(t, o, 80, 24)
		s.press("r", "a")
		s.sees("is:unjudged", "19 cables") // asked anew, when the judgement was on disk
		s.press("x")                       // it stays where it is until the list is asked again
		s.sees("> -   2007-10-02", "19 cables")
		s.press("a")
		s.sees("is:relevant", "1 of 1", "shown: relevant   a shows later")
		s.press("a", "a")
		s.sees("shown: all", "1 of 20")
		s.press(`\`)
		s.types("gas OR talks")
		s.press("enter", "a")
		s.sees("(gas OR talks) is:unjudged")
		s.press("a")
		s.sees("(gas OR talks) is:relevant")
		lib.mu.Lock()
		lib.fails = errors.New("this collection knows nothing of your work")
		lib.mu.Unlock()
		s.press("a")
		s.sees("this collection knows nothing of your work", "(gas OR talks) is:relevant")
	})
}

// The overview counts the judgements; Enter narrows to one. Where they cannot be
// counted, the rest is.
func TestOverviewOfJudgements(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := newFake(made(20))
		o, _ := withDesk(lib)
		s := start(t, o, 120, 35)
		s.press("r", "j", "x", "D")
		s.sees("my judgement (3)", "+ relevant", "- not relevant", ". unjudged")
		s.press("U")
		s.pause(time.Second)
		s.wait()
		s.sees("my judgement (2)")
		s.press("q", ":")
		s.types("facet judgement")
		s.press("enter")
		s.sees("my judgement", "+ relevant")
		s.press("j", "enter")
		s.sees("is:relevant", "1 of 1")
		lib.mu.Lock()
		lib.counts.own = errors.New("that cannot be counted")
		lib.mu.Unlock()
		s.press("D")
		s.sees("highest marking in the cable")
		s.seesNot("my judgement", "cannot be counted")
	})
}

// Where no desk is, the keys say why they do nothing.
func TestJudgingWithoutDesk(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(20))), 80, 24)
		for _, key := range []string{"r", "x", "w", "s", ".", "U", "n", "a"} {
			give(a, keyMsg(key))
			if screen := seen(a, 80, 24); !strings.Contains(screen, "your work is not kept for this collection") {
				t.Errorf("%s says nothing:\n%s", key, screen)
			}
		}
	})
}
