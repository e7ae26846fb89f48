package desk

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chancery/model"
)

// plain is a desk made as simply as can be: it keeps whole states.
type plain struct {
	now        shelf
	undo, redo []shelf // states before the steps, and after those undone
	read       map[string]bool
	pins       int
}

// shelf is what can be undone.
type shelf struct {
	judged map[string]model.Judgement
	star   map[string]bool
	labels map[string]string // id and label
	notes  map[string]string
	brief  []int // numbers of pins
}

func (s shelf) copy() shelf {
	return shelf{maps.Clone(s.judged), maps.Clone(s.star), maps.Clone(s.labels), maps.Clone(s.notes), slices.Clone(s.brief)}
}

func newPlain() *plain {
	return &plain{
		now:  shelf{map[string]model.Judgement{}, map[string]bool{}, map[string]string{}, map[string]string{}, nil},
		read: map[string]bool{},
	}
}

// do does an act of the kinds that the property test draws.
func (p *plain) do(a model.Act) {
	if a.Do == model.DoRead {
		for _, h := range a.On {
			p.read[h.ID] = a.Yes
		}
		return
	}
	before := p.now.copy()
	for _, h := range a.On {
		switch a.Do {
		case model.DoJudge:
			p.now.judged[h.ID] = a.Judgement
		case model.DoStar:
			p.now.star[h.ID] = a.Yes
		case model.DoLabel:
			p.now.labels[h.ID+" "+a.Label] = choose(a.Yes, "yes", "")
		case model.DoNote:
			p.now.notes[h.ID] = a.Text
		case model.DoPin:
			p.pins++
			p.now.brief = append(p.now.brief, p.pins)
		}
	}
	switch i := slices.Index(p.now.brief, a.Pin); {
	case a.Do == model.DoUnpin && i >= 0:
		p.now.brief = slices.Delete(p.now.brief, i, i+1)
	case a.Do == model.DoMove && i >= 0:
		p.now.brief = slices.Insert(slices.Delete(p.now.brief, i, i+1), min(a.To, len(p.now.brief)-1), a.Pin)
	}
	if p.now.says() != before.says() {
		p.undo, p.redo = append(p.undo, before), nil
	}
}

func (p *plain) turn(n int, from, to *[]shelf) {
	for range min(n, len(*from)) {
		*to = append(*to, p.now)
		p.now = (*from)[len(*from)-1]
		*from = (*from)[:len(*from)-1]
	}
}

// says gives what a shelf holds, as a text to be compared.
func (s shelf) says() string {
	var parts []string
	for id, j := range s.judged {
		if j != "" {
			parts = append(parts, id+" "+string(j))
		}
	}
	for id, yes := range s.star {
		if yes {
			parts = append(parts, id+" star")
		}
	}
	for label, yes := range s.labels {
		if yes != "" {
			parts = append(parts, "label "+label)
		}
	}
	for id, text := range s.notes {
		if text != "" {
			parts = append(parts, id+" note "+text)
		}
	}
	slices.Sort(parts)
	return fmt.Sprint(parts, s.brief)
}

// says gives the same of a real state, and what is read.
func says(s model.DeskState) (string, map[string]bool) {
	out := newPlain().now
	read := map[string]bool{}
	for id, w := range s.Works {
		out.judged[id], out.star[id] = w.Judgement, w.Star
		if w.Read {
			read[id] = true
		}
		for _, l := range w.Labels {
			out.labels[id+" "+l] = "yes"
		}
		for _, n := range w.Notes {
			out.notes[id] = n.Text
		}
	}
	for _, b := range s.Briefs {
		for _, pin := range b.Pins {
			out.brief = append(out.brief, pin.N)
		}
	}
	return out.says(), read
}

// draw draws an act.
func draw(t *rapid.T, ids []model.Handle) model.Act {
	a := model.Act{
		Do:        rapid.SampledFrom([]model.Deed{model.DoJudge, model.DoStar, model.DoRead, model.DoLabel, model.DoNote, model.DoPin, model.DoUnpin, model.DoMove}).Draw(t, "do"),
		Judgement: rapid.SampledFrom([]model.Judgement{"", model.Relevant, model.Irrelevant}).Draw(t, "judgement"),
		Yes:       rapid.Bool().Draw(t, "yes"),
		Label:     rapid.SampledFrom([]string{"x", "y"}).Draw(t, "label"),
		Text:      rapid.SampledFrom([]string{"", "one", "two"}).Draw(t, "text"),
		Pin:       rapid.IntRange(1, 4).Draw(t, "pin"),
		To:        rapid.IntRange(0, 3).Draw(t, "to"),
		Brief:     "B",
	}
	most := 3
	if a.Do == model.DoNote || a.Do == model.DoPin {
		most = 1
	}
	if a.Do == model.DoPin {
		a.Spot = &model.Spot{Block: 1}
	}
	if a.Do != model.DoUnpin && a.Do != model.DoMove {
		a.On = rapid.SliceOfN(rapid.SampledFrom(ids), 1, most).Draw(t, "on")
	}
	return a
}

// TestProperty: acts, undo, redo, reopening and compaction at random come to
// what the plain desk comes to.
func TestProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		d := newDisk()
		desk, err := opens(d)
		if err != nil {
			t.Fatal(err)
		}
		p := newPlain()
		ids := handles("A", "B", "C", "D")
		t.Repeat(map[string]func(*rapid.T){
			"act": func(t *rapid.T) {
				a := draw(t, ids)
				if _, err := desk.Do(ctx, a); err == nil {
					p.do(a)
				} else if a.Pin == 0 || slices.Contains(p.now.brief, a.Pin) {
					t.Fatal(err)
				}
			},
			"undo": func(t *rapid.T) {
				n := rapid.IntRange(1, 3).Draw(t, "n")
				if _, err := desk.Undo(ctx, n); err != nil {
					t.Fatal(err)
				}
				p.turn(n, &p.undo, &p.redo)
			},
			"redo": func(t *rapid.T) {
				n := rapid.IntRange(1, 3).Draw(t, "n")
				if _, err := desk.Redo(ctx, n); err != nil {
					t.Fatal(err)
				}
				p.turn(n, &p.redo, &p.undo)
			},
			"compact": func(t *rapid.T) {
				if err := desk.Compact(ctx); err != nil {
					t.Fatal(err)
				}
			},
			"reopen": func(t *rapid.T) {
				before := desk.state()
				_ = desk.Close()
				if desk, err = opens(d); err != nil || !sameWork(before, desk.state()) {
					t.Fatalf("%v\n got %+v\nwant %+v\n%s", err, desk.state(), before, d)
				}
			},
			"": func(t *rapid.T) {
				s := desk.state()
				got, read := says(s)
				maps.DeleteFunc(p.read, func(_ string, yes bool) bool { return !yes })
				if want := p.now.says(); got != want || !maps.Equal(read, p.read) || s.Undo != len(p.undo) || s.Redo != len(p.redo) {
					t.Fatalf("got %s, read %v, undo %d, redo %d\nwant %s, %v, %d, %d\n%s", got, read, s.Undo, s.Redo, want, p.read, len(p.undo), len(p.redo), d)
				}
			},
		})
	})
}

// TestPropertyNames is the same with cables that have the same bytes under
// other names: whatever is done, reopening and compaction change nothing, what
// is undone is as it was, each sum leads to work that has it, and pins are
// counted.
func TestPropertyNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		d := newDisk()
		desk, err := opens(d)
		if err != nil {
			t.Fatal(err)
		}
		var names []model.Handle
		for _, id := range []string{"", "A", "B"} {
			for _, sum := range []string{"", "s1", "s2"} {
				if id != "" || sum != "" {
					names = append(names, model.Handle{ID: id, Sum: sum})
				}
			}
		}
		check := func(t *rapid.T, what string, before model.DeskState) {
			if after := desk.state(); !sameWork(before, after) {
				t.Fatalf("%s\n got %+v\nwant %+v\n%s", what, after, before, d)
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"act": func(t *rapid.T) {
				before := desk.state()
				a := draw(t, names)
				done, err := desk.Do(ctx, a)
				after := desk.state()
				if err != nil || done.Version == before.Version || a.Do == model.DoRead {
					return
				}
				_, _ = desk.Undo(ctx, 1)
				if s := desk.state(); !reflect.DeepEqual(s.Works, before.Works) || !sameBriefs(s.Briefs, before.Briefs) {
					t.Fatalf("%+v undone\n got %+v\nwant %+v\n%s", a, s.Works, before.Works, d)
				}
				_, _ = desk.Redo(ctx, 1)
				if s := desk.state(); !reflect.DeepEqual(s.Works, after.Works) || !sameBriefs(s.Briefs, after.Briefs) {
					t.Fatalf("%+v done again\n got %+v\nwant %+v\n%s", a, s.Works, after.Works, d)
				}
			},
			"undo": func(t *rapid.T) { _, _ = desk.Undo(ctx, rapid.IntRange(1, 3).Draw(t, "n")) },
			"redo": func(t *rapid.T) { _, _ = desk.Redo(ctx, rapid.IntRange(1, 3).Draw(t, "n")) },
			"compact": func(t *rapid.T) {
				before := desk.state()
				if err := desk.Compact(ctx); err != nil {
					t.Fatal(err)
				}
				check(t, "compacted", before)
			},
			"reopen": func(t *rapid.T) {
				before := desk.state()
				_ = desk.Close()
				desk, err = opens(d)
				if err != nil {
					t.Fatal(err)
				}
				check(t, "opened again", before)
			},
			"": func(t *rapid.T) {
				for sum, key := range desk.st.sums {
					if e := desk.st.works[key]; e == nil || !slices.Contains(e.sums, sum) {
						t.Fatalf("%s leads to %s, which is %+v\n%s", sum, key, e, d)
					}
				}
				pins := 0
				for key, e := range desk.st.works {
					pins += e.Pins
					if e.Key() != key || e.Judged.Equal(time.Time{}) != (e.Judgement == "") {
						t.Fatalf("under %s: %+v\n%s", key, e, d)
					}
				}
				for _, b := range desk.st.briefs {
					pins -= len(b.Pins)
				}
				if pins != 0 || len(desk.st.failed) > 0 {
					t.Fatalf("%d pins too many; failed %v\n%s", pins, desk.st.failed, d)
				}
			},
		})
	})
}
