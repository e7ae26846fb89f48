package parser

import (
	"strings"

	"chancery/model"
)

// item opens a block that begins with a bullet or a letter, is a marker, a
// table or a footer. false when the piece is none of these.
func (b *bodyReader) item(p stretch, s string) bool {
	if n := bulletAt(s); n > 0 && b.beginsBullet(s) {
		m, end, ok := markingAt(b.r.text, p.from+n)
		if !ok || m.Level == model.LevelUnknown {
			m, end = model.Marking{}, p.from+n
		}
		b.begin(model.Bullet, p, "", m, end)
		return true
	}
	if b.free() || b.stopped() {
		if n, label := sublabel(s); n > 0 && b.subparagraph(p, s, n, label) {
			return true
		}
	}
	if b.open >= 0 && b.empty() {
		return false
	}
	if !b.free() && !(b.stopped() && b.last.to-b.last.from > 120) {
		short := hasWord(s, "END") && b.lastWidth()+1+len(word(s)) <= b.width-6
		if (b.stopped() || short) && isMarker(s) && !endsAny(s) {
			b.begin(model.Marker, p, "", model.Marking{}, p.from)
			return true
		}
		return false
	}
	switch {
	case b.printed && !b.stopped():
		return false
	case isMarker(s):
		b.begin(model.Marker, p, "", model.Marking{}, p.from)
	case isColumns(s) || b.open >= 0 && b.r.c.Blocks[b.open].Kind == model.Table && strings.Contains(s, "  ") && len(s) <= 70:
		if b.open >= 0 && b.r.c.Blocks[b.open].Kind == model.Table {
			b.extend(p)
			return true
		}
		b.begin(model.Table, p, "", model.Marking{}, p.from)
	case isFooter(s):
		b.begin(model.Footer, p, "", model.Marking{}, p.from)
	default:
		return false
	}
	return true
}

// bulletAt gives where the text of a bullet begins, 0 when s begins with none:
// "-- x", "--x", "- x", "- --x", "* x", "• x", "o x".
func bulletAt(s string) int {
	if c := s[0]; c != '-' && c != '*' && c != 'o' && c < 0x80 {
		return 0
	}
	n := 0
	switch {
	case strings.HasPrefix(s, "- --"):
		n = 4
	case strings.HasPrefix(s, "---") && len(s) > 3 && s[3] != '-':
		n = 3
	case strings.HasPrefix(s, "--") && len(s) > 2 && s[2] != '-':
		n = 2
	case s[0] == '-' || s[0] == '*' || s[0] == 'o':
		if len(s) < 3 || s[1] != ' ' {
			return 0
		}
		n = 1
	case strings.HasPrefix(s, "•"), strings.HasPrefix(s, "–"):
		n = len("•")
	case strings.HasPrefix(s, "·"):
		n = len("·")
	}
	if n == 0 || blanks(s, n) == len(s) {
		return 0
	}
	return blanks(s, n)
}

// beginsBullet says whether a dash at the start of a line begins a bullet: a
// line of wrapped text may begin with a dash too.
func (b *bodyReader) beginsBullet(s string) bool {
	if b.printed && !b.stopped() {
		return false
	}
	if b.free() {
		return true
	}
	open := b.r.c.Blocks[b.open].Kind
	prev := b.r.text[b.last.from:b.last.to]
	if s[0] == '-' && open != model.Bullet && quoteInSentence(prev) && isLower(s[skipAny(s, 0, "- ")]) && !b.endsEarly(s) {
		return false
	}
	if b.stopped() || strings.HasSuffix(prev, ",") {
		return s[0] != '-' || s[1] == '-' || open == model.Bullet || strings.HasSuffix(prev, ":") || b.endsEarly(s)
	}
	short := b.last.to-b.r.lines[b.last.line].start+1+len(word(s)) <= b.width-10
	if short && s[0] == '-' && s[1] == '-' {
		return true
	}
	return open == model.Bullet && (strings.HasPrefix(s, "--") || short) ||
		b.last.to-b.last.from > 120 && strings.HasPrefix(s, "--")
}

// quoteInSentence says whether a line ends in a quotation that ends no
// sentence.
func quoteInSentence(s string) bool {
	head := strings.TrimSuffix(strings.TrimSuffix(s, "\""), "”")
	return len(head) < len(s) && head != "" && isLetter(head[len(head)-1])
}

// sublabel reads the label of a subparagraph: "A." "(a)" "B)" "(1)" "II." "G
// - J)". It gives where what follows begins, and the label without its signs.
func sublabel(s string) (n int, label string) {
	at := blanks(s, pilcrow(s))
	open := at < len(s) && s[at] == '('
	if open {
		at++
	}
	from := at
	for at < len(s) && at-from < 4 && isSublabelByte(s[at]) {
		at++
	}
	if at+4 < len(s) && s[at:at+3] == " - " && isLetter(s[at+3]) {
		at += 4
	}
	if at == from || at+1 >= len(s) {
		return 0, ""
	}
	label = s[from:at]
	switch c := s[at]; {
	case c == ')':
	case c == '.' && !open:
	default:
		return 0, ""
	}
	at++
	if open && at < len(s) && s[at] == '.' { // (7). The following
		at++
	}
	if at < len(s) && s[at] != ' ' && s[at] != '(' {
		return 0, ""
	}
	if !plausibleLabel(label) {
		return 0, ""
	}
	return blanks(s, at), label
}

func isSublabelByte(c byte) bool { return isLetter(c) || isDigit(c) }

// plausibleLabel says whether a label is a letter, a Roman numeral or a small
// number.
func plausibleLabel(l string) bool {
	if len(l) == 1 {
		return true
	}
	if strings.Contains(l, " - ") || number(l) > 0 && digits(l) == len(l) && len(l) <= 2 {
		return true
	}
	return strings.Trim(l, "IVX") == "" || strings.Trim(l, "ivx") == ""
}

// subparagraph opens a subparagraph when its label can stand here. The text
// before is set off, or ends as a sentence does.
func (b *bodyReader) subparagraph(p stretch, s string, n int, label string) bool {
	m, end, marked := markingAt(b.r.text, p.from+n)
	marked = marked && m.Level != model.LevelUnknown
	if s[0] == '(' && !b.isListLetter(label) { // (C) and (S) are markings, not letters
		if _, ok := model.ParseMarking(label); ok {
			return false
		}
	}
	if b.printed && !b.stopped() {
		return false
	}
	if !b.free() && !marked && !b.endsEarly(s) && !strings.HasSuffix(b.r.text[b.last.from:b.last.to], ":") {
		return false
	}
	if !marked {
		m, end = model.Marking{}, p.from+n
	}
	b.begin(model.Subparagraph, p, label, m, end)
	return true
}

// endsAny says whether a marker closes a summary, comment or note: right under
// the text, without a blank line, it is the end of that paragraph.
func endsAny(s string) bool {
	return endMark(s, "SUMMARY") >= 0 || endMark(s, "COMMENT") >= 0 || endMark(s, "NOTE") >= 0
}

// isMarker knows a line that only says where something begins or ends: END
// SUMMARY, BEGIN TEXT, End informal Embassy translation of the letter.
func isMarker(s string) bool {
	if len(s) > 70 {
		return false
	}
	s = s[skipAny(s, 0, " .:/-()[]\""):]
	if s == "" {
		return false
	}
	switch upper(s[0]) {
	case 'Q', 'U', 'B', 'E':
	default:
		return false
	}
	s = strings.TrimRight(s, " .:/-()[]\"")
	if isFold(s, "QUOTE") || isFold(s, "UNQUOTE") || isFold(s, "QTE") || isFold(s, "UNQTE") {
		return true
	}
	if !hasWord(s, "BEGIN") && !hasWord(s, "END") {
		return false
	}
	return !strings.Contains(s, ". ") && len(s) > 4 && strings.Count(s, " ") <= 9
}

// isColumns says whether a line is set in columns: three blanks or more
// between words, but not after a sentence.
func isColumns(s string) bool {
	if len(s) > 110 {
		return false
	}
	n := strings.Index(s, "   ")
	return n > 0 && s[n-1] != '.' && s[n-1] != '?' && s[n-1] != '!' && bulletAt(s) == 0
}

// isFooter knows the notice of a post's web site.
func isFooter(s string) bool {
	s = s[skipAny(s, 0, "\"'* "):]
	if hasFold(s, "HTTP") {
		return true
	}
	if hasFold(s, "PLEASE ") {
		s = s[len("PLEASE "):]
	}
	return hasWord(s, "VISIT") && (indexFold(s, "SITE") >= 0 || indexFold(s, "HTTP") >= 0)
}

// isRedacted says whether s is nothing but the X of a redaction.
func isRedacted(s string) bool {
	if len(s) < 4 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if upper(s[i]) != 'X' {
			return false
		}
	}
	return true
}

// isRedactedLine says whether a line has no word left: the X of redactions,
// blanks and stops, or a remark in brackets, [DETAILS REMOVED].
func isRedactedLine(s string) bool {
	if len(s) < 40 && s != "" && s[0] == '[' && len(s) > 8 && hasFold(s[len(s)-8:], "REMOVED]") {
		return true
	}
	n := 0
	for i := 0; i < len(s); i++ {
		switch c := upper(s[i]); {
		case c == 'X':
			n++
		case c != ' ' && c != '.' && c != ',' && c != '\n' && c != '\r':
			return false
		}
	}
	return n >= 4
}
