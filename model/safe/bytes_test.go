package safe_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"chancery/model/safe"
)

func TestBytes(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "1. (S) Text.\n", "1. (S) Text.\n"},
		{"line ends", "a\r\nb\r\r\nc", "a\\r\nb\\r\\r\nc"},
		{"tab and backslash", "a\tC:\\x", `a\tC:\\x`},
		{"controls", "\x1b[31m\x00\x7f", `\x1b[31m\x00\x7f`},
		{"C1", "\u009b\x9b", `\xc2\x9b\x9b`},
		{"letters", "Ñandú 東京 שלום", "Ñandú 東京 שלום"},
		{"Latin-1", "caf\xe9", `caf\xe9`},
		{"bidi", "\u202e", `\xe2\x80\xae`},
		{"blank that is none", "a\u00a0b", `a\xc2\xa0b`},
		{"joiner between pictures", "👨\u200d👩", `👨\xe2\x80\x8d👩`},
		{"replacement character of the source", "\ufffd", "\ufffd"},
		{"mark on a letter", "e\u0301", "e\u0301"},
		{"mark on nothing", "\u0301", `\xcc\x81`},
		{"ninth mark", "e" + marks(9), "e" + marks(8) + `\xcc\x81`},
		{"selector", "❤\ufe0f", `❤\xef\xb8\x8f`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := safe.Bytes([]byte(c.in)); got != c.want {
				t.Errorf("Bytes(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}

// source tells from what Bytes shows the bytes it was given.
func source(t interface{ Fatalf(string, ...any) }, s string) []byte {
	var out []byte
	for s != "" {
		switch {
		case strings.HasPrefix(s, `\\`):
			out, s = append(out, '\\'), s[2:]
		case strings.HasPrefix(s, `\r`):
			out, s = append(out, '\r'), s[2:]
		case strings.HasPrefix(s, `\t`):
			out, s = append(out, '\t'), s[2:]
		case s[0] == '\\':
			n, err := strconv.ParseUint(s[2:4], 16, 8)
			if err != nil || s[1] != 'x' {
				t.Fatalf("no escape: %q", s[:4])
			}
			out, s = append(out, byte(n)), s[4:]
		default:
			out, s = append(out, s[0]), s[1:]
		}
	}
	return out
}

func checkBytes(t interface{ Fatalf(string, ...any) }, b []byte) {
	out := safe.Bytes(b)
	if !utf8.ValidString(out) {
		t.Fatalf("Bytes(%q) = %q is not UTF-8", b, out)
	}
	for _, r := range out {
		if why := dangerous(r); why != "" {
			t.Fatalf("Bytes(%q) = %q holds %U (%s)", b, out, r, why)
		}
	}
	if again := safe.Text(out); again != out {
		t.Fatalf("Bytes(%q) = %q is not safe text: %q", b, out, again)
	}
	if back := source(t, out); !bytes.Equal(back, b) {
		t.Fatalf("Bytes(%q) = %q reads back as %q", b, out, back)
	}
}

func TestBytesProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "parts")
		noise := rapid.SliceOfN(rapid.Byte(), 0, 8).Draw(t, "noise")
		checkBytes(t, append([]byte(strings.Join(parts, "")), noise...))
	})
}

func FuzzBytes(f *testing.F) {
	for _, c := range texts {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, b []byte) { checkBytes(t, b) })
}

func TestEveryByteAlone(t *testing.T) {
	for c := range 256 {
		checkBytes(t, []byte{byte(c)})
	}
}
