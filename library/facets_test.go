package library

import (
	"testing"

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

func total(t *testing.T, l *Library, text string) int {
	t.Helper()
	q, err := query.Parse(text, query.Options{})
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
