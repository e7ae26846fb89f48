package export

import (
	"strings"
	"time"

	"chancery/model"
	"chancery/model/glossary"
	"chancery/model/safe"
)

// party is a sender or addressee as citations name it.
type party struct {
	name  string // Embassy Astana, Department of State
	short string // Astana, State
	ours  bool   // an office of the United States that "US" may stand before
}

// offices are what an address calls a post, longer words before those they
// begin with.
var offices = []struct{ word, name string }{
	{"AMEMBASSY", "Embassy"},
	{"AMEMB", "Embassy"},
	{"AMCONGEN", "Consulate General"},
	{"AMCONSULATE", "Consulate"},
	{"AMCONSUL", "Consulate"},
	{"USMISSION", "Mission"},
	{"USDELEGATION", "Delegation"},
	{"USDEL", "Delegation"},
	{"USINT", "Interests Section"},
	{"USLO", "Liaison Office"},
	{"USOFFICE", "Office"},
	{"EMBASSY", "Embassy"},
	{"CONSULATE", "Consulate"},
}

// partyOf reads an address of an envelope, or the words of an archive. What it
// does not know stays as it was written.
func partyOf(name string) party {
	name = strings.TrimSpace(safe.Line(name))
	up := strings.ToUpper(name)
	if up == "" {
		return party{}
	}
	for _, tail := range [...]string{" WASHINGTON DC", " WASHINGTON", " WASHDC"} {
		if office, ok := strings.CutSuffix(up, tail); ok {
			up = office
			break
		}
	}
	if post, ok := model.FindPost(up); ok && post.Name == "STATE" {
		return party{"Department of State", "State", true}
	}
	for _, o := range offices {
		if rest, ok := strings.CutPrefix(up, o.word+" "); ok {
			place := glossary.PlaceName(rest)
			return party{o.name + " " + place, place, true}
		}
	}
	if post, ok := model.FindPost(up); ok {
		return partyOfPost(post)
	}
	if name == strings.ToUpper(name) {
		name = glossary.PlaceName(name)
	}
	return party{name, name, false}
}

// partyOfPost names a post of which only the place is known. What it was is
// taken from the list only where the list knows of no change.
func partyOfPost(p model.PostFact) party {
	place := glossary.PlaceName(p.Display)
	switch {
	case p.Name == "STATE":
		return party{"Department of State", "State", true}
	case changed(p.Note):
	case p.Type == "embassy":
		return party{"Embassy " + place, place, true}
	case p.Type == "consulate":
		return party{"Consulate " + place, place, true}
	}
	return party{place, place, false}
}

// changed says whether a note on a post tells that it was something else once.
func changed(note string) bool {
	note = strings.ToLower(note)
	for _, word := range [...]string{"embassy", "consulate", "mission", "office", "section", "closed", "to 1", "to about", "earlier", "later"} {
		if strings.Contains(note, word) {
			return true
		}
	}
	return false
}

// sender is who sent the cable: its own FROM line, else what its source says,
// else the post of its id. Nothing when none of them tells.
func sender(c *model.Cable) party {
	if p := partyOf(c.From.Name); p.name != "" {
		return p
	}
	if c.Metadata != nil {
		if p := partyOf(c.Metadata.Origin); p.name != "" {
			return p
		}
	}
	if _, post, _, ok := model.SplitID(c.ID); ok {
		if fact, known := model.FindPost(post); known {
			return partyOfPost(fact)
		}
		return party{name: post, short: post}
	}
	return party{}
}

// addressee is to whom it was sent: the first of its action addressees, and
// whether there are others.
func addressee(c *model.Cable) (p party, others bool) {
	if len(c.To) > 0 {
		return partyOf(c.To[0].Name), len(c.To) > 1
	}
	if c.Metadata != nil {
		first, _, several := strings.Cut(c.Metadata.To, ",")
		return partyOf(first), several
	}
	return party{}, false
}

// telegram is the number of the cable within its post and year, as written in
// its classification line or else of its id; "" when neither is known.
func telegram(c *model.Cable) string {
	if _, _, n, ok := model.SplitID(c.ID); ok {
		return itoa(n)
	}
	f := strings.Fields(c.MRN)
	if len(f) > 1 {
		return strings.TrimLeft(safe.Line(f[len(f)-1]), "0")
	}
	return ""
}

// dated is the date in one of Go's forms. Where only the number of the cable
// tells the year, that is what it gives.
func dated(c *model.Cable, form string) string {
	if d := c.Date(); !d.IsZero() {
		if form == bluebookDate {
			return bluebookMonth(d) + d.Format(" 2, 2006")
		}
		return d.Format(form)
	}
	if year, _, _, ok := model.SplitID(c.ID); ok {
		return itoa(year) + ", day not known"
	}
	return "date not known"
}

// The forms of a date in citations.
const (
	americanDate = "January 2, 2006"
	dayFirstDate = "2 January 2006"
	bluebookDate = "bluebook"
)

// bluebookMonth is the name of the month as table T12 shortens it.
func bluebookMonth(d time.Time) string {
	switch d.Month() {
	case time.May, time.June, time.July:
		return d.Month().String()
	case time.September:
		return "Sept."
	}
	return d.Format("Jan.")
}
