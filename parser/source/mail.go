package source

import (
	"bytes"
	"mime"
	"net/mail"
	"regexp"
	"strings"

	"chancery/model"
)

var mailField = regexp.MustCompile(`^[A-Za-z][A-Za-z-]*:`)

// mailBegins knows a letter of an mbox: the line "From " with a date, and a
// field of a header after it.
func mailBegins(b []byte) bool {
	if !bytes.HasPrefix(b, []byte("From ")) {
		return false
	}
	line, rest, _ := bytes.Cut(b[:min(len(b), 1000)], lineEnd)
	return mboxLine.Match(line) && mailField.Match(rest)
}

// mailed gives what the header of a letter says, and where the message that
// it carries begins; nil and 0 where there is no such header.
func mailed(text string) (*model.Metadata, int) {
	at := 0
	if strings.HasPrefix(text, "From ") {
		_, at = lineAt(text, 0)
	}
	if !mailField.MatchString(text[at:min(len(text), at+80)]) {
		return nil, 0
	}
	m, last, sender := &model.Metadata{}, "", false
	for at < len(text) {
		line, next := lineAt(text, at)
		if line == "" {
			if !sender || m.CreatedText == "" {
				return nil, 0
			}
			return m, next
		}
		name, value, ok := strings.Cut(line, ":")
		switch {
		case line[0] == ' ' || line[0] == '\t':
			if last == "subject" {
				m.Title += " " + strings.TrimSpace(line)
			}
		case !ok || !mailField.MatchString(line):
			return nil, 0
		default:
			last = strings.ToLower(name)
			sender = sender || last == "from"
			takeField(m, last, strings.TrimSpace(value))
		}
		at = next
	}
	return nil, 0
}

// takeField notes what a field of a letter's header says of the cable.
func takeField(m *model.Metadata, name, value string) {
	switch name {
	case "subject":
		m.Title = value
		if s, err := new(mime.WordDecoder).DecodeHeader(value); err == nil {
			m.Title = s
		}
	case "date":
		m.CreatedText = value
		if t, err := mail.ParseDate(value); err == nil {
			m.Created = t.UTC()
		}
	case "x-classification":
		m.Classification = value
	}
}
