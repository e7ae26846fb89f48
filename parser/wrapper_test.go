package parser_test

import (
	"testing"

	"chancery/model"
	"chancery/parser"
)

// A message is read between the places where it begins and ends; what stands
// around it is wrapper, what was stamped on it furniture, and no byte is lost.
func TestMessageInItsWrapper(t *testing.T) {
	const (
		before = "Message Text\n"
		text   = "UNCLAS OSLO 9927\nE.O. 11652: N/A\nTAGS: PREL, NO\nSUBJECT: A BOAT\n1. IT FLOATS [SEEN] ON THE\nREVIEWED\nFJORD.\nNEMO\n"
		after  = "Message Attributes\nType: TE\n"
	)
	at := func(word string) parser.Stamp {
		for i := range text {
			if len(text[i:]) >= len(word) && text[i:i+len(word)] == word {
				return parser.Stamp{Name: "stamp", Span: model.Span{Start: len(before) + i, End: len(before) + i + len(word)}}
			}
		}
		t.Fatal(word)
		return parser.Stamp{}
	}
	c := parser.Parse(parser.Message{
		Text: before + text + after, Start: len(before), End: len(before) + len(text),
		Stamps:   []parser.Stamp{at("[SEEN]"), at("REVIEWED")},
		Problems: []model.Problem{{Code: "odd", Text: "odd", Span: model.Span{Start: len(before + text), End: len(before + text + after)}}},
	})
	sound(t, c)
	if len(c.Blocks) != 1 || c.Blocks[0].Text != "IT FLOATS ON THE\nFJORD." {
		t.Errorf("blocks %+v", c.Blocks)
	}
	if c.Signature != "NEMO" || c.Text != before+text+after {
		t.Errorf("signed %q, text %q", c.Signature, c.Text)
	}
	var wrapper, stamps []string
	for _, p := range c.Parts {
		switch {
		case p.Kind == model.PartWrapper:
			wrapper = append(wrapper, p.Span.Of(c.Text))
		case p.Kind == model.PartFurn && p.Name == "stamp":
			stamps = append(stamps, p.Span.Of(c.Text))
		}
	}
	if len(wrapper) != 2 || wrapper[0] != before || wrapper[1] != after {
		t.Errorf("wrapper %q", wrapper)
	}
	if len(stamps) != 2 {
		t.Errorf("stamps %q", stamps)
	}
	if p := c.Problems[len(c.Problems)-1]; p.Code != "odd" || p.Line != 10 {
		t.Errorf("problem %+v", p)
	}
}

// Evidence of release outweighs what the E.O. line set; the line stays.
func TestReleaseOutweighsTheLine(t *testing.T) {
	text := "C O N F I D E N T I A L OSLO 9928\nE.O. 11652: GDS\nTAGS: PREL, NO\nSUBJECT: A BOAT\n1. IT FLOATS.\nNEMO\n"
	for _, x := range []struct {
		release *model.Release
		kind    model.DeclassKind
	}{
		{nil, model.DeclassGDS},
		{&model.Release{Decision: "RELEASE IN PART"}, model.DeclassGDS},
		{&model.Release{Done: true, Words: "Declassified/Released"}, model.DeclassDone},
	} {
		c := parser.Parse(parser.Message{Text: text, Metadata: &model.Metadata{Release: x.release}})
		if c.Declass.Kind != x.kind || c.Declass.Line != "E.O. 11652: GDS" || c.Declass.Order != "11652" {
			t.Errorf("%+v gives %+v", x.release, c.Declass)
		}
	}
}

func FuzzWrapped(f *testing.F) {
	f.Add("Message Text\nUNCLAS OSLO 9927\nTAGS: PREL\nSUBJECT: X\n1. IT STAMP FLOATS.\nNEMO\nMessage Attributes\n", 13, 80, 50, 60)
	f.Add("MRN: 13 OSLO 9929\nFrom: A\nAction: B; C\nReference: A) 12 OSLO 9901\nSubject: X\n\n1. (U) Y.\n\nSignature: NEMO\nInfo: D;\n E\n", 0, 0, 80, 90)
	f.Fuzz(func(t *testing.T, text string, start, end, from, to int) {
		stamps := []parser.Stamp{{Name: "a", Span: model.Span{Start: from, End: to}}, {Name: "b", Span: model.Span{Start: to, End: to + 9}}}
		sound(t, parser.Parse(parser.Message{Text: text, Start: start, End: end, Stamps: stamps}))
	})
}
