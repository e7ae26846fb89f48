package ui

import (
	"bytes"
	"testing"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// wire is what a terminal is sent: the screen of an App goes through the
// renderer that the framework has, and the bytes are counted. The framework
// adds 16 to each frame, to say where it begins and ends.
type wire struct {
	a     *App
	out   bytes.Buffer
	cells uv.ScreenBuffer
	r     *uv.TerminalRenderer
}

// wired begins with the screen as it is, which is not counted.
func wired(a *App) *wire {
	w := &wire{a: a, cells: uv.NewScreenBuffer(a.w, a.h)}
	w.r = uv.NewTerminalRenderer(&w.out, []string{"TERM=xterm-256color"})
	w.r.SetColorProfile(colorprofile.TrueColor)
	w.r.SetFullscreen(true)
	w.r.SetScrollOptim(true)
	w.r.SetTabStops(a.w)
	w.r.SetBackspace(true)
	w.r.Resize(a.w, a.h)
	w.r.Erase()
	w.frame()
	return w
}

// frame sends the screen and says how many bytes it took.
func (w *wire) frame() int {
	v := w.a.View()
	w.cells.Clear()
	uv.NewStyledString(v.Content).Draw(w.cells, w.cells.Bounds())
	w.r.Render(w.cells.RenderBuffer)
	if v.Cursor != nil {
		w.r.MoveTo(v.Cursor.X, v.Cursor.Y)
	}
	w.out.Reset()
	_ = w.r.Flush() // into a buffer, which takes everything
	return w.out.Len() + len(ansi.SetModeSynchronizedOutput+ansi.ResetModeSynchronizedOutput)
}

// key presses a key n times and gives the bytes of all of them.
func (w *wire) key(name string, n int) int {
	sum := 0
	for range n {
		give(w.a, keyMsg(name))
		sum += w.frame()
	}
	return sum
}

// What j and k may cost on the average when they are held down over many
// screens of the list, in bytes: where panes stand side by side, and where the
// list has the screen for itself.
func TestListKeysSendLittle(t *testing.T) {
	for _, at := range []struct{ w, h, most int }{{200, 50, 600}, {120, 35, 600}, {80, 24, 400}} {
		calmly(t, func(t *testing.T) {
			w := wired(big(t, at.w, at.h))
			for _, key := range []string{"j", "k"} {
				const n = 150
				if got := w.key(key, n) / n; got > at.most {
					t.Errorf("%dx%d: %s sends %d bytes, expected %d at most", at.w, at.h, key, got, at.most)
				}
			}
		})
	}
}
