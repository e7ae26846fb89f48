package source

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"strings"
	"testing"
	"time"

	"chancery/model"
)

// some are three entries that are cables.
func some() []made1 {
	return []made1{{name: "a.txt", text: made}, {name: "b.txt", text: made2}, {name: "c.txt", text: made + "X\n"}}
}

// directoryOf gives where the directory of a zip begins.
func directoryOf(t *testing.T, z string) int {
	t.Helper()
	c := held([]byte(z))
	d, err := findDirectory(c)
	must(t, err)
	return int(d.at)
}

// point makes the n-th entry of a zip's directory point to another place.
func point(t *testing.T, z string, n int, to uint32) string {
	t.Helper()
	b := []byte(z)
	at := directoryOf(t, z)
	for range n {
		at += 46 + int(binary.LittleEndian.Uint16(b[at+28:])) + int(binary.LittleEndian.Uint16(b[at+30:])) + int(binary.LittleEndian.Uint16(b[at+32:]))
	}
	binary.LittleEndian.PutUint32(b[at+42:], to)
	return string(b)
}

func TestZipsThatDeceive(t *testing.T) {
	good := zipTold(t, some())
	dir := directoryOf(t, good)
	second := strings.Index(good[4:], "PK\x03\x04") + 4
	third := strings.Index(good[second+4:], "PK\x03\x04") + second + 4
	le := binary.LittleEndian
	set16 := func(z string, at int, v uint16) string {
		b := []byte(z)
		le.PutUint16(b[at:], v)
		return string(b)
	}
	set32 := func(z string, at int, v uint32) string {
		b := []byte(z)
		le.PutUint32(b[at:], v)
		return string(b)
	}
	end := strings.LastIndex(good, "PK\x05\x06")
	two := good + strings.ReplaceAll(good, "nothing", "NOTHING")
	all := []string{"a.txt 0", "b.txt 0", "c.txt 0"}
	for name, c := range map[string]struct {
		archive string
		want    []string
	}{
		"two entries share a place":            {point(t, good, 1, 0), []string{"refused 0: " + saysHidden, "refused 0: " + string(errOverlap), "refused 0: " + string(errOverlap), "c.txt 0"}},
		"an entry lies within another":         {set32(set32(good, dir+20, uint32(third+9)), 18, uint32(third+9)), []string{"refused 0: " + string(errOverlap), "b.txt 0", "c.txt 0"}},
		"an entry is not listed":               {set16(set16(set32(good[:dir]+good[dir+51:], end-51+12, uint32(end-dir-51)), end-51+8, 2), end-51+10, 2), []string{"refused 0: " + saysHidden, "b.txt 0", "c.txt 0"}},
		"two directories":                      {two, []string{"refused 0: " + saysHidden, "a.txt 0", "b.txt 0", "c.txt 0"}},
		"something after its end":              {good + "and more", append([]string{"refused 0: " + saysHidden}, all...)},
		"encrypted":                            {set16(set16(good, dir+8, 1), 6, 1), []string{"unread 0: " + string(errEncrypted), "b.txt 0", "c.txt 0"}},
		"a method that is not read":            {set16(good, 8, 99), []string{"unread 0: " + string(errMethod), "b.txt 0", "c.txt 0"}},
		"the last of several files":            {"\x00\x01\x02\x03" + set16(good[40:], end-40+4, 3), []string{"unread 0: " + string(errSplit)}},
		"one of several files":                 {set16(good, end+4, 3), []string{"unread 0: " + string(errSplit)}},
		"more entries are told than are there": {set16(good, end+10, 999), all},
		"its checksum is wrong":                {set32(good, dir+16, 1), []string{"a.txt 0", "unread 0: " + string(errSum), "b.txt 0", "c.txt 0"}},
		"its directory is lost":                {good[:dir], append([]string{"unread 0: " + string(errDirectory)}, all...)},
		"cut in the third entry":               {good[:third+80], []string{"unread 0: " + string(errDirectory), "a.txt 0", "b.txt 0", "unread 0: " + string(errCut)}},
		"its directory is damaged":             {good[:dir+52] + "XX" + good[dir+54:], []string{"a.txt 0", "unread 0: " + string(errRecord)}},
		"a word processor's document":          {zipOf(t, zip.Deflate, []made1{{name: "[Content_Types].xml", text: "<x/>"}}), []string{"not-a-cable 0: " + saysOffice}},
		"nothing in it":                        {zipOf(t, zip.Deflate, nil), []string{"not-a-cable 0: the archive is empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, items := foundIn(t, "x.zip", c.archive)
			same(t, spell(items), c.want)
		})
	}
}

// The better zip bomb: all entries are one kernel, each header quotes the
// headers after it.
func TestOverlappingBomb(t *testing.T) {
	kernel := zipTold(t, []made1{{name: "k", text: strings.Repeat("0", 8<<20)}})
	dir := directoryOf(t, kernel)
	const n = 1000
	records := strings.Repeat(kernel[dir:dir+47], n)
	end := []byte(kernel[strings.LastIndex(kernel, "PK\x05\x06"):])
	binary.LittleEndian.PutUint16(end[8:], n)
	binary.LittleEndian.PutUint16(end[10:], n)
	binary.LittleEndian.PutUint32(end[12:], uint32(len(records)))
	_, items := foundIn(t, "x.zip", kernel[:dir]+records+string(end))
	for _, it := range items {
		if it.Refusal == nil || it.Refusal.Fate != model.Refused || it.Refusal.Why != string(errOverlap) {
			t.Fatalf("found %+v", it)
		}
	}
	if len(items) != n {
		t.Errorf("%d refused, want %d", len(items), n)
	}
}

func TestDamagedTars(t *testing.T) {
	good := tarOf(t, tar.FormatUSTAR, some())
	next := block + (len(made)+block-1)/block*block // where the second header is
	bent := good[:next+10] + "?" + good[next+11:]
	for name, c := range map[string]struct {
		archive string
		want    []string
	}{
		"a header is damaged":        {bent, []string{"a.txt 0", "unread 0: " + string(errTar), "c.txt 0"}},
		"packed, a header damaged":   {gzipped(bent), []string{"a.txt 0", "unread 0: " + string(errTar), "c.txt 0"}},
		"cut in an entry":            {good[:next+block+100], []string{"a.txt 0", "b.txt 0", "unread 0: " + string(errCut), "unread 0: " + string(errCut)}},
		"cut in a header":            {good[:next+100], []string{"a.txt 0", "unread 0: " + string(errCut)}},
		"its end is missing":         {good[:len(good)-1024], []string{"a.txt 0", "b.txt 0", "c.txt 0"}},
		"packed, cut":                {gzipped(good)[:len(gzipped(good))/2], nil},
		"packed, its sum is wrong":   {gzipped(good)[:len(gzipped(good))-8] + "\x01\x02\x03\x04\x05\x06\x07\x08", nil},
		"packed, nothing but a head": {gzipped(good)[:10], []string{"unread 0: " + string(errCut)}},
	} {
		t.Run(name, func(t *testing.T) {
			_, items := foundIn(t, "x.tar", c.archive)
			if c.want != nil {
				same(t, spell(items), c.want)
				return
			}
			got := spell(items)
			if last := items[len(items)-1].Refusal; last == nil || last.Fate != model.Unread {
				t.Errorf("nothing is said of the damage: %q", got)
			}
		})
	}
}

func FuzzArchive(f *testing.F) {
	for _, a := range []string{"a.zip", "told.zip", "a.tar", "a.tar.gz", "wrong-name.7z"} {
		f.Add([]byte(archives(f)[a]))
	}
	f.Add([]byte(gzipped(made)))
	f.Fuzz(func(t *testing.T, b []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		l := DefaultLimits()
		l.Total, l.Entries = 32<<20, 5000
		s := &Set{Paths: []string{"-"}, Stdin: bytes.NewReader(b), Limits: l}
		n := 0
		must(t, s.Walk(ctx, func(it Item) error {
			n++
			if it.Refusal != nil {
				if it.Refusal.Why == "" || it.Refusal.Fate == "" {
					t.Fatalf("%+v", *it.Refusal)
				}
				return nil
			}
			if m, err := s.Message(ctx, it.Message.Source); err != nil || m.Text != it.Message.Text {
				t.Fatalf("%+v cannot be read again: %v", it.Message.Source, err)
			}
			return nil
		}))
		if n == 0 {
			t.Fatal("nothing was said")
		}
	})
}
