package model

import "time"

// DeclassKind says what a declassification instruction amounts to.
type DeclassKind string

// The kinds of parse-json.
const (
	DeclassDeadline   DeclassKind = "deadline"     // a date
	DeclassDone       DeclassKind = "declassified" // release evidence in the text
	DeclassDowngrade  DeclassKind = "downgrade"    // DNG: to a lower level on the date
	DeclassNone       DeclassKind = "none"         // N/A: unclassified
	DeclassIndefinite DeclassKind = "indefinite"   // OADR, X1-X8, MR, 25X: no date
	DeclassEvent      DeclassKind = "event"        // "closure of ICTY"
	DeclassGDS        DeclassKind = "gds"          // schedule of E.O. 11652 or 12065
	DeclassRedacted   DeclassKind = "redacted"
	DeclassAbsent     DeclassKind = "absent"
)

// Declassification is the instruction on the E.O. line and what follows
// from it. A date alone never means that anything was declassified.
type Declassification struct {
	Line     string      // as written
	Order    string      // number of the Executive Order, "12958"
	Kind     DeclassKind // "" is read as absent
	Date     time.Time   // of Kind deadline, downgrade, declassified, computed GDS; else zero
	Literal  string      // the words when there is no plain date: "OADR", "X1"
	Computed bool        // the date follows from the rules, it is not written
	Review   bool        // the date is one of review (RDS), not declassification
	Repaired bool        // the writing was damaged and read as meant
	Span     Span
}

// ParseDeclass reads an E.O. line (cable-format 2.3, 4.5). origin is the
// cable's date and level its classification, for the schedules that compute a
// date from them.
func ParseDeclass(line string, origin time.Time, level Level) Declassification {
	panic("to be written")
}

// Says is the sentence for the sidebar on the day today: "marked for
// declassification 2017-10-11 (date passed)". It never says "declassified"
// for a date alone.
func (d Declassification) Says(today time.Time) string { panic("to be written") }

// Note is a second line where the rules add one ("25-year rule: 31 Dec 2011
// (computed; exemptions possible)"), else "".
func (d Declassification) Note(origin time.Time) string { panic("to be written") }
