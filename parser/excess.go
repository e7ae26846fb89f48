package parser

import (
	"strings"

	"chancery/model"
)

// maxLines is how many lines of a message are taken apart. The longest cables
// have some thousands; what has more is no cable, and to take it apart line by
// line would cost memory many times its size.
const maxLines = 20_000

// firstLines gives the text up to the end of the last line that is taken
// apart.
func firstLines(text string) string {
	if len(text) <= maxLines || strings.Count(text, "\n")+strings.Count(text, "\f") <= maxLines {
		return text
	}
	at := 0
	for range maxLines {
		at += strings.IndexAny(text[at:], "\n\f") + 1
	}
	return text[:at]
}

// excess gives the cable the lines of the message that were not taken apart,
// as one block.
func (r *reader) excess(message string) {
	at := len(r.text)
	if at == len(message) {
		return
	}
	c := r.c
	from, to := at, len(message)
	for from < to && isBlankByte(message, from) {
		from++
	}
	for to > from && isBlankByte(message, to-1) {
		to--
	}
	r.text, c.Text = message, message
	part := model.Part{Kind: model.PartBlank, Span: model.Span{Start: at, End: len(message)}, Line: maxLines + 1, Block: -1}
	if from < to {
		kind := model.Continuation
		if len(c.Blocks) == 0 {
			kind = model.Paragraph
		}
		part.Kind, part.Block = model.PartBlock, len(c.Blocks)
		line := maxLines + 1 + strings.Count(message[at:from], "\n") + strings.Count(message[at:from], "\f")
		c.Blocks = append(c.Blocks, model.Block{Kind: kind, Line: line, Span: model.Span{Start: from, End: to}, Text: message[from:to]})
	}
	c.Parts = append(c.Parts, part)
	c.Problems = append(c.Problems, model.Problem{Code: "too-long", Text: sentences["too-long"], Line: maxLines + 1, Span: part.Span})
}
