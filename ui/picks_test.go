package ui

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"chancery/model"
)

// A range is judged at once, when its box has said what is in it, and is one
// step to undo.
func TestRangeIsJudgedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, desk := withDesk(newFake(made(40)))
		s := start(t, o, 80, 24)
		s.press("v", "j", "j", "j", "j", "j")
		s.sees("6 cables selected (2007-10-02 to 2007-10-03)", "2 of the 6 are marked S/NF, 1 is C, 1 is SBU, 1 is U, 1 is ? (unknown).", " |    2007-10-02", ">|    2007-10-03")
		s.press("x")
		s.sees("judged not relevant: 6 cables   U undo", "6/40 judged")
		s.seesNot("selected", ">|")
		if acts := desk.asked(); len(acts) != 1 || len(acts[0].On) != 6 {
			t.Fatalf("the desk was asked %+v", acts)
		}
		s.press("U")
		s.sees(" 40 cables")
		s.press("v", "k", "k", "v", "j", "j", "j", "space", "k", "r")
		s.sees("judged relevant: 4 cables")
	})
}

// Rows are selected one by one, all that are shown, and none; Esc and another
// query drop the selection.
func TestSelecting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, _ := withDesk(newFake(made(40)))
		s := start(t, o, 80, 24)
		s.press("space", "space", "k", "space")
		s.sees("1 cable selected (2007-10-02)", "It is marked S/NF.")
		s.press("esc")
		s.seesNot("selected")
		s.press("V")
		s.sees("18 cables selected (2007-10-02 to 2007-10-07)")
		s.press("V")
		s.seesNot("selected", " |")
	})
}

// A range may be longer than the rows at hand: all of it is gathered, and then
// asked for.
func TestLongRange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, desk := withDesk(newFake(made(5000)))
		s := start(t, o, 80, 24)
		s.press("j", "v", "G")
		s.sees("4,999 rows selected", "said before anything is done")
		s.press("w")
		s.sees("All at once", "4,999 cables (2007-10-02 to 2011-", "None of them is judged yet.", "later: all 4,999")
		s.press("esc")
		s.sees("nothing was changed", "4,999 rows selected")
		s.press("v")
		s.sees("4,999 cables selected (2007-10-02 to 2011-")
		s.press("w")
		s.sees("judged later: 4,999 cables", "4,999/5,000 judged")
		if acts := desk.asked(); len(acts) != 1 || acts[0].On[0].ID != "07ANKARA9901" {
			t.Fatalf("%d acts", len(acts))
		}
	})
}

// All that match are judged from the palette, after a look at what they are;
// copies are counted once, and what is judged can be left as it is.
func TestJudgeAllThatMatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		es := made(40)
		for i := range es {
			es[i].Sum = fmt.Sprintf("%032d", i)
		}
		es[8].ID, es[8].Sum, es[8].Copy = es[0].ID, es[0].Sum, true
		o, desk := withDesk(newFake(es))
		s := start(t, o, 120, 24)
		s.press(`\`)
		s.types("origin:astana")
		s.press("enter", "r", ":")
		s.types("judge-all not")
		s.press("enter")
		s.sees("4 cables (2007-10-02 to 2007-10-11), copies counted once", "Judged before: 1 relevant.", "not relevant: all 4", "only the 3 not judged yet")
		s.press("u")
		s.sees("judged not relevant: 3 cables", "4/39 judged", "1 relevant", "3 not")
		if w := desk.work(es[0].ID); w.Judgement != model.Relevant {
			t.Errorf("the desk holds %+v", w)
		}
	})
}

// Gathering can be stopped.
func TestGatheringStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lib := newFake(made(9000))
		o, desk := withDesk(lib)
		s := start(t, o, 80, 24)
		s.press(`\`)
		s.types("cable* OR is:unjudged")
		s.press("enter")
		lib.mu.Lock()
		lib.slow = time.Second
		lib.mu.Unlock()
		s.press(":")
		s.types("judge-all later")
		s.press("enter")
		s.sees("gathering the cables   Esc stops")
		s.pause(time.Second)
		s.wait()
		s.sees("gathered 4,000 of 9,000 cables")
		s.press("esc")
		s.sees("stopped")
		s.pause(time.Minute)
		s.wait()
		s.seesNot("All at once")
		if len(desk.asked()) > 0 {
			t.Error("something was judged")
		}
	})
}
