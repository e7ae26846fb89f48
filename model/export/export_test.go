package export_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/model"
	"chancery/model/export"
)

var update = flag.Bool("update", false, "write the golden files")

// written is a document in a format.
func written(t testing.TB, f export.Format, d export.Document, o export.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.Write(&b, f, d, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not what it was (-update writes it anew):\n%s", name, got)
	}
}

// answer is the answer to a query: a whole cable, two passages of it, one that
// is only listed and one that is not held.
func answer(t testing.TB) export.Document {
	pears := pipelineCable()
	return export.Document{Title: "pears tag:PREL", Items: export.List(
		export.Item{Cable: pears, Source: from()},
		export.Item{Cable: pears, Blocks: []int{block(t, pears, "The minister said"), block(t, pears, "The ministry says")}, Source: from()},
		export.Item{Cable: archivedCable(), Bare: true, Source: from()},
		export.Item{Handle: model.Handle{ID: "06ANKARA9655"}, Bare: true},
	)}
}

func TestGolden(t *testing.T) {
	for _, k := range export.Formats() {
		golden(t, "brief"+k.Ending, written(t, k.Format, brief(t), export.Options{}))
		golden(t, "answer"+k.Ending, written(t, k.Format, answer(t), export.Options{Header: true, Style: export.Short}))
	}
}

func TestMarkLine(t *testing.T) {
	for _, c := range []struct {
		name, want string
		d          export.Document
	}{
		{"brief", "Highest marking in this brief: SECRET//NOFORN. As marked from 1974 to 2007; 1 of 3 cables shows that it was declassified, of the others the current status is not known.", brief(t)},
		{"one cable", "Highest marking in this brief: UNCLASSIFIED. As marked in 2007; current status not known.", quoting(pipelineCable(), block(t, pipelineCable(), "The ministry says"))},
		{"released", "Highest marking in this brief: CONFIDENTIAL. As marked in 1974; the cable shows that it was declassified.", quoting(archivedCable(), 0)},
		{"nothing known", "Highest marking in this brief: none is known. Of 1 of 1 nothing says how it was marked. As marked in a year not known; current status not known.", quoting(&model.Cable{Blocks: []model.Block{{Kind: model.Paragraph, Text: "Pears."}}}, 0)},
		{"NOFORN beats REL", "Highest marking in this brief: SECRET//NOFORN. As marked in 2007; current status not known.", quoting(&model.Cable{ID: "07OSLO9912", Blocks: []model.Block{
			{Kind: model.Paragraph, Text: "a", Mark: mark("S/REL NATO")}, {Kind: model.Paragraph, Text: "b", Mark: mark("C/NF")}, {Kind: model.Paragraph, Text: "c", Mark: mark("FOUO")},
		}}, 0, 1, 2)},
		{"union", "Highest marking in this brief: CONFIDENTIAL//ORCON//REL TO NATO. As marked in 2007; current status not known.", quoting(&model.Cable{ID: "07OSLO9912", Blocks: []model.Block{
			{Kind: model.Paragraph, Text: "a", Mark: mark("U//OC")}, {Kind: model.Paragraph, Text: "b", Mark: mark("C//REL NATO")},
		}}, 0, 1)},
		{"cited only", "Nothing is quoted. Highest marking of the cables cited in this brief: SECRET//NOFORN. As marked in 2007; current status not known.", export.Document{Items: export.List(export.Item{Cable: pipelineCable(), Bare: true})}},
		{"subject", "Highest marking in this brief: CONFIDENTIAL. As marked in 2007; current status not known.", quoting(&model.Cable{
			ID: "07OSLO9912", Subject: "PEARS", SubjectMarking: "C",
			Blocks: []model.Block{{Kind: model.Paragraph, Text: "a", Mark: mark("U")}},
		}, 0)},
	} {
		c.d.Brief = true
		for _, k := range export.Formats() {
			got := flat(written(t, k.Format, c.d, export.Options{}))
			n := 2 // top and bottom
			switch k.Format {
			case export.JSON, export.CSV, export.RIS, export.CSLJSON:
				n = 1
			}
			plain := strings.NewReplacer(`\_`, "_", `&#39;`, "'").Replace(got)
			if strings.Count(plain, c.want) < n {
				t.Errorf("%s, %s: want %d of %q in\n%s", c.name, k.Format, n, c.want, got)
			}
			if without := flat(written(t, k.Format, c.d, export.Options{DropMarkLine: true})); strings.Contains(without, "Highest marking in") {
				t.Errorf("%s, %s: the line was left out and is there", c.name, k.Format)
			}
		}
	}
}

func mark(raw string) model.Marking {
	m, _ := model.ParseMarking(raw)
	return m
}

func quoting(c *model.Cable, blocks ...int) export.Document {
	return export.Document{Title: "Pears", Items: export.List(export.Item{Cable: c, Blocks: blocks, Source: from()})}
}

// flat is text with its line ends made blanks, and the margin of quotations gone.
func flat(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\n> ", "\n")), " ")
}

// Only an option that says so takes the markings away, and it takes all of them.
func TestPortionMarks(t *testing.T) {
	for _, k := range export.Formats() {
		if !k.Quotes {
			continue
		}
		with := written(t, k.Format, brief(t), export.Options{DropMarkLine: true, Style: export.NoStyle})
		without := written(t, k.Format, brief(t), export.Options{DropMarkLine: true, Style: export.NoStyle, DropMarks: true})
		if !strings.Contains(with, "S/NF") {
			t.Errorf("%s: no marking\n%s", k.Format, with)
		}
		if strings.Contains(without, "S/NF") || strings.Contains(without, "no portion mark") {
			t.Errorf("%s: a marking was left\n%s", k.Format, without)
		}
	}
}

func TestNotes(t *testing.T) {
	for _, k := range export.Formats() {
		with := flat(written(t, k.Format, brief(t), export.Options{}))
		without := flat(written(t, k.Format, brief(t), export.Options{DropNotes: true}))
		for _, mine := range []string{"compare with the", "Read twice.", "Who was there?"} {
			if n := strings.Count(with, mine); n != 1 && k.Format != export.CSV {
				t.Errorf("%s: %q stands there %d times", k.Format, mine, n)
			}
			if strings.Contains(without, mine) {
				t.Errorf("%s: %q was left out and is there", k.Format, mine)
			}
		}
	}
}

// A pin is quoted from itself where the cable is not held or says something
// else, and that is said.
func TestPinsOwnText(t *testing.T) {
	got := flat(written(t, export.Text, brief(t), export.Options{}))
	for _, want := range []string{
		"(S) The pears of the first round were sour. [1]", "The cable is not held here: this is the text as it was pinned.",
		"NOTHING MUCH WAS SEEN. [6]", "The copy held here has another text in this paragraph",
		"the cable itself not seen",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestErrors(t *testing.T) {
	gone := errors.New("the archive is gone")
	d := export.Document{Items: func(yield func(export.Item, error) bool) { yield(export.Item{}, gone) }}
	for _, k := range export.Formats() {
		for _, o := range []export.Options{{}, {DropMarkLine: true}} {
			if err := export.Write(&bytes.Buffer{}, k.Format, d, o); !errors.Is(err, gone) {
				t.Errorf("%s: %v", k.Format, err)
			}
		}
		if err := export.Write(full{}, k.Format, brief(t), export.Options{}); !errors.Is(err, errFull) {
			t.Errorf("%s, disk full: %v", k.Format, err)
		}
	}
	if err := export.Write(&bytes.Buffer{}, "odt", d, export.Options{}); err == nil {
		t.Error("odt was written")
	}
	if err := export.Write(&bytes.Buffer{}, export.Text, d, export.Options{Style: "harvard"}); err == nil {
		t.Error("a style was made up")
	}
}

var errFull = errors.New("no space left")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestEmpty(t *testing.T) {
	for _, k := range export.Formats() {
		written(t, k.Format, export.Document{Items: export.List()}, export.Options{})
		written(t, k.Format, export.Document{Items: export.List(export.Item{}, export.Item{Cable: &model.Cable{}}, export.Item{Pin: &model.Pin{}})}, export.Options{Header: true})
	}
}

func TestFileName(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Pears, autumn 2007", "pears-autumn-2007.md"},
		{"../../etc/passwd", "etc-passwd.md"},
		{`C:\AUTOEXEC.BAT`, "c-autoexec-bat.md"},
		{"", "brief.md"},
		{"...", "brief.md"},
		{"CON", "brief-con.md"},
		{"lpt1", "brief-lpt1.md"},
		{"-rf $(id) `id`", "rf-id-id.md"},
		{"Груши, осень", "груши-осень.md"},
		{"a\x00b\x1b[2J\u202ec\xff", "a-b-2j-c.md"},
		{strings.Repeat("ж", 100), strings.Repeat("ж", 40) + ".md"},
	} {
		if got := export.FileName(c.name, export.Markdown); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
	if got := export.FileName("Pears", export.CSLJSON); got != "pears.csl.json" {
		t.Error(got)
	}
}

func TestClipboard(t *testing.T) {
	c := pipelineCable()
	i := block(t, c, "The minister said")
	if got, want := export.Plain(c, i), "The minister said that the offer of the spring stands until the winter and no longer. He wants:"; got != want {
		t.Errorf("%q", got)
	}
	want := `(S/NF) The minister said that the offer of the spring stands until the winter and no longer. He wants:

Astana 9911 to State, 2 October 2007, para. 2. In cables-2010.zip, 2007/10/07ASTANA9911.html (SHA-256 5d20...91ab), accessed 4 March 2026.`
	if got := export.Quote(c, from(), export.Options{Style: export.Short}, i); got != want {
		t.Errorf("%s", got)
	}
	if got := export.Quote(c, from(), export.Options{Style: export.NoStyle, DropMarks: true}, i); got != export.Plain(c, i) {
		t.Errorf("%q", got)
	}
	if got := export.Quote(c, from(), export.Options{Style: export.NoStyle}, i, i+1); !strings.HasSuffix(got, "He wants:\n(S/NF) -- rain, and") {
		t.Errorf("%q", got)
	}
}

func TestFlags(t *testing.T) {
	got := strings.Join(export.Flags(export.Markdown, export.Options{DropMarks: true, Hash: export.WholeHash}), " ")
	if got != "--format md --cite chicago --no-marks --hash whole" {
		t.Error(got)
	}
}
