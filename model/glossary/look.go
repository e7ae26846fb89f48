package glossary

import (
	"slices"
	"strings"
	"time"

	"chancery/model"
)

// Look finds everything known about a term, best first: sure meanings before
// doubtful ones, and codes that only a guess would explain not at all. post
// is that of the cable, for GOK and its kin; at its date.
func Look(term, post string, at time.Time) []Entry {
	term = strings.Trim(strings.TrimSpace(term), ".,;:!?\"'()[]“”‘’")
	if term == "" {
		return nil
	}
	code := capitals(term)
	var out []Entry
	if e, ok := Caption(term); ok {
		out = append(out, e)
	}
	lower := strings.ToLower(term) == term && strings.ToUpper(term) != term
	if !lower || len(term) > 2 {
		out = append(out, Abbreviation(term, post)...)
	}
	if lower && len(term) <= 3 {
		return out // "in" and "is" are words, not India and Israel
	}
	if e, ok := listedTag(code, at); ok {
		out = append(out, e)
	} else if e, ok := gluedTag(code, at); ok && term == code {
		out = append(out, e)
	}
	if p, ok := model.FindPost(term); ok {
		out = append(out, postEntry(p))
	}
	if e, ok := Routing(code); ok {
		out = append(out, e)
	}
	if e, ok := exemption(code); ok {
		out = append(out, e)
	}
	if section, letter, ok := strings.Cut(code, "("); ok {
		if e, ok := Reason(section, letter, at); ok {
			out = append(out, e)
		}
	}
	if e, ok := Marking(term); ok && (len(code) <= 3 || strings.Contains(code, "/")) {
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b Entry) int {
		switch {
		case a.Sure == b.Sure:
			return 0
		case a.Sure:
			return -1
		}
		return 1
	})
	return out
}
