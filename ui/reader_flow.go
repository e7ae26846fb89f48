package ui

import (
	"strings"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// flowOf makes the text of an item ready to be wrapped.
func (r *reader) flowOf(i int) *flow {
	it := &r.items[i]
	switch it.kind {
	case itemHead:
		return r.headFlow()
	case itemBlock:
		return r.blockFlow(&r.c.Blocks[it.block])
	case itemFold:
		return r.foldFlow(it)
	case itemEnding:
		return r.endingFlow(it)
	case itemRuler:
		return r.rulerFlow(it)
	}
	return r.footFlow()
}

// blockRole is the role of a block's text.
func blockRole(k model.BlockKind) themes.Role {
	switch k {
	case model.Heading:
		return themes.Heading
	case model.SummaryBlock:
		return themes.Summary
	case model.CommentBlock:
		return themes.Comment
	case model.NoteBlock, model.ActionBlock, model.Marker, model.Redacted:
		return themes.Note
	}
	return themes.Text
}

// blockWord names what a tint says, for a margin of this width: in full or in
// short; "" for plain text and where neither fits.
func blockWord(k model.BlockKind, room int) string {
	var words [2]string
	switch k {
	case model.SummaryBlock:
		words = [2]string{"summary", "sum."}
	case model.CommentBlock:
		words = [2]string{"comment", "com."}
	case model.NoteBlock:
		words = [2]string{"note", "note"}
	case model.ActionBlock:
		words = [2]string{"action", "act."}
	case model.Redacted:
		words = [2]string{"redacted", "cut"}
	}
	for _, w := range words {
		if len(w) <= room {
			return w
		}
	}
	return ""
}

// blockFlow is the text of a block: reflowed, or as it was transmitted with
// number, marking and the furniture within.
func (r *reader) blockFlow(b *model.Block) *flow {
	var w flowing
	role := blockRole(b.Kind)
	if r.sent {
		s := strings.TrimRight(b.Span.Of(r.c.Text), " \t\r\n")
		if s == "" {
			s = b.Text
		}
		w.verbatim(role, s, true)
		return w.done()
	}
	if r.marks != marksGutter && b.Marked() && !b.Inherit {
		return r.inlineFlow(b, role)
	}
	if b.Text == "" && b.Mark.EntireText() {
		w.line(themes.Dim, 0)
		w.own(themes.Dim, "this marking is that of the entire text")
		return w.done()
	}
	var text string
	var escapes []ink
	switch b.Kind {
	case model.Table:
		text, escapes = clean(r.c.Laid(*b))
	case model.Bullet:
		text, escapes = clean(bulletSign(r.c, b) + b.Text)
	default:
		text, escapes = clean(b.Text)
	}
	set := reflow(text)
	if b.Kind == model.Table || b.Kind == model.Redacted {
		set = transmitted(text)
	}
	w.block(role, set, escapes)
	f := w.done()
	if b.Kind == model.Bullet {
		hangBullet(f)
	}
	f.showRedactions()
	return f
}

// inlineFlow is the text of a block with its marking as written before it.
func (r *reader) inlineFlow(b *model.Block, role themes.Role) *flow {
	mark, marked := clean("(" + b.Mark.Raw + ") ")
	text, escapes := clean(b.Text)
	if b.Kind == model.Bullet {
		text, escapes = clean(bulletSign(r.c, b) + b.Text)
	}
	for i := range escapes {
		escapes[i].from += len(mark)
		escapes[i].to += len(mark)
	}
	set := reflow(mark + text)
	var w flowing
	at := markRole(b.Mark.Level)
	if len(marked) == 0 {
		marked = []ink{{0, len(mark) - 1, at}}
	}
	w.block(role, set, append(marked, escapes...))
	f := w.done()
	f.showRedactions()
	return f
}

// bulletSign is the sign that a bullet has in the source and its text has not:
// "-- ", "* "; "" where the text begins with it. A marking may stand before it.
func bulletSign(c *model.Cable, b *model.Block) string {
	source := strings.TrimLeft(b.Span.Of(c.Text), " \t")
	if _, rest, ok := strings.Cut(source, ")"); ok && strings.HasPrefix(source, "(") {
		source = strings.TrimLeft(rest, " \t")
	}
	sign := source[:len(source)-len(strings.TrimLeft(source, bulletSigns))]
	switch {
	case strings.TrimLeft(b.Text, bulletSigns) != b.Text:
		return ""
	case sign == "" || len(sign) > 8:
		return "- "
	}
	return sign + " "
}

// bulletSigns are the signs that bullets are written with.
const bulletSigns = "-*+•·–—"

// hangBullet lets the rows of a bullet hang even where its sign stands without
// the shape of a list item.
func hangBullet(f *flow) {
	for i := range f.lines {
		if f.lines[i].hang == 0 && !f.lines[i].kept {
			f.lines[i].hang = 2
		}
	}
}

// showRedactions gives what a publisher crossed out (XXXXXXXXXXXX) a role of
// its own; the crosses themselves are the text form.
func (f *flow) showRedactions() {
	var found []ink
	for at := 0; ; {
		n := strings.Index(f.text[at:], "XXXX")
		if m := strings.Index(f.text[at:], "xxxx"); n < 0 || m >= 0 && m < n {
			n = m
		}
		if n < 0 {
			break
		}
		from := at + n
		at = from + 4
		for at < len(f.text) && f.text[at] == f.text[from] {
			at++
		}
		found = append(found, ink{from, at, themes.Note})
	}
	if len(found) > 0 {
		f.inks = merge(f.inks, found)
	}
}

// merge lays ordered inks over others: where two overlap, that of over stands
// and the other is cut around it.
func merge(over, under []ink) []ink {
	out := make([]ink, 0, len(over)+len(under))
	end := 0 // of what was written
	for _, k := range under {
		for len(over) > 0 && over[0].to <= k.from {
			out, end, over = append(out, over[0]), over[0].to, over[1:]
		}
		at := max(k.from, end)
		for len(over) > 0 && over[0].from < k.to {
			if over[0].from > at {
				out = append(out, ink{at, over[0].from, k.role})
			}
			out, at, over = append(out, over[0]), over[0].to, over[1:]
		}
		if at < k.to {
			out, at = append(out, ink{at, k.to, k.role}), k.to
		}
		end = max(end, at)
	}
	return append(out, over...)
}

// foldFlow is furniture: a thin line that says what is folded away, or the
// lines themselves, as they stand.
func (r *reader) foldFlow(it *item) *flow {
	var w flowing
	w.line(themes.Dim, 4)
	dot := r.st.glyph("·", ".")
	s := dot + " " + dot + " " + furnitureWords(it.parts)
	if it.inside {
		s += " within the paragraph"
	}
	if !it.open {
		w.own(themes.Dim, s+", folded (z a)")
		return w.done()
	}
	w.own(themes.Dim, s+":")
	for _, p := range it.parts {
		w.verbatim(themes.Dim, strings.TrimRight(p.Span.Of(r.c.Text), "\r\n"), true)
	}
	return w.done()
}

// furnitureWords says what a fold holds: "2 page lines, SIPDIS".
func furnitureWords(parts []model.Part) string {
	var names []string
	counts := make(map[string]int)
	for _, p := range parts {
		if counts[p.Name] == 0 {
			names = append(names, p.Name)
		}
		counts[p.Name]++
	}
	if len(names) > 3 {
		return count(len(parts)) + " lines of furniture"
	}
	for i, n := range names {
		names[i] = furnitureWord(n, counts[n])
	}
	return strings.Join(names, ", ")
}

func furnitureWord(name string, n int) string {
	switch name {
	case "sipdis":
		return "SIPDIS"
	case "residue":
		name = "stray sign"
	case "repeated-front":
		return "second copy of the front"
	}
	word := safe.Line(strings.ReplaceAll(name, "-", " "))
	if word == "" {
		word = "line"
	}
	if n == 1 {
		return word
	}
	return count(n) + " " + word + "s"
}

// endingFlow is what stands below the text: signature, end of message.
func (r *reader) endingFlow(it *item) *flow {
	var w flowing
	if len(it.parts) == 0 {
		w.line(themes.Text, 0)
		w.foreign(themes.Text, r.c.Signature)
		return w.done()
	}
	role := themes.Dim
	if it.parts[0].Name == "signature" {
		role = themes.Text
	}
	for _, p := range it.parts {
		w.verbatim(role, strings.TrimSpace(p.Span.Of(r.c.Text)), false)
	}
	return w.done()
}

// rulerFlow is the line of dashes under a heading, drawn thin and as long.
func (r *reader) rulerFlow(it *item) *flow {
	var w flowing
	w.line(themes.Dim, 0)
	for _, p := range it.parts {
		s := strings.TrimSpace(p.Span.Of(r.c.Text))
		if r.sent {
			w.foreign(themes.Dim, s)
			continue
		}
		w.own(themes.Dim, strings.Repeat(r.st.glyph("─", "-"), min(len(s), widest)))
	}
	return w.done()
}
