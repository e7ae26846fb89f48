package ui

import "chancery/model"

// judgeCommands are the rows of the table for what the reader thinks of cables.
func judgeCommands() []command {
	const here = inList | inReader | inRaw
	return []command{
		{"relevant", "Judge: relevant", groupJudge, here, []string{"r"}, "", nil, needDeskRow, judges(model.Relevant)},
		{"not-relevant", "Judge: not relevant", groupJudge, here, []string{"x"}, "", nil, needDeskRow, judges(model.Irrelevant)},
		{"later", "Judge: later, it waits", groupJudge, here, []string{"w"}, "", nil, needDeskRow, judges(model.Later)},
		{"clear-judgement", "Take the judgement away", groupJudge, anywhere, nil, "", nil, needDeskRow, judges(model.Unjudged)},
		{"star", "Star; again: no star", groupJudge, here, []string{"s"}, "", nil, needDeskRow, (*App).star},
		{"repeat", "The same again, on the next cable", groupJudge, here, []string{"."}, "", nil, needRepeat, (*App).repeat},
		{"undo", "Undo the last judgement, label or note", groupJudge, everywhere, []string{"U"}, "", nil, needDeskTried, (*App).undo},
		{"redo", "Do again what was undone", groupJudge, everywhere, []string{"ctrl+r"}, "", nil, needDeskTried, (*App).redo},
		{"next-unjudged", "Next row not yet judged", groupJudge, inList, []string{"n"}, "", nil, needDeskRow, unjudged(1)},
		{"previous-unjudged", "Previous row not yet judged", groupJudge, inList, []string{"N"}, "", nil, needDeskRow, unjudged(-1)},
		{"auto-advance", "After a judgement, go to the next cable not yet judged", groupJudge, anywhere, []string{"- v"}, "on/off", words("on", "off"), needDeskTried, (*App).autoAdvance},
		{"scope", "Show: all, unjudged, relevant, later", groupJudge, inList, []string{"a"}, "WHAT", words("all", "unjudged", "relevant", "later"), needDeskTried, (*App).nextScope},
		{"select", "Select the row and move down; again: not", groupJudge, inList, []string{"space"}, "", nil, needRow, (*App).selectRow},
		{"select-range", "Begin or end a range of selected rows", groupJudge, inList, []string{"v"}, "", nil, needRow, (*App).selectRange},
		{"select-shown", "Select all rows shown; again: none", groupJudge, inList, []string{"V"}, "", nil, needRow, (*App).selectShown},
		{"judge-all", "Judge all cables that match; first says what they are", groupJudge, anywhere, nil, "WHAT", judgeChoices, needDeskRow, (*App).judgeAll},
	}
}
