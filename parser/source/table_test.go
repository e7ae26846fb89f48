package source

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chancery/model"
)

// A made-up row's envelope and body, with what tables have to escape.
const (
	rowEnvelope = "VZCZCXYZ9901\nP 150813Z OCT 07\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 9901\n"
	rowBody     = "C O N F I D E N T I A L ASTANA 009911\n\nTAGS: PREL KZ\nSUBJECT: A \"MEETING\", OR C:\\NOWHERE\n\n1. (C) He said \"no\",\nand then: \"\".\n"
)

// madeRow is the row with a number, written with an escape.
func madeRow(n int, escape *strings.Replacer) string {
	cells := []string{
		fmt.Sprint(n), "10/15/2007 8:13", fmt.Sprintf("07ASTANA%d", 9910+n), "Embassy Astana", "CONFIDENTIAL", "06ROME9902|07ASTANA9912",
		rowEnvelope, rowBody + fmt.Sprintf("2. (C) Row %d.\n", n),
	}
	for i, c := range cells {
		cells[i] = `"` + escape.Replace(c) + `"`
	}
	return strings.Join(cells, ",") + "\n"
}

func madeRows(n int, escape *strings.Replacer) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(madeRow(i+1, escape))
	}
	return b.String()
}

// foundIn gives all items of one file of this content.
func foundIn(t testing.TB, name, content string) (*Set, []Item) {
	t.Helper()
	dir := lay(t, map[string]string{name: content})
	return foundAt(t, &Set{Paths: []string{filepath.Join(dir, name)}})
}

// foundAt gives all items of a set, and holds that each cable can be read
// again from where it is said to stand.
func foundAt(t testing.TB, s *Set) (*Set, []Item) {
	t.Helper()
	var items []Item
	must(t, s.Walk(context.Background(), func(it Item) error { items = append(items, it); return nil }))
	for _, it := range items {
		if it.Refusal != nil {
			continue
		}
		m, err := s.Message(context.Background(), it.Message.Source)
		if err != nil {
			t.Errorf("%+v cannot be read again: %v", it.Message.Source, err)
		} else if m.Text != it.Message.Text || m.Start != it.Message.Start || m.Source != it.Message.Source {
			t.Errorf("read again it is\n%+v\n%q\nand was\n%+v\n%q", m.Source, m.Text, it.Message.Source, it.Message.Text)
		}
		raw, err := s.Raw(context.Background(), it.Message.Source)
		if err != nil || len(raw) != it.Message.Source.Bytes {
			t.Errorf("%+v: raw gives %d bytes, %v", it.Message.Source, len(raw), err)
		}
	}
	return s, items
}

// spell gives one line an item: entry and index, or fate, line and reason.
func spell(items []Item) (out []string) {
	for _, it := range items {
		if no := it.Refusal; no != nil {
			out = append(out, fmt.Sprintf("%s %d: %s", no.Fate, no.Line, no.Why))
			continue
		}
		m := it.Message
		id := ""
		if m.Metadata != nil {
			id = m.Metadata.ID
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %d %s", m.Source.Entry, m.Source.Index, id)))
	}
	return out
}

func TestTable(t *testing.T) {
	for name, table := range map[string]string{
		"backslashes":         madeRows(3, backslashed),
		"doubled":             madeRows(3, doubled),
		"CR LF between rows":  strings.ReplaceAll(madeRows(3, backslashed), "\"\n", "\"\r\n"),
		"byte order mark":     "\xef\xbb\xbf" + madeRows(3, backslashed),
		"no last line end":    strings.TrimSuffix(madeRows(3, doubled), "\n"),
		"blank lines after":   madeRows(3, backslashed) + strings.Repeat("\n", 500),
		"blank lines between": strings.ReplaceAll(madeRows(3, backslashed), "\"\n", "\"\n\n"),
	} {
		t.Run(name, func(t *testing.T) {
			_, items := foundIn(t, "cables.bin", table)
			same(t, spell(items), []string{"0 07ASTANA9911", "1 07ASTANA9912", "2 07ASTANA9913"})
			m := items[1].Message
			body := rowBody
			if name == "CR LF between rows" {
				body = strings.ReplaceAll(body, "\"\n", "\"\r\n")
			}
			if name == "blank lines between" {
				body = strings.ReplaceAll(body, "\"\n", "\"\n\n")
			}
			if want := rowEnvelope + "\n" + body + "2. (C) Row 2.\n"; m.Text != want || m.Start != 0 {
				t.Errorf("text\n%q\nwant\n%q", m.Text, want)
			}
			at := strings.Index(table, `"2","10`)
			if m.Source.Format != CablesCSV || m.Source.Offset != int64(at) || !strings.HasPrefix(table[at+int(m.Source.Length):], `"3"`) && name != "blank lines between" {
				t.Errorf("source %+v, the row stands at %d", m.Source, at)
			}
			d := m.Metadata
			if d.CreatedText != "10/15/2007 8:13" || !d.Created.Equal(time.Date(2007, 10, 15, 8, 13, 0, 0, time.UTC)) || d.Origin != "Embassy Astana" ||
				d.Classification != "CONFIDENTIAL" || strings.Join(d.References, " ") != "06ROME9902 07ASTANA9912" {
				t.Errorf("metadata %+v", *d)
			}
		})
	}
}

// Tables are handed on with other columns, with a header, without some.
func TestTableVariants(t *testing.T) {
	q := func(s string) string { return `"` + doubled.Replace(s) + `"` }
	for name, c := range map[string]struct{ row, want string }{
		"header, id first": {"refid,date,subject,tags,body\n07ASTANA9911,2007-10-15 08:13:00,Nothing,\"PREL, KZ\"," + q(rowBody) + "\n", rowBody},
		"header with quotes": {`"id","created","origin","classification","header","content"` + "\n" +
			strings.Join([]string{q("07ASTANA9911"), q("2007-10-15"), q("Embassy Astana"), q("SECRET"), q(rowEnvelope), q(rowBody)}, ",") + "\n", rowEnvelope + "\n" + rowBody},
		"text first":            {strings.Join([]string{q(rowBody), q(rowEnvelope), q("07ASTANA9911"), q("10/15/2007 8:13")}, ",") + "\n", rowEnvelope + "\n" + rowBody},
		"no envelope":           {strings.Join([]string{q("1"), q("07ASTANA9911"), q("Embassy Astana"), q(rowBody)}, ",") + "\n", rowBody},
		"eight, empty envelope": {strings.Join([]string{q("1"), q("10/15/2007 8:13"), q("07ASTANA9911"), q("Embassy Astana"), q("CONFIDENTIAL"), q(""), q(""), q(rowBody)}, ",") + "\n", rowBody},
		"unquoted small cells":  {"1,10/15/2007 8:13,07ASTANA9911,Embassy Astana,CONFIDENTIAL,," + q(rowEnvelope) + "," + q(rowBody) + "\n" + "2,10/15/2007 8:13,07ASTANA9912,Embassy Astana,CONFIDENTIAL,," + q(rowEnvelope) + "," + q(rowBody) + "\n", rowEnvelope + "\n" + rowBody},
	} {
		t.Run(name, func(t *testing.T) {
			_, items := foundIn(t, "x.csv", c.row)
			if len(items) == 0 || items[0].Refusal != nil {
				t.Fatalf("found %q", spell(items))
			}
			if m := items[0].Message; m.Text != c.want || m.Metadata.ID != "07ASTANA9911" || m.Source.Index != 0 {
				t.Errorf("%q of\n%q\nwant\n%q", m.Metadata.ID, m.Text, c.want)
			}
		})
	}
	_, items := foundIn(t, "headers.csv", "date,id,from,tags\n2007-10-15,07ASTANA9911,Embassy Astana,PREL\n")
	same(t, spell(items), []string{"not-a-cable 0: " + saysNoText})
	_, items = foundIn(t, "headers.csv", "id,date,origin,body\n")
	same(t, spell(items), []string{"not-a-cable 0: " + saysNoRow})
}

// What is wrong with one row costs that row.
func TestTableWithBrokenRows(t *testing.T) {
	row := func(n int) string { return madeRow(n, backslashed) }
	lines := strings.Count(row(1), "\n")
	for name, c := range map[string]struct {
		second string
		want   string
	}{
		"a field too few":      {strings.Replace(row(2), `"Embassy Astana",`, "", 1), saysShort},
		"a field too many":     {strings.Replace(row(2), `"Embassy Astana",`, `"Embassy Astana","x",`, 1), saysShort},
		"last quote missing":   {strings.TrimSuffix(row(2), "\"\n") + "\n", saysShort},
		"quote missing inside": {strings.Replace(row(2), `CONFIDENTIAL"`, "CONFIDENTIAL", 1), saysShort},
		"cut in the body":      {row(2)[:len(row(2))-40] + "\n", saysShort},
		"no text":              {`"2","10/15/2007 8:13","07ASTANA9912","Embassy Astana","CONFIDENTIAL","","",""` + "\n", saysEmpty},
	} {
		t.Run(name, func(t *testing.T) {
			_, items := foundIn(t, "x.csv", row(1)+c.second+row(3)+row(4))
			fate := model.Unread
			if c.want == saysEmpty {
				fate = model.NotCable
			}
			same(t, spell(items), []string{"0 07ASTANA9911", fmt.Sprintf("%s %d: %s", fate, lines+1, c.want), "2 07ASTANA9913", "3 07ASTANA9914"})
		})
	}
	// at the end of the table nothing follows that could close a field
	_, items := foundIn(t, "x.csv", row(1)+row(2)[:len(row(2))-40])
	same(t, spell(items), []string{"0 07ASTANA9911", fmt.Sprintf("unread %d: %s", lines+1, saysOpen)})
	// a quotation mark that no one escaped is text when no comma follows it
	_, items = foundIn(t, "x.csv", row(1)+strings.Replace(row(2), `no\"`, `no" way`, 1)+row(3))
	same(t, spell(items), []string{"0 07ASTANA9911", "1 07ASTANA9912", "2 07ASTANA9913"})
}

// Rows longer than what is read at once, and one longer than any text may be.
func TestTableWithLongRows(t *testing.T) {
	long := func(n, size int) string {
		return strings.Replace(madeRow(n, backslashed), "2. (C) Row", strings.Repeat("LONG \\\"LINE\\\"\n", size/13)+"2. (C) Row", 1)
	}
	_, items := foundIn(t, "x.csv", long(1, 3*headBytes)+madeRow(2, backslashed)+long(3, 2*batchBytes)+long(4, MaxFile+5)+madeRow(5, backslashed)+madeRow(6, backslashed))
	got := spell(items)
	for i, g := range got {
		if strings.HasSuffix(g, saysLarge) {
			got[i] = saysLarge
		}
	}
	same(t, got, []string{"0 07ASTANA9911", "1 07ASTANA9912", "2 07ASTANA9913", saysLarge, "4 07ASTANA9915", "5 07ASTANA9916"})
}

// repeated is a reader of the same rows again and again.
type repeated struct {
	row  string
	left int
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.row[r.at:])
	if r.at += n; r.at == len(r.row) {
		r.at, r.left = 0, r.left-1
	}
	return n, nil
}

// A table of any size takes the same memory.
func TestTableInConstantMemory(t *testing.T) {
	const n = 40_000 // of 7 kB: 280 MB
	row := string(madeTable(1, backslashed))
	var most, rows uint64
	s := tableStream(&repeated{row: row, left: n}, model.Source{Path: "x"}, DefaultLimits())
	must(t, s(t.Context(), func(g task) error {
		rows += uint64(len(g.(batch).rows))
		if rows%1000 < 40 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		return nil
	}))
	if rows != n || most > 8<<20 {
		t.Errorf("%d rows in %d MB", rows, most>>20)
	}
}

// The bytes of batches are used again, but not those of giants: these would
// stay in memory until the end of the table.
func TestTableUsesBytesAgain(t *testing.T) {
	giant := strings.Replace(string(madeTable(1, backslashed)), "Nothing more", strings.Repeat("Nothing more. ", 1<<18), 1)
	small := strings.NewReader(strings.Repeat(string(madeTable(1, backslashed)), 2000))
	table := tableOf(io.MultiReader(strings.NewReader(giant+giant), small), model.Source{Path: "x"}, DefaultLimits())
	rows, again := 0, 0
	var caps []int
	met := map[*byte]bool{}
	must(t, table.run(t.Context(), func(g task) error {
		b := g.(batch)
		at := &b.bytes[:1][0]
		if met[at] {
			again++
		}
		met[at] = true
		caps = append(caps, cap(b.bytes))
		items, _ := g.read(t.Context())
		rows += len(items)
		return nil
	}))
	last := slices.Max(caps[len(caps)-6:])
	if rows != 2002 || again == 0 || last > 2*batchBytes || slices.Max(caps) < 3<<20 {
		t.Errorf("%d rows; bytes were used again %d times; at the end there are %d", rows, again, last)
	}
}

// Map pauses before each task and before work on each item.
func TestPause(t *testing.T) {
	var pauses, works atomic.Int32
	set := &Set{Paths: []string{"-"}, Stdin: strings.NewReader(madeRows(2, backslashed)), Pause: func() { pauses.Add(1) }}
	must(t, Map(t.Context(), set, func(Item) int32 { return works.Add(1) }, func(Item, int32) error { return nil }))
	if p, w := pauses.Load(), works.Load(); w != 2 || p < 2+w { // a task that opens it, one of rows
		t.Errorf("%d pauses, %d works", p, w)
	}
}

// Broken rows that each promise to end far away are not looked at again and
// again.
func TestTableThatOnlyBegins(t *testing.T) {
	begin := `"1","10/15/2007 8:13","07ASTANA9911","x","y","z","VZCZC` + "\n"
	looks := &counter{Reader: strings.NewReader(madeRows(2, backslashed) + strings.Repeat(begin, 200_000))}
	n := 0
	s := tableStream(looks, model.Source{Path: "x"}, DefaultLimits())
	must(t, s(t.Context(), func(g task) error {
		items, _ := g.read(t.Context())
		n += len(items)
		return nil
	}))
	if n < 3 {
		t.Errorf("%d items", n)
	}
}

func TestStandardInputHoldsATable(t *testing.T) {
	_, items := foundAt(t, &Set{Paths: []string{"-"}, Stdin: strings.NewReader(madeRows(2, backslashed))})
	same(t, spell(items), []string{"0 07ASTANA9911", "1 07ASTANA9912"})
	l := DefaultLimits()
	l.Input = 1 << 20
	_, items = foundAt(t, &Set{Paths: []string{"-"}, Stdin: &repeated{row: madeRow(1, backslashed), left: 1 << 20}, Limits: l})
	same(t, spell(items), []string{"unread 0: standard input is kept in memory, and this is more than 1 MB: save it as a file and open that"})
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte(madeRows(3, backslashed)), uint8(0))
	f.Add([]byte(madeRows(2, doubled)), uint8(3))
	f.Add([]byte(`"a","b","c","VZCZC"`+"\n\"\\"), uint8(9))
	f.Add([]byte("id,date,body,tags\n,,\n\"\"\"\"\"\",x,\"\n\",y"), uint8(1))
	f.Fuzz(func(t *testing.T, b []byte, shift uint8) {
		// between two good rows, whatever it is: the first is always read
		b = append(append([]byte(madeRow(1, backslashed)), b...), madeRow(2, backslashed)...)
		at, good := int64(0), 0
		s := tableStream(&slow{b, int(shift)*7 + 1}, model.Source{Path: "x"}, DefaultLimits())
		must(t, s(t.Context(), func(g task) error {
			items, _ := g.read(t.Context())
			for _, it := range items {
				if it.Refusal != nil {
					continue
				}
				src := it.Message.Source
				if src.Offset < at || src.Offset+src.Length > int64(len(b)) {
					t.Fatalf("row at %d of %d bytes after one that ends at %d, in %d", src.Offset, src.Length, at, len(b))
				}
				at = src.Offset + src.Length
				good++
				l := g.(batch).layout
				row, again, err := l.again(bytes.NewReader(b), src, MaxFile)
				if err != nil || again.Message.Text != it.Message.Text || string(row) != string(b[src.Offset:at]) {
					t.Fatalf("read again: %v", err)
				}
			}
			return nil
		}))
		if good == 0 && len(b) < 2000 && strings.Count(string(b), "\n") < 30 {
			t.Logf("no row was read of %q", b)
		}
	})
}

// slow gives few bytes at a time.
type slow struct {
	b    []byte
	step int
}

func (s *slow) Read(p []byte) (int, error) {
	if len(s.b) == 0 {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), s.step)], s.b)
	s.b = s.b[n:]
	return n, nil
}
