package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"chancery/model"
	"chancery/model/export"
	"chancery/model/safe"
)

// attacks are texts that would be markup, a formula, a link or a command if a
// writer took them for what they say.
var attacks = []string{
	"<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt; &#27;[2J",
	"[pears](http://pears.example) ![x](y) <http://pears.example> http://pears.example www.pears.example doe@pears.example",
	"# one\n## two\n- three\n+ four\n1. five\n2) six\n> seven\n=====\n-----\n***\n```\ncode\n```\n    indented\n\ttab\n| a | b |\n|---|---|\n[1]: http://pears.example",
	"*a* _b_ `c` ~~d~~ $e$ ^f^ {g} [h]{.i} [^1] ![j] \\k\\",
	"=1+1\n+2\n-3\n@SUM(A1)\t=4\r=5",
	"=HYPERLINK(\"http://pears.example\")",
	"a } b { c \\ d % e & f # g $ h _ i ~ j ^ k \" l @article{x, title={y}}",
	"ER  - \r\nTY  - JOUR\r\nTI  - pears",
	"\x1b]0;pears\x07\x1b[31m\u202epears\u200b\u2028pears\x9b2J\x00\xff",
	"a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301b \U000e0041 \ufeff",
	"</blockquote></p><!-- --> <![CDATA[ ]]> <?php ?> ]]>",
	"ends in a backslash \\",
	"``` `` ` `http://pears.example` (see http://pears.example).",
	"1.\n1)\n-\n+\n#\n>\n=\n:\n: a\n~",
	"a  \nb\\\nc",
	"example.org/pears //pears.example mailto:doe@pears.example javascript:alert(1)",
}

// hostile is a document in which everything foreign is the text.
func hostile(words string) export.Document {
	c := &model.Cable{
		ID: "07OSLO9912", Subject: words, SubjectMarking: words, MRN: words, Text: words,
		From: model.Address{Name: words}, To: []model.Address{{Name: words}, {Name: words}}, Tags: []string{words},
		Source: model.Source{Path: "/tmp/" + words, Entry: words, SHA256: words, Index: 3},
		Classification: model.Classification{
			Level: model.Secret, Line: words, Controls: []string{"REL " + words},
		},
		Declass:  model.Declassification{Kind: model.DeclassEvent, Literal: words, Line: words},
		Metadata: &model.Metadata{Origin: words, Title: words, To: words, Film: words, Attributes: []model.Attribute{{Name: "Canonical ID", Value: words}}, Release: &model.Release{Case: words, Decision: words, Document: words}},
		Blocks: []model.Block{
			{Kind: model.Paragraph, Number: words, Text: words, Mark: model.Marking{Raw: words, Level: model.Secret, Controls: []string{"REL " + words}}},
			{Kind: model.Table, Text: words},
			{Kind: model.Bullet, Text: words},
			{Kind: model.Subparagraph, Number: "a", Text: words},
			{Kind: model.Heading, Text: words},
		},
	}
	from := export.Source{Collection: words, Sum: words, Published: words, Accessed: from().Accessed}
	pin := model.Pin{N: 1, Handle: model.Handle{ID: words}, Spot: model.Spot{Number: words}, Mark: words, Text: words}
	return export.Document{Title: words, Items: export.List(
		export.Item{Cable: c, Source: from},
		export.Item{Cable: c, Blocks: []int{0}, Source: from},
		export.Item{Pin: &pin, Handle: pin.Handle, Source: from},
		export.Item{Cable: c, Bare: true, Source: from},
		export.Item{Handle: model.Handle{ID: words}, Source: from},
	)}
}

func TestHostile(t *testing.T) {
	for _, words := range attacks {
		check(t, words)
	}
	all := strings.Join(attacks, "\n\n")
	check(t, all)
	for _, k := range export.Formats() {
		golden(t, "hostile"+k.Ending, written(t, k.Format, hostile(all), export.Options{Header: true}))
	}
}

func FuzzExport(f *testing.F) {
	for _, words := range attacks {
		for how := range options {
			f.Add(words, byte(how))
		}
	}
	written(f, export.Text, brief(f), export.Options{}) // the lists of posts are read once
	f.Fuzz(func(t *testing.T, words string, how byte) {
		if len(words) > 2000 {
			return
		}
		checkWith(t, words, options[int(how)%len(options)])
		checkTrue(t, words)
	})
}

var options = []export.Options{
	{},
	{Header: true, Style: export.Archival, DropMarks: true},
	{Style: export.Bluebook, Hash: export.WholeHash},
	{Style: export.Short, DropMarkLine: true},
}

// check writes the text in every format and style and looks for what of it
// became more than text.
func check(t *testing.T, words string) {
	t.Helper()
	for _, o := range options {
		checkWith(t, words, o)
	}
	checkTrue(t, words)
	c := &model.Cable{Blocks: []model.Block{{Kind: model.Paragraph, Text: words}}}
	calm(t, words, "plain", export.Plain(c, 0))
	calm(t, words, "quote", export.Quote(c, from(), export.Options{}, 0))
	name := export.FileName(words, export.Text)
	if safe.Dirty(name) > 0 && safe.Dirty(words) == 0 || strings.ContainsAny(name, "/\\ :*?\"<>|\x00\n") || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "-") || len(name) > 100 || !utf8.ValidString(name) {
		t.Errorf("%q: file name %q", words, name)
	}
}

// checkTrue: a reader of the rendered document reads the words of the text,
// all of them, in their order.
func checkTrue(t *testing.T, words string) {
	t.Helper()
	c := &model.Cable{Blocks: []model.Block{{Kind: model.Paragraph, Text: words}}}
	o := export.Options{Style: export.NoStyle, DropMarks: true, DropMarkLine: true}
	var rendered bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(written(t, export.Markdown, quoting(c, 0), o)), &rendered); err != nil {
		t.Fatal(err)
	}
	want := strings.Join(strings.Fields(safe.Text(words)), "")
	for where, page := range [...]string{rendered.String(), written(t, export.HTML, quoting(c, 0), o)} {
		_, page, _ = strings.Cut(page, "<blockquote>")
		page, _, _ = strings.Cut(page, "</blockquote>")
		var b strings.Builder
		for z := html.NewTokenizer(strings.NewReader(page)); z.Next() != html.ErrorToken; {
			if tok := z.Token(); tok.Type == html.TextToken {
				b.WriteString(tok.Data)
			}
		}
		if got := strings.Join(strings.Fields(b.String()), ""); got != want {
			t.Errorf("%q, %s: reads %q, want %q", words, [...]string{"md", "html"}[where], got, want)
		}
	}
	if got := strings.Join(strings.Fields(export.Plain(c, 0)), ""); got != want {
		t.Errorf("%q, plain: reads %q, want %q", words, got, want)
	}
}

// calm says that nothing in what was written could act on a terminal.
func calm(t *testing.T, words, where, got string) {
	t.Helper()
	got = strings.ReplaceAll(got, "\r\n", "\n")
	if strings.Contains(where, "json") { // the true text, escaped
		if i := strings.IndexFunc(got, func(r rune) bool { return r < ' ' && r != '\n' || safe.Armed(r) }); i >= 0 || !utf8.ValidString(got) {
			t.Errorf("%q, %s: %q", words, where, near(got, i))
		}
		return
	}
	for i, l := range strings.SplitAfter(got, "\n") {
		if clean := safe.Text(l); clean != l {
			t.Errorf("%q, %s, line %d: the gate would change %q", words, where, i+1, near(l, 0))
			return
		}
	}
}

func checkWith(t *testing.T, words string, o export.Options) {
	t.Helper()
	for _, k := range export.Formats() {
		got := written(t, k.Format, hostile(words), o)
		calm(t, words, string(k.Format), got)
		switch k.Format {
		case export.HTML:
			checkHTML(t, words, got)
		case export.Markdown:
			checkMarkdown(t, words, got, o.Header)
		case export.CSV:
			checkCSV(t, words, got)
		case export.JSON:
			checkJSON(t, words, got)
		case export.BibTeX:
			checkBibTeX(t, words, got)
		case export.RIS:
			checkRIS(t, words, got)
		case export.CSLJSON:
			var items []map[string]any
			if err := json.Unmarshal([]byte(got), &items); err != nil || len(items) == 0 {
				t.Errorf("%q: %v", words, err)
			}
		}
	}
}

// near is what stands around a place of a text.
func near(s string, i int) string { return s[max(0, i-100):min(len(s), max(0, i)+200)] }

var elements = []string{"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "span", "blockquote", "pre", "a", "ol", "li", "dl", "dt", "dd", "b"}

func checkHTML(t *testing.T, words, got string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(got))
	var open []string
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			if z.Err() != io.EOF || len(open) > 0 {
				t.Errorf("%q: %v, open %q", words, z.Err(), open)
			}
			return
		case html.CommentToken:
			t.Errorf("%q: a comment", words)
		case html.SelfClosingTagToken:
			t.Errorf("%q: %s", words, z.Token())
		case html.StartTagToken:
			tag := z.Token()
			if !slices.Contains(elements, tag.Data) {
				t.Errorf("%q: element %s", words, tag)
			}
			for _, a := range tag.Attr {
				if a.Key == "href" && !strings.HasPrefix(a.Val, "#cite-") || strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "style" {
					t.Errorf("%q: attribute %s=%q", words, a.Key, a.Val)
				}
			}
			if tag.Data != "meta" {
				open = append(open, tag.Data)
			}
		case html.EndTagToken:
			tag := z.Token()
			if n := len(open) - 1; n < 0 || open[n] != tag.Data {
				t.Fatalf("%q: %s closes %q", words, tag, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// checkMarkdown reads the document with all the extensions there are and finds
// in it only what we write.
func checkMarkdown(t *testing.T, words, got string, header bool) {
	t.Helper()
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
	source := []byte(got)
	heads := 0
	_ = ast.Walk(md.Parser().Parse(text.NewReader(source)), func(n ast.Node, in bool) (ast.WalkStatus, error) {
		if !in {
			return ast.WalkContinue, nil
		}
		ok := true
		switch n := n.(type) {
		case *ast.Document, *ast.Paragraph, *ast.Text, *ast.String, *ast.Blockquote, *ast.CodeSpan, *ast.TextBlock:
		case *ast.Heading:
			heads++
			ok = n.Level == min(heads, 2) && n.Parent().Kind() == ast.KindDocument
		case *ast.FencedCodeBlock:
			ok = string(n.Language(source)) == "text" && n.Parent().Kind() == ast.KindBlockquote
		case *ast.Emphasis:
			ok = n.Level == 1 && n.Parent().Kind() == ast.KindParagraph && n.Parent().ChildCount() == 1
		case *ast.List:
			ok = header && n.Parent().Kind() == ast.KindDocument && !n.IsOrdered()
		case *ast.ListItem:
			line := string(n.FirstChild().Lines().Value(source))
			ok = slices.ContainsFunc([]string{"Marking:", "Declassification:", "Date:", "From:", "To:", "Subject:", "TAGS:", "Cable:", "Held:"}, func(name string) bool { return strings.HasPrefix(line, name) })
		default:
			ok = false
		}
		if !ok {
			t.Errorf("%q: %s", words, n.Kind())
			if !testing.Short() {
				n.Dump(source, 0)
			}
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	if strings.Contains(got, "\n    \n") || !strings.HasPrefix(got, "# ") {
		t.Errorf("%q: %s", words, got)
	}
}

func checkCSV(t *testing.T, words, got string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(got)).ReadAll()
	if err != nil || len(rows) != 10 {
		t.Errorf("%q: %d rows, %v", words, len(rows), err)
	}
	for _, r := range rows {
		for _, c := range r {
			if bare := strings.TrimSpace(c); bare != "" && strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", []rune(bare)[0]) {
				t.Errorf("%q: the cell %q is a formula", words, c)
			}
		}
	}
}

// checkJSON: what is quoted is the true text.
func checkJSON(t *testing.T, words, got string) {
	t.Helper()
	var doc struct {
		Schema string
		Title  string
		Items  []struct {
			Paragraphs []struct {
				Kind, Text string
				Safe       *string `json:"text_safe"`
			}
		}
	}
	if err := json.Unmarshal([]byte(got), &doc); err != nil || doc.Schema != "chancery/1" || len(doc.Items) != 5 {
		t.Fatalf("%q: %v", words, err)
	}
	p := doc.Items[1].Paragraphs[0]
	if want := strings.ToValidUTF8(words, "\ufffd"); utf8.ValidString(words) && p.Text != want {
		t.Errorf("%q became %q", words, p.Text)
	}
	if (p.Safe == nil) != (safe.Text(words) == words) || p.Safe != nil && *p.Safe != safe.Text(words) {
		t.Errorf("%q: safe is %v", words, p.Safe)
	}
}

var (
	bibLine = regexp.MustCompile(`^(@techreport\{[A-Za-z0-9-]+,|  [a-z]+ = (\{.*\}|[a-z]{3}),?)$`)
	risLine = regexp.MustCompile(`^[A-Z][A-Z0-9]  - [^\r\n]*$`)
)

// checkBibTeX reads the file as BibTeX does: braces nest, an at sign outside
// them begins an entry.
func checkBibTeX(t *testing.T, words, got string) {
	t.Helper()
	depth, entries := 0, 0
	for i, line := range strings.Split(got, "\n") {
		if depth == 0 && line != "" {
			if !strings.HasPrefix(line, "@techreport{") && !strings.HasPrefix(line, "@comment{") {
				t.Fatalf("%q: line %d is outside an entry: %q", words, i, line)
			}
			entries++
		}
		depth += strings.Count(line, "{") - strings.Count(line, "}")
		if depth < 0 {
			t.Fatalf("%q: line %d closes too much", words, i)
		}
		if depth == 1 && i > 0 && line != "" && !bibLine.MatchString(line) {
			t.Fatalf("%q: line %d: %q", words, i, line)
		}
	}
	if depth != 0 || entries == 0 {
		t.Errorf("%q: depth %d at the end of\n%s", words, depth, got)
	}
	if bytes.ContainsAny([]byte(strings.NewReplacer(`\#`, "", `\$`, "", `\%`, "", `\&`, "", `\_`, "").Replace(got)), "#$%&_~^") {
		t.Errorf("%q: a sign of TeX in\n%s", words, got)
	}
}

func checkRIS(t *testing.T, words, got string) {
	t.Helper()
	records := 0
	for l := range strings.SplitSeq(strings.TrimSuffix(got, "\r\n\r\n"), "\r\n") {
		if l != "" && !risLine.MatchString(l) {
			t.Errorf("%q: the line %q", words, l)
		}
		if strings.HasPrefix(l, "TY  - ") {
			records++
		}
	}
	if records == 0 || records != strings.Count(got, "\r\nER  - \r\n") {
		t.Errorf("%q: %d records in\n%s", words, records, got)
	}
}
