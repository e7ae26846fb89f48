package parser

import (
	"strings"

	"chancery/model"
)

// kindByWords gives the kind of a block that its own words show: a paragraph
// that says Summary, Comment, Note or Action request, or that was redacted.
func kindByWords(b *model.Block) model.BlockKind {
	if b.Kind != model.Paragraph && b.Kind != model.Continuation {
		return b.Kind
	}
	s := b.Text[skipAny(b.Text, 0, "(/[\"- "):]
	if b.Kind == model.Paragraph && s != "" && !mayBeLabel(s[0]) && b.Text[0] != '[' {
		return b.Kind
	}
	if isRedactedLine(b.Text) {
		return model.Redacted
	}
	if k := labelKind(s); k != model.NoBlock {
		return k
	}
	if b.Number == "" && b.Kind == model.Continuation && isFooter(s) {
		return model.Footer
	}
	return b.Kind
}

// labelKind gives the kind that the label text begins with shows, by its first
// letter: most text begins with none.
func labelKind(s string) model.BlockKind {
	if s == "" {
		return model.NoBlock
	}
	switch upper(s[0]) {
	case 'S', 'E', 'B':
		if saysSummary(s) {
			return model.SummaryBlock
		}
		if says(s, "BEGIN NOTE") {
			return model.NoteBlock
		}
		if says(s, "BEGIN COMMENT", "EMBASSY COMMENT") {
			return model.CommentBlock
		}
	case 'C', 'P', 'M':
		if says(s, "COMMENT", "POST COMMENT", "MISSION COMMENT", "COMMENTS") {
			return model.CommentBlock
		}
	case 'N':
		if says(s, "NOTE") {
			return model.NoteBlock
		}
	case 'T', 'A':
		if hasFold(s, "THIS IS AN ACTION REQUEST") || hasFold(s, "THIS IS A REQUEST FOR GUIDANCE") || hasFold(s, "THIS CABLE CONTAINS AN ACTION") ||
			says(s, "ACTION REQUEST", "ACTION REQUESTED") {
			return model.ActionBlock
		}
	}
	return model.NoBlock
}

// mayBeLabel is a quick look whether one of the labels, or the X of a
// redaction, can begin with this byte.
func mayBeLabel(c byte) bool {
	switch upper(c) {
	case 'S', 'E', 'B', 'C', 'P', 'M', 'N', 'T', 'A', 'X', '.', ',', '\n', '\r':
		return true
	}
	return false
}

// saysSummary says whether text begins with the word summary, also where it
// was sent as SUMMAY, or with what else summaries are headed.
func saysSummary(s string) bool {
	if says(s, "SUMMARY", "BEGIN SUMMARY", "SUMMAY", "EXECUTIVE SUMMARY", "SUMMARY CONTINUED") {
		return true
	}
	return hasWord(s, "SUMMARY") && (hasWord(s[7:], " AND") || hasWord(s[7:], " CONTINUED") || hasWord(s[7:], "/COMMENT") || hasFold(s[7:], " &"))
}

// says says whether text begins with one of the labels as a label: followed
// by a stop, a dash, a parenthesis, or nothing.
func says(s string, labels ...string) bool {
	for _, w := range labels {
		if !hasWord(s, w) {
			continue
		}
		rest := strings.TrimLeft(s[len(w):], " \t")
		if rest == "" || strings.IndexByte(":.-/(\n\r,;)", rest[0]) >= 0 {
			return true
		}
	}
	return false
}

// headKind is the kind a heading gives to what stands under it.
func headKind(s string) model.BlockKind {
	s = strings.Trim(s, "/-():.\" ")
	switch {
	case hasWord(s, "SUMMARY") || hasWord(s, "SUMMAY") || hasFold(s, "EXECUTIVE SUMMARY") || hasFold(s, "BEGIN SUMMARY"):
		return model.SummaryBlock
	case hasWord(s, "COMMENT") || hasWord(s, "COMMENTS") || endsInWord(s, "COMMENT"):
		return model.CommentBlock
	case hasFold(s, "ACTION REQUEST"):
		return model.ActionBlock
	case isFold(s, "NOTE"):
		return model.NoteBlock
	}
	return model.Paragraph
}

// endsInWord says whether the last word of s is w.
func endsInWord(s, w string) bool {
	n := len(s) - len(w)
	return n > 0 && !isWordByte(s[n-1]) && isFold(s[n:], w)
}

// extents carries a summary or a comment on over the paragraphs it spans: from
// its label or heading to its end mark, when there is one before the next
// heading.
func (r *reader) extents() {
	blocks := r.c.Blocks
	var none struct{ summary, comment int } // no end mark of this kind before this block
	for i := 0; i < len(blocks); i++ {
		kind := blocks[i].Kind
		at := i
		switch {
		case kind == model.Heading:
			kind = headKind(blocks[i].Text)
			at = i + 1
			if kind == model.Paragraph || at == len(blocks) {
				continue
			}
			if isProse(blocks[at].Kind) {
				blocks[at].Kind = kind
			}
		case kind == model.Marker && indexFold(blocks[i].Text, "BEGIN SUMMARY") >= 0:
			kind = model.SummaryBlock
			at = i + 1
			if at == len(blocks) {
				continue
			}
			if isProse(blocks[at].Kind) {
				blocks[at].Kind = kind
			}
		}
		switch {
		case kind == model.SummaryBlock && at >= none.summary:
			i, none.summary = r.carry(i, at, kind, "SUMMARY")
		case kind == model.CommentBlock && at >= none.comment:
			i, none.comment = r.carry(i, at, kind, "COMMENT")
		}
	}
}

// isProse says whether a heading may give a block of this kind another one.
func isProse(k model.BlockKind) bool { return k == model.Paragraph || k == model.Continuation }

// carry gives the kind to the paragraphs from block at on to the one with the
// end mark, when that stands before the next heading. It gives the last block
// it was given to, and the one before which there is no other end mark.
func (r *reader) carry(i, at int, kind model.BlockKind, word string) (last, next int) {
	blocks := r.c.Blocks
	end := at
	for end < len(blocks) && blocks[end].Kind != model.Heading && !endsWith(blocks[end].Text, word) {
		end++
	}
	if end == len(blocks) || blocks[end].Kind == model.Heading {
		if kind == model.CommentBlock {
			r.carryOpen(at, end)
		}
		return max(i, at), end
	}
	if word == "SUMMARY" {
		r.summed = [2]int{at, end}
	}
	for j := at; j <= end; j++ {
		if blocks[j].Kind == model.Paragraph {
			blocks[j].Kind = kind
		}
	}
	return max(i, end), end
}

// carryOpen gives a comment without an end mark, as half of them are, to the
// numbered paragraphs that follow: to the next heading, to one that says that
// it is something else, or to the formal last paragraphs of a cable.
func (r *reader) carryOpen(at, end int) {
	blocks := r.c.Blocks
	for i := at + 1; i < end; i++ {
		b := &blocks[i]
		if b.Number == "" || b.Kind == model.Subparagraph {
			continue
		}
		if b.Kind != model.Paragraph || isFormal(b.Text) || b.Mark.Level == model.Unclassified && blocks[at].Mark.Level > model.Unclassified {
			return
		}
		b.Kind = model.CommentBlock
	}
}

// isFormal knows the last paragraphs that say who cleared the cable, that
// minimize was considered, or where the post's web site is.
func isFormal(s string) bool {
	return len(s) < 200 && (indexFold(s, "CLEARED") >= 0 || indexFold(s, "MINIMIZE") >= 0 || isFooter(s))
}

// endsWith finds the mark that ends a summary or comment: END SUMMARY, perhaps
// over a line end.
func endsWith(s, word string) bool { return endMark(s, word) >= 0 }

// endMark gives where "End summary" stands, -1 when it does not. It looks for
// the word, because END is part of so many others, and then at what stands
// before it; a word is sent in capitals or in small letters.
func endMark(s, word string) int {
	large, small := wordTails(word)
	up, low := nextTail(s, 0, large), nextTail(s, 0, small)
	for {
		at := min(up, low)
		if at == len(s) {
			return -1
		}
		if at > 0 && upper(s[at-1]) == word[0] {
			if end := endBefore(s, at-1); end >= 0 {
				return end
			}
		}
		if at == up {
			up = nextTail(s, at+1, large)
		} else {
			low = nextTail(s, at+1, small)
		}
	}
}

// wordTails gives what a word holds behind its first letter, which alone may
// be a capital.
func wordTails(word string) (large, small string) {
	switch word {
	case "SUMMARY":
		return "UMMARY", "ummary"
	case "COMMENT":
		return "OMMENT", "omment"
	}
	return word[1:], strings.ToLower(word[1:])
}

// nextTail gives where the tail stands from at on, the length of s when it
// stands nowhere. It looks for the second letter on: M is rarer than the U or O
// before it.
func nextTail(s string, at int, tail string) int {
	for at++; at < len(s); at++ {
		n := strings.Index(s[at:], tail[1:])
		if n < 0 {
			break
		}
		at += n
		if s[at-1] == tail[0] {
			return at - 1
		}
	}
	return len(s)
}

// endBefore gives where END or END OF stands right before the word at the
// place, -1 when neither does.
func endBefore(s string, at int) int {
	if at >= 3 && hasFold(s[at-3:], "OF ") {
		at -= 3
	}
	end := at
	for end > 0 && (s[end-1] == ' ' || s[end-1] == '\t' || s[end-1] == '\r' || s[end-1] == '\n') {
		end--
	}
	from := end - len("END")
	if end == at || from < 0 || !hasFold(s[from:], "END") || from > 0 && isWordByte(s[from-1]) {
		return -1
	}
	return from
}

// summary gives the text of the summary: without its label and end mark.
func (r *reader) summary() string {
	blocks := r.c.Blocks
	first := -1
	for i := range blocks {
		b := &blocks[i]
		if b.Kind == model.SummaryBlock {
			first = i
			break
		}
		if isProse(b.Kind) && i < 6 && endsWith(b.Text, "SUMMARY") {
			first = i
			break
		}
	}
	if first < 0 {
		return ""
	}
	var room [4]string
	out := room[:0]
	end := r.summaryEnd(first)
	for i := first; i < len(blocks); i++ {
		b := blocks[i]
		if b.Kind == model.Heading || b.Kind == model.Marker || isProse(b.Kind) && i > max(first, end) && b.Number != "" {
			break
		}
		s := rawItem(r.text, b, b.Text)
		if b.Kind == model.SummaryBlock {
			s = dropLabel(s)
		}
		if i == end {
			if n := endMark(s, "SUMMARY"); n >= 0 {
				if s = strings.TrimRight(s[:n], " \t\r\n("); s != "" {
					out = append(out, s)
				}
				break
			}
		}
		out = append(out, strings.TrimSpace(s))
	}
	return strings.Join(out, "\n")
}

// summaryEnd gives the block with the end mark of the summary that begins at
// block first, -1 when there is none before the next heading.
func (r *reader) summaryEnd(first int) int {
	if r.summed[0] == first && r.summed[1] > 0 { // it was looked for already
		return r.summed[1]
	}
	for i := first; i < len(r.c.Blocks); i++ {
		b := &r.c.Blocks[i]
		if b.Kind == model.Heading {
			return -1
		}
		if endsWith(b.Text, "SUMMARY") {
			return i
		}
	}
	return -1
}

// rawItem gives the text of a bullet with its dash, as it stands in the
// summary.
func rawItem(text string, b model.Block, s string) string {
	if b.Kind != model.Bullet {
		return s
	}
	head := text[b.Span.Start:min(b.Span.End, b.Span.Start+8)]
	n := bulletAt(head + "x")
	if n == 0 || n > len(head) {
		return s
	}
	return head[:n] + s
}

// dropLabel takes the label off a summary: "Summary and Comment:", "SUMMARY
// (continued):", "Summary. (SBU)".
func dropLabel(s string) string {
	at := len(s) - len(strings.TrimLeft(s, "(-/ \""))
	if !saysSummary(s[at:]) {
		return s
	}
	end := at
	for end < len(s) && end < at+60 && strings.IndexByte(":.-\n)", s[end]) < 0 {
		end++
	}
	if end == len(s) || end == at+60 {
		end = min(at+len("SUMMARY"), len(s))
	}
	s = strings.TrimLeft(s[end:], ":.-) \t\r\n")
	if m, end, ok := markingAt(s, 0); ok && m.Level != model.LevelUnknown && !m.Odd {
		s = strings.TrimLeft(s[end:], " \t\r\n")
	}
	return s
}
