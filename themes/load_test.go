package themes_test

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"chancery/themes"
)

// with is a folder that holds one theme.
func with(name, text string) fs.FS {
	return fstest.MapFS{name + ".toml": &fstest.MapFile{Data: []byte(text)}}
}

func TestBuiltInThemes(t *testing.T) {
	for _, name := range themes.Names() {
		th := load(t, name)
		if th.Name != name || th.Title == "" {
			t.Errorf("%s calls itself %q, %q", name, th.Name, th.Title)
		}
		for _, r := range themes.Roles() {
			if _, ok := th.Styles[r]; !ok {
				t.Errorf("%s says nothing of %s", name, r)
			}
		}
		if len(th.Styles) != len(themes.Roles()) {
			t.Errorf("%s has %d roles, want %d", name, len(th.Styles), len(themes.Roles()))
		}
	}
	if load(t, "dark").Dark != true || load(t, "light").Dark != false || load(t, "high-contrast-light").Dark != false {
		t.Error("a theme is for the wrong background")
	}
}

func TestOwnThemeChangesOnlyWhatItNames(t *testing.T) {
	th, err := themes.Load("night", with("night", `
		name = "Night watch"
		"mark.secret" = { fg = "red" }
		select.off = { underline = true, bold = false }
		[mark.confidential]
		fg = 33
		[dim]
		fg = "#ABCDEF"
		[border]
		fg = ""
	`))
	if err != nil {
		t.Fatal(err)
	}
	want := load(t, "dark")
	want.Name, want.Title = "night", "Night watch"
	change := func(r themes.Role, turn func(s *themes.Style)) {
		s := want.Styles[r]
		turn(&s)
		want.Styles[r] = s
	}
	change(themes.MarkSecret, func(s *themes.Style) { s.Fg = "1" })
	change(themes.SelectOff, func(s *themes.Style) { s.Underline, s.Bold = true, false })
	change(themes.MarkConfidential, func(s *themes.Style) { s.Fg = "33" })
	change(themes.Dim, func(s *themes.Style) { s.Fg = "#abcdef" })
	change(themes.Border, func(s *themes.Style) { s.Fg = "" })
	same(t, th, want)
}

func same(t *testing.T, got, want themes.Theme) {
	t.Helper()
	if got.Name != want.Name || got.Title != want.Title || got.Dark != want.Dark {
		t.Errorf("got %q %q %v, want %q %q %v", got.Name, got.Title, got.Dark, want.Name, want.Title, want.Dark)
	}
	for _, r := range themes.Roles() {
		if got.Style(r) != want.Style(r) {
			t.Errorf("%s is %+v, want %+v", r, got.Style(r), want.Style(r))
		}
	}
}

func TestOwnThemeOnAnother(t *testing.T) {
	th, err := themes.Load("paper", with("paper", `base = "light"`))
	if err != nil {
		t.Fatal(err)
	}
	want := load(t, "light")
	want.Name, want.Title = "paper", "paper"
	same(t, th, want)
}

// A file with the name of a built-in theme lies on that theme.
func TestOwnThemeOfABuiltInName(t *testing.T) {
	th, err := themes.Load("light", with("light", `dim = { fg = "#123456" }`))
	if err != nil {
		t.Fatal(err)
	}
	want := load(t, "light")
	want.Styles[themes.Dim] = themes.Style{Fg: "#123456"}
	same(t, th, want)
}

// A colour of one's own takes the place of the built-in one in 256 colours
// too.
func TestOwnColourIn256(t *testing.T) {
	th, err := themes.Load("x", with("x", `
		"mark.unclassified" = { fg = "#00aa00" }
		title = { bg = "#222222", bg256 = 235 }
	`))
	if err != nil {
		t.Fatal(err)
	}
	in := th.In256()
	if got := in.Style(themes.MarkUnclassified).Fg; got != "#00aa00" {
		t.Errorf("unclassified is %s in 256 colours", got)
	}
	if got := in.Style(themes.Title).Bg; got != "235" {
		t.Errorf("the title lies on %s in 256 colours", got)
	}
	if got := th.Style(themes.Title).Bg; got != "#222222" {
		t.Errorf("In256 has changed the theme itself: %s", got)
	}
}

func TestWrongThemes(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"role", "\n\n\"mark.secrt\" = { fg = \"red\" }", `my.toml:3: there is no role "mark.secrt"; did you mean mark.secret?`},
		{"role without quotes", "mark.secrt = { fg = \"red\" }", `my.toml:1: there is no role "mark.secrt"; did you mean mark.secret?`},
		{"role as a table", "# mine\n[mark.secrt]\nfg = \"red\"", `my.toml:2: there is no role "mark.secrt"; did you mean mark.secret?`},
		{"empty role", "txet = {}", `my.toml:1: there is no role "txet"; did you mean text?`},
		{"nothing near", "\"giraffe\" = {}", `my.toml:1: there is no role "giraffe"`},
		{"attribute", "text = {}\ndim = { fg = 1, bolt = true }", `my.toml:2: a role has no "bolt"; did you mean bold?`},
		{"attribute in a table", "[dim]\nfg = 1\nbolt = true", `my.toml:3: a role has no "bolt"; did you mean bold?`},
		{"setting", "nam = \"x\"", `my.toml:1: there is no setting "nam"; did you mean name?`},
		{"hex", "dim = { fg = \"#12345\" }", `my.toml:1: "#12345" is no colour: write "#rrggbb", a number from 0 to 255, a name such as "red", or "" for the terminal's own`},
		{"number", "[dim]\n\nfg = 256", `my.toml:3: "256" is no colour: `},
		{"number as text", "dim = { fg = \"0300\" }", `my.toml:1: "0300" is no colour: `},
		{"colour's name", "dim = { fg = \"mauve\" }", `my.toml:1: "mauve" is no colour: `},
		{"colour of a kind that is none", "dim = { fg = 1.5 }", `my.toml:1: "1.5" is no colour: `},
		{"256", "dim = { fg256 = \"#123456\" }", `my.toml:1: fg256 is a number from 0 to 255`},
		{"flag", "dim = { bold = \"yes\" }", `my.toml:1: bold is true or false`},
		{"role with a bare colour", "text = {}\ndim = \"red\"", `my.toml:2: dim is a role: write "dim" = { fg = "#rrggbb", bold = true }`},
		{"dark", "dark = 1", `my.toml:1: dark is true or false`},
		{"name", "name = 1", `my.toml:1: name is a text in quotes`},
		{"base", "\nbase = \"lihgt\"", `my.toml:2: there is no built-in theme "lihgt"; did you mean light?`},
		{"base of a kind that is none", "base = 3", `my.toml:1: there is no built-in theme "3"`},
		{"no TOML", "dim = {}\ntext = {", `my.toml:2: `},
		{"twice", "dim = {}\ndim = {}", `my.toml:2: `},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := themes.Load("my", with("my", c.text))
			if err == nil {
				t.Fatal("the theme is taken")
			}
			if got := err.Error(); got != c.want && !(strings.HasSuffix(c.want, ": ") && strings.HasPrefix(got, c.want)) {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %q", err)
			}
		})
	}
}

func TestUnknownThemes(t *testing.T) {
	folder := fstest.MapFS{"midnight.toml": {}, "dark.toml": {}, "read.me": {}}
	_, err := themes.Load("midnigt", folder)
	want := `there is no theme "midnigt"; did you mean midnight? (there are ` + strings.Join(themes.Names(), ", ") + ", midnight)"
	if err == nil || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
	if _, err := themes.Load("foo", folder); err == nil || strings.Contains(err.Error(), "did you mean") {
		t.Errorf("a word unlike every theme is taken for one: %v", err)
	}
	for _, name := range []string{"", "../dark", "/etc/passwd", `..\dark`, "sub/dark"} {
		if _, err := themes.Load(name, folder); err == nil {
			t.Errorf("%q is taken for a theme", name)
		}
	}
}

// locked is a folder whose files cannot be read.
type locked struct{}

func (locked) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestUnreadableTheme(t *testing.T) {
	if _, err := themes.Load("mine", locked{}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
}

func TestLoadGivesEachItsOwn(t *testing.T) {
	a := load(t, "dark")
	a.Styles[themes.Text] = themes.Style{Bold: true}
	if load(t, "dark").Style(themes.Text).Bold {
		t.Error("changing one theme changes the next that is loaded")
	}
}

func TestRolesAreEachOnce(t *testing.T) {
	roles := themes.Roles()
	slices.Sort(roles)
	if n := len(slices.Compact(roles)); n != len(themes.Roles()) {
		t.Errorf("%d of %d roles are different", n, len(themes.Roles()))
	}
}
