// Package sample holds the made-up collection that comes with the program:
// fictional cables, written for it, that tell a few stories across posts and
// years and show between them every trait of the field that a reader meets.
//
// No text of a real cable is in them, no person in them lives, and their
// numbers (9900 to 9999, 099000 to 099999 for the Department) are chosen to
// be recognised as invented. Key says for each what a reader should find in
// it; the keys were thought out from the writing, not taken from a parser.
package sample

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"time"
)

//go:embed cables
var cables embed.FS

//go:embed hostile
var hostile embed.FS

//go:embed key.json
var keyFile []byte

// FS is the collection: one file a cable.
func FS() fs.FS { return below(cables, "cables") }

// Hostile is a folder of made-up cables that try to act on a terminal, a
// shell, a spreadsheet or the reader's eye. They are for tests and are no
// part of the collection. Some of the files are no valid text.
func Hostile() fs.FS { return below(hostile, "hostile") }

// below cuts an embedded folder out; the name is one of the two above, so it
// cannot be missing.
func below(from fs.FS, name string) fs.FS {
	sub, err := fs.Sub(from, name)
	if err != nil {
		panic(fmt.Sprintf("embedded folder %s: %v", name, err))
	}
	return sub
}

// Key says what one file of the collection holds.
type Key struct {
	File     string   `json:"file"`
	ID       string   `json:"id"`
	Format   string   `json:"format"`   // of source: page-text, cablegate-html, message
	Level    string   `json:"level"`    // of the cable's own line, in words
	Controls []string `json:"controls"` // of the cable as a whole: its line or a NOFORN caption
	Date     string   `json:"date"`     // the DTG, RFC 3339; "" where there is no envelope
	From     string   `json:"from"`
	Action   int      `json:"action"` // how many action addressees
	Info     int      `json:"info"`
	Exempt   int      `json:"exempt"`

	Tags       []string `json:"tags"`
	Subject    string   `json:"subject"`    // without its own marking
	References []string `json:"references"` // ids of the cables referred to, in order
	Declass    Declass  `json:"declassification"`
	Signature  string   `json:"signature"`

	Portions []Portion `json:"portions"` // the numbered paragraphs, without those of texts quoted within
	Headings int       `json:"headings"`
	Check    string    `json:"check"` // the line against the portions
	Traits   []string  `json:"traits"`
}

// Declass is the instruction on the E.O. line: its kind, and the date where
// the line gives one or the Executive Order lets it be computed.
type Declass struct {
	Kind string `json:"kind"`
	Date string `json:"date"` // 2017-10-11, or ""
}

// Portion is a numbered paragraph and its marking as written, without the
// parentheses; "" when it carries none.
type Portion struct {
	Number  string `json:"number"`
	Marking string `json:"marking"`
}

// Keys gives the key of every file, in the order of their names.
func Keys() ([]Key, error) {
	var keys []Key
	if err := json.Unmarshal(keyFile, &keys); err != nil {
		return nil, fmt.Errorf("read the key of the sample: %w", err)
	}
	return keys, nil
}

// Time is the date of the key; zero where there is none.
func (k Key) Time() (time.Time, error) {
	if k.Date == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339, k.Date)
}
