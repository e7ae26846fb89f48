package ui

import tea "charm.land/bubbletea/v2"

// lineAsk asks for one line in the status line.
type lineAsk struct {
	sign  string // what stands before it: "name of the brief: "
	field typed
	x     int
	then  func(a *App, text string) tea.Cmd
}

// askLine asks for a line that begins as something else.
func (a *App) askLine(sign, text string, then func(a *App, text string) tea.Cmd) {
	p := &lineAsk{sign: " " + sign + ": ", then: then}
	p.field.set(text)
	a.lay(p)
}

func (p *lineAsk) inline() bool                { return true }
func (p *lineAsk) scroll(int)                  {}
func (p *lineAsk) paste(_ *App, text string)   { p.field.insert(text) }
func (p *lineAsk) cursor() (x, y int, ok bool) { return p.x, 0, true }

func (p *lineAsk) draw(a *App, w, _ int) (string, []string) {
	line, x := p.field.draw(a.list.st, p.sign, w)
	p.x = x
	return "", []string{line}
}

func (p *lineAsk) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	a.statusStale = true
	switch k.String() {
	case "enter":
		a.lay(nil)
		return p.then(a, p.field.text)
	case "esc":
		a.lay(nil)
		return nil
	}
	p.field.press(k)
	return nil
}

func (p *lineAsk) hints() []hint { return []hint{{"Enter", "take it"}, {"Esc", "cancel"}} }
