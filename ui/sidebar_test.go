package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chancery/model"
)

var october = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)

func newTestSidebar(t testing.TB, w, h int, c *model.Cable) *sidebar {
	s := newSidebar(paneStyles(t, "mono", false, true), october)
	s.resize(w, h)
	s.show(c)
	return s
}

func TestSidebarDrawsEverySize(t *testing.T) {
	s := newSidebar(paneStyles(t, "dark", true, false), october)
	s.resize(2, 2)
	exact(t, s.view(true), 2, 2)
	s.show(railCable())
	for w := 0; w <= 250; w += 1 + w/40 {
		for h := 0; h <= 70; h += 1 + h/20 {
			s.resize(w, h)
			s.move(h%7 - 3)
			exact(t, s.view(w%2 == 0), w, h)
		}
	}
}

func TestSidebarSaysWhatTheHeaderSays(t *testing.T) {
	s := newTestSidebar(t, 60, 100, railCable())
	sees(t, s.view(true),
		"> Marked      CONFIDENTIAL//NOFORN (original marking)",
		"Check       ! banner CONFIDENTIAL//NOFORN, highest portion",
		"SECRET//NOFORN//REL TO NATO (para 4): a",
		"Portions    S 1, C/NF 1, C/REL NATO 1, C 2, U 1, unmarked",
		"Sent        2007-10-02 09:41 UTC (020941Z OCT 07)",
		"Marked for declassification 2017-10-01 (date passed)",
		"DCM J. DOE",
		"1.4 (b) Foreign government information",
		"AMEMBASSY ASTANA (Embassy Astana, Kazakhstan)",
		"SECSTATE WASHDC PRIORITY 0901",
		"KZ    Kazakhstan",
		"ZZZZ  (not in the glossary)",
		"B           STATE 99120 = 07? STATE 99120 (year inferred)",
		"C           DOE-ROE E-MAIL 09/20/07 (e-mail, no cable)",
		"7 paragraphs, 161 words",
		"signed DOE",
		"SHA-256     5d20a1b2...5d20a1b2",
		"! a page line cuts a paragraph in two (line 27)",
	)
	seesNot(t, s.view(true), "eclassified on", "written by", "AMEMBASSY VIENNA")
}

func TestSidebarReadsWellWhenNarrow(t *testing.T) {
	s := newTestSidebar(t, 30, 120, railCable())
	sees(t, s.view(true),
		"> Marked: CONFIDENTIAL//NOFORN\n    (original marking)",
		"  Marked for declassification\n    2017-10-01 (date passed)",
		"  A: 06 ANKARA 99655",
	)
}

func TestSidebarChecksInWords(t *testing.T) {
	for _, c := range []struct {
		check model.Check
		level model.Level
		want  string
	}{
		{model.CheckMatch, model.Secret, "banner SECRET, highest portion SECRET (para 4): they agree"},
		{model.CheckOver, model.TopSecret, "! banner TOP SECRET, highest portion SECRET (para 4): the banner is higher"},
		{model.CheckUnmarked, model.Secret, "! banner SECRET, no paragraph is marked"},
		{model.CheckUnmarked, model.Unclassified, "banner UNCLASSIFIED, no paragraph is marked"},
		{model.CheckUnmarked, model.LevelUnknown, "! neither a classification line nor marked paragraphs"},
		{model.CheckMetadata, model.Confidential, "! banner CONFIDENTIAL, the source's own label says SECRET"},
	} {
		cable := railCable()
		cable.Captions = nil
		cable.Classification = model.Classification{Level: c.level, Check: c.check, Metadata: model.Secret, Highest: model.Marking{Raw: "S", Level: model.Secret}}
		got := newTestSidebar(t, 200, 60, cable)
		sees(t, got.view(true), "Check       "+c.want)
	}
}

// A banner is the line with its captions, and the check names what differs.
func TestSidebarNamesTheControl(t *testing.T) {
	nf := model.Marking{Raw: "C/NF", Level: model.Confidential, Controls: []string{"NF"}}
	sbu := model.Marking{Raw: "SBU", Level: model.Sensitive}
	for _, c := range []struct {
		level    model.Level
		captions []string
		mark     model.Marking
		want     []string
	}{
		{model.Confidential, nil, nf, []string{"Marked      CONFIDENTIAL (orig", "! banner CONFIDENTIAL lacks NOFORN (para 1)"}},
		{model.Confidential, []string{"NOFORN"}, nf, []string{"Marked      CONFIDENTIAL//NOFORN (orig", "banner CONFIDENTIAL//NOFORN, highest portion CONFIDENTIAL//NOFORN (para 1): they agree"}},
		{model.Confidential, []string{"NOFORN", "ORCON"}, nf, []string{"! banner CONFIDENTIAL//NOFORN//ORCON, no paragraph carries ORCON"}},
		{model.Unclassified, nil, sbu, []string{"Marked      UNCLASSIFIED (orig", "! banner UNCLASSIFIED lacks SENSITIVE (para 1)"}},
		{model.Unclassified, []string{"SIPDIS", "SENSITIVE"}, sbu, []string{"Marked      UNCLASSIFIED//SENSITIVE (orig", "(para 1): they agree"}},
	} {
		cable := &model.Cable{Captions: c.captions, Blocks: []model.Block{{Kind: model.Paragraph, Number: "1", Mark: c.mark}}}
		cable.Classification.Level = c.level
		cable.Classification.Highest, cable.Classification.Check = model.CheckMarkings(cable)
		sees(t, newTestSidebar(t, 200, 60, cable).view(true), c.want...)
	}
}

func TestSidebarUnfoldsRouting(t *testing.T) {
	s := newTestSidebar(t, 60, 100, railCable())
	sees(t, s.view(true), "+2 more addressees (Enter)", "NOFORN Not releasable to foreign nationals ...")
	goToField(t, s, groupInfo)
	if _, value, code, _ := s.field(); value != "AMEMBASSY ANKARA" || code != value {
		t.Errorf("under the cursor is %q", value)
	}
	if !s.toggle() {
		t.Fatal("nothing unfolded")
	}
	sees(t, s.view(true), "AMEMBASSY VIENNA 0105 via RUEHVI")
	seesNot(t, s.view(true), "more addressees")
	s.show(longCable(2))
	s.show(railCable())
	sees(t, s.view(true), "AMEMBASSY VIENNA") // kept from cable to cable
	goToField(t, s, groupCaptions)
	if !s.toggle() {
		t.Error("captions cannot be unfolded")
	}
	sees(t, s.view(true), "Written NF in")
	s.top()
	if s.toggle() {
		t.Error("the marking can be folded")
	}
}

// goToField puts the cursor on the first field below it of that name.
func goToField(t *testing.T, s *sidebar, want string) {
	t.Helper()
	for name, _, _, _ := s.field(); name != want; name, _, _, _ = s.field() {
		if !s.move(1) {
			t.Fatalf("no field %s", want)
		}
	}
}

func TestSidebarMoves(t *testing.T) {
	s := newTestSidebar(t, 40, 10, railCable())
	fields := 1
	for s.move(1) {
		fields++
		if y, ok := s.cursorRow(); !ok || !strings.HasPrefix(drawnText(s.view(true)[y:y+1]), ">") {
			t.Fatalf("field %d is not in view:\n%s", fields, drawnText(s.view(true)))
		}
	}
	if fields != len(s.fields) {
		t.Errorf("%d of %d fields reached", fields, len(s.fields))
	}
	if name, _, _, line := s.field(); name != groupProblems || line != 27 {
		t.Errorf("the last field is %s, line %d", name, line)
	}
	if !s.section(-1) {
		t.Error("no section before the last")
	}
	if name, value, _, _ := s.field(); name != "Id" || value != "07ASTANA99911" {
		t.Errorf("the section before begins with %s %s", name, value)
	}
	if !s.top() || s.top() {
		t.Error("top")
	}
	if !s.page(1) || !s.bottom() || s.bottom() || !s.page(-1) {
		t.Error("page, bottom")
	}
}

func TestSidebarFollowsReferences(t *testing.T) {
	s := newTestSidebar(t, 60, 20, railCable())
	var ids []string
	for {
		if f, ok := s.current(); ok && f.id != "" {
			ids = append(ids, f.id)
		}
		if !s.move(1) {
			break
		}
	}
	if got := strings.Join(ids, " "); got != "06ANKARA99655 07STATE99120" {
		t.Errorf("followed %q", got)
	}
}

func TestSidebarKeepsTheKindOfField(t *testing.T) {
	s := newTestSidebar(t, 60, 20, railCable())
	s.section(2)
	s.show(railCable())
	if name, _, _, _ := s.field(); name != groupDeclass {
		t.Errorf("the next cable is shown at %s", name)
	}
}

func TestSidebarClick(t *testing.T) {
	s := newTestSidebar(t, 60, 100, railCable())
	for y, l := range strings.Split(drawnText(s.view(true)), "\n") {
		if strings.Contains(l, "more addressees") {
			if !s.click(5, y) {
				t.Error("a click does not unfold")
			}
			break
		}
	}
	sees(t, s.view(true), "AMEMBASSY VIENNA")
	if s.click(1, 0) || s.click(1, 999) {
		t.Error("a click on a title or below does something")
	}
}

func TestExplain(t *testing.T) {
	var got []string
	for _, e := range explain([]string{"PREL", "NOSUCHTHING", "GOK"}, "ASTANA", time.Date(2007, 1, 1, 0, 0, 0, 0, time.UTC)) {
		got = append(got, e.text)
	}
	text := strings.Join(got, "\n")
	for _, want := range []string{"PREL\n  TAG: External political relations", "GOK\n  abbreviation: ", "Kazakhstan"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	none := explain([]string{"NO\x1bSUCH"}, "", time.Time{})
	if len(none) != 1 || !strings.Contains(none[0].text, "knows nothing of NO^[SUCH") {
		t.Errorf("%q", none)
	}
	if explain(nil, "", time.Time{}) != nil {
		t.Error("nothing was asked")
	}
}

func BenchmarkSidebarShow(b *testing.B) {
	c := railCable()
	for i := range 100 {
		c.Info = append(c.Info, model.Address{Name: fmt.Sprintf("AMEMBASSY NUMBER %d", i)})
	}
	s := newTestSidebar(b, 44, 50, c)
	b.ReportAllocs()
	for b.Loop() {
		s.show(c)
	}
}
