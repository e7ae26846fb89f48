package glossary

import (
	"strings"
	"sync"

	"chancery/model"
)

// captionRow is one row of the captions table.
type captionRow struct{ name, class, meaning, period string }

var captionTable = sync.OnceValue(func() map[string]captionRow {
	table := map[string]captionRow{}
	for _, r := range rows("captions.csv") {
		table[r[0]] = captionRow{r[0], r[1], r[2], r[3]}
	}
	return table
})

// captionAliases are other writings of captions of the table.
var captionAliases = map[string]string{
	"NF": "NOFORN", "OC": "ORCON", "PR": "PROPIN", "IMC": "IMCON", "LOU": "LIMITED OFFICIAL USE",
	"ROGER": "ROGER CHANNEL", "DISSENT": "DISSENT CHANNEL", "AGREMENT": "AGREMENT CHANNEL", "DIRGEN": "DIRGEN CHANNEL",
	"OI": "OFFICIAL INFORMAL", "OFFICIAL-INFORMAL": "OFFICIAL INFORMAL", "REL": "REL TO",
	"DEPT PASS": "STATE PASS", "PLEASE PASS": "STATE PASS", "PASS TO": "STATE PASS", "STATE FOR": "DEPT FOR", "DEPARTMENT FOR": "DEPT FOR",
}

// Caption explains a caption or handling word, also spaced ("C O R R E C T E D
// COPY") or with a name after it ("CODEL DOE", "REL TO USA, GBR").
func Caption(s string) (e Entry, ok bool) {
	code := unspaced(capitals(s))
	r, ok := findCaption(code)
	if !ok {
		return Entry{}, false
	}
	e = Entry{Code: r.name, Kind: "caption", Meaning: r.meaning, Detail: r.class, Source: "caption list", Sure: true}
	if r.period != "all" {
		e.Period = r.period
	}
	return e, true
}

// findCaption looks up the longest caption that the words begin with.
func findCaption(code string) (captionRow, bool) {
	table := captionTable()
	for head := code; head != ""; {
		if alias, ok := captionAliases[head]; ok {
			return table[alias], true
		}
		if r, ok := table[head]; ok {
			if head == code || takesName(r) {
				return r, true
			}
		}
		i := strings.LastIndexAny(head, " ,/")
		if i < 0 {
			break
		}
		head = strings.TrimRight(head[:i], " ,/")
	}
	return captionRow{}, false
}

// takesName says whether a caption is followed by names.
func takesName(r captionRow) bool {
	switch r.class {
	case "attention", "passing", "status", "series", "precedence":
		return true
	}
	switch r.name {
	case "CODEL", "STAFFDEL", "REL TO", "FGI", "OFFICIAL INFORMAL", "EFTO":
		return true
	}
	return false
}

// unspaced joins runs of three or more single letters: "C O R R E C T E D
// COPY" is CORRECTED COPY. A run that holds two words is tried as they stand.
func unspaced(s string) string {
	words := strings.Fields(s)
	var out []string
	for i := 0; i < len(words); {
		j := i
		for j < len(words) && len(words[j]) == 1 {
			j++
		}
		switch {
		case j-i >= 3:
			out = append(out, strings.Replace(strings.Join(words[i:j], ""), "CORRECTEDCOPY", "CORRECTED COPY", 1))
			i = j
		default:
			out = append(out, words[i])
			i++
		}
	}
	return strings.Join(out, " ")
}

// Marking explains a portion marking in words.
func Marking(s string) (e Entry, ok bool) {
	m, ok := model.ParseMarking(s)
	if !ok {
		return Entry{}, false
	}
	return Entry{
		Code: m.Code(), Kind: "marking", Meaning: m.Words(), Detail: "portion marking",
		Source: markingSource(m.Level), Sure: !m.Odd || m.Level != model.LevelUnknown,
	}, true
}

// markingSource is the rule that a marking of a level comes from. RESTRICTED
// was a level of E.O. 10290 (1951) and none since E.O. 10501 (1953); sensitive
// but unclassified is no level of any order.
func markingSource(l model.Level) string {
	switch l {
	case model.Restricted:
		return "E.O. 10290 of 1951, ended by E.O. 10501 of 1953; still used by allies"
	case model.Sensitive:
		return "12 FAM 540"
	}
	return "E.O. 12958 s.1.6(c)"
}
