package source

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"chancery/parser"
	"chancery/parser/source/sample"
)

// known are the forms a text can be in, each with what knows it by itself. An
// HTML page that is none of PlusD is one of cablegate, or no cable.
var known = []struct {
	name string
	is   func(string) bool
}{
	{AADText, isAAD},
	{PlusDHTML, isPlusDHTML},
	{PlusDText, isPlusDText},
	{PageText, isPageText},
	{CablegateHTML, func(s string) bool { return isHTML(s) && !isPlusDHTML(s) }},
	{FOIAText, isRelease},
	{"smart", isSMART},
}

// detected names every form that takes the text for its own.
func detected(text string) (names []string) {
	for _, k := range known {
		if k.is(text) {
			names = append(names, k.name)
		}
	}
	return names
}

// forms are the made-up files of testdata/forms, by the format they have.
func forms(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{
		"plusd.txt": PlusDText, "plusd.html": PlusDHTML, "aad.txt": AADText, "aad-lost.txt": AADText, "aad-withdrawn.txt": AADText,
		"foia.txt": FOIAText, "foia-telegram.txt": FOIAText, "smart.txt": RawMessage, "telegram.pdf": PDF,
	}
	entries, err := os.ReadDir(filepath.Join("testdata", "forms"))
	must(t, err)
	if len(entries) != len(files) {
		t.Errorf("%d files in testdata/forms, %d formats", len(entries), len(files))
	}
	return files
}

func madeUp(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "forms", name))
	must(t, err)
	return b
}

// Each form is known by itself and by no other: the order in which they are
// asked decides nothing for a whole file.
func TestEachFormIsKnownByItselfAlone(t *testing.T) {
	for name, format := range forms(t) {
		b := madeUp(t, name)
		for _, named := range []bool{false, true} {
			it := reading(b, name, named)
			if it.Refusal != nil || it.Message.Source.Format != format {
				t.Errorf("%s: %q, %+v", name, it.Message.Source.Format, it.Refusal)
			}
		}
		want := []string{format}
		switch name {
		case "telegram.pdf":
			continue
		case "smart.txt":
			want = []string{"smart"}
		case "foia.txt": // the message under the stamps is of the later form
			want = []string{FOIAText, "smart"}
		}
		equal(t, name, detected(string(b)), want)
	}
	equal(t, "a message", detected(made), []string(nil))
	equal(t, "a page saved as text", detected(madePage), []string{PageText})
	equal(t, "a page", detected(madeHTML("a", made)), []string{CablegateHTML})
	// What speaks of a form is not of it.
	for _, text := range []string{
		"Message Attributes\n\nare what the archive prints below a telegram.\n",
		"The Canonical ID: of a cable names its year.\nThe Locator: says where it is.\n",
		"The stamp says RELEASE IN PART, and B1 means national defense.\n",
		"MRN: is the number of a message.\n",
		made + "\nMessage Attributes are not printed here.\nFrom: nobody\n",
	} {
		equal(t, text, detected(text), []string(nil))
	}
}

// The collection that comes with the program keeps the formats its key names.
func TestSampleKeepsItsForms(t *testing.T) {
	keys, err := sample.Keys()
	must(t, err)
	for _, k := range keys {
		b, err := fs.ReadFile(sample.FS(), k.File)
		must(t, err)
		it := reading(b, k.File, false)
		if it.Refusal != nil || it.Message.Source.Format != k.Format {
			t.Errorf("%s: %q, %+v", k.File, it.Message.Source.Format, it.Refusal)
		}
		for _, name := range detected(it.Message.Text) {
			if name != k.Format && it.Message.Source.Format != CablegateHTML {
				t.Errorf("%s is a %s and is taken for %s too", k.File, k.Format, name)
			}
		}
	}
}

// None of the labelled texts is taken for a form of archives and releases.
func TestLabelledTextsAreOfNoOtherForm(t *testing.T) {
	dir := shared(t)
	n := 0
	look := func(name string, b []byte) {
		text, _ := decode(b)
		n++
		for _, d := range detected(text) {
			if d != PageText && d != CablegateHTML {
				t.Errorf("%s is taken for %s", name, d)
			}
		}
	}
	for _, pattern := range []string{"gold/pages/*.html", "gold/files/*.txt", "seed/*.txt"} {
		files, _ := filepath.Glob(filepath.Join(dir, pattern))
		for _, f := range files {
			b, err := os.ReadFile(f)
			must(t, err)
			look(f, b)
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "gold", "hand.jsonl"))
	must(t, err)
	for _, line := range bytes.Split(bytes.TrimSpace(b), []byte("\n")) {
		var d struct{ ID, Text string }
		must(t, json.Unmarshal(line, &d))
		look(d.ID, []byte(d.Text))
	}
	if n < 100 {
		t.Errorf("only %d texts", n)
	}
}

// harms are ten ways in which files come to harm.
var harms = []struct {
	name string
	harm func(b []byte, r *rand.Rand) []byte
}{
	{"cut at a quarter", func(b []byte, _ *rand.Rand) []byte { return b[:len(b)/4] }},
	{"cut in half", func(b []byte, _ *rand.Rand) []byte { return b[:len(b)/2] }},
	{"last byte lost", func(b []byte, _ *rand.Rand) []byte { return b[:len(b)-1] }},
	{"first half lost", func(b []byte, _ *rand.Rand) []byte { return b[len(b)/2:] }},
	{"bits turned", func(b []byte, r *rand.Rand) []byte {
		b = bytes.Clone(b)
		for range 1 + len(b)/100 {
			b[r.Intn(len(b))] ^= 1 << r.Intn(8)
		}
		return b
	}},
	{"bytes lost", func(b []byte, r *rand.Rand) []byte {
		var out []byte
		for _, c := range b {
			if r.Intn(50) > 0 {
				out = append(out, c)
			}
		}
		return out
	}},
	{"wrong charset", func(b []byte, _ *rand.Rand) []byte {
		var out []byte
		for _, c := range b { // taken for another set and saved again
			out = append(out, string(rune(c|0x80))...)
		}
		return out
	}},
	{"NULs between", func(b []byte, _ *rand.Rand) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\x00\n")) }},
	{"line ends lost", func(b []byte, _ *rand.Rand) []byte { return bytes.ReplaceAll(b, []byte("\n"), nil) }},
	{"blocks mixed up", func(b []byte, r *rand.Rand) []byte {
		var blocks [][]byte
		for rest := b; len(rest) > 0; {
			n := min(64, len(rest))
			blocks, rest = append(blocks, rest[:n]), rest[n:]
		}
		r.Shuffle(len(blocks), func(i, j int) { blocks[i], blocks[j] = blocks[j], blocks[i] })
		return bytes.Join(blocks, nil)
	}},
}

// A damaged file is a readable cable or one sentence, never a panic, and the
// same each time.
func TestDamagedForms(t *testing.T) {
	for _, f := range everyFormat(t) {
		name, whole := f.name, []byte(f.text)
		if f.cables > 1 || strings.HasSuffix(name, ".gz") || strings.HasSuffix(name, ".zst") {
			continue
		}
		for _, d := range harms {
			for seed := range int64(8) {
				harmed := d.harm(whole, rand.New(rand.NewSource(seed)))
				it := reading(harmed, name, true)
				if it.Refusal != nil {
					why := it.Refusal.Why
					if why == "" || strings.ContainsAny(why, "\n\x00") || len(why) > 300 {
						t.Errorf("%s, %s: %q", name, d.name, why)
					}
					continue
				}
				tiled(t, parser.Parse(it.Message))
				if again := reading(harmed, name, true); again.Message.Text != it.Message.Text || again.Message.Source.Format != it.Message.Source.Format {
					t.Errorf("%s, %s: read in two ways", name, d.name)
				}
			}
		}
	}
}

// What is no damage changes nothing: other line ends, other charsets, a mark
// before and blanks behind.
func TestHarmlessChanges(t *testing.T) {
	changes := map[string]func(s string) []byte{
		"CRLF":                func(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", "\r\n")) },
		"byte order mark":     func(s string) []byte { return []byte("\xef\xbb\xbf" + s) },
		"blanks at the end":   func(s string) []byte { return []byte(s + "\n\n   \n") },
		"blanks at line ends": func(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", " \n")) },
		"an eight-bit set":    func(s string) []byte { return []byte(s + "\xa0\n") },
		"UTF-16": func(s string) []byte {
			out := []byte("\xff\xfe")
			for _, u := range utf16.Encode([]rune(s)) {
				out = append(out, byte(u), byte(u>>8))
			}
			return out
		},
	}
	for name, format := range forms(t) {
		if format == PDF {
			continue
		}
		_, want := madeCable(t, name)
		for what, change := range changes {
			it := reading(change(string(madeUp(t, name))), name, false)
			if it.Refusal != nil {
				t.Errorf("%s, %s: %s", name, what, it.Refusal.Why)
				continue
			}
			c := parser.Parse(it.Message)
			tiled(t, c)
			if c.Source.Format != format || c.ID != want.ID || c.Subject != want.Subject || c.Signature != want.Signature || len(c.Blocks) != len(want.Blocks) ||
				!slices.Equal(c.Tags, want.Tags) || c.Metadata != nil && c.Metadata.ID != want.Metadata.ID {
				t.Errorf("%s, %s: %s %s %q %q, %d blocks", name, what, c.Source.Format, c.ID, c.Subject, c.Signature, len(c.Blocks))
			}
		}
	}
}

// Words of the forms many times over, in lines and in one line, keep the parts
// of a cable whole.
func TestWordsOfFormsManyTimes(t *testing.T) {
	for name := range forms(t) {
		if name == "telegram.pdf" {
			continue
		}
		whole := string(madeUp(t, name))
		for _, words := range []string{
			"Message Attributes ", "Document Number: 1975OSLO09926 ", "Canonical ID: 1975OSLO09926 ", "TAGS: A - B | ", "RELEASE IN PART ", "B1, ",
			"MRN: 12 OSLO 9926 ", "Declassified/Released US Department of State EO Systematic Review 06 JUL 2006 ", "Signature: NEMO ", "<div class='s_key'>", "Action: A; ",
			"UNCLASSIFIED U.S. Department of State Case No. F-2099-09999 ", "<table id=synopsis>", "<pre ", "Locator:",
		} {
			for _, end := range []string{"", "\n"} {
				many := strings.Repeat(words+end, 1<<14/len(words))
				for _, text := range []string{many, whole + many, many + whole, whole[:len(whole)/2] + many + whole[len(whole)/2:]} {
					if it := reading([]byte(text), name, true); it.Refusal == nil {
						tiles(t, parser.Parse(it.Message))
					}
				}
			}
		}
	}
}

// fuzzForm reads any bytes as a file: a cable whose parts tile, or a sentence.
func fuzzForm(f *testing.F, seeds ...string) {
	for _, name := range seeds {
		f.Add(madeUp(f, name))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		it := reading(b, "x", true)
		if it.Refusal != nil {
			if it.Refusal.Why == "" {
				t.Fatal("refused without a word")
			}
			return
		}
		m := it.Message
		if m.Start < 0 || m.Start > len(m.Text) || m.End < 0 || m.End > len(m.Text) || m.End > 0 && m.End < m.Start {
			t.Fatalf("the message is [%d, %d) of %d", m.Start, m.End, len(m.Text))
		}
		tiled(t, parser.Parse(m))
	})
}

func FuzzPlusD(f *testing.F) { fuzzForm(f, "plusd.txt", "plusd.html") }
func FuzzAAD(f *testing.F)   { fuzzForm(f, "aad.txt", "aad-lost.txt", "aad-withdrawn.txt") }
func FuzzFOIA(f *testing.F)  { fuzzForm(f, "foia.txt", "foia-telegram.txt", "smart.txt") }
func FuzzPDF(f *testing.F) {
	f.Add(packed())
	f.Add(documentOf(made))
	fuzzForm(f, "telegram.pdf")
}
