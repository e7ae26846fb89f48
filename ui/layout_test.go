package ui

import (
	"strings"
	"testing"
)

// drawing draws an arrangement: one letter for four columns and one line for
// two rows, so that a person can see it.
func drawing(w, h int, o openness) string {
	a := arrange(w, h, o)
	var b strings.Builder
	for y := 0; y < h; y += 2 {
		for x := 0; x < w; x += 4 {
			b.WriteByte(a.letter(x, y))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (a arrangement) letter(x, y int) byte {
	switch y {
	case a.header:
		return 'H'
	case a.upper, a.lower:
		return '-'
	case a.status:
		return 'S'
	case a.footing:
		return 'F'
	}
	if p, ok := a.under(x, y); ok {
		return "lrsw"[p]
	}
	return '|'
}

func TestArrangementDrawn(t *testing.T) {
	list := openness{focus: listPane, main: listPane, beside: true}
	reading := openness{focus: readerPane, main: readerPane, beside: true}
	side := func(o openness) openness { o.side = true; return o }
	tests := []struct {
		name string
		w, h int
		o    openness
		want string
	}{
		{"the smallest usable screen", 40, 10, list, `
HHHHHHHHHH
llllllllll
llllllllll
llllllllll
llllllllll
`},
		{"one pane", 80, 18, reading, `
HHHHHHHHHHHHHHHHHHHH
rrrrrrrrrrrrrrrrrrrr
rrrrrrrrrrrrrrrrrrrr
rrrrrrrrrrrrrrrrrrrr
rrrrrrrrrrrrrrrrrrrr
rrrrrrrrrrrrrrrrrrrr
rrrrrrrrrrrrrrrrrrrr
rrrrrrrrrrrrrrrrrrrr
SSSSSSSSSSSSSSSSSSSS
`},
		{"two panes", 120, 14, list, `
HHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
lllllllllllllrrrrrrrrrrrrrrrrr
lllllllllllllrrrrrrrrrrrrrrrrr
lllllllllllllrrrrrrrrrrrrrrrrr
lllllllllllllrrrrrrrrrrrrrrrrr
lllllllllllllrrrrrrrrrrrrrrrrr
SSSSSSSSSSSSSSSSSSSSSSSSSSSSSS
`},
		{"two panes, the details beside the reader", 120, 8, side(reading), `
HHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
rrrrrrrrrrrrrrrrrrrrssssssssss
rrrrrrrrrrrrrrrrrrrrssssssssss
rrrrrrrrrrrrrrrrrrrrssssssssss
`},
		{"two panes, the details beside the list", 120, 8, side(list), `
HHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
llllllllllllllllllllssssssssss
llllllllllllllllllllssssssssss
llllllllllllllllllllssssssssss
`},
		{"three panes", 200, 8, side(reading), `
HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
lllllllllllllllllrrrrrrrrrrrrrrrrrrrrrrsssssssssss
lllllllllllllllllrrrrrrrrrrrrrrrrrrrrrrsssssssssss
lllllllllllllllllrrrrrrrrrrrrrrrrrrrrrrsssssssssss
`},
		{"the list alone", 120, 6, openness{focus: listPane, main: listPane}, `
HHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
llllllllllllllllllllllllllllll
llllllllllllllllllllllllllllll
`},
		{"the reader with the whole screen", 200, 6, openness{focus: readerPane, main: readerPane, beside: true, side: true, zoom: zoomFull}, `
HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr
rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr
`},
		{"the list with half of it", 200, 6, openness{focus: listPane, main: listPane, beside: true, side: true, zoom: zoomHalf}, `
HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH
lllllllllllllllllllllllllrrrrrrrrrrrrrssssssssssss
lllllllllllllllllllllllllrrrrrrrrrrrrrssssssssssss
`},
		{"hardly a screen", 8, 2, list, `
ll
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := "\n" + drawing(tt.w, tt.h, tt.o); got != tt.want {
				t.Errorf("drawn:%s", got)
			}
		})
	}
}

// Whatever the size and whatever is open, the panes lie side by side with one
// column between them, fill the body, and the pane in focus is shown.
func TestArrangementTiles(t *testing.T) {
	for w := 1; w <= 250; w++ {
		for _, h := range []int{1, 2, 3, 5, 6, 11, 12, 15, 16, 24, 70} {
			for _, o := range allOpenness() {
				a := arrange(w, h, o)
				x := 0
				for i, p := range a.order {
					r := a.panes[p]
					if r.x != x || r.w < 1 || r.h < 1 || r.y != a.body.y || r.h != a.body.h {
						t.Fatalf("%dx%d %+v: pane %d is at %+v, expected column %d", w, h, o, i, r, x)
					}
					x += r.w + 1
				}
				if x-1 != w {
					t.Fatalf("%dx%d %+v: the panes end at %d", w, h, o, x-1)
				}
				if !a.shows(o.focus) {
					t.Fatalf("%dx%d %+v: the pane in focus is not shown", w, h, o)
				}
				if a.shows(readerPane) && len(a.order) == 3 && o.zoom == zoomNormal && a.panes[readerPane].w > readerLimit {
					t.Fatalf("%dx%d: the reader is %d wide", w, h, a.panes[readerPane].w)
				}
			}
		}
	}
}

// The post is dropped before a subject has too little room, and a marking with
// a caveat is whole in the narrowest list that has columns.
func TestColumnsOfTheList(t *testing.T) {
	for _, tt := range []struct {
		w    int
		want listColumns
	}{
		{40, listColumns{gap: 2, date: 10, code: 6, about: 20}},
		{45, listColumns{gap: 2, date: 10, code: 6, about: 25}},
		{50, listColumns{gap: 2, date: 10, code: 6, from: 9, about: 20}},
		{64, listColumns{gap: 2, date: 10, code: 8, from: 12, about: 29}},
		{80, listColumns{gap: 3, date: 10, code: 8, from: 14, about: 42}},
	} {
		if got := columnsFor(tt.w); got != tt.want {
			t.Errorf("%d columns: %+v, want %+v", tt.w, got, tt.want)
		}
	}
}

// allOpenness lists what can be open at once, as relayout leaves it: the
// sidebar has the focus only where it is open or alone.
func allOpenness() []openness {
	var out []openness
	for _, z := range []zoom{zoomNormal, zoomHalf, zoomFull} {
		for _, beside := range []bool{true, false} {
			for _, side := range []bool{true, false} {
				for _, main := range []pane{listPane, readerPane} {
					out = append(out, openness{main, main, side, beside, z, false})
					if side {
						out = append(out, openness{sidePane, main, side, beside, z, false})
					}
				}
			}
		}
	}
	return out
}
