package ui

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"chancery/model/safe"
	"chancery/themes"
)

// textField is text of several lines being typed.
type textField struct {
	text string
	at   int // byte the cursor stands before
	want int // the column that going up and down keeps to, -1: that of the cursor
	most int // bytes
	w    int // cells it was laid out for
	rows []cut
	top  int
}

func newTextField(text string, most int) textField {
	return textField{text: text, at: len(text), want: -1, most: most}
}

// layout wraps the text to w cells. A row for the cursor behind the last line
// end is there too.
func (f *textField) layout(w int) {
	f.w, f.rows = max(1, w), f.rows[:0]
	from := 0
	for _, l := range strings.Split(f.text, "\n") {
		at := len(f.rows)
		f.rows = wrap(f.rows, l, f.w, f.w)
		for i := at; i < len(f.rows); i++ {
			f.rows[i].from += from
			f.rows[i].to += from
		}
		from += len(l) + 1
	}
}

// place is the row and the column of the cursor.
func (f *textField) place() (row, col int) {
	for i, r := range f.rows {
		if f.at >= r.from {
			row = i
		}
	}
	r := f.rows[row]
	return row, min(width(f.text[r.from:min(max(f.at, r.from), len(f.text))]), f.w)
}

// goTo puts the cursor on a row, as near to a column as it has cells.
func (f *textField) goTo(row, col int) {
	if row < 0 || row >= len(f.rows) {
		return
	}
	r := f.rows[row]
	f.at = r.from + len(clip(f.text[r.from:r.to], col))
}

func (f *textField) insert(s string) {
	f.text, f.at = inserted(f.text, f.at, safe.Text(s), f.most)
	f.want = -1
}

// press edits; false when the key is none of editing.
func (f *textField) press(k tea.KeyPressMsg, page int) bool {
	f.layout(f.w)
	row, col := f.place()
	switch key := k.String(); key {
	case "up", "down", "pgup", "pgdown":
		if f.want < 0 {
			f.want = col
		}
		step := map[string]int{"up": -1, "down": 1, "pgup": -page, "pgdown": page}[key]
		f.goTo(max(0, min(row+step, len(f.rows)-1)), f.want)
		return true
	case "home", "ctrl+a":
		f.at = f.rows[row].from
	case "end", "ctrl+e":
		f.at = f.rows[row].to
	case "enter", "ctrl+j":
		f.insert("\n")
	default:
		return f.erase(key) || f.letter(k)
	}
	f.want = -1
	return true
}

// erase takes away or goes on by a letter, a word, a line.
func (f *textField) erase(key string) bool {
	text, at, ok := edited(key, f.text, f.at)
	if ok {
		f.text, f.at, f.want = text, at, -1
	}
	return ok
}

// edited is a text after a key that takes away or goes on by a letter, a word,
// a line, with the cursor before byte at; false when the key is none of these.
// Fields of one line and of several are edited alike.
func edited(key, text string, at int) (string, int, bool) {
	before, after := text[:at], text[at:]
	switch key {
	case "left":
		_, n := utf8.DecodeLastRuneInString(before)
		at -= n
	case "right":
		_, n := utf8.DecodeRuneInString(after)
		at += n
	case "backspace":
		_, n := utf8.DecodeLastRuneInString(before)
		text, at = before[:len(before)-n]+after, at-n
	case "delete":
		_, n := utf8.DecodeRuneInString(after)
		text = before + after[n:]
	case "ctrl+u":
		kept := before[:strings.LastIndexByte(before, '\n')+1]
		text, at = kept+after, len(kept)
	case "ctrl+w":
		kept := strings.TrimRight(before, " ")
		kept = kept[:strings.LastIndexAny(kept, " \n")+1]
		text, at = kept+after, len(kept)
	default:
		return text, at, false
	}
	return text, at, true
}

// inserted is a text with more of it at a byte, of at most so many bytes and no
// letter of it cut.
func inserted(text string, at int, more string, most int) (string, int) {
	more = more[:max(0, min(len(more), most-len(text)))]
	for !utf8.ValidString(more) {
		more = more[:len(more)-1]
	}
	return text[:at] + more + text[at:], at + len(more)
}

func (f *textField) letter(k tea.KeyPressMsg) bool {
	if k.Text == "" {
		return false
	}
	f.insert(safe.Line(k.Text))
	return true
}

// draw shows the text in w cells and h rows, and where the cursor is.
func (f *textField) draw(st *styles, w, h int) (lines []string, x, y int) {
	f.layout(max(1, w-2))
	row, col := f.place()
	f.top = max(0, min(f.top, row), row-h+1)
	for i := f.top; i < f.top+h; i++ {
		text := ""
		if i < len(f.rows) {
			text = f.text[f.rows[i].from:f.rows[i].to]
		}
		lines = append(lines, st.draw(themes.Text, fit(" "+text, w)))
	}
	return lines, min(1+col, max(0, w-1)), row - f.top
}
