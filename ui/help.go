package ui

import (
	"cmp"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/glamour/v2"
	"charm.land/glamour/v2/ansi"
	xansi "github.com/charmbracelet/x/ansi"

	"chancery/themes"
)

// helpPage shows the keys, made from the command table. What is typed filters.
type helpPage struct {
	field typed
	scope scope
	lines []string
	w     int
	st    *styles // lines were drawn with
	top   int
	h     int
	x     int
}

func (a *App) help(c call) tea.Cmd {
	p := &helpPage{scope: a.scope()}
	p.field.set(c.arg)
	a.lay(p)
	return nil
}

// scopeName says for which pane the help is.
func (s scope) String() string {
	switch s {
	case inList:
		return "the list"
	case inReader:
		return "the reader"
	case inSide:
		return "the details"
	case inRaw:
		return "the source"
	case inOverview:
		return "the overview"
	case inChain:
		return "the chain"
	case inBrief:
		return "the brief"
	case inPassages:
		return "the passages"
	case inCompare:
		return "the copies"
	}
	return "everywhere"
}

// The widths from which the help has room for columns that all stand under each
// other, and for the names of commands.
const (
	helpAligned = 98
	helpNamed   = 64
)

// markdown writes the help of a pane for a width.
func (k keymap) markdown(s scope, filter string, w int) string {
	var b strings.Builder
	for _, g := range k.helpFor(s, filter) {
		head := "| Keys | Does | By name |\n|---|---|---|\n"
		if w < helpNamed {
			head = "| Keys | Does |\n|---|---|\n"
		}
		fmt.Fprintf(&b, "## %s\n\n%s", g.name, head)
		for _, r := range g.rows {
			switch {
			case w >= helpAligned:
				fmt.Fprintf(&b, "| %s | %s | %s |\n", escaped(wide(r.keys, 14)), escaped(wide(r.title, 54)), escaped(wide(r.name, 20)))
			case w >= helpNamed:
				fmt.Fprintf(&b, "| %s | %s | %s |\n", escaped(r.keys), escaped(r.title), escaped(r.name))
			default:
				fmt.Fprintf(&b, "| %s | %s |\n", escaped(cmp.Or(r.keys, r.name)), escaped(r.title))
			}
		}
		b.WriteByte('\n')
	}
	if b.Len() == 0 {
		return "Nothing is called so. Esc clears what you typed.\n"
	}
	return b.String()
}

// solid is a blank that the Markdown renderer leaves where it is, so that the
// columns of all groups stand under each other.
const solid = "\u00a0"

// wide fills a cell of the help to n letters.
func wide(s string, n int) string {
	return s + strings.Repeat(solid, max(0, n-width(s)))
}

// escaped keeps a key from being read as Markdown.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_{}[]()#+-.!|<>~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// render draws Markdown of our own in w cells. Text of documents never comes
// here: a Markdown renderer decodes entities into controls.
func render(md string, st *styles, w int) []string {
	return renderWith(md, helpStyle(st), w)
}

// renderWith draws Markdown in a style of the renderer.
func renderWith(md string, style ansi.StyleConfig, w int) []string {
	r, err := glamour.NewTermRenderer(glamour.WithStyles(style), glamour.WithWordWrap(max(20, w)), glamour.WithTableWrap(w < helpAligned))
	if err != nil {
		return strings.Split(md, "\n")
	}
	text, err := r.Render(md)
	if err != nil {
		return strings.Split(md, "\n")
	}
	lines := strings.Split(strings.Trim(strings.ReplaceAll(text, solid, " "), "\n"), "\n")
	for i, l := range lines {
		l = xansi.Truncate(l, w, "")
		lines[i] = l + blanks(w-xansi.StringWidth(l))
	}
	return lines
}

// primitive is a role as the Markdown renderer wants it.
func (s *styles) primitive(r themes.Role) ansi.StylePrimitive {
	t := s.theme.Style(r)
	p := ansi.StylePrimitive{}
	if s.colour && t.Fg != "" {
		p.Color = &t.Fg
	}
	if t.Bold {
		p.Bold = &t.Bold
	}
	if t.Underline {
		p.Underline = &t.Underline
	}
	return p
}

// helpStyle is the theme as the Markdown renderer wants it.
func helpStyle(st *styles) ansi.StyleConfig {
	plain, heading := st.primitive(themes.Text), st.primitive(themes.Heading)
	heading.Prefix = " "
	sep, col := st.glyph("│", "|"), st.glyph("─", "-")
	cross := st.glyph("┼", "+")
	return ansi.StyleConfig{
		Document:  ansi.StyleBlock{StylePrimitive: plain},
		Paragraph: ansi.StyleBlock{StylePrimitive: plain},
		Heading:   ansi.StyleBlock{StylePrimitive: heading},
		H2:        ansi.StyleBlock{StylePrimitive: heading},
		Text:      plain,
		Table: ansi.StyleTable{
			StyleBlock: ansi.StyleBlock{StylePrimitive: plain}, CenterSeparator: &cross, ColumnSeparator: &sep, RowSeparator: &col,
		},
	}
}

func (p *helpPage) inline() bool { return false }
func (p *helpPage) scroll(n int) { p.top += n }

func (p *helpPage) cursor() (x, y int, ok bool) { return p.x, 0, true }

func (p *helpPage) paste(_ *App, text string) {
	p.field.insert(text)
	p.lines = nil
}

func (p *helpPage) draw(a *App, w, h int) (string, []string) {
	if p.lines == nil || p.w != w || p.st != a.list.st {
		p.lines, p.w, p.st = render(a.keys.markdown(p.scope, p.field.text, w), a.list.st, min(w, textMost)), w, a.list.st
		for i, l := range p.lines {
			p.lines[i] = l + blanks(w-min(w, textMost))
		}
	}
	first, x := p.field.draw(a.list.st, " filter: ", w)
	p.x = x
	p.h = max(0, h-1)
	p.top = max(0, min(p.top, len(p.lines)-p.h))
	out := append([]string{first}, p.lines[p.top:min(len(p.lines), p.top+p.h)]...)
	for len(out) < h {
		out = append(out, blanks(w))
	}
	title := "Keys for " + p.scope.String()
	if p.field.text != "" {
		title = "Keys everywhere"
	}
	return title + "   type to filter", out[:h]
}

func (p *helpPage) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	empty := p.field.text == ""
	switch key := k.String(); {
	case key == "esc" && !empty:
		p.field.set("")
		p.lines, p.top = nil, 0
	case key == "esc", key == "enter", empty && (key == "q" || key == "?" || key == "f1"):
		a.lay(nil)
	case empty && key == "Q":
		return a.quit(call{})
	case key == "down":
		p.top++
	case key == "up":
		p.top--
	case key == "pgdown", empty && key == "space":
		p.top += p.h
	case key == "pgup":
		p.top -= p.h
	case key == "home":
		p.top = 0
	case key == "end":
		p.top = len(p.lines)
	default:
		if p.field.press(k) {
			p.lines, p.top = nil, 0
		}
	}
	return nil
}

func (p *helpPage) hints() []hint {
	return []hint{{"type", "filter"}, {"Up/Down", "scroll"}, {"PgUp/PgDn", "page"}, {"Esc", "close"}}
}
