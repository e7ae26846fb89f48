package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// hintAfter is how long a sequence may stand half typed before the keys that
// can follow are shown.
const hintAfter = time.Second

// countMost bounds a typed count.
const countMost = 1_000_000

// sequence is what has been typed of a command: a count, and the first key of
// two.
type sequence struct {
	count int
	head  string
	gen   int
	shown bool // the keys that may follow are on the screen
}

// hintMsg says that a sequence has stood half typed for a while.
type hintMsg struct{ gen int }

// press takes a key, in this order and nowhere else: what lies over the
// screen, a sequence begun, the pane in focus and then everywhere (the last
// two are one look into the table, which holds no key twice).
func (a *App) press(msg tea.KeyPressMsg) tea.Cmd {
	key := msg.String()
	if key != "ctrl+c" {
		a.leaving = false
	}
	a.hush()
	a.judging.watch.keys++
	a.aim = aim{}
	if a.over != nil && key != "ctrl+c" && key != "ctrl+z" && key != "ctrl+l" {
		a.overStale = true
		return a.over.press(a, msg)
	}
	s := a.scope()
	if a.early(s, key) {
		a.held = append(a.held, msg)
		return nil
	}
	if head := a.seq.head; head != "" {
		c := a.keys.byKey[s][head+" "+key]
		n := a.endSequence()
		switch {
		case c != nil:
			return a.run(c, call{count: n})
		case key != "esc":
			a.say(keyName(head) + " " + keyName(key) + " means nothing here")
		}
		return nil
	}
	if len(key) == 1 && key[0] >= '0' && key[0] <= '9' && (key != "0" || a.seq.count > 0) {
		a.seq.count = min(a.seq.count*10+int(key[0]-'0'), countMost)
		a.statusStale = true
		return nil
	}
	if a.keys.begins[s][key] {
		return a.begin(key)
	}
	n := a.endSequence()
	if c := a.keys.byKey[s][key]; c != nil {
		return a.run(c, call{count: n})
	}
	if msg.Text != "" {
		a.say(keyName(key) + " means nothing here   ? shows the keys")
	}
	return nil
}

// early says that a key was typed for a cable or a row that is still on its
// way. Such keys are held until it is here, so that nobody has to wait before
// typing on; Esc and C-c drop them.
func (a *App) early(s scope, key string) bool {
	c := a.keys.byKey[s][key]
	moving := c != nil && c.group == groupMove
	var due bool
	switch {
	case key == "esc" || key == "ctrl+c":
	case a.open.whole && !a.placing.sought: // a view that has nothing to show yet
		due = a.uppermost().waiting() && key != "q" && key != "Q" && (len(a.held) > 0 || moving || c == nil || c.scope&everywhere != everywhere)
	case a.placing.sought, a.judging.moving:
		due = true
	case s == inList && a.list.pending(): // the rows that stand there are not those that are meant
		due = len(a.held) > 0 || moving || c == nil || c.scope != anywhere
	case s == inList:
		due = a.list.leaping() && (len(a.held) > 0 || !moving)
	case a.reading.cancel != nil && a.reading.wanted != a.reading.shown:
		due = len(a.held) > 0 || moving || c == nil || c.scope&anywhere != anywhere || c.name == "where" || c.name == "what"
	}
	if !due {
		a.held = a.held[:0]
	}
	return due
}

// replay presses the keys that were held.
func (a *App) replay() tea.Cmd {
	if len(a.held) == 0 || a.over != nil {
		return nil
	}
	held := a.held
	a.held = nil
	var cmds []tea.Cmd
	for _, msg := range held {
		cmds = append(cmds, a.press(msg))
	}
	return tea.Batch(cmds...)
}

// begin starts a sequence; the sort keys are a menu and show at once.
func (a *App) begin(head string) tea.Cmd {
	a.seq.gen++
	a.seq.head = head
	a.statusStale = true
	if head == "S" {
		a.seq.shown = true
		return nil
	}
	gen := a.seq.gen
	return tea.Tick(hintAfter, func(time.Time) tea.Msg { return hintMsg{gen} })
}

// endSequence forgets what was typed and gives the count.
func (a *App) endSequence() int {
	n := a.seq.count
	if n != 0 || a.seq.head != "" {
		a.statusStale = true
	}
	a.seq = sequence{gen: a.seq.gen}
	return n
}

// continuations are the commands that may follow the key typed.
func (a *App) continuations() []*command {
	var out []*command
	for i := range a.keys.table {
		c := &a.keys.table[i]
		if c.scope&a.scope() == 0 {
			continue
		}
		for _, k := range c.keys {
			if len(k) > len(a.seq.head)+1 && k[:len(a.seq.head)+1] == a.seq.head+" " {
				out = append(out, c)
			}
		}
	}
	return out
}

// run does a command, or says why it cannot be done.
func (a *App) run(c *command, with call) tea.Cmd {
	if c.ready != nil {
		if why := c.ready(a); why != "" {
			a.say(why)
			return nil
		}
	}
	if a.open.whole && c.scope&a.scope() == 0 { // it is meant for the panes below
		a.lowerAll()
	}
	return c.run(a, with)
}

// scope is where keys are looked up now.
func (a *App) scope() scope {
	switch {
	case len(a.whole) > 0:
		return a.uppermost().scope()
	case a.rawOpen && a.open.focus == readerPane:
		return inRaw
	case a.open.focus == readerPane:
		return inReader
	case a.open.focus == sidePane:
		return inSide
	}
	return inList
}
