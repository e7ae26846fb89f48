package query

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// show writes a chain as people would: * for letters that are not known.
func (c Chain) show() string {
	var words []string
	for _, p := range c {
		var b strings.Builder
		if !p.start {
			b.WriteByte('*')
		}
		for _, set := range p.letters {
			var all string
			for _, l := range "abcdefghijklmnopqrstuvwxyz0123456789" {
				if set&letterSetOf(byte(l)) != 0 {
					all += string(l)
				}
			}
			if len(all) > 1 {
				all = "[" + all + "]"
			}
			b.WriteString(all)
		}
		if !p.end && !p.Any() {
			b.WriteByte('*')
		}
		words = append(words, b.String())
	}
	return strings.Join(words, " ")
}

func TestChains(t *testing.T) {
	for _, c := range []struct{ pattern, want string }{
		{"uraniu[mn] enrich", "*uraniu[mn] enrich*"},
		{"uranium", "*uranium*"},
		{"Kazakh(stan)?", "*kazakh*"},
		{"^scene(setter|x) for (the )+visit$", "scene*, for, *the, *visit"},
		{"iran|iraq", "*ira[nq]*"},
		{"000051", ""},
		{"a00051", "*a00051*"},
		{"end.user", "*end*, *user*"},
		{"end[- ]user", "user*"},
		{`end\s+user talks\b`, "user talks*"},
		{"minister of finance", "*minister * finance*"},
		{"in 2007 nothing", "nothing*"},
		{"nothing in 2007 nothing", "*nothing * * nothing*"},
		{"(abc){0,2}(def){2,3}", "*def*"},
		{"(uranium enrich)+", "*uranium enrich*"},
		{`end\s*user`, "*end*, *user*"},
		{"(?-i)NODIS", "*nodis*"},
		{"caf\u00e9s", "*caf*"},
		{"[kK]iev", "*kiev*"},
		{"kiss", "*kiss*"},
		{"[a-z]+tion [0-9]{4}", "*tion"},
		{"[^a]bcd", "*bcd*"},
	} {
		var got []string
		for _, chain := range parseBare(t, "/"+c.pattern+"/").Root.(*Regexp).Chains() {
			got = append(got, chain.show())
		}
		if got := strings.Join(got, ", "); got != c.want {
			t.Errorf("/%s/ has %q, want %q", c.pattern, got, c.want)
		}
	}
}

// in says whether a chain stands among words.
func (c Chain) in(words []string) bool {
	for i := 0; i+len(c) <= len(words); i++ {
		all := true
		for k := range c {
			all = all && c[k].Fits(words[i+k])
		}
		if all {
			return true
		}
	}
	return false
}

// A text that an expression matches has its chains.
func TestChainsAreNeeded(t *testing.T) {
	part := rapid.SampledFrom([]string{
		"abc", "ABC", "(?i:aks)", "k", "s", "(abd)?", "(aks|abc)", "(abc)+", " ", " ", "-", "007", "a07", "é", ".", "x{2,3}", "(?-i)", "[ab]bc",
		`\s+`, "[ -]", "^", "$", `\b`, `\B`, "[a-c]{3}", "abcd", "(abcd abc )+", "[0-9]", " +", "[[:punct:]]", `\w`, "aksaks", "(?:abcd|abce)",
	})
	word := rapid.SampledFrom([]string{
		"abc", "Abc", "a\u212as", "ak\u017f", "aks", "k", "s", "abd", " ", " ", " ", "\n", "-", "007", "a07", "é", "e\u0301", "x", "\u00ad", "abcd", "aksaks", "7", "\xff", "\u0301",
	})
	matched := 0
	rapid.Check(t, func(t *rapid.T) {
		pattern := strings.Join(rapid.SliceOfN(part, 1, 5).Draw(t, "pattern"), "")
		text := strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "text"), "")
		n := parseRapid(t, "/"+pattern+"/").Root.(*Regexp)
		if !n.In(text) {
			return
		}
		matched++
		words := strings.Fields(string(stream(text)))
		for _, c := range n.Chains() {
			if len(c) == 0 || c[0].Any() || c[len(c)-1].Any() {
				t.Fatalf("/%s/ has a chain that tells nothing: %s", pattern, c.show())
			}
			if !c.in(words) {
				t.Fatalf("/%s/ matches %q, and has not %s", pattern, text, c.show())
			}
		}
	})
	if matched == 0 {
		t.Error("nothing ever matched")
	}
}

// Expressions made of pieces of a text, so that they match it, have chains that
// stand in it.
func TestChainsOfWhatMatches(t *testing.T) {
	word := rapid.SampledFrom([]string{"uranium", "enrich", "visit", "the", "of", "007", "a51", "Köln", "K\u0301iev", "\u212aiev", "end-user", "2,000", "s", "mi\u00adnister", "石油"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(word, 1, 8).Draw(t, "text"), rapid.SampledFrom([]string{" ", ", ", "\n", " - "}).Draw(t, "between"))
		runes := []rune(text)
		from := rapid.IntRange(0, len(runes)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(runes)).Draw(t, "to")
		var pattern strings.Builder
		for _, r := range runes[from:to] {
			switch {
			case r == '\n' || r == ' ' && rapid.Bool().Draw(t, "space"):
				pattern.WriteString(rapid.SampledFrom([]string{`\s`, `\s+`, " ", "[ ,]"}).Draw(t, "as"))
			case r < 0x80 && rapid.IntRange(0, 5).Draw(t, "one of") == 0 && r != '-':
				fmt.Fprintf(&pattern, "[%cx]", r)
			default:
				pattern.WriteRune(r)
			}
		}
		n := parseRapid(t, "/"+pattern.String()+"/").Root.(*Regexp)
		if !n.In(text) {
			t.Fatalf("/%s/ does not match %q", &pattern, text)
		}
		words := strings.Fields(string(stream(text)))
		for _, c := range n.Chains() {
			if !c.in(words) {
				t.Fatalf("/%s/ matches %q, and has not %s", &pattern, text, c.show())
			}
		}
	})
}
