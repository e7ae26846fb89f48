package glossary_test

import (
	"strings"
	"testing"
	"time"

	"chancery/model/glossary"
)

func year(y int) time.Time { return time.Date(y, time.June, 15, 0, 0, 0, 0, time.UTC) }

// The three tables of places, with the examples of cable-format 2.5.
func TestTagByPeriod(t *testing.T) {
	for _, c := range []struct {
		code    string
		year    int
		meaning string
	}{
		{"CH", 1975, "China (mainland)"},
		{"CH", 2009, "China"},
		{"CH", 2014, "Switzerland"},
		{"RS", 2009, "Russia"},
		{"RS", 2014, "Serbia"},
		{"UR", 1975, "Soviet Union"},
		{"UR", 1989, "Soviet Union"},
		{"GW", 1975, "Germany (West)"},
		{"GM", 2009, "Germany"},
		{"GM", 2014, "Gambia"},
		{"KN", 2009, "Korea (North)"},
		{"IZ", 2009, "Iraq"},
		{"IZ", 1975, "Iraq"},
		{"IQ", 2014, "Iraq"},
		{"RU", 2014, "Russia"},
		{"XG", 2009, "Europe"},
		{"XG", 2014, "Gaza Strip"},
		{"PREL", 2007, "External political relations"},
		{"KNNP", 2009, "Nuclear non-proliferation"},
		{"NATO", 1975, "North Atlantic Treaty Organization"},
		{"NATO", 2009, "North Atlantic Treaty Organization"},
		{"prel", 2007, "External political relations"},
	} {
		e, ok := glossary.Tag(c.code, year(c.year))
		if !ok || e.Meaning != c.meaning || !e.Sure || e.Kind != "tag" {
			t.Errorf("Tag(%s, %d) = %+v %v, want %q", c.code, c.year, e, ok, c.meaning)
		}
	}
	if e, ok := glossary.Tag("CH", time.Time{}); !ok || e.Meaning != "China" {
		t.Errorf("without a date CH should be that of most cables: %+v", e)
	}
}

// Codes that are wrong say what was probably meant, and are not sure.
func TestTagMisspelt(t *testing.T) {
	for code, want := range map[string]string{
		"KNPP":     "probably KNNP: Nuclear non-proliferation",
		"POGOV":    "probably PGOV",
		"RU":       "probably RS: Russia",
		"IQ":       "probably IZ: Iraq",
		"GE":       "probably GM: Germany",
		"KDEMAF":   "probably KDEM and AF",
		"EINDETRD": "probably EIND and ETRD",
		"PRELL":    "probably PREL: External political relations", // not listed: one slip away
		"UR":       "Soviet Union",                                // a code of another time
	} {
		e, ok := glossary.Tag(code, year(2009))
		if !ok || e.Sure || !strings.HasPrefix(e.Meaning, want) {
			t.Errorf("Tag(%s) = %+v %v, want %q and doubt", code, e, ok, want)
		}
	}
	if e, _ := glossary.Tag("CN", year(2009)); e.Meaning != "Comoros" || !strings.Contains(e.Detail, "China (CH)") {
		t.Errorf("CN keeps its meaning, with a hint: %+v", e)
	}
	if e, ok := glossary.Tag("(DOE, JANE)", year(2009)); !ok || e.Detail != "person" {
		t.Errorf("a person: %+v %v", e, ok)
	}
	for _, code := range []string{"", "QQQQ", "ELECTIONS", "X"} {
		if e, ok := glossary.Tag(code, year(2009)); ok {
			t.Errorf("Tag(%q) = %+v, want nothing", code, e)
		}
	}
}

func TestTagSort(t *testing.T) {
	for code, want := range map[string]string{"PREL": "subject: political", "ETRD": "subject: economic", "KZ": "place", "KNNP": "program", "NATO": "organization"} {
		if e, _ := glossary.Tag(code, year(2007)); e.Detail != want {
			t.Errorf("Detail of %s = %q, want %q", code, e.Detail, want)
		}
	}
}

func TestPost(t *testing.T) {
	for in, want := range map[string]string{
		"ASTANA": "Embassy Astana, Kazakhstan", "AMEMBASSY RIO DE JANEIRO": "Consulate Rio de Janeiro, Brazil",
		"RIO": "Consulate Rio de Janeiro, Brazil", "PORTA": "Embassy Port au Prince, Haiti", "USEUBRUSSELS": "Mission USEU Brussels, Belgium",
		"THE HAGUE": "Embassy The Hague, Netherlands", "SECDEF WASHDC": "Secretary of Defense", "SINGAPORE": "Embassy Singapore",
	} {
		if e, ok := glossary.Post(in); !ok || e.Meaning != want || e.Kind != "post" {
			t.Errorf("Post(%q) = %+v %v, want %q", in, e, ok, want)
		}
	}
	if e, ok := glossary.Post("GOTHAM"); ok {
		t.Errorf("Post of no post = %+v", e)
	}
	if got := glossary.Country("AMEMBASSY ASTANA"); got != "Kazakhstan" {
		t.Errorf("Country = %q", got)
	}
}

func TestRouting(t *testing.T) {
	e, ok := glossary.Routing("RUEHC")
	if !ok || e.Meaning != "SECSTATE WASHDC" || !strings.Contains(e.Detail, "USAID WASHDC") || !e.Sure {
		t.Errorf("RUEHC = %+v %v", e, ok)
	}
	if e, ok = glossary.Routing("ZEN"); !ok || !strings.Contains(e.Meaning, "other means") {
		t.Errorf("ZEN = %+v %v", e, ok)
	}
	if e, _ = glossary.Routing("RUEHWEB"); e.Sure {
		t.Errorf("what RUEHWEB is was inferred: %+v", e)
	}
	if e, ok = glossary.Routing("RQQQQQ"); ok {
		t.Errorf("no such indicator: %+v", e)
	}
}

func TestCaption(t *testing.T) {
	for in, code := range map[string]string{
		"SIPDIS": "SIPDIS", "noforn": "NOFORN", "NF": "NOFORN", "C O R R E C T E D COPY": "CORRECTED COPY",
		"C O R R E C T E D C O P Y (TEXT PARA.2)": "CORRECTED COPY", "CODEL DOE": "CODEL", "REL TO USA, GBR": "REL TO",
		"S I P D I S": "SIPDIS", "ROGER CHANNEL": "ROGER CHANNEL", "LIMITED OFFICIAL USE": "LIMITED OFFICIAL USE",
	} {
		if e, ok := glossary.Caption(in); !ok || e.Code != code || e.Meaning == "" {
			t.Errorf("Caption(%q) = %+v %v, want %s", in, e, ok, code)
		}
	}
	if e, _ := glossary.Caption("SIPDIS"); !strings.Contains(e.Meaning, "Not a secrecy level") {
		t.Errorf("newcomers take SIPDIS for a classification; it should say: %q", e.Meaning)
	}
	for _, in := range []string{"", "NODIS NOT", "HELLO", "SENSITIVE TALKS"} {
		if e, ok := glossary.Caption(in); ok {
			t.Errorf("Caption(%q) = %+v, want nothing", in, e)
		}
	}
}

// Reasons by the order in force (cable-format 2.4, 4.4, 4.5).
func TestReason(t *testing.T) {
	for _, c := range []struct {
		section, letter string
		at              time.Time
		code            string
		contains        string
		sure            bool
	}{
		{"1.4", "b", year(2007), "1.4(b)", "Foreign government information", true},
		{"1.4", "(B)", year(2007), "1.4(b)", "Foreign government information", true},
		{"1.4", "h", year(2007), "1.4(h)", "Weapons of mass destruction", true},
		{"1.4", "h", year(2011), "1.4(h)", "Development, production, or use", true},
		{"1.5", "d", year(1999), "1.5(d)", "Foreign relations", true},
		{"1.5", "d", year(2008), "1.4(d)", "Foreign relations", true}, // the habit outlived the section
		{"1.5", "h", year(1999), "1.4(h)", "Weapons of mass destruction", false},
		{"", "d", year(2007), "1.4(d)", "Foreign relations", true},
		{"1-301", "b", year(1980), "1-301(b)", "Foreign government information", true},
		{"1.3", "(5)", year(1990), "1.3(a)(5)", "Foreign relations", true},
		{"1.4", "c", time.Time{}, "1.4(c)", "special activities", true},
		{"1.5", "c", time.Time{}, "1.5(c)", "special activities", true},
	} {
		e, ok := glossary.Reason(c.section, c.letter, c.at)
		if !ok || e.Code != c.code || !strings.Contains(e.Meaning, c.contains) || e.Sure != c.sure {
			t.Errorf("Reason(%q, %q, %d) = %+v %v", c.section, c.letter, c.at.Year(), e, ok)
		}
	}
	if e, _ := glossary.Reason("1.5", "d", year(2008)); !strings.Contains(e.Detail, "written as 1.5(d)") {
		t.Errorf("the drafter's 1.5 should be told: %+v", e)
	}
	for _, c := range []struct{ section, letter string }{{"1.4", ""}, {"1.4", "z"}} {
		if e, ok := glossary.Reason(c.section, c.letter, year(2007)); ok {
			t.Errorf("Reason(%q, %q) = %+v", c.section, c.letter, e)
		}
	}
	if e, ok := glossary.Reason("1.4", "b", year(1970)); ok {
		t.Errorf("E.O. 10501 had no letters: %+v", e)
	}
}

// GOK is the government of the post's own country (cable-format 7).
func TestAbbreviationByPost(t *testing.T) {
	for post, want := range map[string]string{
		"ASTANA": "Government of Kazakhstan", "KUWAIT": "Government of Kuwait", "AMEMBASSY NAIROBI": "Government of Kenya",
	} {
		es := glossary.Abbreviation("GOK", post)
		if len(es) != 1 || es[0].Meaning != want || !es[0].Sure {
			t.Errorf("GOK from %s = %+v, want %q", post, es, want)
		}
	}
	es := glossary.Abbreviation("GOK", "STATE")
	if len(es) != 5 || es[0].Sure || es[0].Meaning != "Government of Kazakhstan" || es[4].Meaning != "Government of Kyrgyzstan" {
		t.Errorf("GOK from Washington = %+v, want all five", es)
	}
	if es = glossary.Abbreviation("GOSL", "COLOMBO"); len(es) != 1 || es[0].Meaning != "Government of Sri Lanka" {
		t.Errorf("GOSL = %+v", es)
	}
	if es = glossary.Abbreviation("GOI", "ASTANA"); len(es) < 5 || es[0].Sure {
		t.Errorf("GOI from Astana is some other country's: %+v", es)
	}
	for _, in := range []string{"DCM", "dcm", "DCMs", "DCM's", "(DCM)"} {
		if es = glossary.Abbreviation(in, ""); len(es) != 1 || !strings.Contains(strings.ToLower(es[0].Meaning), "deputy chief of mission") {
			t.Errorf("Abbreviation(%q) = %+v", in, es)
		}
	}
	if es = glossary.Abbreviation("QQQ", ""); es != nil {
		t.Errorf("QQQ = %+v", es)
	}
}

func TestLook(t *testing.T) {
	for _, c := range []struct{ term, kind, meaning string }{
		{"GOK", "abbreviation", "Government of Kazakhstan"},
		{"PREL", "tag", "External political relations"},
		{"KZ", "tag", "Kazakhstan"},
		{"SIPDIS", "caption", "Cleared for"},
		{"RUEHC", "routing", "SECSTATE WASHDC"},
		{"Astana,", "post", "Embassy Astana, Kazakhstan"},
		{"HCMC", "post", "Consulate Ho Chi Minh City, Vietnam"},
		{"25X1", "reason", "Human intelligence source"},
		{"1.4(b)", "reason", "Foreign government information"},
		{"(S/NF)", "marking", "SECRET//NOFORN"},
		{"B6", "reason", "Personal privacy"},
	} {
		found := glossary.Look(c.term, "ASTANA", year(2007))
		if len(found) == 0 || found[0].Kind != c.kind || !strings.HasPrefix(found[0].Meaning, c.meaning) {
			t.Errorf("Look(%q) = %+v, want %s %q first", c.term, found, c.kind, c.meaning)
		}
	}
	for _, word := range []string{"", "the", "in", "is", "s", "government", "mania", "going", "Summary", "prell", "..."} {
		if found := glossary.Look(word, "ASTANA", year(2007)); len(found) != 0 {
			t.Errorf("Look(%q) = %+v, want nothing", word, found)
		}
	}
}

func BenchmarkTag(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		glossary.Tag("PREL", year(2007))
	}
}

// A marking names the rule it comes from: RESTRICTED was no level of the
// orders under which paragraphs came to be marked.
func TestMarkingsNameTheirRule(t *testing.T) {
	for code, source := range map[string]string{"S/NF": "E.O. 12958", "R": "E.O. 10290", "SBU": "12 FAM"} {
		e, ok := glossary.Marking(code)
		if !ok || !strings.HasPrefix(e.Source, source) {
			t.Errorf("%s: source %q, want %s", code, e.Source, source)
		}
	}
}

// Names that begin with a letter of two bytes keep it.
func TestPlaceNameLetters(t *testing.T) {
	for _, c := range []struct{ name, want string }{{"ÉVORA", "Évora"}, {"RIO DE JANEIRO", "Rio de Janeiro"}, {"", ""}, {"\ufffd", "\ufffd"}} {
		if got := glossary.PlaceName(c.name); got != c.want {
			t.Errorf("%q: %q", c.name, got)
		}
	}
}
