package model

import "time"

// CanonicalID gives the look-up key of a cable id: two-digit year, post in
// capitals without blanks, number without leading zeros (cable-format 6.2,
// 6.5: aliases, malformed stems, suffixes). "05RIO123" gives
// "05RIODEJANEIRO123". ok is false when it is no cable id.
func CanonicalID(s string) (id string, ok bool) { panic("to be written") }

// MakeID builds the canonical id from a year (2 or 4 digits), a post as a
// classification line or REF item names it, and a number.
func MakeID(year int, post string, number int) (id string, ok bool) { panic("to be written") }

// SplitID takes a canonical id apart; year has four digits.
func SplitID(id string) (year int, post string, number int, ok bool) { panic("to be written") }

// CanonicalPost maps the post names and aliases that cables use to the one
// of the post list: "RIO" to "RIODEJANEIRO", "SECSTATE" to "STATE".
func CanonicalPost(name string) (post string, known bool) { panic("to be written") }

// ParseDTG reads a date-time group with what may stand around it on format
// line 5: "P R 281848Z DEC 66 ZDK". Times are UTC (cable-format 1.4).
func ParseDTG(s string) (d DTG, ok bool) { panic("to be written") }

// DTG is a preamble read: precedences in words, the time, what followed.
type DTG struct {
	Precedence []string
	Time       time.Time
	Text       string   // the group itself, "281848Z DEC 66"
	Signals    []string // ZDK, ZDS ...
}

// ParseAddress reads one addressee without TO or INFO:
// "RUEHC/SECSTATE WASHDC PRIORITY 0901" (cable-format 1.6).
func ParseAddress(s string) Address { panic("to be written") }

// ParseReference reads one item of a REF line without its label. year is that
// of the citing cable, own its post and number ("" and 0 when unknown), for
// the inference of cable-format 6.4.
func ParseReference(item string, year int, ownPost string, ownNumber int) Reference {
	panic("to be written")
}
