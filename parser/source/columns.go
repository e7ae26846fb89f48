package source

import (
	"bytes"
	"regexp"
	"strings"
	"time"

	"chancery/model"
)

// column is what a column of a table of cables holds.
type column int

const (
	noColumn column = iota
	numberColumn
	idColumn
	createdColumn
	releasedColumn
	originColumn
	levelColumn
	referencesColumn
	envelopeColumn
	bodyColumn
	titleColumn
	tagsColumn
	columnKinds
)

// columnNamed is what a header calls a column.
func columnNamed(name string) column {
	name = strings.ToLower(strings.Trim(name, " \t\r\"'\ufeff"))
	name = strings.NewReplacer("_", "", " ", "", "-", "", ".", "").Replace(name)
	switch name {
	case "id", "cableid", "identifier", "refid", "referenceid", "canonicalid", "documentnumber", "docnbr", "docid":
		return idColumn
	case "row", "nr", "no", "number", "rownumber", "index":
		return numberColumn
	case "created", "date", "datetime", "creationdate", "sent", "sentdate":
		return createdColumn
	case "released", "releasedate":
		return releasedColumn
	case "origin", "from", "source", "post", "embassy", "office", "sender":
		return originColumn
	case "classification", "class", "level", "origclass", "originalclassification":
		return levelColumn
	case "references", "refs", "ref", "reference":
		return referencesColumn
	case "envelope", "header", "headers", "head", "preamble":
		return envelopeColumn
	case "body", "content", "text", "cable", "message", "messagetext", "fulltext":
		return bodyColumn
	case "subject", "title", "cabletitle":
		return titleColumn
	case "tags":
		return tagsColumn
	}
	return noColumn
}

// layout is how a table is written and where its columns are.
type layout struct {
	dialect
	columns int
	at      [columnKinds]int // place of each kind, -1 where there is none
	header  bool             // the first row names the columns
}

// learned is how many rows are looked at to learn a layout.
const learned = 50

// layoutOf learns the layout from the first rows. ok is false when no column
// holds the text of cables.
func layoutOf(head []byte, final bool) (l layout, ok bool) {
	l.dialect = dialectOf(head)
	for i := range l.at {
		l.at[i] = -1
	}
	head = bytes.TrimPrefix(head, byteOrderMark)
	var rows [][]string
	counts := map[int]int{}
	for len(rows) < learned && len(head) > 0 {
		cells, n, _ := l.cut(head, final, nil)
		if n == 0 || len(cells) > mostCells {
			break
		}
		row := make([]string, len(cells))
		for i, c := range cells {
			c.to = min(c.to, c.from+4096)
			row[i] = string(l.text(nil, head, c))
		}
		head = head[n:]
		if len(row) == 1 {
			continue // a blank line, or what is left of a row
		}
		rows = append(rows, row)
		counts[len(row)]++
	}
	for n, times := range counts {
		if times > counts[l.columns] || times == counts[l.columns] && n > l.columns {
			l.columns = n
		}
	}
	l.place(rows)
	return l, l.columns > 1 && (l.at[bodyColumn] >= 0 || l.at[envelopeColumn] >= 0)
}

// place finds the columns: by the names in the first row, where it has them,
// and what is left by what most rows hold.
func (l *layout) place(rows [][]string) {
	var named []column
	if len(rows) > 0 && len(rows[0]) == l.columns {
		known := 0
		for _, name := range rows[0] {
			kind := columnNamed(name)
			named = append(named, kind)
			if kind != noColumn {
				known++
			}
		}
		l.header = known >= 2 && known*2 >= l.columns
	}
	if l.header {
		rows = rows[1:]
	} else {
		named = make([]column, l.columns)
	}
	var votes [mostCells][columnKinds]int
	full := 0
	for _, row := range rows {
		if len(row) == l.columns {
			full++
			for i, s := range row {
				votes[i][columnOf(s)]++
			}
		}
	}
	for kind := idColumn; kind < columnKinds; kind++ {
		best, most := -1, 0
		for i := range l.columns {
			if named[i] == noColumn && votes[i][kind] > most && votes[i][kind]*3 > full {
				best, most = i, votes[i][kind]
			}
		}
		if i := indexOf(named, kind); i >= 0 && (kind != idColumn || full == 0 || votes[i][kind] > 0) {
			best = i // its name says so
		}
		if best >= 0 {
			l.at[kind], named[best] = best, kind
		}
	}
	l.standard()
}

// standard gives columns that few rows fill, as references often are, their
// place in the well-known table when the rest stand where they stand there.
func (l *layout) standard() {
	if l.columns == 8 && !l.header && l.at[idColumn] == 2 && (l.at[bodyColumn] == 7 || l.at[envelopeColumn] == 6) {
		l.at[createdColumn], l.at[originColumn], l.at[levelColumn], l.at[referencesColumn] = 1, 3, 4, 5
		l.at[envelopeColumn], l.at[bodyColumn] = 6, 7
	}
}

func indexOf(kinds []column, kind column) int {
	for i, k := range kinds {
		if k == kind {
			return i
		}
	}
	return -1
}

var (
	idForm       = regexp.MustCompile(`^\d{2,4}[A-Z]{3,}[A-Z0-9]*\d$`)
	dayForm      = regexp.MustCompile(`^\d{1,4}[/-]\d{1,2}[/-]\d{1,4}([ T]|$)`)
	levelForm    = regexp.MustCompile(`(?i)^(TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|LIMITED OFFICIAL USE|RESTRICTED|UNCLAS|SBU)\b[ /A-Z]*$`)
	referForm    = regexp.MustCompile(`^\d{2,4}[A-Z]{3,}[A-Z0-9]*\d([|,; ]+\d{2,4}[A-Z]{3,}[A-Z0-9]*\d)+$`)
	originForm   = regexp.MustCompile(`(?i)^(embassy|consulate|mission|secretary|american institute|us |u\.s\.|usun|usoffice|department)`)
	envelopeForm = regexp.MustCompile(`(?m)^(VZCZC|[ZOPRYM]( [ZOPR])? \d{6}Z ?[A-Z]{3} ?\d{2}|FM [A-Z]{2}|DE [A-Z]{4,})`)
	bodyForm     = regexp.MustCompile(`(?mi)^(E\.? ?O\.? ?1\d{4}|TAGS\b|SUBJECT\b|SUBJ\b|¶? ?1\. )`)
)

// columnOf judges what a cell holds by its content.
func columnOf(s string) column {
	t := strings.TrimSpace(s)
	switch {
	case t == "":
		return noColumn
	case bodyForm.MatchString(s):
		return bodyColumn
	case envelopeForm.MatchString(s):
		return envelopeColumn
	case idForm.MatchString(t):
		return idColumn
	case dayForm.MatchString(t):
		return createdColumn
	case levelForm.MatchString(t):
		return levelColumn
	case referForm.MatchString(t):
		return referencesColumn
	case originForm.MatchString(t):
		return originColumn
	case strings.Count(t, "\n") > 4:
		return bodyColumn
	}
	return noColumn
}

// begins says whether a row surely begins at the start of b: its cells up to
// the id are on one line and the id looks like one. Where the id follows the
// text, only a first cell on one line can be asked for.
func (l *layout) begins(b []byte) bool {
	b = b[:min(len(b), 2048)]
	last := l.at[idColumn]
	early := last >= 0 && !(l.at[bodyColumn] >= 0 && l.at[bodyColumn] < last) && !(l.at[envelopeColumn] >= 0 && l.at[envelopeColumn] < last)
	if !early {
		last = 0
	}
	if len(b) == 0 || b[0] != '"' && last == 0 {
		return false
	}
	at := 0
	for i := 0; i <= last; i++ {
		c, after, closed := l.cell(b, at)
		if !closed || after < 0 || after >= len(b) || b[after] != ',' || c.to-c.from > 200 || bytes.IndexByte(b[c.from:c.to], '\n') >= 0 {
			return false
		}
		if i == last {
			return !early || idForm.Match(bytes.TrimSpace(b[c.from:c.to]))
		}
		at = after + 1
	}
	return false
}

// metadata makes what a row says of its cable.
func (l *layout) metadata(row []byte, cells []cell) *model.Metadata {
	get := func(kind column) string {
		if i := l.at[kind]; i >= 0 && i < len(cells) {
			text, _ := decode(l.text(nil, row, cells[i]))
			return strings.TrimSpace(text)
		}
		return ""
	}
	m := &model.Metadata{
		ID: get(idColumn), Classification: get(levelColumn), Origin: get(originColumn), Title: get(titleColumn), CreatedText: get(createdColumn),
	}
	m.Created, m.Released = rowTime(m.CreatedText), rowTime(get(releasedColumn))
	split := func(r rune) bool {
		return r == '|' || r == ',' || r == ';' || r == ' ' || r == '\n' || r == '\r' || r == '\t'
	}
	m.References = strings.FieldsFunc(get(referencesColumn), split)
	m.Tags = strings.FieldsFunc(get(tagsColumn), split)
	return m
}

// rowTime reads a time as tables print it, month first, in UTC; zero when it
// is none.
func rowTime(s string) time.Time {
	for _, form := range [...]string{"1/2/2006 15:04", "1/2/2006 15:04:05", "1/2/2006", time.RFC3339, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(form, s); err == nil {
			return t.UTC()
		}
	}
	return pageTime(s)
}
