package parser

import (
	"strings"

	"chancery/model"
)

// skipPrint gives the line of the transmission identifier (VZCZC...) when
// something else is printed before it, such as the head of an e-mail that the
// cable was sent on with. The print must be short and hold no paragraph.
func (r *reader) skipPrint(i int) int {
	for j := i; j < len(r.lines) && j < i+200; j++ {
		if r.kinds[j] != textLine {
			continue
		}
		s := r.of(j)
		if strings.HasPrefix(s, "VZCZC") {
			for k := i; k < j; k++ {
				r.part(model.PartEnvelope, "print", r.lines[k].from, r.lines[k].to)
			}
			return j
		}
		if n, ok := numberAt(s); ok && n.rest < len(s) && s[n.rest] == '(' {
			return i
		}
	}
	return i
}

// pageHead says whether a level that stands alone heads a printed page: only
// then does more of the envelope follow.
func (e *envelopeReader) pageHead(i int) bool {
	for j := i + 1; j < len(e.r.lines) && j < i+12; j++ {
		switch e.r.kinds[j] {
		case blankLine, levelLine:
			continue
		case pageLine:
			return true
		}
		s := e.r.of(j)
		return hasWord(s, "PAGE") || hasWord(s, "ACTION") || hasWord(s, "ORIGIN") || hasWord(s, "FM") || e.isDTG(s)
	}
	return false
}

// isDistribution knows the lines of a distribution block of the Department:
// ACTION AF-00, ORIGIN DS-00, INFO  LOG-00   ADS-00, more pairs, and the line
// of the message centre (cable-format 1.7).
func (e *envelopeReader) isDistribution(s string) bool {
	rest := s
	for _, w := range []string{"ACTION", "ORIGIN", "INFO"} {
		if hasWord(s, w) {
			rest = strings.TrimLeft(s[len(w):], " \t")
			return isCopies(word(rest))
		}
	}
	if strings.HasPrefix(s, "------") {
		return true
	}
	return e.distribution && (isCopies(word(rest)) || rest[0] == '/' || isSystemNumber(rest))
}

// isCopies knows an office and its copies, LOG-00.
func isCopies(w string) bool {
	n := strings.IndexByte(w, '-')
	return n > 0 && n <= 5 && digits(w[n+1:]) == 2 && len(w) == n+3 && isUpper(w[0])
}

// mixed reads a line of the list into which a page line was printed: TO PAGE
// 02 STATE 023763 071504Z.
func (e *envelopeReader) mixed(i int) bool {
	r := e.r
	from, to := r.lines[i].from, r.lines[i].to
	at, end, ok := findPageLine(r.text[from:to])
	if !ok {
		return false
	}
	head, tail := strings.TrimSpace(r.text[from:from+at]), strings.TrimSpace(r.text[from+end:to])
	if tail != "" || head != "TO" && head != "INFO" && head != "" {
		return false
	}
	r.furniture("page-line", from+at, from+end)
	if head != "" {
		e.begin(head)
		r.part(model.PartEnvelope, e.name, from, from+at)
	}
	return true
}

// isPrintLabel knows the labels of a post's own print, which name offices and
// drafters of the post.
func isPrintLabel(s string) bool {
	if strings.IndexByte("ADCR", s[0]) < 0 {
		return false
	}
	for _, w := range []string{"ACTION:", "DISSEMINATION:", "CHARGE:", "APPROVED:", "DRAFTED:", "CLEARED:", "RELEASED:"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// prose says whether the lines from i to the next blank one are sentences and
// no addressees: some of them reads like one. Each run is looked at once.
func (e *envelopeReader) prose(i int) bool {
	if i < e.looked {
		return false
	}
	r := e.r
	for e.looked = i; e.looked < len(r.lines) && (r.kinds[e.looked] == textLine || r.kinds[e.looked] == mixedLine); e.looked++ {
		if s := r.of(e.looked); hasRoute(s) || r.beginsFront(e.looked) {
			break
		}
		if r.isProse(e.looked) {
			return true
		}
	}
	return false
}

// isProse says whether a line is part of a sentence: it ends in a stop, or is
// long and mostly in small letters.
func (r *reader) isProse(i int) bool {
	s := r.of(i)
	return strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "..") || len(s) > 40 && countLower(s)*2 > len(s) && strings.Count(s, " ") > 4
}
