package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"chancery/model"
)

// load reads the journal anew, whatever we knew of it.
func (d *Desk) load() error {
	var notices []string
	if err := d.shut(); err != nil {
		return err
	}
	text, err := d.files.read(journalName)
	if errors.Is(err, fs.ErrNotExist) {
		text, err = d.older(&notices)
	}
	if err != nil {
		return err
	}
	r := read(text, 0)
	d.good, d.lines, d.unended, d.torn, d.tail = int64(r.whole), r.count, false, false, nil
	if len(r.tail) > 0 {
		d.end(&r, &notices)
	}
	d.newer = r.newer()
	d.base = r.base()
	d.last = lastLine(text[:d.good])
	d.damaged = nil
	for _, bad := range r.damaged {
		d.damaged = append(d.damaged, bytes.Clone(bad.raw))
	}
	st := newState()
	for _, l := range r.lines {
		st.apply(l)
	}
	if d.newer > 0 {
		d.setHeld(fmt.Sprintf("written by a newer chancery (in format %d)", d.newer))
	}
	for _, n := range []string{r.notice(), st.notice(), d.copies()} {
		if n != "" {
			notices = append(notices, n)
		}
	}
	if err := d.reopen(); err != nil {
		return err
	}
	d.mu.Lock()
	d.st, d.notices = st, notices
	d.mu.Unlock()
	d.wake()
	return nil
}

// older gives the journal before the last compaction, since there is no other:
// somebody took that away.
func (d *Desk) older(notices *[]string) ([]byte, error) {
	text, err := d.files.read(oldName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // nothing was done yet
	}
	if err == nil && d.unlock != nil {
		err = replace(d.files, journalName, text)
	}
	*notices = append(*notices, "the journal was gone; the one before it was taken, which does not have what was done last")
	return text, err
}

// end looks at what stands after the last end of line. A whole line that lacks
// nothing but that is one; anything else was being written when the program
// was killed.
func (d *Desk) end(r *reading, notices *[]string) {
	if l, ok := parse(r.tail, r.count+1); ok {
		r.lines = append(r.lines, l)
		d.good += int64(len(r.tail))
		d.lines++
		d.unended = true
		return
	}
	d.tail = bytes.Clone(r.tail)
	if d.unlock != nil { // else it may be one that is being written now
		*notices = append(*notices, "the last line of the journal was not whole and was left out; it is kept beside it")
	}
}

// reopen opens the journal to be added to, if we hold the desk and may, and
// puts aside the rest of a line that was being written. If it may not be
// written, the desk is left to others.
func (d *Desk) reopen() error {
	d.seen, d.cannot = nil, nil
	info, err := d.files.stat(journalName)
	if err == nil {
		d.seen = info
	}
	if d.unlock == nil || d.newer == 0 && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if d.newer > 0 {
		return d.leave()
	}
	if d.file, err = d.files.open(journalName, true); err != nil {
		d.file, d.cannot = nil, err
		d.setHeld(d.why(err))
		return d.leave()
	}
	if len(d.tail) > 0 {
		_ = d.putAside() // else before the next act
	}
	return nil
}

// putAside moves what is no line from the end of the journal to a file.
func (d *Desk) putAside() error {
	if err := d.aside(d.tail); err != nil {
		return fmt.Errorf("put aside a broken line: %w", err)
	}
	d.tail, d.torn = nil, true
	return d.takeBack()
}

// aside keeps bytes in a file of their own.
func (d *Desk) aside(text []byte) error {
	return replace(d.files, d.free("broken-", ".txt"), text)
}

// free gives a name that no file has.
func (d *Desk) free(begin, end string) string {
	name := begin + d.now().UTC().Format("20060102T150405Z")
	for n := 1; ; n++ {
		whole := name + end
		if n > 1 {
			whole = fmt.Sprintf("%s-%d%s", name, n, end)
		}
		if _, err := d.files.stat(whole); errors.Is(err, fs.ErrNotExist) || n > 1000 {
			return whole
		}
	}
}

// note adds to what the reader should be told.
func (d *Desk) note(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !slices.Contains(d.notices, text) {
		d.notices = append(slices.Clip(d.notices), text)
	}
}

// notice says which lines made no sense, for a person.
func (s *state) notice() string {
	if len(s.failed) == 0 {
		return ""
	}
	return fmt.Sprintf("%d lines of the journal make no sense after those that are damaged (the first is line %d)", len(s.failed), s.failed[0])
}

// lastLine gives the last line of a text of whole lines.
func lastLine(text []byte) []byte {
	return bytes.Clone(text[bytes.LastIndexByte(bytes.TrimSuffix(text, []byte("\n")), '\n')+1:])
}

// copies tells of copies of the journal that a program made which keeps
// folders the same on several machines.
func (d *Desk) copies() string {
	names, err := d.Conflicts()
	if err != nil || len(names) == 0 {
		return ""
	}
	return copiesBegin + strings.Join(names, ", ")
}

const copiesBegin = "there is another copy of the journal, which can be merged: "

// Conflicts gives the names of copies of the journal in the folder that hold
// what was done elsewhere at the same time. Merge takes them in.
func (d *Desk) Conflicts() ([]string, error) {
	all, err := d.files.names()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var copies []string
	for _, name := range all {
		if strings.HasPrefix(name, "journal") && strings.Contains(name, ".jsonl") && !strings.HasPrefix(name, "journal.old") && !strings.HasSuffix(name, ".new") && name != journalName {
			copies = append(copies, name)
		}
	}
	slices.Sort(copies)
	return copies, err
}

// often is how often we look whether another process has written.
const often = 500 * time.Millisecond

// Changed waits until the version is another than the one given, or the desk
// changes hands, and gives the state then. It sees what another process wrote.
func (d *Desk) Changed(ctx context.Context, after int) (model.DeskState, error) {
	t := time.NewTicker(often)
	defer t.Stop()
	d.mu.RLock()
	held := d.held
	d.mu.RUnlock()
	for {
		if err := d.follow(); err != nil {
			return model.DeskState{}, err
		}
		d.mu.RLock()
		version, by, wait := d.st.step, d.held, d.changed
		d.mu.RUnlock()
		if version != after || by != held {
			return d.state(), nil
		}
		select {
		case <-ctx.Done():
			return model.DeskState{}, ctx.Err()
		case <-wait:
		case <-t.C:
		}
	}
}

// patience is how often we look whether who held the desk has gone.
const patience = 2 * time.Second

// retake takes the desk if who held it has gone.
func (d *Desk) retake() bool {
	if d.readOnly || d.newer > 0 || time.Since(d.asked) < patience {
		return false
	}
	err := d.take()
	d.setHeld(d.why(err))
	return err == nil
}

// follow takes in what another process has written to the journal since.
func (d *Desk) follow() error {
	d.writing.Lock()
	defer d.writing.Unlock()
	if d.closed {
		return ErrClosed
	}
	if d.unlock == nil && d.retake() {
		return d.load()
	}
	if d.unlock != nil {
		return nil // nobody else writes
	}
	info, err := d.files.stat(journalName)
	switch {
	case errors.Is(err, fs.ErrNotExist) && d.seen == nil:
		return nil
	case err != nil:
		return d.load()
	case d.seen != nil && sameFile(info, d.seen) && info.Size() == d.seen.Size() && info.ModTime().Equal(d.seen.ModTime()):
		return nil
	case d.seen == nil || !sameFile(info, d.seen) || info.Size() < d.good || d.unended:
		return d.load()
	}
	f, err := d.files.open(journalName, false)
	if err != nil {
		return d.load()
	}
	defer f.Close()
	text, err := readFrom(f, d.good-int64(len(d.last)))
	if err != nil || !bytes.HasPrefix(text, d.last) {
		return d.load()
	}
	r := read(text[len(d.last):], d.lines)
	if len(r.damaged) > 0 || r.newer() > 0 {
		return d.load()
	}
	d.seen = info
	if r.whole == 0 {
		return nil
	}
	d.good, d.lines, d.last = d.good+int64(r.whole), r.count, lastLine(text[:len(d.last)+r.whole])
	d.mu.Lock()
	for _, l := range r.lines {
		d.st.apply(l)
	}
	d.mu.Unlock()
	d.wake()
	return nil
}
