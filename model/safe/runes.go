package safe

import "unicode"

const (
	zwnj         = '\u200c'
	zwj          = '\u200d'
	dottedCircle = '\u25cc'
	keycap       = '\u20e3'
)

// bidi names the controls that reorder text (UAX 9, table 1), "" for others.
func bidi(r rune) string {
	switch r {
	case 0x061c:
		return "ALM"
	case 0x200e:
		return "LRM"
	case 0x200f:
		return "RLM"
	case 0x202a:
		return "LRE"
	case 0x202b:
		return "RLE"
	case 0x202c:
		return "PDF"
	case 0x202d:
		return "LRO"
	case 0x202e:
		return "RLO"
	case 0x2066:
		return "LRI"
	case 0x2067:
		return "RLI"
	case 0x2068:
		return "FSI"
	case 0x2069:
		return "PDI"
	}
	return ""
}

// invisible says whether a rune draws nothing by itself or nothing that can
// be known: format characters, fillers, tags, private use. Joiners and
// variation selectors are judged by their place, not here; the Arabic and
// other signs that stand before a number are format characters that draw.
func invisible(r rune) bool {
	if r < 0x300 { // the letters of Latin, told apart at once
		return r == 0xad
	}
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) ||
		unicode.Is(unicode.Co, r)
}

// nonCharacter says whether a code point is one of the 66 that never stand
// for a character.
func nonCharacter(r rune) bool {
	return r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe
}

// combining says whether a rune is drawn on the one before it.
func combining(r rune) bool { return r >= 0x300 && unicode.Is(unicode.M, r) }

// carries says whether a combining mark may stand on prev. It may not stand
// on blanks: a line may be broken there, and the mark would then begin a line.
func carries(prev rune) bool {
	return prev > 0 && !unicode.IsSpace(prev)
}

// selector says whether a rune is a variation selector of any script.
func selector(r rune) bool { return r >= 0x180b && unicode.Is(unicode.Variation_Selector, r) }

// selects says whether a variation selector has a meaning after prev: picture
// or text form of an emoji, a keycap, a form of an ideograph, of a
// mathematical sign or of a Mongolian letter.
func selects(r, prev, next rune) bool {
	switch {
	case prev <= 0:
		return false
	case r == 0xfe0e || r == 0xfe0f:
		key := prev >= '0' && prev <= '9' || prev == '#' || prev == '*'
		return pictograph(prev) || key && next == keycap
	case r >= 0xfe00 && r <= 0xfe0d:
		return unicode.In(prev, unicode.Han, unicode.Sm, unicode.Myanmar, unicode.Phags_Pa, unicode.Manichaean)
	case r >= 0xe0100:
		return unicode.Is(unicode.Han, prev)
	default: // 180B to 180F
		return unicode.Is(unicode.Mongolian, prev) && unicode.IsLetter(prev)
	}
}

// joins says whether a joiner has a meaning between what was written and next
// (RFC 5892 A.1 and A.2, and the emoji sequences of UTS 51).
func joins(r, prev, base, next rune) bool {
	switch {
	case prev <= 0:
		return false
	case virama(prev):
		return true
	case cursive(base) && cursive(next):
		return true
	default:
		return r == zwj && pictograph(base) && pictograph(next)
	}
}

// cursive says whether a rune is a letter of a script whose letters join.
func cursive(r rune) bool {
	return r >= 0x620 && unicode.IsLetter(r) && unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Nko,
		unicode.Mongolian, unicode.Phags_Pa, unicode.Mandaic, unicode.Manichaean, unicode.Psalter_Pahlavi,
		unicode.Adlam, unicode.Hanifi_Rohingya, unicode.Sogdian)
}

// virama says whether a rune is the sign that takes a letter its vowel, of
// the scripts of India and around (canonical combining class 9).
func virama(r rune) bool {
	switch r {
	case 0x94d, 0x9cd, 0xa4d, 0xacd, 0xb4d, 0xbcd, 0xc4d, 0xccd, 0xd4d, 0xdca, 0xe3a, 0xf84,
		0x1039, 0x103a, 0x17d2, 0x1a60, 0x1b44, 0xa8c4, 0xa953, 0xa9c0, 0xaaf6, 0xabed, 0x11046:
		return true
	}
	return false
}

// skinTone says whether a rune colours the person before it.
func skinTone(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }

// pictograph says whether a rune may be part of an emoji sequence
// (Extended_Pictographic of UTS 51, in whole blocks where that harms nothing).
func pictograph(r rune) bool {
	if r >= 0x1f000 {
		return r <= 0x1faff && !skinTone(r) && (r < 0x1f1e6 || r > 0x1f1ff)
	}
	switch {
	case r >= 0x2194 && r <= 0x21aa, r >= 0x231a && r <= 0x2328, r >= 0x23cf && r <= 0x23fa,
		r >= 0x25aa && r <= 0x25c0, r >= 0x25fb && r <= 0x27bf, r >= 0x2934 && r <= 0x2935,
		r >= 0x2b05 && r <= 0x2b55:
		return true
	}
	switch r {
	case 0xa9, 0xae, 0x203c, 0x2049, 0x2122, 0x2139, 0x24c2, 0x3030, 0x303d, 0x3297, 0x3299:
		return true
	}
	return false
}

// cells is the width of a visible rune, near enough for tab stops: wide
// blocks of East Asia and pictures take two.
func cells(r rune) int {
	switch {
	case r < 0x1100:
		return 1
	case r <= 0x115f, r >= 0x2e80 && r <= 0x303e, r >= 0x3041 && r <= 0xa4cf, r >= 0xa960 && r <= 0xa97f,
		r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff, r >= 0xfe30 && r <= 0xfe6f,
		r >= 0xff00 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6, r >= 0x1f300 && r <= 0x1f64f,
		r >= 0x1f900 && r <= 0x1f9ff, r >= 0x20000 && r <= 0x3fffd:
		return 2
	}
	return 1
}

const hexDigits = "0123456789abcdef"

// hexEscape is a byte in the form \x9b.
func hexEscape(c byte) string {
	return string([]byte{'\\', 'x', hexDigits[c>>4], hexDigits[c&15]})
}
