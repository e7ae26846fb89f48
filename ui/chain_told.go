package ui

import (
	"strings"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// told are the lines of what is told of a row: what the cable is, and the
// sentence in which it is cited or cites.
func (v *chain) told(r chainRow) []textLine {
	line := func(role themes.Role, text string) textLine { return textLine{text: text, role: role} }
	switch r.kind {
	case rowOther:
		return []textLine{line(themes.Heading, r.id), line(themes.Dim, referenceWords(r.other.Kind))}
	case rowMore:
		return []textLine{line(themes.Dim, "Enter asks the list for all of them: "+safe.Line(r.term))}
	case rowWait:
		return nil
	}
	var out []textLine
	if r.side != 0 {
		out = v.citation(r, line)
	}
	if !r.held {
		return append(out, line(themes.Dim, r.id+" is not in this collection; where it would be found is not known."))
	}
	out = append(out,
		line(themes.Heading, r.id+"   "+r.entry.code+"   "+r.entry.date+"   "+r.entry.from),
		line(themes.Subject, r.entry.about))
	if r.side == 0 {
		out = append(out, v.allCitations(line)...)
	}
	return out
}

// toldMost is how many citations are told of the cable in the middle.
const toldMost = 12

// allCitations tells in which words the cable in the middle cites others, and
// others cite it.
func (v *chain) allCitations(line func(themes.Role, string) textLine) []textLine {
	var out []textLine
	links := v.known[v.id]
	for i, list := range [][]model.Link{links.Cites, links.CitedBy} {
		began := false
		for _, l := range list {
			if l.Sentence == "" || len(out) > 2*toldMost {
				continue
			}
			if !began {
				began = true
				out = append(out, textLine{}, line(themes.Heading, [...]string{"How it cites", "How it is cited"}[i]))
			}
			where := safe.Line(l.ID)
			if l.Number != "" {
				where += ", para " + safe.Line(l.Number)
			}
			out = append(out, line(themes.Field, where+":"), line(themes.Text, oneLine(l.Sentence)))
		}
	}
	return out
}

// oneLine is text of a document on one line, safe.
func oneLine(s string) string { return safe.Line(strings.Join(strings.Fields(s), " ")) }

// citation tells who cites whom, where, and in which words.
func (v *chain) citation(r chainRow, line func(themes.Role, string) textLine) []textLine {
	by, whom := r.from, r.id
	if r.side > 0 {
		by, whom = whom, by
	}
	who := by + " cites " + whom
	if r.link.Label != "" {
		who += " as ref " + safe.Line(r.link.Label)
	}
	if r.link.Number != "" {
		who += ", para " + safe.Line(r.link.Number)
	}
	said := line(themes.Dim, "in its REF line alone")
	if r.link.Sentence != "" {
		said = line(themes.Text, oneLine(r.link.Sentence))
		if r.link.Number != "" {
			who += ":"
		}
	}
	out := []textLine{line(themes.Field, who), said}
	if r.link.Inferred {
		out = append(out, line(themes.Guess, "? the reference gives no year: "+inferredID(r.link.ID)))
	}
	return append(out, textLine{})
}

// copied is the tree as an outline, with the words of each citation.
func (v *chain) copied() (text, what string, cut int) {
	if len(v.rows) == 0 {
		return "", "", 0
	}
	lines := []string{"Reference chain of " + safe.Line(v.id)}
	for i := range v.rows {
		lines = append(lines, v.outline(&v.rows[i])...)
	}
	text, cut = clipped(lines)
	return text, "the chain as an outline", cut
}

// outline is a row as plain text.
func (v *chain) outline(r *chainRow) []string {
	at := strings.Repeat("  ", r.depth)
	switch r.kind {
	case rowTitle:
		return []string{"", upperFirst(r.text) + ":"}
	case rowOther:
		return []string{"  " + r.id + " (" + referenceWords(r.other.Kind) + ")"}
	case rowMore:
		return []string{at + r.text}
	case rowWait:
		return nil
	}
	s := at
	if r.side < 0 && r.link.Label != "" {
		s += safe.Line(r.link.Label) + " "
	}
	s += r.id
	if r.link.Inferred {
		s += "?"
	}
	if !r.held || r.above {
		s += " " + v.remark(r)
	} else {
		s += "  " + r.entry.date + "  " + r.entry.code + "  " + r.entry.about
	}
	out := []string{s}
	if r.link.Sentence != "" {
		where := ""
		if r.link.Number != "" {
			where = "para " + safe.Line(r.link.Number) + ": "
		}
		out = append(out, at+"    "+where+oneLine(r.link.Sentence))
	}
	return out
}
