package ui

// pane is one of the three columns of the screen, from left to right, or what
// has the room of all of them.
type pane int

const (
	listPane pane = iota
	readerPane
	sidePane
	wholePane
	paneCount
)

// The widths from which two and three panes stand side by side, and the width
// beyond which a reader gains nothing: a column of about 84 and its gutter.
// Below readerLeast it gives the list beside it no more than it must.
const (
	twoPanes    = 100
	threePanes  = 160
	readerLimit = 98
	readerLeast = 62
)

// zoom says how much of the screen the pane in focus takes.
type zoom int

const (
	zoomNormal zoom = iota
	zoomHalf
	zoomFull
)

// openness is what the reader of the program has opened; with the size it
// decides the whole layout.
type openness struct {
	focus  pane
	main   pane // the list or the reader, whichever had the focus last
	side   bool // the sidebar
	beside bool // the reader stands beside the list
	zoom   zoom
	whole  bool // a view has the room of all panes
}

// rect is a place on the screen, in cells from the upper left corner.
type rect struct{ x, y, w, h int }

// holds says whether a cell lies in the rectangle.
func (r rect) holds(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// arrangement says where everything stands. A line that has no room is -1, a
// pane that is not shown has no width.
type arrangement struct {
	w, h                                  int
	header, upper, lower, status, footing int // rows of the lines around the panes
	body                                  rect
	panes                                 [paneCount]rect
	order                                 []pane // those shown, from left to right
}

// shows says whether a pane is on the screen.
func (a arrangement) shows(p pane) bool { return a.panes[p].w > 0 && a.panes[p].h > 0 }

// spans says whether the rows of a pane are as wide as the screen.
func (a arrangement) spans(p pane) bool { return a.panes[p].w == a.w }

// under gives the pane at a cell.
func (a arrangement) under(x, y int) (pane, bool) {
	for _, p := range a.order {
		if a.panes[p].holds(x, y) {
			return p, true
		}
	}
	return 0, false
}

// columns is how many panes a width has room for.
func columns(w int) int {
	switch {
	case w >= threePanes:
		return 3
	case w >= twoPanes:
		return 2
	}
	return 1
}

// arrange lays the screen out. It is a pure function: the same size and the
// same openness always give the same rectangles.
func arrange(w, h int, o openness) arrangement {
	a := arrangement{w: w, h: h, header: -1, upper: -1, lower: -1, status: -1, footing: -1}
	if w <= 0 || h <= 0 {
		return a
	}
	top, bottom := 0, h
	if h >= 6 {
		a.header = top
		top++
	}
	if h >= 16 {
		a.upper = top
		top++
	}
	if h >= 3 {
		bottom--
		a.footing = bottom
	}
	if h >= 12 {
		bottom--
		a.status = bottom
		bottom--
		a.lower = bottom
	}
	a.body = rect{0, top, w, bottom - top}
	a.order = shown(w, o)
	x := 0
	for i, n := range widths(w, a.order, o) {
		a.panes[a.order[i]] = rect{x, top, n, bottom - top}
		x += n + 1
	}
	return a
}

// shown picks the panes for a width. With room for two, an open sidebar takes
// the place of the list or the reader, whichever had the focus less lately.
func shown(w int, o openness) []pane {
	n := columns(w)
	if o.whole {
		return []pane{wholePane}
	}
	if n == 1 || o.zoom == zoomFull {
		return []pane{o.focus}
	}
	switch {
	case o.side && (n == 2 || !o.beside):
		return []pane{o.main, sidePane}
	case o.side:
		return []pane{listPane, readerPane, sidePane}
	case o.beside:
		return []pane{listPane, readerPane}
	}
	return []pane{o.main}
}

// widths shares a width out; between two panes stands one line.
func widths(w int, ps []pane, o openness) []int {
	free := w - (len(ps) - 1)
	out := make([]int, len(ps))
	switch {
	case len(ps) == 1:
		return []int{w}
	case o.zoom == zoomHalf:
		for i, p := range ps {
			out[i] = free / 2 / (len(ps) - 1)
			if p == o.focus {
				out[i] = free - free/2
			}
		}
		out[len(out)-1] += free - sum(out)
		return out
	case len(ps) == 3:
		side := min(max(w*22/100, 34), 44)
		read := min((free-side)*58/100, readerLimit)
		return []int{free - side - read, read, side}
	case ps[1] == sidePane:
		side := min(max(w*35/100, 36), 48)
		return []int{free - side, side}
	}
	read := min(max(free*58/100, readerLeast), free*63/100, readerLimit)
	return []int{free - read, read}
}

// sum adds widths up.
func sum(ns []int) int {
	t := 0
	for _, n := range ns {
		t += n
	}
	return t
}
