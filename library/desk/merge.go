package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"chancery/model"
)

// Merge takes in a copy of the journal, one of Conflicts, that was written
// elsewhere at the same time. What only one of the two has changed since they
// parted is as that one has it; of two judgements the later holds and the
// earlier is told and kept in the journal; of two notes on a paragraph both
// texts are kept. With dry it only says what would change. It is one step and
// can be undone. The copy is kept under another name.
func (d *Desk) Merge(ctx context.Context, name string, dry bool) (Difference, error) {
	d.writing.Lock()
	defer d.writing.Unlock()
	if !dry {
		if err := d.ready(ctx); err != nil {
			return Difference{}, err
		}
	}
	known, err := d.Conflicts()
	if err == nil && !slices.Contains(known, name) {
		err = errors.New("it is no copy of the journal")
	}
	var text, ours []byte
	if err == nil {
		text, err = d.files.read(name)
	}
	if err == nil && d.good > 0 {
		ours, err = d.files.read(journalName)
	}
	if err != nil {
		return Difference{}, fmt.Errorf("merge %s: %w", name, err)
	}
	there, diff, err := foreign(bytes.NewReader(text))
	if err != nil {
		return Difference{}, fmt.Errorf("merge %s: %w", name, err)
	}
	r := d.record(doMerge)
	r.From = name
	three := merging{base: parted(ours, text), d: d.st.draft(), there: there, diff: &diff}
	three.merge(&r)
	if diff, err = d.change(r, diff, dry); err != nil || dry {
		return diff, err
	}
	if diff.Done.Text == "" {
		diff.Done = d.done("nothing to merge: " + name)
	}
	now := d.free("merged-", "-"+name)
	if err := d.files.rename(name, now); err == nil {
		_ = d.files.sync() // if that is lost, the copy is told of once more
		d.retell()
	}
	return diff, nil
}

// retell tells of the copies that there are now.
func (d *Desk) retell() {
	d.mu.Lock()
	d.notices = slices.DeleteFunc(slices.Clone(d.notices), func(n string) bool { return strings.HasPrefix(n, copiesBegin) })
	d.mu.Unlock()
	if text := d.copies(); text != "" {
		d.note(text)
	}
	d.wake()
}

// parted gives the state in which two journals parted: what the lines amount
// to that both begin with.
func parted(a, b []byte) *state {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	st := newState()
	for _, l := range read(a[:bytes.LastIndexByte(a[:n], '\n')+1], 0).lines {
		st.apply(l)
	}
	return st
}

// merging is a merge of three: what there was, what is here, what is there.
type merging struct {
	base  *state
	d     *draft // of what is here
	there *state
	diff  *Difference
}

// merge fills in what changes.
func (m *merging) merge(r *record) {
	before := m.base.draft()
	for _, theirs := range slices.Sorted(maps.Keys(m.there.works)) {
		e := m.there.works[theirs]
		key, own := m.d.claim(e.Handle)
		was := before.find(e.Handle)
		m.d.set(key, m.work(was, own, *e))
	}
	for key, was := range m.base.works { // taken away there
		if m.there.works[key] == nil {
			if own := m.d.get(key); own != nil {
				m.d.set(key, m.work(*was, *own, entry{Work: model.Work{Handle: was.Handle}}))
			}
		}
	}
	m.briefs()
	m.count()
	for _, p := range m.d.puts {
		switch {
		case p.now == nil && p.old != nil:
			r.Gone = append(r.Gone, model.HandleOfKey(p.key))
		case p.now != nil && (p.old == nil || !sameEntry(p.now, p.old)):
			r.Works = append(r.Works, p.now.saved())
		}
	}
	if !sameBriefs(m.d.briefs, m.d.st.briefs) {
		r.Briefs = &m.d.briefs
		m.diff.Briefs = compareBriefs(m.d.st.briefs, m.d.briefs)
	}
	r.Pin = max(m.d.pins, m.there.pins)
	for _, o := range m.diff.Overruled {
		r.Overruled = append(r.Overruled, overruled{o.Handle, o.Was, o.When})
	}
}

// work merges one: what they have changed since we parted is changed here.
func (m *merging) work(base, own, there entry) *entry {
	m.judgement(&base, &own, &there)
	if there.Star != base.Star {
		own.Star = there.Star
	}
	own.Read = own.Read || there.Read
	if own.Place == nil {
		own.Place = there.Place
	}
	for _, yes := range []bool{false, true} {
		from, to := &there, &base
		if yes {
			from, to = to, from
		}
		for _, l := range to.Labels { // in the one and not in the other
			if !slices.Contains(from.Labels, l) {
				own.label(&record{Label: l, Yes: yes})
			}
		}
		for _, p := range to.Passages {
			for _, l := range p.Labels {
				if !from.labelled(p.Spot, l) {
					own.label(&record{Label: l, Yes: yes, Spot: &p.Spot})
				}
			}
		}
	}
	m.notes(&base, &own, &there)
	for _, sum := range there.sums {
		if to := m.d.home(sum); !slices.Contains(own.sums, sum) && (to == "" || to == own.Key()) {
			own.sums = append(slices.Clone(own.sums), sum)
		}
	}
	return &own
}

// judgement: if both have judged since, then the later holds.
func (m *merging) judgement(base, own, there *entry) {
	changed := func(e *entry) bool { return e.Judgement != base.Judgement || !e.Judged.Equal(base.Judged) }
	if !changed(there) {
		return
	}
	late, early := there, own
	if changed(own) && (there.Judgement == model.Unjudged || own.Judged.After(there.Judged)) {
		late, early = own, there
	}
	if changed(own) && late.Judgement != early.Judgement && early.Judgement != model.Unjudged {
		m.diff.Overruled = append(m.diff.Overruled, Overruled{own.Handle, early.Judgement, early.Judged, late.Judgement, late.Judged})
	}
	own.Judgement, own.Judged = late.Judgement, late.Judged
}

// labelled says whether a paragraph has a label.
func (e *entry) labelled(s model.Spot, label string) bool {
	return slices.ContainsFunc(e.Passages, func(p model.Passage) bool { return same(p.Spot, s, false) && slices.Contains(p.Labels, label) })
}

// noteAt gives the note in a place; nil if there is none.
func (e *entry) noteAt(s *model.Spot) *model.Note {
	for i, n := range e.Notes {
		if n.Spot == nil && s == nil || n.Spot != nil && s != nil && same(*n.Spot, *s, false) {
			return &e.Notes[i]
		}
	}
	return nil
}

func (m *merging) notes(base, own, there *entry) {
	text := func(n *model.Note) string {
		if n == nil {
			return ""
		}
		return n.Text
	}
	for _, n := range there.Notes {
		was, is := text(base.noteAt(n.Spot)), text(own.noteAt(n.Spot))
		switch {
		case n.Text == was: // as it was
		case is == was:
			own.note(&record{Spot: n.Spot, Text: n.Text, Time: n.When})
		default:
			own.Notes = joinNotes(own.Notes, []model.Note{n})
		}
	}
	for _, n := range base.Notes {
		if there.noteAt(n.Spot) == nil && text(own.noteAt(n.Spot)) == n.Text {
			own.note(&record{Spot: n.Spot})
		}
	}
}

// briefs merges those of there: pins that came, went or were commented on.
// Their order is ours.
func (m *merging) briefs() {
	briefs := slices.Clone(m.d.briefs)
	for b := range briefs {
		briefs[b].Pins = slices.Clone(briefs[b].Pins)
	}
	m.d.pins = max(m.d.pins, m.there.pins)
	for _, theirs := range m.there.briefs {
		i := named(briefs, theirs.Name)
		if i < 0 {
			if was := named(m.base.briefs, theirs.Name); was >= 0 && reflect.DeepEqual(m.base.briefs[was], theirs) {
				continue // taken away here, not touched there
			}
			briefs = append(briefs, model.Brief{Name: theirs.Name})
			i = len(briefs) - 1
		}
		for _, p := range theirs.Pins {
			m.pin(briefs, i, p)
		}
	}
	for _, b := range m.base.briefs { // unpinned there
		for _, p := range b.Pins {
			if x, y := samePin(m.there.briefs, p); x < 0 && y < 0 {
				if x, y = samePin(briefs, p); x >= 0 && briefs[x].Pins[y].Comment == p.Comment {
					briefs[x].Pins = slices.Delete(briefs[x].Pins, y, y+1)
				}
			}
		}
	}
	for b := range briefs {
		if len(briefs[b].Pins) == 0 {
			briefs[b].Pins = nil
		}
	}
	m.d.setBriefs(briefs)
}

// pin merges a pin of theirs.
func (m *merging) pin(briefs []model.Brief, to int, p model.Pin) {
	x, y := samePin(m.base.briefs, p)
	comment := ""
	if x >= 0 {
		comment = m.base.briefs[x].Pins[y].Comment
	}
	if b, i := samePin(briefs, p); b >= 0 {
		own := &briefs[b].Pins[i]
		switch {
		case p.Comment == comment || p.Comment == own.Comment:
		case own.Comment == comment:
			own.Comment = p.Comment
		default:
			own.Comment += "\n\n" + p.Comment
		}
		return
	}
	if x >= 0 && p.Comment == comment {
		return // unpinned here, not touched there
	}
	if b, _ := pinned(briefs, p.N); b >= 0 || x >= 0 {
		m.d.pins++
		p.N = m.d.pins
	}
	briefs[to].Pins = append(briefs[to].Pins, p)
}

// samePin gives the brief and place of a pin that is the same but for its
// comment; -1 if there is none.
func samePin(briefs []model.Brief, p model.Pin) (int, int) {
	b, i := pinned(briefs, p.N)
	if b >= 0 {
		if o := briefs[b].Pins[i]; o.Key() != p.Key() || o.Spot != p.Spot || o.Text != p.Text {
			return -1, -1
		}
	}
	return b, i
}

// count sets how many pins each cable has.
func (m *merging) count() {
	pins := map[string]int{}
	for _, b := range m.d.briefs {
		for _, p := range b.Pins {
			key, e := m.d.claim(p.Handle)
			pins[key]++
			if e.Pins == 0 { // so that there is an entry
				e.Pins = 1
				m.d.set(key, &e)
			}
		}
	}
	keys := slices.Collect(maps.Keys(m.d.st.works))
	for _, p := range m.d.puts {
		keys = append(keys, p.key)
	}
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		if e := m.d.get(key); e != nil && e.Pins != pins[key] {
			set := *e
			set.Pins = pins[key]
			m.d.set(key, &set)
		}
	}
}
