package export

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/model"
	"chancery/model/glossary"
	"chancery/model/safe"
)

// supplied stands behind a title whose small letters are a guess of ours.
const supplied = "[case supplied]"

// subject is the subject of the cable for a citation. Cables are in capitals;
// which letters of a title were meant to be small is a guess, and guessed says
// that it was made.
func subject(c *model.Cable) (title string, guessed bool) {
	s := strings.Join(strings.Fields(safe.Line(c.Subject)), " ")
	if s == "" && c.Metadata != nil {
		s = strings.Join(strings.Fields(safe.Line(c.Metadata.Title)), " ")
	}
	if s == "" || s != strings.ToUpper(s) || strings.ToLower(s) == s {
		return s, false
	}
	_, post, _, _ := model.SplitID(c.ID)
	return titleCase(s, post), true
}

// smallWords are not capitalised within a title (Chicago 8.159).
var smallWords = []string{
	"A", "AN", "AND", "AS", "AT", "BUT", "BY", "FOR", "FROM", "IN", "INTO", "NOR", "OF", "ON", "OR", "OVER", "THE", "TO", "VIA", "WITH",
}

// keptWords stay in capitals though the glossary does not list them.
var keptWords = []string{"US", "USA", "UK", "EU", "UN", "UAE", "USSR", "NATO", "OSCE", "IAEA", "WTO", "IMF", "G8", "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII"}

// plainWords are abbreviations of the glossary that in a title are more often
// the word that is spelled like them.
var plainWords = []string{"IT", "WHO", "AID", "POST", "SO", "AM", "PM", "CAN", "MAY", "NO", "HE", "SHE", "WE", "OUR", "IS", "BE", "DO", "GO", "UP", "NEW", "AGO", "LET", "SET", "ALL", "ACT", "PRESS", "VISIT"}

// titleCase sets a title that is in capitals; post is that of the cable, for
// abbreviations that depend on it.
func titleCase(s, post string) string {
	words := strings.Split(s, " ")
	begins := true // of the title or of what follows a colon
	for i, w := range words {
		words[i] = titleWord(w, post, begins || i == len(words)-1)
		begins = strings.HasSuffix(w, ":") || strings.HasSuffix(w, "?") || strings.HasSuffix(w, "--")
	}
	return strings.Join(words, " ")
}

func titleWord(w, post string, edge bool) string {
	bare := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	switch {
	case bare == "" || hasDigit(bare):
		return w
	case !edge && contains(smallWords, bare):
		return strings.ToLower(w)
	case strings.Contains(bare, "."): // U.S.
		return w
	case keepsCapitals(bare, post):
		return strings.Replace(w, "'S", "'s", 1)
	}
	return capitalised(w, post)
}

// keepsCapitals says whether a word is an abbreviation.
func keepsCapitals(bare, post string) bool {
	stem := strings.TrimSuffix(bare, "'S")
	if contains(keptWords, stem) {
		return true
	}
	if len(stem) < 2 || len(stem) > 6 || contains(plainWords, stem) || contains(smallWords, stem) {
		return false
	}
	return len(glossary.Abbreviation(stem, post)) > 0
}

// capitalised makes the letters of a word small but for those that begin it or
// follow a hyphen or slash.
func capitalised(w, post string) string {
	var b strings.Builder
	first := true
	for at := 0; at < len(w); {
		r, n := utf8.DecodeRuneInString(w[at:])
		switch {
		case !unicode.IsLetter(r):
			first = first || r == '-' || r == '/'
			b.WriteString(w[at : at+n])
		case first:
			if part := w[at:partEnd(w, at)]; at > 0 && keepsCapitals(part, post) {
				b.WriteString(part)
				n = len(part)
			} else {
				b.WriteString(w[at : at+n])
			}
			first = false
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		at += n
	}
	return b.String()
}

// partEnd is where the part of a hyphenated word ends that begins at at.
func partEnd(w string, at int) int {
	if n := strings.IndexFunc(w[at:], func(r rune) bool { return !unicode.IsLetter(r) }); n >= 0 {
		return at + n
	}
	return len(w)
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
