package source

import "strconv"

// The objects of a PDF (ISO 32000-1, 7.3). Numbers are float64, booleans bool,
// null is nil; a string is the bytes it stands for.
type (
	pdfName   string
	pdfString string
	pdfWord   string // an operator of a page's content
	pdfArray  []any
	pdfDict   map[pdfName]any
	pdfRef    int // number of an object
	pdfStream struct {
		pdfDict
		data []byte // as it stands in the file
	}
)

// pdfLexer reads objects one after the other. It never goes back further than
// a few bytes, nests to a depth, and ends at the end of its bytes whatever they
// are.
type pdfLexer struct {
	b     []byte
	at    int
	depth int
}

// maxPDFDepth is how deep arrays and dictionaries may lie in each other; real
// files stay below ten.
const maxPDFDepth = 50

func pdfBlank(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func pdfDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// skip passes over blanks and comments.
func (l *pdfLexer) skip() {
	for l.at < len(l.b) {
		switch c := l.b[l.at]; {
		case pdfBlank(c):
			l.at++
		case c == '%':
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// object reads the next object; ok is false at the end. What is no object, as
// a bracket too many, is skipped by reading it as a word.
func (l *pdfLexer) object() (x any, ok bool) {
	l.skip()
	if l.at >= len(l.b) {
		return nil, false
	}
	switch c := l.b[l.at]; c {
	case '/':
		return l.name(), true
	case '(':
		return l.literal(), true
	case '<':
		if l.at+1 < len(l.b) && l.b[l.at+1] == '<' {
			return l.dict(), true
		}
		return l.hex(), true
	case '[':
		return l.array(), true
	case '>', ']', ')', '{', '}':
		l.at++
		if c == '>' && l.at < len(l.b) && l.b[l.at] == '>' {
			l.at++
			return pdfWord(">>"), true
		}
		return pdfWord(string(c)), true
	}
	return l.word(), true
}

// word reads a number, a reference to an object, or an operator.
func (l *pdfLexer) word() any {
	from := l.at
	for l.at < len(l.b) && !pdfBlank(l.b[l.at]) && !pdfDelimiter(l.b[l.at]) {
		l.at++
	}
	s := string(l.b[from:min(l.at, from+64)])
	switch s {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	if c := s[0]; c > '9' || c < '+' || c == ',' || c == '/' {
		return pdfWord(s)
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != f || f > 1e12 || f < -1e12 {
		return pdfWord(s)
	}
	if n := int(f); n > 0 && float64(n) == f && l.reference() {
		return pdfRef(n)
	}
	return f
}

// reference passes over "0 R" behind a number, if it stands there.
func (l *pdfLexer) reference() bool {
	at := l.at
	blanks := func() bool {
		from := at
		for at < len(l.b) && pdfBlank(l.b[at]) && at-from < 8 {
			at++
		}
		return at > from
	}
	if !blanks() {
		return false
	}
	from := at
	for at < len(l.b) && l.b[at] >= '0' && l.b[at] <= '9' && at-from < 6 {
		at++
	}
	if at == from || !blanks() || at >= len(l.b) || l.b[at] != 'R' {
		return false
	}
	if at+1 < len(l.b) && !pdfBlank(l.b[at+1]) && !pdfDelimiter(l.b[at+1]) {
		return false
	}
	l.at = at + 1
	return true
}

func (l *pdfLexer) name() pdfName {
	l.at++
	var out []byte
	for l.at < len(l.b) && !pdfBlank(l.b[l.at]) && !pdfDelimiter(l.b[l.at]) {
		c := l.b[l.at]
		l.at++
		if c == '#' && l.at+1 < len(l.b) && hexDigit(l.b[l.at]) >= 0 && hexDigit(l.b[l.at+1]) >= 0 {
			c = byte(hexDigit(l.b[l.at])<<4 | hexDigit(l.b[l.at+1]))
			l.at += 2
		}
		out = append(out, c)
	}
	return pdfName(out)
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

func (l *pdfLexer) hex() pdfString {
	l.at++
	var out []byte
	half := -1
	for l.at < len(l.b) {
		c := l.b[l.at]
		l.at++
		if c == '>' {
			break
		}
		d := hexDigit(c)
		switch {
		case d < 0:
		case half < 0:
			half = d
		default:
			out = append(out, byte(half<<4|d))
			half = -1
		}
	}
	if half >= 0 {
		out = append(out, byte(half<<4))
	}
	return pdfString(out)
}

// literal reads a string in parentheses, which may be nested.
func (l *pdfLexer) literal() pdfString {
	l.at++
	var out []byte
	for nested := 0; l.at < len(l.b); {
		c := l.b[l.at]
		l.at++
		switch c {
		case '(':
			nested++
		case ')':
			if nested--; nested < 0 {
				return pdfString(out)
			}
		case '\\':
			var ok bool
			if c, ok = l.escape(); !ok {
				continue
			}
		}
		out = append(out, c)
	}
	return pdfString(out)
}

// escape reads what follows a backslash; ok is false when that is nothing, as
// at the end of a line.
func (l *pdfLexer) escape() (c byte, ok bool) {
	if l.at >= len(l.b) {
		return 0, false
	}
	c = l.b[l.at]
	l.at++
	switch c {
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case '\r':
		if l.at < len(l.b) && l.b[l.at] == '\n' {
			l.at++
		}
		return 0, false
	case '\n':
		return 0, false
	}
	if c < '0' || c > '7' {
		return c, true
	}
	v := int(c - '0')
	for n := 0; n < 2 && l.at < len(l.b) && l.b[l.at] >= '0' && l.b[l.at] <= '7'; n++ {
		v = v<<3 | int(l.b[l.at]-'0')
		l.at++
	}
	return byte(v), true
}

func (l *pdfLexer) array() any {
	l.at++
	if l.depth++; l.depth > maxPDFDepth {
		l.at = len(l.b)
	}
	defer func() { l.depth-- }()
	out := pdfArray{}
	for {
		x, ok := l.object()
		if !ok || x == pdfWord("]") {
			return out
		}
		if _, isWord := x.(pdfWord); isWord {
			return out // a bracket was lost
		}
		out = append(out, x)
	}
}

func (l *pdfLexer) dict() any {
	l.at += 2
	if l.depth++; l.depth > maxPDFDepth {
		l.at = len(l.b)
	}
	defer func() { l.depth-- }()
	out := pdfDict{}
	for {
		key, ok := l.object()
		if !ok || key == pdfWord(">>") {
			return out
		}
		name, isName := key.(pdfName)
		if !isName {
			if w, isWord := key.(pdfWord); isWord && (w == "endobj" || w == "stream") {
				return out // the end of it was lost
			}
			continue
		}
		value, ok := l.object()
		if !ok || value == pdfWord(">>") {
			return out
		}
		out[name] = value
	}
}
