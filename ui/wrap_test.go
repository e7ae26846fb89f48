package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func rowsOf(s string, first, rest int) []string {
	var out []string
	for _, c := range wrap(nil, s, first, rest) {
		out = append(out, s[c.from:c.to])
	}
	return out
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name, text  string
		first, rest int
		want        string // rows with | between them
	}{
		{"short", "one two", 10, 10, "one two"},
		{"nothing", "", 10, 10, ""},
		{"at blanks", "one two three", 8, 8, "one two|three"},
		{"blank just behind the row", "one two three", 7, 7, "one two|three"},
		{"several blanks belong to no row", "one    two", 5, 5, "one|two"},
		{"a narrower first row", "one two three", 3, 9, "one|two three"},
		{"behind a hyphen between words", "a multi-ethnic one", 10, 10, "a multi-|ethnic one"},
		{"not behind the hyphen of an e-mail", "see e-mail", 6, 6, "see|e-mail"},
		{"within a long word", "abcdefgh", 3, 3, "abc|def|gh"},
		{"accents", "déjà vu là", 7, 7, "déjà vu|là"},
		{"between wide characters", "北京大使馆", 4, 4, "北京|大使|馆"},
		{"a wide character does not fit in half", "a北京", 2, 2, "a|北|京"},
		{"combining marks stay on their letter", "e\u0301e\u0301e\u0301", 2, 2, "e\u0301e\u0301|e\u0301"},
		{"wide words at blanks", "né à Paris", 4, 5, "né à|Paris"},
	} {
		if got := strings.Join(rowsOf(c.text, c.first, c.rest), "|"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Whatever is wrapped: no row is wider than asked unless it is one cluster, no
// character but blanks is lost, and all rows stand in order.
func TestWrapLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("ab -é北e\u0301👩\u200d🚀"))).Draw(t, "text")
		first, rest := rapid.IntRange(1, 12).Draw(t, "first"), rapid.IntRange(1, 12).Draw(t, "rest")
		limit, from := first, 0
		for _, c := range wrap(nil, text, first, rest) {
			if c.from < from || c.to < c.from {
				t.Fatalf("rows out of order: %v", wrap(nil, text, first, rest))
			}
			if lost := strings.Trim(text[from:c.from], " "); lost != "" {
				t.Fatalf("lost %q", lost)
			}
			row := text[c.from:c.to]
			if n := ansi.StringWidth(row); n > limit {
				if one, _ := ansi.FirstGraphemeCluster(row, ansi.GraphemeWidth); len(one) < len(row) {
					t.Fatalf("%q is %d cells wide, more than %d", row, n, limit)
				}
			}
			from, limit = c.to, rest
		}
		if lost := strings.Trim(text[from:], " "); lost != "" {
			t.Fatalf("lost %q at the end", lost)
		}
	})
}

func TestReflow(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{
			"lines broken by the telegram are joined",
			"The minister said that the offer stands until the winter and\nno longer. He did not say who had made it, nor when it was.",
			"The minister said that the offer stands until the winter and no longer. He did not say who had made it, nor when it was.",
		},
		{"runs of blanks become one", "one  two    three", "one two three"},
		{"a hyphen at the end of a line stays", "the multi-\nethnic one", "the multi-ethnic one"},
		{"a dash at the end of a line is no hyphen", "the winter --\nnot before", "the winter -- not before"},
		{"bullets stay lines of their own", "He named:\n-- wagons\n-- tariffs", "He named:\n-- wagons\n-- tariffs"},
		{"a dash that begins a line in the middle of a sentence is no bullet", "larger failures in schools, in work, in trade and in housing\n-- as very hard to resolve, and doubted that it would be.", "larger failures in schools, in work, in trade and in housing -- as very hard to resolve, and doubted that it would be."},
		{"bullets without stops", "He named the wagons and the tariffs of the summer and winter\n-- forty wagons of the old kind and the new, and the tariffs\n-- no tariffs", "He named the wagons and the tariffs of the summer and winter\n-- forty wagons of the old kind and the new, and the tariffs\n-- no tariffs"},
		{"lettered items", "Two things:\nA. The first.\nB. The second.", "Two things:\nA. The first.\nB. The second."},
		{"an initial at the start of a line is no item", "in the presence of Ambassador J. and the envoy Herr Doktor\nA. Doe of the same town, whom nobody had asked to be there", "in the presence of Ambassador J. and the envoy Herr Doktor A. Doe of the same town, whom nobody had asked to be there"},
		{"blank lines part paragraphs", "The first ends.\n\nThe second begins.", "The first ends.\n\nThe second begins."},
		{"a sentence goes on behind what was cut out", "he expressed\n\n\nconcern about it", "he expressed concern about it"},
		{
			"a line that ended early on purpose",
			"Present were:\nThe Minister\nThe Deputy\nand the usual company of advisers whom nobody ever introduces.",
			"Present were:\nThe Minister\nThe Deputy and the usual company of advisers whom nobody ever introduces.",
		},
		{
			"capitals go on behind what was cut out",
			"WHO PROVIDED DATA ON THE MOVEMENTS OF THE WAGONS. SECOND\nWOMAN WAS\nTHE DRIVER OF THE LAST OF THE WAGONS, WHO HAD JOINED LATER.",
			"WHO PROVIDED DATA ON THE MOVEMENTS OF THE WAGONS. SECOND WOMAN WAS THE DRIVER OF THE LAST OF THE WAGONS, WHO HAD JOINED LATER.",
		},
		{
			"columns are kept",
			"As the table says:\n  YEAR    VOLUME    PRICE\n  2005    1.1       44\nand so on.",
			"As the table says:\n  YEAR    VOLUME    PRICE\n  2005    1.1       44\nand so on.",
		},
		{"nothing", "", ""},
		{"blank lines only", "\n\n", ""},
	} {
		if got := reflow(c.text).text; got != c.want {
			t.Errorf("%s:\n%q, want\n%q", c.name, got, c.want)
		}
	}
}

// Reflowing loses no word, its pieces are its lines, and a place of the source
// leads to the same letter.
func TestReflowLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("abC.- \n1)é"))).Draw(t, "text")
		r := reflow(text)
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(r.text) != squeeze(text) {
			t.Fatalf("%q became %q", text, r.text)
		}
		var lines []string
		for _, p := range r.pieces {
			lines = append(lines, r.text[p.from:p.to])
		}
		if got := strings.Join(lines, "\n"); got != r.text {
			t.Fatalf("the pieces of %q are %q", r.text, got)
		}
		for i := 0; i < len(text); i++ {
			if text[i] != ' ' && text[i] != '\n' && r.text[r.at(i)] != text[i] {
				t.Fatalf("byte %d of %q leads to %d of %q", i, text, r.at(i), r.text)
			}
		}
	})
}

func BenchmarkWrap(b *testing.B) {
	text := strings.Repeat("The minister said that the offer stands until the winter. ", 20)
	b.SetBytes(int64(len(text)))
	var cuts []cut
	for b.Loop() {
		cuts = wrap(cuts[:0], text, 67, 64)
	}
}

func BenchmarkWrapWide(b *testing.B) {
	text := strings.Repeat("Le ministre a déclaré que l'offre tient jusqu'à l'hiver. ", 20)
	b.SetBytes(int64(len(text)))
	var cuts []cut
	for b.Loop() {
		cuts = wrap(cuts[:0], text, 67, 64)
	}
}
