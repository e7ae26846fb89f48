package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"chancery/library"
	"chancery/parser"
	"chancery/parser/source"
	"chancery/parser/source/sample"
)

// table is a table of cables in the well-known layout, made of the collection
// that comes with the program.
func table(t testing.TB, rows int) []byte {
	t.Helper()
	var texts []string
	err := fs.WalkDir(sample.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".txt") {
			return err
		}
		text, err := fs.ReadFile(sample.FS(), path)
		texts = append(texts, string(text))
		return err
	})
	if err != nil || len(texts) == 0 {
		t.Fatal("no collection", err)
	}
	var b bytes.Buffer
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	for n := range rows {
		fmt.Fprintf(&b, `"%d","10/15/2007 8:13","07ASTANA%d","Embassy Astana","CONFIDENTIAL","","","%s"`+"\n", n+1, n+1, escape.Replace(texts[n%len(texts)]))
	}
	return b.Bytes()
}

// BenchmarkParseJSON is all of parse --json but the writing: a table is cut
// into rows, each is decoded, parsed and encoded.
func BenchmarkParseJSON(b *testing.B) {
	const rows = 2000
	csv := table(b, rows)
	set := &source.Set{Paths: []string{"cables.csv"}, FS: fstest.MapFS{"cables.csv": {Data: csv}}}
	b.SetBytes(int64(len(csv)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		print := func(m parser.Message) ([]byte, error) { return cableJSON(library.Parse(m)) }
		err := printEach(b.Context(), &tally{}, set, print, func(line []byte, err error) error {
			n++
			return err
		})
		if err != nil || n != rows {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(rows, "cables/op")
}
