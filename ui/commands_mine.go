package ui

// mineCommands are the rows of the table for labels, notes and briefs.
func mineCommands() []command {
	const here = inList | inReader | inSide // not everywhere: keys for a cable on its way are held
	return []command{
		{"label", "Labels: put on or take away", groupDeskDo, here, []string{"t"}, "NAME -NAME", (*App).labelNames, needTarget, (*App).label},
		{"pin", "Pin the paragraph to the brief", groupDeskDo, here, []string{"P"}, "BRIEF", (*App).briefNames, needDeskAndCable, (*App).pin},
		{"brief", "The brief: what is pinned, in its order", groupDeskDo, everywhere, []string{"E"}, "NAME", (*App).briefNames, nil, (*App).showBrief},
		{"read-pin", "Read the cable of this item, at its paragraph", groupDeskDo, inBrief, []string{"enter"}, "", nil, needView, (*App).openPin},
		{"unpin", "Take the item out of the brief", groupDeskDo, inBrief, []string{"x"}, "", nil, needDesk, (*App).unpinHere},
		{"pin-down", "Move the item down in the brief", groupDeskDo, inBrief, []string{"J"}, "", nil, needBriefView, movePin(1)},
		{"pin-up", "Move the item up in the brief", groupDeskDo, inBrief, []string{"K"}, "", nil, needBriefView, movePin(-1)},
		{"rename-brief", "Give the brief another name", groupDeskDo, everywhere, nil, "NEW", nil, needBrief, (*App).renameBrief},
		{"delete-brief", "Take a brief away; U brings it back", groupDeskDo, everywhere, nil, "NAME", (*App).briefNames, needBrief, (*App).deleteBrief},
	}
}

// needDeskAndCable: what is pinned is of an open cable.
func needDeskAndCable(a *App) string {
	if why := needDesk(a); why != "" || a.scope() == inList {
		return why
	}
	return needCable(a)
}
