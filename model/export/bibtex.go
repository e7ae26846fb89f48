package export

import (
	"strings"
	"time"

	"chancery/model/safe"
)

// bibtex writes the records for BibTeX, in UTF-8. The entry is a techreport:
// the type report is one of BibLaTeX alone, which takes this name for it too.
func (b *bibliography) bibtex() {
	b.comment()
	for i, r := range b.records {
		if i > 0 || b.mark != "" {
			b.out.WriteByte('\n')
		}
		b.out.WriteString("@techreport{" + r.key)
		b.field("author", braced(r.author))
		b.field("title", braced(r.title))
		b.field("institution", braced(r.author))
		b.field("type", "Telegram")
		b.field("number", tex(r.id))
		if r.year > 0 {
			b.field("year", itoa(r.year))
		}
		if !r.date.IsZero() {
			b.out.WriteString(",\n  month = " + strings.ToLower(r.date.UTC().Format("Jan")))
			b.field("date", r.date.UTC().Format(time.DateOnly))
		}
		b.field("addendum", tex(r.inArchive()))
		if !r.accessed.IsZero() {
			b.field("urldate", r.accessed.Format(time.DateOnly))
		}
		b.field("note", tex(toWhom(r)+b.remarks(r)))
		b.field("annote", tex(strings.Join(r.mine, " ")))
		b.field("langid", "english")
		b.out.WriteString("\n}\n")
	}
	if b.mark != "" && len(b.records) > 0 {
		b.out.WriteByte('\n')
		b.comment()
	}
}

// comment writes the highest marking. What stands outside an entry is a comment
// to BibTeX; @comment says so to programs that are stricter.
func (b *bibliography) comment() {
	if b.mark != "" {
		b.out.WriteString("@comment{" + tex(b.mark) + "}\n")
	}
}

func (b *bibliography) field(name, value string) {
	if value != "" && value != "{}" {
		b.out.WriteString(",\n  " + name + " = {" + value + "}")
	}
}

// braced keeps the letters of a value as they are: styles make titles small,
// and take the words of an office for the parts of a name.
func braced(s string) string { return "{" + tex(s) + "}" }

// texSigns are the signs that mean something to TeX or BibTeX.
var texSigns = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`, `~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
	`#`, `\#`, `$`, `\$`, `%`, `\%`, `&`, `\&`, `_`, `\_`, `<`, `\textless{}`, `>`, `\textgreater{}`, `|`, `\textbar{}`, `"`, `\textquotedbl{}`,
)

func tex(s string) string { return texSigns.Replace(folded(safe.Line(s))) }

func toWhom(r *record) string {
	if r.addressee == "" {
		return "Addressee not known. "
	}
	return "To " + r.addressee + ". "
}
