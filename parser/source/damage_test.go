package source

import (
	"archive/tar"
	"archive/zip"
	"context"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"chancery/parser"
)

// madeFile is a made-up file of a format and what a reader finds in it.
type madeFile struct {
	name   string
	text   string
	format string // of its cables
	cables int
}

// everyFormat is the table of formats: a made-up file of each that is read, by
// itself, as a table, in a row of several, packed and in archives.
func everyFormat(t testing.TB) []madeFile {
	var many []made1
	for i := range 30 {
		many = append(many, made1{name: string(rune('a'+i%26)) + strings.Repeat("x", i) + ".txt", text: made})
	}
	header := "refid,date,subject,tags,body\n" + strings.Repeat(`07ASTANA9911,2007-10-15 08:13:00,Nothing,"PREL, KZ","`+doubled.Replace(rowBody)+"\"\n", 20)
	html := madeHTML("FM AMEMBASSY ASTANA", "1. (C) X.")
	crlf := strings.ReplaceAll(made, "\n", "\r\n")
	files := []madeFile{
		{"message", made, RawMessage, 1},
		{"message, CRLF, latin 1", "\r\n" + strings.ReplaceAll(crlf, "1. (C)", "\xb61. (C)"), RawMessage, 1},
		{"page saved as text", madePage, PageText, 1},
		{"cablegate page", html, CablegateHTML, 1},
		{"cables.csv", madeRows(60, backslashed), CablesCSV, 60},
		{"cables.csv, doubled quotes", madeRows(60, doubled), CablesCSV, 60},
		{"table with a header", header, CablesCSV, 20},
		{"several messages", strings.Repeat(made+"NNNN\n"+made2+"NNNN\n", 20), RawMessage, 40},
		{"mbox", strings.Repeat(madeLetter(made)+madeLetter(made2), 10), RawMessage, 20},
		{"zip", zipOf(t, zip.Deflate, many), RawMessage, 30},
		{"zip that tells lengths behind", zipTold(t, many), RawMessage, 30},
		{"zip that packs nothing", zipOf(t, zip.Store, many), RawMessage, 30},
		{"tar", tarOf(t, tar.FormatPAX, many), RawMessage, 30},
		{"old tar", tarOf(t, tar.FormatUSTAR, many), RawMessage, 30},
		{"tar.gz", gzipped(tarOf(t, tar.FormatGNU, many)), RawMessage, 30},
		{"tar.zst", zstded(tarOf(t, tar.FormatGNU, many)), RawMessage, 30},
		{"csv.gz", gzipped(madeRows(60, backslashed)), CablesCSV, 60},
		{"html.gz", gzipped(html), CablegateHTML, 1},
		{"txt.zst", zstded(made), RawMessage, 1},
	}
	for name, format := range forms(t) {
		files = append(files, madeFile{name, string(madeUp(t, name)), format, 1})
	}
	return files
}

// damages are ten ways in which a file comes to harm.
func damages(b string, chance *rand.Rand) map[string]string {
	flip := func(n int) string {
		c := []byte(b)
		for range n {
			c[chance.IntN(len(c))] ^= 1 << chance.IntN(8)
		}
		return string(c)
	}
	length := func(at int) string { // where formats keep lengths: near the start and the end
		c := []byte(b)
		copy(c[at:], "\xff\xff\xff\xff")
		return string(c)
	}
	third := len(b) / 3
	return map[string]string{
		"cut at a third":        b[:third],
		"cut before its end":    b[:len(b)-len(b)/20-1],
		"its start is missing":  b[third:],
		"a hole":                b[:third] + b[third+third/2:],
		"one bit":               flip(1),
		"a hundred bits":        flip(100),
		"zeros in the middle":   b[:third] + strings.Repeat("\x00", third) + b[2*third:],
		"a length at the start": length(min(20, len(b)-4)),
		"a length at the end":   length(max(0, len(b)-12)),
		"line ends and charset": strings.NewReplacer("\n", "\r\n", "e", "\xe9").Replace(b),
	}
}

// mostMemory is what the reading of one small file may ask for in all, whatever
// lengths are written in it: the windows of packed files are the most of it.
const mostMemory = 48 << 20

// Whatever happened to a file of whatever format: there is a cable or a
// sentence, what is read can be read again and loses no byte, the file beside it
// is read, and no length that is written in it is believed.
func TestEveryFormatDamaged(t *testing.T) {
	left := map[string]int{}
	for _, f := range everyFormat(t) {
		_, items := foundIn(t, "x", f.text)
		cables := 0
		for _, it := range items {
			if it.Refusal == nil && it.Message.Source.Format == f.format {
				cables++
			}
		}
		if cables != f.cables || len(items) != f.cables {
			t.Errorf("%s, whole: %d cables in %d things: %q", f.name, cables, len(items), spell(items))
		}
		chance := rand.New(rand.NewPCG(7, 9))
		for how, bad := range damages(f.text, chance) {
			dir := lay(t, map[string]string{"a": bad, "b.txt": made2})
			_, items := foundAt(t, &Set{Paths: []string{dir}})
			last := items[len(items)-1]
			if last.Refusal != nil || last.Message.Text != made2 {
				t.Errorf("%s, %s: the file beside it was not read: %q", f.name, how, spell(items))
			}
			if len(items) < 2 {
				t.Errorf("%s, %s: nothing was said", f.name, how)
			}
			for _, it := range items[:len(items)-1] {
				if it.Refusal == nil {
					left[how]++
					tiled(t, parser.Parse(it.Message))
				} else if no := it.Refusal; no.Why == "" || no.Fate == "" || len(no.Why) > 300 || strings.ContainsAny(no.Why, "\n\x00\x1b") {
					t.Errorf("%s, %s: %+v", f.name, how, *no)
				}
			}
			if got := memoryFor(t, filepath.Join(dir, "a")); got > mostMemory {
				t.Errorf("%s, %s: %d MB were asked for", f.name, how, got>>20)
			}
		}
	}
	for how, least := range map[string]int{"one bit": 330, "cut before its end": 370, "a length at the end": 390, "a hole": 200, "a hundred bits": 170} {
		if left[how] < least {
			t.Errorf("%s leaves %d cables in all, want %d", how, left[how], least)
		}
	}
}

// memoryFor is how many bytes the reading of a file asks for in all.
func memoryFor(t testing.TB, path string) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	must(t, Walk(context.Background(), []string{path}, func(Item) error { return nil }))
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
