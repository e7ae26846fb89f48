package source

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/sha256"
	"encoding/ascii85"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chancery/model"
	"chancery/parser"
)

// document builds a PDF from objects, numbered from 1; the first is the
// catalog.
func document(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}

func streamObject(dict, data string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data)
}

func deflated(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// drawn draws lines of text in a page of a font with letters of one width.
func drawn(lines []string) string {
	var b strings.Builder
	b.WriteString("BT /F1 10 Tf 12 TL 50 780 Td\n")
	for _, l := range lines {
		l = strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`).Replace(l)
		fmt.Fprintf(&b, "(%s) Tj T*\n", l)
	}
	return b.String() + "ET\n"
}

const courier = "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"

// documentOf draws a text on pages of 60 lines.
func documentOf(text string) []byte {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", courier}
	var kids []string
	for len(lines) > 0 {
		n := min(len(lines), 60)
		kids = append(kids, fmt.Sprintf("%d 0 R", len(objects)+1))
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", len(objects)+2),
			streamObject("/Filter /FlateDecode", deflated(drawn(lines[:n]))))
		lines = lines[n:]
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	return document(objects...)
}

// page is a document of one page with this content; more objects may follow
// from number 5 on.
func page(resources, content string, more ...string) []byte {
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 842] /Contents 4 0 R /Resources << " + resources + " >> >>",
		content,
	}
	return document(append(objects, more...)...)
}

const oneFont = "/Font << /F1 5 0 R >>"

// Every way in which a document may write its text gives that text.
func TestPDFText(t *testing.T) {
	lzw := string([]byte{0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01}) // the example of ISO 32000-1, 7.4.4.2
	if got := string(unpackLZW([]byte(lzw), 100, true)); got != "-----A---B" {
		t.Errorf("LZW gives %q", got)
	}
	var a85 bytes.Buffer
	w := ascii85.NewEncoder(&a85)
	w.Write([]byte(deflated(drawn([]string{"BOTH FILTERS"}))))
	w.Close()
	table := "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n" +
		"2 beginbfrange <0001> <0003> <0041> <0010> <0011> [<0066> <D83DDE00>] endbfrange 1 beginbfchar <0020> <00660069> endbfchar endcmap"
	for name, x := range map[string]struct {
		file []byte
		want string
	}{
		"lines":             {documentOf("ONE\n\nTWO (2)\n  THREE"), "ONE\n\nTWO (2)\n  THREE\n"},
		"two pages":         {documentOf(strings.Repeat("A\n", 60) + "B"), strings.Repeat("A\n", 60) + "B\n"},
		"two filters":       {page(oneFont, streamObject("/Filter [/ASCII85Decode /FlateDecode]", a85.String()+"~>"), courier), "BOTH FILTERS\n"},
		"hexadecimal":       {page(oneFont, streamObject("/Filter /AHx", hex.EncodeToString([]byte(drawn([]string{"HEX"})))+">"), courier), "HEX\n"},
		"several contents":  {page(oneFont, "[6 0 R 7 0 R]", courier, streamObject("", "BT /F1 10 Tf"), streamObject("", "50 700 Td (JOINED) Tj ET")), "JOINED\n"},
		"gaps for blanks":   {page(oneFont, streamObject("", "BT /F1 10 Tf 50 700 Td [(KERN) -600 (ED) 20 (LY)] TJ ET"), courier), "KERN EDLY\n"},
		"out of order":      {page(oneFont, streamObject("", "BT /F1 10 Tf 80 700 Td (RIGHT) Tj ET BT /F1 10 Tf 50 700 Td (LEFT) Tj ET BT /F1 10 Tf 50 712 Td (ABOVE) Tj ET"), courier), "ABOVE\nLEFT RIGHT\n"},
		"flipped":           {page(oneFont, streamObject("", "q 0.5 0 0 -0.5 0 800 cm BT /F1 20 Tf 1 0 0 -1 0 0 Tm 8 -100 Td (FIRST) Tj ET BT /F1 20 Tf 1 0 0 -1 0 0 Tm 8 -124 Td (SECOND) Tj ET Q"), courier), "FIRST\nSECOND\n"},
		"turned":            {bytes.Replace(page(oneFont, streamObject("", "BT /F1 10 Tf 0 1 -1 0 300 50 Tm (UP) Tj 0 1 -1 0 312 50 Tm (DOWN) Tj ET"), courier), []byte("/Contents 4"), []byte("/Rotate 90 /Contents 4"), 1), "UP\nDOWN\n"},
		"drawn twice":       {page(oneFont, streamObject("", "BT /F1 10 Tf 50 700 Td (BOLD) Tj 0.2 0 Td (BOLD) Tj ET"), courier), "BOLD\n"},
		"a form":            {page(oneFont+" /XObject << /X 6 0 R >>", streamObject("", "/X Do"), courier, streamObject("/Subtype /Form /Matrix [1 0 0 1 0 0]", "BT /F1 10 Tf 50 700 Td (FORMED) Tj ET")), "FORMED\n"},
		"a picture within":  {page(oneFont, streamObject("", "BI /W 1 ID (((<<< EI BT /F1 10 Tf 50 700 Td (SEEN) Tj ET"), courier), "SEEN\n"},
		"escapes":           {page(oneFont, streamObject("", `BT /F1 10 Tf 50 700 Td (\101\102(nested)\)\`+"\n"+`\266 \3431.) Tj ET`), courier), "AB(nested))¶ ã1.\n"},
		"names of glyphs":   {page(oneFont, streamObject("", "BT /F1 10 Tf 50 700 Td (abc\\001) Tj ET"), "<< /Type /Font /Subtype /Type1 /BaseFont /X /Encoding << /Differences [97 /paragraph /Eacute /uni0416 1 /fi] >> >>"), "¶ÉЖfi\n"},
		"two-byte codes":    {page(oneFont, streamObject("", "BT /F1 10 Tf 50 700 Td <000100020003 00100011 0020> Tj ET"), "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< /DW 600 /W [1 [600 600] 3 17 600] >>] /ToUnicode 6 0 R >>", streamObject("", table)), "ABCf😀fi\n"},
		"objects in stream": {packed(), "PACKED\n"},
	} {
		got, err := pdfText(x.file)
		if err != nil || got != x.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, x.want)
		}
	}
}

// packed is a document whose objects stand in a stream, written with a
// predictor, as programs do since 2003.
func packed() []byte {
	parts := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] >>", "<< /Type /Page /Contents 5 0 R /Resources << /Font << /F1 << /Subtype /Type1 /BaseFont /Courier >> >> >> >>"}
	var index, all string
	for i, p := range parts {
		index += fmt.Sprintf("%d %d ", i+1, len(all))
		all += p + " "
	}
	data := index + all
	var rows strings.Builder // PNG rows of 8 bytes, each as its difference from the row above
	above := make([]byte, 8)
	for at := 0; at < len(data); at += 8 {
		row := []byte(data[at:min(len(data), at+8)])
		rows.WriteByte(2)
		for i, c := range row {
			rows.WriteByte(c - above[i])
		}
		copy(above, row)
	}
	objects := streamObject(fmt.Sprintf("/Type /ObjStm /N 3 /First %d /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 8 >>", len(index)), deflated(rows.String()))
	return []byte("%PDF-1.5\n4 0 obj\n" + objects + "\nendobj\n5 0 obj\n" + streamObject("", drawn([]string{"PACKED"})) + "\nendobj\nstartxref\n0\n%%EOF\n")
}

// What cannot be read costs one sentence, and says what to do.
func TestPDFRefusals(t *testing.T) {
	good := documentOf(made)
	for name, x := range map[string]struct {
		file []byte
		want string
	}{
		"head alone":        {[]byte("%PDF-1.7\n"), "damaged or cut short"},
		"encrypted":         {bytes.Replace(good, []byte("/Root 1 0 R"), []byte("/Root 1 0 R /Encrypt << /Filter /Standard >>"), 1), "qpdf --decrypt"},
		"pictures only":     {page("/XObject << /X 5 0 R >>", streamObject("", "q 612 0 0 842 0 0 cm /X Do Q"), streamObject("/Subtype /Image /Filter /DCTDecode", "\xff\xd8\xff")), "ocrmypdf"},
		"no cable":          {documentOf("A letter about the weather.\n"), "it is a PDF document, and of its text: it is text with no sign of a cable"},
		"unpacks to much":   {page(oneFont, streamObject("/Filter /FlateDecode", deflated(strings.Repeat(" ", 8<<20))), courier), "unpacks to more"},
		"pages in a circle": {document("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] >>"), "damaged or cut short"},
	} {
		it := reading(x.file, "x.pdf", false)
		if it.Refusal == nil || !strings.Contains(it.Refusal.Why, x.want) || strings.ContainsAny(it.Refusal.Why, "\n") {
			t.Errorf("%s: %+v", name, it.Refusal)
		}
	}
}

// A damaged file whose text is there is read: the tables of a document are not
// needed.
func TestPDFRepaired(t *testing.T) {
	want, err := pdfText(documentOf(made))
	must(t, err)
	good := documentOf(made)
	for name, file := range map[string][]byte{
		"without its end":    good[:bytes.LastIndex(good, []byte("xref\n0"))],
		"wrong table":        bytes.Replace(good, []byte("00000 n"), []byte("00009 n"), -1),
		"wrong length":       bytes.Replace(good, []byte("/Length "), []byte("/Length 9"), -1),
		"no tree of pages":   bytes.Replace(good, []byte("/Kids"), []byte("/Kits"), 1),
		"something before":   append([]byte("Received: by mail\n"), good...),
		"head of version 2":  bytes.Replace(good, []byte("%PDF-1.4"), []byte("%PDF-2.0"), 1),
		"carriage returns":   bytes.ReplaceAll(good, []byte("obj\n"), []byte("obj\r\n")),
		"saved after change": append(bytes.Clone(good), []byte("\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Lang (en) >>\nendobj\n")...),
	} {
		if got, err := pdfText(file); err != nil || got != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// Files made to exhaust a machine end soon and hold little.
func TestPDFMadeToExhaust(t *testing.T) {
	deep := strings.Repeat("[", 1<<20)
	huge := streamObject("", "1 beginbfrange <0000> <ffffffff> <0041> endbfrange 4000000000 beginbfchar <00> <41> endbfchar")
	font := "<< /Type /Font /Subtype /Type0 /DescendantFonts [<< /W [0 4000000000 500] >>] /ToUnicode 6 0 R >>"
	show := streamObject("", "BT /F1 10 Tf 50 700 Td (AA) Tj ET")
	for name, file := range map[string][]byte{
		"deep arrays":       []byte("%PDF-1.4\n1 0 obj\n" + deep),
		"deep dictionaries": []byte("%PDF-1.4\n1 0 obj\n" + strings.Repeat("<</A", 1<<18) + "/Catalog"),
		"deep content":      page(oneFont, streamObject("", deep), courier),
		"forms in a circle": page(oneFont+" /XObject << /X 6 0 R >>", streamObject("", "/X Do"), courier, streamObject("/Subtype /Form /Resources << /XObject << /X 6 0 R >> >>", strings.Repeat("/X Do ", 50))),
		"tables of codes":   page(oneFont, show, font, huge),
		"open hexadecimals": page(oneFont, streamObject("", "BT <00"), courier),
		"many open arrays":  []byte("%PDF-1.4\n" + strings.Repeat("1 0 obj [ /XRef ", 20_000)),
		"an own reference":  document("<< /Type /Catalog /Pages 1 0 R /Kids 1 0 R >>"),
		"length of itself":  document("<< /Type /Catalog /Pages 2 0 R >>", "<< /Length 2 0 R >>\nstream\nx\nendstream"),
		"saved states":      page(oneFont, streamObject("", strings.Repeat("q ", 1<<19)), courier),
		"strings":           page(oneFont, streamObject("", "BT /F1 1 Tf "+strings.Repeat("(A) Tj ", 1<<17)), courier),
	} {
		if it := reading(file, "x.pdf", true); it.Refusal == nil && it.Message.Source.Format != PDF {
			t.Errorf("%s: read as %q", name, it.Message.Source.Format)
		}
	}
}

// The made-up document of the suite is a raw message on two pages.
func TestPDFOfATelegram(t *testing.T) {
	it, c := madeCable(t, "telegram.pdf")
	s := it.Message.Source
	b, err := os.ReadFile(filepath.Join("testdata", "forms", "telegram.pdf"))
	must(t, err)
	equal(t, "format", s.Format, PDF)
	equal(t, "bytes", s.Bytes, len(b))
	equal(t, "hash", s.SHA256, fmt.Sprintf("%x", sha256.Sum256(b)))
	equal(t, "id", c.ID, "08VALLETTA9919")
	equal(t, "from", c.From.Name, "AMEMBASSY VALLETTA")
	equal(t, "subject", c.Subject, "LIGHTHOUSE KEEPER DECLINES TO BE MODERNIZED, CITING FOG")
	equal(t, "level", c.Classification.Level, model.Confidential)
	equal(t, "signature", c.Signature, "FARRUGIA-NEMO")
	equal(t, "dtg", c.Envelope.DTG, time.Date(2008, time.February, 14, 12, 30, 0, 0, time.UTC))
	var marks []string
	for _, b := range c.Blocks {
		marks = append(marks, b.Number+" "+b.Kind.String()+" "+b.Mark.Raw)
	}
	equal(t, "blocks", marks, []string{"1 summary C", " heading ", "2 paragraph C", "3 paragraph U"})
	equal(t, "a sentence over two pages", flowing(c.Blocks[2]), "The keeper told Poloff that the lamp had never failed and that the fog, which is the other party, had never complained.")
}

// Records and releases stand in PDFs too: their wrapper is read as in a text.
func TestPDFOfARecord(t *testing.T) {
	for name, id := range map[string]string{"aad.txt": "75ASTANA9912", "foia.txt": "12ASTANA9913", "plusd.txt": "78REYKJAVIK9911"} {
		b, err := os.ReadFile(filepath.Join("testdata", "forms", name))
		must(t, err)
		_, whole := madeCable(t, name)
		it := reading(documentOf(string(b)), "x.pdf", false)
		if it.Refusal != nil {
			t.Errorf("%s: %s", name, it.Refusal.Why)
			continue
		}
		c := parser.Parse(it.Message)
		tiled(t, c)
		equal(t, name+": format", c.Source.Format, PDF)
		equal(t, name+": id", c.ID, id)
		equal(t, name+": metadata", c.Metadata, whole.Metadata)
		equal(t, name+": subject", c.Subject, whole.Subject)
		equal(t, name+": blocks", len(c.Blocks), len(whole.Blocks))
	}
}

// A document may be larger than a text: what makes it so are pictures.
func TestLargePDF(t *testing.T) {
	picture := []byte("%" + strings.Repeat(" ", MaxFile) + "\nxref\n0")
	dir := lay(t, map[string]string{"large.pdf": string(bytes.Replace(documentOf(made), []byte("xref\n0"), picture, 1))})
	set := &Set{Paths: []string{dir}}
	n := 0
	must(t, set.Walk(context.Background(), func(it Item) error {
		if it.Refusal != nil {
			t.Fatal(it.Refusal.Why)
		}
		n++
		equal(t, "format", it.Message.Source.Format, PDF)
		raw, err := set.Raw(context.Background(), it.Message.Source)
		must(t, err)
		equal(t, "bytes", len(raw), it.Message.Source.Bytes)
		m, err := set.Message(context.Background(), it.Message.Source)
		must(t, err)
		equal(t, "text", m.Text, it.Message.Text)
		return nil
	}))
	equal(t, "documents", n, 1)
}
