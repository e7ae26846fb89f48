package cli

import (
	"context"
	"errors"
	"runtime"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"chancery/library"
	"chancery/ui"
)

func newOpen(w *world, l *looks) *cobra.Command {
	return &cobra.Command{
		Use:   "open [PATH...]",
		Short: "Open files and folders in the reader (the same as no command)",
		RunE: func(c *cobra.Command, paths []string) error {
			if err := knownPaths(c, paths); err != nil {
				return err
			}
			return openPaths(c.Context(), w, l, paths)
		},
	}
}

// openPaths opens a collection on the screen; where there is no screen it
// prints the list instead and says so.
func openPaths(ctx context.Context, w *world, l *looks, paths []string) error {
	c := choose(ctx, w, l, paths)
	if !w.terminal || w.env("TERM") == "dumb" {
		say(w, "this is no terminal to draw on: printing the list instead, as chancery list does")
		a, err := read(ctx, w, c, nil)
		if err != nil {
			return err
		}
		defer a.close()
		return a.list(ctx, listing{form: form{plain: true}, sort: "date"}, l)
	}
	return openScreen(ctx, w, l, c)
}

// openScreen runs the reader until the user leaves it.
func openScreen(ctx context.Context, w *world, l *looks, c collection) error {
	// A signal ends ctx; what the screen still has to save must outlive that.
	running, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	o := ui.Options{
		Context: running, Collection: c.name, Theme: l.themeName(), Themes: loadTheme, ThemeNames: themeNames(),
		NoColor: l.profile(w) <= noColour, ASCII: l.ascii || plainLocale(w.env), Mouse: map[string]ui.MouseMode{"scroll": ui.MouseScroll, "full": ui.MouseFull, "off": ui.MouseOff}[l.mouse],
		Today: time.Now(), Notice: c.notice, Local: true, Searches: savedSearches(), Writer: takeaway{}, Editor: editorOf(w.env),
	}
	if c.keepable() {
		// A place in a cable without id is kept by its path, which must then
		// mean the same wherever the program is started.
		paths, err := absolute(c.paths)
		if err != nil {
			return err
		}
		c.paths = paths
		o.Places = placesOf(paths)
		if err := rememberLast(paths); err != nil {
			o.Notice = "what you read cannot be remembered: " + err.Error()
		}
	}
	c.stays, c.keys = true, library.NewKeys()
	if own, err := c.openDesk(running, w, false); err != nil {
		o.Notice = "your work on this collection cannot be kept: " + err.Error()
	} else {
		defer own.Close()
		c.desk, o.Desk = own, own
	}
	lib := c.open(running, w)
	defer lib.Close()
	o.Library = lib
	app, err := ui.New(o)
	if err != nil {
		return err
	}
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + spareProcs)
	p := tea.NewProgram(app, tea.WithContext(running), tea.WithoutSignalHandler(), tea.WithFPS(framesPerSecond), tea.WithFilter(pressed(c.keys.Pressed)))
	return runScreen(ctx, p, end)
}

// pressed calls told at each key, click, turn of the wheel and paste, before
// what it changes is drawn.
func pressed(told func()) func(tea.Model, tea.Msg) tea.Msg {
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch msg.(type) {
		case tea.KeyPressMsg, tea.MouseClickMsg, tea.MouseWheelMsg, tea.PasteMsg:
			told()
		}
		return msg
	}
}

// spareProcs is by how much more goroutines may run at a time than there are
// cores while the screen is up. As many as there are cores take their turns at a
// collection that is read (library.Keys); beside them, as many again may unpack
// what is to be read, one hands it out and one takes in what came of it. With a
// few more a goroutine that a key wakes finds a free place; where there is none
// it waits for up to 10 ms, several times between key and frame. With many more,
// all of them would help to collect garbage, and the system would share the cores
// out among these.
const spareProcs = 5

// framesPerSecond is the framework's flush clock: at its usual 60 a key waits
// up to 17 ms for its frame.
const framesPerSecond = 120

// runScreen runs the program until the user leaves it or a signal ends it.
// Signals come through the context, so that hanging up is one of them; the
// screen is told first, so that it saves the place, and has a second for it.
func runScreen(ctx context.Context, p *tea.Program, end func()) error {
	stop := context.AfterFunc(ctx, func() {
		p.Send(ui.LeaveMsg{})
		time.AfterFunc(time.Second, end)
	})
	defer stop()
	_, err := p.Run()
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		return exitError{code: exitFault} // the framework has said where
	case errors.Is(err, tea.ErrInterrupted), ctx.Err() != nil:
		return context.Canceled
	}
	return err
}
