package cli

import (
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// grepPrinter prints cables with paragraphs that match.
type grepPrinter struct {
	how   *grepping
	sheet *sheet
	draw  bool // for people: a heading each cable, matches in colour
	page  page
	n     int
}

func newGrepPrinter(out io.Writer, w *world, k ink, how *grepping) *grepPrinter {
	heads := []string{"id", "paragraph", "mark", "text"}
	switch {
	case how.count:
		heads = []string{"id", "paragraphs"}
	case how.names:
		heads = []string{"id"}
	case how.after > 0 || how.before > 0:
		heads = append(heads, "match")
	}
	p := &grepPrinter{how: how, sheet: newSheet(out, w, k, &how.form, heads)}
	if p.sheet.format == "table" && !how.count && !how.names {
		p.draw = true
		p.page = page{ink: k, width: min(w.width, 100)}
	} else if p.sheet.format == "table" {
		p.sheet.format = "plain"
	}
	return p
}

func (p *grepPrinter) close() error {
	if p.draw {
		return nil
	}
	return p.sheet.close()
}

// jsonParagraph is a paragraph in grep --json.
type jsonParagraph struct {
	Schema    int      `json:"schema"`
	ID        *string  `json:"id"`
	Date      *string  `json:"date"`
	From      *string  `json:"from"`
	Subject   *string  `json:"subject"`
	Path      string   `json:"path"`
	Paragraph *string  `json:"paragraph"` // the number that it has or stands under
	Kind      string   `json:"kind"`
	Line      int      `json:"line"` // of the text
	Mark      string   `json:"mark"`
	Match     bool     `json:"match"` // false: it stands beside one
	Text      string   `json:"text"`
	Matches   [][2]int `json:"matches"` // bytes of text
	jsonMine
}

type jsonCount struct {
	Schema     int     `json:"schema"`
	ID         *string `json:"id"`
	Path       string  `json:"path"`
	Paragraphs int     `json:"paragraphs"`
}

// cable prints what matches of one.
func (p *grepPrinter) cable(f *found) error {
	p.n++
	e := &f.entry
	switch {
	case p.how.count, p.how.names:
		cells := []string{nameOfEntry(*e), strconv.Itoa(len(f.hits))}
		return p.sheet.put(cells[:len(p.sheet.heads)], jsonCount{cableSchema, maybe(e.ID), e.Path, len(f.hits)})
	case p.draw:
		return p.drawCable(f)
	}
	for _, i := range f.shown(p.how.before, p.how.after) {
		b := &f.cable.Blocks[i.block]
		number := numberOf(f.cable, i.block)
		mark := ""
		if b.Mark.Level != model.LevelUnknown || len(b.Mark.Controls) > 0 {
			mark = b.Mark.Code()
		}
		j := jsonParagraph{
			cableSchema, maybe(e.ID), moment(e.Date), maybe(e.From), maybe(e.Subject), e.Path, maybe(number),
			b.Kind.String(), b.Line, mark, i.hit, b.Text,
			[][2]int{},
			mineJSON(&f.work),
		}
		if i.hit {
			for _, s := range f.query.Highlight(b.Text) {
				j.Matches = append(j.Matches, pair(s))
			}
		}
		cells := []string{nameOfEntry(*e), number, mark, strings.Join(strings.Fields(b.Text), " "), yesNo(i.hit)}
		if err := p.sheet.put(cells[:len(p.sheet.heads)], j); err != nil {
			return err
		}
	}
	return nil
}

// shownBlock is a block that is printed.
type shownBlock struct {
	block int
	hit   bool
	gap   bool // what stands before it is left out
}

// shown lists the blocks to print: those that match, and so many before and
// after each. Headings between them are not counted.
func (f *found) shown(before, after int) []shownBlock {
	blocks := f.cable.Blocks
	reach := func(i, step, n int) int {
		for j := i + step; j >= 0 && j < len(blocks) && n > 0; j += step {
			if i = j; blocks[j].Kind != model.Heading {
				n--
			}
		}
		return i
	}
	var out []shownBlock
	next := 0
	for n, i := range f.hits {
		last := reach(i, 1, after)
		if n+1 < len(f.hits) {
			last = min(last, f.hits[n+1]-1)
		}
		for j := max(next, reach(i, -1, before)); j <= last; j++ {
			out = append(out, shownBlock{j, j == i, j > next && len(out) > 0})
			next = j + 1
		}
	}
	return out
}

// numberOf is the number of the paragraph that a block is or stands under.
func numberOf(c *model.Cable, block int) string {
	number := ""
	for i := block; i >= 0; i-- {
		b := &c.Blocks[i]
		if b.Number == "" {
			continue
		}
		if b.Kind != model.Subparagraph {
			return b.Number + number
		}
		if number == "" {
			number = "." + b.Number
		}
	}
	return strings.TrimPrefix(number, ".")
}

// drawCable prints a heading and the paragraphs as show prints them, with what
// matches marked.
func (p *grepPrinter) drawCable(f *found) error {
	var b strings.Builder
	k := p.page.ink
	if p.n > 1 {
		b.WriteByte('\n')
	}
	e := &f.entry
	head := fit(safe.Line(nameOfEntry(*e)), max(16, min(30, ansi.StringWidth(nameOfEntry(*e)))))
	subject := safe.Line(e.Subject)
	mark := safe.Line(e.Mark.Code())
	day := fit(dayIn(e.Date), 10)
	room := 8
	if w := p.page.width; w > 0 {
		room = max(room, w-ansi.StringWidth(head)-len(day)-ansi.StringWidth(mark)-6)
	}
	b.WriteString(k.draw(themes.Field, head) + "  " + day + "  " + k.draw(themes.Mark(int(e.Mark.Level)), mark) + "  " + k.draw(themes.Subject, clip(subject, room)) + "\n")
	wide := p.page.marks(f.cable)
	for _, i := range f.shown(p.how.before, p.how.after) {
		if i.gap {
			b.WriteString(k.draw(themes.Dim, "--") + "\n")
		}
		p.drawBlock(&b, f, i, wide)
	}
	_, err := io.WriteString(p.sheet.out, b.String())
	return err
}

// drawBlock prints one paragraph.
func (p *grepPrinter) drawBlock(b *strings.Builder, f *found, at shownBlock, wide int) {
	k := f.cable.Blocks[at.block]
	ink := p.page.ink
	gutter := "  " + fit(numberOf(f.cable, at.block), 5) + " "
	if code := markCode(k); code != "" {
		gutter += ink.draw(themes.Mark(int(k.Mark.Level)), code) + strings.Repeat(" ", max(1, wide-ansi.StringWidth(code)))
	} else {
		gutter += strings.Repeat(" ", wide)
	}
	room := 0
	if p.page.width > 0 {
		room = max(20, p.page.width-8-wide)
	}
	text := strings.Join(strings.Fields(safe.Text(k.Text)), " ")
	role := roleOf(k)
	var spans []model.Span
	if at.hit {
		spans = f.query.Highlight(text)
	} else {
		role = themes.Dim
	}
	from := 0
	for i, line := range linesOf(text, room, false) {
		if i > 0 {
			gutter = strings.Repeat(" ", 8+wide)
		}
		if n := strings.Index(text[from:], line); n > 0 {
			from += n // the blank at which the line was broken
		}
		b.WriteString(gutter + ink.marked(role, line, from, spans) + "\n")
		from += len(line)
	}
}

// marked draws a line that begins at a byte of a text, with the spans of the
// text that lie in it as matches.
func (k ink) marked(r themes.Role, line string, from int, spans []model.Span) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		start, end := max(s.Start-from, at), min(s.End-from, len(line))
		if start >= end {
			continue
		}
		b.WriteString(k.draw(r, line[at:start]) + k.draw(themes.Match, line[start:end]))
		at = end
	}
	return b.String() + k.draw(r, line[at:])
}
