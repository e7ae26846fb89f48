package ui

import (
	"strings"
	"unicode/utf8"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// originMost is how many lines are shown of those a detail was read from, and
// originWide how many bytes of each: in unwrapped texts a line is a paragraph.
const (
	originMost = 12
	originWide = 400
)

// origin shows the lines of the text that the detail under the cursor was read
// from, as they stand there; false when it was read from none.
func (a *App) origin() bool {
	f, ok := a.sidebar.current()
	c := a.reader.cable()
	if !ok || c == nil || f.line == 0 {
		return false
	}
	name := f.name
	if name == "" {
		name = f.group
	}
	text := []textLine{said("Detail", name+": "+strings.TrimRight(f.value, " "))}
	if f.note != "" {
		text = append(text, textLine{"", f.note, noteRole(&f), true})
	}
	text = append(text, said("Read from", "line "+count(f.line)+" of "+count(c.LineAt(len(c.Text)-1))), textLine{})
	lines := originLines(c.Text, f.at, f.line)
	for i, s := range lines[:min(len(lines), originMost)] {
		text = append(text, textLine{"  " + count(f.line+i), safe.Line(s), themes.Text, true})
	}
	if n := len(lines) - originMost; n > 0 {
		text = append(text, textLine{"", "and " + plural(n, "line") + " more", themes.Dim, true})
	}
	if words := f.at.Of(c.Text); words != "" && len(lines) == 1 && words != strings.TrimSpace(lines[0]) {
		text = append(text, textLine{}, said("These words", quoted(safe.Line(around(words, 0, len(words))))))
	}
	a.lay(&pager{title: "Where this was read", text: append(text, textLine{}, textLine{"", "o shows it in the source", themes.Dim, true})})
	return true
}

// originLines gives the lines of the text that hold the stretch; where that is
// not known, the line with this number.
func originLines(text string, at model.Span, line int) []string {
	if at == (model.Span{}) {
		for n := 0; line > 1 && n >= 0; line-- {
			n = strings.IndexAny(text[at.Start:], "\n\f")
			at.Start += n + 1
		}
		at.End = at.Start
	}
	var out []string
	for from := strings.LastIndexAny(text[:at.Start], "\n\f") + 1; ; {
		to := len(text)
		if n := strings.IndexAny(text[from:], "\n\f"); n >= 0 {
			to = from + n
		}
		out = append(out, around(strings.TrimSuffix(text[from:to], "\r"), at.Start-from, at.End-from))
		if to+1 >= at.End || to == len(text) {
			return out
		}
		from = to + 1
	}
}

// around cuts a long line down to what stands around a stretch of it, with dots
// where something was left out.
func around(s string, from, to int) string {
	if len(s) <= originWide {
		return s
	}
	from = max(0, min(from, len(s)-originWide, (from+to-originWide)/2))
	to = min(len(s), from+originWide)
	for from > 0 && !utf8.RuneStart(s[from]) {
		from--
	}
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to++
	}
	cut := s[from:to]
	if from > 0 {
		cut = "..." + cut
	}
	if to < len(s) {
		cut += "..."
	}
	return cut
}
