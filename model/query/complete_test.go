package query

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestComplete(t *testing.T) {
	for _, c := range []struct{ text, want, others string }{ // | is the cursor, want: [Span] Field Begin: Ready
		{"ta|", "[ta] ta: tag:", ""},
		{"iran ta|", "[ta] ta: tag:", "iran"},
		{"fro|", "[fro] fro: from:", ""},
		{"sub|", "[sub] sub: subject:", ""},
		{"TA|", "[TA] ta: tag:", ""},
		{"d|", "[d] d: date: declas:", ""},
		{"pa|", "[pa] pa: para{", ""},
		{"urani|", "[urani] urani:", ""},
		{"t|ag:PREL x", "[tag:] t: tag: to: thread:", "x"},
		{"class|>=s", "[class>=] class: class>=", ""},
		{"tag:|", "[] tag :", ""},
		{"tag:PR|", "[PR] tag PR:", ""},
		{"tag:P|R x", "[PR] tag P:", "x"},
		{"iran -tag:PR|", "[PR] tag PR:", "iran"},
		{"iran NOT tag:PR|", "[PR] tag PR:", "iran"},
		{"(a OR b) tag:PR|", "[PR] tag PR:", "a OR b"},
		{"(a OR b) (iran tag:PR|", "[PR] tag PR:", "(a OR b) iran"},
		{"para{iran mark:s|", "[s] s: sbu secret", "para{iran}"},
		{"a OR tag:PR|", "[PR] tag PR:", ""}, // counted in everything
		{"from:as|", "[as] origin as:", ""},
		{`origin:"new d|`, `["new d] origin new d:`, ""},
		{`origin:"new d|elhi" x`, `["new delhi"] origin new d:`, "x"},
		{`origin:"new delhi"|`, "[]", ""},
		{`info:=|`, "[] info :", ""},
		{`info:=mo| iran`, "[mo] info mo:", "iran"},
		{`info:=mo|s,="a b"`, "[mos] info mo:", ""},
		{`info:a,="new d|elhi" x`, `["new delhi"] info new d:`, "x"},
		{"subject:=sce|", "[]", ""},
		{"tag:PREL,|", "[] tag :", ""},
		{"tag:PREL,PG| iran", "[PG] tag PG:", "iran"},
		{"tag:PR|EL,PG", "[PREL] tag PR:", ""},
		{"class:|", "[] : unclassified sbu confidential secret topsecret", ""},
		{"class>|", "[] : unclassified sbu confidential secret topsecret", ""},
		{"class>=Se|", "[Se] Se: secret", ""},
		{"class>|=se", "[]", ""},
		{"is:|", "[] : new broken partial duplicate", ""},
		{"is:p|", "[p] p: partial", ""},
		{"has:|", "[] : ref table redaction unknown-mark attachment-line", ""},
		{"missing:d|", "[d] d: declas date", ""},
		{"cites:07AS|", "[07AS] cites 07AS:", ""},
		{"q:we|", "[we] q we:", ""},
		{"date:20|", "[]", ""},
		{"words>1|", "[]", ""},
		{"subject:sce|", "[]", ""},
		{"origin:/as|", "[]", ""},
		{"note:x|", "[]", ""},
		{"foo:x|", "[]", ""},
		{`"end us|`, "[]", ""},
		{"/end|", "[]", ""},
		{"~ta|", "[~ta] ~ta:", ""},
		{`"a|" tag:`, "[]", ""},
		{"tag:PREL ta| x", "[ta] ta: tag:", "tag:prel x"},
		{"iran) ta|", "[ta] ta: tag:", ""},
		{"東京 tag:東|", "[東] tag 東:", `"東 京"`},
	} {
		at := strings.IndexByte(c.text, '|')
		text := c.text[:at] + c.text[at+1:]
		got := Complete(text, at, Options{Typing: true})
		show := "[" + got.Span.Of(text) + "]"
		if got.Field != "" || got.Begin != "" || len(got.Ready) > 0 {
			if got.Field != "" {
				show += " " + got.Field
			}
			show += " " + got.Begin + ":"
			for _, r := range got.Ready {
				show += " " + r.Text
				if r.Meaning == "" {
					t.Errorf("%s: %s has no meaning", c.text, r.Text)
				}
			}
		}
		others := ""
		if got.Others != nil {
			others = Print(got.Others.Root)
		}
		if show != c.want || others != c.others {
			t.Errorf("%s\n got %s (%s)\nwant %s (%s)", c.text, show, others, c.want, c.others)
		}
	}
}

// After a blank all fields are offered but those of the reader's own work.
func TestCompleteNothing(t *testing.T) {
	for _, c := range []struct {
		text   string
		at     int
		others string
	}{{"", 0, ""}, {"iran ", 5, "iran"}, {"iran -", 6, "iran"}, {"iran NOT ", 9, "iran"}, {"a  b", 2, "a b"}, {"(a ", 3, "a"}, {"a OR ", 5, ""}, {"a para{", 7, ""}} {
		for _, o := range []Options{{}, {Desk: true}} {
			got := Complete(c.text, c.at, o)
			want := len(fields) + 1
			if !o.Desk {
				want -= 2
			}
			if len(got.Ready) != want || got.Span.Start != c.at || got.Span.End != c.at || got.Begin != "" {
				t.Errorf("%q: %+v", c.text, got)
			}
			others := ""
			if got.Others != nil {
				others = Print(got.Others.Root)
			}
			if others != c.others {
				t.Errorf("%q: counted in %s, want %s", c.text, others, c.others)
			}
		}
	}
	if got := Complete("is:", 3, Options{Desk: true}); len(got.Ready) != 14 {
		t.Errorf("is: with a desk: %v", got.Ready)
	}
}

// What is offered in place of a text is understood there.
func checkComplete(t interface{ Fatalf(string, ...any) }, text string, at int) {
	c := Complete(text, at, Options{})
	if c.Span.Start < 0 || c.Span.End < c.Span.Start || c.Span.End > len(text) {
		t.Fatalf("Complete(%q, %d): %v", text, at, c.Span)
	}
	if utf8.ValidString(text) && !utf8.ValidString(text[:c.Span.Start]+text[c.Span.End:]) {
		t.Fatalf("Complete(%q, %d) cuts a character: %v", text, at, c.Span)
	}
}
