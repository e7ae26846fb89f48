package parser

import (
	"strconv"
	"strings"

	"chancery/model"
)

// isClassLine says whether a line is the classification line: a level,
// spaced or solid, then the section, the post and the number, or nothing.
func (r *reader) isClassLine(p stretch) bool {
	s := r.text[p.from:p.to]
	if !mayBeLevel(s) {
		return false
	}
	_, _, rest, _, ok := model.ParseLevel(s)
	return ok && isClassRest(rest)
}

// mayBeLevel is a quick look whether a line may begin with a level: a solid
// one, or letters with blanks between, perhaps damaged.
func mayBeLevel(s string) bool {
	if len(s) > 3000 || beginnings[s[0]]&likeLevel == 0 {
		return false
	}
	for _, w := range []string{"UNCLAS", "UUNCLAS", "CONFIDENTIAL", "SECRET", "TOP SECRET", "LIMITED OFFICIAL", "RESTRICTED"} {
		if hasFold(s, w) {
			return true
		}
	}
	single := 0
	for rest := s; rest != "" && single < 3; {
		w := word(rest)
		if len(w) == 1 && isLetter(w[0]) {
			single++
		} else if len(w) > 3 || len(w) == 0 || single > 0 && len(w) > 2 {
			return single > 0 && len(w) > 6 && len(s) < 100 || single >= 3
		}
		rest = strings.TrimLeft(rest[len(w):], " ")
	}
	return single >= 3
}

// beginsLevel is a quicker look: most lines of a text do not even begin like a
// level.
func beginsLevel(s string) bool {
	if len(s) < 6 || beginnings[s[0]]&likeLevel == 0 {
		return false
	}
	if s[1] == ' ' || s[2] == ' ' {
		return true
	}
	rest := s[1:]
	switch upper(rest[0]) {
	case 'N':
		return hasFold(rest, "NCLAS")
	case 'O':
		return hasFold(rest, "ONFID") || hasFold(rest, "OP ")
	case 'E':
		return hasFold(rest, "ECRET") || hasFold(rest, "ESTR")
	case 'U':
		return hasFold(rest, "UNCL")
	case 'I':
		return hasFold(rest, "IMIT")
	}
	return false
}

// isClassRest says whether what follows a level can stand on a classification
// line; a sentence cannot.
func isClassRest(rest string) bool {
	rest = strings.TrimLeft(rest, " /.,")
	if rest == "" || hasWord(rest, "SECTION") || hasWord(rest, "SECT") || isCaptionLine(rest) || isSystemNumber(rest) {
		return true
	}
	_, _, after, ok := readMRN(rest)
	return ok && (after == "" || !isLower(after[0]))
}

// readMRN reads the post and the number of a classification line: "NEW DELHI
// 009901". A year may stand before the post (75 LIBREVILLE 1895).
func readMRN(s string) (post string, serial int, after string, ok bool) {
	s = strings.TrimLeft(s, " /.,")
	if d := digits(s); d == 2 && len(s) > 3 && s[2] == ' ' {
		s = strings.TrimLeft(s[2:], " ")
	}
	at := 0
	for at < len(s) && !isDigit(s[at]) {
		at++
	}
	if at == 0 || at == len(s) || at > 40 {
		return "", 0, "", false
	}
	post = squeeze(s[:at])
	if post == "" || strings.ContainsAny(post, ":;,()\"") || strings.Count(post, " ") > 3 {
		return "", 0, "", false
	}
	d := digits(s[at:])
	if d > 7 {
		return "", 0, "", false
	}
	return post, number(s[at:]), strings.TrimLeft(s[at+d:], " \t"), true
}

// readSection reads "SECTION 01 OF 03" and gives what follows.
func readSection(s string) (sec *model.Section, rest string) {
	s = strings.TrimLeft(s, " /.,")
	rest = s
	switch {
	case hasWord(s, "SECTION"):
		s = s[len("SECTION"):]
	case hasWord(s, "SECT"):
		s = s[len("SECT"):]
	default:
		return nil, rest
	}
	at := blanks(s, 0)
	n := number(s[at:])
	at += digits(s[at:])
	end, ok := ofCount(s, at)
	if n < 0 || !ok {
		return nil, rest
	}
	of := number(s[end-digitsBefore(s, end) : end])
	return &model.Section{Number: n, Of: of}, strings.TrimLeft(s[end:], " \t")
}

// digitsBefore counts the digits that end at the place.
func digitsBefore(s string, end int) int {
	n := 0
	for n < end && isDigit(s[end-1-n]) {
		n++
	}
	return n
}

// classification reads the classification line into the cable. What follows
// the number on the same line are captions and attention lines.
func (r *reader) classification(p fieldPiece) {
	c := r.c
	s := r.text[p.from:p.to]
	level, controls, rest, damaged, _ := model.ParseLevel(s)
	r.place(model.FieldLevel, 0, p.from, p.to-len(rest))
	at := p.to - len(rest)
	sec, rest := readSection(rest)
	if sec != nil {
		r.place(model.FieldSection, 0, at, p.to-len(rest))
	}
	post, serial, after, ok := readMRN(rest)
	if ok {
		r.place(model.FieldMRN, 0, p.to-len(rest), p.to-len(after))
		c.MRN = post + " " + strconv.Itoa(serial)
		r.post, r.serial = post, serial
	} else {
		after = rest
	}
	c.Section = sec
	c.Classification.Line = squeeze(s[:len(s)-len(after)])
	c.Classification.Level, c.Classification.Controls = level, controls
	if damaged {
		r.problem("damaged-level", p.from, p.to)
	}
	r.handling(p.from+skipAny(s, len(s)-len(after), " /."), p.to)
}
