package export

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/model"
	"chancery/model/safe"
)

// piece is a paragraph to be wrapped, or lines to be kept as they are.
type piece struct {
	text string
	kept bool
}

// shortest is how long a line must be for its end to be that of a full line,
// which a telegram of 69 columns broke.
const shortest = 45

// pieces makes text that was sent in short lines flow again. Tables and lines
// set in columns, list items and paragraphs stay apart.
func (p *passage) pieces() []piece {
	text := safe.Text(p.text)
	if p.kind == model.Table {
		return []piece{{trimmed(text), true}}
	}
	lines := strings.Split(text, "\n")
	var out []piece
	open := false // the last piece may be added to
	for i, l := range lines {
		t := strings.Join(strings.Fields(l), " ")
		switch {
		case t == "":
			open = open && goesOn(lines, i, out)
			continue
		case inColumns(lines, i):
			if n := len(out) - 1; n >= 0 && out[n].kept && open {
				out[n].text += "\n" + strings.TrimRightFunc(l, unicode.IsSpace)
			} else {
				out = append(out, piece{strings.TrimRightFunc(l, unicode.IsSpace), true})
			}
		case !open || out[len(out)-1].kept || isListItem(t, out[len(out)-1].text):
			out = append(out, piece{t, false})
		default:
			out[len(out)-1].text = joined(out[len(out)-1].text, t)
		}
		open = true
	}
	return out
}

// trimmed is text without blanks at the end of its lines and without empty
// lines around it.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRightFunc(l, unicode.IsSpace)
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// goesOn says that a sentence goes on behind the blank line at i: a page break
// stood there.
func goesOn(lines []string, i int, out []piece) bool {
	last := out[len(out)-1]
	for i++; i < len(lines); i++ {
		if t := strings.TrimSpace(lines[i]); t != "" {
			return !last.kept && !stops(last.text) && t[0] >= 'a' && t[0] <= 'z'
		}
	}
	return false
}

// inColumns says whether a line and a neighbour of it have gaps of three
// blanks, as tables do.
func inColumns(lines []string, i int) bool {
	gap := func(i int) bool {
		return i >= 0 && i < len(lines) && strings.Contains(strings.TrimSpace(lines[i]), "   ")
	}
	return gap(i) && (gap(i-1) || gap(i+1))
}

// isListItem says whether a line begins an item of a list. A dash in the midst
// of a sentence -- like this -- begins none.
func isListItem(t, before string) bool {
	sign, rest, ok := strings.Cut(t, " ")
	if !ok || rest == "" {
		return false
	}
	switch sign {
	case "-", "--", "---", "*", "\u2022", "o":
		return stops(before) || len(before) < shortest
	}
	inside := strings.Trim(sign, "().")
	return len(inside) > 0 && len(inside) <= 2 && len(inside) < len(sign) && stops(before)
}

func stops(s string) bool { return s != "" && strings.IndexByte(".:;!?)\"", s[len(s)-1]) >= 0 }

// joined puts two lines together; a word broken at its hyphen stays one.
func joined(a, b string) string {
	if n := len(a); n > 1 && a[n-1] == '-' && isLetter(a[n-2]) && isLetter(b[0]) {
		return a + b
	}
	return a + " " + b
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// wrapWidth is that of the documents to read: they fit a terminal of 80.
const wrapWidth = 78

// wrap breaks text at blanks so that lines with what stands before them are
// no wider than the documents are: first before the first, hang before others.
// A word that is too long stays whole. word, where it is given, sets each word;
// starts says that it begins a line.
func wrap(text, first, hang string, word func(w string, starts bool) string) string {
	if word == nil {
		word = func(w string, _ bool) string { return w }
	}
	var b strings.Builder
	b.WriteString(first)
	col, begun := utf8.RuneCountInString(first), false
	for _, w := range strings.Fields(text) {
		set := word(w, !begun)
		if begun && col+1+utf8.RuneCountInString(set) > wrapWidth {
			set = word(w, true)
			b.WriteString("\n" + hang)
			col = utf8.RuneCountInString(hang)
		} else if begun {
			b.WriteByte(' ')
			col++
		}
		b.WriteString(set)
		col += utf8.RuneCountInString(set)
		begun = true
	}
	return b.String() + "\n"
}
