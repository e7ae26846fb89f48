package cli

import (
	"embed"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"chancery/ui"
)

// The help of every command: what it does, examples, then the rest. It is
// cobra's template with the examples moved to the front.
const helpTemplate = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{if .HasExample}}Examples:
{{.Example}}

{{end}}{{if or .Runnable .HasSubCommands}}{{.UsageString}}{{end}}`

// usageTemplate is the rest of it; at the root the topics stand below the
// commands.
func usageTemplate() string {
	var b strings.Builder
	for _, t := range topics() {
		fmt.Fprintf(&b, "\n  {{rpad %q .NamePadding}} %s", t.name, t.about)
	}
	return strings.Replace(usageParts, "TOPICS", b.String(), 1)
}

const usageParts = `Usage:{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND{{end}}
{{if .HasAvailableSubCommands}}
Commands:{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}
{{end}}{{if not .HasParent}}
Topics (chancery help TOPIC):TOPICS
{{end}}{{if .HasAvailableLocalFlags}}
Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
Flags of every command:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}`

// topic is what there is help about beside the commands.
type topic struct {
	name, about string
	print       func(w *world) error
}

func topics() []topic {
	return []topic{
		{"query", "How a query is written", helpQueryFor},
		{"keys", "The keys of the screen", helpKeys},
		topicPage("triage", "Judging what is relevant"),
		topicPage("notes", "Labels and notes"),
		topicPage("briefs", "Lists of paragraphs to quote"),
		topicPage("export", "Documents, data and records"),
		topicPage("citations", "How a cable is cited"),
		topicPage("desk", "Where your work is kept"),
		topicPage("safety", "What cannot happen to you"),
	}
}

// pages are the texts of topics. The manual has them too.
//
//go:embed topics
var pages embed.FS

// topicPage is a topic that is a text.
func topicPage(name, about string) topic {
	return topic{name, about, func(w *world) error {
		text, err := pages.ReadFile("topics/" + name + ".md")
		if err == nil {
			_, err = io.WriteString(w.out, narrow(string(text), w.width))
		}
		return err
	}}
}

// helpQueryFor prints how a query is written.
func helpQueryFor(w *world) error {
	var text strings.Builder
	if err := helpQuery(&text); err != nil {
		return err
	}
	_, err := io.WriteString(w.out, narrow(text.String(), w.width))
	return err
}

// fitHelp has the help of every command fit the terminal.
func fitHelp(root *cobra.Command, w *world) {
	whole := root.HelpFunc()
	root.SetHelpFunc(func(c *cobra.Command, args []string) {
		var text strings.Builder
		out := c.OutOrStdout()
		c.SetOut(&text)
		whole(c, args)
		c.SetOut(out)
		_, _ = io.WriteString(out, narrow(text.String(), w.width))
	})
}

// helpKeys prints the keys of the screen, in as many columns as there are.
func helpKeys(w *world) error {
	width := w.width
	if width == 0 { // what is no terminal has no edge
		width = 120
	}
	_, err := io.WriteString(w.out, narrow(ui.KeysHelp(width), w.width))
	return err
}

// newHelp is help about a command or a topic. A word that is neither is said to
// be none, where cobra's own prints the help of the whole program and is content.
func newHelp(w *world) *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND|TOPIC]", Short: "Help about a command or a topic",
		RunE: func(c *cobra.Command, args []string) error {
			word := strings.Join(args, " ")
			about, rest, err := c.Root().Find(args)
			command := err == nil && len(rest) == 0
			for _, t := range topics() {
				if word == t.name {
					if err := t.print(w); err != nil || !command {
						return err
					}
					fmt.Fprintln(w.out) // a command is called so, too
				}
			}
			if command {
				return about.Help()
			}
			if near := c.Root().SuggestionsFor(word); len(near) > 0 {
				return usage("there is no command %q; did you mean %s?", word, strings.Join(near, " or "))
			}
			return usage("there is neither a command nor a topic %q (chancery help lists them)", word)
		},
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			for _, t := range topics() {
				names = append(names, t.name+"\t"+t.about)
			}
			for _, sub := range c.Root().Commands() {
				if sub.IsAvailableCommand() {
					names = append(names, sub.Name()+"\t"+sub.Short)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}
