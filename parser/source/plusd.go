package source

import (
	"regexp"
	"strings"
	"time"

	"chancery/model"
	"chancery/parser"
)

// plusdLabels are the labels of a PlusD page (cable-format 5.4), each as it is
// printed before its colon. A label that others begin with stands after them.
var plusdLabels = [...]string{
	"Date", "Canonical ID", "Original Classification", "Current Classification", "Handling Restrictions",
	"Character Count", "Executive Order", "Locator", "TAGS", "Concepts", "Enclosure", "Type", "Office Origin",
	"Office Action", "Archive Status", "From", "Markings", "To",
	"Linked documents or other documents with the same ID", "Linked documents", "Additional Info", "Declassification Date",
}

// maxValue is how long a value may grow that goes on over lines.
const maxValue = 16 << 10

// label is a label that stands in a line: its name, where it begins and where
// its value does.
type label struct {
	name     string
	from, to int
}

// plusdLabelAt reads the label that begins at a place of a line.
func plusdLabelAt(line string, at int) (l label, ok bool) {
	for _, name := range plusdLabels {
		if rest, found := strings.CutPrefix(line[at:], name); found && strings.HasPrefix(rest, ":") {
			return label{name, at, at + len(name) + 1}, true
		}
	}
	return label{}, false
}

// plusdRow finds the labels of a line. All but the first stand behind two
// blanks or a tab, so that a value which holds such a word stays whole.
func plusdRow(line string) (row []label) {
	gap := 2
	for at := 0; at < len(line); at++ {
		switch line[at] {
		case ' ':
			gap++
			continue
		case '\t', '\f':
			gap = 2
			continue
		}
		if gap >= 2 {
			if l, ok := plusdLabelAt(line, at); ok {
				row = append(row, l)
				at = l.to - 1
			}
		}
		gap = 0
	}
	return row
}

// isPlusDText knows a PlusD page saved as text: the label of its id and two
// more, however far down, for the page begins with a key block and addresses.
func isPlusDText(text string) bool {
	if isHTML(text) {
		return false
	}
	text = text[:min(len(text), sniffed)]
	at := strings.Index(text, "Canonical ID:")
	if at < 0 {
		return false
	}
	seen := 0
	for _, name := range [...]string{"Original Classification:", "Current Classification:", "Character Count:", "Archive Status:", "Handling Restrictions:", "Locator:"} {
		if strings.Contains(text, name) {
			seen++
		}
	}
	return seen >= 2
}

// plusdText reads a PlusD page saved as text. All before the labels is the
// page's own: the key block of its makers and how to reach them.
func plusdText(m *parser.Message) {
	text := m.Text
	first, title := plusdTop(text)
	var attributes []model.Attribute
	at, wraps, blank := first, false, false
	for at < len(text) {
		line, next := lineAt(text, at)
		row := plusdRow(line)
		t := strings.TrimSpace(line)
		n := len(attributes) - 1
		switch {
		case len(row) > 0:
			for i, l := range row {
				end := len(line)
				if i+1 < len(row) {
					end = row[i+1].from
				}
				attributes = append(attributes, model.Attribute{Name: l.name, Value: strings.TrimSpace(line[l.to:end])})
			}
			last := attributes[len(attributes)-1].Name
			wraps = last == "TAGS" || last == "Concepts" || last == "Markings"
		case t == "":
			blank = true
			at = next
			continue
		case messageBegins(t) || isMessageLine(t):
			m.Start = at
		case plusdFurniture(t):
			m.Start = next
		case n >= 0 && attributes[n].Value == "":
			attributes[n].Value = t
		case n >= 0 && wraps && !blank && len(attributes[n].Value) < maxValue:
			attributes[n].Value += " " + t
		default:
			m.Start = at
		}
		if m.Start > 0 {
			break
		}
		blank = false
		at = next
	}
	if m.Start == 0 {
		m.Start = len(text)
	}
	m.Start = plusdHead(text, m.Start)
	m.End = plusdEnd(text, m.Start)
	m.Metadata = plusdMetadata(title, attributes)
	reviewed(m)
}

// plusdTop gives the line of the first label, that of the date, and the title
// above it. Between two labels stands one value at most, so that a word like
// a label in what stands above the title is not taken for one.
func plusdTop(text string) (first int, title string) {
	first = strings.LastIndexByte(text[:strings.Index(text, "Canonical ID:")], '\n') + 1
	for at, values := first, 0; at > 0 && values < 2; {
		line, _ := lineAt(text, at)
		if strings.HasPrefix(strings.TrimSpace(line), "Date:") {
			break
		}
		at = strings.LastIndexByte(text[:at-1], '\n') + 1
		line, _ = lineAt(text, at)
		switch {
		case len(plusdRow(line)) > 0:
			first, values = at, 0
		case strings.TrimSpace(line) != "":
			values++
		}
	}
	above := strings.TrimRight(text[:first], " \t\r\n")
	title = strings.TrimSpace(above[strings.LastIndexByte(above, '\n')+1:])
	if strings.HasPrefix(title, "-----") || plusdFurniture(title) {
		title = ""
	}
	return first, title
}

// plusdWords are lines of the page around the message: the names of its views
// and what it asks of its readers.
var plusdWords = map[string]bool{
	"Content": true, "Raw content": true, "Raw Content": true, "Raw Metadata": true, "Metadata": true, "Print": true, "Share": true,
	"Show Headers": true, "Hide Headers": true, "Show": true, "Hide": true, "Header": true, "e-Highlighter": true,
	"Click to send permalink to address bar, or right-click to copy permalink.": true, "Tweet these highlights": true, "Un-highlight all": true,
}

func plusdFurniture(line string) bool { return plusdWords[line] }

// plusdHead skips the names of the page's views that stand before the message.
func plusdHead(text string, at int) int {
	for at < len(text) {
		line, next := lineAt(text, at)
		if t := strings.TrimSpace(line); t != "" && !plusdFurniture(t) && !strings.HasPrefix(t, "Un-highlight selection") {
			break
		}
		at = next
	}
	return at
}

// plusdEnd gives where the message ends and the page goes on, 0 when it does
// not.
func plusdEnd(text string, from int) int {
	for at := from; at < len(text); {
		line, next := lineAt(text, at)
		t := strings.TrimSpace(line)
		if t == "Raw Metadata" || t == "Metadata" || t == "Raw content" || t == "Raw Content" ||
			strings.HasPrefix(t, "You can use this tool to generate a print-friendly PDF") ||
			strings.HasPrefix(t, "Use this tool to ") || strings.HasPrefix(t, "Help Expand The Public Library of US Diplomacy") {
			return at
		}
		at = next
	}
	return 0
}

// isMessageLine says whether a line can be no value of a label, but the
// beginning of a message: a strong sign of one, or a level alone.
func isMessageLine(line string) bool {
	for i := range signs {
		if signs[i].strong && signs[i].form.MatchString(line) {
			return true
		}
	}
	return levelAlone.MatchString(line)
}

var levelAlone = regexp.MustCompile(`^(` + spacedLevel + `)(//[A-Z/ ]+)?$`)

// plusdMetadata says what the labels mean. From and To are the archive's
// geographic wording, not the names in the envelope.
func plusdMetadata(title string, attributes []model.Attribute) *model.Metadata {
	m := &model.Metadata{Title: title, Attributes: attributes}
	for _, a := range attributes {
		if isNone(a.Value) {
			continue
		}
		switch a.Name {
		case "Canonical ID":
			m.ID = plusdID(a.Value)
		case "Date":
			m.CreatedText, m.Created = a.Value, plusdTime(a.Value)
		case "Original Classification":
			m.Classification = a.Value
		case "Current Classification":
			m.Current = a.Value
		case "From":
			m.Origin = a.Value
		case "To":
			m.To = strings.Join(strings.FieldsFunc(a.Value, func(r rune) bool { return r == '|' }), ",")
			m.To = strings.ReplaceAll(m.To, " ,", ",")
		case "TAGS":
			m.Tags = plusdTags(a.Value)
		case "Markings":
			m.Release = releaseIn(a.Value)
		}
	}
	if m.Release != nil {
		m.Released = m.Release.Date
	}
	return m
}

// plusdID drops what says from which batch a record came: _a to _e.
func plusdID(s string) string {
	if f := strings.Fields(s); len(f) > 0 {
		s = f[0]
	}
	if n := len(s); n > 2 && s[n-2] == '_' && s[n-1]|0x20 >= 'a' && s[n-1]|0x20 <= 'e' {
		return s[:n-2]
	}
	return s
}

// plusdTime reads "1978 November 22, 00:00 (Wednesday)". Midnight mostly
// means that the time is not known.
func plusdTime(s string) time.Time {
	day, _, _ := strings.Cut(s, "(")
	for _, form := range [...]string{"2006 January 2, 15:04", "2006 January 2"} {
		if t, err := time.Parse(form, strings.TrimSpace(day)); err == nil {
			return t
		}
	}
	return time.Time{}
}

// plusdTags cuts the meanings off: "PREL - Political Affairs | KZ -
// Kazakhstan". A code is in capitals; what is no code is left out.
func plusdTags(s string) []string {
	var tags []string
	for _, one := range strings.Split(s, "|") {
		code, _, _ := strings.Cut(strings.TrimSpace(one), " - ")
		if code = strings.TrimSpace(code); code != "" && code == strings.ToUpper(code) {
			tags = append(tags, code)
		}
	}
	return tags
}

// isNone knows the ways in which archives print that there is no value.
func isNone(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "", "n/a", "na", "-- n/a or blank --", "-- not assigned --", "n/a or blank":
		return true
	}
	return false
}
