package cli

import (
	"fmt"
	"io"
	"strings"

	"chancery/model/query"
)

// queryHelp is chancery help query: how a query is written.
const queryHelp = `A query is words and fields with blanks between them; a cable answers when all of
them hold. chancery explain QUERY says how one is understood.

Words:
  uranium             in subject or text, in any capitals, with or without accents
  missil*             words that begin so
  =Secret             in these capitals
  ~kazatomprom        or a letter or two off
  "end user"          words that follow each other
  "end user"~5        or stand near each other, so many words between them at most
  /visit(s|ed)/       a regular expression

Together:
  a b                 both (a AND b)
  a OR b, a | b       one of them
  -a, NOT a           not that one
  (a OR b) c          brackets say what belongs together
  para{a b}           in one and the same paragraph

Fields:
`

// queryHelpMore stands below the fields.
const queryHelpMore = `
Values:
  tag:PREL,PGOV       one of several
  info:="NEW DELHI"   the whole name, where info:delhi is any that has the word
  subject:"end user"  words that follow each other; subject:/^scene/ an expression
  class>=secret       = != > >= < <= for markings, dates and numbers
  date:2007-10        a year, month or day; date:2007-10..2008-02 all between

A shell takes quotation marks, brackets, > | * and $ for itself: put the query into
'single quotes'. What begins with - goes behind --.

Samples:
`

// querySamples are queries that show what the language can do.
var querySamples = [...]string{
	`tag:PREL origin:astana after:2007-10 class>=secret "exact phrase" -word`,
	`-tag:OVIP`,
	`tag:PREL,PGOV (origin:astana OR origin:almaty)`,
	`para{mark:s/nf "end user"~5} -origin:state`,
	`cites:07ASTANA9901 OR citedby:07ASTANA9901`,
	`date:2007-10..2008-02`,
	`declas<=2017 is:starred`,
	`class!=unclassified`,
	`-info:="AMEMBASSY MOSCOW" country:=guinea`,
	`missing:declas class>=confidential`,
	`=secret ~kazatomprom missil*`,
	`subject:/^(scene)?setter/`,
	`q:weekly-watch -is:read`,
	`is:unjudged tag:ENRG -label:gas`,
	`note:"compare with" is:starred`,
}

// helpQuery prints how a query is written, with the fields that there are.
func helpQuery(out io.Writer) error {
	var b strings.Builder
	b.WriteString(queryHelp)
	for _, f := range query.Fields() {
		meaning := f.Meaning
		if len(f.Aliases) > 0 {
			meaning += "; also " + strings.Join(f.Aliases, ", ")
		}
		fmt.Fprintf(&b, "  %-9s %-22s %s\n", f.Name, f.Example, meaning)
		line := ""
		for _, word := range f.Words {
			switch {
			case line == "":
			case len(line)+2+len(word) > 48:
				fmt.Fprintf(&b, "%35s%s,\n", "", line)
				line = ""
			default:
				line += ", "
			}
			line += word
		}
		if line != "" {
			fmt.Fprintf(&b, "%35s%s\n", "", line)
		}
	}
	b.WriteString(queryHelpMore)
	for _, s := range querySamples {
		b.WriteString("  " + s + "\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}
