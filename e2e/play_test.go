package e2e

import (
	"regexp"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"chancery/parser/source/sample"
)

// goTo opens the cable with this id in the reader.
func (p *player) goTo(id string) {
	p.Helper()
	p.press(":", "=goto "+id, "Enter")
}

// The first minutes of a new user: open the sample, read, look around, leave.
func TestFirstMinutes(t *testing.T) {
	p := play(t, 120, 35, home(t))
	p.sees("Subject", "REYKJAVIK", "sample")
	p.goTo("07ASTANA9901")
	p.sees("Minister for Conveyance", "Samovarov")

	p.press("}", "}")
	p.sees("greenhouses")
	p.press("i")
	p.sees("Kazakhstan", "2017-03-13", "MARCHBANKS")
	p.press("i")
	p.loses("2017-03-13 ")

	p.press("o") // the source, at the place of the reader
	p.sees("3. (C) The six bidders")
	p.press("g")
	p.sees("Cable title:", "VZCZCXYZ")
	p.press("q")
	p.loses("VZCZCXYZ")

	p.press("/", "=samovar", "Enter")
	p.sees("6 matches", "match 5 of 6") // from the place in the text on
	p.press("n")
	p.sees("match 6 of 6")
	p.press("Escape")
	p.loses("match 6 of 6")

	p.press("?")
	p.sees("Next paragraph")
	p.press("Escape")
	p.loses("Next paragraph")

	p.press(":", "=the")
	p.sees("theme")
	p.press("Escape")
	p.loses("theme")
	p.press("q", "q")
	p.ends("0")
}

// Whoever comes back finds the cable and the paragraph they left.
func TestComingBack(t *testing.T) {
	env, dir := home(t), laid(t, sample.FS())
	p := play(t, 120, 35, env, dir)
	p.reads()
	p.goTo("07ANKARA9922")
	p.press("3", "5", "g") // without waiting for the cable
	p.sees("bicycle")
	p.press("Q")
	p.ends("0")

	p = play(t, 120, 35, env, dir)
	p.sees("bicycle")
	p.press("Q")
	p.ends("0")

	p = play(t, 120, 35, env) // without a path: what was read last
	p.sees("bicycle")
}

// colour is an SGR sequence that sets a colour.
var colour = regexp.MustCompile(`\x1b\[(?:[0-9;:]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:][0-9;:]*)?m`)

// Without colour the screen says the same: which row is selected, what each
// is marked, where one is.
func TestNoColour(t *testing.T) {
	p := play(t, 120, 35, append(home(t), "NO_COLOR=yes"))
	p.reads()
	p.goTo("07BAKU9904")
	screen := p.sees("hotel bill", "S/NF")
	styled, err := p.s.Styled()
	if err != nil {
		t.Fatal(err)
	}
	if found := colour.FindString(styled); found != "" {
		t.Errorf("a colour was set: %q", found)
	}
	selected := 0
	for _, line := range strings.Split(screen, "\n") {
		if strings.HasPrefix(strings.TrimLeft(line, " "), ">") {
			selected++
		}
	}
	if selected != 1 {
		t.Errorf("%d rows carry the sign of the selection, want 1:\n%s", selected, screen)
	}
}

// With colour it is coloured: else the test above would prove nothing.
func TestColour(t *testing.T) {
	p := play(t, 120, 35, home(t))
	p.reads()
	p.until("a colour", func(string) bool {
		styled, err := p.s.Styled()
		return err == nil && colour.MatchString(styled)
	})
}

// A small window, a large one and changes between them lose nothing.
func TestResizing(t *testing.T) {
	p := play(t, 80, 24, home(t))
	p.reads()
	p.goTo("07ANKARA9922")
	p.sees("Every post along")
	p.press("3", "5", "g")
	p.sees("bicycle")
	for _, size := range [][2]int{{200, 50}, {40, 10}, {120, 35}, {80, 24}} {
		if err := p.s.Resize(size[0], size[1]); err != nil {
			t.Fatal(err)
		}
		p.sees("schoolgirl")
	}
}

// A chain of references is followed and walked back.
func TestFollowingReferences(t *testing.T) {
	p := play(t, 160, 45, home(t))
	p.reads()
	p.goTo("09REYKJAVIK9902")
	p.sees("THE ROCK IS BOUGHT")
	p.press(")", "Enter")
	p.sees("BRITAIN DISCOVERS")
	p.press("H")
	p.sees("Skarvholm Seal Foundation")
}

// keepsFrame waits for a screen whose two panes meet at one column in every
// line: nothing in them is wider or narrower than the program thinks.
func (p *player) keepsFrame() {
	p.Helper()
	p.until("panes that meet at one column", func(screen string) bool {
		lines := strings.Split(screen, "\n")
		edge, _, ok := strings.Cut(lines[1], "┬")
		if !ok {
			return false
		}
		for _, line := range lines[2:] {
			if strings.Contains(line, "┴") {
				return true
			}
			if !barAt(line, displaywidth.String(edge)) {
				return false
			}
		}
		return false
	})
}

// barAt says whether the line between panes stands in this column.
func barAt(line string, column int) bool {
	at := 0
	for g := displaywidth.StringGraphemes(line); g.Next(); at += g.Width() {
		if at == column {
			return g.Value() == "│"
		}
	}
	return false
}

// The hostile folder in a real terminal: its title stays ours, nothing is
// taken into the clipboard, and the screen keeps its frame.
func TestHostileFolderOnScreen(t *testing.T) {
	p := play(t, 120, 35, home(t), hostile(t))
	p.reads()
	p.press("Enter")
	for range 43 {
		p.keepsFrame()
		p.press("G", "g", "o")
		p.keepsFrame()
		p.press("q", "J")
	}
	title, err := p.s.Title()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(title, "PWNED") || strings.Contains(title, "TITLE") {
		t.Errorf("a cable has set the title of the terminal: %q", title)
	}
	p.press("Q")
	p.ends("0")
}
