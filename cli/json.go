package cli

import (
	"strings"
	"time"

	"chancery/model"
)

// The shape of one line of parse --json. Keys never disappear: what a cable
// lacks is null or an empty list. schema rises when a key changes meaning.
const cableSchema = 1

type jsonCable struct {
	Schema         int               `json:"schema"`
	ID             *string           `json:"id"`
	IDInferred     bool              `json:"id_inferred"`
	Source         jsonSource        `json:"source"`
	Text           jsonText          `json:"text"`
	Metadata       *jsonMetadata     `json:"metadata"`
	Envelope       jsonEnvelope      `json:"envelope"`
	From           jsonFrom          `json:"from"`
	To             []jsonAddress     `json:"to"`
	Info           []jsonAddress     `json:"info"`
	Exempt         []jsonAddress     `json:"exempt"`
	MRN            *string           `json:"mrn"`
	Section        *jsonSection      `json:"section"`
	Classification jsonLevel         `json:"classification"`
	Captions       []string          `json:"captions"`
	Attention      []string          `json:"attention"`
	Declass        jsonDeclass       `json:"declassification"`
	Tags           []string          `json:"tags"`
	Subject        *string           `json:"subject"`
	SubjectMarking *string           `json:"subject_marking"`
	References     []jsonReference   `json:"references"`
	ClassifiedBy   *jsonClassifiedBy `json:"classified_by"`
	Summary        *string           `json:"summary"`
	Signature      *string           `json:"signature"`
	Blocks         []jsonBlock       `json:"blocks"`
	Furniture      []jsonFurniture   `json:"furniture"`
	Places         []jsonPlace       `json:"places"`
	Problems       []jsonProblem     `json:"problems"`
}

type jsonSource struct {
	Path    string  `json:"path"`
	Entry   *string `json:"entry"`
	Index   int     `json:"index"`
	Format  string  `json:"format"`
	Charset string  `json:"charset"`
	SHA256  string  `json:"sha256"`
	Bytes   int     `json:"bytes"`
	Offset  int64   `json:"offset"` // in bytes, of the file or entry
	Length  int64   `json:"length"` // 0: to the end
}

type jsonText struct {
	Bytes  int    `json:"bytes"`
	Lines  int    `json:"lines"`
	SHA256 string `json:"sha256"`
}

type jsonMetadata struct {
	ID             *string  `json:"id"`
	Created        *string  `json:"created"`
	Released       *string  `json:"released"`
	Classification *string  `json:"classification"`
	Origin         *string  `json:"origin"`
	Title          *string  `json:"title"`
	Tags           []string `json:"tags"`
	References     []string `json:"references"`
}

type jsonEnvelope struct {
	Serial        *string  `json:"serial"`
	Station       *string  `json:"station"`
	StationSerial *string  `json:"station_serial"`
	Section       *string  `json:"section"`
	Filed         *string  `json:"filed"`
	Security      *string  `json:"security"`
	Signals       []string `json:"signals"`
	Precedence    []string `json:"precedence"`
	DTG           *string  `json:"dtg"`
}

type jsonFrom struct {
	Route *string `json:"route"`
	Name  *string `json:"name"`
}

type jsonAddress struct {
	Route      *string `json:"route"`
	Name       string  `json:"name"`
	Precedence *string `json:"precedence"`
	Number     *string `json:"number"`
}

type jsonSection struct {
	Number int `json:"number"`
	Of     int `json:"of"`
}

type jsonLevel struct {
	Line     *string  `json:"line"`
	Level    *string  `json:"level"`
	Controls []string `json:"controls"`
	Highest  *string  `json:"highest_portion"`
	Check    *string  `json:"check"`
}

type jsonDeclass struct {
	Line    *string `json:"line"`
	Order   *string `json:"order"`
	Date    *string `json:"date"`
	Literal *string `json:"literal"`
	Kind    string  `json:"kind"`
	Says    string  `json:"says"`
}

type jsonReference struct {
	Label        *string `json:"label"`
	Text         string  `json:"text"`
	Kind         string  `json:"kind"`
	ID           *string `json:"id"`
	YearInferred bool    `json:"year_inferred"`
}

type jsonClassifiedBy struct {
	Text    string       `json:"text"`
	Name    *string      `json:"name"`
	Title   *string      `json:"title"`
	Reasons *jsonReasons `json:"reasons"`
}

type jsonReasons struct {
	Section *string  `json:"section"`
	Letters []string `json:"letters"`
}

type jsonBlock struct {
	Line     int      `json:"line"`
	Span     [2]int   `json:"span"`
	Kind     string   `json:"kind"`
	Number   *string  `json:"number"`
	Marking  *string  `json:"marking"`
	Level    *string  `json:"level"`
	Controls []string `json:"controls"`
	Text     string   `json:"text"`
	Sign     *string  `json:"sign"` // of a bullet
}

// jsonPlace says where a value was read: field is its key, index counts the
// values of a list from 0.
type jsonPlace struct {
	Field string `json:"field"`
	Index int    `json:"index"`
	Line  int    `json:"line"`
	Span  [2]int `json:"span"`
}

type jsonFurniture struct {
	Line int    `json:"line"`
	Span [2]int `json:"span"`
	Kind string `json:"kind"`
}

type jsonProblem struct {
	Code string `json:"code"`
	Line int    `json:"line"`
	Span [2]int `json:"span"`
	Text string `json:"text"`
}

// cableJSON is the line of parse --json for a cable, with its line end. It
// depends on the cable alone: no clock, so the same bytes give the same line.
func cableJSON(c *model.Cable) ([]byte, error) {
	sum := sumOf(c.Text)
	j := jsonCable{
		Schema: cableSchema, ID: maybe(c.ID), IDInferred: c.IDInferred,
		Source: jsonSource{
			Path: c.Source.Path, Entry: maybe(c.Source.Entry), Index: c.Source.Index, Format: c.Source.Format,
			Charset: c.Source.Charset, SHA256: c.Source.SHA256, Bytes: c.Source.Bytes,
			Offset: c.Source.Offset, Length: c.Source.Length,
		},
		Text:     jsonText{len(c.Text), lines(c.Text), sum},
		Envelope: envelopeJSON(c.Envelope),
		From:     jsonFrom{maybe(c.From.Route), maybe(c.From.Name)},
		To:       addressesJSON(c.To), Info: addressesJSON(c.Info), Exempt: addressesJSON(c.Exempt),
		MRN: maybe(c.MRN), Section: (*jsonSection)(c.Section),
		Classification: jsonLevel{
			Line: maybe(c.Classification.Line), Level: maybe(c.Classification.Level.String()), Controls: list(c.Classification.Controls),
			Highest: maybe(c.Classification.Highest.Level.String()), Check: maybe(string(c.Classification.Check)),
		},
		Captions: list(c.Captions), Attention: list(c.Attention), Declass: declassJSON(c),
		Tags: list(c.Tags), Subject: maybe(c.Subject), SubjectMarking: maybe(c.SubjectMarking),
		References: make([]jsonReference, 0, len(c.References)), ClassifiedBy: classifiedByJSON(c.ClassifiedBy),
		Summary: maybe(c.Summary), Signature: maybe(c.Signature),
		Blocks: make([]jsonBlock, 0, len(c.Blocks)), Furniture: []jsonFurniture{}, Places: make([]jsonPlace, 0, len(c.Places)), Problems: make([]jsonProblem, 0, len(c.Problems)),
	}
	if m := c.Metadata; m != nil {
		j.Metadata = &jsonMetadata{
			ID: maybe(m.ID), Created: moment(m.Created), Released: moment(m.Released), Classification: maybe(m.Classification),
			Origin: maybe(m.Origin), Title: maybe(m.Title), Tags: list(m.Tags), References: list(m.References),
		}
	}
	for _, r := range c.References {
		j.References = append(j.References, jsonReference{maybe(r.Label), r.Text, string(r.Kind), maybe(r.ID), r.YearInferred})
	}
	for _, b := range c.Blocks {
		j.Blocks = append(j.Blocks, blockJSON(c, b))
	}
	for _, p := range c.Furniture() {
		j.Furniture = append(j.Furniture, jsonFurniture{p.Line, pair(p.Span), p.Name})
	}
	for _, p := range c.Places {
		j.Places = append(j.Places, jsonPlace{p.Field.String(), int(p.Index), c.LineAt(p.Span.Start), pair(p.Span)})
	}
	for _, p := range c.Problems {
		j.Problems = append(j.Problems, jsonProblem{p.Code, p.Line, pair(p.Span), p.Text})
	}
	return encode(j)
}

func blockJSON(c *model.Cable, b model.Block) jsonBlock {
	out := jsonBlock{b.Line, pair(b.Span), b.Kind.String(), maybe(b.Number), maybe(b.Mark.Raw), maybe(b.Mark.Level.String()), list(b.Mark.Controls), b.Text, maybe(c.Sign(b))}
	if b.Inherit {
		out.Marking = nil // it is not written there
	}
	if b.Kind == model.Table {
		out.Text = c.Laid(b) // its first row stands over the others
	}
	return out
}

func envelopeJSON(e model.Envelope) jsonEnvelope {
	return jsonEnvelope{
		Serial: maybe(e.Serial), Station: maybe(e.Station), StationSerial: maybe(e.StationSerial), Section: maybe(e.Section),
		Filed: maybe(e.Filed), Security: maybe(e.Security), Signals: list(e.Signals), Precedence: list(e.Precedence), DTG: moment(e.DTG),
	}
}

func addressesJSON(as []model.Address) []jsonAddress {
	out := make([]jsonAddress, 0, len(as))
	for _, a := range as {
		out = append(out, jsonAddress{maybe(a.Route), a.Name, maybe(a.Precedence), maybe(a.Number)})
	}
	return out
}

func declassJSON(c *model.Cable) jsonDeclass {
	d := c.Declass
	j := jsonDeclass{Line: maybe(d.Line), Order: maybe(d.Order), Literal: maybe(d.Literal), Kind: string(d.Kind), Says: c.SaysDeclass(time.Time{})}
	if j.Kind == "" {
		j.Kind = string(model.DeclassAbsent)
	}
	// Only a date that is written there: what the rules make of the instruction
	// stands in the sentence, which says that it was computed.
	if !d.Date.IsZero() && !d.Computed {
		j.Date = maybe(d.Date.Format(time.DateOnly))
	}
	return j
}

func classifiedByJSON(c *model.ClassifiedBy) *jsonClassifiedBy {
	if c == nil {
		return nil
	}
	j := &jsonClassifiedBy{Text: c.Text, Name: maybe(c.Name), Title: maybe(c.Title)}
	if c.ReasonSection != "" || len(c.Letters) > 0 {
		j.Reasons = &jsonReasons{maybe(c.ReasonSection), list(c.Letters)}
	}
	return j
}

// maybe is null for a string that is empty.
func maybe(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// list is never null.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// moment is a time in UTC to the second, null when it is not known.
func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return maybe(t.UTC().Format("2006-01-02T15:04:05Z"))
}

func pair(s model.Span) [2]int { return [2]int{s.Start, s.End} }

// lines counts the lines of a text: LF and FF end one, and what follows the
// last of these is one if it holds anything.
func lines(text string) int {
	n := strings.Count(text, "\n") + strings.Count(text, "\f")
	if text != "" && !strings.HasSuffix(text, "\n") && !strings.HasSuffix(text, "\f") {
		n++
	}
	return n
}
