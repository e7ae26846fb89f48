package parser_test

import (
	"slices"
	"strings"
	"testing"

	"chancery/model"
	"chancery/parser"
)

// read parses a fragment behind a short envelope of 2008, as an extract has it.
func read(t *testing.T, text string) *model.Cable {
	t.Helper()
	c := parser.Parse(parser.Message{Text: "P 010101Z JUN 08\nFM AMEMBASSY NOWHERE\nTO SECSTATE WASHDC\n" + text})
	sound(t, c)
	return c
}

func TestReferences(t *testing.T) {
	for text, want := range map[string]string{
		"REF: OSLO 9901": "|OSLO 9901",
		"\nREF: A. OSLO 9901  B. 07 ROME 9902 C. PARIS 9903":                                                        "A|OSLO 9901 B|07 ROME 9902 C|PARIS 9903",
		"\nREF: A. OSLO 9901 \n     ¶B. ROME 9902 \n     ¶C. PARIS 9903":                                            "A|OSLO 9901 B|ROME 9902 C|PARIS 9903",
		"\nREF: A. A) OSLO 9901\n\nB. B) ROME 9902\n\n1. (U) X":                                                     "A|OSLO 9901 B|ROME 9902",
		"\nREF: A. REF A OSLO 9901 B. REF B ROME 9902":                                                              "A|OSLO 9901 B|ROME 9902",
		"\nREF: (A)OSLO 9901, (B)ROME \n9902, (C) PARIS 9903":                                                       "A|OSLO 9901 B|ROME 9902 C|PARIS 9903",
		"\nRef: [A] Oslo 9901, [B] Rome 9902":                                                                       "A|Oslo 9901 B|Rome 9902",
		"\nREFS: (1) OSLO 9901, (2) ROME 9902":                                                                      "1|OSLO 9901 2|ROME 9902",
		"\nREF A OSLO 9901 B ROME 9902\n\nSummary":                                                                  "A|OSLO 9901 B|ROME 9902",
		"\nREF: OSLO 9901; ROME 9902: PARIS 9903":                                                                   "|OSLO 9901 |ROME 9902 |PARIS 9903",
		"\nREF: A. OSLO 9901 AND 9902 B. ROME 9903 (NOTAL)":                                                         "A|OSLO 9901 A|9902 B|ROME 9903 (NOTAL)",
		"\nREF: OSLO 9901 AND PREVIOUS":                                                                             "|OSLO 9901 AND PREVIOUS",
		"\nRefs: A) Oslo 9901/9902; B) 07 Oslo \n9903/9904":                                                         "A|Oslo 9901 A|9902 B|07 Oslo 9903 B|9904",
		"\nREF: A. OSLO 9901 B. 07 \n \nROME 9902 C. PARIS 9903":                                                    "A|OSLO 9901 B|07 ROME 9902 C|PARIS 9903",
		"\nREF: A) OSLO 9901, B) RIO \n \nDE JANEIRO 9902":                                                          "A|OSLO 9901 B|RIO DE JANEIRO 9902",
		"\nREF: SAMPLE (S/CT) E-MAIL OF 04/15/2008":                                                                 "|SAMPLE (S/CT) E-MAIL OF 04/15/2008",
		"\nREF: A. SAMPLE-DOE E-MAIL (12/10/2008) B. OSLO 9901":                                                     "A|SAMPLE-DOE E-MAIL (12/10/2008) B|OSLO 9901",
		"\nREF: HILL - OPS CENTER TELCONS 9/28 AND 29":                                                              "|HILL - OPS CENTER TELCONS 9/28 AND 29",
		"\nREF: OSLO 9901\nROME 9902\n\n1. (U) X":                                                                   "|OSLO 9901 |ROME 9902",
		"\nREF: REF: OSLO 9901":                                                                                     "|OSLO 9901",
		"\nREF: A. 06 OSLO 9901\nB. 07 ROME 9902\nC. 08 PARIS 9903\nD. 05 BONN 9904\nE. 06 BERN 9905\nF. LIMA 9906": "A|06 OSLO 9901 B|07 ROME 9902 C|08 PARIS 9903 D|05 BONN 9904 E|06 BERN 9905 F|LIMA 9906",
		"\nSUBJECT: X REF: OSLO 9901 NOWHERE 00009977 001.2 OF 002 Classified By: DCM X":                            "|OSLO 9901",
	} {
		var got []string
		for _, r := range read(t, text).References {
			got = append(got, r.Label+"|"+r.Text)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q\nwant %s\ngot  %s", text, want, s)
		}
	}
}

// TestReferenceOfTheYearBefore: the day of the citing cable decides too.
func TestReferenceOfTheYearBefore(t *testing.T) {
	c := parser.Parse(parser.Message{Text: "P 200101Z JAN 04\nFM AMEMBASSY OSLO\nUNCLAS OSLO 000017\n\nSUBJECT: X\n\nREF: A. STATE 250001 B. STATE 9901\n\n1. (U) X.\n"})
	sound(t, c)
	if len(c.References) != 2 || c.References[0].ID != "03STATE250001" || c.References[1].ID != "04STATE9901" || !c.References[0].YearInferred {
		t.Errorf("%+v", c.References)
	}
}

func TestReferencePlaces(t *testing.T) {
	c := read(t, "\nREF: A. OSLO 9901 \n     ¶B. ROME \n9902 AND 9903\n\n1. (U) X")
	for i, want := range []string{"OSLO 9901", "ROME \n9902", "9903"} {
		if got := c.References[i].Span.Of(c.Text); got != want {
			t.Errorf("reference %d stands at %q, not %q", i, got, want)
		}
	}
	if id := c.References[2].ID; id != "08ROME9903" {
		t.Errorf("the bare number is of %s", id)
	}
}

func TestTags(t *testing.T) {
	for text, want := range map[string]string{
		"TAGS: PREL PGOV KZ":                             "PREL|PGOV|KZ",
		"TAGS PREL, PGOV, KZ":                            "PREL|PGOV|KZ",
		"TAG PREL;PGOV;KZ":                               "PREL|PGOV|KZ",
		"TAGS:PREL":                                      "PREL",
		"Tags: prel, pgov,\nkz":                          "PREL|PGOV|KZ",
		"TAGS: PREL PGOV\nKZ, UZ\nSUBJECT: X":            "PREL|PGOV|KZ|UZ",
		"TAGS: PREL\nhere the text begins":               "PREL",
		"TAGS: PREL SIPDIS":                              "PREL",
		"TAG:\u00a0PREL\u00a0PGOV\u2003KZ,\vUZ":          "PREL|PGOV|KZ|UZ",
		"TAGS: PREL, PGOV, PREL":                         "PREL|PGOV",
		"TAGS: OVIP (SAMPLE, JANE), PREL":                "OVIP|SAMPLE, JANE|PREL",
		"TAGS: OVIP (SAMPLE, JANE Q.), (SAMPLE, JOE.)":   "OVIP|SAMPLE, JANE Q.|SAMPLE, JOE",
		"TAGS: OVIP SAMPLE MAGDALENA PREL":               "OVIP|SAMPLE, MAGDALENA|PREL",
		"TAGS: PREL HUMAN RIGHTS KZ":                     "PREL|HUMAN RIGHTS|KZ",
		"TAGS: PREL ITALIAN POLITICS NATIONAL ELECTIONS": "PREL|ITALIAN POLITICS|NATIONAL ELECTIONS",
		"TAGS: PREL PECON":                               "PREL|PECON",
		"TAGS: PREL MOPPS":                               "PREL|MOPS",
		"TAGS: PREL ENRGKZ, SENV":                        "PREL|ENRG|KZ|SENV",
		"TAGS: EAIDEAGRUNSC PREL":                        "EAID|EAGR|UNSC|PREL",
		"TAGS: PREL ENRGQQ, SOCIAL":                      "PREL|ENRGQQ|SOCIAL",
		"TAGS: ENRGKZ EAIDEAGR LABOR":                    "ENRG|KZ|EAID|EAGR|LABOR",
		"TAGS: PREL, PEARS IN ORCHARDS":                  "PREL|PEARS IN ORCHARDS",
		"TAGS: PREL IN ORCHARDS":                         "PREL|IN|ORCHARDS",
		"TAGS: PREL PEAR EXPORT ITALIAN ISRAELI AFFAIRS": "PREL|PEAR|EXPORT|ITALIAN ISRAELI AFFAIRS",
		"TAGS: PREL ORCHARD EXPORT ITALIAN POLITICS":     "PREL|ORCHARD EXPORT|ITALIAN POLITICS",
		"TAGS: PREL COUNTER TERRORISM":                   "PREL|COUNTERTERRORISM",
		"E.O. 12958: N/A TAGS: PREL":                     "PREL",
		"DECL: 08/22/2017 AGS: PREL":                     "PREL",
		"TAGS: ECON, IT     UNCLASSIFIED    PAGE 02        ROME  09959  01 OF 04  281501Z ECON, IT \nSUBJECT: X": "ECON|IT",
		"TAGS: PREL\n\nNOWHERE 00009977  001.2 OF 002\n\nSUBJECT: X":                                             "PREL",
	} {
		if got := strings.Join(read(t, text).Tags, "|"); got != want {
			t.Errorf("%q\nwant %s\ngot  %s", text, want, got)
		}
	}
}

func TestAuthority(t *testing.T) {
	for text, want := range map[string]string{
		"Classified By: DCM Jane Sample for reasons 1.4 (b) and (d).":                              "Jane Sample|DCM|1.4 b d",
		"CLASSIFIED BY: Jane Q. Sample, Ambassador, State; REASON: 1.4(B), (D)":                    "Jane Q. Sample|Ambassador, State|1.4 b d",
		"Classified By: Classified by A/DCM J.Q. Sample, 1.4 (b/d)":                                "J.Q. Sample|A/DCM|1.4 b d",
		"CLASSIFIED BY: RSO - JANE SAMPLE. REASON 1.5(D)":                                          "JANE SAMPLE|RSO|1.5 d",
		"Classified By: CDA: Jane Sample for Reasons 1.4 a,b,and d.":                               "Jane Sample|CDA|1.4 a b d",
		"Classified By: AMB:JSAMPLE, Reasons 1.4 (b) and (c)":                                      "JSAMPLE|AMB|1.4 b c",
		"Classified By: Amabassador Jane van Sample, Jr.  Reasons: 1. \n4 (b)(d)":                  "Jane van Sample, Jr|Amabassador|1.4 b d",
		"Classified By: CONSUL GENERAL JANE SAMPLE \n \n1. (U) In May":                             "JANE SAMPLE|CONSUL GENERAL|",
		"Classified By: Acting Minister Counselor for Political Affairs Jane S\nample, 1.4 (b/d).": "Jane Sample|Acting Minister Counselor for Political Affairs|1.4 b d",
		"1. (U) CLASSIFIED BY AMBASSADOR SAMPLE. REASON: 1.5 (B).\n\n2. (C) X":                     "SAMPLE|AMBASSADOR|1.5 b",
		"Classified By: DCM Jane Sample for rea sons b, d.":                                        "Jane Sample|DCM| b d",
	} {
		by := read(t, text).ClassifiedBy
		if by == nil {
			t.Errorf("%q gives nobody", text)
			continue
		}
		if got := strings.TrimRight(by.Name+"|"+by.Title+"|"+by.ReasonSection+" "+strings.Join(by.Letters, " "), " "); got != want {
			t.Errorf("%q\nwant %s\ngot  %s", text, want, got)
		}
	}
	if c := read(t, "1. CONFIDENTIAL - ENTIRE TEXT. CLASSIFIED BY SECTION 1.5 (B)."); c.ClassifiedBy != nil {
		t.Errorf("a section classified the cable: %+v", c.ClassifiedBy)
	}
}

func TestSignature(t *testing.T) {
	const text = "UNCLAS OSLO 009912\n\n1. (U) The text of the cable that\nends here.\n"
	for end, want := range map[string]string{
		"SAMPLE":                              "SAMPLE",
		"\nSample\n":                          "Sample",
		"\nLA SAMPLE\n\nNNNN":                 "LA SAMPLE",
		"SAMPLE##\n":                          "SAMPLE",
		"SAMPLE SAMPLE\n":                     "SAMPLE",
		"SAMPLE\n\nSAMPLE\n":                  "SAMPLE",
		"O'SAMPLE\n\n     SECRET\n>\n":        "O'SAMPLE",
		"GP-3\nSAMPLE\n":                      "SAMPLE",
		"2. (U) Minimize considered. SAMPLE":  "SAMPLE",
		"BEGIN TEXT\nx.\nEND TEXT SAMPLE":     "SAMPLE",
		"SAMPLE\n \n.\n":                      "SAMPLE",
		"SAMPLE\n\nNOTE BY OC/T: AS RECEIVED": "SAMPLE",
		"SAMPLE\n\n\"Visit Oslo's Web Site at http://www.example.o\nrg.gov/oslo\"": "SAMPLE",
		"END COMMENT.":                  "",
		"XXXXXXXXXXXX":                  "",
		"BT\n#9912\nNNNN":               "",
		"and went on to the last\nword": "",
		"SAMPLE\n\nUNCLASSIFIED\n\nPAGE 04        OSLO    09912  04 OF 04  071629Z\n\nNNNN": "SAMPLE",
	} {
		c := parser.Parse(parser.Message{Text: text + end})
		sound(t, c)
		if c.Signature != want {
			t.Errorf("%q is signed %q, not %q", end, c.Signature, want)
		}
	}
}

func TestFronts(t *testing.T) {
	c := read(t, "SS E C R E T SECTION 02 OF 03 RIO DE JANEIRO 009912 \n\nSIPDIS\n\nC O R R E C T E D  C O P Y (TAGS)\n\nS E N S I T I V E\nNOFORN/ORCON\n\nSTATE FOR X, Y,\nAND Z\nNSC FOR W\n\nSUBJ: (S/NF) A SUBJECT THAT\nWRAPS\n\n1. (S/NF) X.")
	if c.MRN != "RIO DE JANEIRO 9912" || c.Section == nil || *c.Section != (model.Section{Number: 2, Of: 3}) || c.Classification.Level != model.Secret {
		t.Errorf("classification line: %q %v %v", c.MRN, c.Section, c.Classification.Level)
	}
	if want := []string{"SIPDIS", "CORRECTED COPY", "SENSITIVE", "NOFORN", "ORCON"}; !slices.Equal(c.Captions, want) {
		t.Errorf("captions %q", c.Captions)
	}
	if want := []string{"STATE FOR X, Y, AND Z", "NSC FOR W"}; !slices.Equal(c.Attention, want) {
		t.Errorf("attention %q", c.Attention)
	}
	if c.Subject != "A SUBJECT THAT WRAPS" || c.SubjectMarking != "S/NF" {
		t.Errorf("subject %q %q", c.Subject, c.SubjectMarking)
	}
	if !slices.Equal(c.Classification.Controls, []string{"NF", "OC"}) {
		t.Errorf("controls %q", c.Classification.Controls)
	}
	for name, want := range map[string]string{"subject": "SUBJ: (S/NF) A SUBJECT THAT\nWRAPS\n", "classification": "SS E C R E T SECTION 02 OF 03 RIO DE JANEIRO 009912 \n", "from": "FM AMEMBASSY NOWHERE\n"} {
		if p, ok := c.Place(name); !ok || p.Span.Of(c.Text) != want {
			t.Errorf("%s stands at %q", name, p.Span.Of(c.Text))
		}
	}
}

// TestCutFront reads a front that was cut off and stands again on one line.
func TestCutFront(t *testing.T) {
	c := read(t, "E.O. 12958: DECL: 04/13/2017 \nTAGS: PREL RS\nSUBJECT: RUSSIAN PEARS ...\nC O N F I D E N T I A L MOSCOW 009904 SIPDIS SIPDIS STATE FOR EUR/RUS E.O. 12958: DECL: 04/13/2017 TAGS: PREL RS SUBJECT: RUSSIAN PEARS AND APPLES\n\nClassified By: DCM X\n\n1. (C) X.")
	if c.Subject != "RUSSIAN PEARS AND APPLES" || c.MRN != "MOSCOW 9904" || !slices.Equal(c.Captions, []string{"SIPDIS"}) || !slices.Equal(c.Attention, []string{"STATE FOR EUR/RUS"}) {
		t.Errorf("%q %q %q %q", c.Subject, c.MRN, c.Captions, c.Attention)
	}
}

// TestSubjectReferences reads subjects in which a publisher left numeric
// character references; what is none, or would be no character that is seen,
// stays as it is. The text keeps them all.
func TestSubjectReferences(t *testing.T) {
	for text, want := range map[string]string{
		"THE MINISTER&#8217;S PEARS":       "THE MINISTER’S PEARS",
		"&#8220;PEARS&#8221; &#X41;&#x42;": "“PEARS” AB",
		"PEARS &#38;#65; APPLES":           "PEARS &#65; APPLES", // once
		"PEARS&#160;AND &#xa0;APPLES":      "PEARS AND  APPLES",
		"PEARS &amp; APPLES":               "PEARS &amp; APPLES",
		"R&#D; &#; &#x; &#12":              "R&#D; &#; &#x; &#12",
		"A&#7;B&#27;C&#8238;D&#xD800;E":    "A&#7;B&#27;C&#8238;D&#xD800;E",
		"A&#99999999999999999999;B":        "A&#99999999999999999999;B",
	} {
		c := read(t, "UNCLAS NOWHERE 009912\n\nSUBJECT: "+text+"\n\n1. (U) X &#8217;.\n")
		if c.Subject != want {
			t.Errorf("%s is read as %q", text, c.Subject)
		}
		if !strings.Contains(c.Text, text) || !strings.Contains(c.Blocks[0].Text, "&#8217;") {
			t.Errorf("%s: the text was changed", text)
		}
	}
}

func TestWrapper(t *testing.T) {
	const wrapper = "Identifier\n08OSLO9912\npdf how-to\n"
	const message = "S E C R E T OSLO 009912\n\nE.O. 12958: DECL: 01/01/2018\nTAGS: PREL NO\nSUBJECT: X\n\n1. (S) Y.\n"
	m := &model.Metadata{ID: "08OSLO9912", Classification: "CONFIDENTIAL"}
	c := parser.Parse(parser.Message{Text: wrapper + message, Start: len(wrapper), Metadata: m})
	sound(t, c)
	if c.ID != "08OSLO9912" || c.IDInferred || c.Classification.Metadata != model.Confidential || c.Classification.Level != model.Secret {
		t.Errorf("%s %v %v %v", c.ID, c.IDInferred, c.Classification.Metadata, c.Classification.Level)
	}
	if p := c.Parts[0]; p.Kind != model.PartWrapper || p.Span.End != len(wrapper) {
		t.Errorf("the first part is %+v", p)
	}
	if len(c.Blocks) != 1 || c.Blocks[0].Line != 10 {
		t.Errorf("blocks %+v", c.Blocks)
	}
	if !slices.ContainsFunc(c.Problems, func(p model.Problem) bool { return p.Code == "metadata-differs" && p.Line == 4 }) {
		t.Errorf("problems %+v", c.Problems)
	}
}

// TestPrintedEnvelope reads a cable that a post printed out: what stands before
// the transmission is no envelope, and its INFO: lists no addressees.
func TestPrintedEnvelope(t *testing.T) {
	c := parser.Parse(parser.Message{Text: "null\nJane Sample 03/21/2007 05:47:09 PM From DB/Inbox\n\nCONFIDENTIAL\nTAGS: PREL, EPET\nSubject: PEARS FOR \n   THE MINISTER\nC O N F I D E N T I A L   OSLO 09912\nACTION: POL \nINFO: AMB DCM\nDRAFTED: POL:JSAMPLE\n\n" +
		"VZCZCADI319\nOO RUEHC RUEHAM\nRUEAIIA\nDE RUEHNY #9912 1541250\nZNY CCCCC ZZH\nO 031250Z JUN 03\nFM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC IMMEDIATE 9927\nINFO RUEHAM/AMEMBASSY AMMAN 9946\n\nC O N F I D E N T I A L OSLO 009912\n\nTAGS PREL, EPET, NO\nSUBJECT: PEARS FOR THE MINISTER\n\n1. (C) X."})
	sound(t, c)
	if len(c.To) != 1 || len(c.Info) != 1 || c.Info[0].Name != "AMEMBASSY AMMAN" || len(c.Tags) != 3 || c.Subject != "PEARS FOR THE MINISTER" || c.ID != "03OSLO9912" {
		t.Errorf("%+v %+v %q %q %q", c.To, c.Info, c.Tags, c.Subject, c.ID)
	}
}

// TestInherited looks at the markings of what stands within a paragraph.
func TestInherited(t *testing.T) {
	c := read(t, "SECRET NOWHERE 009912\n\nSUBJECT: X\n\n1. (C - ENTIRE TEXT)\n\n2. All of it.\n\n3. (S/NF) Points:\n\n-- one\n\n-- (U) two\n\nMore.\n")
	want := []struct {
		level   model.Level
		inherit bool
	}{{model.Confidential, false}, {model.Confidential, true}, {model.Secret, false}, {model.Secret, true}, {model.Unclassified, false}, {model.Secret, true}}
	if len(c.Blocks) != len(want) {
		t.Fatalf("%d blocks", len(c.Blocks))
	}
	for i, w := range want {
		if b := c.Blocks[i]; b.Mark.Level != w.level || b.Inherit != w.inherit || b.Marked() == w.inherit {
			t.Errorf("block %d: %v, inherited %v, marked %v", i, b.Mark.Level, b.Inherit, b.Marked())
		}
	}
}

// TestInheritedBefore: what stands last in a paragraph has the marking of that
// one, not of the one that follows.
func TestInheritedBefore(t *testing.T) {
	for _, next := range []string{"4. (U) So much.", "(U) 4. So much.", "4. So much."} {
		for _, last := range []string{"-- one", "a. (C) One.\n\n-- one", "YEAR      PEARS      SHARE\n2005      1.1        12 PCT"} {
			c := read(t, "SECRET NOWHERE 009912\n\nSUBJECT: X\n\n3. (S/NF) Points:\n\n"+last+"\n\n"+next+"\n")
			for i, b := range c.Blocks[:len(c.Blocks)-1] {
				if !b.Marked() && b.Mark.Level != model.Secret {
					t.Errorf("%q before %q: block %d, %s, is %v", last, next, i, b.Kind, b.Mark.Level)
				}
			}
		}
	}
}

func TestEmptyTexts(t *testing.T) {
	for _, text := range []string{"", "\n", "\r\n", " ", "\f", "...", "\x00", "¶", "(", "1.", "-", "SECRET"} {
		for start := range len(text) + 2 {
			sound(t, parser.Parse(parser.Message{Text: text, Start: start}))
		}
	}
}

// TestTagRepairs looks at what is said of TAGS that were read as meant; a code
// under which the wrapper lists the cable is kept beside them.
func TestTagRepairs(t *testing.T) {
	const text = "P 010101Z JUN 08\nFM AMEMBASSY NOWHERE\nUNCLAS NOWHERE 009912\n\nTAGS: PREL ENRGKZ\nMOPPS\nSUBJECT: X\n\n1. (U) Y.\n"
	problem := func(c *model.Cable) string {
		for _, p := range c.Problems {
			if p.Code == "tag-repaired" {
				return p.Span.Of(text)
			}
		}
		return ""
	}
	c := parser.Parse(parser.Message{Text: text})
	sound(t, c)
	if want := []string{"PREL", "ENRG", "KZ", "MOPS"}; !slices.Equal(c.Tags, want) {
		t.Errorf("%q, not %q", c.Tags, want)
	}
	if got := problem(c); got != "TAGS: PREL ENRGKZ\nMOPPS" {
		t.Errorf("the repair is said of %q", got)
	}
	c = parser.Parse(parser.Message{Text: text, Metadata: &model.Metadata{ID: "08NOWHERE9912", Tags: []string{"PREL", "ENRGKZ"}}})
	if want := []string{"PREL", "ENRGKZ", "ENRG", "KZ", "MOPS"}; !slices.Equal(c.Tags, want) {
		t.Errorf("%q, not %q", c.Tags, want)
	}
	c = parser.Parse(parser.Message{Text: strings.ReplaceAll(strings.ReplaceAll(text, "ENRGKZ", "ENRG"), "MOPPS", "PECON")})
	if want := []string{"PREL", "ENRG", "PECON"}; !slices.Equal(c.Tags, want) || problem(c) != "" {
		t.Errorf("%q, not %q; %q", c.Tags, want, problem(c))
	}
}

// TestSensitiveWithInstructions: a line that spells SBU out and says how to
// treat it raises the cable's line as the caption does; its words are kept.
func TestSensitiveWithInstructions(t *testing.T) {
	for _, line := range []string{"SENSITIVE BUT UNCLASSIFIED -- HANDLE ACCORDINGLY", "Sensitive But Unclassified; not for the Internet"} {
		c := read(t, "UNCLAS NOWHERE 009912\n\nSIPDIS\n\n"+line+"\n\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X\n\n1. (SBU) Y.\n")
		if want := []string{"SIPDIS", "SENSITIVE BUT UNCLASSIFIED"}; !slices.Equal(c.Captions, want) {
			t.Errorf("captions %q, not %q", c.Captions, want)
		}
		if !slices.Contains(c.Attention, line) {
			t.Errorf("%q is lost: %q", line, c.Attention)
		}
		if c.Classification.Check != model.CheckMatch {
			t.Errorf("the check says %s", c.Classification.Check)
		}
	}
}
