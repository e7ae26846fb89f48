package safe

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bytes makes raw source bytes visible for the raw view, losing nothing:
// printable UTF-8 stands as it is, CR as \r, TAB as \t, a backslash as \\, and
// every other byte as \x9b. LF ends a line. From the text the bytes can be
// told again, one by one.
//
// Marks that would pile up or stand on nothing, and what draws nothing, stand
// as their bytes too.
func Bytes(b []byte) string {
	var out strings.Builder
	out.Grow(len(b) + len(b)/8 + 16)
	var prev rune // last rune that stands for itself, escaped after an escape
	marks := 0
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r == '\n' || r >= ' ' && r <= '~' && r != '\\':
			out.WriteByte(b[i])
			prev, marks = r, 0
		case shownRaw(r, size) && (!combining(r) || carries(prev) && marks < maxMarks):
			out.Write(b[i : i+size])
			prev = r
			if combining(r) {
				marks++
			} else {
				marks = 0
			}
		default:
			for _, c := range b[i : i+size] {
				rawEscape(&out, c)
			}
			prev = escaped
		}
		i += size
	}
	return out.String()
}

// shownRaw says whether a rune of the source may stand for itself.
func shownRaw(r rune, size int) bool {
	return r >= 0xa0 && size > 1 && unicode.IsPrint(r) && !invisible(r) && !selector(r)
}

// rawEscape writes the form of a byte that does not stand for itself.
func rawEscape(out *strings.Builder, c byte) {
	switch c {
	case '\r':
		out.WriteString(`\r`)
	case '\t':
		out.WriteString(`\t`)
	case '\\':
		out.WriteString(`\\`)
	default:
		out.WriteString(hexEscape(c))
	}
}
