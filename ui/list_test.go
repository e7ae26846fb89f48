package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"chancery/model"
	"chancery/themes"
)

// plainStyles are the styles of a screen without colour.
func plainStyles(t testing.TB) *styles {
	t.Helper()
	th, err := themes.Load("mono", nil)
	if err != nil {
		t.Fatal(err)
	}
	return newStyles(th, false, true)
}

// listOf makes a list that has asked for its first rows, and a function that
// answers whatever it asks next.
func listOf(t testing.TB, lib Library, w, h int) (l *list, answer func()) {
	t.Helper()
	l = newList(plainStyles(t))
	l.resize(w, h)
	ask := func(q listAsk) { l.take(listFrom(context.Background(), lib, q)()) }
	ask(l.again())
	return l, func() {
		for range 1000 {
			q, ok := l.more()
			if !ok {
				return
			}
			ask(q)
		}
		t.Fatal("the list never stops asking")
	}
}

func TestListMovesByKeyThroughAll(t *testing.T) {
	l, answer := listOf(t, newFake(made(5000)), 80, 20)
	for _, step := range []struct{ by, rank int }{
		{1, 1},
		{299, 300},
		{1000, 1300},    // beyond what is held: owed until it is here
		{-1299, 1},      // and back
		{-50, 0},        // not above the first
		{100000, 4999},  // not below the last
		{-4999, 0},      // the whole way
		{2500, 2500},    // into the middle
		{-1, 2499},      //
		{1 << 40, 4999}, // a count no list has
	} {
		l.move(step.by)
		answer()
		if l.rank() != step.rank || l.owed != 0 {
			t.Fatalf("after %+d the cursor is on row %d, owing %d; expected %d", step.by, l.rank(), l.owed, step.rank)
		}
		r, _ := l.current()
		if want := model.Key(step.rank + 1); r.key != want {
			t.Fatalf("row %d is cable %d, expected %d", l.rank(), r.key, want)
		}
		if len(l.rows) > 2*windowRows+windowMost {
			t.Fatalf("%d rows are held", len(l.rows))
		}
	}
}

func TestListEndsAndJumps(t *testing.T) {
	lib := newFake(made(5000))
	l, answer := listOf(t, lib, 80, 20)
	take := func(q listAsk) { l.take(listFrom(context.Background(), lib, q)()); answer() }
	take(l.ends(lastEdge))
	if l.rank() != 4999 || !strings.Contains(ansi.Strip(l.view(true)[19]), "> ") {
		t.Errorf("the last row is %d, and not at the foot:\n%s", l.rank(), strings.Join(l.view(true), "\n"))
	}
	take(l.around(1234))
	if r, _ := l.current(); r.key != 1234 || l.rank() != 1233 {
		t.Errorf("went to cable %d at %d", r.key, l.rank())
	}
	take(l.ends(firstEdge))
	if l.rank() != 0 {
		t.Errorf("the first row is %d", l.rank())
	}
	l.move(10)
	l.order, l.reverse = model.BySubject, true
	take(l.again())
	if r, _ := l.current(); r.key != 11 {
		t.Errorf("another order moved the cursor from cable 11 to %d", r.key)
	}
}

// While a collection is read the list fills: a list nobody has moved in stays
// at its top, any other stays on its cable, on the same line of the screen.
func TestListFillsWithoutJumping(t *testing.T) {
	all := made(200)
	lib := newFake(all[100:])
	l, _ := listOf(t, lib, 80, 20)
	ask := func() { l.take(listFrom(context.Background(), lib, l.again())()) }
	lib.grow(false, all[90:100]...)
	ask()
	if r, _ := l.current(); l.rank() != 0 || r.key != 91 {
		t.Fatalf("untouched, the cursor is on row %d, cable %d", l.rank(), r.key)
	}
	l.move(5)
	before, _ := l.current()
	line := l.cur - l.top
	lib.grow(true, all[:90]...)
	ask()
	after, _ := l.current()
	if after.key != before.key || l.cur-l.top != line || l.rank() != 95 {
		t.Fatalf("the cursor went from cable %d line %d to cable %d line %d, row %d", before.key, line, after.key, l.cur-l.top, l.rank())
	}
}

func TestLateListAnswerIsDropped(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(400))), 80, 24)
		late := listFrom(a.ctx, a.o.Library, a.list.around(300))()
		give(a, listFrom(a.ctx, a.o.Library, a.list.ends(lastEdge))())
		give(a, late)
		if a.list.rank() != 399 {
			t.Errorf("a late answer moved the cursor to row %d", a.list.rank())
		}
	})
}

// Every width gives every row its exact size, and the marking is there even
// where nothing else has room.
func TestListColumns(t *testing.T) {
	es := made(5)
	es[1].From, es[1].Subject, es[1].Path = "", "", "a folder/日本語のファイル名がとても長い.txt"
	es[2].Subject = "SUJET À L'ÉTRANGER: 会談 \x1b[2J\u202e"
	es[3].Date, es[3].Copy = time.Time{}, true
	for w := 1; w <= 250; w++ {
		l, _ := listOf(t, newFake(es), w, 8)
		for i, line := range l.view(true) {
			if n := ansi.StringWidth(line); n != w {
				t.Fatalf("width %d: line %d is %d wide: %q", w, i, n, line)
			}
			if strings.Contains(ansi.Strip(line), "\x1b") || strings.Contains(line, "\u202e") {
				t.Fatalf("width %d: a control of the document came through: %q", w, line)
			}
		}
		if first := ansi.Strip(l.view(true)[1]); w >= 6 && !strings.Contains(first, "S/NF") {
			t.Fatalf("width %d: the marking is gone: %q", w, first)
		}
	}
}

func TestListRowsSayWhatIsMissing(t *testing.T) {
	es := made(4)
	es[0].From, es[0].Subject, es[0].Path = "", "", "folder/x.txt"
	es[1].Mark = model.Marking{}
	es[2].Copy = true
	es[3].Date = time.Time{}
	l, _ := listOf(t, newFake(es), 100, 10)
	for i, want := range []string{"> ", "(unknown)", "(no subject) x.txt", " ?  ", "(copy) ", "no date"} {
		if all := strings.Join(l.view(true), "\n"); !strings.Contains(ansi.Strip(all), want) {
			t.Errorf("%d: the list does not show %q:\n%s", i, want, all)
		}
	}
}

func TestListHeadingIsClickedToSort(t *testing.T) {
	l, _ := listOf(t, newFake(made(9)), 100, 10)
	head := ansi.Strip(l.view(true)[0])
	for name, want := range map[string]model.Order{"Date": model.ByDate, "Mark": model.ByMark, "From": model.ByFrom, "Subject": model.BySubject} {
		if got, _ := l.click(strings.Index(head, name), 0); got != want {
			t.Errorf("a click on %s sorts by %q", name, got)
		}
	}
	if _, moved := l.click(5, 4); !moved || l.rank() != 3 {
		t.Errorf("a click on the fourth row selects row %d", l.rank())
	}
	if _, moved := l.click(5, 9); !moved || l.rank() != 8 {
		t.Errorf("a click on the last row selects row %d", l.rank())
	}
}

// big is a screen on as many cables as ever were in one collection.
func big(t testing.TB, w, h int) *App {
	t.Helper()
	a := still(t, optionsFor(newFake(made(250_000))), w, h)
	if a.list.total != 250_000 {
		t.Fatalf("the list has %d rows", a.list.total)
	}
	return a
}

// A key on the list draws two rows and nothing of the other panes, however
// long the list is.
func TestKeyOnLongListDrawsLittle(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := big(t, 200, 50)
		give(a, keyMsg("j"))
		reader, side, lists := a.slots[readerPane].draws, a.slots[sidePane].draws, a.slots[listPane].draws
		asked := a.o.Library.(*fakeLibrary).asked
		for range 20 {
			a.Update(keyMsg("j"))
		}
		if n := a.slots[listPane].draws - lists; n != 20 {
			t.Errorf("20 keys drew the list %d times", n)
		}
		if n := a.slots[readerPane].draws - reader + a.slots[sidePane].draws - side; n != 0 {
			t.Errorf("20 keys on the list drew the other panes %d times", n)
		}
		if n := a.o.Library.(*fakeLibrary).asked - asked; n != 0 {
			t.Errorf("20 keys asked the library %d times", n)
		}
		before := a.frame.joins
		a.Update(listenMsg{}) // a message that changes nothing on the screen
		if a.frame.joins != before {
			t.Error("a message that changes nothing put the frame together again")
		}
	})
}

// On a terminal that does not tell its background a key has those rows painted
// that it changes: two of the list and the status line.
func TestKeyPaintsOnlyChangedRows(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := big(t, 200, 50)
		give(a, keyMsg("j"))
		if !strings.Contains(a.View().Content, "48;5;234m") {
			t.Fatal("no ground is painted")
		}
		before := a.frame.ground.paints
		for range 20 {
			a.Update(keyMsg("j"))
		}
		if n := a.frame.ground.paints - before; n > 60 {
			t.Errorf("20 keys had %d rows painted", n)
		}
	})
}

func TestKeyOnLongListAllocatesLittle(t *testing.T) {
	calmly(t, func(t *testing.T) {
		if testing.Short() {
			t.Skip("short runs go under the race detector, which allocates for itself")
		}
		a := big(t, 200, 50)
		keys := []string{"j", "k"}
		i := 0
		n := testing.AllocsPerRun(200, func() {
			a.Update(keyMsg(keys[i%2]))
			_ = a.View()
			i++
		})
		if n > 130 {
			t.Errorf("a key allocates %.0f times", n)
		}
	})
}

func BenchmarkListKey250k(b *testing.B) {
	a := big(b, 200, 50)
	keys := []string{"j", "j", "j", "k", "k", "k"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		a.Update(keyMsg(keys[i%len(keys)]))
		_ = a.View()
	}
}

func BenchmarkFrame200x50(b *testing.B) {
	a := big(b, 200, 50)
	b.ReportAllocs()
	for b.Loop() {
		a.stale()
		a.draw()
		_ = a.View()
	}
}

func BenchmarkViewUnchanged(b *testing.B) {
	a := big(b, 200, 50)
	b.ReportAllocs()
	for b.Loop() {
		_ = a.View()
	}
}

func BenchmarkReaderKey(b *testing.B) {
	a := big(b, 200, 50)
	give(a, keyMsg("enter"))
	keys := []string{"}", "{"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		a.Update(keyMsg(keys[i%2]))
		_ = a.View()
	}
}
