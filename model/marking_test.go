package model_test

import (
	"slices"
	"testing"

	"chancery/model"
)

// The spellings are those of cable-format 3.2 and oddities 10.
func TestParseMarking(t *testing.T) {
	for _, c := range []struct {
		raw  string
		code string
		odd  bool
	}{
		{"U", "U", false},
		{"SBU", "SBU", false},
		{"C", "C", false},
		{"S", "S", false},
		{"TS", "TS", false},
		{"R", "R", false},
		{"c", "C", false},
		{"S/NF", "S/NF", false},
		{"S//NF", "S/NF", false},
		{"C/NF", "C/NF", false},
		{"C//NF", "C/NF", false},
		{"s/nf", "S/NF", false},
		{"SBU/NF", "SBU/NF", false},
		{"U//FOUO", "FOUO", false},
		{"U/FOUO", "FOUO", false},
		{"FOUO", "FOUO", false},
		{"LOU", "LOU", false},
		{"CUI", "CUI", false},
		{"U/SENSITIVE", "SBU", false},
		{"U/SBU", "SBU", false},
		{"S-NF", "S/NF", true},
		{"C NF", "C/NF", true},
		{"SNF", "S/NF", true},
		{"CNF", "C/NF", true},
		{"SBUNF", "SBU/NF", true},
		{"N/SF", "S/NF", true},
		{"N/CF", "C/NF", true},
		{"S/FN", "S/NF", true},
		{"C ", "C", true},
		{" C ", "C", true},
		{"C/NOFORN", "C/NF", false},
		{"S/NOFORN", "S/NF", false},
		{"S/NORFORN", "S/NF", true},
		{"/Rel UK", "?/REL UK", true},
		{"NF", "?/NF", true},
		{"C/REL NATO", "C/REL NATO", false},
		{"S/Rel China", "S/REL CHINA", false},
		{"S//REL TO USA, ACGU", "S/REL USA, ACGU", false},
		{"S//REL to USA,ACGU", "S/REL USA, ACGU", false},
		{"S//REL TO USA AND GBR", "S/REL USA, GBR", false},
		{"S//REL CHINA, AFGHANISTAN, KAZAKHSTAN, KYRGYZSTAN,\nTAJIKISTAN", "S/REL CHINA, AFGHANISTAN, KAZAKHSTAN, KYRGYZSTAN, TAJIKISTAN", false},
		{"S/REL UK/NF", "S/REL UK/NF", false},
		{"secret//rel germany", "S/REL GERMANY", true},
		{"SECRET/REL FRANCE", "S/REL FRANCE", true},
		{"CONFIDENTIAL", "C", true},
		{"CONFIDENTIAL/NOFORN", "C/NF", true},
		{"SENSITIVE BUT UNCLASSIFIED", "SBU", true},
		{"LIMITED OFFICIAL USE", "LOU", true},
		{"TOP SECRET//SI//ORCON", "TS/SI/OC", true},
		{"S//FGI//NF", "S/FGI/NF", false},
		{"S//FGI GBR DEU//NF", "S/FGI GBR DEU/NF", false},
		{"S/ACGU", "S/REL ACGU", false},
		{"C - ENTIRE TEXT", "C", false},
		{"C-ENTIRE TEXT", "C", false},
		{"S/NF - ENTIRE TEXT", "S/NF", false},
		{"LOU - ENTIRE TEXT", "LOU", false},
		{"CONFIDENTIAL - ENTIRE\nTEXT", "C", true},
		{"C\u00a0", "C", true},
	} {
		m, ok := model.ParseMarking(c.raw)
		if !ok || m.Code() != c.code || m.Odd != c.odd {
			t.Errorf("ParseMarking(%q) = %s odd=%v ok=%v, want %s odd=%v", c.raw, m.Code(), m.Odd, ok, c.code, c.odd)
		}
	}
}

// What stands in parentheses after a number is not always a marking.
func TestParseMarkingRefuses(t *testing.T) {
	for _, raw := range []string{
		"", " ", "U.S.", "Iran", "China", "AS SHE HAS BEFORE", "Note: see below", "S/CT", "S/P", "S/ES", "S/S",
		"C/NP", "CODEL DOE", "SECRETARY", "CONFIDENTIALLY", "R-CA", "D-NY", "U.N.", "UK", "SPD", "CDU", "TSA",
		"C is for cable", "S and others", "RELEASED", "C/RELATIONS", "Unclear", "1", "?", "//", "/", "S//REL 15 May",
	} {
		if m, ok := model.ParseMarking(raw); ok {
			t.Errorf("ParseMarking(%q) = %s, want a refusal", raw, m.Code())
		}
	}
}

func TestMarkingKeepsWhatWasWritten(t *testing.T) {
	m, _ := model.ParseMarking("S//REL USA,\n  GBR")
	if m.Raw != "S//REL USA, GBR" {
		t.Errorf("Raw = %q: the line end should be a blank", m.Raw)
	}
	if !slices.Equal(m.Controls, []string{"REL USA, GBR"}) {
		t.Errorf("Controls = %q", m.Controls)
	}
}

func TestMarkingWords(t *testing.T) {
	for raw, want := range map[string]string{
		"S/NF":        "SECRET//NOFORN",
		"C/REL NATO":  "CONFIDENTIAL//REL TO NATO",
		"U//FOUO":     "FOR OFFICIAL USE ONLY",
		"LOU":         "LIMITED OFFICIAL USE",
		"SBU/NF":      "SENSITIVE BUT UNCLASSIFIED//NOFORN",
		"/Rel UK":     "LEVEL NOT GIVEN//REL TO UK",
		"TS//SI//OC":  "TOP SECRET//SI//ORCON",
		"U/SENSITIVE": "SENSITIVE BUT UNCLASSIFIED",
	} {
		m, _ := model.ParseMarking(raw)
		if got := m.Words(); got != want {
			t.Errorf("Words of %q = %q, want %q", raw, got, want)
		}
	}
}

func TestEntireText(t *testing.T) {
	for raw, want := range map[string]bool{
		"C - ENTIRE TEXT": true, "S - Entire text": true, "C": false, "S/NF": false, "CONFIDENTIAL ENTIRE TEXT": true,
	} {
		m, ok := model.ParseMarking(raw)
		if !ok || m.EntireText() != want {
			t.Errorf("%q: ok %v, entire text %v, want %v", raw, ok, m.EntireText(), want)
		}
	}
}

// A shared control list must not be changed through one of its users.
func TestCommonMarkingsAreNotShared(t *testing.T) {
	a, _ := model.ParseMarking("S/NF")
	_ = append(a.Controls, "OC")
	b, _ := model.ParseMarking("C/NF")
	if !slices.Equal(b.Controls, []string{"NF"}) {
		t.Errorf("controls of another marking became %q", b.Controls)
	}
}

func TestCommonMarkingsCostNothing(t *testing.T) {
	for _, raw := range []string{"U", "C", "S/NF", "S//NF", "SBU", "U//FOUO"} {
		if n := testing.AllocsPerRun(100, func() { model.ParseMarking(raw) }); n != 0 {
			t.Errorf("ParseMarking(%q) allocates %v times", raw, n)
		}
	}
}

// Classification lines: cable-format 2.1, oddities 2.
func TestParseLevel(t *testing.T) {
	for _, c := range []struct {
		line     string
		level    model.Level
		controls []string
		rest     string
		damaged  bool
	}{
		{"C O N F I D E N T I A L SECTION 01 OF 03 NOWHERE 099677", model.Confidential, nil, "SECTION 01 OF 03 NOWHERE 099677", false},
		{"S E C R E T NOWHERE 099001", model.Secret, nil, "NOWHERE 099001", false},
		{"UNCLAS NOWHERE 009901", model.Unclassified, nil, "NOWHERE 009901", false},
		{"UNCLASSIFIED", model.Unclassified, nil, "", false},
		{"U N C L A S NOWHERE 009901", model.Unclassified, nil, "NOWHERE 009901", false},
		{"CONFIDENTIAL SECTION 01 of 03", model.Confidential, nil, "SECTION 01 of 03", false},
		{"S e c r e t nowhere 099250", model.Secret, nil, "nowhere 099250", false},
		{"LIMITED OFFICIAL USE NOWHERE 09912", model.Sensitive, []string{"LOU"}, "NOWHERE 09912", false},
		{"UNCLAS EFTO NOWHERE 009912", model.Unclassified, []string{"EFTO"}, "NOWHERE 009912", false},
		{"SECRET//NOFORN", model.Secret, []string{"NF"}, "", false},
		{"CONFIDENTIAL//NOFORN", model.Confidential, []string{"NF"}, "", false},
		{"SECRET//FGI//NOFORN", model.Secret, []string{"FGI", "NF"}, "", false},
		{"S E C R E T NOFORN SECTION 01 OF 02 NOWHERE 099015", model.Secret, []string{"NF"}, "SECTION 01 OF 02 NOWHERE 099015", false},
		{"S E C R E T N O F O R N NOWHERE 099015", model.Secret, []string{"NF"}, "NOWHERE 099015", false},
		{"UNCLASSIFIED//FOR OFFICIAL USE ONLY", model.Sensitive, []string{"FOUO"}, "", false},
		{"SENSITIVE BUT UNCLASSIFIED", model.Sensitive, nil, "", false},
		{"TOP SECRET", model.TopSecret, nil, "", false},
		{"T O P S E C R E T NOWHERE 099015", model.TopSecret, nil, "NOWHERE 099015", false},
		{"SS E C R E T NOWHERE 099015", model.Secret, nil, "NOWHERE 099015", true},
		{"CSE C R E T NOWHERE 099015", model.Secret, nil, "NOWHERE 099015", true},
		{"SE C R E T SECTION 01 OF 02 XXXXXXXXXXXX 099004", model.Secret, nil, "SECTION 01 OF 02 XXXXXXXXXXXX 099004", true},
		{"E C R E T NOWHERE 099015", model.Secret, nil, "NOWHERE 099015", true},
		{"CO N F I D E N T I A L NOWHERE 099015", model.Confidential, nil, "NOWHERE 099015", true},
		{"CC O N F I D E N T I A L SECTION 01 OF 04 NOWHERE 099378", model.Confidential, nil, "SECTION 01 OF 04 NOWHERE 099378", true},
		{"O N F I D E N T I A L NOWHERE 099015", model.Confidential, nil, "NOWHERE 099015", true},
		{"C O N F I D E N T I L NOWHERE 099015", model.Confidential, nil, "NOWHERE 099015", true},
		{"C ONFIDENTIAL SECTION 01 of 03 NOWHERE 099744", model.Confidential, nil, "SECTION 01 of 03 NOWHERE 099744", true},
		{"UUNCLAS NOWHERE 009901", model.Unclassified, nil, "NOWHERE 009901", true},
		{"CONFIDENTAL NOWHERE 009901", model.Confidential, nil, "NOWHERE 009901", true},
	} {
		l, controls, rest, damaged, ok := model.ParseLevel(c.line)
		if !ok || l != c.level || !slices.Equal(controls, c.controls) || rest != c.rest || damaged != c.damaged {
			t.Errorf("ParseLevel(%q) = %v %q rest %q damaged %v ok %v", c.line, l, controls, rest, damaged, ok)
		}
	}
	for _, line := range []string{"", "SIPDIS", "SECRETARY DOE ARRIVED", "SECRETS OF THE TRADE", "SECURE NOWHERE 0099", "1. (S) TEXT", "TAGS: PREL", "A B C D E F", "SECTION 02 OF 03", "UNCLASSIFIABLE"} {
		if l, _, _, _, ok := model.ParseLevel(line); ok {
			t.Errorf("ParseLevel(%q) = %v, want none", line, l)
		}
	}
}

func marked(marks ...string) []model.Block {
	var out []model.Block
	for _, raw := range marks {
		m, _ := model.ParseMarking(raw)
		out = append(out, model.Block{Kind: model.Paragraph, Mark: m})
	}
	return out
}

// The outcomes of cable-format 4.3.
func TestCheckMarkings(t *testing.T) {
	for _, c := range []struct {
		name     string
		line     model.Level
		controls []string
		captions []string
		metadata model.Level
		marks    []string
		highest  string
		check    model.Check
	}{
		{"equal", model.Confidential, nil, nil, 0, []string{"U", "C", "SBU"}, "C", model.CheckMatch},
		{"a secret paragraph in a confidential cable", model.Confidential, nil, nil, 0, []string{"C", "S"}, "S", model.CheckUnder},
		{"the highest paragraph was lost", model.Secret, nil, nil, 0, []string{"C", "U"}, "C", model.CheckOver},
		{"no portions", model.Secret, nil, nil, 0, nil, "?", model.CheckUnmarked},
		{"SENSITIVE raises UNCLAS", model.Unclassified, nil, []string{"SENSITIVE", "SIPDIS"}, 0, []string{"SBU"}, "SBU", model.CheckMatch},
		{"UNCLAS without the caption", model.Unclassified, nil, []string{"SIPDIS"}, 0, []string{"SBU"}, "SBU", model.CheckControlMissing},
		{"SENSITIVE, and no portion is", model.Unclassified, nil, []string{"SENSITIVE"}, 0, []string{"U"}, "U", model.CheckControlUnused},
		{"a confidential paragraph in an SBU cable", model.Unclassified, nil, []string{"SENSITIVE"}, 0, []string{"SBU", "C"}, "C", model.CheckUnder},
		{"SENSITIVE does not raise SECRET", model.Secret, nil, []string{"SENSITIVE"}, 0, []string{"S"}, "S", model.CheckMatch},
		{"NOFORN by caption", model.Secret, nil, []string{"NOFORN"}, 0, []string{"S/NF", "C"}, "S/NF", model.CheckMatch},
		{"NOFORN on the line", model.Secret, []string{"NF"}, nil, 0, []string{"S", "C/NF"}, "S/NF", model.CheckMatch},
		{"a portion is NOFORN, the cable is not", model.Secret, nil, nil, 0, []string{"S/NF"}, "S/NF", model.CheckControlMissing},
		{"the cable is NOFORN, no portion is", model.Secret, nil, []string{"NOFORN"}, 0, []string{"S"}, "S", model.CheckControlUnused},
		{"the page says otherwise", model.Confidential, nil, nil, model.Secret, []string{"C"}, "C", model.CheckMetadata},
		{"the page agrees with the caption", model.Unclassified, nil, []string{"SENSITIVE"}, model.Sensitive, []string{"SBU"}, "SBU", model.CheckMatch},
		{"the page agrees with the bare line", model.Unclassified, nil, []string{"SENSITIVE"}, model.Unclassified, []string{"SBU"}, "SBU", model.CheckMatch},
		{"under is graver than the page", model.Confidential, nil, nil, model.Secret, []string{"S"}, "S", model.CheckUnder},
		{"no line: the page stands in", 0, nil, nil, model.Secret, []string{"C"}, "C", model.CheckOver},
		{"nothing to hold against", 0, nil, nil, 0, []string{"C"}, "C", ""},
		{"FOUO is a level, not a control", model.Unclassified, nil, []string{"SENSITIVE"}, 0, []string{"U//FOUO"}, "FOUO", model.CheckMatch},
	} {
		cable := &model.Cable{
			Classification: model.Classification{Level: c.line, Controls: c.controls, Metadata: c.metadata},
			Captions:       c.captions, Blocks: marked(c.marks...),
		}
		highest, check := model.CheckMarkings(cable)
		if check != c.check || highest.Code() != c.highest {
			t.Errorf("%s: %s %q, want %s %q", c.name, highest.Code(), check, c.highest, c.check)
		}
	}
}

func BenchmarkParseMarking(b *testing.B) {
	marks := []string{"C", "S/NF", "U", "SBU", "S//REL TO USA, ACGU", "C", "China", "C/REL NATO"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		model.ParseMarking(marks[i%len(marks)])
	}
}

func BenchmarkParseLevel(b *testing.B) {
	lines := []string{
		"C O N F I D E N T I A L SECTION 01 OF 03 NOWHERE 099677", "the minister said that nothing had been decided",
		"MINISTER DOE SAID THAT NOTHING HAD BEEN DECIDED", "SIPDIS", "S E C R E T NOFORN NOWHERE 099001",
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		model.ParseLevel(lines[i%len(lines)])
	}
}

func TestOrdinaryLinesCostNoLevel(t *testing.T) {
	for _, line := range []string{"the minister said that nothing had been decided", "SIPDIS", "1. (C) Summary: nothing was decided."} {
		if n := testing.AllocsPerRun(100, func() { model.ParseLevel(line) }); n != 0 {
			t.Errorf("ParseLevel(%q) allocates %v times", line, n)
		}
	}
}

func TestBannerTakesItsCaptions(t *testing.T) {
	for _, c := range []struct {
		level    model.Level
		controls []string
		captions []string
		want     string
	}{
		{model.Unclassified, nil, []string{"SENSITIVE", "SIPDIS"}, "SBU"},
		{model.Secret, nil, []string{"SIPDIS", "NOFORN"}, "S/NF"},
		{model.Confidential, []string{"NOFORN"}, []string{"NOFORN"}, "C/NF"},
		{model.LevelUnknown, nil, []string{"NOFORN"}, "?"},
	} {
		k := model.Cable{Captions: c.captions, Classification: model.Classification{Level: c.level, Controls: c.controls}}
		m := k.Banner()
		if got := m.Code(); got != c.want {
			t.Errorf("%v %v with %v is %s, want %s", c.level, c.controls, c.captions, got, c.want)
		}
	}
}
