package safe_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"chancery/model/safe"
)

var texts = []struct {
	name, in, want string
	dirty          int
}{
	{"empty", "", "", 0},
	{"ASCII", "1. (S) Summary: the talks go on.\n", "1. (S) Summary: the talks go on.\n", 0},
	{"letters of other scripts", "Ñandú Київ 東京 שלום ไทย", "Ñandú Київ 東京 שלום ไทย", 0},

	// Controls.
	{"colour", "\x1b[31mred", "^[[31mred", 1},
	{"title ended by BEL", "\x1b]0;own\a", "^[]0;own^G", 2},
	{"NUL, VT, FF, US, DEL", "\x00\v\f\x1f\x7f", "^@^K^L^_^?", 5},
	{"backspace over a marking", "(S)\b\b(U)", "(S)^H^H(U)", 2},
	{"C1 as a code point", "a\u009b31m", `a\x9b31m`, 1},
	{"C1 as a single byte", "a\x9b31m", `a\x9b31m`, 1},
	{"first and last of C1", "\u0080\u009f\x80\x9f", `\x80\x9f\x80\x9f`, 4},
	{"separators", "a\u2028b\u2029c", `a\u2028b\u2029c`, 2},

	// Line ends.
	{"CR LF", "a\r\nb\r\n", "a\nb\n", 0},
	{"CR alone, as in overprinting", "SECRET\rUNCLAS", "SECRET\nUNCLAS", 0},
	{"CR CR LF of teleprinters", "a\r\r\nb", "a\nb", 0},
	{"three CR and LF", "a\r\r\r\nb", "a\n\nb", 0},
	{"NEL", "a\u0085b", "a\nb", 0},
	{"NEL as a single byte is a control", "a\x85b", `a\x85b`, 1},

	// Tabs.
	{"tab at the margin", "\tx", "        x", 0},
	{"tab after seven", "1234567\tx", "1234567 x", 0},
	{"tab after eight", "12345678\tx", "12345678        x", 0},
	{"tab in the second line", "12345\n12\tx", "12345\n12      x", 0},
	{"tab after wide letters", "東京\tx", "東京    x", 0},
	{"tab after an accent", "e\u0301\tx", "e\u0301       x", 0},
	{"tab after an escape", "\x1b\tx", "^[      x", 1},
	{"two tabs", "a\t\tb", "a" + strings.Repeat(" ", 15) + "b", 0},

	// Broken UTF-8.
	{"Latin-1 letter", "caf\xe9", "caf\ufffd", 1},
	{"cut short", "\xe2\x82", "\ufffd\\x82", 2},
	{"overlong ESC", "\xc0\x9b", "\ufffd\\x9b", 2},
	{"surrogate", "\xed\xa0\x80", "\ufffd\ufffd\\x80", 3},
	{"replacement character of the source", "\ufffd", "\ufffd", 0},
	{"noncharacters", "\ufdd0\uffff\U0010fffe", "\ufffd\ufffd\ufffd", 3},

	// Bidi.
	{"override", "(\u202eS)", "(<RLO>S)", 1},
	{
		"all of them", "\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
		"<LRE><RLE><PDF><LRO><LRI><RLI><FSI><PDI><LRM><RLM><ALM>", 11,
	},

	// What draws nothing.
	{"zero-width blank in a word", "SE\u200bCRET", "SECRET", 1},
	{"joiners between Latin letters", "S\u200cE\u200dC", "SEC", 2},
	{"word joiner, soft hyphen, BOM inside", "a\u2060b\u00adc\ufeffd", "abcd", 3},
	{"BOM at the start", "\ufeffVZCZC", "VZCZC", 0},
	{"tags", "a\U000e0001\U000e0041\U000e007f", "a", 3},
	{"private use", "a\ue000b\U000f0000c\U0010fffdd", "abcd", 3},
	{"fillers", "a\u115f\u3164\uffa0b", "ab", 3},
	{"invisible operators", "a\u2062b", "ab", 1},
	{"selector without a base", "\ufe0fa\ufe0f", "a", 2},
	{"selector after a digit alone", "1\ufe0f2", "12", 1},

	// Where joiners and selectors have a meaning.
	{"Persian", "می\u200cخواهم", "می\u200cخواهم", 0},
	{"Sinhala", "ශ\u0dca\u200dරී", "ශ\u0dca\u200dරී", 0},
	{"family", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧", 0},
	{"with skin tone and heart", "👩🏽\u200d❤\ufe0f\u200d👨🏿", "👩🏽\u200d❤\ufe0f\u200d👨🏿", 0},
	{"joiner after the last picture", "👨\u200d", "👨", 1},
	{"two joiners", "👨\u200d\u200d👩", "👨\u200d👩", 1},
	{"joiner that would meet a dropped rune", "👨\u200d\ue000👩", "👨👩", 2},
	{"joiner after an escape", "👨\x1b🏽\u200d👩", "👨^[🏽👩", 2},
	{"joiner after a full cluster", "क" + strings.Repeat("\u094d", 9) + "\u200d", "क" + strings.Repeat("\u094d", 8) + "<+1>", 2},
	{"keycap", "1\ufe0f\u20e3", "1\ufe0f\u20e3", 0},
	{"form of an ideograph", "葛\U000e0100", "葛\U000e0100", 0},
	{"Arabic number sign draws", "\u0600١", "\u0600١", 0},
	{"ten pictures joined", strings.Repeat("👨\u200d", 9) + "👨", strings.Repeat("👨\u200d", 8) + "👨👨", 1},

	// Marks.
	{"eight marks", "e" + marks(8), "e" + marks(8), 0},
	{"nine marks", "e" + marks(9) + "f", "e" + marks(8) + "<+1>f", 1},
	{"a thousand marks", "e" + marks(1000), "e" + marks(8) + "<+992>", 1},
	{"marks with a dropped rune between", "e" + marks(8) + "\u200b" + marks(2) + ".", "e" + marks(8) + "<+2>.", 2},
	{"mark at the start", "\u0336(S)", "◌\u0336(S)", 1},
	{"mark at the start of a line", "a\n\u0336b", "a\n◌\u0336b", 1},
	{"mark after a blank", "a \u0301b", "a ◌\u0301b", 1},
	{"mark after an escape", "\x1b\u0336", "^[◌\u0336", 2},
	{"Thai", "ที่นี่", "ที่นี่", 0},
}

func marks(n int) string { return strings.Repeat("\u0301", n) }

func TestText(t *testing.T) {
	for _, c := range texts {
		t.Run(c.name, func(t *testing.T) {
			if got := safe.Text(c.in); got != c.want {
				t.Errorf("Text(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
			if got := safe.Dirty(c.in); got != c.dirty {
				t.Errorf("Dirty(%q) = %d, want %d", c.in, got, c.dirty)
			}
		})
	}
}

func TestLineHasNoLineBreak(t *testing.T) {
	if got, want := safe.Line("a\r\nb\nc\rd\u0085e"), "a b c d e"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRunsMarkTheEscapes(t *testing.T) {
	got := safe.Runs("^[ \x1b]8;;x\a\u202eZ" + "e" + marks(9))
	want := []safe.Run{
		{"^[ ", false},
		{"^[", true},
		{"]8;;x", false},
		{"^G", true},
		{"<RLO>", true},
		{"Ze" + marks(8), false},
		{"<+1>", true},
	}
	if len(got) != len(want) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("run %d is %+v, want %+v", i, got[i], want[i])
		}
	}
	if safe.Runs("") != nil {
		t.Error("the empty text has runs")
	}
}

// dangerous says why a rune must not reach a terminal, "" when it may.
func dangerous(r rune) string {
	switch {
	case r == '\n':
		return ""
	case r < 0x20 || r == 0x7f:
		return "C0"
	case r >= 0x80 && r <= 0x9f:
		return "C1"
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x61c:
		return "bidi control"
	case r == 0x2028 || r == 0x2029:
		return "separator"
	case r == 0x200b, r == 0x2060, r == 0xfeff, r == 0xad, r >= 0xe0000 && r <= 0xe007f:
		return "invisible"
	case unicode.Is(unicode.Co, r):
		return "private use"
	}
	return ""
}

// check holds the promises of Text for one input.
func check(t interface{ Fatalf(string, ...any) }, s string) {
	out := safe.Text(s)
	if !utf8.ValidString(out) {
		t.Fatalf("Text(%q) = %q is not UTF-8", s, out)
	}
	run, prev := 0, rune(0)
	for _, r := range out {
		if why := dangerous(r); why != "" {
			t.Fatalf("Text(%q) = %q holds %U (%s)", s, out, r, why)
		}
		if !unicode.Is(unicode.M, r) {
			run = 0
		} else if run++; run > 8 {
			t.Fatalf("Text(%q) = %q has more than 8 marks in a row", s, out)
		}
		if run == 1 && (prev == 0 || prev == '\n' || prev == ' ') {
			t.Fatalf("Text(%q) = %q has a mark on nothing", s, out)
		}
		prev = r
	}
	if again := safe.Text(out); again != out {
		t.Fatalf("Text(%q) = %q, and again %q", s, out, again)
	}
	if n := safe.Dirty(out); n != 0 {
		t.Fatalf("Text(%q) = %q is still dirty: %d", s, out, n)
	}
	var joined strings.Builder
	for _, r := range safe.Runs(s) {
		joined.WriteString(r.Text)
	}
	if joined.String() != out {
		t.Fatalf("the runs of %q join to %q, want %q", s, joined.String(), out)
	}
	if line := safe.Line(s); strings.Contains(line, "\n") || safe.Line(line) != line {
		t.Fatalf("Line(%q) = %q", s, line)
	}
}

// pieces are what the random texts are made of: everything the gate decides
// on, so that each meets each.
var pieces = []string{
	"a", "Z", " ", "\n", "\r", "\r\n", "\t", "\\", "1", "#", "<", "^[", "\x1b", "\x1b[2J", "\x00", "\x7f", "\u0085", "\u009b", "\x9b", "\xff",
	"\xe2", "\u2028", "\u202e", "\u2069", "\u200e", "\u061c", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\U000e0041",
	"\ufe0f", "\ufe00", "\U000e0100", "\u180b", "\u20e3", "\u0301", "\u0336", "\u094d", "क", "ශ", "م", "ی", "ᠠ", "葛", "東", "שׁ", "ที่",
	"👨", "❤", "🏽", "🇫", "◌", "\ue000", "\U000f0000", "\ufffd", "\uffff", "\u115f", "\u00a0", "\u3000", "\u0600", "\u0604",
}

func TestTextProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(pieces), rapid.StringN(0, 4, -1))).Draw(t, "parts")
		check(t, strings.Join(parts, ""))
	})
}

func FuzzText(f *testing.F) {
	for _, c := range texts {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) { check(t, s) })
}

func TestEveryRuneAlone(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if utf8.ValidRune(r) {
			check(t, string(r))
		}
	}
}

func TestPlainTextCostsNothing(t *testing.T) {
	s := strings.Repeat("1. (C) The Ambassador met the Minister.\n", 100)
	if n := testing.AllocsPerRun(20, func() { safe.Text(s) }); n != 0 {
		t.Errorf("plain ASCII costs %v allocations", n)
	}
	// One LF, then one for the builder; the text may grow the builder once more.
	dirty := s + "\x1b" + s
	if n := testing.AllocsPerRun(20, func() { safe.Text(dirty) }); n > 2 {
		t.Errorf("text with one escape costs %v allocations", n)
	}
}

func BenchmarkTextPlain(b *testing.B) {
	bench(b, strings.Repeat("1. (C) The Ambassador met the Minister of Foreign Affairs.\n", 200))
}

func BenchmarkTextAccents(b *testing.B) {
	bench(b, strings.Repeat("1. (C) The Embassy in Bogotá met Señor Núñez at Café Orléans.\n", 200))
}

func BenchmarkTextHostile(b *testing.B) {
	bench(b, strings.Repeat("\x1b]0;x\a\u202e\u009b\xff\u200b", 800))
}

func bench(b *testing.B, s string) {
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		safe.Text(s)
	}
}
