package query

import (
	"slices"
	"strings"
)

// Kind is what the values of a field are.
type Kind string

// The kinds of field.
const (
	OfText   Kind = "text"    // the value's words follow each other in it, or /pattern/
	OfName   Kind = "name"    // of posts, countries, TAGS, captions
	OfMark   Kind = "marking" // ordered
	OfDate   Kind = "date"    // ordered
	OfNumber Kind = "number"  // ordered
	OfCable  Kind = "cable"   // an id in any spelling
	OfWord   Kind = "word"    // one of a fixed list: is, has, missing
	OfQuery  Kind = "query"   // the name of a saved query
)

// FieldInfo describes a field of the language.
type FieldInfo struct {
	Name      string
	Aliases   []string
	Kind      Kind
	Meaning   string   // in a few words, for help and completion
	Example   string   // tag:PREL
	Words     []string // the values it may have, of kind OfWord
	DeskWords []string // those of Words that ask for the reader's own work
	Desk      bool     // it asks for the reader's own work, which is kept apart from the collection
}

// Fields lists the fields, in the order in which help shows them. What it
// gives may be kept, not changed.
func Fields() []FieldInfo { return fields[:] }

var fields = [...]FieldInfo{
	{Name: "tag", Kind: OfName, Meaning: "TAGS of the cable", Example: "tag:PREL"},
	{Name: "origin", Aliases: []string{"from", "post"}, Kind: OfName, Meaning: "post that sent it", Example: "origin:astana"},
	{Name: "to", Kind: OfName, Meaning: "action addressee", Example: "to:moscow"},
	{Name: "info", Kind: OfName, Meaning: "information addressee", Example: "info:moscow"},
	{Name: "country", Kind: OfName, Meaning: "country of the post or of the TAGS", Example: "country:kazakhstan"},
	{Name: "class", Kind: OfMark, Meaning: "classification of the cable", Example: "class>=secret"},
	{Name: "mark", Kind: OfMark, Meaning: "marking of a paragraph", Example: "para{mark:s/nf}"},
	{Name: "caveat", Kind: OfName, Meaning: "caption or control", Example: "caveat:noforn"},
	{Name: "date", Kind: OfDate, Meaning: "date of the cable, UTC", Example: "date:2007-10..2008-02"},
	{Name: "after", Kind: OfDate, Meaning: "on or after the first day of", Example: "after:2007-10"},
	{Name: "before", Kind: OfDate, Meaning: "before the first day of", Example: "before:2008"},
	{Name: "declas", Kind: OfDate, Meaning: "date set for declassification", Example: "declas<=2017"},
	{Name: "id", Kind: OfCable, Meaning: "the cable itself", Example: `id:"07 ASTANA 9911"`},
	{Name: "cites", Aliases: []string{"ref"}, Kind: OfCable, Meaning: "cables that refer to this one", Example: "cites:07ASTANA9911"},
	{Name: "citedby", Kind: OfCable, Meaning: "cables that this one refers to", Example: "citedby:07ASTANA9911"},
	{Name: "thread", Kind: OfCable, Meaning: "the chain of references of this one", Example: "thread:07ASTANA9911"},
	{Name: "subject", Aliases: []string{"subj"}, Kind: OfText, Meaning: "words of the subject", Example: "subject:/^scenesetter/"},
	{Name: "body", Kind: OfText, Meaning: "words of a paragraph", Example: `body:"end user"`},
	{Name: "by", Kind: OfText, Meaning: "who classified it", Example: "by:smith"},
	{Name: "sign", Kind: OfText, Meaning: "who signed it", Example: "sign:smith"},
	{Name: "note", Kind: OfText, Meaning: "words of a note of yours", Example: "note:visit", Desk: true},
	{Name: "label", Kind: OfName, Meaning: "your label on it or on a paragraph", Example: "label:pipeline", Desk: true},
	{
		Name: "is", Kind: OfWord, Meaning: "what the cable is", Example: "is:partial",
		Words:     []string{"read", "unread", "relevant", "irrelevant", "later", "unjudged", "starred", "noted", "labelled", "pinned", "new", "broken", "partial", "duplicate"},
		DeskWords: []string{"read", "unread", "relevant", "irrelevant", "later", "unjudged", "starred", "noted", "labelled", "pinned"},
	},
	{
		Name: "has", Kind: OfWord, Meaning: "what is in it", Example: "has:table",
		Words:     []string{"note", "label", "ref", "table", "redaction", "unknown-mark", "attachment-line"},
		DeskWords: []string{"note", "label"},
	},
	{
		Name: "missing", Kind: OfWord, Meaning: "what it lacks", Example: "missing:declas",
		Words: []string{"declas", "tags", "subject", "refs", "date", "class"},
	},
	{Name: "file", Kind: OfText, Meaning: "part of the name of its file", Example: "file:2007.zip"},
	{Name: "words", Kind: OfNumber, Meaning: "how many words it has", Example: "words>2000"},
	{Name: "q", Kind: OfQuery, Meaning: "a saved query", Example: "q:weekly"},
}

// marks are the levels as a query names them, in order.
var marks = []struct{ word, meaning string }{
	{"unclassified", "U"},
	{"sbu", "sensitive but unclassified; FOUO and LOU too"},
	{"confidential", "C"},
	{"secret", "S"},
	{"topsecret", "TS"},
}

// wordMeanings say what the words of is, has and missing stand for, where the
// word does not say it all.
var wordMeanings = map[string]string{
	"is:read":             "you opened it",
	"is:unread":           "you never opened it",
	"is:irrelevant":       "you judged it not relevant",
	"is:relevant":         "you judged it relevant",
	"is:later":            "you put it off",
	"is:unjudged":         "you have not judged it yet",
	"is:starred":          "it has your star",
	"is:noted":            "you wrote a note on it",
	"is:labelled":         "it or a paragraph of it has a label of yours",
	"is:pinned":           "a paragraph of it is in a brief",
	"has:note":            "you wrote a note on it",
	"has:label":           "it or a paragraph of it has a label of yours",
	"is:new":              "came in with the last reading",
	"is:broken":           "could not be read as a cable",
	"is:partial":          "text is cut off or sections lack",
	"is:duplicate":        "the same cable is held more than once",
	"has:ref":             "refers to something",
	"has:table":           "a table in its text",
	"has:redaction":       "text was taken out before release",
	"has:unknown-mark":    "a marking that means nothing known",
	"has:attachment-line": "speaks of an attachment",
	"missing:declas":      "no declassification line",
	"missing:tags":        "no TAGS",
	"missing:subject":     "no subject",
	"missing:refs":        "refers to nothing",
	"missing:date":        "no date",
	"missing:class":       "no classification line",
}

// fieldOf finds a field by a name or alias in any capitals; nil when there is
// none.
func fieldOf(name string) *FieldInfo {
	name = strings.ToLower(name)
	for i := range fields {
		if f := &fields[i]; f.Name == name || slices.Contains(f.Aliases, name) {
			return f
		}
	}
	return nil
}

// ordered says whether the values of a field can be compared.
func (f *FieldInfo) ordered() bool {
	switch f.Kind {
	case OfMark, OfNumber:
		return true
	case OfDate:
		return f.Name != "after" && f.Name != "before"
	}
	return false
}

// fieldNames are all names a field may be called by.
func fieldNames() []string {
	var names []string
	for i := range fields {
		names = append(names, fields[i].Name)
	}
	for i := range fields {
		names = append(names, fields[i].Aliases...)
	}
	return names
}
