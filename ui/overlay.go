package ui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"chancery/model/safe"
	"chancery/themes"
)

// overlay is what lies over the panes and takes the keys: a prompt in the
// status line, or a panel that rises from the foot of the screen.
type overlay interface {
	inline() bool                                         // it stands in the status line
	draw(a *App, w, h int) (title string, lines []string) // at most h lines of exactly w cells
	press(a *App, k tea.KeyPressMsg) tea.Cmd
	paste(a *App, text string)
	scroll(lines int)
	cursor() (x, y int, ok bool)
	hints() []hint
}

// lay puts something over the screen; nil takes it away.
func (a *App) lay(o overlay) {
	a.over = o
	a.overStale, a.statusStale = true, true
	a.touch(a.here())
}

// pasteMost bounds what a paste may bring into a field, in bytes.
const pasteMost = 64 << 10

// pasted makes pasted text fit for a field: one line, no controls.
func pasted(s string) string {
	if len(s) > pasteMost {
		s = s[:pasteMost]
	}
	return strings.TrimSpace(safe.Line(s))
}

// typed is a line being typed.
type typed struct {
	text string
	at   int // byte the cursor stands before
}

// fieldMost bounds a typed line, in bytes.
const fieldMost = 1000

func (f *typed) set(s string) { f.text, f.at = s, len(s) }

func (f *typed) insert(s string) { f.text, f.at = inserted(f.text, f.at, s, fieldMost) }

// press edits; false when the key is none of editing.
func (f *typed) press(k tea.KeyPressMsg) bool {
	switch key := k.String(); key {
	case "ctrl+b":
		f.text, f.at, _ = edited("left", f.text, f.at)
	case "home", "ctrl+a":
		f.at = 0
	case "end", "ctrl+e":
		f.at = len(f.text)
	default:
		text, at, ok := edited(key, f.text, f.at)
		switch {
		case ok:
			f.text, f.at = text, at
		case k.Text == "":
			return false
		default:
			f.insert(safe.Line(k.Text))
		}
	}
	return true
}

// draw shows the field behind a sign in w cells and gives the column of the
// cursor; a long text shows its end.
func (f *typed) draw(st *styles, sign string, w int) (line string, x int) {
	room := max(0, w-width(sign)-1)
	text := f.text
	x = width(f.text[:f.at])
	for width(text) > room || x > room {
		r, n := utf8.DecodeRuneInString(text)
		if n == 0 || x == 0 {
			break
		}
		text = text[n:]
		x -= width(string(r))
	}
	x = max(0, x)
	return st.draw(themes.Key, fit(sign, min(width(sign), w))) +
		st.draw(themes.Status, st.fit(text, max(0, w-width(sign)))), min(width(sign)+x, max(0, w-1))
}

// prompt asks for the words to find in the cable and goes to them as they are
// typed.
type prompt struct {
	field typed
	x     int
	from  bookmark // where the reader stood before
}

// find asks what to find, or finds what the palette was given.
func (a *App) find(c call) tea.Cmd {
	block, line := a.reader.place()
	p := &prompt{from: bookmark{block: block, line: line}}
	if c.arg != "" {
		a.focus(readerPane)
		p.field.set(c.arg)
		a.say(p.look(a))
		return nil
	}
	a.lay(p)
	return nil
}

// look finds what is in the field from where the reader stood.
func (p *prompt) look(a *App) string {
	a.reader.restore(p.from.block, p.from.line)
	n := a.reader.find(p.field.text)
	a.onlyFound = a.reader.only
	a.seeking.words = p.field.text
	a.touch(readerPane)
	switch {
	case p.field.text == "":
		return ""
	case n == 0:
		return "no match in this cable   n looks in the next"
	case n == 1:
		return "1 match"
	}
	return count(n) + " matches   n next   & only these"
}

func (p *prompt) inline() bool { return true }
func (p *prompt) scroll(int)   {}

func (p *prompt) draw(a *App, w, _ int) (string, []string) {
	line, x := p.field.draw(a.list.st, "/", w)
	p.x = x
	return "", []string{line}
}

func (p *prompt) cursor() (x, y int, ok bool) { return p.x, 0, true }

func (p *prompt) paste(a *App, text string) {
	p.field.insert(text)
	p.look(a)
}

func (p *prompt) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	a.statusStale = true
	switch k.String() {
	case "enter":
		a.lay(nil)
		if said := p.look(a); said != "" {
			a.say(said)
		} else {
			a.clearFind()
		}
		return nil
	case "esc":
		a.lay(nil)
		a.clearFind()
		a.reader.restore(p.from.block, p.from.line)
		return nil
	}
	was := p.field.text
	if p.field.press(k) && p.field.text != was {
		p.look(a)
	}
	return nil
}

func (p *prompt) hints() []hint {
	return []hint{{"Enter", "keep"}, {"Esc", "cancel"}}
}

// clearFind forgets what was found.
func (a *App) clearFind() {
	a.reader.onlyMatches(false)
	a.onlyFound = false
	a.seeking.words = ""
	a.markMatches()
}

// only shows the paragraphs that match and no other, or all again.
func (a *App) only(call) tea.Cmd {
	a.onlyFound = !a.onlyFound
	a.reader.onlyMatches(a.onlyFound)
	a.touch(readerPane)
	if a.onlyFound {
		a.say("only paragraphs that match   & shows all again")
	}
	return nil
}
