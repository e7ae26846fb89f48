package model

import (
	"strconv"
	"strings"
	"time"
)

// Says is the sentence for the sidebar on the day today: "marked for
// declassification 2017-10-11 (date passed)". It never says "declassified"
// for a date alone: that the date has passed does not show that anybody
// reviewed or released the record (cable-format 4.5). A zero today leaves
// "(date passed)" out.
func (d Declassification) Says(today time.Time) string {
	switch d.Kind {
	case DeclassDone:
		return d.saysDone()
	case DeclassDowngrade:
		return "marked for downgrading" + d.lowerLevel() + " " + d.when(today)
	case DeclassDeadline:
		s := "marked for declassification " + d.when(today)
		if strings.HasPrefix(d.Literal, "DNG") || strings.HasPrefix(d.Literal, "DOWNGRADE") {
			s += "; downgrading as " + d.Literal
		}
		return s
	case DeclassGDS:
		switch {
		case d.Date.IsZero():
			return "no date: " + d.Literal
		case d.Review:
			return "marked for review " + d.when(today)
		}
		return "marked for declassification " + d.when(today)
	case DeclassIndefinite:
		return "no date: " + d.Literal
	case DeclassEvent:
		return "on event: " + d.Literal
	case DeclassNone:
		return "not classified (E.O. N/A)"
	case DeclassRedacted:
		return "declassification instruction redacted"
	}
	if d.Literal != "" {
		return "declassification instruction not understood: " + d.Literal
	}
	return "no declassification instruction found"
}

// SaysDeclass is that sentence for a cable. An E.O. line that says N/A under a
// classification line contradicts it, and does not make the cable unclassified.
func (c *Cable) SaysDeclass(today time.Time) string {
	if c.Declass.Kind == DeclassNone && c.Classification.Level > Sensitive {
		return "the E.O. line says N/A, though the cable is marked " + c.Classification.Level.String()
	}
	return c.Declass.Says(today)
}

// when is the date with what must be said beside it.
func (d Declassification) when(today time.Time) string {
	s := d.Date.Format(time.DateOnly)
	var beside []string
	if !today.IsZero() && !day(today).Before(d.Date) {
		beside = append(beside, "date passed")
	}
	if d.Computed {
		beside = append(beside, "computed: "+d.Basis)
	}
	if len(beside) == 0 {
		return s
	}
	return s + " (" + strings.Join(beside, "; ") + ")"
}

// day is the calendar day of t where it was taken, as a date in UTC.
func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// saysDone tells who released the record, and when, as far as the line does.
func (d Declassification) saysDone() string {
	s := "declassified"
	if !d.Date.IsZero() {
		s += " " + d.Date.Format(time.DateOnly)
	}
	switch {
	case strings.Contains(d.Literal, "NARA"):
		return s + " (NARA)"
	case strings.Contains(d.Literal, "STATE"):
		return s + " (State review)"
	}
	return s + " (so the cable's text says)"
}

// lowerLevel is the level a downgrade goes to: "DNG: CO" is to CONFIDENTIAL.
func (d Declassification) lowerLevel() string {
	for _, f := range strings.FieldsFunc(d.Literal, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		switch f {
		case "CO", "C", "CONF", "CONFIDENTIAL":
			return " to CONFIDENTIAL"
		case "SE", "S", "SECRET":
			return " to SECRET"
		case "UN", "U", "UNCLAS", "UNCLASSIFIED":
			return " to UNCLASSIFIED"
		}
	}
	return ""
}

// Note is a second line where the rules add one ("25-year rule: 31 Dec 2011
// (computed; exemptions possible)"), else "". Records without a date come
// under automatic declassification on 31 December of the year 25 years after
// origin (E.O. 12958 s.3.4, E.O. 13526 s.3.3). A date before the cable, or
// more than 25 years after it, is pointed out.
func (d Declassification) Note(origin time.Time) string {
	if origin.IsZero() {
		return ""
	}
	switch d.Kind {
	case DeclassIndefinite, DeclassEvent:
		but := "exemptions possible"
		if strings.HasPrefix(d.Literal, "25X") || strings.HasPrefix(d.Literal, "50X") || strings.HasPrefix(d.Literal, "75X") {
			but = "marked exempt from it"
		}
		return "25-year rule: 31 Dec " + strconv.Itoa(origin.UTC().Year()+25) + " (computed; " + but + ")"
	case DeclassDeadline:
		switch written := day(origin.UTC()); {
		case d.Date.Before(written):
			return "the date lies before the cable"
		case d.Date.After(written.AddDate(25, 0, 0)):
			return "the date is more than 25 years after the cable"
		}
	}
	return ""
}
