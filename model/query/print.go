package query

import (
	"strings"
	"unicode"
)

// Print writes a part of a query in the language again. What it gives is read
// as the same part; capitals and accents of words are lost, for they do not
// matter.
func Print(n Node) string {
	var b strings.Builder
	printNode(&b, n)
	return b.String()
}

func printNode(b *strings.Builder, n Node) {
	switch n := n.(type) {
	case *And:
		for i, k := range n.Kids {
			if i > 0 {
				b.WriteByte(' ')
			}
			printKid(b, k)
		}
	case *Or:
		for i, k := range n.Kids {
			if i > 0 {
				b.WriteString(" OR ")
			}
			if _, ok := k.(*And); ok {
				printNode(b, k)
			} else {
				printKid(b, k)
			}
		}
	case *Not:
		b.WriteByte('-')
		printKid(b, n.Kid)
	case *Para:
		b.WriteString("para{")
		printNode(b, n.Kid)
		b.WriteByte('}')
	case *Term:
		printWords(b, n.Words, n.Near)
	case *Regexp:
		b.WriteString("/" + pattern(n.Re) + "/")
	case *Field:
		printField(b, n)
	}
}

// printKid puts brackets about what would not stay together without.
func printKid(b *strings.Builder, n Node) {
	switch n.(type) {
	case *And, *Or:
		b.WriteByte('(')
		printNode(b, n)
		b.WriteByte(')')
	default:
		printNode(b, n)
	}
}

func printWords(b *strings.Builder, words []Word, near int) {
	how := ""
	parts := make([]string, 0, len(words))
	for i := range words {
		w := &words[i]
		switch {
		case w.Exact != "":
			how = "="
			parts = append(parts, w.Exact)
		case w.Fuzzy:
			how = "~"
			parts = append(parts, w.Text)
		case w.Prefix:
			parts = append(parts, w.Text+"*")
		default:
			parts = append(parts, w.Text)
		}
	}
	switch {
	case how != "":
		b.WriteString(how + strings.Join(parts, "-"))
	case near > 0:
		b.WriteString(`"` + strings.Join(parts, " ") + `"~`)
		printNumber(b, near)
	case len(parts) == 1:
		b.WriteString(parts[0])
	default:
		b.WriteString(`"` + strings.Join(parts, " ") + `"`)
	}
}

func printNumber(b *strings.Builder, n int) {
	if n > 9 {
		printNumber(b, n/10)
	}
	b.WriteByte(byte('0' + n%10))
}

func printField(b *strings.Builder, f *Field) {
	b.WriteString(f.Name + string(f.Op))
	for i := range f.Values {
		if i > 0 {
			b.WriteByte(',')
		}
		v := &f.Values[i]
		switch {
		case v.Re != nil:
			b.WriteString("/" + pattern(v.Re) + "/")
		case v.Whole:
			b.WriteString("=" + Quote(v.Text))
		case len(v.Words) > 0:
			printWords(b, v.Words, 0)
		case v.ID != "":
			b.WriteString(v.ID)
		default:
			b.WriteString(Quote(v.Text))
		}
	}
}

// Quote is a value as it must be written after a field, in quotation marks if
// it holds anything but letters, digits and points. A quotation mark in it
// becomes a blank: it parts words as one.
func Quote(value string) string {
	plain := value != ""
	for _, r := range value {
		plain = plain && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.')
	}
	if plain {
		return value
	}
	return `"` + quotable(value) + `"`
}

// quotable is a value as it can stand between quotation marks.
func quotable(value string) string {
	return strings.Map(func(r rune) rune {
		if isQuote(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, value)
}

// Narrow adds a condition to a query: what the first asks for, and that too. A
// choice that stands open in either is put in brackets first.
func Narrow(text, condition string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return condition
	}
	return bracketed(text) + " " + bracketed(condition)
}

// bracketed puts brackets about a query that ORs stand open in; one that is
// not understood stays as it is.
func bracketed(text string) string {
	some := func(string) (string, bool) { return "x", true } // only the shape counts
	if q, err := Parse(text, Options{Saved: some, Desk: true}); err == nil {
		if _, open := q.Root.(*Or); open {
			return "(" + text + ")"
		}
	}
	return text
}
