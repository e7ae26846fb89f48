package desk

import (
	"fmt"
	"strings"

	"chancery/model"
)

// say gives what an act did, as a sentence to be shown.
func (r *record) say(briefs []model.Brief) string {
	on := naming(r.On, r.Spot)
	removed := r.Text == ""
	switch r.Do {
	case model.DoJudge:
		return sayJudgement(r.Judgement) + ": " + on
	case model.DoStar:
		return choose(r.Yes, "starred: ", "star taken away: ") + on
	case model.DoRead:
		return choose(r.Yes, "marked as read: ", "marked as unread: ") + naming(r.On, nil)
	case model.DoLabel:
		return choose(r.Yes, "labelled", "label taken away") + fmt.Sprintf(" %q: ", r.Label) + on
	case model.DoNote:
		return choose(removed, "note taken away: ", "noted: ") + on
	case model.DoPin:
		return fmt.Sprintf("pinned to %q: %s", r.Brief, on)
	case model.DoUnpin:
		return "unpinned: " + namingPin(briefs, r.Pin)
	case model.DoMove:
		return fmt.Sprintf("moved to place %d: %s", r.To+1, namingPin(briefs, r.Pin))
	case model.DoComment:
		return choose(removed, "comment taken away: ", "commented: ") + namingPin(briefs, r.Pin)
	case model.DoBrief:
		return sayBrief(r)
	case doMerge:
		return "merged: " + r.From
	case doRestore:
		return "restored: " + r.From
	}
	return string(r.Do)
}

func sayJudgement(j model.Judgement) string {
	switch j {
	case model.Relevant:
		return "judged relevant"
	case model.Irrelevant:
		return "judged not relevant"
	case model.Later:
		return "judged later"
	}
	return "judgement taken back"
}

func sayBrief(r *record) string {
	switch {
	case r.Text != "":
		return fmt.Sprintf("brief %q is now %q", r.Brief, r.Text)
	case r.Yes:
		return fmt.Sprintf("began the brief %q", r.Brief)
	}
	return fmt.Sprintf("brief taken away: %q", r.Brief)
}

func choose(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// naming names cables: one by its id, many by their number.
func naming(on []model.Handle, spot *model.Spot) string {
	if len(on) != 1 {
		return model.Thousands(len(on)) + " cables"
	}
	name := on[0].ID
	if name == "" {
		name = "cable without number " + on[0].Sum[:min(8, len(on[0].Sum))]
	}
	switch {
	case spot == nil:
		return name
	case spot.Number == "":
		return "a paragraph of " + name
	}
	return "paragraph " + spot.Number + " of " + name
}

// namingPin names the paragraph of a pin.
func namingPin(briefs []model.Brief, n int) string {
	if b, i := pinned(briefs, n); b >= 0 {
		p := briefs[b].Pins[i]
		return naming([]model.Handle{p.Handle}, &p.Spot)
	}
	return fmt.Sprintf("pin %d", n)
}

// sayNothing is said when an act made no difference.
func (r *record) sayNothing(briefs []model.Brief) string {
	text := r.say(briefs)
	if strings.HasPrefix(text, "judged ") || strings.HasPrefix(text, "starred") || strings.HasPrefix(text, "labelled") || strings.HasPrefix(text, "marked ") {
		return "already " + text
	}
	return "nothing to change: " + text
}

// saySteps tells of steps that were undone or done again.
func saySteps(how string, said []string) string {
	if len(said) == 1 {
		return how + ": " + said[0]
	}
	return fmt.Sprintf("%s: %d steps, the last: %s", how, len(said), said[len(said)-1])
}
