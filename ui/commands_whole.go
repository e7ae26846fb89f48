package ui

// wholeCommands are the rows of the table for the views over the panes and for
// what narrows an answer.
func wholeCommands() []command {
	return []command{
		{"overview", "Overview: counts by year, marking, post, TAGS", groupFind, everywhere, []string{"D"}, "", nil, nil, (*App).showOverview},
		{"missing", "What is cited and not held here", groupFind, everywhere, []string{"M"}, "", nil, nil, (*App).showMissing},
		{"facet", "Count the answer by one field", groupFind, everywhere, nil, "FIELD", facetNames, nil, (*App).showFacet},
		{"narrow", "Ask for the value under the cursor", groupFind, inOverview, []string{"enter"}, "", nil, needView, (*App).narrow},
		{"exclude", "Exclude the value under the cursor", groupFind, inOverview | inSide, []string{"x"}, "", nil, nil, (*App).exclude},

		{"chain", "Reference chain: what it cites, what cites it", groupRead, everywhere, []string{"R"}, "DEPTH", words("1", "2", "3", "4"), needChain, (*App).showChain},
		{"cited-by", "What cites this cable", groupRead, everywhere, nil, "ID", ownID, nil, (*App).showCitedBy},
		{"read-linked", "Read the cable of this row", groupRead, inChain, []string{"enter"}, "", nil, needView, (*App).readLink},
		{"expand", "A step on from this cable; again: fold", groupView, inChain, []string{"space"}, "", nil, needView, (*App).expand},
		{"copy", "Copy what is shown", groupOther, inOverview | inChain | inBrief | inPassages | inCompare, []string{"y"}, "", nil, needView, (*App).copyTable},
	}
}
