package ui

// mineCommands are the rows of the table for labels, notes and briefs.
func mineCommands() []command {
	return []command{
		{"label", "Put labels on: the paragraph, the cable, what is selected", groupDeskDo, anywhere, []string{"t"}, "NAME -NAME", (*App).labelNames, needTarget, (*App).label},
	}
}
