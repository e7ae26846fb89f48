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
