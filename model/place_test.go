package model_test

import (
	"testing"

	"chancery/model"
)

func TestValueAt(t *testing.T) {
	c := model.Cable{Places: []model.ValuePlace{{Field: model.FieldTags, Index: 0, Span: model.Span{Start: 3, End: 4}}, {Field: model.FieldTags, Index: 1, Span: model.Span{Start: 5, End: 7}}}}
	if s, ok := c.ValueAt(model.FieldTags, 1); !ok || s != (model.Span{Start: 5, End: 7}) {
		t.Errorf("the second TAG stands at %v", s)
	}
	for _, f := range []model.Field{model.FieldTo, model.FieldTags} {
		if s, ok := c.ValueAt(f, 2); ok {
			t.Errorf("%s 2 stands at %v", f, s)
		}
	}
}

// Every field has a name of its own.
func TestFieldNames(t *testing.T) {
	met := map[string]bool{}
	for f := model.Field(0); f.String() != ""; f++ {
		if met[f.String()] {
			t.Errorf("two fields are called %s", f)
		}
		met[f.String()] = true
	}
	if len(met) != int(model.FieldSignature)+1 {
		t.Errorf("%d fields have names, not all", len(met))
	}
}

func TestLineAt(t *testing.T) {
	const text = "one\ntwo\fthree\r\nfour"
	parts := []model.Part{
		{Kind: model.PartWrapper, Line: 1, Span: model.Span{Start: 0, End: 4}},
		{Kind: model.PartFront, Line: 2, Span: model.Span{Start: 4, End: len(text)}},
	}
	for _, c := range []model.Cable{{Text: text}, {Text: text, Parts: parts}} {
		for at, want := range map[int]int{-1: 1, 0: 1, 3: 1, 4: 2, 7: 2, 8: 3, 14: 3, 15: 4, len(text): 4, 99: 4} {
			if got := c.LineAt(at); got != want {
				t.Errorf("byte %d is on line %d, not %d", at, got, want)
			}
		}
	}
}

func TestSign(t *testing.T) {
	for text, want := range map[string]string{
		"-- one": "--", "--one": "--", "- --  (C) one": "- --", "* 60%": "*", "o one": "o", "• one": "•",
	} {
		c := model.Cable{Text: text}
		b := model.Block{Kind: model.Bullet, Span: model.Span{Start: 0, End: len(text)}}
		if got := c.Sign(b); got != want {
			t.Errorf("%q has the sign %q, not %q", text, got, want)
		}
		b.Kind = model.Paragraph
		if got := c.Sign(b); got != "" {
			t.Errorf("a paragraph has the sign %q", got)
		}
	}
}
