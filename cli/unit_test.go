package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"

	"chancery/library"
	"chancery/model"
	"chancery/model/safe"
	"chancery/parser"
	"chancery/themes"
	"chancery/ui"
)

// A cable that holds nothing has every key all the same, and no list is null.
func TestKeysNeverDisappear(t *testing.T) {
	b, err := cableJSON(&model.Cable{})
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{
		"": "schema id id_inferred source text metadata envelope from to info exempt mrn section classification captions attention " +
			"declassification tags subject subject_marking references classified_by summary signature blocks furniture places problems",
		"source":           "path entry index format charset",
		"text":             "bytes lines sha256",
		"envelope":         "serial station station_serial section filed security signals precedence dtg",
		"from":             "route name",
		"classification":   "line level controls highest_portion check",
		"declassification": "line order date literal kind says",
	}
	for part, names := range keys {
		in := got
		if part != "" {
			in, _ = got[part].(map[string]any)
		}
		for _, name := range strings.Fields(names) {
			if _, ok := in[name]; !ok {
				t.Errorf("%s: key %q is missing", part, name)
			}
		}
	}
	for _, name := range strings.Fields("to info exempt captions attention tags references blocks furniture places problems") {
		if _, ok := got[name].([]any); !ok {
			t.Errorf("%s is no list: %v", name, got[name])
		}
	}
	for _, name := range strings.Fields("id metadata mrn section subject subject_marking classified_by summary signature") {
		if got[name] != nil {
			t.Errorf("%s is %v, want null", name, got[name])
		}
	}
	if d := got["declassification"].(map[string]any); d["kind"] != "absent" {
		t.Errorf("kind of declassification %v", d["kind"])
	}
}

func TestCableJSON(t *testing.T) {
	c := &model.Cable{
		ID: "07ASTANA9911", Text: "one\ntwo\fthree\n  2005 2006\n-- four",
		Metadata: &model.Metadata{ID: "07ASTANA9911", Created: time.Date(2007, 10, 15, 8, 13, 0, 0, time.UTC)},
		Section:  &model.Section{Number: 1, Of: 3},
		To:       []model.Address{{Name: "SECSTATE WASHDC"}},
		Declass:  model.Declassification{Kind: model.DeclassDeadline, Date: time.Date(2017, 10, 11, 0, 0, 0, 0, time.UTC)},
		ClassifiedBy: &model.ClassifiedBy{
			Text: "X", Letters: []string{"b", "d"},
		},
		Blocks: []model.Block{
			{Kind: model.Paragraph, Line: 1, Span: model.Span{Start: 0, End: 3}, Number: "1", Mark: model.Marking{Raw: "C", Level: model.Confidential}, Text: "one"},
			{Kind: model.Table, Line: 4, Span: model.Span{Start: 16, End: 25}, Text: "2005 2006"},
			{Kind: model.Bullet, Line: 5, Span: model.Span{Start: 26, End: 33}, Mark: model.Marking{Raw: "C", Level: model.Confidential}, Inherit: true, Text: "four"},
		},
		Places: []model.ValuePlace{{Field: model.FieldTags, Index: 1, Span: model.Span{Start: 8, End: 13}}},
		Parts:  []model.Part{{Kind: model.PartFurn, Name: "sipdis", Line: 2, Span: model.Span{Start: 4, End: 7}}},
	}
	b, err := cableJSON(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"id":"07ASTANA9911"`, `"lines":5,`, `"created":"2007-10-15T08:13:00Z","released":null`, `"section":{"number":1,"of":3}`,
		`"to":[{"route":null,"name":"SECSTATE WASHDC","precedence":null,"number":null}]`, `"date":"2017-10-11"`,
		`"reasons":{"section":null,"letters":["b","d"]}`,
		`{"line":1,"span":[0,3],"kind":"paragraph","number":"1","marking":"C","level":"CONFIDENTIAL","controls":[],"text":"one","sign":null}`,
		`"kind":"table","number":null,"marking":null,"level":null,"controls":[],"text":"  2005 2006","sign":null}`,
		`"controls":[],"text":"four","sign":"--"}`, `"places":[{"field":"tags","index":1,"line":3,"span":[8,13]}]`,
		`"kind":"bullet","number":null,"marking":null,"level":"CONFIDENTIAL"`, `"furniture":[{"line":2,"span":[4,7],"kind":"sipdis"}]`,
	} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("%s is not in\n%s", want, b)
		}
	}
	if n := bytes.Count(b, []byte("\n")); n != 1 || b[len(b)-1] != '\n' {
		t.Errorf("%d line ends", n)
	}
}

// Only what is written on the E.O. line is its date; the sentence tells what
// the rules make of it.
func TestComputedDateIsNotWritten(t *testing.T) {
	d := model.ParseDeclass("E.O. 11652: GDS", time.Date(1975, 11, 18, 0, 0, 0, 0, time.UTC), model.Confidential)
	if !d.Computed || d.Date.IsZero() {
		t.Fatalf("this was to be a computed date: %+v", d)
	}
	j := declassJSON(&model.Cable{Declass: d})
	if day := d.Date.Format(time.DateOnly); j.Date != nil || !strings.Contains(j.Says, day+" (computed: ") {
		t.Errorf("the date is %v, the sentence %q", j.Date, j.Says)
	}
	d = model.ParseDeclass("E.O. 12958: DECL: 10/11/2017", time.Date(2007, 10, 15, 0, 0, 0, 0, time.UTC), model.Confidential)
	if j := declassJSON(&model.Cable{Declass: d}); j.Date == nil || *j.Date != "2017-10-11" {
		t.Errorf("the date that is written is gone: %+v", j)
	}
}

// What cannot be seen is escaped too, in one unit or in two.
func TestWhatIsHiddenIsEscaped(t *testing.T) {
	for in, want := range map[string]string{
		"a\u200bb\u00ad":     `"a\u200bb\u00ad"`,     // zero width, soft hyphen
		"\u2066\u202e\ufeff": `"\u2066\u202e\ufeff"`, // turns of direction, byte order mark
		"\U000e0041":         `"\udb40\udc41"`,       // a tag
		"\U000e0100\ufe0f":   `"\udb40\udd00\ufe0f"`, // variation selectors
		"\ue000\U0010fffd":   `"\ue000\udbff\udffd"`, // private use
		"\u3164\u2028":       `"\u3164\u2028"`,       // a filler, a line end
		"¶ é 東 𝄞 😀":          `"¶ é 東 𝄞 😀"`,
	} {
		b, err := encode(in)
		if got := strings.TrimSuffix(string(b), "\n"); err != nil || got != want {
			t.Errorf("%+q is written as %s, want %s (%v)", in, got, want, err)
		}
	}
}

// A megabyte of lines that are paragraphs each is the most JSON that a
// message gives for its length.
func BenchmarkCableJSON(b *testing.B) {
	text := "SUBJECT: X\n\n" + strings.Repeat("1. (S/NF) A.\n", 80_000)
	c := library.Parse(parser.Message{Text: text})
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := cableJSON(c); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzEncode(f *testing.F) {
	f.Add("\x1b[31m \u009b \u202e \u2028 \x7f <&> \xff \ufeff")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := encode(s)
		if err != nil {
			t.Fatal(err)
		}
		if i := bytes.IndexFunc(b[:len(b)-1], func(r rune) bool { return r < 0x20 || safe.Armed(r) }); i >= 0 {
			t.Fatalf("%q is written as %q", s, b)
		}
		var back string
		if err := json.Unmarshal(b, &back); err != nil || back != strings.ToValidUTF8(s, "\ufffd") && !strings.Contains(back, "\ufffd") {
			t.Fatalf("%q comes back as %q, %v", s, back, err)
		}
	})
}

func TestParagraphs(t *testing.T) {
	for in, want := range map[string][]stretch{
		"":        nil,
		"3":       {{3, 3}},
		"3-5":     {{3, 5}},
		"2, 7-8":  {{2, 2}, {7, 8}},
		"4-":      {{4, 1 << 30}},
		"0":       {{-1, -1}},
		"5-3":     {{-1, -1}},
		"-3":      {{-1, -1}},
		"a":       {{-1, -1}},
		"3-b":     {{-1, -1}},
		"1,,2":    {{-1, -1}},
		"9999999": {{9999999, 9999999}},
	} {
		got, err := paragraphs(in)
		if wrong := len(want) > 0 && want[0].from < 0; wrong != (err != nil) || !wrong && !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
}

func TestPlacesAreKeptWhole(t *testing.T) {
	dir := t.TempDir()
	p := places{filepath.Join(dir, "chancery", "places", "x.json")}
	if at, err := p.Load(t.Context()); err != nil || !reflect.DeepEqual(at, ui.Place{}) {
		t.Fatalf("nothing kept: %+v, %v", at, err)
	}
	want := ui.Place{ID: "07ASTANA9911", Block: 4, Line: 2, Open: true, Order: model.ByDate, Reverse: true, Theme: "light", Query: "tag:PREL", History: []string{"iran", "tag:PREL"}}
	for range 2 { // the second replaces the first
		if err := p.Save(t.Context(), want); err != nil {
			t.Fatal(err)
		}
	}
	if at, err := p.Load(t.Context()); err != nil || !reflect.DeepEqual(at, want) {
		t.Errorf("%+v came back, %v", at, err)
	}
	files, _ := os.ReadDir(filepath.Dir(p.file))
	if len(files) != 1 {
		t.Errorf("%d files are left beside the place", len(files)-1)
	}
	if st, _ := os.Stat(p.file); runtime.GOOS != "windows" && st.Mode().Perm() != 0o600 {
		t.Errorf("the place may be read with mode %v", st.Mode())
	}
	// a damaged file starts at the top
	if err := os.WriteFile(p.file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if at, err := p.Load(t.Context()); err != nil || !reflect.DeepEqual(at, ui.Place{}) {
		t.Errorf("a damaged place gives %+v, %v", at, err)
	}
	if placesOf([]string{"/a", "/b"}).file == placesOf([]string{"/a/b"}).file {
		t.Error("two collections share one place")
	}
}

func TestOneField(t *testing.T) {
	for in, want := range map[string]string{"a\tb": `a\tb`, "a\r\nb": `a\r\nb`, `a\b`: `a\\b`, "\x1b[m": "^[[m"} {
		if got := oneField(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

// The fewer colours a terminal has, the more of the theme's signs must not be
// colours: the theme for 256, the one for 16 and the one for none take over.
func TestInkOfFewColours(t *testing.T) {
	dark, err := loadTheme("dark")
	if err != nil {
		t.Fatal(err)
	}
	title := dark.Style(themes.Title)
	if title.Bg256 == "" {
		t.Fatal("the theme no longer names a colour of the 256 for the title")
	}
	for depth, want := range map[colorprofile.Profile]string{
		colorprofile.TrueColor: "\x1b[1;38;2;241;243;247;48;2;57;66;79mX\x1b[m",
		colorprofile.ANSI256:   "48;5;" + title.Bg256 + "mX",
		colorprofile.ANSI:      "\x1b[1;7mX\x1b[m",
		noColour:               "\x1b[1;7mX\x1b[m",
		colorprofile.NoTTY:     "X",
	} {
		k, err := newInk(dark, depth)
		if err != nil {
			t.Fatal(err)
		}
		if got := k.draw(themes.Title, "X"); !strings.HasSuffix(strings.TrimSuffix(got, "\x1b[m"), strings.TrimSuffix(want, "\x1b[m")) {
			t.Errorf("%s: %q, want %q", depth, got, want)
		}
	}
}

// A marking that is not written beside a paragraph is not printed as if it
// were.
func TestMarkCode(t *testing.T) {
	c := model.Marking{Raw: "C", Level: model.Confidential}
	odd := model.Marking{Raw: "S-NF", Level: model.Secret, Controls: []string{"NF"}, Odd: true}
	for _, k := range []struct {
		block model.Block
		want  string
	}{
		{model.Block{Kind: model.Paragraph, Mark: c}, "C"},
		{model.Block{Kind: model.Paragraph, Mark: odd}, "S/NF*"},
		{model.Block{Kind: model.Paragraph, Mark: c, Inherit: true}, "[C]"},
		{model.Block{Kind: model.Bullet, Mark: c, Inherit: true}, ""},
		{model.Block{Kind: model.Paragraph}, ""},
	} {
		if got := markCode(k.block); got != k.want {
			t.Errorf("%s of %+v is drawn %q, want %q", k.block.Kind, k.block.Mark, got, k.want)
		}
	}
	b, err := outline(&model.Cable{Blocks: []model.Block{{Kind: model.Paragraph, Mark: c, Inherit: true}}})
	if err != nil || bytes.Contains(b, []byte("(C)")) {
		t.Errorf("the outline says that a marking is written: %q, %v", b, err)
	}
}

func TestPlainLocale(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want bool
	}{
		{nil, false},
		{map[string]string{"LANG": "en_US.UTF-8"}, false},
		{map[string]string{"LANG": "C.utf8"}, false},
		{map[string]string{"LANG": "C"}, true},
		{map[string]string{"LANG": "de_DE.ISO-8859-1"}, true},
		{map[string]string{"LANG": "C", "LC_CTYPE": "C.UTF-8"}, false},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "POSIX"}, true},
	} {
		if got := plainLocale(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: plain letters only: %v", c.env, got)
		}
	}
}

// Where nobody says where to, nothing is written: not beside the cables, not
// at the root of the file system.
func TestNoHomeNoState(t *testing.T) {
	for _, name := range []string{"HOME", "USERPROFILE", "home", "XDG_STATE_HOME"} {
		t.Setenv(name, "")
	}
	if f := lastFile(); f != "" {
		t.Errorf("the last collection would be kept in %s", f)
	}
	if err := placesOf([]string{"/a"}).Save(t.Context(), ui.Place{}); !errors.Is(err, errNoHome) {
		t.Errorf("saving a place: %v", err)
	}
	if at, err := placesOf([]string{"/a"}).Load(t.Context()); err != nil || !reflect.DeepEqual(at, ui.Place{}) {
		t.Errorf("a place comes from nowhere: %+v, %v", at, err)
	}
}

// On a terminal both streams are one: what was printed must stand before what
// is said of it.
func TestWhatIsHeldGoesOutFirst(t *testing.T) {
	var both strings.Builder
	w := &world{out: &both, err: &both}
	out := w.buffer()
	out.WriteString("\x1b[")
	out.WriteString("1mS\x1b[m ")
	say(w, "none")
	if got, want := both.String(), "\x1b[1mS\x1b[m chancery: none\n"; got != want {
		t.Errorf("the terminal got %q, want %q", got, want)
	}
}
