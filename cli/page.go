package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// page lays a cable out as text.
type page struct {
	ink    ink
	width  int // 0: lines as they were sent
	header string
	only   []stretch // of paragraphs; none: all
	today  time.Time
}

// stretch is a range of paragraph numbers, both ends within.
type stretch struct{ from, to int }

// paragraphs reads "3-5", "2,7" and "4-".
func paragraphs(s string) ([]stretch, error) {
	if s == "" {
		return nil, nil
	}
	var out []stretch
	for _, part := range strings.Split(s, ",") {
		from, to, ranged := strings.Cut(strings.TrimSpace(part), "-")
		a, err := strconv.Atoi(from)
		b := a
		if err == nil && ranged {
			if b = 1 << 30; to != "" {
				b, err = strconv.Atoi(to)
			}
		}
		if err != nil || a < 1 || b < a {
			return nil, usage("--para %q: paragraphs are given as 3, 3-5 or 4-", s)
		}
		out = append(out, stretch{a, b})
	}
	return out, nil
}

// cable is the whole cable as text with a line end.
func (p page) cable(c *model.Cable) string {
	var b strings.Builder
	switch p.header {
	case "brief":
		p.brief(&b, c)
	case "full":
		p.brief(&b, c)
		p.full(&b, c)
	}
	wide := p.marks(c)
	number := 0
	for i, k := range c.Blocks {
		if n, err := strconv.Atoi(k.Number); err == nil && k.Kind != model.Subparagraph {
			number = n
		}
		if !p.wanted(number, k) {
			continue
		}
		if b.Len() > 0 && !(k.Kind == model.Bullet && i > 0 && c.Blocks[i-1].Kind == model.Bullet) {
			b.WriteByte('\n')
		}
		p.block(&b, c, k, wide)
	}
	if c.Signature != "" && len(p.only) == 0 {
		fmt.Fprintf(&b, "\n%s%s\n", strings.Repeat(" ", wide), p.ink.draw(themes.Dim, safe.Line(c.Signature)))
	}
	return b.String()
}

// wanted says whether a block belongs to the paragraphs asked for. Headings
// belong to none.
func (p page) wanted(number int, k model.Block) bool {
	if len(p.only) == 0 {
		return true
	}
	if k.Kind == model.Heading {
		return false
	}
	for _, s := range p.only {
		if number >= s.from && number <= s.to {
			return true
		}
	}
	return false
}

// marks is the width of the column of markings.
func (p page) marks(c *model.Cable) int {
	wide := 0
	for _, k := range c.Blocks {
		if code := markCode(k); code != "" {
			wide = max(wide, ansi.StringWidth(code)+2)
		}
	}
	return min(wide, 16)
}

// markCode is what stands in the column of markings: the marking as meant, *
// when it was written oddly. One that is the whole text's is in brackets and
// stands at paragraphs alone.
func markCode(k model.Block) string {
	switch {
	case !k.Marked():
		return ""
	case !k.Inherit && k.Mark.Odd:
		return safe.Line(k.Mark.Code()) + "*"
	case !k.Inherit:
		return safe.Line(k.Mark.Code())
	}
	switch k.Kind {
	case model.Paragraph, model.SummaryBlock, model.CommentBlock, model.NoteBlock, model.ActionBlock:
		return "[" + safe.Line(k.Mark.Code()) + "]"
	}
	return ""
}

// block prints the marking as meant in a column of its own, the number, and
// the text beside both.
func (p page) block(b *strings.Builder, c *model.Cable, k model.Block, wide int) {
	gutter := strings.Repeat(" ", wide)
	if code := markCode(k); code != "" {
		gutter = p.ink.draw(themes.Mark(int(k.Mark.Level)), code) + strings.Repeat(" ", max(1, wide-ansi.StringWidth(code)))
	}
	lead := ""
	switch {
	case k.Number != "":
		lead = safe.Line(k.Number) + ". "
	case k.Kind == model.Bullet:
		lead = "- "
	}
	role := roleOf(k)
	text := k.Text
	if k.Kind == model.Table {
		text = c.Laid(k)
	}
	text = strings.TrimRight(safe.Text(text), "\n ")
	if text == "" && k.Mark.EntireText() {
		text = "(this marking is that of the entire text)"
	}
	room := 0
	if p.width > 0 {
		room = max(20, p.width-wide-len(lead))
	}
	for i, line := range linesOf(text, room, k.Kind == model.Table) {
		if i == 0 {
			b.WriteString(gutter + lead)
		} else {
			b.WriteString(strings.Repeat(" ", wide+len(lead)))
		}
		b.WriteString(p.ink.draw(role, line))
		b.WriteByte('\n')
	}
}

// linesOf wraps text to a width; with none, and in tables, lines stay as they
// were sent.
func linesOf(text string, width int, table bool) []string {
	if width <= 0 || table {
		lines := strings.Split(text, "\n")
		for i, l := range lines {
			lines[i] = strings.TrimRight(l, " ")
		}
		return lines
	}
	return strings.Split(ansi.Wrap(strings.Join(strings.Fields(text), " "), width, ""), "\n")
}

func roleOf(k model.Block) themes.Role {
	switch k.Kind {
	case model.Heading:
		return themes.Heading
	case model.SummaryBlock:
		return themes.Summary
	case model.CommentBlock:
		return themes.Comment
	case model.NoteBlock:
		return themes.Note
	case model.Bullet:
		return themes.Bullet
	case model.Redacted, model.Footer, model.Marker:
		return themes.Dim
	}
	return themes.Text
}

// brief prints the banner and the handful of fields that say what a cable is.
func (p page) brief(b *strings.Builder, c *model.Cable) {
	words, remark := c.BannerWords()
	fmt.Fprintf(b, "%s %s\n", p.ink.draw(bannerRole(c), " "+safe.Line(words)+" "), p.ink.draw(themes.Dim, "("+safe.Line(remark)+")"))
	if subject := safe.Line(c.Subject); subject != "" {
		for _, line := range linesOf(subject, p.width, false) {
			fmt.Fprintf(b, "%s\n", p.ink.draw(themes.Subject, line))
		}
	}
	p.field(b, "Cable", c.ID)
	p.field(b, "Date", dateOf(c.Date()))
	p.field(b, "From", c.From.Name)
	p.field(b, "To", names(c.To))
	p.field(b, "Tags", strings.Join(c.Tags, " "))
	p.field(b, "E.O.", c.SaysDeclass(p.today))
}

// bannerRole is how a cable's banner is drawn: as its line says, and as
// unclassified where the text shows that the record was released.
func bannerRole(c *model.Cable) themes.Role {
	if c.Declass.Kind == model.DeclassDone {
		return themes.BannerUnclassified
	}
	return themes.Banner(int(c.Banner().Level))
}

// full prints the fields that brief leaves out.
func (p page) full(b *strings.Builder, c *model.Cable) {
	p.field(b, "Info", names(c.Info))
	p.field(b, "Exempt", names(c.Exempt))
	p.field(b, "Precedence", strings.Join(c.Envelope.Precedence, ", "))
	p.field(b, "Captions", strings.Join(c.Captions, ", "))
	p.field(b, "Attention", strings.Join(c.Attention, "; "))
	p.field(b, "E.O. line", c.Declass.Line)
	p.field(b, "Note", c.Declass.Note(c.Date()))
	for i, r := range c.References {
		name := ""
		if i == 0 {
			name = "References"
		}
		text := r.Text
		if r.Label != "" {
			text = r.Label + ". " + text
		}
		if r.ID != "" && r.ID != r.Text {
			text += " (" + r.ID + ")"
		}
		p.field(b, name, text)
	}
	if c.ClassifiedBy != nil {
		p.field(b, "Classified by", c.ClassifiedBy.Text)
	}
	p.field(b, "Source", fmt.Sprintf("%s, %s, %s", c.Source.Path, c.Source.Format, c.Source.Charset))
	for i, pr := range c.Problems {
		name := ""
		if i == 0 {
			name = "Problems"
		}
		p.field(b, name, pr.Text)
	}
}

// field prints a name and its value, wrapped beside the name.
func (p page) field(b *strings.Builder, name, value string) {
	if value = safe.Line(value); value == "" {
		return
	}
	const wide = 15
	room := 0
	if p.width > 0 {
		room = max(20, p.width-wide)
	}
	for i, line := range linesOf(value, room, false) {
		label := strings.Repeat(" ", wide)
		if i == 0 {
			label = p.ink.draw(themes.Field, fit(name, wide-1)) + " "
		}
		fmt.Fprintf(b, "%s%s\n", label, p.ink.draw(themes.Value, line))
	}
}
