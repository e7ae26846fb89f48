package ui

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/safe"
)

// Editor lets the reader write in a program of their own. Only a local screen
// has one.
type Editor interface {
	// Begin puts text into a file that only the reader may read and gives the
	// program to run on it. End gives what the file holds then and takes it
	// away; it is called once, whatever became of the program.
	Begin(ctx context.Context, text string) (program *exec.Cmd, end func() (string, error), err error)
}

// writing is what the reader writes of their own.
type writing struct {
	gen    int
	inline bool              // notes are written here, whatever editor there is
	drafts map[string]string // what was typed and not kept, by what it is on
}

// noteOn is what is being written: a note, or the comment on an item of a
// brief.
type noteOn struct {
	words string // "your note on para 4 of 07ASTANA9911"
	key   string // for its draft
	old   string
	act   model.Act // without its text
}

type (
	// editMsg says that the editor can be started.
	editMsg struct {
		gen     int
		on      noteOn
		program *exec.Cmd
		end     func() (string, error)
		err     error
	}
	// editedMsg brings what it left.
	editedMsg struct {
		on   noteOn
		text string
		err  error
	}
)

// noteMost bounds a note, in bytes.
const noteMost = 64 << 10

// note opens the note on what the cursor is on, or begins one.
func (a *App) note(c call) tea.Cmd {
	on, ok := a.noteAtHand()
	if !ok {
		a.say("there is nothing to write a note on")
		return nil
	}
	if text := strings.TrimSpace(safe.Text(c.arg)); text != "" {
		return a.keepNote(on, strings.TrimLeft(on.old+"\n\n"+text, "\n"))
	}
	text := on.old
	draft, drafted := a.writing.drafts[on.key]
	if drafted {
		text = draft
		a.say("this is the draft of before")
	}
	if a.o.Editor == nil || a.writing.inline {
		a.lay(newNotePanel(on, text))
		return nil
	}
	a.writing.gen++
	gen, editor, ctx := a.writing.gen, a.o.Editor, a.ctx
	return func() tea.Msg {
		program, end, err := editor.Begin(ctx, text)
		return editMsg{gen, on, program, end, err}
	}
}

// noteAtHand is the note that is meant here.
func (a *App) noteAtHand() (noteOn, bool) {
	if v, ok := a.uppermost().(*briefView); ok {
		p, ok := v.current()
		return noteOn{
			words: "Your note on item " + count(v.cur+1) + " of " + briefTitle(v.b), key: fmt.Sprintf("pin %d", p.N), old: p.Comment,
			act: model.Act{Do: model.DoComment, Pin: p.N},
		}, ok
	}
	t, ok := a.pointed()
	if !ok {
		return noteOn{}, false
	}
	if a.scope() == inList { // one cable, however many are selected
		row, _ := a.list.current()
		t = cableTarget(row.handle)
	}
	h := t.on[0]
	n := noteOn{words: "Your note on " + t.words, key: h.Key(), act: model.Act{Do: model.DoNote, On: []model.Handle{h}, Spot: t.spot}}
	if t.spot != nil {
		n.key += fmt.Sprintf(" %d", t.spot.Block)
	}
	w, _ := a.desk.of(h)
	for i := range w.Notes {
		switch x := &w.Notes[i]; {
		case t.spot == nil && x.Spot == nil:
			n.old = x.Text
		case t.spot != nil && x.Spot != nil && a.samePlace(*x.Spot, *t.spot):
			n.old, n.act.Spot = x.Text, x.Spot
		}
	}
	return n, true
}

// samePlace says whether two spots are one paragraph of the open cable.
func (a *App) samePlace(x, y model.Spot) bool {
	b, ok := a.reader.cable().FindSpot(x)
	return ok && b == y.Block
}

// keepNote has a note written; what the desk does not take stays as a draft.
func (a *App) keepNote(on noteOn, text string) tea.Cmd {
	text = strings.TrimSpace(safe.Text(text))
	if len(text) > noteMost {
		a.draft(on, text)
		a.say("not kept: a note has at most 64 kB; what you typed is a draft")
		return nil
	}
	if text == strings.TrimSpace(on.old) {
		delete(a.writing.drafts, on.key)
		a.say("nothing was changed")
		return nil
	}
	act := on.act
	act.Text = text
	d := doing(act)
	d.then = func(a *App, _ model.Done) tea.Cmd {
		delete(a.writing.drafts, on.key)
		return nil
	}
	d.fails = func(a *App, err error) bool {
		a.draft(on, text)
		a.fail(fmt.Errorf("%w   what you wrote is a draft: c opens it", err))
		return true
	}
	return a.ask(d)
}

// draft keeps what was typed, so that nothing is lost.
func (a *App) draft(on noteOn, text string) {
	if a.writing.drafts == nil {
		a.writing.drafts = map[string]string{}
	}
	a.writing.drafts[on.key] = text
}

// edit gives the terminal to the reader's editor.
func (a *App) edit(m editMsg) tea.Cmd {
	switch {
	case errors.Is(m.err, context.Canceled):
		return nil
	case m.err != nil:
		a.fail(fmt.Errorf("your editor cannot be started: %w   editor inline writes notes here", m.err))
		return nil
	case m.gen != a.writing.gen: // another was begun since
		return func() tea.Msg { _, _ = m.end(); return nil }
	}
	on, end := m.on, m.end
	return tea.ExecProcess(m.program, func(failed error) tea.Msg {
		text, err := end()
		return editedMsg{on, text, errors.Join(failed, err)}
	})
}

// edited takes what the editor left. What one that failed left is a draft.
func (a *App) edited(m editedMsg) tea.Cmd {
	a.stale()
	switch {
	case m.err != nil && strings.TrimSpace(m.text) != "":
		a.draft(m.on, m.text)
		a.fail(fmt.Errorf("your editor: %w   what it left is a draft: c opens it", m.err))
		return nil
	case m.err != nil:
		a.fail(fmt.Errorf("your editor: %w   editor inline writes notes here", m.err))
		return nil
	}
	return a.keepNote(m.on, m.text)
}

// chooseEditor says where notes are written.
func (a *App) chooseEditor(c call) tea.Cmd {
	switch {
	case c.arg == "inline":
		a.writing.inline = true
		a.say("notes are written here")
	case c.arg == "own" && a.o.Editor == nil:
		a.say("there is no editor of your own: VISUAL or EDITOR names one, on a local screen")
	case c.arg == "own":
		a.writing.inline = false
		a.say("notes are written in your editor")
	default:
		a.say("editor takes inline or own")
	}
	return nil
}

func needNote(a *App) string {
	if why := needDesk(a); why != "" {
		return why
	}
	if _, ok := a.noteAtHand(); !ok {
		return "there is nothing to write a note on"
	}
	return ""
}
