package source

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"chancery/model"
)

// A made-up message; nothing in it happened.
const made = `VZCZCXYZ9901
PP RUEHWEB

DE RUEHTA #9911/01 2880813
ZNY CCCCC ZZH
P 150813Z OCT 07
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC PRIORITY 9901
C O N F I D E N T I A L ASTANA 009911

SIPDIS

E.O. 12958: DECL: 10/11/2017
TAGS: PREL KZ
SUBJECT: A MEETING THAT NEVER WAS

Classified By: Ambassador N. Obody, reasons 1.4 (b) and (d).

1. (C) Nothing was said.
OBODY
`

const madePage = "Identifier\nCreated\nClassification\nOrigin\n07ASTANA9911\n2007-10-15 08:13:00\nCONFIDENTIAL\nEmbassy Astana\n" +
	"Cable title:  \n\nA MEETING THAT NEVER WAS\n\nTags:  PREL KZ \npdf how-to read a cable\n" + made

// madeHTML puts an envelope and a body as they stand in the page's source
// between what stands on every page.
func madeHTML(envelope, body string) string {
	return `<?xml version='1.0' encoding='utf-8' ?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><title>Cable Viewer</title></head><body>
<div><table class='cable'><tr><td>not this table</td></tr></table></div>
<h3>Viewing cable 07ASTANA9911, A &amp; B &lt;MEET&gt;</h3>
<table class='cable'>
<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr>
<td>
<a href='/cable/2007/10/07ASTANA9911.html'>07ASTANA9911</a>
</td>
<td><a href='/date/2007-10_0.html'>2007-10-15 08:08</a></td>
<td><a href='/reldate/2010-12-05_0.html'>2010-12-05 12:12</a></td>
<td><a href='/classification/1_0.html' title='x'>CONFIDENTIAL//NOFORN</a></td>
<td><a href='/origin/1_0.html'>Embassy Astana</a></td>
</tr>
<tr><td colspan='5'>Appears in these articles:<br /></td></tr>
</table>
<code><pre>` + envelope + `</pre></code>
<code><pre>` + body + `</pre></code>
</body></html>`
}

// lay writes files below a new folder; a name that ends in / is a folder.
func lay(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			must(t, os.MkdirAll(p, 0o755))
			continue
		}
		must(t, os.MkdirAll(filepath.Dir(p), 0o755))
		must(t, os.WriteFile(p, []byte(text), 0o644))
	}
	return dir
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// walk gives one line an item: path below dir, then its format, or the refusal.
func walk(t testing.TB, s *Set, dir string) []string {
	t.Helper()
	var out []string
	must(t, s.Walk(context.Background(), func(it Item) error {
		path, says := it.Message.Source.Path, it.Message.Source.Format
		if it.Refusal != nil {
			path, says = it.Refusal.Path, it.Refusal.Why
			if it.Refusal.Fate == model.Unread {
				says = "unread: " + says
			}
		}
		if rel, err := filepath.Rel(dir, path); err == nil && dir != "" {
			path = filepath.ToSlash(rel)
		}
		out = append(out, path+": "+says)
		return nil
	}))
	return out
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("found\n%s\nwant\n%s", g, w)
	}
}

func TestFolderIsReadInOrderAndByContent(t *testing.T) {
	dir := lay(t, map[string]string{
		"b/2.txt":           made,
		"b/10.html":         madeHTML("FM AMEMBASSY ASTANA", "1. (C) X."),
		"a.pdf":             madePage, // a wrong name hides nothing
		"c/empty.txt":       "",
		"c/blank.txt":       " \r\n\t\n",
		"c/readme.txt":      "This folder has cables.\nSubject: cables\n",
		"c/photo.jpg":       "\xff\xd8\xff\xe0 and more",
		"c/book.txt":        "%PDF-1.4\n...",
		"c/all.zip":         "PK\x03\x04...",
		"c/rows.csv":        "\"1\",\"12/28/1966 18:48\",\"66NOWHERE9901\",\"Embassy\",\"X\"\n",
		"c/data.bin":        strings.Repeat("\x00\x01\x02\x03abcd", 50),
		"c/index.html":      "<html><body><table class='cable'><tr><td>a</td></tr></table></body></html>",
		"c/other.html":      "<!DOCTYPE html>\n<html><body>Hello</body></html>",
		".git/objects/x":    "whatever",
		"deep/er/est/z.txt": made,
	})
	same(t, walk(t, &Set{Paths: []string{dir}}, dir), []string{
		".git: it is a hidden folder and was not looked into; name it to open it",
		"a.pdf: page-text",
		"b/10.html: cablegate-html",
		"b/2.txt: message",
		"c/all.zip: unread: it is cut short or damaged: what its directory listed was looked for entry by entry",
		"c/blank.txt: it holds nothing but blanks",
		"c/book.txt: it is a PDF document whose pages cannot be found: it is damaged or cut short; open it in a PDF program, save it anew and open that",
		"c/data.bin: it holds data, not text",
		"c/empty.txt: it is empty",
		"c/index.html: it is an HTML page that lists cables and holds none",
		"c/other.html: it is an HTML page of a form that is not known; save the text of the cable and open that",
		"c/photo.jpg: it is a picture: reading pictures is not yet possible; save the text it shows and open that",
		"c/readme.txt: it is text with no sign of a cable: no date-time group, no classification line, no marked paragraph",
		"c/rows.csv: it is a table without a column that holds the text of cables",
		"deep/er/est/z.txt: message",
	})
}

func TestPathsThatCannotBeRead(t *testing.T) {
	dir := lay(t, map[string]string{"none/": "", "ok.txt": made, "shut.txt": made})
	none, missing, shut := filepath.Join(dir, "none"), filepath.Join(dir, "missing"), filepath.Join(dir, "shut.txt")
	want := []string{
		"none: the folder is empty",
		"missing: unread: there is no such file or folder",
		"shut.txt: unread: it may not be read: permission denied",
		"ok.txt: message", // the rest still opens
	}
	must(t, os.Chmod(shut, 0))
	if f, err := os.Open(shut); err == nil {
		f.Close()
		want[2] = "shut.txt: message" // the superuser, and Windows, may read it all the same
	}
	same(t, walk(t, &Set{Paths: []string{none, missing, shut, filepath.Join(dir, "ok.txt")}}, dir), want)
}

func TestLinksAreNotFollowed(t *testing.T) {
	dir := lay(t, map[string]string{"in/a.txt": made})
	for name, to := range map[string]string{"in/loop": dir, "in/self": "self", "in/b.txt": filepath.Join(dir, "in", "a.txt"), "named": filepath.Join(dir, "in")} {
		if err := os.Symlink(to, filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	const link = "it is a symbolic link; links found in a folder are not followed"
	same(t, walk(t, &Set{Paths: []string{dir}}, dir), []string{
		"in/a.txt: message", "in/b.txt: " + link, "in/loop: " + link, "in/self: " + link, "named: " + link,
	})
	// a link that the user names is what the user wants
	same(t, walk(t, &Set{Paths: []string{filepath.Join(dir, "named")}}, dir)[:1], []string{"named/a.txt: message"})
}

func TestDevicesAndPipes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no devices in the file system")
	}
	got := walk(t, &Set{Paths: []string{os.DevNull}}, "")
	same(t, got, []string{os.DevNull + ": it is a device, not a file"})
}

func TestDeepFolders(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, strings.Repeat("d"+string(filepath.Separator), 500))
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Skip("folders may not be that deep here:", err)
	}
	must(t, os.WriteFile(filepath.Join(deep, "z.txt"), []byte(made), 0o644))
	if got := walk(t, &Set{Paths: []string{dir}}, dir); len(got) != 1 || !strings.HasSuffix(got[0], "z.txt: message") {
		t.Errorf("found %q", got)
	}
}

func TestLargeFiles(t *testing.T) {
	dir := t.TempDir()
	line, pdf := filepath.Join(dir, "line"), filepath.Join(dir, "pdf")
	must(t, os.WriteFile(line, []byte("x"), 0o644))
	must(t, os.Truncate(line, 100<<20)) // a sparse file costs no disk
	must(t, os.WriteFile(pdf, []byte("%PDF-1.7\n"), 0o644))
	must(t, os.Truncate(pdf, 100<<20))
	just := filepath.Join(dir, "just")
	must(t, os.WriteFile(just, []byte(made+strings.Repeat("X", MaxFile-len(made))), 0o644))
	same(t, walk(t, &Set{Paths: []string{dir}}, dir), []string{
		"just: message",
		"line: unread: it is larger than the 16 MB that one text may have, and of no known form",
		"pdf: it is a PDF document larger than the 64 MB that one may have",
	})
}

func TestStandardInput(t *testing.T) {
	s := &Set{Paths: []string{"-"}, Stdin: strings.NewReader(made)}
	var got model.Source
	must(t, s.Walk(context.Background(), func(it Item) error { got = it.Message.Source; return nil }))
	if got.Path != "-" || got.Format != RawMessage || got.Bytes != len(made) {
		t.Fatalf("source %+v", got)
	}
	// it can be asked for again, although it can be read only once
	if b, err := s.Raw(context.Background(), got); err != nil || string(b) != made {
		t.Errorf("raw gives %d bytes, %v", len(b), err)
	}
	s = &Set{Paths: []string{"-"}, Stdin: &endless{}}
	same(t, walk(t, s, ""), []string{"-: unread: it is larger than the 16 MB that one text may have, and of no known form"})
}

// endless never stops giving bytes.
type endless struct{}

func (*endless) Read(b []byte) (int, error) { return len(b), nil }

func TestEmbeddedFiles(t *testing.T) {
	s := &Set{Paths: []string{"."}, FS: fstest.MapFS{"cables/b.txt": {Data: []byte(made)}, "cables/a.txt": {Data: []byte(madePage)}}}
	same(t, walk(t, s, ""), []string{"cables/a.txt: page-text", "cables/b.txt: message"})
}

func TestRawKnowsThatAFileChanged(t *testing.T) {
	dir := lay(t, map[string]string{"a.txt": made})
	path := filepath.Join(dir, "a.txt")
	var src model.Source
	must(t, Walk(context.Background(), []string{path}, func(it Item) error { src = it.Message.Source; return nil }))
	if m, err := (&Set{}).Message(context.Background(), src); err != nil || m.Text != made {
		t.Fatalf("message %q, %v", m.Text, err)
	}
	must(t, os.WriteFile(path, []byte(made+"more"), 0o644))
	if _, err := Raw(context.Background(), src); !errors.Is(err, ErrChanged) {
		t.Errorf("changed file: %v", err)
	}
	must(t, os.Remove(path))
	if _, err := Raw(context.Background(), src); err == nil || err.Error() != "there is no such file or folder" {
		t.Errorf("missing file: %v", err)
	}
}

func TestMapKeepsTheOrderAndStops(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 300 {
		files[fmt.Sprintf("%04d.txt", i)] = &fstest.MapFile{Data: []byte(made)}
	}
	s := &Set{Paths: []string{"."}, FS: files}
	last := ""
	must(t, Map(context.Background(), s, func(it Item) string { return it.Message.Source.Path }, func(it Item, path string) error {
		if path <= last || path != it.Message.Source.Path {
			t.Fatalf("%s after %s", path, last)
		}
		last = path
		return nil
	}))
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	err := Map(ctx, s, func(Item) int { return 0 }, func(Item, int) error {
		if n++; n == 5 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || n > 290 {
		t.Errorf("after cancelling: %v, %d items", err, n)
	}
	enough := errors.New("enough")
	if err := Map(context.Background(), s, func(Item) int { return 0 }, func(Item, int) error { return enough }); err != enough {
		t.Errorf("error of found came back as %v", err)
	}
	func() {
		defer func() {
			if r := recover(); r != "fault" {
				t.Errorf("a fault in a worker came back as %v", r)
			}
		}()
		_ = Map(context.Background(), s, func(Item) int { panic("fault") }, func(Item, int) error { return nil })
	}()
}

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
