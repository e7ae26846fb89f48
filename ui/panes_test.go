package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"chancery/model"
	"chancery/themes"
)

// paneStyles gives the styles of a built-in theme.
func paneStyles(t testing.TB, name string, colour, ascii bool) *styles {
	t.Helper()
	th, err := themes.Load(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	return newStyles(th, colour, ascii)
}

// drawnText is what a person sees of a pane: no styles, no blanks at the end.
func drawnText(lines []string) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.TrimRight(ansi.Strip(l), " ")
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n")
}

// cableText collects the text of a made-up cable and its parts and blocks with
// their spans, as a parser would give them.
type cableText struct {
	c    model.Cable
	text strings.Builder
	line int
}

func (b *cableText) part(kind model.PartKind, name, text string) {
	from := b.text.Len()
	b.text.WriteString(text)
	b.c.Parts = append(b.c.Parts, model.Part{Kind: kind, Name: name, Span: model.Span{Start: from, End: b.text.Len()}, Line: b.line + 1, Block: -1})
	b.line += strings.Count(text, "\n")
}

// block writes a block as sent. A line that begins with "~" is furniture
// within it: "~page-line:ASTANA 00099911  002 OF 002".
func (b *cableText) block(kind model.BlockKind, number, mark, text string) {
	n := len(b.c.Blocks)
	head := ""
	if number != "" {
		head = number + ". "
	}
	if mark != "" {
		head += "(" + mark + ") "
	}
	from, line := b.text.Len(), b.line+1
	var kept []string
	for i, l := range strings.Split(text, "\n") {
		if i == 0 {
			l = head + l
		}
		if name, s, ok := strings.Cut(strings.TrimPrefix(l, "~"), ":"); ok && strings.HasPrefix(l, "~") {
			b.part(model.PartFurn, name, s+"\n")
			continue
		}
		kept = append(kept, l)
		b.part(model.PartBlock, "", l+"\n")
		b.c.Parts[len(b.c.Parts)-1].Block = n
	}
	m, _ := model.ParseMarking(strings.Trim(mark, "()"))
	if strings.ContainsAny(mark, "()") { // as a bracket was forgotten
		m.Raw, m.Odd = mark, true
	}
	b.c.Blocks = append(b.c.Blocks, model.Block{
		Kind: kind, Line: line, Span: model.Span{Start: from, End: b.text.Len()}, Number: number, Mark: m,
		Text: strings.TrimPrefix(strings.Join(kept, "\n"), head),
	})
	b.part(model.PartBlank, "", "\n")
}

func (b *cableText) done() *model.Cable {
	b.c.Text = b.text.String()
	b.c.Classification.Highest, b.c.Classification.Check = model.CheckMarkings(&b.c)
	return &b.c
}

// railCable is a made-up cable with one of everything.
func railCable() *model.Cable {
	b := &cableText{}
	b.c.ID = "07ASTANA99911"
	b.c.Source = model.Source{Path: "made-up/07ASTANA99911.txt", Format: "message", Charset: "utf-8", Bytes: 4711, SHA256: strings.Repeat("5d20a1b2", 8)}
	b.c.Envelope = model.Envelope{Precedence: []string{"PRIORITY"}, DTG: time.Date(2007, 10, 2, 9, 41, 0, 0, time.UTC), DTGText: "020941Z OCT 07"}
	b.c.From = model.Address{Route: "RUEHTA", Name: "AMEMBASSY ASTANA"}
	b.c.To = []model.Address{{Route: "RUEHC", Name: "SECSTATE WASHDC", Precedence: "PRIORITY", Number: "0901"}}
	for i, n := range []string{"ANKARA", "BAKU", "BERN", "MOSCOW", "TBILISI", "VIENNA"} {
		b.c.Info = append(b.c.Info, model.Address{Route: "RUEH" + n[:2], Name: "AMEMBASSY " + n, Number: fmt.Sprintf("01%02d", i)})
	}
	b.c.Classification = model.Classification{Line: "C O N F I D E N T I A L ASTANA 099911", Level: model.Confidential, Controls: []string{"NOFORN"}}
	b.c.Captions = []string{"SIPDIS", "NOFORN"}
	b.c.Attention = []string{"STATE FOR SCA/CEN"}
	b.c.Tags = []string{"PREL", "ENRG", "KZ", "ZZZZ"}
	b.c.Subject = "PIPELINE TALKS: THE MINISTER'S VIEW OF THE SECOND ROUND, AND WHAT HE DID NOT SAY ABOUT THE TARIFF"
	b.c.Declass = model.ParseDeclass("E.O. 12958: DECL: 10/01/2017", b.c.Envelope.DTG, model.Confidential)
	b.c.References = []model.Reference{
		{Label: "A", Text: "06 ANKARA 99655", Kind: model.RefCable, ID: "06ANKARA99655"},
		{Label: "B", Text: "STATE 99120", Kind: model.RefCable, ID: "07STATE99120", YearInferred: true},
		{Label: "C", Text: "DOE-ROE E-MAIL 09/20/07", Kind: model.RefMail},
	}
	b.c.ClassifiedBy = &model.ClassifiedBy{Text: "DCM J. DOE, REASONS 1.4 (B) AND (D)", Name: "J. DOE", Title: "DCM", ReasonSection: "1.4", Letters: []string{"b", "d"}}
	b.c.Signature = "DOE"
	b.c.Problems = []model.Problem{{Code: "page-break", Line: 27, Text: "a page line cuts a paragraph in two"}}

	b.part(model.PartEnvelope, "dtg", "P 020941Z OCT 07\n")
	b.part(model.PartEnvelope, "from", "FM AMEMBASSY ASTANA\n")
	b.part(model.PartEnvelope, "to", "TO RUEHC/SECSTATE WASHDC PRIORITY 0901\n")
	b.part(model.PartFront, "classification", "C O N F I D E N T I A L ASTANA 099911\n")
	b.part(model.PartBlank, "", "\n")
	b.part(model.PartFront, "subject", "SUBJECT: PIPELINE TALKS: THE MINISTER'S VIEW OF THE SECOND\nROUND, AND WHAT HE DID NOT SAY ABOUT THE TARIFF\n")
	b.part(model.PartBlank, "", "\n")
	b.part(model.PartFurn, "repeated-front", "C O N F I D E N T I A L ASTANA 099911\nSUBJECT: PIPELINE TALKS\n")
	b.block(model.SummaryBlock, "1", "C", "Summary. This is invented text that stands for a real\nsummary paragraph. It runs on for a few lines so that the\n~sipdis:SIPDIS\nwidth of the reading column and the hanging indent can be\njudged. End summary.")
	b.block(model.Heading, "", "", "The Offer")
	b.c.Parts = b.c.Parts[:len(b.c.Parts)-1]
	b.part(model.PartRuler, "", "---------\n\n")
	b.block(model.Paragraph, "2", "C/NF", "The minister said the offer in ref A stands until the\nwinter and no longer (see also Ankara 99655 and reftels A\nand B). He named XXXXXXXXXXXX as the person to ask.")
	b.block(model.Bullet, "", "", "-- Tariffs: none before the winter, whatever the ministry of\ntransport may say in public about them.")
	b.block(model.Bullet, "", "", "-- Wagons: forty.")
	b.block(model.Paragraph, "3", "C)", "A paragraph whose marking was typed without its opening\nbracket: the gutter shows what was meant.")
	b.block(model.Paragraph, "4", "S", "A paragraph marked above the cable's own line, which is\nworth a warning.")
	b.block(model.Paragraph, "5", "", "A paragraph that nobody marked.")
	b.block(model.Table, "", "", "     YEAR      VOLUME      PRICE\n     2005      1.1         44\n     2006      1.4         65")
	b.part(model.PartFurn, "page-line", "ASTANA 00099911  002 OF 002\n")
	b.part(model.PartBlank, "", "\n")
	b.block(model.CommentBlock, "6", "C/REL NATO", "Comment. We have heard this figure twice before and it was\nwrong both times. The bytes \x1b[31mred\x1b[0m and \u202e are shown,\nnot obeyed. End comment.")
	b.block(model.Footer, "7", "U", "Minimize considered.")
	b.part(model.PartEnding, "signature", "DOE\n")
	b.part(model.PartEnding, "nnnn", "NNNN\n")
	return b.done()
}
