package ui

import (
	"strings"
	"testing"

	"chancery/model"
	"chancery/model/query"
)

// longCable has n paragraphs of the usual length.
func longCable(n int) *model.Cable {
	b := &cableText{}
	b.c.ID, b.c.Subject = "07ASTANA99912", "A LONG CABLE"
	b.c.Classification.Level = model.Confidential
	sentence := "The minister said that the offer stands until the winter and\nno longer. He did not say who had made it, nor when it was.\n"
	for i := range n {
		b.block(model.Paragraph, count(i+1), "C", strings.TrimSpace(strings.Repeat(sentence, 5)))
	}
	return b.done()
}

func TestScrollingDrawsOnlyWhatIsNew(t *testing.T) {
	r := newReader(paneStyles(t, "dark", true, false))
	r.resize(80, 24)
	r.show(longCable(300))
	if r.laid > 4 {
		t.Errorf("%d of 300 paragraphs were wrapped for one screen", r.laid)
	}
	for range 100 {
		drawn, laid := r.drawn, r.laid
		r.scroll(1)
		r.view(true)
		r.view(false)
		if r.drawn-drawn > 2 || r.laid-laid > 1 { // the new row, and the first one where it was resumed
			t.Fatalf("one line drew %d rows and wrapped %d blocks", r.drawn-drawn, r.laid-laid)
		}
	}
	drawn := r.drawn
	r.scroll(-1)
	if r.drawn-drawn > 2 {
		t.Errorf("going back drew %d rows again", r.drawn-drawn)
	}
	drawn = r.drawn
	r.view(true)
	if r.drawn != drawn {
		t.Error("view draws")
	}
	laid := r.laid
	r.bottom()
	if r.laid-laid > 6 {
		t.Errorf("going to the end wrapped %d blocks", r.laid-laid)
	}
}

func BenchmarkReaderView(b *testing.B) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"200x50", 200, 50}} {
		b.Run(size.name, func(b *testing.B) {
			r := newReader(paneStyles(b, "dark", true, false))
			r.resize(size.w, size.h)
			r.show(longCable(300))
			b.ReportAllocs()
			for b.Loop() {
				r.view(true)
			}
		})
	}
}

func BenchmarkReaderScroll(b *testing.B) {
	r := newReader(paneStyles(b, "dark", true, false))
	r.resize(200, 50)
	r.show(longCable(300))
	b.ReportAllocs()
	for b.Loop() {
		if !r.scroll(1) || r.atEnd() {
			r.show(r.c)
		}
		r.view(true)
	}
}

func BenchmarkReaderShow(b *testing.B) {
	r := newReader(paneStyles(b, "dark", true, false))
	r.resize(200, 50)
	c := longCable(300)
	b.ReportAllocs()
	for b.Loop() {
		r.show(c)
	}
}

func BenchmarkReaderFind(b *testing.B) {
	r := newReader(paneStyles(b, "dark", true, false))
	r.resize(200, 50)
	r.show(longCable(300))
	b.SetBytes(int64(len(r.c.Text)))
	for b.Loop() {
		r.find("the winter")
	}
}

// A cable is marked with the words of a query whenever it is shown beside the
// list.
func BenchmarkReaderMark(b *testing.B) {
	q, err := query.Parse(`winter "no longer" minist*`, query.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{10, 300} {
		b.Run(count(n), func(b *testing.B) {
			r := newReader(paneStyles(b, "dark", true, false))
			r.resize(80, 24)
			c := longCable(n)
			b.ReportAllocs()
			for b.Loop() {
				r.show(c)
				r.mark(finderOf("", q))
			}
		})
	}
}
