package model_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"chancery/model"
	"pgregory.net/rapid"
)

// fieldText draws text of the sort that headers hold, with damage.
func fieldText() *rapid.Generator[string] {
	pieces := rapid.SampledFrom([]string{
		"S", "C", "NF", "REL", "TO", "USA", "/", "//", " ", ",", "-", "(", ")", ":", ";", "STATE", "RIO", "ASTANA", "07", "2007",
		"0123", "150813Z", "OCT", "DECL", "E.O.", "12958", "10/11/2017", "X1", "25X1", "GDS", "AND", "SECTION01OF02", "EFTO",
		"\n", "¶", "é", "\xff", "AMEMBASSY", "9", "O", "0", "x", "FGI", "ENTIRE TEXT", "PRIORITY", "RUEHC",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.OneOf(pieces, rapid.String()), 0, 12).Draw(t, "pieces"), "")
	})
}

func TestCanonicalIDIsItsOwnCanonicalID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id, ok := model.CanonicalID(fieldText().Draw(t, "text"))
		if !ok {
			return
		}
		checkID(t, id)
	})
}

func TestMadeIDsComeApartAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(1945, 2044).Draw(t, "year")
		post := rapid.SampledFrom(model.Posts()).Draw(t, "post").Name
		number := rapid.IntRange(1, 999_999).Draw(t, "number")
		id, ok := model.MakeID(year, post, number)
		if !ok {
			t.Fatalf("no id of %d %s %d", year, post, number)
		}
		if post == "TAIPEI" && year >= 1979 {
			post = "AITTAIPEI"
		}
		y, p, n, ok := model.SplitID(id)
		if !ok || y != year || p != post || n != number {
			t.Fatalf("%s came apart as %d %s %d", id, y, p, n)
		}
		checkID(t, id)
	})
}

// checkID says what must hold of every canonical id.
func checkID(t interface{ Fatalf(string, ...any) }, id string) {
	again, ok := model.CanonicalID(id)
	if !ok || again != id {
		t.Fatalf("CanonicalID(%q) = %q %v", id, again, ok)
	}
	if _, _, _, ok := model.SplitID(id); !ok {
		t.Fatalf("SplitID(%q) fails", id)
	}
}

func TestCodeOfAMarkingParsesToItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkMarking(t, fieldText().Draw(t, "text")) })
}

// checkMarking says what must hold of every marking: its code means the same.
func checkMarking(t interface{ Fatalf(string, ...any) }, raw string) {
	m, ok := model.ParseMarking(raw)
	if !ok {
		return
	}
	if m.Raw == "" || strings.ContainsAny(m.Raw, "\r\n") {
		t.Fatalf("ParseMarking(%q).Raw = %q", raw, m.Raw)
	}
	if m.Words() == "" || m.Level == model.LevelUnknown && !m.Odd {
		t.Fatalf("ParseMarking(%q) = %+v", raw, m)
	}
	if m.Level == model.LevelUnknown {
		return
	}
	again, ok := model.ParseMarking(m.Code())
	if !ok || again.Code() != m.Code() || again.Level != m.Level {
		t.Fatalf("%q has code %q, which reads as %q %v", raw, m.Code(), again.Code(), ok)
	}
}

func checkReference(t interface{ Fatalf(string, ...any) }, item string) {
	r := model.ParseReference(item, 2008, "ASTANA", 9000)
	if r.Span.Start < 0 || r.Span.End < r.Span.Start || r.Span.End > len(item) {
		t.Fatalf("%q: span %v", item, r.Span)
	}
	if r.ID != "" {
		checkID(t, r.ID)
	}
	if (r.ID != "") != (r.Kind == model.RefCable) {
		t.Fatalf("%q: %+v", item, r)
	}
}

func TestReferencesStayInTheItem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkReference(t, fieldText().Draw(t, "item")) })
}

func checkDeclass(t interface{ Fatalf(string, ...any) }, line string) {
	origin := time.Date(2007, 10, 15, 8, 13, 0, 0, time.UTC)
	d := model.ParseDeclass(line, origin, model.Secret)
	says := d.Says(origin)
	if says == "" || d.Kind == "" {
		t.Fatalf("%q: %+v says %q", line, d, says)
	}
	if d.Kind != model.DeclassDone && strings.Contains(strings.ToLower(says), "declassified") && !strings.Contains(d.Literal, "DECLASSIFIED") {
		t.Fatalf("%q claims a release: %q", line, says)
	}
	if (d.Kind == model.DeclassDeadline || d.Kind == model.DeclassDowngrade) && d.Date.IsZero() {
		t.Fatalf("%q: %s without a date", line, d.Kind)
	}
	d.Note(origin)
}

func TestDeclassificationNeverClaimsARelease(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkDeclass(t, fieldText().Draw(t, "line")) })
}

func checkDTG(t interface{ Fatalf(string, ...any) }, s string) {
	d, ok := model.ParseDTG(s)
	if ok && (d.Time.IsZero() || !strings.Contains(s, d.Text) || d.Text == "") {
		t.Fatalf("ParseDTG(%q) = %+v", s, d)
	}
}

func checkAddress(t interface{ Fatalf(string, ...any) }, s string) {
	a := model.ParseAddress(s)
	if utf8.ValidString(s) && len(a.Route)+len(a.Name)+len(a.Precedence)+len(a.Number) > len(s)+8 {
		t.Fatalf("ParseAddress(%q) = %+v", s, a)
	}
	if strings.ContainsAny(a.Name, "\r\n\t") {
		t.Fatalf("ParseAddress(%q).Name = %q", s, a.Name)
	}
}

func checkLevel(t interface{ Fatalf(string, ...any) }, line string) {
	l, _, rest, _, ok := model.ParseLevel(line)
	if ok != (l != model.LevelUnknown) || !strings.HasSuffix(line, rest) {
		t.Fatalf("ParseLevel(%q) = %v rest %q %v", line, l, rest, ok)
	}
}

func FuzzMarking(f *testing.F) {
	for _, s := range []string{"S/NF", "S//REL TO USA, ACGU", "C - ENTIRE TEXT", "N/SF", "/Rel UK", "S//FGI GBR//NF", "C O N F I D E N T I A L SECTION 01 OF 03", "CSE C R E T"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkMarking(t, s)
		checkLevel(t, s)
	})
}

func FuzzID(f *testing.F) {
	for _, s := range []string{"07ASTANA9911", "08SECTION01OF04HARARE9954", "08MADRID009962ZFR9963", "092OF5", "7575LIBREVILLE9895", "(99) ROME 9196"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if id, ok := model.CanonicalID(s); ok {
			checkID(t, id)
		}
	})
}

func FuzzDTG(f *testing.F) {
	for _, s := range []string{"P R 281848Z DEC 66 ZDK", "Friday, 23 February 2001, 15:53", "R162245Z OCT 08", "P 010030A JAN 2008"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkDTG(t, s) })
}

func FuzzDeclass(f *testing.F) {
	for _, s := range []string{"E.O. 12958: DECL: 10/11/2017", "E.O. 11652: GDS", "DNG: CO 01/26/2021", "X1", "GROUP 4", "DECLASSIFIED BY NARA 09/02/2009", "1O/11/2017", "JUNE 21, 2006"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkDeclass(t, s) })
}

func FuzzReference(f *testing.F) {
	for _, s := range []string{"06 Kabul 5353/5194 and previous", "STATE (01) 201265", "QUITO 1905-03", "377 KATHMANDU", "HK05511", "STATE 1 AND 07 LONDON 2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkReference(t, s) })
}

func FuzzAddress(f *testing.F) {
	for _, s := range []string{"RUEHC/SECSTATE WASHDC PRIORITY 0901", "AMEMBASSY LONDON NIACT IMMEDIATE 2276-2279", "ZEN/X//J-5//"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkAddress(t, s) })
}
