package export

import (
	"strings"

	"chancery/model/safe"
)

// ris writes the records in the format of reference managers: two letters, two
// blanks, a hyphen, a blank and the value, each on one line.
func (b *bibliography) ris() {
	for _, r := range b.records {
		b.tag("TY", "RPRT")
		b.tag("TI", r.title)
		b.tag("AU", office(r.author))
		if r.year > 0 {
			b.tag("PY", itoa(r.year))
		}
		if !r.date.IsZero() {
			b.tag("DA", r.date.UTC().Format("2006/01/02/"))
		}
		b.tag("PB", r.author)
		b.tag("M3", "Telegram")
		b.tag("SN", r.id)
		b.tag("M1", r.id)
		b.tag("AV", r.inArchive())
		if !r.accessed.IsZero() {
			b.tag("Y2", r.accessed.Format("2006/01/02/"))
		}
		b.tag("N1", strings.TrimSpace(toWhom(r)+b.remarks(r)))
		for _, n := range r.mine {
			b.tag("N1", "My note: "+n)
		}
		b.tag("N1", b.mark)
		b.tag("LA", "en")
		b.out.WriteString("ER  - \r\n\r\n")
	}
}

// office is the name of an office as an author: a comma would make a surname
// of what stands before it.
func office(s string) string { return strings.ReplaceAll(s, ",", "") }

func (b *bibliography) tag(name, value string) {
	if value = folded(safe.Line(value)); value != "" {
		b.out.WriteString(name + "  - " + value + "\r\n")
	}
}
