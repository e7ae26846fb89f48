package parser

import "strings"

// lineKind says what a line is by its looks alone.
type lineKind uint8

const (
	textLine lineKind = iota
	blankLine
	rulerLine  // dashes, equals signs ...
	pageLine   // MADRID 00000766  001.2 OF 003, or PAGE 02 ...
	sipdisLine // SIPDIS alone
	levelLine  // a level alone, at the head or foot of a printed page
	dotLine    // a dot, dash or > alone: left over from printing
	mixedLine  // text with a page line, or SIPDIS, in it
)

// mayBeFurniture are the bytes that a ruler, a line alone, SIPDIS or a level
// can begin with. Most lines are plain text and begin with none of them.
var mayBeFurniture = func() (may [256]bool) {
	for _, c := range []byte("-=*_~+.>SsUCTLR") {
		may[c] = true
	}
	return may
}()

// nextPage gives where "PAGE " stands next from at on; the length of the text
// when it stands nowhere. It looks for the G, the rarest of these letters.
func nextPage(text string, at int) int {
	const before, after = len("PA"), len("GE ")
	for at += before; at+after <= len(text); at++ {
		n := strings.IndexByte(text[at:], 'G')
		if n < 0 {
			break
		}
		at += n
		if text[at-1] == 'A' && strings.HasPrefix(text[at-before:], "PAGE ") {
			return at - before
		}
	}
	return len(text)
}

// nextZeros gives where " 00" stands next from at on; the length of the text
// when it stands nowhere. It looks for the zero, which is rarer than a blank.
func nextZeros(text string, at int) int {
	for at++; at+1 < len(text); at++ {
		n := strings.IndexByte(text[at:len(text)-1], '0')
		if n < 0 {
			break
		}
		at += n
		if text[at-1] == ' ' && text[at+1] == '0' {
			return at - 1
		}
	}
	return len(text)
}

// kindOf tells what a line is, without the blanks around it. zeros and page say
// whether it may hold those of a page line.
func kindOf(s string, zeros, page bool) lineKind {
	if s == "" {
		return blankLine
	}
	switch s[0] {
	case '-', '=', '*', '_', '~', '+':
		if isRuler(s) {
			return rulerLine
		}
		if len(s) == 1 {
			return dotLine
		}
	case '.', '>':
		if len(s) == 1 {
			return dotLine
		}
	case 'S', 's':
		if hasWord(s, "SIPDIS") {
			if onlySipdis(s) {
				return sipdisLine
			}
			return mixedLine
		}
		if isLevelLine(s) {
			return levelLine
		}
	case 'U', 'C', 'T', 'L', 'R':
		if len(s) <= longestLevel && isLevelLine(s) {
			return levelLine
		}
	}
	if !page && !zeros {
		return textLine
	}
	if from, to, ok := findPage(s, page); ok {
		if from == 0 && to == len(s) {
			return pageLine
		}
		return mixedLine
	}
	return textLine
}

// onlySipdis says whether the line is the word SIPDIS, once or more.
func onlySipdis(s string) bool {
	for s != "" {
		if !hasWord(s, "SIPDIS") {
			return false
		}
		s = strings.TrimLeft(s[len("SIPDIS"):], " \t.")
	}
	return true
}

// isRuler says whether s is a line drawn under or over a heading; the old
// convention broke it with a blank at column 45 (cable-format 3.3).
func isRuler(s string) bool {
	c := s[0]
	n := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case c, '-', '=':
			n++
		case ' ', '\t':
		default:
			return false
		}
	}
	return n >= 3
}

// rulerLen gives how many bytes of ruler s begins with, 0 when it is none.
func rulerLen(s string) int {
	n, i := 0, 0
	for i < len(s) && (s[i] == '-' || s[i] == '=' || s[i] == ' ' && n >= 30) {
		if s[i] != ' ' {
			n++
		}
		i++
	}
	if n < 4 {
		return 0
	}
	return i
}

// levelWords are the levels as page heads and feet print them.
var levelWords = []string{
	"UNCLASSIFIED", "UNCLAS", "CONFIDENTIAL", "SECRET", "TOP SECRET", "LIMITED OFFICIAL USE", "RESTRICTED",
	"C O N F I D E N T I A L", "S E C R E T", "U N C L A S S I F I E D",
}

// longestLevel is how long a line can be that is nothing but a level.
const longestLevel = 60

// levelsBy are the same by their first letter.
var levelsBy = func() (by [256][]string) {
	for _, w := range levelWords {
		by[w[0]] = append(by[w[0]], w)
	}
	return by
}()

// isLevelLine says whether s is nothing but a level, perhaps with controls or
// with the number the Department's system gave the print (PTQ1859).
func isLevelLine(s string) bool {
	if len(s) > longestLevel || len(s) < 6 || isLower(s[1]) {
		return false
	}
	for _, w := range levelsBy[s[0]] {
		if !strings.HasPrefix(s, w) {
			continue
		}
		rest := strings.TrimLeft(s[len(w):], " \t")
		if rest == "" || strings.HasPrefix(rest, "//") && !strings.ContainsAny(rest, " ,") || isSystemNumber(rest) {
			return true
		}
	}
	return false
}

// isSystemNumber knows the numbers of the Department's system: TED1302.
func isSystemNumber(s string) bool {
	return len(s) == 7 && isUpper(s[0]) && isUpper(s[1]) && isUpper(s[2]) && digits(s[3:]) == 4
}

// findPageLine finds a page line in s: the post, eight digits and the page of
// a transmitted section (cable-format 3.5), or the PAGE group of a print
// (1.7). Between from and to lies the page line.
func findPageLine(s string) (from, to int, ok bool) { return findPage(s, true) }

// findPage is findPageLine, which leaves PAGE groups out where the text has
// none.
func findPage(s string, prints bool) (from, to int, ok bool) {
	for at := 0; ; {
		n := strings.Index(s[at:], " 00")
		if n < 0 {
			break
		}
		at += n + 1
		if end, ok := sectionPage(s[at:]); ok {
			return postBefore(s, at-1), at + end, true
		}
		at += 2
	}
	if !prints {
		return 0, 0, false
	}
	if n := strings.Index(s, "PAGE "); n >= 0 {
		if end, ok := printPage(s[n:]); ok {
			return n, n + end, true
		}
	}
	return 0, 0, false
}

// sectionPage reads "00000766  001.2 OF 003".
func sectionPage(s string) (end int, ok bool) {
	n := digits(s)
	if n < 7 || n > 9 {
		return 0, false
	}
	at := blanks(s, n)
	d := digits(s[at:])
	if at == n || d < 1 || d > 3 {
		return 0, false
	}
	at += d
	if at+1 < len(s) && s[at] == '.' && isDigit(s[at+1]) {
		at += 1 + digits(s[at+1:])
	}
	return ofCount(s, at)
}

// ofCount reads " OF 003".
func ofCount(s string, at int) (end int, ok bool) {
	next := blanks(s, at)
	if next == at || !hasFold(s[next:], "OF") {
		return 0, false
	}
	next = blanks(s, next+2)
	d := digits(s[next:])
	return next + d, d > 0 && d <= 3
}

// printPage reads "PAGE 02 HARARE 06677 01 OF 03 291400Z".
func printPage(s string) (end int, ok bool) {
	at := blanks(s, len("PAGE "))
	d := digits(s[at:])
	if d < 1 || d > 3 {
		return 0, false
	}
	if at+d < len(s) && s[at+d] == ',' && len(s) < 60 && countLower(s) == 0 { // PAGE 2, MOSCOW 9921, NOVEMBER 8
		return len(s), true
	}
	post := blanks(s, at+d)
	at = post
	for at < len(s) && at < post+24 && !isDigit(s[at]) {
		at++
	}
	d = digits(s[at:])
	if at == post || d < 4 || d > 7 {
		return 0, false
	}
	at += d
	if next := blanks(s, at); digits(s[next:]) == 2 {
		if end, ok := ofCount(s, next+2); ok {
			at = end
		}
	}
	next := blanks(s, at)
	if digits(s[next:]) == 6 && next+6 < len(s) && s[next+6] == 'Z' {
		return next + 7, true
	}
	return at, blanks(s, at) == len(s)
}

// blanks gives the first place from at that holds no blank.
func blanks(s string, at int) int {
	for at < len(s) && (s[at] == ' ' || s[at] == '\t') {
		at++
	}
	return at
}

// postBefore gives where the name of the post begins that ends before at: the
// start of the line when little stands there, else the words in capitals.
func postBefore(s string, at int) int {
	if at <= 24 && strings.Count(s[:at], " ") <= 3 && !strings.ContainsAny(s[:at], ".,;") {
		return 0
	}
	from := at
	for n := 0; n < 4; n++ {
		end := from
		for end > 0 && s[end-1] == ' ' {
			end--
		}
		start := end
		for start > 0 && isUpper(s[start-1]) {
			start--
		}
		if end-start < 2 || start > 0 && s[start-1] != ' ' {
			break
		}
		from = start
		if n == 0 && end-start == 10 { // names are cut to ten letters
			break
		}
	}
	return from
}

// stretch is a piece of text, [from, to), on one line.
type stretch struct {
	from, to int
	line     int // index of the line
}

// maxPageLines is how many page lines are taken out of one line. A limit keeps
// the time linear for a text that is all one line of them.
const maxPageLines = 64

// cutFurniture gives what remains of a mixed line when page lines and SIPDIS
// are taken out, and notes those as furniture.
func (r *reader) cutFurniture(i int, out []stretch) []stretch {
	if len(r.stamps) > 0 {
		var cut bool
		if out, cut = r.cutStamps(i, out); cut {
			return out
		}
	}
	l := r.lines[i]
	at := l.from
	if s := r.text[at:l.to]; hasWord(s, "SIPDIS") {
		r.furniture("sipdis", at, at+len("SIPDIS"))
		at = skipBlanks(r.text, at+len("SIPDIS"), l.to)
	}
	for n := 0; at < l.to && n < maxPageLines; n++ {
		from, to, ok := findPageLine(r.text[at:l.to])
		if !ok {
			break
		}
		r.furniture("page-line", at+from, at+to)
		if end := r.cutLevel(at, at+from); at < end {
			out = append(out, stretch{at, end, i})
		}
		at = skipBlanks(r.text, at+to, l.to)
	}
	if at < l.to {
		out = append(out, stretch{at, r.cutLevel(at, l.to), i})
	}
	return out
}

// cutLevel takes the level of a page foot off the end of a line of text and
// gives the new end.
func (r *reader) cutLevel(from, to int) int {
	from, to = trim(r.text, from, to)
	s := r.text[from:to]
	for _, w := range levelWords[:6] {
		if !strings.HasSuffix(s, w) {
			continue
		}
		if cut := len(s) - len(w); cut == 0 || strings.HasSuffix(s[:cut], "  ") {
			r.furniture("page-level", from+cut, to)
			_, end := trim(r.text, from, from+cut)
			return end
		}
	}
	return to
}
