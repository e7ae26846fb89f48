package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"chancery/model"
	"chancery/model/safe"
)

// data writes JSON: the true text of what is quoted, escaped so that it can
// neither act on a terminal nor hide in it. Keys never disappear.
type data struct {
	out *bufio.Writer
	o   Options
	n   int
}

const schema = "chancery/1"

type jsonItem struct {
	N           int             `json:"n"`
	ID          *string         `json:"id"`
	IDInferred  bool            `json:"id_inferred"`
	Held        bool            `json:"held"`
	Class       *string         `json:"class"`   // level of the cable as a whole, lower case
	Caveats     []string        `json:"caveats"` // its controls, in words
	Date        *string         `json:"date"`
	From        *string         `json:"from"`
	To          []string        `json:"to"`
	Subject     *string         `json:"subject"`
	SubjectMark *string         `json:"subject_mark"`
	Tags        []string        `json:"tags"`
	Declass     *string         `json:"declassification"` // what its E.O. line or its archive says, as a sentence
	Paragraphs  []jsonParagraph `json:"paragraphs"`
	Remark      *string         `json:"remark"`
	Comment     *string         `json:"comment"`
	Notes       []jsonNote      `json:"notes"`
	Citation    *string         `json:"citation"`
	Accessed    *string         `json:"accessed"`
	Source      *jsonSource     `json:"source"`
}

type jsonParagraph struct {
	Block  *int    `json:"block"` // among the blocks of parse --json, from 0
	Kind   string  `json:"kind"`
	N      *string `json:"n"`
	Mark   *string `json:"mark"`
	Typed  *string `json:"mark_as_typed"`
	Text   string  `json:"text"`
	Safe   *string `json:"text_safe"` // null where the text is safe as it is
	Quoted *string `json:"paragraph"` // as a citation names it
}

type jsonNote struct {
	On   *string `json:"on"` // null: what is quoted
	Text string  `json:"text"`
}

type jsonSource struct {
	Path    string  `json:"path"` // the file's name, or the entry's in the archive
	Archive *string `json:"archive"`
	SHA256  *string `json:"sha256"`
	Sum     *string `json:"archive_sha256"`
	Format  string  `json:"format"`
	Index   int     `json:"index"`
}

func (d *data) begin(doc Document, mark string) {
	kind := "answer"
	if doc.Brief {
		kind = "brief"
	}
	d.out.WriteString(`{"schema":"` + schema + `","kind":"` + kind + `","title":` + encoded(doc.Title) +
		`,"style":"` + string(d.o.style()) + `","highest_marking":` + encoded(maybe(mark)) + `,"items":[`)
}

func (d *data) item(e *entry) {
	if d.n++; d.n > 1 {
		d.out.WriteByte(',')
	}
	d.out.WriteString("\n" + encoded(d.itemOf(e)))
}

func (d *data) end(string) { d.out.WriteString("\n]}\n") }

func (d *data) itemOf(e *entry) jsonItem {
	c := e.c
	j := jsonItem{
		N: e.n, ID: maybe(c.ID), IDInferred: c.IDInferred, Held: e.held,
		Caveats: []string{}, To: []string{}, Tags: append([]string{}, c.Tags...), Paragraphs: []jsonParagraph{}, Notes: []jsonNote{},
		From: maybe(c.From.Name), Subject: maybe(c.Subject), SubjectMark: maybe(c.SubjectMarking),
		Remark: maybe(e.remark), Comment: maybe(e.comment), Citation: maybe(e.cite), Accessed: day(e.item.Source.Accessed),
	}
	if m := bannerOf(c); m.Level != model.LevelUnknown {
		j.Class = maybe(strings.ToLower(m.Level.String()))
		for _, x := range m.Controls {
			j.Caveats = append(j.Caveats, model.ControlWords(x))
		}
	}
	for _, a := range c.To {
		j.To = append(j.To, a.Name)
	}
	if t := c.Date(); !t.IsZero() {
		j.Date = maybe(t.UTC().Format(time.RFC3339))
	}
	if e.held {
		j.Declass = maybe(c.SaysDeclass(e.item.Source.Accessed))
		j.Source = d.sourceOf(e)
	}
	for i := range e.passages {
		j.Paragraphs = append(j.Paragraphs, d.paragraph(e, &e.passages[i]))
	}
	for _, n := range e.notes {
		j.Notes = append(j.Notes, jsonNote{maybe(n.on), n.text})
	}
	return j
}

func (d *data) sourceOf(e *entry) *jsonSource {
	s := e.c.Source
	j := &jsonSource{Path: base(s.Path), Archive: maybe(base(e.item.Source.Collection)), Format: s.Format, Index: s.Index}
	if s.Entry != "" {
		j.Path, j.Archive = s.Entry, maybe(base(s.Path))
	}
	if d.o.Hash != NoHash {
		j.SHA256, j.Sum = maybe(s.SHA256), maybe(e.item.Source.Sum)
	}
	return j
}

func (d *data) paragraph(e *entry, p *passage) jsonParagraph {
	j := jsonParagraph{Kind: p.kind.String(), N: maybe(p.number), Text: p.text}
	if p.block >= 0 {
		j.Block = &p.block
		j.Quoted = maybe(pointAt(e.c, p.block).words)
	} else if e.item.Pin != nil {
		j.Quoted = maybe(pointOfPin(e.item.Pin).words)
	}
	if !d.o.DropMarks && hasMark(p.mark) {
		j.Mark, j.Typed = maybe(p.mark.Code()), maybe(p.typed)
	}
	if s := safe.Text(p.text); s != p.text {
		j.Safe = &s
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

// day is a date, null when it is not known.
func day(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return maybe(t.Format(time.DateOnly))
}

// encoded is a value as JSON on one line. Strings are the only values that
// could fail, and they cannot.
func encoded(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "null"
	}
	return string(bytes.TrimRight(safe.JSON(b.Bytes()), "\n"))
}
