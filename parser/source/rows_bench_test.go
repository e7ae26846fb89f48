package source

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"
)

// madeTable is a table in the well-known layout with n rows of some 7 kB.
func madeTable(n int, escape *strings.Replacer) []byte {
	var b bytes.Buffer
	for i := range n {
		envelope, body, _ := strings.Cut(made, "C O N F")
		body = "C O N F" + body + strings.Repeat("2. (C) He said \"nothing\", and meant it; the minutes have it so.\n"+
			strings.Repeat("Nothing more was said, and nobody wrote it down at great length.\n", 9), 10)
		fmt.Fprintf(&b, `"%d","10/15/2007 8:13","07ASTANA99%02d","Embassy Astana","CONFIDENTIAL","06ROME9902|07ASTANA9912","%s","%s"`+"\n",
			i+1, i%100, escape.Replace(envelope), escape.Replace(body))
	}
	return b.Bytes()
}

var (
	backslashed = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	doubled     = strings.NewReplacer(`"`, `""`)
)

// BenchmarkCutTable finds rows and cells and takes the escapes out of the two
// cells with text.
func BenchmarkCutTable(b *testing.B) {
	for name, escape := range map[string]*strings.Replacer{"backslash": backslashed, "doubled": doubled} {
		table := madeTable(1000, escape)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(table)))
			b.ReportAllocs()
			l, _ := layoutOf(table[:headBytes], false)
			var cells []cell
			var text []byte
			for b.Loop() {
				rows := 0
				for rest := table; len(rest) > 0; rows++ {
					var n int
					cells, n, _ = l.cut(rest, true, cells)
					text = l.text(text[:0], rest, cells[6])
					text = l.text(append(text, '\n'), rest, cells[7])
					rest = rest[n:]
				}
				if rows != 1000 {
					b.Fatal(rows)
				}
			}
		})
	}
	b.Run("encoding-csv", func(b *testing.B) {
		table := madeTable(1000, doubled)
		b.SetBytes(int64(len(table)))
		b.ReportAllocs()
		for b.Loop() {
			r := csv.NewReader(bytes.NewReader(table))
			r.ReuseRecord = true
			for {
				if _, err := r.Read(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
