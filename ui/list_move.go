package ui

// move goes down n rows (up when negative) and says whether the cursor moved
// or will. What lies beyond the window is owed until more rows are here.
func (l *list) move(n int) bool {
	ok := l.step(n)
	l.turn()
	return ok
}

// roll is move for the wheel: the rows go by as smoothly as it turns.
func (l *list) roll(n int) {
	l.step(n)
	l.keepInView()
}

// step is move, but for the rows in view.
func (l *list) step(n int) bool {
	if len(l.rows) == 0 {
		return false
	}
	to := min(max(l.rank()+l.owed+n, 0), max(l.total-1, 0))
	n = to - l.rank()
	was, owed := l.cur, l.owed
	l.touched = true
	l.cur = min(max(l.cur+n, 0), len(l.rows)-1)
	l.owed = n - (l.cur - was)
	if l.picks.ranging && l.cur != was {
		l.forget() // the rows between are selected too, or no more
	}
	return l.cur != was || l.owed != owed
}

// page moves by half screens and keeps the cursor at its height where it can.
func (l *list) page(halves int) bool {
	n := halves * max(1, l.body()/2)
	was := l.cur
	ok := l.step(n)
	l.top += l.cur - was
	l.keepInView()
	return ok
}

// turn brings a cursor that has left the rows in view back among them. Where
// the list has the width of the screen, by as little as that takes: a terminal
// can move rows that are as wide as itself. It cannot move a part of them, and
// where another pane stands beside the list each of its rows has to be sent
// again: there the cursor comes to the middle, so that half of the rows stay to
// go by, and the next rows are had for the price of one.
func (l *list) turn() {
	n := l.body()
	if l.beside && (l.cur < l.top || l.cur >= l.top+n) {
		l.top = l.cur - n/2
	}
	l.keepInView()
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
