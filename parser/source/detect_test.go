package source

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"chancery/model"
)

func TestCharsets(t *testing.T) {
	utf16le := "\xff\xfe"
	for _, u := range utf16.Encode([]rune("FM AMEMBASSY É\n")) {
		utf16le += string([]byte{byte(u), byte(u >> 8)})
	}
	for _, c := range []struct{ name, bytes, text, charset string }{
		{"utf-8", "TAGS: É ¶1.", "TAGS: É ¶1.", "utf-8"},
		{"utf-8 with a mark", "\xef\xbb\xbfTAGS: É", "TAGS: É", "utf-8"},
		{"utf-8 with a broken byte", "“quoted” ’tis \xff broken", "“quoted” ’tis \ufffd broken", "utf-8"},
		{"iso-8859-1", "\r\n\xb61. (C) Caf\xe9\r\n", "\r\n¶1. (C) Café\r\n", "iso-8859-1"},
		{"windows-1252", "it\x92s \x93so\x94 \x81", "it’s “so” \u0081", "windows-1252"},
		{"utf-16", utf16le, "FM AMEMBASSY É\n", "utf-16"},
		{"utf-16 big end first", "\xfe\xff\x00F\x00M\x00", "FM\ufffd", "utf-16"},
		{"overlong writing of ESC", "\xc0\x9b[31m \xe0\x80\x9b", "À›[31m à€›", "windows-1252"},
	} {
		if text, charset := decode([]byte(c.bytes)); text != c.text || charset != c.charset {
			t.Errorf("%s: %q as %s, want %q as %s", c.name, text, charset, c.text, c.charset)
		}
	}
}

func TestSigns(t *testing.T) {
	for _, c := range []struct {
		text            string
		named, inFolder bool
	}{
		{"P 010101Z JUN 08\nFM AMEMBASSY NOWHERE\nTO SECSTATE WASHDC\n", true, true},
		{"O R 141437Z NOV 07 ZDK\n", true, true},
		{"SUBJECT: NOTHING MUCH\n", true, false},
		{"TAGS: PREL\nSUBJECT: NOTHING MUCH\n", true, true},
		{"1. (C) One paragraph.\n", true, false},
		{"¶1. (S/NF) One paragraph.\n\nRef: A\n", true, true},
		{"3.  (SBU) One paragraph.\n", true, false},
		{"S E C R E T SECTION 01 OF 02 NOWHERE 009901\n", true, true},
		{"UNCLAS NOWHERE 009901\n", true, true},
		{"SECRET\n", true, false},
		{"E.O. 12958: DECL: 01/01/2034\n", true, false},
		{"FM AMEMBASSY NOWHERE\n", true, false},
		{"Some secret is in here.\nI write to you.\n", false, false},
		{"1. Buy milk\n2. (see above) Bread\n", false, false},
		{"1. Definitions.\n(C) Copyright 1999 Nobody\n\n   TO THE EXTENT PERMITTED BY LAW\nderived from Mach 3.0:\n", false, false}, // a licence
		{"package main\n\nfunc main() {}\n", false, false},
		{"# About\n\n```\nVZCZCXYZ9901\nFM AMEMBASSY NOWHERE\n```\n", true, false},
	} {
		for _, named := range []bool{true, false} {
			want := c.inFolder
			if named {
				want = c.named
			}
			it := read([]byte(c.text), model.Source{Path: "x"}, named)
			if got := it.Refusal == nil; got != want {
				t.Errorf("%q, named %v: a cable %v, want %v", c.text, named, got, want)
			}
		}
	}
}

func TestPageText(t *testing.T) {
	for name, page := range map[string]string{"LF": madePage, "CRLF": strings.ReplaceAll(madePage, "\n", "\r\n"), "blank first": "\n\n" + madePage} {
		m := read([]byte(page), model.Source{Path: "p"}, false).Message
		if m.Source.Format != PageText || m.Text != page {
			t.Fatalf("%s: format %s", name, m.Source.Format)
		}
		if !strings.HasPrefix(m.Text[m.Start:], "VZCZCXYZ9901") {
			t.Errorf("%s: the message begins %.20q", name, m.Text[m.Start:])
		}
		d := m.Metadata
		if d.ID != "07ASTANA9911" || d.Classification != "CONFIDENTIAL" || d.Origin != "Embassy Astana" || d.Title != "A MEETING THAT NEVER WAS" ||
			strings.Join(d.Tags, " ") != "PREL KZ" || !d.Created.Equal(time.Date(2007, 10, 15, 8, 13, 0, 0, time.UTC)) {
			t.Errorf("%s: metadata %+v", name, d)
		}
	}
	// damage: without the link line, with a value missing, cut short
	for cut, begins := range map[string]string{
		strings.Replace(madePage, "pdf how-to read a cable\n", "", 1): "VZCZCXYZ9901",
		strings.Replace(madePage, "Embassy Astana\n", "", 1):          "VZCZCXYZ9901",
		madePage[:strings.Index(madePage, "Tags:")]:                   "",
		madePage[:strings.Index(madePage, "2007")]:                    "",
	} {
		m := read([]byte(cut), model.Source{Path: "p"}, false).Message
		if m.Source.Format != PageText || !strings.HasPrefix(m.Text[m.Start:], begins) || strings.HasPrefix(m.Text[m.Start:], "Tags") {
			t.Errorf("damaged page: format %q, the message begins %.20q, want %q", m.Source.Format, m.Text[m.Start:], begins)
		}
	}
}

func TestCablePage(t *testing.T) {
	page := madeHTML("P 150813Z OCT 07&#x000A;FM AMEMBASSY ASTANA",
		"C O N F I D E N T I A L ASTANA 009911 &#x000A;TAGS: <a href='/tag/PREL_0.html'>PREL</a> <a href='/tag/KZ_0.html'>KZ</a>&#x000A;"+
			"REF: < ASTANA 9912 > &amp; <nobody@example.org>&#x000A;<a id='par1' href='#par1'>¶</a>1. (C) R&D, &centrales8, x &lt; y.<br>Next<br />&#x000A;<strong>EO</strong></td></tr></table>")
	m := read([]byte(page), model.Source{Path: "x.txt"}, false).Message
	want := "P 150813Z OCT 07\nFM AMEMBASSY ASTANA\n\nC O N F I D E N T I A L ASTANA 009911 \nTAGS: PREL KZ\n" +
		"REF: < ASTANA 9912 > & <nobody@example.org>\n¶1. (C) R&D, &centrales8, x < y.\nNext\nEO"
	if m.Text != want {
		t.Errorf("text\n%q\nwant\n%q", m.Text, want)
	}
	d := m.Metadata
	if d.ID != "07ASTANA9911" || d.CreatedText != "2007-10-15 08:08" || d.Classification != "CONFIDENTIAL//NOFORN" || d.Origin != "Embassy Astana" ||
		d.Title != "A & B <MEET>" || strings.Join(d.Tags, " ") != "PREL KZ" || d.Released.Format(time.DateOnly) != "2010-12-05" {
		t.Errorf("metadata %+v", *d)
	}
}

// Entities are decoded once: what comes out is never markup or an entity again.
func TestEntitiesAreDecodedOnce(t *testing.T) {
	for in, want := range map[string]string{
		"&#27;[31m":          "\x1b[31m", // the gate before the terminal makes it harmless
		"&#x1b;&#0027;":      "\x1b\x1b",
		"&amp;#27;":          "&#27;",
		"&amp;amp;":          "&amp;",
		"&lt;b&gt;":          "<b>",
		"&#60;b&#62;":        "<b>",
		"&#<b>27;":           "&#27;",
		"&NewLine;&pounding": "&NewLine;&pounding",
		"&#0;&#xd800;":       "\ufffd\ufffd",
		"&#x110000;":         "\ufffd",
		"&#99999999999;":     "&#99999999999;",
		"&#;&#x;&;&":         "&#;&#x;&;&",
		"a <b c < d>e":       "a <b c < d>e",
		"<script>x</script>": "<script>x</script>", // not an element of these pages: shown as text
	} {
		if got := htmlText(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

// whole checks what must hold for any bytes at all.
func whole(t *testing.T, b []byte) {
	for _, named := range []bool{true, false} {
		it := read(b, model.Source{Path: "x"}, named)
		if it.Refusal != nil {
			if it.Refusal.Why == "" || it.Message.Text != "" {
				t.Fatalf("refusal %+v beside a message", it.Refusal)
			}
			continue
		}
		m := it.Message
		if !utf8.ValidString(m.Text) {
			t.Fatal("the text is not UTF-8")
		}
		if m.Start < 0 || m.Start > len(m.Text) || (m.Start > 0 && m.Text[m.Start-1] != '\n' && m.Start != len(m.Text)) {
			t.Fatalf("start %d of %d is not at a line", m.Start, len(m.Text))
		}
		if m.Source.Format == "" || m.Source.Charset == "" || m.Source.SHA256 == "" || m.Source.Bytes != len(b) {
			t.Fatalf("source %+v", m.Source)
		}
	}
}

func FuzzDetect(f *testing.F) {
	for _, s := range []string{made, madePage, madeHTML("a", "b"), "\xff\xfeF\x00M\x00", "%PDF-", "\xb61. (C) X", ""} {
		f.Add([]byte(s))
	}
	f.Fuzz(whole)
}

func FuzzPageText(f *testing.F) {
	f.Add("07ASTANA9911\n2007-10-15 08:13:00\nCONFIDENTIAL\nEmbassy Astana\n", "Cable title:\n\nX\n\nTags: A B\npdf how-to read a cable\nFM X")
	f.Add("", "Tags:")
	f.Fuzz(func(t *testing.T, values, rest string) {
		whole(t, []byte(strings.Join(pageLabels[:], "\n")+"\n"+values+rest))
	})
}

func FuzzHTML(f *testing.F) {
	f.Add("P 150813Z OCT 07&#x000A;FM X", "<a href='/tag/PREL_0.html'>PREL</a>&#x000A;< 5 &centrales8<br>")
	f.Add("&#x", "<a href=\"")
	f.Fuzz(func(t *testing.T, envelope, body string) {
		whole(t, []byte(madeHTML(envelope, body)))
		if got := htmlText(body); strings.Count(got, "\n") > strings.Count(body, "\n")+strings.Count(body, "&#")+strings.Count(strings.ToLower(body), "br") {
			t.Fatalf("%q gained lines: %q", body, got)
		}
	})
}

func BenchmarkCablePage(b *testing.B) {
	page := []byte(madeHTML(strings.Repeat("TO RUEHC/SECSTATE WASHDC&#x000A;", 20), strings.Repeat("1. (C) A line that says nothing of interest to anyone. &#x000A;", 150)))
	page = append([]byte(strings.Repeat("<a class='sort' href='#'>66</a>\n", 1500)), page...)
	page = append([]byte("<html>"), page...)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if it := read(page, model.Source{Path: "x"}, false); it.Refusal != nil {
			b.Fatal(it.Refusal.Why)
		}
	}
}
