package parser

import (
	"strings"
)

// begins says whether a line of this field begins anew rather than going on.
func (f *frontReader) begins(k field, s string) bool {
	switch k {
	case classField, captionField, noteField:
		return true
	case attentionField:
		return f.blank || isAttention(s) && !openEnded(f.last())
	case orderField:
		return isFold(s[:min(len(s), 1)], "E")
	}
	return false
}

// openEnded says whether an attention line goes on upon the next.
func openEnded(s string) bool {
	return strings.HasSuffix(s, ",") || strings.HasSuffix(s, ";") || endsInWord(s, "FOR") || endsInWord(s, "AND") || endsInWord(s, "TO")
}

// goesOn says whether a line right under a field belongs to it.
func (f *frontReader) goesOn(p stretch, s string) bool {
	if f.ruled(p.line) {
		return false
	}
	switch f.current {
	case subjectField:
		return !f.sentenceAfterCapitals(s)
	case refField:
		return f.refGoesOn(s)
	case byField, declassifyField:
		return !f.authorityDone(s)
	case tagsField:
		return f.tagsGoOn(s)
	}
	return true
}

// tagsGoOn says whether a line goes on with the TAGS line above.
func (f *frontReader) tagsGoOn(s string) bool {
	return strings.HasSuffix(f.last(), ",") || !f.blank && isTagLine(s)
}

// isTagLine says whether a line can go on with a TAGS line: codes, commas and
// names in parentheses, no words in small letters.
func isTagLine(s string) bool {
	return countLower(s) == 0 && (len(word(s)) <= 6 || strings.IndexByte(s, ',') >= 0) && !isAttention(s)
}

// goesOnAfterBlank says whether a line goes on with the field above although
// a blank line stands between: a REF item cut in two, "for REA SONS".
func (f *frontReader) goesOnAfterBlank(s string) bool {
	switch f.current {
	case refField:
		return f.refGoesOn(s) && (refLabel(s) > 0 || f.printed || !endsInDigit(f.last()) || yearAlone(f.last()))
	case byField:
		return !f.reasons && hasReasons(s) && len(s) < 70
	case subjectField:
		return f.printed && f.r.kinds[min(len(f.r.kinds)-1, f.lastLine()+1)] != blankLine || strings.HasSuffix(f.last(), " --")
	}
	return false
}

// last is the text of the last piece.
func (f *frontReader) last() string {
	if n := len(f.r.fields); n > 0 {
		return f.r.text[f.r.fields[n-1].from:f.r.fields[n-1].to]
	}
	return ""
}

// lastLine is the line of the last piece.
func (f *frontReader) lastLine() int {
	if n := len(f.r.fields); n > 0 {
		return f.r.fields[n-1].line
	}
	return 0
}

// sentenceAfterCapitals says whether the line is a sentence in small letters
// under a subject in capitals, which it cannot go on with.
func (f *frontReader) sentenceAfterCapitals(s string) bool {
	return strings.HasSuffix(s, ".") && countLower(f.last()) == 0 && countLower(s)*2 > len(s)
}

// nextLabel says whether s begins with the label that follows on the last
// one of the REF block; "(C)" is then a label and no marking.
func (f *frontReader) nextLabel(s string) bool {
	n := refLabel(s)
	if n == 0 {
		return false
	}
	if !f.blank {
		return true
	}
	last := f.last()
	if m := refLabel(last); m > 0 {
		return labelOf(s[:n]) == labelOf(last[:m])+1
	}
	return false
}

// yearAlone says whether a REF item was cut after its year: "D. 03".
func yearAlone(s string) bool {
	d := digitsBefore(s, len(s))
	if d != 2 && d != 4 {
		return false
	}
	head := strings.TrimRight(s[:len(s)-d], " ")
	return head == "" || strings.IndexByte(".);,", head[len(head)-1]) >= 0
}

// refGoesOn says whether a line can belong to a REF block.
func (f *frontReader) refGoesOn(s string) bool {
	if refLabel(s) > 0 {
		return true
	}
	if len(s) > 100 {
		return false
	}
	if strings.ContainsAny(s, "0123456789") && countLower(s)*4 < len(s)*3 {
		return true
	}
	last := f.last()
	return !endsInDigit(last) && last != "" && !f.blank
}

// endsInDigit says whether a REF item is whole.
func endsInDigit(s string) bool {
	s = strings.TrimRight(s, " .;,)")
	return s != "" && isDigit(s[len(s)-1])
}

// authorityDone says whether the Classified By line is whole, so that the
// line under it belongs to the text.
func (f *frontReader) authorityDone(s string) bool {
	if !f.reasons {
		return false
	}
	last := f.last()
	if n := len(f.r.of(f.lastLine())); n >= cutColumn-1 || n >= cutColumn-6 && len(s) < 40 || s[0] == '(' || s[0] == ')' || hasWord(s, "AND") || hasFold(s, "REASON") {
		return false
	}
	return !strings.HasSuffix(last, ",") && !strings.HasSuffix(last, "1.") && !hasFold(last[max(0, len(last)-4):], " AND")
}

// hasReasons says whether a text names reasons for classification.
func hasReasons(s string) bool {
	return indexFold(s, "REASON") >= 0 || strings.Contains(s, "1.4") || strings.Contains(s, "1.5")
}

// countLower counts the small letters.
func countLower(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if isLower(s[i]) {
			n++
		}
	}
	return n
}
