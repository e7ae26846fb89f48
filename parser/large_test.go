package parser_test

import (
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
