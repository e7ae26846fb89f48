package cli

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"chancery/model/query"
)

// What the help of queries shows can be asked, and fits a terminal.
func TestHelpOfQueries(t *testing.T) {
	saved := func(string) (string, bool) { return "tag:PREL", true }
	for _, s := range querySamples {
		if _, err := query.Parse(s, query.Options{Saved: saved, Desk: true}); err != nil {
			t.Error(err)
		}
	}
	var b strings.Builder
	if err := helpQuery(&b); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if n := ansi.StringWidth(strings.TrimSuffix(line, "\n")); n > 84 {
			t.Errorf("%d cells: %s", n, line)
		}
	}
	for _, f := range query.Fields() {
		if shown := strings.Contains(b.String(), "\n  "+f.Name+" "); !shown {
			t.Errorf("%s is shown: %v", f.Name, shown)
		}
		if _, err := query.Parse(f.Example, query.Options{Saved: saved, Desk: true}); err != nil {
			t.Error(err)
		}
	}
}
