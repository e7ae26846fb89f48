package export

import (
	"strings"

	"chancery/model"
	"chancery/model/safe"
)

// line is one thing the header of a cable says.
type line struct{ name, value string }

// header is what the header of a cable says, for a reader: nothing that it
// does not have, but for what must be known to be missing.
func (e *entry) header() []line {
	c := e.c
	var out []line
	add := func(name, value string) {
		if value = strings.TrimSpace(safe.Line(value)); value != "" {
			out = append(out, line{name, value})
		}
	}
	if !e.named() {
		add("Cable", cited{c: c}.id())
	}
	if !e.held {
		return append(out, line{"Held", "no"})
	}
	words, remark := c.BannerWords()
	add("Marking", words+" ("+remark+")")
	add("Declassification", c.SaysDeclass(e.item.Source.Accessed))
	date := "not known"
	if d := c.Date(); !d.IsZero() {
		date = d.UTC().Format("2006-01-02 15:04Z")
		if c.Envelope.DTG.IsZero() {
			date = d.UTC().Format("2006-01-02") // hours that wrappers print are often padding
		}
	}
	add("Date", date)
	add("From", orNotKnown(c.From.Name, sender(c).name))
	to := make([]string, len(c.To))
	for i, a := range c.To {
		to[i] = a.Name
	}
	first, _ := addressee(c)
	add("To", orNotKnown(strings.Join(to, "; "), first.name))
	if !e.named() {
		add("Subject", orNotKnown(subjectAsSent(c), ""))
	}
	add("TAGS", strings.Join(c.Tags, ", "))
	return out
}

// subjectAsSent is the subject in its own letters, with its marking.
func subjectAsSent(c *model.Cable) string {
	s := folded(c.Subject)
	if s == "" && c.Metadata != nil {
		s = folded(c.Metadata.Title)
	}
	if c.SubjectMarking != "" && s != "" {
		s = "(" + c.SubjectMarking + ") " + s
	}
	return s
}

func orNotKnown(s, other string) string {
	switch {
	case s != "":
		return s
	case other != "":
		return other
	}
	return "not known"
}

// heading names a cable that is written whole.
func (e *entry) heading() string {
	s := cited{c: e.c}.id()
	if sub := safe.Line(subjectAsSent(e.c)); sub != "" {
		s += ": " + sub
	}
	return s
}

// named says whether a heading with id and subject stands above the header.
func (e *entry) named() bool { return e.whole() || len(e.passages) == 0 }

// whole says whether the item is the cable with all its text.
func (e *entry) whole() bool {
	return e.item.Pin == nil && len(e.item.Blocks) == 0 && !e.item.Bare
}

// unplaced is the sign of a citation where there is no text to stand behind.
func (e *entry) unplaced(ref string) string {
	if e.whole() && len(e.passages) == 0 {
		return ref
	}
	return ""
}

// lead is what stands before the text of a passage: its number, where the
// whole cable is written, and its marking.
func (e *entry) lead(p *passage, o Options) string {
	var parts []string
	if e.whole() && p.number != "" && (isParagraph(p.kind) || p.kind == model.Subparagraph) {
		parts = append(parts, safe.Line(p.number)+".")
	}
	// In a whole cable a block that has no marking of its own needs none
	// repeated: its paragraph stands above it.
	if !o.DropMarks && (!e.whole() || p.typed != "" || isParagraph(p.kind)) {
		parts = append(parts, "("+p.code(e.c)+")")
	}
	return strings.Join(parts, " ")
}

// mineOn is what stands before a note.
func mineOn(n note) string {
	if n.on == "" {
		return "My note:"
	}
	return "My note on " + n.on + ":"
}
