// Package ui is the screen and the keyboard: the cable list, the reader, the
// sidebar, and what lies over them. It exports App, New, Options and the
// interfaces it needs of others, and knows nothing of files or databases.
package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// Options is all that differs between one screen and another.
type Options struct {
	Context    context.Context
	Library    Library
	Places     Places                                  // may be nil: nothing is remembered
	Searches   Searches                                // may be nil: no query can be given a name
	Editor     Editor                                  // may be nil: notes are written on the screen
	Writer     Writer                                  // may be nil: no file is written from here
	Desk       Desk                                    // may be nil: nothing of the reader's own is kept
	Collection string                                  // what the header calls it
	Theme      string                                  // a theme's name, or "auto": dark or light as the terminal says
	Themes     func(name string) (themes.Theme, error) // loads one
	ThemeNames []string                                // for the palette
	NoColor    bool
	ASCII      bool
	Mouse      MouseMode
	Today      time.Time // for what is said of declassification dates
	Notice     string    // shown once in the status line: "this is the sample"
	Local      bool      // not an SSH session: suspend is allowed
}

// MouseMode says what of the mouse the program takes.
type MouseMode int

// The mouse modes (keys-and-query B.1).
const (
	MouseScroll MouseMode = iota // no capture: the terminal selects, the wheel sends arrows
	MouseFull
	MouseOff
)

// String is the mode as the palette and the header write it.
func (m MouseMode) String() string { return [...]string{"scroll", "full", "off"}[m] }

// sideChoice says whether the sidebar is open; until somebody says so it is
// open where there is room for three panes.
type sideChoice int

const (
	sideAuto sideChoice = iota
	sideOpen
	sideShut
)

// App is the one tea.Model. It holds what is on the screen; panes are structs
// of their own that it calls. Everything that waits is a command whose answer
// carries the number of its question.
type App struct {
	o    Options
	ctx  context.Context
	keys keymap
	look look

	w, h int
	open openness
	side sideChoice
	at   arrangement

	list    *list
	reader  *reader
	sidebar *sidebar
	raw     *rawView
	rawOpen bool

	whole      []wholeView // over the panes, the uppermost last
	asks       int         // questions of such views, for their numbers
	collected  int         // how often the collection has grown
	recounting bool        // they count again soon

	slots [paneCount]slot
	frame frame

	progress model.Progress
	dirty    bool // the collection changed while the list was being asked
	asked    asked
	saved    saved
	reading  reading
	linking  linking
	past     []bookmark
	future   []bookmark
	placing  placing
	seeking  seeking
	desk     deskwork
	judging  judging

	briefName string // of the brief that is pinned to; "": the one begun last
	aim       aim
	copying   copying
	writing   writing

	onlyFound bool // the reader shows only paragraphs that match

	seq     sequence
	held    []tea.KeyPressMsg // typed for a cable that is still on its way
	over    overlay           // what lies over the screen, nil for nothing
	message message
	leaving bool // C-c was pressed once
	halted  bool // reading was stopped by a key

	overStale, statusStale, headStale bool
}

// New makes the screen; the error says which option is wrong.
func New(o Options) (*App, error) {
	switch {
	case o.Library == nil:
		return nil, errors.New("screen: no library to read from")
	case o.Themes == nil:
		return nil, errors.New("screen: no themes to draw with")
	case o.Mouse < MouseScroll || o.Mouse > MouseOff:
		return nil, fmt.Errorf("screen: there is no mouse mode %d", o.Mouse)
	}
	if o.Context == nil {
		o.Context = context.Background()
	}
	o.Collection = safe.Line(o.Collection)
	look, err := newLook(o)
	if err != nil {
		return nil, err
	}
	a := &App{
		o: o, ctx: o.Context, keys: newKeymap(), look: look,
		open: openness{focus: listPane, main: listPane, beside: true},
	}
	st := a.look.styles()
	a.list, a.reader, a.sidebar, a.raw = newList(st), newReader(st), newSidebar(st, o.Today), newRawView(st)
	if o.Desk != nil {
		a.list.desk = &a.desk
	}
	if o.Notice != "" {
		a.say(safe.Line(o.Notice))
	}
	a.stale()
	return a, nil
}

// Init asks for the last place, begins to listen to the reading of the
// collection, and asks the terminal for its background if that decides the
// theme. None of it is waited for: the first frame comes at once.
func (a *App) Init() tea.Cmd {
	return tea.Batch(a.loadPlace(), a.openDesk(), a.listen(0), a.look.ask(), mouseOn(a.o.Mouse))
}

// Update routes a message to what it concerns, and draws what it changed.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := a.route(msg)
	return a, tea.Batch(cmd, a.settle())
}

// View gives the frame that the last message led to.
func (a *App) View() tea.View { return a.frame.view }

func (a *App) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return a.press(msg)
	case tea.PasteMsg:
		if p, ok := a.over.(*notePanel); ok {
			p.pasteWhole(msg.Content[:min(len(msg.Content), pasteMost)])
			a.overStale = true
		} else if a.over != nil {
			a.over.paste(a, pasted(msg.Content))
			a.overStale = true
			if p, ok := a.over.(*queryLine); ok {
				return p.changed(a)
			}
		}
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		a.stale()
	case tea.BackgroundColorMsg:
		if a.look.background(msg.IsDark()) {
			a.restyle()
		}
	case tea.ColorProfileMsg:
		if a.look.profile(msg.Profile) {
			a.restyle()
		}
	case tea.MouseWheelMsg:
		return a.wheel(msg.Mouse())
	case tea.MouseClickMsg:
		return a.click(msg.Mouse())
	case hintMsg:
		if msg.gen == a.seq.gen && a.seq.head != "" {
			a.seq.shown = true
			a.statusStale = true
		}
	case themeMsg:
		a.themed(msg)
	case LeaveMsg:
		a.desk.ordered = true
		return a.quit(call{})
	default:
		return a.answer(msg)
	}
	return nil
}

// answer takes what the library and the places answered.
func (a *App) answer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case listMsg:
		return a.listed(msg)
	case progressMsg:
		return a.progressed(msg)
	case listenMsg:
		return a.listen(msg.after)
	case restMsg:
		return a.rested(msg)
	case queryMsg:
		return a.typedQuery(msg)
	case valuesMsg:
		return a.valued(msg)
	case recountMsg:
		return a.recount()
	case partsMsg:
		a.counted(msg)
	case searchesMsg:
		return a.searched(msg)
	case searchCountMsg:
		return a.searchCounted(msg)
	case cableMsg:
		return a.cabled(msg)
	case rawMsg:
		a.rawed(msg)
	case foundMsg:
		return a.found(msg)
	case seekMsg:
		return a.sought(msg)
	case placeMsg:
		return a.placed(msg)
	case recountWholeMsg:
		a.recounting = false
	case keepMsg:
		return a.keep()
	case keptMsg:
		if msg.err != nil {
			a.fail(fmt.Errorf("your place could not be saved: %w", msg.err))
		}
	case linkedMsg:
		a.linked(msg)
	case passagesMsg, copiesMsg, countsMsg, wantedMsg, linksMsg:
		return a.wholeAnswer(msg)
	case exportedMsg:
		a.exported(msg)
	case wroteMsg:
		a.wrote(msg)
	case gotMsg:
		return a.got(msg)
	case editMsg:
		return a.edit(msg)
	case editedMsg:
		return a.edited(msg)
	default:
		return a.deskAnswer(msg)
	}
	return nil
}

// settle does what every message may have made due: a new layout, more rows,
// the cable under a resting cursor, saving the place; then it draws.
func (a *App) settle() tea.Cmd {
	a.relayout()
	a.layBrief()
	a.takeAim()
	a.layQuery()
	var cmds []tea.Cmd
	if q, ok := a.list.more(); ok {
		cmds = append(cmds, a.askList(q))
	}
	if cmd := a.preview(); cmd != nil {
		cmds = append(cmds, cmd)
	}
	if cmd := a.remember(); cmd != nil {
		cmds = append(cmds, cmd)
	}
	cmds = append(cmds, a.wholeSettle(), a.watchReading(), a.countJudged())
	a.draw()
	return tea.Batch(cmds...)
}

// relayout arranges the panes anew and tells those whose size changed.
func (a *App) relayout() {
	a.open.side = a.side == sideOpen || a.side == sideAuto && columns(a.w) == 3
	if a.open.focus != sidePane {
		a.open.main = a.open.focus
	} else if !a.open.side && columns(a.w) > 1 {
		a.open.focus = a.open.main
	}
	was := a.at
	a.at = arrange(a.w, a.h, a.open)
	a.list.beside = a.at.shows(listPane) && !a.at.spans(listPane)
	a.headStale = a.headStale || was.shows(listPane) != a.at.shows(listPane)
	for p := range paneCount {
		r := a.at.panes[p]
		if old := was.panes[p]; old == r || r.w == 0 {
			if old != r {
				a.frame.stale = true
			}
			continue
		}
		a.frame.stale = true
		a.slots[p].stale = true
		switch p {
		case listPane:
			a.list.resize(r.w, r.h)
		case readerPane:
			a.reader.resize(r.w, r.h)
			a.raw.resize(r.w, r.h)
		case sidePane:
			a.sidebar.resize(r.w, r.h)
		}
	}
	if was.w != a.at.w || was.h != a.at.h {
		a.stale()
	}
}

// restyle hands new styles to every pane.
func (a *App) restyle() {
	st := a.look.styles()
	a.list.restyle(st)
	a.reader.restyle(st)
	a.sidebar.restyle(st)
	a.raw.restyle(st)
	for _, v := range a.whole {
		v.restyle(st)
	}
	a.stale()
}

// stale has everything drawn again.
func (a *App) stale() {
	for p := range a.slots {
		a.slots[p].stale = true
	}
	a.overStale, a.statusStale, a.headStale, a.frame.stale = true, true, true, true
}

// touch has a pane drawn again.
func (a *App) touch(ps ...pane) {
	for _, p := range ps {
		a.slots[p].stale = true
	}
	a.statusStale = true
}

// focus moves to a pane.
func (a *App) focus(p pane) {
	if a.open.focus == p {
		return
	}
	a.endSequence()
	a.touch(a.open.focus, p)
	a.open.focus = p
}
