package desk

import (
	"fmt"
	"os"
	"testing"

	"chancery/model"
)

// judgedDesk gives a folder with a journal of so many judgements, each an act.
func judgedDesk(b *testing.B, n int) (dir string, size int) {
	d := newDisk()
	desk, err := opens(d)
	if err != nil {
		b.Fatal(err)
	}
	for i := range n {
		if _, err := desk.Do(b.Context(), model.Act{Do: model.DoJudge, On: handles(fmt.Sprintf("07ASTANA%d", i)), Judgement: model.Relevant}); err != nil {
			b.Fatal(err)
		}
	}
	dir = b.TempDir()
	text := d.now[journalName].data
	if err := os.WriteFile(dir+"/"+journalName, text, 0o600); err != nil {
		b.Fatal(err)
	}
	return dir, len(text)
}

// BenchmarkOpen is a restart with 5,000 judgements.
func BenchmarkOpen(b *testing.B) {
	dir, size := judgedDesk(b, 5000)
	b.ReportMetric(float64(size), "journal-bytes")
	for b.Loop() {
		d, err := Open(b.Context(), Options{Dir: dir, Reader: "ines"})
		if err != nil {
			b.Fatal(err)
		}
		if err := d.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJudge is a key: it is on disk when it returns.
func BenchmarkJudge(b *testing.B) {
	dir, _ := judgedDesk(b, 5000)
	d, err := Open(b.Context(), Options{Dir: dir, Reader: "ines"})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	i := 0
	for b.Loop() {
		i++
		if _, err := d.Do(b.Context(), model.Act{Do: model.DoJudge, On: handles("A"), Judgement: []model.Judgement{model.Relevant, model.Later}[i%2]}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJudgeMany judges 5,000 cables in one act.
func BenchmarkJudgeMany(b *testing.B) {
	d, err := Open(b.Context(), Options{Dir: b.TempDir(), Reader: "ines", compact: 1 << 40})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	var ids []string
	for i := range 5000 {
		ids = append(ids, fmt.Sprintf("07ASTANA%d", i))
	}
	on := handles(ids...)
	i := 0
	for b.Loop() {
		i++
		if _, err := d.Do(b.Context(), model.Act{Do: model.DoJudge, On: on, Judgement: []model.Judgement{model.Relevant, model.Later}[i%2]}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkState is all of 5,000 works; BenchmarkEach looks at them in place.
func BenchmarkState(b *testing.B) {
	dir, _ := judgedDesk(b, 5000)
	d, err := Open(b.Context(), Options{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	for b.Loop() {
		if _, err := d.State(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEach(b *testing.B) {
	dir, _ := judgedDesk(b, 5000)
	d, err := Open(b.Context(), Options{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	n := 0
	for b.Loop() {
		d.Each(func(w *model.Work) { n += len(w.Labels) })
	}
}

// BenchmarkCompact compacts 5,000 judgements, a thousand of which can be undone.
func BenchmarkCompact(b *testing.B) {
	dir, _ := judgedDesk(b, 5000)
	d, err := Open(b.Context(), Options{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	for b.Loop() {
		if err := d.Compact(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
