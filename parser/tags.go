package parser

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"chancery/model/glossary"
)

// tagWord is a TAG and where it stands in the line it was read from.
type tagWord struct {
	text     string
	from, to int
	meant    []string // the codes it surely stands for, none when it is whole
}

// splitTags takes a TAGS line apart (cable-format 2.5). Codes are separated
// by blanks, commas or semicolons; the name of a person may stand in
// parentheses or in two words after OVIP, and plain words are kept together.
// It appends to list, which is empty; date is that of the cable.
func splitTags(list []tagWord, s string, date time.Time) []tagWord {
	s = blanked(s)
	group := 0
	for at := skipAny(s, 0, tagSeparators); at < len(s); at = skipAny(s, at, tagSeparators) {
		if s[at] == '(' {
			end := strings.IndexByte(s[at:], ')')
			if end < 0 {
				end = len(s) - at
			}
			list = appendTag(list, s, at, at+end, "() ")
			at = min(at+end+1, len(s))
			group = len(list)
		} else {
			end := at
			for end < len(s) && s[end] != '(' && strings.IndexByte(tagSeparators, s[end]) < 0 {
				end++
			}
			list = appendTag(list, s, at, end, "")
			at = end
		}
		at = skipAny(s, at, " \t")
		if at == len(s) || strings.IndexByte(",;(", s[at]) >= 0 {
			list = joinWords(list, group, date)
			group = len(list)
		}
	}
	return list
}

// blanked makes every blank of a text, of whatever width and set, as many spaces
// as it has bytes, so that all places stay.
func blanked(s string) string {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x80 {
			var b strings.Builder
			for at, c := range s {
				if n := utf8.RuneLen(c); unicode.IsSpace(c) && n > 0 {
					b.WriteString("    "[:n])
				} else {
					_, n = utf8.DecodeRuneInString(s[at:])
					b.WriteString(s[at : at+n])
				}
			}
			return b.String()
		}
	}
	return s
}

const tagSeparators = " \t,;."

// appendTag appends the tag that stands in s from one place to another, without
// the bytes of around; captions and remains of punctuation are none.
func appendTag(list []tagWord, s string, from, to int, around string) []tagWord {
	const signs = ".:-\"'/\\"
	isCut := func(c byte) bool {
		return !isWordByte(c) && (strings.IndexByte(signs, c) >= 0 || strings.IndexByte(around, c) >= 0)
	}
	for from < to && isCut(s[from]) {
		from++
	}
	for from < to && isCut(s[to-1]) {
		to--
	}
	if around != "" && to-from > 2 && s[to-2] == ' ' && to < len(s) && s[to] == '.' {
		to++ // the stop of an initial: PLACEHOLDER, JANE Q.
	}
	t := strings.ToUpper(s[from:to])
	if around != "" {
		t = squeeze(t)
	}
	if t == "" || t == "SIPDIS" || t == "UNCLASSIFIED" {
		return list
	}
	return append(list, tagWord{text: t, from: from, to: to})
}

// maxPhrase is how many words a phrase on a TAGS line can have.
const maxPhrase = 5

// joinWords joins plain words of one group, from the given tag on, to a
// phrase: HUMAN RIGHTS; two words after OVIP to the name of a person.
func joinWords(list []tagWord, from int, date time.Time) []tagWord {
	out := list[:from]
	words := 0 // of the phrase that ends out
	for i := from; i < len(list); i++ {
		t := list[i]
		t.meant = glossary.RepairTag(t.text, date)
		switch n := len(out); {
		case i > from && i+1 < len(list) && list[i-1].text == "OVIP" && !isCode(list[i+1].text) && (!isCode(t.text) || len(t.text) >= 4):
			i++
			out = append(out, tagWord{text: t.text + ", " + list[i].text, from: t.from, to: list[i].to})
			words = 0
		case n > from && i+1 < len(list) && links(out[n-1].text, t.text, list[i+1].text):
			i++
			out[n-1].text += " " + t.text + " " + list[i].text
			out[n-1].to = list[i].to
			words += 2
		case words > 0 && words < maxPhrase && len(t.meant) == 0 && goesOnPhrase(out[n-1].text, t.text):
			gap := " "
			if words == 1 && glossary.Listed(out[n-1].text+t.text) {
				gap = "" // COUNTER TERRORISM is one word of the list
			}
			out[n-1].text += gap + t.text
			out[n-1].to = t.to
			words++
		default:
			out = append(out, t)
			words = 0
			if len(t.meant) == 0 && !isCode(t.text) {
				words = 1
			}
		}
	}
	return out
}

// isCode says whether a tag has the shape of a code: two to five letters and
// digits. Longer words are names of organizations, persons or plain words.
func isCode(t string) bool { return len(t) <= 5 && !isPlainWord(t) }

// goesOnPhrase says whether a word goes on the phrase before it. A phrase is
// whole when its last word is a plural, HUMAN RIGHTS, ITALIAN POLITICS; and
// the adjective of a people begins another, PEAR EXPORT, ITALIAN AFFAIRS.
func goesOnPhrase(phrase, t string) bool {
	if isCode(t) || strings.Contains(phrase, " ") && strings.HasSuffix(phrase, "S") && !strings.HasSuffix(phrase, "SS") {
		return false
	}
	return !isOfPeople(t) || isOfPeople(phrase[strings.LastIndexByte(phrase, ' ')+1:])
}

// isOfPeople knows the adjectives of peoples by their ends: ITALIAN, IRAQI.
func isOfPeople(t string) bool {
	return len(t) >= 5 && (strings.HasSuffix(t, "IAN") || t[len(t)-1] == 'I' && t != "GOI")
}

// links says whether a short word stands between two words of a phrase and is
// no code: SHIPS IN HARBOUR, although IN is India. Neither of the two may be a
// code of the list.
func links(before, t, after string) bool {
	switch t {
	case "IN", "OF", "ON", "TO", "AND", "FOR", "THE":
		return !isCode(after) && !glossary.IsTag(before) && !glossary.IsTag(after)
	}
	return false
}

// isPlainWord knows the plain words of five letters and fewer that are met on
// TAGS lines.
func isPlainWord(t string) bool {
	switch t {
	case "LABOR", "HUMAN", "ITALY", "IRAQI", "GAZA", "TRADE", "WATER", "WOMEN", "CIVIL", "MEDIA", "YOUTH", "GOI":
		return true
	}
	return false
}

// tags reads the TAGS of the cable. What is surely damaged is read as meant and
// said to be so; other misspellings stay as they were written.
func (r *reader) tags(run []fieldPiece) {
	list := splitTags(r.tagWords[:0], r.value(run), r.c.Date())
	r.tagWords = list
	if len(list) > maxTags {
		list = list[:maxTags]
	}
	tags := make([]string, 0, len(list)+2)
	repaired := false
	for _, w := range list {
		if len(w.meant) == 0 || r.catalogued(w.text) {
			tags = r.appendNew(tags, w.text, w, run)
		}
		for _, t := range w.meant {
			tags = r.appendNew(tags, t, w, run)
			repaired = true
		}
	}
	if repaired {
		r.problem("tag-repaired", run[0].from, run[len(run)-1].to)
	}
	r.c.Tags = tags
}

// maxTags is more than a TAGS line has: a longer one is some text that was
// taken for one.
const maxTags = 100

// catalogued says whether the wrapper lists the cable under this very TAG,
// misspelt or not.
func (r *reader) catalogued(t string) bool {
	return r.c.Metadata != nil && slices.Contains(r.c.Metadata.Tags, t)
}

// appendNew appends the TAG that was read from a word when it does not stand in
// the list yet.
func (r *reader) appendNew(list []string, s string, w tagWord, run []fieldPiece) []string {
	if slices.Contains(list, s) {
		return list
	}
	r.placeTag(len(list), run, w)
	return append(list, s)
}
