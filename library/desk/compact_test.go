package desk

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"chancery/model"
)

// compacts compacts the journal of a reader.
func (r *reader) compacts() {
	r.Helper()
	if err := r.Compact(context.Background()); err != nil {
		r.Fatal(err)
	}
}

// TestThousandSteps: a thousand steps can be undone and done again, after
// compaction and a restart, and not one more.
func TestThousandSteps(t *testing.T) {
	d := newDisk() // a folder syncs so slowly
	open := func() *reader {
		desk, err := opens(d)
		if err != nil {
			t.Fatal(err)
		}
		return &reader{T: t, Desk: desk}
	}
	r := open()
	for i := range 1200 {
		r.judge(model.Relevant, fmt.Sprintf("C%d", i))
	}
	if s := r.sees(); s.Undo != 1000 || len(s.Works) != 1200 {
		t.Fatalf("undo %d, works %d", s.Undo, len(s.Works))
	}
	r.undo(300)
	before := r.sees()
	r.compacts()
	looksAlike(t, r.sees(), before)
	_ = r.Close()
	r = open()
	looksAlike(t, r.sees(), before)
	r.undo(5000)
	if s := r.sees(); s.Undo != 0 || s.Redo != 1000 || len(s.Works) != 200 {
		t.Fatalf("undo %d, redo %d, works %d", s.Undo, s.Redo, len(s.Works))
	}
	r.compacts()
	_ = r.Close()
	r = open()
	r.redo(5000)
	if s := r.sees(); s.Undo != 1000 || s.Redo != 0 || len(s.Works) != 1200 {
		t.Fatalf("undo %d, redo %d, works %d", s.Undo, s.Redo, len(s.Works))
	}
	if lines := strings.Count(string(d.now[journalName].data), "\n"); lines != 1+200+1000+2 {
		t.Errorf("%d lines", lines)
	}
}

// TestGrowth: reading on and on does not let the journal grow on and on.
func TestGrowth(t *testing.T) {
	dir := t.TempDir()
	d, err := Open(t.Context(), Options{Dir: dir, Reader: "ines", compact: 8000})
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{t, d, dir}
	r.judge(model.Relevant, "A")
	for i := range 300 {
		r.do(model.Act{Do: model.DoRead, On: handles("A"), Yes: true, Spot: &model.Spot{Block: i}})
	}
	if n := len(r.file(journalName)); n > 16500 {
		t.Errorf("%d bytes", n)
	}
	if info, err := os.Stat(dir + "/" + oldName); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(err)
	}
	if s := r.sees(); s.Undo != 1 || s.Works["A"].Place.Block != 299 || s.Notice != "" || s.Version != 301 {
		t.Errorf("%+v", s)
	}
	r.Close()
}

// TestUnknown: what a newer program of the same format wrote is kept, through
// compaction too.
func TestUnknown(t *testing.T) {
	r := sit(t, t.TempDir())
	r.judge(model.Relevant, "A")
	r.Close()
	colour := odd(`{"v":1,"step":2,"time":"2026-03-01T09:00:00Z","do":"star","on":[{"id":"B"}],"yes":true,"colour":"red"`)
	read := odd(`{"v":1,"step":3,"time":"2026-03-01T09:00:00Z","do":"read","on":[{"id":"B","shelf":4}],"yes":true`)
	frame := odd(`{"v":1,"step":4,"time":"2026-03-01T09:00:00Z","do":"frame","on":[{"id":"B"}],"width":3`)
	r.spoil(func(s string) string { return s + colour + read + frame })
	r = sit(t, r.dir)
	r.told("")
	if s := r.sees(); !s.Works["B"].Star || !s.Works["B"].Read || s.Undo != 2 || s.Version != 4 {
		t.Errorf("%+v", s)
	}
	for range 2 {
		r.compacts()
		for _, want := range []string{`"colour":"red"`, `"shelf":4`, `"width":3`} {
			if n := strings.Count(r.file(journalName), want); n != 1 {
				t.Errorf("%s %d times in\n%s", want, n, r.file(journalName))
			}
		}
		r = r.again()
		r.undo(1)
		r.judge(model.Later, "C") // the star cannot be done again now
	}
}

// odd makes a whole line of the beginning of one.
func odd(begin string) string {
	return fmt.Sprintf("%s%s%08x%s\n", begin, crcBegin, crc32.Checksum([]byte(begin), castagnoli), crcEnd)
}

// TestDamageCompacted: damaged lines are put aside before they go.
func TestDamageCompacted(t *testing.T) {
	r := sit(t, t.TempDir())
	for _, id := range []string{"A", "B", "C"} {
		r.judge(model.Relevant, id)
	}
	r.Close()
	r.spoil(func(s string) string { return strings.Replace(s, `"id":"B"`, `"id":"Z"`, 1) })
	r = sit(t, r.dir)
	before := r.sees()
	r.compacts()
	r = r.again()
	r.told("")
	looksAlike(t, r.sees(), before)
	if names := r.beside("broken-*.txt"); len(names) != 1 {
		t.Errorf("%q", names)
	} else if text, _ := os.ReadFile(names[0]); !bytes.Contains(text, []byte(`"id":"Z"`)) {
		t.Errorf("put aside: %s", text)
	}
}

// TestJournalGone: then the one before it is taken, and said to be.
func TestJournalGone(t *testing.T) {
	r := sit(t, t.TempDir())
	r.judge(model.Relevant, "A")
	r.compacts()
	r.Close()
	if err := os.Remove(r.dir + "/" + journalName); err != nil {
		t.Fatal(err)
	}
	r = sit(t, r.dir)
	r.told("the journal was gone")
	r.judged("A", model.Relevant)
	r.judge(model.Relevant, "B")
	r = r.again()
	r.told("")
	r.judged("A", model.Relevant)
}

// TestLost: lines of undo that are lost in the middle are made up for.
func TestLost(t *testing.T) {
	r := sit(t, t.TempDir())
	for _, id := range []string{"A", "B", "C"} {
		r.judge(model.Relevant, id)
	}
	r.undo(1) // lost below
	r.undo(1)
	r.Close()
	r.spoil(func(s string) string { return strings.Replace(s, `"of":[3]`, `"of":[9]`, 1) })
	r = sit(t, r.dir)
	r.judged("A", model.Relevant)
	r.judged("B", model.Unjudged)
	r.judged("C", model.Unjudged)
	if s := r.sees(); s.Undo != 1 || s.Redo != 2 {
		t.Errorf("%+v", s)
	}
}

// TestTogether: several goroutines at one desk.
func TestTogether(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := sit(t, t.TempDir())
	var acts, looks sync.WaitGroup
	for g := range 4 {
		acts.Go(func() {
			for i := range 15 {
				if _, err := r.Do(ctx, model.Act{Do: model.DoJudge, On: handles(fmt.Sprintf("%d-%d", g, i), "all"), Judgement: []model.Judgement{model.Relevant, model.Later}[i%2]}); err != nil {
					t.Error(err)
				}
			}
		})
		looks.Go(func() {
			for v := 0; ctx.Err() == nil; {
				if s, err := r.Changed(ctx, v); err == nil {
					v = s.Version
				}
				r.Each(func(w *model.Work) { _ = w.Judgement })
				_, _ = r.Of(handles("all")[0])
			}
		})
	}
	acts.Wait()
	cancel()
	looks.Wait()
	if s := r.sees(); s.Version != 60 || len(s.Works) != 61 || s.Undo != 60 {
		t.Errorf("version %d, works %d, undo %d", s.Version, len(s.Works), s.Undo)
	}
}

// FuzzRead: whatever stands around a good line, reading does not fail, the
// line is found, and what was read can be compacted.
func FuzzRead(f *testing.F) {
	whole := newDisk()
	desk, _ := opens(whole)
	for _, step := range day() {
		_ = step(desk)
	}
	f.Add([]byte{}, []byte{}, false)
	f.Add(whole.now[journalName].data, []byte(`{"v":1,"step":3,"do":"ju`), false)
	f.Add(whole.now[journalName].data, whole.now[oldName].data, true)
	f.Add([]byte(`"v":2,"do":5`), []byte(`"v":1,"do":"merge","works":[{"sum":"x","sums":["y","z"],"pins":-3},{"id":"y","sums":["x"]}]`), true)
	f.Add([]byte(`"v":1,"do":"undo","of":[7,7,-1]`), []byte(`"v":1,"do":"work","works":[{"id":"7"}],"gone":[{}]`), true)
	good, _ := record{V: 1, Step: 7, Time: time.Unix(0, 0).UTC(), Do: model.DoStar, On: []model.Handle{{ID: "7"}}, Yes: true}.write()
	f.Fuzz(func(t *testing.T, before, after []byte, sign bool) {
		if sign { // as lines with a right checksum
			before, after = signed(before), signed(after)
		}
		text := append(append(append(bytes.Clone(before), '\n'), good...), after...)
		r := read(text, 0)
		found := 0
		st := newState()
		for _, l := range r.lines {
			if bytes.Equal(l.raw, good[:len(good)-1]) {
				found++
			}
			st.apply(l)
		}
		if found == 0 {
			t.Fatalf("lost the good line of %q", text)
		}
		for sum, key := range st.sums {
			if st.works[key] == nil {
				t.Fatalf("%q leads nowhere", sum)
			}
		}
		begin := record{V: format, Do: doBegin}
		if _, err := st.compacted(begin); err != nil {
			_, _ = st.shortened(begin, text)
		}
		for len(st.undo) > 0 {
			st.back()
		}
		for len(st.redo) > 0 {
			st.again()
		}
		_, _, _ = foreign(bytes.NewReader(text))
		_ = parted(text, good)
	})
}

// signed makes lines of texts: each gets its braces and a right checksum.
func signed(text []byte) []byte {
	var out []byte
	for _, l := range bytes.Split(text, []byte("\n")) {
		out = append(out, odd("{"+strings.Trim(string(l), "{}"))...)
	}
	return out
}
