package desk

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chancery/model"
)

// sensible says what is wrong with an act whatever the state.
func sensible(r *record) error {
	one := r.Do == model.DoNote || r.Do == model.DoPin || r.Do == model.DoLabel && r.Spot != nil
	many := r.Do == model.DoJudge || r.Do == model.DoStar || r.Do == model.DoRead || r.Do == model.DoLabel
	for _, h := range r.On {
		if h == (model.Handle{}) {
			return errors.New("a cable without a name")
		}
	}
	switch {
	case one && len(r.On) != 1:
		return fmt.Errorf("%s: of one cable, not of %d", r.Do, len(r.On))
	case many && len(r.On) == 0:
		return fmt.Errorf("%s: there is no cable", r.Do)
	case r.Do == model.DoJudge && !slices.Contains([]model.Judgement{model.Unjudged, model.Relevant, model.Irrelevant, model.Later}, r.Judgement):
		return fmt.Errorf("%q is no judgement", r.Judgement)
	case r.Do == model.DoLabel && r.Label == "":
		return errors.New("a label without a name")
	case (r.Do == model.DoPin || r.Do == model.DoBrief) && r.Brief == "":
		return errors.New("a brief without a name")
	case r.Do == model.DoPin && r.Spot == nil:
		return errors.New("which paragraph is to be pinned?")
	case strings.ContainsFunc(r.Label+r.Brief, control):
		return errors.New("a name of one line, please")
	case r.Do == model.DoBrief && strings.ContainsFunc(r.Text, control):
		return errors.New("a name of one line, please")
	}
	return nil
}

func control(c rune) bool { return c < ' ' || c == 0x7f }

// mark does what is done to cables, one or many. A cable to which it makes no
// difference is left alone.
func (d *draft) mark(r *record) {
	for _, h := range r.On {
		e := d.find(h)
		if !e.mark(r) {
			continue
		}
		d.changed = true
		if r.Do == model.DoRead { // no step of undo, so it does not move work to another name
			d.read(h, r)
			continue
		}
		key, e := d.claim(h)
		e.mark(r)
		d.set(key, &e)
	}
}

// read marks as read where there is work already, or else under the own name.
func (d *draft) read(h model.Handle, r *record) {
	e := d.find(h)
	if len(e.sums) == 0 && e.Sum != "" {
		e.sums = []string{e.Sum}
	}
	e.mark(r)
	d.set(e.Key(), &e)
}

// mark does it to one, and says whether that makes a difference.
func (e *entry) mark(r *record) bool {
	switch r.Do {
	case model.DoJudge:
		return e.judge(r)
	case model.DoStar:
		was := e.Star
		e.Star = r.Yes
		return was != r.Yes
	case model.DoRead:
		same := e.Read == r.Yes && (r.Spot == nil || samePlace(e.Place, r.Spot))
		e.Read = r.Yes
		if r.Spot != nil {
			e.Place = r.Spot
		}
		return !same
	case model.DoLabel:
		return e.label(r)
	}
	return e.note(r)
}

func (e *entry) judge(r *record) bool {
	was := e.Judgement
	e.Judgement, e.Judged = r.Judgement, r.Time
	if r.Judgement == model.Unjudged {
		e.Judged = time.Time{}
	}
	return was != r.Judgement
}

func (e *entry) label(r *record) bool {
	if r.Spot == nil {
		labels, changed := withLabel(e.Labels, r.Label, r.Yes)
		e.Labels = labels
		return changed
	}
	i := slices.IndexFunc(e.Passages, func(p model.Passage) bool { return same(p.Spot, *r.Spot, !r.Yes) && slices.Contains(p.Labels, r.Label) })
	if i < 0 {
		i = slices.IndexFunc(e.Passages, func(p model.Passage) bool { return same(p.Spot, *r.Spot, !r.Yes) })
	}
	e.Passages = slices.Clone(e.Passages)
	if i < 0 {
		e.Passages = append(e.Passages, model.Passage{Spot: *r.Spot})
		i = len(e.Passages) - 1
	}
	labels, changed := withLabel(e.Passages[i].Labels, r.Label, r.Yes)
	e.Passages[i].Labels = labels
	e.Passages = slices.DeleteFunc(e.Passages, func(p model.Passage) bool { return len(p.Labels) == 0 })
	if len(e.Passages) == 0 {
		e.Passages = nil
	}
	slices.SortStableFunc(e.Passages, func(a, b model.Passage) int { return cmp.Compare(a.Spot.Block, b.Spot.Block) })
	return changed
}

// withLabel gives a sorted list with a label, or without it.
func withLabel(list []string, label string, yes bool) ([]string, bool) {
	i, has := slices.BinarySearch(list, label)
	switch {
	case has == yes:
		return list, false
	case yes:
		return slices.Insert(slices.Clone(list), i, label), true
	case len(list) == 1:
		return nil, true
	}
	return slices.Delete(slices.Clone(list), i, i+1), true
}

func (e *entry) note(r *record) bool {
	text := strings.TrimSpace(r.Text)
	i := slices.IndexFunc(e.Notes, func(n model.Note) bool {
		if n.Spot == nil || r.Spot == nil {
			return n.Spot == r.Spot
		}
		return same(*n.Spot, *r.Spot, text == "")
	})
	if i < 0 && text == "" || i >= 0 && e.Notes[i].Text == text {
		return false
	}
	e.Notes = slices.Clone(e.Notes)
	switch {
	case text == "":
		e.Notes = slices.Delete(e.Notes, i, i+1)
	case i >= 0:
		e.Notes[i].Text, e.Notes[i].When = text, r.Time
	default:
		e.Notes = append(e.Notes, model.Note{Spot: r.Spot, Text: text, When: r.Time})
	}
	if len(e.Notes) == 0 {
		e.Notes = nil
	}
	sortNotes(e.Notes)
	return true
}

// sortNotes puts that of the cable first, then by place.
func sortNotes(notes []model.Note) {
	place := func(n model.Note) int {
		if n.Spot == nil {
			return -1
		}
		return n.Spot.Block
	}
	slices.SortStableFunc(notes, func(a, b model.Note) int { return cmp.Compare(place(a), place(b)) })
}

// same says whether two spots are one paragraph: by text and number, or by
// place and number if the text of one is not known. Something is taken away
// from a paragraph whose number alone is the same, too: the text of another
// copy may differ. Nothing is added by the number alone, since some cables
// number the paragraphs of each part from 1.
func same(a, b model.Spot, loose bool) bool {
	switch {
	case a == b:
		return true
	case a.Number != b.Number:
		return false
	case a.Sum != "" && b.Sum != "" && a.Sum == b.Sum:
		return a.Number != "" || a.Block == b.Block || loose
	case a.Sum != "" && b.Sum != "":
		return loose && a.Number != ""
	}
	return a.Block == b.Block || loose && a.Number != ""
}
