package cli

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"chancery/model/query"
	"chancery/ui"
)

// The manual holds the tables that the help is made of, between markers:
// <!-- keys --> ... <!-- end -->. go test ./cli -update writes them.
func TestManualIsFresh(t *testing.T) {
	const name = "../docs/manual.md"
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	parts := manualParts(t)
	used := map[string]bool{}
	marked := regexp.MustCompile(`(?s)<!-- ([a-z ]+) -->\n.*?<!-- end -->\n`)
	fresh := marked.ReplaceAllStringFunc(string(b), func(old string) string {
		what := marked.FindStringSubmatch(old)[1]
		text, ok := parts[what]
		if !ok {
			t.Errorf("the manual asks for %q, which nobody makes", what)
			return old
		}
		used[what] = true
		return "<!-- " + what + " -->\n" + text + "<!-- end -->\n"
	})
	for what := range parts {
		if !used[what] {
			t.Errorf("%q is not in the manual", what)
		}
	}
	if fresh == string(b) {
		return
	}
	if *update {
		if err := os.WriteFile(name, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s is not as the help is now: go test ./cli -run Manual -update writes it", name)
}

// manualParts makes what stands between the markers.
func manualParts(t *testing.T) map[string]string {
	t.Helper()
	root := newRoot(&world{env: func(string) string { return "" }})
	parts := map[string]string{
		"keys": "\n" + ui.KeysTable() + "\n", "fields": fieldTable(), "commands": commandTables(root), "flags": "\n" + flagTable(root.PersistentFlags(), false) + "\n" + limitTable(root) + "\n",
	}
	for _, topic := range topics() {
		if text, err := pages.ReadFile("topics/" + topic.name + ".md"); err == nil {
			parts["topic "+topic.name] = "\n" + string(text) + "\n"
		}
	}
	return parts
}

// cell writes a text into a table.
func cell(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "\n", " "), "|", `\|`)
}

func fieldTable() string {
	var b strings.Builder
	b.WriteString("\n| field | for example | asks for |\n|---|---|---|\n")
	for _, f := range query.Fields() {
		names := "`" + f.Name + "`"
		for _, a := range f.Aliases {
			names += ", `" + a + "`"
		}
		meaning := f.Meaning
		if len(f.Words) > 0 {
			meaning += ": " + strings.Join(f.Words, ", ")
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s |\n", names, cell(f.Example), cell(meaning))
	}
	return b.String() + "\n"
}

// isLimit says whether a flag is one of those that all commands have which
// read files.
func isLimit(f *pflag.Flag) bool { return strings.HasPrefix(f.Name, "max-") }

func flagTable(flags *pflag.FlagSet, limits bool) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" || isLimit(f) != limits {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if value != "" {
			name += " " + value
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", cell(name), cell(usage))
	})
	if b.Len() == 0 {
		return ""
	}
	return "| flag | meaning |\n|---|---|\n" + b.String()
}

// limitTable is the flags of commands that read files.
func limitTable(root *cobra.Command) string {
	for _, c := range root.Commands() {
		if c.Name() == "list" {
			return flagTable(c.LocalNonPersistentFlags(), true)
		}
	}
	return ""
}

func commandTables(root *cobra.Command) string {
	var b strings.Builder
	b.WriteString("\n")
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		if !c.IsAvailableCommand() || c.Name() == "help" || c.Name() == "completion" {
			return
		}
		if c.HasSubCommands() && c != root {
			for _, sub := range c.Commands() {
				walk(sub)
			}
			return
		}
		fmt.Fprintf(&b, "### %s\n\n%s: `%s`\n\n", c.CommandPath(), c.Short, c.UseLine())
		if c.Example != "" {
			fmt.Fprintf(&b, "```\n%s\n```\n\n", c.Example)
		}
		if table := flagTable(c.LocalNonPersistentFlags(), false); table != "" {
			b.WriteString(table + "\n")
		}
	}
	for _, c := range root.Commands() {
		walk(c)
	}
	return b.String()
}

// The topics fit a terminal, and the queries and commands in them are there.
func TestTopics(t *testing.T) {
	root := newRoot(&world{env: func(string) string { return "" }})
	for _, topic := range topics() {
		text, err := pages.ReadFile("topics/" + topic.name + ".md")
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSuffix(line, "\n")
			if n := ansi.StringWidth(line); n > 88 {
				t.Errorf("%s: %d cells: %s", topic.name, n, line)
			}
			for _, rest := range strings.Split(line, "chancery ")[1:] {
				if rest, _, _ = strings.Cut(rest, " | "); !strings.HasPrefix(line, "    ") {
					continue
				}
				c, _, err := root.Find(strings.Fields(rest))
				if err != nil || c == root {
					t.Errorf("%s: there is no command %s", topic.name, rest)
				}
				for _, word := range strings.Fields(rest) {
					if name, ok := strings.CutPrefix(word, "--"); ok && c.Flags().Lookup(name) == nil && c.InheritedFlags().Lookup(name) == nil {
						t.Errorf("%s: %s has no flag --%s", topic.name, c.Name(), name)
					}
				}
			}
		}
	}
}
