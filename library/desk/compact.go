package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"chancery/model"
)

// Compact writes the journal anew: first what there was before the steps that
// can be undone, then those steps, line by line as they are. The journal that
// was is kept beside it.
//
//	journal.jsonl ──copy──► journal.old.jsonl
//	state ──► journal.jsonl.new ──read back, compared──► rename to journal.jsonl
//
// At any moment there is a whole journal under its name.
func (d *Desk) Compact(ctx context.Context) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	if err := d.ready(ctx); err != nil {
		return err
	}
	return d.shrink()
}

// compactIfWorth compacts the journal if more than half of it, and not little,
// would go. That it cannot be done harms nobody: it is tried again when the
// journal has grown.
func (d *Desk) compactIfWorth() {
	if d.file == nil || d.good < max(d.compact, d.tried*3/2) {
		return
	}
	steps := int64(0)
	for _, list := range [][]*step{d.st.undo, d.st.redo} {
		for _, st := range list {
			steps += int64(len(st.raw)) + 1
		}
	}
	if goes := d.good - d.base - steps; goes < d.compact || goes < d.good/2 {
		return
	}
	d.tried = 0
	if err := d.shrink(); err != nil {
		d.tried = d.good
		d.note("the journal could not be compacted, which can wait: " + err.Error())
	}
}

// errNotAlike says that what was to be written is not what there is.
var errNotAlike = errors.New("the compacted journal does not say the same; nothing was changed")

func (d *Desk) shrink() error {
	if d.file == nil {
		return nil
	}
	old, err := readFrom(d.file, 0)
	if err != nil {
		return fmt.Errorf("compact the journal: %w", err)
	}
	begin := d.record(doBegin)
	begin.Program = d.program
	text, err := d.st.compacted(begin)
	if errors.Is(err, errNotAlike) {
		text, err = d.st.shortened(begin, old)
	}
	if err != nil {
		return fmt.Errorf("compact the journal: %w", err)
	}
	if len(d.damaged) > 0 { // the generation after the next would not have them
		err = d.aside(append(bytes.Join(d.damaged, []byte("\n")), '\n'))
	}
	if err == nil {
		err = replace(d.files, oldName, old[:min(int(d.good), len(old))])
	}
	if err == nil {
		err = d.shut() // Windows does not rename over an open file
	}
	if err == nil {
		err = replace(d.files, journalName, text)
	}
	if err = errors.Join(err, d.load()); err != nil {
		return fmt.Errorf("compact the journal: %w", err)
	}
	return nil
}

// compacted gives the text of a journal that amounts to the state: what would
// be left if all steps were undone, then the steps. What was read since, which
// is no step, is taken to have been read before. That changes a step only if
// the same bytes have several names; then the text is not alike.
func (s *state) compacted(begin record) ([]byte, error) {
	base := s.clone()
	for len(base.undo) > 0 {
		base.back()
	}
	w := writer{}
	begin.Step, begin.Pin = s.step, s.pins
	w.line(begin)
	w.found(base, s.kept)
	for _, st := range s.undo {
		w.raw(st.raw)
	}
	undo := record{V: format, Step: s.step, Time: begin.Time, Do: doUndo}
	for _, st := range slices.Backward(s.redo) {
		w.raw(st.raw)
	}
	for _, st := range s.redo {
		undo.Of = append(undo.Of, st.Step)
	}
	if len(undo.Of) > 0 {
		w.line(undo)
	}
	if w.err != nil {
		return nil, w.err
	}
	got := w.readBack()
	if w.err == nil && alike(s, got) {
		return w.b.Bytes(), nil
	}
	w.reading(s, got)
	return w.checked(s)
}

// shortened gives the text of a journal whose beginning only is compacted, up
// to the first step that can be undone. The rest is as it was.
func (s *state) shortened(begin record, journal []byte) ([]byte, error) {
	lines := read(journal, 0).lines
	first := len(lines)
	if n := len(s.redo); n > 0 {
		first = slices.IndexFunc(lines, func(l line) bool { return bytes.Equal(l.raw, s.redo[n-1].raw) })
	}
	if len(s.undo) > 0 {
		first = slices.IndexFunc(lines, func(l line) bool { return bytes.Equal(l.raw, s.undo[0].raw) })
	}
	base := newState()
	for _, l := range lines[:max(first, 0)] {
		base.apply(l)
	}
	w := writer{}
	begin.Step, begin.Pin = base.step, base.pins
	w.line(begin)
	w.found(base, base.kept)
	for _, l := range lines[max(first, 0):] {
		w.raw(l.raw)
	}
	return w.checked(s)
}

// checked gives the text, if it amounts to the state.
func (w *writer) checked(s *state) ([]byte, error) {
	if w.err == nil && !alike(s, w.readBack()) {
		w.err = errNotAlike
	}
	return w.b.Bytes(), w.err
}

// clone gives a state that can be changed without changing this one.
func (s *state) clone() *state {
	c := *s
	c.works, c.sums = maps.Clone(s.works), maps.Clone(s.sums)
	c.undo, c.redo, c.kept = slices.Clone(s.undo), slices.Clone(s.redo), slices.Clone(s.kept)
	return &c
}

// alike says whether two states are the same, with all that can be undone.
func alike(a, b *state) bool {
	return a.step == b.step && a.pins == b.pins && len(b.failed) == 0 &&
		len(a.works) == len(b.works) && maps.Equal(a.sums, b.sums) && len(a.kept) == len(b.kept) &&
		(len(a.briefs) == 0 && len(b.briefs) == 0 || reflect.DeepEqual(a.briefs, b.briefs)) &&
		slices.EqualFunc(a.undo, b.undo, sameStep) && slices.EqualFunc(a.redo, b.redo, sameStep) &&
		maps.EqualFunc(a.works, b.works, sameEntry)
}

func sameStep(a, b *step) bool { return bytes.Equal(a.raw, b.raw) }

func sameEntry(a, b *entry) bool {
	return a == b || reflect.DeepEqual(a.Work, b.Work) && slices.Equal(slices.Sorted(slices.Values(a.sums)), slices.Sorted(slices.Values(b.sums)))
}

// writer writes lines one after the other.
type writer struct {
	b   bytes.Buffer
	err error
}

func (w *writer) line(r record) {
	text, err := r.write()
	w.b.Write(text)
	w.err = errors.Join(w.err, err)
}

func (w *writer) raw(line []byte) {
	w.b.Write(line)
	w.b.WriteByte('\n')
}

func (w *writer) readBack() *state {
	st := newState()
	for _, l := range read(w.b.Bytes(), 0).lines {
		st.apply(l)
	}
	return st
}

// found writes the works and briefs of a state, one a line, so that a damaged
// line costs one.
func (w *writer) found(s *state, kept [][]byte) {
	for _, line := range kept {
		w.line(record{V: format, Do: doKept, Line: line})
	}
	for _, key := range slices.Sorted(maps.Keys(s.works)) {
		w.line(record{V: format, Do: doWork, Works: []saved{s.works[key].saved()}})
	}
	for _, b := range s.briefs {
		w.line(record{V: format, Do: doBriefs, Briefs: &[]model.Brief{b}})
	}
}

// saved gives the entry for a line.
func (e *entry) saved() saved {
	s := saved{Work: e.Work}
	if len(e.sums) > 1 || len(e.sums) == 1 && e.sums[0] != e.Sum {
		s.Sums = e.sums
	}
	return s
}

// reading sets right what was read since, where the steps would not come to
// that: it is no part of them.
func (w *writer) reading(s, got *state) {
	for _, key := range slices.Sorted(maps.Keys(s.works)) {
		want, is := s.works[key], got.works[key]
		if is == nil || is.Read == want.Read && samePlace(is.Place, want.Place) {
			continue
		}
		set := *is
		set.Read, set.Place = want.Read, want.Place
		w.line(record{V: format, Do: doWork, Works: []saved{set.saved()}})
	}
}

// Backup writes all of the reader's work and its history as lines of JSON,
// which a person can read. The work comes first, as it is now.
func (d *Desk) Backup(ctx context.Context, to interface{ Write([]byte) (int, error) }) error {
	d.writing.Lock()
	text, err := d.backup(ctx)
	d.writing.Unlock()
	if err == nil {
		_, err = to.Write(text)
	}
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	return nil
}

func (d *Desk) backup(ctx context.Context) ([]byte, error) {
	if d.closed {
		return nil, ErrClosed
	}
	w := writer{}
	r := d.record(doBegin)
	r.Step, r.Program, r.Pin, r.Time = d.st.step, d.program, d.st.pins, d.now().UTC().Truncate(time.Second)
	r.To = len(d.st.works) + len(d.st.briefs) // lines that follow: one that was cut short is found out
	w.line(r)
	w.found(d.st, d.st.kept)
	if d.good == 0 {
		return w.b.Bytes(), w.err // nothing was done yet
	}
	text, err := d.files.read(journalName)
	if err != nil {
		return nil, err
	}
	for _, l := range read(text[:min(int(d.good), len(text))], 0).lines {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if l.Do != doWork && l.Do != doBriefs && l.Do != doKept {
			w.line(record{V: format, Do: doHistory, Line: l.raw})
		}
	}
	return w.b.Bytes(), w.err
}
