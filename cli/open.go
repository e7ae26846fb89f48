package cli

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

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
	c := choose(w, l, paths)
	if !w.terminal || w.env("TERM") == "dumb" {
		say(w, "this is no terminal to draw on: printing the list instead, as chancery list does")
		if c.notice != "" {
			say(w, "%s", c.notice)
		}
		return printList(ctx, w, c, listing{format: "plain", sort: "date"}, l)
	}
	return openScreen(ctx, w, l, c)
}

// openScreen runs the reader until the user leaves it.
func openScreen(ctx context.Context, w *world, l *looks, c collection) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	o := ui.Options{
		Context: ctx, Collection: c.name, Theme: l.themeName(), Themes: loadTheme, ThemeNames: themeNames(),
		NoColor: l.profile(w) <= noColour, ASCII: l.ascii, Mouse: map[string]ui.MouseMode{"scroll": ui.MouseScroll, "full": ui.MouseFull, "off": ui.MouseOff}[l.mouse],
		Today: time.Now(), Notice: c.notice, Local: w.env("SSH_CONNECTION") == "",
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
	lib := c.open(ctx, w)
	defer lib.Close()
	o.Library = lib
	app, err := ui.New(o)
	if err != nil {
		return err
	}
	// Signals come through the context, so that hanging up is one of them.
	_, err = tea.NewProgram(app, tea.WithContext(ctx), tea.WithoutSignalHandler()).Run()
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		return exitError{code: exitFault} // the framework has said where
	case errors.Is(err, tea.ErrInterrupted), ctx.Err() != nil:
		return context.Canceled
	}
	return err
}
