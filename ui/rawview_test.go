package ui

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chancery/model"
)

func newTestRaw(t testing.TB, w, h int, b string) *rawView {
	v := newRawView(paneStyles(t, "mono", false, true))
	v.resize(w, h)
	v.show([]byte(b), model.Source{Path: "a/b.txt", Format: "message", Charset: "utf-8"}, 0)
	return v
}

func TestRawViewDrawsEverySize(t *testing.T) {
	if testing.Short() {
		t.Skip("drawing alone: nothing in it runs beside anything else")
	}
	v := newTestRaw(t, 5, 5, strings.Repeat("plain \x1b[31m d\xc3\xa9j\xc3\xa0 \xb6 \u5317\u4eac\r\n", 50))
	for w := 0; w <= 250; w += 1 + w/40 {
		for h := 0; h <= 70; h += 1 + h/20 {
			v.resize(w, h)
			v.scroll(h%9 - 3)
			exact(t, v.view(true), w, h)
		}
	}
}

func TestRawViewShowsEveryByte(t *testing.T) {
	v := newTestRaw(t, 80, 8, "VZCZC\r\n\xb61. \x1b[31mred\\ d\xc3\xa9\n\n\ttab\x00end")
	want := strings.Join([]string{
		" a/b.txt  message  utf-8  34 bytes, as they are",
		`     0  VZCZC\r`,
		`     7  \xb61. \x1b[31mred\\ d` + "\u00e9",
		`    25`,
		`    26  \ttab\x00end`,
	}, "\n")
	if got := drawnText(v.view(true)); got != want {
		t.Errorf("shows\n%s\nwant\n%s", got, want)
	}
	if v.scroll(1) {
		t.Error("it scrolls though all is in view")
	}
	sees(t, newTestRaw(t, 60, 5, "").view(true), "The source is empty.")
	v = newTestRaw(t, 80, 5, "a character cut short: \xe0\nnext") // the LF ends the line all the same
	sees(t, v.view(true), `cut short: \xe0`+"\n    25  next")
}

// The rows, one after the other, are all of the source; going down and going
// up find the same rows.
func TestRawViewUpIsTheWayBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("abc \n\x1bé北\u0301"))).Draw(t, "text")
		long := ""
		if rapid.Bool().Draw(t, "long") {
			long = strings.Repeat("x", stride-1) + "é"
		}
		v := &rawView{w: rapid.IntRange(1+len(long)/4000, 70).Draw(t, "w"), h: 5, b: []byte(long + text + "x")}
		var rows []int
		for at := 0; at < len(v.b); {
			rows = append(rows, at)
			if len(rows) < 50 && v.rowAt(at) != at {
				t.Fatalf("the row at %d is said to begin at %d", at, v.rowAt(at))
			}
			_, next := v.row(at, false)
			if next <= at {
				t.Fatalf("no way on from %d", at)
			}
			if len(rows) > 1 && len(rows) < 50 && v.up(at, 1) != rows[len(rows)-2] {
				t.Fatalf("above %d is %d, want %d", at, v.up(at, 1), rows[len(rows)-2])
			}
			at = next
		}
		if got := v.up(len(v.b), len(rows)); got != 0 {
			t.Fatalf("%d rows up from the end is %d", len(rows), got)
		}
	})
}

// However large the source, only what is in view is looked at.
func TestRawViewOfOneHugeLine(t *testing.T) {
	if testing.Short() {
		t.Skip("drawing alone: nothing in it runs beside anything else")
	}
	v := newRawView(paneStyles(t, "mono", false, true))
	v.resize(100, 30)
	v.show(bytes.Repeat([]byte("0123456789"), 10<<20), model.Source{Path: "huge"}, 0)
	v.bottom()
	sees(t, v.view(true), "104857")
	if got := v.position(); !strings.HasSuffix(got, "of 104,857,600  100%") {
		t.Error(got)
	}
	if v.drawn > 100 {
		t.Errorf("%d rows drawn for two screens", v.drawn)
	}
	v.page(-2)
	v.show(v.b, model.Source{}, 50_000_000)
	if v.first > 50_000_000 || v.first < 50_000_000-100 {
		t.Errorf("begins at byte %d", v.first)
	}
	if !v.top() || v.top() {
		t.Error("top")
	}
}

func BenchmarkRawViewBottomOfHugeLine(b *testing.B) {
	v := newRawView(paneStyles(b, "mono", false, true))
	v.resize(200, 50)
	v.show(bytes.Repeat([]byte("0123456789"), 10<<20), model.Source{}, 0)
	for b.Loop() {
		v.top()
		v.bottom()
	}
}
