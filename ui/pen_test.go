package ui

import (
	"testing"

	"chancery/themes"
)

// A few blanks between two stretches of one role are of that role, so that it
// is said once; not where it would be seen on them, and not before another role.
func TestPenSaysARoleOnce(t *testing.T) {
	th, err := themes.Load("dark", nil)
	if err != nil {
		t.Fatal(err)
	}
	st := newStyles(th, true, false)
	const c, s, top = themes.MarkConfidential, themes.MarkSecret, themes.MarkTopSecret // the last is reversed
	type piece struct {
		role themes.Role
		text string
	}
	for _, at := range []struct {
		put  []piece
		want string
	}{
		{[]piece{{c, "C"}, {themes.Text, "  "}, {themes.Text, " "}, {c, "|"}}, st.draw(c, "C   |") + "  "},
		{[]piece{{c, "C"}, {themes.Text, "  "}, {s, "|"}}, st.draw(c, "C") + "  " + st.draw(s, "|") + "   "},
		{[]piece{{c, "C"}, {themes.Text, " "}, {themes.Text, "x"}}, st.draw(c, "C") + " x    "},
		{[]piece{{c, "C"}, {themes.Text, " "}}, st.draw(c, "C") + "      "},
		{[]piece{{top, "T"}, {themes.Text, " "}, {top, "|"}}, st.draw(top, "T") + " " + st.draw(top, "|") + "    "},
	} {
		p := newPen(st)
		for _, x := range at.put {
			p.put(x.role, x.text)
		}
		if got := p.row(7); got != at.want {
			t.Errorf("%v: %q, expected %q", at.put, got, at.want)
		}
	}
}
