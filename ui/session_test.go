package ui

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"chancery/themes"
)

// today is the day of all tests.
var today = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

// optionsFor makes the options of a test's screen.
func optionsFor(lib Library) Options {
	return Options{
		Library: lib, Collection: "made-up.zip", Theme: "dark", ThemeNames: themes.Names(), Today: today, Local: true,
		Themes: func(name string) (themes.Theme, error) { return themes.Load(name, nil) },
	}
}

// session is a real program whose keys are pressed by a test.
type session struct {
	t    *testing.T
	p    *tea.Program
	app  *App
	done chan error
	w, h int
}

// start runs the program in the bubble of synctest; it ends with the test.
func start(t *testing.T, o Options, w, h int) *session {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	o.Context = ctx
	app, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	s := &session{t: t, app: app, done: make(chan error, 1), w: w, h: h}
	s.p = tea.NewProgram(app, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutSignalHandler(), tea.WithoutRenderer(),
		tea.WithWindowSize(w, h))
	go func() {
		_, err := s.p.Run()
		s.done <- err
	}()
	t.Cleanup(func() {
		s.p.Quit()
		cancel()
		time.Sleep(time.Minute) // the ticks under way run out
	})
	s.wait()
	return s
}

// wait lets everything come to rest, the clock of ticks included.
func (s *session) wait() {
	s.t.Helper()
	synctest.Wait()
	s.pause(restFor + time.Millisecond)
	select {
	case err := <-s.done:
		s.done <- err
		if err != nil {
			s.t.Fatal(err)
		}
	default:
	}
}

// pause lets the false clock go on. What the test has looked at before, the
// program may change meanwhile; the empty message, which the loop drops, puts
// the one after the other. What the time brings is done when it is over.
func (s *session) pause(d time.Duration) {
	s.p.Send(nil)
	time.Sleep(d)
	synctest.Wait()
}

// press sends keys by their names and waits for the screen to be final.
func (s *session) press(names ...string) {
	s.t.Helper()
	for _, n := range names {
		s.p.Send(keyMsg(n))
	}
	s.wait()
}

// types sends each letter of a text.
func (s *session) types(text string) {
	for _, r := range text {
		s.p.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	s.wait()
}

// keyMsg is the message of a key by the name the table uses.
func keyMsg(name string) tea.KeyPressMsg {
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft,
		"right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
		"backspace": tea.KeyBackspace, "f1": tea.KeyF1, "f2": tea.KeyF2, "delete": tea.KeyDelete,
	}
	var mod tea.KeyMod
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		name, mod = rest, tea.ModShift
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code, Mod: mod}
	}
	return tea.KeyPressMsg{Code: rune(name[0]), Text: name}
}

// screen is what a person sees.
func (s *session) screen() string { return seen(s.app, s.w, s.h) }

// seen draws the frame into cells and reads them out as text.
func seen(a *App, w, h int) string {
	buf := uv.NewScreenBuffer(w, h)
	uv.NewStyledString(a.View().Content).Draw(buf, buf.Bounds())
	var b strings.Builder
	for y := range h {
		var line strings.Builder
		for x := 0; x < w; {
			c := buf.CellAt(x, y)
			if c == nil || c.Width == 0 {
				x++
				continue
			}
			line.WriteString(c.Content)
			x += c.Width
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// sees fails unless every text is on the screen.
func (s *session) sees(texts ...string) {
	s.t.Helper()
	screen := s.screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			s.t.Fatalf("the screen does not show %q:\n%s", text, screen)
		}
	}
}

// seesNot fails when a text is on the screen.
func (s *session) seesNot(texts ...string) {
	s.t.Helper()
	screen := s.screen()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			s.t.Fatalf("the screen shows %q:\n%s", text, screen)
		}
	}
}

// calmly runs a test of a screen without a program on a false clock: however
// busy the machine, no command is given up but a tick.
func calmly(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f(t)
		time.Sleep(time.Minute) // the ticks under way run out
	})
}

// still makes a screen without a program: commands are run to their end, as
// far as they do not wait. A test that is not called calmly would lose commands
// on a busy machine.
func still(t testing.TB, o Options, w, h int) *App {
	t.Helper()
	if _, test := t.(*testing.T); test && time.Now().Year() > 2000 { // where a false clock begins
		t.Fatal("a still screen outside calmly")
	}
	app, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	settleAll(app, app.loadPlace())
	settleAll(app, app.openDesk())
	settleAll(app, app.listen(0))
	give(app, tea.WindowSizeMsg{Width: w, Height: h})
	return app
}

// give hands a message to the screen and runs what it leads to.
func give(a *App, msg tea.Msg) {
	_, cmd := a.Update(msg)
	settleAll(a, cmd)
}

// settleAll runs commands; ticks of the clock are left out.
func settleAll(a *App, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	got := make(chan tea.Msg, 1)
	go func() { got <- cmd() }()
	select {
	case msg := <-got:
		switch msg := msg.(type) {
		case nil, tea.QuitMsg:
		case tea.BatchMsg:
			for _, c := range msg {
				settleAll(a, c)
			}
		default:
			_, next := a.Update(msg)
			settleAll(a, next)
		}
	case <-time.After(50 * time.Millisecond):
	}
}

// exactFrame fails unless the frame has h lines of w cells.
func exactFrame(t interface {
	Helper()
	Fatalf(string, ...any)
}, a *App, w, h int, what string,
) {
	t.Helper()
	lines := strings.Split(a.View().Content, "\n")
	if len(lines) != h {
		t.Fatalf("%s at %dx%d: %d lines", what, w, h, len(lines))
	}
	for i, l := range lines {
		if n := ansi.StringWidth(l); n != w {
			t.Fatalf("%s at %dx%d: line %d is %d cells wide: %q", what, w, h, i, n, ansi.Strip(l))
		}
	}
}
