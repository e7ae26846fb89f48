package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"chancery/model"
	"chancery/model/safe"
	"chancery/themes"
)

// The groups of the sidebar, in the order of cable-format 8.3.
const (
	groupMarking    = "MARKING"
	groupDates      = "DATES"
	groupDeclass    = "DECLASSIFICATION"
	groupAuthority  = "CLASSIFIED BY"
	groupFrom       = "FROM"
	groupTo         = "TO"
	groupInfo       = "INFO"
	groupExempt     = "EXEMPT"
	groupCaptions   = "CAPTIONS"
	groupTags       = "TAGS"
	groupReferences = "REFERENCES"
	groupCitedBy    = "CITED BY"
	groupText       = "TEXT"
	groupSource     = "SOURCE"
	groupProblems   = "PROBLEMS"
)

// foldable says whether Enter shows more of a group: the rest of a long one,
// and what routing indicators mean.
func foldable(group string) bool {
	switch group {
	case groupTo, groupInfo, groupExempt, groupCaptions, groupReferences, groupCitedBy, groupProblems, groupTags:
		return true
	}
	return false
}

// fewest is how many fields of a folded group are shown.
const fewest = 4

// gathering collects the fields of a cable.
type gathering struct {
	c     *model.Cable
	today time.Time
	open  map[string]bool
	links *model.Links // nil: not known
	pairs map[string]model.Link
	out   []field
	parts map[string]model.Part // the first of each part of the header
}

// fieldsOf sets out what the header of a cable says. Nothing is shown that the
// cable does not have, but for what a reader must know to be missing.
func fieldsOf(c *model.Cable, today time.Time, open map[string]bool, links *model.Links) []field {
	g := &gathering{c: c, today: today, open: open, links: links, parts: make(map[string]model.Part)}
	if links != nil {
		g.pairs = meant(c, links)
	}
	for _, p := range c.Parts {
		if _, ok := g.parts[p.Name]; !ok && p.Kind != model.PartFurn {
			g.parts[p.Name] = p
		}
	}
	g.marking()
	g.dates()
	g.declassification()
	g.authority()
	g.routing()
	g.captions()
	g.tags()
	g.references()
	g.citedBy()
	g.text()
	g.source()
	g.problems()
	return g.out
}

// add adds a field; its value passes the gate here, and a field without value
// and note is left out.
func (g *gathering) add(f field) {
	f.value, f.note, f.name = safe.Line(f.value), safe.Line(f.note), safe.Line(f.name)
	if f.value == "" && f.note == "" {
		return
	}
	if f.role == "" {
		f.role = themes.Value
	}
	if f.at != (model.Span{}) {
		f.line = g.c.LineAt(f.at.Start)
	}
	g.out = append(g.out, f)
}

// at is where a value of the cable stands, else the part of the header that it
// belongs to; nothing when neither is known.
func (g *gathering) at(f model.Field, index int, part string) model.Span {
	if s, ok := g.c.ValueAt(f, index); ok {
		return s
	}
	return g.parts[part].Span
}

// part is where a whole part of the header stands.
func (g *gathering) part(name string) model.Span { return g.parts[name].Span }

func (g *gathering) marking() {
	k := g.c.Classification
	at := g.at(model.FieldLevel, 0, "classification")
	words, remark := bannerWords(g.c)
	g.add(field{group: groupMarking, name: "Marked", value: words, note: "(" + remark + ")", role: markRole(k.Level), code: k.Level.Code(), term: classTerm(g.c), at: at})
	check, warn := checkWords(g.c)
	f := field{group: groupMarking, name: "Check", value: check, at: at}
	if warn {
		f.role, f.value = themes.Warning, "! "+check
	}
	g.add(f)
	g.add(field{group: groupMarking, name: "Portions", value: portions(g.c)})
	g.add(field{group: groupMarking, name: "Written", value: strings.TrimSpace(k.Line), role: themes.Dim, at: g.part("classification")})
}

// checkWords says how the cable's own line agrees with its paragraphs, and
// names what was compared (cable-format 4.3); warn when a reader should look.
func checkWords(c *model.Cable) (words string, warn bool) {
	k := c.Classification
	banner, line := c.Banner(), safe.Line(c.LineWords())
	highest := k.Highest.Words()
	top := 0
	for _, b := range c.Blocks {
		top = max(top, weight(b.Mark))
	}
	compared := fmt.Sprintf("banner %s, highest portion %s%s", line, highest, where(c, func(b model.Block) bool { return weight(b.Mark) == top }))
	switch k.Check {
	case model.CheckMatch:
		return compared + ": they agree", false
	case model.CheckOver:
		return compared + ": the banner is higher; the highest paragraph may be missing here", true
	case model.CheckUnder:
		return compared + ": a paragraph is marked above the banner", true
	case model.CheckUnmarked:
		if k.Level == model.LevelUnknown {
			return "neither a classification line nor marked paragraphs", true
		}
		return "banner " + line + ", no paragraph is marked", k.Level > model.Unclassified
	case model.CheckControlMissing:
		return missingWords(c, banner, line), true
	case model.CheckControlUnused:
		unused := without(banner.Controls, k.Highest.Controls)
		if banner.Level > k.Highest.Level {
			unused = append(unused, "SENSITIVE")
		}
		return fmt.Sprintf("banner %s, no paragraph carries %s", line, controlWords(unused)), true
	case model.CheckMetadata:
		return fmt.Sprintf("banner %s, the source's own label says %s: the cable's line is believed", line, k.Metadata), true
	}
	return "", false
}

// missingWords says which controls paragraphs carry and the banner does not.
func missingWords(c *model.Cable, banner model.Marking, line string) string {
	missing := without(c.Classification.Highest.Controls, banner.Controls)
	sensitive := c.Classification.Highest.Level > banner.Level
	if sensitive {
		missing = append(missing, "SENSITIVE")
	}
	return fmt.Sprintf("banner %s lacks %s%s", line, controlWords(missing), where(c, func(b model.Block) bool {
		return len(without(b.Mark.Controls, banner.Controls)) > 0 || sensitive && b.Mark.Level > banner.Level
	}))
}

// without is a less b.
func without(a, b []string) []string {
	var out []string
	for _, s := range a {
		if !slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}

// controlWords writes controls in words: "NOFORN, ORCON".
func controlWords(controls []string) string {
	out := make([]string, len(controls))
	for i, s := range controls {
		out[i] = model.ControlWords(s)
	}
	return strings.Join(out, ", ")
}

// where names the paragraphs that are so: " (para 4)", " (paras 2 4 5 ...)".
func where(c *model.Cable, so func(model.Block) bool) string {
	var found []string
	more := false
	for _, b := range c.Blocks {
		if !b.Marked() || b.Inherit || b.Number == "" || !so(b) {
			continue
		}
		if len(found) == 3 {
			more = true
			break
		}
		found = append(found, b.Number)
	}
	switch {
	case len(found) == 0:
		return ""
	case len(found) == 1:
		return " (para " + found[0] + ")"
	case more:
		return " (paras " + strings.Join(found, " ") + " ...)"
	}
	return " (paras " + strings.Join(found, " ") + ")"
}

// portions counts the paragraphs by marking, highest first: "S/NF 2  C 4".
func portions(c *model.Cable) string {
	counts := make(map[string]int)
	var marks []model.Marking
	unmarked := 0
	for i := range c.Blocks {
		b := &c.Blocks[i]
		switch {
		case known(b.Mark) && !b.Inherit:
			code := b.Mark.Code()
			if counts[code]++; counts[code] == 1 {
				marks = append(marks, b.Mark)
			}
		case !known(b.Mark) && paragraphLike(b):
			unmarked++
		}
	}
	for i := 1; i < len(marks); i++ { // few kinds: insertion keeps the order met among equals
		for j := i; j > 0 && weight(marks[j]) > weight(marks[j-1]); j-- {
			marks[j], marks[j-1] = marks[j-1], marks[j]
		}
	}
	var out []string
	for _, m := range marks {
		out = append(out, m.Code()+" "+count(counts[m.Code()]))
	}
	if unmarked > 0 {
		out = append(out, "unmarked "+count(unmarked))
	}
	return strings.Join(out, ", ")
}

func (g *gathering) dates() {
	e := g.c.Envelope
	const stamp = "2006-01-02 15:04 UTC"
	if e.DTG.IsZero() {
		g.add(field{group: groupDates, name: "Sent", note: "no date-time group in the text"})
	} else {
		note := ""
		if e.DTGText != "" {
			note = "(" + e.DTGText + ")"
		}
		g.add(field{group: groupDates, name: "Sent", value: e.DTG.UTC().Format(stamp), note: note, term: monthTerm(e.DTG), at: g.at(model.FieldDTG, 0, "dtg")})
	}
	g.add(field{group: groupDates, name: "Precedence", value: strings.Join(e.Precedence, " "), at: g.at(model.FieldPrecedence, 0, "dtg")})
	m := g.c.Metadata
	if m == nil {
		return
	}
	if !m.Created.IsZero() && !m.Created.Equal(e.DTG) {
		note := "(what the source says)"
		if !e.DTG.IsZero() {
			note = "(what the source says; the text is believed)"
		}
		g.add(field{group: groupDates, name: "Created", value: m.Created.UTC().Format(stamp), note: note, role: themes.Guess, term: monthTerm(m.Created)})
	}
	if !m.Released.IsZero() {
		g.add(field{group: groupDates, name: "Published", value: m.Released.UTC().Format("2006-01-02"), note: "(what the source says)"})
	}
}

func (g *gathering) declassification() {
	d := g.c.Declass
	at := g.at(model.FieldDeclass, 0, "eo")
	f := field{group: groupDeclass, value: upperFirst(g.c.SaysDeclass(g.today)), at: at}
	if !d.Date.IsZero() {
		f.term = "declas:" + day(d.Date)
	}
	switch {
	case d.Repaired:
		f.role, f.note = themes.Guess, "(the writing is damaged; read as meant)"
	case d.Computed:
		f.role = themes.Guess
	}
	g.add(f)
	g.add(field{group: groupDeclass, note: d.Note(g.c.Date()), role: themes.Guess})
	g.add(field{group: groupDeclass, name: "Written", value: strings.TrimSpace(d.Line), role: themes.Dim, at: at})
}

func (g *gathering) text() {
	c := g.c
	if c.Section != nil && c.Section.Of > 1 {
		g.add(field{group: groupText, name: "Section", value: fmt.Sprintf("%d of %d", c.Section.Number, c.Section.Of), at: g.at(model.FieldSection, 0, "classification")})
	}
	paragraphs, words := 0, 0
	for i := range c.Blocks {
		if paragraphLike(&c.Blocks[i]) {
			paragraphs++
		}
		words += wordCount(c.Blocks[i].Text)
	}
	g.add(field{group: groupText, name: "Length", value: plural(paragraphs, "paragraph") + ", " + plural(words, "word")})
	if c.Signature != "" {
		g.add(field{group: groupText, value: "signed " + c.Signature, note: "(head of post; drafters are not named)", term: termOf("sign", c.Signature), at: g.at(model.FieldSignature, 0, "signature")})
	}
}

// wordCount counts words without cutting the text apart.
func wordCount(s string) int {
	n, in := 0, false
	for i := 0; i < len(s); i++ {
		blank := s[i] <= ' '
		if !blank && !in {
			n++
		}
		in = !blank
	}
	return n
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return count(n) + " " + noun + "s"
}

func (g *gathering) source() {
	s := g.c.Source
	id := g.c.ID
	if id == "" {
		g.add(field{group: groupSource, name: "Id", note: "none could be told"})
	} else if g.c.IDInferred {
		g.add(field{group: groupSource, name: "Id", value: id, note: "? built from the text", role: themes.Guess})
	} else {
		g.add(field{group: groupSource, name: "Id", value: id})
	}
	g.add(field{group: groupSource, name: "File", value: s.Path})
	g.add(field{group: groupSource, name: "Within", value: s.Entry})
	if s.Index > 0 {
		g.add(field{group: groupSource, name: "Message", value: "number " + count(s.Index+1) + " of the file"})
	}
	form := s.Format
	if s.Charset != "" {
		form += ", " + s.Charset
	}
	g.add(field{group: groupSource, name: "Format", value: strings.TrimPrefix(form, ", ")})
	if s.Bytes > 0 {
		g.add(field{group: groupSource, name: "Size", value: plural(s.Bytes, "byte")})
	}
	if h := s.SHA256; len(h) > 20 {
		g.add(field{group: groupSource, name: "SHA-256", value: h[:8] + "..." + h[len(h)-8:]})
	} else {
		g.add(field{group: groupSource, name: "SHA-256", value: h})
	}
}

func (g *gathering) problems() {
	ps := g.c.Problems
	for i, p := range ps {
		if g.folded(groupProblems, i, len(ps), "problems") {
			return
		}
		f := field{group: groupProblems, value: "! " + p.Text, role: themes.Warning, at: p.Span, line: p.Line}
		if p.Line > 0 {
			f.note = fmt.Sprintf("(line %s)", count(p.Line))
		}
		g.add(f)
	}
}

// folded adds the line that stands for the rest of a group that is folded
// beyond its first few, and says whether it did.
func (g *gathering) folded(group string, i, n int, noun string) bool {
	if g.open[group] || i < fewest || n <= fewest+1 {
		return false
	}
	g.add(field{group: group, value: fmt.Sprintf("+%s more %s", count(n-i), noun), note: "(Enter)", role: themes.Dim, more: true})
	return true
}
