// Package export writes what a reader takes away: a brief or the answer to a
// query, with citations down to the paragraph, as a document to read, as data,
// or as records for a bibliography.
//
// It has no clock and touches no file, so that what a screen previews and what
// a command writes are the same bytes. All foreign text passes the gate; only
// JSON holds it as it is, escaped. A quotation keeps its portion marking unless
// the caller drops it in so many words, and nothing is called declassified
// that does not show it.
package export

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"chancery/model"
)

// Format is a form of file.
type Format string

// The formats.
const (
	Markdown Format = "md"
	Text     Format = "text"
	HTML     Format = "html"
	JSON     Format = "json"
	CSV      Format = "csv"
	BibTeX   Format = "bibtex"
	RIS      Format = "ris"
	CSLJSON  Format = "csl-json"
)

// Kind says of a format how it is called and how its files end.
type Kind struct {
	Format Format // as a flag names it
	Title  string
	Ending string // of a file name, with its dot
	Quotes bool   // it holds the text of what is exported; else only records of the cables
}

// Formats are all of them, in the order in which they are offered.
func Formats() []Kind {
	return []Kind{
		{Markdown, "Markdown", ".md", true},
		{Text, "text", ".txt", true},
		{HTML, "HTML", ".html", true},
		{JSON, "JSON", ".json", true},
		{CSV, "CSV", ".csv", true},
		{BibTeX, "BibTeX", ".bib", false},
		{RIS, "RIS", ".ris", false},
		{CSLJSON, "CSL-JSON", ".csl.json", false},
	}
}

// KindOf gives what is known of a format; false when there is no such format.
func KindOf(f Format) (Kind, bool) {
	for _, k := range Formats() {
		if k.Format == f {
			return k, true
		}
	}
	return Kind{}, false
}

// Style is a way of citing.
type Style string

// The styles. The empty style is Chicago.
const (
	Chicago  Style = "chicago"
	Archival Style = "archival"
	Short    Style = "short"
	Bluebook Style = "bluebook"
	NoStyle  Style = "none"
)

// Manner says how a style is called.
type Manner struct {
	Style Style
	Title string
}

// Styles are all of them, in the order in which they are offered.
func Styles() []Manner {
	return []Manner{
		{Chicago, "Chicago note"},
		{Archival, "archival"},
		{Short, "short (id, para)"},
		{Bluebook, "Bluebook"},
		{NoStyle, "none"},
	}
}

// Hash says how much of the SHA-256 of a source a citation gives.
type Hash string

// The empty Hash is a short one, 5d20...91ab. Data and records for a
// bibliography give the whole one in its place.
const (
	ShortHash Hash = "short"
	WholeHash Hash = "whole"
	NoHash    Hash = "none"
)

// Source is where a copy of a cable was read.
type Source struct {
	Collection string    // the archive or folder that was opened, "cables-2010.zip"; "" when there was only a file
	Sum        string    // SHA-256 of the archive, hexadecimal, where it is known
	Published  string    // title of a published collection the caller knows it is from; "": what the copy itself shows
	Accessed   time.Time // the day on which it was read; zero: not said
}

// Item is one thing of a document: a cable or paragraphs of it.
type Item struct {
	Cable  *model.Cable // nil: not held
	Handle model.Handle // names a cable that is not held
	Pin    *model.Pin   // of a brief; its paragraph is quoted
	Blocks []int        // without a pin: the paragraphs quoted, among Cable.Blocks; none: all of them
	Bare   bool         // cited only, nothing is quoted
	Notes  []model.Note // the reader's, of the cable and its paragraphs; those of what is quoted are written
	Source Source
}

// Document is a brief or an answer. Its items are asked for twice when the
// highest marking is to stand above them, and not kept, so that a whole
// collection may be written; an error of theirs ends the writing.
type Document struct {
	Title string // name of the brief, or the query
	Brief bool   // for the words: "in this brief"
	Items iter.Seq2[Item, error]
}

// List makes a sequence of items that are at hand.
func List(items ...Item) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for _, it := range items {
			if !yield(it, nil) {
				return
			}
		}
	}
}

// BriefOf makes the document of a brief. find gives the cable of a pin, nil
// where it is not held, with the reader's work on it and where it was read.
func BriefOf(b model.Brief, find func(model.Pin) (*model.Cable, model.Work, Source, error)) Document {
	return Document{Title: b.Name, Brief: true, Items: func(yield func(Item, error) bool) {
		for i := range b.Pins {
			pin := b.Pins[i]
			c, work, from, err := find(pin)
			if !yield(Item{Cable: c, Handle: pin.Handle, Pin: &pin, Notes: work.Notes, Source: from}, err) {
				return
			}
		}
	}}
}

// Options say what is written. The zero value is what is offered first.
type Options struct {
	Style        Style
	Hash         Hash
	Header       bool // what the header of each cable says stands before its text
	DropMarks    bool // quote without portion markings: only when the reader asks for it in so many words
	DropNotes    bool // leave the reader's notes and comments out
	DropMarkLine bool // leave out the lines that state the highest marking
}

// Flags are the flags of chancery export that ask for the same.
func Flags(f Format, o Options) []string {
	flags := []string{"--format", string(f), "--cite", string(o.style())}
	for _, x := range []struct {
		on   bool
		flag string
	}{
		{o.Header, "--header"},
		{o.DropMarks, "--no-marks"},
		{o.DropNotes, "--no-notes"},
		{o.DropMarkLine, "--no-mark-line"},
	} {
		if x.on {
			flags = append(flags, x.flag)
		}
	}
	if o.Hash != "" && o.Hash != ShortHash {
		flags = append(flags, "--hash", string(o.Hash))
	}
	return flags
}

func (o Options) style() Style {
	if o.Style == "" {
		return Chicago
	}
	return o.Style
}

// whole is the hash that data and records give.
func (o Options) whole() Hash {
	if o.Hash == NoHash {
		return NoHash
	}
	return WholeHash
}

// writer writes one document in one format. It is given the marking of all
// items first (nothing where that is not asked for), then each item in turn.
type writer interface {
	begin(d Document, mark string)
	item(e *entry)
	end(mark string)
}

// Write writes a document.
func Write(w io.Writer, f Format, d Document, o Options) error {
	if !slices.ContainsFunc(Styles(), func(m Manner) bool { return m.Style == o.style() }) {
		return fmt.Errorf("there is no style %q of citing", o.Style)
	}
	out := bufio.NewWriter(w)
	to, err := writerOf(out, f, o)
	if err != nil {
		return err
	}
	mark := ""
	if !o.DropMarkLine {
		if mark, err = d.marking(f, o); err != nil {
			return err
		}
	}
	to.begin(d, mark)
	r := resolver{o: o, seen: map[string]bool{}}
	for it, err := range d.Items {
		if err != nil {
			return err
		}
		to.item(r.entry(it))
	}
	to.end(mark)
	return out.Flush()
}

func writerOf(out *bufio.Writer, f Format, o Options) (writer, error) {
	switch f {
	case Markdown:
		return &markdown{out: out, o: o}, nil
	case Text:
		return &plain{out: out, o: o}, nil
	case HTML:
		return &page{out: out, o: o}, nil
	case JSON:
		return &data{out: out, o: o}, nil
	case CSV:
		return newTable(out, o), nil
	case BibTeX, RIS, CSLJSON:
		return &bibliography{out: out, o: o, format: f}, nil
	}
	return nil, fmt.Errorf("there is no format %q to export to", f)
}
