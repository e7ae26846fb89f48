package export

import (
	"bufio"
	"strings"

	"chancery/model/safe"
)

// plain writes text that any program shows as it is.
type plain struct {
	out   *bufio.Writer
	o     Options
	cites []string
}

func (t *plain) begin(d Document, mark string) {
	title := strings.TrimSpace(safe.Line(d.Title))
	if title == "" {
		title = "Without a name"
	}
	t.out.WriteString(wrap(title, "", "", nil))
	t.mark(mark)
}

func (t *plain) mark(mark string) {
	if mark != "" {
		t.out.WriteString("\n" + wrap(mark, "", "", nil))
	}
}

func (t *plain) item(e *entry) {
	if e.whole() {
		t.out.WriteString("\n" + strings.Repeat("-", wrapWidth) + "\n" + wrap(e.heading(), "", "", nil))
	}
	ref := ""
	if e.cite != "" {
		ref = "[" + itoa(e.n) + "]"
	}
	if len(e.passages) == 0 && !e.whole() {
		t.out.WriteString("\n" + wrap(e.heading()+" "+ref, "", "", nil))
	}
	if t.o.Header && e.first {
		t.out.WriteByte('\n')
		for _, l := range e.header() {
			t.out.WriteString(wrap(l.value, l.name+": ", "    ", nil))
		}
	}
	for i := range e.passages {
		end := ""
		if i == len(e.passages)-1 {
			end = ref
		}
		t.out.WriteString("\n" + quoteText(e, &e.passages[i], t.o, "    ", end))
	}
	if e.remark != "" {
		t.out.WriteString("\n" + wrap(e.remark+" "+e.unplaced(ref), "", "", nil))
	}
	if e.comment != "" {
		t.note("My comment:", e.comment)
	}
	for _, n := range e.notes {
		t.note(mineOn(n), n.text)
	}
	if e.cite != "" {
		t.cites = append(t.cites, wrap(e.cite, ref+" ", "    ", nil))
	}
}

// quoteText is a passage as plain text, each line behind the margin.
func quoteText(e *entry, p *passage, o Options, margin, ref string) string {
	var b strings.Builder
	lead := e.lead(p, o)
	pieces := p.pieces()
	for i, x := range pieces {
		if i > 0 {
			b.WriteByte('\n')
		}
		last := ""
		if i == len(pieces)-1 {
			last = ref
		}
		if !x.kept {
			b.WriteString(wrap(lead+" "+x.text+" "+last, margin, margin, nil))
			lead = ""
			continue
		}
		if lead != "" {
			b.WriteString(wrap(lead, margin, margin, nil) + "\n")
			lead = ""
		}
		for _, l := range strings.Split(x.text, "\n") {
			b.WriteString(strings.TrimRight(margin+l, " ") + "\n")
		}
		if last != "" {
			b.WriteString("\n" + margin + last + "\n")
		}
	}
	return b.String()
}

// note writes a text of the reader's with its own line ends.
func (t *plain) note(head, text string) {
	lines := strings.Split(strings.TrimSpace(safe.Text(text)), "\n")
	t.out.WriteString("\n" + wrap(lines[0], head+" ", "    ", nil))
	for _, l := range lines[1:] {
		if strings.TrimSpace(l) == "" {
			t.out.WriteByte('\n')
			continue
		}
		t.out.WriteString(wrap(l, "    ", "    ", nil))
	}
}

func (t *plain) end(mark string) {
	if len(t.cites) > 0 {
		t.out.WriteByte('\n')
	}
	for _, c := range t.cites {
		t.out.WriteString(c)
	}
	t.mark(mark)
}
