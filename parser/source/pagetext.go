package source

import (
	"strings"
	"time"

	"chancery/model"
)

// The labels that head a page saved as text; their values follow in the same
// order, one a line (cable-format 5.1).
var pageLabels = [...]string{"Identifier", "Created", "Classification", "Origin"}

// lineAt gives the line that begins at an offset, without its end, and where
// the next one begins. Beyond the last line next is len(text).
func lineAt(text string, at int) (line string, next int) {
	i := strings.IndexByte(text[at:], '\n')
	if i < 0 {
		return strings.TrimSuffix(text[at:], "\r"), len(text)
	}
	return strings.TrimSuffix(text[at:at+i], "\r"), at + i + 1
}

// pageStart finds the first label within the first ten lines and gives the
// offset after the last one.
func pageStart(text string) (after int, ok bool) {
	seen := 0
	for at, n := 0, 0; at < len(text) && n < 14; n++ {
		line, next := lineAt(text, at)
		at = next
		line = strings.TrimSpace(line)
		switch {
		case line == pageLabels[seen]:
			seen++
			if seen == len(pageLabels) {
				return at, true
			}
		case seen > 0 && line != "", seen == 0 && n >= 10:
			return 0, false
		}
	}
	return 0, false
}

func isPageText(text string) bool {
	_, ok := pageStart(text)
	return ok
}

// pageText reads the labels of a page saved as text and finds where the
// message begins: after the line "pdf how-to read a cable", or, when that was
// lost, after the TAGS of the page.
func pageText(text string) (*model.Metadata, int) {
	m := &model.Metadata{}
	at, _ := pageStart(text)
	at = pageValues(text, at, m)
	start := at
	inTitle := false
	for at < len(text) {
		line, next := lineAt(text, at)
		t := strings.TrimSpace(line)
		low := strings.ToLower(t)
		switch {
		case strings.HasSuffix(low, "how-to read a cable"):
			return m, next
		case strings.HasPrefix(low, "cable title:"):
			inTitle = true
			m.Title = strings.TrimSpace(t[len("cable title:"):])
			start = next
		case strings.HasPrefix(t, "Tags:") && len(m.Tags) == 0:
			inTitle = false
			m.Tags = strings.FieldsFunc(t[len("Tags:"):], func(r rune) bool { return r == ' ' || r == ',' || r == '\t' })
			start = next
		case messageBegins(t):
			return m, at
		case inTitle && t != "":
			m.Title = strings.TrimSpace(m.Title + " " + t)
			start = next
		case !inTitle && t != "":
			// Neither a label nor the link line: the message has begun.
			return m, start
		}
		at = next
	}
	return m, start
}

// pageValues reads the four values and gives the offset after them.
func pageValues(text string, at int, m *model.Metadata) int {
	into := [...]*string{&m.ID, &m.CreatedText, &m.Classification, &m.Origin}
	for n := 0; n < len(into) && at < len(text); {
		line, next := lineAt(text, at)
		t := strings.TrimSpace(line)
		if strings.HasPrefix(t, "Cable title:") || messageBegins(t) {
			break // a value is missing
		}
		at = next
		if t != "" {
			*into[n] = t
			n++
		}
	}
	m.Created = pageTime(m.CreatedText)
	return at
}

// pageTime reads a time as the pages print it, in UTC; zero when it is none.
func pageTime(s string) time.Time {
	for _, form := range [...]string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.Parse(form, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

func messageBegins(line string) bool {
	return strings.HasPrefix(line, "VZCZC") || preamble.MatchString(line)
}
