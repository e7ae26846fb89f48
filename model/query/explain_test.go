package query

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestExplain(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"", "every cable"},
		{"iran", `the word "iran" in the subject or in a paragraph`},
		{"-iran", `not: the word "iran" in the subject or in a paragraph`},
		{"=Iran", `"Iran" written exactly so in the subject or in a paragraph`},
		{"~iran", `a word like "iran", at most 1 of its letters off in the subject or in a paragraph`},
		{"urani*", `a word that begins with "urani" in the subject or in a paragraph`},
		{"end-user", `the words "end user" one after the other in the subject or in a paragraph`},
		{`"end us*"~5`, `the words "end us…" in any order, with at most 5 others between in the subject or in a paragraph`},
		{"/a|b/", "the expression /a|b/ in the subject or in a paragraph"},
		{"a OR b c", "at least one of these:\n  the word \"a\" in the subject or in a paragraph\n  all of these:\n    the word \"b\" in the subject or in a paragraph\n    the word \"c\" in the subject or in a paragraph"},
		{"-(is:new OR is:broken)", "none of these:\n  what the cable is: new (came in with the last reading)\n  what the cable is: broken (could not be read as a cable)"},
		{"-(is:new is:broken)", "not all of these:\n  what the cable is: new (came in with the last reading)\n  what the cable is: broken (could not be read as a cable)"},
		{"para{mark:s/nf iran}", "one and the same paragraph has:\n  its marking: SECRET//NOFORN\n  the word \"iran\" in its text"},
		{"-para{iran}", "no paragraph has:\n  the word \"iran\" in its text"},
		{"--iran", "it does not hold that:\n  not: the word \"iran\" in the subject or in a paragraph"},
		{"tag:prel,pgov", "TAGS of the cable: PREL or PGOV"},
		{"tag!=prel,pgov", "TAGS of the cable: not PREL or PGOV"},
		{"tag:pr*", `TAGS of the cable: a word that begins with "pr"`},
		{`origin:"new delhi"`, "post that sent it: NEW DELHI"},
		{`origin:="new delhi",rome`, "post that sent it: NEW DELHI and nothing else or ROME"},
		{"class>=secret", "classification of the cable: SECRET or above"},
		{"class<c", "classification of the cable: below CONFIDENTIAL"},
		{"class!=u", "classification of the cable: known, and not UNCLASSIFIED"},
		{"class:nf", "classification of the cable: NOFORN, whatever the level"},
		{"mark:sbu", "marking of some paragraph: SENSITIVE BUT UNCLASSIFIED"},
		{"date:2007", "date of the cable, UTC: 2007-01-01 to 2007-12-31"},
		{"date:2007-10-03", "date of the cable, UTC: 2007-10-03"},
		{"date:2007-10..2008-02", "date of the cable, UTC: 2007-10-01 to 2008-02-29"},
		{"date>2007", "date of the cable, UTC: from 2008-01-01 on, that day included"},
		{"date<=2007-02", "date of the cable, UTC: until 2007-02-28, that day included"},
		{"after:2007-10", "date of the cable, UTC: from 2007-10-01 on, that day included"},
		{"before:2008", "date of the cable, UTC: until 2007-12-31, that day included"},
		{"declas!=2017", "date set for declassification: known, and not 2017-01-01 to 2017-12-31"},
		{"words>2000", "how many words it has: more than 2000"},
		{"words<=2000", "how many words it has: 2000 or less"},
		{"words!=5", "how many words it has: not 5"},
		{"cites:07ASTANA9911", "it refers to 07ASTANA9911"},
		{"citedby!=07ASTANA9911", "not: it is referred to by 07ASTANA9911"},
		{"subject:/^x/,urani*", `words of the subject: the expression /^x/ or a word that begins with "urani"`},
		{"file:2007.zip", `part of the name of its file: "2007.zip"`},
		{"iran or", "all of these:\n  the word \"iran\" in the subject or in a paragraph\n  the word \"or\" in the subject or in a paragraph\nnote: \"or\" is searched as a word; the operator is OR in capitals"},
	} {
		if got := strings.Join(parse(t, c.query).Explain(), "\n"); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
	}
	var all *Query
	if got := all.Explain(); len(got) != 1 || got[0] != "every cable" {
		t.Errorf("no query: %v", got)
	}
}

func TestClauseJSON(t *testing.T) {
	got, err := json.Marshal(parse(t, "(tag:PREL is:later) OR -iran").Clause())
	const want = `{"says":"at least one of these:","query":"tag:prel is:later OR -iran","of":[{"says":"all of these:","query":"tag:prel is:later","of":[` +
		`{"says":"TAGS of the cable: PREL","query":"tag:prel"},{"says":"what the cable is: later (you put it off)","query":"is:later"}]},` +
		`{"says":"not: the word \"iran\" in the subject or in a paragraph","query":"-iran"}]}`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v\nwant %s", got, err, want)
	}
}
