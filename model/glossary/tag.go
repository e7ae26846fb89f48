package glossary

import (
	"strings"
	"sync"
	"time"
)

// The periods of the code tables (cable-format 2.5). The years in which one
// gave way to the next are not exact.
const (
	era1970s = "1973-79" // 1974 handbook; in use to about 1990
	era2000s = "2000s"   // about 1990 to 2012
	era2013  = "2013+"   // GENC, ISO 3166
	eraLong  = "1973-2010s"
	eraAny   = "any"

	yearOf2000s = 1990
	yearOf2013  = 2013
)

// tagRow is one row of the TAGS table.
type tagRow struct{ kind, meaning, era, source, confidence string }

var tagTable = sync.OnceValue(func() map[string][]tagRow {
	table := map[string][]tagRow{}
	for _, r := range rows("tags.csv") {
		table[r[0]] = append(table[r[0]], tagRow{r[1], r[2], r[3], r[4], r[5]})
	}
	return table
})

// eraOf is the period of a cable; that of most published cables when its date
// is not known.
func eraOf(at time.Time) string {
	switch y := at.Year(); {
	case at.IsZero():
		return era2000s
	case y < yearOf2000s:
		return era1970s
	case y < yearOf2013:
		return era2000s
	}
	return era2013
}

// Tag explains a TAG as of the date of its cable: CH is China in 2009 and
// Switzerland in 2014 (cable-format 2.5). A misspelt code says what was
// probably meant. ok is false when nothing is known.
func Tag(code string, at time.Time) (e Entry, ok bool) {
	code = strings.Trim(capitals(code), " .,;:")
	if e, ok = listedTag(code, at); ok {
		return e, true
	}
	if strings.HasPrefix(code, "(") || strings.Contains(code, ", ") {
		return Entry{Code: code, Kind: "tag", Meaning: "name of a person", Detail: "person", Sure: true}, true
	}
	if e, ok = gluedTag(code, at); ok {
		return e, true
	}
	return nearTag(code, at)
}

// listedTag looks a code up in the table of its time.
func listedTag(code string, at time.Time) (e Entry, ok bool) {
	found := tagTable()[code]
	era := eraOf(at)
	best, rank := tagRow{}, 0
	for _, r := range found {
		if n := r.fits(era); n > rank {
			best, rank = r, n
		}
	}
	if rank <= rankElsewhere && era == era2000s {
		if meant, slip := slips[code]; slip {
			return probably(code, meant, "usage", at), true
		}
	}
	if rank == 0 {
		return Entry{}, false
	}
	if best.kind == "variant" {
		if e, ok = gluedTag(code, at); ok {
			return e, true
		}
		_, meant, _ := strings.Cut(best.meaning, "probably meant ")
		return probably(code, meant, best.source, at), true
	}
	e = best.entry(code)
	if rank == rankElsewhere && best.kind == "geographic" {
		e.Sure = false
		e.Detail += ", of another time"
	}
	if meant, slip := slips[code]; slip && era == era2000s {
		if m, known := listedTag(meant, at); known {
			e.Detail += "; drafters also wrote it for " + m.Meaning + " (" + meant + ")"
		}
	}
	return e, true
}

// slips are codes that drafters of the 2000s took from other lists
// (cable-format 2.5).
var slips = map[string]string{"RU": "RS", "IQ": "IZ", "CN": "CH", "GE": "GM"}

// How well a row fits a period, from not at all.
const (
	rankElsewhere = iota + 1 // a code of another period
	rankVariant              // a known misspelling
	rankAny                  // holds at any time
	rankLong                 // holds in this period and others
	rankExact
)

func (r tagRow) fits(era string) int {
	switch {
	case r.kind == "variant":
		return rankVariant
	case r.era == era:
		return rankExact
	case r.era == eraLong && era != era2013:
		return rankLong
	case r.era == eraAny:
		return rankAny
	}
	return rankElsewhere
}

func (r tagRow) entry(code string) Entry {
	e := Entry{Code: code, Kind: "tag", Meaning: r.meaning, Detail: r.sort(code), Source: r.source, Period: r.era}
	switch r.era {
	case eraAny:
		e.Period = ""
	case era2013:
		e.Period = "2013 on"
	}
	e.Sure = r.confidence == "confirmed" || r.confidence == "high" || r.confidence == "good"
	if r.confidence == "unexpanded" && e.Meaning == "" {
		e.Meaning = "expansion not found"
	}
	return e
}

// sort says what kind of TAG it is; the first letter of a subject is its field.
func (r tagRow) sort(code string) string {
	switch r.kind {
	case "geographic":
		return "place"
	case "subject":
		fields := map[byte]string{
			'A': "administration", 'B': "business", 'C': "consular", 'E': "economic", 'M': "military",
			'O': "operations", 'P': "political", 'S': "social", 'T': "technology",
		}
		if f := fields[code[0]]; f != "" {
			return "subject: " + f
		}
	}
	return r.kind
}

// probably explains a misspelt code by the one that was meant.
func probably(code, meant, source string, at time.Time) Entry {
	e := Entry{Code: code, Kind: "tag", Meaning: "not a TAG of the list", Detail: "misspelt", Source: source}
	if meant == "" {
		return e
	}
	e.Meaning = "probably " + meant
	if m, ok := listedTag(meant, at); ok && !strings.HasPrefix(m.Meaning, "probably") {
		e.Meaning += ": " + m.Meaning
	}
	return e
}

// gluedTag explains two codes run together: "KDEMAF".
func gluedTag(code string, at time.Time) (Entry, bool) {
	for _, cut := range [...]int{4, 2, 3} {
		if cut+2 > len(code) {
			continue
		}
		a, okA := tagTable()[code[:cut]]
		b, okB := tagTable()[code[cut:]]
		if !okA || !okB || a[0].kind == "variant" || b[0].kind == "variant" || len(code) < 6 {
			continue
		}
		first, _ := listedTag(code[:cut], at)
		second, _ := listedTag(code[cut:], at)
		return Entry{
			Code: code, Kind: "tag", Detail: "run together", Source: "spelling",
			Meaning: "probably " + first.Code + " and " + second.Code + ": " + first.Meaning + "; " + second.Meaning,
		}, true
	}
	return Entry{}, false
}

// nearTag explains a code by the one subject or program TAG that is a single
// slip away from it.
func nearTag(code string, at time.Time) (Entry, bool) {
	if len(code) < 4 || len(code) > 6 {
		return Entry{}, false
	}
	meant := ""
	for c, found := range tagTable() {
		if k := found[0].kind; (k == "subject" || k == "program") && oneSlip(code, c) {
			if meant != "" {
				return Entry{}, false
			}
			meant = c
		}
	}
	if meant == "" {
		return Entry{}, false
	}
	return probably(code, meant, "spelling", at), true
}

// oneSlip says whether a becomes b by one letter added, dropped or changed,
// or two neighbours swapped.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		return i < len(a) && (a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:])
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}
