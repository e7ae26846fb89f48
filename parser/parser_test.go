package parser_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"chancery/model"
	"chancery/parser"
)

// sound says what is wrong with the shape of a cable: parts must tile the
// text, spans must lie inside it, and blocks may hold only bytes of it.
func sound(t *testing.T, c *model.Cable) {
	t.Helper()
	at := 0
	lines := lineCounter{text: c.Text}
	for i, p := range c.Parts {
		if p.Span.Start != at || p.Span.End <= p.Span.Start {
			t.Fatalf("part %d %s %q spans %v, but the parts before end at %d", i, p.Kind, p.Name, p.Span, at)
		}
		if (p.Kind == model.PartBlock) != (p.Block >= 0) || p.Block >= len(c.Blocks) {
			t.Fatalf("part %d is a %s with block %d of %d", i, p.Kind, p.Block, len(c.Blocks))
		}
		if want := lines.of(at); p.Line != want {
			t.Fatalf("part %d begins on line %d, not %d", i, want, p.Line)
		}
		at = p.Span.End
	}
	if at != len(c.Text) {
		t.Fatalf("the parts end at %d of %d", at, len(c.Text))
	}
	last := 0
	lines = lineCounter{text: c.Text}
	for i, b := range c.Blocks {
		if b.Span.Start < last || b.Span.End < b.Span.Start || b.Span.End > len(c.Text) {
			t.Fatalf("block %d spans %v after %d, in %d bytes", i, b.Span, last, len(c.Text))
		}
		last = b.Span.Start
		if want := lines.of(b.Span.Start); b.Line != want {
			t.Fatalf("block %d begins on line %d, not %d", i, want, b.Line)
		}
		from := b.Span.Start
		for _, w := range strings.Fields(b.Text) {
			n := strings.Index(c.Text[from:b.Span.End], w)
			if n < 0 {
				t.Fatalf("block %d holds %q, which its stretch does not", i, w)
			}
			from += n + len(w)
		}
	}
	for _, p := range c.Problems {
		if p.Span.Start < 0 || p.Span.End > len(c.Text) || p.Span.End < p.Span.Start || p.Text == "" || p.Line < 0 {
			t.Fatalf("problem %q spans %v", p.Code, p.Span)
		}
	}
	for _, x := range c.References {
		if x.Span.End > len(c.Text) || x.Span.End < x.Span.Start {
			t.Fatalf("reference spans %v", x.Span)
		}
	}
	placedValues(t, c)
}

// lineCounter counts lines, asked for places in order.
type lineCounter struct {
	text     string
	at, line int
}

// of gives the number of the line that holds the byte at, from 1.
func (l *lineCounter) of(at int) int {
	l.line += strings.Count(l.text[l.at:at], "\n") + strings.Count(l.text[l.at:at], "\f")
	l.at = at
	return l.line + 1
}

// gold reads the labelled cables that lie beside the repository.
func gold(t testing.TB) []string {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "shared", "gold", "hand.jsonl"))
	if err != nil {
		if os.Getenv("CHANCERY_MUST") == "1" {
			t.Fatal(err)
		}
		t.Skip("the labelled cables are not here")
	}
	defer f.Close()
	var texts []string
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var d struct{ Text string }
		if err := json.Unmarshal(in.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, d.Text)
	}
	if len(texts) == 0 || in.Err() != nil {
		t.Fatal("no labelled cables", in.Err())
	}
	return texts
}

func TestLabelledCablesKeepTheirShape(t *testing.T) {
	for _, text := range gold(t) {
		sound(t, parser.Parse(parser.Message{Text: text}))
		sound(t, parser.Parse(parser.Message{Text: strings.ReplaceAll(text, "\n", "\r\n")}))
	}
}

func FuzzParse(f *testing.F) {
	f.Add("C O N F I D E N T I A L ASTANA 009911\n\nSIPDIS\n\nE.O. 12958: DECL: 10/11/2017\nTAGS: PREL KZ\nSUBJECT: A TEST\n\nREF: A. STATE 9901\n     B. 06 ASTANA 9902\n\nClassified By: DCM J. Doe for reasons 1.4 (b) and (d).\n\n1. (C) Summary: One.\nTwo. End summary.\n\nASTANA 00009911  002 OF 002\n\n-------\nComment\n-------\n\n2. (S//NF) -- x\n- y\nDOE\n", 0)
	f.Add("VZCZCXRO0000\nPP RUEHAK\nDE RUEHTA #9911/01 0451230\nZNY CCCCC ZZH\nP 141230Z FEB 08\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 9901\nINFO PAGE 02        STATE   099999  131535Z\nXMT AMCONSUL X\nUNCLAS ASTANA 009911\n1. TEXT.", 3)
	f.Add(smartMessage, 0)
	paths, _ := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	for _, path := range paths {
		f.Add(sections(f, path)["input"], 0)
	}
	f.Fuzz(func(t *testing.T, text string, start int) {
		c := parser.Parse(parser.Message{Text: text, Start: start})
		sound(t, c)
		stable(t, c, start)
	})
}

// stable says when a cable is not read again as it was from what its own parts
// hold, although another text was read in between.
func stable(t *testing.T, c *model.Cable, start int) {
	t.Helper()
	var dump strings.Builder
	for _, p := range c.Parts {
		dump.WriteString(p.Span.Of(c.Text))
	}
	parser.Parse(parser.Message{Text: smartMessage})
	if again := parser.Parse(parser.Message{Text: dump.String(), Start: start}); !reflect.DeepEqual(again, c) {
		t.Fatalf("read again from its parts it is\n%+v\nand was\n%+v", again, c)
	}
}

func TestCablesAreReadAgainTheSame(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	for _, path := range paths {
		stable(t, parser.Parse(parser.Message{Text: sections(t, path)["input"]}), 0)
	}
	texts, _ := sampleTexts(t)
	for _, text := range texts {
		stable(t, parser.Parse(parser.Message{Text: text}), 0)
	}
}

// FuzzTags reads any line as the TAGS of a cable: each is there once, in
// capitals, and was read from words of the line.
func FuzzTags(f *testing.F) {
	for _, s := range []string{"PREL, ENRGKZ; (PLACEHOLDER, JANE Q.) HUMAN RIGHTS", "OVIP SAMPLE MAGDALENA PREL", "TIP IN TURKEY MOPPS", "ſß ŉ (((", "KPALNOIS COUNTER TERRORISM", "A. (B", "\xff\xfe"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, line string, wraps bool) {
		if wraps {
			line += "\nKZ, " + line
		}
		c := read(t, "TAGS: "+line)
		met := map[string]bool{}
		for i, tag := range c.Tags {
			if tag == "" || met[tag] || tag != strings.ToUpper(tag) || strings.TrimSpace(tag) != tag {
				t.Fatalf("%q gives %q", line, c.Tags)
			}
			met[tag] = true
			if _, ok := c.ValueAt(model.FieldTags, i); !ok {
				t.Fatalf("%q stands nowhere in %q", tag, line)
			}
		}
	})
}
