package glossary

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"chancery/model"
)

// Post explains a post by its canonical name, PLAD or six-letter form.
func Post(name string) (e Entry, ok bool) {
	canonical, known := model.CanonicalPost(name)
	if !known {
		return Entry{}, false
	}
	p, ok := model.FindPost(canonical)
	return postEntry(p), ok
}

func postEntry(p model.PostFact) Entry {
	e := Entry{Code: p.Name, Kind: "post", Source: "post list", Sure: true}
	switch p.Type {
	case "agency", "department", "traveling party":
		e.Meaning, e.Detail = p.Note, p.Type
		if e.Meaning == "" {
			e.Meaning = p.Display
		}
		return e
	}
	e.Meaning = title(p.Type) + " " + PlaceName(p.Display)
	if p.Country != "" && !strings.EqualFold(p.Country, p.Display) {
		e.Meaning += ", " + p.Country
	}
	e.Detail = p.Note
	return e
}

// Country is the country a post is in or speaks for, "" when it is unknown.
func Country(post string) string {
	canonical, _ := model.CanonicalPost(post)
	p, _ := model.FindPost(canonical)
	return p.Country
}

// PlaceName recases the name of a post: "RIO DE JANEIRO" is Rio de Janeiro.
// Abbreviations such as USEU stay.
func PlaceName(display string) string {
	words := strings.Fields(display)
	for i, w := range words {
		switch w {
		case "AIT", "CD", "EC", "FR", "FSINFATC", "GA", "IAEA", "MBFR", "OECD", "RPO", "SALT", "UN", "UNESCO", "UNVIE", "USEU", "USNATO", "USOSCE", "USTR", "USUN":
			continue
		case "AU", "DE", "ES", "OF":
			if i > 0 {
				words[i] = strings.ToLower(w)
				continue
			}
		}
		words[i] = title(strings.ToLower(w))
	}
	return strings.Join(words, " ")
}

func title(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// routingRow is one row of the routing indicators.
type routingRow struct{ name, others, source string }

var routingTable = sync.OnceValue(func() map[string]routingRow {
	table := map[string]routingRow{}
	for _, r := range rows("routing.csv") {
		table[r[0]] = routingRow{r[1], r[2], r[3]}
	}
	return table
})

// Routing explains a routing indicator. One indicator serves many names, and
// was given to others in time: the name an address gives after the slash is
// to be shown before this one (cable-format 1.6).
func Routing(indicator string) (e Entry, ok bool) {
	code := capitals(indicator)
	if code == "ZEN" {
		return Entry{Code: code, Kind: "routing", Meaning: "delivered by other means, no electrical routing", Source: "ACP 131", Sure: true}, true
	}
	r, ok := routingTable()[code]
	if !ok {
		return Entry{}, false
	}
	e = Entry{Code: code, Kind: "routing", Meaning: r.name, Source: r.source}
	if r.others != "" {
		e.Detail = "also " + r.others
	}
	e.Sure = !strings.Contains(r.name, "inferred")
	return e, true
}
