package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model/export"
	"chancery/model/safe"
)

// The fields of the panel, from top to bottom.
const (
	fieldWhat = iota
	fieldFormat
	fieldStyle
	fieldInclude
	fieldMarkLine
	fieldTo
	fieldCount
)

// exportPanel shows what will be written, byte for byte, as it is chosen.
type exportPanel struct {
	parcels []parcel
	what    int
	format  int
	style   int
	o       export.Options
	field   int // under the cursor
	box     int // of the row of boxes
	to      typed
	named   bool // the name was typed: it is not ours to change

	gen     int
	cancel  context.CancelFunc
	items   *gatheredItems // of the parcel, nil until they are read
	of      int            // the parcel they are of
	text    []byte
	lines   []string // of it, as the screen shows them
	err     error
	written string
	top     int
	x, y    int
}

// export shows what can be taken away from here.
func (a *App) export(c call) tea.Cmd {
	ps := a.parcels()
	if len(ps) == 0 {
		a.say("there is nothing to export")
		return nil
	}
	p := &exportPanel{parcels: ps, of: -1, field: fieldFormat}
	for i, k := range export.Formats() {
		if string(k.Format) == strings.TrimSpace(c.arg) {
			p.format = i
		}
	}
	for i, s := range export.Styles() {
		if s.Style == a.copying.style {
			p.style = i
		}
	}
	p.name()
	a.lay(p)
	return p.make(a)
}

// exportFormats are the formats, for the palette.
func exportFormats(*App) []string {
	var out []string
	for _, k := range export.Formats() {
		out = append(out, string(k.Format))
	}
	return out
}

func (p *exportPanel) kind() export.Kind { return export.Formats()[p.format] }

// options are what was chosen.
func (p *exportPanel) options() export.Options {
	o := p.o
	o.Style = export.Styles()[p.style].Style
	return o
}

// name gives the file a name, as long as none was typed.
func (p *exportPanel) name() {
	if !p.named {
		p.to.set(export.FileName(p.parcels[p.what].title, p.kind().Format))
	}
}

// make writes the document anew; the cables are read once for each parcel.
func (p *exportPanel) make(a *App) tea.Cmd {
	p.gen = a.next()
	p.stop()
	p.written = ""
	ctx, cancel := context.WithCancel(a.ctx)
	p.cancel = cancel
	gen, lib, desk, what, from, format, o := p.gen, a.o.Library, a.o.Desk, p.parcels[p.what], a.exportSource(), p.kind().Format, p.options()
	items := p.items
	if p.of != p.what {
		items = nil
	}
	return func() tea.Msg {
		defer cancel()
		if items == nil {
			g, err := gather(ctx, lib, desk, what, from)
			if err != nil {
				return exportedMsg{gen: gen, err: err}
			}
			items = &g
		}
		text, err := items.bytes(format, o)
		return exportedMsg{gen, items, text, err}
	}
}

func (p *exportPanel) stop() {
	if p.cancel != nil {
		p.cancel()
		p.cancel = nil
	}
}

// exported takes the document.
func (a *App) exported(m exportedMsg) {
	p, ok := a.over.(*exportPanel)
	if !ok || m.gen != p.gen {
		return
	}
	p.cancel = nil
	p.items, p.of, p.text, p.err = m.items, p.what, m.text, m.err
	if m.err != nil {
		p.items, p.of, p.text = nil, -1, nil
	}
	p.lines = strings.Split(strings.TrimSuffix(safe.Text(string(p.text)), "\n"), "\n")
	a.overStale = true
}

func (p *exportPanel) inline() bool { return false }
func (p *exportPanel) scroll(n int) { p.top += n }
func (p *exportPanel) hints() []hint {
	out := []hint{{"Tab", "field"}, {"Left/Right", "choose"}, {"Space", "toggle"}, {"Enter", "write"}, {"y", "copy instead"}, {"PgDn", "read on"}, {"Esc", "back"}}
	if p.field == fieldTo {
		out = slices.DeleteFunc(out, func(h hint) bool { return h.key == "y" || h.key == "Space" })
	}
	return out
}

func (p *exportPanel) cursor() (x, y int, ok bool) { return p.x, p.y, true }

func (p *exportPanel) paste(_ *App, text string) {
	if p.field == fieldTo {
		p.to.insert(text)
		p.named = true
	}
}

func (p *exportPanel) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	key := k.String()
	switch key {
	case "esc", "ctrl+c":
		p.stop()
		a.lay(nil)
		return nil
	case "tab", "down":
		p.field = (p.field + 1) % fieldCount
		return nil
	case "shift+tab", "up":
		p.field = (p.field + fieldCount - 1) % fieldCount
		return nil
	case "pgdown":
		p.top += 8
		return nil
	case "pgup":
		p.top -= 8
		return nil
	case "enter":
		return p.enter(a)
	}
	if p.field == fieldTo {
		was := p.to.text
		p.to.press(k)
		p.named = p.named || p.to.text != was
		return nil
	}
	switch key {
	case "q":
		p.stop()
		a.lay(nil)
	case "left", "h":
		return p.choose(a, -1)
	case "right", "l":
		return p.choose(a, 1)
	case "space":
		return p.toggle(a)
	case "y":
		return p.copy(a)
	case "g", "home":
		p.top = 0
	case "G", "end":
		p.top = len(p.lines)
	}
	return nil
}

// choose goes to the next choice of the field.
func (p *exportPanel) choose(a *App, step int) tea.Cmd {
	turn := func(at *int, n int) { *at = ((*at+step)%n + n) % n }
	switch p.field {
	case fieldWhat:
		turn(&p.what, len(p.parcels))
	case fieldFormat:
		turn(&p.format, len(export.Formats()))
	case fieldStyle:
		turn(&p.style, len(export.Styles()))
		a.copying.style = export.Styles()[p.style].Style
	case fieldInclude:
		turn(&p.box, len(p.boxes()))
		return nil
	default:
		return nil
	}
	p.top = 0
	p.name()
	return p.make(a)
}

// exportBox is something that a document holds or not.
type exportBox struct {
	words string
	on    bool
	flip  func()
}

func (p *exportPanel) boxes() []exportBox {
	return []exportBox{
		{"portion marks", !p.o.DropMarks, func() { p.o.DropMarks = !p.o.DropMarks }},
		{"my notes", !p.o.DropNotes, func() { p.o.DropNotes = !p.o.DropNotes }},
		{"header", p.o.Header, func() { p.o.Header = !p.o.Header }},
		{"source hash", p.o.Hash != export.NoHash, func() {
			if p.o.Hash == export.NoHash {
				p.o.Hash = ""
			} else {
				p.o.Hash = export.NoHash
			}
		}},
	}
}

// toggle turns the box under the cursor, or goes to the next choice.
func (p *exportPanel) toggle(a *App) tea.Cmd {
	switch p.field {
	case fieldInclude:
		p.boxes()[p.box].flip()
	case fieldMarkLine:
		p.o.DropMarkLine = !p.o.DropMarkLine
	default:
		return p.choose(a, 1)
	}
	return p.make(a)
}

// enter writes what is shown.
func (p *exportPanel) enter(a *App) tea.Cmd {
	switch why := needWriter(a); {
	case why != "":
		a.say(why)
	case p.text == nil || p.cancel != nil:
		a.say("it is not written yet: wait for the preview")
	case strings.TrimSpace(p.to.text) == "":
		a.say("the file needs a name")
	default:
		return a.write(strings.TrimSpace(p.to.text), p.text)
	}
	return nil
}

// copy puts what is shown into the clipboard, if the terminal takes it.
func (p *exportPanel) copy(a *App) tea.Cmd {
	switch {
	case p.text == nil || p.cancel != nil:
		a.say("it is not made yet: wait for the preview")
		return nil
	case len(p.text) > copyMost:
		a.say(fmt.Sprintf("not copied: %s bytes, and a terminal takes 8 kB at once   Enter writes the file", count(len(p.text))))
		return nil
	}
	a.copying.last, a.copying.what = strings.TrimSuffix(string(p.text), "\n"), "the export"
	a.say("copied all of it, " + plural(len(p.text), "byte") + "   " + copyDoubt)
	return tea.SetClipboard(a.copying.last)
}

// script is the command that writes the same.
func (p *exportPanel) script() string {
	words := append([]string{"chancery", "export"}, p.parcels[p.what].args...)
	return shellLine(append(words, export.Flags(p.kind().Format, p.options())...)...)
}
