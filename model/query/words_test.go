package query

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestAppendWords(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"signs alone", " -- ...\x00\x1b", ""},
		{"letters", "The END", "the end"},
		{"hyphen", "end-user", "end user"},
		{"apostrophes", "O'Brien O’Brien", "o brien o brien"},
		{"quotes", `"a" “b” «c»`, "a b c"},
		{"points", "U.S. 2,500", "u s 2 500"},
		{"control bytes", "a\x00b\x7fc", "a b c"},
		{"zeros", "000051 0 000 051a 007", "51 0 0 051a 7"},
		{"accents", "Ñandú Élysée Łódź Đakovo Øre", "nandu elysee lodz dakovo ore"},
		{"accents apart", "E\u0301lyse\u0301e", "elysee"},
		{"two letters", "Straße Ægir Œuvre Þór", "strasse aegir oeuvre thor"},
		{"Turkish", "İstanbul ısı", "istanbul isi"},
		{"Vietnamese", "Nguyễn Đức", "nguyen duc"},
		{"Greek", "Αθήνα ΑΘΗΝΑΣ", "αθηνα αθηνασ"},
		{"Cyrillic", "Королёв Николай", "королев николаи"},
		{"Chinese", "the 東京 talks", "the 東 京 talks"},
		{"glued", "abc東京def", "abc 東 京 def"},
		{"full width", "ＡＢＣ１２", "abc12"},
		{"digits of another script", "٠٥١", "51"},
		{"soft hyphen", "ura\u00adnium", "uranium"},
		{"blank of no width", "a\u200bb", "a b"},
		{"no UTF-8", "a\xffb\xc3", "a b"},
		{"ligature", "ﬁnal oﬃce", "final office"},
		{"ordinal", "Nº 3ª", "no 3a"},
		{"Angstrom", "\u212b", "a"},
		{"mark on nothing", "\u0301 a", "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := string(AppendWords(nil, c.text))
			if c.want != "" {
				c.want += " "
			}
			if got != c.want {
				t.Errorf("AppendWords(%q)\n got %q\nwant %q", c.text, got, c.want)
			}
			if got := string(apart(c.text).words); got != c.want {
				t.Errorf("apart(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

// checkWords says what must hold of the words of any text.
func checkWords(t interface{ Fatalf(string, ...any) }, text string) {
	words := AppendWords([]byte("before "), text)
	if !strings.HasPrefix(string(words), "before ") {
		t.Fatalf("AppendWords(%q) changed what stood before", text)
	}
	words = words[len("before "):]
	if !utf8.Valid(words) {
		t.Fatalf("AppendWords(%q) = %q", text, words)
	}
	for i, c := range words {
		switch {
		case c >= 0x80, c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == ' ' && i > 0 && words[i-1] != ' ':
		default:
			t.Fatalf("AppendWords(%q) = %q holds %q at %d", text, words, c, i)
		}
	}
	if len(words) > 0 && words[len(words)-1] != ' ' {
		t.Fatalf("AppendWords(%q) = %q: no blank after the last", text, words)
	}
	if again := AppendWords(nil, string(words)); string(again) != string(words) {
		t.Fatalf("AppendWords(%q) = %q\n and again %q", text, words, again)
	}
	p := apart(text)
	if string(p.words) != string(words) {
		t.Fatalf("%q is %q to AppendWords, %q to the scanner", text, words, p.words)
	}
	if q := passageOf(words); len(q.at) != len(p.at) {
		t.Fatalf("%q has %d words, %d after all", text, len(p.at), len(q.at))
	}
	end := 0
	for i, w := range p.at {
		if w.start < end || w.end <= w.start || w.end > len(text) {
			t.Fatalf("word %d of %q at %v", i, text, w)
		}
		if got := AppendWords(nil, text[w.start:w.end]); string(got) != string(p.word(i))+" " {
			t.Fatalf("word %d of %q is %q, cut out %q", i, text, p.word(i), got)
		}
		end = w.end
	}
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "end-user 000051", "Straße", "東京 talks", "a\u0301\u00adb\xff", "０７ ٠٥", "Ĳ ﬃ Å"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkWords(t, s) })
}

func TestWordsOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkWords(t, rapid.String().Draw(t, "text")) })
	text := ""
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if text += "0" + string(r) + "0 "; r%64 == 63 {
			checkWords(t, text)
			text = ""
		}
	}
}

// The tables were made from the decompositions of Unicode; this makes them again.
func TestTables(t *testing.T) {
	for r := rune(0xc0); r < 0x2000; r++ {
		if !unicode.IsLetter(r) || r > 0x52f && r < 0x1e00 {
			continue
		}
		var plain []rune
		for _, d := range norm.NFD.String(string(r)) {
			if !unicode.Is(unicode.Mn, d) {
				plain = append(plain, d)
			}
		}
		want := string(AppendWords(nil, string(plain)))
		if got := string(AppendWords(nil, string(r))); got != want {
			t.Errorf("%c %U is %q, without its accent %q", r, r, got, want)
		}
	}
}

func TestDigits(t *testing.T) {
	for _, x := range unicode.Nd.R16 {
		if x.Stride != 1 || (x.Hi-x.Lo+1)%10 != 0 {
			t.Errorf("%U to %U are not whole tens", x.Lo, x.Hi)
		}
	}
	for _, x := range unicode.Nd.R32 {
		if x.Stride != 1 || (x.Hi-x.Lo+1)%10 != 0 {
			t.Errorf("%U to %U are not whole tens", x.Lo, x.Hi)
		}
	}
}

func BenchmarkAppendWords(b *testing.B) {
	english := strings.Repeat("1. (C) SUMMARY: The Ambassador called on the Deputy Foreign Minister on October 15, 2007,\nto discuss end-user checks and the schedule of 12 visits. END SUMMARY.\n\n", 200)
	for _, c := range []struct{ name, text string }{
		{"english", english},
		{"french", strings.Repeat("Le ministère des Affaires étrangères a confirmé l'arrivée d'une délégation.\n", 200)},
		{"chinese", strings.Repeat("東京 talks 中国大使館の発表 ", 400)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			var buf []byte
			for b.Loop() {
				buf = AppendWords(buf[:0], c.text)
			}
		})
	}
}
