package query

import (
	"errors"
	"strings"
	"testing"
)

// The texts of the design, as they stand there.
const designErrors = `tga:PREL
^^^
query error at column 1: there is no field "tga:"
hint: did you mean tag: ?  to search the text itself, quote it: "tga:…"

class>=sercet
       ^^^^^^
query error at column 8: "sercet" is not a classification
hint: did you mean secret?  one of: unclassified, sbu, confidential, secret, topsecret

(tag:PREL OR
          ^^
query error at column 11: OR needs something after it
hint: for example: tag:PREL OR tag:PGOV

date:yesterday
     ^^^^^^^^^
query error at column 6: "yesterday" is not a date
hint: write YYYY, YYYY-MM or YYYY-MM-DD (cables are old: words like "yesterday" are not taken)

date:2008..2007
     ^^^^^^^^^^
query error at column 6: the range runs backwards
hint: write date:2007..2008

tag>PREL
   ^
query error at column 4: tag has no order, so ">" cannot be used
hint: use tag:VALUE

is:reed
   ^^^^
query error at column 4: is:reed is not known
hint: did you mean is:read ?  one of: read, unread, relevant, irrelevant, later, unjudged, starred, noted, labelled, pinned, new, broken, partial, duplicate

id:ASTANA
   ^^^^^^
query error at column 4: "ASTANA" is not a cable identifier
hint: two-digit year, post, number: 07ASTANA9911 or "07 ASTANA 9911"

"end user
^^^^^^^^^
query error at column 1: this quotation mark is never closed
hint: close the phrase: "end user"

ur*nium
  ^
query error at column 3: * is allowed only at the end of a word
hint: for a pattern write a regular expression: /ur.*nium/

/urani(um/
      ^
query error at column 7: not a valid regular expression: missing ), unterminated subpattern
hint: escape the character with \ or search it as a phrase

para{class>=secret uranium
^^^^^
query error at column 1: this para{ group is never closed
hint: add a } at the end`

func TestDesignErrors(t *testing.T) {
	for _, block := range strings.Split(designErrors, "\n\n") {
		query, _, _ := strings.Cut(block, "\n")
		for _, o := range []Options{{}, {Typing: true}, {Desk: true}} {
			_, err := Parse(query, o)
			if err == nil {
				t.Errorf("%q is understood", query)
			} else if err.Error() != block {
				t.Errorf("%s\n got:\n%s\nwant:\n%s", query, err, block)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ query, fault, what string }{
		{"OR a", "OR", "OR needs something before it"},
		{"a OR OR b", "OR", "OR needs something after it"},
		{"date:2007,,", ",", "a comma needs a value after it"},
		{"tag:PREL,,PGOV", ",", "a comma needs a value after it"},
		{"a |", "|", "| needs something after it"},
		{"AND a", "AND", "AND needs something before it"},
		{"a AND", "AND", "AND needs something after it"},
		{"a AND AND b", "AND", "AND needs something after it"},
		{"NOT", "NOT", "NOT needs something after it"},
		{"NOT AND", "NOT", "NOT needs something after it"},
		{"- a", "-", "- needs something right after it"},
		{"-", "-", "- needs something right after it"},
		{"- -a OR b", "-", "- needs something right after it"},
		{"a)", ")", "this ) closes nothing"},
		{"a }", "}", "this } closes nothing"},
		{"(a", "(", "this ( group is never closed"},
		{"(a}", "}", "this } does not close the group that is open"},
		{"para{(a}", "}", "this } does not close the group that is open"},
		{"()", "()", "nothing stands in this group"},
		{"para{ }", "para{ }", "nothing stands in this group"},
		{"para{a para{b}}", "para{", "para{ cannot stand inside another para{"},
		{"para{q:para}", "para", `the saved query "para" is not understood: para{ cannot stand inside another para{`},
		{"par{a}", "par", `there is no group "par{"`},
		{"para {a}", "{", "{ stands alone"},
		{"!a", "!", "! does not exclude"},
		{"–a", "–", "– does not exclude"},
		{">5", ">", "the field before > is missing"},
		{":a", ":", "the field before : is missing"},
		{`a"b"`, `"`, "a quotation mark cannot stand inside a word"},
		{`"a"b`, "b", "a blank is missing after this phrase"},
		{`"a""b"`, `"`, "a blank is missing after this phrase"},
		{`"a"~`, "~", `"~" is not a distance`},
		{`"a"~0`, "~0", `"~0" is not a distance`},
		{`"a"~101`, "~101", `"~101" is not a distance`},
		{`"a"~x`, "~x", `"~x" is not a distance`},
		{`""`, `""`, "nothing stands in these quotation marks"},
		{`"..."`, `...`, "no letter or digit stands here, and only they are searched"},
		{"&&", "&&", "no letter or digit stands here, and only they are searched"},
		{"*nium", "*", "* is allowed only at the end of a word"},
		{"urani**", "*", "* is allowed only at the end of a word"},
		{`"ur*nium"`, "*", "* is allowed only at the end of a word"},
		{`"*nium"`, "*", "* is allowed only at the end of a word"},
		{"a*", "a*", `"a*" is too short a beginning`},
		{"~ab", "~ab", `"ab" is too short to be misspelt`},
		{"~", "~", "~ needs a word right after it"},
		{"=", "=", "= needs a word right after it"},
		{"=urani*", "=", "= and * cannot both be asked of a word"},
		{"//", "//", "nothing stands between these slashes"},
		{"/a", "/a", "this regular expression is never closed"},
		{"/a/b", "b", "a blank is missing after this regular expression"},
		{"/a)/", "a)", "not a valid regular expression: this ) closes nothing"},
		{"/[a/", "[a", "not a valid regular expression: missing ], unterminated character set"},
		{"/(a(b)/", "(", "not a valid regular expression: missing ), unterminated subpattern"},
		{"/*/", "*", "not a valid regular expression: nothing to repeat"},
		{"/(a{100}){11}/", "{11}", "not a valid regular expression: invalid repeat count"},
		{"/(aaaaaa){1000}/", "/(aaaaaa){1000}/", "this regular expression is too big"},
		{"a\x1bb", "\x1b", "a control character stands here"},
		{"a\u009bb", "\u009b", "a control character stands here"},
		{"a\xff", "\xff", "this is not UTF-8"},

		{"foo:bar", "foo", `there is no field "foo:"`},
		{"http://a", "http", `there is no field "http:"`},
		{"collection:x", "collection", `there is no field "collection:"`},
		{"tag:", "tag:", "tag: has no value"},
		{"tag: PREL", "tag:", "tag: has no value"},
		{"(tag:)", "tag:", "tag: has no value"},
		{"tag:,a", "tag:", "tag: has no value"},
		{`tag:""`, `""`, "nothing stands in these quotation marks"},
		{"tag:a,", ",", "a comma needs a value after it"},
		{"tag:a, b", ",", "a comma needs a value after it"},
		{"tag:(a OR b)", "(", "a group cannot be a value"},
		{"tag:-a", "-", "- cannot stand before a value"},
		{"tag:a,-b", "-", "- cannot stand before a value"},
		{"tag::a", "::", `there is no comparison "::"`},
		{"tag==a", "==", `there is no comparison "=="`},
		{"tag!==a", "==", `there is no comparison "=="`},
		{"class:=s", ":=", `there is no comparison ":="`},
		{"tag:=", "=", "= needs a name right after it"},
		{"tag:= a", "=", "= needs a name right after it"},
		{"tag:=a*", "*", "= and * cannot both be asked of a name"},
		{"class=>secret", "=>", `there is no comparison "=>"`},
		{"subject:a,=b", "=", "= cannot stand before a value"},
		{"tag:&", "&", "no letter or digit stands here, and only they are searched"},
		{`tag:"a"b`, "b", "a blank is missing after this value"},
		{`tag:a"b"`, `"`, "a quotation mark cannot stand inside a word"},
		{`subject:"a b"~5`, "~", "a distance cannot be asked of a field"},
		{"class:/s/", "/s/", `"/s/" is not a classification`},
		{"class>=nf", "nf", `"nf" names no level, so ">=" cannot be used`},
		{"class>=secret,sbu", ",", `">=" compares with one value`},
		{"words>2,000", ",", `">" compares with one value`},
		{"words:many", "many", `"many" is not a number`},
		{"words:1..2", "1..2", `"1..2" is not a number`},
		{"words:-1", "-", "- cannot stand before a value"},
		{"words:99999999999", "99999999999", `"99999999999" is not a number`},
		{"date:2007-13", "2007-13", `"2007-13" is not a date`},
		{"date:2007-02-29", "2007-02-29", `"2007-02-29" is not a date`},
		{"date:0007", "0007", `"0007" is not a date`},
		{"date:07", "07", `"07" is not a date`},
		{"date:2007..x", "x", `"x" is not a date`},
		{"date:x..2007", "x", `"x" is not a date`},
		{"date:..", "..", `".." is not a date`},
		{"date:2007-02..2007-01", "2007-02..2007-01", "the range runs backwards"},
		{"date>=2007..2008", "2007..2008", `a range cannot be compared with ">="`},
		{"after:2007..2008", "2007..2008", "a range cannot be compared with after:"},
		{"after>2007", ">", `after compares by itself, so ">" cannot be used`},
		{"before!=2007", "!=", `before compares by itself, so "!=" cannot be used`},
		{"id:07ASTANA99*", "07ASTANA99*", `"07ASTANA99*" is not a cable identifier`},
		{"id:~07ASTANA99", "~", "~ cannot be asked of id"},
		{"file:*.zip", "*", "* cannot stand in the name of a file"},
		{"file:/home/a.zip", "a", "a blank is missing after this regular expression"},
		{"has:everything", "everything", "has:everything is not known"},
		{"q:nothing", "nothing", `there is no saved query "nothing"`},
		{"q:a", "a", `the saved query "a" is not understood: the saved query "a" stands for itself`},
		{"q:self", "self", `the saved query "self" is not understood: the saved query "self" stands for itself`},
		{"q:bad", "bad", `the saved query "bad" is not understood: this ( group is never closed`},
		{"q:worse", "worse", `the saved query "worse" is not understood: this ( group is never closed`},
		{"q:empty", "empty", `the saved query "empty" is empty`},
		{"q>a", ">", `q has no order, so ">" cannot be used`},
		{"is:starred", "starred", "is:starred asks for your own work, which is not kept here"},
		{"has:note", "note", "has:note asks for your own work, which is not kept here"},
		{"note:x", "note:", "note: asks for your own work, which is not kept here"},
		{"label!=x", "label!=", "label!= asks for your own work, which is not kept here"},
	} {
		t.Run(c.query, func(t *testing.T) {
			_, err := Parse(c.query, Options{Saved: saved})
			if err == nil {
				t.Fatalf("%q is understood", c.query)
			}
			e := err.(*Error)
			if got := c.query[e.Span.Start:e.Span.End]; got != c.fault || e.What != c.what || e.Query != c.query {
				t.Errorf("%q\n got %q, %s\nwant %q, %s", c.query, got, e.What, c.fault, c.what)
			}
			if e.Hint == "" {
				t.Errorf("%q: %s: no hint", c.query, e.What)
			}
			for _, line := range strings.Split(e.Error(), "\n") {
				if strings.ContainsAny(line, "\x1b\u009b") {
					t.Errorf("%q: a control character in %q", c.query, line)
				}
			}
		})
	}
}

func TestErrorBlock(t *testing.T) {
	long := strings.Repeat("iran ", 100)
	for _, c := range []struct{ query, want string }{
		{"a\x1b[31m", "a^[[31m\n ^^\nquery error at column 2: a control character stands here\nhint: take it out"},
		{"東京 tga:x", "東京 tga:x\n     ^^^\nquery error at column 4: "},
		{"a\ttag:", "a       tag:\n        ^^^^\nquery error at column 3: "},
		{long + "tga:x", "…" + "iran iran iran iran iran iran iran iran iran iran iran iran iran iran tga:x\n"},
		{"tga:x " + long, "tga:x iran"},
		{long + "tga:x " + long, "ran tga:x iran"},
		{strings.Repeat("x", 5000), "xxx"},
		{`"` + strings.Repeat("x", 4000), `"xxx`},
	} {
		_, err := Parse(c.query, Options{})
		if err == nil {
			t.Errorf("%q is understood", c.query)
			continue
		}
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.50q\n got %q\nwant %q", c.query, err.Error(), c.want)
		}
		lines := strings.SplitN(err.Error(), "\n", 3)
		if width(lines[0]) > errorCells || width(lines[1]) > errorCells {
			t.Errorf("%.50q: a line is too wide:\n%s", c.query, err)
		}
	}
}

func TestDepth(t *testing.T) {
	for _, query := range []string{
		strings.Repeat("(", 4000),
		strings.Repeat("-", 4000) + "a",
		strings.Repeat("NOT ", 1000) + "a",
		strings.Repeat("(", 101) + "a" + strings.Repeat(")", 101),
		strings.Repeat("-(", 51) + "a" + strings.Repeat(")", 51),
	} {
		if _, err := Parse(query, Options{}); err == nil || err.(*Error).What != "this is nested too deep" {
			t.Errorf("%.20s: %v", query, err)
		}
	}
	deep := strings.Repeat("(", 100) + "a" + strings.Repeat(")", 100)
	if _, err := Parse(deep, Options{}); err != nil {
		t.Error(err)
	}
	grow := func(name string) (string, bool) { // each stands for two of the next
		return strings.Repeat("q:x"+name+" ", 2), true
	}
	if _, err := Parse("q:x", Options{Saved: grow}); err == nil {
		t.Error("saved queries without end are understood")
	}
}

// The caret of a word that folding makes shorter or longer stands under all of
// it, in whole letters.
func TestCaretUnderAFoldedWord(t *testing.T) {
	for query, want := range map[string]string{"é*": "é*", "gas é*": "é*", "007*": "007*", `"gas é* talks"`: "é*", "-ß-é*": "é*", "a\u0301*": "a\u0301*"} {
		_, err := Parse(query, Options{})
		var wrong *Error
		if !errors.As(err, &wrong) {
			t.Errorf("%q: %v", query, err)
			continue
		}
		if got := query[wrong.Span.Start:wrong.Span.End]; got != want {
			t.Errorf("%q: the caret is under %q, want %q", query, got, want)
		}
	}
}
