package source

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A text larger than is allowed is refused with one sentence wherever it
// stands, also where the limit lies below what is looked at to know a form;
// what is smaller beside it is read.
func TestTextsLargerThanAllowed(t *testing.T) {
	l := DefaultLimits()
	l.Text = int64(len(made)) + 10
	large := made + strings.Repeat("It goes on.\n", 40)
	both := []made1{{name: "large.txt", text: large}, {name: "small.txt", text: made}}
	refused := "unread 1: " + saysMessageLarge
	page := madeHTML("FM AMEMBASSY ASTANA", "1. (C) X."+strings.Repeat(" It goes on.", 40))
	ofNoForm := fmt.Sprintf("unread 0: it is larger than the %d bytes that one text may have, and of no known form", l.Text)
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"file":   {large, []string{refused}},
		"small":  {made, []string{"0"}},
		"gzip":   {gzipped(large), []string{refused}},
		"zip":    {zipOf(t, zip.Deflate, both), []string{refused, "small.txt 0"}},
		"tar":    {tarOf(t, tar.FormatGNU, both), []string{refused, "small.txt 0"}},
		"tar.gz": {gzipped(tarOf(t, tar.FormatGNU, both)), []string{refused, "small.txt 0"}},
		"page":   {page, []string{ofNoForm}},
		"packed": {gzipped(page), []string{ofNoForm}},
	} {
		dir := lay(t, map[string]string{"x": c.file})
		_, items := foundAt(t, &Set{Paths: []string{dir}, Limits: l})
		if got := spell(items); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
		if name == "zip" || strings.HasPrefix(name, "tar") {
			continue // an archive may be larger than a text
		}
		_, items = foundAt(t, &Set{Paths: []string{"-"}, Stdin: bytes.NewReader([]byte(c.file)), Limits: l})
		if got := spell(items); !slices.Equal(got, c.want) {
			t.Errorf("%s from standard input: %q, not %q", name, got, c.want)
		}
	}
}

// A text that is larger than the limit that holds by itself is read, and read
// again, when more is allowed.
func TestMoreThanTheUsualLimit(t *testing.T) {
	l := DefaultLimits()
	l.Text = MaxFile + 1<<20
	large := made + strings.Repeat("It goes on for longer than any cable did.\n", MaxFile/42)
	if len(large) <= MaxFile {
		t.Fatal("it is not larger")
	}
	dir := lay(t, map[string]string{"x.txt": large})
	_, items := foundAt(t, &Set{Paths: []string{dir}})
	if len(items) != 1 || items[0].Refusal == nil {
		t.Errorf("without a limit: %q", spell(items))
	}
	s := &Set{Paths: []string{dir}, Limits: l}
	_, items = foundAt(t, s)
	if len(items) != 1 || items[0].Refusal != nil {
		t.Fatalf("%q", spell(items))
	}
	if m, err := s.Message(t.Context(), items[0].Message.Source); err != nil || m.Text != large {
		t.Errorf("it cannot be read again: %v", err)
	}
}
