package parser

import (
	"strings"

	"chancery/model"
)

// isSectionHeader says whether a line begins a further section of the cable:
// "C O N F I D E N T I A L SECTION 02 OF 03 HARARE 009901".
func (b *bodyReader) isSectionHeader(s string) bool {
	if beginnings[s[0]]&likeLevel == 0 || len(s) > 120 || !beginsLevel(s) || indexFold(s, "SECTION ") < 0 || !mayBeLevel(s) {
		return false
	}
	_, _, rest, _, ok := model.ParseLevel(s)
	if !ok {
		return false
	}
	sec, rest := readSection(rest)
	return sec != nil && isClassRest(rest)
}

// isRoutingBlock says whether a line begins the distribution block of a printed
// section: ACTION AF-00.
func isRoutingBlock(s string) bool {
	return (hasWord(s, "ACTION") || hasWord(s, "ORIGIN")) && isCopies(word(s[blanks(s, 6):]))
}

// maxHeader is how many lines the header of a section can take.
const maxHeader = 80

// sectionHeader folds away the header of a further section, which repeats the
// envelope and the front in the middle of the text, and gives its last line.
// The first line is one already known to belong to it.
func (b *bodyReader) sectionHeader(i int) int {
	r := b.r
	last := i
	list := false // inside the addressees
	r.furniture("section-header", r.lines[i].from, r.lines[i].to)
	for j := i + 1; j < len(r.lines) && j < i+maxHeader; j++ {
		switch r.kinds[j] {
		case blankLine:
			continue
		case textLine:
			s := r.of(j)
			if !b.inHeader(s) && !(list && countLower(s) == 0 && !strings.HasSuffix(s, ".")) {
				b.printed = true
				return last
			}
			if hasWord(s, "FM") || hasWord(s, "TO") || hasWord(s, "INFO") {
				list = true
			} else if b.isSectionHeader(s) {
				list = false
			}
			r.furniture("section-header", r.lines[j].from, r.lines[j].to)
		case mixedLine:
			at, end, ok := findPageLine(r.of(j))
			from := r.lines[j].from
			if !ok || at > 0 || !b.inHeader(r.text[skipBlanks(r.text, from+end, r.lines[j].to):r.lines[j].to]) {
				b.printed = true
				return last
			}
			r.furniture("page-line", from, r.lines[j].to)
		case rulerLine:
			b.printed = true
			return last
		default:
			r.furniture(furnitureName(r.kinds[j]), r.lines[j].from, r.lines[j].to)
		}
		last = j
	}
	b.printed = true
	return last
}

// furnitureName is what a line that is furniture as a whole is called.
func furnitureName(k lineKind) string {
	switch k {
	case pageLine:
		return "page-line"
	case sipdisLine:
		return "sipdis"
	case levelLine:
		return "page-level"
	}
	return "residue"
}

// inHeader says whether a line belongs to the header of a section: a label of
// the front, a caption, a line of the envelope, or one that stood in the
// front already.
func (b *bodyReader) inHeader(s string) bool {
	if s == "" {
		return true
	}
	if f, _ := keyword(s); f != noField || isCaptionLine(s) || b.isSectionHeader(s) {
		return true
	}
	if hasWord(s, "ACTION") || hasWord(s, "ORIGIN") || hasWord(s, "INFO") || hasWord(s, "FM") || hasWord(s, "TO") && isUpper(s[1]) {
		return true
	}
	if isCopies(word(s)) || hasRoute(s) || strings.HasPrefix(s, "------") {
		return true
	}
	if _, ok := preamble(s); ok {
		return true
	}
	for _, p := range b.r.fields {
		if b.r.text[p.from:p.to] == s {
			return true
		}
	}
	return false
}
