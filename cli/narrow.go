package cli

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// narrow fits a text of the help to a terminal that is narrower than it was
// written for, so that no word is cut at the edge: paragraphs are filled anew,
// and what a line of a list has too much goes on below its second column. What
// fits already stays as it is; width 0 is no terminal, which has no edge.
func narrow(text string, width int) string {
	if width <= 0 {
		return text
	}
	var out, para []string
	flush := func() {
		out = append(out, filled(para, width)...)
		para = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line != "" && !strings.ContainsRune(" \t-|#*", rune(line[0])) {
			para = append(para, line)
			continue
		}
		flush()
		out = append(out, hanging(line, width)...)
	}
	flush()
	return strings.Join(out, "\n")
}

// filled is a paragraph whose lines fit.
func filled(para []string, width int) []string {
	for _, line := range para {
		if ansi.StringWidth(line) > width {
			return wordwrap(strings.Join(para, " "), width)
		}
	}
	return para
}

// hanging is a line of a list or an example, its rest below its last column.
func hanging(line string, width int) []string {
	if ansi.StringWidth(line) <= width {
		return []string{line}
	}
	words := strings.TrimLeft(line, " ")
	in := len(line) - len(words)
	if gap := strings.LastIndex(line[:min(len(line), width/2)], "  "); gap >= in {
		in = gap + 2
	}
	head, rest := line[:in], line[in:]
	lines := wordwrap(rest, width-ansi.StringWidth(head))
	for i := range lines {
		lines[i] = head + lines[i]
		head = strings.Repeat(" ", ansi.StringWidth(head))
	}
	return lines
}

// wordwrap breaks at blanks alone, where ansi.Wordwrap breaks flags and ids at
// their hyphens, too.
func wordwrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case ansi.StringWidth(line)+1+ansi.StringWidth(word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}
