package export

import (
	"bufio"
	"strings"
	"time"

	"chancery/model"
	"chancery/model/safe"
)

// bibliography writes records for programs that keep literature: one for each
// cable, however many of its paragraphs are quoted.
type bibliography struct {
	out     *bufio.Writer
	o       Options
	format  Format
	records []*record
	byKey   map[string]*record
	keys    map[string]bool // that records have
	mark    string
}

// record is what such programs keep of a cable.
type record struct {
	key       string // of letters and digits, unique in the document
	title     string
	author    string // the office that sent it
	id        string // "" when it is not known
	addressee string
	date      time.Time // zero when not known
	year      int       // 0 when not known
	archive   string    // published collection or archive
	archiveID string    // of the record there
	place     string    // file, and hash
	accessed  time.Time
	quoted    []string // paragraphs
	notes     []string // what must be known: marking, guessed title, inferred id
	mine      []string // the reader's notes
}

func (b *bibliography) begin(_ Document, mark string) {
	b.mark = mark
	b.byKey, b.keys = map[string]*record{}, map[string]bool{}
}

func (b *bibliography) item(e *entry) {
	key := keyOf(e.c, e.item.Handle)
	r := b.byKey[key]
	if r == nil || key == "" {
		r = b.record(e)
		b.records = append(b.records, r)
		b.byKey[key] = r
	}
	for i := range e.passages {
		if !e.whole() {
			b.pin(e, &e.passages[i], r)
		}
	}
	if e.comment != "" {
		r.mine = append(r.mine, folded(safe.Line(e.comment)))
	}
	for _, n := range e.notes {
		text := folded(safe.Line(n.text))
		if n.on != "" {
			text = n.on + ": " + text
		}
		r.mine = append(r.mine, text)
	}
}

// pin notes which paragraph is quoted.
func (b *bibliography) pin(e *entry, p *passage, r *record) {
	at := pinpoint{}
	if p.block >= 0 {
		at = pointAt(e.c, p.block)
	} else if e.item.Pin != nil {
		at = pointOfPin(e.item.Pin)
	}
	words := at.words
	if at.mark != "" && !b.o.DropMarks {
		words += " (" + at.mark + ")"
	}
	if !contains(r.quoted, words) {
		r.quoted = append(r.quoted, words)
	}
}

// record reads a cable for a bibliography.
func (b *bibliography) record(e *entry) *record {
	c := e.c
	k := cited{c: c, held: e.held, from: e.item.Source, hash: b.o.whole()}
	r := &record{key: b.key(e), accessed: e.item.Source.Accessed, date: c.Date()}
	title, guessed := subject(c)
	r.title = title
	if r.title == "" {
		r.title = "Subject not known"
	}
	if p := sender(c); p.name != "" {
		r.author = p.name
		if p.ours {
			r.author = "US " + p.name
		}
	} else {
		r.notes = append(r.notes, "Sender not known.")
	}
	if p, _ := addressee(c); p.name != "" {
		r.addressee = p.name
	}
	r.id = safe.Line(c.ID)
	if year, _, _, ok := model.SplitID(c.ID); ok {
		r.year = year
	}
	if !r.date.IsZero() {
		r.year = r.date.UTC().Year()
	}
	a := archiveOf(c)
	if a.number != "" {
		r.archiveID, r.archive = a.number, a.name
	} else {
		r.archive = strings.Join(k.published(), ", ")
	}
	if e.held {
		r.place = strings.TrimPrefix(k.found(), "in ")
	}
	r.notes = append(r.notes, recordNotes(e, guessed)...)
	return r
}

// recordNotes are what a reader of the record must know.
func recordNotes(e *entry, guessed bool) []string {
	var notes []string
	if guessed {
		notes = append(notes, "Title in capitals in the original; this case is supplied.")
	}
	if e.c.IDInferred {
		notes = append(notes, "Id inferred from the text.")
	}
	if e.c.ID == "" {
		notes = append(notes, "Id not known.")
	}
	if !e.held {
		return append(notes, "The cable itself was not seen.")
	}
	if m := bannerOf(e.c); m.Level != model.LevelUnknown {
		notes = append(notes, "Marked "+safe.Line(m.Words())+".")
	} else {
		notes = append(notes, "Marking not known.")
	}
	if e.c.Date().IsZero() {
		notes = append(notes, "Date not known.")
	}
	return notes
}

// inArchive is the record's place in its archive in one line.
func (r *record) inArchive() string {
	if r.archiveID == "" {
		return r.archive
	}
	return r.archiveID + ", " + r.archive
}

// remarks is the note of a record in one line.
func (b *bibliography) remarks(r *record) string {
	notes := append([]string{}, r.notes...)
	if len(r.quoted) > 0 {
		notes = append(notes, "Quoted: "+strings.Join(r.quoted, ", ")+".")
	}
	if r.place != "" {
		notes = append(notes, "Read in "+r.place+".")
	}
	return strings.Join(notes, " ")
}

// key names a record: the id, else the sum of its bytes, else its place.
func (b *bibliography) key(e *entry) string {
	key := onlyLetters(e.c.ID)
	if key == "" {
		sum := onlyLetters(strings.TrimPrefix(keyOf(e.c, e.item.Handle), "sha256:"))
		key = "cable" + sum[:min(8, len(sum))]
	}
	for n, stem := 2, key; b.keys[key]; n++ {
		key = stem + "-" + itoa(n)
	}
	b.keys[key] = true
	return key
}

func onlyLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && (isLetter(byte(r)) || r >= '0' && r <= '9') {
			return r
		}
		return -1
	}, s)
}

func (b *bibliography) end(string) {
	switch b.format {
	case BibTeX:
		b.bibtex()
	case RIS:
		b.ris()
	default:
		b.csl()
	}
}
