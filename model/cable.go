// Package model says what a diplomatic cable is: its marking, addressees,
// references, dates and text, with the rules of the field that bind them.
//
// It knows nothing of files, screens or databases. Everything here is plain
// data and pure functions; the clock is always handed in.
package model

import (
	"strings"
	"time"
)

// Span is a half-open range of bytes, [Start, End), into Cable.Text.
type Span struct{ Start, End int }

// Len is the number of bytes the span covers.
func (s Span) Len() int { return s.End - s.Start }

// Of cuts the span out of the text it points into; a span that does not fit
// gives "" and never panics.
func (s Span) Of(text string) string {
	if s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return ""
	}
	return text[s.Start:s.End]
}

// Cable is one message as it was read: what its header says, its text in
// blocks, and where each of them stands in the source.
//
// A cable is always readable: what could not be found is the zero value, and
// Problems says what was odd.
type Cable struct {
	ID         string // canonical, such as 07ASTANA9911; "" when it cannot be told
	IDInferred bool   // built from the text, not printed by the source

	Source   Source
	Text     string // the message (and its wrapper, if it was text) decoded to UTF-8
	Metadata *Metadata

	Envelope       Envelope
	From           Address
	To, Info       []Address // action and information addressees
	Exempt         []Address // XMT: dropped from a collective
	MRN            string    // post and number of the classification line, "ASTANA 9911"
	Section        *Section  // nil when the cable does not say
	Classification Classification
	Captions       []string // SIPDIS, NOFORN, ... each once, in order met
	Attention      []string // attention and passing lines
	Declass        Declassification
	Tags           []string // as written, upper case
	Subject        string   // without its own marking
	SubjectMarking string   // that marking as written, without parentheses
	References     []Reference
	ClassifiedBy   *ClassifiedBy // nil when there is none
	Summary        string        // without number, marking, "Summary:" and "End summary"
	Signature      string        // who signed: head of post, not the drafter

	Blocks   []Block      // the text, in order
	Parts    []Part       // tile Text: every byte belongs to exactly one
	Places   []ValuePlace // of the values of envelope, front and ending, in no promised order
	Problems []Problem    // what was odd, in order of place
}

// Source says where a cable came from and how it was decoded.
//
// A file may hold one cable, many (rows of a table, messages one after the
// other), or be an archive whose entries do. EntryAt, Offset and Length lead
// back to the very bytes.
type Source struct {
	Path    string // as the user gave it or found below it
	Entry   string // name inside an archive, "" outside one; a second entry of the same name gets " (2)"
	EntryAt int64  // byte at which the archive, unpacked if it is packed as a whole, holds the entry
	Index   int    // which message of the file or entry, from 0: the row of a table
	Offset  int64  // byte of the file, entry or unpacked stream at which the message begins
	Length  int64  // bytes from there that hold it, escapes and quotes of a table included; 0: to the end
	Format  string // page-text cablegate-html cables-csv message ... (see parse-json)
	Charset string // utf-8, iso-8859-1, windows-1252
	SHA256  string // of the bytes of the message, hexadecimal: of file, entry or stretch; of a row its envelope and body
	Bytes   int    // how many bytes of the source are this message's
}

// Metadata is what the wrapper (page, CSV row) says about the cable. The
// cable's own text is believed before it.
type Metadata struct {
	ID, Classification, Origin, Title string
	Created, Released                 time.Time // zero when absent
	CreatedText                       string    // as printed
	Tags, References                  []string

	To         string      // addressees in the words of an archive, "" when it names none
	Current    string      // classification of the record as it is now
	Film       string      // number of the microfilm that holds a copy, D750055-0259
	Release    *Release    // evidence that the record was reviewed and let go; nil when there is none
	Attributes []Attribute // all that the wrapper says, as printed, in its order
}

// Envelope is the transmission header, ACP 127 format lines 1 to 5.
type Envelope struct {
	Serial        string   // line 1, VZCZCXYZ0001
	Station       string   // line 3, routing indicator of the sender
	StationSerial string   // line 3, four digits after #
	Section       string   // line 3, after /
	Filed         string   // line 3, day of year and time, 2880813
	Security      string   // line 4, "ZNY CCCCC ZZH"
	Signals       []string // operating signals: ZDK ZDS ZFF ...
	Precedence    []string // in words, action first: IMMEDIATE, ROUTINE
	DTG           time.Time
	DTGText       string // as written, "150813Z OCT 07"
}

// Address is one originator or addressee of the envelope.
type Address struct {
	Route      string // routing indicator, "" when not given
	Name       string // plain-language address designator (PLAD)
	Precedence string // in words, "" when the message's own applies
	Number     string // message continuity number
}

// Section says which part of a message that was sent in several this is.
type Section struct{ Number, Of int }

// Classification is the level of the cable as its own line says, and how
// that agrees with its paragraphs.
type Classification struct {
	Line     string // as written
	Level    Level
	Controls []string
	Highest  Marking // highest portion marking met, controls of all portions
	Check    Check
	Metadata Level // what the wrapper said; LevelUnknown when nothing
}

// Reference is one item of the REF line.
type Reference struct {
	Label        string // A, B ... "" when there is none
	Text         string // as written, without the label
	Kind         ReferenceKind
	ID           string // canonical, only for cables
	YearInferred bool
	Span         Span
}

// ReferenceKind says what sort of thing a reference names.
type ReferenceKind string

// The kinds of reference; only cables have an id.
const (
	RefCable  ReferenceKind = "cable"
	RefMail   ReferenceKind = "mail"
	RefReport ReferenceKind = "report"
	RefDTG    ReferenceKind = "dtg"
	RefOther  ReferenceKind = "other"
)

// ClassifiedBy is the classification authority line.
type ClassifiedBy struct {
	Text          string // after "Classified By:", lines joined
	Name, Title   string
	ReasonSection string   // "1.4", "1.5" or "" when only letters are given
	Letters       []string // lower case, sorted, each once
	Span          Span
}

// BlockKind says what a block of the text is. It is a number, because a cable
// has many blocks and its reading asks for their kind again and again.
type BlockKind uint8

// The kinds of block of parse-json.
const (
	NoBlock BlockKind = iota
	Paragraph
	Heading
	SummaryBlock
	CommentBlock
	NoteBlock
	ActionBlock
	Bullet
	Subparagraph
	Continuation // more text under the same number
	Marker       // "End Summary" alone
	Table
	Redacted
	Footer
)

var blockKinds = [...]string{
	"", "paragraph", "heading", "summary", "comment", "note", "action", "bullet", "subparagraph", "continuation", "marker", "table", "redacted", "footer",
}

// String is the name of the kind, "" for none.
func (k BlockKind) String() string { return nameOf(blockKinds[:], int(k)) }

// nameOf is the name with this number, "" when there is none.
func nameOf(names []string, n int) string {
	if n >= len(names) {
		return ""
	}
	return names[n]
}

// Block is a piece of the cable's text.
type Block struct {
	Kind    BlockKind
	Inherit bool // the marking is that of the paragraph (or "entire text") it belongs to
	Line    int  // in Cable.Text, from 1
	Span    Span // from its first byte to the end of its last line, furniture within included
	Number  string
	Mark    Marking // zero when it carries none
	Text    string  // without number and marking; lines kept as sent, furniture taken out
}

// Marked says whether the block carries a portion marking of its own.
func (b Block) Marked() bool { return b.Mark.Raw != "" }

// PartKind says what a stretch of the source is.
type PartKind uint8

// The kinds of part. Furniture is what a reader folds away but never loses.
const (
	NoPart       PartKind = iota
	PartWrapper           // labels of a page saved as text
	PartEnvelope          // Name: serial routing station security dtg from to info xmt ...
	PartFront             // Name: classification caption attention eo tags subject ref classified-by ...
	PartBlock
	PartRuler  // the line of dashes under a heading
	PartEnding // Name: signature nnnn notice ...
	PartBlank
	PartFurn // Name: page-line sipdis repeated-front section-header ...
)

var partKinds = [...]string{"", "wrapper", "envelope", "front", "block", "ruler", "ending", "blank", "furniture"}

// String is the name of the kind, "" for none.
func (k PartKind) String() string { return nameOf(partKinds[:], int(k)) }

// Part is a stretch of Cable.Text that belongs together. The parts of a
// cable tile its text: sorted, none overlapping, no byte left out.
// A block that furniture interrupts stands as several parts.
type Part struct {
	Kind  PartKind
	Name  string // which field or which furniture
	Span  Span
	Line  int // from 1
	Block int // index into Blocks for PartBlock, -1 otherwise
}

// Problem is something odd in a cable, with its place and a plain sentence.
type Problem struct {
	Code string // stable, kebab-case: repeated-front, no-classification-line ...
	Line int    // from 1; 0 when it concerns the whole
	Span Span
	Text string // a sentence for the reader; holds no text of the cable
}

// Furniture gives the parts that a reader folds away, in order.
func (c *Cable) Furniture() []Part {
	var out []Part
	for _, p := range c.Parts {
		if p.Kind == PartFurn {
			out = append(out, p)
		}
	}
	return out
}

// Place gives the part of the envelope, front or ending with this name, so
// that a value can be traced to its line; false when there is none.
func (c *Cable) Place(name string) (Part, bool) {
	for _, p := range c.Parts {
		if p.Name == name && p.Kind != PartFurn {
			return p, true
		}
	}
	return Part{}, false
}

// Laid is the text of a block with the blanks that stand before its first line
// in the source, so that the first row of a table stands over the others.
func (c *Cable) Laid(b Block) string {
	if b.Span.Start <= 0 || b.Span.Start > len(c.Text) {
		return b.Text
	}
	before := c.Text[:b.Span.Start]
	margin := before[strings.LastIndexByte(before, '\n')+1:]
	if strings.Trim(margin, " \t") != "" {
		return b.Text
	}
	return margin + b.Text
}

// Date is the best date of the cable, in UTC: its DTG, else what the wrapper
// says was the day it was created. Zero when neither is known. The DTG is
// believed first, because published metadata damages times.
func (c *Cable) Date() time.Time {
	if !c.Envelope.DTG.IsZero() {
		return c.Envelope.DTG
	}
	if c.Metadata != nil {
		return c.Metadata.Created
	}
	return time.Time{}
}
