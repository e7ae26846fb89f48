package ui

import "strings"

// piece is a line of reflowed text, to be wrapped or kept as it is.
type piece struct {
	from, to int  // in the text that reflow gave
	hang     int  // cells by which the rows after the first are indented
	kept     bool // a line of a table: neither joined nor wrapped
}

// step says that the bytes from src on stand at dst in the reflowed text.
type step struct{ src, dst int }

// reflowed is text whose lines as sent were joined to lines to be wrapped. The
// pieces stand in text with LF between them.
type reflowed struct {
	text   string
	pieces []piece
	steps  []step // for following a place of the source into text
}

// at follows a byte of the source into the reflowed text.
func (r *reflowed) at(src int) int {
	lo, hi := 0, len(r.steps)
	for lo < hi {
		if m := (lo + hi) / 2; r.steps[m].src <= src {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo == 0 {
		return 0
	}
	s := r.steps[lo-1]
	return min(len(r.text), s.dst+src-s.src)
}

// source is a line as sent: its text is [from, to) without blanks around it,
// and left is where its indentation began.
type source struct {
	left, from, to int
	kept           bool
}

// transmitted keeps every line as it was sent.
func transmitted(text string) *reflowed {
	r := &reflowed{text: text, steps: []step{{0, 0}}}
	for at := 0; ; {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			r.pieces = append(r.pieces, piece{from: at, to: len(text), kept: true})
			return r
		}
		r.pieces = append(r.pieces, piece{from: at, to: at + n, kept: true})
		at += n + 1
	}
}

// reflow joins lines that were broken only because a line of a telegram could
// hold no more than 69 characters (ACP 127): the words are kept, runs of blanks
// become one. Lines of a table, bullets, and lines that ended early on purpose
// stay lines of their own.
func reflow(text string) *reflowed {
	lines := sourceLines(text)
	widest, dashes := 0, 0
	for _, l := range lines {
		if !l.kept {
			widest = max(widest, l.to-l.from)
		}
		if s := text[l.from:l.to]; marker(s) > 0 && s[0] == '-' {
			dashes++
		}
	}
	var b strings.Builder
	b.Grow(len(text))
	r := &reflowed{}
	open := false // a piece is being written
	for i, l := range lines {
		if l.from == l.to {
			if open && !joinsOver(text, lines, i) {
				r.end(&b, &open)
			}
			continue
		}
		prev := before(lines, i)
		switch {
		case !open:
			if prev >= 0 && prev < i-1 && !l.kept { // a blank line stood here
				r.pieces = append(r.pieces, piece{from: b.Len(), to: b.Len()})
				b.WriteByte('\n')
			}
			r.begin(&b, text, l, &open)
		case l.kept || lines[prev].kept || prev == i-1 && endsLine(text, lines[prev], l, widest, dashes > 1):
			r.end(&b, &open)
			r.begin(&b, text, l, &open)
		case hyphenated(text, lines[prev], l):
			r.copy(&b, text, l)
		default:
			b.WriteByte(' ')
			r.copy(&b, text, l)
		}
	}
	if open {
		r.end(&b, &open)
	}
	r.text = strings.TrimSuffix(b.String(), "\n")
	if len(r.pieces) == 0 {
		r.pieces = []piece{{}}
	}
	return r
}

func (r *reflowed) begin(b *strings.Builder, text string, l source, open *bool) {
	from := l.from
	if l.kept {
		from = l.left
	}
	p := piece{from: b.Len(), kept: l.kept}
	if n := marker(text[l.from:l.to]); !l.kept && n > 0 {
		p.hang = min(n, 8)
	}
	r.pieces = append(r.pieces, p)
	if l.kept {
		r.steps = append(r.steps, step{from, b.Len()})
		b.WriteString(text[from:l.to])
	} else {
		r.copy(b, text, l)
	}
	*open = true
}

func (r *reflowed) end(b *strings.Builder, open *bool) {
	r.pieces[len(r.pieces)-1].to = b.Len()
	b.WriteByte('\n')
	*open = false
}

// copy writes a line with each run of blanks made one.
func (r *reflowed) copy(b *strings.Builder, text string, l source) {
	for at := l.from; at < l.to; {
		n := strings.Index(text[at:l.to], "  ")
		r.steps = append(r.steps, step{at, b.Len()})
		if n < 0 {
			b.WriteString(text[at:l.to])
			return
		}
		b.WriteString(text[at : at+n+1])
		at += n
		for at < l.to && text[at] == ' ' {
			at++
		}
	}
}

// sourceLines cuts text into its lines and finds those that are set in columns:
// two or more in a row with a gap of three blanks inside.
func sourceLines(text string) []source {
	lines := make([]source, 0, strings.Count(text, "\n")+1)
	for at := 0; at <= len(text); {
		end := len(text)
		if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n
		}
		l := source{left: at, from: at, to: end}
		for l.from < l.to && text[l.from] == ' ' {
			l.from++
		}
		for l.to > l.from && text[l.to-1] == ' ' {
			l.to--
		}
		lines = append(lines, l)
		at = end + 1
	}
	for i := 1; i < len(lines); i++ {
		if gap(text, lines[i]) && gap(text, lines[i-1]) {
			lines[i].kept, lines[i-1].kept = true, true
		}
	}
	return lines
}

func gap(text string, l source) bool {
	return strings.Contains(text[l.from:l.to], "   ")
}

// before is the last line with text above line i, -1 when there is none.
func before(lines []source, i int) int {
	for i--; i >= 0; i-- {
		if lines[i].from < lines[i].to {
			return i
		}
	}
	return -1
}

// joinsOver says that the sentence goes on behind the blank lines at i: what
// stood there was furniture that cut it (cable-format 3.5).
func joinsOver(text string, lines []source, i int) bool {
	prev, next := before(lines, i), i
	for next < len(lines) && lines[next].from == lines[next].to {
		next++
	}
	if prev < 0 || next == len(lines) || lines[prev].kept || lines[next].kept {
		return false
	}
	first := text[lines[next].from]
	return !stops(text[lines[prev].to-1]) && 'a' <= first && first <= 'z'
}

// endsLine says that line a was ended on purpose before line b: the first word
// of b had room in it, and a ends a sentence or b is short too, as in a list.
// Where neither is so, it was furniture that cut a. A single dash that follows
// no stop is the dash of a sentence -- like this -- and begins no list.
func endsLine(text string, a, b source, widest int, dashes bool) bool {
	next := text[b.from:b.to]
	word := strings.IndexByte(next, ' ')
	if word < 0 {
		word = len(next)
	}
	full := min(widest, 69)
	if a.to-a.from+1+word+12 <= full && (next[0] < 'a' || next[0] > 'z') {
		return stops(text[a.to-1]) || b.to-b.from <= full*2/3
	}
	if marker(next) == 0 {
		return false
	}
	return next[0] == '-' && dashes || stops(text[a.to-1])
}

func stops(b byte) bool { return strings.IndexByte(".:;!?)\"", b) >= 0 }

// hyphenated says that a ends in the hyphen of a word that b goes on with.
func hyphenated(text string, a, b source) bool {
	return a.to-a.from > 1 && text[a.to-1] == '-' && letter(text[a.to-2]) && letter(text[b.from])
}

// marker is the length of the sign a list item begins with, with the blanks
// after it: "- ", "-- ", "A. ", "(b) ", "12) "; 0 when there is none.
func marker(s string) int {
	i := 0
	switch {
	case s == "":
		return 0
	case s[0] == '-' || s[0] == '*':
		for i < len(s) && i < 3 && s[i] == s[0] {
			i++
		}
	case strings.HasPrefix(s, "\u2022"):
		i = len("\u2022")
	case s[0] == '(':
		if i = 1 + ordinal(s[1:]); i == 1 || i == len(s) || s[i] != ')' {
			return 0
		}
		i++
	default:
		if i = ordinal(s); i == 0 || i == len(s) || s[i] != '.' && s[i] != ')' {
			return 0
		}
		i++
	}
	if i == len(s) || s[i] != ' ' {
		return 0
	}
	for i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}

// ordinal is the length of one letter, one or two digits, or a small Roman
// number at the head of s.
func ordinal(s string) int {
	i := 0
	for i < len(s) && i < 2 && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	if i > 0 {
		return i
	}
	for i < len(s) && i < 4 && strings.IndexByte("ivxIVX", s[i]) >= 0 {
		i++
	}
	if i > 0 && (i == len(s) || !letter(s[i])) {
		return i
	}
	if len(s) > 0 && letter(s[0]) {
		return 1
	}
	return 0
}
