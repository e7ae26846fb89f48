package source

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"chancery/model"
)

// made2 is another made-up message.
var made2 = strings.NewReplacer("150813Z", "160900Z", "9911", "9912").Replace(made)

// member is an entry of an archive that a test makes.
type made1 struct {
	name, text string
	kind       byte // of a tar entry
	link       string
}

// collection is what the archives of the tests hold.
func collection() []made1 {
	return []made1{
		{name: "2007/", kind: tar.TypeDir},
		{name: "2007/a.html", text: madeHTML("FM AMEMBASSY ASTANA", "1. (C) X.")},
		{name: "2007/b.txt", text: made},
		{name: "README.txt", text: "About this."},
		{name: "cables.csv", text: madeRows(3, backslashed)},
		{name: "two.txt", text: made + "NNNN\n" + made2},
		{name: "in.zip", text: "PK\x03\x04 and more"},
	}
}

func inCollection() []string {
	return []string{
		"2007/a.html 0 07ASTANA9911", "2007/b.txt 0",
		"not-a-cable 0: it is text with no sign of a cable: no date-time group, no classification line, no marked paragraph",
		"cables.csv 0 07ASTANA9911", "cables.csv 1 07ASTANA9912", "cables.csv 2 07ASTANA9913",
		"two.txt 0", "two.txt 1",
		"not-a-cable 0: " + saysNested,
	}
}

func zipOf(t testing.TB, method uint16, entries []made1) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: method}
		if e.link != "" {
			h.SetMode(os.ModeSymlink | 0o777)
			e.text = e.link
		}
		f, err := w.CreateHeader(h)
		must(t, err)
		if e.text != "" {
			_, err = io.WriteString(f, e.text)
			must(t, err)
		}
	}
	must(t, w.Close())
	return b.String()
}

// zipTold is a zip whose entries tell their sizes before their data, as most
// programs write it.
func zipTold(t testing.TB, entries []made1) string {
	t.Helper()
	from, err := zip.NewReader(strings.NewReader(zipOf(t, zip.Deflate, entries)), int64(len(zipOf(t, zip.Deflate, entries))))
	must(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range from.File {
		f.Flags &^= 8
		out, err := w.CreateRaw(&f.FileHeader)
		must(t, err)
		in, err := f.OpenRaw()
		must(t, err)
		_, err = io.Copy(out, in)
		must(t, err)
	}
	must(t, w.Close())
	return b.String()
}

func tarOf(t testing.TB, format tar.Format, entries []made1) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Mode: 0o644, Size: int64(len(e.text)), Typeflag: e.kind, Linkname: e.link, Format: format}
		if e.kind == 0 {
			h.Typeflag = tar.TypeReg
		}
		if h.Typeflag != tar.TypeReg {
			h.Size = 0
		}
		must(t, w.WriteHeader(h))
		if h.Size > 0 {
			_, err := io.WriteString(w, e.text)
			must(t, err)
		}
	}
	must(t, w.Close())
	return b.String()
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.String()
}

func zstded(s string) string {
	var b bytes.Buffer
	w, _ := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
	_, _ = io.WriteString(w, s)
	_ = w.Close()
	return b.String()
}

// archives are the collection in every kind of archive.
func archives(t testing.TB) map[string]string {
	return map[string]string{
		"a.zip":         zipOf(t, zip.Deflate, collection()),
		"stored.zip":    zipOf(t, zip.Store, collection()),
		"told.zip":      zipTold(t, collection()),
		"a.tar":         tarOf(t, tar.FormatUSTAR, collection()),
		"pax.tar":       tarOf(t, tar.FormatPAX, collection()),
		"gnu.tar":       tarOf(t, tar.FormatGNU, collection()),
		"a.tar.gz":      gzipped(tarOf(t, tar.FormatGNU, collection())),
		"wrong-name.7z": zstded(tarOf(t, tar.FormatPAX, collection())),
	}
}

func TestArchivesAreReadInPlace(t *testing.T) {
	for name, archive := range archives(t) {
		t.Run(name, func(t *testing.T) {
			_, items := foundIn(t, name, archive)
			same(t, spell(items), inCollection())
			if m := items[1].Message; m.Text != made || m.Source.SHA256 != sumOf([]byte(made)) || !strings.HasSuffix(m.Source.Path, name) {
				t.Errorf("source %+v", m.Source)
			}
			if !items[0].First || items[1].First {
				t.Error("the first item of a file is not told")
			}
			if no := items[2].Refusal; !strings.HasSuffix(no.Path, name+"/README.txt") {
				t.Errorf("refused %q", no.Path)
			}
			for _, it := range items {
				if strings.HasPrefix(it.Message.Source.Entry, "two") {
					if m := it.Message; m.Source.Length == 0 || m.Text != made2 && m.Text != made+"NNNN\n" {
						t.Errorf("%+v holds %q", m.Source, m.Text)
					}
				}
			}
		})
	}
}

func TestPackedFiles(t *testing.T) {
	for name, pack := range map[string]func(string) string{"gzip": gzipped, "zstandard": zstded} {
		for what, c := range map[string]struct {
			text string
			want []string
		}{
			"text":    {made, []string{"0"}},
			"page":    {madeHTML("FM AMEMBASSY ASTANA", "1. (C) X."), []string{"0 07ASTANA9911"}},
			"table":   {madeRows(2, doubled), []string{"0 07ASTANA9911", "1 07ASTANA9912"}},
			"several": {made + "NNNN\n" + made2, []string{"0", "1"}},
			"nothing": {"", []string{"not-a-cable 0: it is empty"}},
			"packed":  {gzipped(made), []string{"not-a-cable 0: " + saysNested}},
			"prose":   {"Once upon a time.", []string{"not-a-cable 0: it is text with no sign of a cable: no date-time group, no classification line, no marked paragraph"}},
		} {
			t.Run(name+"/"+what, func(t *testing.T) {
				_, items := foundIn(t, "x", pack(c.text))
				same(t, spell(items), c.want)
			})
		}
	}
	for form, says := range map[string]string{"\xfd7zXZ\x00\x00": "xz -dk", "7z\xbc\xaf\x27\x1c": "7z x", "BZh9": "bzip2 -dk", "Rar!\x1a\x07\x00": "unrar x"} {
		_, items := foundIn(t, "x", form+made)
		if got := spell(items); len(got) != 1 || !strings.Contains(got[0], "unpack it with: "+says) || items[0].Refusal.Fate != model.NotCable {
			t.Errorf("%q: %q", form, got)
		}
	}
}

// Names are labels: one that means harm is refused and shown, the rest read.
func TestUnsafeNames(t *testing.T) {
	names := []string{
		"../../.ssh/authorized_keys", "/etc/passwd", `C:\cables\a.txt`, "c:a.txt", `\\server\share\a`, `..\up.txt`, "a/../../b",
		"2007/\x1b]0;hi\x07.html", "nul\x00.txt", "\u0085.txt", strings.Repeat("n", longestName+1),
	}
	var entries []made1
	for _, n := range names {
		entries = append(entries, made1{name: n, text: made})
	}
	entries = append(entries, made1{name: "good.txt", text: made}, made1{name: "GOOD.TXT", text: made2}, made1{name: "./good.txt", text: made})
	check := func(name, archive string, without ...string) {
		t.Run(name, func(t *testing.T) {
			_, items := foundIn(t, name, archive)
			refused, good := 0, []string{}
			for _, it := range items {
				if it.Refusal == nil {
					good = append(good, it.Message.Source.Entry)
					continue
				}
				if it.Refusal.Fate != model.Refused {
					t.Errorf("%q is %s", it.Refusal.Path, it.Refusal.Fate)
				}
				refused++
			}
			if want := len(names) - len(without); refused != want {
				t.Errorf("%d refused, want %d: %q", refused, want, spell(items))
			}
			same(t, good, []string{"good.txt", "GOOD.TXT (2)", "./good.txt (3)"})
		})
	}
	check("x.zip", zipOf(t, zip.Deflate, entries))
	for i, e := range entries {
		if strings.Contains(e.name, "\x00") { // no tar can be made with it
			entries = append(entries[:i], entries[i+1:]...)
			break
		}
	}
	check("x.tar", tarOf(t, tar.FormatGNU, entries), "nul")
}

func TestLinksAndDevicesInArchives(t *testing.T) {
	_, items := foundIn(t, "x.tar", tarOf(t, tar.FormatPAX, []made1{
		{name: "link", kind: tar.TypeSymlink, link: "/etc/passwd"},
		{name: "hard", kind: tar.TypeLink, link: "link"},
		{name: "dev", kind: tar.TypeChar},
		{name: "pipe", kind: tar.TypeFifo},
		{name: "a.txt", text: made},
	}))
	same(t, spell(items), []string{"refused 0: " + saysLink, "refused 0: " + saysLink, "refused 0: " + saysDevice, "refused 0: " + saysDevice, "a.txt 0"})
	_, items = foundIn(t, "x.zip", zipOf(t, zip.Store, []made1{{name: "link", link: "/etc/passwd"}, {name: "a.txt", text: made}}))
	same(t, spell(items), []string{"refused 0: " + saysLink, "a.txt 0"})
}

// What unpacks to far more than it is stops where the limit is.
func TestRatios(t *testing.T) {
	bomb := strings.Repeat(" ", 4<<20)
	for name, archive := range map[string]string{
		"x.zip":    zipOf(t, zip.Deflate, []made1{{name: "bomb", text: bomb}, {name: "a.txt", text: made}}),
		"x.tar.gz": gzipped(tarOf(t, tar.FormatPAX, []made1{{name: "a.txt", text: made}, {name: "bomb", text: bomb}})),
		"x.gz":     gzipped(bomb),
		"x.zst":    zstded(bomb),
	} {
		_, items := foundIn(t, name, archive)
		bombs, cables := 0, 0
		for _, it := range items {
			switch {
			case it.Refusal == nil:
				cables++
			case it.Refusal.Why == errRatio.Error() && it.Refusal.Fate == model.Refused:
				bombs++
			}
		}
		if bombs == 0 || cables == 0 && strings.Contains(name, ".t") {
			t.Errorf("%s: %q", name, spell(items))
		}
	}
	// many entries, each within its own limit, and an archive of 1 MB in all
	l := DefaultLimits()
	l.Total = 1 << 20
	var entries []made1
	chance := rand.New(rand.NewPCG(1, 2))
	for i := range 200 {
		var b strings.Builder
		for range 700 {
			fmt.Fprintf(&b, "%012d\n", chance.Int64N(1e12))
		}
		entries = append(entries, made1{name: fmt.Sprint(i), text: made + b.String()})
	}
	for _, archive := range []string{zipOf(t, zip.Deflate, entries), gzipped(tarOf(t, tar.FormatPAX, entries))} {
		dir := lay(t, map[string]string{"x": archive})
		s := &Set{Paths: []string{dir}, Limits: l}
		cables, refused := 0, 0
		must(t, s.Walk(context.Background(), func(it Item) error {
			if it.Refusal == nil {
				cables++
			} else if it.Refusal.Why == errTotal.Error() && it.Refusal.Fate == model.Refused {
				refused++
			}
			return nil
		}))
		if cables < 50 || cables > 120 || refused == 0 {
			t.Errorf("%d cables, %d refused", cables, refused)
		}
	}
}

// A text in an archive may be as large as one on disk, a table larger.
func TestLargeEntries(t *testing.T) {
	rows := 0
	large := strings.Repeat("Once upon a time there was nothing.\n", MaxFile/36+1)
	entries := []made1{{name: "large.txt", text: large}, {name: "table.csv", text: string(madeTable(2600, backslashed))}, {name: "a.pdf", text: "%PDF-1.4\n" + large}, {name: "a.txt", text: made}}
	for name, archive := range map[string]string{
		"x.zip": zipOf(t, zip.Store, entries), "x.tar": tarOf(t, tar.FormatPAX, entries), "x.tar.zst": zstdStored(tarOf(t, tar.FormatPAX, entries)),
	} {
		dir := lay(t, map[string]string{name: archive})
		s := &Set{Paths: []string{dir}}
		var says []string
		var last model.Source
		rows = 0
		must(t, s.Walk(context.Background(), func(it Item) error {
			switch {
			case it.Refusal != nil:
				says = append(says, it.Refusal.Why)
			case it.Message.Source.Format == CablesCSV:
				rows, last = rows+1, it.Message.Source
			default:
				says = append(says, it.Message.Source.Entry)
			}
			return nil
		}))
		same(t, says, []string{"it is larger than the 16 MB that one text may have, and of no known form", otherForm([]byte("%PDF-")), "a.txt"})
		if m, err := s.Message(context.Background(), last); rows != 2600 || err != nil || m.Metadata.ID != "07ASTANA9999" {
			t.Errorf("%s: %d rows; the last, read again: %v", name, rows, err)
		}
	}
}

// zstdStored packs bytes that repeat themselves no more than real text does.
func zstdStored(s string) string {
	var b bytes.Buffer
	w, _ := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(zstd.MinWindowSize))
	for len(s) > 0 { // in small frames, each of which begins anew
		n := min(len(s), 2000)
		_, _ = io.WriteString(w, s[:n])
		_ = w.Close()
		w.Reset(&b)
		s = s[n:]
	}
	return b.String()
}

// An archive of a hundred thousand entries, and one of more than are allowed.
func TestManyEntries(t *testing.T) {
	var entries []made1
	for i := range 100_000 {
		entries = append(entries, made1{name: fmt.Sprint(i), text: "x"})
	}
	for name, archive := range map[string]string{"x.zip": zipOf(t, zip.Store, entries), "x.tar.gz": gzipped(tarOf(t, tar.FormatUSTAR, entries[:20_000]))} {
		entries := entries
		if name == "x.tar.gz" {
			entries = entries[:20_000]
		}
		dir := lay(t, map[string]string{name: archive})
		n := 0
		must(t, (&Set{Paths: []string{dir}}).Walk(context.Background(), func(it Item) error {
			if it.Refusal != nil && it.Refusal.Fate == model.NotCable {
				n++
			}
			return nil
		}))
		if n != len(entries) {
			t.Errorf("%s: %d entries were told, of %d", name, n, len(entries))
		}
		l := DefaultLimits()
		l.Entries = 10_000
		refused := 0
		must(t, (&Set{Paths: []string{dir}, Limits: l}).Walk(context.Background(), func(it Item) error {
			if it.Refusal != nil && it.Refusal.Why == errEntries.Error() && it.Refusal.Fate == model.Refused {
				refused++
			}
			return nil
		}))
		if refused != 1 {
			t.Errorf("%s: the limit was told %d times", name, refused)
		}
	}
}
