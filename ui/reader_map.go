package ui

import (
	"sort"

	"chancery/themes"
)

// The scroll gutter is the last column of the pane. It is there while
// something is found: a dotted line for the part of the text in view, and a mark
// wherever a match stands in the whole of it. Where all of the text is in view
// the marks stand beside their rows.

// mapLeast is the width from which there is a column to spare.
const mapLeast = 40

// makeRoom gives the rows one cell less while there is a scroll gutter.
func (r *reader) makeRoom() {
	mapped := len(r.hits) > 0 && r.w >= mapLeast && r.body() >= 3
	if mapped == r.mapped {
		return
	}
	r.mapped = mapped
	for i := range r.items {
		r.items[i].drawn = nil
	}
}

// drawMap draws the scroll gutter.
func (r *reader) drawMap() {
	r.gutter = r.gutter[:0]
	if !r.mapped || len(r.frame) == 0 {
		return
	}
	h := r.body()
	marks := make([]themes.Role, h)
	from, to := 0, 0 // rows of the line
	if r.first == r.start() && r.atEnd() {
		for y, f := range r.frame {
			if !f.blank {
				marks[y] = r.hitRole(f.spot)
			}
		}
	} else {
		last := r.frame[len(r.frame)-1]
		from, to = r.mapRow(r.first, h), r.mapRow(last.spot, h)+1
		for n, k := range r.hits {
			it := &r.items[k.item]
			y := r.mapAt(it.before+it.bytes*k.from/max(1, len(it.flow.text)), h)
			if marks[y] == "" || n == r.hit {
				marks[y] = themes.Match
			}
			if n == r.hit {
				marks[y] = themes.MatchNow
			}
		}
	}
	for y := range h {
		switch {
		case marks[y] != "":
			r.gutter = append(r.gutter, r.st.draw(marks[y], r.st.glyph("━", "=")))
		case y >= from && y < to:
			r.gutter = append(r.gutter, r.st.draw(themes.Dim, r.st.glyph("┆", ":")))
		default:
			r.gutter = append(r.gutter, r.st.draw(themes.Text, " "))
		}
	}
}

// mapAt is the row of the gutter for a byte of the text.
func (r *reader) mapAt(at, h int) int {
	last := &r.items[len(r.items)-1]
	return min(max(at*h/max(1, last.before+last.bytes), 0), h-1)
}

// mapRow is the row of the gutter for a row of the text.
func (r *reader) mapRow(s spot, h int) int {
	it := &r.items[s.item]
	return r.mapAt(it.before+it.bytes*s.row/max(1, len(it.rows)), h)
}

// hitRole is the role of the match in a row, "" when there is none.
func (r *reader) hitRole(s spot) themes.Role {
	at := r.items[s.item].rows[s.row]
	n := sort.Search(len(r.hits), func(n int) bool {
		h := r.hits[n]
		return h.item > s.item || h.item == s.item && h.to > at.from
	})
	role := themes.Role("")
	for ; n < len(r.hits) && r.hits[n].item == s.item && r.hits[n].from < at.to; n++ {
		if role = themes.Match; n == r.hit {
			return themes.MatchNow
		}
	}
	return role
}
