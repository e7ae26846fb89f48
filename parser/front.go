package parser

import (
	"strings"

	"chancery/model"
)

// fieldPiece is a stretch of the front and the field it belongs to. A field
// that wraps has several.
type fieldPiece struct {
	field   field
	from    int
	to      int
	line    int
	begins  bool // the field begins here: it does not go on from the piece before
	blank   bool // a blank line stands before it
	again   bool // in a front that stands twice
	printed bool // a page line stands before it
}

// frontReader reads the body header: the classification line, captions, E.O.,
// TAGS, subject, references, Classified By (cable-format 2).
type frontReader struct {
	r       *reader
	current field
	blank   bool // a blank line since the last piece
	printed bool // a page line since the last piece
	class   bool // a classification line was met
	again   bool // reading a front that stands twice
	reasons bool // the Classified By line named its reasons
	met     [smartField + 1]bool
}

// front reads from line i on and gives the place where the text of the cable
// begins, which may lie in the middle of a line.
func (r *reader) front(i int) int {
	f := frontReader{r: r}
	for ; i < len(r.lines); i++ {
		l := r.lines[i]
		switch r.kinds[i] {
		case blankLine:
			f.blank = true
			continue
		case pageLine:
			r.furniture("page-line", l.from, l.to)
			f.printed = true
			continue
		case dotLine:
			r.furniture("residue", l.from, l.to)
			continue
		case levelLine:
			if f.pageFoot(i) {
				r.furniture("page-level", l.from, l.to)
				f.printed = true
				continue
			}
		case rulerLine:
			if !f.rulerInFront(i) {
				return f.done(l.from)
			}
			f.add(noteField, stretch{l.from, l.to, i}, true)
			continue
		case mixedLine:
			if end, stop := f.mixed(i); stop {
				return f.done(end)
			}
			continue
		}
		if end, stop := f.line(stretch{l.from, l.to, i}); stop {
			return f.done(end)
		}
	}
	return f.done(len(r.text))
}

// done evaluates the fields.
func (f *frontReader) done(at int) int {
	f.r.evaluate()
	return at
}

// mixed reads a line that holds a page line or SIPDIS beside other text.
func (f *frontReader) mixed(i int) (end int, stop bool) {
	r := f.r
	if s := r.of(i); f.current == tagsField || hasFold(s, "TAG") {
		// What follows a page line within a TAGS line repeats the tail of the list for each section.
		if at, _, ok := findPageLine(s); ok {
			l := r.lines[i]
			to := r.cutLevel(l.from, l.from+at)
			r.furniture("page-line", l.from+at, l.to)
			return f.line(stretch{l.from, to, i})
		}
	}
	if s := r.of(i); hasWord(s, "SIPDIS") {
		if _, _, ok := findPageLine(s); !ok {
			return f.line(stretch{r.lines[i].from, r.lines[i].to, i})
		}
	}
	r.pieces = r.cutFurniture(i, r.pieces[:0])
	for _, p := range r.pieces {
		if p.from != r.lines[i].from {
			f.printed = true
		}
		if end, stop = f.line(p); stop {
			return end, stop
		}
	}
	return 0, false
}

// line reads a line of text, field by field. stop says that the text of the
// cable begins at end.
func (f *frontReader) line(p stretch) (end int, stop bool) {
	for p.from < p.to {
		s := f.r.text[p.from:p.to]
		k, skip := keyword(s)
		switch {
		case k != noField:
			f.begin(k)
		case f.r.isClassLine(p):
			f.classLine()
			k = classField
		case f.textBegins(p):
			return p.from, true
		default:
			k = f.unlabelled(s)
		}
		next, _, _ := inline(s, k)
		if at := f.paragraphIn(s[:next], k); at > 0 {
			f.add(k, stretch{p.from, p.from + at, p.line}, k != f.current || f.begins(k, s))
			return p.from + at, true
		}
		begins := k != f.current || skip > 0 || f.begins(k, s)
		f.add(k, stretch{p.from, p.from + next, p.line}, begins)
		p.from = skipBlanks(f.r.text, p.from+next, p.to)
	}
	return 0, false
}

// begin opens a labelled field. A TAGS or subject line of a second front
// shows that the front stands twice even without a classification line.
func (f *frontReader) begin(k field) {
	if f.met[k] && f.met[subjectField] && (k == orderField || k == subjectField) {
		f.again = true
	}
	f.met[k] = true
}

// classLine opens the front, or opens it again.
func (f *frontReader) classLine() {
	if f.class || f.met[subjectField] || f.met[byField] {
		f.again = f.class
	}
	f.class = true
}

// add notes a piece of a field.
func (f *frontReader) add(k field, p stretch, begins bool) {
	p.from, p.to = trim(f.r.text, p.from, p.to)
	if p.from < p.to {
		if k == byField || k == declassifyField {
			f.reasons = hasReasons(f.r.text[p.from:p.to]) || f.reasons && !begins
		}
		f.r.fields = append(f.r.fields, fieldPiece{k, p.from, p.to, p.line, begins, f.blank, f.again, f.printed})
	}
	f.current, f.blank, f.printed = k, false, false
}

// isAttention says whether a line names whom the cable is for or is to be
// passed to, so that it begins a line of its own.
func isAttention(s string) bool {
	return indexFold(s, " FOR ") >= 0 || indexFold(s, " PASS ") >= 0 || hasWord(s, "FOR") || hasWord(s, "PASS") || hasWord(s, "FROM")
}

// isHandling says whether a line under the labelled fields still says whom the
// cable is for, or how to handle it: in capitals, FROM the one FOR the other.
func isHandling(s string) bool {
	if hasFold(s, spelledSBU) {
		return len(s) < 60
	}
	return (hasWord(s, "FROM") || hasWord(s, "FOR")) && countLower(s) == 0 && len(s) < 70 && !strings.HasSuffix(s, ".")
}

// pageFoot says whether a level alone is the foot or head of a printed page
// and not the classification line itself.
func (f *frontReader) pageFoot(i int) bool {
	if f.class {
		return true
	}
	next := f.r.next(i + 1)
	for j := i + 1; j < next; j++ {
		if f.r.kinds[j] == pageLine {
			return true
		}
	}
	return next < len(f.r.lines) && hasFold(f.r.of(next), "PAGE ")
}

// rulerInFront says whether a ruler only sets a note off: before the E.O.
// line nothing else can be ruled.
func (f *frontReader) rulerInFront(i int) bool {
	if f.met[orderField] || f.met[tagsField] || f.met[subjectField] {
		return false
	}
	return f.labelAhead(i+1, 12)
}

// labelAhead says whether a labelled field follows within n lines, before
// any paragraph.
func (f *frontReader) labelAhead(i, n int) bool {
	for ; n > 0 && i < len(f.r.lines); n-- {
		i = f.r.next(i)
		if i == len(f.r.lines) {
			return false
		}
		s := f.r.of(i)
		if _, ok := numberAt(s); ok {
			return false
		}
		switch k, skip := keyword(s); k {
		case noField, declassifyField:
		case orderField:
			return true
		default:
			if skip > 0 && !f.met[k] {
				return true
			}
		}
		i++
	}
	return false
}

// unlabelled says what field a line without a label belongs to.
func (f *frontReader) unlabelled(s string) field {
	if isCaptionLine(s) {
		return captionField
	}
	if isDateline(s) {
		return noteField
	}
	switch f.current {
	case subjectField, refField, byField, declassifyField:
		if !isHandling(s) {
			return f.current
		}
	case tagsField:
		if f.tagsGoOn(s) {
			return tagsField
		}
	case orderField:
		if !f.blank {
			return orderField
		}
	case noField:
		return noteField
	case noteField:
		if !f.class {
			return noteField
		}
	}
	return attentionField
}

// textBegins says whether the text of the cable begins with this line, which
// has no label.
func (f *frontReader) textBegins(p stretch) bool {
	s := f.r.text[p.from:p.to]
	if n, ok := numberAt(s); ok && f.startsText(s, n) {
		return true
	}
	if s[0] == '(' && !(f.current == refField && f.nextLabel(s)) && (f.met[orderField] || f.met[subjectField]) {
		if m, _, ok := markingAt(f.r.text, p.from); ok && m.Level != model.LevelUnknown && !(f.current == byField && !f.blank) && !(f.current == subjectField && !f.blank) {
			return true
		}
	}
	if isCaptionLine(s) || !f.met[subjectField] && !(f.met[orderField] && f.met[tagsField]) && !f.met[byField] && !(f.met[refField] && f.blank) {
		return f.current != attentionField && isTextHeading(s) || f.current == noField && f.proseAhead(p.line)
	}
	if f.labelAhead(p.line+1, 6) && !f.ruled(p.line) || isHandling(s) {
		return false
	}
	if f.blank {
		return !f.goesOnAfterBlank(s)
	}
	return !f.goesOn(p, s)
}

// proseAhead says whether sentences stand on the lines from i to the next
// blank one: a fragment that has no front at all.
func (f *frontReader) proseAhead(i int) bool {
	for n := 0; n < 40 && i < len(f.r.lines) && f.r.kinds[i] == textLine; n++ {
		s := f.r.of(i)
		if k, _ := keyword(s); k != noField || isDateline(s) || f.r.isClassLine(stretch{f.r.lines[i].from, f.r.lines[i].to, i}) {
			return false
		}
		if f.r.isProse(i) {
			return true
		}
		i++
	}
	return false
}

// startsText says whether a number opens the first paragraph and is not part
// of a field: a REF item "(1)", a date in a subject.
func (f *frontReader) startsText(s string, n numeral) bool {
	if n.style == ')' && f.current == refField {
		return false
	}
	if n.rest < len(s) && s[n.rest] == '(' {
		if _, _, ok := markingAt(s, n.rest); ok {
			return true
		}
	}
	switch {
	case n.style == ',' || n.style == 0:
		return false
	case n.value == 1 || n.value == 2:
		return f.current != attentionField || f.blank
	}
	return n.style == '.' && f.blank && n.value < 30
}

// isTextHeading knows the headings that open the text where the front lacks
// its labels.
func isTextHeading(s string) bool {
	return isFold(s, "SUMMARY") || hasFold(s, "SUMMARY:") || hasFold(s, "BEGIN SUMMARY")
}

// ruled says whether a ruler stands right under the line.
func (f *frontReader) ruled(i int) bool {
	return i+1 < len(f.r.kinds) && f.r.kinds[i+1] == rulerLine
}

// paragraphIn finds the first paragraph where it begins within a line of the
// front: REASON: 1.4 (B), (D) 1. (C) Summary.
func (f *frontReader) paragraphIn(s string, k field) int {
	if k != byField && k != refField && k != subjectField && k != declassifyField {
		return 0
	}
	for at := 1; at+3 < len(s); at++ {
		if c := s[at]; c != '1' && (c < 0x80 || pilcrow(s[at:]) == 0) || s[at-1] != ' ' && s[at-1] != '.' && s[at-1] != ')' {
			continue
		}
		n, ok := numberAt(s[at:])
		if !ok || n.value != 1 || n.style != '.' {
			continue
		}
		rest := s[at+n.rest:]
		if _, _, ok := markingAt(rest, 0); ok && s[at-1] == ' ' || n.pilcrow || hasFold(rest, "SUMMARY") {
			return at
		}
	}
	return 0
}
