package desk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chancery/model"
)

// TestFaults breaks each call to the disk in turn while an act is done. The
// act is not kept and said not to be, memory is as the disk, and the next act
// works.
func TestFaults(t *testing.T) {
	star := func(d *Desk, id string) error {
		_, err := d.Do(context.Background(), model.Act{Do: model.DoStar, On: handles(id), Yes: true})
		return err
	}
	for _, c := range []struct {
		name  string
		first bool // the first act of all
		fault func(call, name string) error
	}{
		{"full", false, only("write", errFull)},
		{"full at once", true, only("write", errFull)},
		{"sync", false, only("sync", errFull)},
		{"sync of the folder", true, only("sync folder", errFull)},
		{"stat", false, only("stat", fs.ErrPermission)},
		{"open", true, only("open", fs.ErrPermission)},
		{"sync, and the rest stays", false, func(call, name string) error {
			if call == "sync" || call == "truncate" {
				return errFull
			}
			return nil
		}},
		{"full, and the rest stays", false, func(call, name string) error {
			if call == "write" || call == "truncate" {
				return errFull
			}
			return nil
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDisk()
			desk, err := opens(d)
			if err != nil {
				t.Fatal(err)
			}
			if !c.first {
				if err := star(desk, "A"); err != nil {
					t.Fatal(err)
				}
			}
			before := desk.state()
			d.fault = c.fault
			for range 2 {
				if err = star(desk, "B"); !errors.Is(err, ErrNotKept) || !errors.Is(err, errFull) && !errors.Is(err, fs.ErrPermission) {
					t.Errorf("got %v", err)
				}
			}
			d.fault = nil
			if !sameWork(before, desk.state()) {
				t.Errorf("state %+v\nbefore %+v", desk.state(), before)
			}
			if err := star(desk, "C"); err != nil {
				t.Fatal(err)
			}
			after := desk.state()
			if w, ok := after.Works["C"]; !ok || !w.Star || len(after.Works) != len(before.Works)+1 {
				t.Errorf("state %+v", after)
			}
			_ = desk.Close()
			if desk, err = opens(d); err != nil || !sameWork(desk.state(), after) || len(desk.notices) > 0 {
				t.Errorf("opened again: %v, %q\n%s", err, desk.notices, d)
			}
		})
	}
}

// only breaks one call.
func only(which string, err error) func(call, name string) error {
	return func(call, name string) error {
		if call == which && name != holderName {
			return err
		}
		return nil
	}
}

func TestShortWrite(t *testing.T) {
	d := newDisk()
	desk, _ := opens(d)
	d.short = true
	_, err := desk.Do(context.Background(), model.Act{Do: model.DoStar, On: handles("A"), Yes: true})
	if !errors.Is(err, ErrNotKept) || !strings.Contains(err.Error(), "short write") || !strings.Contains(err.Error(), "starred: A") {
		t.Error(err)
	}
	d.short = false
	if s := desk.state(); len(s.Works) != 0 || len(d.now[journalName].data) != 0 {
		t.Errorf("%+v\n%s", s, d)
	}
}

// TestCompactionFails: then the journal that was goes on.
func TestCompactionFails(t *testing.T) {
	for _, call := range []string{"create", "write", "sync", "rename", "sync folder", "open", "read"} {
		d := newDisk()
		desk, _ := opens(d)
		for _, id := range []string{"A", "B"} {
			if _, err := desk.Do(context.Background(), model.Act{Do: model.DoStar, On: handles(id), Yes: true}); err != nil {
				t.Fatal(err)
			}
		}
		before := desk.state()
		d.fault = only(call, errFull)
		if err := desk.Compact(context.Background()); err == nil && call != "open" { // that comes after
			t.Errorf("%s: compacted", call)
		}
		d.fault = nil
		if _, err := desk.Do(context.Background(), model.Act{Do: model.DoStar, On: handles("B")}); err != nil {
			t.Errorf("%s: %v", call, err)
		}
		if _, err := desk.Undo(context.Background(), 1); err != nil {
			t.Errorf("%s: %v", call, err)
		}
		if after := desk.state(); len(after.Works) != len(before.Works) || after.Undo != before.Undo {
			t.Errorf("%s: %+v", call, after)
		}
	}
}

// TestReadOnlyFolder: the work can be read, and the reader is told why no more
// can be done.
func TestReadOnlyFolder(t *testing.T) {
	d := newDisk()
	desk, _ := opens(d)
	if _, err := desk.Do(context.Background(), model.Act{Do: model.DoStar, On: handles("A"), Yes: true}); err != nil {
		t.Fatal(err)
	}
	_ = desk.Close()
	d.fault = func(call, name string) error {
		if call == "read" || call == "stat" {
			return nil
		}
		return fs.ErrPermission
	}
	desk, err := opens(d)
	if err != nil {
		t.Fatal(err)
	}
	if s := desk.state(); !s.Works["A"].Star || !strings.Contains(s.Held, "cannot be written") {
		t.Errorf("%+v", s)
	}
	if _, err := desk.Do(context.Background(), model.Act{Do: model.DoStar, On: handles("B"), Yes: true}); !errors.Is(err, ErrNotKept) || !errors.Is(err, fs.ErrPermission) {
		t.Error(err)
	}
	d.fault = nil
	if _, err := desk.Do(context.Background(), model.Act{Do: model.DoStar, On: handles("B"), Yes: true}); err != nil || desk.state().Held != "" {
		t.Error(err)
	}
}

// TestRealReadOnlyFolder is the same with a folder of the system's.
func TestRealReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 { // who may write there all the same, but not make a folder among those of the kernel
		dir = "/sys"
		if _, err := os.Stat(dir); err != nil {
			t.Skip("root may write everywhere, and there is no folder of the kernel")
		}
	}
	r := sit(t, filepath.Join(dir, "desk"))
	if s := r.sees(); !strings.Contains(s.Held, "cannot be written") {
		t.Errorf("%+v", s)
	}
}

// TestAsked: read-only as asked writes nothing at all, and follows.
func TestAsked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	d, err := Open(t.Context(), Options{Dir: dir, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the folder was made")
	}
	r := sit(t, dir)
	r.judge(model.Relevant, "A")
	if s, err := d.State(t.Context()); err != nil || s.Held == "" || len(s.Works) != 1 {
		t.Errorf("%v %+v", err, s)
	}
	if _, err := d.Do(t.Context(), model.Act{Do: model.DoStar, On: handles("A"), Yes: true}); !errors.Is(err, ErrReadOnly) {
		t.Error(err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if _, err := d.State(t.Context()); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
}

// TestReplaced: another program puts another journal in the place of ours, or
// takes it away. What we were told is kept stays.
func TestReplaced(t *testing.T) {
	r := sit(t, t.TempDir())
	r.judge(model.Relevant, "A")
	old := r.file(journalName)
	r.judge(model.Relevant, "B")
	name := filepath.Join(r.dir, journalName)
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	r.judge(model.Relevant, "C")
	r = r.again()
	for _, id := range []string{"A", "B", "C"} {
		r.judged(id, model.Relevant)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	r.spoiltWith(old)
	r.judge(model.Relevant, "D")
	r.judged("B", model.Unjudged)
	r.told("the journal was replaced by another program")
	copies, err := r.Conflicts()
	if err != nil || len(copies) != 1 {
		t.Fatal(copies, err)
	}
	if _, err := r.Merge(t.Context(), copies[0], false); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"A", "B", "C", "D"} {
		r.judged(id, model.Relevant)
	}
}

func (r *reader) spoiltWith(text string) {
	r.Helper()
	if err := os.WriteFile(filepath.Join(r.dir, journalName), []byte(text), 0o600); err != nil {
		r.Fatal(err)
	}
}

// What a person reads of a folder that cannot be written and of a full disk: the
// reason, without what was tried. A path would push away what can be done.
func TestFaultWords(t *testing.T) {
	tried := fmt.Errorf("make the folder of the desk: %w", &fs.PathError{Op: "mkdir", Path: "/ro/chancery", Err: errors.New("read-only file system")})
	if got, want := (&Desk{}).why(tried), "in a folder that cannot be written (/ro/chancery: read-only file system)"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	err := notKept(&fs.PathError{Op: "write", Path: "/very/long/journal.jsonl", Err: errFull})
	if want := "not kept, all before is safe: " + errFull.Error(); err.Error() != want || !errors.Is(err, ErrNotKept) || !errors.Is(err, errFull) {
		t.Errorf("got  %s\nwant %s", err, want)
	}
}
