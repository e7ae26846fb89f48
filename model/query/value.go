package query

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"chancery/model"
)

// field reads a field, its comparison and its values.
func (p *parser) field(name string) (Node, *Error) {
	start := p.at
	info, op, err := p.fieldHead(name)
	if err != nil {
		return nil, err
	}
	f := &Field{Name: info.Name, Op: op}
	var each []Node // of q, what each name stands for
	for {
		if info.Kind == OfQuery {
			n, err := p.savedQuery(start)
			if err != nil {
				return nil, err
			}
			each = append(each, n)
		} else {
			v, err := p.value(info, op)
			if err != nil {
				return nil, err
			}
			f.Values = append(f.Values, v)
		}
		if !strings.HasPrefix(p.rest(), ",") {
			break
		}
		comma := p.at
		p.at++
		if rest := p.rest(); rest == "" || rest[0] == ',' || endsBare(rest) && p.noQuote() == nil {
			return nil, p.wrong(comma, comma+1, "a comma needs a value after it").hint("for one of several: %s", several(info))
		}
		if op != Is && op != NotEqual {
			return nil, p.wrong(comma, comma+1, "%q compares with one value", op).hint("take the comma out; for one of several use OR")
		}
	}
	if info.Kind == OfQuery {
		return oneOf(each, op), nil
	}
	f.Span = p.span(start, p.at)
	return f, nil
}

// several is an example of a field with a choice of values.
func several(info *FieldInfo) string {
	if info.Name == "tag" {
		return "tag:PREL,PGOV"
	}
	return info.Name + ":A,B"
}

// oneOf joins what saved queries stand for.
func oneOf(each []Node, op Op) Node {
	n := each[0]
	if len(each) > 1 {
		n = &Or{each}
	}
	if op == NotEqual {
		n = &Not{n}
	}
	return n
}

// fieldHead reads the name and the comparison, and leaves the place after them.
func (p *parser) fieldHead(name string) (*FieldInfo, Op, *Error) {
	start := p.at
	written := opAt(p.text[start+len(name):])
	info := fieldOf(name)
	if info == nil {
		return nil, "", p.noField(start, name, written)
	}
	if info.Desk && !p.o.Desk {
		return nil, "", p.wrong(start, start+len(name)+len(written), "%s%s asks for your own work, which is not kept here", name, written).
			hint("ask for what the cables hold; chancery help query lists the fields")
	}
	at := start + len(name)
	p.at = at + len(written)
	op := Op(written)
	if written == "=" {
		op = Is
	}
	if op != Is && op != NotEqual && !info.ordered() {
		e := p.wrong(at, p.at, "%s has no order, so %q cannot be used", info.Name, written).hint("use %s:VALUE", info.Name)
		if info.Kind == OfDate {
			e.What = info.Name + " compares by itself, so \"" + written + "\" cannot be used"
			e.Hint = "write " + info.Name + ":2007, or date" + written + "2007"
		}
		return nil, "", e
	}
	if op == NotEqual && info.Kind == OfDate && !info.ordered() {
		return nil, "", p.wrong(at, p.at, `%s compares by itself, so "!=" cannot be used`, info.Name).hint("write -%s:2007", info.Name)
	}
	if rest := p.rest(); rest == "" || rest[0] == ',' || rest[0] != '(' && endsBare(rest) && p.noQuote() == nil {
		return nil, "", p.wrong(start, p.at, "%s has no value", p.text[start:p.at]).hint("write it right after, without a blank: %s", info.Example)
	}
	return info, op, nil
}

// noField is the error of an unknown field.
func (p *parser) noField(start int, name, written string) *Error {
	e := p.wrong(start, start+len(name), "there is no field \"%s%s\"", name, written)
	quote := "to search the text itself, quote it: \"" + name + written + "…\""
	if strings.EqualFold(name, "collection") {
		return e.hint("a query asks the collection that is open; open another with chancery PATH")
	}
	if near := nearest(name, fieldNames()); near != "" {
		return e.hint("did you mean %s: ?  %s", near, quote)
	}
	return e.hint("%s", quote)
}

// valueBegins refuses what looks like a value and would be read as another.
func (p *parser) valueBegins(info *FieldInfo) *Error {
	r, size := utf8.DecodeRuneInString(p.rest())
	before := p.text[p.at-1]
	switch {
	case r == '(':
		return p.wrong(p.at, p.at+1, "a group cannot be a value").hint("for one of several: %s", several(info))
	case r == '-':
		return p.wrong(p.at, p.at+1, "- cannot stand before a value").hint("to exclude write it before the field: -%s", info.Example)
	case strings.ContainsRune(":<>!", r), r == '=' && !info.takesEqual(before):
		if before == ',' {
			return p.wrong(p.at, p.at+size, "%c cannot stand before a value", r).hint("for one of several: %s", several(info))
		}
		return p.wrong(p.at-1, p.at+size, "there is no comparison \"%c%c\"", before, r).hint("there are : = != > >= < <=")
	case r == '~' && info.Kind != OfText && info.Kind != OfName:
		return p.wrong(p.at, p.at+1, "~ cannot be asked of %s", info.Name).hint("write the value as it is: %s", info.Example)
	}
	return nil
}

// takesEqual says whether = may stand before a value: the very letters of a
// text, the whole of a name.
func (f *FieldInfo) takesEqual(before byte) bool {
	switch f.Kind {
	case OfText:
		return before == ':'
	case OfName:
		return before == ':' || before == ','
	}
	return false
}

// written is a value as it stands in the query.
type written struct {
	text       string
	start, end int // with its quotation marks
	in         int // where text begins
	quoted     bool
}

// valueText takes one value off the text, but for a regular expression.
func (p *parser) valueText() (w written, err *Error) {
	w.start = p.at
	r, size := utf8.DecodeRuneInString(p.rest())
	if isQuote(r) {
		w.in, w.quoted = p.at+size, true
		if w.text, err = p.quoted(); err != nil {
			return w, err
		}
		w.end = p.at
		switch {
		case strings.HasPrefix(p.rest(), "~"):
			return w, p.wrong(p.at, p.at+1, "a distance cannot be asked of a field").hint(`ask it of the text: "end user"~5`)
		case strings.TrimSpace(w.text) == "":
			return w, p.wrong(w.start, w.end, "nothing stands in these quotation marks").hint("write the value between them")
		case strings.HasPrefix(p.rest(), ","):
			return w, nil
		}
		return w, p.parted("value")
	}
	w.in = p.at
	w.text = p.bareText(",")
	w.end = p.at
	return w, p.noQuote()
}

// value reads one value as its field wants it.
func (p *parser) value(info *FieldInfo, op Op) (Value, *Error) {
	start := p.at
	if err := p.valueBegins(info); err != nil {
		return Value{}, err
	}
	if strings.HasPrefix(p.rest(), "/") && (info.Kind == OfText || info.Kind == OfName) {
		return p.patternValue(info)
	}
	whole := info.Kind == OfName && strings.HasPrefix(p.rest(), "=")
	if whole {
		p.at++
	}
	w, err := p.valueText()
	if err != nil {
		return Value{}, err
	}
	v := Value{Text: w.text, Whole: whole, Span: p.span(start, p.at)}
	if whole {
		return v, p.wholeValue(w, info)
	}
	switch info.Kind {
	case OfText, OfName:
		err = p.textValue(&v, w, info)
	case OfMark:
		err = p.markValue(&v, w, info, op)
	case OfDate:
		err = p.dateValue(&v, w, info, op)
	case OfNumber:
		err = p.numberValue(&v, w, info)
	case OfCable:
		var ok bool
		if v.ID, ok = model.CanonicalID(w.text); !ok || strings.ContainsRune(w.text, '*') {
			err = p.wrong(w.start, w.end, "\"%s\" is not a cable identifier", w.text).hint(`two-digit year, post, number: 07ASTANA9911 or "07 ASTANA 9911"`)
		}
	case OfWord:
		err = p.wordValue(&v, w, info)
	}
	return v, err
}

// patternValue reads a value that is a regular expression.
func (p *parser) patternValue(info *FieldInfo) (Value, *Error) {
	start := p.at
	re, needs, err := p.expression()
	if err == nil && !strings.HasPrefix(p.rest(), ",") {
		err = p.parted("regular expression")
	}
	if err != nil {
		if info.Name == "file" {
			err.Hint = `to ask for a path quote it: file:"/a/b.zip"`
		}
		return Value{}, err
	}
	return Value{Text: p.text[start:p.at], Re: re, Span: p.span(start, p.at), needs: needs}, nil
}

// wholeValue checks a name that is meant as it is.
func (p *parser) wholeValue(w written, info *FieldInfo) *Error {
	if w.text == "" {
		return p.wrong(w.start-1, w.start, "= needs a name right after it").hint(`for example: %s:="NEW DELHI"`, info.Name)
	}
	if i := strings.IndexByte(w.text, '*'); i >= 0 && !w.quoted {
		return p.wrong(w.in+i, w.in+i+1, "= and * cannot both be asked of a name").hint("for what begins so leave = out: %s:%s", info.Name, w.text)
	}
	return nil
}

// textValue reads the words of a text or name; of a file its name as it is.
func (p *parser) textValue(v *Value, w written, info *FieldInfo) (err *Error) {
	if info.Name == "file" {
		if i := strings.IndexByte(w.text, '*'); i >= 0 && !w.quoted {
			return p.wrong(w.in+i, w.in+i+1, "* cannot stand in the name of a file").hint("a part of the name is enough: file:.zip")
		}
		return nil
	}
	least := 2
	if info.Kind == OfName {
		least = 1 // there are few names
	}
	if v.Words, err = p.words(w.in, w.text, w.quoted, least); err != nil {
		return err
	}
	if !w.quoted && p.typed(v.Words, least) {
		v.Words[len(v.Words)-1].Prefix = true
		p.note(w.start, w.end, "%s* is taken for the beginning of a word until a blank or Enter ends it", w.text)
	}
	return nil
}

// numberValue reads a number.
func (p *parser) numberValue(v *Value, w written, info *FieldInfo) *Error {
	n, err := strconv.ParseUint(w.text, 10, 31)
	if err != nil {
		return p.wrong(w.start, w.end, "\"%s\" is not a number", w.text).hint("write digits alone: %s", info.Example)
	}
	v.Number = int(n)
	return nil
}

// wordValue reads one of the words of a fixed list.
func (p *parser) wordValue(v *Value, w written, info *FieldInfo) *Error {
	v.Text = strings.ToLower(w.text)
	all := strings.Join(info.Words, ", ")
	for _, known := range info.DeskWords {
		if v.Text == known && !p.o.Desk {
			return p.wrong(w.start, w.end, "%s:%s asks for your own work, which is not kept here", info.Name, v.Text).
				hint("what it can ask: %s", strings.Join(info.own(), ", "))
		}
	}
	for _, known := range info.Words {
		if v.Text == known {
			return nil
		}
	}
	e := p.wrong(w.start, w.end, "%s:%s is not known", info.Name, w.text)
	if near := nearest(w.text, info.Words); near != "" {
		return e.hint("did you mean %s:%s ?  one of: %s", info.Name, near, all)
	}
	return e.hint("one of: %s", all)
}

// own are the words of a field that ask for the cable, not for the reader's
// work.
func (f *FieldInfo) own() (words []string) {
next:
	for _, w := range f.Words {
		for _, d := range f.DeskWords {
			if w == d {
				continue next
			}
		}
		words = append(words, f.Name+":"+w)
	}
	return words
}
