package export_test

import (
	"strings"
	"testing"
	"time"

	"chancery/model"
	"chancery/model/export"
	"chancery/parser"
)

// The cables of these tests are made up: no cable has their numbers, nobody is
// called so, and none of it happened.

const pipeline = `VZCZCXYZ0001
PP RUEHC
DE RUEHTA #9911 2750941
ZNY SSSSS ZZH
P 020941Z OCT 07
FM AMEMBASSY ASTANA
TO RUEHC/SECSTATE WASHDC PRIORITY 0901
INFO RUEHAK/AMEMBASSY ANKARA 0102
BT
S E C R E T ASTANA 009911

NOFORN
SIPDIS

E.O. 12958: DECL: 10/01/2017
TAGS: PREL, ENRG, KZ
SUBJECT: PEAR TALKS: THE MINISTER'S VIEW OF NATO AND FRUIT

REF: 07 MOSCOW 9870

1. (S/NF) Summary: The Minister of Pears counted his orchards and
found that nine of them had moved. End summary.

2. (S/NF) The minister said that the offer of the spring stands
until the winter and no longer. He wants:
-- rain, and
-- more ladders.

3. (C) His orchards:

    YEAR      PEARS      SHARE
    2005      1.1        12 PCT
    2006      1.4        15 PCT

4. (U) The ministry says only that talks continue.

DOE
`

const archived = `Message Text

CONFIDENTIAL

PAGE 01        MANILA  99957  271230Z
ACTION EA-12
INFO  OCT-01   ISO-00   /013 W
                    ---------------------  054819
R 271230Z JUN 74
FM AMEMBASSY MANILA
TO SECSTATE WASHDC 1234
C O N F I D E N T I A L MANILA 99957
E.O. 11652: GDS
TAGS: PFOR, RP
SUBJECT: A VISIT TO THE ORCHARDS
1. THE ORCHARDS WERE VISITED ON JUNE 26 AND FOUND TO BE IN GOOD
ORDER.
2. NOTHING ELSE WAS SEEN.
DOE

CONFIDENTIAL

NNN

Message Attributes

Current Classification: UNCLASSIFIED
Document Number: 1974MANILA99957
Document Source: CORE
Draft Date: 27 JUN 1974
Film Number: D740099-0259
From: MANILA
Locator: TEXT ON-LINE, ON MICROFILM
Original Classification: CONFIDENTIAL
Review Markings:  Declassified/Released US Department of State EO Systematic Review 06 JUL 2006
Subject: A VISIT TO THE ORCHARDS
TAGS: PFOR, RP
To: STATE
Type: TE
`

// read makes a cable of a text, as if it had been read from a file.
func read(id, text, path, entry string) *model.Cable {
	c := parser.Parse(parser.Message{Text: text, Metadata: &model.Metadata{ID: id}})
	c.Source.Path, c.Source.Entry, c.Source.SHA256 = path, entry, "5d20"+strings.Repeat("0", 56)+"91ab"
	return c
}

func pipelineCable() *model.Cable {
	return read("07ASTANA9911", pipeline, "/home/doe/cables-2010.zip", "2007/10/07ASTANA9911.html")
}

// archivedCable is a record of the National Archives, its attributes as they
// are read there.
func archivedCable() *model.Cable {
	c := read("1974MANILA99957", archived[:strings.Index(archived, "\nNNN")], `C:\doe\manila.pdf`, "")
	c.Metadata = &model.Metadata{
		ID: "1974MANILA99957", Film: "D740099-0259",
		Attributes: []model.Attribute{{Name: "Document Number", Value: "1974MANILA99957"}},
		Release:    &model.Release{Words: "Declassified/Released US Department of State EO Systematic Review 06 JUL 2006", Done: true, Date: time.Date(2006, 7, 6, 0, 0, 0, 0, time.UTC)},
	}
	return c
}

func from() export.Source {
	return export.Source{Collection: "cables-2010.zip", Accessed: time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)}
}

// block finds a paragraph by how its text begins.
func block(t testing.TB, c *model.Cable, begins string) int {
	t.Helper()
	for i, b := range c.Blocks {
		if strings.HasPrefix(b.Text, begins) {
			return i
		}
	}
	t.Fatalf("no block begins with %q", begins)
	return -1
}

// brief has pins of two cables that are held, one that is not and one whose
// text is another here.
func brief(t testing.TB) export.Document {
	t.Helper()
	pears, visit := pipelineCable(), archivedCable()
	pin := func(c *model.Cable, n int, begins, comment string) model.Pin {
		i := block(t, c, begins)
		b := c.Blocks[i]
		return model.Pin{N: n, Handle: model.Handle{ID: c.ID}, Spot: c.SpotOf(i), Mark: b.Mark.Code(), Text: b.Text, Comment: comment}
	}
	pins := []model.Pin{
		{N: 1, Handle: model.Handle{ID: "07MOSCOW9870"}, Spot: model.Spot{Block: 3, Number: "3"}, Mark: "S", Text: "The pears of the first round\nwere sour."},
		pin(pears, 2, "The minister said", "compare with the *figure* in 9902"),
		pin(pears, 3, "The ministry says", ""),
		pin(pears, 4, "YEAR", ""),
		pin(visit, 5, "THE ORCHARDS WERE", ""),
		pin(visit, 6, "NOTHING ELSE", ""),
	}
	pins[5].Text = "NOTHING MUCH WAS SEEN."
	b := model.Brief{Name: "Pears, autumn 2007", Pins: pins}
	return export.BriefOf(b, func(p model.Pin) (*model.Cable, model.Work, export.Source, error) {
		switch p.ID {
		case pears.ID:
			spot := pins[1].Spot
			return pears, model.Work{Notes: []model.Note{{Text: "Read twice."}, {Spot: &spot, Text: "Who was there?\n\n- the deputy\n- a cousin"}}}, from(), nil
		case visit.ID:
			return visit, model.Work{}, export.Source{Accessed: from().Accessed}, nil
		}
		return nil, model.Work{}, export.Source{}, nil
	})
}
