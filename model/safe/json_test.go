package safe

import (
	"bytes"
	"testing"
	"unicode"
)

// What is quickly judged harmless is so by the tables of Unicode, letter for
// letter.
func TestArmedByTheTables(t *testing.T) {
	for r := rune(0xa0); r <= unicode.MaxRune; r++ {
		want := r == 0x2028 || r == 0x2029 || unicode.In(r, unicode.Cf, unicode.Co, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
		if Armed(r) != want {
			t.Errorf("U+%04X: armed %v", r, !want)
		}
	}
}

// Every byte is found, wherever among eight it stands.
func TestPlainFindsEveryByte(t *testing.T) {
	for at := range 40 {
		for c := range 256 {
			b := bytes.Repeat([]byte{'~'}, 40)
			b[at] = byte(c)
			want := at
			if c < 0x7f {
				want = len(b)
			}
			if n := plainJSON(b); n != want {
				t.Fatalf("%#x at %d: %d bytes are plain", c, at, n)
			}
		}
	}
}
