package query

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chancery/model"
)

// Completion is what may stand at the cursor of a query.
type Completion struct {
	Span   model.Span // that a candidate replaces
	Field  string     // values of this field are wanted: the library knows them
	Begin  string     // what is typed of the value or field so far
	Whole  bool       // = stands before the value: it is the whole of a name
	Ready  []Candidate
	Others *Query // the query without the part at the cursor: what values are counted in; nil for everything
}

// Candidate is one way to go on.
type Candidate struct {
	Text    string // put in place of Span
	Meaning string
}

// Complete says what may stand at a byte of a query that is being typed. It
// never fails: where nothing can be told there are no candidates.
//
//   - Where a term may begin, or a word is typed that may be the name of a
//     field: the fields that begin so, and para{.
//   - After a field of names, of cables or of saved queries: Field, its name.
//     A value takes the place of Span as Quote gives it.
//   - After one of markings or of fixed words: those that begin so, Ready.
//   - After one of dates, numbers or text, in quotation marks, in a regular
//     expression: nothing.
//
// Others leaves out the whole term at the cursor with the NOT before it, and
// closes what is open.
func Complete(text string, at int, o Options) Completion {
	at = min(max(0, at), len(text))
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	x, lacks := pieceAt(text, at)
	c := Completion{Span: model.Span{Start: at, End: at}}
	switch {
	case x.closed:
	case x.name == "" || at <= x.nameEnd():
		c.fields(text, &x, at, o)
	default:
		c.values(text, &x, at, o)
	}
	if c.Field == "" && len(c.Ready) == 0 {
		return c
	}
	o.Typing = false
	if q, err := Parse(text[:x.from]+text[x.end:]+lacks, o); err == nil && q.Root != nil {
		c.Others = q
	}
	return c
}

// fields offers what may begin a term.
func (c *Completion) fields(text string, x *piece, at int, o Options) {
	c.Span = model.Span{Start: x.start, End: x.end}
	op := ":"
	if x.name != "" {
		c.Span.End, op = x.nameEnd()+len(x.op), x.op
	}
	c.Begin = strings.ToLower(text[x.start:at])
	for i := range fields {
		f := &fields[i]
		if f.Desk && !o.Desk {
			continue
		}
		for _, name := range append([]string{f.Name}, f.Aliases...) {
			if strings.HasPrefix(name, c.Begin) {
				c.Ready = append(c.Ready, Candidate{name + op, f.Meaning})
				break // an alias only where the name does not begin so
			}
		}
	}
	if x.name == "" && strings.HasPrefix("para{", c.Begin) {
		c.Ready = append(c.Ready, Candidate{"para{", "all of it in one and the same paragraph"})
	}
}

// values offers what a field may be compared with.
func (c *Completion) values(text string, x *piece, at int, o Options) {
	f := fieldOf(x.name)
	if f == nil || f.Desk && !o.Desk {
		return
	}
	i := slices.IndexFunc(x.values, func(s model.Span) bool { return s.Start <= at && at <= s.End })
	if i < 0 { // within the comparison
		return
	}
	begin := text[x.values[i].Start:at]
	if strings.HasPrefix(begin, "/") || x.whole[i] && f.Kind != OfName {
		return
	}
	if r, size := utf8.DecodeRuneInString(begin); isQuote(r) {
		begin = begin[size:]
		if strings.ContainsFunc(begin, isQuote) { // it stands behind what is closed
			return
		}
	}
	switch f.Kind {
	case OfName, OfCable, OfQuery:
		c.Field, c.Whole = f.Name, x.whole[i]
	case OfMark:
		for _, m := range marks {
			c.offer(begin, m.word, m.meaning)
		}
	case OfWord:
		for _, w := range f.Words {
			if o.Desk || !slices.Contains(f.DeskWords, w) {
				c.offer(begin, w, wordMeanings[f.Name+":"+w])
			}
		}
	}
	if c.Field != "" || len(c.Ready) > 0 {
		c.Span, c.Begin = x.values[i], begin
	}
}

func (c *Completion) offer(begin, word, meaning string) {
	if strings.HasPrefix(word, strings.ToLower(begin)) {
		c.Ready = append(c.Ready, Candidate{word, meaning})
	}
}
