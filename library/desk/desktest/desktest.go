// Package desktest holds what every desk must keep, whatever it is built on:
// the tests of the real one and of the fakes run the same suite.
package desktest

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery/model"
)

// Desk is what the screen asks of a desk.
type Desk interface {
	State(ctx context.Context) (model.DeskState, error)
	Do(ctx context.Context, act model.Act) (model.Done, error)
	Undo(ctx context.Context, n int) (model.Done, error)
	Redo(ctx context.Context, n int) (model.Done, error)
	Changed(ctx context.Context, after int) (model.DeskState, error)
}

// Run runs the suite on desks that are empty when they are opened.
func Run(t *testing.T, open func(t *testing.T) Desk) {
	for _, c := range []struct {
		name string
		test func(u use)
	}{
		{"judge", judges},
		{"many", many},
		{"star and read", starsAndReads},
		{"labels", labels},
		{"notes", notes},
		{"briefs", briefs},
		{"undo", undoes},
		{"senseless", senseless},
		{"same bytes", sameBytes},
		{"changed", changes},
		{"cancelled", cancelled},
		{"apart", apart},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(use{t, open(t)}) })
	}
}

// use is a reader at a desk.
type use struct {
	*testing.T
	desk Desk
}

// act does it, and it must be said so.
func (u use) act(a model.Act, says string) model.Done {
	u.Helper()
	done, err := u.desk.Do(context.Background(), a)
	if err != nil {
		u.Fatalf("%s: %v", a.Do, err)
	}
	u.said(done, says)
	return done
}

func (u use) said(done model.Done, says string) {
	u.Helper()
	if done.Text != says {
		u.Errorf("said %q, want %q", done.Text, says)
	}
	if s := u.state(); s.Version != done.Version || s.Undo != done.Undo || s.Redo != done.Redo {
		u.Errorf("the answer has version %d, undo %d, redo %d, the state %d, %d, %d", done.Version, done.Undo, done.Redo, s.Version, s.Undo, s.Redo)
	}
}

func (u use) undo(n int, says string) model.Done {
	u.Helper()
	done, err := u.desk.Undo(context.Background(), n)
	if err != nil {
		u.Fatal(err)
	}
	u.said(done, says)
	return done
}

func (u use) redo(n int, says string) model.Done {
	u.Helper()
	done, err := u.desk.Redo(context.Background(), n)
	if err != nil {
		u.Fatal(err)
	}
	u.said(done, says)
	return done
}

func (u use) state() model.DeskState {
	u.Helper()
	s, err := u.desk.State(context.Background())
	if err != nil {
		u.Fatal(err)
	}
	for key, w := range s.Works {
		if w.Empty() || w.Key() != key {
			u.Errorf("under %q there is %+v", key, w)
		}
	}
	return s
}

func (u use) work(key string) model.Work { u.Helper(); return u.state().Works[key] }

// steps says how many steps can be undone and done again.
func (u use) steps(undo, redo int) {
	u.Helper()
	if s := u.state(); s.Undo != undo || s.Redo != redo {
		u.Errorf("%d steps to undo, %d to do again; want %d, %d", s.Undo, s.Redo, undo, redo)
	}
}

func (u use) is(what string, got, want any) {
	u.Helper()
	if !reflect.DeepEqual(got, want) {
		u.Errorf("%s: %+v, want %+v", what, got, want)
	}
}

// The cables that the suite speaks of.
func astana() model.Handle { return model.Handle{ID: "07ASTANA9911", Sum: strings.Repeat("a1", 16)} }
func rome() model.Handle   { return model.Handle{ID: "06ROME9902", Sum: strings.Repeat("b2", 16)} }
func nameless() model.Handle {
	return model.Handle{Sum: "c3c3c3c3" + strings.Repeat("c4", 12)}
}

func on(h ...model.Handle) []model.Handle { return h }

func three() *model.Spot {
	return &model.Spot{Block: 4, Number: "3", Sum: "00112233445566aa"}
}

func judges(u use) {
	done := u.act(model.Act{Do: model.DoJudge, On: on(astana()), Judgement: model.Relevant}, "judged relevant: 07ASTANA9911")
	u.is("works", len(done.Works), 1)
	w := u.work("07ASTANA9911")
	u.is("the work of the answer", done.Works[0], w)
	u.is("judgement", w.Judgement, model.Relevant)
	u.is("handle", w.Handle, astana())
	if w.Judged.IsZero() || w.Judged.Location() != time.UTC {
		u.Errorf("judged at %v", w.Judged)
	}
	again := u.act(model.Act{Do: model.DoJudge, On: on(astana()), Judgement: model.Relevant}, "already judged relevant: 07ASTANA9911")
	u.is("version when nothing changes", again.Version, done.Version)
	u.act(model.Act{Do: model.DoJudge, On: on(astana()), Judgement: model.Irrelevant}, "judged not relevant: 07ASTANA9911")
	u.act(model.Act{Do: model.DoJudge, On: on(nameless()), Judgement: model.Later}, "judged later: cable without number c3c3c3c3")
	u.is("judgement", u.work(nameless().Key()).Judgement, model.Later)
	done = u.act(model.Act{Do: model.DoJudge, On: on(astana()), Judgement: model.Unjudged}, "judgement taken back: 07ASTANA9911")
	u.is("works", done.Works, []model.Work{{Handle: model.Handle{ID: "07ASTANA9911"}}})
	u.is("works left", len(u.state().Works), 1)
	u.steps(4, 0)
}

func many(u use) {
	u.act(model.Act{Do: model.DoJudge, On: on(rome()), Judgement: model.Relevant}, "judged relevant: 06ROME9902")
	done := u.act(model.Act{Do: model.DoJudge, On: on(astana(), rome(), nameless(), astana()), Judgement: model.Irrelevant}, "judged not relevant: 4 cables")
	u.is("works", len(done.Works), 3)
	u.steps(2, 0)
	done = u.undo(1, "undone: judged not relevant: 4 cables")
	u.is("works", len(done.Works), 3)
	u.is("keys", slices.Collect(maps.Keys(u.state().Works)), []string{"06ROME9902"})
	u.is("judgement", u.work("06ROME9902").Judgement, model.Relevant)
}

func starsAndReads(u use) {
	u.act(model.Act{Do: model.DoStar, On: on(astana()), Yes: true}, "starred: 07ASTANA9911")
	u.act(model.Act{Do: model.DoRead, On: on(astana()), Yes: true, Spot: three()}, "marked as read: 07ASTANA9911")
	u.steps(1, 0)
	w := u.work("07ASTANA9911")
	u.is("read", w.Read, true)
	u.is("place", w.Place, three())
	u.undo(1, "undone: starred: 07ASTANA9911")
	w = u.work("07ASTANA9911")
	u.is("read and starred", []bool{w.Read, w.Star}, []bool{true, false})
	u.act(model.Act{Do: model.DoRead, On: on(rome()), Yes: true}, "marked as read: 06ROME9902")
	u.steps(0, 1)
	u.redo(1, "done again: starred: 07ASTANA9911")
	u.act(model.Act{Do: model.DoStar, On: on(astana())}, "star taken away: 07ASTANA9911")
	u.act(model.Act{Do: model.DoRead, On: on(astana(), rome())}, "marked as unread: 2 cables")
	u.is("place after unread", u.work("07ASTANA9911").Place, three())
}

func labels(u use) {
	u.act(model.Act{Do: model.DoLabel, On: on(astana(), rome()), Label: "pipeline", Yes: true}, `labelled "pipeline": 2 cables`)
	u.act(model.Act{Do: model.DoLabel, On: on(astana()), Label: "gas", Yes: true}, `labelled "gas": 07ASTANA9911`)
	u.act(model.Act{Do: model.DoLabel, On: on(astana()), Label: "quote", Yes: true, Spot: three()}, `labelled "quote": paragraph 3 of 07ASTANA9911`)
	w := u.work("07ASTANA9911")
	u.is("labels", w.Labels, []string{"gas", "pipeline"})
	u.is("passages", w.Passages, []model.Passage{{Spot: *three(), Labels: []string{"quote"}}})
	u.act(model.Act{Do: model.DoLabel, On: on(astana()), Label: "gas"}, `label taken away "gas": 07ASTANA9911`)
	moved := *three()
	moved.Block++ // the same text at another place
	u.act(model.Act{Do: model.DoLabel, On: on(astana()), Label: "quote", Spot: &moved}, `label taken away "quote": paragraph 3 of 07ASTANA9911`)
	w = u.work("07ASTANA9911")
	u.is("labels", w.Labels, []string{"pipeline"})
	u.is("passages", len(w.Passages), 0)
	u.undo(3, `undone: 3 steps, the last: labelled "quote": paragraph 3 of 07ASTANA9911`)
	u.is("passages", len(u.work("07ASTANA9911").Passages), 0)
	u.is("labels", u.work("07ASTANA9911").Labels, []string{"gas", "pipeline"})
}

func notes(u use) {
	u.act(model.Act{Do: model.DoNote, On: on(astana()), Spot: three(), Text: "ask M.\n\nabout *this*"}, "noted: paragraph 3 of 07ASTANA9911")
	u.act(model.Act{Do: model.DoNote, On: on(astana()), Text: "whole"}, "noted: 07ASTANA9911")
	n := u.work("07ASTANA9911").Notes
	u.is("notes", []string{n[0].Text, n[1].Text}, []string{"whole", "ask M.\n\nabout *this*"})
	u.is("spots", []*model.Spot{n[0].Spot, n[1].Spot}, []*model.Spot{nil, three()})
	u.act(model.Act{Do: model.DoNote, On: on(astana()), Spot: three(), Text: "anew"}, "noted: paragraph 3 of 07ASTANA9911")
	u.is("note", u.work("07ASTANA9911").Notes[1].Text, "anew")
	u.act(model.Act{Do: model.DoNote, On: on(astana()), Text: ""}, "note taken away: 07ASTANA9911")
	u.is("notes", len(u.work("07ASTANA9911").Notes), 1)
	u.undo(2, "undone: 2 steps, the last: noted: paragraph 3 of 07ASTANA9911")
	u.is("note", u.work("07ASTANA9911").Notes[1].Text, "ask M.\n\nabout *this*")
}

func briefs(u use) {
	u.act(model.Act{Do: model.DoBrief, Brief: "Pipeline", Yes: true}, `began the brief "Pipeline"`)
	done := u.act(model.Act{Do: model.DoPin, On: on(astana()), Brief: "Pipeline", Spot: three(), Mark: "S/NF", Text: "The minister."}, `pinned to "Pipeline": paragraph 3 of 07ASTANA9911`)
	first := done.Briefs[0].Pins[0]
	u.is("pin", first, model.Pin{N: first.N, Handle: astana(), Spot: *three(), Mark: "S/NF", Text: "The minister."})
	u.is("pins of the cable", u.work("07ASTANA9911").Pins, 1)
	done = u.act(model.Act{Do: model.DoPin, On: on(rome()), Brief: "Pipeline", Spot: &model.Spot{Block: 2}, Text: "Rome."}, `pinned to "Pipeline": a paragraph of 06ROME9902`)
	second := done.Briefs[0].Pins[1].N
	done = u.act(model.Act{Do: model.DoMove, Pin: second, To: 0}, "moved to place 1: a paragraph of 06ROME9902")
	u.is("order", []int{done.Briefs[0].Pins[0].N, done.Briefs[0].Pins[1].N}, []int{second, first.N})
	u.act(model.Act{Do: model.DoComment, Pin: second, Text: "check"}, "commented: a paragraph of 06ROME9902")
	u.act(model.Act{Do: model.DoBrief, Brief: "Pipeline", Text: "Pipeline, autumn"}, `brief "Pipeline" is now "Pipeline, autumn"`)
	u.act(model.Act{Do: model.DoUnpin, Pin: first.N}, "unpinned: paragraph 3 of 07ASTANA9911")
	u.is("pins of the cable", u.work("07ASTANA9911").Pins, 0)
	b := u.state().Briefs
	u.is("brief", []string{b[0].Name, b[0].Pins[0].Comment}, []string{"Pipeline, autumn", "check"})
	done = u.act(model.Act{Do: model.DoBrief, Brief: "Pipeline, autumn"}, `brief taken away: "Pipeline, autumn"`)
	if done.Briefs == nil || len(done.Briefs) != 0 {
		u.Errorf("the last brief was taken away, the answer has %v", done.Briefs)
	}
	u.is("works left", len(u.state().Works), 0)
	u.undo(2, "undone: 2 steps, the last: unpinned: paragraph 3 of 07ASTANA9911")
	u.is("pins", len(u.state().Briefs[0].Pins), 2)
	u.redo(1, "done again: unpinned: paragraph 3 of 07ASTANA9911")
	done = u.act(model.Act{Do: model.DoPin, On: on(astana()), Brief: "Another", Spot: three(), Text: "x"}, `pinned to "Another": paragraph 3 of 07ASTANA9911`)
	if n := done.Briefs[1].Pins[0].N; n == first.N || n == second {
		u.Errorf("the number %d of a pin was used again", n)
	}
}

func undoes(u use) {
	u.undo(1, "there is nothing to undo")
	u.redo(1, "there is nothing to do again")
	for _, j := range []model.Judgement{model.Relevant, model.Irrelevant, model.Later} {
		u.act(model.Act{Do: model.DoJudge, On: on(rome()), Judgement: j}, map[model.Judgement]string{
			model.Relevant: "judged relevant: 06ROME9902", model.Irrelevant: "judged not relevant: 06ROME9902", model.Later: "judged later: 06ROME9902",
		}[j])
	}
	before := u.state()
	u.undo(2, "undone: 2 steps, the last: judged not relevant: 06ROME9902")
	u.steps(1, 2)
	u.is("judgement", u.work("06ROME9902").Judgement, model.Relevant)
	u.redo(9, "done again: 2 steps, the last: judged later: 06ROME9902")
	u.is("works", u.state().Works, before.Works)
	u.undo(9, "undone: 3 steps, the last: judged relevant: 06ROME9902")
	u.is("works", len(u.state().Works), 0)
	u.act(model.Act{Do: model.DoStar, On: on(rome()), Yes: true}, "starred: 06ROME9902")
	u.steps(1, 0)
}

func senseless(u use) {
	for _, a := range []model.Act{
		{Do: "burn", On: on(rome())},
		{Do: model.DoJudge, Judgement: model.Relevant},
		{Do: model.DoJudge, Judgement: "perhaps", On: on(rome())},
		{Do: model.DoJudge, Judgement: model.Relevant, On: on(model.Handle{})},
		{Do: model.DoLabel, On: on(rome()), Yes: true},
		{Do: model.DoLabel, On: on(rome()), Yes: true, Label: "a\nb"},
		{Do: model.DoLabel, On: on(rome(), astana()), Yes: true, Label: "a", Spot: three()},
		{Do: model.DoNote, On: on(rome(), astana()), Text: "both"},
		{Do: model.DoPin, On: on(rome()), Brief: "b"},
		{Do: model.DoPin, On: on(rome()), Spot: three()},
		{Do: model.DoUnpin, Pin: 7},
		{Do: model.DoMove, Pin: 7},
		{Do: model.DoComment, Pin: 7, Text: "x"},
		{Do: model.DoBrief, Brief: "none"},
		{Do: model.DoBrief, Brief: "none", Text: "other"},
		{Do: model.DoBrief, Yes: true},
	} {
		if done, err := u.desk.Do(context.Background(), a); err == nil {
			u.Errorf("%+v: done: %s", a, done.Text)
		}
	}
	u.steps(0, 0)
	u.is("version", u.state().Version, 0)
}

// sameBytes: work follows a cable to a copy that has another name, or none.
func sameBytes(u use) {
	copied := model.Handle{Sum: astana().Sum}
	u.act(model.Act{Do: model.DoJudge, On: on(copied), Judgement: model.Relevant}, "judged relevant: cable without number a1a1a1a1")
	u.act(model.Act{Do: model.DoJudge, On: on(astana()), Judgement: model.Relevant}, "already judged relevant: 07ASTANA9911")
	done := u.act(model.Act{Do: model.DoStar, On: on(astana()), Yes: true}, "starred: 07ASTANA9911")
	u.is("works of the answer", len(done.Works), 2)
	w := u.work("07ASTANA9911")
	u.is("judged and starred", []any{w.Judgement, w.Star}, []any{model.Relevant, true})
	u.is("works", len(u.state().Works), 1)
	u.act(model.Act{Do: model.DoLabel, On: on(copied), Label: "x", Yes: true}, `labelled "x": cable without number a1a1a1a1`)
	u.is("labels", u.work("07ASTANA9911").Labels, []string{"x"})
	other := model.Handle{ID: "07ASTANA9911", Sum: strings.Repeat("d5", 16)}
	u.act(model.Act{Do: model.DoLabel, On: on(other), Label: "x"}, `label taken away "x": 07ASTANA9911`)
	u.undo(3, "undone: 3 steps, the last: starred: 07ASTANA9911")
	u.is("works", len(u.state().Works), 1)
	u.is("judgement", u.work(copied.Key()).Judgement, model.Relevant)
}

func changes(u use) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	got := make(chan model.DeskState)
	go func() {
		s, err := u.desk.Changed(ctx, 0)
		if err != nil {
			u.Error(err)
		}
		got <- s
	}()
	done := u.act(model.Act{Do: model.DoStar, On: on(rome()), Yes: true}, "starred: 06ROME9902")
	s := <-got
	u.is("version", s.Version, done.Version)
	u.is("star", s.Works["06ROME9902"].Star, true)
	s, err := u.desk.Changed(ctx, 0) // it has changed already
	u.is("at once", []any{s.Version, err}, []any{done.Version, nil})
}

func cancelled(u use) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, a := u.desk.State(ctx)
	_, b := u.desk.Do(ctx, model.Act{Do: model.DoStar, On: on(rome()), Yes: true})
	_, c := u.desk.Undo(ctx, 1)
	_, d := u.desk.Redo(ctx, 1)
	_, e := u.desk.Changed(ctx, 0)
	for i, err := range []error{a, b, c, d, e} {
		if !errors.Is(err, context.Canceled) {
			u.Errorf("%d: %v", i, err)
		}
	}
	u.is("works", len(u.state().Works), 0)
}

// apart: what was handed out does not change with what is done later.
func apart(u use) {
	u.act(model.Act{Do: model.DoLabel, On: on(rome()), Label: "b", Yes: true}, `labelled "b": 06ROME9902`)
	u.act(model.Act{Do: model.DoPin, On: on(rome()), Brief: "B", Spot: three(), Text: "x"}, `pinned to "B": paragraph 3 of 06ROME9902`)
	s := u.state()
	u.act(model.Act{Do: model.DoLabel, On: on(rome()), Label: "a", Yes: true}, `labelled "a": 06ROME9902`)
	u.act(model.Act{Do: model.DoComment, Pin: s.Briefs[0].Pins[0].N, Text: "y"}, "commented: paragraph 3 of 06ROME9902")
	u.is("labels", s.Works["06ROME9902"].Labels, []string{"b"})
	u.is("comment", s.Briefs[0].Pins[0].Comment, "")
}
