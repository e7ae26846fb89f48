package export

import (
	"strings"

	"chancery/model"
)

// Plain is paragraphs of a cable as text for the clipboard: their lines joined
// as they were meant, with no line end after them.
func Plain(c *model.Cable, blocks ...int) string {
	e := (&resolver{o: Options{Style: NoStyle}, seen: map[string]bool{}}).entry(Item{Cable: c, Blocks: blocks})
	var out []string
	for i := range e.passages {
		for _, x := range e.passages[i].pieces() {
			out = append(out, x.text)
		}
	}
	return strings.Join(out, "\n")
}

// Quote is paragraphs of a cable for the clipboard with their markings and the
// citation. The markings are there unless the options drop them.
func Quote(c *model.Cable, from Source, o Options, blocks ...int) string {
	e := (&resolver{o: o, seen: map[string]bool{}}).entry(Item{Cable: c, Blocks: blocks, Source: from})
	var out []string
	for i := range e.passages {
		p := &e.passages[i]
		lead := e.lead(p, o)
		for _, x := range p.pieces() {
			switch {
			case lead == "":
				out = append(out, x.text)
			case x.kept:
				out = append(out, lead, x.text)
			default:
				out = append(out, lead+" "+x.text)
			}
			lead = ""
		}
	}
	if e.cite != "" {
		out = append(out, "", e.cite)
	}
	return strings.TrimPrefix(strings.Join(out, "\n"), "\n")
}
