package source

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/model"
	"chancery/parser"
)

// shared finds the labelled cables beside the repository.
func shared(t testing.TB) string {
	dir := filepath.Join("..", "..", "..", "shared")
	if _, err := os.Stat(filepath.Join(dir, "gold", "hand.jsonl")); err != nil {
		if os.Getenv("CHANCERY_MUST") == "1" {
			t.Fatal("the labelled cables are not there:", err)
		}
		t.Skip("the labelled cables are not beside the repository")
	}
	return dir
}

// The text of a page must be, byte for byte, the text whose lines the labels
// count.
func TestPagesGiveTheLabelledText(t *testing.T) {
	dir := shared(t)
	f, err := os.Open(filepath.Join(dir, "gold", "hand.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	compared := 0
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		var want struct{ ID, Text string }
		if err := json.Unmarshal(sc.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		if it := read([]byte(want.Text), model.Source{Path: want.ID}, false); it.Refusal != nil {
			t.Errorf("%s as text: %s", want.ID, it.Refusal.Why)
		}
		for _, name := range []string{"gold/pages/" + want.ID + ".html", "gold/files/" + want.ID + ".txt", "seed/" + want.ID + ".txt"} {
			b, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				continue
			}
			it := read(b, model.Source{Path: name}, false)
			if it.Refusal != nil {
				t.Errorf("%s: %s", name, it.Refusal.Why)
				continue
			}
			compared++
			if got := it.Message.Text; strings.TrimRight(got, "\r\n") != strings.TrimRight(want.Text, "\r\n") {
				t.Errorf("%s: text differs from the labelled one", name)
			}
		}
	}
	if compared < 8 {
		t.Errorf("only %d texts could be compared", compared)
	}
}

// Every page, text and PDF of the labelled set is a cable.
func TestLabelledFilesAreRecognised(t *testing.T) {
	dir := shared(t)
	count := map[string]int{}
	err := Walk(context.Background(), []string{filepath.Join(dir, "gold", "pages"), filepath.Join(dir, "gold", "files"), filepath.Join(dir, "seed")}, func(it Item) error {
		if it.Refusal != nil {
			t.Errorf("%s: %s", it.Refusal.Path, it.Refusal.Why)
			return nil
		}
		m := it.Message
		count[m.Source.Format]++
		if m.Source.Format == CablegateHTML && (m.Metadata.ID != strings.TrimSuffix(filepath.Base(m.Source.Path), ".html") || m.Metadata.Created.IsZero() || m.Metadata.Origin == "" || m.Metadata.Classification == "") {
			t.Errorf("%s: metadata %+v", m.Source.Path, *m.Metadata)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if count[CablegateHTML] != 69 || count[PageText] != 1 || count[RawMessage] != 11 || count[PDF] != 6 {
		t.Errorf("found %v", count)
	}
}

// No labelled text is cut into several; joined into one file with an end of
// message between, all that have a header of their own are found again.
func TestLabelledTextsAsSeveral(t *testing.T) {
	dir := shared(t)
	lines := func(name string, each func([]byte)) {
		f, err := os.Open(name)
		must(t, err)
		defer f.Close()
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 4<<20)
		for sc.Scan() {
			each(sc.Bytes())
		}
	}
	whole := func(id, text string) {
		if n, _ := messageEnd([]byte(text), true); n != len(text) {
			t.Errorf("%s is cut at %d of %d: %.80q", id, n, len(text), text[n:])
		}
	}
	cases, err := filepath.Glob(filepath.Join(dir, "gold", "cases", "*.jsonl"))
	must(t, err)
	for _, name := range cases {
		lines(name, func(b []byte) {
			var c struct{ ID, Input string }
			must(t, json.Unmarshal(b, &c))
			whole(c.ID, c.Input)
		})
	}
	must(t, Walk(context.Background(), []string{filepath.Join(dir, "gold", "pages")}, func(it Item) error {
		whole(it.Message.Source.Path, it.Message.Text)
		return nil
	}))
	joined, headed := "", 0
	lines(filepath.Join(dir, "gold", "hand.jsonl"), func(b []byte) {
		var c struct{ ID, Text string }
		must(t, json.Unmarshal(b, &c))
		whole(c.ID, c.Text)
		if _, _, ok := header([]byte(c.Text)); ok && !isPageText(c.Text) {
			headed++
			joined += c.Text + "\nNNNN\n\n"
		}
	})
	if items := texts([]byte(joined), model.Source{Path: "x"}, true); len(items) != headed || headed < 20 {
		t.Errorf("%d texts with a header, %d found when joined", headed, len(items))
	}
}

// Nothing of a labelled cable is lost: the parts of each, one behind the other,
// are the text that its file, or its label, holds.
func TestNothingOfTheLabelledCablesIsLost(t *testing.T) {
	dir := shared(t)
	count := map[string]int{}
	look := func(name string, m parser.Message) {
		c := parser.Parse(m)
		tiled(t, c)
		var b strings.Builder
		for _, p := range c.Parts {
			b.WriteString(p.Span.Of(c.Text))
		}
		if b.String() != m.Text || c.Text != m.Text {
			t.Errorf("%s: the parts together are not the text", name)
		}
	}
	must(t, Walk(context.Background(), []string{filepath.Join(dir, "gold", "pages"), filepath.Join(dir, "gold", "files"), filepath.Join(dir, "seed")}, func(it Item) error {
		if it.Refusal != nil {
			t.Errorf("%s: %s", it.Refusal.Path, it.Refusal.Why)
			return nil
		}
		m := it.Message
		count[m.Source.Format]++
		look(m.Source.Path, m)
		if m.Source.Format == RawMessage || m.Source.Format == PageText {
			raw, err := os.ReadFile(m.Source.Path)
			must(t, err)
			if text, _ := decode(raw); text != m.Text {
				t.Errorf("%s: the text is not that of the file", m.Source.Path)
			}
		}
		return nil
	}))
	labels := func(pattern string, text func([]byte) (id, text string)) {
		files, err := filepath.Glob(filepath.Join(dir, "gold", pattern))
		must(t, err)
		for _, name := range files {
			b, err := os.ReadFile(name)
			must(t, err)
			for line := range strings.Lines(string(b)) {
				id, s := text([]byte(line))
				count[pattern]++
				look(id, parser.Message{Text: s})
				look(id+" with CR", parser.Message{Text: strings.ReplaceAll(s, "\n", "\r\n")})
			}
		}
	}
	labels("hand.jsonl", func(b []byte) (string, string) {
		var d struct{ ID, Text string }
		must(t, json.Unmarshal(b, &d))
		return d.ID, d.Text
	})
	labels("cases/*.jsonl", func(b []byte) (string, string) {
		var d struct{ ID, Input string }
		must(t, json.Unmarshal(b, &d))
		return d.ID, d.Input
	})
	for what, least := range map[string]int{CablegateHTML: 69, PDF: 6, RawMessage: 11, PageText: 1, "hand.jsonl": 50, "cases/*.jsonl": 300} {
		if count[what] < least {
			t.Errorf("%d of %s were looked at", count[what], what)
		}
	}
}
