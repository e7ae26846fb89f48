package ui

// mineCommands are the rows of the table for labels, notes and briefs.
func mineCommands() []command {
	const panes = inList | inReader | inSide
	const here = inList | inReader | inSide // not everywhere: keys for a cable on its way are held
	return []command{
		{"label", "Labels: put on or take away", groupDeskDo, here, []string{"t"}, "NAME -NAME", (*App).labelNames, needTarget, (*App).label},
		{"passages", "Passages with a label, of all cables", groupDeskDo, everywhere, nil, "LABEL", (*App).labelNames, needLabels, (*App).showPassages},
		{"read-passage", "Read the cable of this passage", groupDeskDo, inPassages, []string{"enter"}, "", nil, needView, (*App).readPassage},
		{"note", "Note: write one, or change it", groupDeskDo, here | inBrief, []string{"c"}, "TEXT", nil, needNote, (*App).note},
		{"editor", "Where notes are written: here, or in your editor", groupDeskDo, everywhere, nil, "WHERE", words("inline", "own"), nil, (*App).chooseEditor},
		{"pin", "Pin the paragraph to the brief", groupDeskDo, here, []string{"P"}, "BRIEF", (*App).briefNames, needDeskAndCable, (*App).pin},
		{"brief", "The brief: what is pinned, in its order", groupDeskDo, everywhere, []string{"E"}, "NAME", (*App).briefNames, nil, (*App).showBrief},
		{"read-pin", "Read the cable of this item, at its paragraph", groupDeskDo, inBrief, []string{"enter"}, "", nil, needView, (*App).openPin},
		{"unpin", "Take the item out of the brief", groupDeskDo, inBrief, []string{"x"}, "", nil, needDesk, (*App).unpinHere},
		{"pin-down", "Move the item down in the brief", groupDeskDo, inBrief, []string{"J"}, "", nil, needBriefView, movePin(1)},
		{"pin-up", "Move the item up in the brief", groupDeskDo, inBrief, []string{"K"}, "", nil, needBriefView, movePin(-1)},
		{"rename-brief", "Give the brief another name", groupDeskDo, everywhere, nil, "NEW", nil, needBrief, (*App).renameBrief},
		{"delete-brief", "Take a brief away; U brings it back", groupDeskDo, everywhere, nil, "NAME", (*App).briefNames, needBrief, (*App).deleteBrief},

		{"compare", "Compare the copies of this cable", groupRead, panes, nil, "", nil, needRow, (*App).compare},
		{"next-difference", "Next difference", groupMove, inCompare, []string{"n"}, "", nil, needView, nextDifference(1)},
		{"previous-difference", "Previous difference", groupMove, inCompare, []string{"N"}, "", nil, needView, nextDifference(-1)},
		{"export", "Export and cite: a file, and what will be in it", groupOther, everywhere, []string{"e"}, "FORMAT", exportFormats, nil, (*App).export},
		{"copy-paragraph", "The paragraph as plain text", groupCopy, inReader, []string{"y y"}, "", nil, needCable, (*App).copyParagraph},
		{"copy-quote", "The paragraph with marking and citation", groupCopy, inReader, []string{"y q"}, "", nil, needCable, (*App).copyQuote},
		{"copy-citation", "The citation", groupCopy, panes, []string{"y c"}, "", nil, needRow, (*App).copyCitation},
		{"copy-id", "The id of the cable", groupCopy, panes, []string{"y i"}, "", nil, needRow, (*App).copyID},
		{"copy-path", "The path of its file", groupCopy, panes, []string{"y l"}, "", nil, needPath, (*App).copyPath},
		{"copy-cable", "The whole cable as text", groupCopy, panes, []string{"y a"}, "", nil, needRow, (*App).copyCable},
		{"copy-query", "The command that lists the same cables", groupCopy, anywhere, []string{"y s"}, "", nil, nil, (*App).copyQuery},
		{"copy-shown", "Show what was copied last, to select it by hand", groupCopy, anywhere, []string{"y v"}, "", nil, nil, (*App).showCopied},
	}
}

// needDeskAndCable: what is pinned is of an open cable.
func needDeskAndCable(a *App) string {
	if why := needDesk(a); why != "" || a.scope() == inList {
		return why
	}
	return needCable(a)
}

// mineHints adds the keys of the footer for the views of this file; false when
// another view has the screen.
func (a *App) mineHints(add func(words string, names ...string)) bool {
	switch a.scope() {
	case inBrief:
		add("read", "read-pin")
		add("move the item", "pin-down", "pin-up")
		add("take out", "unpin")
		add("note", "note")
		add("export", "export")
	case inPassages:
		add("read", "read-passage")
		add("copy", "copy")
	case inCompare:
		add("next difference", "next-difference")
		add("other copy", "next-pane")
		add("copy", "copy")
	default:
		return false
	}
	return true
}
