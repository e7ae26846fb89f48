package query

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	"chancery/model"
)

// Apart writes terms for names of a field that ask for a name and for no other:
// the plainest that does.
//
//	info:LIMA              where no other name has this word
//	info:="LIMA"           where there is AMEMBASSY LIMA, too
//	info:/^(?-i:Lima)$/    where there is LIMA, too
//
// Which terms find which names must be asked of Finds first; whoever knows in
// which cables the names stand can tell whether that does harm.
type Apart struct {
	field  *FieldInfo
	names  []string
	plain  map[string][]int // by what a plain term asks for, its words in one
	wholes map[string][]int // by what alike gives of the name
	odd    []bool           // no plain term asks for it
	most   int              // bytes of the longest of plain
}

// NewApart is for some names of a field of names. There may be many thousands:
// it comes back with an error when it is called off.
func NewApart(ctx context.Context, field string, names []string) (*Apart, error) {
	a := &Apart{field: fieldOf(field), names: names, plain: map[string][]int{}, wholes: map[string][]int{}, odd: make([]bool, len(names))}
	for i, name := range names {
		if i%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		key, ok := a.key(name)
		a.odd[i] = !ok
		a.plain[key] = append(a.plain[key], i)
		a.most = max(a.most, len(key))
		if code, ok := a.control(name); ok {
			a.plain[codeKey(code)] = append(a.plain[codeKey(code)], i)
		}
		whole := alike(name)
		a.wholes[whole] = append(a.wholes[whole], i)
	}
	return a, nil
}

// key is what the plain term of a name asks for: false when there is no such
// term, or when it asks for a beginning.
func (a *Apart) key(name string) (string, bool) {
	q, err := Parse(a.plainTerm(name), Options{Desk: true})
	if err != nil {
		return "", false
	}
	f, ok := q.Root.(*Field)
	if !ok || len(f.Values) != 1 || !f.Holds(name) {
		return "", false
	}
	var b strings.Builder
	for _, w := range f.Values[0].Words {
		if w.Prefix {
			return "", false
		}
		b.WriteString(w.Text)
	}
	return b.String(), true
}

func (a *Apart) control(name string) (string, bool) {
	if a.field.Name != "caveat" {
		return "", false
	}
	return model.ControlCode(name)
}

// codeKey stands for a control, however it is spelt; no word is like it.
func codeKey(code string) string { return " " + code }

// Finds gives which of the names a name is found by: with the plain term of
// each, and with the one for the whole of it. They may be given more than once.
func (a *Apart) Finds(name string) (plain, whole []int) {
	plain = a.spans(nil, name)
	if code, ok := a.control(name); ok {
		plain = a.spans(a.spans(plain, code), model.ControlWords(code))
		plain = append(plain, a.plain[codeKey(code)]...)
	}
	return plain, a.wholes[alike(name)]
}

// spans appends the names whose words are words of a text that follow each
// other, blanks not counted.
func (a *Apart) spans(found []int, text string) []int {
	p := apart(text)
	var room [128]byte
	for i := range p.at {
		key := room[:0]
		for j := i; j < len(p.at) && len(key) < a.most; j++ {
			key = append(key, p.word(j)...)
			found = append(found, a.plain[string(key)]...)
		}
	}
	return found
}

func (a *Apart) plainTerm(name string) string { return a.field.Name + ":" + Quote(name) }

// Term is a term for the i-th name. plain says that its plain term finds other
// names, whole that the one for the whole of it does.
func (a *Apart) Term(i int, plain, whole bool) string {
	name := a.names[i]
	switch {
	case whole:
		return a.field.Name + ":/^(?-i:" + strings.ReplaceAll(regexp.QuoteMeta(flat(name)), "/", `\/`) + ")$/"
	case plain || a.odd[i]:
		return a.field.Name + `:="` + quotable(name) + `"`
	}
	return a.plainTerm(name)
}

// alike is a name with one letter in place of all that are the same but for
// capitals.
func alike(name string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			least = min(least, f)
		}
		return least
	}, quotable(name))
}
