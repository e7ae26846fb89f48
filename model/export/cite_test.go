package export_test

import (
	"strings"
	"testing"
	"time"

	"chancery/model"
	"chancery/model/export"
)

func TestCite(t *testing.T) {
	pears, visit := pipelineCable(), archivedCable()
	two := block(t, pears, "The minister said")
	for _, c := range []struct {
		name  string
		c     *model.Cable
		block int
		style export.Style
		want  string
	}{
		{"2007", pears, two, export.Chicago, `US Embassy Astana to Department of State, "Pear Talks: The Minister's View of NATO and Fruit" [case supplied], October 2, 2007, telegram 07ASTANA9911, SECRET//NOFORN, para. 2 (S/NF), in cables-2010.zip, 2007/10/07ASTANA9911.html (SHA-256 5d20...91ab), accessed March 4, 2026.`},
		{"2007", pears, two, export.Archival, `Embassy Astana to Department of State, Telegram 9911, October 2, 2007, 07ASTANA9911, SECRET//NOFORN, para. 2 (S/NF), in cables-2010.zip, 2007/10/07ASTANA9911.html (SHA-256 5d20...91ab) (accessed March 4, 2026).`},
		{"2007", pears, two, export.Short, `Astana 9911 to State, 2 October 2007, para. 2. In cables-2010.zip, 2007/10/07ASTANA9911.html (SHA-256 5d20...91ab), accessed 4 March 2026.`},
		{"2007", pears, two, export.Bluebook, `Cable from U.S. Embassy Astana to Sec'y of State, 07ASTANA9911, ¶ 2 (Oct. 2, 2007) (marked SECRET//NOFORN), in cables-2010.zip, 2007/10/07ASTANA9911.html (SHA-256 5d20...91ab), accessed Mar. 4, 2026.`},
		{"2007", pears, two, export.NoStyle, ``},
		{"whole", pears, export.Whole, export.Short, `Astana 9911 to State, 2 October 2007. In cables-2010.zip, 2007/10/07ASTANA9911.html (SHA-256 5d20...91ab), accessed 4 March 2026.`},
		{"item of a list", pears, block(t, pears, "more ladders"), export.Short, `Astana 9911 to State, 2 October 2007, para. 2. In cables-2010.zip, 2007/10/07ASTANA9911.html (SHA-256 5d20...91ab), accessed 4 March 2026.`},
		{"1974", visit, 0, export.Archival, `Embassy Manila to Department of State, Telegram 99957, June 27, 1974, 1974MANILA99957, CONFIDENTIAL, para. 1, Central Foreign Policy Files, 1973-79/Electronic Telegrams, RG 59: General Records of the Department of State, National Archives, in cables-2010.zip, manila.pdf (SHA-256 5d20...91ab) (accessed March 4, 2026).`},
		{"1974", visit, 0, export.Chicago, `US Embassy Manila to Department of State, "A Visit to the Orchards" [case supplied], June 27, 1974, telegram 74MANILA99957, CONFIDENTIAL, para. 1, Central Foreign Policy Files, 1973-79, RG 59: General Records of the Department of State, National Archives, in cables-2010.zip, manila.pdf (SHA-256 5d20...91ab), accessed March 4, 2026.`},
		{"nothing known", &model.Cable{}, export.Whole, export.Chicago, `Sender not known to addressee not known, subject not known, date not known, telegram number not known, marking not known, in cables-2010.zip, accessed March 4, 2026.`},
		{"nothing known", &model.Cable{}, export.Whole, export.Archival, `Sender not known to addressee not known, telegram number not known, date not known, id not known, marking not known, in cables-2010.zip (accessed March 4, 2026).`},
		{"nothing known", &model.Cable{}, export.Whole, export.Short, `Sender not known (number not known) to addressee not known, date not known. In cables-2010.zip, accessed 4 March 2026.`},
		{"nothing known", &model.Cable{}, export.Whole, export.Bluebook, `Cable from sender not known to addressee not known, id not known (date not known) (marking not known), in cables-2010.zip, accessed Mar. 4, 2026.`},
		{"only an id", &model.Cable{ID: "07LAGOS9912"}, export.Whole, export.Archival, `Lagos to addressee not known, Telegram 9912, 2007, day not known, 07LAGOS9912, marking not known, in cables-2010.zip (accessed March 4, 2026).`},
	} {
		if got := export.Cite(c.c, c.block, from(), c.style, ""); got != c.want {
			t.Errorf("%s, %s:\n got %s\nwant %s", c.name, c.style, got, c.want)
		}
	}
}

// What the copy shows of archive and release is cited; the host of a mirror
// and a date that has passed are not.
func TestCiteArchives(t *testing.T) {
	film := archivedCable()
	film.Blocks = nil
	paper := archivedCable()
	paper.Blocks, paper.Metadata.Film = nil, "P740099-0259"
	library := archivedCable()
	library.Metadata = &model.Metadata{Attributes: []model.Attribute{{Name: "Canonical ID", Value: "1974MANILA99957_b"}, {Name: "Archive Status", Value: "Electronic Telegrams"}}}
	text := archivedCable()
	text.Metadata, text.IDInferred = nil, true
	freed := pipelineCable()
	freed.Metadata = &model.Metadata{Release: &model.Release{Decision: "RELEASE IN PART", Case: "F-2099-00000", Document: "C00000001", Date: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)}}
	row := pipelineCable()
	row.Source = model.Source{Path: "/x/cables.csv", Index: 41, Format: "cables-csv"}
	for _, c := range []struct {
		name, want string
		c          *model.Cable
	}{
		{"film", `1974, D740099-0259, CONFIDENTIAL, Central Foreign Policy Files, 1973-79/D-Reel Microfilm, RG 59`, film},
		{"paper", `Telegram, A Visit to the Orchards [case supplied], June 27, 1974, P740099-0259, CONFIDENTIAL, Central Foreign Policy Files, 1973-79/P-Reel Printouts, RG 59`, paper},
		{"PlusD", `1974MANILA99957, CONFIDENTIAL, Central Foreign Policy Files, 1973-79/Electronic Telegrams, RG 59: General Records of the Department of State, National Archives, as copied in WikiLeaks Public Library of US Diplomacy, in`, library},
		{"a text of 1974", `Telegram 99957, June 27, 1974, 74MANILA99957 [id inferred], CONFIDENTIAL, in cables-2010.zip, manila.pdf`, text},
		{"FOIA", `U.S. Department of State, Case No. F-2099-00000, Doc No. C00000001, release in part, January 1, 2099, in`, freed},
		{"row", `in cables-2010.zip, cables.csv, row 42 (accessed`, row},
	} {
		got := export.Cite(c.c, export.Whole, from(), export.Archival, "")
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: no %s in\n%s", c.name, c.want, got)
		}
		for _, s := range export.Styles() {
			got := export.Cite(c.c, 0, from(), s.Style, "")
			if strings.Contains(strings.ToLower(got), "declassified") {
				t.Errorf("%s: %s", c.name, got)
			}
			if strings.Contains(got, "home") || strings.Contains(got, "doe") {
				t.Errorf("%s: a folder of the reader's is told: %s", c.name, got)
			}
		}
	}
}

// A title that is not in capitals is the source's own.
func TestTitles(t *testing.T) {
	for _, c := range []struct{ subject, want string }{
		{"PEARS AND THE U.S.: A VIEW FROM UNDER-SECRETARY DOE", `"Pears and the U.S.: A View from Under-Secretary Doe" [case supplied]`},
		{"Pears and apples", `"Pears and apples,"`},
		{`THE "PEAR" QUESTION`, `"The 'Pear' Question" [case supplied]`},
		{"DCM'S TALK WITH THE UN ON G8 PEARS, PART II", `"DCM's Talk with the UN on G8 Pears, Part II" [case supplied]`},
		{"9911", `"9911,"`},
	} {
		cable := &model.Cable{ID: "07OSLO9912", Subject: c.subject}
		if got := export.Cite(cable, export.Whole, from(), export.Chicago, ""); !strings.Contains(got, c.want) {
			t.Errorf("no %s in %s", c.want, got)
		}
	}
}

// Numbers that stand twice and paragraphs without one are told apart.
func TestPinpoints(t *testing.T) {
	c := &model.Cable{ID: "07OSLO9912", Blocks: []model.Block{
		{Kind: model.Heading, Text: "Pears"},
		{Kind: model.Paragraph, Text: "a"},
		{Kind: model.Paragraph, Number: "1", Text: "b"},
		{Kind: model.Subparagraph, Number: "A", Text: "c"},
		{Kind: model.Bullet, Text: "d"},
		{Kind: model.Paragraph, Number: "1", Text: "e"},
		{Kind: model.Continuation, Text: "f"},
		{Kind: model.Table, Text: "g"},
	}}
	for i, want := range []string{
		"heading", "unnumbered paragraph, the 1st of the text", "para. 1 (the 1st of this number)", "para. 1.A (the 1st of this number)", "para. 1 (the 1st of this number)",
		"para. 1 (the 2nd of this number)", "para. 1 (the 2nd of this number)", "para. 1 (the 2nd of this number)",
	} {
		if got := export.Cite(c, i, export.Source{}, export.Short, export.NoHash); !strings.Contains(got, ", "+want+". ") {
			t.Errorf("block %d: %q, want %q", i, got, want)
		}
	}
}
