package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/themes"
)

// copyPanel shows text as wide as the screen and without decoration, so that
// the terminal can select it, and offers to write it to a file.
type copyPanel struct {
	title string
	text  string
	rows  []string
	w     int
	top   int
	h     int
}

func newCopyPanel(a *App, title string) *copyPanel {
	return &copyPanel{title: title, text: a.copying.last}
}

func (p *copyPanel) inline() bool                { return false }
func (p *copyPanel) paste(*App, string)          {}
func (p *copyPanel) scroll(n int)                { p.top += n }
func (p *copyPanel) cursor() (x, y int, ok bool) { return 0, 0, true }

func (p *copyPanel) draw(a *App, w, h int) (string, []string) {
	if p.w != w || p.rows == nil {
		p.w, p.rows = w, nil
		for _, l := range strings.Split(p.text, "\n") {
			for _, c := range wrap(nil, l, max(1, w), max(1, w)) {
				p.rows = append(p.rows, l[c.from:c.to])
			}
		}
	}
	p.h = min(h, len(p.rows))
	p.top = max(0, min(p.top, len(p.rows)-p.h))
	out := make([]string, 0, p.h)
	for _, l := range p.rows[p.top : p.top+p.h] {
		out = append(out, a.list.st.draw(themes.Text, fit(l, w)))
	}
	return p.title + "   select it now", out
}

func (p *copyPanel) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc", "q", "y":
		a.lay(nil)
	case "down", "j":
		p.top++
	case "up", "k":
		p.top--
	case "pgdown", "space", "f":
		p.top += p.h
	case "pgup", "b":
		p.top -= p.h
	case "enter":
		if why := needWriter(a); why != "" {
			a.say(why)
			return nil
		}
		text := p.text + "\n"
		a.askLine("write it to the file", "copied.txt", func(a *App, name string) tea.Cmd {
			if name = strings.TrimSpace(name); name == "" {
				a.say("nothing was written: the file needs a name")
				return nil
			}
			return a.write(name, []byte(text))
		})
	}
	return nil
}

func (p *copyPanel) hints() []hint {
	return []hint{{"Enter", "write it to a file"}, {"Up/Down", "scroll"}, {"Esc", "close"}}
}
