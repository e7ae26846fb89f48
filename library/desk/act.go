package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"chancery/model"
)

// Do does an act: it is on disk when Do returns. An act that makes no
// difference is not kept, and said to be so.
func (d *Desk) Do(ctx context.Context, a model.Act) (model.Done, error) {
	d.writing.Lock()
	defer d.writing.Unlock()
	if err := d.ready(ctx); err != nil {
		return model.Done{}, err
	}
	r := d.record(a.Do)
	r.On, r.Spot, r.Judgement, r.Yes, r.Label = a.On, a.Spot, a.Judgement, a.Yes, a.Label
	r.Text, r.Mark, r.Brief, r.Pin, r.To = a.Text, a.Mark, a.Brief, a.Pin, a.To
	if a.Do == model.DoPin {
		r.Pin = d.st.pins + 1
	}
	return d.do(r)
}

// record begins the record of something that is done now.
func (d *Desk) record(do model.Deed) record {
	return record{V: format, Step: d.st.step + 1, Time: d.now().UTC().Truncate(time.Millisecond), Reader: d.reader, Do: do}
}

// do writes the record of an act and makes the change. It goes by the record
// as it will be read back, so that memory cannot hold what disk does not.
func (d *Desk) do(r record) (model.Done, error) {
	text, err := r.write()
	if err != nil {
		return model.Done{}, err
	}
	l, ok := parse(bytes.TrimSuffix(text, []byte("\n")), 0)
	if !ok {
		return model.Done{}, fmt.Errorf("a line that cannot be read back: %.100s", text)
	}
	change, err := d.st.plan(&l.record)
	if err != nil {
		return model.Done{}, err
	}
	if !change.changed {
		return d.done(l.sayNothing(d.st.briefs)), nil
	}
	said := l.say(d.st.briefs)
	if err := d.add(text); err != nil {
		return model.Done{}, fmt.Errorf("%s: %w", said, err)
	}
	puts, briefed := change.puts, change.briefed
	d.mu.Lock()
	d.st.commit(change)
	d.st.step = l.Step
	if l.Do != model.DoRead {
		d.st.drop()
		d.st.push(&step{l, *change})
	}
	d.mu.Unlock()
	return d.after(said, puts, briefed), nil
}

// Undo undoes the last n steps; fewer, if there are not so many.
func (d *Desk) Undo(ctx context.Context, n int) (model.Done, error) {
	return d.turn(ctx, n, doUndo)
}

// Redo does the n steps again that were undone last.
func (d *Desk) Redo(ctx context.Context, n int) (model.Done, error) {
	return d.turn(ctx, n, doRedo)
}

// turn undoes steps or does them again, as one line.
func (d *Desk) turn(ctx context.Context, n int, do model.Deed) (model.Done, error) {
	d.writing.Lock()
	defer d.writing.Unlock()
	if err := d.ready(ctx); err != nil {
		return model.Done{}, err
	}
	from, how, none := d.st.undo, "undone", "there is nothing to undo"
	if do == doRedo {
		from, how, none = d.st.redo, "done again", "there is nothing to do again"
	}
	n = min(n, len(from))
	if n <= 0 {
		return d.done(none), nil
	}
	r := d.record(do)
	for i := range n {
		r.Of = append(r.Of, from[len(from)-1-i].Step)
	}
	text, err := r.write()
	if err != nil {
		return model.Done{}, err
	}
	if err := d.add(text); err != nil {
		return model.Done{}, fmt.Errorf("%s: %w", do, err)
	}
	var said []string
	var puts []put
	briefed := false
	d.mu.Lock()
	for range n {
		text, change := d.st.turn(do)
		said, puts, briefed = append(said, text), append(puts, change.puts...), briefed || change.briefed
	}
	d.st.step = r.Step
	d.mu.Unlock()
	return d.after(saySteps(how, said), puts, briefed), nil
}

// turn undoes a step or does it again, and says which. A pin is named while it
// is there.
func (s *state) turn(do model.Deed) (string, *draft) {
	if do == doRedo {
		said := s.redo[len(s.redo)-1].say(s.briefs)
		change, _ := s.again()
		return said, change
	}
	last := s.undo[len(s.undo)-1].record
	change := s.back()
	return last.say(s.briefs), change
}

// done answers an act.
func (d *Desk) done(text string) model.Done {
	return model.Done{Version: d.st.step, Text: text, Undo: len(d.st.undo), Redo: len(d.st.redo)}
}

// after answers an act that changed something, and wakes who waits for that.
func (d *Desk) after(text string, puts []put, briefed bool) model.Done {
	done := d.done(text)
	seen := map[string]bool{}
	for _, p := range puts {
		if seen[p.key] {
			continue
		}
		seen[p.key] = true
		if e := d.st.works[p.key]; e != nil {
			done.Works = append(done.Works, e.Work)
		} else {
			done.Works = append(done.Works, model.Work{Handle: model.HandleOfKey(p.key)})
		}
	}
	if briefed {
		done.Briefs = append([]model.Brief{}, d.st.briefs...)
	}
	d.wake()
	d.compactIfWorth()
	return done
}

// ready sees to it that a line can be added: that we hold the desk, and that
// the journal is as we know it.
func (d *Desk) ready(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case d.closed:
		return ErrClosed
	case d.readOnly:
		return ErrReadOnly
	}
	if d.unlock == nil { // who held it may have gone
		err := d.take()
		d.setHeld(d.why(err))
		if errors.Is(err, ErrHeld) {
			return fmt.Errorf("%w: %s", ErrHeld, d.heldBy())
		}
		if err == nil {
			err = d.load()
		}
		if err == nil {
			err = d.cannot
		}
		if err != nil {
			return notKept(err)
		}
	}
	if d.newer > 0 {
		return fmt.Errorf("%w (format %d)", ErrNewer, d.newer)
	}
	if err := d.check(); err != nil {
		return notKept(err)
	}
	if d.newer > 0 {
		return fmt.Errorf("%w (format %d)", ErrNewer, d.newer)
	}
	return nil
}

// check sees whether the file is still the one we know, and mends what an
// earlier error has left. Programs that keep folders the same on several
// machines put another file in the place of ours, or take it away.
func (d *Desk) check() error {
	info, err := d.files.stat(journalName)
	switch {
	case d.file == nil && errors.Is(err, fs.ErrNotExist):
		return nil // the first line makes it
	case d.file == nil && err == nil:
		return d.load()
	case errors.Is(err, fs.ErrNotExist):
		return d.rescue(journalName)
	case err != nil:
		return err
	}
	ours, err := d.file.Stat()
	if err != nil {
		return err
	}
	if !sameFile(info, ours) {
		name := d.free("journal-replaced-", ".jsonl")
		if err := d.rescue(name); err != nil {
			return err
		}
		d.note("the journal was replaced by another program; ours is beside it: " + name)
		return nil
	}
	if d.torn {
		if err := d.takeBack(); err != nil {
			return err
		}
	} else if len(d.tail) == 0 && info.Size() != d.good {
		return d.load()
	}
	if len(d.tail) > 0 {
		return d.putAside()
	}
	return nil
}

// rescue writes the journal as we have it open under a name, since its own is
// gone, and reads what there is.
func (d *Desk) rescue(name string) error {
	text, err := readFrom(d.file, 0)
	if err == nil {
		err = replace(d.files, name, text[:min(int(d.good), len(text))])
	}
	if err != nil {
		return err
	}
	return d.load()
}

// add adds a line to the journal: it is on disk afterwards, or nothing is.
func (d *Desk) add(text []byte) error {
	made := d.file == nil
	if made {
		f, err := d.files.open(journalName, true)
		if err != nil {
			return notKept(err)
		}
		d.file, d.good, d.lines = f, 0, 0
	}
	whole := text
	switch {
	case d.good == 0:
		r := d.record(doBegin)
		r.Step, r.Program, r.Pin = d.st.step, d.program, d.st.pins
		first, err := r.write()
		if err != nil {
			return err
		}
		whole = append(first, text...)
	case d.unended:
		whole = append([]byte("\n"), text...)
	}
	n, err := d.file.Write(whole)
	if err == nil && n < len(whole) {
		err = io.ErrShortWrite
	}
	if err == nil {
		err = d.file.Sync()
	}
	if err == nil && d.good == 0 {
		err = d.files.sync()
	}
	if err != nil {
		d.torn = true
		if later := d.takeBack(); later != nil {
			return fmt.Errorf("%w: %w (and the rest of the line is still in the file, until the next act: %w)", ErrNotKept, err, later)
		}
		return notKept(err)
	}
	d.good += int64(len(whole))
	d.lines += bytes.Count(whole, []byte("\n"))
	d.last, d.unended = bytes.Clone(text), false
	return nil
}

// takeBack takes away what was written of a line that was not kept, so that
// the next cannot be glued to it.
func (d *Desk) takeBack() error {
	if err := d.file.Truncate(d.good); err != nil {
		return err
	}
	if err := d.file.Sync(); err != nil {
		return err
	}
	d.torn = false
	return nil
}
