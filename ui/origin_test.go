package ui

import (
	"slices"
	"strings"
	"testing"

	"chancery/model"
)

// On a detail = shows the line it was read from, as it stands in the text;
// elsewhere, and on what no line says, it says where one is.
func TestWhereADetailWasRead(t *testing.T) {
	lib := newFake(made(3))
	const front = "TO RUEHC/SECSTATE  WASHDC \x1b[31m 9901\nTAGS: PREL ENRG\n  KZ\n"
	c := cableOf(lib.entries[0])
	c.Text, c.Parts, c.Blocks, c.Captions, c.References = front, nil, nil, nil, nil
	c.Tags = []string{"PREL", "KZ"}
	c.Places = []model.ValuePlace{
		{Field: model.FieldTo, Span: model.Span{Start: 3, End: strings.Index(front, "\n")}},
		{Field: model.FieldTags, Index: 0, Span: model.Span{Start: strings.Index(front, "PREL"), End: strings.Index(front, " ENRG")}},
		{Field: model.FieldTags, Index: 1, Span: model.Span{Start: len(front) - 3, End: len(front) - 1}},
	}
	lib.cables = map[model.Key]*model.Cable{lib.entries[0].Key: c}
	in(t, optionsFor(lib), 100, 40, func(s *session) {
		s.press("enter", "=")
		s.sees("Where am I")
		s.press("esc", "i", "tab", "=") // on the marking, of which the text has no line
		s.sees("Where am I", "Detail", "Marked: read from no line of the text")
		s.press("esc")
		toDetail(s, groupTo)
		s.press("=")
		s.sees("Where this was read", "TO: SECSTATE WASHDC", "line 1 of 3", "TO RUEHC/SECSTATE  WASHDC ^[[31m 9901", "o shows it")
		s.seesNot("\x1b[31m 9901", "Where am I")
		s.press("=")
		s.seesNot("Where this was read")
		toDetail(s, groupTags)
		s.press("j", "=")
		s.sees("TAGS: KZ", "Kazakhstan", "line 3 of 3", "  3              KZ")
		s.seesNot("TAGS: PREL ENRG")
	})
}

// toDetail moves to the first detail of a group.
func toDetail(s *session, group string) {
	s.t.Helper()
	s.press("g")
	for range 40 {
		if f, ok := s.app.sidebar.current(); ok && f.group == group {
			return
		}
		s.press("j")
	}
	s.t.Fatalf("no detail of %s", group)
}

func TestOriginLines(t *testing.T) {
	const text = "one\r\ntwo\fthree\nfour"
	for _, c := range []struct {
		at   model.Span
		line int
		want []string
	}{
		{model.Span{Start: 0, End: 3}, 1, []string{"one"}},
		{model.Span{Start: 6, End: 12}, 2, []string{"two", "three"}},
		{model.Span{Start: 0, End: len(text)}, 1, []string{"one", "two", "three", "four"}},
		{model.Span{Start: 0, End: 5}, 1, []string{"one"}}, // the line end is of the line
		{model.Span{}, 3, []string{"three"}},
		{model.Span{}, 4, []string{"four"}},
	} {
		if got := originLines(text, c.at, c.line); !slices.Equal(got, c.want) {
			t.Errorf("%v, line %d: %q, not %q", c.at, c.line, got, c.want)
		}
	}
	long := strings.Repeat("a", 1000) + "é" + strings.Repeat("b", 1000)
	got := originLines(long, model.Span{Start: 1000, End: 1002}, 1)[0]
	if !strings.HasPrefix(got, "...a") || !strings.HasSuffix(got, "b...") || !strings.Contains(got, "é") || len(got) > originWide+10 {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}
