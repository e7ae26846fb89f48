package source

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decode turns bytes into UTF-8, once, and names the charset it took them
// for. A byte order mark decides; else text that is UTF-8 but for a few broken
// bytes stays UTF-8 (each broken byte becomes U+FFFD); else it is an eight-bit
// set, Windows-1252 when it uses that set's extra letters, ISO-8859-1 when not.
// Line ends stay as they were.
func decode(b []byte) (text, charset string) {
	switch {
	case len(b) >= 3 && string(b[:3]) == "\xef\xbb\xbf":
		return mended(string(b[3:])), "utf-8"
	case len(b) >= 2 && b[0] == 0xff && b[1] == 0xfe:
		return decode16(b[2:], binary.LittleEndian), "utf-16"
	case len(b) >= 2 && b[0] == 0xfe && b[1] == 0xff:
		return decode16(b[2:], binary.BigEndian), "utf-16"
	case utf8.Valid(b):
		return string(b), "utf-8"
	}
	whole, broken, extra := countUTF8(b)
	if whole > broken {
		return mended(string(b)), "utf-8"
	}
	if extra {
		return decode8(b, true), "windows-1252"
	}
	return decode8(b, false), "iso-8859-1"
}

// mended replaces every byte that belongs to no letter.
func mended(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s) + 16)
	for _, r := range s { // a broken byte is read as U+FFFD
		out.WriteRune(r)
	}
	return out.String()
}

// countUTF8 counts the multi-byte letters and the bytes that belong to none;
// extra says that some of those lie in 0x80-0x9F, where ISO-8859-1 has only
// control characters.
func countUTF8(b []byte) (whole, broken int, extra bool) {
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			broken++
			extra = extra || b[i] < 0xa0
		} else {
			whole++
		}
		i += n
	}
	return whole, broken, extra
}

// windows1252 gives the letters of 0x80-0x9F. The five places that the set
// leaves empty stay the control characters they are, so that nothing is lost.
var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
}

func decode8(b []byte, windows bool) string {
	var out strings.Builder
	out.Grow(len(b) + len(b)/16)
	for _, c := range b {
		if windows && c >= 0x80 && c < 0xa0 {
			out.WriteRune(windows1252[c-0x80])
		} else {
			out.WriteRune(rune(c))
		}
	}
	return out.String()
}

// decode16 reads UTF-16; half a pair and an odd last byte become U+FFFD.
func decode16(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(b)/2+1)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, order.Uint16(b))
	}
	if len(b) == 1 {
		units = append(units, 0xfffd)
	}
	return string(utf16.Decode(units))
}

// looksBinary tells data from text from text by its control characters: text has hardly
// any but blanks, tabs and line ends. A stray one, or an escape sequence that
// someone put into a cable, does not make it binary.
func looksBinary(b []byte) bool {
	if len(b) > sniffed {
		b = b[:sniffed]
	}
	if len(b) >= 2 && (string(b[:2]) == "\xff\xfe" || string(b[:2]) == "\xfe\xff") {
		return false
	}
	nul, control := 0, 0
	for _, c := range b {
		switch {
		case c == 0:
			nul++
		case c < 0x20 && (c < '\t' || c > '\r') && c != 0x1b, c == 0x7f:
			control++
		}
	}
	return nul*100 > len(b) || (nul+control)*10 > len(b)
}
