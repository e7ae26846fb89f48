package model_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery/model"
)

// gold opens a file of the labelled data that lies beside the repository; it
// skips the test where there is none.
func gold(t *testing.T, name string) []json.RawMessage {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "shared", "gold", name))
	if err != nil {
		if os.Getenv("CHANCERY_MUST") == "1" {
			t.Fatal(err)
		}
		t.Skip("the labelled data is not here: ", err)
	}
	defer f.Close()
	var rows []json.RawMessage
	s := bufio.NewScanner(f)
	s.Buffer(nil, 8<<20)
	for s.Scan() {
		rows = append(rows, slices.Clone(s.Bytes()))
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

// floor fails when fewer than percent of the labels were met.
func floor(t *testing.T, what string, right, of, percent int) {
	t.Helper()
	t.Logf("%s: %d of %d", what, right, of)
	if of == 0 || right*100 < percent*of {
		t.Errorf("%s: %d of %d is below %d %%", what, right, of, percent)
	}
}

func decode[T any](t *testing.T, row json.RawMessage) (v T) {
	t.Helper()
	if err := json.Unmarshal(row, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestGoldIDs(t *testing.T) {
	right, of := 0, 0
	for _, row := range gold(t, "cases/reference_id.jsonl") {
		c := decode[struct{ Input, Expected string }](t, row)
		of++
		id, _ := model.CanonicalID(c.Input)
		if id == c.Expected {
			right++
		} else {
			t.Logf("%s: got %s, want %s", c.Input, id, c.Expected)
		}
	}
	floor(t, "ids", right, of, 95)
}

func TestGoldDeclassificationDates(t *testing.T) {
	right, of := 0, 0
	for _, row := range gold(t, "cases/declassification.jsonl") {
		c := decode[struct {
			Input    string
			Expected *string
		}](t, row)
		d := model.ParseDeclass(c.Input, time.Time{}, model.LevelUnknown)
		want := ""
		if c.Expected != nil {
			want = *c.Expected
		}
		of++
		if dateText(d) == want {
			right++
		} else {
			t.Logf("%q: got %+v, want %s", c.Input, d, want)
		}
	}
	floor(t, "dates", right, of, 95)
}

func dateText(d model.Declassification) string {
	if d.Date.IsZero() || d.Computed {
		return ""
	}
	return d.Date.Format(time.DateOnly)
}

type handAddress struct{ Route, Name, Precedence, Number *string }

type handCable struct {
	ID, Source         any
	DTG                *string
	Precedence         []string
	ClassificationLine *string `json:"classification_line"`
	Action, Info       []handAddress
	References         []struct{ Letter, Text *string }
	Declassification   *struct{ Line, EO, Date, Kind *string }
	Paragraphs         []struct{ Marking *string }
	Text               string
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func TestGoldHandFields(t *testing.T) {
	var dates, ofDates, levels, ofLevels, marks, ofMarks, adds, ofAdds int
	for _, row := range gold(t, "hand.jsonl") {
		c := decode[handCable](t, row)
		origin := time.Time{}
		if c.DTG != nil {
			origin, _ = time.Parse(time.RFC3339, *c.DTG)
		}
		level := model.LevelUnknown
		if c.ClassificationLine != nil {
			ofLevels++
			l, _, _, _, ok := model.ParseLevel(*c.ClassificationLine)
			if level = l; ok {
				levels++
			} else {
				t.Logf("no level in %q", *c.ClassificationLine)
			}
		}
		if w := c.Declassification; w != nil {
			d := model.ParseDeclass(deref(w.Line), origin, level)
			ofDates++
			if dateText(d) == deref(w.Date) && string(d.Kind) == deref(w.Kind) && d.Order == deref(w.EO) {
				dates++
			} else {
				t.Logf("%q: got %+v, want %s %s", deref(w.Line), d, deref(w.Kind), deref(w.Date))
			}
		}
		for _, p := range c.Paragraphs {
			if p.Marking != nil {
				ofMarks++
				if m, ok := model.ParseMarking(*p.Marking); ok && m.Level != model.LevelUnknown {
					marks++
				} else {
					t.Logf("marking %q", *p.Marking)
				}
			}
		}
		for _, a := range append(c.Action, c.Info...) {
			var parts []string
			for _, s := range []string{deref(a.Name), deref(a.Precedence), deref(a.Number)} {
				if s != "" {
					parts = append(parts, s)
				}
			}
			line := strings.Join(parts, " ")
			if a.Route != nil {
				line = *a.Route + "/" + line
			}
			ofAdds++
			got := model.ParseAddress(line)
			if got == (model.Address{Route: deref(a.Route), Name: deref(a.Name), Precedence: deref(a.Precedence), Number: deref(a.Number)}) {
				adds++
			} else {
				t.Logf("%q: %+v", line, got)
			}
		}
	}
	floor(t, "declassification", dates, ofDates, 95)
	floor(t, "levels", levels, ofLevels, 100)
	floor(t, "markings", marks, ofMarks, 100)
	floor(t, "addressees", adds, ofAdds, 95)
}
