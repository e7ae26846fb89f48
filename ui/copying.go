package ui

import (
	"bytes"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/export"
	"chancery/model/safe"
)

// copying is what was copied last, and the cable that is read for it.
type copying struct {
	last  string // text, as it went to the terminal
	what  string
	gen   int
	style export.Style // of citations
}

// gotMsg brings a cable that something is to be copied of.
type gotMsg struct {
	gen  int
	c    *model.Cable
	err  error
	then func(*App, *model.Cable) tea.Cmd
}

// withCable does something with the cable at hand, which is read if it is not
// the one that is shown.
func (a *App) withCable(then func(*App, *model.Cable) tea.Cmd) tea.Cmd {
	c := a.reader.cable()
	row, ok := a.list.current()
	if a.scope() != inList || ok && row.key == a.reading.shown {
		if c == nil {
			a.say("no cable is open")
			return nil
		}
		return then(a, c)
	}
	if !ok {
		a.say("there is no cable")
		return nil
	}
	a.copying.gen++
	gen, lib, ctx, key := a.copying.gen, a.o.Library, a.ctx, row.key
	return func() tea.Msg {
		c, err := lib.Cable(ctx, key)
		return gotMsg{gen, c, err, then}
	}
}

func (a *App) got(m gotMsg) tea.Cmd {
	switch {
	case m.gen != a.copying.gen:
		return nil
	case m.err != nil:
		a.fail(m.err)
		return nil
	}
	return m.then(a, m.c)
}

// blockAt is the paragraph of a cable that the cursor is on, wholeCable for
// none.
func (a *App) blockAt(c *model.Cable) int {
	if a.scope() == inReader && c == a.reader.cable() {
		return a.reader.block()
	}
	return wholeCable
}

// place names a cable or a paragraph of it as the command line takes it.
func shellPlace(c *model.Cable, block int) string {
	if block >= 0 && block < len(c.Blocks) && c.Blocks[block].Number != "" {
		return c.ID + "#" + c.Blocks[block].Number
	}
	return c.ID
}

// giveClipboard hands text to the terminal's clipboard. What does not fit there
// is shown instead, and can be written to a file. script gives the same.
func (a *App) giveClipboard(text, what, script string) tea.Cmd {
	text = strings.TrimRight(safe.Text(text), "\n")
	if text == "" {
		a.say("there is nothing to copy here")
		return nil
	}
	a.copying.last, a.copying.what = text, what
	if len(text) > copyMost {
		a.lay(newCopyPanel(a, "Not copied: "+plural(len(text), "byte")+", and a terminal takes 8 kB at once"))
		return nil
	}
	said := "copied " + what
	if script != "" {
		said += "; the same: " + script
	}
	a.say(said + "   " + copyDoubt)
	return tea.SetClipboard(text)
}

// copyDoubt says what to do where the terminal did not take it, which it does
// not tell.
const copyDoubt = "y v shows it"

// copyParagraph copies the paragraph under the cursor as plain text.
func (a *App) copyParagraph(call) tea.Cmd {
	c, block := a.reader.cable(), a.reader.block()
	if block < 0 {
		a.say("no paragraph is under the cursor   } goes to the next")
		return nil
	}
	return a.giveClipboard(export.Plain(c, block), paraWords(c, block)+", without its marking", "")
}

// copyQuote copies it with its marking and the citation.
func (a *App) copyQuote(call) tea.Cmd {
	c, block := a.reader.cable(), a.reader.block()
	if block < 0 {
		a.say("no paragraph is under the cursor   } goes to the next")
		return nil
	}
	return a.giveClipboard(export.Quote(c, a.exportSource(), export.Options{Style: a.copying.style}, block), paraWords(c, block)+" with marking and citation", "")
}

// copyCitation copies the citation of the paragraph or the cable at hand.
func (a *App) copyCitation(call) tea.Cmd {
	return a.withCable(func(a *App, c *model.Cable) tea.Cmd {
		block := a.blockAt(c)
		text := export.Cite(c, block, a.exportSource(), a.copying.style, export.ShortHash)
		script := ""
		if c.ID != "" {
			script = shellLine("chancery", "cite", shellPlace(c, block))
		}
		return a.giveClipboard(text, "the citation of "+paraWords(c, block), script)
	})
}

// copyID copies the id of the cable at hand.
func (a *App) copyID(call) tea.Cmd {
	return a.withCable(func(a *App, c *model.Cable) tea.Cmd {
		if c.ID == "" {
			a.say("this cable has no id")
			return nil
		}
		return a.giveClipboard(c.ID, safe.Line(c.ID), "")
	})
}

// copyPath copies where the cable at hand was read.
func (a *App) copyPath(call) tea.Cmd {
	return a.withCable(func(a *App, c *model.Cable) tea.Cmd {
		path := c.Source.Path
		if c.Source.Entry != "" {
			path += " " + c.Source.Entry
		}
		return a.giveClipboard(safe.Line(path), "the path "+safe.Line(path), "")
	})
}

// copyCable copies the whole cable at hand as text, with its markings.
func (a *App) copyCable(call) tea.Cmd {
	return a.withCable(func(a *App, c *model.Cable) tea.Cmd {
		var b bytes.Buffer
		doc := export.Document{Title: cableWords(c.Handle()), Items: export.List(export.Item{Cable: c, Handle: c.Handle(), Source: a.exportSource()})}
		if err := export.Write(&b, export.Text, doc, export.Options{Style: a.copying.style, Header: true}); err != nil {
			a.fail(err)
			return nil
		}
		return a.giveClipboard(b.String(), "the cable as text", "")
	})
}

// copyQuery copies the command that lists the same cables.
func (a *App) copyQuery(call) tea.Cmd {
	words := []string{"chancery", "list"}
	if a.asked.query != nil {
		words = append(words, a.asked.text)
	}
	line := shellLine(words...)
	return a.giveClipboard(line, line, "")
}

// showCopied shows what was copied last, without anything beside it, so that
// it can be selected by hand.
func (a *App) showCopied(call) tea.Cmd {
	if a.copying.last == "" {
		a.say("nothing was copied yet   y begins")
		return nil
	}
	a.lay(newCopyPanel(a, "Copied: "+a.copying.what))
	return nil
}

// needPath: where a file lies is nobody's business on another machine.
func needPath(a *App) string {
	if !a.o.Local {
		return "paths are told on a local screen only"
	}
	return ""
}
