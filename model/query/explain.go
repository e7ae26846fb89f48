package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"chancery/model"
)

// Clause is a part of a query in words, with its own parts.
type Clause struct {
	Says  string   `json:"says"`
	Query string   `json:"query"` // the part in the language
	Of    []Clause `json:"of,omitempty"`
}

// Clause says how the query was understood.
func (q *Query) Clause() Clause {
	if q == nil || q.Root == nil {
		return Clause{Says: "every cable"}
	}
	return clause(q.Root, false)
}

// Explain says in plain lines how a query was understood, parts two blanks
// deeper than what they are part of, the notes at the end.
func (q *Query) Explain() []string {
	lines := q.Clause().lines(nil, "")
	if q != nil {
		for _, n := range q.Notes {
			lines = append(lines, "note: "+n.Text)
		}
	}
	return lines
}

func (c Clause) lines(lines []string, indent string) []string {
	lines = append(lines, indent+c.Says)
	for _, of := range c.Of {
		lines = of.lines(lines, indent+"  ")
	}
	return lines
}

// clause puts a node in words; para says whether it stands in para{}.
func clause(n Node, para bool) Clause {
	c := Clause{Query: Print(n)}
	switch n := n.(type) {
	case *And:
		c.Says, c.Of = "all of these:", clauses(n.Kids, para)
	case *Or:
		c.Says, c.Of = "at least one of these:", clauses(n.Kids, para)
	case *Not:
		kid := clause(n.Kid, para)
		switch n.Kid.(type) {
		case *And:
			c.Says, c.Of = "not all of these:", kid.Of
		case *Or:
			c.Says, c.Of = "none of these:", kid.Of
		case *Para:
			c.Says, c.Of = "no paragraph has:", kid.Of
		case *Not:
			c.Says, c.Of = "it does not hold that:", []Clause{kid}
		default:
			c.Says = "not: " + kid.Says
		}
	case *Para:
		c.Says = "one and the same paragraph has:"
		if all, ok := n.Kid.(*And); ok {
			c.Of = clauses(all.Kids, true)
		} else {
			c.Of = []Clause{clause(n.Kid, true)}
		}
	case *Term:
		c.Says = termWords(n.Words, n.Near) + where(para)
	case *Regexp:
		c.Says = "the expression " + c.Query + where(para)
	case *Field:
		c.Says = n.says(para)
	}
	return c
}

func clauses(kids []Node, para bool) []Clause {
	of := make([]Clause, 0, len(kids))
	for _, k := range kids {
		of = append(of, clause(k, para))
	}
	return of
}

// where says where a term is looked for.
func where(para bool) string {
	if para {
		return " in its text"
	}
	return " in the subject or in a paragraph"
}

// termWords puts words that follow each other in words.
func termWords(words []Word, near int) string {
	parts := make([]string, 0, len(words))
	for i := range words {
		w := &words[i]
		switch {
		case w.Exact != "":
			parts = append(parts, w.Exact)
		case w.Prefix:
			parts = append(parts, w.Text+"…")
		default:
			parts = append(parts, w.Text)
		}
	}
	all := `"` + strings.Join(parts, " ") + `"`
	first := words[0]
	switch {
	case near > 0:
		return fmt.Sprintf("the words %s in any order, with at most %d others between", all, near)
	case first.Exact != "":
		return all + " written exactly so"
	case first.Fuzzy && len(words) == 1:
		return fmt.Sprintf("a word like %s, at most %d of its letters off", all, mostOff(first.Text))
	case first.Fuzzy:
		return "words like " + all + " that follow each other, one or two letters of each off"
	case first.Prefix && len(words) == 1:
		return "a word that begins with \"" + first.Text + `"`
	case len(words) == 1:
		return "the word " + all
	}
	return "the words " + all + " one after the other"
}

// says puts a field in words.
func (f *Field) says(para bool) string {
	info := fieldOf(f.Name)
	if info == nil {
		return f.Name
	}
	values := make([]string, 0, len(f.Values))
	for i := range f.Values {
		values = append(values, f.Values[i].says(info, f.Op))
	}
	what := info.Meaning
	switch f.Name {
	case "mark":
		what = "marking of some paragraph"
		if para {
			what = "its marking"
		}
	case "after", "before":
		what = "date of the cable, UTC"
	case "id", "cites", "citedby", "thread":
		what = map[string]string{"id": "the cable is", "cites": "it refers to", "citedby": "it is referred to by", "thread": "it stands in the chain of references of"}[f.Name]
		if f.Op == NotEqual {
			return "not: " + what + " " + strings.Join(values, " or ")
		}
		return what + " " + strings.Join(values, " or ")
	}
	if f.Op != NotEqual {
		return what + ": " + strings.Join(values, " or ")
	}
	if info.ordered() && info.Kind != OfNumber {
		return what + ": known, and not " + strings.Join(values, " or ")
	}
	return what + ": not " + strings.Join(values, " or ")
}

// says puts a value in words, with the comparison if it orders.
func (v *Value) says(info *FieldInfo, op Op) string {
	switch {
	case v.Re != nil:
		return "the expression /" + pattern(v.Re) + "/"
	case info.Kind == OfDate:
		return v.dates(op)
	case info.Kind == OfMark:
		if v.Mark.Level == model.LevelUnknown {
			return strings.TrimPrefix(v.Mark.Words(), "LEVEL NOT GIVEN//") + ", whatever the level"
		}
		return ordered(op, v.Mark.Words(), "below", "above")
	case info.Kind == OfNumber:
		return ordered(op, strconv.Itoa(v.Number), "less than", "more than")
	case info.Kind == OfCable:
		return v.ID
	case info.Kind == OfWord:
		if meaning := wordMeanings[info.Name+":"+v.Text]; meaning != "" {
			return v.Text + " (" + meaning + ")"
		}
		return v.Text
	case v.Whole:
		return strings.ToUpper(v.Text) + " and nothing else"
	case info.Name == "file":
		return `"` + v.Text + `"`
	case info.Kind == OfText:
		return termWords(v.Words, 0)
	case len(v.Words) > 0 && (v.Words[0].Fuzzy || v.Words[len(v.Words)-1].Prefix):
		return termWords(v.Words, 0)
	}
	return strings.ToUpper(v.Text)
}

// ordered puts an ordered value in words.
func ordered(op Op, value, less, more string) string {
	switch op {
	case Less:
		return less + " " + value
	case AtMost:
		return value + " or " + strings.TrimSuffix(less, " than")
	case More:
		return more + " " + value
	case AtLeast:
		return value + " or " + strings.TrimSuffix(more, " than")
	}
	return value
}

// dates puts the days that a value asks for in words, the first and the last
// included.
func (v *Value) dates(op Op) string {
	from, to := v.From, v.To
	switch op {
	case Less:
		from, to = time.Time{}, v.From
	case AtMost:
		from = time.Time{}
	case More:
		from, to = v.To, time.Time{}
	case AtLeast:
		to = time.Time{}
	}
	const day = "2006-01-02"
	first, last := from.Format(day), to.AddDate(0, 0, -1).Format(day)
	switch {
	case to.IsZero():
		return "from " + first + " on, that day included"
	case from.IsZero():
		return "until " + last + ", that day included"
	case first == last:
		return first
	}
	return first + " to " + last
}
