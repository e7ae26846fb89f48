package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

var refHeads = []string{"id", "relation", "other", "held", "label", "date", "mark", "from", "subject", "paragraph", "sentence", "step"}

// jsonLinks is a cable in refs --json.
type jsonLinks struct {
	Schema  int        `json:"schema"`
	ID      string     `json:"id"`
	Held    bool       `json:"held"`
	Step    int        `json:"step"` // how far it is from what was asked for, from 1
	Subject *string    `json:"subject"`
	Cites   []jsonLink `json:"cites"`
	Others  []jsonItem `json:"others"` // what it refers to that is no cable
	CitedBy []jsonLink `json:"cited_by"`
}

type jsonLink struct {
	ID        *string `json:"id"`
	Held      bool    `json:"held"`
	Label     *string `json:"label"`
	Inferred  bool    `json:"year_inferred"`
	Date      *string `json:"date"`
	Mark      *string `json:"mark"`
	From      *string `json:"from"`
	Subject   *string `json:"subject"`
	Path      *string `json:"path"`
	Paragraph *string `json:"paragraph"`
	Sentence  *string `json:"sentence"`
}

type jsonItem struct {
	Label *string `json:"label"`
	Kind  string  `json:"kind"`
	Text  string  `json:"text"`
}

func linksJSON(list []model.Link) []jsonLink {
	out := make([]jsonLink, 0, len(list))
	for _, k := range list {
		j := jsonLink{
			ID: maybe(k.ID), Held: k.Entry.Key != 0, Label: maybe(k.Label), Inferred: k.Inferred,
			Paragraph: maybe(k.Number), Sentence: maybe(k.Sentence),
		}
		if e := &k.Entry; j.Held {
			j.Date, j.Mark, j.From, j.Subject, j.Path = moment(e.Date), maybe(e.Mark.Code()), maybe(e.From), maybe(e.Subject), maybe(e.Path)
		}
		out = append(out, j)
	}
	return out
}

// refsPrinter prints the references of cables.
type refsPrinter struct {
	w     *world
	ink   ink
	out   io.Writer
	sheet *sheet
	cable int
	found int // links
}

func (p *refsPrinter) close() error {
	if p.sheet.format == "table" {
		return nil
	}
	return p.sheet.close()
}

// links prints those of one cable: a record a link, as JSON one a cable. Of
// the cables further on in a chain only those that lead somewhere are printed.
func (p *refsPrinter) links(l model.Links, step int) error {
	n := len(l.Cites) + len(l.CitedBy) + len(l.Others)
	p.found += n
	if n == 0 && step > 1 {
		return nil
	}
	switch p.sheet.format {
	case "table":
		return p.draw(&l, step)
	case "json", "jsonl":
		j := jsonLinks{cableSchema, l.ID, l.Entry.Key != 0, step, maybe(l.Entry.Subject), linksJSON(l.Cites), []jsonItem{}, linksJSON(l.CitedBy)}
		for _, r := range l.Others {
			j.Others = append(j.Others, jsonItem{maybe(r.Label), string(r.Kind), r.Text})
		}
		return p.sheet.put(nil, j)
	}
	for _, r := range l.Others {
		cells := []string{l.ID, "cites", "", "", r.Label, "", "", "", r.Text, "", "", strconv.Itoa(step)}
		if err := p.sheet.put(cells, nil); err != nil {
			return err
		}
	}
	for _, part := range [...]struct {
		relation string
		list     []model.Link
	}{{"cites", l.Cites}, {"cited-by", l.CitedBy}} {
		for _, k := range part.list {
			e := &k.Entry
			cells := []string{l.ID, part.relation, k.ID, yesNo(e.Key != 0), k.Label, dateOf(e.Date), "", e.From, e.Subject, k.Number, k.Sentence, strconv.Itoa(step)}
			if e.Key != 0 {
				cells[6] = e.Mark.Code()
			}
			if err := p.sheet.put(cells, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// draw prints the references of a cable for people.
func (p *refsPrinter) draw(l *model.Links, step int) error {
	var b strings.Builder
	if p.cable++; p.cable > 1 {
		b.WriteByte('\n')
	}
	head := p.ink.draw(themes.Field, safe.Line(l.ID))
	if l.Entry.Key == 0 {
		head += "  " + p.ink.draw(themes.Warning, "not held")
	} else {
		head += "  " + p.about(&l.Entry, len(l.ID)+2)
	}
	b.WriteString(head + "\n")
	if len(l.Cites)+len(l.Others) > 0 {
		b.WriteString(" " + p.ink.draw(themes.Heading, "cites") + "\n")
	}
	for _, k := range l.Cites {
		p.drawLink(&b, &k)
	}
	for _, r := range l.Others {
		b.WriteString("  " + fit(safe.Line(r.Label), 3) + " " + p.ink.draw(themes.Dim, p.clip(safe.Line(r.Text), 6)) + "\n")
	}
	if len(l.CitedBy) > 0 {
		b.WriteString(" " + p.ink.draw(themes.Heading, "cited by") + "\n")
	}
	for _, k := range l.CitedBy {
		p.drawLink(&b, &k)
	}
	if len(l.Cites)+len(l.CitedBy)+len(l.Others) == 0 {
		b.WriteString(" " + p.ink.draw(themes.Dim, "refers to nothing, and nothing that is held refers to it") + "\n")
	}
	_, err := io.WriteString(p.out, b.String())
	return err
}

// drawLink prints the cable at the other end, and the sentence below.
func (p *refsPrinter) drawLink(b *strings.Builder, k *model.Link) {
	id := safe.Line(k.ID)
	if id == "" {
		id = safe.Line(nameOfEntry(k.Entry))
	}
	if k.Inferred {
		id += "?"
	}
	line := "  " + fit(safe.Line(k.Label), 3) + " " + p.ink.draw(themes.Field, fit(id, 18)) + "  "
	if k.Entry.Key == 0 {
		line += p.ink.draw(themes.Warning, "not held")
	} else {
		line += p.about(&k.Entry, 26)
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
	if k.Sentence == "" {
		return
	}
	said := safe.Line(k.Sentence)
	if k.Number != "" {
		said = safe.Line(k.Number) + ": " + said
	}
	room := 0
	if p.w.width > 0 {
		room = max(20, min(p.w.width, 100)-7)
	}
	for _, line := range linesOf(said, room, false) {
		b.WriteString("      " + p.ink.draw(themes.Dim, line) + "\n")
	}
}

// about is the row of a cable beside its id, which with what stands before
// takes so many cells.
func (p *refsPrinter) about(e *model.Entry, taken int) string {
	mark := fit(safe.Line(e.Mark.Code()), 6)
	from := fit(safe.Line(e.From), 12)
	return fmt.Sprintf("%s  %s  %s  %s", fit(dayIn(e.Date), 10), p.ink.draw(themes.Mark(int(e.Mark.Level)), mark), from, p.clip(safe.Line(e.Subject), taken+34))
}

func (p *refsPrinter) clip(text string, taken int) string {
	if p.w.width == 0 {
		return text
	}
	return clip(text, max(8, p.w.width-taken-1))
}
