package library

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"chancery/model"
	"chancery/model/glossary"
	"chancery/model/query"
)

// facts is what queries ask of a cable beside what the list shows of it. The
// same facts are kept for every cable of a collection and taken from a single
// cable when that is looked at alone, so the two cannot disagree.
type facts struct {
	class   model.Marking // of its own line, captions taken in
	high    model.Level   // of its highest portion; unknown where none is marked
	origin  []string
	to      []string
	info    []string
	country []string
	tag     []string
	caveat  []string
	cite    []citation
	marks   []model.Marking // of its blocks, in order
	by      string
	sign    string
	words   int
	declas  time.Time
	traits  traits
}

// citation is a reference to a cable.
type citation struct {
	id       string
	inferred bool // it gives no year
}

// traits are what is or is not with a cable, yes or no.
type traits uint32

const (
	noDeclas traits = 1 << iota
	noTags
	noSubject
	noRefs
	noDate
	noClass
	isBroken
	isPartial
	isCopy
	isNew
	hasRef
	hasTable
	hasRedaction
	hasUnknownMark
	hasAttachment
	isBare // no paragraph: nothing can be asked of one
)

// traitNames says how a query names each trait.
var traitNames = []struct {
	field, word string
	trait       traits
}{
	{"missing", "declas", noDeclas},
	{"missing", "tags", noTags},
	{"missing", "subject", noSubject},
	{"missing", "refs", noRefs},
	{"missing", "date", noDate},
	{"missing", "class", noClass},
	{"is", "broken", isBroken},
	{"is", "partial", isPartial},
	{"is", "duplicate", isCopy},
	{"is", "new", isNew},
	{"has", "ref", hasRef},
	{"has", "table", hasTable},
	{"has", "redaction", hasRedaction},
	{"has", "unknown-mark", hasUnknownMark},
	{"has", "attachment-line", hasAttachment},
}

// names gives the words of a field that hold.
func (t traits) names(field string) []string {
	var out []string
	for _, n := range traitNames {
		if n.field == field && t&n.trait != 0 {
			out = append(out, n.word)
		}
	}
	return out
}

// factsOf takes the facts from a cable.
func factsOf(c *model.Cable, w wording) facts {
	f := facts{
		class: c.Banner(), origin: originOf(c), to: addressees(c.To), info: addressees(c.Info),
		tag: c.Tags, caveat: caveatsOf(c), sign: c.Signature, words: w.count,
	}
	f.country = countriesOf(c, f.origin)
	f.high = c.Classification.Highest.Level
	if by := c.ClassifiedBy; by != nil {
		f.by = by.Text
	}
	for _, r := range c.References {
		if r.Kind == model.RefCable && r.ID != "" && r.ID != c.ID {
			f.cite = append(f.cite, citation{r.ID, r.YearInferred})
		}
	}
	for _, b := range c.Blocks {
		f.marks = append(f.marks, model.Marking{Level: b.Mark.Level, Controls: b.Mark.Controls})
	}
	switch c.Declass.Kind {
	case model.DeclassDeadline, model.DeclassDone, model.DeclassGDS:
		f.declas = c.Declass.Date
	}
	f.traits = traitsOf(c, f)
	return f
}

// traitsOf says what is or is not with a cable, but for what only its
// collection knows.
func traitsOf(c *model.Cable, f facts) traits {
	var t traits
	set := func(yes bool, bit traits) {
		if yes {
			t |= bit
		}
	}
	set(f.declas.IsZero(), noDeclas)
	set(len(c.Tags) == 0, noTags)
	set(subjectOf(c) == "", noSubject)
	set(len(c.References) == 0, noRefs)
	set(c.Date().IsZero(), noDate)
	set(f.class.Level == model.LevelUnknown, noClass)
	set(len(c.References) > 0, hasRef)
	set(len(c.Blocks) == 0, isBare)
	for _, p := range c.Problems {
		switch p.Code {
		case "partial-extract", "ends-in-dots":
			t |= isPartial
		case "internal-fault", "no-paragraphs", "too-long":
			t |= isBroken
		}
	}
	for _, b := range c.Blocks {
		set(b.Kind == model.Table, hasTable)
		set(b.Kind == model.Redacted || strings.Contains(b.Text, "XXXXXXXX"), hasRedaction)
		set(f.class.Level > model.Sensitive && b.Number != "" && b.Mark.Level == model.LevelUnknown, hasUnknownMark)
		set(attached(b.Text), hasAttachment)
	}
	return t
}

// attached says whether a text speaks of something sent along with it.
func attached(s string) bool {
	return strings.Contains(s, "ttachment") || strings.Contains(s, "ATTACHMENT")
}

// originOf is what a query's origin may name: the sender in short and as the
// envelope writes it, and the post of the id.
func originOf(c *model.Cable) []string {
	out := add(nil, fromOf(c))
	out = add(out, c.From.Name)
	if _, post, _, ok := model.SplitID(c.ID); ok {
		out = add(out, post)
	}
	return out
}

// add appends what is neither empty nor there already.
func add(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func addressees(as []model.Address) []string {
	var out []string
	for _, a := range as {
		out = add(out, a.Name)
	}
	return out
}

// countriesOf is the country of the post, and those of the geographic TAGS as
// of the cable's date (cable-format 2.5).
func countriesOf(c *model.Cable, origin []string) []string {
	var out []string
	if len(origin) > 0 {
		out = add(out, glossary.Country(origin[len(origin)-1]))
	}
	for _, tag := range c.Tags {
		if len(tag) == 2 {
			if e, ok := glossary.Tag(tag, c.Date()); ok && e.Detail == "place" {
				out = add(out, e.Meaning)
			}
		}
	}
	return out
}

// caveatsOf is the captions, and the controls of the line and of the portions.
func caveatsOf(c *model.Cable) []string {
	var out []string
	for _, s := range c.Captions {
		out = add(out, s)
	}
	for _, list := range [...][]string{c.Banner().Controls, c.Classification.Controls, c.Classification.Highest.Controls} {
		for _, s := range list {
			out = add(out, model.ControlWords(s))
		}
	}
	return out
}

// wording is what can be searched of a cable, as the words of the query
// language: those of the subject, and those of each block with paraEnd behind
// it, so that no phrase reaches from one paragraph into the next.
type wording struct {
	subject, text []byte
	count         int // of words
}

// paraEnd stands between paragraphs; it is no letter, so no word is like it.
const paraEnd = "\u00b6 "

// wordingOf gives the words of a cable; text is in room that is lent.
func wordingOf(c *model.Cable, from *rooms) wording {
	size := 0
	for _, b := range c.Blocks {
		size += len(b.Text) + len(paraEnd) + 1
	}
	w := wording{subject: query.AppendWords(nil, subjectOf(c)), text: from.lend(size)}
	for _, b := range c.Blocks {
		w.text = append(query.AppendWords(w.text, b.Text), paraEnd...)
	}
	w.count = bytes.Count(w.subject, blank) + bytes.Count(w.text, blank) - len(c.Blocks)
	return w
}

var blank = []byte(" ")
