package ui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// labelCount is a label and how many cables carry it, or a paragraph of which.
type labelCount struct {
	name string
	n    int
}

// labels are all labels there are, the most used first.
func (a *App) labels() []labelCount {
	counts := map[string]int{}
	for _, w := range a.desk.works {
		for l := range labelsOf(w) {
			counts[l]++
		}
	}
	out := make([]labelCount, 0, len(counts))
	for l, n := range counts {
		out = append(out, labelCount{l, n})
	}
	slices.SortFunc(out, func(x, y labelCount) int { return cmp.Or(y.n-x.n, strings.Compare(x.name, y.name)) })
	return out
}

// labelsOf are the labels of a cable and of its paragraphs.
func labelsOf(w model.Work) map[string]bool {
	if len(w.Labels) == 0 && len(w.Passages) == 0 {
		return nil
	}
	out := map[string]bool{}
	for _, l := range w.Labels {
		out[l] = true
	}
	for _, p := range w.Passages {
		for _, l := range p.Labels {
			out[l] = true
		}
	}
	return out
}

// labelNames are the labels there are, for the palette.
func (a *App) labelNames() []string {
	var out []string
	for _, l := range a.labels() {
		out = append(out, quotedLabel(l.name))
	}
	return out
}

// has says whether a label is on all of what is meant.
func (a *App) has(t target, label string) bool {
	for _, h := range t.on {
		w, _ := a.desk.of(h)
		on := w.Labels
		if t.spot != nil {
			on = nil
			for _, p := range w.Passages {
				if sameParagraph(p.Spot, *t.spot) {
					on = p.Labels
				}
			}
		}
		if !slices.Contains(on, label) {
			return false
		}
	}
	return len(t.on) > 0
}

// sameParagraph says whether two spots of one cable are one paragraph.
func sameParagraph(x, y model.Spot) bool {
	return x == y || x.Number == y.Number && x.Sum == y.Sum && (x.Number != "" || x.Block == y.Block)
}

// labelPanel asks which labels to put on something or to take away.
type labelPanel struct {
	field  typed
	on     target
	all    []labelCount
	offers []labelCount // those that fit the word being typed
	at     int          // of the offer that was chosen, -1: none
	base   string       // the field before it was
	top, x int
}

// label asks for labels, or takes those that the palette was given.
func (a *App) label(c call) tea.Cmd {
	on, _ := a.pointed()
	if strings.TrimSpace(c.arg) != "" {
		return a.putLabels(on, c.arg)
	}
	p := &labelPanel{on: on, all: a.labels()}
	p.look()
	a.lay(p)
	return nil
}

// labelWords cuts what was typed into labels: words, or what stands in
// quotation marks. A minus before one takes it away.
func labelWords(text string) []string {
	var out []string
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		minus := ""
		if rest, ok := strings.CutPrefix(text, "-"); ok {
			minus, text = "-", rest
		} else {
			text = strings.TrimPrefix(text, "+")
		}
		word := ""
		if rest, ok := strings.CutPrefix(text, `"`); ok {
			word, text, _ = strings.Cut(rest, `"`)
		} else {
			n := strings.IndexAny(text, " ,")
			if n < 0 {
				n = len(text)
			}
			word, text = text[:n], strings.TrimLeft(text[n:], ",")
		}
		if word = labelName(word); word != "" {
			out = append(out, minus+word)
		}
	}
	return out
}

// labelName makes a label of what was typed.
func labelName(s string) string {
	s = strings.ReplaceAll(safe.Line(s), `"`, "")
	return strings.TrimSpace(clip(strings.TrimSpace(s), labelMost))
}

// labelMost bounds the name of a label, in cells.
const labelMost = 40

// quotedLabel is a label as the prompt takes it.
func quotedLabel(s string) string {
	s = safe.Line(s)
	if strings.ContainsAny(s, " ,") || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
		return `"` + s + `"`
	}
	return s
}

// putLabels puts labels on something, or takes them away. Each is a step of
// undo of its own.
func (a *App) putLabels(on target, text string) tea.Cmd {
	words := labelWords(text)
	if len(words) == 0 {
		a.say("a label needs a name, such as pipeline; -pipeline takes it away")
		return nil
	}
	if on.spot == nil && a.scope() == inList {
		return a.onChosen("label "+strings.Join(words, " "), func(a *App, hs []model.Handle) tea.Cmd {
			on.on = hs
			return a.putEach(on, words)
		})
	}
	return a.putEach(on, words)
}

func (a *App) putEach(on target, words []string) tea.Cmd {
	var cmds []tea.Cmd
	for _, w := range words {
		name, off := strings.CutPrefix(w, "-")
		switch has := a.has(on, name); {
		case has && !off:
			a.say(name + " is on " + on.words + " already")
			continue
		case !has && off && len(on.on) == 1:
			a.say(name + " is not on " + on.words)
			continue
		}
		cmds = append(cmds, a.putOn(model.Act{Do: model.DoLabel, On: on.on, Spot: on.spot, Label: name, Yes: !off}))
	}
	return tea.Batch(cmds...)
}

// look finds the labels that begin like the word being typed, then those that
// hold it.
func (p *labelPanel) look() {
	p.offers, p.at, p.top = nil, -1, 0
	word := p.field.text[lastWord(p.field.text):]
	word = strings.ToLower(strings.Trim(word, `-+"`))
	var within []labelCount
	for _, l := range p.all {
		switch name := strings.ToLower(l.name); {
		case strings.HasPrefix(name, word):
			p.offers = append(p.offers, l)
		case strings.Contains(name, word):
			within = append(within, l)
		}
	}
	p.offers = append(p.offers, within...)
}

// lastWord is where the last word of what was typed begins.
func lastWord(text string) int { return strings.LastIndexAny(text, " ,") + 1 }

// choose writes an offer into the field: with a minus where it would take the
// label away.
func (p *labelPanel) choose(a *App, step int) {
	n := len(p.offers)
	if n == 0 {
		return
	}
	if p.at < 0 {
		p.base = p.field.text
	}
	if p.at += step; p.at < -1 {
		p.at = n - 1
	}
	if p.at = p.at % n; p.at < 0 {
		p.field.set(p.base)
		return
	}
	name := p.offers[p.at].name
	text := quotedLabel(name)
	if a.has(p.on, name) {
		text = "-" + text
	}
	p.field.set(p.base[:lastWord(p.base)] + text)
}

func (p *labelPanel) inline() bool                { return false }
func (p *labelPanel) scroll(int)                  {}
func (p *labelPanel) cursor() (x, y int, ok bool) { return p.x, 0, true }

func (p *labelPanel) paste(_ *App, text string) {
	p.field.insert(text)
	p.look()
}

func (p *labelPanel) press(a *App, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		a.lay(nil)
	case "down", "tab", "ctrl+n":
		p.choose(a, 1)
	case "up", "shift+tab", "ctrl+p":
		p.choose(a, -1)
	case "enter":
		a.lay(nil)
		if strings.TrimSpace(p.field.text) == "" {
			return nil
		}
		return a.putLabels(p.on, p.field.text)
	default:
		if p.field.press(k) {
			p.look()
		}
	}
	return nil
}

// labelRows is how many labels the panel shows at most.
const labelRows = 8

func (p *labelPanel) draw(a *App, w, h int) (string, []string) {
	st := a.list.st
	line, x := p.field.draw(st, " labels: ", w)
	p.x = x
	lines := []string{line}
	n := min(h-1, labelRows, max(1, len(p.offers)))
	p.top = max(0, min(p.top, p.at), p.at-n+1)
	for i := p.top; i < p.top+n; i++ {
		if i >= len(p.offers) {
			lines = append(lines, st.draw(themes.Dim, st.fit("   no label is called so yet: Enter makes it", w)))
			continue
		}
		o := p.offers[i]
		role, sign := themes.Overlay, "   "
		if i == p.at {
			role, sign = themes.Select, " > "
		}
		box := "[ ] "
		if a.has(p.on, o.name) {
			box = "[x] "
		}
		right := " " + plural(o.n, "cable") + " "
		lines = append(lines, st.draw(role, fit(st.fit(sign+box+safe.Line(o.name), max(0, min(w, textMost)-width(right)))+right, w)))
	}
	return "Labels of " + p.on.words, lines
}

func (p *labelPanel) hints() []hint {
	return []hint{{"Enter", "put on"}, {"-NAME", "take away"}, {"Tab", "choose"}, {"Esc", "cancel"}}
}
