package desk

import (
	"slices"
	"strings"
	"time"

	"chancery/model"
)

// join makes one work of two on the same cable. Nothing is lost: the later
// judgement holds, labels are those of both, and of two notes on one paragraph
// both texts are kept. The name is that of the first.
func join(a, b entry) entry {
	if b.Judgement != model.Unjudged && (a.Judgement == model.Unjudged || b.Judged.After(a.Judged)) {
		a.Judgement, a.Judged = b.Judgement, b.Judged
	}
	a.Star = a.Star || b.Star
	a.Read = a.Read || b.Read
	if a.Place == nil {
		a.Place = b.Place
	}
	a.Pins += b.Pins
	for _, l := range b.Labels {
		a.label(&record{Label: l, Yes: true})
	}
	for _, p := range b.Passages {
		for _, l := range p.Labels {
			a.label(&record{Label: l, Yes: true, Spot: &p.Spot})
		}
	}
	a.Notes = joinNotes(a.Notes, b.Notes)
	for _, sum := range b.sums {
		if !slices.Contains(a.sums, sum) {
			a.sums = append(slices.Clone(a.sums), sum)
		}
	}
	if a.Sum == "" {
		a.Sum = b.Sum
	}
	return a
}

// joinNotes makes one list of two. Of two notes in one place the later stands
// first and the earlier below it, with its time, unless the one holds the other.
func joinNotes(a, b []model.Note) []model.Note {
	if len(b) == 0 {
		return a
	}
	out := slices.Clone(a)
	for _, n := range b {
		i := slices.IndexFunc(out, func(o model.Note) bool {
			return o.Spot == n.Spot || o.Spot != nil && n.Spot != nil && same(*o.Spot, *n.Spot, false)
		})
		if i < 0 {
			out = append(out, n)
			continue
		}
		late, early := out[i], n
		if early.When.After(late.When) {
			late, early = early, late
		}
		switch {
		case holds(late.Text, early.Text):
		case holds(early.Text, late.Text):
			late.Text = early.Text
		default:
			late.Text += "\n\n(" + early.When.UTC().Format(time.RFC3339) + ")\n" + early.Text
		}
		out[i] = late
	}
	sortNotes(out)
	return out
}

// holds says whether the lines of one text are in another.
func holds(text, lines string) bool { return strings.Contains("\n"+text+"\n", "\n"+lines+"\n") }
