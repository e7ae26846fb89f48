package source

import (
	"bytes"
	"regexp"
	"strings"

	"chancery/model"
	"chancery/parser"
)

// sniffed is how many bytes from the start decide what a file is.
const sniffed = 64 << 10

// The formats of a cable's source, as parse --json names them.
const (
	PageText      = "page-text"
	CablegateHTML = "cablegate-html"
	RawMessage    = "message"
)

// read turns the bytes of one file into a message or says why not. named says
// that the user named the file: then one sign of a cable is enough, while a
// file met in a folder needs a strong one or two.
func read(b []byte, path string, named bool) Item {
	no := func(why string) Item { return Item{Refusal: &model.Refusal{Path: path, Why: why}} }
	if len(b) == 0 {
		return no("it is empty")
	}
	if why := otherForm(b); why != "" {
		return no(why)
	}
	if looksBinary(b) {
		return no("it holds data, not text")
	}
	text, charset := decode(b)
	if strings.TrimSpace(text) == "" {
		return no("it holds nothing but blanks")
	}
	m := parser.Message{Text: text}
	m.Source = model.Source{Path: path, Charset: charset, Bytes: len(b)}
	switch {
	case isPageText(text):
		m.Source.Format = PageText
		m.Metadata, m.Start = pageText(text)
	case isHTML(text):
		page, why := cablePage(text)
		if why != "" {
			return no(why)
		}
		m.Source.Format = CablegateHTML
		m.Text, m.Metadata = page.text, page.metadata
	case isTable(text):
		return no("it is a table of comma-separated values: reading these is not yet possible; save the cables as single texts and open those")
	case isMessage(text, named):
		m.Source.Format = RawMessage
	default:
		return no("it is text with no sign of a cable: no date-time group, no classification line, no marked paragraph")
	}
	m.Source.SHA256 = hash(b)
	return Item{Message: m}
}

// otherForm says what a file is, from its first bytes, when it is of a form
// that is known and not read; else "".
func otherForm(b []byte) string {
	for _, f := range otherForms {
		if bytes.HasPrefix(b, []byte(f.magic)) {
			return f.says
		}
	}
	if len(b) > 262 && string(b[257:262]) == "ustar" {
		return saysArchive
	}
	if len(b) > 12 && string(b[4:8]) == "ftyp" {
		return saysMedia
	}
	return ""
}

const (
	saysArchive = "it is an archive: reading archives is not yet possible; unpack it and open the folder"
	saysPacked  = "it is a compressed file: reading these is not yet possible; unpack it and open what comes out"
	saysPicture = "it is a picture: reading pictures is not yet possible; save the text it shows and open that"
	saysOffice  = "it is a word processor's document: reading these is not yet possible; save it as text and open that"
	saysMedia   = "it is a sound or film, not a text"
	saysProgram = "it is a program, not a text"
)

var otherForms = []struct{ magic, says string }{
	{"%PDF-", "it is a PDF document: reading PDFs is not yet possible; save it as text (pdftotext -layout) and open that"},
	{"PK\x03\x04", saysArchive},
	{"PK\x05\x06", saysArchive},
	{"7z\xbc\xaf\x27\x1c", saysArchive},
	{"Rar!\x1a\x07", saysArchive},
	{"\x1f\x8b", saysPacked},
	{"BZh", saysPacked},
	{"\xfd7zXZ\x00", saysPacked},
	{"\x28\xb5\x2f\xfd", saysPacked},
	{"\x89PNG\r\n", saysPicture},
	{"\xff\xd8\xff", saysPicture},
	{"GIF8", saysPicture},
	{"II*\x00", saysPicture},
	{"MM\x00*", saysPicture},
	{"RIFF", saysMedia},
	{"ID3", saysMedia},
	{"OggS", saysMedia},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", saysOffice},
	{"{\\rtf", saysOffice},
	{"\x7fELF", saysProgram},
	{"MZ\x90\x00", saysProgram},
	{"SQLite format 3\x00", "it is a database: reading databases is not yet possible"},
}

var htmlStart = regexp.MustCompile(`(?i)^\s*(<\?xml[^>]*>\s*)?(<!--|<!doctype\s+html|<html|<head|<body)`)

func isHTML(text string) bool {
	return htmlStart.MatchString(text[:min(len(text), 4096)])
}

// isTable knows a file of rows by its first line: quoted cells with commas
// between, four at least.
func isTable(text string) bool {
	line, _, _ := strings.Cut(text[:min(len(text), sniffed)], "\n")
	return strings.HasPrefix(line, `"`) && strings.Count(line, `","`) >= 3
}
