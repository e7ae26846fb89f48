package source

import (
	"regexp"
	"strings"

	"chancery/model"
	"chancery/parser"
)

var (
	synopsis   = regexp.MustCompile(`(?i)<table[^>]*\bid\s*=\s*["']?synopsis\b[^>]*>`)
	valuePair  = regexp.MustCompile(`(?is)<div[^>]*class\s*=\s*["']?(s_key|s_val)\b[^>]*>(.*?)</div>`)
	unseen     = regexp.MustCompile(`(?is)<(script|style|noscript)\b.*?</(script|style|noscript)\s*>|<!--.*?-->`)
	blockEnd   = regexp.MustCompile(`(?i)</(p|div|tr|li|h[1-6]|ul|ol|table|pre|section|article)\s*>`)
	taggedText = regexp.MustCompile(`(?i)<div[^>]*\bid\s*=\s*["']?tagged-text\b[^>]*>`)
)

// isPlusDHTML knows a PlusD page by the table of its labels.
func isPlusDHTML(text string) bool {
	if !strings.Contains(text, "s_key") { // cheaper than the form of a tag
		return false
	}
	at := synopsis.FindStringIndex(text)
	return at != nil && strings.Contains(text[at[1]:], "s_key")
}

// plusdPage reads a PlusD page (cable-format 5.4): the table "synopsis" holds
// a title and pairs of label and value, the text stands below it.
func plusdPage(m *parser.Message) {
	page := m.Text
	at := synopsis.FindStringIndex(page)
	table, rest, _ := strings.Cut(page[at[1]:], "</table>")
	var attributes []model.Attribute
	title, key := "", ""
	for _, pair := range valuePair.FindAllStringSubmatch(table, -1) {
		value := strings.Join(strings.Fields(htmlText(pair[2])), " ")
		switch {
		case strings.EqualFold(pair[1], "s_key"):
			key = strings.TrimSuffix(value, ":")
			attributes = append(attributes, model.Attribute{Name: key})
		case key == "" && title == "":
			title = value
		case len(attributes) > 0 && attributes[len(attributes)-1].Value == "":
			attributes[len(attributes)-1].Value = value
		}
	}
	m.Text = strings.TrimLeft(htmlLines(plusdBody(rest)), "\n\r ")
	m.Start = plusdHead(m.Text, 0)
	m.End = plusdEnd(m.Text, m.Start)
	m.Metadata = plusdMetadata(title, attributes)
	reviewed(m)
}

// plusdBody narrows what follows the table to the text: the element that
// holds it, or the longest pre, else all of it.
func plusdBody(rest string) string {
	if at := taggedText.FindStringIndex(rest); at != nil {
		rest = rest[at[1]:]
	}
	longest := ""
	for after := rest; ; {
		at := strings.Index(after, "<pre")
		if at < 0 {
			break
		}
		_, inside, ok := strings.Cut(after[at:], ">")
		if !ok {
			break
		}
		inside, next, _ := strings.Cut(inside, "</pre>")
		if len(inside) > len(longest) {
			longest = inside
		}
		after = next
	}
	if longest != "" {
		return longest
	}
	return rest
}

// htmlLines is the text of a piece of a page whose lines are elements.
func htmlLines(s string) string {
	s = unseen.ReplaceAllString(s, "")
	return htmlText(blockEnd.ReplaceAllString(s, "$0\n"))
}
