package desk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strings"
	"time"

	"chancery/model"
)

// format is the version of the journal that we write. A line of a higher one
// is not for us to write after.
const format = 1

// The deeds of the desk itself, beside those of the reader.
const (
	doBegin   model.Deed = "begin"
	doWork    model.Deed = "work"
	doBriefs  model.Deed = "briefs"
	doUndo    model.Deed = "undo"
	doRedo    model.Deed = "redo"
	doMerge   model.Deed = "merge"
	doRestore model.Deed = "restore"
	doKept    model.Deed = "kept"
	doHistory model.Deed = "history"
)

// unjudged is how a line says that a judgement was taken back.
const unjudged model.Judgement = "none"

// record is a line of the journal.
type record struct {
	V         int             `json:"v"`
	Step      int             `json:"step,omitempty"`
	Time      time.Time       `json:"time,omitzero"`
	Reader    string          `json:"reader,omitempty"`
	Program   string          `json:"program,omitempty"`
	Do        model.Deed      `json:"do"`
	Of        []int           `json:"of,omitempty"` // steps that are undone or done again
	On        []model.Handle  `json:"on,omitempty"`
	Spot      *model.Spot     `json:"spot,omitempty"`
	Judgement model.Judgement `json:"judgement,omitempty"`
	Yes       bool            `json:"yes,omitempty"`
	Label     string          `json:"label,omitempty"`
	Text      string          `json:"text,omitempty"`
	Mark      string          `json:"mark,omitempty"`
	Brief     string          `json:"brief,omitempty"`
	Pin       int             `json:"pin,omitempty"`
	To        int             `json:"to,omitempty"`
	From      string          `json:"from,omitempty"` // where what was merged or restored came from
	Works     []saved         `json:"works,omitempty"`
	Gone      []model.Handle  `json:"gone,omitempty"`
	Briefs    *[]model.Brief  `json:"briefs,omitempty"`    // all of them, if they change
	Overruled []overruled     `json:"overruled,omitempty"` // in a merge: earlier judgements that do not hold
	Line      json.RawMessage `json:"line,omitempty"`
	CRC       string          `json:"crc,omitempty"`
}

// saved is a work as a line keeps it, with the sums of all its copies.
type saved struct {
	model.Work
	Sums []string `json:"sums,omitempty"` // more than that of the handle
}

// overruled is a judgement that gave way to a later one.
type overruled struct {
	model.Handle
	Judgement model.Judgement `json:"judgement"`
	Judged    time.Time       `json:"judged"`
}

// line is a record as it was read: where and in which bytes.
type line struct {
	record
	number  int    // in the file, from 1
	raw     []byte // without the end of the line
	unknown bool   // it has fields that we do not know
}

// castagnoli is the polynomial of the checksum.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// crcBegin stands before the checksum, crcEnd after it.
const (
	crcBegin = `,"crc":"`
	crcEnd   = `"}`
	crcLen   = len(crcBegin) + 8 + len(crcEnd)
)

// write gives the record as a line, with its end.
func (r record) write() ([]byte, error) {
	r.CRC = ""
	if r.Do == model.DoJudge && r.Judgement == model.Unjudged {
		r.Judgement = unjudged
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // it is for people
	if err := e.Encode(r); err != nil {
		return nil, fmt.Errorf("write a line of the journal: %w", err)
	}
	text := bytes.TrimSuffix(b.Bytes(), []byte("}\n"))
	return fmt.Appendf(text, "%s%08x%s\n", crcBegin, crc32.Checksum(text, castagnoli), crcEnd), nil
}

// whole says whether a line ends with the right checksum of its bytes.
func whole(text []byte) bool {
	n := len(text) - crcLen
	if n < 1 || !bytes.HasPrefix(text[n:], []byte(crcBegin)) || !bytes.HasSuffix(text, []byte(crcEnd)) {
		return false
	}
	sum := fmt.Appendf(nil, "%08x", crc32.Checksum(text[:n], castagnoli))
	return bytes.Equal(sum, text[n+len(crcBegin):n+len(crcBegin)+8])
}

// parse reads a line; false if it is damaged.
func parse(text []byte, number int) (line, bool) {
	var l line
	ok := new(decoder).parse(text, number, &l)
	return l, ok
}

// decoder reads one line after the other. It is kept between lines, since
// making one costs more than reading a line.
type decoder struct {
	text bytes.Reader
	json *json.Decoder
}

// parse reads a line; false if it is damaged.
func (d *decoder) parse(text []byte, number int, l *line) bool {
	l.number, l.raw = number, text
	if !whole(text) {
		return false
	}
	if !d.strict(text, &l.record) {
		l.unknown = true
		l.record = record{}
		if json.Unmarshal(text, &l.record) != nil || l.V <= 0 {
			return l.version(text) // of a newer format, which may be of any shape
		}
	}
	if l.Judgement == unjudged {
		l.Judgement = model.Unjudged
	}
	return true
}

// strict reads the fields of a record, all of which must be known and nothing
// else there.
func (d *decoder) strict(text []byte, r *record) bool {
	d.text.Reset(text)
	if d.json == nil {
		d.json = json.NewDecoder(&d.text)
		d.json.DisallowUnknownFields()
	}
	if d.json.Decode(r) == nil && r.V > 0 && d.text.Len() == 0 && !d.json.More() {
		return true
	}
	d.json = nil // it stops at the first error
	return false
}

// version reads nothing of the line but that it is of a newer format.
func (l *line) version(text []byte) bool {
	var v struct {
		V int `json:"v"`
	}
	if json.Unmarshal(text, &v) != nil || v.V <= format {
		return false
	}
	l.record = record{V: v.V}
	return true
}

// reading is what a file of lines was found to be.
type reading struct {
	decoder decoder
	lines   []line
	damaged []damage
	whole   int    // bytes up to the end of the last line
	tail    []byte // what follows without an end of line
	count   int    // lines
}

// damage is a line that cannot be read.
type damage struct {
	number int
	raw    []byte
}

// read takes a file apart. It never fails: what cannot be read is told. The
// lines point into the bytes given.
func read(data []byte, before int) reading {
	r := reading{count: before, lines: make([]line, 0, bytes.Count(data, []byte("\n"))+1)}
	for {
		n := bytes.IndexByte(data[r.whole:], '\n')
		if n < 0 {
			break
		}
		text := bytes.TrimSuffix(data[r.whole:r.whole+n], []byte("\r"))
		r.whole += n + 1
		r.count++
		r.take(text)
	}
	r.tail = data[r.whole:]
	return r
}

// take reads one line. A whole line that is glued to the rest of a broken one
// is found as well.
func (r *reading) take(text []byte) {
	if len(text) == 0 {
		return
	}
	r.lines = append(r.lines, line{})
	if r.decoder.parse(text, r.count, &r.lines[len(r.lines)-1]) {
		return
	}
	r.lines = r.lines[:len(r.lines)-1]
	begin := []byte(`{"v":`)
	for at, tries := 1, 0; at < len(text) && tries < 64; tries++ { // so many that no line takes long
		n := bytes.Index(text[at:], begin)
		if n < 0 {
			break
		}
		at += n
		if l, ok := parse(text[at:], r.count); ok {
			r.damaged = append(r.damaged, damage{r.count, text[:at]})
			r.lines = append(r.lines, l)
			return
		}
		at++
	}
	r.damaged = append(r.damaged, damage{r.count, text})
}

// newer gives the highest format of the lines, if it is not ours.
func (r *reading) newer() int {
	v := format
	for _, l := range r.lines {
		v = max(v, l.V)
	}
	if v == format {
		return 0
	}
	return v
}

// base gives the bytes of lines that say what was there before the steps.
func (r *reading) base() (n int64) {
	for _, l := range r.lines {
		if l.Do == doWork || l.Do == doBriefs || l.Do == doKept || l.Do == doBegin {
			n += int64(len(l.raw)) + 1
		}
	}
	return n
}

// notice says which lines could not be read, for a person.
func (r *reading) notice() string {
	switch n := len(r.damaged); {
	case n == 0:
		return ""
	case n == 1:
		return fmt.Sprintf("line %d of the journal is damaged and was left out; it is still in the file", r.damaged[0].number)
	default:
		var numbers []string
		for _, d := range r.damaged[:min(n, 5)] {
			numbers = append(numbers, fmt.Sprint(d.number))
		}
		if n > 5 {
			numbers = append(numbers, "…")
		}
		return fmt.Sprintf("%d lines of the journal are damaged and were left out (%s); they are still in the file", n, strings.Join(numbers, ", "))
	}
}
