package source

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"chancery/model"
)

// htmlPage is what is left of a cablegate page: the text of its cable and
// what the page's own table says of it.
type htmlPage struct {
	text     string
	metadata *model.Metadata
}

var (
	tableCell = regexp.MustCompile(`(?is)<td>(.*?)</td>`)
	tagLink   = regexp.MustCompile(`(?i)<a href=['"]/tag/[^'"]*['"]>([^<]*)</a>`)
)

// cablePage reads a cablegate HTML page (cable-format 5.2): only what follows
// the last table of class "cable" matters. The first pre is the envelope, the
// second the body; the text joins them with an empty line between. why is the
// refusal of a page that holds no cable.
func cablePage(page string) (p htmlPage, why string) {
	at := max(last(page, "<table class='cable'>"), last(page, `<table class="cable">`))
	if at < 0 {
		return p, "it is an HTML page of a form that is not known; save the text of the cable and open that"
	}
	head, rest := page[:at], page[at:]
	envelope, after, ok := between(rest, "<pre>", "</pre>")
	if !ok {
		return p, "it is an HTML page that lists cables and holds none"
	}
	p.text = htmlText(envelope)
	if body, _, ok := between(after, "<pre>", "</pre>"); ok {
		p.text += "\n\n" + htmlText(body)
	}
	table, _, _ := strings.Cut(rest, "<pre>")
	p.metadata = pageTable(table)
	if i := last(head, "<h3>Viewing cable "); i >= 0 {
		title, _, _ := between(head[i:], "<h3>Viewing cable ", "</h3>")
		id, title, _ := strings.Cut(title, ",")
		p.metadata.Title = plainCell(title)
		if p.metadata.ID == "" {
			p.metadata.ID = plainCell(id)
		}
	}
	for _, m := range tagLink.FindAllStringSubmatch(rest, -1) {
		p.metadata.Tags = append(p.metadata.Tags, plainCell(m[1]))
	}
	return p, ""
}

// last is where a word stands for the last time, -1 when it does not. Looking
// forward again and again is several times faster than strings.LastIndex.
func last(s, word string) int {
	at := -1
	for {
		next := strings.Index(s[at+1:], word)
		if next < 0 {
			return at
		}
		at += 1 + next
	}
}

// between gives what stands between two words, and what follows them. Where
// the second is lost, as in a page cut short, everything to the end counts.
func between(s, open, end string) (inside, after string, ok bool) {
	_, s, ok = strings.Cut(s, open)
	inside, after, _ = strings.Cut(s, end)
	return inside, after, ok
}

// pageTable reads the five columns of the page's table.
func pageTable(table string) *model.Metadata {
	m := &model.Metadata{}
	var released string
	into := [...]*string{&m.ID, &m.CreatedText, &released, &m.Classification, &m.Origin}
	for i, c := range tableCell.FindAllStringSubmatch(table, len(into)) {
		*into[i] = plainCell(c[1])
	}
	m.Created, m.Released = pageTime(m.CreatedText), pageTime(released)
	return m
}

// plainCell is the text of a piece of a page on one line.
func plainCell(s string) string { return strings.Join(strings.Fields(htmlText(s)), " ") }

// htmlText takes tags out of a piece of a page and then decodes entities,
// each once. The pages are not clean: "&" and "<" also stand for themselves
// ("&centrales8", "< 5 per cent"), so only what is surely a tag or an entity
// is taken for one. Decoded characters are never read as markup again.
func htmlText(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	end := -1 // where the next ">" stands, so that it is looked for once
	for i := 0; i < len(s); {
		next := strings.IndexAny(s[i:], "<&")
		if next < 0 {
			out.WriteString(s[i:])
			break
		}
		out.WriteString(s[i : i+next])
		i += next
		if s[i] == '&' {
			if text, n := entity(s[i:]); n > 0 {
				out.WriteString(text)
				i += n
				continue
			}
		} else {
			if end < i {
				end = len(s)
				if j := strings.IndexByte(s[i:], '>'); j >= 0 {
					end = i + j
				}
			}
			if name, n := tag(s[i:], end-i); n > 0 {
				if name == "br" && !lineEnds(out.String(), s[i+n:]) {
					out.WriteByte('\n')
				}
				i += n
				continue
			}
		}
		out.WriteByte(s[i])
		i++
	}
	return out.String()
}

// lineEnds says that a line break stands on either side of a br, which then
// adds none: line numbers are those of the text as it was sent.
func lineEnds(before, after string) bool {
	return before == "" || strings.HasSuffix(before, "\n") || strings.HasSuffix(before, "\n ") ||
		strings.HasPrefix(after, "\n") || strings.HasPrefix(after, lineFeed) || strings.HasPrefix(after, " "+lineFeed)
}

// lineFeed is how the pages write the end of a line.
const lineFeed = "&#x000A;"

// The elements that occur in pages. What stands in angle brackets and is none
// of these, such as an address of mail, is text.
var elements = map[string]bool{
	"a": true, "abbr": true, "b": true, "big": true, "blockquote": true, "body": true, "br": true, "center": true,
	"cite": true, "code": true, "dd": true, "del": true, "div": true, "dl": true, "dt": true, "em": true, "font": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "hr": true, "html": true, "i": true,
	"img": true, "ins": true, "li": true, "nobr": true, "ol": true, "p": true, "pre": true, "q": true, "s": true,
	"small": true, "span": true, "strike": true, "strong": true, "sub": true, "sup": true, "table": true,
	"tbody": true, "td": true, "th": true, "thead": true, "tr": true, "tt": true, "u": true, "ul": true, "wbr": true,
}

// longest stretch read as one tag; a "<" of the text that happens to be
// followed by a letter must not cost more
const longestTag = 2000

var tagForm = regexp.MustCompile(`^</?([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z][A-Za-z0-9:_-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'<>]+))*)\s*/?>`)

// tag reads a tag at the start of s: its name in lower case and its length,
// 0 when there is none. end is where the next ">" stands.
func tag(s string, end int) (name string, n int) {
	if end >= min(len(s), longestTag) {
		return "", 0
	}
	m := tagForm.FindStringSubmatch(s[:min(len(s), longestTag)])
	if m == nil {
		return "", 0
	}
	name = strings.ToLower(m[1])
	if !elements[name] {
		return "", 0
	}
	return name, len(m[0])
}

// The entities with a name that are decoded, all with their semicolon.
var entities = map[string]string{
	"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "apos": "'", "nbsp": "\u00a0", "para": "¶", "sect": "§",
	"rsquo": "’", "lsquo": "‘", "rdquo": "”", "ldquo": "“", "ndash": "–", "mdash": "—", "hellip": "…", "euro": "€", "pound": "£",
}

// entity reads an entity at the start of s: the text it stands for and its
// length, 0 when it is none.
func entity(s string) (text string, n int) {
	end := strings.IndexByte(s[:min(len(s), 12)], ';')
	if end < 2 {
		return "", 0
	}
	name := s[1:end]
	if name[0] != '#' {
		text, ok := entities[name]
		if !ok {
			return "", 0
		}
		return text, end + 1
	}
	digits, base := name[1:], 10
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	code, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return "", 0
	}
	if code == 0 || code > utf8.MaxRune || code >= 0xd800 && code < 0xe000 {
		return string(utf8.RuneError), end + 1
	}
	return string(rune(code)), end + 1
}
