package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"chancery/model"
)

// judge is the act of judging cables.
func judge(j model.Judgement, ids ...string) model.Act {
	act := model.Act{Do: model.DoJudge, Judgement: j}
	for _, id := range ids {
		act.On = append(act.On, model.Handle{ID: id})
	}
	return act
}

// Two acts are done in the order in which they were asked for, one after the
// other, and each is told when it is on disk.
func TestDeskIsAskedOneThingAfterTheOther(t *testing.T) {
	calmly(t, func(t *testing.T) {
		o := optionsFor(newFake(made(20)))
		o.Desk = newFakeDesk()
		a := still(t, o, 80, 24)
		first := a.do(judge(model.Relevant, "07ASTANA9900"))
		if a.do(judge(model.Later, "07ASTANA9900")) != nil || len(a.desk.works) > 0 {
			t.Error("the second act does not wait, or the first is shown before it is done")
		}
		msg := first()
		_, next := a.Update(msg)
		if screen := seen(a, 80, 24); !strings.Contains(screen, "judged relevant: 07ASTANA9900   U undo") {
			t.Errorf("nothing is said:\n%s", screen)
		}
		settleAll(a, next)
		a.Update(msg) // an answer of before is dropped
		if w, ok := a.desk.of(model.Handle{ID: "07ASTANA9900"}); !ok || w.Judgement != model.Later || a.desk.undo != 2 {
			t.Errorf("the screen knows of %+v, %d steps", w, a.desk.undo)
		}
	})
}

// An act that fails is told once and changes nothing.
func TestDeskThatFails(t *testing.T) {
	calmly(t, func(t *testing.T) {
		desk := newFakeDesk()
		desk.fail = errors.New("no space left on device: nothing was written")
		o := optionsFor(newFake(made(20)))
		o.Desk = desk
		a := still(t, o, 80, 24)
		settleAll(a, a.do(judge(model.Relevant, "07ASTANA9900")))
		if screen := seen(a, 80, 24); !strings.Contains(screen, "no space left on device") {
			t.Errorf("nothing is said:\n%s", screen)
		}
		if len(a.desk.works) > 0 || len(a.desk.queue) > 0 {
			t.Errorf("the screen shows work that is not there: %v", a.desk.works)
		}
	})
}

// That an act was not kept is not lost behind what those after it say.
func TestDeskThatFailsOnce(t *testing.T) {
	calmly(t, func(t *testing.T) {
		o, desk := withDesk(newFake(made(20)))
		desk.fail = errors.New("no space left on device: nothing was written")
		a := still(t, o, 80, 24)
		first := a.do(judge(model.Relevant, "07ASTANA9900"))
		a.do(judge(model.Later, "07ANKARA9901"))
		msg := first()
		desk.fail = nil
		_, next := a.Update(msg)
		settleAll(a, next)
		if screen := seen(a, 80, 24); !strings.Contains(screen, "no space left on device") || desk.work("07ANKARA9901").Judgement != model.Later {
			t.Errorf("nothing is said:\n%s", screen)
		}
		settleAll(a, a.do(judge(model.Later, "07ASTANA9900")))
		if screen := seen(a, 80, 24); !strings.Contains(screen, "judged later: 07ASTANA9900") {
			t.Errorf("it is said for ever:\n%s", screen)
		}
	})
}

// Who leaves before all is on disk sees what was not kept, and leaves then;
// a screen that is told from outside to end ends all the same.
func TestLeaveWaitsForTheDesk(t *testing.T) {
	for _, c := range []struct{ fails, ordered bool }{{false, false}, {true, false}, {true, true}} {
		synctest.Test(t, func(t *testing.T) {
			o, desk := withDesk(newFake(made(20)))
			desk.slow = time.Second
			if c.fails {
				desk.fail = errors.New("no space left on device: nothing was written")
			}
			s := start(t, o, 80, 24)
			s.press("r", "Q")
			s.sees("your work goes to the disk first")
			if c.ordered {
				desk.slow = 0
				s.p.Send(LeaveMsg{})
			}
			s.pause(3 * time.Second)
			if c.fails && !c.ordered {
				select {
				case <-s.done:
					t.Fatal("the screen has gone before it was seen that nothing was kept")
				default:
				}
				s.wait()
				s.sees("no space left on device")
				s.press("Q")
			}
			<-s.done
		})
	}
}

// What another screen does to the same desk comes here, and so does who holds it.
func TestDeskOfTwoScreens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := newFakeDesk()
		desk.notice = "the last line of the journal was not whole and was left out"
		o := optionsFor(newFake(made(20)))
		o.Desk = desk
		s := start(t, o, 120, 24)
		s.sees("your work: the last line of the journal was not whole")
		for range 3 {
			if _, err := desk.Do(context.Background(), judge(model.Later, "07ANKARA9901")); err != nil {
				t.Fatal(err)
			}
			s.pause(2 * hearAfter)
		}
		if w, ok := s.app.desk.of(model.Handle{ID: "07ANKARA9901"}); !ok || w.Judgement != model.Later {
			t.Errorf("the screen knows of %+v", w)
		}
		desk.holder("held by another chancery (process 4711)")
		s.pause(2 * hearAfter)
		s.wait()
		s.sees("your work is held by another chancery (process 4711): it can be read here")
		s.press("r")
		s.sees("your work is held by another chancery (process 4711): it can be read here")
		desk.holder("")
		s.pause(2 * hearAfter)
		s.wait()
		s.sees("your work can be written here again")
	})
}

// A cable without id is found by its bytes, and so is one that got another id.
func TestWorkIsFoundBySum(t *testing.T) {
	sum := "0123456789abcdef0123456789abcdef"
	works := map[string]model.Work{}
	for _, h := range []model.Handle{{Sum: "ff"}, {ID: "07BERN9904", Sum: sum}} {
		works[h.Key()] = model.Work{Handle: h, Star: true}
	}
	sums, _ := sumsOf(works)
	d := deskwork{works: works, sums: sums}
	for _, h := range []model.Handle{{Sum: "ff"}, {ID: "07BERN9904"}, {ID: "07BERN9905", Sum: sum}, {Sum: sum}} {
		if _, ok := d.of(h); !ok {
			t.Errorf("no work on %+v", h)
		}
	}
	if _, ok := d.of(model.Handle{ID: "07BERN9905"}); ok {
		t.Error("a cable nobody looked at has work on it")
	}
}

// A desk that cannot be read for a while is told of once, and heard again when
// it can: at the start, and later.
func TestDeskIsHeardAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk := newFakeDesk()
		desk.blind = errors.New("the disk is away")
		o := optionsFor(newFake(made(20)))
		o.Desk = desk
		s := start(t, o, 120, 24)
		s.sees("your work cannot be read: the disk is away")
		s.press("j")
		s.pause(3 * hearAgain)
		s.seesNot("the disk is away") // once
		desk.blinded(nil)
		s.pause(2 * hearAgain)
		s.press("r")
		s.sees("judged relevant")

		desk.blinded(errors.New("the disk is away once more"))
		s.pause(2 * hearAfter)
		s.wait()
		s.sees("your work cannot be read: the disk is away once more")
		desk.blinded(nil)
		if _, err := desk.Do(context.Background(), judge(model.Later, "07ANKARA9901")); err != nil {
			t.Fatal(err)
		}
		s.pause(2 * hearAgain)
		if w, ok := s.app.desk.of(model.Handle{ID: "07ANKARA9901"}); !ok || w.Judgement != model.Later {
			t.Errorf("the screen knows of %+v", w)
		}
	})
}
