package ui

import (
	"strings"

	"chancery/themes"
)

// flow is the text of one item of the reader, made safe and reflowed, before
// it is wrapped: what the reader shows of it, searches and follows.
type flow struct {
	text  string   // lines with LF between them
	lines []line   // in order
	inks  []ink    // stretches with a role of their own, in order, none overlapping
	seek  [][2]int // where find looks; the program's own words stand outside
	links []link   // set when asked for
	known bool     // links were looked for
}

// line is one line of a flow.
type line struct {
	piece
	role themes.Role
	rule bool // a thin line across; no text
}

// link is a stretch of a flow that names another cable.
type link struct {
	from, to int
	id       string // canonical
}

// flowing writes a flow.
type flowing struct {
	f    flow
	text strings.Builder
	open bool
}

// line begins a line in a role; rows after its first hang by so many cells.
func (w *flowing) line(role themes.Role, hang int) {
	w.close()
	w.f.lines = append(w.f.lines, line{piece: piece{from: w.text.Len(), hang: hang}, role: role})
	w.open = true
}

// rule writes a thin line across the pane.
func (w *flowing) rule() {
	w.line(themes.Dim, 0)
	w.f.lines[len(w.f.lines)-1].rule = true
}

// own writes words of the program into the line, in a role.
func (w *flowing) own(role themes.Role, s string) {
	from := w.text.Len()
	w.text.WriteString(s)
	if role != w.f.lines[len(w.f.lines)-1].role && s != "" {
		w.f.inks = append(w.f.inks, ink{from, w.text.Len(), role})
	}
}

// foreign writes text of the document into the line. It passes the gate here,
// and find looks into it.
func (w *flowing) foreign(role themes.Role, s string) {
	text, escapes := clean(s)
	text = strings.ReplaceAll(text, "\n", " ")
	from, last := w.text.Len(), w.f.lines[len(w.f.lines)-1].role
	w.text.WriteString(text)
	at := from
	for _, e := range append(escapes, ink{len(text), len(text), themes.Control}) {
		if role != last && from+e.from > at {
			w.f.inks = append(w.f.inks, ink{at, from + e.from, role})
		}
		if e.to > e.from {
			w.f.inks = append(w.f.inks, ink{from + e.from, from + e.to, e.role})
		}
		at = from + e.to
	}
	w.f.seek = append(w.f.seek, [2]int{from, w.text.Len()})
}

// reference writes text of the document that leads to another cable.
func (w *flowing) reference(role themes.Role, s, id string) {
	from := w.text.Len()
	w.foreign(role, s)
	if id != "" {
		w.f.links = append(w.f.links, link{from, w.text.Len(), id})
	}
}

// block writes text of the document that is already safe, as it was reflowed;
// escapes are its escapes before that.
func (w *flowing) block(role themes.Role, r *reflowed, escapes []ink) {
	w.close()
	from := w.text.Len()
	w.text.WriteString(r.text)
	for _, p := range r.pieces {
		w.f.lines = append(w.f.lines, line{piece: piece{from + p.from, from + p.to, p.hang, p.kept}, role: role})
	}
	for _, e := range escapes {
		at := from + r.at(e.from)
		w.f.inks = append(w.f.inks, ink{at, min(w.text.Len(), at+e.to-e.from), e.role})
	}
	w.f.seek = append(w.f.seek, [2]int{from, w.text.Len()})
	w.open = false
	w.text.WriteByte('\n')
}

// verbatim writes text of the document with its lines as they are: kept, which
// is cut at the edge of the pane, or wrapped.
func (w *flowing) verbatim(role themes.Role, s string, kept bool) {
	text, escapes := clean(s)
	r := transmitted(text)
	for i := range r.pieces {
		r.pieces[i].kept, r.pieces[i].hang = kept, 4
	}
	w.block(role, r, escapes)
}

// close ends the line that is being written.
func (w *flowing) close() {
	if w.open {
		w.f.lines[len(w.f.lines)-1].to = w.text.Len()
		w.text.WriteByte('\n')
		w.open = false
	}
}

// done gives the flow.
func (w *flowing) done() *flow {
	w.close()
	if len(w.f.lines) == 0 {
		w.line(themes.Text, 0)
		w.close()
	}
	w.f.text = w.text.String()
	return &w.f
}

// row is one row of a flow at some width.
type row struct {
	line     int // index into lines
	from, to int // in text
	indent   int // cells before it
}

// rows wraps the flow to w cells.
func (f *flow) rows(w int) []row {
	rows := make([]row, 0, len(f.lines)+len(f.text)/max(1, w))
	var cuts []cut
	for i, l := range f.lines {
		if l.rule || l.kept {
			rows = append(rows, row{i, l.from, l.to, 0})
			continue
		}
		hang := l.hang
		if hang > w/3 {
			hang = 0
		}
		cuts = wrap(cuts[:0], f.text[l.from:l.to], w, w-hang)
		for n, c := range cuts {
			indent := hang
			if n == 0 {
				indent = 0
			}
			rows = append(rows, row{i, l.from + c.from, l.from + c.to, indent})
		}
	}
	return rows
}
