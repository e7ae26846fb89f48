package ui

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"chancery/model"
)

var sgr = regexp.MustCompile("\x1b\\[[0-9;:]*m")

// newTestReader shows the made-up cable without colour and box lines.
func newTestReader(t testing.TB, w, h int) *reader {
	r := newReader(paneStyles(t, "mono", false, true))
	r.resize(w, h)
	r.show(railCable())
	return r
}

// sees fails unless the pane shows the text.
func sees(t *testing.T, lines []string, want ...string) {
	t.Helper()
	text := drawnText(lines)
	for _, s := range want {
		if !strings.Contains(text, s) {
			t.Errorf("the pane does not show %q:\n%s", s, text)
		}
	}
}

func seesNot(t *testing.T, lines []string, not ...string) {
	t.Helper()
	text := drawnText(lines)
	for _, s := range not {
		if strings.Contains(text, s) {
			t.Errorf("the pane shows %q:\n%s", s, text)
		}
	}
}

// exact fails unless there are h lines of w cells with nothing in them that a
// terminal obeys, but for our own colours.
func exact(t interface {
	Helper()
	Fatalf(string, ...any)
}, lines []string, w, h int,
) {
	t.Helper()
	if len(lines) != h {
		t.Fatalf("%dx%d: %d lines", w, h, len(lines))
	}
	for i, l := range lines {
		if n := ansi.StringWidth(l); n != w {
			t.Fatalf("%dx%d: line %d is %d cells wide: %q", w, h, i, n, l)
		}
		for _, c := range sgr.ReplaceAllString(l, "") {
			if unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == '\u2028' || c == '\u2029' {
				t.Fatalf("%dx%d: line %d holds %U: %q", w, h, i, c, l)
			}
		}
	}
}

func TestReaderDrawsEverySize(t *testing.T) {
	if testing.Short() {
		t.Skip("drawing alone: nothing in it runs beside anything else")
	}
	for _, colour := range []bool{true, false} {
		r := newReader(paneStyles(t, "dark", colour, !colour))
		r.resize(3, 3)
		exact(t, r.view(true), 3, 3)
		r.show(railCable())
		for w := 0; w <= 250; w += 1 + w/40 {
			for h := 0; h <= 70; h += 1 + h/20 {
				r.resize(w, h)
				if h%3 == 0 {
					r.scroll(5)
				}
				if w%50 == 7 {
					r.option(optHeader)
					r.option(optMarks)
					r.option(optSent)
				}
				exact(t, r.view(h%2 == 0), w, h)
			}
		}
	}
}

func TestReaderShowsMarksWithoutColour(t *testing.T) {
	r := newTestReader(t, 80, 60)
	lines := r.view(true)
	sees(t, lines,
		"CONFIDENTIAL//NOFORN  (original marking)",
		"end of 07ASTANA99911",
		">  1 C      : Summary. This is",
		"   2 C/NF   : The minister",
		"   3 C*     : A paragraph whose",
		"   4 S!     # A paragraph marked above",
		"   5 ?      : A paragraph that nobody",
		"   6 C/REL  : Comment.",
		"     NATO   : ",
		" signed       DOE",
	)
	if strings.Contains(strings.Join(lines, ""), "\x1b[3") {
		t.Error("there is colour")
	}
	if strings.Contains(drawnText(lines), "#") && strings.Count(drawnText(lines), "#") != 2 {
		t.Error("only the two rows of paragraph 4 are at the highest marking")
	}
}

func TestReaderReflowsAndKeeps(t *testing.T) {
	r := newTestReader(t, 100, 60)
	sees(t, r.view(true),
		"PIPELINE TALKS: THE MINISTER'S VIEW OF THE SECOND ROUND, AND WHAT HE DID NOT SAY ABOUT THE TARIFF",
		"lines so that the width of the reading column",         // joined over what cut it
		"     YEAR      VOLUME      PRICE\n",                    // a table as sent
		": -- Tariffs: none before the winter",                  // a bullet
		":    public about them.",                               // hangs
		"^[[31mred^[[0m and <RLO> are shown",                    // visible, not obeyed
		"XXXXXXXXXXXX",                                          // redaction
		"The Offer\n              ---------\n",                  // heading and its ruler
		"\n              . . SIPDIS within the paragraph, fold", // furniture
	)
	seesNot(t, r.view(true), "002 OF 002")
}

func TestInheritedMarkingIsBracketed(t *testing.T) {
	c := railCable()
	for i := range c.Blocks {
		c.Blocks[i].Inherit = true
		c.Blocks[i].Mark = model.Marking{Level: model.Confidential}
	}
	r := newTestReader(t, 80, 40)
	r.show(c)
	sees(t, r.view(true), "   2 [C] #", "         # -- Tariffs")
}

// The column of codes is as wide as the cable needs, the word in the margin is
// whole or in short, and on a small screen the id goes before the remark.
func TestRoomIsGivenToTheText(t *testing.T) {
	c := railCable()
	for i := range c.Blocks {
		c.Blocks[i].Mark = model.Marking{Raw: "C", Level: model.Confidential}
	}
	for _, tt := range []struct {
		w    int
		want []string
	}{
		{120, []string{">  1 C      # Summary.", " summary    # "}},
		{80, []string{">  1 C   # Summary.", " summary # ", "99911  2007-10-02 09:41 UTC\n  ASTANA to SECSTATE"}},
		{40, []string{"> 1 C  # Summary.", " sum.  # ", "NOFORN  07ASTANA99911\n", "  (original marking)  2007-10-02 09:41\n"}},
	} {
		r := newTestReader(t, tt.w, 40)
		r.show(c)
		sees(t, r.view(true), tt.want...)
	}
	r := newTestReader(t, 80, 40) // with an S/NF in it
	sees(t, r.view(true), ">  1 C      : Summary.")
}

// A bullet keeps the sign of its source and a table the place of its first
// row, though the text of a block has neither.
func TestSignsAndMarginsOfTheSourceAreShown(t *testing.T) {
	c := railCable()
	for i := range c.Blocks {
		b := &c.Blocks[i]
		switch b.Kind {
		case model.Bullet:
			b.Text = strings.TrimPrefix(b.Text, "-- ")
		case model.Table:
			text := strings.TrimLeft(b.Text, " ")
			b.Span.Start += len(b.Text) - len(text)
			b.Text = text
		}
	}
	r := newTestReader(t, 80, 50)
	r.show(c)
	sees(t, r.view(true), ": -- Wagons: forty.", ": -- Tariffs: none before", ":    transport may say",
		":      YEAR      VOLUME      PRICE\n            :      2005      1.1         44\n")
	r.option(optMarks)
	sees(t, r.view(true), "-- Wagons: forty.", ">  1 : (C) Summary.", "\n     : ")
	seesNot(t, r.view(true), "sum.")
}

func TestMarkOfTheEntireTextSaysSo(t *testing.T) {
	c := railCable()
	c.Blocks[0].Text, c.Blocks[0].Mark = "", model.Marking{Raw: "C - ENTIRE TEXT", Level: model.Confidential}
	r := newTestReader(t, 80, 40)
	r.show(c)
	sees(t, r.view(true), "this marking is that of the entire text")
}

func TestBulletWithAMarkOfItsOwnIsHighest(t *testing.T) {
	c := railCable()
	for i := range c.Blocks {
		if strings.HasPrefix(c.Blocks[i].Text, "-- Wagons") {
			c.Blocks[i].Mark = model.Marking{Raw: "TS", Level: model.TopSecret}
		}
	}
	r := newTestReader(t, 80, 40)
	r.show(c)
	if !r.highest(1) || r.highest(1) {
		t.Error("the only part marked TOP SECRET is not found once")
	}
	sees(t, r.view(true), ">    TS!    # -- Wagons")
}

func TestNothingIsHighestInAnUnclassifiedCable(t *testing.T) {
	c := railCable()
	c.Classification.Level = model.Unclassified
	for i := range c.Blocks {
		c.Blocks[i].Mark = model.Marking{Raw: "U", Level: model.Unclassified}
	}
	r := newTestReader(t, 80, 40)
	r.show(c)
	if _, ok := r.highestMark(); ok || r.highest(1) {
		t.Error("there is a highest paragraph")
	}
	seesNot(t, r.view(true), "#")
}

func TestHeaderOptions(t *testing.T) {
	r := newTestReader(t, 100, 70)
	sees(t, r.view(true), "TAGS PREL ENRG", "Marked for declassification 2017-10-01", "B 07? STATE 99120")
	if got := r.option(optHeader); got != "header: full" {
		t.Error(got)
	}
	sees(t, r.view(true), "Envelope", "FM AMEMBASSY ASTANA", "Front", "C O N F I D E N T I A L ASTANA 099911")
	if got := r.option(optHeader); got != "header: none" {
		t.Error(got)
	}
	sees(t, r.view(true), "CONFIDENTIAL//NOFORN  (original marking)  07ASTANA99911")
	seesNot(t, r.view(true), "PIPELINE TALKS", "TAGS")
}

func TestMarksInlineAndNumbersOff(t *testing.T) {
	r := newTestReader(t, 100, 70)
	r.option(optMarks)
	sees(t, r.view(true), "   2 : (C/NF) The minister")
	r.option(optMarks)
	sees(t, r.view(true), "   2 C/NF   : (C/NF) The minister")
	r.option(optMarks)
	r.option(optNumbers)
	sees(t, r.view(true), " C/NF   : The minister")
}

func TestAsTransmitted(t *testing.T) {
	r := newTestReader(t, 100, 70)
	if got := r.option(optSent); got != "as transmitted" {
		t.Error(got)
	}
	sees(t, r.view(true), "1. (C) Summary. This is invented text that stands for a real\n", ": SIPDIS\n", "(C)) A paragraph")
	seesNot(t, r.view(true), "SIPDIS within")
	r.resize(50, 20)
	r.number(2)
	sees(t, r.view(true), ">\n") // cut at the edge, with a sign
	if r.sideways(-8) || !r.sideways(30) || r.sideways(8) {
		t.Fatal("cut lines are pushed to the left as long as they are cut")
	}
	sees(t, r.view(true), ": < offer in ref A stands until the\n")
}

// A pane that has no rows any more draws none, though its gutter was full.
func TestGutterOfNoRows(t *testing.T) {
	r := newTestReader(t, 40, 3)
	r.find("the")
	r.view(true)
	r.resize(1, 0)
	exact(t, r.view(true), 1, 0)
}

// Whatever a reader does in whatever order, the pane keeps its size, and the
// cursor is in view.
func TestReaderAnyKeys(t *testing.T) {
	st := paneStyles(t, "mono", false, true)
	cables := []*model.Cable{railCable(), longCable(12), {}, nil}
	rapid.Check(t, func(t *rapid.T) {
		r := newReader(st)
		step := rapid.IntRange(-3, 3)
		t.Repeat(map[string]func(*rapid.T){
			"resize":    func(t *rapid.T) { r.resize(rapid.IntRange(0, 120).Draw(t, "w"), rapid.IntRange(0, 40).Draw(t, "h")) },
			"show":      func(t *rapid.T) { r.show(rapid.SampledFrom(cables).Draw(t, "cable")) },
			"scroll":    func(t *rapid.T) { r.scroll(7 * step.Draw(t, "rows")) },
			"page":      func(t *rapid.T) { r.page(step.Draw(t, "halves")) },
			"ends":      func(t *rapid.T) { r.top(); r.scroll(step.Draw(t, "rows")); r.bottom() },
			"paragraph": func(t *rapid.T) { r.paragraph(step.Draw(t, "step")) },
			"number":    func(t *rapid.T) { r.number(step.Draw(t, "n") + 3) },
			"highest":   func(t *rapid.T) { r.highest(step.Draw(t, "step")) },
			"reference": func(t *rapid.T) { r.reference(step.Draw(t, "step")); r.followed() },
			"find": func(t *rapid.T) {
				r.find(rapid.SampledFrom([]string{"", "the", "a", "002", "no such"}).Draw(t, "text"))
			},
			"match":    func(t *rapid.T) { r.match(step.Draw(t, "step")) },
			"only":     func(t *rapid.T) { r.onlyMatches(rapid.Bool().Draw(t, "on")) },
			"option":   func(t *rapid.T) { r.option(readerOption(rapid.IntRange(0, 3).Draw(t, "option"))) },
			"fold":     func(t *rapid.T) { r.fold(folding(rapid.IntRange(0, 2).Draw(t, "what"))) },
			"sideways": func(t *rapid.T) { r.sideways(4 * step.Draw(t, "cells")) },
			"restore":  func(t *rapid.T) { r.restore(step.Draw(t, "block"), step.Draw(t, "line")) },
			"click":    func(t *rapid.T) { r.click(rapid.IntRange(0, 60).Draw(t, "x"), rapid.IntRange(0, 30).Draw(t, "y")) },
			"": func(t *rapid.T) {
				exact(t, r.view(true), r.w, r.h)
				if _, ok := r.cursorRow(); !ok && r.c != nil && r.h > 2 && r.w > 0 {
					t.Fatalf("the cursor is not in view")
				}
				if at, total := r.matches(); at > total {
					t.Fatalf("match %d of %d", at, total)
				}
				r.position()
				r.terms()
			},
		})
	})
}

// Whatever stands in a cable, the pane keeps its size and nothing in it is
// obeyed.
func TestHostileCableStaysInItsPane(t *testing.T) {
	st := paneStyles(t, "dark", true, false)
	rapid.Check(t, func(t *rapid.T) {
		any := rapid.StringOf(rapid.OneOf(
			rapid.RuneFrom([]rune("ab \n\t-.()X\x1b\x07\x9b\r\u0085\u200d\u202e\u2066\u0301\u00ad\ufeff北👩🚀")),
			rapid.Rune(),
		))
		if rapid.Bool().Draw(t, "broken") { // no UTF-8 either
			any = rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })
		}
		c := &model.Cable{
			ID: any.Draw(t, "id"), Subject: any.Draw(t, "subject"), Signature: any.Draw(t, "signature"),
			Tags: []string{any.Draw(t, "tag")}, From: model.Address{Name: any.Draw(t, "from")},
			Classification: model.Classification{Level: model.Secret, Controls: []string{any.Draw(t, "control")}, Line: any.Draw(t, "line")},
			References:     []model.Reference{{Label: any.Draw(t, "label"), Text: any.Draw(t, "ref"), ID: "07STATE99120"}},
			Problems:       []model.Problem{{Text: any.Draw(t, "problem")}},
			Source:         model.Source{Path: any.Draw(t, "path"), Entry: any.Draw(t, "entry")},
			Captions:       []string{any.Draw(t, "caption")},
		}
		c.Text = any.Draw(t, "text")
		c.Parts = []model.Part{{Kind: model.PartFurn, Name: any.Draw(t, "name"), Span: model.Span{End: len(c.Text)}, Block: -1}}
		kinds := []model.BlockKind{model.Paragraph, model.Heading, model.Bullet, model.Table, model.CommentBlock, model.NoBlock}
		for _, k := range kinds {
			mark := model.Marking{Raw: any.Draw(t, "raw"), Level: model.TopSecret, Controls: []string{any.Draw(t, "control")}}
			c.Blocks = append(c.Blocks, model.Block{Kind: k, Text: any.Draw(t, "block"), Number: any.Draw(t, "number"), Mark: mark, Span: model.Span{End: len(c.Text)}})
		}
		w, h := rapid.IntRange(1, 100).Draw(t, "w"), rapid.IntRange(1, 60).Draw(t, "h")
		r := newReader(st)
		r.resize(w, h)
		r.show(c)
		r.fold(foldOpenAll)
		for range 3 {
			exact(t, r.view(true), w, h)
			r.find("a")
			r.reference(1)
			exact(t, r.view(true), w, h)
			r.option(optMarks)
			r.option(optHeader)
			r.page(1)
		}
		r.option(optSent)
		exact(t, r.view(true), w, h)
		s := newSidebar(st, time.Time{})
		s.resize(w, h)
		s.show(c)
		exact(t, s.view(true), w, h)
		v := newRawView(st)
		v.resize(w, h)
		v.show([]byte(c.Text), c.Source, 0)
		exact(t, v.view(true), w, h)
	})
}

// With the whole header and all folds open, every word of the text is on the
// screen; rulers are drawn, numbers and markings stand in the gutter.
func TestEveryWordCanBeReached(t *testing.T) {
	r := newTestReader(t, 250, 300)
	r.option(optHeader)
	r.fold(foldOpenAll)
	unreached(t, r)
}

func unreached(t *testing.T, r *reader) {
	t.Helper()
	shown := make(map[string]bool)
	for _, w := range strings.Fields(drawnText(r.view(false))) {
		shown[w] = true
	}
	text, _ := clean(r.c.Text)
	for _, w := range strings.Fields(text) {
		if mark := strings.Trim(w, "()."); shown[w] || shown[mark] || shown[mark+"*"] || strings.Trim(w, "-") == "" {
			continue
		}
		if m, ok := model.ParseMarking(strings.Trim(w, "()")); ok && (shown[m.Code()] || shown[m.Code()+"*"] || shown[m.Code()+"!"]) {
			continue
		}
		t.Errorf("%q is nowhere to be seen", w)
	}
}
