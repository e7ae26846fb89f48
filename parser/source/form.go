package source

import (
	"bytes"
	"slices"
	"strings"
)

// sniffed is how many bytes from the start decide what a file is.
const sniffed = 64 << 10

// form is what the first bytes of a file show it to be.
type form int

const (
	formText  form = iota // one message, or none: it is read whole
	formOther             // known and not read: otherForm says what it is
	formTable
	formZip
	formTar
	formGzip
	formZstd
)

// streamed says that a file is not read whole: of a form that holds several
// cables, or messages one after the other, as far as its start shows.
func streamed(head []byte) bool { return formOf(head) >= formTable || isSeveral(head) }

// archive says that a form is an archive or packed: within another one it is
// not opened.
func (f form) archive() bool { return f >= formZip }

// formOf knows a form by its first bytes.
func formOf(head []byte) form {
	starts := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	switch {
	case starts("PK\x03\x04"), starts("PK\x05\x06"), starts("PK\x07\x08"):
		return formZip
	case starts("\x1f\x8b"):
		return formGzip
	case starts("\x28\xb5\x2f\xfd"):
		return formZstd
	case isTar(head):
		return formTar
	case otherForm(head) != "":
		return formOther
	case looksBinary(head):
		return formText
	case isTable(head):
		return formTable
	}
	return formText
}

// otherForm says what a file is, from its first bytes, when it is of a form
// that is known and not read; else "".
func otherForm(b []byte) string {
	for _, f := range otherForms {
		if bytes.HasPrefix(b, []byte(f.magic)) {
			return f.says
		}
	}
	if len(b) > 12 && string(b[4:8]) == "ftyp" {
		return saysMedia
	}
	return ""
}

const (
	saysPicture = "it is a picture: reading pictures is not yet possible; save the text it shows and open that"
	saysOffice  = "it is a word processor's document: reading these is not yet possible; save it as text and open that"
	saysMedia   = "it is a sound or film, not a text"
	saysProgram = "it is a program, not a text"
)

var otherForms = []struct{ magic, says string }{
	{"%PDF-", errPDFLarge.Error()}, // a smaller one is read
	{"7z\xbc\xaf\x27\x1c", "it is a 7z archive, which cannot be read in bounded memory: unpack it with: 7z x FILE and open what comes out"},
	{"\xfd7zXZ\x00", "it is packed with xz, which cannot be read in bounded memory: unpack it with: xz -dk FILE and open what comes out"},
	{"BZh", "it is packed with bzip2, which is not read: unpack it with: bzip2 -dk FILE and open what comes out"},
	{"Rar!\x1a\x07", "it is a RAR archive, which is not read: unpack it with: unrar x FILE and open what comes out"},
	{"\x1f\x9d", "it is packed with compress, which is not read: unpack it with: gzip -dk FILE and open what comes out"},
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

// isTable knows a table of comma-separated values by its first row: quoted
// cells with commas between, four at least, or names of columns.
func isTable(head []byte) bool {
	head = bytes.TrimPrefix(head, byteOrderMark)
	line, _, whole := bytes.Cut(head, lineEnd)
	if bytes.HasPrefix(line, []byte(`"`)) {
		if bytes.Count(line, []byte(`","`)) >= 3 {
			return true
		}
		cells, n, closed := dialectOf(head).cut(head, false, nil)
		bare := slices.ContainsFunc(cells, func(c cell) bool { return !c.quoted })
		return n > 0 && closed && len(cells) >= 4 && !bare
	}
	if !whole || len(line) > 1000 {
		return false
	}
	cells, known := strings.Split(string(line), ","), 0
	for _, name := range cells {
		if columnNamed(name) != noColumn {
			known++
		}
	}
	if known >= 3 {
		return true
	}
	// A row without quotation marks up to its text, with an id among its cells.
	return len(cells) >= 4 && len(cells) < mostCells && slices.ContainsFunc(cells, idForm.MatchString)
}
