package parser

import (
	"slices"
	"strings"

	"chancery/model"
)

// place notes where a value stands, without the blanks and line ends around it.
// Every value of the header is traced so to its words in the source, not only
// to its line.
func (r *reader) place(f model.Field, index, from, to int) {
	for from < to && isSpace(r.text[from]) {
		from++
	}
	for to > from && isSpace(r.text[to-1]) {
		to--
	}
	if from < to {
		r.places = append(r.places, model.ValuePlace{Field: f, Index: int32(index), Span: model.Span{Start: from, End: to}})
	}
}

// isSpace says whether a byte is a blank or ends a line.
func isSpace(c byte) bool { return c <= ' ' && (c == ' ' || '\t' <= c && c <= '\r') }

// placeWithin notes where a value stands that is written out in the stretch,
// else the whole stretch.
func (r *reader) placeWithin(f model.Field, value string, from, to int) {
	if at := strings.Index(r.text[from:to], value); at >= 0 && value != "" {
		r.place(f, 0, from+at, from+at+len(value))
		return
	}
	r.place(f, 0, from, to)
}

// placeDTG notes where the date-time group, the precedence before it and the
// signals behind it stand, in the line that ends at to.
func (r *reader) placeDTG(d model.DTG, from, to int) {
	at := strings.Index(r.text[from:to], d.Text)
	if at < 0 {
		r.place(model.FieldDTG, 0, from, to)
		return
	}
	begin, end := from+at, from+at+len(d.Text)
	r.place(model.FieldDTG, 0, begin, end)
	if len(d.Precedence) > 0 {
		r.place(model.FieldPrecedence, 0, from, begin)
	}
	for i, s := range d.Signals {
		if n := indexFold(r.text[end:to], s); n >= 0 {
			r.place(model.FieldSignals, i, end+n, end+n+len(s))
			end += n + len(s)
		}
	}
}

// placeTag notes where a TAG stands: its place in the joined pieces of the line
// leads back to the piece it is of.
func (r *reader) placeTag(index int, run []fieldPiece, w tagWord) {
	_, skip := keyword(r.text[run[0].from:run[0].to])
	r.place(model.FieldTags, index, joinedAt(run, skip, w.from), joinedAt(run, skip, w.to-1)+1)
}

// joinedAt gives the place in the source of a byte of the pieces as join joins
// them.
func joinedAt(run []fieldPiece, skip, n int) int {
	n += skip
	for i, p := range run {
		if length := p.to - p.from; n < length || i == len(run)-1 {
			return p.from + min(n, length)
		}
		n -= p.to - p.from + len(" ")
		if n < 0 {
			return p.to
		}
	}
	return n
}

// placeSubject notes where the subject stands, and its marking, which stands
// before or behind it. The subject of a second front takes the place of one
// that was cut off.
func (r *reader) placeSubject(run []fieldPiece) {
	r.places = slices.DeleteFunc(r.places, func(p model.ValuePlace) bool {
		return p.Field == model.FieldSubject || p.Field == model.FieldSubjectMarking
	})
	_, skip := keyword(r.text[run[0].from:run[0].to])
	from, to := trim(r.text, run[0].from+skip, run[len(run)-1].to)
	if r.c.SubjectMarking != "" && from < to {
		if r.text[from] == '(' {
			_, end, ok := markingAt(r.text[:to], from)
			if !ok { // its parenthesis was lost, and a line end stands in its place
				end = min(from+len("(")+len(r.c.SubjectMarking), to)
			}
			r.place(model.FieldSubjectMarking, 0, from, end)
			from = end
		} else if n := strings.LastIndexByte(r.text[from:to], '('); n >= 0 {
			r.place(model.FieldSubjectMarking, 0, from+n, to)
			to = from + n
		}
	}
	r.place(model.FieldSubject, 0, from, to)
}

// placed gives the cable its places, with those of the values that carry their
// own.
func (r *reader) placed() {
	c := r.c
	r.place(model.FieldDeclass, 0, c.Declass.Span.Start, c.Declass.Span.End)
	for i, ref := range c.References {
		r.place(model.FieldReferences, i, ref.Span.Start, ref.Span.End)
	}
	if by := c.ClassifiedBy; by != nil {
		r.place(model.FieldClassifiedBy, 0, by.Span.Start, by.Span.End)
	}
	c.Places = exactly(r.places)
}
