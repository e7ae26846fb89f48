package parser_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"chancery/parser"
	"chancery/parser/source/sample"
)

// madeUp builds a cable of about 10 kB, the size of most: envelope, front,
// twenty paragraphs under headings, page lines, a signature.
func madeUp() string {
	var b strings.Builder
	b.WriteString("VZCZCXRO9999\nPP RUEHAK RUEHMO\nDE RUEHTA #9911/01 0451230\nZNY CCCCC ZZH\nP 141230Z FEB 08\nFM AMEMBASSY ASTANA\n" +
		"TO RUEHC/SECSTATE WASHDC PRIORITY 9901\nINFO RUEHAK/AMEMBASSY ANKARA 9902\nRUEHMO/AMEMBASSY MOSCOW 9903\nRHEHNSC/NSC WASHDC 9904\n" +
		"C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 009911 \n \nSIPDIS \n \nSTATE FOR SCA/CEN \n \nE.O. 12958: DECL: 02/14/2018 \n" +
		"TAGS: PREL PGOV ENRG KZ\nSUBJECT: KAZAKHSTAN: THE MINISTER OF PEARS COUNTS HIS \nORCHARDS \n \nREF: A. STATE 9905 \n     B. 07 ASTANA 9906 \n \n" +
		"Classified By: Ambassador Jane Placeholder for reasons 1.4 (b) and (d). \n \n")
	for n := 1; n <= 20; n++ {
		if n%4 == 2 {
			fmt.Fprintf(&b, "--------------------- \nA Heading of the Part \n--------------------- \n \n")
		}
		fmt.Fprintf(&b, "%d. (C) The Minister said that the orchards had been counted \n", n)
		for range 6 {
			b.WriteString("and that the count was (as ever) higher than 9,000 trees in \n")
		}
		if n%7 == 0 {
			b.WriteString(" \nASTANA 00009911  002 OF 002 \n \n \n")
		}
		b.WriteString("the valley, which nobody believed. \n \n")
	}
	b.WriteString("PLACEHOLDER \n")
	return b.String()
}

func BenchmarkParse(b *testing.B) {
	text := madeUp()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		parser.Parse(parser.Message{Text: text})
	}
}

// BenchmarkParseCorpus reads the texts of the collection that comes with the
// program, from memory: cables of all times and shapes.
func BenchmarkParseCorpus(b *testing.B) {
	texts, size := sampleTexts(b)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range texts {
			parser.Parse(parser.Message{Text: t})
		}
	}
	b.ReportMetric(float64(len(texts)), "cables/op")
}

// sampleTexts gives the texts of the collection and how many bytes they hold.
func sampleTexts(t testing.TB) (texts []string, size int) {
	t.Helper()
	files := sample.FS()
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		texts, size = append(texts, string(text)), size+len(text)
		return err
	})
	if err != nil || len(texts) == 0 {
		t.Fatal("no collection", err)
	}
	return texts, size
}

// BenchmarkParseGold reads the labelled cables, where they are at hand.
func BenchmarkParseGold(b *testing.B) {
	texts := gold(b)
	n := 0
	for _, t := range texts {
		n += len(t)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range texts {
			parser.Parse(parser.Message{Text: t})
		}
	}
	b.ReportMetric(float64(len(texts)), "cables/op")
}
