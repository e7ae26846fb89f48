package ui

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"

	"chancery/model/export"
)

// fakeWriter keeps files in memory and numbers those of one name.
type fakeWriter struct {
	mu    sync.Mutex
	files map[string]string
}

func (f *fakeWriter) Write(_ context.Context, name string, text []byte) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.files == nil {
		f.files = map[string]string{}
	}
	path := name
	for n := 2; f.files[path] != ""; n++ {
		path = fmt.Sprintf("%s-%d", name, n)
	}
	f.files[path] = string(text)
	return "/home/ines/" + path, nil
}

func TestExportABrief(t *testing.T) {
	w := &fakeWriter{}
	o := optionsFor(showpiece())
	o.Writer = w
	atDesk(t, o, 100, 45, func(d *fakeDesk) { d.now = gathered().now }, func(s *session, _ *fakeDesk) {
		s.press("E", "e")
		s.sees("Export  brief 'Pipeline, autumn 2007', 4 paragraphs from 3 cables", ">Markdown", ">Chicago note", "[x] portion marks", "pipeline-autumn-2007.md",
			"# Pipeline, autumn 2007", "chancery export --brief 'Pipeline, autumn 2007' --format md --cite chicago", "written: nothing yet")
		s.press("enter")
		s.sees("written: /home/ines/pipeline-autumn-2007.md")
		p := s.app.over.(*exportPanel)
		if got := w.files["pipeline-autumn-2007.md"]; got == "" || got != string(p.text) {
			t.Errorf("the file is not what was shown: %q", got)
		}
		s.press("enter")
		s.sees("pipeline-autumn-2007.md-2")
		s.press("right")
		s.sees(">text", "pipeline-autumn-2007.txt", "--format text")
		s.press("tab", "tab", "space")
		s.sees("[ ] portion marks", "--no-marks")
		s.press("tab", "space", "tab", "x", "y")
		s.sees("--no-mark-line", "pipeline-autumn-2007.txtxy")
		s.press("shift+tab", "y")
		s.sees("copied all of it")
		s.press("tab", "tab", "right", "right")
		s.sees("Export  all 40 cables")
		s.press("esc")
		s.seesNot("Citations")
	})
}

func TestExportIsRefusedWhereNothingIsWritten(t *testing.T) {
	in(t, optionsFor(newFake(made(700))), 80, 24, func(s *session) {
		s.press("e")
		s.sees("Export  the cable 07ASTANA9900", "this screen writes no files; y copies", "chancery export id:07ASTANA9900")
		s.press("enter")
		s.sees("files are written on a local screen only")
		s.press("shift+tab", "shift+tab", "tab", "tab", "left")
		s.press("esc", "e", "up", "right")
		s.sees("all 700 cables", "700 cables or more", "the command below exports")
	})
}

func TestCopying(t *testing.T) {
	in(t, optionsFor(newFake(made(40))), 100, 30, func(s *session) {
		s.press("y", "i")
		s.sees("copied 07ASTANA9900")
		s.press("j", "y", "c")
		s.sees("copied the citation of the cable", "chancery cite 07ANKARA9901")
		s.press("y", "y")
		s.sees("y y means nothing here")
		s.press("enter", "}", "y", "c")
		s.sees("the citation of para 2", "chancery cite 07ANKARA9901#2")
		if !strings.Contains(s.app.copying.last, "para. 2") {
			t.Errorf("the citation is %q", s.app.copying.last)
		}
		s.press("y", "y")
		s.sees("copied para 2, without its marking")
		s.press("y", "q")
		if got := s.app.copying.last; !strings.HasPrefix(got, "(C) This is invented") || !strings.Contains(got, "\n\nUS Embassy Ankara") {
			t.Errorf("the quotation is %q", got)
		}
		s.press("y", "v")
		s.sees("Copied: para 2 with marking and citation   select it now", "(C) This is invented")
		s.press("esc", "y", "s")
		s.sees("copied chancery list")
		s.press("y")
		s.seesNot("The paragraph with marking")
		s.pause(hintAfter)
		s.wait()
		s.sees("Copy ...   Esc drops it", "q   The paragraph with marking and citation", "y   The paragraph as plain text")
		s.press("esc")
		s.seesNot("Copy ...")
	})
}

// A terminal is given no more than it takes, and nothing that it would obey.
func TestCopyingMuch(t *testing.T) {
	lib := newFake(made(3))
	c := cableOf(lib.entries[0])
	c.Blocks[1].Text = strings.Repeat("much of it ", 900)
	c.Blocks[2].Text = "a\x1b]52;c;eA==\x07b"
	lib.cables[1] = c
	w := &fakeWriter{}
	o := optionsFor(lib)
	o.Writer = w
	in(t, o, 80, 24, func(s *session) {
		s.press("enter", "}", "y", "y")
		s.sees("Not copied: 9,899 bytes, and a terminal takes 8 kB at once")
		s.press("enter")
		s.sees("write it to the file: copied.txt")
		s.press("enter")
		s.sees("written: /home/ines/copied.txt, 9,900 bytes")
		s.press("}", "y", "y")
		if got := s.app.copying.last; dangerous(got) != "" {
			t.Errorf("the clipboard gets %q", got)
		}
	})
}

func TestShellWords(t *testing.T) {
	for in, want := range map[string]string{
		"plain-1": "plain-1", "": "''", "a b": "'a b'", "it's": `'it'\''s'`, "$(id)": "'$(id)'", "id:07ASTANA1#2": "id:07ASTANA1#2", "#x": "'#x'",
	} {
		if got := shellWord(in); got != want {
			t.Errorf("%q: %s", in, got)
		}
	}
}

func TestGoldenExport(t *testing.T) {
	calmly(t, func(t *testing.T) {
		for _, size := range [][2]int{{80, 24}, {120, 35}, {200, 50}} {
			for _, plain := range []bool{false, true} {
				w, h := size[0], size[1]
				o := optionsFor(showpiece())
				o.Desk, o.Writer, o.NoColor, o.ASCII = gathered(), &fakeWriter{}, plain, plain
				name := fmt.Sprintf("%dx%d", w, h)
				if plain {
					name += "-mono-ascii"
				}
				a := still(t, o, w, h)
				give(a, tea.BackgroundColorMsg{Color: black{}})
				for _, k := range []string{"E", "e"} {
					give(a, keyMsg(k))
				}
				golden(t, name+"-export", seen(a, w, h))
			}
		}
	})
}

func TestEveryFormatIsShown(t *testing.T) {
	calmly(t, func(t *testing.T) {
		o := optionsFor(showpiece())
		o.Desk = gathered()
		a := still(t, o, 80, 24)
		give(a, keyMsg("E"))
		for _, k := range export.Formats() {
			a.keys.byName["export"].run(a, call{arg: string(k.Format)})
			p := a.over.(*exportPanel)
			give(a, p.make(a)())
			if p.err != nil || len(p.text) == 0 || p.kind().Format != k.Format {
				t.Errorf("%s: %d bytes, %v", k.Format, len(p.text), p.err)
			}
		}
	})
}

// What is the reader's is exact at every size.
func TestMineAtEverySize(t *testing.T) {
	calmly(t, func(t *testing.T) {
		o := optionsFor(showpiece())
		o.Desk = gathered()
		for _, keys := range [][]string{{"J", "enter", "}", "}"}, {"E", "j"}, {"E", "e"}, {"J", "t"}, {"y", "a"}} {
			a := still(t, o, 80, 24)
			for _, k := range keys {
				give(a, keyMsg(k))
			}
			for _, h := range []int{1, 2, 5, 9, 16, 30} {
				for w := 1; w < 130; w += 1 + w/7 {
					give(a, tea.WindowSizeMsg{Width: w, Height: h})
					exactFrame(t, a, w, h, strings.Join(keys, " "))
				}
			}
		}
	})
}
