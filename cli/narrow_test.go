package cli

import (
	"bytes"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// The help fits the terminal: no line is cut in the middle of a word.
func TestHelpFitsTheTerminal(t *testing.T) {
	for _, topic := range topics() {
		var wide, slim bytes.Buffer
		if err := topic.print(&world{out: &wide, width: 200}); err != nil {
			t.Fatal(err)
		}
		if err := topic.print(&world{out: &slim, width: 80}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(slim.String(), "\n") {
			if ansi.StringWidth(line) > 80 {
				t.Errorf("%s: %q", topic.name, line)
			}
		}
		if topic.name != "keys" && strings.Join(strings.Fields(wide.String()), " ") != strings.Join(strings.Fields(slim.String()), " ") {
			t.Errorf("%s: words are lost or added:\n%s", topic.name, slim.String())
		}
	}
}

func TestNarrow(t *testing.T) {
	const text = "Judges the cables with these ids,\nor all.\n\nFlags:\n  --ids FILE   the cables that this names\n  short\n\nEnd."
	const want = "Judges the cables with these\nids, or all.\n\nFlags:\n  --ids FILE   the cables that\n               this names\n  short\n\nEnd."
	if got := narrow(text, 31); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if narrow(text, 0) != text || narrow(text, 60) != text {
		t.Error("what fits was changed")
	}
}
