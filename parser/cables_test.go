package parser_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/model"
	"chancery/parser"
)

// sections reads a txtar file: a comment, then files after lines "-- name --".
func sections(t testing.TB, path string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	name := ""
	for line := range strings.Lines(string(data)) {
		if s := strings.TrimSpace(line); strings.HasPrefix(s, "-- ") && strings.HasSuffix(s, " --") && len(s) > 6 && !strings.Contains(s[3:len(s)-3], " ") {
			name = s[3 : len(s)-3]
			continue
		}
		out[name] += line
	}
	return out
}

// TestCables reads the made-up cables of testdata and holds them against what
// was thought out for them. A section that is absent is not looked at; texts of
// blocks may be cut short.
func TestCables(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if len(paths) < 8 {
		t.Fatalf("only %d cables", len(paths))
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			want := sections(t, path)
			text := strings.TrimSuffix(want["input"], "\n")
			for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n"), strings.ReplaceAll(text, "\n", " \n")} {
				c := parser.Parse(parser.Message{Text: text})
				sound(t, c)
				if w, ok := want["fields"]; ok {
					same(t, "fields", w, fields(c))
				}
				if w, ok := want["problems"]; ok {
					same(t, "problems", w, problems(c))
				}
				blocks(t, want["blocks"], c)
			}
		})
	}
}

func same(t *testing.T, what, want, got string) {
	t.Helper()
	w, g := strings.Split(strings.TrimSpace(want), "\n"), strings.Split(strings.TrimSpace(got), "\n")
	for i := range max(len(w), len(g)) {
		a, b := at(w, i), at(g, i)
		if a != b {
			t.Fatalf("%s, line %d\nwant %s\ngot  %s\nall:\n%s", what, i+1, a, b, got)
		}
	}
}

func at(s []string, i int) string {
	if i < len(s) {
		return strings.TrimSpace(s[i])
	}
	return ""
}

func problems(c *model.Cable) string {
	var b strings.Builder
	for _, p := range c.Problems {
		fmt.Fprintf(&b, "%d %s\n", p.Line, p.Code)
	}
	return b.String()
}

// blocks compares the blocks with lines such as "12 summary 1 (C) Summary: ...".
func blocks(t *testing.T, want string, c *model.Cable) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(want), "\n")
	for i, b := range c.Blocks {
		got := strings.Join(strings.Fields(block(b)), " ")
		w := strings.Join(strings.Fields(at(lines, i)), " ")
		if w == "" || !strings.HasPrefix(got+" ", strings.TrimSuffix(w, ".")) || len(got) > len(w)+30 && strings.HasSuffix(w, ".") {
			t.Fatalf("block %d\nwant %s\ngot  %s", i, w, got)
		}
	}
	if len(lines) != len(c.Blocks) {
		t.Fatalf("%d blocks, not %d; the next is %s", len(c.Blocks), len(lines), at(lines, len(c.Blocks)))
	}
}

func block(b model.Block) string {
	mark := ""
	if b.Marked() {
		mark = "(" + b.Mark.Raw + ")"
	}
	return fmt.Sprintf("%d %s %s %s %s", b.Line, b.Kind, b.Number, mark, b.Text)
}

// fields writes the fields of a cable, one a line; empty ones are left out.
func fields(c *model.Cable) string {
	var b strings.Builder
	put := func(name string, words ...string) {
		if s := strings.Join(words, " "); strings.Trim(s, " |/") != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, strings.TrimRight(s, " "))
		}
	}
	put("id", c.ID)
	v := c.Envelope
	if !v.DTG.IsZero() {
		put("dtg", append([]string{v.DTG.Format("2006-01-02T15:04:05Z")}, v.Precedence...)...)
	}
	put("envelope", strings.Join(strings.Fields(strings.Join([]string{v.Serial, v.Station, v.StationSerial, v.Section, v.Filed, v.Security}, " ")), " "))
	put("from", c.From.Name)
	for _, a := range c.To {
		put("to", a.Route+"|"+a.Name+"|"+a.Precedence+"|"+a.Number)
	}
	for _, a := range c.Info {
		put("info", a.Route+"|"+a.Name+"|"+a.Precedence+"|"+a.Number)
	}
	put("mrn", c.MRN)
	if c.Section != nil {
		put("section", fmt.Sprintf("%d of %d", c.Section.Number, c.Section.Of))
	}
	put("level", c.Classification.Level.String(), string(c.Classification.Check))
	put("captions", c.Captions...)
	for _, a := range c.Attention {
		put("attention", a)
	}
	if c.Declass.Kind != model.DeclassAbsent {
		date := ""
		if !c.Declass.Date.IsZero() {
			date = c.Declass.Date.Format("2006-01-02")
		}
		put("declass", string(c.Declass.Kind), date)
	}
	put("tags", c.Tags...)
	put("subject", c.Subject)
	put("subject-marking", c.SubjectMarking)
	for _, x := range c.References {
		put("ref", x.Label+"|"+x.Text+"|"+string(x.Kind)+"|"+x.ID)
	}
	if by := c.ClassifiedBy; by != nil {
		put("by", by.Name, "/", by.Title, "/", by.ReasonSection, strings.Join(by.Letters, " "))
	}
	put("summary", strings.Join(strings.Fields(c.Summary), " "))
	put("signature", c.Signature)
	return b.String()
}
