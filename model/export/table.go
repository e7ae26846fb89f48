package export

import (
	"bufio"
	"encoding/csv"
	"strings"
	"time"
	"unicode"

	"chancery/model"
	"chancery/model/safe"
)

// table writes comma-separated values (RFC 4180), a row for each paragraph.
// A cell that a spreadsheet would take for a formula begins with an apostrophe.
type table struct {
	csv  *csv.Writer
	o    Options
	mark string
}

func newTable(out *bufio.Writer, o Options) *table {
	t := &table{csv: csv.NewWriter(out), o: o}
	t.csv.UseCRLF = true
	return t
}

// The columns. The highest marking of all rows is in each of them, so that it
// stays with rows that are sorted or copied.
var columns = []string{
	"n", "id", "held", "date", "class", "from", "to", "subject", "paragraph", "mark", "text", "remark", "comment", "notes", "citation",
	"archive", "source", "sha256", "accessed", "highest_marking",
}

func (t *table) begin(_ Document, mark string) {
	t.mark = mark
	t.row(columns)
}

func (t *table) row(cells []string) {
	for i := range cells {
		cells[i] = cell(cells[i])
	}
	_ = t.csv.Write(cells) // an error stays with the writer below, which tells it
}

// cell is a value made safe for a spreadsheet and for a terminal.
func cell(s string) string {
	s = strings.TrimRight(safe.Text(s), "\n ")
	bare := strings.TrimLeftFunc(s, unicode.IsSpace)
	if bare != "" && strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", []rune(bare)[0]) || strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") || strings.HasPrefix(s, "\n") {
		return "'" + s
	}
	return s
}

func (t *table) item(e *entry) {
	c := e.c
	notes := make([]string, len(e.notes))
	for i, n := range e.notes {
		notes[i] = n.text
		if n.on != "" {
			notes[i] = n.on + ": " + n.text
		}
	}
	held, date, class := "no", "", ""
	if e.held {
		held = "yes"
	}
	if d := c.Date(); !d.IsZero() {
		date = d.UTC().Format(time.RFC3339)
	}
	if m := bannerOf(c); m.Level != model.LevelUnknown {
		class = m.Words()
	}
	to, _ := addressee(c)
	row := []string{
		itoa(e.n), c.ID, held, date, class, sender(c).name, to.name, subjectAsSent(c), "", "", "", e.remark, e.comment, strings.Join(notes, "\n"), e.cite,
	}
	row = append(row, t.source(e)...)
	if len(e.passages) == 0 {
		t.row(append(row, t.mark))
		return
	}
	for i := range e.passages {
		p := &e.passages[i]
		one := append([]string{}, row...)
		if p.block >= 0 {
			one[8] = pointAt(c, p.block).words
		} else if e.item.Pin != nil {
			one[8] = pointOfPin(e.item.Pin).words
		}
		if !t.o.DropMarks && hasMark(p.mark) {
			one[9] = p.mark.Code()
		}
		one[10] = p.text
		t.row(append(one, t.mark))
	}
}

func (t *table) source(e *entry) []string {
	if !e.held {
		return []string{"", "", "", ""}
	}
	archive, file := base(e.item.Source.Collection), base(e.c.Source.Path)
	if e.c.Source.Entry != "" {
		archive, file = file, e.c.Source.Entry
	}
	accessed := ""
	if d := day(e.item.Source.Accessed); d != nil {
		accessed = *d
	}
	sum := e.c.Source.SHA256
	if t.o.Hash == NoHash {
		sum = ""
	}
	return []string{archive, file, sum, accessed}
}

func (t *table) end(string) { t.csv.Flush() }
