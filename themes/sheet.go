package themes

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// sheet is a theme's file as it was read: what it says, in order, each with
// the line it stands on.
type sheet struct {
	file     string
	settings []setting
}

// setting is one value of a file: of the whole theme where role is "". Without
// a key it only says that the role is named.
type setting struct {
	role  Role
	key   string
	value any
	line  int // from 1
}

// find gives a setting of the whole theme.
func (s sheet) find(key string) (setting, bool) {
	i := slices.IndexFunc(s.settings, func(x setting) bool { return x.role == "" && x.key == key })
	if i < 0 {
		return setting{}, false
	}
	return s.settings[i], true
}

// wrong is an error with the place of a setting.
func (s sheet) wrong(x setting, what string) error {
	return fmt.Errorf("%s:%d: %s", s.file, x.line, what)
}

// read reads a theme's file. Roles may be written "mark.secret" = { … },
// mark.secret.fg = … or as a table [mark.secret]; unknown ones are refused.
func read(file, src string) (sheet, error) {
	var tree map[string]any
	meta, err := toml.Decode(src, &tree)
	if err != nil {
		var at toml.ParseError
		if errors.As(err, &at) {
			return sheet{}, fmt.Errorf("%s:%d: %s", file, at.Position.Line, strings.TrimSpace(at.Message))
		}
		return sheet{}, fmt.Errorf("%s: %w", file, err)
	}
	s := sheet{file: file}
	lines := keyLines(src)
	for _, path := range meta.Keys() {
		x := setting{line: lineOf(lines, path)}
		name := strings.Join(path, ".")
		if meta.Type(path...) == "Hash" {
			if !slices.ContainsFunc(roleNames(), func(r string) bool { return r == name || strings.HasPrefix(r, name+".") }) {
				return sheet{}, s.wrong(x, fmt.Sprintf("there is no role %q%s", name, hint(name, roleNames())))
			}
			if slices.Contains(roleNames(), name) {
				s.settings = append(s.settings, setting{role: Role(name), line: x.line})
			}
			continue
		}
		if slices.Contains(roleNames(), name) {
			return sheet{}, s.wrong(x, fmt.Sprintf(`%s is a role: write "%s" = { fg = "#rrggbb", bold = true }`, name, name))
		}
		last := len(path) - 1
		x.role, x.key, x.value = Role(strings.Join(path[:last], ".")), path[last], at(tree, path)
		if x.role != "" && !slices.Contains(roleNames(), string(x.role)) {
			return sheet{}, s.wrong(x, fmt.Sprintf("there is no role %q%s", string(x.role), hint(string(x.role), roleNames())))
		}
		s.settings = append(s.settings, x)
	}
	return s, nil
}

// at gives the value at the end of a path.
func at(tree map[string]any, path []string) any {
	var v any = tree
	for _, p := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[p]
	}
	return v
}

// keyLines tells for each key and table of a TOML text on which line it is
// first written, which the decoder does not say. A key within { } is found
// with the key that the braces belong to.
func keyLines(src string) map[string]int {
	lines := make(map[string]int)
	var table []string
	for i, line := range strings.Split(src, "\n") {
		line = strings.TrimSpace(line)
		var path []string
		if strings.HasPrefix(line, "[") {
			table = keysOf(line)
			path = table
		} else if key, _, ok := strings.Cut(line, "="); ok {
			path = append(slices.Clone(table), keysOf(key+"=0")...)
		}
		for n := range path {
			joined := strings.Join(path[:n+1], "\n")
			if _, ok := lines[joined]; !ok {
				lines[joined] = i + 1
			}
		}
	}
	return lines
}

// keysOf reads the path of the one key or table of a line; nil when the line
// is none by itself.
func keysOf(line string) []string {
	var tree map[string]any
	meta, err := toml.Decode(line, &tree)
	if err != nil || len(meta.Keys()) == 0 {
		return nil
	}
	return meta.Keys()[len(meta.Keys())-1]
}

// lineOf gives the line of a path, or of the part of it that has one.
func lineOf(lines map[string]int, path []string) int {
	for n := len(path); n > 0; n-- {
		if line, ok := lines[strings.Join(path[:n], "\n")]; ok {
			return line
		}
	}
	return 1
}

// roleNames lists the roles as words.
func roleNames() []string {
	var names []string
	for _, r := range Roles() {
		names = append(names, string(r))
	}
	return names
}

// hint asks whether the nearest of the known names was meant; "" when none
// is near.
func hint(name string, known []string) string {
	best, least := "", min(max(2, len(name)/3), len(name)/2)+1
	for _, k := range known {
		if d := distance(name, k); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + best + "?"
}

// distance counts the letters to add, drop or change between two words
// (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
