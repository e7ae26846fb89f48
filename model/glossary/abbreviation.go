package glossary

import (
	"strings"
	"sync"

	"chancery/model"
)

// abbreviationRow is one row of the abbreviations table.
type abbreviationRow struct {
	expansion string
	ambiguous bool
}

var abbreviationTable = sync.OnceValue(func() map[string]abbreviationRow {
	table := map[string]abbreviationRow{}
	for _, r := range rows("abbreviations.csv") {
		table[strings.ToUpper(r[0])] = abbreviationRow{r[1], r[2] != ""}
	}
	return table
})

// Abbreviation expands an abbreviation; post is the originating post, because
// GOK is Kazakhstan from Astana and Kenya from Nairobi. Several entries where
// it is ambiguous.
func Abbreviation(s, post string) []Entry {
	code := strings.Trim(capitals(s), " .,;:()")
	for _, tail := range [...]string{"'S", "’S"} {
		code = strings.TrimSuffix(code, tail)
	}
	r, ok := abbreviationTable()[code]
	if government, found := ownGovernment(code, post); found {
		return []Entry{government}
	}
	if !ok && strings.HasSuffix(code, "S") { // plural: POLOFFS
		code = code[:len(code)-1]
		r, ok = abbreviationTable()[code]
	}
	if !ok {
		return nil
	}
	if !r.ambiguous {
		return []Entry{abbreviation(code, r.expansion, "", true)}
	}
	return alternatives(code, r.expansion)
}

func abbreviation(code, meaning, detail string, sure bool) Entry {
	return Entry{Code: code, Kind: "abbreviation", Meaning: meaning, Detail: detail, Source: "abbreviation list", Sure: sure}
}

// ownGovernment reads GO? from a post as the government of its country.
func ownGovernment(code, post string) (Entry, bool) {
	if len(code) < 3 || len(code) > 5 || code[:2] != "GO" || post == "" {
		return Entry{}, false
	}
	canonical, _ := model.CanonicalPost(post)
	p, ok := model.FindPost(canonical)
	if !ok || p.Country == "" {
		return Entry{}, false
	}
	country, _, _ := strings.Cut(p.Country, ",")
	country, _, _ = strings.Cut(country, " (")
	if !abbreviates(code[2:], country, p.CountryTag) {
		return Entry{}, false
	}
	return abbreviation(code, "Government of "+country, "as written from "+PlaceName(p.Display), true), true
}

// abbreviates says whether letters stand for a country: its first letters, the
// first letters of its words, or its TAG.
func abbreviates(letters, country, tag string) bool {
	up := strings.ToUpper(country)
	initials := ""
	for _, w := range strings.FieldsFunc(up, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		if w != "AND" && w != "OF" && w != "THE" && w != "D" {
			initials += w[:1]
		}
	}
	return letters == initials || letters == tag || letters[0] == up[0] && len(letters) == 1
}

// alternatives makes an entry of each of the meanings of an ambiguous row:
// "Government of Iran, Iraq or Italy (by post)", "A or B (by context)",
// "A; B (by post)".
func alternatives(code, expansion string) []Entry {
	words, by, _ := strings.Cut(expansion, " (by ")
	detail := "by " + strings.TrimSuffix(by, ")")
	head, list, government := strings.Cut(words, "Government of ")
	if !government || head != "" {
		head, list = "", words
	} else {
		head = "Government of "
	}
	list = strings.ReplaceAll(list, " or ", "; ")
	if government {
		list = strings.ReplaceAll(list, ", ", "; ")
	}
	var out []Entry
	for _, meaning := range strings.Split(list, "; ") {
		out = append(out, abbreviation(code, head+meaning, detail, false))
	}
	return out
}
