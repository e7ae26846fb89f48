package ui

import (
	"context"
	"testing"
)

// Going over the edge of the rows in view moves them by one where the list is as
// wide as the screen. Where a pane stands beside it the cursor comes to the
// middle, and what half of the rows was there before is still there; the wheel
// moves the rows smoothly, and a page keeps the cursor at its height.
func TestListTurnsAtItsEdge(t *testing.T) {
	for _, at := range []struct {
		beside bool
		top    map[string]int // the uppermost row after each
	}{
		{false, map[string]int{"down": 11, "up": 9, "the wheel": 12, "a page": 32}},
		{true, map[string]int{"down": 20, "up": 0, "the wheel": 3, "a page": 23}},
	} {
		l, _ := listOf(t, newFake(made(300)), 80, 21)
		l.beside = at.beside
		sees := func(what string, cur, top int) {
			t.Helper()
			if l.cur != cur || l.top != top {
				t.Errorf("beside %v, %s: the cursor is on row %d and the uppermost is %d, expected %d and %d", at.beside, what, l.cur, l.top, cur, top)
			}
		}
		l.cur, l.top = 29, 10
		l.move(1) // over the foot
		sees("down", 30, at.top["down"])
		l.cur, l.top = 10, 10
		l.move(-1) // over the head
		sees("up", 9, at.top["up"])
		foot := at.top["up"] + 19
		l.cur = foot
		l.roll(3)
		sees("the wheel", foot+3, at.top["the wheel"])
		l.page(2)
		sees("a page", foot+23, at.top["a page"])
		l.move(-1000)
		sees("to the top", 0, 0)
		l.move(1000)
		sees("to the end", 299, 280)
	}
}

// Rows that come late bring the list to where it would stand had they been here
// at once: the wheel and a page do not turn it, a line over the edge does.
func TestListTurnsAsWellWhenRowsAreLate(t *testing.T) {
	wheel := func(n int) func(l *list) { return func(l *list) { l.roll(n) } }
	page := func(n int) func(l *list) { return func(l *list) { l.page(n) } }
	lib := newFake(made(20_000))
	line := func(n int) func(l *list) { return func(l *list) { l.move(n) } }
	for _, at := range []struct {
		name   string
		row    int // of the window, where it begins
		keys   []func(l *list)
		height int // of the cursor in the end
		by     int // rows that it went
	}{
		{"the wheel down", 599, []func(l *list){wheel(3), wheel(3), wheel(3), wheel(3)}, 19, 12},
		{"the wheel up", 0, []func(l *list){wheel(-3), wheel(-3), wheel(-3), wheel(-3)}, 0, -12},
		{"a page down", 599, []func(l *list){page(2)}, 19, 20},
		{"a page up", 0, []func(l *list){page(-2)}, 0, -20},
		{"a page down over the last row here", 593, []func(l *list){page(2)}, 13, 20},
		{"two pages up over the first row here", 5, []func(l *list){page(-2), page(-2)}, 5, -40},
		{"more pages than one answer brings", 593, []func(l *list){page(600)}, 13, 6000},
		{"a line down", 599, []func(l *list){line(1)}, 10, 1},
		{"two lines up", 0, []func(l *list){line(-1), line(-1)}, 9, -2},
		{"a line down and a page", 599, []func(l *list){line(1), page(2)}, 10, 21},
		{"a page down and lines", 593, []func(l *list){page(2), line(3), line(-1)}, 15, 22},
		{"a page down and back", 593, []func(l *list){page(2), page(-2)}, 13, 0},
	} {
		l, answer := listOf(t, lib, 80, 21)
		l.beside = true
		l.take(listFrom(context.Background(), lib, l.around(10_000))())
		l.move(at.row - l.cur)
		was := l.rank()
		for _, key := range at.keys {
			key(l)
		}
		answer()
		if by := l.rank() - was; by != at.by || l.cur-l.top != at.height || l.owed != 0 {
			t.Errorf("%s: the cursor went %d rows and is at height %d, owing %d; expected %d and %d", at.name, by, l.cur-l.top, l.owed, at.by, at.height)
		}
	}
}

// A list that is not shown has no pane beside it: it goes on row by row under
// the reader, and comes back with the cursor where it left the rows in view.
func TestListBehindAnotherPaneHasNoneBesideIt(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, at := range []struct {
			name   string
			w, h   int
			before []string
			beside bool
		}{
			{"one pane, the list", 80, 24, nil, false},
			{"one pane, the reader", 80, 24, []string{"enter"}, false},
			{"two panes", 120, 35, nil, true},
			{"two panes, the reader has the screen", 120, 35, []string{"enter", "+", "+"}, false},
			{"three panes", 200, 50, nil, true},
		} {
			a := still(t, optionsFor(newFake(made(100))), at.w, at.h)
			for _, k := range at.before {
				give(a, keyMsg(k))
			}
			if a.list.beside != at.beside {
				t.Errorf("%s: a pane stands beside the list: %v", at.name, a.list.beside)
			}
		}
		a := still(t, optionsFor(newFake(made(100))), 80, 24)
		give(a, keyMsg("enter"))
		for range 20 {
			give(a, keyMsg("J"))
		}
		give(a, keyMsg("q"))
		if a.list.rank() != 20 || a.list.cur-a.list.top != a.list.body()-1 {
			t.Errorf("the list comes back on row %d with the cursor at height %d of %d", a.list.rank(), a.list.cur-a.list.top, a.list.body())
		}
	})
}
