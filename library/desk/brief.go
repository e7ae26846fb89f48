package desk

import (
	"fmt"
	"slices"

	"chancery/model"
)

// pin adds a paragraph to a brief, which is begun if there is none of the name.
func (d *draft) pin(r *record) error {
	key, e := d.claim(r.On[0])
	e.Pins++
	d.set(key, &e)
	pin := model.Pin{N: r.Pin, Handle: model.Handle{ID: e.ID, Sum: r.On[0].Sum}, Spot: *r.Spot, Mark: r.Mark, Text: r.Text}
	if pin.Sum == "" {
		pin.Sum = e.Sum
	}
	d.pins = max(d.pins, r.Pin)
	d.changed = true
	briefs := slices.Clone(d.briefs)
	i := named(briefs, r.Brief)
	if i < 0 {
		i = len(briefs)
		briefs = append(briefs, model.Brief{Name: r.Brief})
	}
	briefs[i].Pins = append(slices.Clone(briefs[i].Pins), pin)
	d.setBriefs(briefs)
	return nil
}

// arrange takes a pin away, moves it or comments on it.
func (d *draft) arrange(r *record) error {
	briefs := slices.Clone(d.briefs)
	b, i := pinned(briefs, r.Pin)
	if b < 0 {
		return fmt.Errorf("there is no pin %d", r.Pin)
	}
	pins := slices.Clone(briefs[b].Pins)
	pin := pins[i]
	switch r.Do {
	case model.DoUnpin:
		pins = slices.Delete(pins, i, i+1)
		d.unpin(pin)
		d.changed = true
	case model.DoMove:
		to := min(max(r.To, 0), len(pins)-1)
		pins = slices.Insert(slices.Delete(pins, i, i+1), to, pin)
		d.changed = to != i
	case model.DoComment:
		pins[i].Comment = r.Text
		d.changed = pin.Comment != r.Text
	}
	if len(pins) == 0 {
		pins = nil
	}
	briefs[b].Pins = pins
	d.setBriefs(briefs)
	return nil
}

// brief begins one, gives it another name or takes it away.
func (d *draft) brief(r *record) error {
	briefs := slices.Clone(d.briefs)
	i := named(briefs, r.Brief)
	switch {
	case r.Text != "" && i < 0, r.Text == "" && !r.Yes && i < 0:
		return fmt.Errorf("there is no brief %q", r.Brief)
	case r.Text == r.Brief:
		return nil
	case r.Text != "" && named(briefs, r.Text) >= 0:
		return fmt.Errorf("there is a brief %q already", r.Text)
	case r.Text != "":
		briefs[i].Name = r.Text
	case r.Yes && i >= 0:
		return nil
	case r.Yes:
		briefs = append(briefs, model.Brief{Name: r.Brief})
	default:
		for _, p := range briefs[i].Pins {
			d.unpin(p)
		}
		briefs = slices.Delete(briefs, i, i+1)
	}
	if len(briefs) == 0 {
		briefs = nil
	}
	d.setBriefs(briefs)
	d.changed = true
	return nil
}

// unpin counts a pin less on its cable.
func (d *draft) unpin(p model.Pin) {
	e := d.find(p.Handle)
	if e.Pins > 0 {
		e.Pins--
		d.set(e.Key(), &e)
	}
}

// rename gives the pins of a cable its new name.
func (d *draft) rename(old, now model.Handle) {
	var briefs []model.Brief
	for b, brief := range d.briefs {
		for i, p := range brief.Pins {
			if p.Key() != old.Key() {
				continue
			}
			if briefs == nil {
				briefs = slices.Clone(d.briefs)
				for x := range briefs {
					briefs[x].Pins = slices.Clone(briefs[x].Pins)
				}
			}
			briefs[b].Pins[i].Handle = now
		}
	}
	if briefs != nil {
		d.setBriefs(briefs)
	}
}

// named gives the place of a brief; -1 if there is none of the name.
func named(briefs []model.Brief, name string) int {
	return slices.IndexFunc(briefs, func(b model.Brief) bool { return b.Name == name })
}

// pinned gives the brief of a pin and its place there; -1 if there is none.
func pinned(briefs []model.Brief, n int) (int, int) {
	for b := range briefs {
		for i, p := range briefs[b].Pins {
			if p.N == n {
				return b, i
			}
		}
	}
	return -1, -1
}
