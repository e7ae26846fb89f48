package ui

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"chancery/model"
	"chancery/model/query"
)

// fakeDesk is a desk in memory that keeps the contract of Desk.
type fakeDesk struct {
	mu      sync.Mutex
	now     fakeWork
	undo    []fakeWork // as it was before each step
	redo    []fakeWork
	version int
	pins    int
	moved   chan struct{} // closed when the desk changes
	held    string
	notice  string

	fail  error         // what Do answers instead
	blind error         // what State and Changed answer instead
	slow  time.Duration // how long a deed takes
	acts  []model.Act   // done, in order
	clock time.Time
}

// fakeWork is the work at one moment.
type fakeWork struct {
	works  map[string]model.Work
	briefs []model.Brief
}

func newFakeDesk() *fakeDesk {
	return &fakeDesk{now: fakeWork{works: map[string]model.Work{}}, moved: make(chan struct{}), clock: today}
}

// copied is the work as it is, to be changed or kept.
func (w fakeWork) copied() fakeWork {
	out := fakeWork{maps.Clone(w.works), slices.Clone(w.briefs)}
	for k, v := range out.works {
		v.Labels, v.Passages, v.Notes = slices.Clone(v.Labels), slices.Clone(v.Passages), slices.Clone(v.Notes)
		out.works[k] = v
	}
	for i := range out.briefs {
		out.briefs[i].Pins = slices.Clone(out.briefs[i].Pins)
	}
	return out
}

func (f *fakeDesk) state() model.DeskState {
	w := f.now.copied()
	return model.DeskState{
		Version: f.version, Reader: "ines", Works: w.works, Briefs: w.briefs, Undo: len(f.undo), Redo: len(f.redo), Held: f.held, Notice: f.notice,
	}
}

func (f *fakeDesk) State(ctx context.Context) (model.DeskState, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.blind != nil {
		return model.DeskState{}, f.blind
	}
	return f.state(), ctx.Err()
}

func (f *fakeDesk) Changed(ctx context.Context, after int) (model.DeskState, error) {
	for {
		f.mu.Lock()
		s, moved, blind := f.state(), f.moved, f.blind
		f.mu.Unlock()
		if blind != nil {
			return model.DeskState{}, blind
		}
		if s.Version != after {
			return s, nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return s, ctx.Err()
		}
	}
}

// change raises the version and wakes who listens.
func (f *fakeDesk) change() {
	f.version++
	close(f.moved)
	f.moved = make(chan struct{})
}

// holder says who holds the desk from now on.
func (f *fakeDesk) holder(held string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.held = held
	f.change()
}

// blinded makes it answer with an error, or not any more.
func (f *fakeDesk) blinded(by error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.blind = by
	f.change()
}

// done compares the work with that of before.
func (f *fakeDesk) done(before fakeWork, text string) model.Done {
	f.change()
	d := model.Done{Version: f.version, Text: text, Undo: len(f.undo), Redo: len(f.redo), Briefs: f.now.copied().briefs}
	keys := maps.Clone(before.works)
	maps.Copy(keys, f.now.works)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		was, is := before.works[key], f.now.works[key]
		if !sameWork(was, is) {
			if is.Empty() {
				is.Handle = model.HandleOfKey(key)
			}
			d.Works = append(d.Works, is)
		}
	}
	return d
}

// same says that nothing has changed since.
func (f *fakeDesk) same(before fakeWork) bool {
	return maps.EqualFunc(before.works, f.now.works, sameWork) && slices.EqualFunc(before.briefs, f.now.briefs, func(x, y model.Brief) bool {
		return x.Name == y.Name && slices.Equal(x.Pins, y.Pins)
	})
}

func sameWork(x, y model.Work) bool {
	return x.Judgement == y.Judgement && x.Judged.Equal(y.Judged) && x.Star == y.Star && x.Read == y.Read && (x.Place == nil) == (y.Place == nil) &&
		(x.Place == nil || *x.Place == *y.Place) && slices.Equal(x.Labels, y.Labels) && slices.EqualFunc(x.Passages, y.Passages, func(p, q model.Passage) bool {
		return p.Spot == q.Spot && slices.Equal(p.Labels, q.Labels)
	}) && slices.EqualFunc(x.Notes, y.Notes, func(p, q model.Note) bool { return p.Text == q.Text && sameSpot(p.Spot, q.Spot) }) && x.Pins == y.Pins
}

func sameSpot(x, y *model.Spot) bool { return x == nil && y == nil || x != nil && y != nil && *x == *y }

func (f *fakeDesk) Do(ctx context.Context, act model.Act) (model.Done, error) {
	if f.slow > 0 {
		time.Sleep(f.slow)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		return model.Done{}, ctx.Err()
	case f.fail != nil:
		return model.Done{}, f.fail
	case f.held != "":
		return model.Done{}, errors.New(f.held + " holds the desk")
	}
	before := f.now.copied()
	text, err := f.apply(act)
	if err != nil {
		f.now = before
		return model.Done{}, err
	}
	if f.same(before) {
		f.now = before
		return model.Done{Version: f.version, Text: "already " + text, Undo: len(f.undo), Redo: len(f.redo)}, nil
	}
	f.acts = append(f.acts, act)
	if act.Do != model.DoRead {
		f.undo, f.redo = append(f.undo, before), nil
	}
	return f.done(before, text), nil
}

func (f *fakeDesk) Undo(ctx context.Context, n int) (model.Done, error) {
	return f.turn(ctx, n, &f.undo, &f.redo, "undone")
}

func (f *fakeDesk) Redo(ctx context.Context, n int) (model.Done, error) {
	return f.turn(ctx, n, &f.redo, &f.undo, "done again")
}

func (f *fakeDesk) turn(ctx context.Context, n int, from, to *[]fakeWork, said string) (model.Done, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(*from) == 0 {
		return model.Done{Version: f.version, Text: "there is nothing to be " + said}, nil
	}
	before := f.now.copied()
	n = min(n, len(*from))
	for range n {
		*to = append(*to, f.now)
		f.now = (*from)[len(*from)-1].copied()
		*from = (*from)[:len(*from)-1]
	}
	return f.done(before, plural(n, "step")+" "+said), ctx.Err()
}

// apply does an act and says so.
func (f *fakeDesk) apply(act model.Act) (string, error) {
	f.clock = f.clock.Add(time.Minute)
	switch act.Do {
	case model.DoPin, model.DoUnpin, model.DoMove, model.DoComment, model.DoBrief:
		return f.applyBrief(act)
	}
	if len(act.On) == 0 {
		return "", errors.New("an act on no cable")
	}
	for _, h := range act.On {
		w := f.now.works[h.Key()]
		w.Handle = h
		if err := f.mark(&w, act); err != nil {
			return "", err
		}
		f.put(w)
	}
	on := act.On[0].Key()
	if n := len(act.On); n > 1 {
		on = count(n) + " cables"
	}
	switch {
	case act.Do == model.DoJudge && act.Judgement == model.Unjudged:
		return "judgement cleared: " + on, nil
	case act.Do == model.DoJudge:
		return "judged " + map[model.Judgement]string{model.Relevant: "relevant", model.Irrelevant: "not relevant", model.Later: "later"}[act.Judgement] + ": " + on, nil
	case act.Do == model.DoStar && act.Yes:
		return "starred: " + on, nil
	case act.Do == model.DoStar:
		return "star taken away: " + on, nil
	case act.Do == model.DoLabel && act.Yes:
		return "labelled " + act.Label + ": " + on, nil
	case act.Do == model.DoLabel:
		return "label " + act.Label + " taken away: " + on, nil
	case act.Do == model.DoNote && act.Text == "":
		return "note taken away: " + on, nil
	case act.Do == model.DoNote:
		return "noted: " + on, nil
	}
	return "read: " + on, nil
}

// put keeps work, unless nothing is left of it.
func (f *fakeDesk) put(w model.Work) {
	if w.Empty() {
		delete(f.now.works, w.Key())
		return
	}
	f.now.works[w.Key()] = w
}

// mark changes the work on one cable.
func (f *fakeDesk) mark(w *model.Work, act model.Act) error {
	switch act.Do {
	case model.DoJudge:
		if w.Judgement == act.Judgement {
			break
		}
		w.Judgement, w.Judged = act.Judgement, f.clock
		if act.Judgement == model.Unjudged {
			w.Judged = time.Time{}
		}
	case model.DoStar:
		w.Star = act.Yes
	case model.DoRead:
		w.Read, w.Place = w.Read || act.Yes, act.Spot
	case model.DoLabel:
		if act.Spot == nil {
			w.Labels = withLabel(w.Labels, act.Label, act.Yes)
			break
		}
		i := slices.IndexFunc(w.Passages, func(p model.Passage) bool { return p.Spot == *act.Spot })
		if i < 0 {
			i = len(w.Passages)
			w.Passages = append(w.Passages, model.Passage{Spot: *act.Spot})
		}
		w.Passages[i].Labels = withLabel(w.Passages[i].Labels, act.Label, act.Yes)
		w.Passages = slices.DeleteFunc(w.Passages, func(p model.Passage) bool { return len(p.Labels) == 0 })
	case model.DoNote:
		w.Notes = slices.DeleteFunc(w.Notes, func(n model.Note) bool { return sameSpot(n.Spot, act.Spot) })
		if act.Text != "" {
			w.Notes = append(w.Notes, model.Note{Spot: act.Spot, Text: act.Text, When: f.clock})
			slices.SortStableFunc(w.Notes, func(x, y model.Note) int { return cmp.Compare(blockOf(x.Spot), blockOf(y.Spot)) })
		}
	default:
		return errors.New("an act that the desk does not know: " + string(act.Do))
	}
	return nil
}

func blockOf(s *model.Spot) int {
	if s == nil {
		return -1
	}
	return s.Block
}

// withLabel puts a label among others, or takes it away.
func withLabel(labels []string, label string, yes bool) []string {
	labels = slices.DeleteFunc(slices.Clone(labels), func(s string) bool { return s == label })
	if yes {
		labels = append(labels, label)
		slices.Sort(labels)
	}
	return labels
}

// applyBrief does what concerns briefs.
func (f *fakeDesk) applyBrief(act model.Act) (string, error) {
	bs := f.now.briefs
	brief := slices.IndexFunc(bs, func(b model.Brief) bool { return b.Name == act.Brief })
	at, pin := -1, -1
	for i := range bs {
		if j := slices.IndexFunc(bs[i].Pins, func(p model.Pin) bool { return p.N == act.Pin }); j >= 0 {
			at, pin = i, j
		}
	}
	switch {
	case act.Do == model.DoBrief && brief < 0 && act.Yes:
		f.now.briefs = append(bs, model.Brief{Name: act.Brief})
		return "brief begun: " + act.Brief, nil
	case act.Do == model.DoBrief && brief >= 0 && act.Text != "":
		bs[brief].Name = act.Text
		return "brief renamed: " + act.Text, nil
	case act.Do == model.DoBrief && brief >= 0 && !act.Yes:
		for _, p := range bs[brief].Pins {
			f.pinned(p.Handle, -1)
		}
		f.now.briefs = slices.Delete(bs, brief, brief+1)
		return "brief taken away: " + act.Brief, nil
	case act.Do == model.DoPin && len(act.On) == 1:
		if brief < 0 {
			f.now.briefs = append(f.now.briefs, model.Brief{Name: act.Brief})
			brief = len(f.now.briefs) - 1
		}
		f.pins++
		p := model.Pin{N: f.pins, Handle: act.On[0], Mark: act.Mark, Text: act.Text}
		if act.Spot != nil {
			p.Spot = *act.Spot
		}
		f.now.briefs[brief].Pins = append(f.now.briefs[brief].Pins, p)
		f.pinned(p.Handle, 1)
		return "pinned to " + act.Brief + ": " + p.Key(), nil
	case pin < 0:
		return "", errors.New("there is no such brief or pin")
	case act.Do == model.DoUnpin:
		f.pinned(bs[at].Pins[pin].Handle, -1)
		bs[at].Pins = slices.Delete(bs[at].Pins, pin, pin+1)
		return "unpinned", nil
	case act.Do == model.DoComment:
		bs[at].Pins[pin].Comment = act.Text
		return "comment written", nil
	}
	p := bs[at].Pins[pin]
	bs[at].Pins = slices.Insert(slices.Delete(bs[at].Pins, pin, pin+1), min(act.To, len(bs[at].Pins)-1), p)
	return "moved", nil
}

// pinned counts the pins of a cable.
func (f *fakeDesk) pinned(h model.Handle, n int) {
	w := f.now.works[h.Key()]
	w.Handle = h
	w.Pins += n
	f.put(w)
}

// tell says to a query what is on the desk, and whether the cable is a copy.
func (f *fakeDesk) tell(d *query.Doc, e model.Entry) {
	if e.Copy {
		d.Is = append(d.Is, "duplicate")
	}
	if f == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	w := f.now.works[e.Handle().Key()]
	is, has := w.Words()
	d.Is, d.Has = append(d.Is, is...), append(d.Has, has...)
	d.Labels = append(d.Labels, w.Labels...)
}

// work is what the desk holds on a cable.
func (f *fakeDesk) work(id string) model.Work {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now.works[model.Handle{ID: id}.Key()]
}

// done is how many acts it was asked to do.
func (f *fakeDesk) asked() []model.Act {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.acts)
}
