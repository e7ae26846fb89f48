package model

// Level is a classification level; a higher value is more sensitive.
// The zero value means that no level is known, which is not "unclassified".
type Level uint8

// The levels in order (E.O. 12958 s.1.3, and what cables used beside it).
const (
	LevelUnknown Level = iota
	Unclassified       // U
	Sensitive          // SBU, FOUO, LOU, CUI: controlled, unclassified
	Restricted         // R, allied or before 1953
	Confidential       // C
	Secret             // S
	TopSecret          // TS
)

// String is the level in words as the field writes it, "" when unknown.
func (l Level) String() string {
	return [...]string{"", "UNCLASSIFIED", "SENSITIVE BUT UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET"}[min(int(l), int(TopSecret))]
}

// Code is the short form for a narrow column: U SBU R C S TS, "?" when unknown.
func (l Level) Code() string {
	return [...]string{"?", "U", "SBU", "R", "C", "S", "TS"}[min(int(l), int(TopSecret))]
}

// Marking is a portion marking: as it was written, and as it was meant.
type Marking struct {
	Raw      string   // as written, without the parentheses, "S-NF"
	Level    Level    // LevelUnknown when the writing names none
	Controls []string // normalised: NF, "REL NATO", FGI, OC ...
	Odd      bool     // the writing departs from the standard form
}

// Check says how a cable's classification line agrees with its paragraphs.
type Check string

// The outcomes of the check (cable-format 4.3).
const (
	CheckMatch          Check = "match"
	CheckOver           Check = "over"            // line higher than any portion
	CheckUnder          Check = "under"           // a portion higher than the line
	CheckUnmarked       Check = "unmarked"        // no portion markings
	CheckControlMissing Check = "control-missing" // a portion carries a control the cable does not
	CheckControlUnused  Check = "control-unused"  // the cable carries a control no portion does
	CheckMetadata       Check = "metadata-differs"
)

// ParseMarking reads a portion marking without its parentheses, in any of the
// spellings that cables use ("S/NF", "C NF", "SECRET/REL FRANCE", "C - ENTIRE
// TEXT"). ok is false when the words are no marking: the first of them must
// name a level. It never fails on odd input; oddness is flagged.
func ParseMarking(raw string) (m Marking, ok bool) { panic("to be written") }

// Code is the marking as meant, for a narrow column: "S/NF", "C/REL NATO", "?".
func (m Marking) Code() string { panic("to be written") }

// Words is the marking in words: "SECRET//NOFORN".
func (m Marking) Words() string { panic("to be written") }

// ParseLevel reads a level as a classification line or metadata writes it:
// spaced, solid, any case, lightly damaged ("SS E C R E T", "CSE C R E T").
// damaged says that it had to be repaired; rest is what follows the level.
func ParseLevel(line string) (l Level, controls []string, rest string, damaged, ok bool) {
	panic("to be written")
}

// CheckMarkings compares the cable's own line with its portions
// (cable-format 4.3) and gives the highest portion marking with all controls.
// A SENSITIVE caption makes an UNCLASSIFIED line SBU.
func CheckMarkings(c *Cable) (highest Marking, check Check) { panic("to be written") }
