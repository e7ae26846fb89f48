package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"chancery/model/safe"
	"chancery/themes"
)

// autoTheme is the name of no theme: dark or light, as the terminal says.
const autoTheme = "auto"

// look is how the screen is drawn: the theme, and whether with colour and
// with more than ASCII.
type look struct {
	name    string // as it was chosen; may be autoTheme
	theme   themes.Theme
	auto    [2]themes.Theme // dark, light
	few     [2]themes.Theme // for no colours at all, and for sixteen
	depth   colorprofile.Profile
	dark    bool
	told    bool // the terminal has said what its background is
	noColor bool
	plain   bool // ASCII only
	gen     int  // of the last theme asked for
}

// newLook loads the theme a screen begins with. With auto both are loaded, so
// that the terminal's late answer needs no waiting.
func newLook(o Options) (look, error) {
	l := look{name: o.Theme, noColor: o.NoColor, plain: o.ASCII, dark: true, depth: colorprofile.TrueColor}
	if l.name == "" {
		l.name = autoTheme
	}
	for name, to := range map[string]*themes.Theme{"dark": &l.auto[0], "light": &l.auto[1], "mono": &l.few[0], "ansi16": &l.few[1]} {
		t, err := o.Themes(name)
		if err != nil {
			return l, fmt.Errorf("theme %s: %w", name, err)
		}
		*to = t
	}
	l.theme = l.auto[0]
	if l.name != autoTheme {
		t, err := o.Themes(l.name)
		if err != nil {
			return l, fmt.Errorf("theme %s: %w", l.name, err)
		}
		l.theme = t
	}
	return l, nil
}

// styles makes ready to draw what of the theme the terminal can show: a theme
// of true colours robbed of them would be poorer than one made without.
func (l *look) styles() *styles {
	t := l.theme
	switch {
	case l.noColor, l.depth <= colorprofile.ASCII:
		t = l.few[0]
	case l.depth == colorprofile.ANSI:
		t = l.few[1]
	case l.depth == colorprofile.ANSI256:
		t = t.In256()
	}
	st := newStyles(t, !l.noColor, l.plain)
	if l.depth >= colorprofile.ANSI256 && !l.noColor && coloured(t) && (!l.told || l.dark != t.Dark) {
		st.paintGround(t.Dark)
	}
	return st
}

// profile takes how many colours the terminal has; true when that changes
// what is drawn.
func (l *look) profile(p colorprofile.Profile) bool {
	changed := l.depth != p
	l.depth = p
	return changed
}

// ask asks the terminal for its background, which may never answer.
func (l *look) ask() tea.Cmd {
	if l.noColor {
		return nil
	}
	return tea.RequestBackgroundColor
}

// background takes the answer; true when what is drawn changes by it.
func (l *look) background(dark bool) bool {
	changed := !l.told || l.dark != dark
	l.dark, l.told = dark, true
	if l.name == autoTheme {
		l.theme = l.automatic()
	}
	return changed
}

func (l *look) automatic() themes.Theme {
	if l.dark {
		return l.auto[0]
	}
	return l.auto[1]
}

// themeMsg brings a theme that was loaded.
type themeMsg struct {
	gen   int
	name  string
	theme themes.Theme
	quiet bool // it is the one of the last visit: say nothing
	err   error
}

// useTheme loads a theme and draws with it.
func (a *App) useTheme(name string, quiet bool) tea.Cmd {
	a.look.gen++
	gen, load := a.look.gen, a.o.Themes
	if name == autoTheme {
		t := a.look.automatic()
		return func() tea.Msg { return themeMsg{gen: gen, name: name, theme: t, quiet: quiet} }
	}
	return func() tea.Msg {
		t, err := load(name)
		return themeMsg{gen: gen, name: name, theme: t, quiet: quiet, err: err}
	}
}

// themed takes a theme that was asked for.
func (a *App) themed(m themeMsg) {
	switch {
	case m.gen != a.look.gen:
		return
	case m.err != nil:
		a.fail(m.err)
		return
	}
	a.look.name, a.look.theme = m.name, m.theme
	if !m.quiet {
		a.say("theme: " + safe.Line(m.name))
	}
	a.restyle()
}

// themeNames are the themes that may be chosen.
func (a *App) themeNames() []string {
	return append([]string{autoTheme}, a.o.ThemeNames...)
}

func (a *App) chooseTheme(c call) tea.Cmd {
	if c.arg == "" {
		a.say("theme: " + safe.Line(a.look.name) + "   there are " + safe.Line(strings.Join(a.themeNames(), ", ")))
		return nil
	}
	return a.useTheme(c.arg, false)
}

func (a *App) nextTheme(call) tea.Cmd {
	names := a.themeNames()
	i := slices.Index(names, a.look.name)
	return a.useTheme(names[(i+1)%len(names)], false)
}

func (a *App) colours(call) tea.Cmd {
	a.look.noColor = !a.look.noColor
	a.restyle()
	a.say("colours " + onOff(!a.look.noColor))
	return nil
}

func (a *App) ascii(call) tea.Cmd {
	a.look.plain = !a.look.plain
	a.restyle()
	a.say("ASCII only " + onOff(a.look.plain))
	return nil
}

// onOff says a switch in a word.
func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}
