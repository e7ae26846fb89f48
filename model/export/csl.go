package export

import (
	"strings"
	"time"
)

// cslItem is a record as the Citation Style Language has it (csl-data.json,
// versions 1.0.1 and 1.0.2: citation-key, which is of the latter alone, is not
// written).
type cslItem struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Title     string    `json:"title"`
	Author    []cslName `json:"author,omitempty"`
	Recipient []cslName `json:"recipient,omitempty"`
	Issued    *cslDate  `json:"issued,omitempty"`
	Accessed  *cslDate  `json:"accessed,omitempty"`
	Publisher string    `json:"publisher,omitempty"`
	Genre     string    `json:"genre"`
	Number    string    `json:"number,omitempty"`
	Archive   string    `json:"archive,omitempty"`
	Location  string    `json:"archive_location,omitempty"`
	Language  string    `json:"language"`
	Note      string    `json:"note,omitempty"`
	Annote    string    `json:"annote,omitempty"`
}

type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

// csl writes the records as a list of CSL items.
func (b *bibliography) csl() {
	b.out.WriteString("[")
	for i, r := range b.records {
		if i > 0 {
			b.out.WriteByte(',')
		}
		item := cslItem{
			ID: r.key, Type: "report", Title: r.title, Publisher: r.author, Genre: "Telegram", Number: r.id,
			Archive: r.archive, Location: r.archiveID, Language: "en", Accessed: cslDay(r.accessed), Annote: strings.Join(r.mine, "\n"),
		}
		if r.author != "" {
			item.Author = []cslName{{r.author}}
		}
		if r.addressee != "" {
			item.Recipient = []cslName{{r.addressee}}
		}
		switch {
		case !r.date.IsZero():
			item.Issued = cslDay(r.date.UTC())
		case r.year > 0:
			item.Issued = &cslDate{[][]int{{r.year}}}
		}
		item.Note = strings.TrimSpace(b.remarks(r) + " " + b.mark)
		b.out.WriteString("\n" + encoded(item))
	}
	b.out.WriteString("\n]\n")
}

func cslDay(t time.Time) *cslDate {
	if t.IsZero() {
		return nil
	}
	return &cslDate{[][]int{{t.Year(), int(t.Month()), t.Day()}}}
}
