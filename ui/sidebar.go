package ui

import (
	"time"

	"chancery/model"
	"chancery/themes"
)

// sidebar is the pane with everything the cable's header says: level and
// check, dates, routing, captions, TAGS with meanings, classification
// authority, declassification, references, signature, source and problems.
type sidebar struct {
	st    *styles
	today time.Time
	w, h  int
	c     *model.Cable
	links *model.Links // of the cable, nil while they are not known
	mine  []field      // of what the reader did with it

	open   map[string]bool // groups that are unfolded, by title; kept from cable to cable
	fields []field         // in order, group by group
	cur    int             // the field under the cursor
	first  int             // the row the pane begins at
	rows   []sideRow       // drawn
}

// field is one thing the header says.
type field struct {
	group string // title of its group
	name  string // "" where the group's title says it all
	value string // safe
	note  string // what the program adds to it, safe
	role  themes.Role
	code  string     // to look up in the glossary
	at    model.Span // the words it was read from, none when they are not known
	line  int        // their line, 0: it was read nowhere
	id    string     // canonical, where it names another cable
	term  string     // what asks for the cables that have this value too: tag:PREL
	para  int        // the block of the cable it is on, from 1; 0: of none
	more  bool       // the line that stands for the folded rest
}

// sideRow is a drawn row, but for the cell of the cursor sign.
type sideRow struct {
	field int // -1: a title or a blank row
	text  string
}

func newSidebar(st *styles, today time.Time) *sidebar {
	return &sidebar{st: st, today: today, open: make(map[string]bool)}
}

func (s *sidebar) restyle(st *styles) {
	s.st = st
	s.draw()
}

func (s *sidebar) resize(w, h int) {
	w, h = max(0, w), max(0, h)
	again := w != s.w
	s.w, s.h = w, h
	if again {
		s.draw()
	}
	s.follow()
}

// show takes another cable; the cursor stays on the same kind of field where
// there is one, so that a reader can go through cables looking at one thing.
func (s *sidebar) show(c *model.Cable) {
	s.keeping(func() {
		s.c, s.links, s.mine, s.cur, s.first = c, nil, nil, 0, 0
		s.gather()
	})
	s.draw()
	s.follow()
}

// keeping keeps the cursor on the same kind of field while the fields change.
func (s *sidebar) keeping(change func()) {
	group, nth := "", 0
	if s.cur < len(s.fields) {
		group = s.fields[s.cur].group
		for i := s.cur - 1; i >= 0 && s.fields[i].group == group; i-- {
			nth++
		}
	}
	change()
	for i, f := range s.fields {
		if group != "" && f.group == group {
			s.cur = i
			if nth == 0 {
				break
			}
			nth--
		}
	}
}

// gather reads the fields of the cable.
func (s *sidebar) gather() {
	s.fields = nil
	if s.c != nil {
		s.fields = withMine(fieldsOf(s.c, s.today, s.open, s.links), s.mine)
	}
	s.cur = max(0, min(s.cur, len(s.fields)-1))
}

// names is the width of the column of field names; 0 on a narrow pane, where
// the name stands before the value.
func (s *sidebar) names() int {
	if s.w < 44 {
		return 0
	}
	return 12
}

// draw draws all fields for the pane's width.
func (s *sidebar) draw() {
	s.rows = s.rows[:0]
	if s.w < 1 || s.c == nil {
		return
	}
	group := ""
	for i, f := range s.fields {
		if f.group != group {
			if group != "" {
				s.rows = append(s.rows, sideRow{-1, s.st.draw(themes.Text, blanks(s.w-1))})
			}
			group = f.group
			s.rows = append(s.rows, sideRow{-1, s.st.draw(themes.Heading, fit(group, s.w-1))})
		}
		s.drawField(i)
	}
}

// drawField draws one field: name, value, note; rows after the first hang.
func (s *sidebar) drawField(i int) {
	f := &s.fields[i]
	w := flowing{}
	w.line(f.role, 2)
	if n := s.names(); n > 0 && f.name != "" {
		w.f.lines[0].hang = n
		w.own(themes.Field, f.name+blanks(max(1, n-width(f.name))))
	} else if f.name != "" {
		w.own(themes.Field, f.name+": ")
	}
	w.own(f.role, f.value)
	if f.note != "" {
		if f.value != "" {
			w.own(themes.Dim, " ")
		}
		w.own(noteRole(f), f.note)
	}
	flow := w.done()
	indent := min(1, s.w-1)
	p := newPen(s.st)
	for _, at := range flow.rows(max(1, s.w-1-indent)) {
		p.fill(indent + at.indent)
		from := at.from
		for _, k := range within(flow.inks, at.from, at.to) {
			a, b := max(k.from, from), min(k.to, at.to)
			p.put(f.role, flow.text[from:a])
			p.put(k.role, flow.text[a:b])
			from = b
		}
		p.put(f.role, flow.text[from:at.to])
		s.rows = append(s.rows, sideRow{i, p.row(s.w - 1)})
	}
}

// noteRole is the role of what the program adds: a guess looks like one.
func noteRole(f *field) themes.Role {
	if f.role == themes.Guess || f.role == themes.Warning {
		return f.role
	}
	return themes.Dim
}

// view gives exactly h lines of exactly w cells. It changes nothing.
func (s *sidebar) view(focused bool) []string {
	out := make([]string, s.h)
	if s.w < 1 {
		return out
	}
	blank := s.st.draw(themes.Text, blanks(s.w))
	for i := range out {
		out[i] = blank
	}
	if s.c == nil {
		if s.h > 0 {
			out[0] = s.st.draw(themes.Dim, fit(" No cable is open.", s.w))
		}
		return out
	}
	sign := themes.SelectOff
	if focused {
		sign = themes.Select
	}
	for i := range out {
		n := s.first + i
		if n >= len(s.rows) {
			break
		}
		first := s.st.draw(themes.Text, " ")
		if r := s.rows[n]; r.field == s.cur && (n == 0 || s.rows[n-1].field != s.cur || i == 0) {
			first = s.st.draw(sign, ">")
		}
		out[i] = lead(first, s.rows[n].text)
	}
	return out
}

// span gives the rows of a field: the first, and the one behind the last.
func (s *sidebar) span(field int) (from, to int) {
	return stretchOf(s.rows, func(r sideRow) bool { return r.field == field })
}

// follow scrolls so that the field under the cursor is in view, with the title
// of its group where it is the first.
func (s *sidebar) follow() {
	if s.h < 1 {
		return
	}
	from, to := s.span(s.cur)
	if from > 0 && s.rows[from-1].field < 0 {
		from--
	}
	s.first = following(s.first, from, to, s.h, len(s.rows))
}

// move moves the cursor by fields.
func (s *sidebar) move(fields int) bool {
	cur, first := s.cur, s.first
	s.cur = max(0, min(s.cur+fields, len(s.fields)-1))
	s.follow()
	return cur != s.cur || first != s.first
}

// page moves the cursor to the field half a pane away.
func (s *sidebar) page(halves int) bool {
	if len(s.rows) == 0 {
		return false
	}
	from, _ := s.span(s.cur)
	n := max(0, min(from+halves*max(1, s.h/2), len(s.rows)-1))
	step := 1
	if halves < 0 {
		step = -1
	}
	for n > 0 && n < len(s.rows)-1 && s.rows[n].field < 0 {
		n += step
	}
	if f := s.rows[n].field; f >= 0 {
		return s.move(f - s.cur)
	}
	return s.move(-s.cur)
}

func (s *sidebar) top() bool    { return s.move(-len(s.fields)) }
func (s *sidebar) bottom() bool { return s.move(len(s.fields)) }

// section goes to the first field of the next or previous group.
func (s *sidebar) section(step int) bool {
	if len(s.fields) == 0 || step == 0 {
		return false
	}
	starts := []int{}
	at := 0
	for i, f := range s.fields {
		if i == 0 || f.group != s.fields[i-1].group {
			starts = append(starts, i)
		}
		if i == s.cur {
			at = len(starts) - 1
		}
	}
	return s.move(starts[max(0, min(at+step, len(starts)-1))] - s.cur)
}

// click puts the cursor on the field of a row, and unfolds the rest of a
// folded group.
func (s *sidebar) click(_, y int) bool {
	n := s.first + y
	if y < 0 || n >= len(s.rows) || s.rows[n].field < 0 {
		return false
	}
	s.cur = s.rows[n].field
	if s.fields[s.cur].more {
		return s.toggle()
	}
	return true
}

// toggle folds or unfolds the group under the cursor (routing).
func (s *sidebar) toggle() bool {
	if s.cur >= len(s.fields) || !foldable(s.fields[s.cur].group) {
		return false
	}
	group := s.fields[s.cur].group
	s.open[group] = !s.open[group]
	s.gather()
	for s.cur > 0 && s.fields[s.cur].group != group {
		s.cur--
	}
	s.draw()
	s.follow()
	return true
}

// field tells what the cursor is on: its name, its whole value, the code to
// look up in the glossary, and where in the text it was read (0: nowhere).
func (s *sidebar) field() (name, value, code string, line int) {
	if s.cur >= len(s.fields) {
		return "", "", "", 0
	}
	f := &s.fields[s.cur]
	if name = f.name; name == "" {
		name = f.group
	}
	return name, f.value, f.code, f.line
}

// current is the field the cursor is on; false when there is none.
func (s *sidebar) current() (field, bool) {
	if s.c == nil || s.cur >= len(s.fields) {
		return field{}, false
	}
	return s.fields[s.cur], true
}

// cursorRow is the row of the pane with the cursor sign; false when it is not
// in view.
func (s *sidebar) cursorRow() (y int, ok bool) {
	from, to := s.span(s.cur)
	if s.c == nil || from >= to || from-s.first >= s.h {
		return 0, false
	}
	return max(0, from-s.first), true
}
