package safe

import (
	"encoding/binary"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON gives a copy of JSON in which letters that a terminal could obey or hide
// are escaped. They can stand only inside its strings, where an escape means
// the same; beyond the first 65536 code points an escape is a pair of surrogates
// (RFC 8259, 7).
func JSON(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for {
		n := plainJSON(b)
		out, b = append(out, b[:n]...), b[n:]
		if len(b) == 0 {
			return out
		}
		r, n := utf8.DecodeRune(b)
		switch {
		case !Armed(r):
			out = append(out, b[:n]...)
		case r >= 0x10000:
			high, low := utf16.EncodeRune(r)
			out = unicodeEscape(unicodeEscape(out, high), low)
		default:
			out = unicodeEscape(out, r)
		}
		b = b[n:]
	}
}

// plainJSON counts the bytes at the head of b that are ASCII and draw themselves,
// which nearly all of a cable is. It looks at eight at a time: in their sum with
// ones the highest bit of a byte is set when it was 0x7f or more.
func plainJSON(b []byte) int {
	const ones, highest = 0x0101010101010101, 0x8080808080808080
	n := 0
	for ; n+8 <= len(b); n += 8 {
		if w := binary.LittleEndian.Uint64(b[n:]); (w|(w+ones))&highest != 0 {
			break
		}
	}
	for n < len(b) && b[n] < 0x7f {
		n++
	}
	return n
}

// unicodeEscape appends a code point below 0x10000 as JSON escapes it.
func unicodeEscape(out []byte, r rune) []byte {
	const digits = "0123456789abcdef"
	return append(out, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}

// Armed says that a terminal may act on a letter instead of showing it, or
// draw nothing that can be known for it: DEL and the C1 controls, the ends of
// lines of Unicode, and what is format (turns of direction, joiners, tags), a
// variation selector, a filler or private use.
func Armed(r rune) bool {
	switch {
	case r < 0x7f:
		return false
	case r < 0xa0, r == 0x2028, r == 0x2029:
		return true
	case 0xae <= r && r < 0x34f, 0x2010 <= r && r < 0x2028: // Latin letters; dashes and quotation marks
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Co, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}
