package ui

// move goes down n rows (up when negative) and says whether the cursor moved
// or will. What lies beyond the window is owed until more rows are here.
func (l *list) move(n int) bool {
	height := l.height()
	n = l.step(n)
	l.stand(l.turned(height + n))
	return n != 0
}

// roll is move for the wheel: the rows go by as smoothly as it turns.
func (l *list) roll(n int) {
	height := l.height()
	l.stand(height + l.step(n))
}

// page moves by half screens and keeps the cursor at its height where it can.
func (l *list) page(halves int) bool {
	height := l.height()
	n := l.step(halves * max(1, l.body()/2))
	l.stand(height)
	return n != 0
}

// pay goes the rows that are owed, as far as they are here now. The cursor comes
// to the height at which it would stand had they been here at once: what ran the
// debt up, a line, a page or the wheel, has settled that already.
func (l *list) pay() {
	owed, high := l.owed, l.high
	if owed == 0 {
		return
	}
	l.owed = 0
	l.step(owed)
	l.stand(high)
}

// step moves the cursor, but not the rows in view, and says how far it goes,
// what is owed of that included.
func (l *list) step(n int) int {
	if len(l.rows) == 0 {
		return 0
	}
	from := l.rank() + l.owed
	to := min(max(from+n, 0), max(l.total-1, 0))
	was, ahead := l.cur, to-l.rank()
	l.touched = true
	l.cur = min(max(was+ahead, 0), len(l.rows)-1)
	l.owed = ahead - (l.cur - was)
	if l.picks.ranging && l.cur != was {
		l.forget() // the rows between are selected too, or no more
	}
	return to - from
}

// height is how many of the rows in view are above the cursor, or will be when
// it has gone the rows that are owed.
func (l *list) height() int {
	if l.owed != 0 {
		return l.high
	}
	return l.cur - l.top
}

// stand puts the cursor at a height, or as near to it as there are rows for.
// While rows are owed it waits at the end of those that are here.
func (l *list) stand(height int) {
	l.high = min(max(height, 0), l.body()-1)
	l.top = l.cur - l.high
	l.keepInView()
}

// turned is the height to which a cursor comes that a line has taken to this one.
// Where it has left the rows in view and the list has the width of the screen,
// these follow by as little as it takes: a terminal can move rows that are as
// wide as itself. It cannot move a part of them, and where another pane stands
// beside the list each of its rows has to be sent again: there the cursor comes
// to the middle, so that half of the rows stay to go by, and the next rows are
// had for the price of one.
func (l *list) turned(height int) int {
	if n := l.body(); l.beside && (height < 0 || height >= n) {
		return n / 2
	}
	return height
}

// keepInView moves the uppermost row so that the cursor is drawn and no room
// is left empty that rows could fill.
func (l *list) keepInView() {
	n := l.body()
	l.top = min(l.top, l.cur)
	l.top = max(l.top, l.cur-n+1)
	l.top = min(l.top, max(0, len(l.rows)-n))
	l.top = max(l.top, 0)
}
