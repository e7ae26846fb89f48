package ui

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestFind(t *testing.T) {
	r := newTestReader(t, 80, 12)
	if n := r.find("the winter"); n != 2 { // one stands over a line break as sent
		t.Fatalf("%d matches", n)
	}
	if at, total := r.matches(); at != 1 || total != 2 || !strings.HasPrefix(r.position(), "para 2 ") {
		t.Errorf("first match %d of %d at %s", at, total, r.position())
	}
	if line := lineWith(r, "winter and", t); !regexp.MustCompile(`\x1b\[1;4;7[0-9;]*mthe winter\x1b\[m and`).MatchString(line) {
		t.Errorf("the match under the cursor is not drawn: %q", line)
	}
	if line := lineWith(r, "-- Tariffs", t); !regexp.MustCompile(`\x1b\[1;4(;4)?mthe winter\x1b\[m,`).MatchString(line) {
		t.Errorf("the other match is not drawn: %q", line)
	}
	if !r.match(1) || r.match(1) {
		t.Error("there is one more match and no third")
	}
	if !r.match(-1) || r.match(-1) {
		t.Error("and back")
	}
	r.onlyMatches(true)
	r.resize(80, 40)
	sees(t, r.view(true), "The minister said", "-- Tariffs", "07ASTANA99911")
	seesNot(t, r.view(true), "Wagons", "Summary.", "signed")
	r.find("")
	sees(t, r.view(true), "Wagons", "Summary.")
	if n := r.find("(Original Marking"); n != 0 {
		t.Errorf("found %d times what the program wrote itself", n)
	}
	if n := r.find("[31mred"); n != 1 {
		t.Errorf("%d matches of what is special to a pattern", n)
	}
}

// The quick search of plain text finds what the pattern finds.
func TestNeedleIsItsPattern(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.RuneFrom([]rune("aAbB \nK\u212a"))
		text, what := rapid.StringOf(letters).Draw(t, "text"), rapid.StringOf(letters).Draw(t, "what")
		n := newNeedle(what)
		if n == nil {
			return
		}
		got, want := n.in(text), n.pattern.FindAllStringIndex(text, -1)
		if len(got) != len(want) {
			t.Fatalf("%v, want %v", got, want)
		}
		for i := range got {
			if got[i][0] != want[i][0] || got[i][1] != want[i][1] {
				t.Fatalf("%v, want %v", got, want)
			}
		}
	})
}

func lineWith(r *reader, text string, t *testing.T) string {
	t.Helper()
	for _, l := range r.view(true) {
		if strings.Contains(ansi.Strip(l), text) {
			return l
		}
	}
	t.Fatalf("no line with %q:\n%s", text, drawnText(r.view(true)))
	return ""
}

func TestFindGoesOnFromThePlace(t *testing.T) {
	r := newTestReader(t, 80, 10)
	r.number(3)
	if n := r.find("paragraph"); n < 4 {
		t.Fatalf("%d matches", n)
	}
	if at, _ := r.matches(); at != 2 || !strings.HasPrefix(r.position(), "para 3 ") {
		t.Errorf("begins with match %d at %s, though the first stands above", at, r.position())
	}
}

func TestFurnitureOpens(t *testing.T) {
	r := newTestReader(t, 80, 60)
	r.paragraph(1)
	r.paragraph(-1)
	r.fold(foldToggle) // the one below paragraph 1
	sees(t, r.view(true), "SIPDIS within the paragraph:\n              SIPDIS\n")
	r.fold(foldOpenAll)
	sees(t, r.view(true), "ASTANA 00099911  002 OF 002", "SUBJECT: PIPELINE TALKS\n")
	r.find("002 of 002")
	if _, n := r.matches(); n != 1 {
		t.Error("open furniture is not searched")
	}
	r.fold(foldCloseAll)
	seesNot(t, r.view(true), "002 OF 002")
	if _, n := r.matches(); n != 0 {
		t.Error("folded furniture is searched")
	}
}

func TestReferences(t *testing.T) {
	r := newTestReader(t, 80, 60)
	if _, ok := r.followed(); ok {
		t.Error("there is a reference under the cursor before one was asked for")
	}
	var got []string
	for r.reference(1) {
		id, _ := r.followed()
		l, _ := r.linkIn(r.link.item)
		got = append(got, r.items[r.link.item].flow.text[l.from:l.to]+"="+id)
	}
	want := "06 ANKARA 99655=06ANKARA99655; STATE 99120=07STATE99120; ref A=06ANKARA99655; Ankara 99655=06ANKARA99655; reftels A=06ANKARA99655; B=07STATE99120"
	if strings.Join(got, "; ") != want {
		t.Errorf("references\n%s, want\n%s", strings.Join(got, "; "), want)
	}
	for n := len(got) - 1; n > 0; n-- {
		if !r.reference(-1) {
			t.Fatalf("no way back from %d", n)
		}
	}
	if r.reference(-1) {
		t.Error("there is one before the first")
	}
}

func TestClick(t *testing.T) {
	r := newTestReader(t, 80, 60)
	for y, l := range r.view(true) {
		text := ansi.Strip(l)
		switch {
		case strings.Contains(text, "in ref A stands"):
			if !r.click(strings.Index(text, "ref A")+1, y) {
				t.Error("no click on a reference")
			}
			if id, _ := r.followed(); id != "06ANKARA99655" || !strings.HasPrefix(r.position(), "para 2 ") {
				t.Errorf("the click took %q at %s", id, r.position())
			}
		case strings.Contains(text, "page line, folded"):
			r.click(20, y)
		}
	}
	sees(t, r.view(true), "002 OF 002")
	if r.click(3, 999) || r.click(3, 0) {
		t.Error("a click beside the text does something")
	}
}

func TestTerms(t *testing.T) {
	r := newTestReader(t, 80, 60)
	r.number(2)
	if got := strings.Join(r.terms(), " "); got != "NF" {
		t.Errorf("terms %q", got)
	}
	r.find("energetic")
	r.cur = 0
	if got := r.term(); got != "PREL" {
		t.Errorf("term of the head %q", got)
	}
}
