package model

import (
	"sort"
	"strings"
)

// Field names a value of the envelope, the front or the ending of a cable.
type Field uint8

// The fields. Their names are the keys of parse --json.
const (
	FieldSerial Field = iota
	FieldStation
	FieldStationSerial
	FieldEnvelopeSection
	FieldFiled
	FieldSecurity
	FieldPrecedence
	FieldDTG
	FieldSignals
	FieldFrom
	FieldTo
	FieldInfo
	FieldExempt
	FieldLevel
	FieldSection
	FieldMRN
	FieldCaptions
	FieldAttention
	FieldDeclass
	FieldTags
	FieldSubject
	FieldSubjectMarking
	FieldReferences
	FieldClassifiedBy
	FieldSignature

	fieldsEnd
)

var fieldNames = [fieldsEnd]string{
	FieldSerial: "envelope.serial", FieldStation: "envelope.station", FieldStationSerial: "envelope.station_serial",
	FieldEnvelopeSection: "envelope.section", FieldFiled: "envelope.filed", FieldSecurity: "envelope.security",
	FieldPrecedence: "envelope.precedence", FieldDTG: "envelope.dtg", FieldSignals: "envelope.signals",
	FieldFrom: "from", FieldTo: "to", FieldInfo: "info", FieldExempt: "exempt",
	FieldLevel: "classification.level", FieldSection: "section", FieldMRN: "mrn",
	FieldCaptions: "captions", FieldAttention: "attention", FieldDeclass: "declassification", FieldTags: "tags",
	FieldSubject: "subject", FieldSubjectMarking: "subject_marking", FieldReferences: "references",
	FieldClassifiedBy: "classified_by", FieldSignature: "signature",
}

// String is the name of the field, as parse --json has it.
func (f Field) String() string {
	if f < fieldsEnd {
		return fieldNames[f]
	}
	return ""
}

// ValuePlace says where one value of a field stands in Cable.Text. Values that
// were read from the same words, such as two TAGS that were run together, have
// the same place.
type ValuePlace struct {
	Field Field
	Index int32 // which of the field's values, from 0; 0 where it has but one
	Span  Span
}

// ValueAt gives the stretch of the text from which a value was read: the one
// with this index, of a field that has several. False when the value was not
// read from the text, or is not there.
func (c *Cable) ValueAt(f Field, index int) (Span, bool) {
	for _, p := range c.Places {
		if p.Field == f && int(p.Index) == index {
			return p.Span, true
		}
	}
	return Span{}, false
}

// LineAt gives the number of the line that holds a byte of the text, from 1.
func (c *Cable) LineAt(at int) int {
	at = max(0, min(at, len(c.Text)))
	line, from := 1, 0
	if i := sort.Search(len(c.Parts), func(i int) bool { return c.Parts[i].Span.End > at }); i < len(c.Parts) && c.Parts[i].Span.Start <= at {
		line, from = c.Parts[i].Line, c.Parts[i].Span.Start
	}
	return line + strings.Count(c.Text[from:at], "\n") + strings.Count(c.Text[from:at], "\f")
}

// Sign is the sign that a bullet begins with, as written: "--", "- --", "*",
// "o". Other blocks have none.
func (c *Cable) Sign(b Block) string {
	if b.Kind != Bullet {
		return ""
	}
	s := b.Span.Of(c.Text)
	if strings.HasPrefix(s, "o ") {
		return "o"
	}
	const signs = "-*•–· "
	return strings.TrimRight(s[:len(s)-len(strings.TrimLeft(s, signs))], " ")
}
