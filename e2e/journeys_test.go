package e2e

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// These are the journeys of people who work with cables: somebody sorts a pile
// and somebody follows a thread to a brief that can be cited.

// says runs the program with arguments and gives what it prints.
func says(t *testing.T, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command(binary, args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("chancery %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// dropped kills the program as a connection that breaks does, and waits until
// it is gone.
func (p *player) dropped() {
	p.Helper()
	p.s.Close()
}

// A pile is sorted: one key a cable, a range at once, undone, broken off and
// gone on with.
func TestSortingAPile(t *testing.T) {
	env, dir := home(t), sorted(t, 60)
	p := play(t, 80, 24, env, dir)
	p.sees("60 cables", "HARBOUR NO. 1 ")
	p.press("r")
	p.sees("judged relevant: 05SUVA9901", "U undo", "1/60 judged")
	p.press("j", "x", "j", "w", "j", "s")
	p.sees("starred: 05SUVA9904", "3/60 judged", "1 relevant", "1 not", "1 later")
	p.press("n") // the starred one is not judged yet: the next is behind it
	p.sees("57 left to judge")

	p.press("v", "j", "j", "j")
	p.sees("4 cables selected", "one step to undo")
	p.press("x")
	p.sees("judged not relevant: 4 cables", "7/60 judged")
	p.press("U")
	p.sees("undone", "3/60 judged")
	p.press("C-r")
	p.sees("7/60 judged", "5 not")

	p.press("a")
	p.sees("is:unjudged")
	p.loses("HARBOUR NO. 1 ")
	p.dropped() // the connection breaks

	p = play(t, 80, 24, env, dir)
	p.sees("7/60 judged", "is:unjudged")
	p.press("U")
	p.sees("undone", "3/60 judged") // the range, after a restart
	p.press("U", "U")
	p.sees("2/60 judged")
	p.press("Q")
	p.ends("0")

	if got := says(t, env, "list", dir, "is:relevant", "--format", "ids"); got != "05SUVA9901\n" {
		t.Errorf("is:relevant gives %q", got)
	}
	if got := says(t, env, "list", dir, "is:unjudged", "--format", "ids"); strings.Count(got, "\n") != 58 {
		t.Errorf("is:unjudged gives %d ids", strings.Count(got, "\n"))
	}
}

// Five thousand cables are sorted in an evening: what is of no use at once, by
// a query; the rest one by one; the overview adds up.
func TestSortingFiveThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("five thousand cables take a while to be read")
	}
	env, dir := home(t), sorted(t, 5000)
	p := play(t, 120, 35, env, dir)
	p.sees("5,000 cables", "HARBOUR NO. 1 ")
	p.press("\\", "=tag:OVIP", "Enter")
	p.sees("tag:OVIP", "1,000 cables", "1 of 1,000")
	p.press(":", "=judge-all not-relevant", "Enter")
	p.sees("324 of the 1,000 are marked C", "one step to undo")
	p.press("Enter")
	p.sees("judged not relevant: 1,000 cables", "1,000/5,000 judged")
	p.press("\\", "C-u", "Enter")
	p.sees("5,000 cables")
	p.press("n", "r", "n", "w")
	p.sees("1,002/5,000 judged")
	p.press("D")
	screen := p.sees("OVERVIEW", "judgement")
	for _, count := range []string{"1,000", "3,998"} {
		if !strings.Contains(screen, count) {
			t.Errorf("the overview does not say %s:\n%s", count, screen)
		}
	}
	p.press("q")
	p.press("U", "U", "U")
	p.sees("undone: judged not relevant: 1,000 cables")
	p.loses("/5,000 judged") // nothing is: there is nothing to count
	p.press("Q")
	p.ends("0")
}

// A thread is followed, paragraphs are pinned with notes and labels, and the
// brief is written: the file is what the screen showed and what a script writes.
func TestFromAThreadToABrief(t *testing.T) {
	env := home(t)
	into := t.TempDir()
	p := play(t, 120, 35, env)
	p.reads()
	p.goTo("07STATE99012")
	p.press("R")
	p.sees("REFERENCE CHAIN", "How it is cited", "frame.")
	p.press("q")
	p.goTo("07ASTANA9901")
	p.sees("Minister for Conveyance")

	p.press("}", "}", "P")
	p.sees("name of the brief")
	p.press("=Amber, spring 2007", "Enter")
	p.sees(`pinned to "Amber, spring 2007": paragraph 3 of 07ASTANA9901`)
	p.press("}", "P")
	p.sees("paragraph 4 of 07ASTANA9901")
	p.press("t", "=pipeline", "Enter")
	p.sees(`labelled "pipeline": paragraph 4 of 07ASTANA9901`)
	p.press(":", "=note compare with the second bid", "Enter")
	p.sees("noted: paragraph 4 of 07ASTANA9901")
	p.press("}")
	p.sees("your note", "compare with the second bid")

	p.press("E")
	p.sees("BRIEF", "Amber, spring 2007", "2 pinned", "CONFIDENTIAL")
	p.press("J")
	p.sees("1  07ASTANA9901  para 4")
	p.press("e")
	p.sees("Export", "Markdown", "The same from a script", "--brief 'Amber, spring 2007'")
	p.press("BTab", "BTab", "C-u", "="+filepath.Join(into, "brief.md"))
	p.press("Enter")
	p.sees("written: " + into)
	p.press("Escape")
	p.loses("The same from a script")
	p.press("Q")
	p.ends("0")

	file, err := os.ReadFile(filepath.Join(into, "brief.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"# Amber, spring 2007", "Highest marking in this brief: CONFIDENTIAL", "not known.", "(C) Great Plains", "compare with the second bid", "07ASTANA9901"} {
		if !strings.Contains(string(file), words) {
			t.Errorf("the brief does not say %q:\n%s", words, file)
		}
	}
	if got := says(t, env, "export", "--brief", "Amber, spring 2007", "--format", "md", "--cite", "chicago"); got != string(file) {
		t.Errorf("a script writes something else:\n%s\nthe screen wrote:\n%s", got, file)
	}
}

// sorted lays out a pile of made-up cables, one a file, of which every fifth is
// about a visit.
func sorted(t *testing.T, n int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "pile")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 5))
	for i := range n {
		tags, level, code := "EWWT, FJ", "UNCLASSIFIED", "U"
		if i%5 == 4 {
			tags = "OVIP, FJ"
		}
		if r.IntN(3) == 0 {
			level, code = "CONFIDENTIAL", "C"
		}
		text := fmt.Sprintf("VZCZCXYZ0000\nRR RUEHC\nDE RUEHSV #%d %03d0900\nZNY CCCCC ZZH\nR %02d0900Z %s 05\nFM AMEMBASSY SUVA\nTO SECSTATE WASHDC\nBT\n%s SUVA %06d\n\nE.O. 12958: N/A\nTAGS: %s\nSUBJECT: HARBOUR NO. %d AND ITS LANTERNS\n\n1. (%s) The harbour master of the invented port of Tovalu counted\n%d lanterns and lost %d.\n\n2. (U) Nobody minds.\n\nPELLOW\n\nBT\n",
			9901+i, i%365+1, i%28+1, months[i*12/n], level, 9901+i, tags, i+1, code, r.IntN(900), r.IntN(9))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("05SUVA%d.txt", 9901+i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var months = [...]string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}
