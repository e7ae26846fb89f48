package ui

import (
	"strings"
	"time"

	"chancery/model"
	"chancery/model/safe"
)

// block is one field counted.
type block struct {
	field, title string
	values       []tally
	distinct     int // values there are, listed or not
	most         int // the highest count, the longest bar
	cited        bool
	reading      bool // it has not been counted yet
	joined       bool // neighbouring years stand together
	widths       tallyWidths
}

// tally is a value with its numbers. All texts have passed the gate but the
// term, which goes back to the library.
type tally struct {
	value, meaning, term string
	count, all           int
	level                model.Level
	marked               bool // the value is a marking
}

// unknownAll stands for a number of the whole collection that nobody counted.
const unknownAll = -1

// tallyWidths are the widest of each column of a block.
type tallyWidths struct{ value, meaning, count, all int }

// yearsMost is how many bars the overview has for years, monthsFrom and
// monthsTo for what stretch it shows months instead.
const (
	yearsMost  = 14
	yearsMonth = 3
)

// gather makes the blocks of what was counted, with all years or the sparse
// ones joined.
func (v *overview) gather(join bool) []block {
	var out []block
	months := v.only == "" && v.months()
	for _, f := range facetFields(v.own) {
		switch {
		case v.only != "" && f[0] != v.only:
			continue
		case v.only == "" && (f[0] == "year" && months || f[0] == "month" && !months):
			continue
		case f[0] == wantedField:
			out = append(out, v.wantedBlock(f[1]))
			continue
		}
		b := block{field: f[0], title: f[1], reading: !v.counted}
		for i := range v.counts.Facets {
			if v.counts.Facets[i].Field == f[0] {
				b.take(&v.counts.Facets[i])
			}
		}
		if b.field == "year" && join && len(b.values) > yearsMost {
			b.values, b.joined = fewer(b.values, yearsMost), true
		}
		b.measure()
		out = append(out, b)
	}
	return out
}

// months says that the answer lies within few enough years to be shown by
// month.
func (v *overview) months() bool {
	for _, f := range v.counts.Facets {
		if f.Field == "year" {
			return len(f.Values) > 0 && len(f.Values) <= yearsMonth
		}
	}
	return false
}

// take reads a facet; the cables without a value stand last.
func (b *block) take(f *model.Facet) {
	b.distinct = max(f.Distinct, len(f.Values))
	for _, x := range f.Values {
		t := tally{value: safe.Line(x.Value), meaning: safe.Line(x.Meaning), term: x.Term, count: x.Count, all: x.All}
		if b.field == "mark" || b.field == "class" {
			t.level, t.marked = levelOf(x.Value), true
		}
		if b.field == judgementField {
			t.value, t.meaning = judgementTally(x.Value), ""
		}
		b.values = append(b.values, t)
	}
	if f.None > 0 {
		b.values = append(b.values, tally{value: "(none)", term: noneTerm(b.field), count: f.None, all: unknownAll, marked: b.field == "mark" || b.field == "class"})
	}
}

// judgementTally is a judgement with its sign, as the list shows it; what is not
// judged has none there, and a point here.
func judgementTally(value string) string {
	switch j := model.Judgement(value); j {
	case model.Relevant, model.Irrelevant, model.Later:
		return j.Sign() + " " + judgementWords(j)
	case "unjudged":
		return ". unjudged"
	}
	return safe.Line(value)
}

// noneTerm asks for the cables that have no value of a field, where the
// language can.
func noneTerm(field string) string {
	switch field {
	case "class":
		return "missing:class"
	case "tag":
		return "missing:tags"
	case "year", "month":
		return "missing:date"
	}
	return ""
}

// levelOf reads the level of a value: S, S/NF, SECRET.
func levelOf(value string) model.Level {
	word, _, _ := strings.Cut(value, "/")
	for l := model.Unclassified; l <= model.TopSecret; l++ {
		if strings.EqualFold(word, l.Code()) || strings.EqualFold(word, l.String()) {
			return l
		}
	}
	return model.LevelUnknown
}

// wantedBlock makes the block of what is cited and not held: what a reader
// would ask an archive for.
func (v *overview) wantedBlock(title string) block {
	b := block{field: wantedField, title: title, cited: true, distinct: max(v.wantedN, len(v.wanted)), reading: !v.sought}
	for _, w := range v.wanted {
		id := safe.Line(w.ID)
		if w.Inferred == w.Count {
			id += "?" // no reference gives its year
		}
		b.values = append(b.values, tally{
			value: id, meaning: safe.Line(wantedWords(w)), term: termOf("cites", w.ID), count: w.Count, all: w.Count,
		})
	}
	b.measure()
	return b
}

// wantedWords says when and by whom a cable is cited, and how sure that is.
func wantedWords(w model.Wanted) string {
	var out []string
	if s := years(w.First, w.Last); s != "" {
		out = append(out, s)
	}
	if w.Inferred > 0 && w.Inferred < w.Count {
		out = append(out, count(w.Inferred)+" give no year")
	}
	if len(w.By) > 0 {
		by := strings.Join(w.By, " ")
		if w.Count > len(w.By) {
			by += " ..."
		}
		out = append(out, "by "+by)
	}
	return strings.Join(out, "  ")
}

// years is the stretch between two dates in years: 2006-2007.
func years(first, last time.Time) string {
	switch {
	case first.IsZero() && last.IsZero():
		return ""
	case first.IsZero():
		first = last
	case last.IsZero():
		last = first
	}
	from, to := first.UTC().Format("2006"), last.UTC().Format("2006")
	if from == to {
		return from
	}
	return from + "-" + to
}

// fewer joins neighbouring years into stretches until there are at most n: the
// pair with the fewest cables first, so that the full years stand alone.
func fewer(ts []tally, n int) []tally {
	tail := 0 // the row without a date is no year
	if len(ts) > 0 && !isYear(ts[len(ts)-1].value) {
		tail = 1
	}
	for len(ts)-tail > n {
		at := 0
		for i := range len(ts) - tail - 1 {
			if ts[i].count+ts[i+1].count < ts[at].count+ts[at+1].count {
				at = i
			}
		}
		x, y := ts[at], ts[at+1]
		from, _, _ := strings.Cut(x.value, "-")
		to := y.value[strings.LastIndexByte(y.value, '-')+1:]
		x.value, x.term = from+"-"+to, "date:"+from+".."+to
		x.count, x.all = x.count+y.count, x.all+y.all // both are years, whose numbers are known
		ts[at] = x
		ts = append(ts[:at+1], ts[at+2:]...)
	}
	return ts
}

func isYear(s string) bool { return len(s) >= 4 && s[0] >= '0' && s[0] <= '9' }

// measure finds the widest of each column.
func (b *block) measure() {
	b.most, b.widths = 0, tallyWidths{}
	w := &b.widths
	for i := range b.values {
		t := &b.values[i]
		b.most = max(b.most, t.count)
		w.value, w.meaning = max(w.value, width(t.value)), max(w.meaning, width(t.meaning))
		w.count, w.all = max(w.count, len(count(t.count))), max(w.all, len(count(t.all)))
	}
}
