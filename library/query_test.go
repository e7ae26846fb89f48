package library

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chancery/model"
	"chancery/model/query"
	"chancery/parser/source"
)

// maker makes up cables: nonsense of a few words, so that every query finds
// some, with every field that a query can ask for.
type maker struct{ r *rand.Rand }

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

func (m maker) words(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(pick(m.r, " ", " ", " ", " ", "\n", ", ", ". "))
		}
		b.WriteString(pick(m.r, "pipeline", "Pipelines", "minister", "gas", "GAS", "end-user", "end user", "visit", "Köln", "koln", "0051", "51",
			"uranium", "uraniun", "the", "the", "of", "of", "talks", "OR", "Smith's", "Ankara", "tariff", "石油", "naïve", "2,000"))
	}
	return b.String()
}

var madePosts = []string{"ASTANA", "ROME", "NEW DELHI", "QUITO"}

func (m maker) cable(i int) (id, text string) {
	r := m.r
	post := pick(r, madePosts...)
	year, number := 5+r.IntN(4), 9000+i/3
	id = fmt.Sprintf("%02d%s%d", year, strings.ReplaceAll(post, " ", ""), number)
	var b strings.Builder
	fmt.Fprintf(&b, "P %02d%02d%02dZ %s %02d\nFM AMEMBASSY %s\n", 1+r.IntN(28), r.IntN(24), r.IntN(60), pick(r, "JAN", "FEB", "MAY", "DEC"), year, post)
	fmt.Fprintf(&b, "TO RUEHC/SECSTATE WASHDC 9901\nINFO RUEHAK/AMEMBASSY %s\n", pick(r, "ANKARA", "LIMA"))
	fmt.Fprintf(&b, "%s %s %06d\n\n", pick(r, "C O N F I D E N T I A L", "S E C R E T", "UNCLAS", "S E C R E T"), post, number)
	b.WriteString(pick(r, "SIPDIS\n", "NOFORN\n", "SIPDIS\n", "SENSITIVE\n") + "\n")
	b.WriteString(pick(r, "E.O. 12958: DECL: 02/14/2018\n", "E.O. 12958: N/A\n", "E.O. 12958: DECL: 10/11/2021\n"))
	b.WriteString(pick(r, "TAGS: PREL, ENRG, KZ\n", "TAGS: PGOV IT\n", "", "TAGS: PREL OVIP (DOE, JANE)\n"))
	fmt.Fprintf(&b, "SUBJECT: %s\n\n", m.words(1+r.IntN(5)))
	if r.IntN(2) == 0 {
		fmt.Fprintf(&b, "REF: A. %s %d\n     B. %02d %s %d\n\n", pick(r, madePosts...), 9000+r.IntN(700), 5+r.IntN(4), pick(r, madePosts...), 9000+r.IntN(700))
	}
	if r.IntN(2) == 0 {
		fmt.Fprintf(&b, "Classified By: DCM %s Doe, reasons 1.4 (b) and (d).\n\n", pick(r, "Jane", "John"))
	}
	for n := range 1 + r.IntN(4) {
		fmt.Fprintf(&b, "%d. %s%s\n\n", n+1, pick(r, "(C) ", "(S/NF) ", "(U) ", "", "(S) "), m.words(3+r.IntN(20)))
	}
	b.WriteString(pick(r, "DOE\n", "ROE\n"))
	return id, b.String()
}

// made writes n cables into a folder, some of them twice.
func made(t testing.TB, n int, seed uint64) string {
	t.Helper()
	dir := t.TempDir()
	m := maker{rand.New(rand.NewPCG(seed, 1))}
	for i := range n {
		_, text := m.cable(i)
		name := filepath.Join(dir, fmt.Sprintf("%d", i%7), fmt.Sprintf("%05d.txt", i))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// condition makes up a query, or a part of one.
func (m maker) condition(depth int) string {
	r := m.r
	if depth > 0 {
		a, b := m.condition(depth-1), m.condition(depth-1)
		switch r.IntN(9) {
		case 0, 1:
			return a + " " + b
		case 2:
			return "(" + a + " OR " + b + ")"
		case 3:
			return "-(" + a + ")"
		case 4:
			return "para{" + m.within(depth) + "}"
		case 5, 6:
			return pick(r, "", "", "-") + "para{" + m.marked(depth) + "}"
		}
		return a
	}
	if r.IntN(2) == 0 {
		return m.term()
	}
	return pick(r,
		"tag:PREL", "tag:PGOV,ENRG", "tag!=PREL", "-tag:KZ", "origin:astana", "origin:newdelhi", `origin:"new delhi"`, "origin!=rome", "to:secstate",
		"info:lima", `info:="amembassy lima"`, "info:=lima", "origin:=rome,quito", `-origin:="amembassy rome"`, "tag!=prel,=kz", "country:kazakhstan", "country!=italy", "class:secret", "class>=secret", "class!=unclassified", "class:s/nf", "class<c", "mark:s/nf",
		"mark>=secret", "mark:u", "caveat:noforn", "caveat:sipdis", "date:2007", "date:2006..2007", "after:2007-02", "before:2006", "date>=2007-05",
		"declas<=2019", "declas:2018-02-14", "words>20", "words<=15", "by:jane", "sign:doe", "subject:gas", `subject:"end user"`, "subject:/^pipe/",
		"body:/pipe.*end/", "body!=/visit/", "body:visit,/koln/", "subject!=/gas/", "/köln/", "/uraniu[mn] the/", "/(gas|visit) the/", "/smith's/", "/0051/", "-/end.user/",
		"/naïve|talk/", "para{/end.user/ gas}", "para{/uranium/}", "para{-/the/ visit}", "/pipelines?\\b/", "/ank[a]ra/", "/tariffs/",
		"/minister gas/", "/(?-i)GAS visit/", "/pipeline[^a-z]+ankara/", "/tariff talks or/", "/visit the$/", "/^pipelines? (the|of)/", "/smith.s tariff/", "/talks 51 ankara/",
		"/ankara 2,000 talks/", "subject:/gas talks/", "body!=/minister visit/", "para{/tariff ankara/ mark:c}", "para{mark>=s -/pipeline minister/}", "para{/uraniu[mn] gas|koln/ mark!=c}",
		"body:visit", "body:/uraniu[mn] /", "file:3/", "missing:tags", "missing:refs", "missing:declas", "is:duplicate", "is:partial", "has:ref",
		"cites:07ROME9101", "citedby:06ASTANA9077", fmt.Sprintf("thread:%02d%s%d", 5+r.IntN(4), pick(r, "ROME", "ASTANA"), 9000+r.IntN(600)),
		fmt.Sprintf("cites:%02d%s%d", 5+r.IntN(4), pick(r, "QUITO", "NEWDELHI"), 9000+r.IntN(600)), "id:05ROME9004", "has:unknown-mark",
	)
}

func (m maker) term() string {
	return pick(m.r, "gas", "pipeline", "pipelin*", "minister", `"end user"`, "end-user", "=GAS", "=gas", "~uranium", "51", "koln", "the", `"of the"`,
		`"gas talks"~2`, "/pipelines? .f/", "naive", "石油", "or", "-visit", "ur*", `"minister gas"`, "smith", `"the end us*"`, "2000", "nothinglikeit")
}

// within makes up what is asked of one paragraph.
func (m maker) within(depth int) string {
	parts := []string{m.term()}
	for range m.r.IntN(depth + 1) {
		parts = append(parts, pick(m.r, m.term(), "mark:s/nf", "mark:c", "mark>=c", "-mark:u", "-"+strings.TrimPrefix(m.term(), "-"), "tag:PREL", "(gas OR visit)", "((gas tariff) OR (visit -minister))", "-(ankara talks)", "/pipelines? uraniu[mn]/"))
	}
	return strings.Join(parts, " ")
}

// marked makes up what is asked of one paragraph and its marking.
func (m maker) marked(depth int) string {
	mark := pick(m.r, "mark:s/nf", "mark:s", "mark:c", "mark>=c", "mark<s", "mark!=c", "mark:nf", "mark:u", "mark:c,u")
	if m.r.IntN(4) == 0 {
		mark = "-" + mark
	}
	if depth > 1 {
		switch m.r.IntN(4) {
		case 0:
			return "(" + m.marked(depth-1) + " OR " + m.marked(depth-1) + ")"
		case 1:
			return "-(" + m.marked(depth-1) + ") " + m.marked(depth-1)
		}
	}
	return pick(m.r, mark, mark+" "+m.term(), m.term()+" "+mark, mark+" "+m.within(depth), mark+" -("+m.within(depth)+")", "("+mark+" OR "+m.term()+") "+m.term())
}

// docOf is a cable as a query sees it, taken from the cable alone. e says what
// only its collection knows.
func docOf(c *model.Cable, e row) *query.Doc {
	f := factsOf(c, wordingOf(c, nil))
	t := f.traits | e.traits&(isCopy|isNew)
	d := &query.Doc{
		ID: c.ID, Date: c.Date(), Mark: f.class, Origin: f.origin, To: f.to, Info: f.info, Countries: f.country,
		Tags: f.tag, Caveats: f.caveat, Declas: f.declas, Subject: subjectOf(c), By: f.by, Sign: f.sign,
		Words: f.words, File: pathOf(c.Source), Missing: t.names("missing"), Is: t.names("is"), Has: t.names("has"),
	}
	for _, r := range f.cite {
		d.Cites = add(d.Cites, r.id)
	}
	d.Paras = paragraphs(c)
	return d
}

// A query as deep as the language allows is answered.
func TestDeepQuery(t *testing.T) {
	l := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{made(t, 30, 9)}}))
	text := "the"
	for range 45 {
		text = "(of (the OR " + text + "))"
	}
	if n := total(t, l, text); n == 0 || n > total(t, l, "of") {
		t.Errorf("found %d", n)
	}
}

// A cable whose source is gone and whose text is not kept is counted; the rest
// of the answer stands.
func TestVanishedSourceCostsItsCableOnly(t *testing.T) {
	dir := made(t, 60, 9)
	l := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{dir}}))
	q, err := query.Parse("/./", query.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "3", "00003.txt")); err != nil {
		t.Fatal(err)
	}
	for {
		p, err := l.List(t.Context(), q, model.Ask{N: 100})
		if err != nil {
			t.Fatal(err)
		}
		if !p.Counting {
			if p.Total != 59 || p.Unread != 1 {
				t.Errorf("%d answer and %d could not be read; want 59 and 1", p.Total, p.Unread)
			}
			return
		}
	}
}

// scanned is the collection as a plain scan sees it: each file read and parsed
// by itself, what only a collection knows worked out in the plainest way.
type scanned struct {
	docs  []*query.Doc
	paths []string
}

func scan(t testing.TB, dir string) scanned {
	t.Helper()
	var s scanned
	var cables []*model.Cable
	sums := map[string]int{}
	err := source.Walk(context.Background(), []string{dir}, func(it source.Item) error {
		if it.Refusal != nil {
			return nil
		}
		c := Parse(it.Message)
		e := row{}
		if _, known := sums[c.Source.SHA256]; known {
			e.setCopy(true)
		}
		sums[c.Source.SHA256] = len(cables)
		cables = append(cables, c)
		s.docs = append(s.docs, docOf(c, e))
		s.paths = append(s.paths, c.Source.Path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	held := map[string]bool{}
	for _, c := range cables {
		held[c.ID] = true
	}
	edges := map[[2]string]bool{} // citing, cited
	for i, c := range cables {
		s.docs[i].Cites = nil
		for _, r := range c.References {
			id := r.ID
			if before := ""; r.Kind == model.RefCable && r.ID != c.ID {
				if r.YearInferred && c.Date().Month() <= 2 && id[:2] == c.Date().Format("06") {
					before = c.Date().AddDate(-1, 0, 0).Format("06") + id[2:]
				}
				if before != "" && !held[id] && held[before] {
					id = before
				}
				s.docs[i].Cites = append(s.docs[i].Cites, id)
				edges[[2]string{c.ID, id}] = true
			}
		}
	}
	reach := func(from string, forward bool) map[string]bool {
		seen := map[string]bool{from: true}
		for grew := true; grew; {
			grew = false
			for e := range edges {
				a, b := e[0], e[1]
				if !forward {
					a, b = b, a
				}
				if seen[a] && !seen[b] {
					seen[b], grew = true, true
				}
			}
		}
		return seen
	}
	threads := map[string][2]map[string]bool{}
	for _, d := range s.docs {
		d.CitedBy = func(id string) bool { return edges[[2]string{id, d.ID}] }
		d.Thread = func(id string) bool {
			if _, ok := threads[id]; !ok {
				threads[id] = [2]map[string]bool{reach(id, true), reach(id, false)}
			}
			return threads[id][0][d.ID] || threads[id][1][d.ID]
		}
	}
	return s
}

// The index gives exactly what a plain scan of the parsed cables gives.
func TestIndexAgreesWithAPlainScan(t *testing.T) {
	t.Parallel()
	cables, queries := 2000, 500
	if testing.Short() {
		cables, queries = 400, 150
	}
	dir := made(t, cables, 7)
	s := scan(t, dir)
	l := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{dir}, Cache: t.TempDir()}))
	m := maker{rand.New(rand.NewPCG(11, 2))}
	some := 0
	for i := range queries {
		text := m.condition(i % 4)
		q, err := query.Parse(text, query.Options{})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var want, got []string
		for i, d := range s.docs {
			if q.Match(d) {
				want = append(want, s.paths[i])
			}
		}
		by := pick(m.r, model.ByDate, model.BySubject, model.ByRelevance)
		total := -1
		for from := model.Key(0); ; {
			p, err := l.List(t.Context(), q, model.Ask{Order: by, From: from, N: 97})
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			for _, e := range p.Entries {
				got = append(got, e.Path)
				from = e.Key
			}
			if len(p.Entries) == 0 && !p.Counting {
				total = p.Total
				break
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) || total != len(want) {
			t.Errorf("%s, by %s: the index gives %d of %d, the scan %d: %s", text, by, len(got), total, len(want), apart(got, want))
		}
		if len(want) > 0 && len(want) < cables {
			some++
		}
	}
	if some < queries/2 {
		t.Errorf("only %d of the %d queries tell cables apart", some, queries)
	}
}

// apart names a few that only one of two sorted lists has.
func apart(got, want []string) string {
	var out []string
	for _, g := range got {
		if _, ok := slices.BinarySearch(want, g); !ok {
			out = append(out, "+"+filepath.Base(g))
		}
	}
	for _, w := range want {
		if _, ok := slices.BinarySearch(got, w); !ok {
			out = append(out, "-"+filepath.Base(w))
		}
	}
	return strings.Join(out[:min(6, len(out))], " ")
}
