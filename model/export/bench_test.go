package export_test

import (
	"io"
	"testing"

	"chancery/model/export"
)

// BenchmarkWrite writes an answer of a thousand cables with all their text.
func BenchmarkWrite(b *testing.B) {
	const cables = 1000
	one := pipelineCable()
	d := export.Document{Title: "pears", Items: func(yield func(export.Item, error) bool) {
		for range cables {
			if !yield(export.Item{Cable: one, Source: from()}, nil) {
				return
			}
		}
	}}
	for _, k := range export.Formats() {
		b.Run(string(k.Format), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := export.Write(io.Discard, k.Format, d, export.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
