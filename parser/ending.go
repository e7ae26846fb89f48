package parser

import (
	"slices"
	"strings"

	"chancery/model"
)

// ending is where the text of the cable ends.
type ending struct {
	at int // first byte that belongs to the text no more
}

// ending reads the end of the cable from its last line upwards: marks of the
// transmission, page feet, notices, and the signature, which stands on a line
// of its own or behind the last sentence (cable-format 3.6).
func (r *reader) ending(at int) ending {
	last, below := r.lastText(at)
	if last < 0 {
		return ending{len(r.text)}
	}
	l := r.lines[last]
	s := r.text[max(l.from, at):l.to]
	if name := r.signatureLine(last, at, s); name != "" {
		r.c.Signature = name
		r.placeWithin(model.FieldSignature, name, l.from, l.to)
		r.endPart(model.PartEnding, "signature", l.from, l.to)
		r.noteEnding(below)
		return ending{r.doubledSignature(last, at, name)}
	}
	if name, from := signatureAfter(s); name != "" {
		r.c.Signature = name
		from += max(l.from, at)
		r.placeWithin(model.FieldSignature, name, from, l.to)
		r.endPart(model.PartEnding, "signature", from, l.to)
		r.noteEnding(below)
		return ending{from}
	}
	if strings.HasSuffix(s, "...") {
		r.problem("ends-in-dots", max(l.from, at), l.to)
	}
	if len(below) > 0 {
		n := below[len(below)-1]
		for i := len(below) - 1; i >= 0; i-- {
			if !r.endMarkLine(below[i]) {
				return ending{len(r.text)}
			}
			n = below[i]
		}
		r.noteEnding(below)
		return ending{r.lines[n].from}
	}
	return ending{len(r.text)}
}

// endPart notes a part of the ending. The ending is read before the text but
// stands behind it, so its parts are kept back to keep the order.
func (r *reader) endPart(kind model.PartKind, name string, from, to int) {
	if kind == model.PartFurn && len(r.stamps) > 0 {
		name = r.stampName(name, from)
	}
	if from < to {
		r.endParts = append(r.endParts, model.Part{Kind: kind, Name: name, Span: model.Span{Start: from, End: to}, Block: -1})
	}
}

// noteEnding notes the lines below the signature.
func (r *reader) noteEnding(below []int) {
	for _, i := range slices.Backward(below) {
		name := "notice"
		if r.endMarkLine(i) {
			name = "mark"
		}
		if k := r.kinds[i]; k == pageLine || k == levelLine || k == sipdisLine {
			r.endPart(model.PartFurn, furnitureName(k), r.lines[i].from, r.lines[i].to)
			continue
		}
		r.endPart(model.PartEnding, name, r.lines[i].from, r.lines[i].to)
	}
}

// maxEnding is how many lines may stand below a signature.
const maxEnding = 40

// lastText finds the last line of text or the signature, and the lines below
// it that are neither.
func (r *reader) lastText(at int) (last int, below []int) {
	for i := len(r.lines) - 1; i >= 0 && r.lines[i].to > at; i-- {
		if r.kinds[i] == blankLine {
			continue
		}
		if len(below) < maxEnding && (r.endMarkLine(i) || r.isNoticeLine(i)) {
			below = append(below, i)
			continue
		}
		if r.noticeAbove(i) {
			below = append(below, i)
			continue
		}
		return i, below
	}
	return -1, below
}

// endMarkLine says whether a line only ends the transmission or the printed
// page: NNNN, BT, #9911, a level, a page line, a dot.
func (r *reader) endMarkLine(i int) bool {
	switch r.kinds[i] {
	case pageLine, levelLine, sipdisLine, dotLine:
		return true
	case textLine:
	default:
		return false
	}
	s := r.of(i)
	if s == "NNN" || s == "NNNN" || s == "BT" || s == "UNQUOTE" || s[0] == '#' && digits(s[1:]) == len(s)-1 {
		return true
	}
	return isDigit(s[0]) && digits(s) == 4 && len(s) < 60 && (strings.Contains(s, " - UNCLAS") || strings.Contains(s, "Classification:"))
}

// isNoticeLine says whether a line below a signature is a stamp or a note of
// the message centre.
func (r *reader) isNoticeLine(i int) bool {
	s := r.of(i)
	if hasFold(s, "DECLASSIFIED/RELEASED") || hasFold(s, "NOTE BY OC/T") || hasFold(s, "NOTE: NOT PASSED") || hasFold(s, "<< END OF DOC") {
		return true
	}
	return strings.Contains(s, "EO Systematic Review") || strings.Contains(s, " @ ") && len(s) < 40
}

// noticeAbove says whether a line is part of the notice of a web site that
// stands below the signature.
func (r *reader) noticeAbove(i int) bool {
	s := r.of(i)
	if !strings.Contains(s, "http") && !isFooter(s) && !strings.Contains(s, ".gov") {
		return false
	}
	for j := i - 1; j >= 0 && j > i-8; j-- {
		if r.kinds[j] == blankLine || r.kinds[j] == rulerLine {
			continue
		}
		if t := r.of(j); isName(t) && !isFooter(t) {
			return true
		} else if !strings.Contains(t, "http") && !isFooter(t) && !strings.Contains(t, ".gov") && !strings.HasPrefix(t, "\"") {
			return false
		}
	}
	return false
}

// signatureLine reads a signature that is a line of its own.
func (r *reader) signatureLine(i, at int, s string) string {
	if r.kinds[i] != textLine || !isName(s) || r.lines[i].from < at || strings.HasSuffix(s, ".") && countLower(s) > 0 && !strings.HasSuffix(s, "r.") {
		return ""
	}
	above := i - 1
	for above >= 0 && (r.kinds[above] == blankLine || r.isGroup(above)) {
		above--
	}
	if above < 0 || r.lines[above].to <= at {
		return ""
	}
	if above == i-1 && r.kinds[above] == textLine {
		// The last word of a wrapped sentence is no name.
		if t := r.of(above); !stops(t) && !isMarker(t) && (countLower(s) > 0 || countLower(t) == 0) {
			return ""
		}
	}
	return cleanName(s)
}

// doubledSignature gives where the text ends when the signature stands twice.
func (r *reader) doubledSignature(i, at int, name string) int {
	end := r.lines[i].from
	for j := i - 1; j >= 0 && r.lines[j].from >= at; j-- {
		if r.kinds[j] == blankLine || r.kinds[j] == dotLine {
			continue
		}
		if r.isGroup(j) {
			r.endPart(model.PartEnding, "group", r.lines[j].from, r.lines[j].to)
			end = r.lines[j].from
			continue
		}
		if r.of(j) == name {
			r.endPart(model.PartEnding, "signature", r.lines[j].from, r.lines[j].to)
			end = r.lines[j].from
			continue
		}
		break
	}
	return end
}

// isGroup knows the schedule that stood above the signature until 1972: GP-3,
// EXEMPT (cable-format 4.5).
func (r *reader) isGroup(i int) bool {
	s := r.of(i)
	return r.kinds[i] == textLine && len(s) < 12 && (s == "EXEMPT" || s == "XGDS" || s == "GDS" ||
		hasFold(s, "GP-") && digits(s[3:]) == 1 || hasFold(s, "GP ") && digits(s[3:]) == 1 || hasFold(s, "GROUP ") && digits(s[6:]) == 1)
}

// notNames are words in capitals at the end of cables that nobody is called.
var notNames = strings.Fields(`END TEXT COMMENT COMMENTS SUMMARY NOTE BT SECRET CONFIDENTIAL UNCLASSIFIED UNCLAS SIPDIS NOFORN
	EXEMPT UNQUOTE QUOTE STOP PARA PARAGRAPH REGARDS SINCERELY MINIMIZE CONSIDERED ENCLOSURE ATTACHMENT SENSITIVE NODIS EXDIS
	BEGIN ACTION REQUEST CLASSIFIED WEBSITE NNNN NNN UNKNOWN`)

// isName says whether s can be a signature: one to three words that begin
// with capitals and hold only letters.
func isName(s string) bool {
	s = cleanName(s)
	if len(s) < 2 || len(s) > 30 {
		return false
	}
	words, second := 0, 0
	for w := range strings.FieldsSeq(s) {
		if words++; words > 3 || !isNameWord(w) {
			return false
		}
		if words == 2 {
			second = len(w)
		}
	}
	return words < 3 || countLower(s) == 0 || second <= 3
}

// isNameWord says whether a word can be part of a name.
func isNameWord(w string) bool {
	if !isUpper(w[0]) && w[0] < 0x80 && !isParticle(w) || isRedacted(w) {
		return false
	}
	for i := 0; i < len(w); i++ {
		if c := w[i]; !isLetter(c) && c != '\'' && c != '-' && c != '.' && c != '/' && c < 0x80 {
			return false
		}
	}
	for _, n := range notNames {
		if isFold(strings.TrimRight(w, "."), n) {
			return false
		}
	}
	return true
}

// cleanName takes off what transmission left around a signature.
func cleanName(s string) string {
	s = strings.Trim(s, " #.>*\"-")
	if n := len(s) / 2; n > 1 && len(s)%2 == 1 && s[n] == ' ' && s[:n] == s[n+1:] { // PARDEW PARDEW
		return s[:n]
	}
	return s
}

// signatureAfter reads a signature behind the last sentence: "... End
// comment. DRUCKER", "END TEXT HEFFERN". from is where it begins.
func signatureAfter(s string) (name string, from int) {
	for words, at := 0, len(s); words < 2 && at > 0; words++ {
		at = strings.LastIndexByte(s[:at], ' ')
		if at <= 0 {
			return "", 0
		}
		tail := s[at+1:]
		if !isName(tail) || len(cleanName(tail)) < 3 || strings.HasSuffix(tail, ".") {
			return "", 0
		}
		head := strings.TrimRight(s[:at], " ")
		capitals := countLower(tail) == 0
		if capitals && (stops(head) || endsInMarker(head)) || !capitals && strings.HasSuffix(head, ".") && len(strings.Fields(tail)) == 1 && len(s) > 12 {
			return cleanName(tail), at + 1
		}
	}
	return "", 0
}

// endsInMarker says whether s ends with END TEXT, END COMMENT and the like.
func endsInMarker(s string) bool {
	if endsInWord(s, "CONSIDERED") {
		return true
	}
	n := len(s)
	for words := 0; words < 3 && n > 0; words++ {
		n = max(strings.LastIndexByte(s[:n], ' '), 0)
		if hasWord(strings.TrimLeft(s[n:], " "), "END") {
			return true
		}
	}
	return false
}
