package ui

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// wholeCable stands for the cable where the number of a block is given.
const wholeCable = -1

// mine is what the reader of the cable put on it or on one of its blocks: it
// stands below its text, behind a bar of its own and without a marking, so that
// nobody takes it for text of the cable.
type mine struct {
	labels []string
	notes  []string // Markdown, as written
	pins   []string // "item 2 of Pipeline"
}

// mineOf sets the work on a cable out by block. What is on a paragraph that the
// copy at hand does not have stands with the cable as a whole.
func mineOf(c *model.Cable, w model.Work, briefs []model.Brief) map[int]mine {
	if c == nil || w.Empty() {
		return nil
	}
	out := map[int]mine{}
	on := func(s *model.Spot, put func(m *mine, lost string)) {
		block, lost := wholeCable, ""
		if s != nil {
			if b, ok := c.FindSpot(*s); ok {
				block = b
			} else {
				lost = "(" + spotWords(*s) + ", which this copy does not have) "
			}
		}
		m := out[block]
		put(&m, lost)
		out[block] = m
	}
	for _, l := range w.Labels {
		on(nil, func(m *mine, _ string) { m.labels = append(m.labels, l) })
	}
	for _, p := range w.Passages {
		on(&p.Spot, func(m *mine, lost string) {
			for _, l := range p.Labels {
				m.labels = append(m.labels, lost+l)
			}
		})
	}
	for _, n := range w.Notes {
		on(n.Spot, func(m *mine, lost string) { m.notes = append(m.notes, lost+n.Text) })
	}
	for _, b := range briefs {
		for i, p := range b.Pins {
			if p.Key() == w.Key() {
				on(&p.Spot, func(m *mine, lost string) {
					m.pins = append(m.pins, lost+"item "+strconv.Itoa(i+1)+" of "+b.Name)
				})
			}
		}
	}
	return out
}

// spotWords names a paragraph that is not at hand.
func spotWords(s model.Spot) string {
	if s.Number != "" {
		return "para " + safe.Line(s.Number)
	}
	return "block " + strconv.Itoa(s.Block+1)
}

// paraWords names a block of a cable: "para 4", or what it is and where.
func paraWords(c *model.Cable, block int) string {
	if block < 0 || block >= len(c.Blocks) {
		return "the cable"
	}
	b := &c.Blocks[block]
	if b.Number != "" {
		return "para " + safe.Line(b.Number)
	}
	for i := block; i >= 0; i-- {
		if n := c.Blocks[i].Number; n != "" {
			return b.Kind.String() + " after para " + safe.Line(n)
		}
	}
	return b.Kind.String() + " " + strconv.Itoa(block+1)
}

// remember takes what the reader put on the cable; the place stays.
func (r *reader) remember(m map[int]mine) {
	if len(m) == 0 && len(r.mine) == 0 {
		return
	}
	at, banner := r.anchor(), r.cur
	r.mine = m
	r.unwrap()
	r.turnTo(at)
	r.cur = banner
	r.settle()
}

// layMine draws what the reader put on an item, below its text.
func (r *reader) layMine(it *item) {
	it.mine = nil
	m, ok := r.mine[it.block]
	switch {
	case !ok, it.kind != itemHead && it.kind != itemBlock:
		return
	case it.kind == itemHead:
		it.mine = m.draw(r.st, 1, r.textWidth(it)-1)
	default:
		it.mine = m.draw(r.st, max(0, r.sides.width()-2), r.textWidth(it))
	}
	last := it.rows[len(it.rows)-1]
	for range it.mine {
		it.rows = append(it.rows, row{last.line, last.to, last.to, 0})
	}
}

// ownRow says which of the rows of the reader's own row n of an item is.
func (it *item) ownRow(n int) (k int, ok bool) {
	k = n - (len(it.rows) - len(it.mine))
	return k, k >= 0
}

// drawMine draws row k of what the reader put on an item, in w cells.
func drawMine(it *item, k, w int) string {
	s := it.mine[k]
	if n := ansi.StringWidth(s); n <= w {
		return s + blanks(w-n)
	}
	return ansi.Truncate(s, w, "")
}

// ownMargin is the margin that the longest of the names needs.
const ownMargin = len("your note ")

// draw writes it into rows: a margin, in which the names stand if there is
// room, the bar, and w cells of text.
func (m mine) draw(st *styles, margin, w int) []string {
	var out []string
	bar := st.draw(themes.Field, st.glyph("║", "|")) + " "
	add := func(name string, lines func(w int) []string) {
		if margin >= ownMargin {
			for i, l := range lines(w) {
				before := blanks(margin)
				if i == 0 {
					before = blanks(margin-len(name)-1) + st.draw(themes.Field, name) + " "
				}
				out = append(out, before+bar+l)
			}
			return
		}
		out = append(out, blanks(margin)+bar+st.draw(themes.Field, name+":"))
		if ls := lines(w); len(ls) == 1 && len(name)+2+ansi.StringWidth(ls[0]) <= w {
			out[len(out)-1] += " " + ls[0]
		} else {
			for _, l := range ls {
				out = append(out, blanks(margin)+bar+l)
			}
		}
	}
	w = max(1, w)
	if len(m.labels) > 0 {
		add("labels", func(w int) []string { return plainRows(st, safe.Line(strings.Join(m.labels, ", ")), w) })
	}
	for _, p := range m.pins {
		add("pinned", func(w int) []string { return plainRows(st, safe.Line(p), w) })
	}
	for _, n := range m.notes {
		add("your note", func(w int) []string { return noteRows(st, n, w) })
	}
	return out
}

// plainRows wraps a line of the program's words.
func plainRows(st *styles, text string, w int) []string {
	var out []string
	for _, c := range wrap(nil, text, w, w) {
		out = append(out, st.draw(themes.Value, text[c.from:c.to]))
	}
	return out
}

// The Markdown renderer decodes entities into controls and drops what looks
// like HTML. A note holds neither for it: their signs stand as two characters
// of private use, which the gate lets through nowhere.
const (
	noAmpersand = "\ue000"
	noLess      = "\ue001"
)

// noteRows draws a note of the reader's, which is Markdown, in w cells. It may
// have been pasted from anywhere, so it passes the gate like all foreign text.
func noteRows(st *styles, text string, w int) []string {
	text = strings.NewReplacer("&", noAmpersand, "<", noLess).Replace(safe.Text(text))
	back := strings.NewReplacer(noAmpersand, "&", noLess, "<")
	lines := renderWith(text, noteStyle(st), w)
	for i, l := range lines {
		l = onlyStyle(back.Replace(l))
		lines[i] = ansi.Truncate(l, width(strings.TrimRight(ansi.Strip(l), " ")), "")
	}
	return lines
}

// onlyStyle drops every control sequence that is not one of style: the
// renderer may make links of addresses.
func onlyStyle(s string) string {
	if !strings.Contains(s, "\x1b") {
		return s
	}
	var b strings.Builder
	for s != "" {
		i := strings.IndexByte(s, 0x1b)
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		seq, _, n, _ := ansi.DecodeSequence(s[i:], ansi.NormalState, nil)
		if strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "m") {
			b.WriteString(seq)
		}
		s = s[i+max(1, n):]
	}
	return b.String()
}
