package model_test

import (
	"slices"
	"testing"

	"chancery/model"
)

// Items of REF lines as cable-format 6 and oddities 7 describe them. The
// citing cable is ASTANA 9000 of 2008 throughout.
func TestParseReferences(t *testing.T) {
	for _, c := range []struct {
		item     string
		kind     model.ReferenceKind
		ids      []string
		inferred bool
	}{
		{"STATE 94321", "cable", []string{"08STATE94321"}, true},
		{"STATE 004321", "cable", []string{"08STATE4321"}, true},
		{"SECSTATE 4321", "cable", []string{"08STATE4321"}, true},
		{"SECSTATE WASHDC 4321", "cable", []string{"08STATE4321"}, true},
		{"07 ASTANA 9210", "cable", []string{"07ASTANA9210"}, false},
		{"2007 ASTANA 9210", "cable", []string{"07ASTANA9210"}, false},
		{"99 PRETORIA 12315", "cable", []string{"99PRETORIA12315"}, false},
		{"(07) ASTANA 9210", "cable", []string{"07ASTANA9210"}, false},
		{"STATE (01) 201265", "cable", []string{"01STATE201265"}, false},
		{"'07 ASTANA 9210", "cable", []string{"07ASTANA9210"}, false},
		{"10-OTTAWA-57", "cable", []string{"10OTTAWA57"}, false},
		{"O4 CHENNAI 0944", "cable", []string{"04CHENNAI944"}, false},
		{"05 SANTIAG0 465", "cable", []string{"05SANTIAGO465"}, false},
		{"COTON0U 348", "cable", []string{"08COTONOU348"}, true},
		{"07STATE12345", "cable", []string{"07STATE12345"}, false},
		{"2007STATE012345", "cable", []string{"07STATE12345"}, false},
		{"HK05511", "cable", []string{"08HONGKONG5511"}, true},
		{"HK \n03591", "cable", []string{"08HONGKONG3591"}, true},
		{"RIO \n \nDE JANEIRO 1291", "cable", []string{"08RIODEJANEIRO1291"}, true},
		{"03 \n \nHANOI 2323", "cable", []string{"03HANOI2323"}, false},
		{"ST. PETERSBURG 75", "cable", []string{"08STPETERSBURG75"}, true},
		{"PORT-OF-SPAIN 220", "cable", []string{"08PORTOFSPAIN220"}, true},
		{"PORT A 76", "cable", []string{"08PORTAUPRINCE76"}, true},
		{"EMBASSY VIENNA 1450", "cable", []string{"08VIENNA1450"}, true},
		{"UNVIE 089", "cable", []string{"08UNVIEVIENNA89"}, true},
		{"USUN 2336", "cable", []string{"08USUNNEWYORK2336"}, true},
		{"BISHTEK 1194", "cable", []string{"08BISHKEK1194"}, true},
		{"SECTSTATE 14985", "cable", []string{"08STATE14985"}, true},
		{"UNCLASS USDA FAS 57863", "cable", []string{"08USDAFAS57863"}, true},
		{"377 KATHMANDU", "cable", []string{"08KATHMANDU377"}, true},
		{"QUITO 1905-03", "cable", []string{"03QUITO1905"}, false},
		{"REF A STATE 122214", "cable", []string{"08STATE122214"}, true},
		{"(A) RIO 329", "cable", []string{"08RIODEJANEIRO329"}, true},
		{"(S/NF) STATE 329", "cable", []string{"08STATE329"}, true},
		{"MOSCOW 2491 (NOTAL)", "cable", []string{"08MOSCOW2491"}, true},
		{"NOUAKCHOTT 398 AND PREVIOUS", "cable", []string{"08NOUAKCHOTT398"}, true},
		{"ANKARA 1561 (EXDIS)", "cable", []string{"08ANKARA1561"}, true},
		{"STATE 4321 TOSEC 12", "cable", []string{"08STATE4321"}, true},
		{"STATE 106206 CIRCULAR", "cable", []string{"08STATE106206"}, true},
		{"MADRID 286 AND 290", "cable", []string{"08MADRID286", "08MADRID290"}, true},
		{"06 MADRID 286 AND 290", "cable", []string{"06MADRID286", "06MADRID290"}, false},
		{"State 188314, 259032", "cable", []string{"08STATE188314", "08STATE259032"}, true},
		{"Kabul 936/935", "cable", []string{"08KABUL936", "08KABUL935"}, true},
		{"06 Kabul \n5353/5194/4319 and previous", "cable", []string{"06KABUL5353", "06KABUL5194", "06KABUL4319"}, false},
		{"SECSTATE 113408 AND SECSTATE 113635", "cable", []string{"08STATE113408", "08STATE113635"}, true},
		{"SECSTATE 232089 & USUN 2336", "cable", []string{"08STATE232089", "08USUNNEWYORK2336"}, true},
		{"STATE 1234 AND 07 STATE 5678", "cable", []string{"08STATE1234", "07STATE5678"}, true},
		{"07 STATE 5678 AND LONDON 12", "cable", []string{"07STATE5678", "08LONDON12"}, false},
		{"ASTANA 9100", "cable", []string{"07ASTANA9100"}, true}, // not yet reached this year
		{"ASTANA 9000", "cable", []string{"07ASTANA9000"}, true}, // nor can it cite itself
		{"ASTANA 8999", "cable", []string{"08ASTANA8999"}, true},
		{"08 ASTANA 9100", "cable", []string{"08ASTANA9100"}, false}, // what is written is believed
		{"GOTHAM 1556", "cable", []string{"08GOTHAM1556"}, true},

		{"DOE-ROE E-MAIL 02/11/08", "mail", nil, false},
		{"EMBASSY ANTANANARIVO-DOE E-MAIL (JUNE 23)", "mail", nil, false},
		{"DOE-ROE EMAIL APRIL 16", "mail", nil, false},
		{"IIR 6 832 0617 08", "report", nil, false},
		{"USDAO RANGOON IIR 6 812 0131 08", "report", nil, false},
		{"HOTR WASHINGTON DC//USDAO PARIS (SUBJ: IIR 6 832\n0617 08)", "report", nil, false},
		{"TD-314/63777-05", "report", nil, false},
		{"(S/NF) TD-314/63777-05 11 APRIL 2005", "report", nil, false},
		{"FBIS GMP\n20000614000190", "report", nil, false},
		{"FBIS GMP20000614000190", "report", nil, false},
		{"OSC EUP20080614000190", "report", nil, false},
		{"141230Z FEB 08", "dtg", nil, false},
		{"SECDEF MSG DTG 301601z SEP 08", "dtg", nil, false},
		{"SECDEF R162245Z OCT 08", "dtg", nil, false},
		{"DOE - OPS CENTER TELCONS 9/28 AND 29", "other", nil, false},
		{"9 FAM Appendix K, 406 (6)", "other", nil, false},
		{"TEHRAN'S A-077 OF MAY 15, 1972", "other", nil, false},
		{"STATE CA-3400 NOV 2, 1966", "other", nil, false},
		{"Mtcr poc 201/2006 - may 16 2006", "other", nil, false},
		{"OCTOBER 12 DVC (WITH DOS DOD AND EMBASSY LISBON)", "other", nil, false},
		{"USDEL SECRETARY TELEGRAMS 000005/000007/00004", "other", nil, false},
		{"EXP.LIC. D328589", "other", nil, false},
		{"TELCON", "other", nil, false},
		{"", "other", nil, false},
	} {
		refs := model.ParseReferences(c.item, 2008, "ASTANA", 9000, "")
		var ids []string
		for _, r := range refs {
			if r.Kind != c.kind {
				t.Errorf("%q: kind %s, want %s", c.item, r.Kind, c.kind)
			}
			if r.ID != "" {
				ids = append(ids, r.ID)
			}
			if r.Span.Start < 0 || r.Span.End > len(c.item) || r.Span.Len() < 0 {
				t.Errorf("%q: span %v", c.item, r.Span)
			}
		}
		if !slices.Equal(ids, c.ids) || refs[0].YearInferred != c.inferred {
			t.Errorf("%q: %v inferred %v, want %v %v", c.item, ids, refs[0].YearInferred, c.ids, c.inferred)
		}
	}
}

func TestReferenceTextIsAsWritten(t *testing.T) {
	item := "  MADRID 286 AND\n 290 (NOTAL) "
	refs := model.ParseReferences(item, 2008, "", 0, "")
	if len(refs) != 2 || refs[0].Text != "MADRID 286" || refs[1].Text != "290 (NOTAL)" {
		t.Errorf("got %+v", refs)
	}
	one := model.ParseReference("  NOUAKCHOTT 398 AND\nPREVIOUS ", 2009, "PARIS", 815)
	if one.Text != "NOUAKCHOTT 398 AND PREVIOUS" || one.ID != "09NOUAKCHOTT398" {
		t.Errorf("got %+v", one)
	}
}

func TestReferenceTakesThePostBefore(t *testing.T) {
	refs := model.ParseReferences("2962 AND PREVIOUS", 2006, "MANILA", 3065, "MANILA")
	if len(refs) != 1 || refs[0].ID != "06MANILA2962" {
		t.Errorf("got %+v", refs)
	}
	if r := model.ParseReference("2962 AND PREVIOUS", 2006, "MANILA", 3065); r.ID != "" {
		t.Errorf("a number without a post gave %+v", r)
	}
}

func TestReferenceWithoutYear(t *testing.T) {
	r := model.ParseReference("STATE 4321", 0, "", 0)
	if r.Kind != model.RefCable || r.ID != "" {
		t.Errorf("no year is known, yet %+v", r)
	}
}
