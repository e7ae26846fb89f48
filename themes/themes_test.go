package themes_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"chancery/themes"
)

// load gives a built-in theme.
func load(t *testing.T, name string) themes.Theme {
	t.Helper()
	th, err := themes.Load(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	return th
}

// own lists the built-in themes that choose their colours themselves.
func own() []string { return []string{"dark", "light", "high-contrast", "high-contrast-light"} }

// backgrounds are the terminals a theme must be readable on, and the ground that
// the program paints itself.
func backgrounds(th themes.Theme) map[string]string {
	painted := themes.Ground(th.Dark).Bg
	if th.Dark {
		return map[string]string{
			"the painted ground": painted, "black": "#000000", "#1e1e1e": "#1e1e1e", "Solarized": "#002b36", "Dracula": "#282a36", "Nord": "#2e3440",
		}
	}
	return map[string]string{"the painted ground": painted, "white": "#ffffff", "Solarized": "#fdf6e3", "#f5f5f5": "#f5f5f5", "Latte": "#eff1f5"}
}

func markings() []themes.Role {
	return []themes.Role{
		themes.MarkUnclassified, themes.MarkSensitive, themes.MarkRestricted, themes.MarkConfidential,
		themes.MarkSecret, themes.MarkTopSecret, themes.MarkUnknown,
	}
}

// seen gives the colours a style shows, letters and background; "" is the
// terminal's own.
func seen(s themes.Style) (letters, background string) {
	if s.Reverse {
		return s.Bg, s.Fg
	}
	return s.Fg, s.Bg
}

// pairs calls check with the contrast of every pair of colours a role shows.
func pairs(th themes.Theme, r themes.Role, indexed bool, check func(on string, ratio float64)) {
	s := th.Style(r)
	switch {
	case s.Fg != "" && s.Bg != "":
		check("its own background", contrast(drawn(s.Fg, indexed), drawn(s.Bg, indexed)))
	case s.Fg != "": // turned round, the terminal's background is the letters: the same ratio
		for name, bg := range backgrounds(th) {
			check(name, contrast(drawn(s.Fg, indexed), hex(bg)))
		}
	case s.Bg != "":
		check("the terminal's own letters, which nobody knows", 0)
	}
}

// both runs a check for true colour and for 256 colours.
func both(t *testing.T, names []string, check func(t *testing.T, th themes.Theme, indexed bool)) {
	for _, name := range names {
		t.Run(name, func(t *testing.T) { check(t, load(t, name), false) })
		t.Run(name+" in 256", func(t *testing.T) { check(t, load(t, name).In256(), true) })
	}
}

func TestContrast(t *testing.T) {
	both(t, own(), func(t *testing.T, th themes.Theme, indexed bool) {
		for _, r := range themes.Roles() {
			need := 4.5
			if strings.HasPrefix(th.Name, "high-contrast") {
				need = 7
			}
			if r == themes.Border {
				need = 3
			}
			pairs(th, r, indexed, func(on string, ratio float64) {
				if ratio < need {
					t.Errorf("%s has %.2f:1 on %s, want %.1f", r, ratio, on, need)
				}
			})
		}
	})
}

// The letters that come with a painted ground are as easy to read as a theme of
// high contrast, and neither changes where there are 256 colours.
func TestPaintedGround(t *testing.T) {
	for _, dark := range []bool{true, false} {
		s := themes.Ground(dark)
		if ratio := contrast(hex(s.Fg), hex(s.Bg)); ratio < 7 {
			t.Errorf("dark %v: the letters have %.2f:1, want 7", dark, ratio)
		}
		for _, c := range []string{s.Fg, s.Bg} {
			if drawn(c, true) != hex(c) {
				t.Errorf("dark %v: %s is not of the palette", dark, c)
			}
		}
	}
}

// sign is the colour by which a marking is told: its chip, else its letters.
func sign(s themes.Style) string {
	letters, chip := seen(s)
	if chip != "" {
		return chip
	}
	return letters
}

func TestMarkingsCanBeToldApart(t *testing.T) {
	both(t, own(), func(t *testing.T, th themes.Theme, indexed bool) {
		least, where := 1000.0, ""
		for i, a := range markings() {
			for _, b := range markings()[:i] {
				for _, s := range sights() {
					d := s.distance(drawn(sign(th.Style(a)), indexed), drawn(sign(th.Style(b)), indexed))
					if d < 19 {
						t.Errorf("%s and %s are %.1f apart to %s sight, want 19", b, a, d, s.name)
					}
					if d < least {
						least, where = d, fmt.Sprintf("%s and %s, %s", b, a, s.name)
					}
				}
			}
		}
		t.Logf("least distance %.1f: %s", least, where)
	})
}

// The table of the accessibility page.
func TestMarkingColours(t *testing.T) {
	for name, want := range map[string][]string{
		"dark":  {"#15f441", "#c38af9", "#e7ffff", "#a0d9ff", "#fa7b65", "#fae8af", "#b8b8b8"},
		"light": {"#0b7d43", "#361167", "#153045", "#0d3eb1", "#6a0d04", "#826c10", "#555555"},
	} {
		th := load(t, name)
		for i, r := range markings() {
			if got := th.Style(r).Fg; got != want[i] {
				t.Errorf("%s in %s is %s, want %s", r, name, got, want[i])
			}
		}
	}
}

// attributes are what is left of a style without colour.
func attributes(s themes.Style) string {
	var out []string
	for _, a := range []struct {
		on   bool
		name string
	}{{s.Bold, "bold"}, {s.Underline, "underline"}, {s.Reverse, "reverse"}} {
		if a.on {
			out = append(out, a.name)
		}
	}
	return strings.Join(out, " ")
}

func TestMarkingsHaveASecondSign(t *testing.T) {
	want := map[themes.Role]string{
		themes.MarkUnclassified: "", themes.MarkSensitive: "", themes.MarkRestricted: "",
		themes.MarkConfidential: "bold", themes.MarkSecret: "bold",
		themes.MarkTopSecret: "reverse", themes.MarkUnknown: "underline",
	}
	for _, name := range themes.Names() {
		th := load(t, name)
		t.Logf("%-20s true %s", name, sample(th))
		t.Logf("%-20s 256  %s", name, sample(th.In256()))
		for r, w := range want {
			if got := attributes(th.Style(r)); got != w {
				t.Errorf("%s in %s is drawn %q, want %q", r, name, got, w)
			}
		}
	}
}

// What a reader must find without any colour: the row under the cursor, in
// the pane with the focus and without, a hit, an escape.
func TestSignsWithoutColour(t *testing.T) {
	for _, name := range themes.Names() {
		th := load(t, name)
		for _, group := range [][]themes.Role{
			{themes.Text, themes.Select, themes.SelectOff},
			{themes.Text, themes.Match, themes.MatchNow},
			{themes.Text, themes.Control},
		} {
			drawn := map[string]themes.Role{}
			for _, r := range group {
				a := attributes(th.Style(r))
				if other, taken := drawn[a]; taken {
					t.Errorf("in %s, %s and %s are both drawn %q", name, r, other, a)
				}
				drawn[a] = r
			}
		}
	}
}

// The selection is told from the text around it, and from the selection of
// the other pane, at a glance.
func TestSelectionIsSeen(t *testing.T) {
	both(t, own(), func(t *testing.T, th themes.Theme, indexed bool) {
		_, on := seen(th.Style(themes.Select))
		_, off := seen(th.Style(themes.SelectOff))
		if on == "" || off == "" {
			t.Fatalf("a selection has no background: %q, %q", on, off)
		}
		normal := sights()[0]
		if d := normal.distance(drawn(on, indexed), drawn(off, indexed)); d < 19 {
			t.Errorf("the two selections are %.1f apart, want 19", d)
		}
		for name, bg := range backgrounds(th) {
			if d := normal.distance(drawn(on, indexed), hex(bg)); d < 19 {
				t.Errorf("the selection is %.1f from %s, want 19", d, name)
			}
			if d := normal.distance(drawn(off, indexed), hex(bg)); d < 5 {
				t.Errorf("the other selection is %.1f from %s, want 5", d, name)
			}
		}
	})
}

func TestTextIsTheTerminalsOwn(t *testing.T) {
	for _, name := range themes.Names() {
		if s := load(t, name).Style(themes.Text); s != (themes.Style{}) {
			t.Errorf("text in %s is %+v, want plain", name, s)
		}
	}
}

func TestMonoHasNoColour(t *testing.T) {
	th := load(t, "mono")
	for _, r := range themes.Roles() {
		if s := th.Style(r); s.Fg+s.Bg+s.Fg256+s.Bg256 != "" || s.Faint || s.Italic {
			t.Errorf("%s is %+v", r, s)
		}
	}
}

func TestAnsi16HasOnlyThePalette(t *testing.T) {
	th := load(t, "ansi16")
	coloured := 0
	for _, r := range themes.Roles() {
		s := th.Style(r)
		if s.Bg+s.Fg256+s.Bg256 != "" {
			t.Errorf("%s sets a background or a colour of 256: %+v", r, s)
		}
		if s.Fg == "" {
			continue
		}
		coloured++
		if n, err := strconv.Atoi(s.Fg); err != nil || n < 0 || n > 15 {
			t.Errorf("%s has colour %q, want one of the 16", r, s.Fg)
		}
		if slices.Contains(markings(), r) {
			t.Errorf("%s has a colour, which not every palette lets be read", r)
		}
	}
	if coloured == 0 {
		t.Error("no role has a colour")
	}
}

// sample is a line in the theme's own looks: markings, banners and some roles.
// Look at them with go test -v -run SecondSign.
func sample(th themes.Theme) string {
	codes := []string{"U", "SBU", "R", "C", "S", "TS", "?"}
	var b strings.Builder
	for i, r := range markings() {
		b.WriteString(sequence(th.Style(r)) + codes[i] + "\x1b[m ")
	}
	for i, r := range themes.Roles()[len(themes.Roles())-len(codes):] {
		b.WriteString(sequence(th.Style(r)) + " " + codes[i] + " \x1b[m")
	}
	for _, r := range []themes.Role{
		themes.Select, themes.SelectOff, themes.Match, themes.MatchNow, themes.Control, themes.Title, themes.Status, themes.Key,
		themes.Error, themes.Dim, themes.Heading, themes.Field, themes.Guess, themes.Summary, themes.Comment, themes.Note, themes.Warning,
	} {
		b.WriteString(" " + sequence(th.Style(r)) + string(r) + "\x1b[m")
	}
	return b.String()
}

// sequence is the SGR of a style.
func sequence(s themes.Style) string {
	out := "\x1b[0"
	for _, a := range []struct {
		on   bool
		code string
	}{{s.Bold, ";1"}, {s.Faint, ";2"}, {s.Italic, ";3"}, {s.Underline, ";4"}, {s.Reverse, ";7"}} {
		if a.on {
			out += a.code
		}
	}
	for _, c := range []struct{ colour, code string }{{s.Fg, ";38"}, {s.Bg, ";48"}} {
		switch {
		case c.colour == "":
		case strings.HasPrefix(c.colour, "#"):
			x := hex(c.colour)
			out += fmt.Sprintf("%s;2;%.0f;%.0f;%.0f", c.code, x[0]*255, x[1]*255, x[2]*255)
		default:
			out += c.code + ";5;" + c.colour
		}
	}
	return out + "m"
}
