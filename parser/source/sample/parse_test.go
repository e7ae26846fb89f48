package sample_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"chancery/model"
	"chancery/parser"
	"chancery/parser/source"
	"chancery/parser/source/sample"
)

// read parses every cable of a set; files that give none are reported.
func read(t *testing.T, set *source.Set) map[string]*model.Cable {
	t.Helper()
	cables := map[string]*model.Cable{}
	err := set.Walk(context.Background(), func(it source.Item) error {
		if it.Refusal != nil && strings.HasPrefix(it.Refusal.Path, "nul-") {
			return nil // a file with NUL in it may be called data
		}
		if it.Refusal != nil {
			t.Errorf("%s gave no cable: %s", it.Refusal.Path, it.Refusal.Why)
			return nil
		}
		cables[it.Message.Source.Path] = parser.Parse(it.Message)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return cables
}

// TestKeyAgainstParser holds what source and parser read in the collection
// against the keys, which were written without them.
func TestKeyAgainstParser(t *testing.T) {
	cables := read(t, &source.Set{FS: sample.FS(), Paths: []string{"."}})
	for _, k := range keys(t) {
		c := cables[k.File]
		if c == nil {
			t.Errorf("%s was not found", k.File)
			continue
		}
		got := keyOf(c)
		for _, f := range compare(k, got) {
			t.Errorf("%s %s: got %v, want %v", k.ID, f.name, f.got, f.want)
		}
	}
}

// keyOf says of a parsed cable what a key says of a file.
func keyOf(c *model.Cable) sample.Key {
	k := sample.Key{
		ID: c.ID, Format: c.Source.Format, Level: c.Classification.Level.String(),
		From: c.From.Name, Action: len(c.To), Info: len(c.Info), Exempt: len(c.Exempt),
		Tags: c.Tags, Subject: c.Subject, Signature: c.Signature, Check: string(c.Classification.Check),
		Declass: sample.Declass{Kind: string(c.Declass.Kind)},
	}
	if k.Declass.Kind == "" {
		k.Declass.Kind = string(model.DeclassAbsent)
	}
	if !c.Declass.Date.IsZero() {
		k.Declass.Date = c.Declass.Date.Format("2006-01-02")
	}
	if d := c.Envelope.DTG; !d.IsZero() {
		k.Date = d.Format("2006-01-02T15:04:05Z")
	}
	for _, r := range c.References {
		if r.Kind == model.RefCable {
			k.References = append(k.References, r.ID)
		}
	}
	for _, words := range [][]string{c.Classification.Controls, c.Captions} {
		for _, w := range words {
			if code, ok := model.ControlCode(w); ok && code == "NF" && !slices.Contains(k.Controls, "NOFORN") {
				k.Controls = append(k.Controls, "NOFORN")
			}
		}
	}
	for _, b := range c.Blocks {
		if b.Kind == model.Heading {
			k.Headings++
		}
	}
	k.Portions = portions(c)
	return k
}

// portions gives the numbered paragraphs of a cable. A text quoted within it
// may have numbers of its own: they begin again at 1, without a marking, and
// end at the next marked paragraph.
func portions(c *model.Cable) []sample.Portion {
	var out []sample.Portion
	last, quoted := 0, false
	for _, b := range c.Blocks {
		switch b.Kind {
		case model.Paragraph, model.SummaryBlock, model.CommentBlock, model.NoteBlock, model.ActionBlock, model.Redacted:
		default:
			continue
		}
		n, err := strconv.Atoi(b.Number)
		if err != nil {
			continue
		}
		quoted = !b.Marked() && (quoted || n == 1 && last > 0)
		if quoted {
			continue
		}
		out = append(out, sample.Portion{Number: b.Number, Marking: strings.TrimSpace(b.Mark.Raw)})
		last = n
	}
	return out
}

type difference struct {
	name      string
	got, want any
}

// compare gives the fields in which two keys differ. Lists that are nil and
// empty are the same.
func compare(want, got sample.Key) []difference {
	var out []difference
	w, g := reflect.ValueOf(want), reflect.ValueOf(got)
	for i := range w.NumField() {
		name := w.Type().Field(i).Name
		if name == "File" || name == "Traits" {
			continue
		}
		x, y := w.Field(i).Interface(), g.Field(i).Interface()
		if fmt.Sprintf("%q", x) != fmt.Sprintf("%q", y) {
			out = append(out, difference{name, y, x})
		}
	}
	return out
}

// Whatever the hostile folder holds, every file of it is read as a cable and
// every byte of each is accounted for.
func TestHostileIsRead(t *testing.T) {
	cables := read(t, &source.Set{FS: sample.Hostile(), Paths: []string{"."}})
	for path, c := range cables {
		at := 0
		for _, p := range c.Parts {
			if p.Span.Start != at || p.Span.End < at {
				t.Errorf("%s: part %s begins at %d, the one before ends at %d", path, p.Name, p.Span.Start, at)
				break
			}
			at = p.Span.End
		}
		if at != len(c.Text) {
			t.Errorf("%s: parts end at %d of %d bytes", path, at, len(c.Text))
		}
		if len(c.Blocks) == 0 {
			t.Errorf("%s has no text", path)
		}
	}
}
