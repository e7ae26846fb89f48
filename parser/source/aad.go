package source

import (
	"regexp"
	"strings"

	"chancery/model"
	"chancery/parser"
)

// aadKeys are the attributes of the National Archives' telegrams of 1973-79
// (cable-format 5.5).
var aadKeys = func() map[string]bool {
	keys := map[string]bool{}
	for _, k := range strings.Split(`Automatic Decaptioning|Capture Date|Channel Indicators|Concepts|Control Number|Copy|Current Classification|
Decaption Date|Decaption Note|Disposition Action|Disposition Approved on Date|Disposition Authority|Disposition Case Number|
Disposition Comment|Disposition Date|Disposition Event|Disposition History|Disposition Reason|Disposition Remarks|Document Number|
Document Source|Document Unique ID|Draft Date|Drafter|Enclosure|Errors|Executive Order|Film Number|From|Handling Restrictions|
Image Path|ISecure|Legacy Key|Line Count|Litigation Code Aides|Litigation Codes|Litigation History|Locator|Markings|Message ID|Office|Original Classification|Original Handling Restrictions|
Original Previous Classification|Original Previous Handling Restrictions|Page Count|Previous Channel Indicators|
Previous Classification|Previous Handling Restrictions|Reference|Retention|Review Action|Review Authority|Review Comment|
Review Content Flags|Review Date|Review Event|Review Exemptions|Review History|Review Markings|Review Media Identifier|
Review Referrals|Review Release Date|Review Release Event|Review Transfer Date|Review Withdrawn Fields|Schema|SAS ID|Secure|Sent Date|Status|Subject|TAGS|To|Type|vdkvgwkey`, "|") {
		keys[strings.TrimSpace(k)] = true
	}
	return keys
}()

// aadKey reads the key a line begins with; a key of the list and a colon.
func aadKey(line string) (key, value string, ok bool) {
	line = strings.TrimSpace(line)
	key, _, ok = strings.Cut(line[:min(len(line), 4096)], ":")
	if !ok || !aadKeys[key] {
		return "", "", false
	}
	return key, strings.TrimSpace(line[len(key)+1:]), true
}

// aadPlace finds the attributes: where the heading over them begins and where
// the first of them stands. A record may have lost the heading; then six keys
// among ten lines, with the number of the record among them, are enough.
func aadPlace(text string) (from, first int, ok bool) {
	for at := 0; ; {
		n := strings.Index(text[at:], "Message Attributes")
		if n < 0 {
			break
		}
		at += n
		near := max(0, at-80) // a heading is not indented further
		line := near + strings.LastIndexByte(text[near:at], '\n') + 1
		whole, next := lineAt(text[:min(len(text), at+80)], line)
		if strings.TrimSpace(whole) == "Message Attributes" && aadCount(text, next, 24) >= 3 {
			return line, next, true
		}
		at += len("Message Attributes")
	}
	n := strings.Index(text, "Document Number:")
	if n < 0 || strings.Contains(text, "Canonical ID:") {
		return 0, 0, false
	}
	first = strings.LastIndexByte(text[:n], '\n') + 1
	for range 24 { // up to the first of the keys that stand together
		if first == 0 {
			break
		}
		prev := strings.LastIndexByte(text[:first-1], '\n') + 1
		line, _ := lineAt(text, prev)
		if _, _, is := aadKey(line); !is {
			break
		}
		first = prev
	}
	return first, first, aadCount(text, first, 10) >= 6
}

// aadCount counts the keys among the next lines that are not blank.
func aadCount(text string, at, lines int) (keys int) {
	for n := 0; at < len(text) && n < lines; {
		line, next := lineAt(text, at)
		at = next
		if strings.TrimSpace(line) == "" {
			continue
		}
		n++
		if _, _, ok := aadKey(line); ok {
			keys++
		}
	}
	return keys
}

func isAAD(text string) bool {
	_, _, ok := aadPlace(text)
	return ok
}

// errorText is what stands where the archive's system lost the text.
var errorText = regexp.MustCompile(`(?m)^[ \t\f]*ERROR READING TEXT INDEX(?: FILE)?[ \t]*\r?$`)

// aadText reads a record of the Access to Archival Databases: the message
// between "Message Text" and "Message Attributes", and the attributes.
func aadText(m *parser.Message) {
	from, first, _ := aadPlace(m.Text)
	m.Start, m.End = aadStart(m.Text[:from]), from
	if m.End == 0 || strings.TrimSpace(m.Text[m.Start:m.End]) == "" {
		m.Start, m.End = len(m.Text), 0
	}
	attributes, spans := aadAttributes(m.Text, first)
	m.Metadata = aadMetadata(attributes)
	stampAll(m, "no-text", errorText)
	lost := len(m.Stamps) > 0 || m.Start == len(m.Text)
	reviewed(m)
	if lost {
		m.Problems = append(m.Problems, aadLost(m.Metadata, attributes, spans))
	}
}

// aadStart gives the place after the heading "Message Text".
func aadStart(text string) int {
	for at := 0; at < len(text); {
		line, next := lineAt(text, at)
		switch t := strings.TrimSpace(line); {
		case t == "Message Text":
			return next
		case t != "":
			return 0
		}
		at = next
	}
	return len(text)
}

// aadAttributes reads the keys and their values, which may run on over
// lines that begin with no key.
func aadAttributes(text string, at int) (attributes []model.Attribute, spans []model.Span) {
	for at < len(text) {
		line, next := lineAt(text, at)
		if key, value, ok := aadKey(line); ok {
			attributes = append(attributes, model.Attribute{Name: key, Value: value})
			spans = append(spans, model.Span{Start: at, End: at + len(line)})
		} else if n := len(attributes) - 1; n >= 0 && !reviewStamp.MatchString(line) {
			if t := strings.TrimSpace(line); t != "" && len(attributes[n].Value) < maxValue {
				attributes[n].Value = strings.TrimSpace(attributes[n].Value + " " + t)
			}
		}
		at = next
	}
	return attributes, spans
}

// aadMetadata says what the attributes mean. The date is that of the draft, a
// day; hours printed with it are padding.
func aadMetadata(attributes []model.Attribute) *model.Metadata {
	m := &model.Metadata{Attributes: attributes}
	for _, a := range attributes {
		if isNone(a.Value) {
			continue
		}
		switch a.Name {
		case "Document Number":
			m.ID = plusdID(a.Value)
		case "Draft Date", "Sent Date":
			if t := archiveDay(a.Value); m.Created.IsZero() || a.Name == "Sent Date" && !t.IsZero() {
				m.CreatedText, m.Created = a.Value, t
			}
		case "Original Classification":
			m.Classification = a.Value
		case "Current Classification":
			m.Current = a.Value
		case "From":
			m.Origin = a.Value
		case "To":
			m.To = a.Value
		case "Film Number":
			m.Film = a.Value
		case "Subject":
			m.Title = a.Value
		case "TAGS":
			m.Tags = aadTags(a.Value)
		case "Reference":
			m.References = aadReferences(a.Value)
		case "Review Markings", "Markings":
			if r := releaseIn(a.Value); r != nil {
				m.Release, m.Released = r, r.Date
			}
		}
	}
	return m
}

// aadTags splits the list; a name in brackets stays whole.
func aadTags(s string) []string {
	depth := 0
	var tags []string
	for _, t := range strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		return depth <= 0 && (r == ',' || r == ';' || r == ' ' || r == '\t')
	}) {
		if t = strings.Trim(t, "() "); t != "" {
			tags = append(tags, t)
		}
	}
	return tags
}

// aadReferences splits "75 STATE 4321, 75 ASTANA 9911".
func aadReferences(s string) []string {
	var out []string
	for _, one := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '|' }) {
		if one = strings.TrimSpace(one); one != "" {
			out = append(out, one)
		}
	}
	return out
}

// aadLost says in a sentence why a record holds no message, and where the
// attributes say so.
func aadLost(m *model.Metadata, attributes []model.Attribute, spans []model.Span) model.Problem {
	p := model.Problem{Code: "text-lost"}
	withdrawn, filmed := false, false
	for i, a := range attributes {
		value := strings.ToUpper(a.Value)
		switch a.Name {
		case "Locator":
			p.Span = spans[i]
			filmed = strings.Contains(value, "MICROFILM") && !strings.Contains(value, "TEXT ON") && !strings.Contains(value, "UNRETRIEVABLE") && !strings.Contains(value, "NOT CONVERTED")
		case "Type", "Document Source", "Status", "Review Action", "Disposition Action":
			withdrawn = withdrawn || strings.Contains(value, "WITHDRAW")
		}
	}
	film := ""
	if filmNumber.MatchString(m.Film) {
		film = "; film " + m.Film
	}
	switch {
	case withdrawn:
		p.Code, p.Text = "withheld", "text withheld: this is a withdrawal card; ask for the record under the Freedom of Information Act"
	case filmed:
		p.Text = "no text here: the record is on microfilm only" + film
	default:
		p.Text = "text lost" + film
	}
	return p
}

// filmNumber is the shape of a film's number: only such is repeated in a
// sentence of ours.
var filmNumber = regexp.MustCompile(`^[DPN]\d{6}-\d{4}$`)
