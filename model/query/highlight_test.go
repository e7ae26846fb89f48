package query

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestHighlight(t *testing.T) {
	const text = "The Élysée asked about end-user checks,\nURANIUM and uranium enrichment; end of each\nuser visit: 000051 uraniumwerk. 東京"
	for _, c := range []struct{ query, want string }{
		{"", ""},
		{"tag:PREL class:s", ""},
		{"nowhere", ""},
		{"elysee", "Élysée"},
		{"uranium", "URANIUM|uranium"},
		{"=uranium", "uranium"},
		{"urani*", "URANIUM|uranium|uraniumwerk"},
		{"~uranum", "URANIUM|uranium"},
		{"51", "000051"},
		{"京", "京"},
		{"東京", "東京"},
		{"end-user", "end-user"},
		{`"uranium enr*"`, "uranium enrichment"},
		{`"checks uranium"`, "checks,\nURANIUM"},
		{`"user enrichment"~3`, "enrichment|user"},
		{`"user end"~2`, "end|user|end|user"},
		{`"user end"~1`, "end|user"},
		{"/checks, uranium/", "checks,\nURANIUM"},
		{"/x*/", ""},
		{"/urani.m/ uranium", "URANIUM|uranium|uranium"},
		{"-uranium", ""},
		{"--uranium", "URANIUM|uranium"},
		{"NOT (visit -each)", "each"},
		{"visit -each", "visit"},
		{"subject:visit body:/51/", "visit|51"},
		{"subject!=visit", ""},
		{"-(subject!=visit)", "visit"},
		{"para{mark:s visit}", "visit"},
		{"visit OR nowhere", "visit"},
		{`"uranium and uranium" "and uranium enrichment"`, "URANIUM and uranium enrichment"},
		{`by:user origin:end`, ""},
	} {
		var got []string
		for _, s := range parseBare(t, c.query).Highlight(text) {
			got = append(got, s.Of(text))
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %s, want %s", c.query, s, c.want)
		}
	}
	var all *Query
	if all.Highlight(text) != nil {
		t.Error("no query marks something")
	}
	if by := (&Query{Root: &Term{Words: []Word{{Text: "visit"}}}}).Highlight(text); len(by) != 1 {
		t.Errorf("a query put together by hand marks %v", by)
	}
}

func TestTerms(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"", ""},
		{"tag:PREL /x/", ""},
		{`iran -iraq (subject:visit OR para{"end user" mark:s}) by:smith`, `iran|visit|"end user"`},
	} {
		var got []string
		for _, x := range parseBare(t, c.query).Terms() {
			got = append(got, Print(x))
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %s, want %s", c.query, s, c.want)
		}
	}
}

// checkHighlight says what must hold of the marks in any text.
func checkHighlight(t interface{ Fatalf(string, ...any) }, q *Query, text string) {
	end := 0
	for _, s := range q.Highlight(text) {
		if s.Start < end || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("%s marks %v of %d bytes of %q", q.Text, q.Highlight(text), len(text), text)
		}
		end = s.End
	}
}

// A term that stands alone is marked where it matches, and only there.
func TestMarksAreMatches(t *testing.T) {
	words := rapid.SampledFrom([]string{"end", "user", "End", "uranium", "uraniums", "enrichment", "東京", "élysée", "000051", "\n", "; ", "\u00ad", "\u0301"})
	terms := rapid.SampledFrom([]string{"end", "=End", "urani*", "~uranim", "end-user", `"end us*"`, `"end user"~2`, `"end end"~3`, "東京", "51", "/end.user/", "/(?-i)End/", "elysee"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(words, 0, 12).Draw(t, "text"), rapid.SampledFrom([]string{" ", "-", ""}).Draw(t, "joint"))
		q := parseRapid(t, terms.Draw(t, "term"))
		checkHighlight(t, q, text)
		if marked, match := len(q.Highlight(text)) > 0, q.Match(&Doc{Subject: text}); marked != match {
			t.Fatalf("%s in %q: marked %v, matches %v", q.Text, text, marked, match)
		}
	})
}

func TestHighlightAllocates(t *testing.T) {
	text := strings.Repeat("The Ambassador called on the Deputy Foreign Minister to discuss the schedule. ", 20)
	for _, query := range []string{"tag:PREL", "uranium", "urani* =Iran ~natanz", `"end user" "uranium enrichment"~5`, "-uranium"} {
		q := parseBare(t, query)
		if n := testing.AllocsPerRun(10, func() { q.Highlight(text) }); n > 0 {
			t.Errorf("%s: %v allocations on a text without it", query, n)
		}
	}
}

func BenchmarkHighlight(b *testing.B) {
	text := strings.Repeat("The Ambassador called on the Deputy Foreign Minister to discuss end-user checks and the schedule. ", 10)
	for _, query := range []string{"tag:PREL", "nowhere", "schedule", `"end user"`, `"end schedule"~5`, "~shedule", "/end.user/"} {
		q := parseBare(b, query)
		b.Run(query, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				q.Highlight(text)
			}
		})
	}
}
