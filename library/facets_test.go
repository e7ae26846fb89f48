package library

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chancery/model"
	"chancery/model/query"
)

// What a facet counts is what its value's term finds: a bar and the list it
// leads to say the same number.
func TestFacetsCountWhatTheirTermsFind(t *testing.T) {
	l := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{made(t, 300, 5)}}))
	fields := []string{"year", "month", "class", "mark", "country", "tag", "caveat", "to", "info", "origin"}
	for _, base := range []string{"", "gas", "class>=secret -visit"} {
		asked, err := query.Parse(base, query.Options{})
		if err != nil {
			t.Fatal(err)
		}
		o, err := l.Facets(t.Context(), asked, fields, 100)
		if err != nil || len(o.Facets) != len(fields) {
			t.Fatal(o, err)
		}
		for _, f := range o.Facets {
			if len(f.Values) == 0 || f.Distinct != len(f.Values) {
				t.Errorf("%q by %s: %d of %d values", base, f.Field, len(f.Values), f.Distinct)
			}
			for _, v := range f.Values {
				if n := total(t, l, query.Narrow(base, v.Term)); n != v.Count {
					t.Errorf("%q by %s: %s is counted %d times, %s finds %d", base, f.Field, v.Value, v.Count, v.Term, n)
				}
				if n := total(t, l, v.Term); n != v.All {
					t.Errorf("by %s: %s stands %d times in all, %s finds %d", f.Field, v.Value, v.All, v.Term, n)
				}
			}
		}
	}
}

// clashing is a cable whose names are words of others, differ in capitals only,
// or are no words at all. Every other one is said to come from another post than
// its id says.
func clashing(r *rand.Rand, i int) string {
	posts := []string{"LIMA", "GUINEA", "NEW DELHI", "DELHI", "ROME", "BISSAU"}
	post := pick(r, posts...)
	sender := pick(r, "AMEMBASSY "+post, "AMCONSUL "+post, "USMISSION "+pick(r, posts...), "SECSTATE WASHDC", "AMEMBASSY "+pick(r, posts...))
	name := func() string {
		return pick(r, "LIMA", "Lima", "AMEMBASSY LIMA", "AMCONSUL LIMA", "NEW DELHI", "NEW-DELHI", "DELHI", "NEWDELHI", "AMEMBASSY NEW DELHI",
			"LIMA NEW", "GUINEA BISSAU", "GUINEA", "NATO EU COLLECTIVE", "NATO", "A.B.", "0051 GROUP", "51", "GROUP 51")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "P %02d0930Z MAY 07\nFM %s\nTO %s\n", 1+r.IntN(28), sender, name())
	fmt.Fprintf(&b, "INFO %s\n%s\n%s\n", name(), name(), name())
	fmt.Fprintf(&b, "C O N F I D E N T I A L %s %06d\n\n%s\n\nE.O. 12958: N/A\n", post, 9000+i, pick(r, "SIPDIS", "NOFORN", "NOFORN SIPDIS", "SENSITIVE", "EXDIS", "NODIS NOFORN"))
	fmt.Fprintf(&b, "TAGS: %s\nSUBJECT: NAMES\n\n1. (%s) No more than names.\n\nDOE\n", pick(r, "PREL, KZ", "GV, PU", "PREL", "EK, PREL", "PU", "IN"), pick(r, "C", "C/NF", "S/NF", "U"))
	return b.String()
}

// A bar leads to exactly the cables that it counted, however much the names of
// a field are like each other; and the plainest term is taken that does.
func TestTermsTellNamesApart(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 2))
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			rt.Fatal(err)
		}
		for i := range 40 {
			write(t, filepath.Join(dir, fmt.Sprintf("%d.txt", i)), clashing(r, i))
		}
		l := opened(t, Open(t.Context(), Options{Name: "x", Paths: []string{dir}}))
		for _, base := range []string{"", pick(r, "tag:PREL", "-caveat:noforn", "to:lima OR info:delhi")} {
			o, err := l.Facets(t.Context(), ask(t, base), []string{"country", "tag", "caveat", "to", "info", "origin"}, 1000)
			if err != nil {
				rt.Fatal(err)
			}
			for _, f := range o.Facets {
				for _, v := range f.Values {
					if n := total(t, l, query.Narrow(base, v.Term)); n != v.Count {
						rt.Errorf("%q by %s: %s is counted %d times, %s finds %d", base, f.Field, v.Value, v.Count, v.Term, n)
					}
					if n := total(t, l, v.Term); n != v.All {
						rt.Errorf("by %s: %s stands %d times in all, %s finds %d", f.Field, v.Value, v.All, v.Term, n)
					}
					if plain := f.Field + ":" + query.Quote(v.Value); v.Term != plain && total(t, l, plain) == v.All {
						rt.Errorf("by %s: %s is asked for with %s where %s would do", f.Field, v.Value, v.Term, plain)
					}
				}
			}
		}
		l.Close()
	})
}

func total(t *testing.T, l *Library, text string) int {
	t.Helper()
	q, err := query.Parse(text, query.Options{Desk: true})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	for {
		p, err := l.List(t.Context(), q, model.Ask{N: 1})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if !p.Counting {
			return p.Total
		}
	}
}
