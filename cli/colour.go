package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/adrg/xdg"
	"github.com/charmbracelet/colorprofile"

	"chancery/themes"
)

// noColour is the depth that keeps bold and underline and no colour; what is
// below keeps nothing.
const noColour = colorprofile.ASCII

// profile decides how many colours go out: --color, then NO_COLOR with any
// value but none, then CLICOLOR_FORCE and FORCE_COLOR, then what the terminal
// can (TERM, COLORTERM); a pipe and TERM=dumb get none.
func (l *looks) profile(w *world) colorprofile.Profile {
	set := func(name string) bool { v := w.env(name); return v != "" && v != "0" }
	forced := l.color == "always" || l.color == "auto" && (set("CLICOLOR_FORCE") || set("FORCE_COLOR"))
	if l.color == "never" || l.color == "auto" && w.env("NO_COLOR") != "" {
		if w.terminal && w.env("TERM") != "dumb" && l.color != "never" {
			return noColour
		}
		return colorprofile.NoTTY
	}
	if !forced && (!w.terminal || w.env("TERM") == "dumb") {
		return colorprofile.NoTTY
	}
	var env []string
	for _, e := range w.environ {
		if !strings.HasPrefix(e, "NO_COLOR=") {
			env = append(env, e)
		}
	}
	p := colorprofile.Env(env)
	if forced {
		p = max(p, colorprofile.ANSI)
	}
	return p
}

// themeName is the theme for the screen.
func (l *looks) themeName() string {
	if l.theme == "" {
		return "auto"
	}
	return l.theme
}

// plainLocale says that the locale is of another charset than UTF-8, so that
// lines of boxes may come out as something else. Where nothing is said, the
// terminal is taken to know UTF-8, as nearly all do.
func plainLocale(env func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := env(name); v != "" {
			v = strings.ToLower(strings.ReplaceAll(v, "-", ""))
			return !strings.Contains(v, "utf8")
		}
	}
	return false
}

// userThemes is the folder with the user's own themes, nil where there is
// none that can be read: the built-in ones must not suffer by it.
func userThemes() fs.FS {
	dir := filepath.Join(xdg.ConfigHome, "chancery", "themes")
	if _, err := os.ReadDir(dir); err != nil {
		return nil
	}
	return os.DirFS(dir)
}

func loadTheme(name string) (themes.Theme, error) { return themes.Load(name, userThemes()) }

// themeNames lists the built-in themes and then the user's own.
func themeNames() []string {
	names := slices.Clone(themes.Names())
	user := userThemes()
	if user == nil {
		return names
	}
	own, _ := fs.Glob(user, "*.toml")
	for _, f := range own {
		if n := strings.TrimSuffix(f, ".toml"); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

// ink draws text in the roles of a theme.
type ink struct {
	theme themes.Theme
	depth colorprofile.Profile
	bar   string // a cell of a bar
}

// newInk draws with a theme as far as the colours go. Where there are no
// colours, a theme without any is richer than one robbed of its own; where
// there are 256, the theme may name better ones than the nearest.
func newInk(t themes.Theme, depth colorprofile.Profile) (k ink, err error) {
	switch depth {
	case noColour:
		t, err = loadTheme("mono")
	case colorprofile.ANSI:
		t, err = loadTheme("ansi16")
	case colorprofile.ANSI256:
		t = t.In256()
	}
	return ink{theme: t, depth: depth, bar: "█"}, err
}

// ink is what printed cables are drawn with. Printing asks the terminal
// nothing, so it does not know its background: unless a theme was named, the
// one that uses the terminal's own sixteen colours is right on any.
func (l *looks) ink(w *world) (ink, error) {
	name := l.theme
	if name == "" || name == "auto" {
		name = "ansi16"
	}
	t, err := loadTheme(name)
	if err != nil {
		return ink{}, err
	}
	k, err := newInk(t, l.profile(w))
	if l.ascii || plainLocale(w.env) {
		k.bar = "#"
	}
	return k, err
}

// draw gives safe text the style of a role.
func (k ink) draw(r themes.Role, text string) string {
	if k.depth <= colorprofile.NoTTY || text == "" {
		return text
	}
	t := k.theme.Style(r)
	s := lipgloss.NewStyle().Bold(t.Bold).Faint(t.Faint).Italic(t.Italic).Underline(t.Underline).UnderlineSpaces(t.Underline).Reverse(t.Reverse)
	if k.depth > noColour {
		if t.Fg != "" {
			s = s.Foreground(k.depth.Convert(lipgloss.Color(t.Fg)))
		}
		if t.Bg != "" {
			s = s.Background(k.depth.Convert(lipgloss.Color(t.Bg)))
		}
	}
	return s.Render(text)
}
