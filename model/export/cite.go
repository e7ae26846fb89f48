package export

import (
	"slices"
	"strconv"
	"strings"

	"chancery/model"
	"chancery/model/safe"
)

// Whole stands for a paragraph where the cable as a whole is meant.
const Whole = -1

// cited is what a citation is of.
type cited struct {
	c     *model.Cable // of one that is not held only the id
	held  bool
	at    pinpoint
	from  Source
	hash  Hash
	again bool // an earlier note of the document cites the cable in full
}

// Cite gives the citation of a cable, or of the paragraph that is the given
// one of its blocks. What is not known is said to be so, never guessed.
func Cite(c *model.Cable, block int, from Source, s Style, h Hash) string {
	return cited{c: c, held: true, at: pointAt(c, block), from: from, hash: h}.in(s)
}

// in is the citation in a style; "" in none.
func (k cited) in(s Style) string {
	switch s {
	case Archival:
		return k.archival()
	case Bluebook:
		return k.bluebook()
	case Short:
		return k.short()
	case NoStyle:
		return ""
	}
	return k.chicago()
}

// chicago is a note of the Chicago Manual: a document of an online collection
// (cable-format 8.2).
func (k cited) chicago() string {
	parts := []string{k.parties("US ")}
	title, guessed := subject(k.c)
	switch {
	case title != "" && guessed:
		parts[0] += `, "` + quoted(title) + `" ` + supplied
	case title != "":
		parts = append(parts, `"`+quoted(title)+`"`)
	case k.held:
		parts = append(parts, "subject not known")
	}
	parts = append(parts, dated(k.c, americanDate), k.number("telegram "))
	parts = append(parts, k.marking()...)
	parts = append(parts, k.published()...)
	parts = append(parts, k.found(), k.accessed("accessed ", americanDate))
	return sentence(parts)
}

// archival follows the National Archives' model (General Information Leaflet
// 17): record, file unit, series, record group, archives.
func (k cited) archival() string {
	parts := []string{}
	archive := archiveOf(k.c)
	if archive.paper {
		title, guessed := subject(k.c)
		if guessed {
			title += " " + supplied
		}
		parts = append(parts, "Telegram", title, dated(k.c, americanDate))
	} else {
		parts = append(parts, k.parties(""))
		if n := telegram(k.c); n != "" {
			parts = append(parts, "Telegram "+padded(n, archive.digits))
		} else {
			parts = append(parts, "telegram number not known")
		}
		parts = append(parts, dated(k.c, americanDate))
	}
	id := archive.number
	if id == "" {
		id = k.id()
	}
	parts = append(parts, id)
	parts = append(parts, k.marking()...)
	parts = append(parts, archive.name)
	if archive.name == "" {
		parts = append(parts, k.published()...)
	}
	s := sentence(append(parts, k.found()))
	if a := k.accessed("accessed ", americanDate); a != "" {
		s = strings.TrimSuffix(s, ".") + " (" + a + ")."
	}
	return s
}

// bluebook is the form of law reviews.
func (k cited) bluebook() string {
	from, to := sender(k.c), "addressee not known"
	who := from.name
	switch {
	case who == "":
		who = "sender not known"
	case from.ours:
		who = "U.S. " + strings.Replace(who, "Department", "Dep't", 1)
	}
	if p, _ := addressee(k.c); p.short == "State" {
		to = "Sec'y of State"
	} else if p.name != "" {
		to = p.name
	}
	s := "Cable from " + who + " to " + to + ", " + k.id()
	if k.at.short != "" {
		s += ", " + k.at.short
	}
	s += " (" + dated(k.c, bluebookDate) + ")"
	if m := bannerOf(k.c); m.Level != model.LevelUnknown {
		s += " (marked " + safe.Line(m.Words()) + ")"
	} else if k.held {
		s += " (marking not known)"
	}
	parts := append([]string{s}, k.published()...)
	return sentence(append(parts, k.found(), k.accessed("accessed ", bluebookDate)))
}

// short is the footnote of the field: "Astana 9911 to State, 2 October 2007,
// para. 2." The first one of a cable says where it was read.
func (k cited) short() string {
	from, to := sender(k.c).short, "addressee not known"
	if from == "" {
		from = "Sender not known"
	}
	number := telegram(k.c)
	if number == "" {
		number = "(number not known)"
	}
	if p, _ := addressee(k.c); p.short != "" {
		to = p.short
	}
	s := sentence([]string{from + " " + number + " to " + to, dated(k.c, dayFirstDate), k.at.words})
	if k.again {
		return s
	}
	if where := sentence(append(k.published(), k.found(), k.accessed("accessed ", dayFirstDate))); where != "" {
		if first := where[0]; isLetter(first) {
			where = string(first&^0x20) + where[1:]
		}
		s += " " + where
	}
	return s
}

// parties is who wrote to whom; us stands before a sender of the United States.
func (k cited) parties(us string) string {
	from := sender(k.c)
	who := "Sender not known"
	switch {
	case from.name != "" && from.ours:
		who = us + from.name
	case from.name != "":
		who = from.name
	}
	to, others := addressee(k.c)
	switch {
	case to.name == "":
		return who + " to addressee not known"
	case others:
		return who + " to " + to.name + " and others"
	}
	return who + " to " + to.name
}

// number is the id behind a word, or what is known in its place.
func (k cited) number(word string) string {
	if k.c.ID != "" {
		return word + k.id()
	}
	if n := telegram(k.c); n != "" {
		return word + n + ", id not known"
	}
	return word + "number not known"
}

// id is the id of the cable. One that the reader built of its parts says so.
func (k cited) id() string {
	switch {
	case k.c.ID == "":
		return "id not known"
	case k.c.IDInferred:
		return safe.Line(k.c.ID) + " [id inferred]"
	}
	return safe.Line(k.c.ID)
}

// marking is how the cable was marked, and where in it the paragraph stands
// with its own marking.
func (k cited) marking() []string {
	var parts []string
	switch m := bannerOf(k.c); {
	case !k.held:
	case m.Level == model.LevelUnknown:
		parts = append(parts, "marking not known")
	default:
		parts = append(parts, safe.Line(m.Words()))
	}
	if k.at.words == "" {
		return parts
	}
	if k.at.mark != "" {
		return append(parts, k.at.words+" ("+k.at.mark+")")
	}
	return append(parts, k.at.words)
}

// found is where the copy was read: archive, file, place in it, hash.
func (k cited) found() string {
	if !k.held {
		return "the cable itself not seen"
	}
	s := strings.Join(places(k.c, k.from), ", ")
	if s == "" {
		s = "a copy without a name"
	}
	var sums []string
	if sum := shown(k.c.Source.SHA256, k.hash); sum != "" {
		sums = append(sums, "SHA-256 "+sum)
	}
	if sum := shown(k.from.Sum, k.hash); sum != "" {
		sums = append(sums, "of the archive "+sum)
	}
	if len(sums) > 0 {
		s += " (" + strings.Join(sums, "; ") + ")"
	}
	return "in " + s
}

// places are the names of the archive, the file in it and, where a file holds
// several, which one it is. Folders of the reader's machine are not told.
func places(c *model.Cable, from Source) []string {
	var out []string
	add := func(name string) {
		if name = strings.TrimSpace(safe.Line(name)); name != "" && name != "-" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	add(base(from.Collection))
	add(base(c.Source.Path))
	add(c.Source.Entry)
	switch {
	case c.Source.Format == "cables-csv":
		add("row " + itoa(c.Source.Index+1))
	case c.Source.Index > 0:
		add("message " + itoa(c.Source.Index+1))
	}
	return out
}

func (k cited) accessed(word, form string) string {
	if k.from.Accessed.IsZero() || !k.held {
		return ""
	}
	if form == bluebookDate {
		return word + bluebookMonth(k.from.Accessed) + k.from.Accessed.Format(" 2, 2006")
	}
	return word + k.from.Accessed.Format(form)
}

// shown is a hash as a citation gives it.
func shown(sum string, h Hash) string {
	switch {
	case h == NoHash || strings.Trim(strings.ToLower(sum), "0123456789abcdef") != "":
		return ""
	case h == WholeHash || len(sum) < 16:
		return sum
	}
	return sum[:4] + "..." + sum[len(sum)-4:]
}

// sentence joins what there is with commas and ends it with a full stop. A
// comma goes inside a quotation, as American printers set it.
func sentence(parts []string) string {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		if b.Len() > 0 {
			if s := b.String(); strings.HasSuffix(s, `"`) {
				b.Reset()
				b.WriteString(strings.TrimSuffix(s, `"`) + `," `)
			} else {
				b.WriteString(", ")
			}
		}
		b.WriteString(p)
	}
	s := b.String()
	if s == "" || strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

// quoted makes the quotation marks within a quotation single ones.
func quoted(s string) string { return strings.ReplaceAll(strings.TrimRight(s, ".,"), `"`, "'") }

// padded is a number with zeros before it, to so many digits.
func padded(n string, digits int) string {
	return strings.Repeat("0", max(0, digits-len(n))) + n
}

// base is the last name of a path of any system.
func base(path string) string {
	path = strings.TrimRight(path, `/\`)
	return path[strings.LastIndexAny(path, `/\`)+1:]
}

func itoa(n int) string { return strconv.Itoa(n) }

func contains(list []string, s string) bool { return slices.Contains(list, s) }
