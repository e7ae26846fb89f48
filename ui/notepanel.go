package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model/safe"
)

// notePanel writes a note on the screen itself.
type notePanel struct {
	on    noteOn
	field textField
	h     int
	x, y  int
}

func newNotePanel(on noteOn, text string) *notePanel {
	return &notePanel{on: on, field: newTextField(safe.Text(text), noteMost)}
}

// pasteWhole takes what was pasted with its lines.
func (p *notePanel) pasteWhole(text string) { p.field.insert(text) }

func (p *notePanel) inline() bool                { return false }
func (p *notePanel) paste(_ *App, text string)   { p.field.insert(text) }
func (p *notePanel) scroll(int)                  {}
func (p *notePanel) cursor() (x, y int, ok bool) { return p.x, p.y, true }

// noteRowsShown is how many rows a note has to be written in, if there is room.
const noteRowsShown = 10

func (p *notePanel) draw(a *App, w, h int) (string, []string) {
	p.h = max(1, min(h, noteRowsShown))
	lines, x, y := p.field.draw(a.list.st, w, p.h)
	p.x, p.y = x, y
	return p.on.words + "   Markdown", lines
}

func (p *notePanel) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		a.lay(nil)
		switch {
		case strings.TrimSpace(p.field.text) == strings.TrimSpace(p.on.old):
			delete(a.writing.drafts, p.on.key)
		default:
			a.draft(p.on, p.field.text)
			a.say("what you typed is kept as a draft until you quit: c opens it again")
		}
	case "tab", "ctrl+d":
		a.lay(nil)
		return a.keepNote(p.on, p.field.text)
	default:
		p.field.press(k, p.h)
	}
	return nil
}

func (p *notePanel) hints() []hint {
	return []hint{{"Tab", "keep the note"}, {"Enter", "new line"}, {"Esc", "leave it as a draft"}}
}
