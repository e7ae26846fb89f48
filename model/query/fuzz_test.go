package query

import (
	"testing"

	"pgregory.net/rapid"

	"chancery/model"
)

// checkParse says what must hold of the reading of any text.
func checkParse(t interface {
	Fatalf(string, ...any)
	Helper()
}, text string, o Options,
) {
	t.Helper()
	inside := func(what string, s model.Span) {
		if s.Start < 0 || s.End < s.Start || s.End > len(text) {
			t.Fatalf("%q: %s at %v", text, what, s)
		}
	}
	for _, at := range []int{0, len(text) / 2, len(text)} {
		checkComplete(t, text, at)
	}
	q, err := Parse(text, o)
	if err != nil {
		e := err.(*Error)
		inside("fault", e.Span)
		if e.Query != text || e.What == "" || e.Hint == "" || e.Span.Len() == 0 {
			t.Fatalf("%q: %#v", text, e)
		}
		_ = e.Error()
		return
	}
	for _, n := range q.Notes {
		inside("note", n.Span)
	}
	spans(q.Root, func(start, end int) { inside("part", model.Span{Start: start, End: end}) })
	q.Explain()
	checkHighlight(t, q, text)
	q.Match(&Doc{Subject: text, Paras: []Paragraph{{Text: text}}})
	if q.Root == nil {
		return
	}
	printed := Print(q.Root)
	if len(printed) > longestQuery {
		return // a word in small letters may be longer than in capitals
	}
	again, err := Parse(printed, Options{Desk: true, Saved: saved})
	if err != nil {
		t.Fatalf("%q prints as %q:\n%v", text, printed, err)
	}
	if twice := Print(again.Root); twice != printed {
		t.Fatalf("%q prints as %q and again as %q", text, printed, twice)
	}
}

// pieces are what queries are made of, whole and broken.
func pieces() []string {
	return []string{
		"iran", " ", " ", "OR", "AND", "NOT", "|", "-", "(", ")", "para{", "}", `"`, "“", "~", "*", "=", "/", `\`, ":", ",", "..", ">", ">=", "!=", "!", "<",
		"tag:", "class", "secret", "s/nf", "date:", "2007", "-10", "id:", "07ASTANA9911", "is:", "new", "later", "subject:", "file:", "words>", "q:", "either", "weekly-watch",
		"\x00", "\u202e", "東京", "é", "\u0301", "\xff", "[a-z]+", "(?i)", "{2,5}", "5",
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", `tag:PREL origin:astana after:2007-10 class>=secret "exact phrase" -word`, `para{mark:s/nf "end user"~5} -origin:state`,
		`=secret ~kazatomprom missil*`, `subject:/^(scene)?setter/`, "q:weekly-watch -is:read", "(a OR b", `"end us*" /a{2}/`, "date:2007..2006", "tag:PREL,PGOV", "date:2007,,",
	} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, typing bool) {
		checkParse(t, s, Options{Typing: typing, Desk: true, Saved: saved})
	})
}

func TestParseAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, s := range rapid.SliceOfN(rapid.SampledFrom(pieces()), 0, 12).Draw(t, "pieces") {
			text += s
		}
		checkParse(t, text, Options{Typing: rapid.Bool().Draw(t, "typing"), Desk: true, Saved: saved})
	})
}

// What stands in and around the values of a field is tried in every order, as
// fuzzing only does by luck.
func TestValuesInEveryOrder(t *testing.T) {
	parts := []string{"", ",", "=", "~", "*", "/", `"`, "..", "2007", "a b", "(", "é"}
	for _, name := range fieldNames() {
		for _, a := range parts {
			for _, b := range parts {
				for _, c := range parts {
					checkParse(t, name+":2007"+a+b+c, Options{Desk: true, Saved: saved})
					checkParse(t, name+":"+a+b+c, Options{Typing: true, Desk: true, Saved: saved})
				}
			}
		}
	}
}
