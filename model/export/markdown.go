package export

import (
	"bufio"
	"regexp"
	"strings"

	"chancery/model/safe"
)

// markdown writes CommonMark with the extensions of others in mind. Nothing of
// a cable becomes markup: every sign that means something is escaped, and what
// looks like an address is set as code, because renderers make links of
// addresses even where they are escaped. The reader's notes are Markdown and
// stay so, without HTML.
type markdown struct {
	out   *bufio.Writer
	o     Options
	cites []string // of the items so far
}

func (m *markdown) begin(d Document, mark string) {
	m.out.WriteString(wrapHeading("# ", d.Title))
	m.mark(mark)
}

func (m *markdown) mark(mark string) {
	if mark == "" {
		return
	}
	// The emphasis is ours: it opens before the first word and ends behind the last.
	s := strings.TrimSuffix(wrap(mark, "", "", markdownWord), "\n")
	m.out.WriteString("\n*" + s + "*\n")
}

func (m *markdown) item(e *entry) {
	if e.whole() {
		m.out.WriteString("\n" + wrapHeading("## ", e.heading()))
	}
	ref, sign := "", ""
	if e.cite != "" {
		ref, sign = "["+itoa(e.n)+"]", refSign
	}
	if len(e.passages) == 0 && !e.whole() {
		m.out.WriteString("\n" + wrap(e.heading()+" "+sign, "", "", ours(ref)))
	}
	if m.o.Header && e.first {
		m.out.WriteByte('\n')
		for _, l := range e.header() {
			m.out.WriteString(wrap(l.name+": "+l.value, "- ", "  ", markdownWord))
		}
	}
	for i := range e.passages {
		end := ""
		if i == len(e.passages)-1 {
			end = ref
		}
		if i == 0 || !e.whole() {
			m.out.WriteByte('\n')
		} else {
			m.out.WriteString(">\n")
		}
		m.quote(e, &e.passages[i], end)
	}
	if e.remark != "" {
		m.out.WriteString("\n*" + strings.TrimSuffix(wrap(e.remark+" "+e.unplaced(sign), "", "", ours(ref)), "\n") + "*\n")
	}
	if e.comment != "" {
		m.note("My comment:", e.comment)
	}
	for _, n := range e.notes {
		m.note(mineOn(n), n.text)
	}
	if e.cite != "" {
		m.cites = append(m.cites, wrap(e.cite, ref+" ", "    ", markdownWord))
	}
}

// quote writes a passage as a quotation; ref stands at its end.
func (m *markdown) quote(e *entry, p *passage, ref string) {
	lead := e.lead(p, m.o)
	pieces := p.pieces()
	for i, x := range pieces {
		if i > 0 {
			m.out.WriteString(">\n")
		}
		last, sign := "", ""
		if i == len(pieces)-1 && ref != "" {
			last, sign = ref, refSign
		}
		if x.kept {
			if lead != "" {
				m.out.WriteString(wrap(lead, "> ", "> ", markdownWord) + ">\n")
			}
			m.out.WriteString(fenced(x.text))
			if last != "" {
				m.out.WriteString(">\n> " + last + "\n")
			}
		} else {
			m.out.WriteString(wrap(lead+" "+x.text+" "+sign, "> ", "> ", ours(last)))
		}
		lead = ""
	}
}

// refSign stands for the sign of our citation until words are set: no foreign
// text can hold it behind the gate.
const refSign = "\x00"

// ours sets words of foreign text, and the sign of a citation as it is.
func ours(ref string) func(w string, starts bool) string {
	return func(w string, starts bool) string {
		if w == refSign {
			return ref
		}
		return markdownWord(w, starts)
	}
}

// fenced is text kept in its columns: a block of code in a quotation, whose
// fence is longer than any in the text.
func fenced(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	var b strings.Builder
	b.WriteString("> " + fence + "text\n")
	for _, l := range strings.Split(text, "\n") {
		b.WriteString(strings.TrimRight("> "+l, " ") + "\n")
	}
	b.WriteString("> " + fence + "\n")
	return b.String()
}

// note writes a text of the reader's. It is Markdown, but not HTML, and it
// defines no links that our own signs could become.
func (m *markdown) note(head, text string) {
	text = strings.TrimSpace(safe.Text(text))
	text = strings.NewReplacer("<", `\<`, "]:", `]\:`).Replace(text)
	between := " "
	if strings.Contains(text, "\n") || strings.ContainsAny(text[:min(1, len(text))], "#>-*+`~|=0123456789") {
		between = "\n\n"
	}
	m.out.WriteString("\n" + head + between + text + "\n")
}

func (m *markdown) end(mark string) {
	for _, c := range m.cites {
		m.out.WriteString("\n" + c)
	}
	m.mark(mark)
}

// wrapHeading is a heading, which is one line however long.
func wrapHeading(sign, text string) string {
	words := strings.Fields(safe.Line(text))
	for i, w := range words {
		words[i] = markdownWord(w, false)
	}
	if len(words) == 0 {
		words = []string{"Without a name"}
	}
	return sign + strings.Join(words, " ") + "\n"
}

// address is what some renderer makes a link of: anything with a scheme, a
// host, or an at sign.
var address = regexp.MustCompile(`(?i)@|://|www\.|mailto:|xmpp:|[\pL\pN-]\.\pL{2,}`)

// markdownWord sets a word of foreign text, with what would begin a block
// escaped where it begins a line.
func markdownWord(w string, starts bool) string {
	if strings.ContainsAny(w, "@:.") && address.MatchString(w) {
		bare := strings.TrimRight(strings.TrimLeft(w, `(["'`), `.,;:)]"'`)
		before, after, _ := strings.Cut(w, bare)
		return escaped(before, starts) + code(bare) + escaped(after, false)
	}
	return escaped(w, starts)
}

// escaped is a word in which no sign means anything.
func escaped(w string, starts bool) string {
	var b strings.Builder
	for i := range len(w) {
		if strings.IndexByte("\\`*_{}[]<>#|~$^&", w[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(w[i])
	}
	s := b.String()
	if !starts || s == "" {
		return s
	}
	switch digits := len(s) - len(strings.TrimLeft(s, "0123456789")); {
	case digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')'):
		return s[:digits] + `\` + s[digits:]
	case strings.IndexByte("-+=:%", s[0]) >= 0:
		return `\` + s
	}
	return s
}

// code sets a word as code.
func code(w string) string {
	fence := "`"
	for strings.Contains(w, fence) {
		fence += "`"
	}
	if strings.HasPrefix(w, "`") || strings.HasSuffix(w, "`") {
		return fence + " " + w + " " + fence
	}
	return fence + w + fence
}
