package ui

import (
	"strings"
	"unicode"

	"chancery/model"
	"chancery/model/glossary"
)

// fold opens and closes furniture: that under the cursor or, when the cursor
// is on a paragraph, the next below it; or all of it. It says whether there
// was any.
func (r *reader) fold(what folding) bool {
	if r.c == nil {
		return false
	}
	found := false
	switch what {
	case foldOpenAll, foldCloseAll:
		for i := range r.items {
			found = found || r.items[i].kind == itemFold
			r.setFold(i, what == foldOpenAll)
		}
	case foldToggle:
		i := r.foldNear()
		if i < 0 {
			return false
		}
		found = true
		r.setFold(i, !r.items[i].open)
		r.cur = i
	}
	r.searchAgain()
	r.settle()
	return found
}

func (r *reader) setFold(i int, open bool) {
	it := &r.items[i]
	if it.kind != itemFold || it.open == open {
		return
	}
	it.open = open
	it.flow, it.rows, it.drawn = nil, nil, nil
	if r.first.item == i {
		r.first.row = 0
	}
}

// foldNear is the fold the cursor means: its own item, the next one before
// another paragraph begins, else the first in view; -1 when there is none.
func (r *reader) foldNear() int {
	for i := r.cur; i < len(r.items); i = r.next(i) {
		if r.items[i].kind == itemFold {
			return i
		}
		if i > r.cur && r.items[i].stop {
			break
		}
	}
	for _, f := range r.frame {
		if r.items[f.item].kind == itemFold {
			return f.item
		}
	}
	return -1
}

// option changes how the cable is shown and gives the echo for the status
// line.
func (r *reader) option(o readerOption) string {
	echo := ""
	switch o {
	case optHeader:
		r.head = (r.head + 1) % 3
		echo = "header: " + [...]string{"brief", "full", "none"}[r.head]
	case optSent:
		r.sent = !r.sent
		echo = either(r.sent, "as transmitted", "reflowed")
	case optNumbers:
		r.unnumber = !r.unnumber
		echo = either(r.unnumber, "paragraph numbers off", "paragraph numbers on")
	case optMarks:
		r.marks = (r.marks + 1) % 3
		echo = "portion marks: " + [...]string{"in the gutter", "inline, as written", "in the gutter and inline"}[r.marks]
	}
	if r.c == nil {
		return echo
	}
	if o == optHeader && r.first.item == 0 {
		r.first.row = 0
	}
	if r.skipped(r.first.item) {
		r.first = spot{item: max(0, r.prev(r.first.item))}
	}
	r.setLink(linkPlace{})
	r.reflow()
	return echo
}

func either(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// sideways pushes tables, and text as transmitted, to the left under the edge
// of the pane, while lines in view are cut on the right; negative is back.
func (r *reader) sideways(cells int) bool {
	left := max(0, r.left+cells)
	if r.c == nil || left == r.left || cells > 0 && !r.cut() {
		return false
	}
	r.left = left
	for i := range r.items {
		r.items[i].drawn = nil
	}
	r.settle()
	return true
}

// cut says that a line in view goes on beyond the right edge.
func (r *reader) cut() bool {
	for _, f := range r.frame {
		if f.blank {
			continue
		}
		it := &r.items[f.item]
		at := it.rows[f.row]
		if !it.flow.lines[at.line].kept {
			continue
		}
		left := 1 + r.sides.width()
		if it.kind == itemHead {
			left = 2
		}
		if width(it.flow.text[at.from:at.to])-r.left > r.w-left {
			return true
		}
	}
	return false
}

// term is the word or code under the cursor, for the glossary: the first of
// terms that it knows, else the first.
func (r *reader) term() string {
	terms := r.terms()
	if len(terms) == 0 {
		return ""
	}
	post, at := postOf(r.c), r.c.Date()
	for _, t := range terms {
		if len(glossary.Look(t, post, at)) > 0 {
			return t
		}
	}
	return terms[0]
}

// terms are all words of the paragraph under the cursor that look like codes
// or abbreviations, each once; first the one the cursor is on.
func (r *reader) terms() []string {
	if r.c == nil || r.cur >= len(r.items) {
		return nil
	}
	var out []string
	seen := make(map[string]bool)
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	if r.hit >= 0 && r.hit < len(r.hits) && r.hits[r.hit].item == r.cur {
		h := r.hits[r.hit]
		add(wordAround(r.lay(r.cur).flow.text, h.from, h.to))
	}
	if r.items[r.cur].kind == itemHead {
		for _, t := range r.c.Tags {
			add(t)
		}
		for _, t := range r.c.Captions {
			add(t)
		}
		return out
	}
	if b := r.items[r.cur].block; b >= 0 {
		if m := r.c.Blocks[b].Mark; known(m) {
			for _, k := range m.Controls {
				add(k)
			}
		}
	}
	f := r.lay(r.cur).flow
	for _, s := range f.seek {
		text := f.text[s[0]:s[1]]
		shouted := strings.ToUpper(text) == text // a telegram all in capitals
		for _, w := range strings.FieldsFunc(text, notWord) {
			if abbreviated(w) && !(shouted && len(w) < 3) {
				add(w)
			}
		}
	}
	return out
}

func notWord(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '&' }

// abbreviated says that a word looks like a code: two capitals at least.
func abbreviated(w string) bool {
	capitals := 0
	for _, c := range w {
		if unicode.IsUpper(c) {
			capitals++
		}
	}
	return capitals >= 2 && len(w) <= 16 && !strings.HasPrefix(w, "XXXX")
}

// wordAround widens a stretch of text to whole words.
func wordAround(text string, from, to int) string {
	for from > 0 && !strings.ContainsAny(text[from-1:from], " \n.,;:()\"") {
		from--
	}
	for to < len(text) && !strings.ContainsAny(text[to:to+1], " \n.,;:()\"") {
		to++
	}
	return text[from:to]
}

// post is the post a cable came from, which abbreviations depend on.
func postOf(c *model.Cable) string {
	if _, post, _, ok := model.SplitID(c.ID); ok {
		return post
	}
	return shortName(c.From.Name)
}

// folding says which furniture is opened or folded.
type folding int

const (
	foldToggle folding = iota // that under the cursor
	foldOpenAll
	foldCloseAll
)

// readerOption is a view option of the reader (keys-and-query, after "-").
type readerOption int

const (
	optHeader  readerOption = iota // header: brief, full, none
	optSent                        // as transmitted or reflowed
	optNumbers                     // paragraph numbers on or off
	optMarks                       // portion marks: gutter, inline, both
)
