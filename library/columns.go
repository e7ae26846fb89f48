package library

import (
	"strings"

	"chancery/model"
)

// many is a column of which a cable may have several values, as numbers.
type many struct {
	ends []uint32 // of each row, in vals
	vals []uint32
}

func (m *many) of(row int) []uint32 {
	from := uint32(0)
	if row > 0 {
		from = m.ends[row-1]
	}
	return m.vals[from:m.ends[row]]
}

func (m *many) close() { m.ends = append(m.ends, uint32(len(m.vals))) }

// columns is what queries ask of every cable, in memory: about 200 bytes a
// cable. Rows are only added; a copy of the struct is a view that never changes.
type columns struct {
	names   names // of all but ids
	cites   names // ids, as cite holds them
	origin  many
	to      many
	info    many
	country many
	tag     many
	caveat  many
	cite    many // ids; one that gave no year has unsureYear before it
	block   blockMarks
	by      []uint32
	sign    []uint32
	marks   marks
}

// unsureYear stands before the id of a citation that gave no year.
const unsureYear = "?"

// marks numbers markings; number 0 is the marking that is not known.
type marks struct {
	list []model.Marking
	ids  map[string]uint32
}

func (m *marks) id(k model.Marking) uint32 {
	if m.ids == nil {
		m.list, m.ids = []model.Marking{{}}, map[string]uint32{markKey(model.Marking{}): 0}
	}
	key := markKey(k)
	if id, ok := m.ids[key]; ok {
		return id
	}
	id := uint32(len(m.list))
	m.list = append(m.list, markOfKey(key)) // whose words are no slices of a text
	m.ids[key] = id
	return id
}

// markKey writes a marking so that it can be read back: no control holds the
// separator.
func markKey(m model.Marking) string {
	if len(m.Controls) == 0 {
		return string('0' + byte(m.Level))
	}
	return string('0'+byte(m.Level)) + "\x1f" + strings.Join(m.Controls, "\x1f")
}

func markOfKey(s string) model.Marking {
	if s == "" || s[0] < '0' || s[0] > '0'+byte(model.TopSecret) {
		return model.Marking{}
	}
	m := model.Marking{Level: model.Level(s[0] - '0')}
	if len(s) > 2 {
		m.Controls = strings.Split(s[2:], "\x1f")
	}
	return m
}

// add appends the facts of the next row.
func (c *columns) add(f *facts) {
	c.each(&c.origin, f.origin)
	c.each(&c.to, f.to)
	c.each(&c.info, f.info)
	c.each(&c.country, f.country)
	c.each(&c.tag, f.tag)
	c.each(&c.caveat, f.caveat)
	for _, r := range f.cite {
		id := r.id
		if r.inferred {
			id = unsureYear + id
		}
		c.cite.vals = append(c.cite.vals, c.cites.id(id))
	}
	c.cite.close()
	for _, m := range f.marks {
		c.block.add(c.marks.id(m))
	}
	c.block.close()
	c.by = append(c.by, c.names.id(f.by))
	c.sign = append(c.sign, c.names.id(f.sign))
}

func (c *columns) each(m *many, ss []string) {
	for _, s := range ss {
		m.vals = append(m.vals, c.names.id(s))
	}
	m.close()
}

// skip appends an empty row, for a number that no cable has.
func (c *columns) skip() { c.add(&facts{}) }
