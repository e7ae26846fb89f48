package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model/safe"
	"chancery/themes"
)

// paletteRows is how many commands the palette shows at most.
const paletteRows = 12

// palette finds a command by name or by what it does, and takes its argument.
type palette struct {
	field typed
	found []offer
	at    int // of the offer chosen
	top   int
	x     int
}

// offer is a row of the palette: a command, or one of the arguments it takes.
type offer struct {
	cmd   *command
	arg   string
	score int
}

func (a *App) palette(c call) tea.Cmd {
	p := &palette{}
	if c.arg != "" {
		p.field.set(c.arg + " ")
	}
	p.search(a)
	a.lay(p)
	return nil
}

// search finds the offers for what is typed. A whole name and a blank ask for
// the argument of that command.
func (p *palette) search(a *App) {
	p.found, p.at, p.top = p.found[:0], 0, 0
	name, arg, spaced := strings.Cut(p.field.text, " ")
	if c := a.keys.byName[name]; c != nil && spaced {
		if c.choices != nil {
			for i, choice := range c.choices(a) {
				if s, ok := fuzzy(strings.TrimSpace(arg), choice); ok {
					p.found = append(p.found, offer{c, choice, s - i})
				}
			}
		}
		if len(p.found) == 0 {
			p.found = append(p.found, offer{c, strings.TrimSpace(arg), 0})
		}
		p.order()
		return
	}
	for i := range a.keys.table {
		c := &a.keys.table[i]
		byName, ok1 := fuzzy(p.field.text, c.name)
		byTitle, ok2 := fuzzy(p.field.text, c.title)
		switch {
		case ok1:
			p.found = append(p.found, offer{c, "", byName + 50})
		case ok2:
			p.found = append(p.found, offer{c, "", byTitle})
		}
	}
	if p.field.text != "" {
		p.order()
	}
}

func (p *palette) order() {
	slices.SortStableFunc(p.found, func(x, y offer) int { return y.score - x.score })
}

// fuzzy says whether the letters of want stand in s in this order, and how
// well: at the beginning of words and next to each other count more.
func fuzzy(want, s string) (score int, ok bool) {
	want, s = strings.ToLower(strings.ReplaceAll(want, " ", "")), strings.ToLower(s)
	if strings.HasPrefix(strings.ReplaceAll(s, " ", ""), want) {
		score = 100
	}
	at, last := 0, -2
	for i := range len(want) {
		j := strings.IndexByte(s[at:], want[i])
		if j < 0 {
			return 0, false
		}
		j += at
		switch {
		case j == last+1:
			score += 8
		case j == 0 || s[j-1] == ' ' || s[j-1] == '-':
			score += 6
		}
		at, last = j+1, j
	}
	return score - len(s)/8, true
}

func (p *palette) inline() bool { return false }

func (p *palette) scroll(n int) { p.at = max(0, min(p.at+n, len(p.found)-1)) }

func (p *palette) cursor() (x, y int, ok bool) { return p.x, 0, true }

func (p *palette) paste(a *App, text string) {
	p.field.insert(text)
	p.search(a)
}

func (p *palette) draw(a *App, w, h int) (string, []string) {
	st := a.list.st
	line, x := p.field.draw(st, ":", w)
	p.x = x
	lines := []string{line}
	n := min(h-1, paletteRows)
	p.top = max(0, min(p.top, p.at), p.at-n+1)
	for i := p.top; i < p.top+n; i++ {
		if i >= len(p.found) {
			lines = append(lines, st.draw(themes.Overlay, fit("", w)))
			continue
		}
		lines = append(lines, p.found[i].draw(a, w, i == p.at))
	}
	if len(p.found) == 0 && len(lines) > 1 {
		lines[1] = st.draw(themes.Dim, st.fit("   no command is called so", w))
	}
	return "Commands", lines
}

// draw shows an offer: its name, what it does or why it cannot be done now, its
// keys.
func (o offer) draw(a *App, w int, here bool) string {
	st := a.list.st
	role, sign := themes.Overlay, "   "
	if here {
		role, sign = themes.Select, " > "
	}
	name := o.cmd.name
	if o.cmd.takes != "" {
		name += " " + o.cmd.takes
	}
	if o.arg != "" {
		name = o.cmd.name + " " + o.arg
	}
	title := o.cmd.title
	if o.cmd.ready != nil {
		if why := o.cmd.ready(a); why != "" {
			title += "   (" + why + ")"
			if !here {
				role = themes.Dim
			}
		}
	}
	keys := o.cmd.keyNames()
	nameW := min(24, max(0, w-len(sign)), max(16, w/3))
	keysW := 16
	if w < 70 {
		keysW = 0
	}
	titleW := max(0, min(w-len(sign)-nameW-1-keysW-1, 84))
	line := fit(sign, min(len(sign), w)) + st.fit(name, nameW)
	if titleW > 0 {
		line += " " + st.fit(title, titleW)
	}
	if keysW > 0 {
		line += " " + st.fit(keys, keysW)
	}
	return st.draw(role, fit(line, w))
}

func (p *palette) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc", "ctrl+c":
		a.lay(nil)
	case "down", "ctrl+n":
		p.scroll(1)
	case "up", "ctrl+p":
		p.scroll(-1)
	case "pgdown":
		p.scroll(paletteRows)
	case "pgup":
		p.scroll(-paletteRows)
	case "tab":
		p.complete(a)
	case "enter":
		return p.enter(a)
	default:
		if k.String() == "backspace" && p.field.text == "" {
			a.lay(nil)
			return nil
		}
		if p.field.press(k) {
			p.search(a)
		}
	}
	return nil
}

// complete writes the chosen offer into the field.
func (p *palette) complete(a *App) {
	if len(p.found) == 0 {
		return
	}
	o := p.found[p.at]
	text := o.cmd.name
	if o.arg != "" {
		text += " " + o.arg
	} else if o.cmd.takes != "" {
		text += " "
	}
	p.field.set(text)
	p.search(a)
}

// enter runs the chosen command; one that needs an argument asks for it first.
func (p *palette) enter(a *App) tea.Cmd {
	if len(p.found) == 0 {
		a.lay(nil)
		a.say("no command is called " + safe.Line(strings.TrimSpace(p.field.text)) + "   ? shows all")
		return nil
	}
	o := p.found[p.at]
	_, given, spaced := strings.Cut(p.field.text, " ")
	if o.cmd.takes != "" && len(o.cmd.keys) == 0 && o.arg == "" && !(spaced && strings.TrimSpace(given) != "") {
		p.complete(a)
		return nil
	}
	a.lay(nil)
	return a.run(o.cmd, call{arg: o.arg})
}

func (p *palette) hints() []hint {
	return []hint{{"Enter", "run"}, {"Up/Down", "choose"}, {"Tab", "complete"}, {"Esc", "close"}}
}
