package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"chancery/e2e/terminal"
)

func TestGridReadsStyles(t *testing.T) {
	rows := grid("a\x1b[1;31mb\x1b[0m \x1b[38;2;1;2;3;48;5;21mc\x1b[m\nd", 6, 3)
	if len(rows) != 3 || len(rows[0]) != 6 || len(rows[2]) != 6 {
		t.Fatalf("the grid is not 6x3: %v", rows)
	}
	want := []cell{
		{"a", 1, style{}},
		{"b", 1, style{fg: palette(1), bold: true}},
		{" ", 1, style{}},
		{"c", 1, style{fg: "#010203", bg: "#0000ff"}},
	}
	for x, w := range want {
		if rows[0][x] != w {
			t.Errorf("cell %d is %+v, want %+v", x, rows[0][x], w)
		}
	}
	if rows[1][0].text != "d" {
		t.Errorf("second row begins with %q", rows[1][0].text)
	}
}

// Wide characters take two cells and combining ones none, so that what
// follows them stands where the terminal has it.
func TestGridKeepsColumns(t *testing.T) {
	rows := grid("黒a e\u0301b", 8, 1)
	for x, want := range []string{"黒", "", "a", " ", "e\u0301", "b"} {
		if got := rows[0][x].text; got != want {
			t.Errorf("cell %d is %q, want %q", x, got, want)
		}
	}
}

// What was erased in a colour is missing from a capture: a bar is drawn to the
// edge all the same, and a chip at the end of a line is not.
func TestBarsReachTheEdge(t *testing.T) {
	rows := grid("\x1b[44mbar\x1b[0m\nend \x1b[44mchip\x1b[0m", 10, 2)
	if got := rows[0][9].style.bg; got != palette(4) {
		t.Errorf("the bar ends before the edge: %q", got)
	}
	if got := rows[1][9].style.bg; got != "" {
		t.Errorf("the chip goes on to the edge: %q", got)
	}
}

func TestPalette(t *testing.T) {
	for n, want := range map[int]string{16: "#000000", 21: "#0000ff", 196: "#ff0000", 231: "#ffffff", 232: "#080808", 255: "#eeeeee", 256: "", -1: ""} {
		if got := palette(n); got != want {
			t.Errorf("colour %d is %q, want %q", n, got, want)
		}
	}
}

func TestDrawing(t *testing.T) {
	out := svg(grid("\x1b[7m<&>\x1b[0m \x1b[4mu\x1b[0m", 5, 1), paper{fg: "#ffffff", bg: "#000000"}, `a "title"`)
	for _, want := range []string{
		"<title>a &quot;title&quot;</title>",
		`fill="#000000">&lt;&amp;&gt;</text>`, // reversed: the paper's own colour on
		`height="18.62" fill="#ffffff"/>`,     // a ground of the letters' colour
		`text-decoration="underline">u</text>`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the drawing lacks %s:\n%s", want, out)
		}
	}
}

// The whole way: a program in a real terminal, keys, and what it shows.
func TestTerminalShowsAProgram(t *testing.T) {
	if err := terminal.Available(); err != nil {
		if os.Getenv("CHANCERY_MUST") == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	s, err := terminal.Start(terminal.Options{Width: 40, Height: 6, Command: []string{"sh", "-c", `printf 'one \033[1;32mtwo\033[0m\n'; read x; echo "got $x"; read y; exit 3`}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Until(10*time.Second, func(screen string) bool { return strings.Contains(screen, "one two") }); err != nil {
		t.Fatal(err)
	}
	styled, err := s.Styled()
	if err != nil {
		t.Fatal(err)
	}
	if c := grid(styled, 40, 6)[0][4]; c.text != "t" || !c.style.bold || c.style.fg != palette(2) {
		t.Errorf("the cell of two is %+v", c)
	}
	if err := s.Press("=hello there", "Enter"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Until(10*time.Second, func(screen string) bool { return strings.Contains(screen, "got hello there") }); err != nil {
		t.Fatal(err)
	}
	if err := s.Press("Enter"); err != nil { // what a program writes as it ends may be lost with it
		t.Fatal(err)
	}
	if _, err := s.Until(10*time.Second, func(string) bool { ended, _, _ := s.Ended(); return ended }); err != nil {
		t.Fatal(err)
	}
	if _, code, _ := s.Ended(); code != "3" {
		t.Errorf("exit code %q, want 3", code)
	}
	_, err = s.Until(50*time.Millisecond, func(string) bool { return false })
	if err == nil || !strings.Contains(err.Error(), "got hello there") {
		t.Errorf("a missed deadline must show the screen: %v", err)
	}
}
