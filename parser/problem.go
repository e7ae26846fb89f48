package parser

import (
	"slices"

	"chancery/model"
)

// sentences says each problem in plain words. The codes are stable. None of
// the sentences holds text of a cable.
var sentences = map[string]string{
	"partial-extract":        "this is a partial extract: the envelope is missing",
	"no-envelope":            "there is no envelope: the sender and the time are not known from the text",
	"no-classification-line": "there is no classification line",
	"damaged-level":          "the classification line is damaged and was read as meant",
	"repeated-front":         "the front of the cable stands twice",
	"no-subject":             "there is no subject",
	"no-paragraphs":          "there is no text after the front",
	"number-gap":             "a paragraph number is missing before this one",
	"number-repeated":        "this paragraph number was used before",
	"marking-odd":            "this portion marking is written in an unusual way",
	"marking-above-line":     "this paragraph is marked higher than the classification line",
	"tag-repaired":           "a TAG was run together with another or has a letter doubled, and was read as meant",
	"declass-odd":            "the declassification line is damaged and was read as meant",
	"declass-before":         "the declassification date lies before the cable itself",
	"metadata-differs":       "the source gives another level than the classification line",
	"ends-in-dots":           "the text ends in dots: the rest was cut off",
	"too-long":               "this is longer than any cable: from here on the text was not taken apart",
}

// problem notes something odd at a stretch of the text.
func (r *reader) problem(code string, from, to int) {
	p := model.Problem{Code: code, Text: sentences[code]}
	if from < to {
		p.Span = model.Span{Start: from, End: to}
		p.Line = r.lineOf(from)
	}
	r.c.Problems = append(r.c.Problems, p)
}

// check notes the problems that show when the whole cable has been read.
func (r *reader) check() {
	c := r.c
	line, _ := c.Place("classification")
	if c.Classification.Check == model.CheckUnder {
		for _, b := range c.Blocks {
			if b.Marked() && b.Mark.Level > c.Classification.Level {
				r.problem("marking-above-line", b.Span.Start, b.Span.End)
				break
			}
		}
	}
	if c.Classification.Metadata != model.LevelUnknown && c.Classification.Level != model.LevelUnknown && differ(c.Classification.Metadata, c.Classification.Level) {
		r.problem("metadata-differs", line.Span.Start, line.Span.End)
	}
	if d := c.Declass; d.Repaired {
		r.problem("declass-odd", d.Span.Start, d.Span.End)
	}
	if d := c.Declass; d.Kind == model.DeclassDeadline && !d.Date.IsZero() && !c.Date().IsZero() && d.Date.Before(c.Date().AddDate(0, 0, -1)) {
		r.problem("declass-before", d.Span.Start, d.Span.End)
	}
	if c.Subject == "" {
		r.problem("no-subject", 0, 0)
	}
	if len(c.Blocks) == 0 {
		r.problem("no-paragraphs", 0, 0)
	}
	r.checkNumbers()
	slices.SortStableFunc(c.Problems, func(a, b model.Problem) int { return a.Line - b.Line })
}

// differ says whether two levels are not the same; an UNCLASSIFIED line and
// FOR OFFICIAL USE ONLY of a page are (cable-format 1.5).
func differ(a, b model.Level) bool {
	return a != b && max(a, b) > model.Sensitive
}

// checkNumbers looks for paragraph numbers that are missing or stand twice.
func (r *reader) checkNumbers() {
	last, without := 0, 0
	for i := range r.c.Blocks {
		b := &r.c.Blocks[i]
		if b.Mark.Odd && !isEntire(b.Mark) {
			r.problem("marking-odd", b.Span.Start, b.Span.End)
		}
		if b.Kind == model.Subparagraph || b.Kind == model.Bullet {
			continue
		}
		if b.Number == "" {
			if b.Marked() && b.Kind != model.Continuation && b.Kind != model.Heading {
				without++
			}
			continue
		}
		n := number(b.Number)
		switch {
		case n < 0:
			continue
		case last > 0 && n == last:
			r.problem("number-repeated", b.Span.Start, b.Span.End)
		case n > last+1+without:
			r.problem("number-gap", b.Span.Start, b.Span.End)
		}
		last, without = n, 0
	}
}
