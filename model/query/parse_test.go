package query

import (
	"strings"
	"testing"
)

// parse reads a query with all that a reader keeps.
func parse(t *testing.T, text string) *Query {
	t.Helper()
	q, err := Parse(text, Options{Desk: true, Saved: saved})
	if err != nil {
		t.Fatalf("Parse(%q):\n%v", text, err)
	}
	return q
}

func saved(name string) (string, bool) {
	text, ok := map[string]string{
		"weekly-watch": "tag:PREL,PGOV origin:astana",
		"either":       "iran OR iraq",
		"a":            "q:b", "b": "q:c", "c": "q:a",
		"bad":   "tag:PREL (",
		"worse": "q:bad",
		"empty": "  ",
		"para":  "para{iran}",
		"self":  "iran q:self",
	}[name]
	return text, ok
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"", ""},
		{"  \t\n", ""},
		// The twelve samples of the design.
		{`tag:PREL origin:astana after:2007-10 class>=secret "exact phrase" -word`, `tag:prel origin:astana after:"2007-10" class>=secret "exact phrase" -word`},
		{`-tag:OVIP`, `-tag:ovip`},
		{`tag:PREL,PGOV (origin:astana OR origin:almaty)`, `tag:prel,pgov (origin:astana OR origin:almaty)`},
		{`para{mark:s/nf "end user"~5} -origin:state`, `para{mark:"s/nf" "end user"~5} -origin:state`},
		{`cites:07ASTANA9911 OR citedby:07ASTANA9911`, `cites:07ASTANA9911 OR citedby:07ASTANA9911`},
		{`date:2007-10..2008-02`, `date:"2007-10..2008-02"`},
		{`declas<=2017 is:starred`, `declas<=2017 is:starred`},
		{`class!=unclassified`, `class!=unclassified`},
		{`missing:declas class>=confidential`, `missing:declas class>=confidential`},
		{`=secret ~kazatomprom missil*`, `=secret ~kazatomprom missil*`},
		{`subject:/^(scene)?setter/`, `subject:/^(scene)?setter/`},
		{`q:weekly-watch -is:read`, `(tag:prel,pgov origin:astana) -is:read`},

		{"iran", "iran"},
		{"Iran IRAQ", "iran iraq"},
		{"iran AND iraq", "iran iraq"},
		{"a b OR c d", "a b OR c d"},
		{"a OR b OR c", "a OR b OR c"},
		{"a|b", "a OR b"},
		{"(a OR b) c", "(a OR b) c"},
		{"a (b c)", "a (b c)"},
		{"((a))", "a"},
		{"NOT a", "-a"},
		{"- -a OR b", ""}, // refused, see TestErrors
		{"--a", "--a"},
		{"NOT NOT a", "--a"},
		{"NOT (a OR b)", "-(a OR b)"},
		{"a -b", "a -b"},
		{"a OR -b", "a OR -b"},
		{"end-user", `"end user"`},
		{"O'Brien", `"o brien"`},
		{"“end user”", `"end user"`},
		{"„end user“", `"end user"`},
		{`"end, user!"`, `"end user"`},
		{`"end us*"`, `"end us*"`},
		{`"urani* enrichment"`, `"urani* enrichment"`},
		{`"* stars * only **"`, `"stars only"`},
		{`"a b"~5`, `"a b"~5`},
		{`"uranium"~100`, `"uranium"~100`},
		{"000051", "51"},
		{"10:30", `"10 30"`},
		{"U.S.", `"u s"`},
		{"東京", `"東 京"`},
		{"=OR", "=OR"},
		{"=End-User", "=End-User"},
		{"=007", "=007"},
		{"~Kazatomprom", "~kazatomprom"},
		{"end-us*", `"end us*"`},
		{"ORACLE", "oracle"},
		{"OR-x", `"or x"`},
		{"/a|b/ c", "/a|b/ c"},
		{`/a\/b/`, `/a\/b/`},
		{"(/a/)", "/a/"},
		{"para{iran}", "para{iran}"},
		{"PARA{ iran OR iraq }", "para{iran OR iraq}"},
		{"para {", ""},
		{"para", "para"},
		{"para{a} para{b}", "para{a} para{b}"},
		{"-para{mark:s -iran}", "-para{mark:s -iran}"},

		{"TAG=prel", "tag:prel"},
		{"from:astana", "origin:astana"},
		{"post:astana", "origin:astana"},
		{"ref:07ASTANA9911", "cites:07ASTANA9911"},
		{"subj:iran", "subject:iran"},
		{"tag!=PREL,PGOV", "tag!=prel,pgov"},
		{`origin:"new delhi"`, `origin:"new delhi"`},
		{`origin:"new delhi",astana`, `origin:"new delhi",astana`},
		{"origin:new-delhi", `origin:"new delhi"`},
		{"origin:/^new/,astana", "origin:/^new/,astana"},
		{"subject:urani*", "subject:urani*"},
		{"subject:=Iran", "subject:=Iran"},
		{"subject:~irna", "subject:~irna"},
		{"by:o'brien", `by:"o brien"`},
		{`id:"07 ASTANA 9911"`, "id:07ASTANA9911"},
		{"id:2007astana009911", "id:07ASTANA9911"},
		{"date:..2007", `date:..2007`},
		{"date:2007..", `date:2007..`},
		{"date!=2007-02", `date!="2007-02"`},
		{"date>2007-10-03", `date>"2007-10-03"`},
		{"before:2008", "before:2008"},
		{"words>2000", "words>2000"},
		{"words!=0", "words!=0"},
		{"class:s/nf", `class:"s/nf"`},
		{`class:"top secret"`, `class:"top secret"`},
		{"class:TOPSECRET", "class:TOPSECRET"},
		{"mark:fouo", "mark:fouo"},
		{"file:2007.zip", "file:2007.zip"},
		{`file:"/a/b c.zip"`, `file:"/a/b c.zip"`},
		{"is:Broken,new", "is:broken,new"},
		{"has:unknown-mark", `has:"unknown-mark"`},
		{"q:either", "iran OR iraq"},
		{"-q:either", "-(iran OR iraq)"},
		{"q!=either", "-(iran OR iraq)"},
		{"q:either,para", "(iran OR iraq) OR para{iran}"},
		{"x q:either", "x (iran OR iraq)"},
	} {
		if c.want == "" && strings.TrimSpace(c.query) != "" {
			continue
		}
		t.Run(c.query, func(t *testing.T) {
			q := parse(t, c.query)
			got := Print(q.Root)
			if got != c.want {
				t.Errorf("%q\n got %s\nwant %s", c.query, got, c.want)
			}
			if q.Root == nil {
				return
			}
			if again := Print(parse(t, got).Root); again != got {
				t.Errorf("%q is %s, and read again %s", c.query, got, again)
			}
		})
	}
}

// spans finds all places that a tree names.
func spans(n Node, visit func(start, end int)) {
	switch n := n.(type) {
	case *And:
		for _, k := range n.Kids {
			spans(k, visit)
		}
	case *Or:
		for _, k := range n.Kids {
			spans(k, visit)
		}
	case *Not:
		spans(n.Kid, visit)
	case *Para:
		spans(n.Kid, visit)
	case *Term:
		visit(n.Span.Start, n.Span.End)
	case *Regexp:
		visit(n.Span.Start, n.Span.End)
	case *Field:
		visit(n.Span.Start, n.Span.End)
		for _, v := range n.Values {
			visit(v.Span.Start, v.Span.End)
		}
	}
}

func TestSpans(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{`iran -"end user"~5 /x/`, `iran "end user"~5 /x/`},
		{`(tag:PREL,"A B") para{=x}`, `tag:PREL,"A B" PREL "A B" =x`},
		{`a q:either b`, `a q:either q:either b`},
	} {
		var got []string
		spans(parse(t, c.query).Root, func(start, end int) { got = append(got, c.query[start:end]) })
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q: %s, want %s", c.query, s, c.want)
		}
	}
}

func TestTyping(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"urani", "urani*"},
		{"urani ", "urani"},
		{"iran urani", "iran urani*"},
		{"u", "u"},
		{"-vis", "-vis*"},
		{"end-us", `"end us*"`},
		{"東京", `"東 京"`},
		{`"urani"`, "urani"},
		{"=urani", "=urani"},
		{"~urani", "~urani"},
		{"urani*", "urani*"},
		{"u.s.", `"u s"`},
		{"(urani)", "urani"},
		{"tag:P", "tag:p*"},
		{"tag:PREL,P", "tag:prel,p*"},
		{"origin:new-del", `origin:"new del*"`},
		{"subject:u", "subject:u"},
		{"subject:ur", "subject:ur*"},
		{"tag:PREL ", "tag:prel"},
		{`tag:"PRE"`, "tag:pre"},
		{"q:either", "iran OR iraq"},
		{"file:20", "file:20"},
	} {
		q, err := Parse(c.query, Options{Typing: true, Saved: saved})
		if err != nil {
			t.Errorf("%q: %v", c.query, err)
			continue
		}
		if got := Print(q.Root); got != c.want {
			t.Errorf("%q: %s, want %s", c.query, got, c.want)
		}
		if told := len(q.Notes) > 0 && strings.Contains(q.Notes[0].Text, "beginning of a word"); told != (strings.HasSuffix(strings.Trim(c.want, `"`), "*") && !strings.HasSuffix(c.query, "*")) {
			t.Errorf("%q: notes %v", c.query, q.Notes)
		}
	}
}

func TestNotes(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"iran or iraq", `or: "or" is searched as a word; the operator is OR in capitals`},
		{"Not iran", `Not: "Not" is searched as a word; the operator is NOT in capitals`},
		{"iran,iraq", `iran,iraq: "iran,iraq" is searched as words that follow each other; for one of them write OR`},
		{"'end user'", `'end: ' makes no phrase; write "end user"`},
		{"+iran", `+iran: + means nothing here: every word must be found`},
		{"q:either", "q:either: q:either stands for: iran OR iraq"},
		{"iran OR iraq", ""},
		{`"or"`, ""},
	} {
		var got []string
		for _, n := range parse(t, c.query).Notes {
			got = append(got, c.query[n.Span.Start:n.Span.End]+": "+n.Text)
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.query, s, c.want)
		}
	}
}

func TestNarrow(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"", "tag:PREL"},
		{"  iran ", "iran tag:PREL"},
		{"a OR b", "(a OR b) tag:PREL"},
		{"(a OR b)", "((a OR b)) tag:PREL"},
		{"a|b", "(a|b) tag:PREL"},
		{"(a OR b) c", "(a OR b) c tag:PREL"},
		{"q:either", "q:either tag:PREL"},
		{"q:either,a", "(q:either,a) tag:PREL"},
		{"tag:", "tag: tag:PREL"},
	} {
		if got := Narrow(c.query, "tag:PREL"); got != c.want {
			t.Errorf("Narrow(%q) = %q, want %q", c.query, got, c.want)
		}
	}
	if got := Narrow("iran", "a OR b"); got != "iran (a OR b)" {
		t.Error(got)
	}
}
