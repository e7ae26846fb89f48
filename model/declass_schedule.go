package model

import (
	"strings"
	"time"
)

// schedule reads the marks of E.O. 10501 (groups), 11652 (GDS, ADS, XGDS) and
// 12065 (GDS, RDS), and computes the date where the order sets one.
func (r *declassReader) schedule() bool {
	if n := group(r.text); n != 0 {
		return r.group(n)
	}
	first := r.text
	if i := strings.IndexAny(first, " ,;(/:."); i > 0 {
		first = first[:i]
	}
	name := strings.TrimRight(first, "-0123456789")
	switch name {
	case "NGDS", "XGDS", "EXGDS", "XGD":
		r.d.Kind, r.d.Literal = DeclassIndefinite, xgds(r.text, name)
		return true
	case "GDS", "RDS", "ADS":
	default:
		return false
	}
	r.d.Kind, r.d.Literal = DeclassGDS, first
	r.d.Review = name == "RDS"
	t, odd, ok := findDate(r.text[len(name):], r.origin)
	switch {
	case ok:
		r.d.Date, r.d.Repaired = t, r.d.Repaired || odd
	case name == "GDS":
		r.compute()
	default: // a review or an early release without its date
		r.d.Kind = DeclassIndefinite
	}
	return true
}

// xgds keeps the number of the exemption: "XGDS-3", "XGDS 2".
func xgds(text, name string) string {
	rest := strings.TrimLeft(text[len(name):], " -(")
	if rest != "" && rest[0] >= '1' && rest[0] <= '4' {
		return name + "-" + rest[:1]
	}
	return name
}

// compute applies the General Declassification Schedule: under E.O. 11652 the
// end of the tenth, eighth or sixth full calendar year after the year of
// origin for TOP SECRET, SECRET, CONFIDENTIAL (s.5(A)); under E.O. 12065 six
// years from the day of origin (s.1-401).
func (r *declassReader) compute() {
	if r.origin.IsZero() {
		return
	}
	if r.d.Order == "12065" {
		r.d.Date = r.origin.UTC().Truncate(24*time.Hour).AddDate(6, 0, 0)
		r.d.Computed, r.d.Basis = true, "GDS of E.O. 12065"
		return
	}
	years := map[Level]int{TopSecret: 10, Secret: 8, Confidential: 6}[r.level]
	if years == 0 {
		return
	}
	r.d.Date = time.Date(r.origin.UTC().Year()+years, time.December, 31, 0, 0, 0, 0, time.UTC)
	r.d.Computed, r.d.Basis = true, "GDS, "+r.level.String()
}

// group reads "GROUP 4", "GP-3", "GRP 1".
func group(s string) int {
	for _, w := range [...]string{"GROUP", "GRP", "GP"} {
		if after, ok := strings.CutPrefix(s, w); ok {
			after = strings.TrimLeft(after, " -:")
			if after != "" && after[0] >= '1' && after[0] <= '4' && (len(after) == 1 || !isDigit(after[1])) {
				return int(after[0] - '0')
			}
		}
	}
	return 0
}

// group reads the groups of E.O. 10964, of which only the fourth ends by
// itself, twelve years from origin.
func (r *declassReader) group(n int) bool {
	r.d.Kind, r.d.Literal = DeclassIndefinite, "GROUP "+string(rune('0'+n))
	if n == 4 {
		r.d.Kind = DeclassGDS
		if !r.origin.IsZero() {
			r.d.Date = r.origin.UTC().Truncate(24*time.Hour).AddDate(12, 0, 0)
			r.d.Computed, r.d.Basis = true, "GROUP 4, twelve years"
		}
	}
	return true
}
