package cli

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"chancery/model"
	"chancery/model/safe"
)

// outline prints what was read in a cable for people: its fields, then one
// line a block.
func outline(c *model.Cable) ([]byte, error) {
	var b bytes.Buffer
	field := func(name, value string) {
		if value = safe.Line(value); value != "" {
			fmt.Fprintf(&b, "  %-16s %s\n", name, value)
		}
	}
	id := c.ID
	if id == "" {
		id = "(no id)"
	} else if c.IDInferred {
		id += " (from the text)"
	}
	fmt.Fprintf(&b, "%s\n", safe.Line(id))
	field("source", fmt.Sprintf("%s, %s, %s, %d bytes", c.Source.Path, c.Source.Format, c.Source.Charset, c.Source.Bytes))
	if d := c.Date(); !d.IsZero() {
		field("date", d.UTC().Format("2006-01-02 15:04Z"))
	}
	field("precedence", strings.Join(c.Envelope.Precedence, ", "))
	field("from", c.From.Name)
	field("to", names(c.To))
	field("info", names(c.Info))
	field("exempt", names(c.Exempt))
	field("classification", c.Classification.Line)
	if c.Classification.Check != "" {
		field("check", string(c.Classification.Check)+", highest portion "+c.Classification.Highest.Code())
	}
	field("captions", strings.Join(c.Captions, ", "))
	field("attention", strings.Join(c.Attention, "; "))
	field("E.O.", c.Declass.Line)
	field("declassification", c.SaysDeclass(time.Time{}))
	field("tags", strings.Join(c.Tags, " "))
	field("subject", c.Subject)
	for _, r := range c.References {
		text := r.Text
		if r.Label != "" {
			text = r.Label + ". " + text
		}
		if r.ID != "" {
			text += " = " + r.ID
		}
		field("reference", text)
	}
	if c.ClassifiedBy != nil {
		field("classified by", c.ClassifiedBy.Text)
	}
	field("signature", c.Signature)
	for _, k := range c.Blocks {
		mark := ""
		if k.Marked() && !k.Inherit {
			mark = "(" + k.Mark.Raw + ")"
		}
		fmt.Fprintf(&b, "  %5d %-12s %4s %-8s %s\n", k.Line, k.Kind, safe.Line(k.Number), safe.Line(mark), first(safe.Line(k.Text), 60))
	}
	for _, p := range c.Problems {
		fmt.Fprintf(&b, "  %5d ! %s (%s)\n", p.Line, safe.Line(p.Text), p.Code)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func names(as []model.Address) string {
	var out []string
	for _, a := range as {
		out = append(out, strings.TrimSpace(a.Name+" "+a.Precedence))
	}
	return strings.Join(out, ", ")
}

// first is the beginning of a safe line, n letters at most.
func first(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-3]) + "..."
}

// count says how many there are of something: "1 file", "3 files".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
