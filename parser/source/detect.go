package source

import (
	"bytes"
	"regexp"
	"strings"

	"chancery/model"
	"chancery/parser"
)

// The formats of a cable's source, as parse --json names them.
const (
	PageText      = "page-text"
	CablegateHTML = "cablegate-html"
	CablesCSV     = "cables-csv"
	RawMessage    = "message"
)

// read turns the bytes of one text into a message or says why not. named says
// that the user named the file: then one sign of a cable is enough, while a
// file met in a folder needs a strong one or two.
func read(b []byte, src model.Source, named bool) Item {
	no := func(why string) Item { return refusal(src, model.NotCable, why) }
	if len(b) == 0 {
		return no("it is empty")
	}
	if isPDF(b) {
		return readPDF(b, src, named)
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
	m := parser.Message{Text: text, Source: src}
	m.Source.Charset, m.Source.Bytes = charset, len(b)
	switch {
	case readForm(&m):
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
	case isRelease(text):
		m.Source.Format = FOIAText
		if !releasedText(&m) {
			return no("it was released under the Freedom of Information Act, but there is no cable under the stamps")
		}
	case isSMART(text):
		m.Source.Format = RawMessage
		smartText(&m)
	case isMessage(text, named):
		m.Source.Format = RawMessage
		m.Metadata, m.Start = mailed(text)
	default:
		return no("it is text with no sign of a cable: no date-time group, no classification line, no marked paragraph")
	}
	m.Source.SHA256 = sumOf(b)
	return Item{Message: m}
}

// texts reads the bytes of one file or entry: a text, or several messages one
// after the other.
func texts(b []byte, src model.Source, named bool) []Item {
	var items []Item
	at := int64(0)
	for at == 0 || len(b) > 0 {
		n, _ := messageEnd(b, true)
		if at == 0 && n == len(b) {
			return []Item{read(b, src, named)}
		}
		one := src
		one.Index, one.Offset, one.Length = len(items), src.Offset+at, int64(n)
		items = append(items, read(b[:n:n], one, named))
		at, b = at+int64(n), b[n:]
	}
	return items
}

var htmlStart = regexp.MustCompile(`(?i)^\s*(<\?xml[^>]*>\s*)?(<!--|<!doctype\s+html|<html|<head|<body)`)

func isHTML(text string) bool {
	return htmlStart.MatchString(text[:min(len(text), 4096)])
}

var byteOrderMark = []byte("\xef\xbb\xbf")

func isUTF16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff"))
}
