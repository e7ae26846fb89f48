package ui

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
)

func TestNotesAreWrittenOnTheScreen(t *testing.T) {
	atDesk(t, optionsFor(newFake(made(40))), 120, 35, nil, func(s *session, desk *fakeDesk) {
		s.press("c")
		s.sees("Your note on 07ASTANA9900", "Tab keep the note")
		s.types("ask the")
		s.press("enter")
		s.types("*embassy*")
		s.press("tab")
		s.sees("noted: 07ASTANA9900   U undo", "║ your note:", "embassy")
		if w := desk.work("07ASTANA9900"); len(w.Notes) != 1 || w.Notes[0].Text != "ask the\n*embassy*" || w.Notes[0].Spot != nil {
			t.Errorf("the note is %+v", w.Notes)
		}
		s.press("enter", "}", "c")
		s.sees("Your note on para 2 of 07ASTANA9900")
		s.types("lost?")
		s.press("esc")
		s.sees("what you typed is kept as a draft until you quit")
		s.press("}", "{", "c")
		s.sees("lost?", "this is the draft of before")
		s.press("backspace", "tab")
		s.sees("your note ║ lost")
		s.press("c", "tab")
		s.sees("nothing was changed")
		s.press("c", "ctrl+u", "tab")
		s.sees("note taken away")
		s.seesNot("lost")
		s.press(":")
		s.types("note said in passing")
		s.press("enter")
		s.sees("your note ║ said in passing")
	})
}

// What the desk does not take is not lost.
func TestANoteThatFailsIsADraft(t *testing.T) {
	atDesk(t, optionsFor(newFake(made(4))), 80, 24, func(d *fakeDesk) { d.fail = errors.New("the disk is full") }, func(s *session, desk *fakeDesk) {
		s.press("enter", "c")
		s.types("precious")
		s.press("tab")
		s.sees("the disk is full   what you wrote is a draft: c opens it")
		desk.mu.Lock()
		desk.fail = nil
		desk.mu.Unlock()
		s.press("c")
		s.sees("precious")
		s.press("tab")
		s.sees("noted: 07ASTANA9900")
	})
}

// fakeEditor writes what it is told; the program it gives does nothing.
type fakeEditor struct {
	was   string
	says  string
	fails error
	ends  int
}

func (f *fakeEditor) Begin(_ context.Context, text string) (*exec.Cmd, func() (string, error), error) {
	f.was = text
	return exec.Command("true"), func() (string, error) { f.ends++; return f.says, f.fails }, nil
}

func TestNotesAreWrittenInAnEditor(t *testing.T) {
	calmly(t, func(t *testing.T) {
		e := &fakeEditor{says: "from the editor\n"}
		o := optionsFor(newFake(made(4)))
		d := newFakeDesk()
		o.Editor, o.Desk = e, d
		a := still(t, o, 80, 24)
		for _, k := range []string{"enter", "}"} {
			give(a, keyMsg(k))
		}
		on, _ := a.noteAtHand()
		give(a, editedMsg{on, "from the editor\n", nil})
		if w := d.work("07ASTANA9900"); len(w.Notes) != 1 || w.Notes[0].Text != "from the editor" {
			t.Errorf("the note is %+v", w.Notes)
		}
		on, _ = a.noteAtHand()
		give(a, editedMsg{on, "half of it", errors.New("exit status 1")})
		if got := a.writing.drafts[on.key]; got != "half of it" || !strings.Contains(a.message.text, "is a draft") {
			t.Errorf("the draft is %q, and it says %q", got, a.message.text)
		}
		cmd := a.note(call{})
		msg, ok := cmd().(editMsg)
		if !ok || msg.err != nil || e.was != "half of it" {
			t.Fatalf("the editor was given %q", e.was)
		}
		give(a, keyMsg(":"))
		for _, r := range "editor inline" {
			give(a, tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		give(a, keyMsg("enter"))
		a.note(call{})
		if _, ok := a.over.(*notePanel); !ok {
			t.Error("notes are not written on the screen")
		}
	})
}

func TestTextField(t *testing.T) {
	f := newTextField("one two three\nfour", 40)
	f.layout(8)
	press := func(keys ...string) {
		for _, k := range keys {
			f.press(keyMsg(k), 2)
		}
	}
	if len(f.rows) != 3 {
		t.Fatalf("rows %v", f.rows)
	}
	press("up", "home", "X")
	if f.text != "one two Xthree\nfour" {
		t.Errorf("%q", f.text)
	}
	press("down", "end", "enter", "enter", "a")
	if f.text != "one two Xthree\nfour\n\na" {
		t.Errorf("%q", f.text)
	}
	f.layout(8)
	if row, col := f.place(); row != 4 || col != 1 {
		t.Errorf("the cursor is at %d, %d", row, col)
	}
	press("pgup", "pgup", "pgup", "delete", "ctrl+w", "ctrl+w")
	f.insert("\x1b[2J" + strings.Repeat("x", 99))
	if len(f.text) > 40 || strings.Contains(f.text, "\x1b") {
		t.Errorf("%q", f.text)
	}
}

func TestCommentsOnItems(t *testing.T) {
	atDesk(t, optionsFor(showpiece()), 100, 30, func(d *fakeDesk) { d.now = gathered().now; d.pins = 9 }, func(s *session, _ *fakeDesk) {
		s.press("E", "c")
		s.sees("Your note on item 1 of 'Pipeline, autumn 2007'")
		s.types("quote this first")
		s.press("tab")
		s.sees("║ your note: quote this first")
	})
}

func TestPassages(t *testing.T) {
	spot := cableOf(made(4)[3]).SpotOf(4)
	setup := func(d *fakeDesk) {
		d.now = gathered().now
		_, _ = d.apply(model.Act{Do: model.DoLabel, On: []model.Handle{{ID: "07MOSCOW9903"}}, Spot: &spot, Label: "check-figure", Yes: true})
		_, _ = d.apply(model.Act{Do: model.DoLabel, On: []model.Handle{{ID: "09NOWHERE1"}}, Spot: &spot, Label: "check-figure", Yes: true})
	}
	atDesk(t, optionsFor(showpiece()), 100, 30, setup, func(s *session, _ *fakeDesk) {
		s.press(":")
		s.types("passages check")
		s.press("enter")
		s.sees("PASSAGES labelled check-figure   3", "> 07ANKARA9901  para 2", "07MOSCOW9903  para 5", "SBU", "This is invented text", "09NOWHERE1", "not held in this collection")
		s.press("j", "enter")
		s.sees("07MOSCOW9903", "para 5 of 9")
	})
}
