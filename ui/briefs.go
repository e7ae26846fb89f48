package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/safe"
)

// brief is the brief that paragraphs are pinned to: the one that was chosen,
// else the one begun last; false when there is none.
func (a *App) brief() (model.Brief, bool) {
	bs := a.desk.briefs
	if i := slices.IndexFunc(bs, func(b model.Brief) bool { return b.Name == a.briefName }); i >= 0 {
		return bs[i], true
	}
	if len(bs) == 0 {
		return model.Brief{}, false
	}
	return bs[len(bs)-1], true
}

// briefNames are the names of the briefs, for the palette.
func (a *App) briefNames() []string {
	var out []string
	for _, b := range a.desk.briefs {
		out = append(out, safe.Line(b.Name))
	}
	return out
}

// namedBrief finds a brief by what was typed of its name.
func (a *App) namedBrief(text string) (model.Brief, bool) {
	for _, same := range []func(x, y string) bool{func(x, y string) bool { return x == y }, strings.EqualFold} {
		for _, b := range a.desk.briefs {
			if same(safe.Line(b.Name), text) {
				return b, true
			}
		}
	}
	return model.Brief{}, false
}

// briefNameMost bounds the name of a brief, in cells.
const briefNameMost = 80

// briefNameOf makes a name of what was typed.
func briefNameOf(s string) string {
	return strings.TrimSpace(clip(strings.TrimSpace(safe.Line(s)), briefNameMost))
}

// pin puts the paragraph under the cursor into the brief; the first asks what
// the brief is called.
func (a *App) pin(c call) tea.Cmd {
	if a.scope() == inList {
		a.say("a brief takes paragraphs: Enter opens the cable, P pins the one under the cursor")
		return nil
	}
	cable, block := a.reader.cable(), a.reader.block()
	if block < 0 {
		a.say("no paragraph is under the cursor   } goes to the next")
		return nil
	}
	name := briefNameOf(c.arg)
	if b, ok := a.namedBrief(name); ok {
		name = b.Name
	}
	if name == "" {
		b, ok := a.brief()
		if !ok {
			a.askLine("name of the brief", "", func(a *App, text string) tea.Cmd {
				if name := briefNameOf(text); name != "" {
					return a.pinTo(name, cable, block)
				}
				a.say("nothing was pinned: a brief needs a name")
				return nil
			})
			return nil
		}
		name = b.Name
	}
	return a.pinTo(name, cable, block)
}

// pinTo pins a paragraph to the brief of a name.
func (a *App) pinTo(name string, c *model.Cable, block int) tea.Cmd {
	a.briefName = name
	spot, h := c.SpotOf(block), c.Handle()
	if b, ok := a.brief(); ok && b.Name == name {
		for i, p := range b.Pins {
			if p.Key() == h.Key() && sameParagraph(p.Spot, spot) {
				a.say(paraWords(c, block) + " is item " + count(i+1) + " of " + safe.Line(name) + " already   E shows the brief")
				return nil
			}
		}
	}
	b := &c.Blocks[block]
	mark := ""
	if known(b.Mark) {
		mark = b.Mark.Code()
	}
	return a.do(model.Act{Do: model.DoPin, On: []model.Handle{h}, Brief: name, Spot: &spot, Mark: mark, Text: b.Text})
}

// unpinHere takes the paragraph under the cursor of the reader out of the
// brief.
func (a *App) unpinHere(c call) tea.Cmd {
	if v, ok := a.uppermost().(*briefView); ok {
		return v.unpin(a)
	}
	b, ok := a.brief()
	cable, block := a.reader.cable(), a.reader.block()
	if ok && cable != nil && block >= 0 {
		for _, p := range b.Pins {
			if p.Key() == cable.Handle().Key() && sameParagraph(p.Spot, cable.SpotOf(block)) {
				return a.do(model.Act{Do: model.DoUnpin, Pin: p.N})
			}
		}
	}
	a.say("this paragraph is not in the brief")
	return nil
}

// showBrief shows a brief: the one of the name, which is begun if there is
// none, or the one that paragraphs are pinned to.
func (a *App) showBrief(c call) tea.Cmd {
	name := briefNameOf(c.arg)
	var cmd tea.Cmd
	switch b, ok := a.namedBrief(name); {
	case ok:
		a.briefName = b.Name
	case name != "":
		if why := needDesk(a); why != "" {
			a.say(why)
			return nil
		}
		a.briefName = name
		cmd = a.do(model.Act{Do: model.DoBrief, Brief: name, Yes: true})
	case len(a.desk.briefs) == 0:
		a.say("there is no brief yet   P in a cable pins the paragraph under the cursor")
		return nil
	}
	if _, ok := a.uppermost().(*briefView); !ok {
		a.raise(newBriefView(a.list.st))
	}
	return cmd
}

// renameBrief gives the brief another name.
func (a *App) renameBrief(c call) tea.Cmd {
	b, ok := a.brief()
	if !ok {
		return nil
	}
	to := briefNameOf(c.arg)
	if to == "" {
		a.askLine("name of the brief", safe.Line(b.Name), func(a *App, text string) tea.Cmd { return a.nameBrief(b.Name, briefNameOf(text)) })
		return nil
	}
	return a.nameBrief(b.Name, to)
}

func (a *App) nameBrief(old, to string) tea.Cmd {
	switch _, taken := a.namedBrief(to); {
	case to == "" || to == old:
		return nil
	case taken && !strings.EqualFold(to, old):
		a.say(to + " is the name of another brief")
		return nil
	}
	d := doing(model.Act{Do: model.DoBrief, Brief: old, Text: to})
	d.then = func(a *App, _ model.Done) tea.Cmd {
		a.briefName = to
		return nil
	}
	return a.ask(d)
}

// deleteBrief takes a brief away; U brings it back.
func (a *App) deleteBrief(c call) tea.Cmd {
	b, ok := a.namedBrief(briefNameOf(c.arg))
	if !ok {
		a.say("no brief is called so   delete-brief takes the name of one")
		return nil
	}
	return a.do(model.Act{Do: model.DoBrief, Brief: b.Name})
}

func needBrief(a *App) string {
	if why := needDesk(a); why != "" {
		return why
	}
	if len(a.desk.briefs) == 0 {
		return "there is no brief yet   P in a cable begins one"
	}
	return ""
}
