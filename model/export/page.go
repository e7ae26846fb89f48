package export

import (
	"bufio"
	"html"
	"strings"

	"chancery/model/safe"
)

// page writes a complete HTML document for a browser and for print: no script,
// nothing that is fetched, no link.
type page struct {
	out   *bufio.Writer
	o     Options
	cites []pageCite
}

type pageCite struct {
	n    int
	text string
}

const pageHead = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>%TITLE%</title>
<style>
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 Georgia, serif; color: #111; background: #fff; }
blockquote { margin: 1rem 0 1rem 1.5rem; }
blockquote pre { white-space: pre-wrap; font-size: 0.85rem; }
.marking { font-weight: bold; }
.highest { border: 1px solid #111; padding: 0.4rem 0.7rem; }
.note { margin-left: 1.5rem; white-space: pre-wrap; }
.remark { font-style: italic; }
dt { font-weight: bold; }
@media print { body { max-width: none; margin: 0; } blockquote, li { break-inside: avoid; } h1, h2 { break-after: avoid; } }
</style>
</head>
<body>
`

// esc is foreign text as HTML, on one line.
func esc(s string) string { return html.EscapeString(safe.Line(s)) }

// longestTitle is how much of a title the bar of a window shows, in bytes.
const longestTitle = 70

func clipped(title string) string {
	runes := []rune(title)
	for n := len(runes); len(esc(title)) > longestTitle && n > 0; n-- {
		title = strings.TrimSpace(string(runes[:n-1])) + "..."
	}
	return title
}

func (p *page) begin(d Document, mark string) {
	title := folded(safe.Line(d.Title))
	if title == "" {
		title = "Without a name"
	}
	p.out.WriteString(strings.Replace(pageHead, "%TITLE%", esc(clipped(title)), 1))
	p.out.WriteString("<h1>" + esc(title) + "</h1>\n")
	p.mark(mark)
}

func (p *page) mark(mark string) {
	if mark != "" {
		p.out.WriteString(`<p class="highest">` + esc(mark) + "</p>\n")
	}
}

func (p *page) item(e *entry) {
	if e.whole() {
		p.out.WriteString("<h2>" + esc(e.heading()) + "</h2>\n")
	}
	ref := ""
	if e.cite != "" {
		ref = ` <a href="#cite-` + itoa(e.n) + `">[` + itoa(e.n) + "]</a>"
		p.cites = append(p.cites, pageCite{e.n, e.cite})
	}
	if len(e.passages) == 0 && !e.whole() {
		p.out.WriteString("<p>" + esc(e.heading()) + ref + "</p>\n")
	}
	if p.o.Header && e.first {
		p.out.WriteString("<dl>\n")
		for _, l := range e.header() {
			p.out.WriteString("<dt>" + esc(l.name) + "</dt><dd>" + esc(l.value) + "</dd>\n")
		}
		p.out.WriteString("</dl>\n")
	}
	if len(e.passages) > 0 {
		p.out.WriteString("<blockquote>\n")
		for i := range e.passages {
			end := ""
			if i == len(e.passages)-1 {
				end = ref
			}
			p.passage(e, &e.passages[i], end)
		}
		p.out.WriteString("</blockquote>\n")
	}
	if e.remark != "" {
		p.out.WriteString(`<p class="remark">` + esc(e.remark) + e.unplaced(ref) + "</p>\n")
	}
	if e.comment != "" {
		p.note("My comment:", e.comment)
	}
	for _, n := range e.notes {
		p.note(mineOn(n), n.text)
	}
}

func (p *page) passage(e *entry, q *passage, ref string) {
	lead := ""
	if l := e.lead(q, p.o); l != "" {
		lead = `<span class="marking">` + esc(l) + "</span> "
	}
	pieces := q.pieces()
	for i, x := range pieces {
		last := ""
		if i == len(pieces)-1 {
			last = ref
		}
		if !x.kept {
			p.out.WriteString("<p>" + lead + html.EscapeString(x.text) + last + "</p>\n")
			lead = ""
			continue
		}
		if lead != "" {
			p.out.WriteString("<p>" + strings.TrimSpace(lead) + "</p>\n")
			lead = ""
		}
		// A browser drops a line end right behind the tag: ours.
		p.out.WriteString("<pre>\n" + html.EscapeString(x.text) + "</pre>\n")
		if last != "" {
			p.out.WriteString("<p>" + strings.TrimSpace(last) + "</p>\n")
		}
	}
}

func (p *page) note(head, text string) {
	text = trimmed(safe.Text(text))
	p.out.WriteString(`<p class="note"><b>` + esc(head) + "</b> " + html.EscapeString(text) + "</p>\n")
}

func (p *page) end(mark string) {
	if len(p.cites) > 0 {
		p.out.WriteString("<h2>Citations</h2>\n<ol>\n")
		for _, c := range p.cites {
			p.out.WriteString(`<li value="` + itoa(c.n) + `" id="cite-` + itoa(c.n) + `">` + esc(c.text) + "</li>\n")
		}
		p.out.WriteString("</ol>\n")
	}
	p.mark(mark)
	p.out.WriteString("</body>\n</html>\n")
}
