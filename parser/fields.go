package parser

import (
	"slices"
	"strings"

	"chancery/model"
)

// evaluate turns the pieces of the front into the fields of the cable. The
// first front counts; what it lacks, or has cut off with dots, is taken from
// a second one.
func (r *reader) evaluate() {
	r.noteParts()
	var seen [smartField + 1]bool
	for i := 0; i < len(r.fields); {
		end := i + 1
		for end < len(r.fields) && r.fields[end].field == r.fields[i].field && !r.fields[end].begins && r.fields[end].again == r.fields[i].again {
			end++
		}
		run := r.fields[i:end]
		if k := run[0].field; !run[0].again || !seen[k] || r.cut(k) {
			r.field(run)
			seen[k] = true
		}
		i = end
	}
	if r.c.Classification.Line == "" {
		r.problem("no-classification-line", 0, 0)
	}
}

// noteParts notes where the fields stand. A second front is furniture, but
// for what the first one lacks.
func (r *reader) noteParts() {
	var has [smartField + 1]bool
	from, to := 0, 0
	for _, p := range r.fields {
		if !p.again {
			has[p.field] = true
			r.part(model.PartFront, partNames[p.field], p.from, p.to)
			continue
		}
		if !has[p.field] {
			r.part(model.PartFront, partNames[p.field], p.from, p.to)
			continue
		}
		r.furniture("repeated-front", p.from, p.to)
		if to == 0 {
			from = p.from
		}
		to = p.to
	}
	if to > 0 {
		r.problem("repeated-front", from, to)
	}
}

// cut says whether what was read of a field ends in dots.
func (r *reader) cut(k field) bool {
	return k == subjectField && strings.HasSuffix(r.c.Subject, "...")
}

// field reads one field of the front from its pieces.
func (r *reader) field(run []fieldPiece) {
	c := r.c
	switch run[0].field {
	case classField:
		if c.Classification.Line == "" {
			r.classification(run[0])
		}
	case captionField:
		if !run[0].again {
			r.handling(run[0].from, run[0].to)
		}
	case attentionField:
		if !run[0].again {
			if s := r.text[run[0].from:run[0].to]; hasFold(s, spelledSBU) {
				r.caption(spelledSBU, run[0].from, run[0].from+len(spelledSBU))
			}
			r.place(model.FieldAttention, len(c.Attention), run[0].from, run[len(run)-1].to)
			c.Attention = append(c.Attention, squeeze(r.join(run, 0)))
		}
	case orderField:
		if c.Declass.Line == "" {
			c.Declass.Line = squeeze(r.join(run, 0))
			c.Declass.Span = model.Span{Start: run[0].from, End: run[len(run)-1].to}
		}
	case tagsField:
		if len(c.Tags) == 0 {
			r.tags(run)
		}
	case subjectField:
		if s := squeeze(r.value(run)); !(run[0].again && strings.HasSuffix(s, "...")) {
			r.subject(s)
			r.placeSubject(run)
		}
	case refField:
		if len(c.References) == 0 {
			r.references(run)
		}
	case byField:
		if c.ClassifiedBy == nil {
			r.authority(run)
		}
	}
}

// value joins the pieces of a labelled field without its label.
func (r *reader) value(run []fieldPiece) string {
	_, skip := keyword(r.text[run[0].from:run[0].to])
	return r.join(run, skip)
}

// join writes the pieces of a field on one line, without the first skip
// bytes.
func (r *reader) join(run []fieldPiece, skip int) string {
	first := r.text[run[0].from+skip : run[0].to]
	if len(run) == 1 {
		return first
	}
	n := len(first)
	for _, p := range run[1:] {
		n += len(" ") + p.to - p.from
	}
	var b strings.Builder
	b.Grow(n)
	b.WriteString(first)
	for _, p := range run[1:] {
		b.WriteByte(' ')
		b.WriteString(r.text[p.from:p.to])
	}
	return b.String()
}

// subject takes the marking off a subject: it may stand before or behind.
func (r *reader) subject(s string) {
	c := r.c
	s = unreferenced(s)
	c.Subject, c.SubjectMarking = s, ""
	if m, end, ok := markingAt(s, 0); ok && m.Level != model.LevelUnknown && end < len(s) {
		c.SubjectMarking, c.Subject = m.Raw, strings.TrimLeft(s[end:], " ")
		return
	}
	if n := strings.LastIndexByte(s, '('); n > 0 && strings.HasSuffix(s, ")") {
		if m, end, ok := markingAt(s, n); ok && end == len(s) && len(m.Raw) <= 10 {
			c.SubjectMarking, c.Subject = m.Raw, strings.TrimRight(s[:n], " ")
		}
	}
}

// identify gives the cable its id and reads what depends on its date: the
// wrapper's id is believed, else it is built from the year and the
// classification line.
func (r *reader) identify() {
	c := r.c
	if c.Metadata != nil {
		c.Classification.Metadata, _, _, _, _ = model.ParseLevel(c.Metadata.Classification)
		if id, ok := model.CanonicalID(c.Metadata.ID); ok {
			c.ID = id
		} else if c.Metadata.ID != "" {
			c.ID = c.Metadata.ID
		}
	}
	for _, w := range c.Captions {
		switch code, ok := model.ControlCode(w); code {
		case "NF", "OC", "PR", "NC":
			if ok && !slices.Contains(c.Classification.Controls, code) {
				c.Classification.Controls = append(c.Classification.Controls, code)
			}
		}
	}
	if c.ID == "" && r.post != "" && !c.Date().IsZero() {
		if id, ok := model.MakeID(c.Date().Year(), r.post, r.serial); ok {
			c.ID, c.IDInferred = id, true
		}
	}
	if c.Declass.Line != "" {
		span := c.Declass.Span
		c.Declass = model.ParseDeclass(c.Declass.Line, c.Date(), c.Classification.Level)
		c.Declass.Span = span
	}
	if c.Declass.Kind == "" {
		c.Declass.Kind = model.DeclassAbsent
	}
	if c.Metadata != nil {
		c.Declass = c.Declass.Declassified(c.Metadata.Release)
	}
}
