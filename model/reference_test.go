package model_test

import (
	"testing"
	"time"

	"chancery/model"
)

// Items of REF lines as cable-format 6 and oddities 7 describe them. The
// citing cable is ASTANA 9000 of 2008 throughout.
func TestParseReference(t *testing.T) {
	for _, c := range []struct {
		item     string
		kind     model.ReferenceKind
		id       string
		inferred bool
	}{
		{"STATE 94321", "cable", "08STATE94321", true},
		{"STATE 004321", "cable", "08STATE4321", true},
		{"SECSTATE 4321", "cable", "08STATE4321", true},
		{"SECSTATE WASHDC 4321", "cable", "08STATE4321", true},
		{"07 ASTANA 9210", "cable", "07ASTANA9210", false},
		{"2007 ASTANA 9210", "cable", "07ASTANA9210", false},
		{"1951 REYKJAVIK 9902", "cable", "51REYKJAVIK9902", false},
		{"1962 MOSCOW 9921", "cable", "62MOSCOW9921", false},
		{"1945 MOSCOW 9921", "cable", "45MOSCOW9921", false},
		{"99 PRETORIA 12315", "cable", "99PRETORIA12315", false},
		{"(07) ASTANA 9210", "cable", "07ASTANA9210", false},
		{"STATE (01) 201265", "cable", "01STATE201265", false},
		{"'07 ASTANA 9210", "cable", "07ASTANA9210", false},
		{"10-OTTAWA-57", "cable", "10OTTAWA57", false},
		{"O4 CHENNAI 0944", "cable", "04CHENNAI944", false},
		{"05 SANTIAG0 465", "cable", "05SANTIAGO465", false},
		{"COTON0U 348", "cable", "08COTONOU348", true},
		{"07STATE12345", "cable", "07STATE12345", false},
		{"2007STATE012345", "cable", "07STATE12345", false},
		{"HK05511", "cable", "08HONGKONG5511", true},
		{"HK \n03591", "cable", "08HONGKONG3591", true},
		{"RIO \n \nDE JANEIRO 1291", "cable", "08RIODEJANEIRO1291", true},
		{"03 \n \nHANOI 2323", "cable", "03HANOI2323", false},
		{"ST. PETERSBURG 75", "cable", "08STPETERSBURG75", true},
		{"PORT-OF-SPAIN 220", "cable", "08PORTOFSPAIN220", true},
		{"PORT A 76", "cable", "08PORTAUPRINCE76", true},
		{"EMBASSY VIENNA 1450", "cable", "08VIENNA1450", true},
		{"UNVIE 089", "cable", "08UNVIEVIENNA89", true},
		{"USUN 2336", "cable", "08USUNNEWYORK2336", true},
		{"BISHTEK 1194", "cable", "08BISHKEK1194", true},
		{"SECTSTATE 14985", "cable", "08STATE14985", true},
		{"UNCLASS USDA FAS 57863", "cable", "08USDAFAS57863", true},
		{"377 KATHMANDU", "cable", "08KATHMANDU377", true},
		{"QUITO 1905-03", "cable", "03QUITO1905", false},
		{"REF A STATE 122214", "cable", "08STATE122214", true},
		{"(A) RIO 329", "cable", "08RIODEJANEIRO329", true},
		{"(S/NF) STATE 329", "cable", "08STATE329", true},
		{"MOSCOW 2491 (NOTAL)", "cable", "08MOSCOW2491", true},
		{"NOUAKCHOTT 398 AND PREVIOUS", "cable", "08NOUAKCHOTT398", true},
		{"ANKARA 1561 (EXDIS)", "cable", "08ANKARA1561", true},
		{"STATE 4321 TOSEC 12", "cable", "08STATE4321", true},
		{"STATE 106206 CIRCULAR", "cable", "08STATE106206", true},
		{"MADRID 286 AND 290", "cable", "08MADRID286", true},
		{"06 MADRID 286 AND 290", "cable", "06MADRID286", false},
		{"State 188314, 259032", "cable", "08STATE188314", true},
		{"Kabul 936/935", "cable", "08KABUL936", true},
		{"06 Kabul \n5353/5194/4319 and previous", "cable", "06KABUL5353", false},
		{"SECSTATE 113408 AND SECSTATE 113635", "cable", "08STATE113408", true},
		{"SECSTATE 232089 & USUN 2336", "cable", "08STATE232089", true},
		{"STATE 1234 AND 07 STATE 5678", "cable", "08STATE1234", true},
		{"07 STATE 5678 AND LONDON 12", "cable", "07STATE5678", false},
		{"ASTANA 9100", "cable", "07ASTANA9100", true}, // not yet reached this year
		{"ASTANA 9000", "cable", "07ASTANA9000", true}, // nor can it cite itself
		{"ASTANA 8999", "cable", "08ASTANA8999", true},
		{"08 ASTANA 9100", "cable", "08ASTANA9100", false}, // what is written is believed
		{"GOTHAM 1556", "cable", "08GOTHAM1556", true},

		{"DOE-ROE E-MAIL 02/11/08", "mail", "", false},
		{"EMBASSY ANTANANARIVO-DOE E-MAIL (JUNE 23)", "mail", "", false},
		{"DOE-ROE EMAIL APRIL 16", "mail", "", false},
		{"IIR 6 832 0617 08", "report", "", false},
		{"USDAO RANGOON IIR 6 812 0131 08", "report", "", false},
		{"HOTR WASHINGTON DC//USDAO PARIS (SUBJ: IIR 6 832\n0617 08)", "report", "", false},
		{"TD-314/63777-05", "report", "", false},
		{"(S/NF) TD-314/63777-05 11 APRIL 2005", "report", "", false},
		{"FBIS GMP\n20000614000190", "report", "", false},
		{"FBIS GMP20000614000190", "report", "", false},
		{"OSC EUP20080614000190", "report", "", false},
		{"141230Z FEB 08", "dtg", "", false},
		{"SECDEF MSG DTG 301601z SEP 08", "dtg", "", false},
		{"SECDEF R162245Z OCT 08", "dtg", "", false},
		{"DOE - OPS CENTER TELCONS 9/28 AND 29", "other", "", false},
		{"9 FAM Appendix K, 406 (6)", "other", "", false},
		{"TEHRAN'S A-077 OF MAY 15, 1972", "other", "", false},
		{"STATE CA-3400 NOV 2, 1966", "other", "", false},
		{"Mtcr poc 201/2006 - may 16 2006", "other", "", false},
		{"OCTOBER 12 DVC (WITH DOS DOD AND EMBASSY LISBON)", "other", "", false},
		{"USDEL SECRETARY TELEGRAMS 000005/000007/00004", "other", "", false},
		{"EXP.LIC. D328589", "other", "", false},
		{"TELCON", "other", "", false},
		{"", "other", "", false},
	} {
		r := model.ParseReference(c.item, 2008, "ASTANA", 9000)
		if r.Kind != c.kind || r.ID != c.id || r.YearInferred != c.inferred {
			t.Errorf("%q: %s %s inferred %v, want %s %s %v", c.item, r.Kind, r.ID, r.YearInferred, c.kind, c.id, c.inferred)
		}
	}
}

func TestReferenceTextIsAsWritten(t *testing.T) {
	item := "  NOUAKCHOTT 398 AND\nPREVIOUS; "
	r := model.ParseReference(item, 2009, "PARIS", 815)
	if r.Text != "NOUAKCHOTT 398 AND PREVIOUS" || r.ID != "09NOUAKCHOTT398" || r.Span.Of(item) != "NOUAKCHOTT 398 AND\nPREVIOUS" {
		t.Errorf("got %+v", r)
	}
}

func TestReferenceWithoutYear(t *testing.T) {
	r := model.ParseReference("STATE 4321", 0, "", 0)
	if r.Kind != model.RefCable || r.ID != "" {
		t.Errorf("no year is known, yet %+v", r)
	}
}

// A number that the Department could not have reached by the day of the citing
// cable is of the year before, when the year was inferred at all.
func TestReferencesOfJanuary(t *testing.T) {
	for _, c := range []struct{ item, day, want string }{
		{"STATE 250001", "2004-01-20", "03STATE250001"},
		{"STATE 140000", "2004-01-20", "04STATE140000"},
		{"STATE 140001", "2004-01-20", "03STATE140001"},
		{"STATE 250001", "2004-07-20", "04STATE250001"},
		{"STATE 8250001", "2004-01-20", "04STATE8250001"}, // no year had so many
		{"04 STATE 250001", "2004-01-20", "04STATE250001"},
		{"VIENNA 250001", "2004-01-20", "04VIENNA250001"},
		{"STATE 250001", "", "04STATE250001"},
	} {
		day, _ := time.Parse(time.DateOnly, c.day)
		if got := model.ParseReference(c.item, 2004, "ASTANA", 17).AsOf(day).ID; got != c.want {
			t.Errorf("%s on %s is %s, not %s", c.item, c.day, got, c.want)
		}
	}
}
