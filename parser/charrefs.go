package parser

import (
	"strconv"
	"strings"
	"unicode"
)

// unreferenced reads the numeric character references of HTML that a publisher
// left in a text that is no HTML, &#8217; for ’, once. No cable was ever sent
// with one. Names such as &amp; are left alone, because & is written before
// words too; so is what would be no character that is seen.
func unreferenced(s string) string {
	at := strings.Index(s, "&#")
	if at < 0 {
		return s
	}
	var b strings.Builder
	for ; at >= 0; at = strings.Index(s, "&#") {
		c, n := charReference(s[at:])
		if n == 0 {
			b.WriteString(s[:at+2])
			s = s[at+2:]
			continue
		}
		b.WriteString(s[:at])
		b.WriteRune(c)
		s = s[at+n:]
	}
	b.WriteString(s)
	return b.String()
}

const nbsp = 0xA0 // the blank that does not break

// charReference reads the numeric reference s begins with; n is its length, 0
// when it is none.
func charReference(s string) (c rune, n int) {
	end := strings.IndexByte(s[:min(len(s), 10)], ';')
	if end < 3 {
		return 0, 0
	}
	digits, base := s[2:end], 10
	if upper(digits[0]) == 'X' {
		digits, base = digits[1:], 16
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err == nil && v == nbsp {
		return ' ', end + 1
	}
	if err != nil || v > unicode.MaxRune || !unicode.IsPrint(rune(v)) {
		return 0, 0
	}
	return rune(v), end + 1
}
