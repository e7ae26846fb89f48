// Package glossary explains the codes of the field, each with its period:
// TAGS, posts, routing indicators, captions, reasons, abbreviations. The facts
// are embedded; nothing is looked up elsewhere.
package glossary

import "time"

// Entry is one meaning of one code.
type Entry struct {
	Code, Kind, Meaning string // Kind: tag post routing caption reason abbreviation
	Detail              string // sort of TAG, country of a post, note
	Period              string // "2000s", "1973-79", "" for any time
	Source              string
	Sure                bool // false for inferred, unexpanded or misspelt codes
}

// Tag explains a TAG as of the date of its cable: CH is China in 2009 and
// Switzerland in 2014 (cable-format 2.5). A misspelt code says what was
// probably meant. ok is false when nothing is known.
func Tag(code string, at time.Time) (e Entry, ok bool) { panic("to be written") }

// Post explains a post by its canonical name, PLAD or six-letter form.
func Post(name string) (e Entry, ok bool) { panic("to be written") }

// Routing explains a routing indicator.
func Routing(indicator string) (e Entry, ok bool) { panic("to be written") }

// Caption explains a caption or handling word.
func Caption(s string) (e Entry, ok bool) { panic("to be written") }

// Reason explains a reason for classification under the Executive Order in
// force at the date: section "1.4", letter "b".
func Reason(section, letter string, at time.Time) (e Entry, ok bool) { panic("to be written") }

// Abbreviation expands an abbreviation; post is the originating post, because
// GOK is Kazakhstan from Astana and Kenya from Nairobi. Several entries where
// it is ambiguous.
func Abbreviation(s, post string) []Entry { panic("to be written") }

// Look finds everything known about a term, best first.
func Look(term, post string, at time.Time) []Entry { panic("to be written") }
