package themes

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

//go:embed *.toml
var files embed.FS

// defaultName is the theme that lies underneath a user's own.
const defaultName = "dark"

// Names lists the built-in themes: dark, light, high-contrast,
// high-contrast-light, mono, ansi16.
func Names() []string {
	return []string{"dark", "light", "high-contrast", "high-contrast-light", "mono", "ansi16"}
}

// Load reads a theme: NAME.toml in user (which may be nil), else a built-in
// one, so that a reader may keep a dark.toml that only turns what they want
// turned. A user's file may say base = "light" to lie on another theme than
// the default or, where it has the name of a built-in one, on that. Unknown
// names, roles, keys and colours are refused with the line they stand on and
// the nearest name.
func Load(name string, user fs.FS) (Theme, error) {
	isBuiltIn := slices.Contains(Names(), name)
	if user != nil && !strings.ContainsAny(name, `/\`) && fs.ValidPath(name) {
		file := name + ".toml"
		src, err := fs.ReadFile(user, file)
		switch {
		case err == nil:
			return own(name, file, string(src))
		case !errors.Is(err, fs.ErrNotExist):
			return Theme{}, fmt.Errorf("read theme %s: %w", name, err)
		}
	}
	if !isBuiltIn {
		known := append(Names(), ownNames(user)...)
		return Theme{}, fmt.Errorf("there is no theme %q%s (there are %s)", name, hint(name, known), strings.Join(known, ", "))
	}
	return builtIn(name)
}

// ownNames lists the themes in the user's folder.
func ownNames(user fs.FS) []string {
	if user == nil {
		return nil
	}
	found, err := fs.Glob(user, "*.toml")
	if err != nil {
		return nil // the folder cannot be listed: it only misses in a hint
	}
	var names []string
	for _, f := range found {
		if n := strings.TrimSuffix(f, ".toml"); !slices.Contains(Names(), n) {
			names = append(names, n)
		}
	}
	return names
}

// builtIn reads a theme of our own.
func builtIn(name string) (Theme, error) {
	file := name + ".toml"
	src, err := files.ReadFile(file)
	if err != nil {
		return Theme{}, fmt.Errorf("read theme %s: %w", name, err)
	}
	s, err := read(file, string(src))
	if err != nil {
		return Theme{}, err
	}
	return s.lay(Theme{Name: name, Styles: map[Role]Style{}})
}

// own reads a theme of the user's and lays it on the one it names.
func own(name, file, src string) (Theme, error) {
	s, err := read(file, src)
	if err != nil {
		return Theme{}, err
	}
	under := defaultName
	if slices.Contains(Names(), name) {
		under = name
	}
	if b, ok := s.find("base"); ok {
		under, ok = b.value.(string)
		if !ok || !slices.Contains(Names(), under) {
			return Theme{}, s.wrong(b, fmt.Sprintf("there is no built-in theme %q%s", fmt.Sprint(b.value), hint(fmt.Sprint(b.value), Names())))
		}
	}
	t, err := builtIn(under)
	if err != nil {
		return Theme{}, err
	}
	if t.Name != name {
		t.Name, t.Title = name, name
	}
	return s.lay(t)
}

// lay puts what a sheet says on top of a theme.
func (s sheet) lay(t Theme) (Theme, error) {
	for _, x := range s.settings {
		var err error
		if x.role == "" {
			err = s.general(&t, x)
		} else {
			style := t.Styles[x.role]
			if x.key != "" {
				err = s.style(&style, x)
			}
			t.Styles[x.role] = style
		}
		if err != nil {
			return Theme{}, err
		}
	}
	return t, nil
}

// general takes a setting of the whole theme.
func (s sheet) general(t *Theme, x setting) error {
	ok := true
	switch x.key {
	case "name":
		t.Title, ok = x.value.(string)
	case "dark":
		t.Dark, ok = x.value.(bool)
	case "base":
		_, ok = x.value.(string)
	default:
		return s.wrong(x, fmt.Sprintf("there is no setting %q%s", x.key, hint(x.key, append(roleNames(), "name", "dark", "base"))))
	}
	switch {
	case ok:
		return nil
	case x.key == "dark":
		return s.wrong(x, "dark is true or false")
	}
	return s.wrong(x, x.key+" is a text in quotes")
}

// style takes one attribute of a role.
func (s sheet) style(st *Style, x setting) error {
	flags := map[string]*bool{
		"bold": &st.Bold, "faint": &st.Faint, "italic": &st.Italic, "underline": &st.Underline, "reverse": &st.Reverse,
	}
	colours := map[string]*string{"fg": &st.Fg, "bg": &st.Bg, "fg256": &st.Fg256, "bg256": &st.Bg256}
	if flag, ok := flags[x.key]; ok {
		if *flag, ok = x.value.(bool); !ok {
			return s.wrong(x, x.key+" is true or false")
		}
		return nil
	}
	to, ok := colours[x.key]
	if !ok {
		return s.wrong(x, fmt.Sprintf("a role has no %q%s", x.key, hint(x.key, styleKeys())))
	}
	c, ok := colour(x.value)
	if !ok {
		return s.wrong(x, fmt.Sprintf(`%q is no colour: write "#rrggbb", a number from 0 to 255, a name such as "red", or "" for the terminal's own`, fmt.Sprint(x.value)))
	}
	switch x.key {
	case "fg":
		st.Fg256 = "" // that of the theme underneath belonged to its colour
	case "bg":
		st.Bg256 = ""
	case "fg256", "bg256":
		if strings.HasPrefix(c, "#") {
			return s.wrong(x, x.key+" is a number from 0 to 255")
		}
	}
	*to = c
	return nil
}

// styleKeys lists what may be said of a role.
func styleKeys() []string {
	return []string{"fg", "bg", "fg256", "bg256", "bold", "faint", "italic", "underline", "reverse"}
}

// colour reads a colour as a theme writes it into the form of Style.
func colour(v any) (string, bool) {
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10), v >= 0 && v <= 255
	case string:
		if v == "" {
			return "", true
		}
		if strings.HasPrefix(v, "#") {
			ok, err := regexp.MatchString(`^#[0-9a-fA-F]{6}$`, v)
			return strings.ToLower(v), ok && err == nil
		}
		if n := slices.Index(colourNames(), v); n >= 0 {
			return strconv.Itoa(n), true
		}
		n, err := strconv.Atoi(v)
		return v, err == nil && n >= 0 && n <= 255 && v == strconv.Itoa(n)
	}
	return "", false
}

// colourNames lists the terminal's 16 colours in their order.
func colourNames() []string {
	return []string{
		"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
		"bright-black", "bright-red", "bright-green", "bright-yellow",
		"bright-blue", "bright-magenta", "bright-cyan", "bright-white",
	}
}
