package ui

import (
	"fmt"
	"strings"
)

// KeysTable is the keys of the screen as tables of Markdown, for the manual.
func KeysTable() string {
	var b strings.Builder
	cell := strings.NewReplacer("|", `\|`)
	for i, g := range newKeymap().helpFor(everywhere, "") {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "**%s**\n\n| keys | does | command |\n|---|---|---|\n", g.name)
		for _, r := range g.rows {
			title := r.title
			if where := r.scope.names(); where != "" {
				title += " (" + where + ")"
			}
			var keys []string
			for _, k := range strings.Split(r.keys, "  ") {
				if k = strings.TrimSpace(k); k != "" {
					keys = append(keys, codeSpan(k))
				}
			}
			fmt.Fprintf(&b, "| %s | %s | `%s` |\n", cell.Replace(strings.Join(keys, " ")), cell.Replace(title), cell.Replace(r.name))
		}
	}
	return b.String()
}

// codeSpan writes a text as code, also one that is a backtick.
func codeSpan(s string) string {
	if strings.Contains(s, "`") {
		return "`` " + s + " ``"
	}
	return "`" + s + "`"
}
