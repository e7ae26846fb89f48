package ui

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
	"testing/synctest"

	"chancery/model"
)

// atDesk runs a session with a desk, made in its bubble as setup wants it.
func atDesk(t *testing.T, o Options, w, h int, setup func(d *fakeDesk), script func(s *session, d *fakeDesk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := newFakeDesk()
		if setup != nil {
			setup(d)
		}
		o.Desk = d
		script(start(t, o, w, h), d)
	})
}

func TestLabelsOnCablesAndParagraphs(t *testing.T) {
	atDesk(t, optionsFor(newFake(made(40))), 120, 35, nil, func(s *session, desk *fakeDesk) {
		s.press("t")
		s.sees("Labels of 07ASTANA9900", "no label is called so yet")
		s.types("pipeline check-figure")
		s.press("enter")
		s.sees("labelled check-figure: 07ASTANA9900   U undo", "check-figure, pipeline")
		s.press("j", "enter", "}", "t")
		s.sees("Labels of para 2 of 07ANKARA9901", "[ ] check-figure", "[ ] pipeline", "1 cable")
		s.types("pi")
		s.seesNot("[ ] check-figure")
		s.press("tab")
		s.sees("labels: pipeline")
		s.press("enter")
		s.sees("labelled pipeline: 07ANKARA9901", "║ labels: pipeline")
		w := desk.work("07ANKARA9901")
		if len(w.Labels) != 0 || len(w.Passages) != 1 || w.Passages[0].Spot.Number != "2" {
			t.Errorf("the paragraph was not labelled: %+v", w)
		}
		s.press("t", "tab")
		s.sees("labels: -pipeline")
		s.press("enter")
		s.sees("label pipeline taken away")
		s.seesNot("║ pipeline")
		s.press(":")
		s.types("label -pipeline")
		s.press("enter")
		s.sees("pipeline is not on para 2 of 07ANKARA9901")
	})
}

func TestLabelsNeedADesk(t *testing.T) {
	in(t, optionsFor(newFake(made(3))), 80, 24, func(s *session) {
		s.press("t")
		s.sees("your work is not kept for this collection")
	})
	atDesk(t, optionsFor(newFake(made(3))), 80, 24, func(d *fakeDesk) { d.held = "held by another chancery (process 4711)" }, func(s *session, _ *fakeDesk) {
		s.press("t")
		s.sees("your work is held by another chancery (process 4711): it can be")
		s.seesNot("labels:")
	})
}

func TestMineInTheDetails(t *testing.T) {
	w := model.Work{Handle: model.Handle{ID: "07ASTANA9900"}, Judgement: model.Later, Star: true, Labels: []string{"pipeline"}}
	c := cableOf(made(1)[0])
	w.Passages = []model.Passage{{Spot: c.SpotOf(2), Labels: []string{"check figure"}}}
	w.Notes = []model.Note{{Text: "ask **twice**"}, {Spot: ptr(c.SpotOf(3)), Text: "the price"}}
	atDesk(t, optionsFor(newFake(made(40))), 200, 50, func(d *fakeDesk) { d.now.works[w.Key()] = w }, func(s *session, _ *fakeDesk) {
		s.sees("MINE", "? later", "starred", "check figure (para 3)", "your note ║ the price", "║ your note: ask twice")
		s.press("enter", "tab")
		for range 99 {
			if f, _ := s.app.sidebar.current(); f.value == "the price" {
				break
			}
			s.press("j")
		}
		s.press("enter")
		if b := s.app.reader.block(); b != 3 || s.app.open.focus != readerPane {
			t.Errorf("the note leads to block %d", b)
		}
	})
}

func ptr[T any](x T) *T { return &x }

func TestLabelWords(t *testing.T) {
	for text, want := range map[string][]string{
		"":                              nil,
		"a b, c":                        {"a", "b", "c"},
		`+a -b -"c d" "e`:               {"a", "-b", "-c d", "e"},
		" - ":                           nil,
		"x\x1b[31m":                     {"x^[[31m"},
		`"` + "very long\nname" + `" z`: {"very long name", "z"},
	} {
		if got := labelWords(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// What stands below a paragraph is the reader's, and nothing in it is a
// sequence that a terminal obeys.
func TestNotesPassTheGate(t *testing.T) {
	calmly(t, func(t *testing.T) {
		a := still(t, optionsFor(newFake(made(3))), 100, 30)
		for _, text := range []string{
			"a\x1b]0;title\x07b", "&#27;[31mred", "&#x1b;]52;c;eA==&#7;", "<script>x</script> &lt;b", "*&#2*7;*", "\u202eabc", "http://example.org/&#27;[2J", "[x](http://a.b/\x1b)",
			"```\n&#27;[2J\n```", "![p](&#27;)", "| a |\n|---|\n| &#27; |",
		} {
			for _, l := range noteRows(a.list.st, text, 40) {
				if bad := dangerous(l); bad != "" {
					t.Errorf("%q is drawn with %s: %q", text, bad, l)
				}
			}
		}
	})
}

// dangerous says what a terminal would obey in a drawn line, but for its
// styles.
func dangerous(l string) string {
	l = regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(l, "")
	for _, r := range l {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0xe000 && r <= 0xf8ff || r >= 0x202a && r <= 0x202e {
			return fmt.Sprintf("%U", r)
		}
	}
	return ""
}
