package export

import (
	"slices"
	"strings"

	"chancery/model"
	"chancery/model/safe"
)

// passage is a block of a cable, or the text of a pin, ready to be written.
type passage struct {
	block  int // among the blocks of the cable, -1 when it is not known
	number string
	kind   model.BlockKind
	mark   model.Marking // its own or the one it inherits; zero when it has none
	typed  string        // that marking as written; "" when it is not written there
	text   string        // the true text
}

// code is the portion marking before a quotation. One that is missing in a
// marked cable is said to be.
func (p *passage) code(c *model.Cable) string {
	if hasMark(p.mark) {
		return safe.Line(p.mark.Code())
	}
	if c != nil {
		if m := bannerOf(c); m.Level != model.LevelUnknown {
			return "no portion mark; cable " + safe.Line(m.Words())
		}
	}
	return "no portion mark"
}

func hasMark(m model.Marking) bool { return m.Raw != "" || m.Level != model.LevelUnknown }

// entry is an item made ready.
type entry struct {
	n        int // from 1
	item     *Item
	c        *model.Cable // never nil; of one that is not held only its id
	held     bool
	first    bool // of its cable in the document
	passages []passage
	remark   string // what must be said of the text: whence it is
	cite     string // in the style that was asked for, "" in none
	comment  string // the reader's, on a pin
	notes    []note
}

// note is a note of the reader's and what it is on.
type note struct {
	on   string // "the cable", "para. 4"; "" for the paragraph quoted
	text string
}

// resolver makes items ready, in their order.
type resolver struct {
	o    Options
	n    int
	seen map[string]bool // cables that were met, by key
}

func (r *resolver) entry(it Item) *entry {
	r.n++
	e := &entry{n: r.n, item: &it, c: it.Cable, held: it.Cable != nil}
	if !e.held {
		e.c = &model.Cable{ID: it.Handle.ID}
	}
	key := keyOf(e.c, it.Handle)
	e.first = key == "" || !r.seen[key]
	r.seen[key] = true
	at := pinpoint{}
	switch {
	case it.Bare:
	case it.Pin != nil:
		at = e.pinned(it.Pin)
	case e.held && len(it.Blocks) > 0:
		for _, b := range it.Blocks {
			e.quote(b)
		}
		at = pointsAt(e.c, it.Blocks)
	case e.held && len(e.c.Blocks) > 0:
		for b := range e.c.Blocks {
			e.quote(b)
		}
	case e.held:
		e.remark = "This record holds no text."
	default:
		e.remark = "This cable is not held; nothing of its text is known here."
	}
	if !r.o.DropNotes {
		e.remember()
	}
	if r.o.DropMarks {
		at.mark = ""
	}
	e.cite = cited{c: e.c, held: e.held, at: at, from: it.Source, hash: r.o.Hash, again: !e.first}.in(r.o.style())
	return e
}

// keyOf names a cable within a document, "" when it cannot be told from others.
func keyOf(c *model.Cable, h model.Handle) string {
	if own := c.Handle(); own != (model.Handle{}) {
		return own.Key()
	}
	if h != (model.Handle{}) {
		return h.Key()
	}
	return ""
}

// quote adds a block of the cable.
func (e *entry) quote(i int) {
	if i < 0 || i >= len(e.c.Blocks) {
		return
	}
	b := e.c.Blocks[i]
	p := passage{block: i, number: b.Number, kind: b.Kind, mark: b.Mark, typed: b.Mark.Raw, text: b.Text}
	if b.Inherit {
		p.typed = ""
	}
	switch b.Kind {
	case model.Table:
		p.text = e.c.Laid(b)
	case model.Bullet:
		if sign := e.c.Sign(b); sign != "" {
			p.text = sign + " " + p.text
		}
	}
	e.passages = append(e.passages, p)
}

// pinned quotes a pin: the paragraph of the cable where it has the text that
// was pinned, else that text, and says why.
func (e *entry) pinned(pin *model.Pin) pinpoint {
	block, ok := e.c.FindSpot(pin.Spot)
	if ok && folded(e.c.Blocks[block].Text) == folded(pin.Text) {
		e.quote(block)
		return pointAt(e.c, block)
	}
	mark, _ := model.ParseMarking(pin.Mark) // "?" is none
	e.passages = append(e.passages, passage{block: -1, number: pin.Spot.Number, kind: model.Paragraph, mark: mark, typed: pin.Mark, text: pin.Text})
	switch {
	case !e.held:
		e.remark = "The cable is not held here: this is the text as it was pinned."
	case ok:
		e.remark = "The copy held here has another text in this paragraph: this is the text as it was pinned."
	default:
		e.remark = "The copy held here has no such paragraph: this is the text as it was pinned."
	}
	return pointOfPin(pin)
}

func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

// pointsAt names several paragraphs of one cable: the first of them for a
// citation, and how many more there are.
func pointsAt(c *model.Cable, blocks []int) pinpoint {
	p := pointAt(c, blocks[0])
	if len(blocks) == 1 {
		return p
	}
	words, short := []string{p.words}, []string{p.short}
	for _, b := range blocks[1:] {
		q := pointAt(c, b)
		if q.words != "" && !contains(words, q.words) {
			words, short = append(words, q.words), append(short, q.short)
		}
		if q.mark != p.mark {
			p.mark = "" // each of them carries its own
		}
	}
	p.words = strings.Replace(strings.ReplaceAll(strings.Join(words, ", "), ", para. ", ", "), "para. ", plural(len(words), "para. ", "paras. "), 1)
	p.short = strings.Replace(strings.ReplaceAll(strings.Join(short, ", "), ", ¶ ", ", "), "¶ ", plural(len(words), "¶ ", "¶¶ "), 1)
	return p
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// remember takes the reader's words on what is quoted: the comment of a pin,
// the notes of its paragraphs, and with the first item of a cable those of the
// cable as a whole.
func (e *entry) remember() {
	if e.item.Pin != nil {
		e.comment = e.item.Pin.Comment
	}
	for _, n := range e.item.Notes {
		if n.Spot == nil {
			if e.first {
				e.notes = append(e.notes, note{"the cable", n.Text})
			}
			continue
		}
		if i := e.noted(*n.Spot); i >= 0 {
			on := ""
			if len(e.passages) > 1 && e.held {
				on = pointAt(e.c, e.passages[i].block).words
			}
			e.notes = append(e.notes, note{on, n.Text})
		}
	}
}

// noted is which of the passages a note is on: that of the same paragraph of
// the cable, or of the same spot as the pin; -1 when it is on none.
func (e *entry) noted(s model.Spot) int {
	block, ok := e.c.FindSpot(s)
	return slices.IndexFunc(e.passages, func(p passage) bool {
		if p.block < 0 {
			return e.item.Pin != nil && s == e.item.Pin.Spot
		}
		return ok && p.block == block
	})
}
