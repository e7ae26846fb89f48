package parser

import (
	"strconv"
	"strings"

	"chancery/model"
)

// smartLabel is a label of the form that messages have since SMART replaced
// the telegram, from 2008 on (cable-format 5.7). The front's labels are read
// as the fields they are; those of the envelope, and those that follow the
// text, have no such field.
type smartLabel struct {
	word  string // in capitals, without the colon
	field field  // of the front
	part  string // name of the part, of the envelope or the ending
	below bool   // it stands under the text
}

// smartLabels are the labels in the order of the form. The order in a message
// may differ.
var smartLabels = [...]smartLabel{
	{word: "MRN", part: "mrn"},
	{word: "DATE/DTG", part: "dtg"},
	{word: "DTG", part: "dtg"},
	{word: "FROM", part: "from"},
	{word: "ACTION", part: "to"},
	{word: "TO", part: "to"},
	{word: "INFO", part: "info"},
	{word: "XMT", part: "xmt"},
	{word: "CLASSIFICATION", field: classField},
	{word: "E.O.", field: orderField},
	{word: "E.O", field: orderField},
	{word: "EO", field: orderField},
	{word: "TAGS", field: tagsField},
	{word: "CAPTIONS", field: captionField},
	{word: "CAPTION", field: captionField},
	{word: "PASS LINE", field: attentionField},
	{word: "REFERENCE", field: refField},
	{word: "REFERENCES", field: refField},
	{word: "REF", field: refField},
	{word: "SUBJECT", field: subjectField},
	{word: "CLASSIFIED BY", field: byField},
	{word: "REASON", field: byField},
	{word: "DERIVED FROM", field: declassifyField},
	{word: "DECLASSIFY ON", field: declassifyField},
	{word: "SIGNATURE", part: "signature", below: true},
	{word: "DRAFTED BY", part: "drafted-by", below: true},
	{word: "CLEARED BY", part: "cleared-by", below: true},
	{word: "APPROVED BY", part: "approved-by", below: true},
	{word: "RELEASED BY", part: "released-by", below: true},
	{word: "ACTION POST", part: "action-post", below: true},
	{word: "ATTACHMENTS", part: "attachments", below: true},
	{word: "DISSEMINATION RULE", part: "dissemination", below: true},
}

// smartLabelAt reads the label a line begins with; value is where what it says
// begins. Readers of scanned pages leave a blank before the colon.
func smartLabelAt(s string) (l smartLabel, value int, ok bool) {
	colon := strings.IndexByte(s[:min(len(s), 24)], ':')
	if colon < 2 {
		return l, 0, false
	}
	word := strings.TrimRight(s[:colon], " ")
	for _, l := range smartLabels {
		if isFold(word, l.word) {
			return l, blanks(s, colon+1), true
		}
	}
	return l, 0, false
}

// smartReader reads the labels above and below the text of such a message.
type smartReader struct {
	r     *reader
	list  *[]model.Address // the addressees that are being listed
	field model.Field      // and which field they are
	part  string           // of the label that is open, when it is of the envelope
}

// most lines that stand above the first label
const maxAboveSmart = 24

// smartStart finds the line of the MRN, with which the form begins, when two
// other labels of it follow.
func (r *reader) smartStart(i int) (at int, ok bool) {
	for n := 0; i < len(r.lines) && n < maxAboveSmart; i++ {
		if r.kinds[i] == blankLine {
			continue
		}
		n++
		if s := r.of(i); !hasFold(s, "MRN") {
			continue
		} else if l, _, is := smartLabelAt(s); !is || l.word != "MRN" {
			continue
		}
		others := 0
		for j := i + 1; j < len(r.lines) && j < i+12; j++ {
			if r.kinds[j] == textLine {
				if _, _, is := smartLabelAt(r.of(j)); is {
					others++
				}
			}
		}
		return i, others >= 2
	}
	return 0, false
}

// smart reads the head of a message of the later form and gives the place
// where its text begins; ok is false when it is none.
func (r *reader) smart(i int) (at int, ok bool) {
	first, ok := r.smartStart(i)
	if !ok {
		return 0, false
	}
	for ; i < first; i++ {
		r.aboveSmart(i)
	}
	f := frontReader{r: r}
	m := smartReader{r: r}
	for ; i < len(r.lines); i++ {
		l := r.lines[i]
		switch r.kinds[i] {
		case blankLine:
			f.blank = true
			continue
		case pageLine:
			r.furniture("page-line", l.from, l.to)
			continue
		case levelLine:
			r.furniture("page-level", l.from, l.to)
			continue
		}
		if !m.line(&f, i) {
			r.evaluate()
			return l.from, true
		}
		f.blank = false
	}
	r.evaluate()
	return len(r.text), true
}

// aboveSmart reads a line above the form: the level of the message stands
// there alone, or captions.
func (r *reader) aboveSmart(i int) {
	l := r.lines[i]
	switch k := r.kinds[i]; {
	case k == blankLine:
	case k == levelLine && !r.hasField(classField):
		r.fields = append(r.fields, fieldPiece{field: classField, from: l.from, to: l.to, line: i, begins: true})
	case k == textLine && isCaptionLine(r.of(i)):
		r.fields = append(r.fields, fieldPiece{field: captionField, from: l.from, to: l.to, line: i, begins: true})
	case k == pageLine || k == levelLine:
		r.furniture(furnitureName(k), l.from, l.to)
	default:
		r.part(model.PartEnvelope, "note", l.from, l.to)
	}
}

func (r *reader) hasField(k field) bool {
	for _, p := range r.fields {
		if p.field == k {
			return true
		}
	}
	return false
}

// line reads a line of the head; false when the text has begun.
func (m *smartReader) line(f *frontReader, i int) bool {
	r, l := m.r, m.r.lines[i]
	s := r.of(i)
	label, value, ok := smartLabelAt(s)
	switch {
	case ok && label.below:
		return false
	case ok && label.field == noField:
		f.current, m.part = noField, label.part
		r.part(model.PartEnvelope, label.part, l.from, l.to)
		m.open(label.part, l.from+value, l.to)
		return true
	case ok:
		m.part = ""
		from := l.from
		if label.field == captionField || label.field == attentionField || label.field == classField {
			r.part(model.PartFront, partNames[label.field], l.from, l.from+value)
			from += value
		}
		again := label.word == "REASON" && r.hasField(byField)
		f.current = label.field
		m.piece(f, i, from, !again)
		return true
	}
	if n, is := numberAt(s); is && f.current != refField && f.startsText(s, n) {
		return false
	}
	switch {
	case m.part != "" && !f.blank:
		r.part(model.PartEnvelope, m.part, l.from, l.to)
		m.add(l.from, l.to)
	case f.current == noField || f.blank && !(f.current == refField && refLabel(s) > 0):
		return false
	default:
		m.piece(f, i, l.from, false)
	}
	return true
}

// piece notes a stretch of a field, up to the end of the line.
func (m *smartReader) piece(f *frontReader, i, from int, begins bool) {
	if to := m.r.lines[i].to; from < to {
		m.r.fields = append(m.r.fields, fieldPiece{field: f.current, from: from, to: to, line: i, begins: begins, blank: f.blank})
	}
}

// open reads the value of a label of the envelope.
func (m *smartReader) open(part string, from, to int) {
	r, c := m.r, m.r.c
	value := r.text[from:to]
	m.list = nil
	switch part {
	case "mrn":
		if id, ok := model.CanonicalID(value); ok && c.ID == "" {
			c.ID = id
		}
		if post, serial, _, ok := readMRN(value); ok {
			m.r.post, m.r.serial = post, serial
			c.MRN = post + " " + strconv.Itoa(serial)
			r.place(model.FieldMRN, 0, from, to)
		}
	case "dtg":
		if _, after, ok := strings.Cut(value, "/"); ok {
			value = strings.TrimSpace(after)
		}
		if d, ok := model.ParseDTG(value); ok && c.Envelope.DTG.IsZero() {
			c.Envelope.DTG, c.Envelope.DTGText = d.Time, d.Text
			r.placeWithin(model.FieldDTG, d.Text, from, to)
		}
	case "from":
		c.From = model.ParseAddress(value)
		r.place(model.FieldFrom, 0, from, to)
	case "to":
		m.list, m.field = &c.To, model.FieldTo
	case "info":
		m.list, m.field = &c.Info, model.FieldInfo
	case "xmt":
		m.list, m.field = &c.Exempt, model.FieldExempt
	}
	m.add(from, to)
}

// add appends the addressees of a line, which semicolons divide. The message
// has the precedence of the first that is told one.
func (m *smartReader) add(from, to int) {
	if m.list == nil {
		return
	}
	for end := from; from < to; from = end + 1 {
		for end = from; end < to && m.r.text[end] != ';'; {
			end++
		}
		one := squeeze(m.r.text[from:end])
		if one == "" || isFold(one, "NONE") {
			continue
		}
		m.r.place(m.field, len(*m.list), from, end)
		a := model.ParseAddress(one)
		*m.list = append(*m.list, a)
		if v := &m.r.c.Envelope; a.Precedence != "" && len(v.Precedence) == 0 && m.list == &m.r.c.To {
			v.Precedence = []string{a.Precedence}
		}
	}
}

// end reads what stands below the text, in the form the message has.
func (r *reader) end(at int, smart bool) ending {
	if smart {
		return r.smartEnding(at)
	}
	return r.ending(at)
}

// smartEnding reads the labels under the text and gives where they begin.
func (r *reader) smartEnding(at int) ending {
	first := r.firstBelow(at)
	if first < 0 {
		return r.ending(at)
	}
	m := smartReader{r: r}
	part := ""
	for i := first; i < len(r.lines); i++ {
		l := r.lines[i]
		switch r.kinds[i] {
		case blankLine:
			part = ""
			continue
		case pageLine, levelLine, sipdisLine:
			r.endPart(model.PartFurn, furnitureName(r.kinds[i]), l.from, l.to)
			continue
		}
		s := r.of(i)
		if label, value, ok := smartLabelAt(s); ok && (label.below || label.part != "") {
			part = label.part
			m.list = nil
			switch part {
			case "signature":
				r.c.Signature = squeeze(s[value:])
				r.place(model.FieldSignature, 0, l.from+value, l.to)
			case "info":
				m.list, m.field = &r.c.Info, model.FieldInfo
			}
			m.add(l.from+value, l.to)
		} else if part != "" {
			m.add(l.from, l.to)
		}
		name := part
		if name == "" {
			name = "notice"
		}
		r.endPart(model.PartEnding, name, l.from, l.to)
	}
	return ending{r.lines[first].from}
}

// firstBelow finds the first label under the text: from the last line upwards
// as long as labels follow on each other, -1 when there is none.
func (r *reader) firstBelow(at int) int {
	first := -1
	for i, n := len(r.lines)-1, 0; i >= 0 && r.lines[i].to > at && n < maxEnding; i-- {
		if r.kinds[i] != textLine || r.lines[i].from < at {
			continue
		}
		n++
		if l, _, ok := smartLabelAt(r.of(i)); ok && l.below {
			first, n = i, 0
		}
	}
	return first
}
