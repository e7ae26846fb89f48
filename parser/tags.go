package parser

import (
	"slices"
	"strings"
)

// splitTags takes a TAGS line apart (cable-format 2.5). Codes are separated
// by blanks, commas or semicolons; the name of a person may stand in
// parentheses or in two words after OVIP, and plain words are kept together.
// Nothing is corrected: a code that was misspelt stays as it was written.
func splitTags(s string) []string {
	s = strings.ToUpper(s)
	tags := make([]string, 0, strings.Count(s, " ")+1)
	group := 0
	for s = strings.TrimLeft(s, tagSeparators); s != ""; {
		if s[0] == '(' {
			end := strings.IndexByte(s, ')')
			if end < 0 {
				end = len(s)
			}
			tags = appendTag(tags, squeeze(strings.Trim(s[:end], "() ")))
			s = s[min(end+1, len(s)):]
			group = len(tags)
		} else {
			n := strings.IndexAny(s, tagSeparators+"(")
			if n < 0 {
				n = len(s)
			}
			tags = appendTag(tags, s[:n])
			s = s[n:]
		}
		rest := strings.TrimLeft(s, " \t")
		if rest == "" || strings.IndexByte(",;(", rest[0]) >= 0 {
			tags = joinWords(tags, group)
			group = len(tags)
		}
		s = strings.TrimLeft(rest, tagSeparators)
	}
	return unique(tags)
}

const tagSeparators = " \t,;."

// appendTag appends a tag; captions and remains of punctuation are none.
func appendTag(tags []string, t string) []string {
	t = strings.Trim(t, ".:-\"'/\\")
	if t == "" || t == "SIPDIS" || t == "UNCLASSIFIED" {
		return tags
	}
	return append(tags, t)
}

// maxPhrase is how many words a phrase on a TAGS line can have.
const maxPhrase = 5

// joinWords joins plain words of one group, from the given tag on, to a
// phrase: HUMAN RIGHTS; two words after OVIP to the name of a person.
func joinWords(tags []string, from int) []string {
	out := tags[:from]
	words := 0 // of the phrase that ends out
	for i := from; i < len(tags); i++ {
		t := tags[i]
		if i > from && i+1 < len(tags) && tags[i-1] == "OVIP" && !isCode(tags[i+1]) && (!isCode(t) || len(t) >= 4) {
			out = append(out, t+", "+tags[i+1])
			words = 0
			i++
			continue
		}
		if n := len(out); words > 0 && words < maxPhrase && !isCode(t) && !endsPhrase(out[n-1]) {
			out[n-1] += " " + t
			words++
			continue
		}
		out = append(out, t)
		words = 0
		if !isCode(t) {
			words = 1
		}
	}
	return out
}

// isCode says whether a tag has the shape of a code: two to five letters and
// digits. Longer words are names of organizations, persons or plain words.
func isCode(t string) bool { return len(t) <= 5 && !isPlainWord(t) }

// endsPhrase says whether a phrase is whole: its last word is a plural, HUMAN
// RIGHTS, ITALIAN POLITICS.
func endsPhrase(t string) bool {
	return strings.Contains(t, " ") && strings.HasSuffix(t, "S") && !strings.HasSuffix(t, "SS")
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

// unique drops what stands twice.
func unique(tags []string) []string {
	if len(tags) > 100 { // no TAGS line: some text that was taken for one
		tags = tags[:100]
	}
	out := tags[:0]
	for _, t := range tags {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
