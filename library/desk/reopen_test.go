package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"chancery/model"
)

// reader is somebody at a desk in a folder, for tests that read as use.
type reader struct {
	*testing.T
	*Desk
	dir string
}

// sit opens a desk in a folder.
func sit(t *testing.T, dir string) *reader {
	t.Helper()
	d, err := Open(context.Background(), Options{Dir: dir, Reader: "ines", Program: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return &reader{t, d, dir}
}

// again closes the desk and opens it again.
func (r *reader) again() *reader {
	r.Helper()
	if err := r.Close(); err != nil {
		r.Fatal(err)
	}
	return sit(r.T, r.dir)
}

func (r *reader) do(a model.Act) model.Done {
	r.Helper()
	done, err := r.Do(context.Background(), a)
	if err != nil {
		r.Fatal(err)
	}
	return done
}

func (r *reader) judge(j model.Judgement, ids ...string) model.Done {
	r.Helper()
	return r.do(model.Act{Do: model.DoJudge, On: handles(ids...), Judgement: j})
}

func (r *reader) undo(n int) model.Done {
	r.Helper()
	done, err := r.Undo(context.Background(), n)
	if err != nil {
		r.Fatal(err)
	}
	return done
}

func (r *reader) redo(n int) model.Done {
	r.Helper()
	done, err := r.Redo(context.Background(), n)
	if err != nil {
		r.Fatal(err)
	}
	return done
}

func (r *reader) sees() model.DeskState {
	r.Helper()
	s, err := r.State(context.Background())
	if err != nil {
		r.Fatal(err)
	}
	return s
}

// judged says how a cable is judged.
func (r *reader) judged(id string, want model.Judgement) {
	r.Helper()
	if w, _ := r.Of(model.Handle{ID: id}); w.Judgement != want {
		r.Errorf("%s is judged %q, want %q", id, w.Judgement, want)
	}
}

// told says that the reader is told something.
func (r *reader) told(want string) {
	r.Helper()
	if s := r.sees(); want == "" && s.Notice != "" || !strings.Contains(s.Notice, want) {
		r.Errorf("told %q, want %q", s.Notice, want)
	}
}

func (r *reader) file(name string) string {
	r.Helper()
	text, err := os.ReadFile(filepath.Join(r.dir, name))
	if err != nil {
		r.Fatal(err)
	}
	return string(text)
}

// spoil changes the journal from outside.
func (r *reader) spoil(change func(string) string) {
	r.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, journalName), []byte(change(r.file(journalName))), 0o600); err != nil {
		r.Fatal(err)
	}
}

// beside gives the names of files that match.
func (r *reader) beside(pattern string) []string {
	names, _ := filepath.Glob(filepath.Join(r.dir, pattern))
	return names
}

func handles(ids ...string) []model.Handle {
	var h []model.Handle
	for _, id := range ids {
		h = append(h, model.Handle{ID: id, Sum: sumOf(id)})
	}
	return h
}

// sumOf makes up the sum of a cable.
func sumOf(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16])
}

// looksAlike wants the same state, but for who holds the desk and what is told.
func looksAlike(t *testing.T, got, want model.DeskState) {
	t.Helper()
	got.Held, got.Notice, want.Held, want.Notice = "", "", "", ""
	if !reflect.DeepEqual(got, want) {
		t.Errorf("state\n got %+v\nwant %+v", got, want)
	}
}

func TestReopen(t *testing.T) {
	r := sit(t, t.TempDir())
	r.judge(model.Relevant, "A", "B", "C")
	r.judge(model.Irrelevant, "B")
	r.do(model.Act{Do: model.DoNote, On: handles("A"), Spot: &model.Spot{Block: 2, Number: "1"}, Text: "with \xff bad bytes\u2028and <odd> ones"})
	r.do(model.Act{Do: model.DoPin, On: handles("A"), Brief: "X", Spot: &model.Spot{Block: 2}, Text: "text"})
	r.do(model.Act{Do: model.DoRead, On: handles("A"), Yes: true, Spot: &model.Spot{Block: 7}})
	r.undo(1)
	before := r.sees()
	r = r.again()
	looksAlike(t, r.sees(), before)
	if before.Undo != 3 || before.Redo != 1 {
		t.Errorf("undo %d, redo %d", before.Undo, before.Redo)
	}
	r.redo(1)
	r.undo(3)
	before = r.sees()
	r = r.again()
	looksAlike(t, r.sees(), before)
	r.judged("B", model.Relevant)
	if got := r.undo(9).Text; got != "undone: judged relevant: 3 cables" {
		t.Error(got)
	}
	if w, _ := r.Of(handles("A")[0]); !w.Read || w.Judgement != "" {
		t.Errorf("%+v", w)
	}
	for name, want := range map[string]os.FileMode{"": 0o700, journalName: 0o600, lockName: 0o600, holderName: 0o600} {
		if info, err := os.Stat(filepath.Join(r.dir, name)); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
}

func TestBrokenEnd(t *testing.T) {
	r := sit(t, t.TempDir())
	r.judge(model.Relevant, "A")
	r.judge(model.Relevant, "B")
	r.Close()
	r.spoil(func(s string) string { return s[:len(s)-20] })
	r = sit(t, r.dir)
	r.judged("A", model.Relevant)
	r.judged("B", model.Unjudged)
	r.told("the last line of the journal was not whole")
	if len(r.beside("broken-*.txt")) != 1 {
		t.Error("nothing was kept aside")
	}
	r.judge(model.Later, "C")
	r = r.again()
	r.told("")
	r.judged("C", model.Later)
	r.Close()
	r.spoil(func(s string) string { return strings.TrimSuffix(s, "\n") }) // an editor does that
	r = sit(t, r.dir)
	r.told("")
	r.judged("C", model.Later)
	r.judge(model.Later, "D")
	r = r.again()
	r.told("")
	r.judged("D", model.Later)
}

func TestDamage(t *testing.T) {
	r := sit(t, t.TempDir())
	for _, id := range []string{"A", "B", "C", "D"} {
		r.judge(model.Relevant, id)
	}
	r.Close()
	r.spoil(func(s string) string { return strings.Replace(s, `"id":"B"`, `"id":"Z"`, 1) })
	spoilt := r.file(journalName)
	r = sit(t, r.dir)
	r.told("line 3 of the journal is damaged")
	r.judged("B", model.Unjudged)
	r.judged("D", model.Relevant)
	if s := r.sees(); s.Version != 4 || s.Undo != 3 {
		t.Errorf("%+v", s)
	}
	r.judge(model.Later, "E")
	if !strings.HasPrefix(r.file(journalName), spoilt) {
		t.Error("the journal was overwritten")
	}
	r = r.again()
	r.told("line 3")
	r.judged("E", model.Later)
}

func TestNewerFormat(t *testing.T) {
	r := sit(t, t.TempDir())
	r.judge(model.Relevant, "A")
	r.Close()
	line, _ := record{V: 2, Step: 2, Time: time.Now(), Do: "judge"}.write()
	r.spoil(func(s string) string { return s + string(line) })
	before := r.file(journalName)
	r = sit(t, r.dir)
	r.judged("A", model.Relevant)
	if s := r.sees(); !strings.Contains(s.Held, "newer chancery") {
		t.Errorf("%+v", s)
	}
	if _, err := r.Do(context.Background(), model.Act{Do: model.DoStar, On: handles("A"), Yes: true}); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Error(err)
	}
	if r.file(journalName) != before {
		t.Error("the journal was written")
	}
}

func TestHeld(t *testing.T) {
	ctx := context.Background()
	r := sit(t, t.TempDir())
	r.judge(model.Relevant, "A")
	second := sit(t, r.dir)
	if s := second.sees(); !strings.HasPrefix(s.Held, "held by another chancery (process ") || s.Works["A"].Judgement != model.Relevant {
		t.Errorf("%+v", s)
	}
	if _, err := second.Do(ctx, model.Act{Do: model.DoStar, On: handles("A"), Yes: true}); err == nil || !strings.Contains(err.Error(), "held by another: another chancery (process ") {
		t.Error(err)
	}
	go func() {
		time.Sleep(20 * time.Millisecond)
		_, _ = r.Do(ctx, model.Act{Do: model.DoStar, On: handles("B"), Yes: true})
	}()
	s, err := second.Changed(ctx, second.Version())
	if err != nil || !s.Works["B"].Star || s.Version != 2 {
		t.Errorf("%v %+v", err, s)
	}
	third := sit(t, r.dir)
	r.Close()
	second.judge(model.Later, "C") // it may now
	second.Close()
	if s, err = third.Changed(ctx, second.Version()); err != nil || s.Held != "" || len(s.Works) != 3 {
		t.Errorf("%v %+v", err, s) // and the third is told so
	}
	second = third
	if s := second.sees(); s.Held != "" || s.Undo != 3 {
		t.Errorf("%+v", s)
	}
}
