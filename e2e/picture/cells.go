package main

import (
	"strconv"
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// style is how a cell is drawn. Colours are "#rrggbb"; "" is the terminal's
// own.
type style struct {
	fg, bg                                          string
	bold, faint, italic, underline, reverse, struck bool
}

// cell is one place of the grid. A wide character takes its own cell and an
// empty one after it.
type cell struct {
	text  string
	width int
	style style
}

// grid reads a captured screen, text with SGR sequences, into cells. Other
// escape sequences do not occur in a capture and would be shown as text.
func grid(screen string, width, height int) [][]cell {
	rows := make([][]cell, height)
	var now style
	for y, line := range strings.Split(strings.TrimRight(screen, "\n"), "\n") {
		if y >= height {
			break
		}
		rows[y] = row(line, width, &now)
	}
	for y := range rows {
		ground := bar(rows[y])
		for len(rows[y]) < width {
			rows[y] = append(rows[y], cell{text: " ", width: 1, style: ground})
		}
	}
	return rows
}

// bar is how a row goes on to the right edge. A capture does not hold cells
// that were erased in a colour (tmux before 3.4 cannot say them): a row whose
// ground is the same at both its ends is taken for a bar across the screen.
func bar(r []cell) style {
	if len(r) == 0 {
		return style{}
	}
	first, last := r[0].style, r[len(r)-1].style
	if first.bg != last.bg || first.reverse != last.reverse {
		return style{}
	}
	return style{fg: last.fg, bg: last.bg, reverse: last.reverse}
}

// row reads one line; the style goes on from line to line as tmux writes it.
func row(line string, width int, now *style) []cell {
	var out []cell
	for line != "" && len(out) < width {
		if args, rest, ok := sgr(line); ok {
			now.apply(args)
			line = rest
			continue
		}
		text := line
		if i := strings.IndexByte(line[1:], 0x1b); i >= 0 {
			text = line[:i+1]
		}
		g := displaywidth.StringGraphemes(text)
		for g.Next() && len(out) < width {
			w := max(g.Width(), 0)
			if w == 0 && len(out) > 0 {
				out[len(out)-1].text += g.Value()
				continue
			}
			out = append(out, cell{g.Value(), w, *now})
			for range w - 1 {
				out = append(out, cell{style: *now})
			}
		}
		line = line[len(text):]
	}
	return out
}

// sgr eats one SGR sequence at the beginning of a line.
func sgr(line string) (args []int, rest string, ok bool) {
	body, ok := strings.CutPrefix(line, "\x1b[")
	if !ok {
		return nil, line, false
	}
	inside, rest, ok := strings.Cut(body, "m")
	if !ok {
		return nil, line, false
	}
	for _, s := range strings.FieldsFunc(inside, func(r rune) bool { return r == ';' || r == ':' }) {
		n, err := strconv.Atoi(s)
		if err != nil {
			return nil, line, false
		}
		args = append(args, n)
	}
	if len(args) == 0 {
		args = []int{0}
	}
	return args, rest, true
}

// apply changes the style as ECMA-48 says.
func (s *style) apply(args []int) {
	for i := 0; i < len(args); i++ {
		switch n := args[i]; {
		case n == 0:
			*s = style{}
		case n == 1:
			s.bold = true
		case n == 2:
			s.faint = true
		case n == 3:
			s.italic = true
		case n == 4:
			s.underline = true
		case n == 7:
			s.reverse = true
		case n == 9:
			s.struck = true
		case n == 22:
			s.bold, s.faint = false, false
		case n == 23:
			s.italic = false
		case n == 24:
			s.underline = false
		case n == 27:
			s.reverse = false
		case n == 29:
			s.struck = false
		case n >= 30 && n <= 37:
			s.fg = palette(n - 30)
		case n >= 90 && n <= 97:
			s.fg = palette(n - 90 + 8)
		case n >= 40 && n <= 47:
			s.bg = palette(n - 40)
		case n >= 100 && n <= 107:
			s.bg = palette(n - 100 + 8)
		case n == 39:
			s.fg = ""
		case n == 49:
			s.bg = ""
		case n == 38 || n == 48:
			colour, used := extended(args[i+1:])
			if n == 38 {
				s.fg = colour
			} else {
				s.bg = colour
			}
			i += used
		}
	}
}

// extended reads what follows 38 or 48: "5;n" or "2;r;g;b".
func extended(args []int) (colour string, used int) {
	switch {
	case len(args) >= 2 && args[0] == 5:
		return palette(args[1]), 2
	case len(args) >= 4 && args[0] == 2:
		return hex(args[1], args[2], args[3]), 4
	}
	return "", len(args)
}

// palette is the 256-colour table: 16 named colours (those of a common dark
// scheme), a cube of 216, and 24 greys.
func palette(n int) string {
	named := [...]string{
		"#2e3436", "#cc4b3e", "#5a9e3f", "#c4a000", "#4f87c7", "#9a6fb0", "#2aa1a4", "#d3d7cf",
		"#767a76", "#ef5b50", "#8ae234", "#fce94f", "#7fb2ea", "#c49bd6", "#4fd3d6", "#f4f4f2",
	}
	switch {
	case n < 0 || n > 255:
		return ""
	case n < 16:
		return named[n]
	case n >= 232:
		grey := 8 + 10*(n-232)
		return hex(grey, grey, grey)
	}
	n -= 16
	level := func(v int) int {
		if v == 0 {
			return 0
		}
		return 55 + 40*v
	}
	return hex(level(n/36), level(n/6%6), level(n%6))
}

func hex(r, g, b int) string {
	const digits = "0123456789abcdef"
	out := []byte{'#'}
	for _, v := range [...]int{r, g, b} {
		v = min(max(v, 0), 255)
		out = append(out, digits[v>>4], digits[v&15])
	}
	return string(out)
}
