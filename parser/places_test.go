package parser_test

import (
	"strings"
	"testing"

	"chancery/model"
	"chancery/parser"
)

// valueCounts says how many values a cable has of each field.
func valueCounts(c *model.Cable) map[model.Field]int {
	has := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	e := &c.Envelope
	return map[model.Field]int{
		model.FieldSerial: has(e.Serial != ""), model.FieldStation: has(e.Station != ""), model.FieldStationSerial: has(e.StationSerial != ""),
		model.FieldEnvelopeSection: has(e.Section != ""), model.FieldFiled: has(e.Filed != ""), model.FieldSecurity: has(e.Security != ""),
		model.FieldDTG: has(e.DTGText != ""), model.FieldFrom: has(c.From.Name != ""), model.FieldTo: len(c.To), model.FieldInfo: len(c.Info),
		model.FieldExempt: len(c.Exempt), model.FieldMRN: has(c.MRN != ""), model.FieldSection: has(c.Section != nil),
		model.FieldCaptions: len(c.Captions), model.FieldAttention: len(c.Attention), model.FieldDeclass: has(c.Declass.Line != ""),
		model.FieldTags: len(c.Tags), model.FieldSubject: has(c.Subject != ""), model.FieldReferences: len(c.References),
		model.FieldClassifiedBy: has(c.ClassifiedBy != nil), model.FieldSignature: has(c.Signature != ""),
		model.FieldSubjectMarking: has(c.SubjectMarking != ""), model.FieldLevel: has(c.Classification.Line != ""),
	}
}

// placedValues says which value of the header has no place, or a wrong one.
func placedValues(t *testing.T, c *model.Cable) {
	t.Helper()
	counts := valueCounts(c)
	type key struct {
		f model.Field
		i int32
	}
	places := make(map[key]bool, len(c.Places))
	for _, p := range c.Places {
		s := p.Span.Of(c.Text)
		if s == "" || s != strings.Trim(s, " \t\r\n") {
			t.Fatalf("%v %d stands at %v, which is %q", p.Field, p.Index, p.Span, s)
		}
		if n, ok := counts[p.Field]; places[key{p.Field, p.Index}] || ok && int(p.Index) >= n || p.Index < 0 {
			t.Fatalf("%v %d has a place, but the cable has %d of it, or it has two", p.Field, p.Index, n)
		}
		places[key{p.Field, p.Index}] = true
	}
	for f, n := range counts {
		for i := range n {
			if !places[key{f, int32(i)}] {
				t.Fatalf("%v %d has no place", f, i)
			}
		}
	}
}

// TestPlaces holds the words at each place against what was thought out for a
// cable in which values wrap, repeat and stand beside each other.
func TestPlaces(t *testing.T) {
	const text = "VZCZCXRO0099\nPP RUEHAK RUEHMO\nDE RUEHTA #9911/01 0451230\nZNY CCCCC ZZH\nP R 141230Z FEB 08 ZDK\nFM AMEMBASSY ASTANA\n" +
		"TO RUEHC/SECSTATE WASHDC PRIORITY 9901\nINFO RUEHAK/AMEMBASSY  ANKARA 9902\nRUEHMO/AMEMBASSY MOSCOW 9903\nXMT AMCONSUL ALMATY\n" +
		"C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 009911 NOFORN\n\nSIPDIS\nSENSITIVE, AIDAC\n\nSTATE FOR SCA/CEN,\nAND EUR\n\n" +
		"E.O. 12958: DECL: 02/14/2018\nTAGS: PREL, ENRGKZ, HUMAN RIGHTS,\n  SENV (PLACEHOLDER, JANE)\n" +
		"SUBJECT: (C) PEARS, AND\nWHO COUNTS THEM\n\nREF: A. STATE 9905\n     B. 07 ASTANA\n9906\n\n" +
		"Classified By: Ambassador Jane Placeholder\nfor reasons 1.4 (b).\n\n1. (C) Pears were counted.\n\nPLACEHOLDER\n"
	want := map[string][]string{
		"envelope.serial": {"VZCZCXRO0099"}, "envelope.station": {"RUEHTA"}, "envelope.station_serial": {"9911"}, "envelope.section": {"01"},
		"envelope.filed": {"0451230"}, "envelope.security": {"ZNY CCCCC ZZH"}, "envelope.precedence": {"P R"}, "envelope.dtg": {"141230Z FEB 08"},
		"envelope.signals": {"ZDK"}, "from": {"AMEMBASSY ASTANA"}, "to": {"RUEHC/SECSTATE WASHDC PRIORITY 9901"},
		"info": {"RUEHAK/AMEMBASSY  ANKARA 9902", "RUEHMO/AMEMBASSY MOSCOW 9903"}, "exempt": {"AMCONSUL ALMATY"},
		"classification.level": {"C O N F I D E N T I A L"}, "section": {"SECTION 01 OF 02"}, "mrn": {"ASTANA 009911"},
		"captions": {"NOFORN", "SIPDIS", "SENSITIVE", "AIDAC"}, "attention": {"STATE FOR SCA/CEN,\nAND EUR"},
		"declassification": {"E.O. 12958: DECL: 02/14/2018"},
		"tags":             {"PREL", "ENRGKZ", "ENRGKZ", "HUMAN RIGHTS", "SENV", "PLACEHOLDER, JANE"},
		"subject":          {"PEARS, AND\nWHO COUNTS THEM"}, "subject_marking": {"(C)"}, "references": {"STATE 9905", "07 ASTANA\n9906"},
		"classified_by": {"Classified By: Ambassador Jane Placeholder\nfor reasons 1.4 (b)."}, "signature": {"PLACEHOLDER"},
	}
	c := parser.Parse(parser.Message{Text: text})
	sound(t, c)
	n := 0
	for f := model.Field(0); f.String() != ""; f++ {
		n++
		if len(want[f.String()]) == 0 {
			t.Errorf("nothing was thought out for %s", f)
		}
		for i, w := range want[f.String()] {
			span, ok := c.ValueAt(f, i)
			if got := span.Of(text); !ok || got != w {
				t.Errorf("%s %d stands at %q, not %q", f, i, got, w)
			}
		}
		if _, ok := c.ValueAt(f, len(want[f.String()])); ok {
			t.Errorf("there is one %s too many", f)
		}
	}
	if n != len(want) {
		t.Errorf("%d fields, %d thought out", n, len(want))
	}
}

// TestPlacesOfOtherForms looks at places that other paths of the reader note.
func TestPlacesOfOtherForms(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		field model.Field
		index int
		want  string
	}{
		"marking behind":  {"UNCLAS OSLO 009912\n\nSUBJECT: PEARS (S/NF)\n\n1. (U) X.\n", model.FieldSubject, 0, "PEARS"},
		"and that":        {"UNCLAS OSLO 009912\n\nSUBJECT: PEARS (S/NF)\n\n1. (U) X.\n", model.FieldSubjectMarking, 0, "(S/NF)"},
		"signed in line":  {"UNCLAS OSLO 009912\n\nSUBJECT: X\n\n1. (U) The text of the cable ends here. SAMPLE\n", model.FieldSignature, 0, "SAMPLE"},
		"in the text":     {"UNCLAS OSLO 009912\n\nSUBJECT: X\n\n1. (U) Classified by DCM Jane Sample, 1.5 (b).\n\n2. (U) Y.\n", model.FieldClassifiedBy, 0, "1. (U) Classified by DCM Jane Sample, 1.5 (b)."},
		"smart from":      {smartMessage, model.FieldFrom, 0, "AMEMBASSY OSLO"},
		"smart addressee": {smartMessage, model.FieldInfo, 1, "AMEMBASSY PARIS"},
		"smart dtg":       {smartMessage, model.FieldDTG, 0, "141230Z FEB 09"},
		"smart mrn":       {smartMessage, model.FieldMRN, 0, "09 OSLO 9914"},
		"smart tag":       {smartMessage, model.FieldTags, 1, "NO"},
		"smart signature": {smartMessage, model.FieldSignature, 0, "Sample"},
		"cut subject": {
			"UNCLAS OSLO 009912\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: PEARS AND ...\n\nUNCLAS OSLO 009912\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: PEARS AND APPLES\n\n1. (U) X.\n",
			model.FieldSubject, 0, "PEARS AND APPLES",
		},
	} {
		parsed := parser.Parse(parser.Message{Text: c.text})
		sound(t, parsed)
		span, ok := parsed.ValueAt(c.field, c.index)
		if got := span.Of(c.text); !ok || got != c.want {
			t.Errorf("%s: %s %d stands at %q, not %q", name, c.field, c.index, got, c.want)
		}
	}
}

const smartMessage = "UNCLASSIFIED\n\nMRN: 09 OSLO 9914\nDate/DTG: Feb 14, 2009 / 141230Z FEB 09\nFrom: AMEMBASSY OSLO\nAction: WASHDC, SECSTATE ROUTINE\n" +
	"Info: AMEMBASSY ROME; AMEMBASSY PARIS\nE.O.: 12958\nTAGS: PREL, NO\nCaptions: SENSITIVE\nSubject: PEARS\n\n1. (U) Pears.\n\nSignature: Sample\n\nDrafted By: OSLO:Sample, Jane\n"
