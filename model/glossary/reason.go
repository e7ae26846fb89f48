package glossary

import (
	"strings"
	"sync"
	"time"
)

// reasonRow is one row of the reasons table.
type reasonRow struct{ order, code, meaning, note string }

var reasonTable = sync.OnceValue(func() []reasonRow {
	var table []reasonRow
	for _, r := range rows("reasons.csv") {
		table = append(table, reasonRow{r[0], r[1], r[2], r[3]})
	}
	return table
})

func findReason(order, code string) (reasonRow, bool) {
	for _, r := range reasonTable() {
		if r.order == order && strings.EqualFold(r.code, code) {
			return r, true
		}
	}
	return reasonRow{}, false
}

// terms are the Executive Orders with the day each came into force and the
// section that holds its categories (cable-format 4.5).
var terms = []struct {
	order, section string
	from           time.Time
}{
	{"13526", "1.4", day(2010, time.June, 27)},
	{"12958 as amended", "1.4", day(2003, time.March, 25)},
	{"12958", "1.5", day(1995, time.October, 14)},
	{"12356", "1.3(a)", day(1982, time.August, 1)},
	{"12065", "1-301", day(1978, time.December, 1)},
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// inForce gives the order in force at a date with its section of categories;
// without a date, that of the section named, or of the years 2003 to 2010.
func inForce(section string, at time.Time) (order, home string, ok bool) {
	if at.IsZero() {
		for _, t := range terms {
			if t.section == section && section != "1.4" {
				return t.order, t.section, true
			}
		}
		return "12958 as amended", "1.4", true
	}
	for _, t := range terms {
		if !at.Before(t.from) {
			return t.order, t.section, true
		}
	}
	return "", "", false
}

// Reason explains a reason for classification under the Executive Order in
// force at the date: section "1.4", letter "b". The letter decides: drafters
// kept writing 1.5 for years after it had become 1.4, and (a) to (g) mean
// nearly the same in both; that is then said in Detail. An unknown date is
// taken to be that of the section's own order. Under E.O. 12356 the letter is
// a number, "5".
func Reason(section, letter string, at time.Time) (e Entry, ok bool) {
	letter = strings.ToLower(strings.Trim(letter, " ()."))
	section = strings.TrimSpace(section)
	if letter == "" {
		return Entry{}, false
	}
	order, home, ok := inForce(section, at)
	if !ok {
		return Entry{}, false
	}
	r, ok := findReason(order, home+"("+letter+")")
	sure := true
	if !ok && order == "12958" { // 1.5(h) and the like, that the order did not have yet
		r, ok = findReason("12958 as amended", "1.4("+letter+")")
		sure = false
	}
	if !ok {
		return Entry{}, false
	}
	e = r.entry(sure)
	switch {
	case !sure:
		e.Detail += "; there is no " + section + "(" + letter + ")"
	case section != "" && section != home && !strings.HasPrefix(home, section):
		e.Detail += "; written as " + section + "(" + letter + ")"
	}
	return e, true
}

func (r reasonRow) entry(sure bool) Entry {
	detail := "E.O. " + r.order
	if r.order == "FOIA" {
		detail = "FOIA exemption"
	}
	e := Entry{Code: r.code, Kind: "reason", Meaning: r.meaning, Detail: detail, Source: detail, Sure: sure}
	if len(r.note) > 4 && strings.Trim(r.note[:4], "0123456789") == "" {
		e.Period = strings.TrimSuffix(r.note, "-")
		if e.Period != r.note {
			e.Period += " on"
		}
	} else if r.note != "" {
		e.Detail += ": " + r.note
	}
	return e
}

// exemption explains a code that stands by itself: "X1", "25X1", "XGDS-3",
// "Group 4", "B1".
func exemption(code string) (e Entry, ok bool) {
	code, _, _ = strings.Cut(strings.ToUpper(code), "-HUM")
	for _, r := range reasonTable() {
		if own := strings.ToUpper(r.code); !strings.Contains(own, "(") && (own == code || own == code+"-HUM" || own == code+"-WMD") {
			return r.entry(true), true
		}
	}
	return Entry{}, false
}
