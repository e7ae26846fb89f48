package query

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chancery/model"
)

func mark(s string) model.Marking {
	m, _ := model.ParseMarking(s)
	return m
}

// visit is a cable to be asked for.
func visit() *Doc {
	return &Doc{
		ID:        "07ASTANA9911",
		Date:      time.Date(2007, 10, 15, 8, 13, 0, 0, time.UTC),
		Mark:      mark("S/NF"),
		Origin:    []string{"ASTANA", "AMEMBASSY ASTANA"},
		To:        []string{"SECSTATE WASHDC"},
		Info:      []string{"AMEMBASSY NEW DELHI", "MOSCOW"},
		Countries: []string{"KAZAKHSTAN", "CÔTE D'IVOIRE"},
		Tags:      []string{"PREL", "PGOV", "IN TRANSIT"},
		Caveats:   []string{"SIPDIS", "NF", "REL NATO", "EYES ONLY"},
		Declas:    time.Date(2017, 10, 15, 0, 0, 0, 0, time.UTC),
		Cites:     []string{"07ASTANA9884", "07STATE99120"},
		Subject:   "SCENESETTER FOR THE END-USER CHECKS",
		Paras: []Paragraph{
			{mark("C"), "Summary: The Élysée asked about uranium\nenrichment at Natanz. Mr. O'Brien met Iran's envoy."},
			{mark("S/NF"), "The end of the visit; each user of 000051 centrifuges was a secret SECRET."},
			{model.Marking{}, "Nothing of note, said Kazatomprom."},
		},
		By: "Amb. John Smith", Sign: "SMITH",
		Words: 2001, File: "/data/Cables-2007.ZIP!a/07ASTANA9911.html",
		Missing: []string{"refs"},
		Is:      []string{"partial"},
		Has:     []string{"ref", "table"},
		CitedBy: func(id string) bool { return id == "08ASTANA9912" },
		Thread:  func(id string) bool { return id == "08ASTANA9912" || id == "06ASTANA9913" },
	}
}

func TestMatch(t *testing.T) {
	yes := []string{
		"", "iran", "IRAN", "elysee", "Élysée", "end", `"end user"`, "end-user", "scenesetter", "51", "0051", "o'brien", "brien",
		`"uranium enrichment"`, "urani*", `"uranium enr*"`, `"ur* enrichment"`, "=Iran", "=SECRET", "=secret", "=SCENESETTER", "=END-USER",
		"~natans", "~kazatomporm", "~irn", `"enrichment uranium"~1`, `"user visit"~1`, `"end each"~3`, `"end user"~5`, `"end of"~1`,
		"/uranium enrichment/", "/URANIUM/", "/(?-i)SECRET/", "/^nothing/", "/note, said/", "/checks$/",
		"iran natanz", "iran OR nowhere", "-nowhere", "--iran", "(a OR iran) natanz", "iran kazatomprom",
		"tag:prel", "tag:PREL tag:PGOV", "tag:NONE,PGOV", "-tag:OVIP", "tag!=OVIP", "tag!=OVIP,ENRG", `tag:"in transit"`, "tag:transit", "tag:PR*", "tag:/^pr/", "tag:~PREX",
		"origin:astana", `origin:"amembassy astana"`, "from:AMEMBASSY", "to:secstate", "to:washdc", "to:secstatewashdc",
		`info:="amembassy new delhi"`, "info:=moscow", `info:rome,="Amembassy New Delhi"`, `tag:="in transit"`, "origin:=astana", `-origin:="amembassy astana"`, "country:=Côte,=kazakhstan",
		`-info:="new delhi"`, "-tag:=transit", "-caveat:=noforn", "caveat:=nf", `-info:="AMEMBASSY-NEW-DELHI"`, `info!=rome,="new delhi"`, `-info!=rome,=moscow`,
		"info:newdelhi", `info:"new delhi"`, "info:new-delhi", "info:delhi", "info:new", "info:moscow", "info:~mosco", "info:newd*",
		"country:kazakhstan", "country:Côte", `country:"cote d'ivoire"`, "country:cotedivoire",
		"caveat:noforn", "caveat:nf", "caveat:sipdis", "caveat:rel", `caveat:"rel to nato"`, `caveat:"rel nato"`, "caveat:nato", `caveat:"eyes only"`, "caveat:nofor*",
		"class:secret", "class:s", "class:S/NF", "class:s//noforn", "class:nf", "class>=secret", "class>confidential", "class<=topsecret", "class<ts", "class!=c", "class!=unclassified", "class:c,s",
		"mark:c", "mark:s/nf", "mark:nf", "mark<secret", "mark!=s", "mark!=c", "-mark:ts", "-mark:unclassified",
		"date:2007", "date:2007-10", "date:2007-10-15", "date:2006..2007", "date:2007-10..2008-02", "date:..2007", "date:2007..", "date!=2006", "date>2006", "date>=2007-10-15", "date<2008", "date<=2007-10-15",
		"after:2007-10-15", "after:2007", "before:2008", "before:2007-10-16", "date:2005,2007",
		"declas<=2017", "declas:2017-10-15", "declas>2016",
		`id:"07 ASTANA 9911"`, "id:07astana009911", "cites:07ASTANA9884", "cites:05ROME9999,07STATE99120", "citedby:08ASTANA9912", "-citedby:08ASTANA9914",
		"thread:07ASTANA9911", "thread:08ASTANA9912", "thread:06ASTANA9913", "id!=07ASTANA9912",
		"subject:scenesetter", "subject:/^scene/", `subject:"the end user"`, "subject:check*", "subject:~sceneseter", "subject!=iran",
		"body:iran", `body:"uranium enrichment"`, "body:/said kaz/", "by:smith", `by:"john smith"`, "sign:smith", "sign!=jones",
		"file:2007.zip", "file:cables", "file:/astana[0-9]+/", "words>2000", "words:2001", "words<=2001", "words!=5",
		"is:partial", "is:new,partial", "-is:new", "is!=new", "has:ref has:table", "missing:refs", "missing!=tags",
		"para{iran natanz}", "para{mark:s/nf end}", "para{mark:s -iran}", "para{mark:c iran}", "-para{mark:s iran}", "para{iran tag:PREL}", "para{subject:scenesetter iran}",
		"para{-mark:c kazatomprom}", "para{/said/ -mark:s}", `para{"end user"~5}`, "para{body:iran kazatomprom}", "para{NOT (iran OR end)}",
	}
	no := []string{
		"nowhere", "iranian", "ira", "-iran", `"user checks end"`, `"checks summary"`, `"enrichment uranium"`, "=iran", "=Secret", "=end-user", "~natxxx",
		`"end each"~2`, `"uranium uranium"~5`, "/^uranium/", "/(?-i)Secret/", "/checks.*summary/",
		"iran nowhere", "-(iran OR x)", "uraniu", "enrichmen",
		"tag:PRE", "tag:OVIP", "tag!=PREL", "tag:PREL tag:OVIP", `tag:"transit in"`, "tag!=X,PGOV",
		"origin:asta", "origin:almaty", "info:newdel", "info:delhinew", "info:embassy", "country:kazakh", "to:state",
		"caveat:noforeign", "caveat:exdis", "caveat:for",
		"class:c", "class:s/oc", "class<secret", "class>secret", "class!=s", "class!=c,s/nf", "class:u",
		"mark:ts", "mark:u", "mark>secret", "mark:c/nf",
		"date:2006", "date:2007-09", "date:2007-10-14", "date:2007-10-16..2008", "date!=2007", "date>2007", "date>2007-10-15", "date<2007-10-15", "date<2007",
		"after:2007-10-16", "before:2007", "before:2007-10-15", "declas<2017", "declas>2017-10-15",
		"id:07ASTANA9912", "cites:07ASTANA9911", "citedby:07ASTANA9911", "thread:05ASTANA1", "id!=07ASTANA9911",
		"subject:iran", `subject:"end checks"`, "subject!=scenesetter", "body:scenesetter", "by:jones", `by:"smith john"`, "sign!=smith",
		"file:2008", "file:/^astana/", "words>2001", "words<2001", "words!=2001",
		"is:new", "is!=partial", "has:redaction", "missing:tags", "-missing:refs",
		"para{iran end}", "para{scenesetter}", "para{mark:ts}", "para{mark:s iran}", "para{-mark:c -mark:s iran}", "para{iran tag:OVIP}", "para{mark!=c kazatomprom}", "para{iran kazatomprom}",
		`"natanz mr the"`,
	}
	for _, query := range yes {
		if !parseBare(t, query).Match(visit()) {
			t.Errorf("%s does not match", query)
		}
	}
	for _, query := range no {
		if parseBare(t, query).Match(visit()) {
			t.Errorf("%s matches", query)
		}
	}
}

func parseBare(t testing.TB, text string) *Query {
	t.Helper()
	q, err := Parse(text, Options{})
	if err != nil {
		t.Fatalf("%q:\n%v", text, err)
	}
	return q
}

// What is not known answers no comparison, and its NOT does.
func TestUnknown(t *testing.T) {
	for _, query := range []string{
		"class:u", "class!=u", "class<secret", "class>=u", "class:nf", "date:2007", "date!=2007", "date<2007", "date:..2007", "after:2007", "before:2007",
		"declas<=2017", "mark:u", "mark!=u", "tag:PREL", "iran", "/./", "para{-iran}", "para{-mark:c}", "id:07ASTANA9911", "thread:07ASTANA9911", "citedby:07ASTANA9911", "words>0", "file:a",
	} {
		if parseBare(t, query).Match(&Doc{}) {
			t.Errorf("%s matches a cable of which nothing is known", query)
		}
		if !parseBare(t, "-"+query).Match(&Doc{}) {
			t.Errorf("-%s does not match it", query)
		}
	}
	for _, query := range []string{"tag!=PREL", "subject!=iran", "words:0", "id!=07ASTANA9911", "is!=new"} {
		if !parseBare(t, query).Match(&Doc{}) {
			t.Errorf("%s does not match a cable of which nothing is known", query)
		}
	}
	var all *Query
	if !all.Match(&Doc{}) {
		t.Error("no query does not ask for everything")
	}
}

func TestDesk(t *testing.T) {
	d := visit()
	d.Is, d.Has, d.Notes, d.Labels = append(d.Is, "starred"), append(d.Has, "note"), []string{"ask about the visit"}, []string{"Uranium trade"}
	for query, want := range map[string]bool{
		"is:starred": true, "is:read": false, "has:note": true, "note:visit": true, "note:iran": false, "label:uranium": true, "label!=uranium": false,
	} {
		if got := parse(t, query).Match(d); got != want {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
}

func TestFits(t *testing.T) {
	for _, c := range []struct {
		query, word string
		want        bool
	}{
		{"iran", "iran", true},
		{"iran", "irans", false},
		{"ira*", "iran", true},
		{"ira*", "ira", true},
		{"ira*", "ir", false},
		{"~iran", "iran", true},
		{"~iran", "irans", true},
		{"~iran", "ian", true},
		{"~iran", "irak", true},
		{"~iran", "iarn", false}, // two letters changed
		{"~enriched", "enriche", true},
		{"~enriched", "enrihced", true},
		{"~enriched", "unriches", true},
		{"~enriched", "unrichest", false},
		{"~москва", "моксва", false},
		{"~москва", "масква", true},
		{"~иран", "ирак", true},
		{"~abc", "", false},
		{"=Iran", "iran", true},
	} {
		w := parseBare(t, c.query).Root.(*Term).Words[0]
		if got := w.Fits(c.word); got != c.want {
			t.Errorf("%s %s: %v", c.query, c.word, got)
		}
	}
}

// far is the distance of two words worked out in full.
func far(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := slices.Clone(row)
		row[0] = i + 1
		for j := range b {
			row[j+1] = min(last[j+1], row[j]) + 1
			if a[i] == b[j] {
				row[j+1] = min(row[j+1], last[j])
			} else {
				row[j+1] = min(row[j+1], last[j]+1)
			}
		}
	}
	return row[len(b)]
}

func TestNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("abй東")), 0, 12, -1)
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		most := rapid.IntRange(0, 2).Draw(t, "most")
		if got, want := near(a, b, most), far([]rune(a), []rune(b)) <= most; got != want {
			t.Fatalf("near(%q, %q, %d) = %v", a, b, most, got)
		}
	})
}

// placesNear tries every choice of places.
func placesNear(t *Term, p *passage, used []int) bool {
	if len(used) == len(t.Words) {
		return slices.Max(used)-slices.Min(used)+1-len(used) <= t.Near
	}
	for i := range p.at {
		if !slices.Contains(used, i) && t.Words[len(used)].fitsAt(p, i) && placesNear(t, p, append(used, i)) {
			return true
		}
	}
	return false
}

func allNear(t *Term, text string) (all [][]int) {
	h := t.hits(apart(text))
	for {
		places, ok := h.next()
		if !ok {
			return all
		}
		all = append(all, places)
	}
}

func TestNearness(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"aa", "ab", "abc", "bbb", "cc"})
		text := ""
		for _, w := range rapid.SliceOfN(word, 0, 10).Draw(t, "text") {
			text += w + " "
		}
		term := &Term{Near: rapid.IntRange(1, 4).Draw(t, "near")}
		for _, w := range rapid.SliceOfN(word, 1, 4).Draw(t, "words") {
			term.Words = append(term.Words, Word{Text: w, Prefix: rapid.Bool().Draw(t, "prefix"), Fuzzy: rapid.IntRange(0, 3).Draw(t, "fuzzy") == 0})
		}
		if got, want := term.In(text), placesNear(term, apart(text), nil); got != want {
			t.Fatalf("%+v in %q: %v, want %v", term, text, got, want)
		}
		for _, places := range allNear(term, text) {
			if !slices.IsSorted(places) || len(slices.Compact(slices.Clone(places))) != len(term.Words) || places[len(places)-1]-places[0]+1-len(places) > term.Near {
				t.Fatalf("%+v in %q stands at %v", term, text, places)
			}
		}
		if got, want := term.InWords(AppendWords(nil, text)), term.In(text); got != want {
			t.Fatalf("%+v in the words of %q: %v, want %v", term, text, got, want)
		}
	})
}

// anyQuery draws a query in the language.
func anyQuery() *rapid.Generator[string] {
	leaf := rapid.SampledFrom([]string{
		"iran", "end", "urani*", "=SECRET", "~natans", `"end user"`, `"end visit"~3`, "/said/", "tag:PREL", "tag:OVIP", "tag!=PREL", "origin:astana", "mark:s", "mark:c",
		"class>=s", "date:2007", "before:2007", "words>5", "subject:scenesetter", "body:iran", "is:new", "missing:refs", "nowhere", "id:07ASTANA9911",
	})
	return rapid.Custom(func(t *rapid.T) string { return draw(t, leaf, 3, false) })
}

func draw(t *rapid.T, leaf *rapid.Generator[string], depth int, para bool) string {
	if depth == 0 {
		return leaf.Draw(t, "leaf")
	}
	sub := func() string { return draw(t, leaf, depth-1, para) }
	switch rapid.IntRange(0, 6).Draw(t, "shape") {
	case 0:
		return sub() + " " + sub()
	case 1:
		return "(" + sub() + " OR " + sub() + ")"
	case 2:
		return "-(" + sub() + ")"
	case 3:
		if !para {
			return "para{" + draw(t, leaf, depth-1, true) + "}"
		}
	case 4:
		return "NOT " + leaf.Draw(t, "leaf")
	}
	return leaf.Draw(t, "leaf")
}

func TestLaws(t *testing.T) {
	d := visit()
	match := func(t *rapid.T, query string) bool {
		q, err := Parse(query, Options{})
		if err != nil {
			t.Fatalf("%q:\n%v", query, err)
		}
		return q.Match(d)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyQuery().Draw(t, "a"), anyQuery().Draw(t, "b")
		x, y := match(t, a), match(t, b)
		for query, want := range map[string]bool{
			fmt.Sprintf("(%s) (%s)", a, b):           x && y,
			fmt.Sprintf("(%s) AND (%s)", a, b):       x && y,
			fmt.Sprintf("(%s) OR (%s)", a, b):        x || y,
			fmt.Sprintf("-(%s)", a):                  !x,
			fmt.Sprintf("NOT NOT (%s)", a):           x,
			fmt.Sprintf("-((%s) (%s))", a, b):        !x || !y,
			fmt.Sprintf("-(%s) OR -(%s)", a, b):      !x || !y,
			fmt.Sprintf("((%s)|(%s)) (%s)", a, b, a): x,
		} {
			if got := match(t, query); got != want {
				t.Fatalf("%s: %v, want %v", query, got, want)
			}
		}
		q := parseRapid(t, a)
		printed := Print(q.Root)
		if again := Print(parseRapid(t, printed).Root); again != printed {
			t.Fatalf("%s prints as %s and again as %s", a, printed, again)
		}
		if match(t, printed) != x {
			t.Fatalf("%s and %s differ", a, printed)
		}
		if match(t, Narrow(a, "tag:OVIP")) || match(t, Narrow(a, "tag:PREL")) != x {
			t.Fatalf("%s narrowed is %s", a, Narrow(a, "tag:OVIP"))
		}
	})
}

func parseRapid(t *rapid.T, text string) *Query {
	q, err := Parse(text, Options{})
	if err != nil {
		t.Fatalf("%q:\n%v", text, err)
	}
	return q
}

func BenchmarkMatch(b *testing.B) {
	d := visit()
	for range 20 {
		d.Paras = append(d.Paras, Paragraph{mark("C"), "The Ambassador called on the Deputy Foreign Minister on October 15, 2007,\nto discuss the schedule of 12 visits. He said that nothing had been decided and asked for patience."})
	}
	for _, query := range []string{"nowhere", `"nothing was"`, "urani* schedule", "~shedule", `"nowhere schedule"~5`, "para{mark:s nowhere}", "tag:OVIP", "class>secret", "/nowher/"} {
		q := parseBare(b, query)
		b.Run(query, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				q.Match(d)
			}
		})
	}
}
