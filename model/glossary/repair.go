package glossary

import (
	"strings"
	"time"
)

// IsTag says whether a code is a TAG of the list, of whatever period. A known
// misspelling is none.
func IsTag(code string) bool {
	found := tagTable()[code]
	return len(found) > 0 && found[0].kind != "variant"
}

// Listed says whether a word stands in the list of TAGS, if only as a
// misspelling that was met.
func Listed(code string) bool { return len(tagTable()[code]) > 0 }

// RepairTag gives the codes that a damaged TAG surely stands for: those that
// were run together in it, ENRGKZ, or the one of which a letter was doubled,
// MOPPS. It gives none for a code that is whole, and none for a guess: what is
// run together must be codes of its time throughout, and a doubled letter must
// be a misspelling of the list (cable-format 2.5).
func RepairTag(code string, at time.Time) []string {
	switch n := len(code); {
	case n < 5 || IsTag(code):
		return nil
	case n == 5:
		if meant := undoubled(code); meant != "" {
			return []string{meant}
		}
		return nil
	}
	return apart(code, at)
}

// undoubled gives the code that was meant by one of the list's misspellings,
// when it differs from it by a doubled letter and nothing else.
func undoubled(code string) string {
	for _, r := range tagTable()[code] {
		_, meant, _ := strings.Cut(r.meaning, "probably meant ")
		for i := 1; r.kind == "variant" && i < len(code); i++ {
			if code[i] == code[i-1] && code[:i]+code[i+1:] == meant {
				return meant
			}
		}
	}
	return ""
}

// apart takes codes apart that were run together. They are subjects and
// programs, four letters each, and organizations of as many behind them; the
// last may be a place, or two behind a program. Shorter codes fit into any word.
func apart(code string, at time.Time) []string {
	switch code {
	case "SOCIAL", "PROPER", "PREFER": // words, not codes, though each is two of them
		return nil
	}
	era := eraOf(at)
	var out []string
	for len(code) >= 4 && isOf(code[:4], era, "subject", "program", "organization") {
		if len(out) == 0 && !isOf(code[:4], era, "subject", "program") {
			return nil
		}
		out = append(out, code[:4])
		code = code[4:]
	}
	switch {
	case len(out) == 0:
		return nil
	case code == "":
		return out
	case len(code) == 2 && isOf(code, era, "geographic"):
		return append(out, code)
	case len(code) == 4 && out[len(out)-1][0] == 'K' && isOf(code[:2], era, "geographic") && isOf(code[2:], era, "geographic"):
		return append(out, code[:2], code[2:]) // programs begin no word: KPALXXYY
	}
	return nil
}

// isOf says whether a code of one of these kinds was in use in a period.
func isOf(code, era string, kinds ...string) bool {
	for _, r := range tagTable()[code] {
		if r.fits(era) <= rankVariant {
			continue
		}
		for _, k := range kinds {
			if r.kind == k {
				return true
			}
		}
	}
	return false
}
