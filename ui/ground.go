package ui

import "bytes"

// groundRows keeps the rows of the frame as they were put together last, and
// each with the ground under it, so that a key that changes one row has one row
// painted and not the whole frame.
type groundRows struct {
	st   *styles // what they were painted with
	rows []groundRow

	paints int // how many rows were painted, for tests
}

type groundRow struct {
	raw     []byte
	painted string
}

// under gives row y of the frame with the ground under it.
func (g *groundRows) under(st *styles, y int, raw []byte) string {
	if g.st != st {
		g.st, g.rows = st, nil
	}
	for len(g.rows) <= y {
		g.rows = append(g.rows, groundRow{})
	}
	r := &g.rows[y]
	if r.painted == "" || !bytes.Equal(r.raw, raw) {
		r.raw, r.painted = append(r.raw[:0], raw...), st.painted(string(raw))
		g.paints++
	}
	return r.painted
}
