package library

import (
	"context"
	"os"
	"slices"
	"testing"

	"chancery/model"
	"chancery/model/query"
	"chancery/parser/source"
)

// What is stored of a text gives its message back byte for byte, and its
// paragraphs as parsing it does; few of these are stored a second time.
func TestStoredTextGivesMessageAndParagraphs(t *testing.T) {
	dirs := []string{made(t, 200, 3)}
	for _, dir := range [...]string{"../../shared/gold/pages", "../../shared/gold/files"} {
		if _, err := os.Stat(dir); err == nil {
			dirs = append(dirs, dir)
		}
	}
	blocks, whole := 0, 0
	err := source.Walk(context.Background(), dirs, func(it source.Item) error {
		if it.Refusal != nil {
			return nil
		}
		c := Parse(it.Message)
		b := bodyOf(it.Message, c, nil)
		m, err := messageOf(b)
		if err != nil || m.Text != it.Message.Text || Parse(m).ID != c.ID {
			t.Fatalf("%s: the message comes back as %d of %d bytes, %v", c.Source.Path, len(m.Text), len(it.Message.Text), err)
		}
		got, err := parasOf(b)
		if want := paragraphs(c); err != nil || !samePara(got, want) {
			t.Fatalf("%s: paragraphs %+v, %v; want %+v", c.Source.Path, got, err, want)
		}
		for i := range c.Blocks {
			blocks++
			if _, ok := piecesOf(c.Text, &c.Blocks[i]); !ok {
				whole++
			}
		}
		return nil
	})
	if err != nil || blocks == 0 {
		t.Fatal(blocks, err)
	}
	if whole*50 > blocks {
		t.Errorf("%d of %d paragraphs are stored twice", whole, blocks)
	}
}

func samePara(a, b []query.Paragraph) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Text != b[i].Text || !sameMark(a[i].Mark, b[i].Mark) {
			return false
		}
	}
	return true
}

func sameMark(a, b model.Marking) bool {
	return a.Level == b.Level && slices.Equal(a.Controls, b.Controls)
}
