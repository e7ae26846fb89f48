package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"chancery/model"
)

// What a query may be at most. Within these limits reading one takes a moment
// and no more stack than a goroutine has.
const (
	longestQuery = 4096    // bytes
	deepest      = 100     // groups and NOTs within each other
	longestSaved = 1 << 16 // bytes of saved queries that one may stand for
)

// Parse reads a query. An error is always an *Error. A query of blanks alone
// asks for everything: its Root is nil.
//
//	query = [ or ]
//	or    = and { ("OR" | "|") and }
//	and   = unary { ["AND"] unary }
//	unary = { "NOT" | "-" } atom
//	atom  = "(" or ")" | "para{" or "}" | term | field
//	term  = word | word"*" | "="word | "~"word | phrase | phrase"~"n | "/"re"/"
//	field = name op value { "," value }
//	op    = ":" | "=" | "!=" | ">" | ">=" | "<" | "<="
//	value = ["="] bare | ["="] phrase | "/"re"/" | date | date".."[date] | ".."date
//
// The saved query that q:NAME names is read in its place; all of its parts
// have the span of that q:NAME.
func Parse(text string, o Options) (*Query, error) {
	p := &parser{text: text, o: o, grown: new(int)}
	root, err := p.query()
	if err != nil {
		err.Query = text
		return nil, err
	}
	q := &Query{Text: text, Root: root, Notes: p.notes}
	q.shown = lightsOf(root)
	return q, nil
}

// parser reads a query from left to right, and looks no further ahead than to
// the end of a word.
type parser struct {
	text  string
	at    int
	o     Options
	depth int
	para  bool // within para{
	notes []Note

	// Within a saved query:
	whole *model.Span // the place of q:NAME in what the reader wrote
	saved []string    // the saved queries that are being read, the outermost first
	grown *int        // bytes of saved queries so far
}

// query reads all of it.
func (p *parser) query() (Node, *Error) {
	if err := p.readable(); err != nil {
		return nil, err
	}
	root, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.at < len(p.text) { // or stops at nothing but a bracket
		c := p.text[p.at : p.at+1]
		return nil, p.wrong(p.at, p.at+1, "this %s closes nothing", c).hint("take it away, or search it as text in quotation marks")
	}
	return root, nil
}

// readable refuses what no one types on purpose.
func (p *parser) readable() *Error {
	if len(p.text) > longestQuery {
		return p.wrong(longestQuery, longestQuery+1, "a query may have 4,096 bytes, this one has more").hint("save a part of it and use that as q:NAME")
	}
	for i, r := range p.text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(p.text[i:], "\ufffd"):
			return p.wrong(i, i+1, "this is not UTF-8").hint("type the character again")
		case unicode.IsControl(r) && !unicode.IsSpace(r):
			return p.wrong(i, i+utf8.RuneLen(r), "a control character stands here").hint("take it out")
		}
	}
	return nil
}

// wrong makes an error at a place of the text.
func (p *parser) wrong(start, end int, format string, a ...any) *Error {
	return &Error{Query: p.text, Span: model.Span{Start: start, End: end}, What: fmt.Sprintf(format, a...)}
}

func (e *Error) hint(format string, a ...any) *Error {
	e.Hint = fmt.Sprintf(format, a...)
	return e
}

// span is a place of the text as nodes keep it.
func (p *parser) span(start, end int) model.Span {
	if p.whole != nil {
		return *p.whole
	}
	return model.Span{Start: start, End: end}
}

func (p *parser) note(start, end int, format string, a ...any) {
	if p.whole == nil {
		p.notes = append(p.notes, Note{model.Span{Start: start, End: end}, fmt.Sprintf(format, a...)})
	}
}

// blanks passes over them.
func (p *parser) blanks() {
	for p.at < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.at:])
		if !unicode.IsSpace(r) {
			return
		}
		p.at += size
	}
}

// rest is what is not read yet.
func (p *parser) rest() string { return p.text[p.at:] }

// operator tells which operator begins here: OR, AND, NOT or |; "" for none.
func (p *parser) operator() string {
	rest := p.rest()
	if strings.HasPrefix(rest, "|") {
		return "|"
	}
	for _, op := range [...]string{"OR", "AND", "NOT"} {
		if after, ok := strings.CutPrefix(rest, op); ok && (after == "" || endsBare(after)) {
			return op
		}
	}
	return ""
}

// endsBare says whether a bare word ends where s begins.
func endsBare(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(`()}|`, r) || isQuote(r) || unicode.IsSpace(r)
}

// isQuote says whether a rune is a double quotation mark, straight or curly.
func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '‟':
		return true
	}
	return false
}

// or reads what ORs join; nil when nothing stands here.
func (p *parser) or() (Node, *Error) {
	first, err := p.and()
	if err != nil {
		return nil, err
	}
	kids := []Node{first}
	for {
		op, start := p.operator(), p.at
		if op != "OR" && op != "|" {
			break
		}
		p.at += len(op)
		if first == nil {
			return nil, p.wrong(start, p.at, "%s needs something before it", op).hint("for example: tag:PREL %s tag:PGOV", op)
		}
		next, err := p.and()
		if err != nil {
			return nil, err
		}
		if next == nil {
			return nil, p.wrong(start, start+len(op), "%s needs something after it", op).hint("for example: tag:PREL %s tag:PGOV", op)
		}
		kids = append(kids, next)
	}
	if len(kids) == 1 {
		return first, nil
	}
	return &Or{kids}, nil
}

// and reads what must all hold; nil when nothing stands here.
func (p *parser) and() (Node, *Error) {
	var kids []Node
	for {
		p.blanks()
		start, op := p.at, p.operator()
		if op == "AND" {
			p.at += len(op)
			p.blanks()
			if len(kids) == 0 {
				return nil, p.wrong(start, start+3, "AND needs something before it").hint("for example: tag:PREL AND tag:PGOV")
			}
		}
		if p.ends() {
			if op == "AND" {
				return nil, p.wrong(start, start+3, "AND needs something after it").hint("for example: tag:PREL AND tag:PGOV")
			}
			break
		}
		kid, err := p.unary()
		if err != nil {
			return nil, err
		}
		kids = append(kids, kid)
	}
	switch len(kids) {
	case 0:
		return nil, nil
	case 1:
		return kids[0], nil
	}
	return &And{kids}, nil
}

// ends says whether nothing that could be asked begins here.
func (p *parser) ends() bool {
	if p.at >= len(p.text) || p.text[p.at] == ')' || p.text[p.at] == '}' {
		return true
	}
	op := p.operator()
	return op != "" && op != "NOT"
}

// unary reads an atom and the NOTs before it.
func (p *parser) unary() (Node, *Error) {
	nots := 0
	for {
		start := p.at
		op := p.operator()
		switch {
		case op == "NOT":
			p.at += 3
			p.blanks()
			if p.ends() {
				return nil, p.wrong(start, start+3, "NOT needs something after it").hint("for example: NOT tag:OVIP")
			}
		case strings.HasPrefix(p.rest(), "-"):
			p.at++
			if r, _ := utf8.DecodeRuneInString(p.rest()); p.ends() || unicode.IsSpace(r) {
				return nil, p.wrong(start, start+1, "- needs something right after it").hint("for example: -tag:OVIP")
			}
		default:
			return p.negated(nots)
		}
		nots++
		if p.depth+nots > deepest {
			return nil, p.wrong(start, start+1, "this is nested too deep").hint("at most %d groups may stand within each other", deepest)
		}
	}
}

func (p *parser) negated(nots int) (Node, *Error) {
	p.depth += nots
	n, err := p.atom()
	p.depth -= nots
	if err != nil {
		return nil, err
	}
	for range nots {
		n = &Not{n}
	}
	return n, nil
}

// atom reads a group, a term or a field.
func (p *parser) atom() (Node, *Error) {
	start := p.at
	r, size := utf8.DecodeRuneInString(p.rest())
	switch {
	case r == '(':
		return p.group("(")
	case isQuote(r):
		return p.phrase()
	case r == '/':
		return p.pattern()
	case strings.ContainsRune("!‐‑‒–—−", r):
		return nil, p.wrong(start, start+size, "%c does not exclude", r).hint("to exclude a word or field put - before it: -tag:OVIP")
	case strings.ContainsRune(":<>", r):
		return nil, p.wrong(start, start+size, "the field before %c is missing", r).hint("for example: class>=secret")
	case r == '{':
		return nil, p.wrong(start, start+size, "{ stands alone").hint("for conditions on one paragraph write para{...}, without a blank")
	}
	name := wordName(p.rest())
	after := p.text[p.at+len(name):]
	switch {
	case strings.HasPrefix(after, "{") && strings.EqualFold(name, "para"):
		return p.group(p.rest()[:len("para{")])
	case strings.HasPrefix(after, "{") && name != "":
		return nil, p.wrong(start, start+len(name), "there is no group \"%s{\"", name).hint("for conditions on one paragraph write para{...}")
	case name != "" && opAt(after) != "":
		return p.field(name)
	}
	return p.bare()
}

// wordName is the name of a field or group that s may begin with.
func wordName(s string) string {
	for i, r := range s {
		if unicode.IsLetter(r) || i > 0 && (unicode.IsDigit(r) || r == '_' || r == '-') {
			continue
		}
		return s[:i]
	}
	return s
}

// opAt is the comparison that s begins with, as written; "" for none.
func opAt(s string) string {
	for _, op := range [...]string{"!=", ">=", "<=", ":", "=", ">", "<"} {
		if strings.HasPrefix(s, op) {
			return op
		}
	}
	return ""
}

// group reads what stands in brackets; opening is the bracket, with para
// before it or not.
func (p *parser) group(opening string) (Node, *Error) {
	start, end := p.at, p.at+len(opening)
	para, what, closing := opening != "(", "( group", ")"
	if para {
		what, closing = "para{ group", "}"
	}
	switch {
	case p.depth >= deepest:
		return nil, p.wrong(start, end, "this is nested too deep").hint("at most %d groups may stand within each other", deepest)
	case para && p.para:
		return nil, p.wrong(start, end, "para{ cannot stand inside another para{").hint("close the first before: para{...} para{...}")
	}
	p.at = end
	p.depth++
	p.para = p.para || para
	n, err := p.or()
	p.depth--
	p.para = p.para && !para
	switch {
	case err != nil:
		return nil, err
	case p.at >= len(p.text):
		return nil, p.wrong(start, end, "this %s is never closed", what).hint("add a %s at the end", closing)
	case p.text[p.at:p.at+1] != closing:
		return nil, p.wrong(p.at, p.at+1, "this %s does not close the group that is open", p.text[p.at:p.at+1]).hint("put a %s before it", closing)
	case n == nil:
		return nil, p.wrong(start, p.at+1, "nothing stands in this group").hint("write what it must hold, or take it away")
	}
	p.at++
	if para {
		return &Para{n}, nil
	}
	return n, nil
}
