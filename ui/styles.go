package ui

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"chancery/model"
	"chancery/themes"
)

// styles are the roles of a theme made ready to draw: for each the sequence
// that begins it and the one that ends it, so that a frame is only joining.
type styles struct {
	theme  themes.Theme
	ascii  bool // draw with ASCII only, no box lines
	colour bool
	pairs  map[themes.Role][2]string
	bare   map[themes.Role]bool // roles in which a blank looks like one of plain text

	ground  string            // sequence of the background to paint, "" for the terminal's own
	painter *strings.Replacer // puts it under a row; made once, because it is used for every one
}

// newStyles makes the styles of a theme; without colour only bold, underline
// and reverse are left.
func newStyles(t themes.Theme, colour, ascii bool) *styles {
	s := &styles{theme: t, ascii: ascii, colour: colour, pairs: make(map[themes.Role][2]string), bare: make(map[themes.Role]bool)}
	text := bare(t.Style(themes.Text))
	for _, r := range themes.Roles() {
		s.pairs[r] = sequences(t.Style(r), colour)
		s.bare[r] = text && r != themes.Text && bare(t.Style(r))
	}
	return s
}

// sequences renders a mark with the style and cuts it in two, which is how the
// framework's own idea of a style is kept.
func sequences(t themes.Style, colour bool) [2]string {
	st := lipgloss.NewStyle().Bold(t.Bold).Faint(t.Faint).Italic(t.Italic).Underline(t.Underline).Reverse(t.Reverse)
	if colour {
		st = st.Foreground(colourOf(t.Fg)).Background(colourOf(t.Bg))
	}
	before, after, ok := strings.Cut(st.Render("x"), "x")
	if !ok {
		return [2]string{}
	}
	return [2]string{before, after}
}

// bare says that nothing of a style is seen on a blank.
func bare(t themes.Style) bool { return t.Bg == "" && !t.Underline && !t.Reverse }

// colourOf reads a theme's colour; "" is the terminal's own. A colour that the
// palette of 256 has is sent by its number there, which is half as long.
func colourOf(s string) color.Color {
	if s == "" {
		return lipgloss.NoColor{}
	}
	c := lipgloss.Color(s)
	if i := ansi.Convert256(c); s[0] == '#' && color.RGBAModel.Convert(i) == color.RGBAModel.Convert(c) {
		return i
	}
	return c
}

// paintGround has the theme bring its own background: pale letters made for a
// dark terminal cannot be read on a light one that did not say it was light. The
// terminal's own is used wherever it is known to fit.
func (s *styles) paintGround(dark bool) {
	s.ground = sequences(themes.Ground(dark), true)[0]
	s.painter = strings.NewReplacer(groundEnd, groundEnd+s.ground, "\x1b[0m", groundEnd+s.ground)
}

// groundEnd ends every style.
const groundEnd = "\x1b[m"

// painted puts the ground under a row of the frame: it begins the row and comes
// back after each piece with a style of its own.
func (s *styles) painted(row string) string {
	if s.ground == "" {
		return row
	}
	return s.ground + s.painter.Replace(row) + groundEnd
}

// coloured says whether a theme brings colours of its own, which look the
// same on every terminal and therefore need a ground that fits them.
func coloured(t themes.Theme) bool {
	for _, r := range themes.Roles() {
		if strings.HasPrefix(t.Style(r).Fg, "#") || len(t.Style(r).Fg) == 3 {
			return true
		}
	}
	return false
}

// draw gives text the style of a role. The text is already safe.
func (s *styles) draw(r themes.Role, text string) string {
	p := s.pairs[r]
	if p[0] == "" || text == "" {
		return text
	}
	return p[0] + text + p[1]
}

// markRole is the role of a level in the gutter and the list.
func markRole(l model.Level) themes.Role { return themes.Mark(int(l)) }

// bannerRole is the role of a level in the cable's banner line.
func bannerRole(l model.Level) themes.Role { return themes.Banner(int(l)) }

// glyph picks a sign: the box-drawing one, or its plain form with ascii.
func (s *styles) glyph(box, plain string) string {
	if s.ascii {
		return plain
	}
	return box
}

// fit makes plain, safe text exactly w cells wide, with a sign of this look
// where it was cut.
func (s *styles) fit(text string, w int) string {
	if !s.ascii || width(text) <= w {
		return fit(text, w)
	}
	if w <= 0 {
		return ""
	}
	return fit(ansi.Truncate(text, w, "~"), w)
}
