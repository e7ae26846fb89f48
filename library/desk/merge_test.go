package desk

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery/model"
)

// at opens a desk whose clock stands at a time.
func at(t *testing.T, dir, name string, hour *int) *reader {
	t.Helper()
	d, err := Open(t.Context(), Options{Dir: dir, Reader: name, Now: func() time.Time { return time.Date(2026, 3, 1, *hour, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return &reader{t, d, dir}
}

// copied gives a folder with the journal of another.
func copied(t *testing.T, r *reader) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, journalName), []byte(r.file(journalName)), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// conflict puts the journal of one beside that of another, as programs do
// which keep folders the same.
func conflict(here, there *reader, name string) {
	here.Helper()
	if err := os.WriteFile(filepath.Join(here.dir, name), []byte(there.file(journalName)), 0o600); err != nil {
		here.Fatal(err)
	}
}

func TestMerge(t *testing.T) {
	for _, name := range []string{"journal (conflicted copy 2026-03-01).jsonl", "journal.sync-conflict-20260301-090000-ABCDEFG.jsonl"} {
		t.Run(name, func(t *testing.T) { merges(t, name) })
	}
}

func merges(t *testing.T, name string) {
	hour := 9
	here := at(t, t.TempDir(), "ines", &hour)
	here.judge(model.Relevant, "A", "B", "C", "D")
	here.do(model.Act{Do: model.DoLabel, On: handles("A", "B"), Label: "old", Yes: true})
	here.do(model.Act{Do: model.DoNote, On: handles("A"), Text: "first"})
	here.do(model.Act{Do: model.DoPin, On: handles("D"), Brief: "X", Spot: &model.Spot{Block: 1}, Text: "d"})
	there := at(t, copied(t, here), "ines", &hour)

	hour = 10
	there.judge(model.Irrelevant, "A", "B")
	there.judge(model.Unjudged, "C")
	there.do(model.Act{Do: model.DoLabel, On: handles("A"), Label: "new", Yes: true})
	there.do(model.Act{Do: model.DoLabel, On: handles("B"), Label: "old"})
	there.do(model.Act{Do: model.DoNote, On: handles("A"), Text: "there"})
	there.do(model.Act{Do: model.DoPin, On: handles("E"), Brief: "X", Spot: &model.Spot{Block: 2}, Text: "e there"})
	there.do(model.Act{Do: model.DoUnpin, Pin: 1})
	hour = 11
	here.judge(model.Later, "A")
	here.do(model.Act{Do: model.DoNote, On: handles("A"), Text: "here"})
	here.do(model.Act{Do: model.DoPin, On: handles("F"), Brief: "X", Spot: &model.Spot{Block: 3}, Text: "f here"})
	conflict(here, there, name)

	here = here.again()
	here.told("there is another copy of the journal, which can be merged: " + name)
	before := here.sees()
	dry, err := here.Merge(t.Context(), name, true)
	if err != nil || len(dry.Come) != 1 || len(dry.Change) != 3 || len(dry.Go) != 1 {
		t.Errorf("%v %+v", err, dry)
	}
	looksAlike(t, here.sees(), before)
	hour = 12
	diff, err := here.Merge(t.Context(), name, false)
	if err != nil || diff.Done.Text != "merged: "+name {
		t.Errorf("%v %+v", err, diff.Done)
	}
	here.judged("A", model.Later)      // the later of two
	here.judged("B", model.Irrelevant) // judged there only
	here.judged("C", model.Unjudged)
	s := here.sees()
	if len(diff.Overruled) != 1 || diff.Overruled[0].ID != "A" || diff.Overruled[0].Was != model.Irrelevant || diff.Overruled[0].When.Hour() != 10 {
		t.Errorf("%+v", diff.Overruled)
	}
	if journal := here.file(journalName); !strings.Contains(journal, `"overruled":[{"id":"A"`) {
		t.Error("the journal does not hold both judgements")
	}
	if a := s.Works["A"]; !slices.Equal(a.Labels, []string{"new", "old"}) || a.Notes[0].Text != "here\n\n(2026-03-01T10:00:00Z)\nthere" {
		t.Errorf("%+v", a)
	}
	if b := s.Works["B"]; b.Labels != nil {
		t.Errorf("%+v", b)
	}
	pins := s.Briefs[0].Pins
	if len(pins) != 2 || pins[0].Text != "f here" || pins[1].Text != "e there" || pins[0].N == pins[1].N || s.Works["E"].Pins != 1 || s.Works["D"].Pins != 0 {
		t.Errorf("%+v", pins)
	}
	if len(here.beside("merged-*")) != 1 || len(here.beside(name)) != 0 {
		t.Error("the copy was not put away")
	}
	here.told("")
	after := here.sees()
	here = here.again()
	looksAlike(t, here.sees(), after)
	here.undo(1)
	if got := here.sees(); !sameBriefs(got.Briefs, before.Briefs) || len(got.Works) != len(before.Works) || got.Works["A"].Notes[0].Text != "here" {
		t.Errorf("undone: %+v", got)
	}
}

// TestMergeStrangers: of journals that have nothing in common all is kept.
func TestMergeStrangers(t *testing.T) {
	hour := 9
	here, there := at(t, t.TempDir(), "ines", &hour), at(t, t.TempDir(), "mara", &hour)
	there.do(model.Act{Do: model.DoJudge, On: []model.Handle{{Sum: sumOf("A")}}, Judgement: model.Later})
	there.do(model.Act{Do: model.DoPin, On: handles("B"), Brief: "X", Spot: &model.Spot{Block: 1}, Text: "there"})
	here.do(model.Act{Do: model.DoStar, On: handles("A"), Yes: true})
	here.do(model.Act{Do: model.DoPin, On: handles("C"), Brief: "X", Spot: &model.Spot{Block: 1}, Text: "here"})
	conflict(here, there, "journal 2.jsonl")
	if _, err := here.Merge(t.Context(), "journal 2.jsonl", false); err != nil {
		t.Fatal(err)
	}
	s := here.sees()
	if a := s.Works["A"]; !a.Star || a.Judgement != model.Later || len(s.Works) != 3 || len(s.Briefs[0].Pins) != 2 || s.Briefs[0].Pins[0].N == s.Briefs[0].Pins[1].N {
		t.Errorf("%+v", s)
	}
	if _, err := here.Merge(t.Context(), "../../etc/passwd", false); err == nil {
		t.Error("merged what is no copy")
	}
}

func TestBackup(t *testing.T) {
	ctx := context.Background()
	r := sit(t, t.TempDir())
	r.judge(model.Relevant, "A", "B")
	r.do(model.Act{Do: model.DoNote, On: handles("A"), Text: "note\nof two lines"})
	r.do(model.Act{Do: model.DoPin, On: handles("B"), Brief: "X", Spot: &model.Spot{Block: 1}, Text: "t", Mark: "S/NF"})
	r.do(model.Act{Do: model.DoRead, On: handles("B"), Yes: true, Spot: &model.Spot{Block: 3}})
	r.judge(model.Later, "C")
	r.undo(1)
	var b bytes.Buffer
	if err := r.Backup(ctx, &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"do":"work","works":[{"id":"A",`, `"text":"note\nof two lines"`, `"do":"history","line":{"v":1,"step":1,`, `"briefs":[{"name":"X"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
	other := sit(t, t.TempDir())
	other.judge(model.Irrelevant, "A", "Z")
	before := other.sees()
	diff, err := other.Restore(ctx, bytes.NewReader(b.Bytes()), true)
	if err != nil || len(diff.Come) != 1 || len(diff.Change) != 1 || len(diff.Go) != 1 || len(diff.Briefs) != 1 || diff.Reader != "ines" {
		t.Errorf("%v %+v", err, diff)
	}
	if got, want := diff.Change[0].String(), "A: not relevant → relevant; notes: 1"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	looksAlike(t, other.sees(), before)
	if diff, err = other.Restore(ctx, bytes.NewReader(b.Bytes()), false); err != nil || !strings.HasPrefix(diff.Done.Text, "restored: the work of ines as of ") {
		t.Errorf("%v %+v", err, diff.Done)
	}
	for range 2 { // and after a restart
		got, want := other.sees(), r.sees()
		got.Version, got.Undo, got.Redo = want.Version, want.Undo, want.Redo
		looksAlike(t, got, want)
		other = other.again()
	}
	if diff, err := other.Restore(ctx, bytes.NewReader(b.Bytes()), false); err != nil || !diff.Nothing() || diff.Done.Text != "" {
		t.Errorf("%v %+v", err, diff)
	}
	other.undo(1)
	got := other.sees()
	if !sameBriefs(got.Briefs, before.Briefs) || len(got.Works) != 2 || got.Works["Z"].Judgement != model.Irrelevant {
		t.Errorf("%+v", got)
	}
	if _, err := other.Restore(ctx, strings.NewReader("no backup\n"), false); err == nil || !strings.Contains(err.Error(), "this is no backup (chancery backup writes one)") {
		t.Error(err)
	}
	spoilt := strings.Replace(b.String(), `{"id":"B"`, `{"id":"Y"`, 1)
	if diff, err := other.Restore(ctx, strings.NewReader(spoilt), true); err != nil || !strings.Contains(diff.Notice, "damaged") {
		t.Errorf("%v %+v", err, diff)
	}
	short := strings.Join(strings.SplitAfter(b.String(), "\n")[:2], "")
	if diff, err := other.Restore(ctx, strings.NewReader(short), true); err != nil || !strings.HasPrefix(diff.Notice, "it was cut short; ") {
		t.Errorf("%v %+v", err, diff)
	}
	if diff, err := other.Restore(ctx, bytes.NewReader(b.Bytes()), true); err != nil || diff.Notice != "" {
		t.Errorf("%v %+v", err, diff)
	}
}

func TestDiff(t *testing.T) {
	a, b := sit(t, t.TempDir()), sit(t, t.TempDir())
	a.judge(model.Relevant, "same", "other", "mine")
	a.do(model.Act{Do: model.DoStar, On: handles("starred"), Yes: true})
	b.judge(model.Relevant, "same", "yours")
	b.judge(model.Irrelevant, "other")
	b.do(model.Act{Do: model.DoJudge, On: []model.Handle{{Sum: sumOf("mine")}}, Judgement: model.Relevant}) // the same by its bytes
	var backup bytes.Buffer
	if err := b.Backup(t.Context(), &backup); err != nil {
		t.Fatal(err)
	}
	c, err := Diff(strings.NewReader(a.file(journalName)), &backup)
	if err != nil {
		t.Fatal(err)
	}
	ids := func(list []Pair) string {
		var out []string
		for _, p := range list {
			out = append(out, p.ID)
		}
		return strings.Join(out, " ")
	}
	for _, x := range [][2]string{{ids(c.Agree), "mine same"}, {ids(c.Differ), "other"}, {ids(c.OnlyA), ""}, {ids(c.OnlyB), "yours"}, {c.Readers[0], "ines"}} {
		if x[0] != x[1] {
			t.Errorf("got %q, want %q", x[0], x[1])
		}
	}
}
