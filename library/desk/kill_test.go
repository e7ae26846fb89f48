package desk

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"chancery/model"
)

// kills says how often to kill: as often as CHANCERY_KILLS says, but not more
// than most, or else so many.
func kills(otherwise, most int) int {
	if n, err := strconv.Atoi(os.Getenv("CHANCERY_KILLS")); err == nil {
		return min(n, most)
	}
	return otherwise
}

// day is what a reader does in the tests of kills, step by step.
func day() []func(d *Desk) error {
	act := func(a model.Act) func(d *Desk) error {
		return func(d *Desk) error { _, err := d.Do(context.Background(), a); return err }
	}
	undo := func(n int) func(d *Desk) error {
		return func(d *Desk) error { _, err := d.Undo(context.Background(), n); return err }
	}
	compact := func(d *Desk) error { return d.Compact(context.Background()) }
	return []func(d *Desk) error{
		act(model.Act{Do: model.DoJudge, On: handles("A"), Judgement: model.Relevant}),
		act(model.Act{Do: model.DoJudge, On: handles("A", "B", "C"), Judgement: model.Irrelevant}),
		act(model.Act{Do: model.DoNote, On: handles("A"), Text: "a note\nof two lines"}),
		undo(1),
		compact,
		act(model.Act{Do: model.DoPin, On: handles("B"), Brief: "X", Spot: &model.Spot{Block: 1}, Text: "text"}),
		act(model.Act{Do: model.DoRead, On: handles("B"), Yes: true}),
		undo(2),
		func(d *Desk) error { _, err := d.Redo(context.Background(), 1); return err },
		compact,
		act(model.Act{Do: model.DoLabel, On: handles("C"), Label: "l", Yes: true}),
	}
}

// opens opens a desk on a made-up disk.
func opens(d *disk) (*Desk, error) {
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	return Open(context.Background(), Options{files: d, Reader: "ines", Now: func() time.Time { return at }})
}

// live does what is done in a day until the program is killed, and gives the
// states after each step.
func live(t *testing.T, d *disk) []model.DeskState {
	t.Helper()
	desk, err := opens(d)
	if errors.Is(err, errKilled) {
		return []model.DeskState{{}}
	}
	if err != nil {
		t.Fatal(err)
	}
	states := []model.DeskState{desk.state()}
	for _, step := range day() {
		err := step(desk)
		if d.dead {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, desk.state())
	}
	return states
}

// sameWork compares the work of two states.
func sameWork(a, b model.DeskState) bool {
	return a.Version == b.Version && a.Undo == b.Undo && a.Redo == b.Redo && len(a.Works) == len(b.Works) &&
		(len(a.Works) == 0 || reflect.DeepEqual(a.Works, b.Works)) && sameBriefs(a.Briefs, b.Briefs)
}

// TestKills kills the program at any byte that it writes and at any call to
// the disk, with and without loss of what was not synced. What was answered is
// never lost, the journal can always be read, and work goes on.
func TestKills(t *testing.T) {
	n := 2000
	if testing.Short() {
		n = 300
	}
	n = kills(n, 1_000_000)
	whole := newDisk()
	want := live(t, whole)
	r := rand.New(rand.NewPCG(7, 11))
	for i := range n {
		d := newDisk()
		d.left = r.IntN(whole.spent + 1)
		killed := d.left
		got := live(t, d)
		after := d.crash(r, i%2 == 1)
		shown := after.String()
		desk, err := opens(after)
		if err != nil {
			t.Fatalf("killed at %d: %v\n%s", killed, err, shown)
		}
		s := desk.state()
		acked := len(got) - 1
		if !sameWork(s, want[acked]) && (acked+1 >= len(want) || !sameWork(s, want[acked+1])) {
			t.Fatalf("killed at %d of %d after %d steps:\n got %+v\nwant %+v\n%s", killed, whole.spent, acked, s, want[acked], shown)
		}
		if strings.Contains(s.Notice, "damaged") {
			t.Fatalf("killed at %d: told %q\n%s", killed, s.Notice, shown)
		}
		if _, err := desk.Do(context.Background(), model.Act{Do: model.DoStar, On: handles("Z"), Yes: true}); err != nil {
			t.Fatalf("killed at %d: %v", killed, err)
		}
		s = desk.state()
		if err := desk.Close(); err != nil {
			t.Fatal(err)
		}
		if desk, err = opens(after); err != nil || !sameWork(desk.state(), s) || len(desk.notices) > 0 {
			t.Fatalf("killed at %d: opened again: %v %v\n%s", killed, err, desk.notices, after)
		}
	}
}

// TestMain is also the program that the tests kill.
func TestMain(m *testing.M) {
	if dir := os.Getenv("CHANCERY_DESK_CHILD"); dir != "" {
		if err := child(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child does acts, each on a cable of its own, compacts the journal now and
// then, and says which it was told are kept.
func child(dir string) error {
	ctx := context.Background()
	d, err := Open(ctx, Options{Dir: dir, Reader: "child"})
	if err != nil {
		return err
	}
	if s := d.state(); s.Held != "" {
		return errors.New(s.Held)
	}
	fmt.Println(d.Version())
	for {
		done, err := d.Do(ctx, model.Act{Do: model.DoJudge, On: handles(fmt.Sprintf("C%d", d.Version()+1)), Judgement: model.Relevant})
		if err != nil {
			return err
		}
		fmt.Println(done.Version)
		if done.Version%8 == 0 {
			if err := d.Compact(ctx); err != nil {
				return err
			}
		}
	}
}

// begin starts the child.
func begin(t *testing.T, dir string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "CHANCERY_DESK_CHILD="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd, bufio.NewScanner(out)
}

// TestKilled kills a real process while it writes, again and again in one
// folder. What it was told is kept is there.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	for range kills(5, 200) {
		cmd, said := begin(t, dir)
		time.AfterFunc(time.Duration(rand.IntN(60)+5)*time.Millisecond, func() { _ = cmd.Process.Kill() })
		last := -1
		for said.Scan() {
			last, _ = strconv.Atoi(said.Text())
		}
		_ = cmd.Wait()
		d, err := Open(t.Context(), Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		s := d.state()
		if s.Held != "" || strings.Contains(s.Notice, "damaged") || last >= 0 && s.Version != last && s.Version != last+1 || len(s.Works) != s.Version {
			t.Fatalf("told %d, found version %d, %d works, held %q, notice %q", last, s.Version, len(s.Works), s.Held, s.Notice)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTwoProcesses: the second sees what the first does, and takes over when
// that is killed.
func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	cmd, said := begin(t, dir)
	said.Scan()
	r := sit(t, dir)
	s := r.sees()
	if want := fmt.Sprintf("held by another chancery (process %d on ", cmd.Process.Pid); !strings.HasPrefix(s.Held, want) {
		t.Errorf("held by %q, want %q", s.Held, want)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	begun := time.Now()
	for range 3 {
		after, err := r.Changed(ctx, s.Version)
		if err != nil || after.Version <= s.Version || len(after.Works) != after.Version {
			t.Fatalf("%v: version %d after %d with %d works", err, after.Version, s.Version, len(after.Works))
		}
		s = after
	}
	t.Logf("three changes were seen in %v", time.Since(begun))
	_ = cmd.Process.Kill()
	last := 0
	for said.Scan() {
		last, _ = strconv.Atoi(said.Text())
	}
	_ = cmd.Wait()
	if done := r.judge(model.Later, "mine"); done.Version <= last {
		t.Errorf("version %d after %d", done.Version, last)
	}
	if s = r.sees(); s.Held != "" || len(s.Works) != s.Version {
		t.Errorf("%+v", s)
	}
}
