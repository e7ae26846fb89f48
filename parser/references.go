package parser

import (
	"slices"
	"strings"

	"chancery/model"
)

// maxReferences is how many bytes of a REF block are read; a longer one is some
// text that was taken for one.
const maxReferences = 1 << 16

// references reads the REF block: items with or without labels, several cables
// in one item (cable-format 2.7, 6.3).
func (r *reader) references(run []fieldPiece) {
	s, places := r.refText(run)
	s = s[:min(len(s), maxReferences)]
	year, post, serial := r.own()
	items := refItems(s)
	r.c.References = slices.Grow(r.c.References, len(items))
	var room [4]refPart
	for _, it := range items {
		for _, ref := range splitItem(room[:0], it, s) {
			m := model.ParseReference(ref.meant, year, post, serial).AsOf(r.c.Date())
			m.Label, m.Text = ref.label, squeeze(s[ref.from:ref.to])
			m.Span = model.Span{Start: places.at(ref.from), End: places.at(ref.to-1) + 1}
			r.c.References = append(r.c.References, m)
		}
	}
}

// own gives what the references of this cable are measured by: its year, post
// and number.
func (r *reader) own() (year int, post string, serial int) {
	if d := r.c.Date(); !d.IsZero() {
		year = d.Year()
	}
	post, serial = r.post, r.serial
	if post == "" && r.c.Metadata != nil {
		if y, p, n, ok := model.SplitID(r.c.Metadata.ID); ok {
			post, serial = p, n
			if year == 0 {
				year = y
			}
		}
	}
	return year, post, serial
}

// place says where a stretch of joined text comes from.
type place struct{ joined, source int }

// placeTable leads from joined text back to the source.
type placeTable []place

// at gives the place in the source of a byte of the joined text.
func (t placeTable) at(n int) int {
	i, found := slices.BinarySearchFunc(t, n, func(p place, n int) int { return p.joined - n })
	if !found {
		i--
	}
	if i < 0 {
		return n
	}
	return t[i].source + n - t[i].joined
}

// refText joins the pieces of a REF block. Pilcrows become blanks.
func (r *reader) refText(run []fieldPiece) (string, placeTable) {
	var b strings.Builder
	places := make(placeTable, 0, len(run))
	for i, p := range run {
		from := p.from
		if i == 0 {
			_, skip := keyword(r.text[p.from:p.to])
			from = min(from+skip, p.to)
		} else {
			b.WriteByte('\n')
		}
		places = append(places, place{b.Len(), from})
		s := r.text[from:p.to]
		for {
			n := strings.Index(s, "¶")
			if n < 0 {
				break
			}
			b.WriteString(s[:n])
			b.WriteString("  ")
			s = s[n+len("¶"):]
		}
		b.WriteString(s)
	}
	return b.String(), places
}

// refItem is one labelled stretch of a REF block.
type refItem struct {
	label    string
	from, to int
}

// refLabel gives the length of the item label s begins with: "A." "(A)" "A)"
// "[A]" "A.)" "(1)"; 0 when there is none.
func refLabel(s string) int {
	at := blanks(s, pilcrow(s))
	open := at < len(s) && (s[at] == '(' || s[at] == '[')
	if open {
		at++
	}
	if at+1 >= len(s) || !isLetter(s[at]) && !isDigit(s[at]) {
		return 0
	}
	at++
	switch c := s[at]; {
	case c == ')' || c == ']':
		at++
	case !open && (c == '.' || c == ':') && isLetter(s[at-1]):
		at++
		if at < len(s) && s[at] == ')' {
			at++
		}
		if at < len(s) && isLetter(s[at]) && at+1 < len(s) && s[at+1] == '.' { // U.S.
			return 0
		}
	default:
		return 0
	}
	return at
}

// labelOf gives the letter (or digit) of a label.
func labelOf(s string) byte {
	for i := 0; i < len(s); i++ {
		if isLetter(s[i]) || isDigit(s[i]) {
			return upper(s[i])
		}
	}
	return 0
}

// refItems cuts a REF block at its labels. A letter is a label only when it
// follows on the one before; software doubled labels (A. A) or wrote A. REF A.
func refItems(s string) []refItem {
	at := skipRefWords(s, 0)
	bare := at+2 < len(s) && (s[at] == 'A' || s[at] == 'a') && s[at+1] == ' ' && isLetter(s[at+2])
	items := make([]refItem, 0, 8)
	cur := refItem{from: at}
	last := byte(0)
	for at < len(s) {
		n := 0
		if at == cur.from && cur.label == "" || mayBeginLabel(s, at) {
			n = refLabel(s[at:])
			if n == 0 && bare && bareLabel(s[at:], last) {
				n = 1
			}
		}
		if n == 0 || !follows(labelOf(s[at:at+n]), last) {
			at++
			continue
		}
		items = appendItem(items, cur, s, at)
		last = labelOf(s[at : at+n])
		at = skipDoubled(s, at+n, last)
		cur = refItem{label: string(last), from: at}
	}
	return appendItem(items, cur, s, len(s))
}

// mayBeginLabel says whether a label can begin here: not within a word.
func mayBeginLabel(s string, at int) bool {
	if at == 0 {
		return true
	}
	c := s[at-1]
	return c == ' ' || c == '\n' || c == ',' || c == ';' || c == ')' || (s[at] == '(' || s[at] == '[') && !isLetter(c)
}

// bareLabel says whether s begins with the letter that follows on the last
// label, without any punctuation: A MONTREAL 99, B OTTAWA 98.
func bareLabel(s string, last byte) bool {
	if len(s) < 3 || s[1] != ' ' || !isLetter(s[0]) {
		return false
	}
	return last == 0 && s[0] == 'A' || last != 0 && s[0] == last+1
}

// follows says whether a label can stand after the last one.
func follows(label, last byte) bool {
	if last == 0 {
		return label == 'A' || label == '1' || label == 'B'
	}
	return label > last && label <= last+3
}

// skipRefWords skips REF: where it was written twice.
func skipRefWords(s string, at int) int {
	at = blanks(s, at)
	for {
		f, skip := keyword(s[at:])
		if f != refField || skip == 0 || strings.IndexByte(s[at:at+skip], ':') < 0 {
			return at
		}
		at = blanks(s, at+skip)
	}
}

// skipDoubled skips a second label of the same letter: A. A) or A. REF A.
func skipDoubled(s string, at int, label byte) int {
	at = blanks(s, at)
	if n := refLabel(s[at:]); n > 0 && labelOf(s[at:at+n]) == label {
		return blanks(s, at+n)
	}
	if hasWord(s[at:], "REF") {
		next := blanks(s, at+3)
		if next < len(s) && upper(s[next]) == label && (next+1 == len(s) || !isWordByte(s[next+1])) {
			return blanks(s, skipAny(s, next+1, ".): "))
		}
	}
	return at
}

// appendItem appends what lies between a label and the next, when there is
// anything.
func appendItem(items []refItem, it refItem, s string, to int) []refItem {
	it.to = to
	for it.to > it.from && strings.IndexByte(" ,;\t\n", s[it.to-1]) >= 0 {
		it.to--
	}
	it.from = min(skipAny(s, it.from, " ,;\t\n"), it.to)
	if hasFold(s[max(it.from, it.to-4):it.to], " AND") {
		it.to -= 4
	}
	if it.from == it.to {
		return items
	}
	return append(items, it)
}

// refPart is one reference of an item; meant has what a short form leaves out.
type refPart struct {
	label    string
	from, to int
	meant    string
}

// splitItem cuts an item that names several things, and appends them to parts. Semicolons always cut;
// commas, colons, AND, & and / only between cables, so that dates and names
// stay whole. A bare number takes year and post from the cable before it.
func splitItem(parts []refPart, it refItem, s string) []refPart {
	stem := ""
	for at := it.from; at < it.to; {
		end, next := cutItem(s, at, it.to, stem)
		if t := strings.TrimSpace(s[at:end]); t != "" {
			meant := squeeze(t)
			if stem != "" && digits(meant) > 0 && isBareNumber(meant) {
				meant = stem + " " + meant
			}
			if st := cableStem(meant); st != "" {
				stem = st
			}
			from, to := trim(s, at, end)
			parts = append(parts, refPart{it.label, from, to, meant})
		}
		at = next
	}
	return parts
}

// maxCable is how long the name of one cable can be in a REF block.
const maxCable = 80

// cutItem finds where the reference that begins at from ends and where the
// next begins.
func cutItem(s string, from, to int, stem string) (end, next int) {
	for at := from; at < to; at++ {
		n := 0
		switch s[at] {
		case ';':
			return at, at + 1
		case ',', '&', '/', ':', '\n':
			n = 1
		case ' ':
			if hasFold(s[at:to], " AND ") {
				n = len(" AND ")
			}
		}
		if n == 0 || at == from || at-from > maxCable {
			continue
		}
		if s[at] == ':' && isDigit(s[at-1]) && at+1 < to && s[at+1] == ' ' && beginsCable(strings.TrimLeft(s[at+1:to], " "), ':') {
			return at, at + 1
		}
		left := squeeze(s[from:at])
		whole := cableStem(left) != "" || stem != "" && isBareNumber(left)
		if whole && (s[at] == ':' && s[min(at+1, to-1)] == ' ' || beginsCable(strings.TrimLeft(s[at+n:to], " \n"), s[at])) {
			return at, at + n
		}
	}
	return to, to
}

// isBareNumber says whether s begins with a number of its own: "290", "290 AND
// PREVIOUS".
func isBareNumber(s string) bool {
	n := digits(s)
	if n == 0 || n > 6 {
		return false
	}
	rest := strings.TrimLeft(s[n:], " ")
	return rest == "" || rest[0] == '(' || rest[0] == ',' || hasFold(rest, "AND PREV") || hasFold(rest, "NOTAL")
}

// cableStem gives year and post of a reference that is plainly post and number
// ("06 RIO DE JANEIRO" of "06 RIO DE JANEIRO 99"), "" when it is not.
func cableStem(s string) string {
	at := digits(s)
	if at != 0 && at != 2 && at != 4 {
		return ""
	}
	letters := 0
	for at < len(s) && !isDigit(s[at]) {
		switch c := s[at]; {
		case isLetter(c):
			letters++
		case c == ' ' || c == '.' || c == '-' || c == '\'':
		default:
			return ""
		}
		at++
	}
	if letters < 2 || at == len(s) || strings.Contains(s[:at], "MAIL") || !isBareNumber(s[at:]) {
		return ""
	}
	return strings.TrimRight(s[:at], " ")
}

// beginsCable says whether s goes on with another cable: a number, or a post
// and a number. After a slash only a number can follow.
func beginsCable(s string, after byte) bool {
	if after == '\n' && digits(s) > 4 {
		return false
	}
	if after == '/' && digits(s) < 3 { // 9/28 is a date
		return false
	}
	if n := digits(s); n >= 2 && (n == len(s) || strings.IndexByte(" ,;/)\n", s[n]) >= 0) {
		rest := strings.TrimLeft(s[n:], " ")
		return after != ':' || rest != ""
	}
	if after == '/' {
		return false
	}
	end := strings.IndexAny(s, ",;&/:\n")
	if end < 0 {
		end = len(s)
	}
	if n := indexFold(s[:end], " AND "); n >= 0 {
		end = n
	}
	return cableStem(squeeze(s[:end])) != ""
}
