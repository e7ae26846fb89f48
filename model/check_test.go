package model_test

import (
	"testing"

	"chancery/model"
)

// What stands in a banner never claims more than the cable does: a portion or
// a wrapper is no classification line, a date no release.
func TestBannerWords(t *testing.T) {
	line := func(l model.Level, controls ...string) model.Classification {
		return model.Classification{Line: "X", Level: l, Controls: controls}
	}
	for _, c := range []struct {
		name          string
		cable         model.Cable
		words, remark string
	}{
		{"its own line", model.Cable{Classification: line(model.Secret, "NF")}, "SECRET//NOFORN", "original marking"},
		{"a caption below it", model.Cable{Classification: line(model.Confidential), Captions: []string{"SIPDIS", "NOFORN"}}, "CONFIDENTIAL//NOFORN", "original marking"},
		{
			"the caption that makes it SBU",
			model.Cable{Classification: line(model.Unclassified), Captions: []string{"SENSITIVE"}},
			"UNCLASSIFIED//SENSITIVE", "original marking",
		},
		{
			"a date alone",
			model.Cable{Classification: line(model.Secret), Declass: model.Declassification{Kind: model.DeclassDeadline}},
			"SECRET", "original marking",
		},
		{
			"released",
			model.Cable{Classification: line(model.Secret), Declass: model.Declassification{Kind: model.DeclassDone}},
			"DECLASSIFIED", "was SECRET",
		},
		{
			"portions alone",
			model.Cable{Classification: model.Classification{Highest: model.Marking{Level: model.Confidential, Controls: []string{"NF"}}, Metadata: model.Secret}},
			"NO CLASSIFICATION LINE", "highest portion CONFIDENTIAL//NOFORN",
		},
		{"the wrapper alone", model.Cable{Classification: model.Classification{Metadata: model.Secret}}, "NO CLASSIFICATION LINE", "its source says SECRET"},
		{"nothing", model.Cable{}, "NO CLASSIFICATION LINE", "nothing says how it was marked"},
	} {
		if words, remark := c.cable.BannerWords(); words != c.words || remark != c.remark {
			t.Errorf("%s: %q (%s), want %q (%s)", c.name, words, remark, c.words, c.remark)
		}
	}
}
