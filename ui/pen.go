package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"chancery/model/safe"
	"chancery/themes"
)

// pen writes one row of a pane: text by role, counting cells. Neighbours of
// the same role share one style sequence, those with a few blanks between them
// too.
type pen struct {
	st    *styles
	out   strings.Builder
	run   []byte
	gap   int // blanks behind run whose role is not settled
	role  themes.Role
	cells int
	wide  bool // some of it is not ASCII
}

// gapMost is how many blanks may take the role of what stands around them. A
// terminal is moved over more of them where they stay as they are.
const gapMost = 8

func newPen(st *styles) *pen { return &pen{st: st} }

// put writes plain, safe text in a role.
func (p *pen) put(role themes.Role, text string) {
	if text == "" {
		return
	}
	p.cells += width(text)
	p.wide = p.wide || !ascii(text)
	if role == themes.Text && p.gap+len(text) <= gapMost && p.st.bare[p.role] && strings.Trim(text, " ") == "" {
		p.gap += len(text)
		return
	}
	p.close(role)
	if role != p.role {
		p.flush()
		p.role = role
	}
	p.run = append(p.run, text...)
}

// close settles the blanks behind a run when it is known which role follows.
func (p *pen) close(next themes.Role) {
	if p.gap == 0 {
		return
	}
	if next != p.role {
		p.flush()
		p.role = themes.Text
	}
	p.run = append(p.run, blanks(p.gap)...)
	p.gap = 0
}

// fill writes blanks in the role of plain text up to column w.
func (p *pen) fill(w int) {
	for p.cells < w {
		p.put(themes.Text, blanks(min(w-p.cells, len(manyBlanks))))
	}
}

func (p *pen) flush() {
	if len(p.run) > 0 {
		p.out.WriteString(p.st.draw(p.role, string(p.run)))
		p.run = p.run[:0]
	}
}

// row gives what was written as a row of exactly w cells, and makes the pen
// ready for the next one. Characters that join across what was put one by one
// make a row narrower or wider than its pieces: only the whole row tells.
func (p *pen) row(w int) string {
	p.fill(w)
	p.close(themes.Text)
	p.flush()
	s := p.out.String()
	if p.wide || p.cells > w {
		for n := ansi.StringWidth(s); n != w; n = ansi.StringWidth(s) {
			if n > w {
				s = ansi.Truncate(s, w, "")
				continue
			}
			s += p.st.draw(themes.Text, blanks(w-n))
		}
	}
	p.out.Reset()
	p.role, p.cells, p.wide = "", 0, false
	return s
}

const manyBlanks = "                                                                "

// blanks gives n blanks; none when n is negative.
func blanks(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(manyBlanks) {
		return manyBlanks[:n]
	}
	return strings.Repeat(" ", n)
}

// ink gives the bytes [from, to) of a text a role of their own.
type ink struct {
	from, to int
	role     themes.Role
}

// clean passes foreign text through the gate and says where escapes stand that
// are not letters of the document.
func clean(s string) (text string, escapes []ink) {
	runs := safe.Runs(s)
	switch len(runs) {
	case 0:
		return "", nil
	case 1:
		if !runs[0].Control {
			return runs[0].Text, nil
		}
	}
	var b strings.Builder
	for _, r := range runs {
		if r.Control {
			escapes = append(escapes, ink{b.Len(), b.Len() + len(r.Text), themes.Control})
		}
		b.WriteString(r.Text)
	}
	return b.String(), escapes
}
