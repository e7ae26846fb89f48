package model_test

import (
	"testing"
	"time"

	"chancery/model"
)

// The blanks before a block's first line belong to the place of a table's
// first row; anything else before it does not.
func TestLaid(t *testing.T) {
	text := "1. Prices:\n\n      2005  2006\nCod    1.1   1.2\n"
	for _, tt := range []struct {
		start int
		want  string
	}{
		{18, "      2005"}, // six blanks stand before it
		{3, "2005"},        // words stand before it
		{0, "2005"},
		{99, "2005"}, // no place in the text
	} {
		c := model.Cable{Text: text}
		b := model.Block{Kind: model.Table, Span: model.Span{Start: tt.start, End: tt.start + 4}, Text: "2005"}
		if got := c.Laid(b); got != tt.want {
			t.Errorf("from byte %d: %q, want %q", tt.start, got, tt.want)
		}
	}
}

// "E.O. 12958: N/A" belongs under an UNCLASSIFIED line only.
func TestNotApplicableUnderAClassification(t *testing.T) {
	for level, want := range map[model.Level]string{
		model.Unclassified: "not classified (E.O. N/A)",
		model.Sensitive:    "not classified (E.O. N/A)",
		model.Confidential: "the E.O. line says N/A, though the cable is marked CONFIDENTIAL",
	} {
		c := model.Cable{Classification: model.Classification{Level: level}, Declass: model.Declassification{Kind: model.DeclassNone}}
		if got := c.SaysDeclass(time.Time{}); got != want {
			t.Errorf("%s: %q, want %q", level, got, want)
		}
	}
}
