package ui

import (
	"cmp"
	"fmt"
	"strings"
)

// helpGroup is a table of the help: the commands of one group.
type helpGroup struct {
	name string
	rows []helpRow
}

// helpRow is a command in the help.
type helpRow struct {
	keys, title string
	name        string // as the palette takes it, behind a colon
	scope       scope
}

// helpFor lists the commands of a pane; with a filter those of all panes that
// it fits.
func (k keymap) helpFor(s scope, filter string) []helpGroup {
	filter = strings.ToLower(strings.TrimSpace(filter))
	var out []helpGroup
	for _, name := range groups() {
		g := helpGroup{name: name}
		for i := range k.table {
			c := &k.table[i]
			r := helpRow{c.keyNames(), c.title, strings.TrimSpace(":" + c.name + " " + c.takes), c.scope}
			here := c.scope&s != 0
			switch {
			case c.group != name, !here && filter == "":
				continue
			case !strings.Contains(strings.ToLower(r.keys+" "+r.title+" "+r.name[1:]+" "+c.group), filter):
				continue
			case !here:
				r.title += " (in another pane)"
			}
			g.rows = append(g.rows, r)
		}
		if len(g.rows) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// KeysHelp is the help of the screen as plain text of so many columns, for who
// reads it outside: the keys of all panes, and what the commands are called.
func KeysHelp(w int) string {
	var b strings.Builder
	b.WriteString("Keys of the screen, and the commands by name (: takes one). What holds in some panes\nalone says in which. ? in the screen shows those of the pane that you are in.\n")
	for _, g := range newKeymap().helpFor(everywhere, "") {
		fmt.Fprintf(&b, "\n%s:\n", g.name)
		for _, r := range g.rows {
			title := r.title
			if where := r.scope.names(); where != "" {
				title += " (" + where + ")"
			}
			line := fmt.Sprintf("  %-14s %s", cmp.Or(r.keys, r.name), title)
			if r.keys != "" && w >= helpAligned {
				line = fmt.Sprintf("%-84s %s", line, r.name)
			}
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// names are the panes of a scope in a word each; "" where it holds in all.
func (s scope) names() string {
	if s&anywhere == anywhere {
		return ""
	}
	var out []string
	for _, one := range scopes() {
		if s&one != 0 {
			out = append(out, strings.TrimPrefix(one.String(), "the "))
		}
	}
	return strings.Join(out, ", ")
}
