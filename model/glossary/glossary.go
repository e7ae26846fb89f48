// Package glossary explains the codes of the field, each with its period:
// TAGS, posts, routing indicators, captions, reasons, abbreviations. The facts
// are embedded; nothing is looked up elsewhere.
package glossary

import (
	"embed"
	"encoding/csv"
	"strings"
)

// Entry is one meaning of one code.
type Entry struct {
	Code, Kind, Meaning string // Kind: tag post routing caption reason abbreviation marking
	Detail              string // sort of TAG, country of a post, note
	Period              string // "2000s", "1973-79", "" for any time
	Source              string
	Sure                bool // false for inferred, unexpanded or misspelt codes
}

//go:embed data/*.csv
var data embed.FS

// rows reads an embedded table without its heading. A table that does not
// parse is a fault of the build, which the tests find.
func rows(name string) [][]string {
	f, err := data.Open("data/" + name)
	if err != nil {
		panic("glossary: " + err.Error())
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic("glossary: " + name + ": " + err.Error())
	}
	return all[1:]
}

// capitals is s in capitals with one blank between words.
func capitals(s string) string {
	return strings.Join(strings.Fields(strings.ToUpper(s)), " ")
}
