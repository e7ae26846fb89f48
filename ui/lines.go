package ui

import (
	"fmt"
	"strconv"
	"strings"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// collection is the name in the header.
func (a *App) collection() string {
	if a.o.Collection != "" {
		return a.o.Collection
	}
	return safe.Line(a.progress.Name)
}

// headerLine says what is open on the left and how much of it on the right.
func (a *App) headerLine() string {
	st := a.list.st
	left := " chancery  " + a.collection()
	if a.asked.query != nil && !a.at.shows(listPane) {
		left += "   " + safe.Line(a.asked.text) // the list, which says so, is not in view
	}
	right := a.counts()
	for _, s := range a.judgedCounts() {
		if right = s; width(left)+width(s)+4 <= a.w {
			break
		}
	}
	if a.asked.query != nil && !a.at.shows(listPane) {
		right = a.answers()
	}
	if long := right + "   mouse:" + a.o.Mouse.String(); width(left)+width(long)+3 <= a.w {
		right = long
	}
	right += " "
	n := a.w - width(right)
	if n < 14 {
		return st.draw(themes.Title, st.fit(left, a.w))
	}
	return st.draw(themes.Title, st.fit(left, n-1)+" "+right)
}

// counts says how much was read, in a line that changes seldom.
func (a *App) counts() string {
	p := a.progress
	switch {
	case p.Done && p.Err != nil:
		return count(p.Cables) + " cables   stopped early"
	case p.Done && p.Cables == 1:
		return "1 cable"
	case p.Done:
		return count(p.Cables) + " cables"
	case p.Cables > 0:
		return "reading " + count(p.Cables) + " cables" + pace(p)
	case p.Files > 0:
		return "reading " + count(p.Files) + " files"
	}
	return "reading"
}

// pace says how far reading is and how long it still takes, as far as that can
// be told.
func pace(p model.Progress) string {
	s := ""
	if p.Share > 0 {
		s += "   " + strconv.Itoa(int(p.Share*100)) + "%"
	}
	if p.Rate > 0 {
		s += "   " + count(p.Rate) + "/s"
	}
	if left := int(p.Left.Seconds()); left > 0 {
		s += fmt.Sprintf("   %d:%02d left", left/60, left%60)
	}
	return s
}

// statusLine is what there is to say, or a field being typed into, and at its
// right end the place in the pane.
func (a *App) statusLine() string {
	st := a.list.st
	if line, ok := a.inlineField(); ok {
		return line
	}
	right := a.position()
	if pending := a.pending(); pending != "" {
		right = pending + "   " + right
	}
	right = " " + right + " "
	if width(a.message.text)+width(right) >= a.w {
		right = "" // a message is whole, if it can be; the place comes back with the next key
	}
	n := max(0, a.w-width(right))
	said, _ := a.messageRows()
	text := st.fit(" "+said, n)
	if a.message.text == "" {
		text = fit("", n)
	}
	return st.draw(a.messageRole(), text) + st.draw(themes.Status, st.fit(right, a.w-n))
}

// messageRows is what there is to say, in the status line and, when it is long,
// in the line of keys below.
func (a *App) messageRows() (first, second string) {
	text := a.message.text
	if a.w < 3 || width(text) < a.w {
		return text, ""
	}
	rows := wrap(nil, text, a.w-2, a.w-2)
	return text[rows[0].from:rows[0].to], text[rows[1].from:]
}

func (a *App) messageRole() themes.Role {
	if a.message.role == "" {
		return themes.Status
	}
	return a.message.role
}

// inlineField draws a prompt that stands in the status line.
func (a *App) inlineField() (string, bool) {
	if a.over == nil || !a.over.inline() {
		return "", false
	}
	_, lines := a.over.draw(a, a.w, 1)
	return lines[0], true
}

// pending shows a command half typed.
func (a *App) pending() string {
	s := ""
	if a.seq.count > 0 {
		s = strconv.Itoa(a.seq.count)
	}
	if a.seq.head != "" {
		s += keyName(a.seq.head)
	}
	return s
}

// position says where the pane in focus stands; details with no reader beside
// them say whose they are.
func (a *App) position() string {
	switch {
	case a.open.whole:
		return a.uppermost().position()
	case a.open.focus == listPane || a.reader.cable() == nil:
		if a.list.total == 0 {
			return ""
		}
		return count(a.list.rank()+1) + " of " + count(a.list.total)
	case a.rawOpen:
		return a.raw.position()
	case a.open.focus == sidePane && !a.at.shows(readerPane):
		return safe.Line(a.reader.cable().ID)
	}
	at, total := a.reader.matches()
	match := "match " + count(at) + " of " + count(total)
	switch {
	case at == 0 && total == 1:
		match = "1 match"
	case at == 0:
		match = count(total) + " matches"
	}
	switch place := a.reader.position(); {
	case total > 0 && a.onlyFound:
		return "only matches   " + match + "   " + place
	case total > 0:
		return match + "   " + place
	default:
		return place
	}
}

// hint is one key of the footer and what it does.
type hint struct{ key, words string }

// footingLine shows at most eight keys that apply now. It gives way to the end
// of a long message and, on a screen without a status line, to any.
func (a *App) footingLine() string {
	st := a.list.st
	if a.at.status < 0 {
		if line, ok := a.inlineField(); ok {
			return line
		}
		if a.message.text != "" {
			return st.draw(a.messageRole(), st.fit(" "+a.message.text, a.w))
		}
	} else if _, second := a.messageRows(); second != "" && a.over == nil {
		return st.draw(a.messageRole(), st.fit(" "+second, a.w))
	}
	hints := a.hints()
	used, line := 1, st.draw(themes.Status, fit(" ", min(1, a.w)))
	last := len(hints) - 1
	for i, h := range hints {
		gap := 3
		if a.w < 100 {
			gap = 2
		}
		n := width(h.key) + 1 + width(h.words) + gap
		room := a.w - used
		if i < last {
			room -= width(hints[last].key) + 1 + width(hints[last].words) + gap
		}
		if n > room {
			continue
		}
		line += st.draw(themes.Key, h.key) + st.draw(themes.Status, " "+h.words+strings.Repeat(" ", gap))
		used += n
	}
	return line + st.draw(themes.Status, fit("", a.w-used))
}

// hints picks the keys of the footer for where the reader is; help stands last.
func (a *App) hints() []hint {
	if a.over != nil {
		return a.over.hints()
	}
	var out []hint
	add := func(words string, names ...string) {
		var keys []string
		for _, name := range names {
			c := a.keys.byName[name]
			if len(c.keys) == 0 || c.ready != nil && c.ready(a) != "" {
				return
			}
			keys = append(keys, keyName(c.keys[0]))
		}
		out = append(out, hint{strings.Join(keys, "/"), words})
	}
	switch a.scope() {
	case inList:
		add("read", "open")
		stops := a.reads() && a.asked.query == nil
		if stops {
			out = append(out, hint{"Esc", "stop reading"})
		}
		if a.o.Desk != nil {
			a.judgeHints(add)
		} else {
			add("move", "down", "up")
		}
		add("query", "query-list")
		if a.asked.query != nil {
			out = append(out, hint{"Esc", "all cables"})
		}
		if len(a.list.rows) > 0 && a.o.Desk == nil {
			out = append(out, hint{"S", "sort"})
		}
		if !stops { // there are enough
			add("details", "sidebar")
		}
		add("commands", "palette")
		add("quit", "close")
	case inReader:
		a.readerHints(add)
	case inOverview, inChain, inBrief, inPassages, inCompare:
		a.viewHints(add)
	case inSide:
		add("field", "down", "up")
		add(a.sideWords(), "unfold")
		add("exclude", "exclude")
		add("section", "next-section")
		add("what is this", "what")
		add("where from", "where")
		add("hide", "sidebar")
	case inRaw:
		add("scroll", "down", "up")
		add("page", "page-down", "page-up")
		add("ends", "first", "last")
		add("back to the cable", "close")
	}
	add("keys", "help")
	return out
}

func (a *App) readerHints(add func(words string, names ...string)) {
	if a.o.Desk != nil {
		add("judge", "relevant", "not-relevant", "later")
	}
	add("next/prev cable", "next-cable", "previous-cable")
	_, total := a.reader.matches()
	if total > 0 {
		add("next match", "next-match")
	}
	add("paragraph", "next-paragraph")
	add(a.highestWords(), "next-highest")
	add("reference", "next-reference")
	if total == 0 {
		add("find", "find")
	}
	if a.o.Desk == nil {
		add("source", "source")
	}
	add("details", "sidebar")
}

// highestWords says which marking ] goes to.
func (a *App) highestWords() string {
	if m, ok := a.reader.highestMark(); ok {
		return "next " + safe.Line(m.Code())
	}
	return "highest"
}
