package model_test

import (
	"testing"

	"chancery/model"
)

// The shapes of cable-format 6.1, the steps of 6.2, the damage of 6.5.
func TestCanonicalID(t *testing.T) {
	for in, want := range map[string]string{
		"07ASTANA9911":                        "07ASTANA9911",
		"07astana9911":                        "07ASTANA9911",
		"07ASTANA009911":                      "07ASTANA9911",
		"2007ASTANA09911":                     "07ASTANA9911",
		"07 ASTANA 9911":                      "07ASTANA9911",
		"(07) ASTANA 9911":                    "07ASTANA9911",
		"07-ASTANA-9911":                      "07ASTANA9911",
		"07ASTANA9911.html":                   "07ASTANA9911",
		"07ASTANA9911_b":                      "07ASTANA9911",
		"O7ASTANA9911":                        "07ASTANA9911",
		"05RIO9901":                           "05RIODEJANEIRO9901",
		"06SECSTATE99123":                     "06STATE99123",
		"06PORT-OF-SPAIN9912":                 "06PORTOFSPAIN9912",
		"1975NEWDE09912":                      "75NEWDELHI9912", // AAD cuts the name with its blanks
		"1974KUALA09912":                      "74KUALALUMPUR9912",
		"1973PARIS09912":                      "73PARIS9912", // not UNESCO's PARIS FR
		"78TAIPEI9912":                        "78TAIPEI9912",
		"08TAIPEI9912":                        "08AITTAIPEI9912", // no embassy since 1979
		"08SECTION01OF04HARARE9954":           "08HARARE9954",
		"09SQCTION02OF02DUSHANBE9943":         "09DUSHANBE9943",
		"09SECTIOQ1OF06HARARE9976":            "09HARARE9976",
		"09SECTION01F02PRAGUE9983":            "09PRAGUE9983",
		"09SECTION01O02PRAGUE9983":            "09PRAGUE9983",
		"09RME9983":                           "09ROME9983",
		"09KABL9983":                          "09KABUL9983",
		"07EFTOATHENS9904":                    "07ATHENS9904",
		"09AMEMBASSYHANOI9912":                "09HANOI9912",
		"09SIFIEDABUJA9973":                   "09ABUJA9973",
		"85NOFORNMOGADISHU9943":               "85MOGADISHU9943",
		"7575LIBREVILLE9895":                  "75LIBREVILLE9895",
		"08MADRID009962ZFR9963":               "08MADRID9962", // the number after ZFR is the one cancelled
		"90STATE099577TOSEC990323":            "90STATE99577", // the base number counts
		"06ACCRA009982SUSPECTEDDUPLICATE9992": "06ACCRA9992",
		"09BEIRT9996":                         "09BEIRUT9996",
		"07RUSSELS9948":                       "07BRUSSELS9948",
		"07BUENOSQRES9933":                    "07BUENOSAIRES9933",
		"08FSCCHARLESTON9912":                 "08CHARLESTON9912",
		"05EMBASSYGOTHAM9901":                 "05GOTHAM9901", // an unknown post is kept
		"08SANTIAG09912":                      "08SANTIAGO9912",
		"092OF5":                              "09STATE126780",
		"10OUAGADOUGO9912":                    "10OUAGADOUGOU9912",
	} {
		if got, ok := model.CanonicalID(in); !ok || got != want {
			t.Errorf("CanonicalID(%q) = %q %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "ASTANA", "ASTANA9911", "07ASTANA", "07", "079911", "2008-02-14", "3025ASTANA9911", "07ASTANA0", "07ASTANA99999999999999999999"} {
		if got, ok := model.CanonicalID(in); ok {
			t.Errorf("CanonicalID(%q) = %q, want none", in, got)
		}
	}
}

func TestMakeAndSplitID(t *testing.T) {
	for _, c := range []struct {
		year   int
		post   string
		number int
		want   string
	}{
		{2007, "ASTANA", 9911, "07ASTANA9911"},
		{7, "astana", 9911, "07ASTANA9911"},
		{1966, "BUENOS AIRES", 9941, "66BUENOSAIRES9941"},
		{99, "Rio de Janeiro", 9905, "99RIODEJANEIRO9905"},
		{2008, "AMEMBASSY LA PAZ", 9912, "08LAPAZ9912"},
	} {
		id, ok := model.MakeID(c.year, c.post, c.number)
		if !ok || id != c.want {
			t.Errorf("MakeID(%d, %q, %d) = %q %v, want %q", c.year, c.post, c.number, id, ok, c.want)
		}
	}
	year, post, number, ok := model.SplitID("66BUENOSAIRES9941")
	if !ok || year != 1966 || post != "BUENOSAIRES" || number != 9941 {
		t.Errorf("SplitID = %d %s %d %v", year, post, number, ok)
	}
	if year, _, _, ok = model.SplitID("10STATE99437"); !ok || year != 2010 {
		t.Errorf("SplitID of 2010 = %d %v", year, ok)
	}
	for _, id := range []string{"", "07", "07ASTANA", "ASTANA9911", "07 ASTANA 9911", "079911"} {
		if _, _, _, ok := model.SplitID(id); ok {
			t.Errorf("SplitID(%q) should fail", id)
		}
	}
	if id, ok := model.MakeID(2008, "ASTANA", 0); ok {
		t.Errorf("a cable has no number 0: %q", id)
	}
}

func TestCanonicalPost(t *testing.T) {
	for in, want := range map[string]string{
		"RIO": "RIODEJANEIRO", "SECSTATE": "STATE", "SECSTATE WASHDC": "STATE", "La Paz": "LAPAZ", "AMEMBASSY LA PAZ": "LAPAZ",
		"USMISSION USNATO": "USNATO", "USMISSION USUN NEW YORK": "USUNNEWYORK", "USMISSION UNVIE VIENNA": "UNVIEVIENNA",
		"AMCONSUL HO CHI MINH CITY": "HOCHIMINHCITY", "ST. PETERSBURG": "STPETERSBURG", "PORT AU PR": "PORTAUPRINCE",
		"BUENOS AIR": "BUENOSAIRES", "VATICA": "VATICAN", "USINT HAVANA": "HAVANA", "SECDEF WASHINGTON DC": "SECDEF",
		"USEU BRUSSELS": "USEUBRUSSELS", "BRUSSELS": "BRUSSELS", "KIEV": "KIEV", "KYIV": "KYIV", "PHNOM PEN": "PHNOMPENH",
		"CAPE T": "CAPETOWN",
	} {
		if got, known := model.CanonicalPost(in); !known || got != want {
			t.Errorf("CanonicalPost(%q) = %q %v, want %q", in, got, known, want)
		}
	}
	for _, in := range []string{"", "GOTHAM", "NOWHERE", "X"} {
		if got, known := model.CanonicalPost(in); known {
			t.Errorf("CanonicalPost(%q) = %q, want unknown", in, got)
		}
	}
}

// Every post of the list is itself, however its name is written.
func TestEveryPostIsKnown(t *testing.T) {
	if n := len(model.Posts()); n < 340 {
		t.Fatalf("%d posts", n)
	}
	for _, p := range model.Posts() {
		for _, in := range []string{p.Name, p.Display} {
			if got, known := model.CanonicalPost(in); !known || got != p.Name {
				t.Errorf("CanonicalPost(%q) = %q %v, want %q", in, got, known, p.Name)
			}
		}
	}
}

func BenchmarkCanonicalID(b *testing.B) {
	ids := []string{"07ASTANA9911", "08STATE99123", "09NEWDELHI9912", "05RIO9912", "08SECTION01OF04HARARE9954", "09BEIRT9996"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		model.CanonicalID(ids[i%len(ids)])
	}
}
