package query

import (
	"slices"
	"strings"

	"chancery/model"
)

// savedQuery reads the name of a saved query and gives what it stands for. All
// of it has the place of the field that names it, which begins at start.
func (p *parser) savedQuery(start int) (Node, *Error) {
	if err := p.valueBegins(fieldOf("q")); err != nil {
		return nil, err
	}
	if strings.HasPrefix(p.rest(), "/") {
		return nil, p.wrong(p.at, p.at+1, "a saved query has a name").hint("for example: q:weekly")
	}
	w, err := p.valueText()
	if err != nil {
		return nil, err
	}
	text, ok := "", false
	if p.o.Saved != nil {
		text, ok = p.o.Saved(w.text)
	}
	switch {
	case !ok:
		return nil, p.wrong(w.start, w.end, "there is no saved query \"%s\"", w.text).hint("save one under this name first")
	case slices.Contains(p.saved, w.text):
		circle := strings.Join(append(slices.Clone(p.saved), w.text), ", ")
		return nil, p.wrong(w.start, w.end, "the saved query \"%s\" stands for itself", w.text).hint("they name each other in a circle: %s", circle)
	case len(p.saved) >= deepest:
		return nil, p.wrong(w.start, w.end, "saved queries name each other too deep").hint("at most %d", deepest)
	}
	if *p.grown += len(text); *p.grown > longestSaved {
		return nil, p.wrong(w.start, w.end, "the saved queries are too long together").hint("65,536 bytes is what they may have")
	}
	span := model.Span{Start: start, End: w.end}
	if p.whole != nil {
		span = *p.whole
	}
	inner := &parser{
		text: text, o: p.o, depth: p.depth, para: p.para,
		whole: &span, saved: append(slices.Clip(p.saved), w.text), grown: p.grown,
	}
	n, err := inner.query()
	switch {
	case err != nil && p.whole != nil: // it names the saved query already
		return nil, err
	case err != nil:
		return nil, p.wrong(w.start, w.end, "the saved query \"%s\" is not understood: %s", w.text, err.What).hint("%s", err.Hint)
	case n == nil:
		return nil, p.wrong(w.start, w.end, "the saved query \"%s\" is empty", w.text).hint("save it again with something in it")
	}
	p.note(span.Start, span.End, "q:%s stands for: %s", w.text, strings.TrimSpace(text))
	return n, nil
}
