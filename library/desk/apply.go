package desk

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"chancery/model"
)

// errDeed is of a deed that we do not know.
var errDeed = errors.New("nothing that can be done")

// apply takes a line of the journal into the state. A line that makes no sense
// where it stands, because one before it is damaged, is told in failed.
func (s *state) apply(l line) {
	if l.V > format {
		return // what it says is not for us to know
	}
	if l.Reader != "" {
		s.reader = l.Reader
	}
	switch l.Do {
	case doBegin:
		s.pins = max(s.pins, l.Pin)
		s.step = max(s.step, l.Step)
		s.keep(l)
		return
	case doHistory:
		return
	case doKept:
		s.kept = append(s.kept, slices.Clone(l.Line))
		return
	case doWork, doBriefs:
		s.found(l)
		s.keep(l)
		return
	case doUndo:
		s.undone(l.Of)
		s.keep(l)
	case doRedo:
		s.redone(l.Of)
		s.keep(l)
	default:
		s.done(l)
	}
	s.step = max(s.step, l.Step)
}

// keep keeps a line that has fields which we do not know, for a program that
// knows them. Those of steps that can be undone are kept with their step.
func (s *state) keep(l line) {
	if l.unknown {
		s.kept = append(s.kept, bytes.Clone(l.raw))
	}
}

// done takes in a line that says an act.
func (s *state) done(l line) {
	d, err := s.plan(&l.record)
	if err != nil {
		if errors.Is(err, errDeed) {
			l.unknown = true
		} else {
			s.failed = append(s.failed, l.number)
		}
		s.keep(l)
		return
	}
	s.commit(d)
	if l.Do == model.DoRead {
		s.keep(l)
		return
	}
	l.raw = bytes.Clone(l.raw) // not to keep the whole file in memory
	s.drop()
	s.push(&step{l, *d})
}

// drop forgets what could be done again: something else was done.
func (s *state) drop() {
	for _, st := range slices.Backward(s.redo) {
		s.keep(st.line)
	}
	s.redo = nil
}

// found takes in work that was there before the steps.
func (s *state) found(l line) {
	d := s.draft()
	d.put(l.Works)
	if l.Briefs != nil {
		d.setBriefs(append(slices.Clone(d.briefs), *l.Briefs...))
	}
	s.commit(d)
}

// put sets works as they were saved.
func (d *draft) put(works []saved) {
	for _, w := range works {
		if w.Handle != (model.Handle{}) {
			d.set(w.Key(), &entry{w.Work, w.allSums()})
		}
	}
}

// allSums gives the sums of all copies. What has no id has no other copies.
func (w *saved) allSums() []string {
	if w.ID == "" {
		return []string{w.Sum}
	}
	if w.Sum == "" || slices.Contains(w.Sums, w.Sum) {
		return w.Sums
	}
	return append([]string{w.Sum}, w.Sums...)
}

// undone undoes the steps of those numbers. Who wrote the line had each of
// them on top: if something else lies there, then the line that undid that was
// lost, and it is undone with it.
func (s *state) undone(of []int) {
	for _, number := range of {
		if i := slices.IndexFunc(s.undo, func(st *step) bool { return st.Step == number }); i >= 0 {
			for len(s.undo) > i {
				s.back()
			}
		}
	}
}

// redone does steps again, likewise.
func (s *state) redone(of []int) {
	for _, number := range of {
		if i := slices.IndexFunc(s.redo, func(st *step) bool { return st.Step == number }); i >= 0 {
			for len(s.redo) > i {
				n := s.redo[len(s.redo)-1].number
				if _, ok := s.again(); !ok {
					s.failed = append(s.failed, n)
				}
			}
		}
	}
}

// plan says what an act will change. It changes nothing itself, and fails if
// the act makes no sense.
func (s *state) plan(r *record) (*draft, error) {
	d := s.draft()
	if err := sensible(r); err != nil {
		return nil, err
	}
	var err error
	switch r.Do {
	case model.DoJudge, model.DoStar, model.DoRead, model.DoLabel, model.DoNote:
		d.mark(r)
	case model.DoPin:
		err = d.pin(r)
	case model.DoUnpin, model.DoMove, model.DoComment:
		err = d.arrange(r)
	case model.DoBrief:
		err = d.brief(r)
	case doMerge, doRestore:
		d.replace(r)
	default:
		err = fmt.Errorf("%w: %q", errDeed, r.Do)
	}
	return d, err
}

// replace puts works and briefs in the place of those that were.
func (d *draft) replace(r *record) {
	for _, h := range r.Gone {
		d.set(h.Key(), nil)
	}
	d.put(r.Works)
	if r.Briefs != nil {
		d.setBriefs(*r.Briefs)
	}
	d.pins = max(d.pins, r.Pin)
	d.changed = true
}
