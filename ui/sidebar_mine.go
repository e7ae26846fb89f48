package ui

import (
	"strconv"

	"chancery/model"
	"chancery/model/query"
	"chancery/model/safe"
	"chancery/themes"
)

// groupMine is the group of the sidebar that says what the reader did with the
// cable.
const groupMine = "MINE"

// remember takes what the reader did with the cable shown.
func (s *sidebar) remember(w model.Work, briefs []model.Brief) {
	if s.c == nil {
		return
	}
	s.keeping(func() {
		s.mine = mineFields(s.c, w, briefs)
		s.gather()
	})
	s.draw()
	s.follow()
}

// withMine sets the fields of the reader's own behind those of what the cable
// says of others, before those of its text and source.
func withMine(fields, own []field) []field {
	if len(own) == 0 {
		return fields
	}
	at := len(fields)
	for i, f := range fields {
		if f.group == groupText || f.group == groupSource {
			at = i
			break
		}
	}
	out := append(make([]field, 0, len(fields)+len(own)), fields[:at]...)
	return append(append(out, own...), fields[at:]...)
}

// mineFields are the fields of the reader's own work on a cable.
func mineFields(c *model.Cable, w model.Work, briefs []model.Brief) []field {
	var out []field
	add := func(name, value, note, term string, spot *model.Spot) {
		f := field{group: groupMine, name: name, value: safe.Line(value), note: note, role: themes.Value, term: term}
		if spot != nil {
			f.note, f.para = "("+spotWords(*spot)+")", 0
			if b, ok := c.FindSpot(*spot); ok {
				f.note, f.para = "("+paraWords(c, b)+")", b+1
			}
		}
		out = append(out, f)
	}
	if w.Judgement != model.Unjudged {
		add("Judged", w.Judgement.Sign()+" "+judgedWord(w.Judgement), "", "is:"+string(w.Judgement), nil)
	}
	if w.Star {
		add("Star", "starred", "", "is:starred", nil)
	}
	for _, l := range w.Labels {
		add("Label", l, "", "label:"+query.Quote(l), nil)
	}
	for _, p := range w.Passages {
		for _, l := range p.Labels {
			add("Label", l, "", "label:"+query.Quote(l), &p.Spot)
		}
	}
	for _, n := range w.Notes {
		add("Note", clip(safe.Line(n.Text), noteShown), "", "", n.Spot)
	}
	for _, b := range briefs {
		for i, p := range b.Pins {
			if p.Key() == w.Key() {
				add("Pinned", "item "+strconv.Itoa(i+1)+" of "+b.Name, "", "", &p.Spot)
			}
		}
	}
	return out
}

// noteShown is how much of a note the sidebar shows, in cells.
const noteShown = 240

// judgedWord is a judgement in words.
func judgedWord(j model.Judgement) string {
	if j == model.Irrelevant {
		return "not relevant"
	}
	return string(j)
}
