package ui

import (
	"strings"
	"testing"

	"chancery/model"
)

func TestMovingByParagraph(t *testing.T) {
	r := newTestReader(t, 80, 24)
	if got := r.position(); !strings.HasPrefix(got, "para 1 of 7  ") {
		t.Errorf("at first %q", got)
	}
	for want := 2; want <= 7; want++ {
		if !r.paragraph(1) {
			t.Fatalf("no way to paragraph %d", want)
		}
		y, ok := r.cursorRow()
		if !ok || !strings.HasPrefix(drawnText(r.view(true)[y:y+1]), ">  "+string(rune('0'+want))) {
			t.Errorf("paragraph %d is not under the cursor:\n%s", want, drawnText(r.view(true)))
		}
	}
	if r.paragraph(1) || r.position() != "para 7 of 7  100%" && !strings.HasPrefix(r.position(), "para 7") {
		t.Errorf("behind the last one: %s", r.position())
	}
	if !r.number(3) || !strings.HasPrefix(r.position(), "para 3 ") {
		t.Errorf("number 3: %s", r.position())
	}
	if r.number(12) {
		t.Error("there is no paragraph 12")
	}
	if !r.highest(1) || !strings.HasPrefix(r.position(), "para 4 ") || r.highest(1) {
		t.Errorf("the only highest one: %s", r.position())
	}
	if m, ok := r.highestMark(); !ok || m.Code() != "S" {
		t.Errorf("highest mark %v %v", m, ok)
	}
	if !r.top() || r.top() || !strings.HasPrefix(r.position(), "para 1 ") {
		t.Errorf("top: %s", r.position())
	}
	if !r.bottom() || r.bottom() || !r.atEnd() || !strings.HasPrefix(r.position(), "para 7 of 7  100%") {
		t.Errorf("bottom: %s", r.position())
	}
}

// By lines every row of the cable comes into view, and then the cursor goes
// on to the last paragraph; and back.
func TestScrollingReachesEverything(t *testing.T) {
	whole := newTestReader(t, 80, 200)
	want := strings.Split(drawnText(whole.view(false)), "\n")
	r := newTestReader(t, 80, 12)
	seen := make(map[string]bool)
	for n := 0; n < 200; n++ {
		for _, l := range r.view(false) {
			seen[strings.TrimSpace(strings.TrimPrefix(drawnText([]string{l}), ">"))] = true
		}
		if !r.scroll(1) {
			break
		}
	}
	for _, l := range want {
		if s := strings.TrimSpace(strings.TrimPrefix(l, ">")); !seen[s] {
			t.Errorf("never seen: %q", s)
		}
	}
	if !r.atEnd() || !strings.HasPrefix(r.position(), "para 7 ") {
		t.Errorf("at the end of scrolling: %s", r.position())
	}
	for r.scroll(-1) {
	}
	sees(t, r.view(false), "PIPELINE TALKS")
	if r.cur != 0 {
		t.Errorf("the cursor stays at item %d", r.cur)
	}
}

// A paragraph that began above the pane still says what it is.
func TestResumedParagraphKeepsItsMark(t *testing.T) {
	r := newTestReader(t, 60, 12)
	r.number(2)
	for !strings.Contains(drawnText(r.view(true)[1:2]), "winter") {
		if !r.scroll(1) {
			t.Fatal("not found")
		}
	}
	sees(t, r.view(true)[1:2], ">  2 [C/NF] :")
}

func TestBulletAtTheTopKeepsItsMark(t *testing.T) {
	c := railCable()
	for i := range c.Blocks {
		if c.Blocks[i].Kind == model.Bullet {
			c.Blocks[i].Mark, c.Blocks[i].Inherit = model.Marking{Level: model.Confidential, Controls: []string{"NF"}}, true
		}
	}
	r := newTestReader(t, 60, 12)
	r.show(c)
	for !strings.Contains(drawnText(r.view(true)[1:2]), "-- Wagons") {
		if !r.scroll(1) {
			t.Fatal("not found")
		}
	}
	sees(t, r.view(true)[1:2], ">  2 [C/NF] : -- Wagons")
}

func TestPlaceOutlivesAResize(t *testing.T) {
	r := newTestReader(t, 80, 12)
	r.number(2)
	r.scroll(1) // within the paragraph
	word := firstWord(r)
	for _, w := range []int{40, 120, 33, 200, 80} {
		r.resize(w, 9)
		if !strings.Contains(drawnText(r.view(true)[1:2]), word) {
			t.Errorf("at %d cells the first row lost %q:\n%s", w, word, drawnText(r.view(true)))
		}
		word = firstWord(r)
	}
}

func firstWord(r *reader) string {
	_, text, _ := strings.Cut(drawnText(r.view(true)[1:2]), ": ")
	return strings.Fields(text)[0]
}

func TestPlaceAndRestore(t *testing.T) {
	r := newTestReader(t, 80, 14)
	r.number(3)
	r.paragraph(1)
	r.scroll(-2)
	want := drawnText(r.view(true))
	block, line := r.place()
	r.show(railCable())
	r.restore(block, line)
	if got := drawnText(r.view(true)); got != want {
		t.Errorf("came back to\n%s\nwant\n%s", got, want)
	}
	r.restore(0, 0)
	sees(t, r.view(true), "PIPELINE TALKS")
	r.restore(9999, 5) // of another state of the cable
	exact(t, r.view(true), 80, 14)
}
