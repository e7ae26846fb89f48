package parser_test

import (
	"runtime"
	"strings"
	"testing"

	"chancery/parser"
)

// TestLargeTexts reads a megabyte of what is worst for a reader that looks
// back or ahead: were any look as long as the text, none of these would end
// before the test is given up.
func TestLargeTexts(t *testing.T) {
	const front = "C O N F I D E N T I A L OSLO 009912\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X\n"
	const body = front + "\n1. (C) TEXT.\n"
	for name, p := range map[string][2]string{
		"one line":           {"", "x"},
		"blanks":             {body, " "},
		"blank lines":        {front, "\n \n"},
		"parentheses":        {body, "("},
		"open markings":      {body, "12. (C "},
		"page lines":         {body, " OSLO 00009912  002 OF 002 "},
		"print pages":        {body, "PAGE 01 OSLO 00097 "},
		"sipdis":             {body, "SIPDIS "},
		"rulers":             {body, "-----\n"},
		"ruler in line":      {body, "---- a "},
		"slashes":            {body, "//\n"},
		"pilcrows":           {body, "¶"},
		"numbers":            {body, "1. "},
		"numbers unmarked":   {front + "\n1. TEXT.\n\n", "Word. 2. Word "},
		"long lines":         {front + "\n1. TEXT.\n\n", strings.Repeat("Word ", 30) + "end. 2. Word\n"},
		"dashes and quotes":  {body, "He said \"x\"\n-- which is\n"},
		"heads in lines":     {body, "and so on. HEAD\n----\nx\n"},
		"end marks ruled":    {body, "So it is. END SUMMARY ------\n"},
		"glued tags":         {"TAGS: ", "ENRGEAIDPREL"},
		"references to come": {"SUBJECT: &#8217;", "&#8217"},
		"number lines":       {body, "\n1. x\n"},
		"bullets":            {body, "--\n-- x\n"},
		"section headers":    {body, "C O N F I D E N T I A L SECTION 02 OF 03 OSLO 009912\n"},
		"end summary":        {front + "\n1. (C) SUMMARY: ", "END "},
		"comments":           {body, "\n2. COMMENT: END\n"},
		"summaries":          {body, "\n\nSUMMARY: x.\n"},
		"subject":            {front, "WORD WORD\n"},
		"subject in a line":  {"C O N F I D E N T I A L OSLO 009912\nSUBJECT: ", "TAG REF E.O. "},
		"tags":               {"TAGS: ", "PREL, "},
		"tags by blanks":     {"TAGS: ", "ABCDEFGH "},
		"references":         {front + "REF: ", "A. OSLO 1, "},
		"references and":     {front + "REF: OSLO 1", " AND 2"},
		"references by line": {front + "REF: A. OSLO 1\n", "B. OSLO 2\n"},
		"classified by":      {front + "Classified By: ", "Ambassador R "},
		"classified lines":   {front + "Classified By: DCM\n", "some more words of it\n"},
		"addressees":         {"FM AMEMBASSY OSLO\nTO RUEHC/SECSTATE WASHDC\n", "AMEMBASSY ROME\n"},
		"routing":            {"VZCZC\nPP RUEHC\n", "RUEHC "},
		"distribution":       {"ACTION AF-00\n", "INFO LOG-00\n"},
		"endings":            {body, "NNNN\n"},
		"names":              {body, "SAMPLE\n"},
		"names in a line":    {body, "SAMPLE. "},
		"web sites":          {body, "http://x.gov\n"},
		"tables":             {body, "\na     b     c\n"},
		"levels":             {body, "SECRET\n\n"},
		"feeds":              {body, "\f"},
		"returns":            {body, "\r\r\n"},
		"classification":     {"", "S E C R E T "},
		"attention":          {"SECRET OSLO 009912\n", "STATE FOR X,\n"},
	} {
		t.Run(name, func(t *testing.T) {
			size := 1 << 20
			if testing.Short() {
				size = 1 << 16
			}
			sound(t, parser.Parse(parser.Message{Text: p[0] + strings.Repeat(p[1], size/len(p[1]))}))
		})
	}
}

// TestTooLong: beyond the lines that are taken apart the text stands as one
// block, so that nothing is lost.
func TestTooLong(t *testing.T) {
	const front = "C O N F I D E N T I A L OSLO 009912\nE.O. 12958: N/A\nTAGS: PREL\nSUBJECT: X\n\n"
	for _, tail := range []string{"", "wrapper\n"} {
		text := front + strings.Repeat("1. (C) X\n\n", 30_000)
		c := parser.Parse(parser.Message{Text: text + tail, End: len(text)})
		sound(t, c)
		last := c.Blocks[len(c.Blocks)-1]
		if len(c.Blocks) > 20_001 || last.Line < 20_000 || len(last.Text) < len(text)/2 {
			t.Errorf("%d blocks, the last from line %d holds %d bytes of %d", len(c.Blocks), last.Line, len(last.Text), len(text))
		}
		if p := c.Problems[len(c.Problems)-1]; p.Code != "too-long" || p.Line != 20_001 {
			t.Errorf("the last problem is %s on line %d", p.Code, p.Line)
		}
	}
	c := parser.Parse(parser.Message{Text: front + strings.Repeat("\n", 40_000)})
	sound(t, c)
	if len(c.Blocks) != 0 {
		t.Errorf("blank lines make %d blocks", len(c.Blocks))
	}
}

// TestLargeTextsCostLittle: a megabyte of what is worst must not cost the
// memory of many (it would be held for every core that reads).
func TestLargeTextsCostLittle(t *testing.T) {
	if testing.Short() {
		t.Skip("short runs go under the race detector, which has a memory of its own")
	}
	text := strings.Repeat("1. (C) X\n\n", 1<<20/10)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	parser.Parse(parser.Message{Text: text})
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 20<<20 {
		t.Errorf("a megabyte of paragraphs of one line costs %d bytes", n)
	}
}
